package records

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go"
	"github.com/ccojocar/zxcvbn-go/entropy"
	"github.com/ccojocar/zxcvbn-go/match"
	"github.com/ccojocar/zxcvbn-go/matching"
)

// hardToGuess is how many guesses a new passphrase has to withstand, as a power
// of ten. It is where Wheeler's "zxcvbn: Low-Budget Password Strength
// Estimation" (USENIX Security 2016) and the program that came of it draw the
// line for whoever has the file and meets a slow hash. Ours is Argon2id with
// 64 MiB and 3 passes, which moves some 600 MB a guess; a graphics card that
// moves 1 TB a second makes 1,700 guesses a second and 10^10 in ten weeks.
const hardToGuess = 10

// judged is how many bytes of a passphrase are judged: what the estimate costs
// grows with the cube of the length. A longer one is at least as hard to guess.
const judged = 40

// expected is what is tried first against any school.
var expected = []string{
	"throughline", "safeguarding", "safeguard", "school", "primary", "academy", "secondary", "college",
	"headteacher", "teacher", "child", "children", "concern", "welcome",
}

// Strength is how hard a passphrase is to guess for somebody who has the file.
type Strength struct {
	letters int
	guesses float64 // as a power of ten, estimated with caution
	why     string  // it is easy to guess: the rest of "because …"
}

// StrengthOf judges a passphrase, of which names (the school's, the member's)
// make a bad part. It takes some milliseconds, which is too much for each
// keystroke.
func StrengthOf(passphrase []byte, names ...string) Strength {
	s := Strength{letters: utf8.RuneCount(passphrase)}
	words := strings.FieldsFunc(latin(string(passphrase)), partsWords)
	whole := strings.Join(words, "") // a guesser tries words without a gap, and with each
	whole = whole[:min(len(whole), judged)]
	once := unrepeated(words)
	inputs := guessable(names)
	var told []match.Match
	said := ""
	for i, text := range []string{whole, spelt(whole), once, spelt(once)} {
		if i > 0 && text == said {
			continue
		}
		if n, pieces := estimate(text, inputs); i == 0 || n < s.guesses {
			s.guesses, told, said = n, pieces, text
		}
	}
	if s.guesses < hardToGuess {
		s.why = easyBecause(told, len(said), len(said) <= len(whole)*2/3)
	}
	return s
}

// partsWords reports whether r parts words.
func partsWords(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-_.,", r) }

// latin returns text in ASCII: letters without their accents, and of another
// alphabet letters that make no word.
func latin(text string) string {
	if !isASCII(text) {
		text = Fold(text)
	}
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return r
		}
		return 'a' + r%26
	}, text)
}

// signs are the signs and numbers that people write for letters.
var signs = map[byte]byte{'@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '|': 'l', '0': 'o', '5': 's', '$': 's', '7': 't', '+': 't'}

// spelt returns text with the letters that its signs stand for: one or two signs
// that another letter follows. What stands at the end is a number.
func spelt(text string) string {
	letter := func(i int) bool { return i < len(text) && unicode.IsLetter(rune(text[i])) }
	s := []byte(text)
	for i := range s {
		if l := signs[s[i]]; l != 0 && (letter(i+1) || i+1 < len(s) && signs[text[i+1]] != 0 && letter(i+2)) {
			s[i] = l
		}
	}
	return string(s)
}

// Enough reports whether a new passphrase may be as weak as this.
func (s Strength) Enough() bool { return s.letters >= PassphraseLength && s.guesses >= hardToGuess }

// String says how strong a passphrase is while it is being typed.
func (s Strength) String() string {
	switch {
	case s.letters < PassphraseLength:
		return fmt.Sprintf("Strength: too short so far, %d of %d characters.", s.letters, PassphraseLength)
	case s.guesses < hardToGuess-3:
		return "Strength: easy to guess, because " + s.why + "."
	case s.guesses < hardToGuess:
		return "Strength: nearly enough. Add a word that has nothing to do with the others."
	case s.guesses < hardToGuess+3:
		return "Strength: good. It is hard to guess."
	}
	return "Strength: very good. It is very hard to guess."
}

// guessable returns the names and their words, which a guesser tries early.
func guessable(names []string) []string {
	list := slices.Clone(expected)
	for _, name := range names {
		words := strings.FieldsFunc(latin(strings.ToLower(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		list = append(list, strings.Join(words, ""))
		for _, w := range words {
			if utf8.RuneCountInString(w) > 2 {
				list = append(list, w)
			}
		}
	}
	return list
}

// unrepeated returns the words in one, each once, and of what is then still said
// twice running the first.
func unrepeated(words []string) string {
	seen := map[string]bool{}
	var s []byte
	for _, w := range words {
		if lower := strings.ToLower(w); !seen[lower] {
			seen[lower] = true
			s = append(s, w...)
		}
	}
	s = s[:min(len(s), judged)]
	for n := len(s) / 2; n >= 3; n-- {
		for i := 0; i+2*n <= len(s); {
			if !strings.EqualFold(string(s[i:i+n]), string(s[i+n:i+2*n])) {
				i++
				continue
			}
			s = slices.Delete(s, i+n, i+2*n)
		}
	}
	return string(s)
}

// estimate returns how many guesses find text, as a power of ten, and what a
// guesser sees in it.
func estimate(text string, inputs []string) (guesses float64, pieces []match.Match) {
	found := zxcvbn.PasswordStrength(text, inputs, matching.FilterL33tMatcher) // which takes seconds over some texts: see spelt
	bits := found.Entropy
	each := math.Log2(max(1, entropy.CalcBruteForceCardinality(text)))
	before, walks, words := 0.0, 0, 0 // bits up to a piece; the library adds them up
	for _, p := range found.MatchSequence {
		if p.Pattern == "bruteforce" {
			before += float64(p.J-p.I+1) * each
			continue
		}
		cost := p.Entropy - before
		before = p.Entropy
		if !walked(p) {
			words++
			continue
		}
		if walks++; walks > 1 {
			bits -= max(0, cost-stepOn)
		}
	}
	// The order of the words has to be guessed too: the factorial of the paper.
	order, _ := math.Lgamma(float64(words) + 1)
	return (bits*math.Ln2 + order) / math.Ln10, found.MatchSequence
}

// stepOn is what every walk after the first is worth, in bits: which of a few
// ways it goes on. Column after column of the keyboard is one idea.
const stepOn = 2

// walked reports whether a piece follows the keys, the letters or the numbers.
func walked(p match.Match) bool {
	return p.Pattern == "spatial" || p.Pattern == "sequence" || p.Pattern == "repeat"
}

// easyBecause says why a text of that many bytes is easy to guess, by what most of it
// is made of.
func easyBecause(pieces []match.Match, length int, repeats bool) string {
	named, keys, common := 0, 0, 0
	for _, p := range pieces {
		n := p.J - p.I + 1
		switch {
		case strings.HasPrefix(p.DictionaryName, "user_inputs"):
			named += n
		case walked(p):
			keys += n
		case p.DictionaryName == "Passwords":
			common += n
		}
	}
	switch {
	case repeats:
		return "it says the same thing more than once"
	case 3*named >= length:
		return "it is built on a name or word that is tried first"
	case 2*keys >= length:
		return "it follows the keys, the alphabet or the numbers in order"
	case 2*(keys+common) >= length:
		return "it is built on words that many people choose"
	}
	return "its words are too few or too common"
}
