package records

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Fold returns text without accents, apostrophes and case, for finding: also
// for letters such as ł and ø, which have no accent to take off.
func Fold(s string) string {
	if isASCII(s) {
		return strings.ReplaceAll(strings.ToLower(s), "'", "")
	}
	t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(t, s)
	if err != nil {
		out = s
	}
	return bare.Replace(strings.ToLower(out))
}

// bare takes the strokes off letters that Unicode does not take apart.
var bare = strings.NewReplacer(
	"ł", "l", "ø", "o", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "þ", "th",
	"ß", "ss", "æ", "ae", "œ", "oe", "'", "", "’", "", "ʼ", "", "ʻ", "",
)

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// word is one word of a text: where it stands in it, in bytes, and how it is
// looked for.
type word struct {
	start, end int
	folded     string
}

// longestWord is how many bytes of a folded word count.
const longestWord = 64

// wordsOf returns the words of a text. A hyphen parts words and an apostrophe
// does not: step-dad is two words and Nan's is one.
func wordsOf(text string) []word {
	var all []word
	start := -1
	add := func(end int) {
		s := strings.TrimLeft(text[start:end], apostrophes)
		from := end - len(s)
		s = strings.TrimRight(s, apostrophes)
		if f := shortened(Fold(s)); f != "" {
			all = append(all, word{from, from + len(s), f})
		}
		start = -1
	}
	for i, r := range text {
		switch inWord := isWordRune(r); {
		case inWord && start < 0:
			start = i
		case !inWord && start >= 0:
			add(i)
		}
	}
	if start >= 0 {
		add(len(text))
	}
	return all
}

const apostrophes = "'’ʼʻ"

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '\''
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || strings.ContainsRune(apostrophes, r)
}

func shortened(s string) string {
	if len(s) <= longestWord {
		return s
	}
	n := longestWord
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
