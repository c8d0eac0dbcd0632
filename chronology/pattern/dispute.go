package pattern

import (
	"slices"
	"strings"

	"throughline/records"
)

// withdrawals pairs a challenge with the child then moved out of sight.
func (l *line) withdrawals(out *Reading) {
	own := l.own
	for n, gone := range own {
		if !gone.movedOut() || slices.ContainsFunc(own[n+1:], func(it *item) bool { return it.day > gone.day && it.isEntry() && it.sight == saw && !it.visited() }) {
			continue
		}
		for _, it := range slices.Backward(own[:n]) {
			if gone.day-it.day > 90 && gone.index-it.index > 40 {
				break
			}
			what, on := "the school's worry was put to the parents", onlyDate(it.When)
			switch {
			case it.movedOut():
				continue
			case it.refers():
				what, on = "a referral was made", it.sentOn()
			case !it.isEntry() || !it.isGrave() || !it.said.has("challenge", anywhere):
				continue
			}
			out.ask(9, statement(WithdrawnAfterChallenge, gone.Key, []*item{it, gone},
				"On %s %s; by %s, %s later, the child had been moved out of the school's sight.",
				on, what, onlyDate(gone.When), schoolDay(gone.index-it.index)))
			return
		}
	}
}

// movedOut reports whether the child has been taken out of school or has moved
// away: not that somebody may do so, nor that a friend did.
func (i *item) movedOut() bool {
	return slices.ContainsFunc(i.said.hits, func(h hit) bool {
		if h.sign != "withdrawn" && h.sign != "moved" || h.denied || h.field&anywhere == 0 {
			return false
		}
		words := i.said.in(h.field)
		return !near(words, h.from, 8, intended) && !byKin(words, h.from) && !routine(words, h)
	})
}

// intended are words that make a move one that was thought of or threatened.
var intended = set("may might could would threatened threatens threatening threat thinking considering wants want wanted if planning plans plan hopes " +
	"discussed about asked whether unless should going wishes wishing looking")

// byKin reports whether a brother, a friend or another child is the one who
// moves.
func byKin(words []word, at int) bool {
	for i := at - 1; i >= 0 && words[i].clause == words[at].clause; i-- {
		switch who, owner := person(words[i]); {
		case kin[who]:
			return !owner && acts(words, i)
		case family[who] || words[i].child:
			return false
		}
	}
	return false
}

// routine reports whether a move is one that every child makes, lies ahead or long
// behind, or may be another child's: "will be changing schools in Year 7".
func routine(words []word, h hit) bool {
	at, will, now := words[h.from].sentence, false, false
	if strings.HasPrefix(words[h.to-1].text, "attend") && h.to < len(words) && words[h.to].clause == words[h.from].clause && words[h.to].text != "school" {
		return true
	}
	if h.sign == "moved" && severalNames(words, at) {
		return true
	}
	for i := range words {
		if words[i].sentence != at {
			continue
		}
		switch w := words[i].text; {
		case w == "secondary" || w == "transition" || w == "planned" || w == "previous" || w == "former" || w == "year" && i+1 < len(words) && words[i+1].text == "7":
			return true
		case i < h.from && (w == "will" || w == "to") && i > h.from-4:
			will = true
		case w == "today" || w == "now" || w == "immediate" || w == "immediately":
			now = true
		}
	}
	return will && !now && words[h.from].text != "not"
}

// severalNames reports whether a sentence names more than one person.
func severalNames(words []word, sentence int32) bool {
	first := ""
	for _, w := range words {
		if w.sentence != sentence || !w.name || !w.child {
			continue
		}
		if first != "" && w.text != first {
			return true
		}
		first = w.text
	}
	return false
}

// disagreements finds those between professionals that nobody has settled. A
// challenge of our own is settled by what was resolved and when, and by nothing
// else. Where there is none, the words are read: a disagreement is settled when a
// later entry says that those who decide agreed.
func (l *line) disagreements(out *Reading) {
	var open []*item
	typed := slices.ContainsFunc(l.own, func(it *item) bool { return it.Kind == records.KindChallenge })
	for _, it := range l.own {
		switch {
		case it.Kind == records.KindChallenge:
			if end := dayOf(it.Ended); end == noDay || end > l.asOf {
				open = append(open, it)
			}
		case typed:
		case it.settles():
			open = nil
		case it.disagrees() && !it.said.has("resolved", inOutcome):
			open = append(open, it)
		}
	}
	switch len(open) {
	case 0:
	case 1:
		out.ask(8, statement(UnresolvedDisagreement, "open", open,
			"A disagreement between professionals was written of on %s, and no later entry says what was resolved and when.", onlyDate(open[0].When)))
	default:
		out.ask(8, statement(UnresolvedDisagreement, "open", open,
			"%s between professionals were written of (%s), and no later entry says what was resolved and when.", capital(count(len(open), "disagreement", "disagreements")), span(open)))
	}
}

// disagrees reports whether one professional is said to disagree with another:
// in one clause with those who decide, or the school with whoever else the entry
// speaks of. A parent who does is another matter, and so is behaviour that
// escalates.
func (i *item) disagrees() bool {
	return slices.ContainsFunc(i.said.all("disagree", anywhere), func(h hit) bool {
		words := i.said.in(h.field)
		if byFamily(words, h.from) {
			return false
		}
		if i.decides(h, true) {
			return true
		}
		who, ok := subjectOf(words, h.from)
		return ok && (staff[words[who].text] || schoolWords[words[who].text]) && i.said.has("decider", anywhere)
	})
}

var schoolWords = set("dsl ddsl head headteacher school deputy")

// decides reports whether those who decide stand in the sentence of a hit, or in
// its clause.
func (i *item) decides(h hit, clause bool) bool {
	words := i.said.in(h.field)
	return slices.ContainsFunc(i.said.hits, func(d hit) bool {
		return d.sign == "decider" && d.field == h.field && words[d.from].sentence == words[h.from].sentence &&
			(!clause || words[d.from].clause == words[h.from].clause)
	})
}

// settles reports whether those who decide are said to have agreed or decided
// otherwise: in one sentence with what was resolved, and not the family or the
// child.
func (i *item) settles() bool {
	return slices.ContainsFunc(i.said.all("resolved", inAnswer|inText), func(h hit) bool {
		words := i.said.in(h.field)
		if byFamily(words, h.from) || h.from > 0 && childWords[words[h.from-1].text] {
			return false
		}
		return i.decides(h, false) || slices.ContainsFunc(i.said.all("quarrel", h.field), func(q hit) bool {
			return words[q.from].sentence == words[h.from].sentence && q.from < h.from
		})
	})
}
