package wording

import "slices"

// empty reports a sentence of an action, a decision or an outcome that says
// nothing: nobody named does anything at any time, nothing is seen, counted,
// said, answered or done. It is vague by exclusion, whatever its words. waits is
// true when it speaks of watching, staying or waiting; then it may say how long.
func (t *text) empty(s sentence) (empty, waits bool) {
	waits = t.waitWord(s) || t.bareSpan(s)
	future := false
	words, unknown := 0, 0
	for i := s.from; i < s.to; i++ {
		k := &t.tokens[i]
		future = future || k.class.has(clsModal) || i == s.from && !t.pastForm(k) && k.class.has(clsAct|clsIdle|clsSoft)
		if t.states(i, s, waits) {
			return false, false
		}
		if k.word() {
			words++
			if k.id == 0 && (i == s.from || t.tokens[i-1].low != k.low) && !k.class.has(clsName) {
				unknown++
			}
		}
	}
	if words < 2 || words < 3 && !waits || words > 16 || unknown*5 > words && !(unknown == 1 && words <= 6 && waits) || unknown > 0 && !waits || !waits && !future {
		return false, false
	}
	return true, waits
}

// states reports that token i says something: a number that is no length of
// time, a person, something seen, an act, a past tense, a heading.
func (t *text) states(i int, s sentence, waits bool) bool {
	k := &t.tokens[i]
	switch {
	case t.says(i), k.quoted, k.class.has(clsTitled|clsBodily|clsSaid|clsFamily|clsAgency|clsNegative) && k.low != "family":
		return true
	case k.class.has(clsNumber | clsWeekday | clsMonth | clsDate):
		return !waits || k.class.has(clsClock) || !t.spanned(s)
	case k.class.has(clsSeen) && !k.class.has(clsIdleWord|clsGeneral|clsIdle):
		return true
	case k.class.has(clsActed) && !k.class.has(clsAct|clsIdle|clsIdleWord):
		return i == s.from || t.tokens[i-1].low != "be"
	case t.pastForm(k) && !k.class.has(clsLittle|clsGeneral|clsIdleWord|clsIdle):
		return i == s.from || t.tokens[i-1].low != "be"
	case t.pastForm(k) && i == s.from:
		return !k.class.has(clsIdle)
	case k.class.has(clsName), k.low == ":", k.low == "was", k.low == "were", k.low == "had", k.low == "been":
		return true
	}
	return k.class.has(clsAct) && !k.class.has(clsIdle) && t.actor(i, s) >= 0
}

// bareSpan reports how long with no verb: "a further 4 weeks at this level".
func (t *text) bareSpan(s sentence) bool {
	if full := t.sentenceOf(s.from); full.from != s.from || full.to != s.to && !t.stepWithin(s.to, full.to, full) {
		return false
	}
	for i := s.from; i < s.to; i++ {
		if k := &t.tokens[i]; k.class.has(clsModal|clsAct) && k.low != "to" || k.class.has(clsEnded) {
			return false
		}
	}
	return t.spanned(s) && !t.howOften(s) && t.stepAhead(s) || t.spanned(s) && t.anyOf(s, "level", "stage", "tier", "further", "more", "another", "longer")
}

// waitWord reports a word of watching, staying or waiting in s.
func (t *text) waitWord(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		k := &t.tokens[i]
		if k.class.has(clsIdle|clsSense|clsIdlePlace|clsWatch) && !k.quoted && !(k.low == "monitor" && t.noun(i)) {
			return true
		}
	}
	return false
}

// stepAhead reports a next step after s.
func (t *text) stepAhead(s sentence) bool {
	if full := t.sentenceOf(s.from); full.to > s.to && t.stepWithin(s.to, full.to, full) {
		return true
	}
	for _, next := range t.sentences {
		if next.from >= s.to && !t.isPast(next) && (t.stepWithin(next.from, next.to, next) || t.concert(next.from, next.to, true)) {
			return true
		}
	}
	return false
}

// watchWord reports a word that speaks of nothing but watching or caution.
func (t *text) watchWord(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if k := &t.tokens[i]; k.class.has(clsSense|clsWatch) && !(k.low == "monitor" && t.noun(i)) {
			return true
		}
	}
	return false
}

// emptyWaits returns the sentences of t that are empty, speak of waiting and hold
// none of cues.
func (t *text) emptyWaits(cues []cue) []match {
	var found []match
	for _, s := range t.sentences {
		if slices.ContainsFunc(cues, func(c cue) bool { return s.from <= c.from && c.from < s.to }) || t.headsAccount(s) {
			continue
		}
		for from := s.from; from < s.to; {
			to := from
			for to < s.to && !t.breaksOff(to) && t.tokens[to].low != "but" {
				to++
			}
			part := sentence{from: from, to: to}
			if from == s.from && t.whole(s) {
				part.to, to = s.to, s.to
			}
			if ok, waits := t.empty(part); ok && waits && (part.to == s.to && part.from == s.from || t.watchWord(part) || t.bareSpan(part)) {
				found = append(found, t.unmarked(part))
			}
			from = to + 1
		}
	}
	return found
}

// whole reports that s is empty from end to end.
func (t *text) whole(s sentence) bool {
	ok, waits := t.empty(s)
	return ok && waits
}

// unmarked is the match of all of s but the marks at its end.
func (t *text) unmarked(s sentence) match {
	to := s.to
	for to > s.from+1 && t.tokens[to-1].class.has(clsMark) {
		to--
	}
	return match{from: s.from, to: to, open: s.from, shut: to}
}

// emptyActs returns a finding for each sentence that is empty and in which none
// of found stands: an act or help of which nothing is said.
func (t *text) emptyActs(found []candidate) []candidate {
	var more []candidate
	for _, s := range t.sentences {
		start, end := t.tokens[s.from].start, t.tokens[s.to-1].end
		if slices.ContainsFunc(found, func(c candidate) bool { return c.Start < end && c.End > start }) {
			continue
		}
		ok, waits := t.empty(s)
		if !ok || waits || t.foreign() {
			continue
		}
		to := s.to
		for to > s.from+1 && t.tokens[to-1].class.has(clsMark) {
			to--
		}
		f := Finding{Kind: VagueAction, Start: start, End: t.tokens[to-1].end, Ask: askAction}
		if t.helpful(s) {
			f.Kind, f.Ask = VagueSupport, askSupport
		}
		more = append(more, candidate{f, rankPhrase})
	}
	return more
}

// helpful reports that s speaks of help.
func (t *text) helpful(s sentence) bool {
	return t.anyOf(s, "help", "helped", "support", "supported", "care", "time", "tlc", "pastoral", "nurture", "wellbeing", "counselling", "mentor", "mentoring",
		"elsa", "intervention", "interventions", "provision", "strategies", "therapy", "access", "reassurance", "space")
}
