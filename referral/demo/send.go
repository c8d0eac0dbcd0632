package demo

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"throughline/records"
	"throughline/referral/pack"
)

// byForm is the method of a referral that was copied into a web form.
const byForm = "Web form"

// freeze returns what has to be done before a referral is kept as sent, and lays
// into the diary, at a moment before, what comes first: the pack is drafted from
// the file as it then stands, what only the writer can say is set in, and it is
// printed, unless its words were copied into a web form.
func (d *diary) freeze(r *records.Referral, copied bool, written []table, by string, at time.Time) func(context.Context, *records.Store) error {
	if copied {
		return func(ctx context.Context, store *records.Store) error {
			_, err := draft(ctx, store, r, written)
			pack.FreezeText(r, r.Sections, records.StampOf(store.Now()))
			return err
		}
	}
	var doc *records.Document
	d.add(at, by, func(*records.Tx) error { return nil })
	d.saves[len(d.saves)-1].before = func(ctx context.Context, store *records.Store) error {
		f, err := draft(ctx, store, r, written)
		if err == nil {
			doc, _, err = pack.Print(ctx, store, f, r, "")
		}
		return err
	}
	return func(ctx context.Context, store *records.Store) error {
		d.sums[r.ID] = doc.SHA256
		return pack.FreezeFile(ctx, store, r, doc)
	}
}

// draft drafts a pack from the file as it stands, which it returns, and sets in
// what was written. Boxes that are still empty say that it is not known.
func draft(ctx context.Context, store *records.Store, r *records.Referral, written []table) (*records.File, error) {
	f, err := store.File(ctx, r.Pupil)
	if err != nil {
		return nil, err
	}
	r.Sections = pack.Draft(f, r)
	for _, w := range written {
		if err := set(r.Sections, w); err != nil {
			return nil, err
		}
	}
	for i := range r.Sections {
		if s := &r.Sections[i]; len(s.Statements) == 0 {
			s.Blank = records.BlankNotKnown
		}
	}
	return f, nil
}

// set adds what the writer wrote to its section.
func set(sections []records.Section, w table) error {
	key, standing := w.text("section"), records.Standing(w.text("standing"))
	st := records.Statement{Text: w.text("text"), Standing: standing, Edited: true}
	for k := range w {
		return fmt.Errorf("%q is no part of a statement", k)
	}
	for i := range sections {
		if sections[i].Key == key {
			sections[i].Statements = append(sections[i].Statements, st)
			return nil
		}
	}
	return fmt.Errorf("a pack has no section %q", key)
}

// packOf returns the SHA-256 of what was sent of a referral: of the PDF, or of the
// words where it was none.
func (d *diary) packOf(label string) (string, error) {
	if e := d.entries[label]; e != nil {
		if r, ok := e.rec.(*records.Referral); ok && r.PackHash != "" {
			return cmp.Or(d.sums[r.ID], r.PackHash), nil
		}
	}
	return "", fmt.Errorf("no pack of %q was sent yet", label)
}
