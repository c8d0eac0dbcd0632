package ui

import (
	"context"

	"fyne.io/fyne/v2/dialog"

	"throughline/records"
	"throughline/referral/supervision"
)

// reportDialog asks of what a supervision report is made, for whom, and where
// to.
type reportDialog struct {
	w       *Window
	session *records.Supervision // nil for the report of a period

	from, to   *dateEntry
	names      *checkBox
	reflection *checkBox
	goesTo     *entry
	toField    *field
	basis      *entry
	basisField *field
	password   *entry
	dialog     *dialog.CustomDialog
}

// newReport returns the dialog for a session, or for a period when session is
// nil.
func newReport(w *Window, session *records.Supervision) *reportDialog {
	x := &reportDialog{w: w, session: session, from: w.newDateEntry("From", false), to: w.newDateEntry("Until", false)}
	x.names = newCheck("Full names. Without this, “Child A” and so on stand in place of them", nil)
	x.reflection = newCheck("With my own reflection: a copy for me alone", nil)
	x.goesTo, x.basis, x.password = w.newEntry("Name, role and organisation"), w.newEntry("Such as: for supervision on 3 March"), w.newSecret("")
	x.toField = newField("To whom does it go? (empty: it stays with you)", x.goesTo)
	x.basisField = newField("Why is it shared?", x.basis)
	form := column(4)
	if session == nil {
		today := records.DateOf(w.store.Now())
		x.from.set(yearOf(today))
		x.to.set(today)
		form.Add(row(x.from.field, x.to.field))
	}
	form.Add(x.names)
	if session != nil && session.Supervisee == w.store.Me.ID {
		form.Add(x.reflection)
	}
	form.Add(row(x.toField, x.basisField))
	form.Add(newField("Password to open it (empty: none)", x.password).hint("Tell it by telephone, never in the same e-mail."))
	form.Add(quiet("If it goes to somebody, the file of every child in it says so. “Child A” stands only for names that the record knows: read it through before it goes out."))
	title := "Report of a period"
	if session != nil {
		title = "Report of the session on " + session.On.String()
	}
	x.dialog = w.newDialog(title, 620, form,
		newButton("Cancel", func() { x.dialog.Hide() }), primary("Choose where to keep it …", x.next))
	return x
}

// yearOf returns the 1 September on or before a day.
func yearOf(d records.Date) records.Date {
	if first := records.Date(string(d)[:4] + "-09-01"); first <= d {
		return first
	}
	return records.DateOf(records.Date(string(d)[:4]+"-09-01").Time().AddDate(-1, 0, 0))
}

func (x *reportDialog) show() {
	if x.session == nil {
		x.w.showDialog(x.dialog, x.from.date)
		return
	}
	x.w.showDialog(x.dialog, x.goesTo)
}

// choice returns how the report is made; ok is false when something is missing,
// which is said beside it.
func (x *reportDialog) choice() (c supervision.Choice, ok bool) {
	x.toField.says("")
	x.basisField.says("")
	c = supervision.Choice{Names: x.names.Checked, Password: x.password.Text, To: x.goesTo.clean(), Basis: x.basis.clean(), Reflection: x.reflection.Checked}
	switch {
	case c.To != "" && c.Basis == "":
		x.basisField.says("Say why it is shared.")
		return c, false
	case c.To != "" && c.Reflection:
		x.toField.says("Your reflection is for you alone. Take the tick away, or leave this empty.")
		return c, false
	case len([]rune(c.To)) > records.ShortLimit:
		x.toField.says("This is too long: 200 characters at most.")
		return c, false
	}
	return c, true
}

// period returns the days of the report; ok is false when they cannot be read.
func (x *reportDialog) period() (from, to records.Date, ok bool) {
	from, errFrom := x.from.day()
	to, errTo := x.to.day()
	switch {
	case errFrom != nil || errTo != nil:
		return "", "", false
	case from == "":
		x.from.says("Give the first day.")
		return "", "", false
	case to == "":
		x.to.says("Give the last day.")
		return "", "", false
	case to < from:
		x.to.says("The last day is before the first. Check both dates.")
		return "", "", false
	}
	return from, to, true
}

// next asks where the report goes, under a name that names nobody, and writes
// it there.
func (x *reportDialog) next() {
	c, ok := x.choice()
	if !ok {
		return
	}
	store := x.w.store
	if x.session != nil {
		x.dialog.Hide()
		id := x.session.ID
		x.w.saveFile("supervision "+string(x.session.On)+".pdf", func(ctx context.Context, path string) error {
			return supervision.ExportSession(ctx, store, id, path, c)
		})
		return
	}
	from, to, ok := x.period()
	if !ok {
		return
	}
	x.dialog.Hide()
	x.w.saveFile("supervision "+string(from)+" to "+string(to)+".pdf", func(ctx context.Context, path string) error {
		return supervision.ExportPeriod(ctx, store, from, to, path, c)
	})
}
