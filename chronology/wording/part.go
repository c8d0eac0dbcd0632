package wording

import "strings"

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
	return false
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
	if t.contentBetween(c.to, end, lenient) || (c.tag == "tally" || c.tag == "past") && t.contentBetween(c.from, c.to, false) {
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
		case "until", "till", "then", "because":
			return i
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
		case "from", "between", "starting", "ending", "beginning", "up":
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
		if !k.class.has(clsPerson | clsModal | clsName | clsPupil) {
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
		if k.class.has(clsSeen) {
			return true
		}
		if k.class.has(clsLittle) {
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

// opensClause reports a word that begins a clause about what happens.
func opensClause(s string) bool {
	switch s {
	case "who", "whether", "what", "how", "if", "when", "any", "which", "where", "whenever", "time", "day", ":":
		return true
	}
	return false
}

// changeBefore reports "improvement in", "drop in": what follows is the object.
func (t *text) changeBefore(i, start int) bool {
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

// long reports how long the plan runs, from the first cue's sentence on.
func (t *text) long(cues []cue) bool {
	first := t.tokens[cues[0].from].sentence
	finished := cues[0].finished
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
	past := false
	for i := s.from; i < s.to; i++ {
		k := &t.tokens[i]
		if k.quoted {
			continue
		}
		if k.class.has(clsModal) && k.low != "to" || k.class.has(clsAct) && !k.class.has(clsActed) || k.low == "if" || k.low == "=" || k.low == "review" {
			return false
		}
		past = past || k.class.has(clsActed|clsSaid) || k.low == "was" || k.low == "were" || k.low == "had" || k.low == "has"
	}
	return past
}

// decoy reports a word that looks like watching and is not: a device, a job, a
// training course, a film.
func (t *text) decoy(c cue) bool {
	i := c.from
	k := &t.tokens[i]
	if c.tag == "wait" || c.tag == "look" {
		return false
	}
	if c.tag == "tally" && t.recordAfter(c.to) {
		return true
	}
	switch {
	case strings.HasPrefix(k.low, "monitoring"):
		return t.thingAfter(c.to) || i > 1 && t.tokens[i-1].low == "and" && strings.HasPrefix(t.tokens[i-2].low, "filter")
	case k.low == "monitor" || k.low == "monitors":
		return t.noun(i) || t.thingAfter(c.to)
	case k.low == "watch" || k.low == "watches":
		if c.to == i+1 && i+1 < len(t.tokens) && (t.pastForm(&t.tokens[i+1]) || t.tokens[i+1].class.has(clsActed) || t.tokens[i+1].low == "was" || t.tokens[i+1].low == "is" || t.tokens[i+1].low == "has") {
			return true
		}
		return i > 0 && (t.tokens[i-1].low == "his" || t.tokens[i-1].low == "her" || t.tokens[i-1].low == "my" || t.tokens[i-1].low == "smart" || t.tokens[i-1].low == "apple") || t.thingAfter(c.to)
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
		case "not", "n't", "never", "against", "without", "instead", "nothing":
			return !(k.low == "not" && i+1 < len(t.tokens) && t.tokens[i+1].low == "only")
		case "nobody":
			return true
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

// reported reports somebody else's words, told without quotation marks: a say
// verb before the match whose subject is not the writer, with the match in what
// was said.
func (t *text) reported(m match) bool {
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
		if k.class.has(clsSay) && !k.class.has(clsName) {
			return t.otherSpeaks(i, s) && !t.writerActs(i+1, m.from)
		}
	}
	return false
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

// writerActs reports that between the say verb and the match the writer or the
// school takes over: "SW said we should keep an eye on it".
func (t *text) writerActs(i, j int) bool {
	for ; i < j; i++ {
		k := &t.tokens[i]
		switch {
		case k.low == "we" || k.low == "i" || k.low == "school" || k.low == "us":
			return true
		case k.low == "," || k.low == "-" || k.low == "–":
			return j-i <= 3 && !t.tokens[i+1].class.has(clsPupil|clsFamily) // ", will monitor"
		}
	}
	return false
}
