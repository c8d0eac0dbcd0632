package records

import "testing"

// What a sibling's own file tells of comes as day and kind, to those who may open
// that file, and makes the pupil's file another edition.
func TestSiblingsOwnConcerns(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	own := testConcern(l.shut.ID)
	l.Me = l.in
	before, err := l.Editions(ctx)
	fatal(t, err)
	mustSave(t, l.Store, own)
	after, err := l.Editions(ctx)
	fatal(t, err)
	if before[l.open.ID] == after[l.open.ID] {
		t.Error("a concern about a sibling leaves the edition as it was")
	}
	check := func(who string, f *File, want int) {
		t.Helper()
		if len(f.Kin) != want {
			t.Fatalf("%s: %d concerns of siblings, want %d: %+v", who, len(f.Kin), want, f.Kin)
		}
		if want == 1 && (f.Kin[0].Concern != own.ID || f.Kin[0].Pupil != l.shut.ID || f.Kin[0].When != own.When || f.Kin[0].Severity != own.Severity) {
			t.Errorf("%s: %+v", who, f.Kin[0])
		}
	}
	for _, c := range []struct {
		who  string
		me   Member
		want int
	}{{"named", l.in, 1}, {"not named", l.out, 0}} {
		l.Me = c.me
		f, err := l.File(ctx, l.open.ID)
		fatal(t, err)
		check(c.who, f, c.want)
		fatal(t, l.EachFile(ctx, func(f *File) error {
			if f.Pupil.ID == l.open.ID {
				check(c.who+", each file", f, c.want)
			}
			return nil
		}))
	}
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
