package ui

import (
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// TestEnterPressesAButton presses Space and Enter on buttons of each look, and
// Escape on one.
func TestEnterPressesAButton(t *testing.T) {
	w := newSchool(t)
	pressed, escaped := 0, 0
	do := func() { pressed++ }
	all := []*button{newButton("A", do), primary("B", do), plain("C", do), w.writeButton("D", do)}
	box := container.NewVBox()
	for _, b := range all {
		box.Add(b)
	}
	w.win.SetContent(box)
	w.escape = func() { escaped++ }
	for _, b := range all {
		for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab} {
			pressed = 0
			w.win.Canvas().Focus(b)
			b.TypedKey(&fyne.KeyEvent{Name: key})
			if want := map[bool]int{true: 0, false: 1}[key == fyne.KeyTab]; pressed != want {
				t.Errorf("%s presses %q %d times, want %d", key, b.Text, pressed, want)
			}
		}
	}
	all[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if escaped != 1 {
		t.Error("Escape does nothing while a button has the keyboard")
	}
	all[0].Disable()
	pressed = 0
	all[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if pressed != 0 {
		t.Error("Enter presses a button that is disabled")
	}
}

// TestFocusIsSeen tabs down a page that is longer than the window: what has the
// keyboard is in view and has a ring, and nothing else has one.
func TestFocusIsSeen(t *testing.T) {
	w := newSchool(t)
	column, rings := container.NewVBox(), 0
	for i := range 30 {
		column.Add(newButton(fmt.Sprint("Button ", i), nil))
		column.Add(newSelect([]string{"One", "Two"}, nil))
		column.Add(newCheck("Tick", nil))
	}
	scroll := w.newScroll(column)
	w.win.SetContent(container.NewPadded(scroll))
	for range len(column.Objects) {
		w.win.Canvas().FocusNext()
		o := w.win.Canvas().Focused().(fyne.CanvasObject)
		at := w.app.Driver().AbsolutePositionForObject(o)
		if at.Y < scroll.Position().Y || at.Y+o.Size().Height > scroll.Position().Y+scroll.Size().Height {
			t.Fatalf("a %T has the keyboard at %v, out of sight", o, at)
		}
		rings = 0
		for _, o := range column.Objects {
			switch o := o.(type) {
			case *button:
				rings += map[bool]int{true: 1}[o.ring.Visible()]
			case *selectBox:
				rings += map[bool]int{true: 1}[o.ring.Visible()]
			}
		}
		if _, tick := o.(*checkBox); rings != 1 && !tick {
			t.Fatalf("%d rings are seen while a %T has the keyboard", rings, o)
		}
	}
}

// TestRingIsSeenOnEachButton holds the ring to 3:1 against what it stands on,
// as WCAG 1.4.11 asks.
func TestRingIsSeenOnEachButton(t *testing.T) {
	w := newSchool(t)
	for look, ground := range map[widget.Importance]fyne.ThemeColorName{
		widget.MediumImportance: theme.ColorNameButton, widget.LowImportance: theme.ColorNameBackground,
		widget.HighImportance: theme.ColorNamePrimary, widget.DangerImportance: theme.ColorNameError,
	} {
		b := newButton("A", nil)
		b.Importance = look
		w.win.SetContent(b)
		w.win.Canvas().Focus(b)
		if c := contrast(palette[ground], b.ring.StrokeColor.(color.NRGBA)); c < 3 {
			t.Errorf("on %s the ring has %.1f:1", ground, c)
		}
	}
}

// TestOwnButtonsOnly holds the pages to the buttons, lists and boxes that Enter
// presses and that show where the keyboard is.
func TestOwnButtonsOnly(t *testing.T) {
	fynes := regexp.MustCompile(`widget\.New(Button|ButtonWithIcon|Select|Check)\(`)
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := fynes.FindAllString(string(text), -1); len(found) > 0 && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s has %q: use newButton, newIconButton, newSelect or newCheck", name, found)
		}
	}
}
