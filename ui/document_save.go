package ui

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

const (
	forUs     = "For our own use in school"
	forOthers = "To share with somebody outside"
)

// copyDialog asks whom a copy of a document is for, before it leaves the record.
type copyDialog struct {
	page    *pupilPage
	doc     records.Document
	whom    *selectBox
	to, why *entry
	fields  map[string]*field
	share   *fyne.Container // asked only of what is shared
	asked   *field
	dialog  *dialog.CustomDialog
}

// saveDocument asks whom a copy is for and where to keep it. What is shared is
// written down as a disclosure.
func (p *pupilPage) saveDocument(id records.ID) {
	d := p.data.document(id)
	if d == nil {
		return
	}
	x := &copyDialog{page: p, doc: *d, to: p.w.newEntry("Name, role, agency"), why: p.w.newText("Why, and whether with consent", 2)}
	x.fields = map[string]*field{"to": newField("Whom is it shared with?", x.to), "basis": newField("On what basis?", x.why)}
	for name, e := range map[string]*entry{"to": x.to, "basis": x.why} {
		e.OnChanged = func(string) { x.fields[name].says("") }
	}
	x.share = column(2, x.fields["to"], x.fields["basis"], quiet("This is written down as information shared, on the pupil’s line."))
	x.share.Hide()
	x.whom = newSelect([]string{forUs, forOthers}, x.chose)
	x.asked = newField("Whom is the copy for?", x.whom)
	if !p.w.store.Me.Role.Writes() {
		x.whom.Options = []string{forUs} // who may not write cannot write down what was shared
	}
	content := column(4, wrapped(widget.NewLabel(shortened(d.Title, 120))), x.asked, x.share)
	x.dialog = p.w.newDialog("Save a copy", 560, content,
		newButton("Cancel", func() { x.dialog.Hide() }), primary("Choose where to keep it …", x.next))
	p.w.showDialog(x.dialog, x.whom)
}

func (x *copyDialog) chose(whom string) {
	x.asked.says("")
	show(x.share, whom == forOthers)
	x.dialog.Resize(x.dialog.MinSize())
}

// disclosure returns what is to be written down of a copy that is shared, nil
// for one that is not.
func (x *copyDialog) disclosure() *records.Disclosure {
	if x.whom.Selected != forOthers {
		return nil
	}
	return &records.Disclosure{
		Pupil: x.doc.Pupil, What: shortened("Document: "+x.doc.Title, records.ShortLimit), To: x.to.clean(), Basis: x.why.clean(),
		SHA256: x.doc.SHA256, At: records.StampOf(x.page.w.now()),
	}
}

// next asks where the copy goes, under a name that names nobody.
func (x *copyDialog) next() {
	w, store, id := x.page.w, x.page.w.store, x.doc.ID
	if x.whom.Selected == "" {
		x.asked.says("Say whom the copy is for.")
		return
	}
	shared := x.disclosure()
	if shared != nil {
		if err := shared.Check(shared.At); err != nil {
			w.explain(err, x.fields)
			return
		}
	}
	x.dialog.Hide()
	name := "document " + string(records.DateOf(w.now())) + strings.ToLower(filepath.Ext(x.doc.Name))
	w.saveFile(name, func(ctx context.Context, path string) error {
		if err := store.SaveDocument(ctx, id, path); err != nil || shared == nil {
			return err
		}
		kept := *shared
		kept.At = records.StampOf(store.Now())
		if err := store.Disclosures.Save(ctx, &kept, ""); err != nil {
			return err
		}
		fyne.Do(func() {
			if w.page == x.page {
				x.page.open()
			}
		})
		return nil
	})
}
