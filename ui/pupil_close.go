package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"throughline/chronology"
	"throughline/records"
)

// closeConcern opens the form that closes a concern with what has been settled.
func (p *pupilPage) closeConcern(id records.ID) {
	why, store := "", p.w.store
	var f *form
	f = p.w.newForm("close of "+string(id), "Close the concern", func() {
		f.submit(func(ctx context.Context) error { return store.CloseConcern(ctx, id, why) },
			p.kept("The concern is closed. It stays on the line, and can be opened again."))
	})
	f.box.Add(f.text("closed_why", "What has been settled, and how do you know?", "Breakfast every day since 3 March; Zoë says so, and so does the register", 4, &why))
	f.finish(p.shutBy("Leave it open"))
	p.write("Close this concern", f)
}

// reopenConcern opens the form that opens a closed concern again.
func (p *pupilPage) reopenConcern(id records.ID) {
	why, store := "", p.w.store
	var f *form
	f = p.w.newForm("opening of "+string(id), "Open it again", func() {
		f.submit(func(ctx context.Context) error { return store.ReopenConcern(ctx, id, why) }, p.kept("The concern is open again."))
	})
	f.box.Add(f.text("closed_why", "What has changed, or was not settled after all?", "", 4, &why))
	f.finish(p.shutBy("Leave it closed"))
	p.write("Open this concern again", f)
}

// stateTag says whether a concern is closed or open again; nil for the others.
func stateTag(x *chronology.Entry) fyne.CanvasObject {
	switch {
	case x.Closed:
		return tag("Closed", palette[colorCardBorder], palette[theme.ColorNameForeground])
	case x.Again:
		return tag("Open again", palette[colorLit], palette[theme.ColorNameWarning])
	}
	return nil
}
