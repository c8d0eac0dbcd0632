package records

import (
	"context"

	"throughline/records/vault"
)

// ActRecovery is the printed recovery key being replaced by another.
const ActRecovery Act = "recovery key"

// NewRecovery makes another recovery key, to be printed, and returns it: the
// sheet that was printed before opens this file no more, though it still opens
// copies from before. It is shown once and not kept. Only a DSL may.
//
// As with a passphrase the audit trail comes first: never a change without its
// line, at worst a line for a change that then failed.
func (s *Store) NewRecovery(ctx context.Context) (vault.Recovery, error) {
	if err := s.may(manage); err != nil {
		return "", err
	}
	if err := s.note(ctx, event{act: ActRecovery}); err != nil {
		return "", err
	}
	key, err := s.vault.NewRecovery()
	return key, vault.Explain(err)
}
