package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// pressCard is a card of wrapped text that can be pressed, with the mouse or
// with Space and Enter.
type pressCard struct {
	widget.BaseWidget
	w       *Window
	do      func()
	text    string
	lit     bool // it is the one that is chosen
	hovered bool
	active  bool // has the keyboard
	ground  *canvas.Rectangle
	inside  fyne.CanvasObject
}

func newPressCard(w *Window, text, note string, lit bool, do func()) *pressCard {
	c := &pressCard{w: w, do: do, text: text, lit: lit, ground: canvas.NewRectangle(palette[colorCard])}
	c.ground.CornerRadius, c.ground.StrokeWidth = 6, 1
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	box := container.New(&stackLayout{gap: -12}, l)
	if note != "" {
		box.Add(quiet(note))
	}
	c.inside = container.NewStack(c.ground, container.NewPadded(box))
	c.ExtendBaseWidget(c)
	c.look()
	return c
}

// CreateRenderer draws the card.
func (c *pressCard) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.inside) }

func (c *pressCard) look() {
	c.ground.FillColor, c.ground.StrokeColor, c.ground.StrokeWidth = palette[colorCard], palette[colorCardBorder], 1
	if c.lit {
		c.ground.FillColor = palette[colorLit]
	}
	if c.hovered || c.active {
		c.ground.StrokeColor, c.ground.StrokeWidth = palette[theme.ColorNamePrimary], 2
	}
	c.ground.Refresh()
}

// Tapped does what the card is for.
func (c *pressCard) Tapped(*fyne.PointEvent) { c.do() }

// FocusGained shows that the keyboard is here.
func (c *pressCard) FocusGained() { c.active = true; c.look() }

// FocusLost shows that the keyboard has gone.
func (c *pressCard) FocusLost() { c.active = false; c.look() }

// TypedRune does nothing.
func (c *pressCard) TypedRune(rune) {}

// TypedKey does what the card is for on Space and Enter.
func (c *pressCard) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.do()
	default:
		c.w.typedKey(k)
	}
}

// MouseIn shows that the card can be pressed.
func (c *pressCard) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.look() }

// MouseMoved notes that somebody is there.
func (c *pressCard) MouseMoved(*desktop.MouseEvent) { c.w.touch() }

// MouseOut takes the mark away.
func (c *pressCard) MouseOut() { c.hovered = false; c.look() }

// Cursor says that a click does something.
func (c *pressCard) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel returns the text of the card.
func (c *pressCard) AccessibilityLabel() string { return c.text }
