package wording

// what reports that the plan names something that can be seen, heard or counted:
// what is watched, or what would set off the next step.
func (t *text) what(cues []cue) bool {
	for _, c := range cues {
		if t.objectSeen(c) {
			return true
		}
	}
	first := t.tokens[cues[0].from].sentence
	for n := first; n < len(t.sentences); n++ {
		if t.triggerSeen(t.sentences[n]) {
			return true
		}
	}
	return t.besideSpan(cues, first)
}

// besideSpan reports that what is watched stands in a sentence beside one that only
// says how long: "To 27 Nov. Mr Odell at the gate, looking for the white Audi." A
// sentence with a next step in it says what is done, not what is watched.
func (t *text) besideSpan(cues []cue, n int) bool {
	if len(cues) > 1 || cues[0].tag == "watch" || !t.onlySpan(t.sentences[n]) {
		return false
	}
	for m := max(0, n-2); m < len(t.sentences) && m <= n+1; m++ {
		if s := t.sentences[m]; m != n && t.ongoing(s) && !t.stepWithin(s.from, s.to, s) && t.contentBetween(s.from, s.to, false) {
			return true
		}
	}
	return false
}

// onlySpan reports a sentence of how long with no word of watching or waiting.
func (t *text) onlySpan(s sentence) bool {
	return t.spanned(s) && !t.waitWord(s) && s.to-s.from <= 14
}

// triggerSeen reports a condition ("if he is late again", "any new mark =") that
// names something that can be seen, heard or counted.
func (t *text) triggerSeen(s sentence) bool {
	on := false
	for i := s.from; i < s.to; i++ {
		k := &t.tokens[i]
		switch k.low {
		case "if", "should", "unless", "any", "another", "further", "or", "once", "when", "whenever":
			on = on || k.low != "or" && !k.quoted
			continue
		}
		if k.class.has(clsAct|clsModal) && !k.class.has(clsSeen) || k.low == "," || k.low == ";" {
			on = false
		}
		if on && k.class.has(clsSeen) && !k.class.has(clsAct|clsGeneral) && !k.quoted {
			return true
		}
	}
	return false
}

// objectSeen reports that what c watches can be seen, heard or counted.
func (t *text) objectSeen(c cue) bool {
	s := t.sentenceOf(c.from)
	lenient := c.tag != "wait"
	if t.passive(c, s) {
		from, to := t.subject(c, s)
		if t.contentBetween(from, to, lenient) {
			return true
		}
	}
	end := t.objectEnd(c.to, s)
	if t.contentBetween(c.to, end, lenient) || (c.tag == "tally" || c.tag == "past" && !t.tokens[c.from].class.has(clsSay) || t.anyOf(sentence{from: c.from, to: c.to}, "diary", "log", "chart", "record", "tally")) && t.contentBetween(c.from, c.to, false) {
		return true
	}
	if c.tag == "tally" && t.heading(c.from, s) {
		return true
	}
	if c.open > 0 && t.contentBetween(c.open, t.objectEnd(c.open+1, s), lenient) {
		return true
	}
	// "Monitoring plan: (1) who collects her, ..." runs on after the mark
	for end < s.to && lenient && t.runsOn(end) {
		next := t.objectEnd(end+1, s)
		if t.contentBetween(end+1, next, false) {
			return true
		}
		end = next
	}
	for i := c.to; i < s.to; i++ {
		if t.tokens[i].low == ":" && lenient && t.contentBetween(i+1, s.to, false) {
			return true
		}
	}
	return c.finished && t.contentBetween(end, s.to, false) || c.finished && t.resultSeen(s)
}

// heading reports that what is counted stands before a colon or in brackets in
// front of the verb: "Hands over ears: Miss Ash marks the chart".
func (t *text) heading(i int, s sentence) bool {
	for j := i - 1; j > s.from; j-- {
		if low := t.tokens[j].low; low == ":" || low == ")" {
			return t.contentBetween(s.from, j, false)
		}
	}
	return false
}

// resultSeen reports that the sentence after finished watching gives a result.
func (t *text) resultSeen(s sentence) bool {
	if s.to >= len(t.tokens) {
		return false
	}
	next := t.sentenceOf(s.to)
	return t.contentBetween(next.from, next.to, false)
}

func (t *text) runsOn(i int) bool {
	switch t.tokens[i].low {
	case ":", "(", "-", "–", "—", ",", ")", "=", "/":
		return true
	}
	return false
}

// objectNamed reports an object with any content at all.
func (t *text) objectNamed(c cue) bool {
	s := t.sentenceOf(c.from)
	return t.contentBetween(c.to, t.objectEnd(c.to, s), true) ||
		t.passive(c, s) && t.contentBetween(t.clauseStart(c.from, s), c.from, true)
}

// passive reports that what is watched stands before the verb: "lunch to be watched".
func (t *text) passive(c cue, s sentence) bool {
	switch t.tokens[c.from].low {
	case "is", "are", "be", "remains", "stays":
		return c.from > s.from
	}
	if !t.pastForm(&t.tokens[c.to-1]) && !t.pastForm(&t.tokens[c.from]) && t.tokens[c.from].low != "under" && !t.underReview(c) {
		return false
	}
	if c.from == s.from {
		return false
	}
	switch t.tokens[c.from-1].low {
	case "we", "i", "he", "she", "they":
		return false
	}
	return true
}

func (t *text) underReview(c cue) bool {
	for i := c.from; i < c.to; i++ {
		if t.tokens[i].low == "under" {
			return true
		}
	}
	return false
}

// subject returns the tokens [from, to) before the verb of a passive.
func (t *text) subject(c cue, s sentence) (from, to int) {
	from = t.clauseStart(c.from, s)
	for i := from; i < c.from; i++ {
		if t.tokens[i].low == "that" {
			from = i + 1
		}
	}
	for to = from; to < c.from; to++ {
		k := &t.tokens[to]
		if k.class.has(clsModal) || k.low == "be" || k.low == "is" || k.low == "are" || k.low == "was" || k.low == "were" || k.low == "has" || k.low == "have" || k.low == "been" {
			break
		}
	}
	return from, to
}

func (t *text) clauseStart(i int, s sentence) int {
	for i > s.from && t.tokens[i-1].clause == t.tokens[i].clause && !t.tokens[i-1].class.has(clsMark) {
		i--
	}
	return i
}

// objectEnd returns where the object of a watching verb ends: at a clause mark,
// at how long, at a condition, or where somebody begins to act.
func (t *text) objectEnd(i int, s sentence) int {
	start := i
	for ; i < s.to; i++ {
		k := &t.tokens[i]
		if k.quoted {
			continue
		}
		if k.class.has(clsMark) && k.low != "'" && k.low != "/" && k.low != "%" && !(k.low == "." && i+1 < s.to) {
			return i
		}
		switch k.low {
		case "until", "till", "then", "because", "since", "like", "twice":
			return i
		case "through":
			if t.endMarker(i, s) || t.dateSoon(i+1, s) {
				return i
			}
		case "every", "each":
			if i+1 < s.to && (t.tokens[i+1].class.has(clsSpan|clsOften|clsWeekday) || i+2 < s.to && t.tokens[i+2].low == "time" || t.tokens[i+1].low == "lunchtime" || t.tokens[i+1].low == "other") {
				return i
			}
		case "as":
			if i == start {
				return i
			}
		case "if", "should", "unless", "but", "so":
			if i > start {
				return i
			}
		case "and":
			if t.actSoon(i+1, s) {
				return i
			}
		case "for", "over", "during", "throughout":
			if i+1 < s.to && (t.duration(i+1, s, false) || i+2 < s.to && t.duration(i+2, s, false) || i+3 < s.to && t.duration(i+3, s, false) || t.thisTerm(i)) {
				return i
			}
		case "up":
			if i+1 < s.to && (t.tokens[i+1].low == "to" || t.tokens[i+1].low == "until" || t.tokens[i+1].low == "till") {
				return i
			}
		case "from", "between", "starting", "ending", "beginning":
			if t.dateSoon(i+1, s) {
				return i
			}
		case "to":
			if i > start && t.dateAt(i+1) > 0 {
				return i
			}
		}
		if i > start && k.class.has(clsPerson) && t.actSoon(i+1, s) && !t.relative(i) {
			return i
		}
	}
	return i
}

// relative reports that the person at i belongs to "who mum meets".
func (t *text) relative(i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		switch t.tokens[j].low {
		case "who", "what", "when", "how", "whether", "where", "that", "often", "of", "any":
			return true
		}
	}
	return false
}

func (t *text) dateSoon(i int, s sentence) bool {
	for j := i; j < s.to && j < i+2; j++ {
		if t.dateAt(j) > 0 {
			return true
		}
	}
	return false
}

// actSoon reports an act, with at most a person, modal or adverb before it.
func (t *text) actSoon(i int, s sentence) bool {
	for j := i; j < s.to && j < i+3; j++ {
		k := &t.tokens[j]
		if k.class.has(clsAct|clsSoft) && !(k.class.has(clsSeen) && j == i && !t.reaches(j+1, s)) {
			return true
		}
		if !k.class.has(clsPerson|clsModal|clsName|clsPupil) && k.low != "i" {
			return k.low == "then"
		}
	}
	return false
}

// reaches reports a person or a direction at i: what an act needs and a thing
// that is watched ("hands and face") does not have.
func (t *text) reaches(i int, s sentence) bool {
	if i >= s.to {
		return false
	}
	switch t.tokens[i].low {
	case "over", "to", "it", "this", "them", "the":
		return true
	}
	return t.tokens[i].class.has(clsPerson)
}

// long reports how long the plan runs, from the first cue's sentence on.
func (t *text) long(cues []cue) bool {
	first := t.tokens[cues[0].from].sentence
	finished := cues[0].finished
	if !finished && t.endBefore(first) {
		return true
	}
	for n := first; n < len(t.sentences); n++ {
		s := t.sentences[n]
		after := s.from
		if n == first {
			after = cues[0].from
		} else if !finished && t.isPast(s) {
			continue
		}
		if t.howLong(s, after, finished) {
			return true
		}
	}
	for n := first; finished && n < len(t.sentences); n++ {
		if t.endedOn(t.sentences[n]) {
			return true
		}
	}
	return false
}

// endBefore reports that a sentence before number n is nothing but how long: "Up to
// half term and not a day beyond."
func (t *text) endBefore(n int) bool {
	for _, s := range t.sentences[:n] {
		switch t.tokens[s.from].low {
		case "until", "till", "up", "for", "from", "between", "to", "this", "the":
		default:
			if !t.tokens[s.from].class.has(clsNumber | clsHowMany) {
				continue
			}
		}
		if s.to-s.from <= 14 && !s.quote && !s.class.has(clsClock|clsActed|clsSaid) && !t.toCome(s) && t.spanned(s) {
			return true
		}
	}
	return false
}

// endedOn reports a date in the sentence of watching that is over.
func (t *text) endedOn(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if t.tokens[i].class.has(clsEnded) && t.dateSoon(i+1, s) {
			return true
		}
	}
	return false
}

// isPast reports a sentence that only tells what has happened.
func (t *text) isPast(s sentence) bool {
	if first := t.tokens[s.from].low; first == "started" || first == "began" || first == "begun" {
		return false // "started today, last day is Friday": what began goes on
	}
	past := false
	for i := s.from; i < s.to; i++ {
		k := &t.tokens[i]
		if k.quoted {
			continue
		}
		if k.class.has(clsModal) && k.low != "to" || k.class.has(clsAct) && !k.class.has(clsActed) || k.low == "if" || k.low == "=" || k.low == "review" {
			return false
		}
		past = past || k.class.has(clsActed|clsSaid) && (i == s.from || !passiveAux(t.tokens[i-1].low)) || k.low == "was" || k.low == "were" || k.low == "had" ||
			k.low == "has" && i+1 < s.to && (t.tokens[i+1].low == "been" || t.tokens[i+1].low == "not" || t.pastForm(&t.tokens[i+1]) || t.tokens[i+1].class.has(clsActed))
	}
	return past
}
