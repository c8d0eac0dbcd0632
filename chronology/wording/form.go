package wording

import "strings"

// inflect returns the present (base and -s), past and -ing forms of a verb.
func (lex *lexicon) inflect(base string) (present, past, doing []string) {
	if f, ok := lex.verbs[base]; ok { // base third past participle -ing
		return f[:2], f[2:4], f[4:]
	}
	present = []string{base, thirdPerson(base)}
	stem := base
	switch {
	case strings.HasSuffix(base, "e") && !strings.HasSuffix(base, "ee"):
		return present, []string{base + "d"}, []string{base[:len(base)-1] + "ing"}
	case endsConsonantY(base):
		return present, []string{base[:len(base)-1] + "ied"}, []string{base + "ing"}
	case doubles(base):
		stem = base + base[len(base)-1:]
	}
	return present, []string{stem + "ed"}, []string{stem + "ing"}
}

// forms returns every form of a verb.
func (lex *lexicon) forms(base string) []string {
	present, past, doing := lex.inflect(base)
	all := append([]string{}, present...)
	all = append(all, past...)
	return append(all, doing...)
}

func thirdPerson(base string) string {
	switch {
	case endsConsonantY(base):
		return base[:len(base)-1] + "ies"
	case strings.HasSuffix(base, "s"), strings.HasSuffix(base, "sh"), strings.HasSuffix(base, "ch"),
		strings.HasSuffix(base, "x"), strings.HasSuffix(base, "z"), strings.HasSuffix(base, "o"):
		return base + "es"
	}
	return base + "s"
}

const vowels = "aeiou"

func vowel(s string, at int) bool {
	return at >= 0 && at < len(s) && strings.IndexByte(vowels, s[at]) >= 0
}

func endsConsonantY(s string) bool {
	return strings.HasSuffix(s, "y") && len(s) > 1 && !vowel(s, len(s)-2)
}

// doubles reports a short verb that doubles its last letter: stop, chat, hit.
func doubles(s string) bool {
	n := len(s)
	if n < 3 || n > 4 || strings.IndexByte("wxyh", s[n-1]) >= 0 {
		return false
	}
	return !vowel(s, n-1) && vowel(s, n-2) && !vowel(s, n-3)
}

// addKey lets word be found when one letter is missing, added, wrong or swapped
// with its neighbour.
func (lex *lexicon) addKey(word string) {
	lex.near[word] = word
	for i := range len(word) {
		lex.near[word[:i]+word[i+1:]] = word
	}
}

// nearest returns the key word one slip away from low, or "".
func (lex *lexicon) nearest(low string) string {
	if key, ok := lex.near[low]; ok { // a letter missing
		return key
	}
	var buf [24]byte
	for i := range len(low) {
		short := append(append(buf[:0], low[:i]...), low[i+1:]...)
		if key, ok := lex.near[string(short)]; ok && oneSlip(low, key) {
			return key
		}
	}
	return ""
}

// oneSlip reports whether a becomes b by one letter added, dropped or changed,
// or by swapping two neighbours. It compares bytes: key words are ASCII.
func oneSlip(a, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	x, y := a[i:], b[i:]
	switch {
	case len(x) == 0 || len(y) == 0:
		return len(x)+len(y) <= 1
	case len(x) == len(y)+1:
		return x[1:] == y
	case len(y) == len(x)+1:
		return y[1:] == x
	case len(x) == len(y):
		return x[1:] == y[1:] ||
			len(x) > 1 && x[0] == y[1] && x[1] == y[0] && x[2:] == y[2:]
	}
	return false
}
