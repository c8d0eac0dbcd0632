package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// button is a button that Enter presses as Space does. While it has the
// keyboard it is scrolled into view and has a ring.
type button struct {
	widget.Button
	ring *canvas.Rectangle
}

func newButton(label string, do func()) *button { return newIconButton(label, nil, do) }

func newIconButton(label string, icon fyne.Resource, do func()) *button {
	b := &button{ring: newRing()}
	b.Text, b.Icon, b.OnTapped = label, icon, do
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer draws the button with its ring, which stands a little inside
// so that it is seen on a filled button too.
func (b *button) CreateRenderer() fyne.WidgetRenderer {
	return &ringRenderer{WidgetRenderer: b.Button.CreateRenderer(), ring: b.ring, inset: 2}
}

// FocusGained shows that the keyboard is here. Fyne's own way is left out: it
// fills the button with a colour.
func (b *button) FocusGained() {
	b.ring.StrokeColor = palette[theme.ColorNamePrimary]
	if b.Importance != widget.MediumImportance && b.Importance != widget.LowImportance {
		b.ring.StrokeColor = palette[theme.ColorNameForegroundOnPrimary]
	}
	ringed(b.ring, true)
	revealIn(canvasOf(b), b)
}

// FocusLost takes the ring away.
func (b *button) FocusLost() { ringed(b.ring, false) }

// TypedKey presses the button on Space and Enter.
func (b *button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	default:
		handOn(b, k)
	}
}

// selectBox is a list to choose one from that looks as button does while it has
// the keyboard. Enter opens it, as Space does.
type selectBox struct {
	widget.Select
	ring *canvas.Rectangle
}

func newSelect(options []string, changed func(string)) *selectBox {
	s := &selectBox{ring: newRing()}
	s.Options, s.OnChanged, s.PlaceHolder = options, changed, chooseOne
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer draws the list with its ring.
func (s *selectBox) CreateRenderer() fyne.WidgetRenderer {
	return &ringRenderer{WidgetRenderer: s.Select.CreateRenderer(), ring: s.ring}
}

// FocusGained shows that the keyboard is here.
func (s *selectBox) FocusGained() {
	ringed(s.ring, true)
	revealIn(canvasOf(s), s)
}

// FocusLost takes the ring away.
func (s *selectBox) FocusLost() { ringed(s.ring, false) }

// TypedKey opens the list, or moves on in it.
func (s *selectBox) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.Select.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	case fyne.KeySpace, fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		s.Select.TypedKey(k)
	default:
		handOn(s, k)
	}
}

// checkBox is a box to tick that is scrolled into view while it has the
// keyboard.
type checkBox struct{ widget.Check }

func newCheck(label string, changed func(bool)) *checkBox {
	c := &checkBox{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained shows that the keyboard is here.
func (c *checkBox) FocusGained() {
	c.Check.FocusGained()
	if !c.Disabled() {
		revealIn(canvasOf(c), c)
	}
}

// TypedKey hands on the keys that mean the same everywhere.
func (c *checkBox) TypedKey(k *fyne.KeyEvent) { handOn(c, k) }

// handOn does with a key what the window does while nothing has the keyboard.
func handOn(o fyne.CanvasObject, k *fyne.KeyEvent) {
	if c := canvasOf(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(k)
	}
}

// canvasOf returns where an object is drawn; nil when it is not.
func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }
