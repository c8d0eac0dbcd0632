package ui

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// removeEvery is how often what is due is removed while the record is open; it
// is whenever somebody unlocks, too.
const removeEvery = time.Hour

// removeDue carries out the removals that are due, now and again until the
// record is locked.
func (w *Window) removeDue() {
	session, store := w.session, w.store
	if !store.Me.Role.Writes() {
		return
	}
	afterwards(removeEvery, func() {
		if session.Err() != nil {
			return
		}
		background(w, store.CarryOutRemovals, func(_ int, err error) {
			w.complain(err)
			w.removeDue()
		})
	})
}

// removable reports whether an entry's removal can be asked for on this page.
// The store decides; what has left the building is not offered.
func (p *pupilPage) removable(ref records.Ref, part records.Part) bool {
	switch ref.Kind {
	case records.KindReferral, records.KindReply, records.KindChallenge, records.KindRung, records.KindDisclosure:
		return false
	}
	return part == "" && p.w.store.Me.Role.Manages() && p.removalOf(ref.ID) == nil
}

// removalOf returns the request to remove a record that is waiting, or nil.
func (p *pupilPage) removalOf(id records.ID) *records.Removal {
	for i := range p.data.file.Removals {
		if r := &p.data.file.Removals[i]; r.Record == id && r.Pending() {
			return r
		}
	}
	return nil
}

// askRemoval opens the form that asks for the removal of a record, or of the
// whole file.
func (p *pupilPage) askRemoval(kind records.Kind, id records.ID) {
	r, store := records.Removal{Pupil: p.id, Of: kind, Record: id}, p.w.store
	background(p.w, func(ctx context.Context) ([]records.Pupil, error) { return store.SharedWith(ctx, &r) },
		func(others []records.Pupil, err error) {
			if err != nil {
				p.w.complain(err)
				return
			}
			p.showRemovalForm(r, others)
		})
}

// showRemovalForm shows the form; others are the children in whose files it
// stands too.
func (p *pupilPage) showRemovalForm(r records.Removal, others []records.Pupil) {
	kind, id := r.Of, r.Record
	due := records.StampOf(p.w.store.Now().Add(records.RemovalWait))
	store := p.w.store
	var f *form
	f = p.w.newForm("removal of "+string(id), "Ask for removal", func() {
		f.submit(func(ctx context.Context) error {
			asked := r
			return store.AskRemoval(ctx, &asked)
		}, p.kept("It waits for 48 hours. Until then the DSL or a deputy can let it stay."))
	})
	what, title := "This entry, every version of it and what hangs on it", "Ask for removal"
	if kind == records.KindPupil {
		what, title = "The whole file of "+p.data.file.Pupil.Name()+", every entry and every version,", "Ask for removal of the whole file"
	}
	f.box.Add(prose(what + " will be removed 48 hours from now, on " + due.String() + ". Until then the DSL or a deputy can let it stay."))
	if len(others) > 0 {
		f.box.Add(prose(sharedInWords(kind, others)))
	}
	f.box.Add(f.text("reason", "Why is it to be removed?", "Entered in the wrong pupil’s file", 3, &r.Reason))
	f.box.Add(quiet("What it says is then gone for good. That something was removed, by whom and why, stays, so write no details of it here. " +
		"If it was only written wrongly, correct it instead. A backup made before still holds it until that backup goes, after about a year."))
	f.finish(p.shut())
	p.write(title, f)
}

// sharedInWords says whose files something stands in too, and what that means for
// its removal.
func sharedInWords(kind records.Kind, others []records.Pupil) string {
	var names []string
	for i := range others {
		names = append(names, others[i].Name())
	}
	if kind == records.KindPupil {
		return "Entries in this file stand in another file too: that of " + strings.Join(names, ", ") +
			". This one stays until theirs has reached its age as well."
	}
	return "This stands in another file too: that of " + strings.Join(names, ", ") +
		". Correct the entry first and take them out of it, or change whom it is about."
}

// cancelRemoval opens the form that lets a record stay.
func (p *pupilPage) cancelRemoval(r records.Removal) {
	why, store := "", p.w.store
	var f *form
	f = p.w.newForm("staying of "+string(r.Record), "Let it stay", func() {
		f.submit(func(ctx context.Context) error { return store.CancelRemoval(ctx, r.ID, why) }, p.kept("It stays. The request is kept, with why it was not carried out."))
	})
	f.box.Add(prose(nameOr(p.data.file.Members[r.Asker()].Name, "Somebody") + " asked for this: “" + r.Reason + "”"))
	f.box.Add(f.text("cancelled", "Why is it to stay?", "", 3, &why))
	f.finish(p.shut())
	p.write("Let it stay", f)
}

// mostStrips is how many requests stand above the sections; each takes from the
// height of the page.
const mostStrips = 2

// showStrips says above the sections what waits to be removed, and what is
// withheld because it stands in a locked file.
func (p *pupilPage) showStrips() {
	empty(p.strips)
	f := p.data.file
	held := false
	for i := range f.Holds {
		held = held || f.Holds[i].Ended == ""
	}
	waiting := 0
	for _, r := range f.Removals {
		if !r.Pending() {
			continue
		}
		if waiting++; waiting > mostStrips {
			continue
		}
		text := quiet(p.pendingInWords(&r, held))
		var buttons []fyne.CanvasObject
		if at := p.data.find(records.Ref{ID: r.Record}); at >= 0 {
			buttons = append(buttons, plain("Show it", func() { p.choseOnLine(at) }))
		}
		if p.w.store.Me.Role.Writes() {
			buttons = append(buttons, newButton("Let it stay …", func() { p.cancelRemoval(r) }))
		}
		p.strips.Add(tinted(palette[colorLit], container.NewBorder(nil, nil, nil, container.NewHBox(buttons...), text)))
	}
	if more := waiting - mostStrips; more > 0 {
		p.strips.Add(quiet("And " + count(more, "entry", "entries") + " more: see Today."))
	}
	if f.Withheld > 0 {
		p.strips.Add(tinted(palette[colorLit], quiet(capital(count(f.Withheld, "concern", "concerns"))+" in which "+f.Pupil.Forename+
			" had a part "+stands(f.Withheld)+" in a locked file and "+isNot(f.Withheld)+" shown here. Ask "+namesOf(f.Members, f.Ask)+".")))
	}
	show(p.strips, len(p.strips.Objects) > 0)
	p.strips.Refresh()
}

func stands(n int) string {
	if n == 1 {
		return "stands"
	}
	return "stand"
}

func isNot(n int) string {
	if n == 1 {
		return "is not"
	}
	return "are not"
}

// pendingInWords says what will be removed, when, and what keeps it from it.
func (p *pupilPage) pendingInWords(r *records.Removal, held bool) string {
	what := "An entry"
	if at := p.data.find(records.Ref{ID: r.Record}); at >= 0 {
		what = "“" + p.data.line[at].Title + "”, " + p.data.line[at].When.String() + ","
	}
	if r.Of == records.KindPupil {
		what = "This whole file"
	}
	if held {
		return what + " is to be removed, but a hold keeps this file: it waits until the hold has ended."
	}
	return what + " will be removed on " + r.Due.String() + "."
}

// removalItem is a request that waits, for Today.
type removalItem struct {
	records.Removal
	name string // of the pupil
	held bool
}

// removalsWaiting returns the requests that wait, the first one due first. It
// touches no widget.
func removalsWaiting(ctx context.Context, s *records.Store) ([]removalItem, error) {
	all, err := s.Removals.All(ctx)
	if err != nil {
		return nil, err
	}
	var list []removalItem
	for _, r := range all {
		if !r.Pending() {
			continue
		}
		p, err := s.Pupils.Get(ctx, r.Pupil)
		if err != nil {
			return nil, err
		}
		item := removalItem{Removal: r, name: p.Name()}
		holds, err := s.Holds.Of(ctx, r.Pupil)
		if err != nil {
			return nil, err
		}
		for _, h := range holds {
			item.held = item.held || h.Ended == ""
		}
		list = append(list, item)
	}
	return list, nil
}

// showRemovals lists on Today what waits to be removed.
func (p *todayPage) showRemovals(list []removalItem) {
	if len(list) == 0 {
		return
	}
	p.list.Add(subheading("Waiting to be removed"))
	for _, r := range list {
		what := "An entry will be removed on " + r.Due.String() + "."
		switch {
		case r.held:
			what = "A removal is asked for, and waits until the hold on the file has ended."
		case r.Of == records.KindPupil:
			what = "The whole file will be removed on " + r.Due.String() + "."
		}
		open := func(then func(*pupilPage)) func() {
			return func() {
				page := newPupilPage(p.w, r.Pupil)
				page.want = records.Ref{Kind: r.Of, ID: r.Record}
				page.then = then
				p.w.open(page)
			}
		}
		name := plain(r.name, open(nil))
		name.Alignment = widget.ButtonAlignLeading
		var button fyne.CanvasObject = container.NewHBox()
		if p.w.store.Me.Role.Writes() {
			button = newButton("Let it stay …", open(func(page *pupilPage) { page.cancelRemoval(r.Removal) }))
		}
		p.list.Add(card(container.NewBorder(nil, nil, container.New(&fixedWidth{190}, name), button, plainText(what))))
	}
}
