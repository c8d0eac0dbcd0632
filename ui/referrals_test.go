package ui

import (
	"testing"

	"throughline/records"
)

// TestAReferralOutlastsThePupil: what social care still owe an answer to stays on
// the page when the pupil has left, for a year, and what is over goes.
func TestAReferralOutlastsThePupil(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	p := addPupil(t, w, "Ned", "Alder")
	sent := records.StampOf(w.store.Now().AddDate(0, 0, -7))
	r := mustSave(t, w.store.Referrals, records.Referral{Pupil: p.ID, Level: records.Section17, Response: records.Assessment, Procedures: "default", SentAt: sent, SentTo: "Front door"})
	today := records.DateOf(w.store.Now())
	leave := func(on records.Date) {
		t.Helper()
		var err error
		if p, err = w.store.Pupils.Get(t.Context(), p.ID); err != nil {
			t.Fatal(err)
		}
		p.Left = on
		if err := w.store.Pupils.Save(t.Context(), &p, "The leaving date."); err != nil {
			t.Fatal(err)
		}
		visit(w, newReferralsPage(w))
	}
	leave(today.AddDays(-3))
	if !says(w, "Ned Alder") || !says(w, "Left "+p.Left.String()) {
		t.Error("a referral of a pupil who has left, which nobody answered, is not shown")
	}
	visit(w, newSupervisionPage(w))
	if !says(w, "No decision from social care yet.") || !says(w, "Left "+p.Left.String()) {
		t.Error("the pupil is not brought to supervision for it")
	}
	leave(today.AddDays(3))
	if !says(w, "Ned Alder") || says(w, "Left ") {
		t.Error("a pupil who is to leave is not shown as one who is here")
	}
	leave(today.Years(-1).AddDays(-1))
	if says(w, "Ned Alder") {
		t.Error("a referral of a pupil who left more than a year ago is shown")
	}
	leave(today.AddDays(-3))
	r.SentAt, r.SentTo, r.NotReferred, r.DecidedAt = "", "", "His aunt takes him in.", sent
	if err := w.store.Referrals.Save(t.Context(), &r, "Not sent."); err != nil {
		t.Fatal(err)
	}
	visit(w, newReferralsPage(w))
	if says(w, "Ned Alder") {
		t.Error("what is over of a pupil who has left is shown")
	}
	leave("")
	if !says(w, "Ned Alder") || !says(w, "Decided not to refer") {
		t.Error("what is over of a pupil who is here is not shown")
	}
}
