package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/dialog"

	"throughline/referral/procedures"
)

// add asks for an authority that is not on the list, and edits what is begun for
// it.
func (p *proceduresPage) add() {
	title := p.w.newEntry("Such as Thistleshire")
	field := newField("Name of the authority or partnership", title).
		hint("Its procedures begin as a copy of what is common in England. Then compare every part with the authority's own and change what is different there.")
	var d dialog.Dialog
	var button *button
	store := p.w.store
	try := func() {
		if button.Disabled() {
			return
		}
		button.Disable()
		background(p.w, func(ctx context.Context) (*procedures.Procedures, error) {
			return procedures.Add(ctx, store, title.Text)
		}, func(added *procedures.Procedures, err error) {
			button.Enable()
			var wrong *procedures.Error
			switch {
			case errors.As(err, &wrong):
				field.says(wrong.Reason)
				p.w.win.Canvas().Focus(title)
			case err != nil:
				d.Hide()
				p.w.complain(err)
			default:
				d.Hide()
				p.other(added.Name, false)
				p.saved.SetText("Added to the list.")
			}
		})
	}
	button = primary("Add", try)
	title.OnSubmitted = func(string) { try() }
	title.OnChanged = func(string) { field.says("") }
	d = p.w.newDialog("Add an authority", 560, field, newButton("Cancel", func() { d.Hide() }), button)
	p.w.showDialog(d, title)
}

// takeOff takes an authority that the school added off the list, once that is
// confirmed.
func (p *proceduresPage) takeOff() {
	store, name, d := p.w.store, p.name, p.draft
	p.w.confirm("Take it off the list?", "What the school wrote for "+p.data.edit.Title+" is put aside, in the folder “earlier” beside the record.", "Take it off", func() {
		save(p.w, func(ctx context.Context) error { return procedures.Drop(ctx, store, name) }, func(err error) {
			if err != nil {
				p.w.complain(err)
				return
			}
			d.drop()
			p.name, p.coming = "", false
			p.open()
			p.saved.SetText("It is off the list.")
		})
	})
}
