package ui

import (
	"image"
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"throughline/chronology"
	"throughline/records"
)

type timelineRenderer struct {
	t       *timeline
	objects []fyne.CanvasObject
	hatch   *canvas.Raster     // drawn once for each layout: a hover must not draw it again
	hatched *chronology.Placed // the layout that hatch belongs to
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

func (r *timelineRenderer) add(o fyne.CanvasObject, x, y, w, h float64) {
	o.Move(fyne.NewPos(float32(x), float32(y)))
	o.Resize(fyne.NewSize(float32(w), float32(h)))
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
	r.add(ground, 0, 0, float64(size.Width), float64(size.Height))
	if len(p.Marks) == 0 {
		r.text("There is nothing on the line yet. The first concern begins it.", 14, float64(size.Height)/2-9, 14, palette[colorMuted])
		return
	}
	r.holidays()
	r.statuses()
	r.lanes()
	r.curve()
	r.axis()
	r.marks()
	r.tip()
}

// text writes s with its top left corner at a place and returns its width.
func (r *timelineRenderer) text(s string, x, y, size float64, ink color.Color) float64 {
	t := canvas.NewText(s, ink)
	t.TextSize = float32(size)
	m := t.MinSize()
	r.add(t, x, y, float64(m.Width), float64(m.Height))
	return float64(m.Width)
}

func (r *timelineRenderer) rule(x1, y1, x2, y2, thick float64, ink color.Color) {
	l := canvas.NewLine(ink)
	l.StrokeWidth = float32(thick)
	l.Position1, l.Position2 = fyne.NewPos(float32(x1), float32(y1)), fyne.NewPos(float32(x2), float32(y2))
	r.objects = append(r.objects, l)
}

// The colours behind the lines when the school is shut.
var (
	shutGround = rgb(0xeff2f0)
	shutHatch  = rgb(0xd5dcd8)
)

// hatchStep is how far apart the lines of the hatching are.
const hatchStep = 6

// holidays hatches the days when the school is shut. It is one picture: as
// lines they would be thousands of objects over ten years.
func (r *timelineRenderer) holidays() {
	p := r.t.plot
	if len(p.Shut) == 0 {
		return
	}
	if r.hatched != p {
		r.hatched, r.hatch = p, canvas.NewRaster(func(w, h int) image.Image { return hatching(p, w, h) })
	}
	r.add(r.hatch, 0, p.Strip, p.Width, p.Bottom-p.Strip)
}

// hatching returns the holidays of a layout over so many pixels.
func hatching(p *chronology.Placed, w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	scale := float64(w) / p.Width
	step := max(2, int(hatchStep*scale))
	for _, s := range p.Shut {
		for x := int(s.X * scale); x < int((s.X+s.Width)*scale) && x < w; x++ {
			for y := range h {
				ink := shutGround
				if (x+y)%step < max(1, int(scale)) {
					ink = shutHatch
				}
				img.SetNRGBA(x, y, ink)
			}
		}
	}
	return img
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
	r.text("Status", 14, 5, 12, palette[colorMuted])
	for _, s := range p.Strips {
		fill := bandColours[s.Status]
		behind := fill
		behind.A = 0x4d
		r.add(canvas.NewRectangle(behind), s.X, p.Strip-6, s.Width, p.Bottom-p.Strip+6)
		strip := canvas.NewRectangle(fill)
		strip.CornerRadius = 3
		r.add(strip, s.X, 3, s.Width, 16)
		if s.Label != "" {
			r.text(s.Label, s.X+4, 4, axisText, palette[theme.ColorNameForeground])
		}
	}
}

// bandName returns a status with the category of a child protection plan.
func bandName(b *records.StatusBand) string { return chronology.BandName(b) }

func (r *timelineRenderer) lanes() {
	p := r.t.plot
	for i, l := range p.Lanes {
		y := p.LaneY(i)
		r.add(canvas.NewRectangle(rgb(0xe3e7e7)), p.Left, y-0.5, p.Width-p.Left-p.Right, 1)
		r.laneName(l.Name, y, 12)
	}
	for _, x := range p.Turns { // dashed: what changed at home runs through every lane
		for y := p.Strip; y < p.RateTop; y += 6 {
			r.add(canvas.NewRectangle(rgb(0x4f6d3a)), x-0.5, y, 1, min(3, p.RateTop-y))
		}
	}
}

func (r *timelineRenderer) laneName(name string, y, size float64) {
	wide := func(s string) float64 { return float64(fyne.MeasureText(s, float32(size), fyne.TextStyle{}).Width) }
	r.text(chronology.Clip(name, gutter-34, wide), 14, y-0.7*size, size, palette[theme.ColorNameForeground])
}

// curve draws how many concerns six school weeks have, with the ends of its scale.
// It stops where the school is shut.
func (r *timelineRenderer) curve() {
	p := r.t.plot
	r.add(canvas.NewRectangle(palette[colorCardBorder]), 14, p.RateTop, p.Width-14-p.Right, 1)
	r.laneName(chronology.RateName, (p.RateTop+p.Bottom)/2, axisText)
	if len(p.Rate) == 0 {
		r.text("This begins six school weeks after the first concern.", p.Left+8, p.RateTop+7, axisText, palette[colorMuted])
		return
	}
	most := strconv.Itoa(p.Rate.Most())
	r.text(most, p.Left-6-float64(fyne.MeasureText(most, 10, fyne.TextStyle{}).Width), p.RateTop, 10, palette[colorMuted])
	r.text("0", p.Left-12, p.Bottom-12, 10, palette[colorMuted])
	ink := palette[theme.ColorNameForeground]
	for _, run := range p.Runs {
		for i := 1; i < len(run); i++ {
			r.rule(run[i-1].X, run[i-1].Y, run[i].X, run[i].Y, 1.6, ink)
		}
	}
}

func (r *timelineRenderer) axis() {
	p := r.t.plot
	y, ink := p.Bottom, palette[theme.ColorNameInputBorder]
	r.add(canvas.NewRectangle(ink), p.Left, y, p.Width-p.Left-p.Right, 1)
	for _, k := range p.Ticks {
		r.add(canvas.NewRectangle(ink), k.X, y, 1, 5)
		r.text(k.Text, k.X+3, y+3, axisText, palette[colorMuted])
	}
	r.add(canvas.NewRectangle(palette[colorMuted]), p.Today-0.5, p.Strip, 1, y+5-p.Strip)
	r.text(p.End, p.EndX()-3, y+3, axisText, palette[theme.ColorNameForeground])
}

func (r *timelineRenderer) marks() {
	t, p := r.t, r.t.plot
	for i := range p.Marks {
		m := &p.Marks[i]
		if m.X2 > m.X1 {
			r.add(canvas.NewRectangle(r.ink(m, 0x77)), m.X1, m.Y-1.5, m.X2-m.X1, 3)
		}
		if m.Entry != t.selected {
			r.mark(m)
		}
	}
	for i := range p.Marks {
		if m := &p.Marks[i]; m.Entry == t.selected {
			hair := canvas.NewRectangle(palette[theme.ColorNamePrimary])
			r.add(hair, m.X-0.5, p.Strip, 1, p.Bottom-p.Strip)
			ring := canvas.NewCircle(color.Transparent)
			ring.StrokeWidth, ring.StrokeColor = 2, palette[theme.ColorNamePrimary]
			r.add(ring, m.X-m.R-4, m.Y-m.R-4, 2*m.R+8, 2*m.R+8)
			r.mark(m)
		}
	}
}

// ink returns the colour of a mark: evidence stands out and the rest back while
// a statement is shown.
func (r *timelineRenderer) ink(m *chronology.PlacedMark, alpha uint8) color.NRGBA {
	ink := palette[theme.ColorNamePrimary]
	switch m.Shape {
	case chronology.Diamond, chronology.SmallDiamond, chronology.Triangle:
		ink = rgb(0x6a2c70)
	case chronology.Square, chronology.Arrow:
		ink = rgb(0x4f6d3a)
	}
	if r.t.lit != nil {
		if r.t.lit[m.Entry] {
			return rgb(0xc2410c)
		}
		alpha = 0x38
	}
	ink.A = alpha
	return ink
}

func (r *timelineRenderer) mark(m *chronology.PlacedMark) {
	ink := r.ink(m, 0xcc)
	var fill color.Color = ink
	edge, width := color.Color(palette[colorCard]), float32(1)
	if m.Hollow {
		fill, edge, width = palette[colorCard], ink, 2
	}
	x, y, d := m.X-m.R, m.Y-m.R, 2*m.R
	switch m.Shape {
	case chronology.Dot:
		c := canvas.NewCircle(fill)
		c.StrokeColor, c.StrokeWidth = edge, width
		r.add(c, x, y, d, d)
	case chronology.Square:
		s := canvas.NewRectangle(fill)
		s.CornerRadius, s.StrokeColor, s.StrokeWidth = 1, edge, width
		r.add(s, x, y, d, d)
	default:
		s := canvas.NewRegularPolygon(sidesOf(m.Shape), fill)
		if m.Shape == chronology.Arrow {
			s.Angle = -90
		}
		s.StrokeColor, s.StrokeWidth = edge, width
		r.add(s, x, y, d, d)
	}
}

func sidesOf(s chronology.Shape) uint {
	if s == chronology.Triangle || s == chronology.Arrow {
		return 3
	}
	return 4
}

// tip writes beside the mark under the mouse what it is.
func (r *timelineRenderer) tip() {
	p := r.t.plot
	if r.t.over < 0 || r.t.over >= len(p.Marks) {
		return
	}
	m := &p.Marks[r.t.over]
	wide := func(s string) float64 { return float64(fyne.MeasureText(s, 12, fyne.TextStyle{}).Width) }
	text := canvas.NewText(chronology.Clip(tipOf(&r.t.line[m.Entry]), p.Width-40, wide), palette[colorSidebarText])
	text.TextSize = 12
	room := text.MinSize().Add(fyne.NewSize(14, 8))
	w, h := float64(room.Width), float64(room.Height)
	x := min(max(4, m.X-w/2), p.Width-w-4)
	y := m.Y - m.R - h - 4
	if y < 2 {
		y = m.Y + m.R + 4
	}
	ground := canvas.NewRectangle(palette[colorSidebar])
	ground.CornerRadius = 4
	r.add(ground, x, y, w, h)
	r.add(text, x+7, y+4, w-14, h-8)
}
