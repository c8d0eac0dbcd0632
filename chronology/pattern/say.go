package pattern

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"throughline/records"
)

var small = []string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// number returns n in words up to twelve and in figures beyond.
func number(n int) string {
	if n >= 0 && n < len(small) {
		return small[n]
	}
	return strconv.Itoa(n)
}

// capital returns s with its first letter as a capital.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// count returns "one entry" or "six entries".
func count(n int, one, many string) string {
	if n == 1 {
		return number(n) + " " + one
	}
	return number(n) + " " + many
}

func entries(n int) string   { return count(n, "entry", "entries") }
func schoolDay(n int) string { return count(n, "school day", "school days") }
func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return number(n) + " times"
}

func have(n int) string { return count(n, "entry has", "entries have") }
func are(n int) string  { return count(n, "entry is", "entries are") }

func entriesOn(n, days int) string {
	if n == days {
		return entries(n)
	}
	return entries(n) + " on " + count(days, "day", "days")
}

// share returns "six of nine entries", "both entries" or "all nine entries".
func share(part, whole int) string {
	switch {
	case part != whole:
		return number(part) + " of " + entries(whole)
	case whole == 1:
		return "the one entry"
	case whole == 2:
		return "both entries"
	}
	return "all " + entries(whole)
}

// verb returns the form that fits n.
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// enumerate returns "a, b and c".
func enumerate(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// span returns the dates that items run over: "12 Sep 2024 to 3 Mar 2025".
func span(items []*item) string {
	last := len(items) - 1
	for last > 0 && items[last].day == noDay { // undated ones come last
		last--
	}
	a, b := items[0].When, items[last].When
	if a.Date == b.Date {
		return onlyDate(a)
	}
	return onlyDate(a) + " to " + onlyDate(b)
}

// onlyDate returns w without its time of day.
func onlyDate(w records.When) string {
	w.At = ""
	return w.String()
}

// byChance returns "about 1 in 400" for a chance of 0.0025.
func byChance(p float64) string {
	if p < 1e-6 {
		return "less than 1 in a million"
	}
	n := 1 / p
	scale := math.Pow(10, max(0, math.Floor(math.Log10(n))-1))
	n = math.Round(n/scale) * scale
	text := strconv.Itoa(int(n))
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return "about 1 in " + text
}

var names = map[records.Category]string{
	records.Physical:      "physical harm or injury",
	records.DomesticAbuse: "domestic abuse at home",
	records.ChildOnChild:  "harm by another child",
	records.Exploitation:  "exploitation",
	records.SelfHarm:      "self-harm",
	records.Online:        "harm online",
	records.Attendance:    "attendance and lateness",
	records.Missing:       "going missing",
	records.Substance:     "alcohol and drugs",
	records.HonourBased:   "honour-based harm",
	records.FamilyChange:  "change at home",
	records.Medical:       "health and appointments",
	records.OtherConcern:  "something else",
}

// name returns what entries of a category are about, inside a sentence.
func name(c records.Category) string {
	if s, ok := names[c]; ok {
		return s
	}
	return strings.ToLower(c.String())
}

// percent returns a share as people say it: "20 in 100".
func percent(share float64) string {
	return strconv.Itoa(int(math.Round(share*100))) + " in 100"
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
