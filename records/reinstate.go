package records

import "context"

// LetBackIn brings back a member who has retired, as m now says they are, with
// a passphrase of their own: they go on under the name that stands under what
// they wrote. Only a DSL may. Returns an *Invalid for the member, the passphrase
// or an empty why, ErrConflict when somebody saved the member meanwhile, and
// ErrNoRoom, when nothing is kept.
//
// The record comes first, as in AddMember.
func (s *Store) LetBackIn(ctx context.Context, m *Member, why string, passphrase []byte) error {
	if err := s.may(manage); err != nil {
		return err
	}
	if err := s.passphraseFor(ctx, m.Name, passphrase); err != nil {
		return err
	}
	if err := s.roomFor(m.Name); err != nil {
		return err
	}
	back := *m
	back.Retired = ""
	if err := s.Members.Save(ctx, &back, why); err != nil {
		return err
	}
	*m = back
	return s.rekey(ctx, back, passphrase)
}
