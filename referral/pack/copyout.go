package pack

import (
	"slices"
	"strings"
	"unicode"

	"throughline/chronology/page"
	"throughline/records"
	"throughline/referral/procedures"
)

// Box is one box of a web form and the text that goes into it.
type Box struct {
	Label   string // as the form prints it
	Text    string // as it would be pasted; empty where the pack has nothing for it
	Limit   int    // characters that the form takes; 0 when not known
	Unasked bool   // the form has no box for this part of the pack
}

// Over returns by how many characters the text is longer than the form takes.
func (b Box) Over() int {
	if b.Limit == 0 {
		return 0
	}
	return max(0, Characters(b.Text)-b.Limit)
}

// Parts returns the text in as many parts as the limit needs, in order: one
// where it fits, none where there is none.
func (b Box) Parts() []string {
	if b.Text == "" {
		return nil
	}
	if b.Over() == 0 {
		return []string{b.Text}
	}
	return cut(b.Text, b.Limit)
}

// Characters returns the length of a text as web forms count it: in UTF-16
// units, by the HTML standard, so that 😢 counts two.
func Characters(text string) int {
	n := 0
	for _, r := range text {
		n += units(r)
	}
	return n
}

func units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// CopyOut returns the pack box by box in the order of a web form; in the pack's
// own order where the boxes of the form are not known. What the form has no box
// for comes last and is marked, so that nothing is left behind unseen. The
// sections are those of ref.
func CopyOut(ref *records.Referral, f *records.File, form procedures.Form, o Options) []Box {
	p := &printer{f: f, ref: ref, o: o}
	var boxes []Box
	if len(form.Fields) == 0 {
		for _, s := range specs {
			boxes = append(boxes, Box{Label: s.Title, Text: p.paste([]string{s.Key})})
		}
		return boxes
	}
	asked := map[string]bool{}
	for _, field := range form.Fields {
		keys := strings.Fields(field.Key)
		for _, key := range keys {
			asked[key] = true
		}
		boxes = append(boxes, Box{Label: field.Label, Text: p.paste(keys), Limit: field.Limit})
	}
	for _, s := range specs {
		if text := p.paste([]string{s.Key}); !asked[s.Key] && text != "" {
			boxes = append(boxes, Box{Label: s.Title, Text: text, Unasked: true})
		}
	}
	return boxes
}

// paste returns what goes into one box. Where several sections share it, each
// stands under its title.
func (p *printer) paste(keys []string) string {
	var texts []string
	for _, key := range keys {
		if !slices.ContainsFunc(specs, func(s Spec) bool { return s.Key == key }) {
			continue
		}
		text := p.lines(spec(key))
		if text != "" && len(keys) > 1 {
			text = spec(key).Title + ":\n" + text
		}
		texts = append(texts, text)
	}
	return join("\n\n", texts...)
}

// lines returns a section as plain lines. Opinion and hearsay are labelled in
// words; the numbers of rows stay behind with the chronology.
func (p *printer) lines(s Spec) string {
	sec := find(p.ref.Sections, s.Key)
	var lines []string
	if s.Key == Referrer {
		for _, fact := range p.identity() {
			if text := spansText(fact.Value); text != notAnswered {
				lines = append(lines, fact.Name+": "+text)
			}
		}
	}
	for _, st := range goesOut(sec) {
		lines = append(lines, spansText(label(st))+st.Text)
	}
	if len(lines) == 0 {
		return sec.Blank.String()
	}
	return strings.Join(lines, "\n")
}

// cut cuts a text into parts of at most limit characters: at the end of a line
// where one falls in the second half of the part, else of a sentence, else
// between words. A word longer than a part is cut within, but never within a
// letter and its accents. Blanks at a cut are dropped, nothing else.
func cut(text string, limit int) []string {
	var parts []string
	for rest := strings.TrimSpace(text); rest != ""; {
		if Characters(rest) <= limit {
			return append(parts, rest)
		}
		end := fits(rest, limit)
		at := best(rest[:end], rest[end:])
		parts = append(parts, strings.TrimSpace(rest[:at]))
		rest = strings.TrimSpace(rest[at:])
	}
	return parts
}

// fits returns how many bytes of the text hold no more than limit characters,
// at least one letter, and never a letter without its accents.
func fits(text string, limit int) int {
	n, end := 0, 0
	for i, r := range text {
		if n += units(r); n > limit && end > 0 {
			break
		}
		if next := i + len(string(r)); !joins(text[next:]) {
			end = next
		}
	}
	return end
}

// joins reports whether a text begins with what belongs to the letter before
// it.
func joins(rest string) bool {
	for _, r := range rest {
		return unicode.In(r, unicode.Mn, unicode.Me) || r == '\u200d' || r == '\ufe0f'
	}
	return false
}

// best returns where to cut the text that fits, given what follows it.
func best(head, tail string) int {
	if strings.HasPrefix(tail, "\n") {
		return len(head)
	}
	if i := strings.LastIndex(head, "\n"); i > len(head)/2 {
		return i
	}
	at := 0
	for _, end := range []string{". ", "? ", "! ", ".” ", ".\n"} {
		if i := strings.LastIndex(head, end); i >= 0 {
			at = max(at, i+len(end))
		}
	}
	if at > len(head)/2 {
		return at
	}
	if strings.HasPrefix(tail, " ") {
		return len(head)
	}
	if i := strings.LastIndexAny(head, " \n"); i > 0 {
		return i
	}
	return len(head)
}

func spansText(spans []page.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
