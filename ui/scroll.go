package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// newScroll returns content that scrolls up and down. Scrolling shows that
// somebody is there.
func (w *Window) newScroll(content fyne.CanvasObject) *container.Scroll {
	s := container.NewVScroll(content)
	s.OnScrolled = func(fyne.Position) { w.touch() }
	return s
}

// reveal scrolls so that an object is in view.
func (w *Window) reveal(o fyne.CanvasObject) { revealIn(w.win.Canvas(), o) }

// revealIn scrolls what is in a canvas so that an object is in view. It does
// nothing for a nil canvas.
func revealIn(c fyne.Canvas, o fyne.CanvasObject) {
	if c == nil {
		return
	}
	driver := fyne.CurrentApp().Driver()
	for _, s := range scrollsIn(onTop(c)) {
		at := driver.AbsolutePositionForObject(o)
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
	for _, s := range scrollsIn(onTop(w.win.Canvas())) {
		from, size := w.app.Driver().AbsolutePositionForObject(s), s.Size()
		if s.Visible() && at.X >= from.X && at.X < from.X+size.Width && at.Y >= from.Y && at.Y < from.Y+size.Height {
			return s
		}
	}
	return nil
}

// onTop returns what lies over everything in a canvas, such as a dialog, or else
// its content.
func onTop(c fyne.Canvas) fyne.CanvasObject {
	if top := c.Overlays().Top(); top != nil {
		return top
	}
	return c.Content()
}

// scrollsIn returns what scrolls within an object, looking into containers.
func scrollsIn(o fyne.CanvasObject) []*container.Scroll {
	var found []*container.Scroll
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			found = append(found, scrollsIn(c)...)
		}
	case *widget.PopUp:
		return scrollsIn(o.Content)
	case *awake:
		return scrollsIn(o.inside)
	case *panes:
		return scrollsIn(o.box)
	case *container.Scroll:
		return append(scrollsIn(o.Content), o)
	}
	return found
}
