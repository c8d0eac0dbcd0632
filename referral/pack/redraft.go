package pack

import (
	"cmp"
	"slices"

	"throughline/records"
)

// Redraft drafts the pack again from the record as it is now and keeps the
// writer's work: in each section of ref, a statement that was edited, that was
// left out with a reason, or that the writer added stays as it is and where it
// is; a statement that was drafted and not touched is brought up to date, or
// goes when the record no longer says it; new evidence is appended; the choice
// for an empty box stays.
//
// A statement counts as added by the writer when it is marked as edited, or
// when it rests on nothing and fills no line that the record now fills.
func Redraft(f *records.File, ref *records.Referral) []records.Section {
	drafted := Draft(f, ref)
	for i, sec := range drafted {
		was := find(ref.Sections, sec.Key)
		drafted[i].Statements = merge(spec(sec.Key), was.Statements, sec.Statements)
		drafted[i].Blank = was.Blank
	}
	for _, sec := range ref.Sections { // of a later edition: not ours to drop
		if !slices.ContainsFunc(specs, func(s Spec) bool { return s.Key == sec.Key }) {
			drafted = append(drafted, sec)
		}
	}
	return drafted
}

// merge returns the statements of a box in the order in which they were, then
// those that are new.
func merge(s Spec, was, drafted []records.Statement) []records.Statement {
	pairs := pair(s, was, drafted)
	used := make([]bool, len(drafted))
	var kept []records.Statement
	for i, st := range was {
		if pairs[i] >= 0 {
			used[pairs[i]] = true
		}
		switch {
		case touched(st):
			kept = append(kept, st)
		case pairs[i] >= 0:
			kept = append(kept, drafted[pairs[i]])
		case len(st.Rests) == 0:
			kept = append(kept, st)
		}
	}
	for i, st := range drafted {
		if !used[i] {
			kept = append(kept, st)
		}
	}
	return kept
}

func touched(st records.Statement) bool { return st.Edited || st.LeftOut != "" }

// pair returns, for each statement that was there, the drafted one that takes
// its place, or -1: first those with the same words, then those that fill the
// same field or rest on the same entries, then, for what nobody touched, those
// that rest on mostly the same entries, such as a count that went up.
func pair(s Spec, was, drafted []records.Statement) []int {
	pairs := make([]int, len(was))
	for i := range pairs {
		pairs[i] = -1
	}
	taken := make([]bool, len(drafted))
	for _, same := range []func(a, b records.Statement) bool{
		func(a, b records.Statement) bool { return a.Text == b.Text },
		s.sameSubject,
		func(a, b records.Statement) bool {
			return !touched(a) && standing(a) == standing(b) && mostlySame(a, b)
		},
	} {
		for i, st := range was {
			for j, d := range drafted {
				if pairs[i] < 0 && !taken[j] && same(st, d) {
					pairs[i], taken[j] = j, true
				}
			}
		}
	}
	return pairs
}

// sameSubject reports whether two statements of a box fill the same field, or
// say what the same entries show with the same standing.
func (s Spec) sameSubject(a, b records.Statement) bool {
	x, _ := s.Field(a.Text)
	y, _ := s.Field(b.Text)
	if x != "" || y != "" {
		return x == y
	}
	return len(a.Rests) > 0 && standing(a) == standing(b) && slices.Equal(sources(a), sources(b))
}

// mostlySame reports whether two statements share more than half of what either
// rests on.
func mostlySame(a, b records.Statement) bool {
	x, y := sources(a), sources(b)
	shared := 0
	for _, id := range x {
		if slices.Contains(y, id) {
			shared++
		}
	}
	return 2*shared > max(len(x), len(y))
}

func standing(st records.Statement) records.Standing { return cmp.Or(st.Standing, records.Fact) }

// sources returns the ids of the records that a statement rests on, in order,
// each once.
func sources(st records.Statement) []records.ID {
	var ids []records.ID
	for _, r := range st.Rests {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
