// Package wording reads what somebody wrote in a safeguarding record and says
// where it is vague, softened, blaming, opinion set down as fact, or hearsay,
// and what would make it useful to the next reader.
//
// It is a pure function of its input: no clock, no files, no network. It never
// rewrites a word and never judges the words of a child, a parent or another
// professional that are shown as theirs. Structure is read first (what can be
// seen, heard or counted; a date or a span; a person and an act), phrases
// second; the word lists live in package assets, each family with its source.
package wording

import (
	"slices"
	"strings"
)

// Field is the part of the record a text was written in.
type Field string

// The four fields of a record that are read.
const (
	Concern  Field = "concern"
	Action   Field = "action"
	Decision Field = "decision"
	Outcome  Field = "outcome"
)

// Kind names what is wrong with a stretch of text.
type Kind string

// The kinds of finding.
const (
	VagueMonitoring Kind = "vague_monitoring"
	VagueAction     Kind = "vague_action"
	VagueSupport    Kind = "vague_support"
	VagueTime       Kind = "vague_time"
	VagueConcern    Kind = "vague_concern"
	Euphemism       Kind = "euphemism"
	VictimBlaming   Kind = "victim_blaming"
	OpinionAsFact   Kind = "opinion_as_fact"
	Hearsay         Kind = "hearsay"
)

// Kinds lists every kind, in the order in which tables show them.
func Kinds() []Kind {
	return []Kind{VagueMonitoring, VagueAction, VagueSupport, VagueTime, VagueConcern,
		Euphemism, VictimBlaming, OpinionAsFact, Hearsay}
}

// Part is one of the three things a plan to watch must state.
type Part string

// The three parts of a plan to watch.
const (
	What      Part = "what"
	HowLong   Part = "how_long"
	NextSteps Part = "next_steps"
)

// Finding is one stretch of text worth a second look.
type Finding struct {
	Kind       Kind
	Start, End int    // bytes in the text that was checked; Start < End
	Missing    []Part // only for VagueMonitoring: what the plan does not say
	Ask        string // one plain question, put to the writer
}

// Plan says which parts of a plan to watch, present or finished, are written.
type Plan struct{ What, HowLong, NextSteps bool }

// Missing returns the parts that p does not state, in reading order.
func (p Plan) Missing() []Part {
	var missing []Part
	if !p.What {
		missing = append(missing, What)
	}
	if !p.HowLong {
		missing = append(missing, HowLong)
	}
	if !p.NextSteps {
		missing = append(missing, NextSteps)
	}
	return missing
}

// Reading is what Check found. Plan is nil when the text holds no plan to watch.
type Reading struct {
	Findings []Finding
	Plan     *Plan
}

// Check reads text as written in field. Findings are in order of their place in
// the text, do not overlap, and begin and end on character boundaries. An
// unknown field is read as Concern. The same input always gives the same answer.
func Check(field Field, text string) Reading {
	t := read(lists(), text)
	if len(t.tokens) == 0 {
		return Reading{}
	}
	t.senses = t.otherSenses()
	plan, watching := t.watching(field)
	found := t.phrases(field, plan)
	found = append(watching, found...)
	if field == Action || field == Decision || field == Outcome {
		found = append(found, t.emptyActs(found)...)
	}
	trim(text, found)
	found = settle(found)
	if plan == nil && len(found) == 0 {
		found = t.nothingStated(field)
		if len(found) == 1 && found[0].Kind == VagueMonitoring {
			plan = &Plan{HowLong: !slices.Contains(found[0].Missing, HowLong)}
		}
	}
	r := Reading{Plan: plan}
	for _, f := range found {
		r.Findings = append(r.Findings, f.Finding)
	}
	return r
}

// candidate is a finding with its rank: of two that overlap the higher stays.
type candidate struct {
	Finding
	rank int
}

// trim cuts a vague time off the end or the beginning of a vague plan, so that
// both can be shown.
func trim(text string, found []candidate) {
	for i := range found {
		if found[i].Kind != VagueMonitoring {
			continue
		}
		p := &found[i].Finding
		for _, f := range found {
			if f.Kind != VagueTime || f.Start >= p.End || f.End <= p.Start {
				continue
			}
			if strings.HasSuffix(text[:f.Start], "what ") {
				continue // "see what the next few days bring"
			}
			if f.Start > p.Start {
				p.End = p.Start + len(strings.TrimRight(text[p.Start:f.Start], " ,;:-\u2013"))
			} else if f.End < p.End {
				p.Start = p.End - len(strings.TrimLeft(text[f.End:p.End], " ,;:-\u2013"))
			}
		}
	}
}

// settle removes overlaps, keeping the higher rank, then the longer, then the
// earlier, and returns the rest in order of place.
func settle(found []candidate) []candidate {
	slices.SortStableFunc(found, func(a, b candidate) int {
		if a.rank != b.rank {
			return b.rank - a.rank
		}
		if d := (b.End - b.Start) - (a.End - a.Start); d != 0 {
			return d
		}
		return a.Start - b.Start
	})
	taken := spans{}
	kept := found[:0]
	for _, f := range found {
		if taken.add(f.Start, f.End) {
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(a, b candidate) int { return a.Start - b.Start })
	return kept
}

// spans is a sorted set of stretches that do not overlap.
type spans [][2]int

// add puts [start, end) into s and reports whether there was room for it.
func (s *spans) add(start, end int) bool {
	i, _ := slices.BinarySearchFunc(*s, start, func(e [2]int, at int) int { return e[0] - at })
	if i > 0 && (*s)[i-1][1] > start || i < len(*s) && (*s)[i][0] < end {
		return false
	}
	*s = slices.Insert(*s, i, [2]int{start, end})
	return true
}

// hold reports whether at lies in one of s.
func (s spans) hold(at int) bool {
	return slices.ContainsFunc(s, func(e [2]int) bool { return e[0] <= at && at < e[1] })
}
