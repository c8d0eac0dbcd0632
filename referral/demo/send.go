package demo

import (
	"context"
	"fmt"

	"throughline/records"
	"throughline/referral/pack"
)

// freeze returns what has to be done before a referral is sent: the pack is
// drafted from the file as it stands that day, what only the writer can say is
// set in, and boxes that are still empty say that it is not known.
func freeze(r *records.Referral, written []table) func(context.Context, *records.Store) error {
	return func(ctx context.Context, store *records.Store) error {
		f, err := store.File(ctx, r.Pupil)
		if err != nil {
			return err
		}
		r.Sections = pack.Draft(f, r)
		for _, w := range written {
			if err := set(r.Sections, w); err != nil {
				return err
			}
		}
		for i := range r.Sections {
			if s := &r.Sections[i]; len(s.Statements) == 0 {
				s.Blank = records.BlankNotKnown
			}
		}
		r.PackHash = pack.Hash(r.Sections)
		return nil
	}
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

// packOf returns the SHA-256 of the pack of a referral that was sent.
func (d *diary) packOf(label string) (string, error) {
	if e := d.entries[label]; e != nil {
		if r, ok := e.rec.(*records.Referral); ok && r.PackHash != "" {
			return r.PackHash, nil
		}
	}
	return "", fmt.Errorf("no pack of %q was sent yet", label)
}
