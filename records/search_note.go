package records

import (
	"context"
	"slices"
)

// SearchSeen is the Content of an audit entry for a file of which a search
// showed something; an entry for a whole file that was opened has none.
const SearchSeen = "search"

// NoteSearch notes in the audit trail that the member saw what a search found:
// one entry for each pupil of whom more than the name was shown, and nothing of
// what was looked for. Searching as one types calls it once, for what was shown
// long enough to be read. Returns ErrNotAllowed for who may not read.
func (s *Store) NoteSearch(ctx context.Context, hits []Hit) error {
	if err := s.may(read); err != nil {
		return err
	}
	var pupils []ID
	for _, h := range hits {
		told := h.Ref.Kind != KindPupil || h.Sentence != h.Name
		if h.Pupil != "" && told && !slices.Contains(pupils, h.Pupil) {
			pupils = append(pupils, h.Pupil)
		}
	}
	if len(pupils) == 0 {
		return nil
	}
	return s.update(ctx, func(tx *Tx) error {
		for _, id := range pupils {
			if err := tx.audit(event{act: ActView, kind: KindPupil, record: id, content: SearchSeen}); err != nil {
				return err
			}
		}
		return nil
	})
}
