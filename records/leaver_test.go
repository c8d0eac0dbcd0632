package records

import (
	"context"
	"slices"
	"testing"
)

func TestLeaversWithSomethingToDoDoNotAge(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t) // on 3 Mar 2025
	add := func(name string, left Date, change func(*Pupil)) *Pupil {
		t.Helper()
		p := &Pupil{Forename: "Test", Surname: name, Born: "2006-05-05", Left: left}
		if change != nil {
			change(p)
		}
		mustSave(t, s, p)
		return p
	}
	concern := func(p *Pupil) *Concern {
		c := testConcern(p.ID)
		mustSave(t, s, c)
		return c
	}
	arrived := func(p *Pupil) {
		p.Transfer = Transfer{NextSchool: "Oak", Sent: "2015-09-01", How: TransferHows()[0], Receipt: "2015-09-04"}
	}
	concern(add("Unsent", "2015-07-17", nil))
	concern(add("Arrived", "2015-07-17", arrived))
	concern(add("Here", "", nil))
	add("Nothing", "2015-07-17", nil)
	referred := add("Referred", "2015-07-17", arrived)
	mustSave(t, s, &Referral{Pupil: referred.ID})
	witness := add("Witness", "2015-07-17", nil)
	c := testConcern(concern(add("Also here", "", nil)).Pupil)
	c.Also = []Involved{{Pupil: witness.ID, Part: Witness}}
	mustSave(t, s, c)

	var got []string
	if err := s.EachLeaver(ctx, "2025-03-03", func(f *File) error { got = append(got, f.Pupil.Surname); return nil }); err != nil {
		t.Fatal(err)
	}
	if want := []string{"Referred", "Unsent", "Witness"}; !slices.Equal(got, want) {
		t.Errorf("EachLeaver() hands over %q, want %q", got, want)
	}
	if err := s.EachLeaver(ctx, "2015-07-17", func(f *File) error { t.Errorf("%s left later", f.Pupil.Surname); return nil }); err != nil {
		t.Error(err)
	}
}
