package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestNamesOfFieldsDoNotRunIntoOneAnother(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look{})
	first := newField("What was decided, and who does what by when", widget.NewEntry())
	second := newField("If it was not held: why, and who said so", widget.NewEntry())
	fields := row(first, second)
	wide, narrow := 2*first.nameWidth()+20, 2*first.nameWidth()-20
	for _, c := range []struct {
		name  string
		width float32
		below bool
	}{{"room for both names", wide, false}, {"no room for both", narrow, true}, {"room again", wide, false}} {
		fields.Resize(fyne.NewSize(c.width, 300))
		x, y, high := second.Position().X, second.Position().Y, fields.MinSize().Height
		if below := y >= first.MinSize().Height; below != c.below || below != (x == 0) {
			t.Errorf("%s: the second field stands at %v, %v", c.name, x, y)
		}
		if both := high >= 2*first.MinSize().Height; both != c.below {
			t.Errorf("%s: the row is %v high, one field %v", c.name, high, first.MinSize().Height)
		}
	}
}
