package wording

import (
	"fmt"
	"slices"
	"strings"
)

// A pattern is a run of words in the little language of assets/wording:
//
//	word      that word          ~word   any form of the verb
//	(a|b c)   one of             {class} a word of that class in words.txt
//	x?        x or nothing       _       any one word
//	...       up to 3 words, not over a clause's end; ..N up to N
//	^ $       start or end of a clause (^^ $$ of a sentence)
//	[ ]       what is flagged; all of it when not given
//
// Patterns never match words that are quoted.
type node struct {
	op    op
	ids   []int    // opWord, sorted
	set   []uint64 // the same as bits, where there are many
	class bits     // opClass
	max   int      // opGap
	alts  []*node
	next  *node
}

type op uint8

const (
	opMatch op = iota
	opWord
	opClass
	opAny
	opGap
	opAlt
	opOpen
	opClose
	opStart
	opEnd
	opSentenceStart
	opSentenceEnd
)

// pattern is a compiled pattern and the family it belongs to.
type pattern struct {
	root   *node
	family *family
	class  bits // it may also begin with a word of these classes
	text   string
}

// shape classes are known by the look of a token, not by a list.
var shapes = map[string]bits{"num": clsNumber, "clock": clsClock, "date": clsDate,
	"name": clsName, "titled": clsTitled, "person": clsPerson}

type compiler struct {
	lex *lexicon
	in  []string
	pos int
}

func (lex *lexicon) compile(src string) (*node, error) {
	for _, mark := range []string{"(", ")", "|", "[", "]", "$$", "^^"} {
		src = strings.ReplaceAll(src, mark, " "+mark+" ")
	}
	src = strings.ReplaceAll(src, ") ?", ")?")
	c := &compiler{lex: lex, in: strings.Fields(src)}
	root, err := c.sequence(&node{op: opMatch})
	if err == nil && c.pos < len(c.in) {
		err = fmt.Errorf("unexpected %q", c.in[c.pos])
	}
	return root, err
}

// sequence compiles up to "|" or ")" and links the result to end.
func (c *compiler) sequence(end *node) (*node, error) {
	if c.pos >= len(c.in) || c.in[c.pos] == "|" || c.in[c.pos][0] == ')' {
		return end, nil
	}
	word := c.in[c.pos]
	c.pos++
	if word == "(" {
		return c.group(end)
	}
	n := &node{}
	optional := false
	if w, ok := strings.CutSuffix(word, "?"); ok {
		word, optional = w, true
	}
	if err := c.element(n, word); err != nil {
		return nil, err
	}
	next, err := c.sequence(end)
	if err != nil {
		return nil, err
	}
	n.next = next
	if optional {
		return &node{op: opAlt, alts: []*node{n, next}}, nil
	}
	return n, nil
}

func (c *compiler) group(end *node) (*node, error) {
	join := &node{op: opAlt}
	alt := &node{op: opAlt}
	for {
		branch, err := c.sequence(join)
		if err != nil {
			return nil, err
		}
		alt.alts = append(alt.alts, branch)
		if c.pos >= len(c.in) {
			return nil, fmt.Errorf("missing )")
		}
		sep := c.in[c.pos]
		c.pos++
		if sep == "|" {
			continue
		}
		next, err := c.sequence(end)
		if err != nil {
			return nil, err
		}
		join.alts = []*node{next}
		if sep == ")?" {
			alt.alts = append(alt.alts, next)
		}
		return alt, nil
	}
}

func (c *compiler) element(n *node, word string) error {
	switch {
	case word == "[":
		n.op = opOpen
	case word == "]":
		n.op = opClose
	case word == "^":
		n.op = opStart
	case word == "$":
		n.op = opEnd
	case word == "^^":
		n.op = opSentenceStart
	case word == "$$":
		n.op = opSentenceEnd
	case word == "_":
		n.op = opAny
	case word == "...":
		n.op, n.max = opGap, 3
	case strings.HasPrefix(word, "..") && len(word) == 3:
		n.op, n.max = opGap, int(word[2]-'0')
	case strings.HasPrefix(word, "{"):
		return c.class(n, strings.Trim(word, "{}"))
	case strings.HasPrefix(word, "~"):
		n.op = opWord
		for _, form := range c.lex.forms(word[1:]) {
			n.ids = append(n.ids, c.lex.intern(form))
		}
	default:
		n.op, n.ids = opWord, []int{c.lex.intern(word)}
	}
	n.ids = sorted(n.ids)
	n.index()
	return nil
}

// fewIDs is how many ids are looked through one by one.
const fewIDs = 4

// index makes the bits of n.ids.
func (n *node) index() {
	if len(n.ids) <= fewIDs {
		return
	}
	n.set = make([]uint64, n.ids[len(n.ids)-1]/64+1)
	for _, id := range n.ids {
		n.set[id/64] |= 1 << (id % 64)
	}
}

// holds reports whether id is one of n.ids.
func (n *node) holds(id int) bool {
	if n.set == nil {
		return slices.Contains(n.ids, id)
	}
	return id/64 < len(n.set) && n.set[id/64]&(1<<(id%64)) != 0
}

func sorted(ids []int) []int {
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (c *compiler) class(n *node, name string) error {
	if shape, ok := shapes[name]; ok {
		n.op, n.class = opClass, shape
		return nil
	}
	words := c.lex.groups[name]
	if len(words) == 0 {
		return fmt.Errorf("unknown class %q", name)
	}
	n.op = opWord
	for _, word := range words {
		n.ids = append(n.ids, c.lex.intern(word))
	}
	n.ids = sorted(n.ids)
	n.index()
	return nil
}

// firsts returns the ids and classes that a match can begin with; ok is false
// when it can begin with anything.
func (n *node) firsts() (ids []int, class bits, ok bool) {
	switch n.op {
	case opWord:
		return n.ids, 0, true
	case opClass:
		return nil, n.class, true
	case opOpen, opStart, opSentenceStart:
		return n.next.firsts()
	case opAlt:
		for _, alt := range n.alts {
			more, c, ok := alt.firsts()
			if !ok {
				return nil, 0, false
			}
			ids, class = append(ids, more...), class|c
		}
		return ids, class, true
	}
	return nil, 0, false
}

// match is where a pattern matched: tokens [from, to), flagged part [open, shut).
type match struct{ from, to, open, shut int }

// at tries n from token i. Bounds that the pattern marks are written to m.
func (t *text) at(n *node, i int, m *match) bool {
	switch n.op {
	case opMatch:
		m.to = i
		return true
	case opAlt:
		for _, alt := range n.alts {
			if t.at(alt, i, m) {
				return true
			}
		}
		return false
	case opOpen:
		was := m.open
		m.open = i
		if t.at(n.next, i, m) {
			return true
		}
		m.open = was
		return false
	case opClose:
		was := m.shut
		m.shut = i
		if t.at(n.next, i, m) {
			return true
		}
		m.shut = was
		return false
	case opStart:
		return t.startsClause(i) && t.at(n.next, i, m)
	case opEnd:
		return t.endsClauseAt(i) && t.at(n.next, i, m)
	case opSentenceStart:
		return t.startsSentence(i) && t.at(n.next, i, m)
	case opSentenceEnd:
		return t.endsSentenceAt(i) && t.at(n.next, i, m)
	case opGap:
		for skip := 0; ; skip++ {
			if t.at(n.next, i+skip, m) {
				return true
			}
			if skip == n.max || !t.plain(i+skip) {
				return false
			}
		}
	}
	if i >= len(t.tokens) || t.tokens[i].quoted {
		return false
	}
	k := &t.tokens[i]
	switch n.op {
	case opAny:
		return !k.class.has(clsMark) && t.at(n.next, i+1, m)
	case opClass:
		return k.class.has(n.class) && t.at(n.next, i+1, m)
	}
	if k.id == 0 {
		return false
	}
	if !n.holds(k.id) {
		return false
	}
	return t.at(n.next, i+1, m)
}

// plain reports a word or number that a gap may run over.
func (t *text) plain(i int) bool {
	return i < len(t.tokens) && !t.tokens[i].quoted && !t.tokens[i].class.has(clsMark)
}

func (t *text) startsClause(i int) bool {
	return i == 0 || i < len(t.tokens) && t.tokens[i].clause != t.tokens[i-1].clause ||
		i < len(t.tokens) && (t.tokens[i-1].class.has(clsMark) || t.tokens[i-1].low == "and" || t.tokens[i-1].low == "but" || t.tokens[i-1].low == "so")
}

func (t *text) endsClauseAt(i int) bool {
	if i >= len(t.tokens) {
		return true
	}
	k := &t.tokens[i]
	return k.class.has(clsMark) || i > 0 && k.clause != t.tokens[i-1].clause || k.low == "and" || k.low == "but" || k.low == "so"
}

func (t *text) startsSentence(i int) bool {
	for i > 0 && t.tokens[i-1].sentence == t.tokens[min(i, len(t.tokens)-1)].sentence {
		if !t.tokens[i-1].class.has(clsMark) {
			return false
		}
		i--
	}
	return true
}

func (t *text) endsSentenceAt(i int) bool {
	for i < len(t.tokens) && i > 0 && t.tokens[i].sentence == t.tokens[i-1].sentence {
		if !t.tokens[i].class.has(clsMark) {
			return false
		}
		i++
	}
	return true
}
