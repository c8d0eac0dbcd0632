package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// newScroll returns content that scrolls up and down. Scrolling shows that
// somebody is there.
func (w *Window) newScroll(content fyne.CanvasObject) *container.Scroll {
	s := container.NewVScroll(content)
	s.OnScrolled = func(fyne.Position) { w.touch() }
	return s
}

// reveal scrolls so that an object is in view.
func (w *Window) reveal(o fyne.CanvasObject) {
	driver := w.app.Driver()
	at := driver.AbsolutePositionForObject(o)
	for _, s := range scrollsIn(w.win.Content()) {
		top := driver.AbsolutePositionForObject(s.Content)
		view := driver.AbsolutePositionForObject(s)
		inside := at.X >= top.X && at.X < top.X+s.Content.Size().Width && at.Y >= top.Y && at.Y < top.Y+s.Content.Size().Height
		if !inside || view == (fyne.Position{}) {
			continue
		}
		const margin = 32 // room for the label above
		switch y := at.Y - top.Y; {
		case at.Y-margin < view.Y:
			s.ScrollToOffset(fyne.NewPos(0, max(0, y-margin)))
		case at.Y+o.Size().Height+margin > view.Y+s.Size().Height:
			s.ScrollToOffset(fyne.NewPos(0, y+o.Size().Height+margin-s.Size().Height))
		}
	}
}

// scrollAt returns what scrolls at a position in the window, the innermost; nil
// for nothing.
func (w *Window) scrollAt(at fyne.Position) *container.Scroll {
	root := w.win.Content()
	if top := w.win.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	for _, s := range scrollsIn(root) {
		from, size := w.app.Driver().AbsolutePositionForObject(s), s.Size()
		if s.Visible() && at.X >= from.X && at.X < from.X+size.Width && at.Y >= from.Y && at.Y < from.Y+size.Height {
			return s
		}
	}
	return nil
}

// scrollsIn returns what scrolls within an object, looking into containers.
func scrollsIn(o fyne.CanvasObject) []*container.Scroll {
	var found []*container.Scroll
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			found = append(found, scrollsIn(c)...)
		}
	case *awake:
		return scrollsIn(o.inside)
	case *panes:
		return scrollsIn(o.box)
	case *container.Scroll:
		return append(scrollsIn(o.Content), o)
	}
	return found
}
