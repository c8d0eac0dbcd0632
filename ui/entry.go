package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// entry is a text field that keyboards can leave: Tab moves on even where it
// has several lines, and Escape is handed to whoever waits for it.
type entry struct {
	widget.Entry
	window *Window
	gained time.Time // when it got the keyboard, until something is typed
	left   func()    // told that the keyboard has gone; nil where nobody waits
}

func (w *Window) newEntry(placeholder string) *entry {
	e := &entry{window: w}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(placeholder)
	return e
}

// newText returns a field of several lines.
func (w *Window) newText(placeholder string, lines int) *entry {
	e := w.newEntry(placeholder)
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(lines)
	return e
}

// newSecret returns a field whose text is not shown.
func (w *Window) newSecret(placeholder string) *entry {
	e := w.newEntry(placeholder)
	e.Password = true
	return e
}

// quietly sets the text without telling anybody that it changed.
func (e *entry) quietly(text string) {
	changed := e.OnChanged
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = changed
}

// atEnd sets the text and puts the caret behind it, where a long path shows its
// file name and can be changed.
func (e *entry) atEnd(text string) {
	e.SetText(text)
	e.CursorRow, e.CursorColumn = 0, len([]rune(text))
	e.Refresh()
}

// AcceptsTab lets Tab leave the field, also where it has several lines.
func (e *entry) AcceptsTab() bool { return false }

// TypedKey hands on the keys that mean the same everywhere.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	if e.window.typedKey(k) {
		return
	}
	e.Entry.TypedKey(k)
}

// FocusGained moves the field into view.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	e.gained = time.Now()
	e.window.reveal(e)
}

// FocusLost tells whoever waits for what was typed.
func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	if e.left != nil {
		e.left()
	}
}

// sameKey is how long after a field got the keyboard a space is still that of
// the key that brought it there.
const sameKey = 100 * time.Millisecond

// TypedRune notes that somebody is there. The space that pressed a button is
// passed over: Fyne types it into the field that the button gave the keyboard.
func (e *entry) TypedRune(r rune) {
	e.window.touch()
	pressed := r == ' ' && time.Since(e.gained) < sameKey
	e.gained = time.Time{} // only the first
	if pressed {
		return
	}
	e.Entry.TypedRune(r)
}

// clean returns the text as it can be kept; nothing but blanks is nothing.
func (e *entry) clean() string {
	text := records.Clean(e.Text)
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return text
}

// spoiled says that a field held what cannot be kept: see strip.
const spoiled = "This held characters that cannot be kept, such as control characters. They were taken out: read it through, then save again."

// strip takes out of the field what cannot be kept, such as control characters,
// and reports whether there was any. Line ends of other systems are not counted.
func (e *entry) strip() bool {
	lines := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(e.Text)
	kept := records.Clean(e.Text)
	if kept == lines {
		return false
	}
	e.SetText(kept)
	return true
}

// field is a labelled input with room below it for one sentence.
type field struct {
	widget.BaseWidget
	box     *fyne.Container
	name    *widget.Label
	problem *widget.Label
	note    *widget.Label
}

// newField returns a field with its label. A list to choose from gets a frame.
func newField(label string, input fyne.CanvasObject) *field {
	if list, ok := input.(*selectBox); ok {
		input = framed(list)
	}
	f := &field{}
	f.name = widget.NewLabelWithStyle(label, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	f.problem = widget.NewLabel("")
	f.problem.Importance = widget.DangerImportance
	f.problem.Wrapping = fyne.TextWrapWord
	f.problem.Hide()
	f.note = widget.NewLabel("")
	f.note.SizeName = theme.SizeNameCaptionText
	f.note.Wrapping = fyne.TextWrapWord
	f.note.Hide()
	f.box = container.New(&stackLayout{gap: -2}, f.name, input, f.note, f.problem)
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer draws the label, the input and what there is to say.
func (f *field) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.box) }

// nameWidth returns how wide the label above the input is.
func (f *field) nameWidth() float32 { return f.name.MinSize().Width }

// needed marks a field that has to be filled in.
func (f *field) needed() *field {
	mark := widget.NewLabel("needed")
	mark.SizeName = theme.SizeNameCaptionText
	f.box.Objects[0] = container.NewBorder(nil, nil, f.name, nil, mark)
	return f
}

// says shows a sentence below the input; an empty one takes it away.
func (f *field) says(sentence string) {
	f.problem.SetText(sentence)
	show(f.problem, sentence != "")
	f.box.Refresh()
}

// hint shows a quieter line below the input.
func (f *field) hint(text string) *field {
	f.note.SetText(text)
	show(f.note, text != "")
	f.box.Refresh()
	return f
}

func show(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// stackLayout lays visible objects below one another, each as high as it needs.
type stackLayout struct{ gap float32 }

func (l *stackLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	n := 0
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height)
			n++
		}
	}
	size.Height += l.gap * float32(max(0, n-1))
	return size
}

func (l *stackLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		h := o.MinSize().Height // wrapped text knows its height once it has a width
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h + l.gap
	}
}
