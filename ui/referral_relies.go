package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"throughline/chronology"
	"throughline/records"
	"throughline/referral/pack"
)

// reliesShown is how many of the entries a rung relies on stand below its form;
// the others are counted.
const reliesShown = 6

// suggested returns the entries that a challenge is suggested to rely on.
func (p *referralPage) suggested() []records.Ref {
	return pack.ReliesOn(p.data.file, &p.data.ref)
}

// relied are the entries that a rung relies on, while they are chosen.
type relied struct {
	all    chronology.Line // to choose from
	was    []records.Ref   // chosen before; each keeps the version that was relied on
	chosen map[records.ID]bool
}

// refs returns what is chosen, in the order of the child's line; after it what
// was chosen before and is on the line no longer.
func (c *relied) refs() []records.Ref {
	var refs []records.Ref
	rest := map[records.ID]records.Ref{}
	for _, r := range c.was {
		rest[r.ID] = r
	}
	for _, e := range c.all {
		old, before := rest[e.Ref.ID]
		delete(rest, e.Ref.ID)
		switch {
		case !c.chosen[e.Ref.ID]:
		case before:
			refs = append(refs, old)
		default:
			refs = append(refs, e.Ref)
		}
	}
	for _, r := range c.was {
		if _, left := rest[r.ID]; left {
			refs = append(refs, r)
		}
	}
	return refs
}

// reliesField adds to a form the entries that a rung relies on, each chosen by
// its tick.
func (p *referralPage) reliesField(f *form, to *[]records.Ref) *field {
	c := &relied{pack.Concerns(p.data.file), *to, map[records.ID]bool{}}
	for _, r := range *to {
		c.chosen[r.ID] = true
	}
	box := column(-10)
	choose := newButton("Choose …", nil)
	in := &input{name: "relies_on", field: newField("The entries it relies on", container.NewBorder(nil, nil, nil, container.NewVBox(choose), box)), focus: choose}
	draw := func() {
		c.draw(empty(box))
		f.box.Refresh()
		f.draft.changed()
	}
	choose.OnTapped = func() { p.w.showPanel("The entries it relies on", c.ticks(draw)) }
	in.text = func() string {
		var ids []string
		for _, r := range c.refs() {
			ids = append(ids, string(r.ID))
		}
		return strings.Join(ids, " ")
	}
	in.set = func(text string) {
		clear(c.chosen)
		for id := range strings.FieldsSeq(text) {
			c.chosen[records.ID(id)] = true
		}
		draw()
	}
	in.read = func() bool { *to = c.refs(); return true }
	c.draw(box)
	return f.add(in)
}

// draw fills box with the entries that are chosen, a line each.
func (c *relied) draw(box *fyne.Container) {
	n := 0
	for i := range c.all {
		if !c.chosen[c.all[i].Ref.ID] {
			continue
		}
		if n++; n <= reliesShown {
			box.Add(quiet(c.all[i].When.String() + ": " + inShort(&c.all[i])))
		}
	}
	switch {
	case n == 0:
		box.Add(quiet("None is chosen. Choose the few that show why the child is not safe."))
	case n > reliesShown:
		box.Add(quiet("And " + count(n-reliesShown, "more", "more") + "."))
	}
}

// ticks lists the concerns to choose from, the newest first.
func (c *relied) ticks(changed func()) fyne.CanvasObject {
	rows := column(0, quiet("Tick what shows why the child is not safe, and no more: each goes into the letter. Ticked at first are those that say why now, and the serious ones."))
	for i := len(c.all) - 1; i >= 0; i-- {
		e := &c.all[i]
		tick := newCheck(e.When.String()+"  ·  "+e.Title, nil)
		tick.SetChecked(c.chosen[e.Ref.ID])
		tick.OnChanged = func(on bool) {
			c.chosen[e.Ref.ID] = on
			changed()
		}
		rows.Add(column(-12, tick, container.New(layout.NewCustomPaddedLayout(0, 0, 22, 0), quiet(inShort(e)))))
	}
	return rows
}

// inShort says what happened in an entry, as far as a line has room.
func inShort(e *chronology.Entry) string {
	return short(strings.Join(strings.Fields(orElse(e.Summary, e.Event)), " "), 150)
}

// reliesButton shows which entries a rung relies on; it is hidden where there
// are none.
func (p *referralPage) reliesButton(r *records.Rung) fyne.CanvasObject {
	b := plain("Relies on "+count(len(r.ReliesOn), "entry", "entries"), func() { p.w.showPanel("What the challenge relies on", p.reliedOn(r)) })
	show(b, len(r.ReliesOn) > 0)
	return b
}

// reliedOn lists the entries that a rung relies on.
func (p *referralPage) reliedOn(r *records.Rung) fyne.CanvasObject {
	chosen := map[records.ID]bool{}
	for _, ref := range r.ReliesOn {
		chosen[ref.ID] = true
	}
	rows := column(-6)
	for _, e := range pack.Concerns(p.data.file) {
		if chosen[e.Ref.ID] {
			delete(chosen, e.Ref.ID)
			name := plainText(e.When.String() + "  ·  " + e.Title)
			name.TextStyle.Bold = true
			rows.Add(column(-12, name, quiet(inShort(&e))))
		}
	}
	if len(chosen) > 0 {
		rows.Add(quiet(capital(count(len(chosen), "entry is", "entries are")) + " not among the concerns on this child's line any more."))
	}
	return rows
}
