package wording

// conditional returns the watching that stands behind a condition where no verb of
// watching is written: "Mr Low has lunch with Sam. If Sam leaves his food Mr Low
// rings mum." A condition on what can be seen, with an act by somebody named, can
// only be met by somebody who looks. The cue covers the sentence of the condition.
func (t *text) conditional(cues []cue) []cue {
	if len(cues) > 0 {
		return nil
	}
	for n, s := range t.sentences {
		if s.quote || t.isTold(s) {
			continue
		}
		at := t.threshold(s)
		if at < 0 {
			continue
		}
		if n == 0 && !t.triggerSeen(s) && !t.contentBetween(s.from, at, false) && !t.aheadSeen(n) {
			continue
		}
		first, tag := s, "past"
		if n > 0 && t.ongoing(t.sentences[n-1]) {
			first = t.sentences[n-1]
			if t.present() {
				tag = "tally"
			}
		}
		if first.from != s.from && first.class.has(clsDate) && t.anyOf(first, "back", "visit") {
			continue // "Ms Haq back on 7 July": done on a day, and no watch
		}
		m := t.unmarked(first)
		if first.from == s.from && at > s.from {
			m.to = at
			m.shut = at
		}
		if m.to <= m.from || t.reported(m, true) {
			continue
		}
		return []cue{{match: m, tag: tag}}
	}
	return nil
}

// verbless returns where the act begins behind a condition without a verb: "Empty
// box | and she tells me", "Tray full, | cook rings me"; 0 when there is none.
func (t *text) verbless(s sentence) int {
	if s.from == 0 {
		return 0 // nothing stands before it that it could be a condition of
	}
	for i := s.from; i < s.to && i <= s.from+6; i++ {
		k := &t.tokens[i]
		switch k.low {
		case "and", ",", "=", "→", ">":
			if i > s.from && t.personAct(i+1, s) {
				return i
			}
			continue
		case "is", "are", "on", "by", "from", "until", "then", "this", "so":
			return 0
		}
		if k.quoted || k.class.has(clsModal|clsClock|clsDate|clsWeekday|clsTitled|clsName|clsFamily|clsAgency|clsSaid|clsActed) && !k.class.has(clsSeen) {
			return 0
		}
	}
	return 0
}

// stepWithin reports a next step among tokens [from, to).
func (t *text) stepWithin(from, to int, s sentence) bool {
	for i := from; i < to; i++ {
		if t.stepAt(i, s, nil) {
			return true
		}
	}
	return false
}

// present reports a text that is wholly about now and what is to come: a plan.
func (t *text) present() bool {
	for _, s := range t.sentences {
		if !t.ongoing(s) || t.isPast(s) {
			return false
		}
	}
	return true
}

// isTold reports a sentence with a say verb in the past or another's words.
func (t *text) isTold(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		switch k := &t.tokens[i]; {
		case k.class.has(clsSaid) && !k.class.has(clsAct), k.low == "because", k.low == "was", k.low == "were", k.low == "had":
			return true
		}
	}
	return false
}

// threshold returns where the condition in s ends and the act of a person or of
// the writer begins, or -1: "If he is late again | Mrs Poole rings mum",
// "Four or more | and I phone". A condition may also stand behind the act.
func (t *text) threshold(s sentence) int {
	if at := t.verbless(s); at > 0 {
		return at
	}
	open := -1
	for i := s.from; i < s.to; i++ {
		k := &t.tokens[i]
		if k.quoted {
			return -1
		}
		if open < 0 && t.opensCondition(i, s) {
			open = i
		}
		if k.low == "if" && open == i && i > s.from && t.stepWithin(s.from, i, s) && !t.ifNeeded(i-1, s) {
			return s.from // "HOY rings duty if it catches"
		}
		if open >= 0 && i > open+1 && t.stepAt(i, s, nil) && !t.ifNeeded(i, s) {
			from := t.actorStart(i, s)
			if from > open+1 {
				return from
			}
		}
	}
	if open >= 0 && t.concert(s.from, s.to, true) {
		for i := open + 1; i < s.to; i++ {
			if t.endsClause(i) {
				return i
			}
		}
	}
	return -1
}

// opensCondition reports a word that begins a condition: if, any, another, a
// number or an ordinal at the beginning of a clause.
func (t *text) opensCondition(i int, s sentence) bool {
	k := &t.tokens[i]
	switch k.low {
	case "if":
		return !t.whether(i)
	case "should", "unless", "whenever":
		return true
	case "after":
		return t.startsClause(i) && i+1 < s.to && t.tokens[i+1].class.has(clsNumber|clsHowMany) && !t.tokens[i+1].class.has(clsDate|clsClock)
	case "any", "another", "further", "once", "one", "none", "no", "nothing", "over", "under", "more", "less", "fewer", "a", "when", "new", "each":
		return t.startsClause(i) && (k.low != "a" || i+1 < s.to && ordinals[t.tokens[i+1].low])
	}
	return t.startsClause(i) && (k.class.has(clsNumber|clsHowMany) && !k.class.has(clsDate|clsClock) || ordinals[k.low] && !k.class.has(clsDate))
}

// whether reports an "if" that asks and sets no condition: "decide if he moves".
func (t *text) whether(i int) bool {
	if i == 0 {
		return false
	}
	switch t.tokens[i-1].low {
	case "decide", "decides", "see", "sees", "know", "check", "checks", "ask", "asks", "choose", "chooses", "note", "notes":
		return true
	}
	return false
}

// actorStart returns the token at which the one who acts at i is named.
func (t *text) actorStart(i int, s sentence) int {
	for i > s.from {
		k := &t.tokens[i-1]
		if !k.class.has(clsPerson|clsName|clsModal) && k.low != "i" && k.low != "she" && k.low != "he" {
			return i
		}
		i--
	}
	return i
}

// passiveAux reports a word after which a past form is still to come.
func passiveAux(s string) bool {
	switch s {
	case "be", "being", "get", "gets", "is", "are":
		return true
	}
	return false
}

// aheadSeen reports that the sentence before n goes on and names what can be seen.
func (t *text) aheadSeen(n int) bool {
	if n == 0 || !t.ongoing(t.sentences[n-1]) {
		return false
	}
	s := t.sentences[n-1]
	return t.contentBetween(s.from, s.to, false)
}

// ongoing reports a sentence in the present or the future.
func (t *text) ongoing(s sentence) bool {
	if s.quote || s.class.has(clsClock) && !t.howOften(s) && !t.spanned(s) || t.isTold(s) {
		return false
	}
	for i := s.from; i < s.to; i++ {
		if k := &t.tokens[i]; k.class.has(clsActed) && !k.class.has(clsAct) && (i == s.from || !passiveAux(t.tokens[i-1].low)) {
			return false
		}
	}
	return true
}
