package ui

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/chronology/bodymap"
	"throughline/records"
)

// The measures of a body map, in device-independent pixels.
const (
	bodyMargin = 8
	bodyHead   = 24 // for the names above the drawings
	bodyFoot   = 22 // for what a place is called
	bodyBadge  = 8  // radius of a number
	bodySpot   = 3  // radius of the place it means
)

// bodyFigure draws the outlines of a child with numbered marks. It is as high
// as its width allows.
type bodyFigure struct {
	widget.BaseWidget
	marks   []records.Mark
	scale   float32 // pixels for a unit of the sheet that it asks for
	chosen  int     // place in marks; -1 for none
	focused bool
	cross   *bodymap.Point // on the sheet; nil where nothing is to be set
	foot    string
}

func newBodyFigure(marks []records.Mark, scale float32) *bodyFigure {
	f := &bodyFigure{marks: marks, scale: scale, chosen: -1}
	f.ExtendBaseWidget(f)
	return f
}

// MinSize leaves room for every drawing.
func (f *bodyFigure) MinSize() fyne.Size {
	return fyne.NewSize(2*bodyMargin+f.scale*bodymap.SheetWidth, bodyHead+f.below()+f.scale*bodymap.SheetHeight)
}

// below returns the room under the drawings: where marks can be set, it is said
// there what a place is called.
func (f *bodyFigure) below() float32 {
	if f.cross != nil {
		return bodyFoot
	}
	return bodyMargin
}

// AccessibilityLabel says where each mark is.
func (f *bodyFigure) AccessibilityLabel() string {
	if len(f.marks) == 0 {
		return "Body map without marks"
	}
	return "Body map: " + bodymap.SayAll(f.marks)
}

// CreateRenderer draws the figure.
func (f *bodyFigure) CreateRenderer() fyne.WidgetRenderer {
	return newBodyRenderer(f, f)
}

// zoom returns how many pixels a unit of the sheet has.
func (f *bodyFigure) zoom() float64 {
	s := f.Size()
	return float64(max(0.1, min((s.Width-2*bodyMargin)/bodymap.SheetWidth, (s.Height-bodyHead-f.below())/bodymap.SheetHeight)))
}

// toSheet and fromSheet lead from pixels to the sheet and back.
func (f *bodyFigure) toSheet(p fyne.Position) bodymap.Point {
	return bodymap.Point{X: (float64(p.X) - bodyMargin) / f.zoom(), Y: (float64(p.Y) - bodyHead) / f.zoom()}
}

func (f *bodyFigure) fromSheet(p bodymap.Point) fyne.Position {
	return fyne.NewPos(float32(bodyMargin+p.X*f.zoom()), float32(bodyHead+p.Y*f.zoom()))
}

// placed returns where the marks and their numbers stand on the sheet.
func (f *bodyFigure) placed() []bodymap.Placed { return bodymap.Place(f.marks, bodyBadge/f.zoom()) }

type bodyRenderer struct {
	f       *bodyFigure
	self    fyne.Widget // what the window knows: the figure, or the board that it is part of
	objects []fyne.CanvasObject
	child   []fyne.CanvasObject // the drawings, made once for each size
	sized   fyne.Size           // that child was made for
}

func newBodyRenderer(f *bodyFigure, self fyne.Widget) *bodyRenderer {
	r := &bodyRenderer{f: f, self: self}
	r.draw()
	return r
}

func (r *bodyRenderer) Destroy()                     {}
func (r *bodyRenderer) MinSize() fyne.Size           { return r.f.MinSize() }
func (r *bodyRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *bodyRenderer) Layout(fyne.Size)             { r.draw() }

func (r *bodyRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.self)
}

// draw puts the marks, and the cross that sets them, upon the drawings.
func (r *bodyRenderer) draw() {
	f := r.f
	if r.child == nil || r.sized != f.Size() {
		r.sized, r.child = f.Size(), nil
		r.drawChild()
	}
	ground := canvas.NewRectangle(palette[colorCard])
	ground.CornerRadius, ground.StrokeWidth, ground.StrokeColor = 6, 1, palette[colorCardBorder]
	if f.focused {
		ground.StrokeWidth, ground.StrokeColor = 2, palette[theme.ColorNamePrimary]
	}
	ground.Resize(f.Size())
	r.objects = append([]fyne.CanvasObject{ground}, r.child...)
	for _, p := range f.placed() {
		r.mark(p, p.Number-1 == f.chosen)
	}
	if f.cross != nil && f.focused {
		r.cross(f.fromSheet(*f.cross))
	}
	if f.foot != "" {
		wide := func(s string) float64 { return float64(fyne.MeasureText(s, 12, fyne.TextStyle{}).Width) }
		text := chronology.Clip(f.foot, float64(f.Size().Width)-2*bodyMargin, wide)
		r.objects = append(r.objects, bodyText(text, fyne.NewPos(bodyMargin, f.Size().Height-bodyFoot+2), 12, -1, palette[theme.ColorNameForeground]))
	}
}

func (r *bodyRenderer) drawChild() {
	f := r.f
	for _, v := range bodymap.Views() {
		name := f.fromSheet(bodymap.Point{X: v.At.X + v.At.W/2, Y: v.At.Y})
		r.child = append(r.child, bodyText(capital(v.Name), name.SubtractXY(0, 18), 12, 0, palette[theme.ColorNameForeground]))
		for _, o := range v.Outlines {
			r.line(v, o, 1.5, palette[theme.ColorNameForeground])
		}
		for _, s := range v.Strokes {
			r.line(v, s, 1, palette[colorMuted])
		}
		for _, s := range v.Sides() {
			r.child = append(r.child, bodyText(s.Says, f.fromSheet(v.OnSheet(s.At)).SubtractXY(0, 9), 10, 0, palette[colorMuted]))
		}
	}
}

func (r *bodyRenderer) line(v *bodymap.View, points []bodymap.Point, thick float32, ink color.Color) {
	for i := 1; i < len(points); i++ {
		l := canvas.NewLine(ink)
		l.StrokeWidth = thick
		l.Position1, l.Position2 = r.f.fromSheet(v.OnSheet(points[i-1])), r.f.fromSheet(v.OnSheet(points[i]))
		r.child = append(r.child, l)
	}
}

// mark draws a place and its number; those of the chosen one are filled.
func (r *bodyRenderer) mark(p bodymap.Placed, chosen bool) {
	spot, badge := r.f.fromSheet(p.Spot), r.f.fromSheet(p.Badge)
	ink := palette[theme.ColorNamePrimary]
	fill, number := palette[colorCard], ink
	if chosen {
		fill, number = ink, palette[theme.ColorNameForegroundOnPrimary]
	}
	l := canvas.NewLine(ink)
	l.Position1, l.Position2 = spot, badge
	text := bodyText(strconv.Itoa(p.Number), badge.SubtractXY(0, 8), 11, 0, number)
	text.TextStyle.Bold = true
	r.objects = append(r.objects, l, bodyDot(spot, bodySpot, ink, ink), bodyDot(badge, bodyBadge, fill, ink), text)
}

func bodyDot(at fyne.Position, radius float32, fill, edge color.Color) *canvas.Circle {
	c := canvas.NewCircle(fill)
	c.StrokeColor, c.StrokeWidth = edge, 1.5
	c.Move(at.SubtractXY(radius, radius))
	c.Resize(fyne.NewSize(2*radius, 2*radius))
	return c
}

// cross draws the cross that the arrow keys move, open in the middle.
func (r *bodyRenderer) cross(at fyne.Position) {
	for _, d := range []fyne.Position{{X: 1}, {X: -1}, {Y: 1}, {Y: -1}} {
		l := canvas.NewLine(rgb(0xc2410c))
		l.StrokeWidth = 2
		l.Position1, l.Position2 = at.AddXY(4*d.X, 4*d.Y), at.AddXY(13*d.X, 13*d.Y)
		r.objects = append(r.objects, l)
	}
}

// bodyText returns a line of text that begins at a place, or has its middle
// there when align is 0.
func bodyText(s string, at fyne.Position, size float32, align int, ink color.Color) *canvas.Text {
	t := canvas.NewText(s, ink)
	t.TextSize = size
	m := t.MinSize()
	if align == 0 {
		at.X -= m.Width / 2
	}
	t.Move(at)
	t.Resize(m)
	return t
}

// bodyMapBlock shows a body map to be read: the figure, and each mark in words.
func bodyMapBlock(marks []records.Mark) fyne.CanvasObject {
	l := quiet("Body map")
	l.TextStyle.Bold = true
	box := column(-12, l)
	if bodymap.Drawn(marks) {
		box.Add(container.NewPadded(newBodyFigure(marks, 1.3)))
	}
	for i, m := range marks {
		box.Add(prose(strconv.Itoa(i+1) + "  " + capital(bodymap.Say(m))))
	}
	return box
}
