package page

// Column is a column of a table: its heading and its share of the width.
type Column struct {
	Head  string
	Share float64
}

// Row is a row of a table, a cell for each column.
type Row struct {
	Cells  [][]Span
	Anchor string // names the row for links; may be empty
}

const (
	cellSize = 8.5
	factSize = 9.2
	cellPad  = 3.5
	cellSide = 4
)

// Table writes a table as wide as the page. Its header is repeated on every
// page; a row goes on to the next page whole unless it is very high. The
// first column heads its row when rowHeads is set. name says what the table
// holds, for screen readers.
func (d *Document) Table(name string, columns []Column, rows []Row, rowHeads bool) {
	t := &table{d: d, columns: columns, rowHeads: rowHeads, size: cellSize}
	for _, c := range columns {
		t.share += c.Share
	}
	d.open("Table", "/A <</O /Table /Summary "+textString(name)+">>")
	defer d.close()
	var head Row
	for _, c := range columns {
		head.Cells = append(head.Cells, []Span{{Text: c.Head, Bold: true}})
	}
	t.head = t.wrap(head)
	d.Need(t.height(t.head) + 40)
	t.header()
	for _, r := range rows {
		t.row(r)
	}
	d.y += 8
}

type table struct {
	d        *Document
	columns  []Column
	share    float64
	head     [][]line
	headed   bool // the header has been drawn once
	rowHeads bool
	size     float64 // of type
}

func (t *table) colWidth(i int) float64 { return t.columns[i].Share / t.share * t.d.Width() }

func (t *table) wrap(r Row) [][]line {
	cells := make([][]line, len(t.columns))
	for i := range t.columns {
		var spans []Span
		if i < len(r.Cells) {
			spans = r.Cells[i]
		}
		cells[i] = wrap(spans, t.size, t.colWidth(i)-2*cellSide)
	}
	return cells
}

func (t *table) height(cells [][]line) float64 {
	if cells == nil {
		return 0
	}
	n := 0
	for _, c := range cells {
		n = max(n, len(c))
	}
	return float64(n)*t.size*leading + 2*cellPad
}

// header draws the header: the first time to be read aloud, then as a
// repetition that is not.
func (t *table) header() {
	d := t.d
	h := t.height(t.head)
	d.artifact()
	d.fill(d.edge, d.y, d.Width(), h, Paper)
	d.rule(d.edge, d.y+h, d.Width(), 0.8, Ink)
	if t.headed {
		x := t.d.edge
		for i, c := range t.head {
			y := d.y + cellPad
			for _, l := range c {
				cx := x + cellSide
				for _, r := range l {
					d.draw(r.text, cx, y+baseline(t.size, t.size*leading), r.look, t.size)
					cx += r.width
				}
				y += t.size * leading
			}
			x += t.colWidth(i)
		}
	} else {
		d.open("TR", "")
		t.cells(t.head, func(int) *element {
			e := d.open("TH", "/A <</O /Table /Scope /Column>>")
			d.close()
			return e
		})
		d.close()
	}
	t.headed = true
	d.y += h
	d.fresh = false
}

func (t *table) turn() {
	t.d.turn()
	if t.head != nil {
		t.header()
	}
}

func (t *table) row(r Row) {
	d := t.d
	cells := t.wrap(r)
	h := t.height(cells)
	if body := d.room() - t.height(t.head); h > d.left() && (h <= body/2 || d.left() < 60) {
		t.turn()
	}
	if r.Anchor != "" {
		d.Anchor(r.Anchor)
	}
	tr := d.open("TR", "")
	d.close()
	made := make([]*element, len(cells))
	cell := func(i int) *element {
		if made[i] == nil {
			tag, extra := "TD", ""
			if t.rowHeads && i == 0 {
				tag, extra = "TH", "/A <</O /Table /Scope /Row>>"
			}
			made[i] = d.open(tag, extra)
			d.close()
		}
		return made[i]
	}
	for {
		n := max(1, int((d.left()-2*cellPad+0.01)/(t.size*leading)))
		part, rest, more := split(cells, n)
		d.within(tr, func() { t.cells(part, cell) })
		d.y += t.height(part)
		d.artifact()
		d.rule(d.edge, d.y, d.Width(), 0.4, Hair)
		d.fresh = false
		if !more {
			return
		}
		cells = rest
		t.turn()
		if t.rowHeads && len(cells[0]) == 0 {
			t.resume(r.Cells[0])
		}
	}
}

// resume repeats the head of a row, in grey, where the row goes on on the next
// page. It is not read aloud again.
func (t *table) resume(head []Span) {
	d := t.d
	d.artifact()
	at := d.edge + cellSide
	for _, r := range wrap(head, t.size, t.colWidth(0)-2*cellSide)[0] {
		r.look.Muted = true
		d.draw(r.text, at, d.y+cellPad+baseline(t.size, t.size*leading), r.look, t.size)
		at += r.width
	}
}

// cells draws the cells of a row, each into its element.
func (t *table) cells(cells [][]line, el func(i int) *element) {
	d := t.d
	x := t.d.edge
	for i, c := range cells {
		d.within(el(i), func() {
			y := d.y + cellPad
			for _, l := range c {
				d.lineAt(l, x+cellSide, y, t.size, t.size*leading)
				y += t.size * leading
			}
		})
		x += t.colWidth(i)
	}
}

// split divides the cells of a row after n lines.
func split(cells [][]line, n int) (part, rest [][]line, more bool) {
	for _, c := range cells {
		k := min(n, len(c))
		part, rest = append(part, c[:k]), append(rest, c[k:])
		more = more || k < len(c)
	}
	return part, rest, more
}

// Fact is a name and what is known under it.
type Fact struct {
	Name  string
	Value []Span
}

// Facts writes names and values in two columns.
func (d *Document) Facts(facts ...Fact) {
	if len(facts) == 0 {
		return
	}
	t := &table{d: d, columns: []Column{{Share: 30}, {Share: 70}}, share: 100, rowHeads: true, size: factSize}
	d.open("Table", "")
	defer d.close()
	for _, f := range facts {
		r := Row{Cells: [][]Span{{{Text: f.Name, Bold: true}}, f.Value}}
		t.row(r)
	}
	d.y += 8
}
