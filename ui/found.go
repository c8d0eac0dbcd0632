package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// foundList is a list of what was found, and the field in which it is looked
// for. One row is marked: the arrow keys of both move the mark, Enter opens what
// it is on.
type foundList struct {
	list *openList
	find *finder
}

// newFoundList returns a list of as many rows as length says. typed is called
// when something else is looked for, open with the place of what is opened.
func newFoundList(w *Window, placeholder string, typed func(), open func(i int), length func() int,
	create func() fyne.CanvasObject, update func(i int, o fyne.CanvasObject, marked bool)) *foundList {
	l := &foundList{}
	enter := func() { open(l.list.at) }
	l.find = newFinder(w, placeholder, typed, func(by int) { l.list.moveTo(l.list.at + by) }, enter)
	l.list = newOpenList(w, length, create, func(i int, o fyne.CanvasObject) {
		if i < length() {
			update(i, o, i == l.list.at)
		}
	}, enter)
	l.list.OnSelected = open
	return l
}

// first marks the first of what was found.
func (l *foundList) first() {
	l.list.UnselectAll()
	l.list.moveTo(0)
	l.list.ScrollToTop()
	l.list.Refresh()
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
	if by := markSteps[k.Name]; by != 0 {
		f.move(by)
		return
	}
	f.entry.TypedKey(k)
}
