package ui

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"throughline/records"
)

// dateEntry is a field for a date, and if wanted a time, as they are written in
// England. It never keeps an old value behind text that cannot be read.
type dateEntry struct {
	*field
	date, clock *entry
	changed     func()
	row         *fyne.Container
	now         *button // writes the present; nil where there is none
	ahead       bool    // a weekday is one to come, not one that was
	window      *Window
}

func (w *Window) newDateEntry(label string, withClock bool) *dateEntry {
	d := &dateEntry{window: w}
	d.date = w.newEntry("5 Mar 2026")
	d.row = container.NewGridWithColumns(1, d.date)
	if withClock {
		d.clock = w.newEntry("14:05")
		d.row = container.NewGridWithColumns(2, d.date, d.clock)
		d.clock.OnChanged = func(string) { d.edited() }
	}
	d.date.OnChanged = func(string) { d.edited() }
	d.date.left = d.showDay
	d.field = newField(label, d.row)
	return d
}

func (d *dateEntry) edited() {
	d.says("")
	if d.changed != nil {
		d.changed()
	}
}

// text returns the date as it was typed; one that was said, such as
// "yesterday", as the date that it means, since tomorrow it would mean another.
func (d *dateEntry) text() string {
	day, said, err := records.ParseDay(d.date.Text, d.window.now(), d.ahead)
	if err != nil || !said {
		return d.date.Text
	}
	return day.Time().Format("Mon 2 Jan 2006")
}

// showDay writes the date that is meant in place of one that was said.
func (d *dateEntry) showDay() {
	if text := d.text(); text != d.date.Text {
		d.date.SetText(text)
	}
}

// withNow puts a button beside the time that writes the present into both.
func (d *dateEntry) withNow() *dateEntry {
	d.now = newButton("Now", func() { d.setStamp(records.StampOf(d.window.now())) })
	d.row.Layout = &oneSmallLayout{}
	d.row.Add(d.now)
	return d
}

// value returns what was typed, or a problem that is also shown below the
// field. Nothing typed is the undated When.
func (d *dateEntry) value() (records.When, error) {
	d.showDay()
	date, _, err := records.ParseDay(d.date.Text, d.window.now(), d.ahead)
	clock := ""
	if err == nil && d.clock != nil {
		clock, err = records.ParseClock(d.clock.Text)
	}
	if err == nil && date == "" && clock != "" {
		err = errNoDate
	}
	if err != nil {
		d.says(err.Error())
		return records.When{}, err
	}
	if date == "" {
		return records.When{}, nil
	}
	return records.AtClock(date, clock), nil
}

// day returns the date alone; see value.
func (d *dateEntry) day() (records.Date, error) {
	w, err := d.value()
	return w.Date, err
}

// errNoDate is a sentence for the writer.
var errNoDate = errors.New("This has a time but no date. Give the date too.")

// stamp returns the instant; a date without a time is noon of that day in
// London, or the present when that is still to come today. See value.
func (d *dateEntry) stamp() (records.Stamp, error) {
	w, err := d.value()
	if err != nil || w.Date == "" || w.At != "" {
		return w.At, err
	}
	noon, now := records.StampOf(w.Date.Time().Add(12*time.Hour)), records.StampOf(d.window.now())
	if w.Date == now.Date() {
		noon = min(noon, now)
	}
	return noon, nil
}

func (d *dateEntry) set(date records.Date) { d.date.SetText(date.String()) }

func (d *dateEntry) setStamp(s records.Stamp) {
	d.date.SetText(s.Date().String())
	if d.clock != nil && s != "" {
		d.clock.SetText(s.Time().Format("15:04"))
	}
}

// oneSmallLayout lays objects beside one another, the last as wide as it needs
// and the others sharing the rest. Tab visits them in their order.
type oneSmallLayout struct{}

func (*oneSmallLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size = fyne.NewSize(size.Width+m.Width+theme.Padding(), max(size.Height, m.Height))
	}
	return size
}

func (*oneSmallLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	last := len(objects) - 1
	small := objects[last].MinSize().Width
	width := (size.Width-small)/float32(last) - theme.Padding()
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i)*(width+theme.Padding()), 0))
		o.Resize(fyne.NewSize(width, size.Height))
	}
	objects[last].Resize(fyne.NewSize(small, size.Height))
}
