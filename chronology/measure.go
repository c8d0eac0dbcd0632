package chronology

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// Excel fits the height of a wrapped row when it opens a file; LibreOffice does
// not, and clips the text. So heights are set here, from text measured in
// Arial, whose widths Liberation Sans shares. A line may be taken for longer
// than it is, never for shorter: a little air is better than a lost word.

const (
	fontSize   = 10.0  // points
	lineHeight = 12.75 // points a line of fontSize takes
	tallLine   = 17.0  // where a fallback font (emoji, Arabic, Chinese) is taller
	rowPadding = 4.0   // points above and below
	rowLimit   = 409.0 // points; neither program draws a higher row
	cellLimit  = 32767 // UTF-16 units in one cell
)

// linesInRow returns how many lines of a height fit into the highest row.
func linesInRow(line float64) int { return int((rowLimit - rowPadding) / line) }

// arial holds the advance widths of Arial from space to tilde in thousandths
// of the font size.
var arial = [...]uint16{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

// advance returns the width of r in thousandths of the font size. Outside
// ASCII it is an upper bound by kind of character.
func advance(r rune) int {
	switch {
	case r >= ' ' && r <= '~':
		return int(arial[r-' '])
	case r == '\t':
		return 4 * 278
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x250 && unicode.IsLower(r):
		return 611
	case r < 0x250:
		return 834
	case unicode.In(r, unicode.Cyrillic, unicode.Greek):
		return 900
	case r >= 0x1f000:
		return 1500
	}
	return 1000
}

// tall reports whether r is drawn in a font with higher lines than Arial's.
func tall(r rune) bool {
	return r >= 0x590 && !(r >= 0x1e00 && r < 0x2c80)
}

// column is how wide a column is: chars is the width as spreadsheets count it.
type column struct {
	name  string
	chars float64
}

// room returns the width a line of text has in the column, in thousandths of
// the font size. A unit of chars is a digit of the default font, Arial 10,
// which is 7 pixels at 96 to the inch; 5 pixels are padding. A little is kept
// back for printers that set text wider.
func (c column) room() int {
	points := (c.chars*7 - 5) * 72 / 96
	return int(points / fontSize * 1000 * 0.97)
}

// pour splits text into pieces that each fit a cell of the given room and at
// most `lines` lines, and returns the pieces with the number of lines each
// takes. The pieces joined are the text again, but for pieces of white space
// alone, which are left out.
func pour(text string, room, lines int) (pieces []string, heights []int) {
	for text != "" {
		end, n := fill(text, room, lines)
		if strings.TrimSpace(text[:end]) != "" {
			pieces, heights = append(pieces, text[:end]), append(heights, n)
		}
		text = text[end:]
	}
	return pieces, heights
}

// fill returns how many bytes of text fit into `most` lines, and how many lines
// those take. It ends after a space or a line feed where it can.
func fill(text string, room, most int) (end, lines int) {
	p := pen{lines: 1}
	for end < len(text) {
		word := nextWord(text[end:])
		width, units := measure(word)
		q := p.write(width, room)
		if q.lines > most || p.units+units > cellLimit {
			if end > 0 {
				return end, p.lines
			}
			return len(fit(word, room*most/2, cellLimit)), most
		}
		q.width += trailing(word)
		q.units += units
		p, end = q, end+len(word)
		if strings.HasSuffix(word, "\n") && end < len(text) {
			if p.lines == most {
				return end, p.lines
			}
			p.lines, p.width = p.lines+1, 0
		}
	}
	return end, p.lines
}

// pen is where the next word of a cell goes.
type pen struct {
	lines int // begun
	width int // of the line begun
	units int // UTF-16 units written
}

// write returns where the pen is after a word. A word wider than the cell is
// broken, perhaps at a hyphen that leaves half of every line empty.
func (p pen) write(width, room int) pen {
	switch {
	case p.width+width <= room:
		p.width += width
	case width <= room:
		p.lines, p.width = p.lines+1, width
	default:
		if p.width > 0 {
			p.lines++
		}
		p.lines += 2 * ((width - 1) / room)
		p.width = room
	}
	return p
}

// nextWord returns the first word of text with the white space behind it, up to
// and including one line feed.
func nextWord(text string) string {
	inSpace := false
	for i, r := range text {
		switch {
		case r == '\n':
			return text[:i+1]
		case r == ' ' || r == '\t':
			inSpace = true
		case inSpace:
			return text[:i]
		}
	}
	return text
}

// measure returns the width of a word without the space behind it, and the
// UTF-16 units of all of it.
func measure(word string) (width, units int) {
	for _, r := range strings.TrimRight(word, " \t\n") {
		width += advance(r)
	}
	for _, r := range word {
		units += utf16.RuneLen(r)
	}
	return width, units
}

func trailing(word string) int {
	n := len(word) - len(strings.TrimRight(word, " \t"))
	return n * int(arial[0])
}

// fit returns the start of s that is at most width wide and units long, one
// character at least.
func fit(s string, width, units int) string {
	for i, r := range s {
		width -= advance(r)
		units -= utf16.RuneLen(r)
		if i > 0 && (width < 0 || units < 0) {
			return s[:i]
		}
	}
	return s
}
