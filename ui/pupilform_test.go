package ui

import (
	"context"
	"testing"

	"throughline/records"
)

func TestANamesakeIsAskedAbout(t *testing.T) {
	w := newSchool(t)
	zoe := mustSave(t, w.store.Pupils, records.Pupil{Forename: "Zoë", Surname: "Nguyễn", Born: "2016-03-01", UPN: "W925499917006", Left: "2026-07-17"})
	pupils := func() int {
		t.Helper()
		all, err := w.store.Pupils.All(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	visit(w, newPupilForm(w, records.Pupil{}))
	fill(t, w, "Forename", "Zoe")
	fill(t, w, "Surname", "Nguyen")
	fill(t, w, "Date of birth", "1 Mar 2016")
	fill(t, w, "UPN", zoe.UPN)
	press(t, w, "Add the pupil")
	wantSays(t, w, "Is this another child?", true)
	wantSays(t, w, "Zoë Nguyễn, born 1 Mar 2016, left on 17 Jul 2026, is kept already.", true)
	if n := pupils(); n != 1 {
		t.Fatalf("%d pupils are kept before the question is answered", n)
	}
	press(t, w, "Not now")
	if got := entryNamed(t, w, "Surname").Text; got != "Nguyen" {
		t.Errorf("the surname is %q after the question", got)
	}
	press(t, w, "Add the pupil")
	press(t, w, "Another child: add")
	wants(t, w, "UPN", "This UPN is another pupil's.")
	fill(t, w, "UPN", "")
	press(t, w, "Add the pupil")
	press(t, w, "Another child: add")
	if n := pupils(); n != 2 {
		t.Errorf("%d pupils are kept, want the second too", n)
	}
}
