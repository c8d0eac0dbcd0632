package ui

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"fyne.io/fyne/v2/theme"

	"throughline/records"
)

// unfinished is an entry, or the correction of one, that was begun and not
// saved.
type unfinished struct {
	pupil records.Pupil // empty while none is chosen
	what  string
	at    records.Stamp
	form  func() page
}

// loadUnfinished returns what the member began to write and did not save, the
// newest first. What hangs on a file that is closed to them is left out. It
// touches no widget.
func (w *Window) loadUnfinished(ctx context.Context) ([]unfinished, error) {
	if !w.store.Me.Role.Writes() {
		return nil, nil
	}
	if err := w.drafts.flush(ctx); err != nil {
		return nil, err
	}
	var all []unfinished
	for _, begin := range []string{"correct ", "concern"} {
		drafts, err := w.store.Drafts(ctx, begin)
		if err != nil {
			return nil, err
		}
		for _, d := range drafts {
			u, err := w.unfinishedOf(ctx, d)
			switch {
			case errors.Is(err, records.ErrNotFound), errors.Is(err, records.ErrNotAllowed):
			case err != nil:
				return nil, err
			case u.form != nil:
				all = append(all, u)
			}
		}
	}
	return all, nil
}

// unfinishedOf returns what a draft is of; no form where it is of something
// else. It returns ErrNotFound when that is there no more.
func (w *Window) unfinishedOf(ctx context.Context, d records.HalfTyped) (u unfinished, err error) {
	kind, id, _ := strings.Cut(d.Form, " ")
	u.at = d.At
	var text formText
	if json.Unmarshal([]byte(d.Body), &text) != nil {
		return u, nil
	}
	about := records.ID(text["pupil"])
	switch kind {
	case "concern":
		about = records.ID(orElse(id, string(about)))
		u.what = "A concern that is not saved yet"
		u.form = func() page { return newConcernPage(w, records.ID(id)) }
	case "correct":
		c, err := w.store.Concerns.Get(ctx, records.ID(id))
		if err != nil {
			return u, err
		}
		about = c.Pupil
		u.what = "A correction that is not saved yet, of " + c.Category().String() + ", " + c.When.String()
		u.form = func() page { return newConcernCorrection(w, c.Pupil, c.ID, "") }
	}
	if about != "" {
		u.pupil, err = w.store.Pupils.Get(ctx, about)
	}
	return u, err
}

// showUnfinished lists what was begun and not saved.
func (p *todayPage) showUnfinished(all []unfinished) {
	for _, u := range all {
		name := newNameLink("No pupil chosen yet", func() { p.w.open(u.form()) })
		if u.pupil.ID != "" {
			name = p.w.pupilLink(u.pupil)
		}
		goOn := newIconButton("Go on writing", theme.DocumentCreateIcon(), func() { p.w.open(u.form()) })
		p.list.Add(card(besideName(name, column(-8, plainText(u.what), quiet("Typed by "+u.at.String()+". Nobody else sees it until it is saved.")), goOn)))
	}
}
