package wording

import "strings"

// markNumbers tells clock times and dates from other numbers.
func (t *text) markNumbers() {
	for i := range t.tokens {
		k := &t.tokens[i]
		if t.ordinalDay(i) {
			k.class |= clsDate
		}
		if !k.class.has(clsNumber) {
			continue
		}
		switch {
		case strings.Contains(k.low, "/"):
			if slashDate(k.low) {
				k.class |= clsDate
			}
		case clock(k.low) && (i == 0 || !money(t.tokens[i-1].low)) && !t.unitAfter(i):
			k.class |= clsClock
		}
		if i+1 >= len(t.tokens) {
			continue
		}
		next := &t.tokens[i+1]
		switch next.low {
		case "am", "pm":
			k.class |= clsClock
		case "st", "nd", "rd", "th":
			if next.glued {
				k.class |= clsDate
			}
		case "noon":
			k.class |= clsClock
		}
		if t.monthBeside(i) {
			k.class |= clsDate
		}
	}
}

// ordinalDay reports a day written out: "the fourth of December", "on the fifth".
func (t *text) ordinalDay(i int) bool {
	if !ordinals[t.tokens[i].low] {
		return false
	}
	for j := i + 1; j < len(t.tokens) && j <= i+2; j++ {
		if t.isMonth(j) {
			return true
		}
		if t.tokens[j].low != "of" {
			break
		}
	}
	if i > 0 && t.isMonth(i-1) || i > 1 && t.isMonth(i-2) && t.tokens[i-1].low == "the" {
		return true
	}
	if i < 2 || t.tokens[i-1].low != "the" {
		return false
	}
	switch t.tokens[i-2].low {
	case "on", "by", "until", "till", "to", "before":
		return i+1 >= len(t.tokens) || t.tokens[i+1].class.has(clsMark) || t.tokens[i+1].low == "at" || t.tokens[i+1].low == "and"
	}
	return false
}

var ordinals = map[string]bool{"first": true, "second": true, "third": true, "fourth": true, "fifth": true,
	"sixth": true, "seventh": true, "eighth": true, "ninth": true, "tenth": true, "eleventh": true,
	"twelfth": true, "thirteenth": true, "fourteenth": true, "fifteenth": true, "sixteenth": true,
	"seventeenth": true, "eighteenth": true, "nineteenth": true, "twentieth": true, "thirtieth": true}

func money(s string) bool { return s == "£" || s == "$" || s == "€" }

// unitAfter reports a unit straight after number i: 19.20kg is no time.
func (t *text) unitAfter(i int) bool {
	if i+1 >= len(t.tokens) {
		return false
	}
	switch next := &t.tokens[i+1]; next.low {
	case "cm", "mm", "m", "kg", "kilos", "stone", "%", "miles", "degrees", "c", "mmol", "percent":
		return true
	}
	return false
}

// clock reports hh.mm or hh:mm.
func clock(s string) bool {
	i := strings.IndexAny(s, ".:")
	return i > 0 && i <= 2 && len(s) == i+3 && number(s[:i]) < 24 && s[i+1] < '6' && !strings.ContainsAny(s[i+1:], ".:,/")
}

// slashDate reports d/m or d/m/y.
func slashDate(s string) bool {
	part := strings.Split(s, "/")
	if len(part) < 2 || len(part) > 3 {
		return false
	}
	d, m := number(part[0]), number(part[1])
	return d >= 1 && d <= 31 && m >= 1 && m <= 12
}

// number is the value of up to four digits, or -1.
func number(s string) int {
	if s == "" || len(s) > 4 {
		return -1
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// monthBeside reports a day number beside a month: 3 Nov, 3rd of Nov, Nov 3.
func (t *text) monthBeside(i int) bool {
	if n := number(t.tokens[i].low); n < 1 || n > 31 {
		return false
	}
	if i > 0 && t.isMonth(i-1) && !t.tokens[i-1].quoted && (i < 2 || !t.tokens[i-2].class.has(clsNumber)) {
		return true
	}
	for j := i + 1; j < len(t.tokens) && j <= i+3; j++ {
		switch low := t.tokens[j].low; {
		case t.isMonth(j):
			return true
		case low == "st", low == "nd", low == "rd", low == "th", low == "of", low == ".":
		default:
			return false
		}
	}
	return false
}

func (t *text) isMonth(i int) bool { return t.tokens[i].class.has(clsMonth) }

// dateAt returns where a date that begins at token i ends, or -1. A date is a
// day and month, a weekday, or a fixed event of the calendar such as half term.
func (t *text) dateAt(i int) int {
	for i < len(t.tokens) && dateLead(t.tokens[i].low) {
		i++
	}
	if i >= len(t.tokens) || t.tokens[i].quoted {
		return -1
	}
	k := &t.tokens[i]
	switch {
	case k.class.has(clsWeekday):
		if n := t.dateAt2(i + 1); n > 0 {
			return n
		}
		return i + 1
	case k.class.has(clsNumber | clsDate):
		return t.dateAt2(i)
	case k.class.has(clsMonth):
		if i+1 < len(t.tokens) && t.tokens[i+1].class.has(clsNumber) {
			return i + 2
		}
		if t.seasonWord(i + 1) {
			return t.seasonAt(i + 1)
		}
		return i + 1
	case k.low == "end" || k.low == "close":
		return t.endOf(i)
	case k.low == "tomorrow":
		return i + 1
	case k.low == "week" && i+1 < len(t.tokens) && (t.tokens[i+1].low == "commencing" || t.tokens[i+1].low == "beginning"):
		return t.dateAt(i + 2)
	case k.low == "weekcommencing":
		return t.dateAt(i + 1)
	}
	return t.seasonAt(i)
}

func dateLead(s string) bool {
	switch s {
	case "the", "next", "this", "coming", "on", "at", "approx", "early", "mid", "late", "last", "about", "around", ":", "=", "break", "we", "they":
		return true
	}
	return false
}

// dateAt2 reads "12", "12th", "12 Nov" or "12/11" at i; a bare number is a date
// only with an ordinal ending or a month.
func (t *text) dateAt2(i int) int {
	for i < len(t.tokens) && (t.tokens[i].low == "the" || t.tokens[i].low == ",") {
		i++
	}
	if i >= len(t.tokens) || !t.tokens[i].class.has(clsDate) {
		return -1
	}
	end := i + 1
	for j := end; j < len(t.tokens) && j < i+4; j++ {
		if t.isMonth(j) {
			return j + 1
		}
		switch t.tokens[j].low {
		case "st", "nd", "rd", "th", "of":
			end = j + 1
		default:
			return end
		}
	}
	return end
}

// endOf reads "end of term", "the end of the week", "end half term".
func (t *text) endOf(i int) int {
	for j := i + 1; j < len(t.tokens) && j < i+8 && !t.tokens[j].class.has(clsMark); j++ {
		k := &t.tokens[j]
		switch {
		case k.low == "of", k.low == "the", k.low == "next", k.low == "this", k.low == "half", k.low == "school", k.low == "summer",
			k.low == "autumn", k.low == "spring":
		case k.low == "term", k.low == "week", k.low == "month", k.low == "year", k.low == "day", k.class.has(clsMonth):
			return j + 1
		default:
			return -1
		}
	}
	return -1
}

func (t *text) seasonWord(i int) bool {
	return i < len(t.tokens) && !t.tokens[i].quoted && (t.tokens[i].class.has(clsSeason) || t.tokens[i].low == "half")
}

// seasonAt reads half term, Easter, Christmas break, the summer holidays.
func (t *text) seasonAt(i int) int {
	if !t.seasonWord(i) {
		return -1
	}
	if t.tokens[i].low == "half" {
		if i+1 < len(t.tokens) && t.tokens[i+1].low == "term" {
			return i + 2
		}
		return -1
	}
	for t.seasonWord(i) {
		if end := t.seasonAt1(i); end > 0 {
			i = end
			continue
		}
		break
	}
	return i
}

func (t *text) seasonAt1(i int) int {
	if t.tokens[i].low == "half" {
		if i+1 < len(t.tokens) && t.tokens[i+1].low == "term" {
			return i + 2
		}
		return -1
	}
	return i + 1
}
