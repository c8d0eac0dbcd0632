package wording

import "slices"

// tallied reports whether looking, listening or writing down (c) is a plan to
// watch. It is when it is yet to come, its object can be seen, and it is more
// than one look: how often, how long, or an open clause ("whether she eats").
// Looking that is over speaks for the parts and is not flagged.
func (t *text) tallied(c *cue, s sentence, field Field) bool {
	often := t.howOften(s)
	report := c.tag == "report"
	c.tag = "tally"
	if report && (c.finished || t.toAgency(*c, s)) {
		return false
	}
	if c.finished {
		c.tag = "past"
		return field != Concern && (often || t.endedSoon(c.from))
	}
	if t.nounUse(*c, s) || !t.future(c.from, s) || field == Concern && !t.intended(*c, s) {
		return false
	}
	open, told := t.openClause(c.to, s)
	c.open = open
	switch {
	case told:
		return false
	case report && open > 0 && open > c.to && t.tokens[open].low == "who":
		return false // "dsl, who rings": no question
	case report:
		return open > 0 && (often || t.spanned(s) || t.stepLater(s))
	case open > 0:
		return true
	case often && t.spanned(s) && t.tokens[c.from].low != "review":
		return true
	case often || t.spanned(s):
		return t.objectSeen(*c) || t.objectGeneral(c.to, s)
	case field != Concern && t.goesOn(c.from) && t.objectGeneral(c.to, s):
		return true
	}
	if !t.goesOn(c.from) && !t.spannedLater(s) && !t.anyTime(*c, s) && !t.stepLater(s) {
		return false
	}
	return t.objectStrict(*c, s)
}

// toAgency reports that a message goes to an agency or an officer: an act, not
// something the school hears.
func (t *text) toAgency(c cue, s sentence) bool {
	for i := c.from + 1; i < s.to && i < c.from+4; i++ {
		k := &t.tokens[i]
		switch k.low {
		case "pc", "dc", "dr", "ps", "di":
			return true
		case "me", "us", "dsl":
			return false
		}
		if k.class.has(clsAgency) && !k.class.has(clsSchool) {
			return true
		}
	}
	return false
}

// openClause reads from token i what is looked for as a question that only time
// answers: whether, who, how many, each time, any; 0 when there is none. told is true when the clause
// is in the past and so has its answer: "wrote down what she saw".
func (t *text) openClause(i int, s sentence) (open int, told bool) {
	for j := i; j < s.to && j < i+7; j++ {
		k := &t.tokens[j]
		if k.quoted {
			return 0, false
		}
		switch k.low {
		case "who", "whoever", "whether", "how", "what", "whatever", "which", "when", "whenever", "if", "where", "any", "anything", "times", "number":
			if t.pastAfter(j, s) {
				return 0, true
			}
			return j, false
		case "each", "every":
			if j+1 < s.to && !t.tokens[j+1].class.has(clsSpan|clsOften|clsWeekday) || j+2 < s.to && t.tokens[j+2].class.has(clsPronoun|clsName) {
				return j, false
			}
		case ".", ";", ":", "and", "until", "till":
			return 0, false
		}
	}
	return 0, false
}

// pastAfter reports a past verb soon after j.
func (t *text) pastAfter(j int, s sentence) bool {
	for i := j + 1; i < s.to && i < j+5; i++ {
		k := &t.tokens[i]
		if k.class.has(clsMark) {
			return false
		}
		if k.class.has(clsSaid|clsActed) && !k.class.has(clsAct|clsSay&^clsSaid) || k.low == "was" || k.low == "were" || k.low == "had" || k.low == "did" || k.low == "happened" || k.low == "saw" || k.low == "heard" {
			return true
		}
	}
	return false
}

// goesOn reports an act in progress: an -ing form that leads its clause or
// follows the one who does it.
func (t *text) goesOn(i int) bool {
	k := &t.tokens[i]
	return len(k.low) > 5 && k.low[len(k.low)-3:] == "ing"
}

// stepLater reports that a later sentence says who acts if something is seen.
func (t *text) stepLater(s sentence) bool {
	if s.class.has(clsClock) && !t.howOften(s) {
		return false
	}
	for n := range t.sentences {
		if next := t.sentences[n]; next.from >= s.to && !t.isTold(next) && (t.threshold(next) >= 0 || next.class.has(clsModal|clsAct) && t.ifSo(next)) {
			return true
		}
	}
	return false
}

// ifSo reports a condition in s: "if so", "if it happens".
func (t *text) ifSo(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if t.tokens[i].low == "if" {
			return true
		}
	}
	return false
}

// objectGeneral reports that what is looked at, from token i on, says nothing:
// "her behaviour", "them".
func (t *text) objectGeneral(i int, s sentence) bool {
	for ; i < s.to; i++ {
		k := &t.tokens[i]
		switch {
		case k.class.has(clsPupil) && !k.class.has(clsLittle), k.class.has(clsGeneral) && !k.class.has(clsSeen|clsAct|clsIdleWord):
			return true
		case !k.class.has(clsLittle | clsPronoun | clsOften):
			return false
		}
	}
	return false
}

// anyTime reports that somebody is to look or write down, on no day and at no time.
func (t *text) anyTime(c cue, s sentence) bool {
	if s.class.has(clsClock|clsDate|clsWeekday) || t.pastForm(&t.tokens[c.from]) {
		return false
	}
	if t.startsClause(c.from) {
		return true
	}
	prev := &t.tokens[c.from-1]
	return prev.class.has(clsModal) || prev.low == "please"
}

// repeated returns, as watching that is not flagged itself, a sentence that tells
// what somebody does again and again, until when, with a thing that can be seen,
// where a later sentence has the next step. The verb may be any, and how long may
// stand in a sentence of its own before or behind it.
func (t *text) repeated(cues []cue) []cue {
	for n, s := range t.sentences {
		if slices.ContainsFunc(cues, func(c cue) bool { return c.from < s.to }) {
			return nil
		}
		if n+1 == len(t.sentences) || s.quote || t.isPast(s) || !t.howOften(s) ||
			!t.spanned(s) && !t.endBefore(n) && !(t.ongoing(s) && t.spannedLater(s)) {
			continue
		}
		whole := cue{match: t.unmarked(s), tag: "past"}
		if t.contentBetween(s.from, s.to, false) && !t.reported(match{from: s.to - 1, to: s.to}, true) {
			return []cue{whole}
		}
	}
	return nil
}

// spannedLater reports that the next sentence begins with how long: "Start 8/6,
// finish 19/6".
func (t *text) spannedLater(s sentence) bool {
	if s.to >= len(t.tokens) {
		return false
	}
	next := t.sentenceOf(s.to)
	for n := 0; n < 2 && !t.spanned(next) && next.to < len(t.tokens); n++ {
		next = t.sentenceOf(next.to)
	}
	return t.spanned(next) && !t.isPast(next)
}

// objectStrict reports a thing that can be seen or counted right behind the verb,
// or before it where the verb is "to be tallied" or follows a heading.
func (t *text) objectStrict(c cue, s sentence) bool {
	if t.heading(c.from, s) {
		return true
	}
	if t.passive(c, s) {
		if from, to := t.subject(c, s); t.contentBetween(from, to, false) {
			return true
		}
	}
	end := t.objectEnd(c.to, s)
	if end == c.to && end+1 < s.to && t.tokens[end].low == ":" {
		return t.contentBetween(end+1, s.to, false) // Look for: new marks
	}
	return t.contentBetween(c.to, end, false)
}

// nounUse reports that the word at the head of c is a thing and not an act: "times
// tables", "two marks". A count or note of something is an act made a noun, as
// long as nothing in its clause is already done.
func (t *text) nounUse(c cue, s sentence) bool {
	i := c.from
	k := &t.tokens[i]
	if len(k.low) > 4 && k.low[len(k.low)-3:] == "ing" || t.pastForm(k) {
		return i > s.from && (t.tokens[i-1].low == "in" || t.tokens[i-1].low == "of")
	}
	if c.to < s.to && c.to > i+1 && (t.tokens[c.to-1].low == "of" || t.tokens[c.to-1].low == "on" || t.tokens[c.to-1].low == "for") {
		return t.doneIn(s, c.from)
	}
	if c.to > i+1 {
		return false
	}
	if t.startsClause(i) {
		if n := len(k.low); n > 3 && k.low[n-1] == 's' && k.low[n-2] != 's' {
			return c.to < s.to && !t.tokens[c.to].class.has(clsLittle|clsOften|clsMark)
		}
		return false
	}
	prev := &t.tokens[i-1]
	switch prev.low {
	case "to", "i", "we", "who", "please", "also", "then", "or", "only", "pls", "whoever":
		return false
	}
	if len(prev.low) > 4 && prev.low[len(prev.low)-2:] == "ly" {
		return false
	}
	return !prev.class.has(clsModal|clsName|clsSchool|clsTitled|clsAgency|clsFamily) && !(i == s.from+1 && prev.capital && prev.id == 0) &&
		!t.bracketed(i)
}

// bracketed reports a word that follows a bracket or dash: the one who acts
// stands before it, "kitchen (Bev) records".
func (t *text) bracketed(i int) bool {
	return t.tokens[i-1].class.has(clsMark) || t.tokens[i-1].class.has(clsOften)
}

// doneIn reports a finite act in the past in the clause of i, or a clock time
// without how often: "count of the money done by the office 3.10".
func (t *text) doneIn(s sentence, i int) bool {
	for j := i - 1; j >= s.from && j >= i-6; j-- {
		k := &t.tokens[j]
		if k.class.has(clsMark) {
			break
		}
		if k.class.has(clsActed) && !k.class.has(clsAct|clsSay) || k.low == "gave" || k.low == "took" || k.low == "found" {
			return true
		}
	}
	return s.class.has(clsClock) && !t.howOften(s) && !t.howLong(s, s.to, false)
}

// hadBeen reports "had been watching": an act in progress that is over.
func (t *text) hadBeen(i int, s sentence) bool {
	for j := i - 1; j > s.from && j >= i-3; j-- {
		if t.tokens[j].low == "been" && t.tokens[j-1].low == "had" {
			return true
		}
		if t.tokens[j].low == "was" || t.tokens[j].low == "were" {
			return t.goesOn(i)
		}
	}
	return false
}

// undone reports a past form that stands for "to be done": what is watched comes
// before it, nobody and no "was" does, and what follows is how often or an end
// with nothing told of the result. "Mood noted daily until 12 June."
func (t *text) undone(c cue, s sentence) bool {
	if !t.pastForm(&t.tokens[c.from]) || c.from == s.from {
		return false
	}
	for j := c.from - 1; j >= s.from && !t.breaksOff(j); j-- {
		k := &t.tokens[j]
		switch k.low {
		case "was", "were", "had", "has", "have", "been", "having", "i", "we", "he", "she", "they", "it", "and":
			return false
		}
		if k.class.has(clsTitled | clsFamily | clsSchool) {
			return false
		}
	}
	if !t.howOften(s) && !t.endAhead(c.to, s) {
		return false
	}
	for n := t.tokens[c.from].sentence; n < len(t.sentences); n++ {
		next := t.sentences[n]
		if t.isPast(next) && next.from > c.from || t.endedOn(next) {
			return false
		}
		if next.from > c.from && t.tokens[next.from].low == "no" && !t.toCome(next) {
			return false // "No smell, no red eyes": the result
		}
	}
	return true
}

// spanned reports how long in the sentence, without the date of a single act.
func (t *text) spanned(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if !t.tokens[i].quoted && (t.endMarker(i, s) || t.duration(i, s, false) || t.dateRange(i, s)) {
			return true
		}
	}
	return false
}

// endedSoon reports how long watching lasted that is over, or the day it ended,
// in its own sentence or the next.
func (t *text) endedSoon(i int) bool {
	for n := t.tokens[i].sentence; n < len(t.sentences) && n <= t.tokens[i].sentence+1; n++ {
		s := t.sentences[n]
		if t.howLong(s, s.from, true) || t.endedOn(s) {
			return true
		}
	}
	return false
}

// endAhead reports until, till or up to after i.
func (t *text) endAhead(i int, s sentence) bool {
	for ; i < s.to; i++ {
		if t.endMarker(i, s) || t.duration(i, s, false) {
			return true
		}
	}
	return false
}

// agent reports somebody or something that acts right before i.
func (t *text) agent(i int, s sentence) bool {
	if i == s.from {
		return false
	}
	k := &t.tokens[i-1]
	return k.class.has(clsPerson|clsName) || k.capital && k.id == 0
}
