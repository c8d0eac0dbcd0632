package records

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// mustPrint keeps a PDF that was printed from a referral as it is.
func mustPrint(t testing.TB, s *Store, r *Referral) *Document {
	t.Helper()
	d := &Document{Pupil: r.Pupil, On: r.ID, Title: "Referral pack", Name: "pack.pdf", Made: r.Version}
	if err := s.AddDocument(t.Context(), d, strings.NewReader("%PDF-1.7 invented"), nil); err != nil {
		t.Fatal(err)
	}
	return d
}

// The pack that was sent stays for ever and with its referral; one that was not
// chosen can be taken out.
func TestAPackStaysWithItsReferral(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	r, other := &Referral{Pupil: p.ID, Procedures: "default"}, &Referral{Pupil: p.ID, Procedures: "default"}
	mustSave(t, s, r, other)
	first, second := mustPrint(t, s, r), mustPrint(t, s, r)
	if first.Type != "application/pdf" || !first.IsPack() {
		t.Errorf("kept as %+v", first)
	}
	r.Level, r.Response, r.SentAt, r.SentTo = Section17, Assessment, StampOf(monday), "First Contact"
	r.PackFile, r.PackMade = second.ID, StampOf(monday.Add(-time.Hour))
	if err := s.Referrals.Save(ctx, r, "Sent."); err != nil {
		t.Fatal(err)
	}
	if r.AsOf() != r.PackMade {
		t.Errorf("what was sent shows the record of %s", r.AsOf())
	}
	for name, bend := range map[string]func(d *Document){
		"of another referral": func(d *Document) { d.On = other.ID },
		"of none":             func(d *Document) { d.On = "" },
		"of another version":  func(d *Document) { d.Made++ },
		"no pack any more":    func(d *Document) { d.Made = 0 },
	} {
		d := *second
		bend(&d)
		if err := s.Documents.Save(ctx, &d, "Because."); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ask := func(d *Document) error {
		return s.AskRemoval(ctx, &Removal{Pupil: p.ID, Of: KindDocument, Record: d.ID, Reason: "Not needed."})
	}
	if err := ask(second); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), "It left the building") {
		t.Errorf("what was sent can be taken out: %v", err)
	}
	if err := ask(first); err != nil {
		t.Errorf("what was not sent cannot be taken out: %v", err)
	}
}
