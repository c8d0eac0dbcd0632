package wording

import "strings"

// howLong reports whether sentence s says how long something is watched: an end
// date, a number of days or weeks, a range of dates, or a fixed event of the
// calendar. A start date, a past date and how often are not answers. after is the
// token from which a date beside a review counts; finished plans may use minutes.
func (t *text) howLong(s sentence, after int, finished bool) bool {
	for i := s.from; i < s.to; i++ {
		if t.tokens[i].quoted {
			continue
		}
		if t.endMarker(i, s) || t.duration(i, s, finished) || t.dateRange(i, s) {
			return true
		}
		if i >= after && t.reviewDate(i, s) {
			return true
		}
	}
	return false
}

// endMarker reads "until Friday", "to 23 May", "ending 28 Nov", "last day 6 June".
func (t *text) endMarker(i int, s sentence) bool {
	reach := 0
	switch t.tokens[i].low {
	case "until", "till", "through", "thru":
		if t.tokens[i].low == "through" && i > s.from && t.tokens[i-1].class.has(clsReview) {
			return false // read through, go through
		}
		reach = 6
	case "ending", "ends", "finishing", "finishes", "last", "stops", "stopping", "finish", "end", "ended", "runs", "running", "close", "closes", "expires", "final":
		reach = 4
	case "including", "inclusive", "incl":
		return t.dateAt(i+1) > 0
	case "and":
		return i >= s.from+2 && (t.tokens[i-1].low == "now" || t.tokens[i-1].low == "today") && t.dateAt(i+1) > 0
	case "to", "–", "-", "—", "before":
		return t.dateAt(i+1) > 0 && !t.notEnd(i+1)
	case "by":
		return t.dateAt(i+1) > 0 && (i > s.from && t.tokens[i-1].class.has(clsReview) || t.anyOf(s, "know")) // by Friday I need to know
	case "this", "rest", "remainder", "all", "each", "over", "throughout", "during":
		return t.thisTerm(i)
	default:
		return false
	}
	for j := i + 1; j <= i+reach && j < s.to; j++ {
		switch t.tokens[j].low {
		case "after", "since", "from", "ago", ";":
			return false
		}
		if t.dateAt(j) > 0 && !t.notEnd(j) {
			return true
		}
	}
	return false
}

// notEnd reports that what begins at j is how often or a clock time, not a day.
func (t *text) notEnd(j int) bool {
	switch t.tokens[j].low {
	case "the", "on", "at", "next", "this", ":", "break":
		return false
	}
	return t.tokens[j].class.has(clsClock) && !t.tokens[j].class.has(clsDate)
}

// thisTerm reads "this half term", "rest of term", "all this week".
func (t *text) thisTerm(i int) bool {
	named := false
	for j := i; j < len(t.tokens) && j <= i+6; j++ {
		switch k := &t.tokens[j]; k.low {
		case "this", "rest", "remainder", "throughout", "during", "over", "whole":
			named = true
		case "all", "of", "the", "each", "day", "half", "for", "next", "coming", "school", "autumn", "spring", "summer":
			if k.low == "next" || k.low == "coming" {
				named = true
			}
		case "term", "week", "month", "fortnight":
			return named && t.tokens[i].low != "each" && !t.toldOf(i, j+1)
		default:
			if k.class.has(clsSeason) {
				return named
			}
			return false
		}
	}
	return false
}

// toldOf reports that the time at tokens [i, j) is told of, not ahead: "total this
// term is 14".
func (t *text) toldOf(i, j int) bool {
	if i > 0 && t.tokens[i-1].low == "total" {
		return true
	}
	return j < len(t.tokens) && (t.tokens[j].low == "was" || t.tokens[j].low == "were")
}

// duration reads "for 2 weeks", "a fortnight", "10 school days", "five Fridays".
func (t *text) duration(i int, s sentence, finished bool) bool {
	k := &t.tokens[i]
	counted := k.class.has(clsNumber) && !k.class.has(clsClock|clsDate) || k.class.has(clsHowMany)
	single := k.low == "a" || k.low == "an"
	if !counted && !single && k.low != "fortnight" {
		return false
	}
	if i > s.from && (t.pastOrOften(i, s) || t.inCondition(i, s)) {
		return false
	}
	if k.low == "fortnight" || strings.HasSuffix(k.low, "/52") || strings.HasSuffix(k.low, "/7") && !k.class.has(clsDate) {
		return true // 2/52, as nurses write two weeks
	}
	if t.rate(i, s) {
		return false
	}
	for j := i + 1; j < s.to && j <= i+4; j++ {
		u := &t.tokens[j]
		switch u.low {
		case "more", "school", "full", "working", "calendar", "further", "whole", "clear", "consecutive", "x", "half", "-", "week":
			if u.low == "half" && j+1 < s.to && t.tokens[j+1].low == "term" {
				return !t.agoAfter(j + 2)
			}
			if u.low != "week" || j+1 < s.to && t.tokens[j+1].low == "days" {
				continue
			}
		}
		if !u.class.has(clsSpan|clsWeekday) || u.low == "term" && single || u.low == "day" && single {
			return finished && (u.low == "minutes" || u.low == "hours" || u.low == "hour") && counted
		}
		if u.class.has(clsWeekday) && (single || t.tokens[j].low == "mon" && number(k.low) > 5) {
			return false
		}
		if single && j+2 < s.to && t.tokens[j+1].low == "from" && (t.tokens[j+2].low == "today" || t.tokens[j+2].low == "now") {
			return true
		}
		if single && i > s.from {
			switch t.tokens[i-1].low {
			case "for", "over", "in", "within", "another", "after", "it", "leave", "give", "until", "left":
				return true
			}
			return u.low == "fortnight" && t.tokens[i-1].low != "once" && t.tokens[i-1].low != "twice" && t.tokens[i-1].low != "times"
		}
		return !single && !t.agoAfter(j+1) || single && u.low == "fortnight"
	}
	return false
}

// rate reports that what begins at i says how often, or how much is too much:
// "two in a week", "Two days with no lunch and I ring home".
func (t *text) rate(i int, s sentence) bool {
	if i > s.from+1 && t.tokens[i-1].low == "in" && (t.tokens[i-2].class.has(clsNumber|clsHowMany) || t.tokens[i-2].low == "row" || t.tokens[i-2].low == "times") {
		return true
	}
	if !t.startsClause(i) || i > s.from && t.tokens[i-1].low == "," {
		return false
	}
	for j := i + 1; j < s.to && j < i+16; j++ {
		switch t.tokens[j].low {
		case "and", "=", "→", ">":
			return t.personAct(j+1, s)
		case ";", ",":
			return false
		}
	}
	return false
}

// personAct reports a person or the writer at i with an act behind.
func (t *text) personAct(i int, s sentence) bool {
	for j := i; j < s.to && j < i+4; j++ {
		k := &t.tokens[j]
		if k.class.has(clsAct) {
			return j > i
		}
		if !k.class.has(clsPerson|clsName|clsModal|clsPronoun) && k.low != "i" && k.low != "the" && !(k.capital && k.id == 0) {
			return false
		}
	}
	return false
}

// inCondition reports a number that belongs to a condition: "if late 3 days running".
func (t *text) inCondition(i int, s sentence) bool {
	for j := i - 1; j >= s.from && j >= i-8; j-- {
		switch t.tokens[j].low {
		case "if", "unless", "should":
			return true
		case "until", "for", "over", ";", "then":
			return false
		}
	}
	return false
}

// pastOrOften reports "the last 2 weeks", "every 2 weeks", "week 3", "twice a week".
func (t *text) pastOrOften(i int, s sentence) bool {
	for j := i - 1; j >= s.from && j >= i-2; j-- {
		switch t.tokens[j].low {
		case "last", "past", "previous", "every", "each", "since", "twice", "once", "times", "per", "week", "at", "missed", "aged", "year", "old":
			return true
		}
	}
	return false
}

func (t *text) agoAfter(j int) bool {
	if j >= len(t.tokens) {
		return false
	}
	switch t.tokens[j].low {
	case "ago", "old", "earlier", "late", "running", "absent":
		return true
	}
	return false
}

// dateRange reads "8-26 Sept", "3 Nov to 14 Nov", "between 8 and 19 Sept", "4/11 - 8/11".
func (t *text) dateRange(i int, s sentence) bool {
	k := &t.tokens[i]
	if !k.class.has(clsNumber) || k.class.has(clsClock) {
		return false
	}
	for j := i + 1; j < s.to && j <= i+5; j++ {
		u := &t.tokens[j]
		switch {
		case u.low == "-" || u.low == "–" || u.low == "—" || u.low == "to" || u.low == "until" || u.low == "through" ||
			u.low == "and" && i > s.from && t.tokens[i-1].low == "between":
			return t.dateAt(j+1) > 0 && !t.notEnd(j+1) && t.hasDay(j+1, s)
		case t.isMonth(j), u.class.has(clsWeekday), u.low == "th", u.low == "st", u.low == "nd", u.low == "rd", u.low == "of":
		default:
			return false
		}
	}
	return false
}

// hasDay reports a numbered day within three tokens: the far end of a range.
func (t *text) hasDay(j int, s sentence) bool {
	for ; j < s.to && j <= j+3; j++ {
		if t.tokens[j].class.has(clsDate) {
			return true
		}
		if t.tokens[j].class.has(clsMark) {
			return false
		}
	}
	return false
}

// reviewDate reads "review 12 May", "then DSL meets mum on the 9th", "in 2 weeks".
func (t *text) reviewDate(i int, s sentence) bool {
	if !t.tokens[i].class.has(clsReview) && t.tokens[i].low != "next" && !t.thinksAgain(i) {
		return false
	}
	if t.tokens[i].low == "told" {
		return false // what was told on a day, not a review to come
	}
	if t.tokens[i].low == "next" {
		s.to = min(s.to, i+5)
	}
	for j := i + 1; j < s.to && j <= i+10; j++ {
		k := &t.tokens[j]
		if k.low == ";" {
			return false
		}
		if k.low == "from" || k.low == "since" || k.low == "after" && (t.dateAt(j+1) < 0 || i+4 < j || !t.reviews(i)) {
			return false
		}
		if k.class.has(clsDate) || t.namedDay(j) || t.isMonth(j) && t.dateAt(j) > j+1 {
			return true
		}
		if (k.low == "in" || k.low == "within") && j+1 < s.to && t.duration(j+1, s, false) {
			return true
		}
	}
	return false
}

// thinksAgain reads "think again", "take stock", "rethink".
func (t *text) thinksAgain(i int) bool {
	switch t.tokens[i].low {
	case "again", "stock", "back":
		if i == 0 {
			return false
		}
		switch t.tokens[i-1].low {
		case "think", "look", "talk", "take", "come", "discuss", "discussed", "meet", "it", "this":
			return true
		}
	case "rethink", "relook", "reconsider", "reconvene", "regroup", "reflect":
		return true
	}
	return false
}

// reviews reports a word for reviewing itself, rather than what follows it.
func (t *text) reviews(i int) bool {
	switch t.tokens[i].low {
	case "look", "back", "check", "reassess", "review", "reviewed", "reviews", "revisit", "meet", "meets", "meeting", "decide", "panel", "supervision":
		return true
	}
	return false
}

// namedDay reads one coming day: "on Friday", "next Monday", "tomorrow", "half
// term". Plural weekdays are how often.
func (t *text) namedDay(j int) bool {
	k := &t.tokens[j]
	if k.quoted {
		return false
	}
	if k.class.has(clsWeekday) {
		if j == 0 || len(k.low) > 5 && k.low[len(k.low)-1] == 's' {
			return false
		}
		switch t.tokens[j-1].low {
		case "each", "every", "on", "last", "of", "from", "since":
			return t.tokens[j-1].low == "on"
		}
		return true
	}
	if k.low == "tomorrow" {
		return true
	}
	end := t.seasonAt(j)
	return end > j && k.low != "term" && k.low != "break" && k.low != "summer" && k.low != "holiday" && k.low != "spring" && k.low != "autumn"
}
