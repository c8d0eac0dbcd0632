package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// membersCard lists who can unlock the record, for a DSL to add to, retire from
// and give new passphrases.
type membersCard struct {
	w    *Window
	list *fyne.Container
	box  fyne.CanvasObject
}

// memberRow is one member and whether they have a key.
type memberRow struct {
	records.Member
	unlocks bool
}

func newMembersCard(w *Window) *membersCard {
	c := &membersCard{w: w, list: column(4)}
	c.box = card(subheading("Members"),
		plainText("Each unlocks the record with a passphrase of their own. The DSL and deputies read and write, the head reads, a governor sees numbers alone, IT verifies and reads nothing."),
		c.list, container.NewHBox(newButton("Add a member …", c.add), newButton("New recovery key …", w.newKey)))
	return c
}

func (c *membersCard) open() { load(c.w, c.load, c.show) }

func (c *membersCard) load(ctx context.Context) ([]memberRow, error) {
	all, err := c.w.store.Members.All(ctx)
	var rows []memberRow
	for _, m := range all {
		rows = append(rows, memberRow{m, c.w.store.CanUnlock(m)})
	}
	return rows, err
}

func (c *membersCard) show(rows []memberRow) {
	empty(c.list)
	for _, retired := range []bool{false, true} {
		for _, m := range rows {
			if (m.Retired != "") == retired {
				c.list.Add(c.row(m))
			}
		}
	}
	c.list.Refresh()
}

func (c *membersCard) row(m memberRow) fyne.CanvasObject {
	me := m.ID == c.w.store.Me.ID
	about := m.Role.String()
	switch {
	case m.Retired != "":
		about += ", retired on " + m.Retired.String()
	case me:
		about += ", you"
	case !m.unlocks:
		about += ". Has no passphrase yet: give one with “New passphrase”"
	}
	name := widget.NewLabelWithStyle(m.Name, fyne.TextAlignLeading, fyne.TextStyle{Bold: m.Retired == ""})
	name.Truncation = fyne.TextTruncateEllipsis
	buttons := container.NewHBox()
	if m.Retired != "" {
		buttons.Add(newButton("Let back in …", func() { c.letBackIn(m.Member) }))
	} else {
		buttons.Add(newButton("Change …", func() { c.change(m.Member) }))
	}
	if m.Retired == "" && !me {
		buttons.Add(newButton("New passphrase …", func() { c.reset(m.Member) }))
		buttons.Add(newButton("Retire …", func() { c.retire(m.Member) }))
	}
	return container.NewBorder(nil, nil, container.New(&fixedWidth{230}, name), buttons, quiet(about))
}

// newPassphrase is two fields for a passphrase that a DSL chooses for somebody.
type newPassphrase struct {
	member         func() string // their name
	first, again   *entry
	fFirst, fAgain *field
}

// newPassphrase returns the fields for the member whose name member returns.
func (w *Window) newPassphrase(member func() string) *newPassphrase {
	p := &newPassphrase{member: member, first: w.newSecret(""), again: w.newSecret("")}
	p.fFirst = newField("Passphrase to tell them", p.first)
	w.tellStrength(p.fFirst, p.first, fourWords, func() []string { return []string{member()} })
	p.fAgain = newField("The same again", p.again).hint("They can change it under Settings.")
	return p
}

// value returns the passphrase, or says beside the fields what is wrong.
func (p *newPassphrase) value() ([]byte, bool) {
	problem := passphraseProblem(p.first.Text, p.member())
	p.fFirst.says(problem)
	p.fAgain.says("")
	if problem != "" {
		return nil, false
	}
	if p.first.Text != p.again.Text {
		p.fAgain.says("The two passphrases differ. Type the second one again.")
		return nil, false
	}
	return []byte(p.first.Text), true
}

// ask shows a dialog with fields. do is called by the button and by Enter; what
// it returns is run off the window's thread unless it is nil, and the dialog
// closes when that worked.
func (c *membersCard) ask(title, yes string, fields map[string]*field, body fyne.CanvasObject, enter []*entry, do func() func(context.Context) error) {
	var d dialog.Dialog
	var button *button
	try := func() {
		if button.Disabled() {
			return
		}
		work := do()
		if work == nil {
			return
		}
		button.Disable()
		save(c.w, work, func(err error) {
			button.Enable()
			var invalid *records.Invalid
			if !errors.As(err, &invalid) {
				d.Hide()
				c.open()
			}
			c.w.explain(err, fields)
		})
	}
	button = primary(yes, try)
	for _, e := range enter {
		e.OnSubmitted = func(string) { try() }
	}
	d = c.w.newDialog(title, 560, body, newButton("Cancel", func() { d.Hide() }), button)
	c.w.showDialog(d, enter[0])
}

func (c *membersCard) add() {
	name, email, phone := c.w.newEntry(""), c.w.newEntry(""), c.w.newEntry("")
	pass := c.w.newPassphrase(name.clean)
	role := newRoleChoice("")
	fields := map[string]*field{
		"name":       newField("Name, as it should stand under an entry", name).hint("It cannot be changed later."),
		"role":       newField("Role", role),
		"email":      newField("E-mail", email),
		"phone":      newField("Telephone", phone),
		"passphrase": pass.fFirst,
	}
	store := c.w.store
	c.ask("Add a member", "Add", fields,
		column(4, fields["name"], fields["role"], row(fields["email"], fields["phone"]), pass.fFirst, pass.fAgain),
		[]*entry{name, email, phone, pass.first, pass.again}, func() func(context.Context) error {
			hush(fields)
			secret, ok := pass.value()
			if !ok {
				return nil
			}
			m := records.Member{Name: name.clean(), Role: chosenRole(role), Email: email.clean(), Phone: phone.clean()}
			return func(ctx context.Context) error { return store.AddMember(ctx, &m, secret) }
		})
}

func (c *membersCard) reset(m records.Member) {
	pass, store := c.w.newPassphrase(func() string { return m.Name }), c.w.store
	c.ask("A new passphrase for "+m.Name, "Give it", map[string]*field{"passphrase": pass.fFirst},
		column(4, pass.fFirst, pass.fAgain), []*entry{pass.first, pass.again}, func() func(context.Context) error {
			secret, ok := pass.value()
			if !ok {
				return nil
			}
			return func(ctx context.Context) error { return store.ResetPassphrase(ctx, m.ID, secret) }
		})
}

func (c *membersCard) retire(m records.Member) {
	why, store := c.w.newEntry(""), c.w.store
	reason := newField("Why", why)
	note := plainText("What they wrote stays under their name. Their passphrase opens this file no more; it still opens copies that were made before.")
	c.ask("Retire "+m.Name, "Retire", map[string]*field{"why": reason}, column(4, note, reason), []*entry{why}, func() func(context.Context) error {
		because := why.clean()
		return func(ctx context.Context) error { return store.RetireMember(ctx, m.ID, because) }
	})
}
