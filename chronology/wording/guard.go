package wording

// A guard is a reason, read from the structure of the text, not to flag a phrase.
type guard func(t *text, m match) bool

var guards = map[string]guard{
	"timed":    (*text).timed,
	"content":  (*text).content,
	"reason":   (*text).reasoned,
	"observed": (*text).observed,
	"counted":  (*text).counted,
	"sourced":  (*text).sourced,
	"marked":   (*text).marked,
	"detail":   (*text).detailed,
	"dated":    (*text).dated,
	"question": (*text).asked,
	"aside":    (*text).aside,
	"resolve":  (*text).resolve,
}

func (t *text) sentenceOf(i int) sentence {
	return t.sentences[t.tokens[min(i, len(t.tokens)-1)].sentence]
}

// resolve reports "it was resolved that ...": a decision taken, not a thing sorted.
func (t *text) resolve(m match) bool {
	return m.to < len(t.tokens) && (t.tokens[m.to].low == "that" || t.tokens[m.to].low == "to")
}

// aside reports that the phrase only says when or after what something else was:
// "before we spoke to them", "seen and spoken to".
func (t *text) aside(m match) bool {
	for i := m.from - 1; i >= 0 && i >= m.from-3; i-- {
		switch t.tokens[i].low {
		case "before", "after", "when", "while", "since", "until", "seen", "if", "once":
			return true
		}
		if t.tokens[i].class.has(clsMark) {
			return false
		}
	}
	return false
}

// timed reports a clock time or a date in the sentence.
func (t *text) timed(m match) bool {
	return t.sentenceOf(m.from).class.has(clsClock | clsDate)
}

// dated reports a clock time, a date or a named day in the sentence.
func (t *text) dated(m match) bool {
	s := t.sentenceOf(m.from)
	if s.class.has(clsClock | clsDate | clsWeekday) {
		return true
	}
	for i := s.from; i < s.to; i++ {
		switch t.tokens[i].low {
		case "today", "tomorrow", "tonight", "yesterday", "morning", "afternoon", "immediately":
			return !t.within(i, m)
		}
	}
	return false
}

func (t *text) within(i int, m match) bool { return i >= m.from && i < m.to }

// content reports that what was said, asked or decided is written: a quotation,
// a that-clause, a subject that is more than "it" or "concerns", or an answer.
func (t *text) content(m match) bool {
	s := t.sentenceOf(m.from)
	if s.quote {
		return true
	}
	if t.clauseFollows(m.to, s) {
		return true
	}
	for i := m.to; i < s.to; i++ {
		k := &t.tokens[i]
		switch k.low {
		case "that", "saying", "asking", "whether", "answer", "voicemail", "reply", "advised", "why", "how":
			return true
		case "about", "regarding", "of", "for", "on", "over", "to", "concerning", "around", ":", "(", "-", "–", "his", "her", "not", "who":
			if t.saysSomething(i+1, s) {
				return true
			}
		}
		if k.class.has(clsSaid) {
			return true
		}
	}
	return t.answered(s)
}

// clauseFollows reports that what was told follows at once, without "that":
// "told the office she hears shouting".
func (t *text) clauseFollows(i int, s sentence) bool {
	if i >= s.to {
		return false
	}
	switch t.tokens[i].low {
	case "he", "she", "it", "they", "there", "mum", "dad", "his", "her":
		return t.saysSomething(i+1, s)
	}
	return false
}

// saysSomething reports two words of content, or one that can be seen, from i to
// the end of the clause.
func (t *text) saysSomething(i int, s sentence) bool {
	n := 0
	for ; i < s.to; i++ {
		k := &t.tokens[i]
		if k.low == ")" || k.low == ";" || k.low == "," {
			break
		}
		if k.class.has(clsGeneral|clsLittle|clsPerson|clsMark|clsSoftObj|clsPupil|clsModal|clsName) && !k.class.has(clsSeen) {
			continue
		}
		n++
	}
	return n >= 2
}

// answered reports that the next sentence tells what came of a conversation.
func (t *text) answered(s sentence) bool {
	if s.to >= len(t.tokens) {
		return false
	}
	next := t.sentenceOf(s.to)
	if next.quote || next.class.has(clsSaid) {
		return true
	}
	switch t.tokens[next.from].low {
	case "he", "she", "they", "advice", "main", "worry", "agreed", "outcome", "result":
		return next.to-next.from > 4
	}
	return false
}

// reasoned reports a reason beside a decision.
func (t *text) reasoned(m match) bool {
	s := t.sentenceOf(m.from)
	if s.quote {
		return true
	}
	for i := s.from; i < s.to; i++ {
		k := &t.tokens[i]
		if t.within(i, m) {
			continue
		}
		switch {
		case k.class.has(clsReason) && i > m.from:
			return true
		case (k.low == ":" || k.low == "-" || k.low == "–" || k.low == "(") && i >= m.to && s.to-i > 3:
			return true
		}
	}
	return t.reasonNext(s)
}

func (t *text) reasonNext(s sentence) bool {
	if s.to >= len(t.tokens) {
		return false
	}
	next := t.sentenceOf(s.to)
	for i := next.from; i < next.to && i < next.from+4; i++ {
		switch t.tokens[i].low {
		case "reason", "reasons", "because", "basis", "rationale":
			return true
		}
	}
	return false
}

// observed reports that somewhere the text says what was seen, heard or counted.
func (t *text) observed(m match) bool {
	for _, s := range t.sentences {
		if s.quote {
			return true
		}
		if !s.class.has(clsBodily | clsNumber) {
			continue
		}
		for i := s.from; i < s.to; i++ {
			k := &t.tokens[i]
			if t.within(i, m) || k.quoted {
				continue
			}
			if k.class.has(clsBodily) || t.measure(i) {
				return true
			}
		}
	}
	return false
}

// measure reports a number that counts or measures: not a time, a date or a year group.
func (t *text) measure(i int) bool {
	k := &t.tokens[i]
	if !k.class.has(clsNumber) || k.class.has(clsClock|clsDate) {
		return false
	}
	if i > 0 && (t.tokens[i-1].low == "year" || t.tokens[i-1].low == "(" || t.tokens[i-1].low == "aged") {
		return false
	}
	return i+1 < len(t.tokens) && !t.tokens[i+1].class.has(clsMark)
}

// counted reports a number in the sentence that says how often or when.
func (t *text) counted(m match) bool {
	s := t.sentenceOf(m.from)
	for i := s.from; i < s.to; i++ {
		k := &t.tokens[i]
		if !t.within(i, m) && k.class.has(clsNumber) {
			return true
		}
	}
	return false
}

// sourced reports a named source, or the words that mark a thing as unverified.
// Somebody named behind "that" is in the claim and is no source of it.
func (t *text) sourced(m match) bool {
	s := t.sentenceOf(m.from)
	for i := s.from; i < s.to && !(i > m.from && t.tokens[i].low == "that"); i++ {
		if t.tokens[i].class.has(clsTitled) || t.fromNamed(i, s) {
			return true
		}
	}
	if t.namedTeller(m, s) || t.rangBefore(s) {
		return true
	}
	last := min(t.tokens[m.from].sentence+2, len(t.sentences)-1)
	for i := s.from; i < t.sentences[last].to; i++ {
		switch t.tokens[i].low {
		case "unverified", "verified":
			return true
		}
	}
	return false
}

// namedTeller reports a name between the beginning of m and its say verb: "one of
// the boys, Rhys, said".
func (t *text) namedTeller(m match, s sentence) bool {
	for i := m.from + 1; i < s.to && !t.tokens[i].class.has(clsSaid|clsSay); i++ {
		k := &t.tokens[i]
		if k.low == "that" || k.low == "." {
			return false
		}
		if (k.class.has(clsName) || k.capital && k.id == 0 && !t.lower) && i+1 < s.to && !t.tokens[i+1].class.has(clsModal) {
			for j := i + 1; j < s.to && j < i+6; j++ {
				if t.tokens[j].class.has(clsSaid) {
					return true
				}
			}
			return false
		}
	}
	return false
}

// rangBefore reports that the sentence before s tells to whom the writer spoke and
// at what time: what follows is from there.
func (t *text) rangBefore(s sentence) bool {
	if s.from == 0 {
		return false
	}
	prev := t.sentenceOf(s.from - 1)
	if !prev.class.has(clsClock) || !prev.class.has(clsTitled|clsAgency) {
		return false
	}
	return t.anyOf(prev, "rang", "rung", "called", "phoned", "spoke", "met", "call", "emailed")
}

// fromNamed reports "by Pia", "from Kian's mum": a source with a name.
func (t *text) fromNamed(i int, s sentence) bool {
	switch t.tokens[i].low {
	case "by", "from":
	default:
		return false
	}
	if i+1 >= s.to {
		return false
	}
	k := &t.tokens[i+1]
	return k.class.has(clsName) || k.capital && k.id == 0 && !t.lower
}

// marked reports that the writer calls it an opinion and gives a basis.
func (t *text) marked(m match) bool {
	at := t.tokens[m.from].sentence
	for n := max(0, at-1); n <= at && n < len(t.sentences); n++ {
		s := t.sentences[n]
		for i := s.from; i < s.to; i++ {
			switch t.tokens[i].low {
			case "view", "opinion", "impression", "judgement", "judgment", "hunch", "interpretation", "reading":
				return t.based(s, i)
			case "think", "felt", "feel", "believe", "suspect", "wonder", "seemed", "looked":
				if i > s.from && (t.tokens[i-1].low == "i" || i > s.from+1 && t.tokens[i-2].low == "i") && t.based(s, i) {
					return true
				}
			}
		}
	}
	return false
}

// based reports a basis for an opinion: because, a number, a quotation or
// something seen, after token i.
func (t *text) based(s sentence, i int) bool {
	for j := i + 1; j < len(t.tokens) && j < s.to+40; j++ {
		k := &t.tokens[j]
		if k.quoted || k.class.has(clsBodily) || k.low == "because" || k.low == "as" || k.low == ":" || k.low == "basis" || t.measure(j) || k.class.has(clsClock) {
			return true
		}
	}
	return false
}

// detailed reports an offer of help that names who gives it, when or how often.
func (t *text) detailed(m match) bool {
	s := t.sentenceOf(m.from)
	if s.class.has(clsClock | clsDate | clsWeekday) {
		return true
	}
	for i := s.from; i < s.to; i++ {
		k := &t.tokens[i]
		if k.class.has(clsTitled) && !t.within(i, m) || t.measure(i) {
			return true
		}
		if k.low == ":" && i >= m.to && s.to-i > 3 {
			return true
		}
	}
	return false
}

// asked reports a question.
func (t *text) asked(m match) bool {
	s := t.sentenceOf(m.from)
	return t.tokens[s.to-1].low == "?"
}
