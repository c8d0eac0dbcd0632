package ui

import (
	"context"
	"time"

	"throughline/records"
)

// judgeAfter is how long after the last keystroke a passphrase is judged.
const judgeAfter = 200 * time.Millisecond

// tellStrength says below a field, while a new passphrase is typed into e, how
// strong it is; hint stands there as long as there is nothing to judge. names
// returns those that make it weak, besides the open school's. It is judged off
// the window's thread, and only what is still typed when that is done is told.
func (w *Window) tellStrength(f *field, e *entry, hint string, names func() []string) {
	f.hint(hint)
	stop := func() {}
	e.OnChanged = func(text string) {
		f.says("")
		stop()
		if text == "" {
			f.hint(hint)
			return
		}
		session := w.session
		stop = w.later(judgeAfter, func() {
			if session.Err() != nil {
				return
			}
			known, store := names(), w.store
			background(w, func(ctx context.Context) (string, error) {
				if store != nil {
					// Who may not read it is told when the passphrase is kept.
					if school, err := store.School(ctx); err == nil {
						known = append(known, school.Name)
					}
				}
				return records.StrengthOf([]byte(text), known...).String(), nil
			}, func(said string, _ error) {
				if e.Text == text {
					f.hint(said)
				}
			})
		})
	}
}

// fourWords is what makes a good passphrase.
const fourWords = "Four words that do not belong together are hard to guess. Twelve characters at least."
