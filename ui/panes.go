package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// panes shows one object, or two side by side: what there is, and what is read
// or written beside it.
type panes struct {
	widget.BaseWidget
	box *fyne.Container
}

func newPanes() *panes {
	p := &panes{box: container.New(&panesLayout{left: 0.42, gap: 10})}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer draws the panes.
func (p *panes) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.box) }

func (p *panes) set(left, right fyne.CanvasObject) {
	p.box.Objects = []fyne.CanvasObject{left}
	if right != nil {
		p.box.Objects = append(p.box.Objects, right)
	}
	p.box.Refresh()
}

// aside shows an object beside what there is.
func (p *panes) aside(right fyne.CanvasObject) { p.set(p.box.Objects[0], right) }

type panesLayout struct{ left, gap float32 }

func (l *panesLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size = fyne.NewSize(size.Width+m.Width, max(size.Height, m.Height))
	}
	return fyne.NewSize(min(size.Width, 600), max(size.Height, 120))
}

func (l *panesLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := size.Width
	switch len(objects) {
	case 0: // nothing is loaded yet
		return
	case 2:
		left = size.Width*l.left - l.gap/2
	}
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(left, size.Height))
	if len(objects) == 2 {
		objects[1].Move(fyne.NewPos(left+l.gap, 0))
		objects[1].Resize(fyne.NewSize(size.Width-left-l.gap, size.Height))
	}
}
