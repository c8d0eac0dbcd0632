package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/chronology"
	"throughline/chronology/pattern"
	"throughline/records"
)

// setAside asks why a statement is set aside.
func (p *pupilPage) setAside(s pattern.Statement) fyne.CanvasObject {
	why := p.w.newText("What explains it, and how you know", 2)
	asked := newField("Does this not hold? Set it aside, and say why", why).
		hint("It comes back by itself when new entries make it stronger. The reason stays on file.")
	keep := plain("Set it aside", func() {
		d := chronology.Dismiss(p.id, s, why.clean())
		store := p.w.store
		save(p.w, func(ctx context.Context) error { return store.Dismissals.Save(ctx, &d, "") }, func(err error) {
			if p.w.explain(err, map[string]*field{"reason": asked}) {
				return
			}
			p.reason = ""
			p.say("Set aside.")
			p.open()
		})
	})
	why.OnChanged = func(string) { asked.says("") }
	box := card(asked, container.NewHBox(keep))
	show(box, p.w.store.Me.Role.Writes())
	return box
}

// showAside lists what was set aside, each with its reason.
func (p *pupilPage) showAside(list *fyne.Container) {
	if len(p.data.aside) == 0 {
		return
	}
	list.Add(subheading("Set aside"))
	for _, d := range p.data.aside {
		by := p.data.file.Author(d.Meta) + ", " + d.RecordedAt.Date().String()
		back := plain("Take it back", func() { p.takeBack(d) })
		show(back, p.w.store.Me.Role.Writes())
		list.Add(card(column(-8, quiet(d.Text), plainText(d.Reason), quiet(by)), container.NewHBox(back)))
	}
}

func (p *pupilPage) takeBack(d records.Dismissal) {
	store := p.w.store
	d.TakenBack = "It stands again."
	save(p.w, func(ctx context.Context) error { return store.Dismissals.Save(ctx, &d, "Taken back.") }, func(err error) {
		if err != nil {
			p.w.complain(err)
			return
		}
		p.say("It stands again.")
		p.open()
	})
}

// noteSeen keeps that the member has seen the patterns, so that Today does not
// raise them again.
func (p *pupilPage) noteSeen() {
	store, id, seen := p.w.store, p.id, p.data.seen
	save(p.w, func(ctx context.Context) error { return store.SetSeen(ctx, id, seen) }, p.w.complain)
}
