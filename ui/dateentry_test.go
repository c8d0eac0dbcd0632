package ui

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"throughline/records"
)

// It is Sunday 22 November 2026, ten o'clock.
func TestADayThatIsSaidIsShownAsItsDate(t *testing.T) {
	w := newSchool(t)
	for _, c := range []struct {
		typed string
		ahead bool
		shown string
		want  records.Date
	}{
		{"yesterday", false, "Sat 21 Nov 2026", "2026-11-21"},
		{"Monday", false, "Mon 16 Nov 2026", "2026-11-16"},
		{"Monday", true, "Mon 23 Nov 2026", "2026-11-23"},
		{"5/3/26", false, "5/3/26", "2026-03-05"},
		{"last Tuesday", false, "last Tuesday", ""},
	} {
		d := w.newDateEntry("When?", false)
		d.ahead = c.ahead
		other := w.newEntry("")
		w.win.SetContent(column(0, d.field, other))
		w.win.Canvas().Focus(d.date)
		test.Type(d.date, c.typed)
		if d.date.Text != c.typed {
			t.Errorf("%q: while it is typed the field holds %q", c.typed, d.date.Text)
		}
		if got := d.text(); got != c.shown {
			t.Errorf("%q: a draft keeps %q, want %q", c.typed, got, c.shown)
		}
		w.win.Canvas().Focus(other)
		if d.date.Text != c.shown {
			t.Errorf("%q: left, the field holds %q, want %q", c.typed, d.date.Text, c.shown)
		}
		if got, _ := d.day(); got != c.want {
			t.Errorf("%q: it is read as %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestNowIsOnePress(t *testing.T) {
	w := newSchool(t)
	d := w.newDateEntry("When?", true).withNow()
	w.win.SetContent(d.field)
	press(t, w, "Now")
	if got, err := d.value(); err != nil || got != records.AtClock("2026-11-22", "10:00") {
		t.Errorf("now is %+v, %v", got, err)
	}
}
