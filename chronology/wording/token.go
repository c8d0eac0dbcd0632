package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word, number or mark. Contractions are two tokens ("is", "n't"),
// so that a pattern need only be written once.
type token struct {
	start, end int
	low        string // lower case, straight apostrophe, abbreviation written out
	id         int    // index in the vocabulary, 0 when unknown
	class      bits
	sentence   int
	clause     int
	capital    bool // begins with a capital in the text
	quoted     bool // somebody else's words
	glued      bool // no space before it
}

func (k *token) word() bool { return k.class.has(clsWord) }

// text is a text taken apart.
type text struct {
	lex       *lexicon
	src       string
	tokens    []token
	sentences []sentence
	lower     bool   // typed without capitals
	senses    senses // where words mean something else
}

// read splits src into tokens, sentences and clauses and marks quotations.
func read(lex *lexicon, src string) *text {
	t := &text{lex: lex, src: src, tokens: make([]token, 0, len(src)/4+1)}
	t.split()
	t.markNumbers()
	t.markQuotes()
	t.markSentences()
	t.markNames()
	return t
}

func (t *text) split() {
	capitals := 0
	for i := 0; i < len(t.src); {
		r, n := utf8.DecodeRuneInString(t.src[i:])
		switch {
		case unicode.IsSpace(r):
			i += n
		case r >= '0' && r <= '9':
			i = t.number(i)
		case unicode.IsLetter(r) || r == utf8.RuneError && n > 1:
			if unicode.IsUpper(r) {
				capitals++
			}
			i = t.wordAt(i)
		default:
			if !t.hyphen(i, r, n) {
				t.put(i, i+n, t.src[i:i+n], clsMark)
			}
			i += n
		}
	}
	t.lower = capitals == 0
}

// hyphen reports whether the mark at i joins two words: follow-up is two words.
func (t *text) hyphen(i int, r rune, n int) bool {
	if r != '-' && r != '‑' || i == 0 {
		return false
	}
	if last := len(t.tokens) - 1; last >= 0 && t.tokens[last].end == i && strings.EqualFold(t.src[t.tokens[last].start:i], "re") {
		t.tokens = t.tokens[:last] // re-check is read as check
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(t.src[:i])
	after, _ := utf8.DecodeRuneInString(t.src[i+n:])
	return unicode.IsLetter(before) && unicode.IsLetter(after)
}

// number takes digits with . , : / between them as one token: 12.15, 3/11/25.
func (t *text) number(i int) int {
	j := i
	for j < len(t.src) {
		c := t.src[j]
		if c >= '0' && c <= '9' {
			j++
			continue
		}
		if strings.IndexByte(".,:/", c) >= 0 && j+1 < len(t.src) && t.src[j+1] >= '0' && t.src[j+1] <= '9' {
			j += 2
			continue
		}
		break
	}
	t.put(i, j, t.src[i:j], clsNumber)
	return j
}

// wordAt takes letters, digits after a letter, and apostrophes between letters.
func (t *text) wordAt(i int) int {
	j := i
	cut := -1 // where the last apostrophe stands
	for j < len(t.src) {
		r, n := utf8.DecodeRuneInString(t.src[j:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			j += n
			continue
		}
		if r == '\'' || r == '’' || r == 'ʼ' {
			next, _ := utf8.DecodeRuneInString(t.src[j+n:])
			if unicode.IsLetter(next) {
				cut = j
				j += n
				continue
			}
		}
		break
	}
	low := strings.ToLower(t.src[i:j])
	low = strings.ReplaceAll(low, "’", "'")
	low = strings.ReplaceAll(low, "ʼ", "'")
	if j < len(t.src) && t.src[j] == '/' {
		if end, full, ok := t.slashed(i, j, low); ok {
			t.put(i, end, full, clsWord)
			return end
		}
	}
	t.contraction(i, j, cut, low)
	return j
}

// slashed writes out w/, w/o, b/c, f/u and their kind.
func (t *text) slashed(i, j int, low string) (end int, full string, ok bool) {
	end = j + 1
	for end < len(t.src) && end < j+3 && t.src[end]|0x20 >= 'a' && t.src[end]|0x20 <= 'z' {
		end++
	}
	if full, ok = t.lex.short[strings.ToLower(t.src[i:end])]; ok {
		return end, full, true
	}
	if low == "w" {
		return j + 1, "with", true
	}
	return 0, "", false
}

// contraction splits isn't, we'll, mum's and, typed in a hurry, isnt and shes.
func (t *text) contraction(i, j, cut int, low string) {
	if pair, ok := t.lex.joined[low]; ok {
		at := j - 1
		if cut > i {
			at = cut
		}
		for at > i && !utf8.RuneStart(t.src[at]) {
			at--
		}
		if at > i {
			t.put(i, at, pair[0], clsWord)
			t.put(at, j, pair[1], clsWord)
			return
		}
	}
	if cut > i {
		tail := low[strings.LastIndexByte(low, '\''):]
		switch tail {
		case "'s", "'ll", "'d", "'ve", "'re", "'m":
			t.put(i, cut, strings.TrimSuffix(low, tail), clsWord)
			t.put(cut, j, tail, clsWord)
			return
		}
	}
	t.put(i, j, low, clsWord)
}

// afterTitle reports that the last token is Mr, Mrs or the like: what follows is a
// name and no abbreviation (Mrs Till).
func (t *text) afterTitle() bool {
	n := len(t.tokens)
	return n > 0 && t.tokens[n-1].class.has(clsTitle)
}

func (t *text) put(start, end int, low string, c bits) {
	k := token{start: start, end: end, low: low, class: c}
	if c == clsWord {
		r, _ := utf8.DecodeRuneInString(t.src[start:])
		k.capital = unicode.IsUpper(r)
		if full, ok := t.lex.short[low]; ok && !(k.capital && t.afterTitle()) {
			k.low = full
		}
	}
	if low == "&" || low == "+" {
		k.low, k.class = "and", clsWord
	}
	if n := len(t.tokens); n > 0 {
		k.glued = t.tokens[n-1].end == start
	}
	k.id = t.lex.find(k.low, k.class)
	k.class |= t.lex.classOf(k.id)
	t.tokens = append(t.tokens, k)
}
