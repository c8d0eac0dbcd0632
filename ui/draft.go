package ui

import (
	"context"
	"encoding/json"
	"maps"
	"sync"
	"time"

	"throughline/records"
)

// keepAfter is how long after the first unsaved keystroke a draft is kept.
const keepAfter = time.Second

// drafts holds what the drafts of a school are to be, until it is written: the
// newest text of a form is then written last, read back at once, and tried
// again when the disk was full.
type drafts struct {
	store   *records.Store
	writing sync.Mutex // held while any is written
	mu      sync.Mutex
	due     map[string]string // by form; empty is to be dropped
}

func newDrafts(s *records.Store) *drafts { return &drafts{store: s, due: map[string]string{}} }

func (b *drafts) put(form, body string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.due[form] = body
}

// get returns what is to be written for a form, and whether there is anything.
func (b *drafts) get(form string) (body string, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	body, ok = b.due[form]
	return body, ok
}

// flush writes what is due. What could not be written stays due.
func (b *drafts) flush(ctx context.Context) error {
	b.writing.Lock()
	defer b.writing.Unlock()
	b.mu.Lock()
	due := maps.Clone(b.due)
	b.mu.Unlock()
	for form, body := range due {
		if err := b.write(ctx, form, body); err != nil {
			return err
		}
		b.mu.Lock()
		if b.due[form] == body {
			delete(b.due, form)
		}
		b.mu.Unlock()
	}
	return nil
}

func (b *drafts) write(ctx context.Context, form, body string) error {
	if body == "" {
		return b.store.DropDraft(ctx, form)
	}
	return b.store.SaveDraft(ctx, form, body)
}

// has reports whether a form holds text that was typed and not saved.
func (b *drafts) has(ctx context.Context, form string) (bool, error) {
	if err := b.flush(ctx); err != nil {
		return false, err
	}
	body, _, err := b.store.Draft(ctx, form)
	return body != "", err
}

// draft keeps what is being typed into a form in the vault, so that closing, a
// crash or a power cut loses at most two seconds.
type draft struct {
	w       *Window
	form    string          // which form, and of what: "concern", "pupil 0190…"
	text    func() formText // what differs from what the form began with; nil or empty when nothing does
	pending bool            // a save is already planned
	dropped bool            // the form was saved or thrown away
	last    string          // what was kept last
}

// formText is the text of a form by the name of each field.
type formText map[string]string

// since returns what differs from the text that a form began with. A field that
// was emptied is part of it, so that it stays empty.
func (t formText) since(start formText) formText {
	changed := formText{}
	for name, text := range t {
		if text != start[name] {
			changed[name] = text
		}
	}
	return changed
}

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
	d.w.later(keepAfter, func() {
		d.pending = false
		if session.Err() == nil {
			if keep := d.leave(); keep != nil {
				save(d.w, keep, d.w.complain)
			}
		}
	})
}

// leave returns what keeps the text as it stands now, or nil when that is kept
// already.
func (d *draft) leave() func(ctx context.Context) error {
	if d.dropped || d.w.store == nil || !d.w.store.Me.Role.Writes() {
		return nil
	}
	body := d.body()
	if body == d.last {
		return nil
	}
	d.last = body
	d.w.drafts.put(d.form, body)
	return d.w.drafts.flush
}

func (d *draft) body() string {
	text := d.text()
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
	if !d.w.drafts.store.Me.Role.Writes() {
		return
	}
	d.w.drafts.put(d.form, "")
	save(d.w, d.w.drafts.flush, d.w.complain)
}

// restore hands over what was typed before and when, if there is any.
func (d *draft) restore(fill func(text formText, at records.Stamp)) {
	type kept struct {
		body string
		at   records.Stamp
	}
	drafts := d.w.drafts
	load(d.w, func(ctx context.Context) (kept, error) {
		if err := drafts.flush(ctx); err != nil { // told when it was to be kept
			if body, ok := drafts.get(d.form); ok {
				return kept{body, records.StampOf(drafts.store.Now())}, nil
			}
		}
		body, at, err := drafts.store.Draft(ctx, d.form)
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
