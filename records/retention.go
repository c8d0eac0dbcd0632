package records

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// DefaultRetainYears is how many years after the pupil's birth a child
// protection file is kept before it is looked at again (IRMS, Academies and
// Schools Toolkits, child protection: date of birth and 25 years, then review).
const DefaultRetainYears = 25

// Retention returns how many years after birth files are to be looked at.
func (s *School) Retention() int { return cmp.Or(s.RetainYears, DefaultRetainYears) }

// Review is what was decided when a file had reached its time: to keep it on.
type Review struct {
	On    Date   `json:"on,omitempty"`
	Until Date   `json:"until,omitempty"` // when to look again
	Why   string `json:"why,omitempty"`
}

func (p *Pupil) checkReview(v *Invalid, now Stamp) {
	r := p.Review
	if r == (Review{}) {
		return
	}
	if r.On == "" {
		v.add("review.on", "Give the day on which this was decided.")
	}
	v.pastDate("review.on", r.On, now)
	if r.Until == "" {
		v.add("review.until", "Say until when it is kept.")
	}
	v.date("review.until", r.Until)
	if r.Until != "" && r.Until.valid() && r.Until <= r.On {
		v.add("review.until", "Give a day after the one on which this was decided.")
	}
	if blank(r.Why) {
		v.add("review.why", "Say why it is kept, and who said so.")
	}
	v.text("review.why", r.Why)
}

// Years returns the same day n years later. 29 February becomes 1 March in a
// year that has none.
func (d Date) Years(n int) Date {
	t, err := time.Parse(dateLayout, string(d))
	if err != nil {
		return ""
	}
	return Date(t.AddDate(n, 0, 0).Format(dateLayout))
}

// KeptFile is a file as its age stands: to be looked at, kept by a hold, or of a
// pupil whose birth date is not known.
type KeptFile struct {
	Pupil   Pupil
	Reaches Date     // the day from which it is to be looked at; empty without a birth date
	Due     bool     // that day has come, and no hold keeps the file
	Holds   []Hold   // that have not ended, the oldest first
	Asked   *Removal // of the whole file, asked for and not cancelled; nil when none
}

// Retention returns, as they stand on a day, the files that have reached their
// time, those that a hold keeps, however old, and those that will never reach
// it because no birth date is known. The oldest come first, and those without a
// birth date last; files that are locked to others are left out. Nothing is
// removed by it: a review is somebody's decision.
func (s *Store) Retention(ctx context.Context, day Date) ([]KeptFile, error) {
	school, err := s.School(ctx)
	if err != nil {
		return nil, err
	}
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		return nil, err
	}
	holds, err := s.openHolds(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := s.removalsAsked(ctx)
	if err != nil {
		return nil, err
	}
	var all []KeptFile
	for _, p := range pupils {
		if s.closed(p.ID) {
			continue
		}
		k := KeptFile{Pupil: p, Reaches: p.Born.Years(school.Retention()), Holds: holds[p.ID], Asked: asked[p.ID]}
		if k.Reaches != "" {
			k.Reaches = max(k.Reaches, p.Review.Until)
		}
		old := k.Reaches != "" && k.Reaches <= day
		k.Due = old && len(k.Holds) == 0
		if old || len(k.Holds) > 0 || k.Reaches == "" {
			all = append(all, k)
		}
	}
	slices.SortStableFunc(all, func(a, b KeptFile) int {
		return cmp.Or(cmp.Compare(btoi(a.Reaches == ""), btoi(b.Reaches == "")), cmp.Compare(a.Reaches, b.Reaches))
	})
	return all, nil
}

// openHolds returns the holds that have not ended, by pupil.
func (s *Store) openHolds(ctx context.Context) (map[ID][]Hold, error) {
	all, err := s.Holds.All(ctx)
	open := map[ID][]Hold{}
	for _, h := range all {
		if h.Ended == "" {
			open[h.Pupil] = append(open[h.Pupil], h)
		}
	}
	return open, err
}

// removalsAsked returns the requests that stand to remove a whole file, by
// pupil.
func (s *Store) removalsAsked(ctx context.Context) (map[ID]*Removal, error) {
	all, err := s.Removals.All(ctx)
	asked := map[ID]*Removal{}
	for i, r := range all {
		if r.Of == KindPupil && r.Cancelled == "" && r.Done == "" {
			asked[r.Pupil] = &all[i]
		}
	}
	return asked, err
}
