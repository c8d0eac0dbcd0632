package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is a run of tokens [from, to) and what stands in it.
type sentence struct {
	from, to int
	class    bits // every class of its unquoted tokens
	quote    bool // holds somebody's words
}

// markSentences numbers sentences and clauses. A full stop ends a sentence unless
// it belongs to an abbreviation, an initial or a number.
func (t *text) markSentences() {
	from, clause := 0, 0
	for i := range t.tokens {
		k := &t.tokens[i]
		k.sentence, k.clause = len(t.sentences), clause
		if i > 0 && strings.ContainsRune(t.src[t.tokens[i-1].end:k.start], '\n') && i > from {
			t.sentences = append(t.sentences, sentence{from: from, to: i})
			from = i
			clause++
			k.sentence, k.clause = len(t.sentences), clause
		}
		if !k.class.has(clsMark) {
			continue
		}
		if t.endsSentence(i) {
			t.sentences = append(t.sentences, sentence{from: from, to: i + 1})
			from = i + 1
			clause++
		} else if t.endsClause(i) {
			clause++
		}
	}
	if from < len(t.tokens) {
		t.sentences = append(t.sentences, sentence{from: from, to: len(t.tokens)})
	}
	for s := range t.sentences {
		t.sum(&t.sentences[s])
	}
}

func (t *text) sum(s *sentence) {
	for i := s.from; i < s.to; i++ {
		if t.tokens[i].quoted {
			s.quote = true
			continue
		}
		s.class |= t.tokens[i].class
	}
}

func (t *text) endsSentence(i int) bool {
	k := &t.tokens[i]
	switch k.low {
	case "!", "?":
		return true
	case ".":
	default:
		return false
	}
	if k.quoted && !t.closesQuote(i) {
		return false
	}
	if i+1 < len(t.tokens) {
		next := &t.tokens[i+1]
		if next.glued && !next.class.has(clsMark) {
			// "end.Next" typed without a space; "A.H." is an initial.
			return next.capital && i > 0 && t.tokens[i-1].end-t.tokens[i-1].start > 3
		}
	}
	if i > 0 && k.glued {
		prev := &t.tokens[i-1]
		if prev.class.has(clsStopped) && !t.nextCapital(i, prev) {
			return false
		}
		if prev.end-prev.start == 1 && prev.capital && prev.low != "i" && !t.lastToken(i) {
			return false // an initial: Mrs L. told me
		}
	}
	return true
}

// nextCapital reports whether a capital follows mark i. Titles (Mr, Dr) are
// followed by a capital and never end a sentence.
func (t *text) nextCapital(i int, prev *token) bool {
	if prev.class.has(clsTitle) {
		return false
	}
	return i+1 < len(t.tokens) && t.tokens[i+1].capital
}

func (t *text) lastToken(i int) bool { return i == len(t.tokens)-1 }

func (t *text) closesQuote(i int) bool {
	return i+1 >= len(t.tokens) || !t.tokens[i+1].quoted
}

func (t *text) endsClause(i int) bool {
	switch t.tokens[i].low {
	case ",", ";", ":", "(", ")", "=", "–", "—", "•", "[", "]", "|", "→":
		return true
	case "-":
		return !t.tokens[i].glued || i+1 < len(t.tokens) && !t.tokens[i+1].glued
	}
	return false
}

// markQuotes marks tokens that stand between quotation marks, straight or curly,
// double or single. An apostrophe is not a quotation mark; an opening mark that
// is never closed runs to the end of its line.
func (t *text) markQuotes() {
	open := -1
	var closer rune
	for i := range t.tokens {
		k := &t.tokens[i]
		r, _ := utf8.DecodeRuneInString(t.src[k.start:])
		if open >= 0 && strings.ContainsRune(t.src[t.tokens[i-1].end:k.start], '\n') {
			t.quote(open, i, closer)
			open = -1
		}
		if open >= 0 {
			if r == closer && (closer != '\'' && closer != '’' || t.closesSingle(i)) {
				t.quote(open, i, 0)
				open = -1
			}
			continue
		}
		switch r {
		case '"':
			if i > 0 && k.glued && t.tokens[i-1].class.has(clsNumber) && !t.hasLater(i, '"') {
				continue // inches
			}
			open, closer = i, '"'
		case '“', '”', '„':
			open, closer = i, '”'
		case '«':
			open, closer = i, '»'
		case '\'':
			if t.opensSingle(i) && t.hasCloser(i, '\'') {
				open, closer = i, '\''
			}
		case '‘':
			if t.hasCloser(i, '’') {
				open, closer = i, '’'
			}
		}
	}
	if open >= 0 {
		t.quote(open, len(t.tokens), closer)
	}
}

// quote marks the tokens between an opening mark and end as quoted, unless the
// writer is quoting a plan of their own ("we will "keep an eye on it"").
func (t *text) quote(open, end int, unclosed rune) {
	if unclosed == '\'' || unclosed == '’' {
		return
	}
	if t.ownWords(open) {
		return
	}
	for i := open; i < end; i++ {
		t.tokens[i].quoted = true
	}
	if end < len(t.tokens) && unclosed == 0 {
		t.tokens[end].quoted = true
	}
}

func (t *text) ownWords(open int) bool {
	if open == 0 {
		return false
	}
	if t.ownLetter(open) {
		return true
	}
	last := &t.tokens[open-1]
	if !last.class.has(clsModal) && last.low != "to" {
		return false
	}
	for i := open - 2; i >= 0 && i >= open-6; i-- {
		k := &t.tokens[i]
		if k.class.has(clsMark) {
			break
		}
		if k.low == "we" || k.low == "i" || k.class.has(clsSchool) {
			return true
		}
		if k.class.has(clsPerson) {
			return false
		}
	}
	return true
}

// ownLetter reports that the quotation at open is what the writer wrote: "From my
// email to tutors: ...".
func (t *text) ownLetter(open int) bool {
	if t.tokens[open-1].low != ":" {
		return false
	}
	for i := open - 2; i >= 0 && i >= open-16 && t.tokens[i].low != "."; i-- {
		switch t.tokens[i].low {
		case "email", "mail", "note", "message", "memo", "entry", "post", "minute":
			return i > 0 && t.tokens[i-1].low == "my" || i > 1 && t.tokens[i-2].low == "my"
		}
	}
	return false
}

func (t *text) opensSingle(i int) bool {
	k := &t.tokens[i]
	if i+1 >= len(t.tokens) || !t.tokens[i+1].glued {
		return false
	}
	return i == 0 || !k.glued || t.tokens[i-1].class.has(clsMark)
}

func (t *text) closesSingle(i int) bool {
	k := &t.tokens[i]
	if !k.glued {
		return false
	}
	next, _ := utf8.DecodeRuneInString(t.src[k.end:])
	if unicode.IsLetter(next) || unicode.IsDigit(next) {
		return false
	}
	// parents' evening: a plural owner, when a later mark can close instead
	prev := t.tokens[i-1]
	if strings.HasSuffix(prev.low, "s") && i+1 < len(t.tokens) && t.tokens[i+1].word() && !t.tokens[i+1].glued {
		return !t.hasCloserAfter(i)
	}
	return true
}

// quoteReach is how many tokens ahead a closing mark is looked for.
const quoteReach = 120

func (t *text) hasLater(i int, mark rune) bool {
	for j := i + 1; j < len(t.tokens) && j <= i+quoteReach; j++ {
		if r, _ := utf8.DecodeRuneInString(t.src[t.tokens[j].start:]); r == mark {
			return true
		}
	}
	return false
}

func (t *text) hasCloser(i int, mark rune) bool {
	for j := i + 1; j < len(t.tokens) && j <= i+quoteReach; j++ {
		k := &t.tokens[j]
		if strings.ContainsRune(t.src[t.tokens[j-1].end:k.start], '\n') {
			return false
		}
		r, n := utf8.DecodeRuneInString(t.src[k.start:])
		if r != mark || !k.glued {
			continue
		}
		next, _ := utf8.DecodeRuneInString(t.src[k.start+n:])
		if !unicode.IsLetter(next) {
			return true
		}
	}
	return false
}

func (t *text) hasCloserAfter(i int) bool {
	for j := i + 1; j < len(t.tokens) && j <= i+12; j++ {
		k := &t.tokens[j]
		r, n := utf8.DecodeRuneInString(t.src[k.start:])
		if r == '\'' || r == '’' {
			next, _ := utf8.DecodeRuneInString(t.src[k.start+n:])
			return k.glued && !unicode.IsLetter(next)
		}
		if r == '.' || r == ';' {
			return false
		}
	}
	return false
}
