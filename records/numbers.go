package records

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// Suppressed stands in place of a count that could point at a child.
const Suppressed = -1

// smallest is the smallest count above zero that is shown: 1 to 4 are not.
const smallest = 5

// Count is one line of a Tally.
type Count struct {
	Name string // in plain words
	N    int    // or Suppressed
}

// Tally is a table of counts with small ones suppressed.
type Tally struct {
	Counts []Count
	Total  int // how many were counted, or Suppressed; less than the sum where one thing counts on several lines
}

// Numbers says how much there is and names nobody: what governors see. Counts
// of 1 to 4 are suppressed, and further ones where the total would give them
// away. Compared from day to day a count can still show that one was added.
type Numbers struct {
	School     string
	From, To   Date  // what is counted: this school year until today
	Categories Tally // concerns, each under every category it has
	Terms      Tally // concerns by when they happened
	Statuses   Tally // pupils on roll today, each at the highest status
	Outcomes   Tally // referrals that were sent, by the last decision
	Challenges Tally // challenges opened, by kind
	Practices  Tally // what other professionals did well, written down
}

// Numbers returns the counts of this school year, which begins on 1 September.
func (s *Store) Numbers(ctx context.Context) (*Numbers, error) {
	if err := s.may(seeNumbers); err != nil {
		return nil, err
	}
	today := DateOf(s.Now())
	n := &Numbers{From: schoolYear(today), To: today}
	schools, err := newestOf[School](ctx, s)
	if err != nil {
		return nil, err
	}
	for _, school := range schools {
		n.School = school.Name
	}
	if err := n.countConcerns(ctx, s); err != nil {
		return nil, err
	}
	if err := n.countPupils(ctx, s); err != nil {
		return nil, err
	}
	if err := n.countReferrals(ctx, s); err != nil {
		return nil, err
	}
	return n, n.countChallenges(ctx, s)
}

// schoolYear returns the 1 September on or before d.
func schoolYear(d Date) Date {
	year := d.Time().Year()
	if d.Time().Month() < time.September {
		year--
	}
	return Date(fmt.Sprintf("%04d-09-01", year))
}

// newestOf reads a whole kind for arithmetic that shows none of it.
func newestOf[T any, P interface {
	*T
	Record
}](ctx context.Context, s *Store) ([]T, error) {
	var none T
	return queryAll[T, P](ctx, s.db, newest+` WHERE r.kind = $1 ORDER BY r.sort, r.id`, P(&none).Kind())
}

func (n *Numbers) countConcerns(ctx context.Context, s *Store) error {
	concerns, err := newestOf[Concern](ctx, s)
	if err != nil {
		return err
	}
	calendars, err := newestOf[Calendar](ctx, s)
	if err != nil {
		return err
	}
	var terms []Span
	for _, c := range calendars {
		for _, t := range c.Terms {
			if t.To >= n.From && t.From <= n.To {
				terms = append(terms, t)
			}
		}
	}
	slices.SortFunc(terms, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	categories, byTerm, total := map[Category]int{}, make([]int, len(terms)+1), 0
	for _, c := range concerns {
		day := cmp.Or(c.When.Date, c.CreatedAt.Date())
		if day < n.From || day > n.To {
			continue
		}
		total++
		for _, k := range c.Categories {
			categories[k]++
		}
		at := slices.IndexFunc(terms, func(t Span) bool { return t.Has(day) })
		if at < 0 {
			at = len(terms)
		}
		byTerm[at]++
	}
	n.Categories.Total, n.Terms.Total = total, total
	for _, k := range Categories() {
		n.Categories.add(k.String(), categories[k])
	}
	for i, t := range terms {
		n.Terms.add(cmp.Or(t.Name, "From "+t.From.String()), byTerm[i])
	}
	n.Terms.add("Outside the terms of the calendar", byTerm[len(terms)])
	n.Categories.suppress()
	n.Terms.suppress()
	return nil
}

func (n *Numbers) countPupils(ctx context.Context, s *Store) error {
	pupils, err := newestOf[Pupil](ctx, s)
	if err != nil {
		return err
	}
	bands, err := newestOf[StatusBand](ctx, s)
	if err != nil {
		return err
	}
	of := map[ID]*File{}
	for _, b := range bands {
		if of[b.Pupil] == nil {
			of[b.Pupil] = &File{}
		}
		of[b.Pupil].Bands = append(of[b.Pupil].Bands, b)
	}
	counts := map[StatusKind]int{}
	for _, p := range pupils {
		if p.Left != "" && p.Left <= n.To {
			continue
		}
		n.Statuses.Total++
		kind := StatusKind("")
		if f := of[p.ID]; f != nil {
			kind = f.StatusOn(n.To)
		}
		counts[kind]++
	}
	for _, k := range []StatusKind{EarlyHelp, FamilyHelp, ChildInNeed, ChildProtect, LookedAfter, WasLookedAfter} {
		n.Statuses.add(k.String(), counts[k])
	}
	n.Statuses.add("None of these", counts[""])
	n.Statuses.suppress()
	return nil
}

func (n *Numbers) countReferrals(ctx context.Context, s *Store) error {
	referrals, err := newestOf[Referral](ctx, s)
	if err != nil {
		return err
	}
	replies, err := newestOf[Reply](ctx, s)
	if err != nil {
		return err
	}
	decided := map[ID]Outcome{}
	for _, r := range replies { // in order of time: the last one stands
		if r.Outcome != "" {
			decided[r.Referral] = r.Outcome
		}
	}
	counts := map[Outcome]int{}
	for _, r := range referrals {
		if day := r.SentAt.Date(); day < n.From || day > n.To {
			continue
		}
		n.Outcomes.Total++
		counts[decided[r.ID]]++
	}
	for _, o := range OutcomesOf(LoggedNotSaid) {
		n.Outcomes.add(string(o), counts[o])
	}
	n.Outcomes.add("No decision yet", counts[""])
	n.Outcomes.suppress()
	return nil
}

func (n *Numbers) countChallenges(ctx context.Context, s *Store) error {
	challenges, err := newestOf[Challenge](ctx, s)
	if err != nil {
		return err
	}
	practices, err := newestOf[GoodPractice](ctx, s)
	if err != nil {
		return err
	}
	counts := map[ChallengeSort]int{}
	for _, c := range challenges {
		if day := cmp.Or(c.Raised, c.CreatedAt.Date()); day >= n.From && day <= n.To {
			counts[c.Sort]++
			n.Challenges.Total++
		}
	}
	for _, k := range ChallengeSorts() {
		n.Challenges.add(k.String(), counts[k])
	}
	for _, g := range practices {
		if g.On >= n.From && g.On <= n.To {
			n.Practices.Total++
		}
	}
	n.Practices.add("Good practice written down", n.Practices.Total)
	n.Challenges.suppress()
	n.Practices.suppress()
	return nil
}

func (t *Tally) add(name string, n int) { t.Counts = append(t.Counts, Count{name, n}) }

// suppress takes out what could point at a child: counts of 1 to 4, and then
// the smallest of the others when the total would give them away: one alone, or
// several whose sum can be made up in one way (2 is one and one, 8 is four and
// four). Where there is no other the total goes.
func (t *Tally) suppress() {
	hidden, sum := 0, 0
	hide := func(c *Count) {
		hidden++
		sum += c.N
		c.N = Suppressed
	}
	for i := range t.Counts {
		if n := t.Counts[i].N; n > 0 && n < smallest {
			hide(&t.Counts[i])
		}
	}
	if t.Total > 0 && t.Total < smallest {
		t.Total = Suppressed
	}
	if hidden == 0 || t.Total == Suppressed || hidden > 1 && sum != hidden && sum != hidden*(smallest-1) {
		return
	}
	next := -1
	for i, c := range t.Counts {
		if c.N > 0 && (next < 0 || c.N < t.Counts[next].N) {
			next = i
		}
	}
	if next < 0 {
		t.Total = Suppressed
		return
	}
	hide(&t.Counts[next])
}
