package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// lockedData is what is shown of a pupil whose file is locked to others.
type lockedData struct {
	pupil   records.Pupil
	members map[records.ID]records.Member
	today   records.Date
}

// showLocked shows, in place of the file, who the pupil is and whom to ask.
func (p *pupilPage) showLocked() {
	store, id := p.w.store, p.id
	load(p.w, func(ctx context.Context) (d lockedData, err error) {
		if d.pupil, err = store.Pupils.Get(ctx, id); err != nil {
			return d, err
		}
		all, err := store.Members.All(ctx)
		d.today, d.members = records.DateOf(store.Now()), map[records.ID]records.Member{}
		for _, m := range all {
			d.members[m.ID] = m
		}
		return d, err
	}, func(d lockedData) {
		box := column(6, heading(d.pupil.Name()), quiet(whoIs(&d.pupil, d.today)))
		if p.want.Kind == records.KindConcern && p.want.Version == 1 {
			kept := prose("Your concern is kept. It went into this file, where " + namesOf(d.members, d.pupil.Named) + " will read it.")
			box.Add(tinted(palette[colorLit], kept))
		}
		about := column(4, subheading("This file is locked to named members"),
			prose(namesOf(d.members, d.pupil.Named)+" can open it. Ask if there is something you need to know."))
		if store.Me.Role.Writes() {
			about.Add(prose("If you are worried about " + d.pupil.Forename + ", write it down all the same. It goes into the file, and you cannot read it back afterwards."))
			about.Add(container.NewHBox(primary("Log a concern", func() { p.w.open(newConcernPage(p.w, id)) })))
		}
		box.Add(container.New(&widthLimit{820}, card(about)))
		p.box.(*fyne.Container).Objects = []fyne.CanvasObject{box}
		p.box.Refresh()
	})
}

// namesOf returns the names of members in a row: "Piotr Zielinski and Ruth
// Adeyemi".
func namesOf(members map[records.ID]records.Member, ids []records.ID) string {
	var names []string
	for _, id := range ids {
		names = append(names, nameOr(members[id].Name, "somebody not known"))
	}
	slices.Sort(names)
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// mayName reports whether the member may say who opens this file.
func (p *pupilPage) mayName() bool {
	me := p.w.store.Me
	if named := p.data.file.Pupil.Named; len(named) > 0 {
		return me.Role.Writes() // whoever sees this page of a locked file is named
	}
	return me.Role.Manages()
}

// opening says who may open the file, and lets those who may change it.
func (p *pupilPage) opening() fyne.CanvasObject {
	f := p.data.file
	text := "Everybody who reads files here: the DSL, deputies and the head."
	if named := f.Pupil.Named; len(named) > 0 {
		text = "Locked to " + namesOf(f.Members, named) + ". Others see that there is a file and can log a concern, nothing more."
	}
	var button fyne.CanvasObject = container.NewHBox()
	if p.mayName() {
		button = container.NewCenter(newButton("Change …", p.writeNamed))
	}
	return card(container.NewBorder(nil, nil, nil, button, prose(text)))
}

// writeNamed opens the form that says who may open the file.
func (p *pupilPage) writeNamed() {
	f := p.data.file
	var readers []records.Member
	for _, m := range f.Members {
		if m.Retired == "" && m.Role.Reads() {
			readers = append(readers, m)
		}
	}
	slices.SortFunc(readers, func(a, b records.Member) int { return strings.Compare(a.Name, b.Name) })
	chosen := make([]bool, len(readers))
	why, store, id := "", p.w.store, p.id
	var form *form
	form = p.w.newForm("opening of file "+string(id), "Keep this", func() {
		form.submit(func(ctx context.Context) error {
			var ids []records.ID
			for i, m := range readers {
				if chosen[i] {
					ids = append(ids, m.ID)
				}
			}
			return store.NameMembers(ctx, id, ids, why)
		}, p.kept("Who may open this file is kept."))
	})
	form.box.Add(prose("Tick whom the file is locked to. With nobody ticked, everybody who reads files opens it."))
	for i, m := range readers {
		chosen[i] = slices.Contains(f.Pupil.Named, m.ID)
		label := m.Name + ", " + m.Role.String()
		if m.ID == store.Me.ID {
			label += " (you)"
		}
		tick := form.tick("member "+string(m.ID), label, &chosen[i])
		tick.box.Objects[0].Hide() // it has no name above it, and the list needs no gaps
		form.box.Add(tick)
	}
	form.box.Add(form.line("why", "Why?", "A parent works at the school", &why))
	form.box.Add(quiet("Two people are better than one: a file that only one person opens is shut when they are ill. " +
		"If you leave yourself out, only those who are named can let you back in. This is a rule among colleagues that the record keeps, and it is on the audit trail."))
	form.finish(p.shut())
	form.box.Remove(form.problem)
	form.box.Objects = slices.Insert(form.box.Objects, 2, fyne.CanvasObject(form.problem)) // above the names, where it is in sight
	p.write("Who may open this file", form)
}
