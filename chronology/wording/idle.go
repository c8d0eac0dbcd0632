package wording

// idling returns the clauses of t that do nothing but stay as they are: a verb of
// staying or waiting ("holding this one", "kept open") with no other word that
// could be seen, done or counted. They are read by exclusion: one word of content
// and the clause is somebody's act, not a wait.
func (t *text) idling() []match {
	var found []match
	for _, s := range t.sentences {
		for from := s.from; from < s.to; {
			to := from
			for to < s.to && !t.breaksOff(to) {
				to++
			}
			if m, ok := t.idleClause(from, to, s); ok {
				found = append(found, m)
			}
			from = to + 1
		}
	}
	return found
}

// breaksOff reports a mark that ends a clause.
func (t *text) breaksOff(i int) bool {
	k := &t.tokens[i]
	return k.class.has(clsMark) && (t.endsClause(i) || k.low == ".")
}

// idleClause reads tokens [from, to). The match covers the verb and its particle.
func (t *text) idleClause(from, to int, s sentence) (match, bool) {
	head := -1
	for i := from; i < to; i++ {
		k := &t.tokens[i]
		if head >= 0 && i > head+1 && t.subordinate(i) || head >= 0 && i == head+1 && t.tokens[head].low == "wait" && t.subordinate(i) {
			to = i
			break
		}
		if head < 0 && k.class.has(clsIdle) && t.stays(i, from) {
			head = i
			continue
		}
		if !t.idleWord(i, head, from) {
			return match{}, false
		}
	}
	if head < 0 || head+1 >= to && t.tokens[head].low != "waiting" && t.tokens[head].low != "wait" {
		return match{}, false
	}
	last := head + 1
	for last < to && last < head+3 && t.tokens[last].class.has(clsIdleWord|clsLittle) && !t.endsPlan(last) {
		last++
	}
	return match{from: head, to: last, open: head, shut: last}, true
}

// subordinate reports a word that opens a condition: what stands behind it is no
// part of the waiting.
func (t *text) subordinate(i int) bool {
	switch t.tokens[i].low {
	case "until", "till", "if", "unless", "while", "because":
		return t.dateAt(i+1) < 0
	case "then", "when":
		return true
	case "and":
		return t.actSoon(i+1, t.sentenceOf(i))
	}
	return false
}

// endsPlan reports a word after which comes how long.
func (t *text) endsPlan(i int) bool {
	switch t.tokens[i].low {
	case "for", "until", "till", "to", "from", "at":
		return true
	}
	return false
}

// stays reports that the idle verb at i is a plan and not an account: present,
// -ing, to be done, or a past form with nothing before it ("kept open").
func (t *text) stays(i, from int) bool {
	k := &t.tokens[i]
	switch k.low {
	case "sat", "stood", "hung", "rode", "stayed", "waited":
		return false
	}
	if i > from+1 && t.tokens[i-2].low == "what" {
		return false // what we hold
	}
	switch k.low {
	case "left":
	default:
		if !t.pastForm(k) {
			return true
		}
	}
	for j := from; j < i; j++ {
		switch t.tokens[j].low {
		case "be", "best", "better":
			return true
		}
	}
	return i == from
}

// idleWord reports that token i says nothing that could be done or seen: beside
// the verb at head (-1 before it is found) it only says who, that, or until when.
func (t *text) idleWord(i, head, from int) bool {
	k := &t.tokens[i]
	switch {
	case k.low == "family", k.low == "asked" && i+1 < len(t.tokens) && t.tokens[i+1].low == "to":
		return true
	case k.quoted, k.class.has(clsClock), k.class.has(clsSaid):
		return false
	case k.class.has(clsFamily) && (head < 0 || k.class.has(clsTitled)), k.class.has(clsTitled) && head >= 0:
		return false
	case k.class.has(clsIdleWord | clsIdle):
		return true
	case k.low == "home" || k.low == "class" || k.low == "indoors":
		return false
	case k.class.has(clsNegative):
		return false
	case k.class.has(clsLittle | clsGeneral | clsModal | clsSpan | clsWeekday | clsMonth | clsSeason | clsOften | clsDate | clsNumber | clsHowMany | clsPupil | clsPronoun):
		return true
	case head < 0 && (k.class.has(clsName|clsSchool) || i == from && k.capital && k.id == 0):
		return true
	case head >= 0 && k.class.has(clsSchool):
		return true
	case t.dateAt(i) > i:
		return true
	}
	switch k.low {
	case "decided", "agreed", "decision", "minded", "inclined", "until", "till", "through", "end", "let", "asked":
		return true
	}
	return false
}
