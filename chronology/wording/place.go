package wording

// planSpan returns the tokens [from, to) that a vague plan is shown to cover: the
// verb with what leads up to it, its object and how long.
func (t *text) planSpan(c cue) (from, to int) {
	s := t.sentenceOf(c.from)
	from = c.from
	for from > s.from && t.leadsIn(from-1) {
		from--
	}
	if t.tokens[from].low == "to" && from > s.from && from+1 < c.to && t.tokens[from+1].low != "be" && !t.staffAt(from-1) {
		from++
	}
	if passiveLead(t, from, c) || t.undone(c, s) {
		if start := t.clauseStart(from, s); from-start <= 7 {
			from = start
		}
	} else if from > s.from && t.staffAt(from-1) {
		from--
	}
	if t.tokens[from].low == "'ll" && from > s.from {
		from--
	}
	end := t.planEnd(c, s)
	if c.open >= end {
		end = max(end, t.objectEnd(c.open+1, s))
	}
	to = t.bareReview(t.listEnd(end, s), s)
	for to > c.to && t.tokens[to-1].class.has(clsMark) && t.tokens[to-1].low != ")" {
		to--
	}
	return from, to
}

// staffAt reports "staff" alone at i: it names nobody, so it is shown too.
func (t *text) staffAt(i int) bool { return t.tokens[i].low == "staff" && t.startsClause(i) }

// listEnd runs on over commas while what follows is still what is watched, how
// often or how long: "cash, a second phone or new trainers until Easter". Where
// somebody acts, or a condition begins, the plan is over.
func (t *text) listEnd(i int, s sentence) int {
	for i < s.to && t.tokens[i].low == "," {
		end := i + 1
		for end < s.to && !t.tokens[end].quoted && !t.endsClause(end) && t.tokens[end].low != "." && !(t.tokens[end].low == "and" && t.actSoon(end+1, s)) {
			k := &t.tokens[end]
			if k.class.has(clsModal|clsSaid|clsNegative|clsActed) && !k.class.has(clsSeen) && k.low != "to" || k.low == "if" || k.low == "i" || k.low == "so" || k.low == "then" ||
				k.low == "more" || k.low == "over" || t.stepAt(end, s, nil) || t.personAct(end, s) {
				return i
			}
			end++
		}
		if end == i+1 {
			return i
		}
		i = end
	}
	return i
}

// bareReview takes in "and review" with nothing behind it: nobody is named, so it
// is as vague as the plan before it.
func (t *text) bareReview(i int, s sentence) int {
	j := i
	if j < s.to && t.tokens[j].low == "," {
		j++
	}
	if j >= s.to || t.tokens[j].low != "and" && t.tokens[j].low != "then" {
		return i
	}
	j++
	if j < s.to && t.tokens[j].low == "then" {
		j++
	}
	if j < s.to && t.tokens[j].low == "we" {
		j++
	}
	if j >= s.to || t.tokens[j].quoted || !t.endsClauseAt(j+1) {
		return i
	}
	switch t.tokens[j].low {
	case "review", "reassess", "monitor", "observe", "wait", "see":
		return j + 1
	}
	return i
}

// passiveLead reports that what stands before the verb is watched ("attendance to
// be monitored"), not the one who watches ("is counting", "to be vigilant").
func passiveLead(t *text, from int, c cue) bool {
	for i := from; i < c.to; i++ {
		switch t.tokens[i].low {
		case "be", "been", "is", "being", "was", "were", "are":
			for j := i + 1; j <= min(c.from+1, len(t.tokens)-1); j++ {
				if t.pastForm(&t.tokens[j]) || t.tokens[j].low == "kept" {
					return t.tokens[j].low != "asked"
				}
			}
		}
	}
	return false
}

func (t *text) leadsIn(i int) bool {
	k := &t.tokens[i]
	if k.quoted {
		return false
	}
	switch k.low {
	case "will", "'ll", "would", "to", "continue", "continues", "continued", "continuing", "decided", "decision", "agreed", "be", "been", "being",
		"is", "are", "was", "were", "kept", "remain", "remains", "am", "has", "have", "shall", "must", "should", "need", "needs", "please", "still", "just", "now", "carry", "go", "on", "plan",
		"happy", "content", "going", "asked", "added", "put", "placed":
		return true
	case "we", "i":
		return i+1 < len(t.tokens) && t.tokens[i+1].low != "'ll"
	}
	return false
}

// planEnd takes in the object, a span of time after a comma, and stops before the
// next step.
func (t *text) planEnd(c cue, s sentence) int {
	to := t.objectEnd(c.to, s)
	if to < c.to {
		to = c.to
	}
	for to < s.to {
		k := &t.tokens[to]
		if k.quoted {
			return to
		}
		switch {
		case k.low == "," && to+1 < s.to && t.timeLead(to+1, s):
			to = t.timeEnd(to+2, s)
		case k.low == "(" && to+1 < s.to && t.timeLead(to+1, s):
			to = t.timeEnd(to+2, s)
		case k.class.has(clsMark) || k.low == "and" || k.low == "but" || k.low == "if" || k.low == "so" || k.low == "then" || k.low == "should" || k.low == "because" || k.low == "unless":
			return to
		case k.class.has(clsPerson) && t.actSoon(to+1, s):
			return to
		default:
			to = t.timeEnd(to+1, s)
		}
	}
	return to
}

func (t *text) timeLead(i int, s sentence) bool {
	switch t.tokens[i].low {
	case "from", "until", "till", "ending", "starting", "to", "finishing", "up", "daily", "weekly", "for", "two", "every", "each":
		return true
	}
	return t.dateAt(i) > 0 && !t.tokens[i].class.has(clsMark)
}

// timeEnd runs on to the next mark or the next thing said.
func (t *text) timeEnd(i int, s sentence) int {
	for ; i < s.to; i++ {
		k := &t.tokens[i]
		if k.low == ")" {
			return i + 1
		}
		if k.class.has(clsMark) && !k.glued || k.low == "," || k.low == "(" || k.low == ";" || k.low == ":" || k.low == "." && i == s.to-1 || k.low == "!" {
			return i
		}
		if k.low == "and" && t.actSoon(i+1, s) || k.low == "if" || k.low == "then" || k.class.has(clsPerson) && t.actSoon(i+1, s) {
			return i
		}
	}
	return i
}
