package pack

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"throughline/chronology"
	"throughline/chronology/bodymap"
	"throughline/chronology/page"
	"throughline/records"
)

// Sizes in the figure of a body map, in points.
const (
	mapScale  = 0.95 // a unit of the sheet
	mapType   = 7
	mapHead   = 14  // for the names above the drawings
	mapMark   = 5.2 // radius
	mapStroke = 0.45
)

// saysBodyMap begins what a statement tells of a body map.
const saysBodyMap = "Body map, "

// marks says what the body map shows.
func marks(c *records.Concern) string {
	return ifSet(saysBodyMap+count(len(c.Marks), "mark", "marks")+": ", stop(bodymap.SayAll(c.Marks)))
}

// bodyMaps draws the body map of each entry whose marks the section tells: a
// figure with numbered marks, and what is noted of each. Where the writer left
// the statement out, or took the body map out of it, it is not drawn.
func (p *printer) bodyMaps(out []records.Statement) {
	for i, e := range p.ev.rows {
		c := concernOf(p.f, e.Ref)
		if e.Part == "" && bodymap.Drawn(c.Marks) && tellsMarks(out, e.Ref) {
			p.bodyMap(i+1, &e, c.Marks)
		}
	}
}

func tellsMarks(list []records.Statement, r records.Ref) bool {
	return slices.ContainsFunc(list, func(st records.Statement) bool {
		return strings.Contains(st.Text, saysBodyMap) &&
			slices.ContainsFunc(st.Rests, func(o records.Ref) bool { return o.ID == r.ID })
	})
}

// bodyMap prints one body map, its notes as a list below: a list goes over the
// page where it must, a figure cannot.
func (p *printer) bodyMap(row int, e *chronology.Entry, list []records.Mark) {
	const height = mapHead + mapScale*bodymap.SheetHeight
	p.doc.Need(height + 60) // the first note stands with it
	p.doc.Heading(3, "Body map, "+e.When.String())
	p.doc.Figure(mapAlt(e, list), height, func(c *page.Canvas) { drawMap(c, list) })
	var items []page.Item
	for i, m := range list {
		spans := []page.Span{{Text: strconv.Itoa(i+1) + "\u2002", Bold: true}, {Text: upper(stop(bodymap.Say(m)))}}
		if i == 0 {
			spans = append(spans, page.Span{Text: "\u00a0"}, page.Span{Text: "[" + strconv.Itoa(row) + "]", To: anchor(row)})
		}
		items = append(items, page.Item{Spans: spans})
	}
	p.doc.List(items...)
}

// mapAlt says in words what the figure shows: where each mark is. The notes
// stand below it as text.
func mapAlt(e *chronology.Entry, list []records.Mark) string {
	var places []string
	for i, m := range list {
		m.Note = ""
		places = append(places, strconv.Itoa(i+1)+" "+bodymap.Say(m))
	}
	return "Body map, " + e.When.String() + ": outlines of a child with " + count(len(list), "mark", "marks") + ". " +
		strings.Join(places, "; ") + ". Left and right are the child's own."
}

// drawMap draws the sheet in the middle of the page and the marks on it.
func drawMap(c *page.Canvas, list []records.Mark) {
	left := (c.W - mapScale*bodymap.SheetWidth) / 2
	at := func(p bodymap.Point) (x, y float64) { return left + p.X*mapScale, mapHead + p.Y*mapScale }
	for _, v := range bodymap.Views() {
		x, y := at(bodymap.Point{X: v.At.X + v.At.W/2, Y: v.At.Y})
		c.Label(upper(v.Name), x, y-5, mapType, 0, 0, page.Grey)
		for _, o := range v.Outlines {
			var line []float64
			for _, q := range o[1:] {
				x, y := at(v.OnSheet(q))
				line = append(line, x, y)
			}
			c.Polygon(false, page.Ink, line...)
		}
		for _, s := range v.Strokes {
			for i := 1; i < len(s); i++ {
				x1, y1 := at(v.OnSheet(s[i-1]))
				x2, y2 := at(v.OnSheet(s[i]))
				c.Line(x1, y1, x2, y2, mapStroke, page.Grey)
			}
		}
		for _, s := range v.Sides() {
			x, y := at(v.OnSheet(s.At))
			c.Label(s.Says, x, y, mapType, 0, 0, page.Grey)
		}
	}
	for _, m := range bodymap.Place(list, mapMark/mapScale) {
		x, y := at(m.Spot)
		bx, by := at(m.Badge)
		c.Line(x, y, bx, by, 2*mapStroke, page.Ink)
		c.Dot(x, y, 2.2, true, page.Ink)
		c.Dot(bx, by, mapMark, false, page.Ink)
		c.Label(strconv.Itoa(m.Number), bx, by+0.36*mapType, mapType, 0, 0, page.Ink)
	}
}

// upper returns a sentence with a capital at its beginning.
func upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
