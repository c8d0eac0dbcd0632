package ui

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/procedures"
)

// offers reports whether a button of a name is to be seen.
func offers(w *Window, label string) bool {
	return slices.ContainsFunc(seen[*widget.Button](w), func(b *widget.Button) bool { return b.Text == label })
}

// An authority that is not on the list is added, followed, and taken off again
// once nothing uses it.
func TestAnAuthorityIsAdded(t *testing.T) {
	w, p := editing(t)
	const label = "Name of the authority or partnership"
	press(t, w, "Add an authority …")
	press(t, w, "Add")
	wants(t, w, label, "Give the name of the authority")
	fill(t, w, label, "durham")
	press(t, w, "Add")
	wants(t, w, label, "This name is already on the list.")
	fill(t, w, label, "Thistleshire")
	press(t, w, "Add")
	const title = "Thistleshire (added)"
	if p.name != "thistleshire" || p.choose.Selected != title || entryNamed(t, w, "Whose procedures: the short name").Text != "Thistleshire" || !says(w, "Added to the list.") {
		t.Fatalf("after adding it the page edits %q, %q", p.name, p.choose.Selected)
	}
	fill(t, w, "Telephone", "01632 960345")
	press(t, w, "Save")
	if copies, err := w.store.LocalCopies(context.Background()); err != nil || copies["thistleshire.toml"] == "" {
		t.Errorf("a backup would not hold it: %v", err)
	}
	visit(w, newSettingsPage(w))
	pickOption(t, w, "Local procedures", title)
	press(t, w, "Save")
	if l, err := procedures.InForce(context.Background(), w.store); err != nil || l.FrontDoor.Phone != "01632 960345" {
		t.Errorf("the school follows %+v, %v", l, err)
	}
	press(t, w, "Edit local procedures")
	if offers(w, "Take off the list …") || offers(w, "Back to what ships …") {
		t.Error("what the school follows can be taken off the list")
	}
	ned := addPupil(t, w, "Ned", "Alder")
	ref := mustSave(t, w.store.Referrals, records.Referral{Pupil: ned.ID, Procedures: "thistleshire"})
	school, err := w.store.School(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	school.Procedures = "durham"
	if err := w.store.Schools.Save(context.Background(), &school, "x"); err != nil {
		t.Fatal(err)
	}
	again := func() {
		t.Helper()
		p = newProceduresPage(w)
		p.name = "thistleshire"
		visit(w, p)
	}
	if again(); offers(w, "Take off the list …") || !says(w, "A referral was begun by these, so they stay on the list.") {
		t.Error("what a referral was begun by can be taken off the list, or it is not said why not")
	}
	ref.Procedures = "durham"
	if err := w.store.Referrals.Save(context.Background(), &ref, "x"); err != nil {
		t.Fatal(err)
	}
	again()
	press(t, w, "Take off the list …")
	press(t, w, "Take it off")
	if p.name != "durham" || slices.Contains(p.choose.Options, title) || !says(w, "It is off the list.") {
		t.Errorf("now the page edits %q of %v", p.name, p.choose.Options)
	}
	if copies, err := w.store.LocalCopies(context.Background()); err != nil || copies["thistleshire.toml"] != "" {
		t.Errorf("a backup would bring it back: %v", err)
	}
}

// What was being changed elsewhere is a draft when an authority is added.
func TestAddingAnAuthorityKeepsWhatWasTyped(t *testing.T) {
	w, p := editing(t)
	fill(t, w, "Telephone", "01632 960111")
	press(t, w, "Add an authority …")
	fill(t, w, "Name of the authority or partnership", "Thistleshire")
	press(t, w, "Add")
	if got := entryNamed(t, w, "Telephone").Text; got != "" {
		t.Errorf("the new one has the telephone %q", got)
	}
	p.other(procedures.Default, false)
	w.tasks.Wait()
	if got := entryNamed(t, w, "Telephone").Text; got != "01632 960111" {
		t.Errorf("what was typed is %q", got)
	}
}
