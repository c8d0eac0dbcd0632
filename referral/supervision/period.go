package supervision

import (
	"cmp"
	"slices"

	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

// Period is what the school did from one day to another, both included, as it
// stood when it was counted.
type Period struct {
	From, To records.Date
	Now      records.Stamp
	Pupils   int // files that were read

	Referrals     []Sent
	Acknowledged  Wait // from sending to the first answer
	Decided       Wait // from sending to the decision
	Challenges    []Challenge
	Interventions []Intervention
	Concerns      int   // by when they happened; undated ones by when they were written
	Months        []Bar // every month of the period, or every year of a long one
	Categories    []Bar // every category that has any; a concern counts in each it has
	Quality       Quality
	Actions       Actions
	Sessions      []Held
	Roll          []records.Pupil // whose names may stand in a text

	procedures *procedures.Procedures
	files      []*records.File // of whom the report speaks, in its order; some more than once
	notes      []records.ChildNote
	months     map[string]int
	categories map[records.Category]int
	answered   []int
	decided    []int
}

// Sent is a referral that was sent in the period.
type Sent struct {
	File       *records.File
	Referral   records.Referral
	State      referral.State
	AsContact  bool // it was logged as a contact at some time, though a referral was asked for
	Acked      int  // working days to the first answer; -1 for none yet
	DecidedIn  int  // working days to the decision; -1 for none yet
	Challenged bool
}

// Wait is how long answers took, in working days.
type Wait struct {
	Base    int // how many were answered: the base of the others
	Median  float64
	Longest int
	Without int // how many have no answer yet
}

// Challenge is a challenge that was open on any day of the period.
type Challenge struct {
	File  *records.File
	State referral.ChallengeState
}

// Intervention is something that was tried in the period, and what it changed
// as somebody judged it. Without a judgement it is not judged: a fall in
// entries is none.
type Intervention struct {
	File    *records.File
	What    string
	By      string
	From    records.Date
	Impact  *records.Impact // nil where nothing was measured
	Change  records.Change
	Without string // why it was not enough, as written
}

// Bar is one line of a chart and of its table.
type Bar struct {
	Name string
	N    int
}

// Actions counts the actions that were due in the period.
type Actions struct{ Due, InTime, Late, Open int }

// Held is a supervision session of the period.
type Held struct {
	Session                          records.Supervision
	Children, Tested, Agreed, Differ int // notes; decisions tested, agreed with, not agreed with
}

// NewPeriod begins to count a period. p may be nil where no limit is known.
func NewPeriod(from, to records.Date, now records.Stamp, p *procedures.Procedures) *Period {
	return &Period{From: from, To: to, Now: now, procedures: p, months: map[string]int{}, categories: map[records.Category]int{}}
}

// Add counts a pupil's file. It is kept only where the report speaks of it.
func (p *Period) Add(f *records.File) {
	p.Pupils++
	before := len(p.Referrals) + len(p.Challenges) + len(p.Interventions)
	p.referrals(f)
	p.supports(f)
	p.concerns(f)
	p.actions(f)
	for _, n := range f.ChildNotes {
		if p.has(n.On) {
			p.notes = append(p.notes, n)
		}
	}
	if len(p.Referrals)+len(p.Challenges)+len(p.Interventions) > before {
		p.files = append(p.files, f)
	}
}

// has reports whether a day lies in the period.
func (p *Period) has(d records.Date) bool { return d != "" && p.From <= d && d <= p.To }

// overlaps reports whether something from one day to another, or still open,
// was there on any day of the period.
func (p *Period) overlaps(from, to records.Date) bool {
	return from != "" && from <= p.To && (to == "" || to >= p.From)
}

func (p *Period) referrals(f *records.File) {
	for _, r := range f.Referrals {
		if r.Pupil != f.Pupil.ID {
			continue
		}
		s := referral.StateIn(f, r, p.procedures, p.Now)
		for _, c := range s.Challenges {
			if p.overlaps(raised(c), c.Challenge.ResolvedOn) {
				p.Challenges = append(p.Challenges, Challenge{f, c})
			}
		}
		if !p.has(r.SentAt.Date()) {
			continue
		}
		x := Sent{File: f, Referral: r, State: s, Acked: -1, DecidedIn: -1, Challenged: len(s.Challenges) > 0}
		for _, y := range s.Replies {
			x.AsContact = x.AsContact || y.LoggedAs == records.LoggedContact && (r.Level.IsStatutory() || r.Response != "")
		}
		if s.Acknowledged != "" {
			x.Acked = referral.WorkingDays(s.Began.Date(), s.Acknowledged.Date(), f.Calendar)
			p.answered = append(p.answered, x.Acked)
		}
		if s.Decision != nil {
			x.DecidedIn = referral.WorkingDays(s.Began.Date(), s.Decision.At.Date(), f.Calendar)
			p.decided = append(p.decided, x.DecidedIn)
		}
		p.Referrals = append(p.Referrals, x)
	}
}

// raised returns the day on which a challenge began.
func raised(c referral.ChallengeState) records.Date {
	if len(c.Rungs) > 0 {
		return c.Rungs[0].RaisedAt.Date()
	}
	return c.Challenge.CreatedAt.Date()
}

func (p *Period) supports(f *records.File) {
	told := map[records.ID]bool{}
	for i := range f.Supports {
		s := &f.Supports[i]
		told[s.ID] = true
		if !p.overlaps(s.From, s.To) {
			continue
		}
		x := Intervention{File: f, What: s.What, By: s.By, From: s.From, Without: s.WhyNotEnough, Impact: impactOf(f, s.ID)}
		if x.Impact == nil && s.Before != "" {
			x.Impact = &records.Impact{Before: s.Before, After: s.After}
		}
		if x.Impact != nil {
			x.Change = x.Impact.Change
		}
		p.Interventions = append(p.Interventions, x)
	}
	for i := range f.Impacts {
		im := &f.Impacts[i]
		if told[im.Of] || !p.overlaps(im.Start, im.Looked) {
			continue
		}
		told[im.Of] = true
		im = impactOf(f, im.Of)
		p.Interventions = append(p.Interventions, Intervention{File: f, What: whatOf(f, im.Of), From: im.Start, Impact: im, Change: im.Change})
	}
}

// whatOf says what an impact is of, where that is no support.
func whatOf(f *records.File, id records.ID) string {
	for _, r := range f.Referrals {
		if r.ID == id {
			return "The referral sent on " + r.SentAt.Date().String()
		}
	}
	for _, m := range f.Meetings {
		if m.ID == id {
			return m.Sort.String()
		}
	}
	for _, m := range f.Monitorings {
		if m.ID == id {
			return "Watching for: " + m.What
		}
	}
	return "Something else that was done"
}

func (p *Period) concerns(f *records.File) {
	chosen := func(c *records.Concern) bool { return p.has(dayOf(c)) }
	for i := range f.Concerns {
		c := &f.Concerns[i]
		if !own(f, c) || !chosen(c) {
			continue
		}
		p.Concerns++
		p.months[string(dayOf(c))[:7]]++
		for _, k := range c.Categories {
			p.categories[k]++
		}
	}
	p.Quality.add(qualityOf(f, chosen))
}

func (p *Period) actions(f *records.File) {
	for i := range f.Actions {
		a := &f.Actions[i]
		if !p.has(a.Due) {
			continue
		}
		p.Actions.Due++
		switch {
		case a.Done == "":
			p.Actions.Open++
		case a.Done > a.Due:
			p.Actions.Late++
		default:
			p.Actions.InTime++
		}
	}
}

// Finish counts what needs every file, with the sessions that the member may
// open. Call it once, after the last Add.
func (p *Period) Finish(sessions []records.Supervision) {
	p.Acknowledged = waitOf(p.answered, len(p.Referrals))
	p.Decided = waitOf(p.decided, len(p.Referrals))
	slices.SortStableFunc(p.Referrals, func(a, b Sent) int { return cmp.Compare(a.Referral.SentAt, b.Referral.SentAt) })
	slices.SortStableFunc(p.Challenges, func(a, b Challenge) int { return cmp.Compare(raised(a.State), raised(b.State)) })
	slices.SortStableFunc(p.Interventions, func(a, b Intervention) int { return cmp.Compare(a.From, b.From) })
	p.files = nil
	for _, x := range p.Referrals {
		p.files = append(p.files, x.File)
	}
	for _, x := range p.Challenges {
		p.files = append(p.files, x.File)
	}
	for _, x := range p.Interventions {
		p.files = append(p.files, x.File)
	}
	p.bars()
	for _, s := range sessions {
		if !p.has(s.On) {
			continue
		}
		h := Held{Session: s}
		for _, n := range p.notes {
			if n.Session != s.ID {
				continue
			}
			h.Children++
			switch {
			case n.Agreed == records.Yes:
				h.Agreed++
			case n.Agreed == records.No:
				h.Differ++
			}
			if n.Decision != "" {
				h.Tested++
			}
		}
		p.Sessions = append(p.Sessions, h)
	}
}

// mostMonths is how many months have a bar of their own; a longer period is
// shown by years.
const mostMonths = 36

func (p *Period) bars() {
	last := string(p.To)[:7]
	for d := records.Date(string(p.From)[:7] + "-01"); string(d)[:7] <= last; d = records.DateOf(d.Time().AddDate(0, 1, 0)) {
		p.Months = append(p.Months, Bar{d.Time().Format("January 2006"), p.months[string(d)[:7]]})
	}
	if len(p.Months) > mostMonths {
		p.Months = nil
		years := map[string]int{}
		for m, n := range p.months {
			years[m[:4]] += n
		}
		for d := p.From; string(d)[:4] <= string(p.To)[:4]; d = records.DateOf(d.Time().AddDate(1, 0, 0)) {
			p.Months = append(p.Months, Bar{string(d)[:4], years[string(d)[:4]]})
		}
	}
	for _, k := range records.Categories() {
		if n := p.categories[k]; n > 0 {
			p.Categories = append(p.Categories, Bar{k.String(), n})
		}
	}
	slices.SortStableFunc(p.Categories, func(a, b Bar) int { return b.N - a.N })
}

// waitOf returns the median and the longest of waits; of is how many could have
// been answered.
func waitOf(days []int, of int) Wait {
	w := Wait{Base: len(days), Without: of - len(days)}
	if len(days) == 0 {
		return w
	}
	slices.Sort(days)
	w.Longest = days[len(days)-1]
	w.Median = float64(days[(len(days)-1)/2]+days[len(days)/2]) / 2
	return w
}

// Mismatches returns how many referrals were logged as a contact at some time
// though a referral was asked for, and how many still are.
func (p *Period) Mismatches() (ever, still int) {
	for _, r := range p.Referrals {
		if r.AsContact {
			ever++
		}
		if r.State.Mismatch {
			still++
		}
	}
	return ever, still
}

// Effects returns how many interventions were judged to have made things
// better, the same and worse for the child, and how many were not judged.
func (p *Period) Effects() []Bar {
	var bars []Bar
	for _, c := range append(records.Changes(), records.ChangeNotJudged) {
		n := 0
		for _, i := range p.Interventions {
			if i.Change == c {
				n++
			}
		}
		bars = append(bars, Bar{c.String(), n})
	}
	return bars
}

// Views returns how many decisions of social care the school agreed with, and
// how many it did not.
func (p *Period) Views() []Bar {
	var bars []Bar
	for _, v := range []records.View{records.Agree, records.AcceptAnAltern, records.DisagreeWithCSC, records.ViewNone} {
		n := 0
		for _, r := range p.Referrals {
			if r.State.Decision != nil && r.State.View == v {
				n++
			}
		}
		bars = append(bars, Bar{v.String(), n})
	}
	return bars
}

// Spoken returns the pupils of whom the report speaks.
func (p *Period) Spoken() []records.ID { return idsOf(p.files) }

func idsOf(files []*records.File) []records.ID {
	var ids []records.ID
	for _, f := range files {
		if !slices.Contains(ids, f.Pupil.ID) {
			ids = append(ids, f.Pupil.ID)
		}
	}
	return ids
}
