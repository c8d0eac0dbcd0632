package wording

import "strings"

// decoy reports a word that looks like watching and is not: a device, a job, a
// training course, a film.
func (t *text) decoy(c cue) bool {
	i := c.from
	k := &t.tokens[i]
	if c.tag == "wait" || c.tag == "look" {
		return false
	}
	if i > 0 && t.pastForm(k) && adjective(t.tokens[i-1].low) {
		return true // by tracked mail
	}
	if c.tag == "tally" && i > 0 && t.tokens[i-1].low == "(" && !t.goesOn(i) && t.isPast(t.sentenceOf(i)) {
		return true // a count in brackets is where a figure comes from
	}
	if c.tag == "tally" && (t.recordAfter(c.to) || strings.HasPrefix(k.low, "look") && t.schoolwork(t.clauseStart(i, t.sentenceOf(i)), c.to+4)) {
		return true
	}
	switch {
	case strings.HasPrefix(k.low, "monitoring"):
		return t.thingAfter(c.to) || i > 1 && t.tokens[i-1].low == "and" && strings.HasPrefix(t.tokens[i-2].low, "filter")
	case k.low == "tracking" && i+1 < len(t.tokens):
		switch t.tokens[i+1].low {
		case "number", "link", "code", "ref", "slip", "device":
			return true
		}
	case k.low == "monitor" || k.low == "monitors":
		return t.noun(i) || t.thingAfter(c.to)
	case k.low == "watch" || k.low == "watches":
		if t.filmAt(c.to) {
			return true
		}
		if c.to == i+1 && i+1 < len(t.tokens) && (t.pastForm(&t.tokens[i+1]) || t.tokens[i+1].class.has(clsActed) || t.tokens[i+1].low == "was" || t.tokens[i+1].low == "is" || t.tokens[i+1].low == "has") {
			return true
		}
		return i > 0 && (t.tokens[i-1].low == "his" || t.tokens[i-1].low == "her" || t.tokens[i-1].low == "my" || t.tokens[i-1].low == "smart" || t.tokens[i-1].low == "apple") || t.thingAfter(c.to)
	}
	return false
}

// filmAt reports "the CCTV" at i: watched once, not over days.
func (t *text) filmAt(i int) bool {
	for j := i; j < len(t.tokens) && j <= i+1; j++ {
		switch t.tokens[j].low {
		case "cctv", "footage", "recording", "video", "clip", "film":
			return true
		}
	}
	return false
}

// adjective reports a word after which a past form describes a thing.
func adjective(before string) bool {
	switch before {
	case "by", "via", "a", "an", "the", "in", "with":
		return true
	}
	return false
}

// schoolwork reports something to read or to learn among tokens [i, j).
func (t *text) schoolwork(i, j int) bool {
	for ; i < min(j, len(t.tokens)); i++ {
		switch t.tokens[i].low {
		case "book", "books", "reading", "homework", "spellings", "spelling", "phonics", "sums", "worksheet", "worksheets", "story", "flashcards":
			return true
		}
	}
	return false
}

// recordAfter reports that a log or note is a paper, not a watch: "notes attached".
func (t *text) recordAfter(i int) bool {
	if i >= len(t.tokens) {
		return false
	}
	switch t.tokens[i].low {
	case "attached", "saved", "uploaded", "sent", "no", "number", "ref", "book", "scanned", "filed", "given", "below", "above", "signed":
		return true
	}
	return false
}

// noun reports that the word at i follows an article, an owner or another noun
// and so is a thing, not something to do.
func (t *text) noun(i int) bool {
	if t.startsClause(i) {
		return false
	}
	prev := &t.tokens[i-1]
	switch prev.low {
	case "to", "please", "not", "simply", "just", "closely", "also", "still", "only", "or", "we", "i", "who", "they", "continue", "now", "then":
		return false
	}
	if prev.class.has(clsModal) || strings.HasSuffix(prev.low, "ly") {
		return false
	}
	return !prev.class.has(clsPerson|clsOften) && !(prev.class.has(clsName) && t.tokens[i].low == "monitors")
}

// thingAfter reports a noun that makes the word before it a name for something.
func (t *text) thingAfter(i int) bool {
	if i >= len(t.tokens) {
		return false
	}
	switch t.tokens[i].low {
	case "form", "forms", "module", "policy", "software", "system", "systems", "visit", "training", "report", "reports",
		"meeting", "lead", "governor", "return", "data", "equipment", "tool", "provider", "standards", "app", "station",
		"badge", "screen", "duty", "stand", "cable", "battery", "strap", "role", "rota", "officer", "room", "party",
		"tv", "television", "youtube", "film", "films", "video", "videos", "movie", "movies", "cartoons", "telly":
		return true
	}
	return false
}

// negated reports that the words are denied: "not enough to monitor", "did not
// simply monitor", "monitoring is not enough", "rather than wait".
func (t *text) negated(m match) bool {
	s := t.sentenceOf(m.from)
	for i, n := m.from-1, 0; i >= s.from && n < 10; i, n = i-1, n+1 {
		k := &t.tokens[i]
		if k.class.has(clsMark) && k.low != "'" || k.low == "but" || k.low == "and" || k.low == "will" || k.low == "'ll" || k.low == "so" || k.low == "therefore" || k.low == "then" {
			break
		}
		switch k.low {
		case "without":
			return n < 3
		case "not", "n't", "never", "against", "instead", "nothing":
			return !(k.low == "not" && i+1 < len(t.tokens) && t.tokens[i+1].low == "only")
		case "nobody":
			return true
		case "no":
			return i+1 < len(t.tokens) && (n <= 2 && t.tokens[i+1].low == "need" || n == 1 && (t.tokens[i+1].low == "further" || t.tokens[i+1].low == "more"))
		case "one", "longer":
			return i > s.from && t.tokens[i-1].low == "no"
		case "than":
			return i > s.from && t.tokens[i-1].low == "rather"
		}
	}
	for i := m.to; i < s.to && i < m.to+5; i++ {
		switch t.tokens[i].low {
		case "not", "n't":
			return i+1 < s.to && (t.tokens[i+1].low == "enough" || t.tokens[i+1].low == "an" || t.tokens[i+1].low == "sufficient" || t.tokens[i+1].low == "a" || t.tokens[i+1].low == "safe" || t.tokens[i+1].low == "appropriate" || t.tokens[i+1].low == "acceptable")
		}
		if t.tokens[i].class.has(clsMark) {
			break
		}
	}
	return false
}

// theirs reports a plan of another agency, told as its own: "SW will continue to
// monitor". The agency is the subject, and nobody of the school stands with it.
func (t *text) theirs(m match) bool {
	s := t.sentenceOf(m.from)
	agency := false
	for i := m.from - 1; i >= s.from; i-- {
		k := &t.tokens[i]
		switch {
		case k.quoted:
			return false
		case k.low == "we" || k.low == "i" || k.class.has(clsFamily|clsPupil|clsSchool|clsTitled):
			return false
		case k.class.has(clsAgency):
			agency = !t.ofSchool(i)
			if !agency {
				return false
			}
		case agency && describes(k.low):
		case agency && k.low == "and":
		case agency:
			return k.class.has(clsMark)
		case k.class.has(clsMark):
			return false
		case k.class.has(clsModal) || k.low == "continue" || k.low == "continues" || k.low == "continuing" || k.low == "and" || k.low == "is" || k.low == "are" ||
			k.low == "be" || k.low == "also" || k.low == "comes" || k.low == "coming" || k.low == "in" || k.low == "then" || k.low == "now" || k.low == "visits" || k.low == "visit" || k.class.has(clsAct|clsActed):
		default:
			return false
		}
	}
	return agency
}

// describes reports a word that may stand before a worker's name of office.
func describes(s string) bool {
	switch s {
	case "the", "a", "an", "their", "his", "her", "social", "health", "support", "family", "allocated", "new", "named", "duty", "current", "early", "help":
		return true
	}
	return false
}

// ofSchool reports that the worker or officer at i may be the school's own.
func (t *text) ofSchool(i int) bool {
	switch t.tokens[i].low {
	case "worker", "officer", "practitioner", "therapist", "counsellor", "agency", "agencies", "services", "lead", "visitor":
	default:
		return false
	}
	if i == 0 {
		return true
	}
	switch t.tokens[i-1].low {
	case "social", "health", "police", "housing", "probation", "children", "childrens", "'s", "allocated", "council":
		return false
	}
	return true
}

// reported reports somebody else's words, told without quotation marks: a say
// verb before the match whose subject is not the writer, with the match in what
// was said. Where the match is of something to do, a writer who takes over
// after a comma has the word again: "SW said she is safe, will monitor".
func (t *text) reported(m match, deed bool) bool {
	s := t.sentenceOf(m.from)
	if t.labelled(s, m.from) {
		return true
	}
	for i := m.from - 1; i >= s.from; i-- {
		k := &t.tokens[i]
		if k.quoted {
			continue
		}
		if k.low == ";" || k.low == "so" && i < m.from-1 {
			return false
		}
		switch k.low {
		case "view", "opinion", "account", "belief", "explanation", "version", "impression", "position":
			if i > s.from && t.tokens[i-1].low != "my" && t.tokens[i-1].low != "our" && t.otherSpeaks(i, s) {
				return true
			}
		}
		if k.class.has(clsSay) && !k.class.has(clsName) && (i == s.from || t.tokens[i-1].low != "without") {
			if deed && (t.tellsAhead(i, s) || t.asksUs(i, s) || t.undertakes(i, s)) {
				continue
			}
			return t.otherSpeaks(i, s) && !t.writerActs(t.listener(i+1), m.from, deed)
		}
	}
	return false
}

// saidBefore reports that a pupil, a parent or somebody named is the one who tells
// what m passes on: "she said he has been told he will stay". The say verb stands
// before m in its sentence, so that "a parent mentioned" is not its own source.
func (t *text) saidBefore(m match) bool {
	s := t.sentenceOf(m.from)
	for i := m.from - 1; i > s.from; i-- {
		k := &t.tokens[i]
		if k.low == ";" {
			return false
		}
		if k.quoted || !k.class.has(clsSaid) || k.class.has(clsName) {
			continue
		}
		before := &t.tokens[i-1]
		return before.low == "he" || before.low == "she" || before.class.has(clsName|clsTitled) ||
			before.class.has(clsSchool|clsAgency) && !crowd(before.low) && before.low != "worker" && before.low != "officer" ||
			before.class.has(clsFamily) && (i-1 == s.from || !t.tokens[i-2].class.has(clsLittle|clsHowMany))
	}
	return false
}

// asksUs reports "gran has asked us to watch": asked of the school, it is its plan.
func (t *text) asksUs(i int, s sentence) bool {
	switch t.tokens[i].low {
	case "ask", "asks", "asked", "request", "requested", "want", "wants", "wanted", "advised", "advises":
	default:
		return false
	}
	if i+2 >= s.to || t.tokens[i+2].low != "to" {
		return false
	}
	switch t.tokens[i+1].low {
	case "us", "me", "school", "staff":
		return true
	}
	return false
}

// undertakes reports "Mr Copley has said he will": a colleague with a title, who is
// no agency's, gives an undertaking and with it a plan of the school.
func (t *text) undertakes(i int, s sentence) bool {
	if i+2 >= s.to || t.tokens[i+1].low != "he" && t.tokens[i+1].low != "she" || t.tokens[i+2].low != "will" && t.tokens[i+2].low != "'ll" {
		return false
	}
	titled := false
	for j := i - 1; j >= s.from && j >= i-4 && !t.tokens[j].class.has(clsMark); j-- {
		k := &t.tokens[j]
		if k.class.has(clsFamily|clsAgency) && !k.class.has(clsTitled) {
			return false
		}
		titled = titled || k.class.has(clsTitled)
	}
	return titled
}

// tellsAhead reports a say verb that is itself the deed to come: "Ms Hart writes to
// the parents", without "that" or a word of theirs.
func (t *text) tellsAhead(i int, s sentence) bool {
	k := &t.tokens[i]
	if k.class.has(clsSaid) || !k.class.has(clsAct) || s.quote || i+1 >= s.to {
		return false
	}
	for j := i - 1; j >= s.from && j >= i-3; j-- {
		if t.tokens[j].class.has(clsFamily | clsAgency | clsPupil) {
			return false
		}
	}
	next := &t.tokens[i+1]
	return next.low == "to" || next.class.has(clsFamily|clsAgency) || next.low == "the"
}

// labelled reads "Dad, 4.15pm: ..." and "Mum: ...".
func (t *text) labelled(s sentence, at int) bool {
	if !t.tokens[s.from].class.has(clsFamily|clsAgency|clsPupil|clsTitled) || t.tokens[s.from].class.has(clsSchool) {
		return false
	}
	for i := s.from; i < at && i < s.from+8; i++ {
		k := &t.tokens[i]
		if k.low == ":" {
			return true
		}
		if !k.class.has(clsPerson|clsNumber|clsName|clsMark|clsWeekday|clsMonth) && k.low != "am" && k.low != "pm" {
			return false
		}
	}
	return false
}

// otherSpeaks reports that the subject of the say verb at i is not the writer or
// the school.
func (t *text) otherSpeaks(i int, s sentence) bool {
	if t.tokens[i].low == "according" || t.tokens[i].low == "per" {
		return true
	}
	for j := i - 1; j >= s.from && j >= i-7; j-- {
		k := &t.tokens[j]
		switch {
		case k.low == "i" || k.low == "we" || k.low == "us":
			return false
		case k.class.has(clsSchool) && !k.class.has(clsFamily|clsAgency) && !t.tokens[i].class.has(clsSaid):
			return false
		case k.class.has(clsFamily|clsAgency|clsPupil|clsName|clsTitled) || k.low == "they" || k.low == "letter" || k.low == "minutes":
			return !k.class.has(clsSchool)
		case k.low == "." || k.low == ";":
			return false
		}
	}
	return false
}

// listener returns the token after the one who was told: "mum told us that".
func (t *text) listener(i int) int {
	for j := i; j < len(t.tokens) && j < i+3; j++ {
		switch k := &t.tokens[j]; {
		case k.low == "us" || k.low == "me" || k.low == "school" || k.low == "staff" || k.low == "office" || k.low == "dsl":
			return j + 1
		case k.low != "to" && k.low != "the":
			return i
		}
	}
	return i
}

// writerActs reports that between the say verb and the match the writer or the
// school takes over: "SW said we should keep an eye on it".
func (t *text) writerActs(i, j int, deed bool) bool {
	for ; i < j; i++ {
		k := &t.tokens[i]
		switch {
		case k.low == "we" || k.low == "i" || k.low == "school" || k.low == "us":
			return true
		case deed && (k.low == "," || k.low == "-" || k.low == "–"):
			return j-i <= 3 && !t.tokens[i+1].class.has(clsPupil|clsFamily) // ", will monitor"
		}
	}
	return false
}
