package page

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/runenames"
)

// piece is text as it is drawn. Where the font lacks what was written, the
// piece shows its name and keeps the original for those who copy or listen.
type piece struct {
	text    string
	named   bool   // text stands for original
	written string // the original of a named piece
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", "\u2028", "\n", "\u2029", "\n")

// pieces makes any text fit to be drawn: invalid UTF-8 becomes U+FFFD, marks
// are composed with their letters, control characters go (they say nothing),
// and each run that the font lacks becomes its name in brackets. Only line
// feeds remain of what moves the pen.
func pieces(s string, f *face) []piece {
	s = norm.NFC.String(strings.ToValidUTF8(s, "\ufffd"))
	s = lineEnds.Replace(s)
	var all []piece
	var drawn, lacking []rune
	flush := func() {
		if len(drawn) > 0 {
			all = append(all, piece{text: string(drawn)})
			drawn = nil
		}
		if len(lacking) > 0 {
			all = append(all, piece{text: nameOf(lacking), named: true, written: string(lacking)})
			lacking = nil
		}
	}
	for _, r := range s {
		switch {
		case r == '\n' || (f.covers(r) && !unicode.IsControl(r) && !invisible(r)):
			if len(lacking) > 0 {
				flush()
			}
			drawn = append(drawn, r)
		case invisible(r) || unicode.IsControl(r):
			if len(lacking) > 0 { // a joiner within an emoji
				lacking = append(lacking, r)
			}
		default:
			if len(drawn) > 0 || (len(lacking) > 0 && script(lacking[0]) != script(r)) {
				flush()
			}
			lacking = append(lacking, r)
		}
	}
	flush()
	return all
}

// plain returns s as it is drawn, as one line.
func plain(s string) string {
	var b strings.Builder
	for _, p := range pieces(s, faces()[regular]) {
		b.WriteString(p.text)
	}
	return strings.ReplaceAll(b.String(), "\n", " ")
}

// invisible reports whether r shapes its neighbours and draws nothing itself:
// joiners, directions, variation selectors, soft hyphens.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// script returns the name of the script that r is of: "Arabic", or "Common" for
// symbols and emoji.
func script(r rune) string {
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return "Unknown"
}

// nameOf returns the name of a run of one script: "[family]" for a symbol,
// "[Arabic: meem hah meem dal]" for a word, "[Han: U+738B]" where characters
// have no names.
func nameOf(run []rune) string {
	sc := script(run[0])
	var names []string
	for _, r := range run {
		if invisible(r) {
			continue
		}
		name := runenames.Name(r)
		if name == "" || strings.HasPrefix(name, "<") || strings.Contains(name, "IDEOGRAPH") {
			names = append(names, fmt.Sprintf("U+%04X", r))
			continue
		}
		for _, prefix := range []string{strings.ToUpper(sc) + " ", "LETTER ", "SIGN "} {
			name = strings.TrimPrefix(name, prefix)
		}
		names = append(names, strings.ToLower(name))
	}
	if sc == "Common" || sc == "Unknown" || sc == "Inherited" {
		return "[" + strings.Join(names, ", ") + "]"
	}
	return "[" + strings.ReplaceAll(sc, "_", " ") + ": " + strings.Join(names, " ") + "]"
}
