package page

import "fmt"

// Colour is one of the few that documents use. All text colours have at least
// 4.5:1 on white; nothing is said by colour alone.
type Colour struct{ r, g, b int }

// The colours.
var (
	Ink   = Colour{28, 32, 38}
	Grey  = Colour{92, 97, 105}
	Blue  = Colour{24, 78, 150}
	Hair  = Colour{196, 200, 206}
	Paper = Colour{240, 242, 245}
)

func (d *Document) rule(x, y, w, thick float64, c Colour) {
	d.f.SetDrawColor(c.r, c.g, c.b)
	d.f.SetLineWidth(thick)
	d.f.Line(x, y, x+w, y)
}

func (d *Document) fill(x, y, w, h float64, c Colour) {
	d.f.SetFillColor(c.r, c.g, c.b)
	d.f.Rect(x, y, w, h, "F")
}

// Canvas is the area of a figure; its origin is the top left corner.
type Canvas struct {
	d    *Document
	x, y float64
	W, H float64
}

// Figure draws a figure of height h as wide as the page, on one page. alt says
// in words what it shows.
func (d *Document) Figure(alt string, h float64, draw func(c *Canvas)) {
	d.Need(h)
	box := fmt.Sprintf("/A <</O /Layout /BBox [%.2f %.2f %.2f %.2f]>>",
		d.edge, d.height-d.y-h, d.edge+d.Width(), d.height-d.y)
	d.open("Figure", "/Alt "+textString(alt)+" "+box)
	d.mark()
	draw(&Canvas{d: d, x: d.edge, y: d.y, W: d.Width(), H: h})
	d.close()
	d.unmark()
	d.y += h + 6
	d.fresh = false
}

// Line draws a straight line.
func (c *Canvas) Line(x1, y1, x2, y2, thick float64, col Colour) {
	c.d.f.SetDrawColor(col.r, col.g, col.b)
	c.d.f.SetLineWidth(thick)
	c.d.f.Line(c.x+x1, c.y+y1, c.x+x2, c.y+y2)
}

// Box fills a rectangle.
func (c *Canvas) Box(x, y, w, h float64, col Colour) { c.d.fill(c.x+x, c.y+y, w, h, col) }

// Dot draws a circle, filled or as an outline. A filled one has a white rim, so
// that two that overlap can be told apart.
func (c *Canvas) Dot(x, y, radius float64, filled bool, col Colour) {
	c.shape(filled, col)
	c.d.f.Circle(c.x+x, c.y+y, radius, "FD")
}

// shape sets the colours of a filled shape with a white rim, or of an outline.
func (c *Canvas) shape(filled bool, col Colour) {
	f := c.d.f
	f.SetLineWidth(0.8)
	rim, inside := col, Colour{255, 255, 255}
	if filled {
		rim, inside = inside, rim
	}
	f.SetDrawColor(rim.r, rim.g, rim.b)
	f.SetFillColor(inside.r, inside.g, inside.b)
}

// Diamond draws a square that stands on its corner, filled or as an outline.
func (c *Canvas) Diamond(x, y, radius float64, filled bool, col Colour) {
	c.Polygon(filled, col, x, y-radius, x+radius, y, x, y+radius, x-radius, y)
}

// Polygon draws a closed shape through pairs of x and y, filled or as an
// outline. A filled one has a white rim.
func (c *Canvas) Polygon(filled bool, col Colour, at ...float64) {
	f := c.d.f
	c.shape(filled, col)
	f.MoveTo(c.x+at[0], c.y+at[1])
	for i := 2; i+1 < len(at); i += 2 {
		f.LineTo(c.x+at[i], c.y+at[i+1])
	}
	f.ClosePath()
	f.DrawPath("FD")
}

// Width returns how wide a label of a size is.
func Width(s string, size float64) float64 {
	return float64(faces()[regular].width(plain(s))) * size / 1000
}

// Label writes one line whose letters stand on y. align is -1 for text that
// begins at x, 0 for text centred on it, 1 for text that ends there. Text wider
// than width is cut with an ellipsis; 0 is no limit.
func (c *Canvas) Label(s string, x, y, size, width float64, align int, col Colour) {
	s = plain(s)
	if width > 0 {
		s = fit(s, regular, size, width)
	}
	w := float64(faces()[regular].width(s)) * size / 1000
	x -= w * float64(align+1) / 2
	look := Span{Muted: col == Grey}
	c.d.draw(s, c.x+x, c.y+y, look, size)
}

// fit returns covered text no wider than width, cut with an ellipsis.
func fit(s string, st style, size, width float64) string {
	f := faces()[st]
	most := int(width * 1000 / size)
	if f.width(s) <= most {
		return s
	}
	most -= int(f.advance['…'])
	for i, r := range s {
		if most -= int(f.advance[r]); most < 0 {
			return s[:i] + "…"
		}
	}
	return s
}

// furniture draws header and footer on every page, now that it is known how
// many there are.
func (d *Document) furniture() {
	const size = 8
	pages := d.f.PageCount()
	_, last, _ := d.f.PageSize(pages) // gofpdf measures every page from the last one's foot
	for n := 1; n <= pages; n++ {
		d.f.SetPage(n)
		d.fontPage = 0
		w, h := shortSide, longSide
		if d.wide[n-1] {
			w, h = h, w
		}
		down := last - h
		edge := edgeOf(d.wide[n-1])
		inner := w - 2*edge
		ends := func(left, right string, y float64) { // the left gives way
			right = fit(plain(right), regular, size, inner*0.7)
			rw := float64(faces()[regular].width(right)) * size / 1000
			d.draw(fit(plain(left), regular, size, inner-rw-12), edge, y+down, Span{Muted: true}, size)
			d.draw(right, w-edge-rw, y+down, Span{Muted: true}, size)
		}
		d.f.RawWriteStr("/Artifact <</Type /Pagination>> BDC\n")
		ends(d.info.Title, d.info.Aside, 40)
		d.rule(edge, 47+down, inner, 0.5, Hair)
		d.rule(edge, h-44+down, inner, 0.5, Hair)
		ends(d.info.Footer, fmt.Sprintf("Page %d of %d", n, pages), h-32)
		d.f.RawWriteStr("EMC\n")
	}
	d.f.SetPage(pages)
}
