package ui

import (
	"context"
	"encoding/json"
	"time"

	"fyne.io/fyne/v2"

	"throughline/records"
)

// keepAfter is how long after the first unsaved keystroke a draft is kept.
const keepAfter = time.Second

// draft keeps what is being typed into a form in the vault, so that closing, a
// crash or a power cut loses at most two seconds.
type draft struct {
	w       *Window
	form    string          // which form, and of what: "concern", "pupil 0190…"
	text    func() formText // what stands in the form now; nil or empty when nothing is worth keeping
	pending bool            // a save is already planned
	dropped bool            // the form was saved or thrown away
	last    string          // what was kept last
}

// formText is the text of a form by the name of each field.
type formText map[string]string

func (w *Window) newDraft(form string, text func() formText) *draft {
	return &draft{w: w, form: form, text: text}
}

// changed notes that something was typed.
func (d *draft) changed() {
	d.w.touch()
	if d.pending || d.dropped {
		return
	}
	d.pending = true
	session := d.w.session
	time.AfterFunc(keepAfter, func() {
		fyne.Do(func() {
			d.pending = false
			if session.Err() == nil && !d.dropped {
				if keep := d.leave(); keep != nil {
					save(d.w, keep, d.w.complain)
				}
			}
		})
	})
}

// leave returns what keeps the text as it stands now, or nil when that is kept
// already.
func (d *draft) leave() func(ctx context.Context) error {
	store := d.w.store
	if d.dropped || store == nil {
		return nil
	}
	body := d.body()
	if body == d.last {
		return nil
	}
	d.last = body
	if body == "" {
		return func(ctx context.Context) error { return store.DropDraft(ctx, d.form) }
	}
	return func(ctx context.Context) error { return store.SaveDraft(ctx, d.form, body) }
}

func (d *draft) body() string {
	text := d.text()
	for k, v := range text {
		if v == "" {
			delete(text, k)
		}
	}
	if len(text) == 0 {
		return ""
	}
	b, err := json.Marshal(text)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(b)
}

// drop forgets the draft: its form was saved or thrown away.
func (d *draft) drop() {
	d.dropped = true
	store := d.w.store
	save(d.w, func(ctx context.Context) error { return store.DropDraft(ctx, d.form) }, d.w.complain)
}

// restore hands over what was typed before and when, if there is any.
func (d *draft) restore(fill func(text formText, at records.Stamp)) {
	type kept struct {
		body string
		at   records.Stamp
	}
	store := d.w.store
	load(d.w, func(ctx context.Context) (kept, error) {
		body, at, err := store.Draft(ctx, d.form)
		return kept{body, at}, err
	}, func(k kept) {
		var text formText
		if k.body == "" || json.Unmarshal([]byte(k.body), &text) != nil {
			return
		}
		d.last = k.body
		fill(text, k.at)
	})
}
