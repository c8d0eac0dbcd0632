package records

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"throughline/records/vault"
)

// PassphraseLength is how many characters a new passphrase has at least.
const PassphraseLength = 12

// CheckPassphrase returns nil, or an *Invalid for the field "passphrase" that
// says what is wrong with a new one and what to do. names are the school's and
// the member's, which a guesser tries early. What is already in use is not
// judged.
func CheckPassphrase(passphrase []byte, names ...string) error {
	var v Invalid
	s := StrengthOf(passphrase, names...)
	switch {
	case s.letters < PassphraseLength:
		v.add("passphrase", "This passphrase is too short: twelve characters at least.")
	case !s.Enough():
		v.add("passphrase", "This passphrase is easy to guess, because "+s.why+
			". Four words that do not belong together are easy to remember and hard to guess.")
	}
	return v.err()
}

// checkPassphrase is CheckPassphrase, but that of the demo school stands on the
// screen and need only be long enough.
func (set *Setup) checkPassphrase() error {
	if set.Invented && utf8.RuneCount(set.Passphrase) >= PassphraseLength {
		return nil
	}
	return CheckPassphrase(set.Passphrase, set.School.Name, set.Member.Name)
}

// passphraseFor checks a new passphrase for a member of this school.
func (s *Store) passphraseFor(ctx context.Context, member string, passphrase []byte) error {
	names := []string{member}
	schools, err := queryAll[School](ctx, s.db, newest+` WHERE r.kind = $1`, KindSchool)
	if err != nil {
		return err
	}
	for _, school := range schools {
		names = append(names, school.Name)
	}
	return CheckPassphrase(passphrase, names...)
}

// SetPassphrase changes the passphrase of the member who unlocked the vault. It
// returns what CheckPassphrase returns, or the errors of vault.SetPassphrase.
func (s *Store) SetPassphrase(ctx context.Context, passphrase []byte) error {
	if err := s.may(changeKey); err != nil {
		return err
	}
	return s.rekey(ctx, s.Me, passphrase)
}

// ResetPassphrase gives a member a new passphrase, to be told to them; the old
// one opens the vault no more. It also gives one to a member who has none, see
// AddMember. Only a DSL may. Returns an *Invalid for a passphrase that is too
// weak and for a member who has retired, ErrNotFound when there is no such
// member, ErrNoRoom.
func (s *Store) ResetPassphrase(ctx context.Context, id ID, passphrase []byte) error {
	if err := s.may(manage); err != nil {
		return err
	}
	m, err := s.Members.Get(ctx, id)
	if err != nil {
		return err
	}
	if m.Retired != "" {
		return &Invalid{[]Problem{{"name", "This member has retired and has no passphrase any more."}}}
	}
	return s.rekey(ctx, m, passphrase)
}

// rekey changes a passphrase once the audit trail says so: never a change
// without its line, at worst a line for a change that then failed.
func (s *Store) rekey(ctx context.Context, m Member, passphrase []byte) error {
	if err := s.passphraseFor(ctx, m.Name, passphrase); err != nil {
		return err
	}
	if err := s.roomFor(m.Name); err != nil {
		return err
	}
	if err := s.note(ctx, event{act: ActPassphrase, kind: KindMember, record: m.ID}); err != nil {
		return err
	}
	return s.giveKey(m.Name, passphrase)
}

// roomFor returns ErrNoRoom when no key can be given to somebody of that name.
func (s *Store) roomFor(name string) error {
	if s.vault.Room() == 0 && !slices.Contains(s.vault.Slots(), name) {
		return fmt.Errorf("give a key: %w", ErrNoRoom)
	}
	return nil
}

// giveKey makes the slot of that name open with passphrase, whether or not it
// was there. Returns ErrNoRoom, or the errors of package vault.
func (s *Store) giveKey(name string, passphrase []byte) error {
	if err := s.roomFor(name); err != nil {
		return err
	}
	if slices.Contains(s.vault.Slots(), name) {
		return vault.Explain(s.vault.SetPassphrase(name, passphrase))
	}
	var options []vault.Option
	if s.cost != (vault.Cost{}) {
		options = append(options, s.cost)
	}
	return vault.Explain(s.vault.AddSlot(name, passphrase, options...))
}

// dropKey takes away the slot of that name; it is no error when there is none.
func (s *Store) dropKey(name string) error {
	if err := s.vault.DropSlot(name); !errors.Is(err, vault.ErrNotFound) {
		return vault.Explain(err)
	}
	return nil
}
