package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/records"
)

// exportDialog asks what of a chronology goes into a workbook, and where to.
type exportDialog struct {
	w    *Window
	data *pupilData

	from, to    *dateEntry
	significant *checkBox
	alias       *checkBox
	password    *entry
	shared      *sharing
	problem     *widget.Label
	dialog      *dialog.CustomDialog
}

func newExport(w *Window, data *pupilData) *exportDialog {
	x := &exportDialog{w: w, data: data, from: w.newDateEntry("From (empty: the beginning)", false), to: w.newDateEntry("Until (empty: today)", false)}
	x.significant = newCheck("Only significant events: a log of every telephone call hides the story", nil)
	x.alias = newCheck("Initials and roles in place of names", nil)
	x.password = w.newSecret("")
	password := newField("Password to open it (empty: none)", x.password).hint("Tell it by telephone, never in the same e-mail. It is not kept: if it is forgotten, export again.")
	x.problem = widget.NewLabel("")
	x.problem.Importance = widget.DangerImportance
	x.problem.Wrapping = fyne.TextWrapWord
	x.problem.Hide()
	note := quiet("Without a password the workbook is only as safe as the place you keep it in. Initials do not hide names of other pupils or staff in the text, so read it before it goes out. The export is noted in the audit trail.")
	x.shared = newSharing(w, func() {
		if x.dialog != nil {
			x.dialog.Resize(x.dialog.MinSize())
		}
	})
	x.shared.fill(data.file, chronologyShared, data.today)
	form := column(4, row(x.from.field, x.to.field), column(-6, x.significant, x.alias), x.shared.box, password, note, x.problem)
	x.dialog = w.newDialog("Export the chronology", 560, form,
		newButton("Cancel", func() { x.dialog.Hide() }), primary("Choose where to keep it …", x.next))
	x.from.date.OnSubmitted = func(string) { x.next() }
	x.to.date.OnSubmitted = func(string) { x.next() }
	return x
}

func (x *exportDialog) show() { x.w.showDialog(x.dialog, x.from.date) }

// filter returns what was chosen, and whether it can be read and finds an
// entry.
func (x *exportDialog) filter() (chronology.Filter, bool) {
	x.say("")
	f := chronology.Filter{Significant: x.significant.Checked}
	var errFrom, errTo error
	f.From, errFrom = x.from.day()
	f.To, errTo = x.to.day()
	switch {
	case errFrom != nil || errTo != nil:
		return f, false
	case f.To != "" && f.To < f.From:
		x.to.says("The last day is before the first. Check both dates.")
		return f, false
	case len(x.data.line.Where(f)) == 0:
		x.say("There is no entry to export in this period. Choose another, or take all events.")
		return f, false
	}
	return f, true
}

func (x *exportDialog) say(sentence string) {
	x.problem.SetText(sentence)
	show(x.problem, sentence != "")
}

// chronologyShared is what is written down as shared, before the days it covers.
const chronologyShared = "Chronology"

// whatLeaves says which part of the chronology goes out.
func whatLeaves(f chronology.Filter, initials bool) string {
	s := chronologyShared + labelled(" ", lowerFirst(spanOf(f.From, f.To)))
	if s = strings.TrimSuffix(s, "."); f.Significant {
		s += ", significant events"
	}
	if initials {
		s += ", with initials"
	}
	return s
}

// next asks where the workbook goes, under a name that names nobody, and writes
// it there. What is shared is written down as a disclosure.
func (x *exportDialog) next() {
	f, ok := x.filter()
	if !ok {
		return
	}
	store, d := x.w.store, x.data
	shared, ok := x.shared.disclosure(d.file.Pupil.ID, whatLeaves(f, x.alias.Checked))
	if !ok {
		return
	}
	x.dialog.Hide()
	o := chronology.WorkbookOptions{Filter: f, Alias: x.alias.Checked, Password: x.password.Text}
	x.w.saveFile("chronology "+string(d.today)+".xlsx", func(ctx context.Context, path string) error {
		if err := exportChronology(ctx, store, d, path, o, shared); err != nil || shared == nil {
			return err
		}
		fyne.Do(func() {
			if p, ok := x.w.page.(*pupilPage); ok && p.data == d {
				p.open()
			}
		})
		return nil
	})
}

// exportChronology writes a workbook and what is written down of it as shared,
// nil for nothing.
func exportChronology(ctx context.Context, s *records.Store, d *pupilData, path string, o chronology.WorkbookOptions, shared *records.Disclosure) error {
	sum, err := chronology.Export(ctx, s, d.file, d.line, path, o)
	if err != nil || shared == nil {
		return err
	}
	kept := *shared
	kept.SHA256, kept.At = sum, records.StampOf(s.Now())
	return s.Disclosures.Save(ctx, &kept, "")
}
