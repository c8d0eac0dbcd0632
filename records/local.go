package records

import (
	"context"
	"fmt"
	"slices"

	"throughline/records/vault"
)

// LocalCopies returns what is kept of the plain files beside the vault, by the
// name of the file; see KeepLocalCopy. It returns ErrNotAllowed to who reads
// nothing.
func (s *Store) LocalCopies(ctx context.Context) (map[string]string, error) {
	if err := s.may(read); err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT name, body FROM local_copy`)
	if err != nil {
		return nil, fmt.Errorf("read local copies: %w", err)
	}
	defer rows.Close()
	copies := map[string]string{}
	for rows.Next() {
		var name, body string
		if err := rows.Scan(&name, &body); err != nil {
			return nil, fmt.Errorf("read local copies: %w", err)
		}
		copies[name] = body
	}
	return copies, rows.Err()
}

// KeepLocalCopy keeps what a file beside the vault holds, so that a backup of
// the vault is a backup of it. Nothing of a pupil may be in it. It returns
// ErrNotAllowed to who may not write, and what vault.Explain says.
func (s *Store) KeepLocalCopy(ctx context.Context, name, body string) error {
	return s.changeLocal(ctx, `INSERT INTO local_copy (name, body) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET body = excluded.body`, name, body)
}

// DropLocalCopy forgets a file that is to be there no more. Its errors are those
// of KeepLocalCopy; that there is none is not one.
func (s *Store) DropLocalCopy(ctx context.Context, name string) error {
	return s.changeLocal(ctx, `DELETE FROM local_copy WHERE name = $1`, name)
}

func (s *Store) changeLocal(ctx context.Context, q string, args ...any) error {
	if err := s.may(write); err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if _, err := s.db.ExecContext(ctx, q, args...); err != nil {
		return fmt.Errorf("keep local copies: %w", vault.Explain(err))
	}
	return nil
}

// UsesProcedures reports whether the school follows the local procedures of a
// name, or a referral or challenge was begun by them, also in a file that is
// locked to others. Whose it is, it does not tell.
func (s *Store) UsesProcedures(ctx context.Context, name string) (bool, error) {
	if err := s.may(read); err != nil {
		return false, err
	}
	school, err := s.School(ctx)
	if err != nil || school.Procedures == name {
		return err == nil, err
	}
	referrals, err := queryAll[Referral](ctx, s.db, newest+` WHERE r.kind = $1`, KindReferral)
	if err != nil {
		return false, err
	}
	challenges, err := queryAll[Challenge](ctx, s.db, newest+` WHERE r.kind = $1`, KindChallenge)
	return slices.ContainsFunc(referrals, func(r Referral) bool { return r.Procedures == name }) ||
		slices.ContainsFunc(challenges, func(c Challenge) bool { return c.Procedures == name }), err
}
