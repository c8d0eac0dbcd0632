package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// foundList is a list of what was found, and the field in which it is looked
// for. One row is marked: the arrow keys of both move the mark, Enter opens what
// it is on.
type foundList struct {
	list   *openList
	find   *finder
	marked int // place in the list
}

// newFoundList returns a list of as many rows as length says. typed is called
// when something else is looked for, open with the place of what is opened.
func newFoundList(w *Window, placeholder string, typed func(), open func(i int), length func() int,
	create func() fyne.CanvasObject, update func(i int, o fyne.CanvasObject, marked bool)) *foundList {
	l := &foundList{}
	enter := func() { open(l.marked) }
	l.find = newFinder(w, placeholder, typed, l.move, enter)
	l.list = newOpenList(w, length, create, func(i int, o fyne.CanvasObject) {
		if i < length() {
			update(i, o, i == l.marked)
		}
	}, enter)
	l.list.OnSelected = open
	l.list.OnHighlighted = func(i int) {
		l.marked = i
		l.list.Refresh()
	}
	return l
}

func (l *foundList) move(by int) {
	if n := l.list.Length(); n > 0 {
		l.list.Highlight(min(n-1, max(0, l.marked+by)))
	}
}

// finder is a field whose arrow keys move in a list and whose Enter opens.
type finder struct {
	entry
	move func(by int)
}

func newFinder(w *Window, placeholder string, typed func(), move func(by int), enter func()) *finder {
	f := &finder{move: move}
	f.window = w
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(placeholder)
	f.SetIcon(theme.SearchIcon())
	f.OnChanged = func(string) { typed() }
	f.OnSubmitted = func(string) { enter() }
	return f
}

// TypedKey moves in the list.
func (f *finder) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown:
		f.move(1)
	case fyne.KeyUp:
		f.move(-1)
	case fyne.KeyPageDown:
		f.move(10)
	case fyne.KeyPageUp:
		f.move(-10)
	default:
		f.entry.TypedKey(k)
	}
}
