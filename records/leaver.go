package records

import (
	"context"
	"encoding/json"
	"fmt"
)

// EachLeaver hands over the file of every pupil who left before a day, however
// long ago, and for whom there may still be something to do: something is kept
// that has to go along and has not arrived, or there was a referral. Files that
// are locked to others are left out. The file is the callee's to keep.
func (s *Store) EachLeaver(ctx context.Context, before Date, do func(*File) error) error {
	if err := s.may(read); err != nil {
		return err
	}
	referred, err := s.pupilsWith(ctx, KindReferral)
	if err != nil {
		return err
	}
	kept, err := s.pupilsWith(ctx, KindConcern, KindStatus, KindMonitoring, KindSupport, KindMeeting, KindDocument)
	if err != nil {
		return err
	}
	return s.eachFile(ctx, do, func(p *Pupil) bool {
		return p.HasLeft(before) && (referred[p.ID] || kept[p.ID] && !p.Transfer.Done())
	})
}

// pupilsWith returns the pupils in whose files there is a record of one of the
// kinds, or who had a part in one.
func (s *Store) pupilsWith(ctx context.Context, kinds ...Kind) (map[ID]bool, error) {
	list, err := json.Marshal(kinds)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT pupil FROM record WHERE kind IN (SELECT value FROM json_each($1))
		UNION SELECT a.pupil FROM about a JOIN record r ON r.id = a.record WHERE r.kind IN (SELECT value FROM json_each($1))`, string(list))
	if err != nil {
		return nil, fmt.Errorf("read records: %w", err)
	}
	defer rows.Close()
	pupils := map[ID]bool{}
	for rows.Next() {
		var id ID
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("read records: %w", err)
		}
		pupils[id] = true
	}
	return pupils, rows.Err()
}
