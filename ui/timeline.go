package ui

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/records"
)

// timeline draws a child's line over time: a lane for each category, marks the
// larger the more serious, what help there was by law or plan and the school
// holidays behind. A click, or the arrow keys, choose an entry.
type timeline struct {
	widget.BaseWidget
	w      *Window
	chosen func(entry int) // told when an entry is chosen here

	line  chronology.Line
	bands []records.StatusBand
	cal   records.Calendar
	read  records.Date

	plot     *plot
	selected int          // place on the line; -1 for none
	lit      map[int]bool // places on the line that are shown as evidence
	focused  bool
	over     int // place in the plot's marks of the one under the mouse; -1 for none
}

func newTimeline(w *Window, chosen func(entry int)) *timeline {
	t := &timeline{w: w, chosen: chosen, selected: -1, over: -1, plot: &plot{}}
	t.ExtendBaseWidget(t)
	return t
}

// set shows a line.
func (t *timeline) set(f *records.File, line chronology.Line) {
	t.line, t.bands, t.cal, t.read = line, f.Bands, f.Calendar, f.Read.Date()
	t.selected, t.over, t.lit = -1, -1, nil
	t.place(t.Size())
	t.Refresh()
}

// choose marks an entry; -1 marks none. It does not tell chosen.
func (t *timeline) choose(entry int) {
	if t.selected != entry {
		t.selected = entry
		t.Refresh()
	}
}

// light shows entries as the evidence of a statement; nil shows all alike.
func (t *timeline) light(entries map[int]bool) {
	t.lit = entries
	t.Refresh()
}

func (t *timeline) place(size fyne.Size) {
	t.plot = plotOf(t.line, t.read, size.Width, size.Height)
}

// Tapped chooses the entry under the mouse and takes the keyboard.
func (t *timeline) Tapped(e *fyne.PointEvent) {
	t.w.touch()
	t.w.win.Canvas().Focus(t)
	if i := t.plot.at(e.Position.X, e.Position.Y); i >= 0 {
		t.take(i)
	}
}

func (t *timeline) take(i int) {
	if i < 0 || i >= len(t.plot.marks) {
		return
	}
	t.over = -1
	t.choose(t.plot.marks[i].entry)
	t.chosen(t.selected)
}

// FocusGained shows that the keyboard is here.
func (t *timeline) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost shows that the keyboard has gone.
func (t *timeline) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune does nothing.
func (t *timeline) TypedRune(rune) {}

// TypedKey moves between entries: Left and Right by one, Home and End to the
// first and the last.
func (t *timeline) TypedKey(k *fyne.KeyEvent) {
	last := len(t.plot.marks) - 1
	switch k.Name {
	case fyne.KeyLeft:
		t.take(t.plot.step(t.selected, -1))
	case fyne.KeyRight:
		t.take(t.plot.step(t.selected, 1))
	case fyne.KeyHome:
		t.take(min(0, last))
	case fyne.KeyEnd:
		t.take(last)
	default:
		t.w.typedKey(k)
	}
}

// MouseIn shows what is under the mouse.
func (t *timeline) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved shows what is under the mouse.
func (t *timeline) MouseMoved(e *desktop.MouseEvent) {
	t.w.touch()
	if i := t.plot.at(e.Position.X, e.Position.Y); i != t.over {
		t.over = i
		t.Refresh()
	}
}

// MouseOut takes the note away.
func (t *timeline) MouseOut() {
	if t.over >= 0 {
		t.over = -1
		t.Refresh()
	}
}

// Cursor says whether a click chooses something.
func (t *timeline) Cursor() desktop.Cursor {
	if t.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// AccessibilityLabel says what is drawn, and which entry is chosen.
func (t *timeline) AccessibilityLabel() string {
	if t.selected >= 0 && t.selected < len(t.line) {
		return "The line over time, at " + tipOf(&t.line[t.selected])
	}
	return "The line over time: " + count(len(t.plot.marks), "entry", "entries")
}

// tipOf says in a few words what an entry is.
func tipOf(e *chronology.Entry) string {
	parts := []string{e.When.String(), e.Title}
	if e.Severity > 0 {
		parts = append(parts, e.Severity.String())
	}
	return strings.Join(parts, " · ")
}

// MinSize leaves room for every lane.
func (t *timeline) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	return fyne.NewSize(gutter+200, leastTall(len(t.plot.lanes)))
}

// CreateRenderer draws the line.
func (t *timeline) CreateRenderer() fyne.WidgetRenderer {
	r := &timelineRenderer{t: t}
	r.draw()
	return r
}

type timelineRenderer struct {
	t       *timeline
	objects []fyne.CanvasObject
}

func (r *timelineRenderer) Destroy()                     {}
func (r *timelineRenderer) MinSize() fyne.Size           { return r.t.MinSize() }
func (r *timelineRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *timelineRenderer) Layout(size fyne.Size) {
	r.t.place(size)
	r.draw()
}

func (r *timelineRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.t)
}

func (r *timelineRenderer) add(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
	r.objects = append(r.objects, o)
}

// draw makes every object anew, from back to front.
func (r *timelineRenderer) draw() {
	r.objects = r.objects[:0:0]
	t, p := r.t, r.t.plot
	size := t.Size()
	ground := canvas.NewRectangle(palette[colorCard])
	ground.CornerRadius, ground.StrokeWidth, ground.StrokeColor = 6, 1, palette[colorCardBorder]
	if t.focused {
		ground.StrokeWidth, ground.StrokeColor = 2, palette[theme.ColorNamePrimary]
	}
	r.add(ground, 0, 0, size.Width, size.Height)
	if len(p.marks) == 0 {
		r.text("There is nothing on the line yet. The first concern begins it.", 14, size.Height/2-9, 14, palette[colorMuted])
		return
	}
	r.holidays()
	r.statuses()
	r.lanes(size)
	r.axis(size)
	r.marks()
	r.tip(size)
}

func (r *timelineRenderer) text(s string, x, y, size float32, ink color.Color) *canvas.Text {
	t := canvas.NewText(s, ink)
	t.TextSize = size
	m := t.MinSize()
	r.add(t, x, y, m.Width, m.Height)
	return t
}

// clip returns s with an ellipsis where it is wider than room.
func clip(s string, size, room float32) string {
	wide := func(s string) bool { return fyne.MeasureText(s, size, fyne.TextStyle{}).Width > room }
	if !wide(s) {
		return s
	}
	cut := []rune(s)
	for len(cut) > 0 && wide(strings.TrimSpace(string(cut))+"…") {
		cut = cut[:len(cut)-1]
	}
	if len(cut) == 0 {
		return ""
	}
	return strings.TrimSpace(string(cut)) + "…"
}

func (r *timelineRenderer) holidays() {
	p := r.t.plot
	for _, s := range p.scale.shut(r.t.cal) {
		if x, w, ok := p.scale.stretch(s.From, s.To); ok {
			r.add(canvas.NewRectangle(rgb(0xe9ecea)), x, lanesTop, w, p.bottom()-lanesTop)
		}
	}
}

// bandColours are behind the statuses, the higher the status the deeper. Their
// names stand on them.
var bandColours = map[records.StatusKind]color.NRGBA{
	records.EarlyHelp:      rgb(0xdcebf5),
	records.FamilyHelp:     rgb(0xcfe3f1),
	records.ChildInNeed:    rgb(0xd9d5ee),
	records.ChildProtect:   rgb(0xecd0dd),
	records.LookedAfter:    rgb(0xf0dcc4),
	records.WasLookedAfter: rgb(0xf5ead9),
}

func (r *timelineRenderer) statuses() {
	p := r.t.plot
	r.text("Status", 14, stripTop+3, 12, palette[colorMuted])
	for _, b := range r.t.bands {
		x, w, ok := p.scale.stretch(b.From, b.To)
		if !ok {
			continue
		}
		fill := bandColours[b.Status]
		behind := fill
		behind.A = 0x4d
		r.add(canvas.NewRectangle(behind), x, stripTop+stripTall, w, p.bottom()-stripTop-stripTall)
		strip := canvas.NewRectangle(fill)
		strip.CornerRadius = 3
		r.add(strip, x, stripTop+1, w, stripTall-2)
		if name := clip(bandName(&b), 11, w-8); name != "" {
			r.text(name, x+4, stripTop+2, 11, palette[theme.ColorNameForeground])
		}
	}
}

// bandName returns a status with the category of a child protection plan.
func bandName(b *records.StatusBand) string {
	if b.Category != "" {
		return b.Status.String() + ": " + b.Category
	}
	return b.Status.String()
}

func (r *timelineRenderer) lanes(size fyne.Size) {
	p := r.t.plot
	for i, l := range p.lanes {
		y := p.laneY(i)
		rule := canvas.NewRectangle(rgb(0xe3e7e7))
		r.add(rule, gutter, y-0.5, size.Width-gutter-rightEdge, 1)
		r.text(clip(l.name, 12, gutter-24), 14, y-8.5, 12, palette[theme.ColorNameForeground])
	}
}

func (r *timelineRenderer) axis(size fyne.Size) {
	p := r.t.plot
	y := p.bottom()
	rule := canvas.NewRectangle(palette[theme.ColorNameInputBorder])
	r.add(rule, gutter, y, size.Width-gutter-rightEdge, 1)
	for _, k := range p.scale.ticks() {
		r.add(canvas.NewRectangle(palette[theme.ColorNameInputBorder]), k.x, y, 1, 5)
		if k.x+fyne.MeasureText(k.text, 11, fyne.TextStyle{}).Width < size.Width-4 {
			r.text(k.text, k.x+3, y+3, 11, palette[colorMuted])
		}
	}
}

func (r *timelineRenderer) marks() {
	t, p := r.t, r.t.plot
	for i := range p.marks {
		m := &p.marks[i]
		if m.spread > m.r {
			bar := canvas.NewRectangle(r.ink(m, 0x55))
			r.add(bar, m.x-m.spread, m.y-1.5, 2*m.spread, 3)
		}
		if m.entry != t.selected {
			r.mark(m)
		}
	}
	for i := range p.marks {
		if m := &p.marks[i]; m.entry == t.selected {
			hair := canvas.NewRectangle(palette[theme.ColorNamePrimary])
			r.add(hair, m.x-0.5, lanesTop, 1, p.bottom()-lanesTop)
			ring := canvas.NewCircle(color.Transparent)
			ring.StrokeWidth, ring.StrokeColor = 2, palette[theme.ColorNamePrimary]
			r.add(ring, m.x-m.r-4, m.y-m.r-4, 2*m.r+8, 2*m.r+8)
			r.mark(m)
		}
	}
}

// ink returns the colour of a mark: evidence stands out and the rest back while
// a statement is shown.
func (r *timelineRenderer) ink(m *mark, alpha uint8) color.NRGBA {
	ink := palette[theme.ColorNamePrimary]
	switch m.shape {
	case diamond, small, wedge:
		ink = rgb(0x6a2c70)
	case square:
		ink = rgb(0x4f6d3a)
	}
	if r.t.lit != nil {
		if r.t.lit[m.entry] {
			return rgb(0xc2410c)
		}
		alpha = 0x38
	}
	ink.A = alpha
	return ink
}

func (r *timelineRenderer) mark(m *mark) {
	ink := r.ink(m, 0xcc)
	var fill color.Color = ink
	edge, width := color.Color(palette[colorCard]), float32(1)
	if m.hollow {
		fill, edge, width = palette[colorCard], ink, 2
	}
	x, y, d := m.x-m.r, m.y-m.r, 2*m.r
	switch m.shape {
	case dot:
		c := canvas.NewCircle(fill)
		c.StrokeColor, c.StrokeWidth = edge, width
		r.add(c, x, y, d, d)
	case square:
		s := canvas.NewRectangle(fill)
		s.CornerRadius, s.StrokeColor, s.StrokeWidth = 1, edge, width
		r.add(s, x, y, d, d)
	default:
		sides := uint(4)
		if m.shape == wedge {
			sides = 3
		}
		s := canvas.NewRegularPolygon(sides, fill)
		s.StrokeColor, s.StrokeWidth = edge, width
		r.add(s, x, y, d, d)
	}
}

// tip writes beside the mark under the mouse what it is.
func (r *timelineRenderer) tip(size fyne.Size) {
	if r.t.over < 0 || r.t.over >= len(r.t.plot.marks) {
		return
	}
	m := &r.t.plot.marks[r.t.over]
	text := canvas.NewText(clip(tipOf(&r.t.line[m.entry]), 12, size.Width-40), palette[colorSidebarText])
	text.TextSize = 12
	room := text.MinSize().Add(fyne.NewSize(14, 8))
	x := min(max(4, m.x-room.Width/2), size.Width-room.Width-4)
	y := m.y - m.r - room.Height - 4
	if y < 2 {
		y = m.y + m.r + 4
	}
	ground := canvas.NewRectangle(palette[colorSidebar])
	ground.CornerRadius = 4
	r.add(ground, x, y, room.Width, room.Height)
	r.add(text, x+7, y+4, room.Width-14, room.Height-8)
}
