package pattern

import (
	_ "embed"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed words.txt
var wordList string

// sign is something that the words of an entry are evidence of; the names are
// those in words.txt.
type sign string

// phrase is a sequence of words that shows a sign.
type phrase struct {
	sign  sign
	words []string
}

// phrases are those of words.txt by their first word; childPhrases those that
// begin with the child.
var phrases, childPhrases = readPhrases(wordList)

func readPhrases(text string) (byFirst map[string][]phrase, child []phrase) {
	byFirst = map[string][]phrase{}
	for row := range strings.Lines(text) {
		name, list, ok := strings.Cut(strings.TrimSpace(row), ": ")
		if !ok || strings.HasPrefix(row, "#") {
			continue
		}
		for words := range strings.SplitSeq(list, ";") {
			p := phrase{sign(name), strings.Fields(words)}
			if p.words[0] == "@" {
				child = append(child, p)
				continue
			}
			byFirst[p.words[0]] = append(byFirst[p.words[0]], p)
		}
	}
	return byFirst, child
}

// field is a part of an event in which words are read.
type field uint8

const (
	inText field = 1 << iota
	inAction
	inDecision
	inOutcome
	inVoice
	inReason

	inAnswer = inAction | inDecision | inOutcome | inReason
	anywhere = inText | inAnswer
)

// word is one word as written, in lower case.
type word struct {
	text     string
	sentence int32 // number of its sentence
	clause   int32 // number of its clause
	name     bool  // begins with a capital, as names do
	proper   bool  // and is not all capitals
	child    bool  // may stand for the child: a pronoun, a child, or a name
	listed   bool  // the first name of somebody whom the event lists
}

// hit is a phrase found in an event.
type hit struct {
	sign     sign
	field    field
	from, to int // words of the field, to not included
	denied   bool
	other    bool // said of somebody who is not the child
}

// reading is what the words of an event show.
type reading struct {
	words [6][]word // of each field
	hits  []hit
}

// in returns the words of one field.
func (r *reading) in(f field) []word { return r.words[bits.TrailingZeros8(uint8(f))] }

// readWords finds every sign in an event.
func readWords(e *Event) reading {
	var r reading
	for n, text := range []string{e.Text, e.Action, e.Decision, e.Outcome, e.Voice, e.Reason} {
		if text == "" {
			continue
		}
		r.words[n] = split(text)
		e.mark(r.words[n])
		r.hits = appendSigns(r.hits, r.words[n], 1<<n)
	}
	return r
}

// mark tells the names of people whom the event lists from the child's.
func (e *Event) mark(words []word) {
	if len(e.People)+len(e.Kin) == 0 {
		return
	}
	names := map[string]bool{}
	for _, p := range slices.Concat(e.People, e.Kin) {
		if first := split(p); len(first) > 0 {
			names[first[0].text] = true
		}
	}
	for i := range words {
		if who, _ := person(words[i]); words[i].name && names[who] {
			words[i].listed, words[i].child = true, false
		}
	}
}

// maxText is how much of a field is read.
const maxText = 20000

// split cuts text into words, sentences and clauses.
func split(text string) []word {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	words := make([]word, 0, len(text)/4+2)
	var sentence, clause int32
	text = strings.ReplaceAll(text, "’", "'")
	lower := strings.ToLower(text)
	plain := len(lower) == len(text) // so that positions agree
	start := -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		w := word{text: trim(lower[start:end]), sentence: sentence, clause: clause}
		if plain {
			r, _ := utf8.DecodeRuneInString(text[start:])
			w.name = unicode.IsUpper(r)
			w.proper = w.name && end-start > 1 && strings.ToUpper(text[start:end]) != text[start:end]
		}
		w.child = childWords[w.text] || w.name && len(w.text) > 1 && !hasDigit(w.text) && !adults[w.text] && !notNames[w.text]
		if w.text == "but" || w.text == "although" || w.text == "however" {
			clause++
		}
		if w.text != "" {
			words = append(words, w)
		}
		start = -1
	}
	for i, r := range lower {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '-' {
			if start < 0 {
				start = i
			}
			continue
		}
		flush(i)
		switch r {
		case '.', '!', '?', '\n':
			sentence++
			clause++
		case ',', ';', ':', '(', ')', '–':
			clause++
		}
	}
	flush(len(lower))
	return words
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// trim returns a word without apostrophes and hyphens around it.
func trim(s string) string {
	for s != "" && (s[0] == '\'' || s[0] == '-') {
		s = s[1:]
	}
	for s != "" && (s[len(s)-1] == '\'' || s[len(s)-1] == '-') {
		s = s[:len(s)-1]
	}
	return s
}

// appendSigns adds the signs that words show to hits.
func appendSigns(hits []hit, words []word, f field) []hit {
	if hits == nil {
		hits = make([]hit, 0, 4+len(words)/4)
	}
	for i := range words {
		hits = appendMatches(hits, phrases[words[i].text], words, i, f)
		if words[i].child {
			hits = appendMatches(hits, childPhrases, words, i, f)
		}
	}
	return hits
}

func appendMatches(hits []hit, list []phrase, words []word, at int, f field) []hit {
	for _, p := range list {
		to := p.match(words, at)
		if to == 0 || p.sign == "hygiene" && ofSubstance(words, to) {
			continue
		}
		s := p.sign
		if s == "absence" && atClinic(words, to) {
			s = "health"
		}
		if s == "absence" && notAtSchool(words, to) || s == "returned" && fromElsewhere(words, to) {
			continue
		}
		h := hit{s, f, at, to, denied(words, at), false}
		switch {
		case personal[s]:
			h.other = h.ofOther(words, hits)
		case s == "health": // a mother who missed an appointment missed the child's
			h.other = h.ofOther(words, hits) && !byFamily(words, h.from)
		}
		h.denied = h.denied || h.other
		hits = append(hits, h)
	}
	return hits
}

// notAtSchool reports whether what was not attended is something else than
// school: "did not attend swimming".
func notAtSchool(words []word, to int) bool {
	if words[to-1].text != "attend" && words[to-1].text != "attended" || to >= len(words) || words[to].clause != words[to-1].clause {
		return false
	}
	return !schoolTimes[words[to].text] && !notNames[words[to].text]
}

// fromElsewhere reports whether somebody comes back from something else than an
// absence, or brings something back: "came back from lunch", "returned the form".
func fromElsewhere(words []word, to int) bool {
	if to >= len(words) || words[to].clause != words[to-1].clause {
		return false
	}
	if words[to].text != "from" {
		return possessors[words[to].text]
	}
	for i := to + 1; i < len(words) && i < to+4; i++ {
		if absences[words[i].text] {
			return false
		}
	}
	return true
}

var absences = set("absence being illness sickness suspension hospital")

var schoolTimes = set("school lessons registration today yesterday all any again am pm this")

// personal are the signs that are about somebody, who need not be the child.
var personal = map[sign]bool{
	"injury": true, "mark": true, "absence": true, "off": true, "hunger": true, "weight": true, "hygiene": true,
	"tiredness": true, "fear": true, "hidden": true, "moved": true, "assaulted": true, "returned": true,
}

var substances = set("cannabis weed alcohol drink beer wine vodka cider spirits smoke smoking cigarettes tobacco vape perfume aftershave petrol bleach")

// ofSubstance reports whether "of cannabis" or "strongly of drink" follows: then
// a smell says nothing of washing.
func ofSubstance(words []word, at int) bool {
	for i := at; i+1 < len(words) && i < at+2 && words[i].clause == words[at-1].clause; i++ {
		if words[i].text == "of" || words[i].text == "like" {
			return substances[words[i+1].text]
		}
	}
	return false
}

var clinics = set("appointment appointments check check-up checkup clinic hospital dentist dental optician gp doctor immunisation immunisations vaccination camhs paediatrician review scan physio therapy")

// atClinic reports whether what was not attended is of health: "did not attend
// the nine month check".
func atClinic(words []word, at int) bool {
	for i := at; i < len(words) && i < at+5 && words[i].clause == words[at-1].clause; i++ {
		if clinics[words[i].text] {
			return true
		}
	}
	return false
}

// match returns the word after the phrase when it stands at words[at], else 0.
func (p phrase) match(words []word, at int) int {
	i := at
	for _, w := range p.words {
		switch {
		case i >= len(words) || words[i].sentence != words[at].sentence:
			return 0
		case w == "@":
			if (words[i].text == "the" || words[i].text == "both" || words[i].text == "any") && i+1 < len(words) {
				i++
			}
			if !words[i].child || owns(words, i) {
				return 0
			}
		case w != "_" && w != words[i].text:
			return 0
		}
		i++
	}
	return i
}

// owns reports whether words[i] is only whose somebody is: "her mum", "Ana's dad".
func owns(words []word, i int) bool {
	if _, owner := person(words[i]); owner {
		return true
	}
	return words[i].text == "her" && i+1 < len(words) && words[i+1].clause == words[i].clause && isOther(words, i+1)
}

var childWords = set("him her them child children pupil boy girl son daughter he she")

var adults = set("mum mother dad father stepdad stepmum parent parents mr mrs miss ms dr dsl mash csc ewo nan gran grandad sw police camhs gp hv edt lado school teacher ta social worker partner")

// notNames are words that begin a sentence with a capital and name nobody.
var notNames = set("i the a an no he she it they we in at on after before when came went this that home " +
	"today yesterday tonight later then also again still there these those while as if because since until during once what who why how where his her " +
	"their my our its for from to with by of and but or not now two three both all some one another spoke rang phoned called told saw met asked said says " +
	"visited returned arrived collected emailed email call phone letter meeting report reported noticed seen back off late absent hungry bruise body " +
	"monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december")

var negations = set("no not never nobody without denied denies deny nil none neither nor didn't wasn't isn't doesn't don't hasn't haven't weren't couldn't wouldn't cannot can't")

// denied reports whether a negation stands before words[at], in its clause and
// at most four words away.
func denied(words []word, at int) bool {
	return near(words, at, 4, negations)
}

// near reports whether one of these stands among the n words before words[at],
// in its clause.
func near(words []word, at, n int, these map[string]bool) bool {
	for i := at - 1; i >= 0 && i >= at-n && words[i].clause == words[at].clause; i-- {
		if these[words[i].text] {
			return true
		}
	}
	return false
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// has reports whether the words of some fields show a sign.
func (r reading) has(s sign, in field) bool {
	for _, h := range r.hits {
		if h.sign == s && h.field&in != 0 && !h.denied {
			return true
		}
	}
	return false
}

// mentions reports whether any words show a sign, denied or not.
func (r reading) mentions(s sign) bool {
	return slices.ContainsFunc(r.hits, func(h hit) bool { return h.sign == s })
}

// all returns where the words of some fields show a sign.
func (r reading) all(s sign, in field) []hit {
	var list []hit
	for _, h := range r.hits {
		if h.sign == s && h.field&in != 0 && !h.denied {
			list = append(list, h)
		}
	}
	return list
}
