package ui

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology/bodymap"
	"throughline/records"
)

// noPhotographs is what local guidance asks of schools: Devon County Council
// ("Should early years and childcare providers take photographs of bruises and
// injuries on children?", checked with the Devon Children and Families
// Partnership) says not to take any, to use body maps, and to describe in detail
// without being subjective. Schools' own policies add that no child is asked to
// take off clothes. Photographs are for a doctor or the police to take.
const noPhotographs = "Do not photograph injuries; describe and draw. Mark what can be seen without taking off clothes. " +
	"Left and right are the child’s own."

const bodyKeys = "Click to set a mark, drag it to move it. By keyboard: the arrows move the cross, Page Down goes to the next " +
	"drawing, Enter sets a mark, Space picks one up, Delete takes it away."

// revealAfter is how long what is new takes to be drawn.
const revealAfter = 100 * time.Millisecond

// bodyMapList is the body map of a form: a button until it is asked for, then
// the board with a note for each mark beside it.
type bodyMapList struct {
	w       *Window
	changed func()
	box     *fyne.Container
	add     *button
	away    *button
	board   *bodyBoard
	notes   *fyne.Container
	rows    []*markRow
}

// markRow is a mark with its note.
type markRow struct {
	mark  records.Mark // its Note is that of the entry
	where *widget.Label
	note  *markNote
	box   fyne.CanvasObject
}

// markNote is the note of a mark. Enter leads back to the board.
type markNote struct {
	entry
	here, back func()
}

func (n *markNote) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
		n.back()
		return
	}
	n.entry.TypedKey(k)
}

// FocusGained moves the note into view and shows which mark it is of.
func (n *markNote) FocusGained() {
	n.Entry.FocusGained()
	n.window.reveal(n)
	n.here()
}

func newBodyMapList(w *Window, changed func()) *bodyMapList {
	l := &bodyMapList{w: w, changed: changed, notes: container.New(&stackLayout{gap: 2})}
	l.add = newIconButton("Add a body map", theme.ContentAddIcon(), func() {
		l.unfold()
		w.win.Canvas().Focus(l.board)
		l.reveal(l.board)
	})
	l.away = plain("Put the body map away", func() {
		l.fold()
		w.win.Canvas().Focus(l.add)
	})
	l.board = newBodyBoard(w)
	l.board.set = l.setMark
	l.board.open = func(i int) { w.win.Canvas().Focus(l.rows[i].note) }
	l.board.moved = l.move
	l.board.take = l.take
	l.box = container.New(&stackLayout{gap: 4})
	l.fold()
	return l
}

func (l *bodyMapList) fold() {
	empty(l.box).Add(container.NewHBox(l.add))
	l.box.Refresh()
}

func (l *bodyMapList) unfold() {
	if len(l.box.Objects) > 1 {
		return
	}
	empty(l.box)
	l.box.Add(quiet(noPhotographs))
	l.box.Add(container.New(&besideLayout{l.board.MinSize().Width}, container.New(&stackLayout{}, l.board), l.notes))
	l.box.Add(quiet(bodyKeys))
	l.box.Add(container.NewHBox(l.away))
	l.draw(-1)
}

// setMark adds a mark and gives its note the keyboard.
func (l *bodyMapList) setMark(m records.Mark) {
	l.addRow(m)
	l.draw(len(l.rows) - 1)
	l.changed()
	note := l.rows[len(l.rows)-1].note
	l.w.win.Canvas().Focus(note)
	l.reveal(note)
}

// reveal moves what is new into view, once it has been drawn: before that, the
// window does not know where it is.
func (l *bodyMapList) reveal(o fyne.CanvasObject) {
	session := l.w.session
	l.w.later(revealAfter, func() {
		if session.Err() == nil {
			l.w.reveal(o)
		}
	})
}

func (l *bodyMapList) addRow(m records.Mark) {
	r := &markRow{mark: m, where: wrapped(widget.NewLabel("")), note: &markNote{}}
	r.where.TextStyle.Bold = true
	n := r.note
	n.window = l.w
	n.ExtendBaseWidget(n)
	n.MultiLine, n.Wrapping = true, fyne.TextWrapWord
	n.SetMinRowsVisible(2)
	n.SetPlaceHolder("Shape, size, colour; what was said of it")
	n.SetText(m.Note)
	n.OnChanged = func(string) { l.changed() }
	n.here = func() { l.board.show(l.value(), l.at(r)) }
	n.back = func() { l.w.win.Canvas().Focus(l.board) }
	remove := newIconButton("", theme.DeleteIcon(), func() { l.take(l.at(r)) })
	r.box = column(-4, container.NewBorder(nil, nil, nil, remove, r.where), n)
	l.rows = append(l.rows, r)
}

func (l *bodyMapList) at(r *markRow) int { return slices.Index(l.rows, r) }

func (l *bodyMapList) move(i int, to records.Mark) {
	l.rows[i].mark = to
	l.label(i)
	l.board.marks, l.board.chosen = l.value(), i
	l.changed()
}

// take removes a mark; those after it move up by a number. The keyboard goes
// back to the board.
func (l *bodyMapList) take(i int) {
	l.rows = slices.Delete(l.rows, i, i+1)
	l.draw(-1)
	l.changed()
	l.w.win.Canvas().Focus(l.board)
}

// draw shows the notes and the board, with the mark of a number chosen.
func (l *bodyMapList) draw(chosen int) {
	empty(l.notes)
	for i, r := range l.rows {
		l.label(i)
		l.notes.Add(r.box)
	}
	if len(l.rows) == 0 {
		l.notes.Add(quiet("Set a mark on the drawing. What you write of it stands here."))
	}
	show(l.away, len(l.rows) == 0)
	l.board.show(l.value(), chosen)
	l.notes.Refresh()
	l.box.Refresh()
}

func (l *bodyMapList) label(i int) {
	r := l.rows[i]
	r.where.SetText(strconv.Itoa(i+1) + "  " + capital(bodymap.Where(r.mark)))
}

// set shows the marks of a record; with none the body map stays folded.
func (l *bodyMapList) set(marks []records.Mark) {
	l.rows = nil
	for _, m := range marks {
		l.addRow(m)
	}
	if len(marks) == 0 {
		l.fold()
		return
	}
	l.unfold()
	l.draw(-1)
}

// value returns the marks as they stand in the form.
func (l *bodyMapList) value() []records.Mark {
	var all []records.Mark
	for _, r := range l.rows {
		m := r.mark
		m.Note = r.note.clean()
		all = append(all, m)
	}
	return all
}

// strip takes out of the notes what cannot be kept and reports whether there was
// any.
func (l *bodyMapList) strip() bool {
	found := false
	for _, r := range l.rows {
		found = r.note.strip() || found
	}
	return found
}

// input returns what has the keyboard when something is wrong: the first note.
func (l *bodyMapList) input() fyne.Focusable {
	if len(l.rows) > 0 {
		return l.rows[0].note
	}
	return l.add
}

// text returns the marks as a draft keeps them, word for word; fill reads them.
func (l *bodyMapList) text() string {
	marks := l.value()
	for i, r := range l.rows {
		marks[i].Note = r.note.Text
	}
	return marksText(marks)
}

func marksText(marks []records.Mark) string {
	if len(marks) == 0 {
		return ""
	}
	b, err := json.Marshal(marks)
	if err != nil {
		panic(err) // numbers within 0 and 1, and strings, always marshal
	}
	return string(b)
}

func (l *bodyMapList) fill(text string) {
	var marks []records.Mark
	if text != "" && json.Unmarshal([]byte(text), &marks) != nil {
		return
	}
	l.set(marks)
}
