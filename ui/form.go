package ui

import (
	"context"
	"errors"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// form is a column of labelled inputs that write into a record in the making.
// What is typed is kept as a draft; each problem stands beside its input.
type form struct {
	w        *Window
	inputs   []*input
	draft    *draft
	restored *fyne.Container // says that something typed before is back
	problem  *widget.Label   // what belongs to no input
	box      *fyne.Container
	foot     *fyne.Container // the button, with others beside it
	button   *button
	ask      func(error) bool // takes an error that is a question, and reports whether it was one; nil where none is
}

// input is one input of a form.
type input struct {
	name  string // of the record's field, as its problems name it
	field *field
	text  func() string
	set   func(string)
	read  func() bool // into the record; false when it cannot be read, which it says itself
	first string      // what stood there when the form was made
	focus fyne.Focusable
}

// newForm returns a form whose draft is kept under key. submit does what the
// button named label says.
func (w *Window) newForm(key, label string, submit func()) *form {
	f := &form{w: w, box: container.New(&stackLayout{gap: 2})}
	f.problem = widget.NewLabel("")
	f.problem.Importance = widget.DangerImportance
	f.problem.Wrapping = fyne.TextWrapWord
	f.problem.Hide()
	f.restored = container.NewStack()
	f.restored.Hide()
	f.button = primary(label, submit)
	f.draft = w.newDraft(key, f.typed)
	f.box.Add(f.restored)
	return f
}

// typed returns what differs from what stood in the form at first.
func (f *form) typed() formText {
	text := formText{}
	for _, in := range f.inputs {
		if t := in.text(); t != in.first {
			text[in.name] = t
		}
	}
	return text
}

// begin brings back what was typed before. It is called once the form is shown.
func (f *form) begin() {
	f.draft.restore(func(text formText, at records.Stamp) {
		for _, in := range f.inputs {
			if t, ok := text[in.name]; ok {
				in.set(t)
			}
		}
		note := quiet("What you typed here on " + at.String() + " is back.")
		f.restored.Objects = []fyne.CanvasObject{tinted(palette[colorLit],
			container.NewBorder(nil, nil, nil, plain("Start afresh", f.afresh), note))}
		f.restored.Show()
		f.box.Refresh()
	})
}

// afresh puts back what stood in the form at first.
func (f *form) afresh() {
	for _, in := range f.inputs {
		in.set(in.first)
		in.field.says("")
	}
	f.restored.Hide()
	f.box.Refresh()
	f.draft.changed()
}

func (f *form) add(in *input) *field {
	in.first = in.text()
	f.inputs = append(f.inputs, in)
	return in.field
}

// line adds a field of one line.
func (f *form) line(name, label, hint string, to *string) *field {
	return f.entry(name, label, f.w.newEntry(hint), to)
}

// text adds a field of several lines.
func (f *form) text(name, label, hint string, lines int, to *string) *field {
	return f.entry(name, label, f.w.newText(hint, lines), to)
}

func (f *form) entry(name, label string, e *entry, to *string) *field {
	e.SetText(*to)
	in := &input{name: name, field: newField(label, e), focus: e}
	in.text = func() string { return e.Text }
	in.set = e.SetText
	in.read = func() bool { *to = e.clean(); return true }
	e.OnChanged = func(string) { in.field.says(""); f.draft.changed() }
	if !e.MultiLine {
		e.OnSubmitted = func(string) { f.button.OnTapped() }
	}
	return f.add(in)
}

// toCome are the names of the days that lie ahead: "Friday" is the next one.
var toCome = map[string]bool{"until": true, "due": true, "action_due": true, "next": true, "review": true, "review.until": true}

// date adds a field for a day.
func (f *form) date(name, label string, to *records.Date) *field {
	d := f.w.newDateEntry(label, false)
	d.ahead = toCome[name]
	d.set(*to)
	in := &input{name: name, field: d.field, focus: d.date}
	in.text = d.text
	in.set = d.date.SetText
	in.read = func() bool {
		day, err := d.day()
		if err == nil {
			*to = day
		}
		return err == nil
	}
	d.changed = f.draft.changed
	d.date.OnSubmitted = func(string) { f.button.OnTapped() }
	return f.add(in)
}

// choice adds a list to choose one of. Each option is shown as it says itself.
func choice[T interface {
	~string
	String() string
}](f *form, name, label, nothing string, options []T, to *T) *field {
	s := newSelect(nil, nil)
	s.PlaceHolder = nothing
	chosen := -1
	for i, o := range options {
		s.Options = append(s.Options, o.String())
		if o == *to {
			chosen = i
		}
	}
	if chosen >= 0 {
		s.SetSelectedIndex(chosen)
	}
	in := &input{name: name, field: newField(label, s), focus: s}
	in.text = func() string {
		if i := s.SelectedIndex(); i >= 0 {
			return string(options[i])
		}
		return ""
	}
	in.set = func(code string) {
		for i, o := range options {
			if string(o) == code {
				s.SetSelectedIndex(i)
				return
			}
		}
		s.ClearSelected()
	}
	in.read = func() bool { *to = T(in.text()); return true }
	s.OnChanged = func(string) { in.field.says(""); f.draft.changed() }
	return f.add(in)
}

// framed draws the frame of an input around a list to choose from, which has
// none of its own on a white ground.
func framed(s *selectBox) fyne.CanvasObject {
	frame := canvas.NewRectangle(color.Transparent)
	frame.CornerRadius, frame.StrokeWidth, frame.StrokeColor = 4, 1, palette[theme.ColorNameInputBorder]
	return container.NewStack(s, frame)
}

// finish adds the button, with others beside it, and what belongs to no input.
func (f *form) finish(others ...fyne.CanvasObject) {
	f.box.Add(f.problem)
	f.foot = container.New(layout.NewCustomPaddedLayout(8, 4, 0, 0),
		container.NewHBox(append([]fyne.CanvasObject{f.button}, others...)...))
	f.box.Add(f.foot)
}

// row lays fields beside one another.
func row(fields ...*field) fyne.CanvasObject {
	r := sideBySide()
	for _, f := range fields {
		r.Add(f)
	}
	return r
}

// submit reads every input and runs work off the window's thread. done is
// called once it is kept; what is wrong stands beside its input, and what was
// typed stays.
func (f *form) submit(work func(ctx context.Context) error, done func()) {
	if f.button.Disabled() {
		return
	}
	f.say("")
	readable := true
	for _, in := range f.inputs {
		if !in.read() {
			if readable {
				f.w.win.Canvas().Focus(in.focus)
			}
			readable = false
		}
	}
	if !readable {
		return
	}
	f.button.Disable()
	save(f.w, work, func(err error) {
		f.button.Enable()
		switch {
		case err == nil:
		case f.ask != nil && f.ask(err):
			return
		default:
			f.explain(err)
			return
		}
		f.draft.drop()
		done()
	})
}

// explain says each problem beside its input and gives the first of them the
// keyboard.
func (f *form) explain(err error) {
	var invalid *records.Invalid
	if !errors.As(err, &invalid) {
		f.w.complain(err)
		return
	}
	rest := ""
	found := false
	for _, in := range f.inputs {
		sentence := invalid.For(in.name)
		in.field.says(sentence)
		if sentence != "" && !found {
			found = true
			f.w.win.Canvas().Focus(in.focus)
			f.w.reveal(in.field)
		}
	}
	for _, p := range invalid.Problems {
		if f.input(p.Field) == nil {
			rest += p.Sentence + " "
		}
	}
	f.say(rest)
}

// input returns the input of a field, or nil.
func (f *form) input(name string) *input {
	for _, in := range f.inputs {
		if in.name == name {
			return in
		}
	}
	return nil
}

func (f *form) say(sentence string) {
	f.problem.SetText(sentence)
	show(f.problem, sentence != "")
	f.box.Refresh()
}

// focus gives the first input the keyboard.
func (f *form) focus() {
	if len(f.inputs) > 0 {
		f.w.win.Canvas().Focus(f.inputs[0].focus)
	}
}

// sideBySide lays objects beside one another, all as wide.
func sideBySide(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: 4}, objects...)
}

// rowLayout lays objects beside one another, all as wide, each line as high as
// its highest. Fields whose names would run into the next one go on fewer to a
// line: at a larger text size, say, or in a narrow pane.
type rowLayout struct {
	gap   float32
	width float32 // that was laid out last; 0 for not yet
}

// MinSize is narrow: the objects share what width there is, and a list to
// choose from shortens its text. The height is for the width laid out last.
func (l *rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(80*float32(len(objects)), 0)
	for line := range slices.Chunk(objects, l.columns(objects)) {
		size.Height += highest(line)
	}
	return size
}

func (l *rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	n := l.columns(objects)
	y := float32(0)
	for line := range slices.Chunk(objects, n) {
		width, height := l.share(len(line)), highest(line)
		if n == len(objects) {
			height = size.Height
		}
		for i, o := range line {
			o.Move(fyne.NewPos(float32(i)*(width+l.gap), y))
			o.Resize(fyne.NewSize(width, height))
		}
		y += height
	}
}

// columns returns how many objects stand on a line: all of them, or as many as
// leave the longest name room. It is never 0.
func (l *rowLayout) columns(objects []fyne.CanvasObject) int {
	var longest float32
	for _, o := range objects {
		if f, ok := o.(interface{ nameWidth() float32 }); ok {
			longest = max(longest, f.nameWidth())
		}
	}
	n := max(1, len(objects))
	for l.width > 0 && n > 1 && l.share(n) < longest {
		n--
	}
	return n
}

// share returns the width of one of n objects on a line.
func (l *rowLayout) share(n int) float32 { return (l.width - float32(n-1)*l.gap) / float32(n) }

// highest returns the height that the highest of the objects needs.
func highest(objects []fyne.CanvasObject) float32 {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return height
}

// bothInvalid returns one error with the problems of several checks, or the
// first error that is none, or nil.
func bothInvalid(errs ...error) error {
	var all records.Invalid
	for _, err := range errs {
		var v *records.Invalid
		switch {
		case errors.As(err, &v):
			all.Problems = append(all.Problems, v.Problems...)
		case err != nil:
			return err
		}
	}
	if len(all.Problems) == 0 {
		return nil
	}
	return &all
}
