package page

import "fmt"

var headingSizes = [...]float64{20, 13, 10.5}

// Heading writes a heading of level 1, 2 or 3 and keeps it with what follows.
func (d *Document) Heading(level int, text string) {
	size := headingSizes[level-1]
	lines := wrap([]Span{{Text: text, Bold: true}}, size, d.Width())
	d.Space([]float64{0, 16, 9}[level-1])
	d.Need(float64(len(lines))*size*1.3 + []float64{5, 5, 2.5}[level-1]*bodySize*leading)
	d.outline = append(d.outline, bookmark{text, level, place{d.f.PageNo(), d.y}})
	d.open(fmt.Sprintf("H%d", level), "")
	for _, l := range lines {
		d.line(l, d.edge, size, size*1.3)
	}
	d.close()
	if level == 2 {
		d.artifact()
		d.rule(d.edge, d.y+1.5, d.Width(), 0.8, Ink)
		d.y += 3
	}
	d.y += []float64{6, 5, 2}[level-1]
}

// Paragraph writes a paragraph.
func (d *Document) Paragraph(spans ...Span) {
	d.block("P", spans, d.edge, d.Width(), bodySize)
	d.y += 6
}

// Note writes a paragraph in small grey type.
func (d *Document) Note(text string) {
	d.block("P", []Span{{Text: text, Muted: true}}, d.edge, d.Width(), smallSize)
	d.y += 5
}

// Quote writes somebody's exact words, set off by a bar, and beneath them who
// said or heard them and when. A short one stays on one page.
func (d *Document) Quote(words string, from ...Span) {
	const indent = 14
	d.open("BlockQuote", "")
	defer d.close()
	bar := func(top, bottom float64) {
		d.artifact()
		d.fill(d.edge+2, top+1, 2.5, bottom-top, Ink)
	}
	lines := wrap(Text(words), quoteSize, d.Width()-indent)
	source := wrap(from, smallSize, d.Width()-indent)
	if h := float64(len(lines))*quoteSize*leading + float64(len(source))*smallSize*leading; h < d.room()/3 {
		d.Need(h)
	}
	d.open("P", "")
	d.lines(lines, d.edge+indent, quoteSize, bar)
	d.close()
	if len(from) > 0 {
		d.open("P", "")
		d.lines(source, d.edge+indent, smallSize, bar)
		d.close()
	}
	d.y += 8
}

// Item is one point of a list, with any quotation that belongs to it.
type Item struct {
	Spans []Span
	Quote string
}

// List writes points, each with a bullet.
func (d *Document) List(items ...Item) {
	if len(items) == 0 {
		return
	}
	const indent = 12
	d.open("L", "")
	for _, it := range items {
		lines := wrap(it.Spans, bodySize, d.Width()-indent)
		d.keep(lines, bodySize)
		d.open("LI", "")
		d.open("Lbl", "")
		d.text("•", d.edge+2, d.y+baseline(bodySize, bodySize*leading), Span{}, bodySize)
		d.close()
		d.open("LBody", "")
		d.lines(lines, d.edge+indent, bodySize, nil)
		if it.Quote != "" {
			d.lines(wrap([]Span{{Text: it.Quote, Italic: true}}, bodySize, d.Width()-indent-10), d.edge+indent+10, bodySize, nil)
		}
		d.close()
		d.close()
		d.y += 3
	}
	d.close()
	d.y += 4
}

// block writes one element of running text.
func (d *Document) block(tag string, spans []Span, x, width, size float64) {
	d.open(tag, "")
	d.lines(wrap(spans, size, width), x, size, nil)
	d.close()
}

// keep turns the page when less than two lines, or a short text whole, would
// stand at its foot.
func (d *Document) keep(lines []line, size float64) {
	n := len(lines)
	if n > 3 {
		n = 2
	}
	d.Need(float64(n) * size * leading)
}

// lines draws lines over as many pages as they need, never leaving one alone
// at the foot or at the head of a page. beside is told the extent on each page
// before its lines are drawn; it may be nil.
func (d *Document) lines(lines []line, x, size float64, beside func(top, bottom float64)) {
	h := size * leading
	d.keep(lines, size)
	for len(lines) > 0 {
		n := min(len(lines), max(1, int((d.left()+0.01)/h)))
		if rest := len(lines) - n; rest == 1 && n > 2 {
			n--
		}
		if beside != nil {
			beside(d.y, d.y+float64(n)*h)
		}
		for _, l := range lines[:n] {
			d.line(l, x, size, h)
		}
		if lines = lines[n:]; len(lines) > 0 {
			d.turn()
		}
	}
}

// baseline returns how far below the top of a line its letters stand.
func baseline(size, height float64) float64 { return (height-size)/2 + size*0.82 }

// line draws one line at x and moves down by height.
func (d *Document) line(l line, x, size, height float64) {
	d.lineAt(l, x, d.y, size, height)
	d.y += height
	d.fresh = false
}

func (d *Document) lineAt(l line, x, y, size, height float64) {
	for _, r := range l {
		if r.look.To != "" {
			d.linked(r, x, y, size, height)
		} else {
			d.run(r, x, y+baseline(size, height), size)
		}
		x += r.width
	}
}

// linked draws a run that leads to an anchor.
func (d *Document) linked(r run, x, y, size, height float64) {
	e := d.open("Link", "")
	d.run(r, x, y+baseline(size, height), size)
	l := &link{page: d.f.PageNo(), x: x, y: y, w: r.width, h: height, to: r.look.To, el: e}
	e.kids = append(e.kids, kid{link: l})
	d.links = append(d.links, l)
	d.close()
}

// run draws a run; one that stands for something else carries the original.
func (d *Document) run(r run, x, y, size float64) {
	if !r.named {
		d.text(r.text, x, y, r.look, size)
		return
	}
	d.mark()
	d.f.RawWriteStr("/Span <</ActualText " + textString(r.written) + ">> BDC\n")
	d.text(r.text, x, y, r.look, size)
	d.f.RawWriteStr("EMC\n")
}

// text draws covered text into the current element, its letters standing on y.
func (d *Document) text(s string, x, y float64, look Span, size float64) {
	d.mark()
	d.draw(s, x, y, look, size)
}

// draw draws covered text without a mark of its own.
func (d *Document) draw(s string, x, y float64, look Span, size float64) {
	st := look.style()
	if d.fontPage != d.f.PageNo() || d.font != st || d.size != size {
		d.f.SetFont(family, [styles]string{"", "B", "I"}[st], size)
		d.fontPage, d.font, d.size = d.f.PageNo(), st, size
	}
	c := Ink
	switch {
	case look.To != "":
		c = Blue
	case look.Muted:
		c = Grey
	}
	d.f.SetTextColor(c.r, c.g, c.b)
	d.f.Text(x, y, s)
}

// Signature leaves room to sign and to date, over a line with the name.
func (d *Document) Signature(name string) {
	d.Need(60)
	d.y += 30
	w := d.Width()
	d.artifact()
	d.rule(d.edge, d.y, w*0.55, 0.6, Ink)
	d.rule(d.edge+w*0.65, d.y, w*0.35, 0.6, Ink)
	d.y += 3
	d.open("P", "")
	look := Span{Muted: true}
	h := smallSize * leading
	d.text(fit(plain(name), regular, smallSize, w*0.55), d.edge, d.y+baseline(smallSize, h), look, smallSize)
	d.text("Date", d.edge+w*0.65, d.y+baseline(smallSize, h), look, smallSize)
	d.close()
	d.y += h + 8
}
