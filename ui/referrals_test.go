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

// TestTheListOfReferralsSaysWhereEachStands: what is overdue comes first, a draft
// asks for nothing yet, and what is over says how it came out.
func TestTheListOfReferralsSaysWhereEachStands(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	long := records.StampOf(w.store.Now().AddDate(0, 0, -20))
	refer := func(forename string, r records.Referral) records.Referral {
		t.Helper()
		r.Pupil, r.Level, r.Response, r.Procedures = addPupil(t, w, forename, "Alder").ID, records.Section17, records.Assessment, "default"
		if r.SentAt != "" {
			r.SentTo = "Front door"
		}
		return mustSave(t, w.store.Referrals, r)
	}
	refer("Late", records.Referral{SentAt: long})
	over := refer("Over", records.Referral{SentAt: long})
	on := records.StampOf(w.store.Now().AddDate(0, 0, -19))
	mustSave(t, w.store.Replies, records.Reply{Pupil: over.Pupil, Referral: over.ID, At: on, From: "Jo Bell", LoggedAs: records.LoggedReferral, Outcome: "No further action",
		InWriting: records.Yes, View: records.Agree, ViewWhy: "Early help has begun."})
	refer("Draft", records.Referral{})
	refer("Not", records.Referral{NotReferred: "Her aunt takes her in.", DecidedBy: "Ms Quill", DecidedAt: long})
	p := newReferralsPage(w)
	visit(w, p)
	rows, err := p.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	order := ""
	for _, r := range rows {
		order += r.pupil.Forename + " "
	}
	if order != "Late Draft Not Over " {
		t.Errorf("they stand in the order %s: %+v", order, rows[1].state.Due)
	}
	for _, want := range []string{"We mean to ask for a referral under section 17", "Decided by Ms Quill on " + long.Date().String(), "Not referred: Her aunt takes her in.",
		"They decided on " + on.Date().String() + ": No further action. We agree."} {
		if !says(w, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if says(w, "Nothing is due.") {
		t.Error("of what is over it says only that nothing is due")
	}
}
