package wording

// accounted returns watching that is over and is told by its result alone, whatever
// its verb: a sentence in the past, or with no verb, that has a range of days and a
// thing that can be seen, and a number of how often in it or in the next. "From 3 to
// 21 March he came in by 8.45 on thirteen of fifteen days."
func (t *text) accounted(cues []cue) []cue {
	if len(cues) > 0 {
		return nil
	}
	for n, s := range t.sentences {
		if s.quote || t.atClock(s) || !t.ranged(s) && !(t.isPast(s) && t.spanned(s)) || t.toCome(s) && !t.isPast(s) || t.anyOf(s, "because", "since") {
			continue
		}
		next := s
		if n+1 < len(t.sentences) {
			next = t.sentences[n+1]
		}
		if !t.totals(s) && !t.totals(next) || !t.contentBetween(s.from, next.to, false) {
			continue
		}
		m := t.unmarked(s)
		if !t.reported(m, true) {
			return []cue{{match: m, tag: "past", finished: true}}
		}
	}
	return nil
}

// headsAccount reports that s says from when to when, and that the sentence behind it
// tells what was counted then: an account, not a plan.
func (t *text) headsAccount(s sentence) bool {
	if s.to >= len(t.tokens) || !t.ranged(s) || !t.onlySpan(s) {
		return false
	}
	next := t.sentenceOf(s.to)
	return !t.toCome(next) && (t.isPast(next) || next.class.has(clsActed|clsNegative)) && t.totals(next)
}

// toCome reports "will", "may" and the like in s; "to" is as often "8 to 12 June".
func (t *text) toCome(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if k := &t.tokens[i]; k.class.has(clsModal) && !k.class.has(clsMonth) && k.low != "to" && !k.quoted {
			return true
		}
	}
	return false
}

// ranged reports both ends of a stretch of days in s.
func (t *text) ranged(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if !t.tokens[i].quoted && t.dateRange(i, s) {
			return true
		}
	}
	return false
}

// atClock reports a time of the clock in s that is no limit: "8.45", not "by 8.45".
func (t *text) atClock(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if !t.tokens[i].class.has(clsClock) {
			continue
		}
		if i == s.from {
			return true
		}
		switch t.tokens[i-1].low {
		case "by", "before", "after", "past":
		default:
			return true
		}
	}
	return false
}

// totals reports a number in s that counts: no time, no date and no year group.
func (t *text) totals(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		k := &t.tokens[i]
		if k.low == "no" || k.class.has(clsHowMany) && k.low != "another" && k.low != "half" || t.measure(i) ||
			k.class.has(clsNumber) && i+1 < s.to && t.tokens[i+1].low == "%" {
			return true
		}
	}
	return false
}
