package supervision

import (
	"cmp"
	"slices"

	"throughline/records"
)

// Finish counts what needs every file, with the sessions that the member may
// open. Call it once, after the last Add.
func (p *Period) Finish(sessions []records.Supervision) {
	p.Acknowledged = waitOf(p.answered, len(p.Referrals))
	p.Decided = waitOf(p.decided, len(p.Referrals))
	slices.SortStableFunc(p.Referrals, func(a, b Made) int { return cmp.Compare(a.State.Began, b.State.Began) })
	slices.SortStableFunc(p.NotReferred, func(a, b NotMade) int { return cmp.Compare(a.On, b.On) })
	slices.SortStableFunc(p.Challenges, func(a, b Challenge) int { return cmp.Compare(raised(a.State), raised(b.State)) })
	slices.SortStableFunc(p.Interventions, func(a, b Intervention) int { return cmp.Compare(a.From, b.From) })
	for _, x := range p.Referrals {
		p.files = append(p.files, x.File)
	}
	for _, x := range p.NotReferred {
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
