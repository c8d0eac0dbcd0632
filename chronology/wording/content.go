package wording

import "strings"

// contentBetween reports content that can be seen, heard or counted in tokens
// [i, j). When lenient an unknown noun counts too; a name or a general word never.
func (t *text) contentBetween(i, j int, lenient bool) bool {
	unknown, words := 0, 0
	clause := i > 0 && opensClause(t.tokens[i-1].low)
	for start := i; i < j; i++ {
		k := &t.tokens[i]
		clause = clause || opensClause(k.low)
		switch k.low {
		case "at", "in", "during", "by", "within", "across", "throughout", "via", "because", "due":
			if !clause && !t.changeBefore(i, start) {
				i = t.adjunctEnd(i, j) - 1
				continue
			}
		}
		if k.quoted || k.class.has(clsMark|clsNumber) {
			continue
		}
		if k.low == "who" && t.companyAt(i, j) || k.low == "how" && t.measures(i, j) {
			return true
		}
		if k.low == "bit" && (i+1 < len(t.tokens) && t.tokens[i+1].low == "of" || i > 0 && t.tokens[i-1].low == "a") {
			continue // a bit of, not what teeth do
		}
		if k.low == "bed" && i > 0 && t.tokens[i-1].low == "to" && i+1 < len(t.tokens) && t.tokens[i+1].low == "in" {
			continue // to bed in
		}
		if strings.HasPrefix(k.low, "turn") && i+2 < len(t.tokens) && t.tokens[i+2].low == "corner" {
			i += 2 // turning a corner
			continue
		}
		if k.class.has(clsSeen) && !(i > start && t.tokens[i-1].class.has(clsSpan) && (k.low == "brings" || k.low == "holds")) && !(i+1 < j && t.tokens[i+1].low == "on" && strings.HasPrefix(k.low, "carry")) {
			return true
		}
		if clause && i > start && t.whereabouts(i, j) {
			return true
		}
		if k.low == "being" && i > start && t.tokens[i-1].class.has(clsFamily) {
			return true // dad being at the gate
		}
		if k.class.has(clsLittle | clsHowMany) {
			continue
		}
		words++
		if k.class.has(clsGeneral|clsPerson|clsName|clsOften|clsSeason|clsWeekday|clsMonth|clsSpan|clsSoftObj|clsModal) || k.low == "school" {
			continue
		}
		if !abstract(k.low) {
			unknown++
		}
	}
	if !lenient || unknown == 0 {
		return false
	}
	return !t.lower || words > 1
}

// whereabouts reads "each time he is up after ten", "whenever she goes out".
func (t *text) whereabouts(i, j int) bool {
	switch t.tokens[i].low {
	case "up", "out", "away", "outside", "upstairs", "awake":
	default:
		return false
	}
	switch t.tokens[i-1].low {
	case "is", "are", "goes", "gets":
		return i+1 >= j || t.tokens[i+1].low != "of" && t.tokens[i+1].low != "to"
	}
	return false
}

// measures reads "how many", "how late": a number to come, unless of "it".
func (t *text) measures(i, j int) bool {
	if i+2 >= j || t.tokens[i+2].low == "it" {
		return false
	}
	switch t.tokens[i+1].low {
	case "many", "long", "often", "much", "late", "early", "far":
		return true
	}
	return false
}

// companyAt reads "who Elif goes off with": whose company somebody keeps can be seen.
func (t *text) companyAt(i, j int) bool {
	for i++; i < j; i++ {
		switch t.tokens[i].low {
		case "with", "by", "to":
			return true
		}
	}
	return false
}

// opensClause reports a word that begins a clause about what happens.
func opensClause(s string) bool {
	switch s {
	case "who", "whether", "what", "how", "if", "when", "any", "which", "where", "whenever", "time", "day", ":":
		return true
	}
	return false
}

// changeBefore reports "improvement in", "drop in", "look at": what follows is the object.
func (t *text) changeBefore(i, start int) bool {
	if i > start && t.tokens[i].low == "at" && strings.HasPrefix(t.tokens[i-1].low, "look") {
		return true
	}
	if i <= start || t.tokens[i].low != "in" {
		return false
	}
	switch t.tokens[i-1].low {
	case "change", "changes", "improvement", "improvements", "drop", "drops", "increase", "increases", "decrease", "rise", "fall",
		"difference", "differences", "deterioration", "decline", "reduction", "dip", "dips", "spike", "patterns", "pattern", "trends", "gaps", "gap":
		return true
	}
	return false
}

// adjunctEnd returns where words of place or agent that begin at i end: they say
// where or by whom something is watched, not what.
func (t *text) adjunctEnd(i, j int) int {
	for i++; i < j; i++ {
		k := &t.tokens[i]
		switch k.low {
		case "for", "whether", "who", "if", "what", "how", "when", "any":
			return i
		}
		if k.class.has(clsMark) {
			return i
		}
	}
	return i
}

// abstract reports a noun that by its ending names a quality or a state.
func abstract(s string) bool {
	if len(s) < 6 {
		return false
	}
	for _, end := range []string{"ness", "ment", "tion", "sion", "ity", "ance", "ence", "ship", "ism", "ively", "ally", "fully", "ately"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
