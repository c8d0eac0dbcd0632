package records

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
)

// NewYear is what the beginning of a school year would change, for somebody to
// look through before RollOver does it.
type NewYear struct {
	Year  int     // in which the school year begins
	Done  bool    // the pupils were moved up for it already
	Moves []Move  // by year group and then by name
	Odd   []Pupil // whose year group cannot be read; nothing is changed
	// LastDay is the leaving date that is proposed: the last day of the last
	// term of the school year before, 31 August where that is not known.
	LastDay Date

	school School // as it was read; RollOver saves it
}

// Move is what is proposed for one pupil.
type Move struct {
	Pupil Pupil // as the pupil stands
	To    YearGroup
	Form  string // afterwards: 5B becomes 6B, Oak stays Oak
	Left  Date   // the leaving date of who leaves; empty for who stays
	Do    bool   // false for who is kept down or was moved already
	Note  string // why Do was proposed as false; empty where it was not
}

// NewYear returns what the present school year changes: every pupil's year
// group goes up by one, and those in the school's top year leave. Pupils who
// were added or joined since 1 September are in it with Do false, because their
// year group is taken to be right.
func (s *Store) NewYear(ctx context.Context) (*NewYear, error) {
	school, err := s.School(ctx)
	if err != nil {
		return nil, err
	}
	cal, err := s.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		return nil, err
	}
	today := DateOf(s.Now())
	n := &NewYear{Year: SchoolYear(today), school: school}
	n.Done = n.Year <= school.rolledOver()
	n.LastDay = cal.lastDayOf(n.Year - 1)
	for _, p := range pupils {
		if p.HasLeft(today) {
			continue
		}
		if ReadYearGroup(p.YearGroup) == "" {
			n.Odd = append(n.Odd, p)
			continue
		}
		n.Moves = append(n.Moves, n.move(p, StampOf(s.Now())))
	}
	slices.SortStableFunc(n.Moves, func(a, b Move) int {
		return cmp.Compare(ReadYearGroup(a.Pupil.YearGroup).rank(), ReadYearGroup(b.Pupil.YearGroup).rank())
	})
	return n, nil
}

// rolledOver returns the school year for which the pupils stand. In a record
// that was begun in a year they were entered as they were then.
func (s *School) rolledOver() int { return max(s.RolledOver, SchoolYear(s.CreatedAt.Date())) }

// lastDayOf returns the last day of the last term of a school year.
func (c Calendar) lastDayOf(year int) Date {
	var last Date
	for _, t := range c.TermsOf(year) {
		last = max(last, t.To)
	}
	return cmp.Or(last, firstOfYear(year+1).AddDays(-1))
}

func (n *NewYear) move(p Pupil, now Stamp) Move {
	group := ReadYearGroup(p.YearGroup)
	m := Move{Pupil: p, To: group.next(), Form: p.Form, Do: true}
	top := cmp.Or(n.school.TopYear, LastYear)
	if group.rank() >= top.rank() {
		m.To, m.Left = group, max(n.LastDay, p.Joined)
	} else {
		m.Form = formAfter(p.Form, group, m.To)
	}
	start := firstOfYear(n.Year)
	switch {
	case p.Joined >= start:
		m.Do, m.Note = false, "Joined this school year."
	case p.CreatedAt.Date() >= start:
		m.Do, m.Note = false, "Added since 1 September."
	case p.Left != "":
		m.Do, m.Note = false, "Leaves on "+p.Left.String()+"."
	default:
		// One that cannot be saved would keep all the others from moving up.
		if err := p.Check(now); err != nil {
			m.Do, m.Note = false, "Correct the details first: "+err.Error()
		}
	}
	return m
}

// formAfter returns the form after a year group has gone up: a name that begins
// with the number of the year gets the new one.
func formAfter(form string, from, to YearGroup) string {
	rest, ok := strings.CutPrefix(form, string(from))
	if !ok || rest != "" && '0' <= rest[0] && rest[0] <= '9' {
		return form
	}
	if from == "R" && len(rest) > 1 {
		return form // a name such as Rowan
	}
	return string(to) + rest
}

// HasLeft reports whether the pupil's last day lies before a day.
func (p *Pupil) HasLeft(day Date) bool { return p.Left != "" && p.Left < day }

// RollOver does what a preview proposes, for the moves whose Do is true, in one
// transaction, and notes the school year in the School in that transaction.
// The year stands there, and not in the reasons of versions, so that doing it
// twice can be told from one number that is saved with the pupils or not at
// all. Returns how many pupils it changed: 0 when it had been done for that year
// before. Returns ErrConflict, and changes nothing, when a pupil or the
// school's details were changed since the preview was read.
func (s *Store) RollOver(ctx context.Context, n *NewYear) (changed int, err error) {
	err = s.Update(ctx, func(tx *Tx) error {
		school, err := get[School](tx, n.school.ID)
		if err != nil {
			return err
		}
		if n.Year <= school.rolledOver() {
			return nil
		}
		if n.Year > SchoolYear(tx.now.Date()) {
			return fmt.Errorf("roll over to %d: %w", n.Year, ErrTooEarly)
		}
		why := "New school year " + SchoolYearName(n.Year) + "."
		for _, m := range n.Moves {
			if !m.Do {
				continue
			}
			p := m.Pupil
			p.YearGroup, p.Form = string(m.To), m.Form
			if m.Left != "" {
				p.YearGroup, p.Form, p.Left = m.Pupil.YearGroup, m.Pupil.Form, m.Left
			}
			if err := tx.Save(&p, why); err != nil {
				return err
			}
			changed++
		}
		school = n.school
		school.RolledOver = n.Year
		return tx.Save(&school, why)
	})
	if err != nil {
		return 0, err
	}
	return changed, nil
}
