package pattern

import (
	"cmp"
	"slices"
)

// Is reports whether two statements say the same of the same thing, with
// whatever evidence.
func (s Statement) Is(other Statement) bool {
	return s.Kind == other.Kind && s.Subject == other.Subject
}

// Strengthens reports whether s says the same as before with new entries
// behind it that make it stronger: more of them, less likely by chance, or all
// of them others, as of a second silence or another disagreement. A statement
// that was dismissed comes back only then.
func (s Statement) Strengthens(before Statement) bool {
	added := len(s.added(before))
	if !s.Is(before) || added == 0 {
		return false
	}
	if s.Chance < 0 && added == len(s.Rows) {
		return true
	}
	if s.Chance >= 0 && before.Chance >= 0 {
		return s.Chance < before.Chance
	}
	return s.Count > before.Count
}

// added returns the Rows of s, or their Keys where they have any, that before
// did not rest on.
func (s Statement) added(before Statement) []int {
	var rows []int
	for i, row := range s.Rows {
		known := slices.Contains(before.Rows, row)
		if i < len(s.Keys) && s.Keys[i] != "" {
			known = slices.Contains(before.Keys, s.Keys[i])
		}
		if !known {
			rows = append(rows, row)
		}
	}
	return rows
}

// Fresh returns the statements of now that are not among those already seen or
// dismissed, or that new entries have made stronger. Reading the same line
// again on a later day brings nothing fresh but silence and plans that end.
func Fresh(now, seen []Statement) []Statement {
	return slices.DeleteFunc(slices.Clone(now), func(s Statement) bool {
		for _, old := range seen {
			if s.Is(old) {
				return !s.Strengthens(old)
			}
		}
		return false
	})
}

// pressing are the kinds that stand for a child who may be unsafe now, whatever the
// arithmetic says.
var pressing = []Kind{InjuryAfterNoAction, ExplanationsDiffer, AbsenceThenInjury, WithdrawnAfterChallenge, NoReferral, UnresolvedDisagreement}

func (s Statement) rank() int {
	switch {
	case slices.Contains(pressing, s.Kind):
		return 0
	case slices.Contains([]Kind{Frequency, Gaps, Severity, Breadth}, s.Kind):
		return 1
	case s.Kind == Drift:
		return 3
	}
	return 2
}

// ByGravity compares statements of several lists, for a page that has room for one:
// first those of a child who may be unsafe now, then what is getting worse, what
// recurs or is unanswered, and plans that drift; the strongest first of each.
func ByGravity(a, b Statement) int {
	return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(b.strength, a.strength))
}

// All returns every statement of the reading but that of the child's voice.
func (r Reading) All() []Statement {
	return slices.Concat(r.Deterioration, r.Patterns, r.Unanswered, r.Drift, r.Quiet)
}
