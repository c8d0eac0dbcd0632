package records

import (
	"context"
	"fmt"
)

// SetSeen keeps what the member has seen of a pupil's line. body is the
// caller's to read.
func (s *Store) SetSeen(ctx context.Context, pupil ID, body string) error {
	if err := s.may(read); err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	_, err := s.db.ExecContext(ctx, `INSERT INTO seen (member, pupil, body) VALUES ($1, $2, $3)
		ON CONFLICT (member, pupil) DO UPDATE SET body = excluded.body`, s.Me.ID, pupil, body)
	if err != nil {
		return fmt.Errorf("keep what was seen: %w", err)
	}
	return nil
}

// Seen returns what the member has seen of each pupil's line.
func (s *Store) Seen(ctx context.Context) (map[ID]string, error) {
	if err := s.may(read); err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT pupil, body FROM seen WHERE member = $1`, s.Me.ID)
	if err != nil {
		return nil, fmt.Errorf("read what was seen: %w", err)
	}
	defer rows.Close()
	seen := map[ID]string{}
	for rows.Next() {
		var pupil ID
		var body string
		if err := rows.Scan(&pupil, &body); err != nil {
			return nil, fmt.Errorf("read what was seen: %w", err)
		}
		seen[pupil] = body
	}
	return seen, rows.Err()
}
