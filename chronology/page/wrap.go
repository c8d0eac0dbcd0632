package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a stretch of text in one look. The zero look is regular black.
type Span struct {
	Text   string
	Bold   bool
	Italic bool   // gives way to Bold
	Muted  bool   // grey, for what accompanies the text
	To     string // makes a link to the Anchor of that name
}

// Text returns s as spans in the regular look.
func Text(s string) []Span { return []Span{{Text: s}} }

func (s Span) style() style {
	switch {
	case s.Bold:
		return bold
	case s.Italic:
		return italic
	}
	return regular
}

// run is drawn in one go: text of one look that stands on one line.
type run struct {
	piece
	look  Span // its Text is not used
	width float64
}

// word is what may not be broken as long as it fits a line: runs without a
// place to break between them.
type word struct {
	runs  []run
	width float64
	space float64 // width of the space after it; 0 where another word follows at once
	end   bool    // a line ends here whatever follows
}

// line is a line of wrapped text.
type line []run

// wrap breaks spans into lines no wider than width, at a type size; all three
// are in points.
func wrap(spans []Span, size, width float64) []line {
	var lines []line
	var cur line
	var at, gap float64
	flush := func() {
		lines = append(lines, cur)
		cur, at, gap = nil, 0, 0
	}
	wrapped := func() { // the space at the end is drawn too: without it a reader aloud would join the words
		if gap > 0 {
			cur = addSpace(cur, 0)
		}
		flush()
	}
	for _, w := range words(spans, size) {
		if at > 0 && at+gap+w.width > width {
			wrapped()
		}
		for w.width > width && len(w.runs) > 0 {
			head, tail := cut(w, size, width)
			cur = append(cur, head...)
			flush()
			w = tail
		}
		cur = appendRuns(cur, gap, w.runs)
		at += gap + w.width
		gap = w.space
		if w.end {
			flush()
		}
	}
	if len(cur) > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// appendRuns adds a word's runs to a line, after the space that its last word
// leaves, and joins what has the same look.
func appendRuns(l line, gap float64, runs []run) line {
	for i, r := range runs {
		if len(l) > 0 {
			last := &l[len(l)-1]
			if i == 0 && gap > 0 {
				l = addSpace(l, gap)
				last = &l[len(l)-1]
			}
			if !last.named && !r.named && last.look == r.look {
				last.text += r.text
				last.width += r.width
				continue
			}
		}
		l = append(l, r)
	}
	return l
}

// addSpace adds a space of the given width to a line: to its last run, or as a
// run of its own where that is a link or stands for something else.
func addSpace(l line, width float64) line {
	if last := &l[len(l)-1]; !last.named && last.look.To == "" {
		last.text += " "
		last.width += width
		return l
	}
	look := l[len(l)-1].look
	look.To = ""
	return append(l, run{piece: piece{text: " "}, look: look, width: width})
}

// words splits spans at spaces, after hyphens and slashes between letters, and
// at line feeds.
func words(spans []Span, size float64) []word {
	var all []word
	var cur word
	flush := func(space float64, end bool) {
		if len(cur.runs) == 0 && !end {
			if len(all) > 0 && all[len(all)-1].space == 0 && !all[len(all)-1].end {
				all[len(all)-1].space = space
			}
			return
		}
		cur.space, cur.end = space, end
		all = append(all, cur)
		cur = word{}
	}
	for _, s := range spans {
		f := faces()[s.style()]
		look := s
		look.Text = ""
		add := func(p piece) {
			if p.text == "" {
				return
			}
			w := float64(f.width(p.text)) * size / 1000
			cur.runs = append(cur.runs, run{p, look, w})
			cur.width += w
		}
		for _, p := range pieces(s.Text, f) {
			if p.named {
				add(p)
				continue
			}
			rest := p.text
			for rest != "" {
				i, n := nextBreak(rest)
				if i < 0 {
					add(piece{text: rest})
					break
				}
				sep := rest[i : i+n]
				if strings.TrimSpace(sep) != "" { // a hyphen stays on its line
					add(piece{text: rest[:i+n]})
					flush(0, false)
				} else {
					add(piece{text: rest[:i]})
					space := 0.0
					if sep == " " {
						space = float64(f.width(" ")) * size / 1000
					}
					flush(space, sep == "\n")
				}
				rest = rest[i+n:]
			}
		}
	}
	flush(0, false)
	return all
}

// nextBreak returns the place and the length of the first separator in s: a
// space, a line feed, or a hyphen or slash between letters; -1 if there is none.
func nextBreak(s string) (at, length int) {
	var before rune
	for i, r := range s {
		switch r {
		case ' ', '\n':
			return i, 1
		case '-', '/', '–', '—':
			n := utf8.RuneLen(r)
			after, _ := utf8.DecodeRuneInString(s[i+n:])
			if unicode.IsLetter(before) && unicode.IsLetter(after) {
				return i, n
			}
		}
		before = r
	}
	return -1, 0
}

// cut divides a word that is wider than a line: what fits, and the rest.
func cut(w word, size, width float64) (line, word) {
	var head line
	at := 0.0
	for i, r := range w.runs {
		if at+r.width <= width {
			head, at = append(head, r), at+r.width
			continue
		}
		f := faces()[r.look.style()]
		n, fits := 0, 0.0
		for _, c := range r.text {
			cw := float64(f.advance[c]) * size / 1000
			if at+fits+cw > width && (n > 0 || len(head) > 0) {
				break
			}
			n, fits = n+utf8.RuneLen(c), fits+cw
		}
		if n > 0 {
			head = append(head, run{piece{r.text[:n], r.named, r.written}, r.look, fits})
		}
		rest := r
		if rest.text = r.text[n:]; n > 0 {
			rest.written = "" // the head carries it
		}
		rest.width = r.width - fits
		tail := word{space: w.space, end: w.end}
		if rest.text != "" {
			tail.runs = append(tail.runs, rest)
		}
		tail.runs = append(tail.runs, w.runs[i+1:]...)
		for _, t := range tail.runs {
			tail.width += t.width
		}
		return head, tail
	}
	return head, word{space: w.space, end: w.end}
}
