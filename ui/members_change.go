package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// newRoleChoice returns the list of roles with one of them chosen, or none.
func newRoleChoice(role records.Role) *selectBox {
	s := newSelect(nil, nil)
	for _, r := range records.Roles() {
		s.Options = append(s.Options, r.String())
	}
	if i := slices.Index(records.Roles(), role); i >= 0 {
		s.SetSelectedIndex(i)
	}
	return s
}

// chosenRole returns the role that is chosen, or "".
func chosenRole(s *selectBox) records.Role {
	if i := s.SelectedIndex(); i >= 0 {
		return records.Roles()[i]
	}
	return ""
}

// change asks what is different about a member: the role, unless it is one's
// own, and how to reach them.
func (c *membersCard) change(m records.Member) {
	role := newRoleChoice(m.Role)
	email, phone, why := c.w.newEntry(""), c.w.newEntry(""), c.w.newEntry("As the governors decided on …")
	email.SetText(m.Email)
	phone.SetText(m.Phone)
	fields := map[string]*field{
		"role":  newField("Role", role).hint("From when they unlock next. What they wrote stays under their name."),
		"email": newField("E-mail", email),
		"phone": newField("Telephone", phone),
		"why":   newField("Why", why),
	}
	if m.ID == c.w.store.Me.ID {
		role.Disable()
		fields["role"].hint("Nobody changes their own role: another designated safeguarding lead does it.")
	}
	store := c.w.store
	c.ask("Change "+m.Name, "Save", fields,
		column(4, fields["role"], row(fields["email"], fields["phone"]), fields["why"], c.past(m)),
		[]*entry{email, phone, why}, func() func(context.Context) error {
			hush(fields)
			now := m
			now.Role, now.Email, now.Phone = chosenRole(role), email.clean(), phone.clean()
			because := why.clean()
			return func(ctx context.Context) error { return store.Members.Save(ctx, &now, because) }
		})
}

// letBackIn asks as what a member comes back who has retired, and for a new
// passphrase.
func (c *membersCard) letBackIn(m records.Member) {
	role := newRoleChoice(m.Role)
	why, pass := c.w.newEntry("Back from leave"), c.w.newPassphrase(func() string { return m.Name })
	fields := map[string]*field{"role": newField("Role", role), "why": newField("Why", why), "passphrase": pass.fFirst}
	store := c.w.store
	c.ask("Let "+m.Name+" back in", "Let back in", fields,
		column(4, row(fields["role"], fields["why"]), pass.fFirst, pass.fAgain, c.past(m)),
		[]*entry{why, pass.first, pass.again}, func() func(context.Context) error {
			hush(fields)
			secret, ok := pass.value()
			if !ok {
				return nil
			}
			now, because := m, why.clean()
			now.Role = chosenRole(role)
			return func(ctx context.Context) error { return store.LetBackIn(ctx, &now, because, secret) }
		})
}

// past returns the button that shows what was changed about a member.
func (c *membersCard) past(m records.Member) fyne.CanvasObject {
	return container.NewHBox(c.w.earlierButton("What was changed about "+m.Name, refTo(records.KindMember, m.Meta)))
}

// hush takes away what was said beside fields.
func hush(fields map[string]*field) {
	for _, f := range fields {
		f.says("")
	}
}
