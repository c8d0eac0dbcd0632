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
	Locked   int // files that were not: they are locked to others

	Referrals     []Made
	NotReferred   []NotMade
	Acknowledged  Wait // from when it reached social care to the first answer
	Decided       Wait // from then to the decision
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

// Made is a referral that reached social care in the period, in writing or by
// telephone.
type Made struct {
	File      *records.File
	Referral  records.Referral
	State     referral.State
	AsContact bool             // it was logged as a contact at some time, though a referral was asked for
	Decisions []*records.Reply // the last on the referral and the last on a section 47 enquiry, each as it was first given, in order of time
	Acked     int              // working days to the first answer; -1 for none yet
	DecidedIn int              // working days to the decision on the referral, or on the enquiry where no other is known; -1 for none yet
}

// ByTelephone reports whether the referral was never put in writing.
func (m *Made) ByTelephone() bool { return m.Referral.SentAt == "" }

// in returns the working days from when the referral reached social care to an
// instant.
func (m *Made) in(at records.Stamp) int {
	return referral.WorkingDays(m.State.Began.Date(), at.Date(), m.File.Calendar)
}

// NotMade is a decision of the period not to refer.
type NotMade struct {
	File     *records.File
	Referral records.Referral
	On       records.Date
}

// Wait is how long answers took, in working days.
type Wait struct {
	Base    int // how many were answered: the base of the others
	Median  float64
	Longest int
	Without int // how many have no answer yet
}

// Challenge is a challenge to social care, a complaint or a disagreement that
// was open on any day of the period.
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
	p.referrals(f)
	p.challenges(f)
	p.supports(f)
	p.concerns(f)
	p.actions(f)
	for _, n := range f.ChildNotes {
		if p.has(n.On) {
			p.notes = append(p.notes, n)
		}
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
		if on := cmp.Or(r.DecidedAt, r.RecordedAt).Date(); s.Began == "" && r.NotReferred != "" && p.has(on) {
			p.NotReferred = append(p.NotReferred, NotMade{f, r, on})
		}
		if p.has(s.Began.Date()) {
			p.made(Made{File: f, Referral: r, State: s, Acked: -1, DecidedIn: -1})
		}
	}
}

func (p *Period) made(x Made) {
	r := x.Referral
	for _, y := range x.State.Replies {
		x.AsContact = x.AsContact || y.LoggedAs == records.LoggedContact && (r.Level.IsStatutory() || r.Response != "")
	}
	if at := x.State.Acknowledged; at != "" {
		x.Acked = x.in(at)
		p.answered = append(p.answered, x.Acked)
	}
	if x.Decisions = decisions(&x.State); len(x.Decisions) > 0 {
		first := x.Decisions[0]
		if len(x.Decisions) > 1 && first.Outcome == "" {
			first = x.Decisions[1]
		}
		x.DecidedIn = x.in(first.At)
		p.decided = append(p.decided, x.DecidedIn)
	}
	p.Referrals = append(p.Referrals, x)
}

// decisions returns the last decision on a referral and the last on a section 47
// enquiry, which may be one. The same one may come twice, by telephone and then
// in writing: it counts from the first.
func decisions(s *referral.State) []*records.Reply {
	var referred, enquiry *records.Reply
	for i := range s.Replies {
		y := &s.Replies[i]
		if y.Early {
			continue
		}
		if y.Outcome != "" && (referred == nil || y.Outcome != referred.Outcome) {
			referred = &y.Reply
		}
		if y.Enquiry != "" && (enquiry == nil || y.Enquiry != enquiry.Enquiry) {
			enquiry = &y.Reply
		}
	}
	both := slices.DeleteFunc([]*records.Reply{referred, enquiry}, func(y *records.Reply) bool { return y == nil })
	slices.SortStableFunc(both, func(a, b *records.Reply) int { return cmp.Compare(a.At, b.At) })
	return slices.Compact(both)
}

func (p *Period) challenges(f *records.File) {
	for _, c := range challengesOf(f, p.procedures, p.Now) {
		if p.overlaps(raised(c), c.Challenge.ResolvedOn) {
			p.Challenges = append(p.Challenges, Challenge{f, c})
		}
	}
}

// Of returns the challenges of some kinds.
func (p *Period) Of(is func(records.ChallengeSort) bool) []Challenge {
	return slices.DeleteFunc(slices.Clone(p.Challenges), func(c Challenge) bool { return !is(c.State.Challenge.Sort) })
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
			return "The referral made on " + referral.Begins(r).Date().String()
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

func idsOf(files []*records.File) []records.ID {
	var ids []records.ID
	for _, f := range files {
		if !slices.Contains(ids, f.Pupil.ID) {
			ids = append(ids, f.Pupil.ID)
		}
	}
	return ids
}
