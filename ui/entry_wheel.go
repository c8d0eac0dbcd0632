package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// wheel lies over an entry and takes nothing but the mouse wheel. An entry
// would keep it even where it has nothing to scroll, so that a form stood still
// as soon as one of its fields came under the mouse.
type wheel struct {
	widget.BaseWidget
	window *Window
	inside *container.Scroll // the entry's own text; nil when it does not scroll
}

func newWheel(w *Window, inside *container.Scroll) *wheel {
	o := &wheel{window: w, inside: inside}
	o.ExtendBaseWidget(o)
	return o
}

// CreateRenderer draws nothing.
func (o *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// Scrolled scrolls the entry's text while there is more of it that way, or else
// the page.
func (o *wheel) Scrolled(e *fyne.ScrollEvent) {
	o.window.touch()
	if s := o.inside; s != nil && s.Content != nil && goesOn(s, e.Scrolled.DY) {
		s.Scrolled(e)
		return
	}
	if s := o.window.scrollAt(e.AbsolutePosition); s != nil {
		s.Scrolled(e)
	}
}

// goesOn reports whether there is more to see above, for a wheel that is turned
// up, or below.
func goesOn(s *container.Scroll, by float32) bool {
	left := s.Content.MinSize().Height - s.Size().Height - s.Offset.Y
	return by > 0 && s.Offset.Y > 0 || by < 0 && left > 1
}

// entryRenderer draws an entry with its wheel.
type entryRenderer struct {
	fyne.WidgetRenderer
	wheel *wheel
}

// CreateRenderer draws the entry.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	r := e.Entry.CreateRenderer()
	var inside *container.Scroll
	for _, o := range r.Objects() {
		if s, ok := o.(*container.Scroll); ok {
			inside = s
		}
	}
	return &entryRenderer{r, newWheel(e.window, inside)}
}

// Layout lays the wheel over the whole entry.
func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.wheel.Resize(size)
}

// Objects returns what the entry draws, and the wheel on top.
func (r *entryRenderer) Objects() []fyne.CanvasObject {
	return append(slices.Clip(r.WidgetRenderer.Objects()), r.wheel)
}
