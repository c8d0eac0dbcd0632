package records

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// ErrLastDSL means that nobody would be left who decides about the record.
var ErrLastDSL = errors.New("this is the last designated safeguarding lead who can unlock the record")

// ErrNoRoom means that every key that a record can have is taken.
var ErrNoRoom = errors.New("the record has as many keys as it can hold")

// Role is what a member is at school, which decides what they may do.
type Role string

// The roles of members.
const (
	DSL      Role = "dsl"
	Deputy   Role = "deputy"
	Head     Role = "head"
	Governor Role = "governor"
	IT       Role = "it"
)

// Roles returns every role in the order in which they are offered.
func Roles() []Role { return []Role{DSL, Deputy, Head, Governor, IT} }

// String returns the role as people say it.
func (r Role) String() string {
	switch r {
	case DSL:
		return "Designated safeguarding lead"
	case Deputy:
		return "Deputy DSL"
	case Head:
		return "Headteacher"
	case Governor:
		return "Governor"
	case IT:
		return "IT"
	}
	return string(r)
}

// Member is somebody who can unlock the vault. Their key slot in the vault has
// the member's name, so a member keeps their name and no two members, past ones
// included, share one: it stands under every entry they wrote.
type Member struct {
	Meta
	Name    string `json:"name"`
	Role    Role   `json:"role"`
	Email   string `json:"email,omitempty"`
	Phone   string `json:"phone,omitempty"`
	Retired Date   `json:"retired,omitempty"` // from when on they cannot unlock
}

// Kind returns KindMember.
func (*Member) Kind() Kind { return KindMember }

func (m *Member) index() index { return index{sort: m.Name, open: m.Retired == ""} }

// slotName is how long the name of a key slot can be, in bytes.
const slotName = 64

// Check returns nil or an *Invalid.
func (m *Member) Check(now Stamp) error {
	var v Invalid
	v.name("name", m.Name, "Give your name as it should stand under an entry.")
	if len(m.Name) > slotName {
		v.add("name", "This name is too long for a key: 64 letters at most, fewer with accents.")
	}
	if !slices.Contains(Roles(), m.Role) {
		v.add("role", "Choose a role.")
	}
	v.short("email", m.Email)
	v.short("phone", m.Phone)
	v.pastDate("retired", m.Retired, now)
	return v.err()
}

// AddMember keeps a new member, fills in their Meta and gives them a passphrase
// of their own. Only a DSL may. Returns an *Invalid for the member or the
// passphrase, and ErrNoRoom, when nothing is kept.
//
// The record comes first. Whatever ends the program before the key is made
// leaves a member who is listed and cannot unlock, whom ResetPassphrase gives a
// key; the other way round there would be a key that nobody is known to hold.
func (s *Store) AddMember(ctx context.Context, m *Member, passphrase []byte) error {
	if err := s.may(manage); err != nil {
		return err
	}
	if err := oneInvalid(errors.Join(m.Check(StampOf(s.Now())), s.passphraseFor(ctx, m.Name, passphrase))); err != nil {
		return err
	}
	if err := s.roomFor(m.Name); err != nil {
		return err
	}
	if err := s.Members.Save(ctx, m, ""); err != nil {
		return err
	}
	return s.giveKey(m.Name, passphrase)
}

// RetireMember takes a member's key away and notes when and why; what they
// wrote stays theirs. Only a DSL may, and not for themselves. Returns
// ErrLastDSL, ErrLastNamed, an *Invalid when why is empty or the member is who asks, or
// ErrNotFound. To retire somebody again is no error.
//
// The record comes first here too. A vault whose program ended before the key
// was dropped opens for everybody else, and drops that key as it does; it turns
// the retired member away even though their key still fits. A copy of the file
// from before opens with the old passphrase: see the limits of package vault.
func (s *Store) RetireMember(ctx context.Context, id ID, why string) error {
	if err := s.may(manage); err != nil {
		return err
	}
	var m Member
	err := s.Update(ctx, func(tx *Tx) (err error) {
		if m, err = get[Member](tx, id); err != nil || m.Retired != "" {
			return err
		}
		m.Retired = tx.now.Date()
		return tx.Save(&m, why)
	})
	if err != nil {
		return err
	}
	return s.dropKey(m.Name)
}

// CanUnlock reports whether a member has a key and has not retired.
func (s *Store) CanUnlock(m Member) bool {
	return m.Retired == "" && slices.Contains(s.vault.Slots(), m.Name)
}

// checkMember applies the rules among members.
func (tx *Tx) checkMember(m *Member) error {
	me := tx.store.Me
	if me.ID == "" {
		return nil // the first member of a new school
	}
	if err := tx.store.may(manage); err != nil {
		return err
	}
	all, err := queryAll[Member](tx.ctx, tx.tx, newest+` WHERE r.kind = $1`, KindMember)
	if err != nil {
		return err
	}
	var v Invalid
	leads := false // a DSL is left
	for _, o := range all {
		switch {
		case o.ID == m.ID && o.Name != m.Name:
			v.add("name", "A member keeps their name, which stands under what they wrote. Retire this member and add them under the new name.")
		case o.ID != m.ID && strings.EqualFold(strings.TrimSpace(o.Name), strings.TrimSpace(m.Name)):
			v.add("name", "There is, or was, a member of that name. Add an initial or a middle name.")
		}
		if o.ID == m.ID {
			o.Role, o.Retired = m.Role, m.Retired
		}
		leads = leads || o.Role == DSL && tx.store.CanUnlock(o)
	}
	if err := tx.checkLastNamed(m, all); err != nil {
		return err
	}
	if !leads {
		return ErrLastDSL
	}
	if m.ID == me.ID && (m.Role != me.Role || m.Retired != me.Retired) {
		v.add("role", "Nobody changes their own role or retires themselves. Ask another designated safeguarding lead.")
	}
	return v.err()
}
