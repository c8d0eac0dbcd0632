package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"throughline/records"
)

// rowsUnder returns what the mouse meets over each visible row of a kind.
func rowsUnder[T fyne.CanvasObject](w *Window) []desktop.Hoverable {
	var rows []desktop.Hoverable
	var last desktop.Hoverable
	walk(w.win.Content(), func(o fyne.CanvasObject) {
		if h, ok := o.(desktop.Hoverable); ok {
			last = h
		}
		if _, ok := o.(T); ok {
			rows = append(rows, last)
		}
	})
	return rows
}

func typeKey(w *Window, name fyne.KeyName) {
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	w.tasks.Wait()
}

// TestMouseOverAnEntryChoosesNothing lets the mouse rest on other rows than the
// one that is read.
func TestMouseOverAnEntryChoosesNothing(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	for _, day := range []records.Date{"2026-11-17", "2026-11-18", "2026-11-19"} {
		addConcern(t, w, ned.ID, day, "Rang home.")
	}
	p := newPupilPage(w, ned.ID)
	visit(w, p)
	was := p.entries.selected
	rows := rowsUnder[*entryRow](w)
	if len(rows) != 3 || was != 2 {
		t.Fatalf("%d rows, and the one that is read stands at %d", len(rows), was)
	}
	for _, r := range rows {
		r.MouseIn(&desktop.MouseEvent{})
		if p.entries.selected != was {
			t.Fatalf("the mouse chose another entry: %d", p.entries.selected)
		}
		r.MouseOut()
	}
	w.win.Canvas().Focus(p.entries.list)
	if p.entries.selected != was || !p.entries.list.ring.Visible() {
		t.Error("the list that gets the keyboard shows another entry, or no ring")
	}
	typeKey(w, fyne.KeyDown)
	if p.entries.selected != 1 {
		t.Errorf("Down reads the entry at %d, want the one below", p.entries.selected)
	}
	w.win.Canvas().Unfocus()
	if p.entries.list.ring.Visible() {
		t.Error("the ring stays on a list that has lost the keyboard")
	}
}

// TestMouseOverAPupilMarksNobody lets the mouse rest on the second pupil that
// was found and presses Enter.
func TestMouseOverAPupilMarksNobody(t *testing.T) {
	w := newSchool(t)
	first := addPupil(t, w, "Ned", "Alder")
	second := addPupil(t, w, "Zoë", "Nguyễn")
	for name, keys := range map[string][]fyne.KeyName{
		"Enter":                  {fyne.KeyReturn},
		"Down, Enter":            {fyne.KeyDown, fyne.KeyReturn},
		"Down, Down, Up, Enter":  {fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn},
		"Page Down, Page Up, ↵":  {fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyReturn},
		"Page Down and so Enter": {fyne.KeyPageDown, fyne.KeyReturn},
	} {
		for _, inList := range []bool{false, true} {
			page := newPupilsPage(w)
			visit(w, page)
			if inList {
				w.win.Canvas().Focus(page.list)
			}
			rowsUnder[*pupilRow](w)[1].MouseIn(&desktop.MouseEvent{})
			for _, k := range keys {
				typeKey(w, k)
			}
			want := first
			if name == "Down, Enter" || name == "Page Down and so Enter" {
				want = second
			}
			if p, ok := w.page.(*pupilPage); !ok || p.id != want.ID {
				t.Errorf("%s, keyboard in the list %v: %T is open, want %s's file", name, inList, w.page, want.Surname)
			}
		}
	}
}

// TestMouseOverAMoveTicksNothing rests on a row of the new year's list and
// presses Enter.
func TestMouseOverAMoveTicksNothing(t *testing.T) {
	w := newSchool(t)
	p := newYearPage(w)
	p.plan = &records.NewYear{Year: 2026, Moves: []records.Move{{Do: true, To: "6"}, {Do: true, To: "6"}}}
	w.win.SetContent(p.list)
	rowsUnder[*moveRow](w)[1].MouseIn(&desktop.MouseEvent{})
	p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if p.plan.Moves[0].Do || !p.plan.Moves[1].Do {
		t.Error("Enter unticked the row under the mouse")
	}
}
