package ui

import (
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"throughline/records"
)

// involvedList holds the other pupils in an event, each with the part they had.
type involvedList struct {
	w       *Window
	changed func()
	pupils  []records.Pupil
	rows    []*involvedRow
	box     *fyne.Container
	add     *button
}

type involvedRow struct {
	pupil *pupilPicker
	part  *selectBox
	box   fyne.CanvasObject
}

func newInvolvedList(w *Window, changed func()) *involvedList {
	l := &involvedList{w: w, changed: changed}
	l.add = newIconButton("Add a pupil", theme.ContentAddIcon(), func() {
		row := l.addRow("", "")
		l.changed()
		w.win.Canvas().Focus(row.pupil.entry)
	})
	l.box = container.New(&stackLayout{gap: 4}, l.add)
	return l
}

func (l *involvedList) offer(pupils []records.Pupil) {
	l.pupils = pupils
	for _, r := range l.rows {
		r.pupil.offer(pupils)
	}
}

func (l *involvedList) addRow(id records.ID, part records.Part) *involvedRow {
	r := &involvedRow{pupil: newPupilPicker(l.w), part: newSelect(names(records.Parts()), nil)}
	r.pupil.offer(l.pupils)
	r.pupil.choose(id)
	r.pupil.changed = l.changed
	r.part.PlaceHolder = "Part they had"
	r.part.SetSelectedIndex(slices.Index(records.Parts(), part))
	r.part.OnChanged = func(string) { l.changed() }
	remove := newIconButton("", theme.DeleteIcon(), func() {
		l.rows = slices.DeleteFunc(l.rows, func(o *involvedRow) bool { return o == r })
		l.draw()
		l.changed()
	})
	r.box = container.NewBorder(nil, nil, nil, container.NewHBox(r.part, remove), r.pupil.box)
	l.rows = append(l.rows, r)
	l.draw()
	return r
}

func (l *involvedList) draw() {
	empty(l.box)
	for _, r := range l.rows {
		l.box.Add(r.box)
	}
	l.box.Add(container.NewHBox(l.add))
	l.box.Refresh()
}

func (l *involvedList) set(also []records.Involved) {
	l.rows = nil
	for _, o := range also {
		l.addRow(o.Pupil, o.Part)
	}
	l.draw() // also when there are none
}

// value returns the pupils as they stand in the list. A row without a pupil or
// part is part of it, so that the rules can say what is missing.
func (l *involvedList) value() []records.Involved {
	var also []records.Involved
	for _, r := range l.rows {
		also = append(also, records.Involved{Pupil: r.pupil.chosen, Part: pick(records.Parts(), r.part)})
	}
	return also
}

// involvedText is a row as a draft keeps it.
type involvedText struct {
	records.Involved
	Typed string `json:"typed,omitempty"` // of a name, where no pupil is chosen yet
}

// text returns the list as a draft keeps it; fill reads it.
func (l *involvedList) text() string {
	var rows []involvedText
	for i, o := range l.value() {
		row := involvedText{Involved: o}
		if o.Pupil == "" {
			row.Typed = l.rows[i].pupil.entry.Text
		}
		rows = append(rows, row)
	}
	if rows == nil {
		return ""
	}
	b, err := json.Marshal(rows)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(b)
}

func (l *involvedList) fill(text string) {
	var rows []involvedText
	if text != "" && json.Unmarshal([]byte(text), &rows) != nil {
		return
	}
	l.set(nil)
	for _, row := range rows {
		r := l.addRow(row.Pupil, row.Part)
		if row.Typed != "" {
			r.pupil.entry.SetText(row.Typed)
		}
	}
}
