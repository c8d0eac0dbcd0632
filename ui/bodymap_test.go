package ui

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"throughline/chronology/bodymap"
	"throughline/records"
)

// openBodyMap opens a new concern with its body map.
func openBodyMap(t *testing.T, w *Window) (*concernPage, *bodyBoard) {
	t.Helper()
	p := newConcern(w)
	fillConcern(t, w, p)
	press(t, w, "Add a body map")
	return p, p.marks.board
}

// tapBody clicks on a place of a drawing.
func tapBody(b *bodyBoard, view string, x, y float64) {
	test.TapAt(b, b.fromSheet(bodymap.Find(view).OnSheet(bodymap.Point{X: x, Y: y})))
}

func keys(o fyne.Focusable, names ...fyne.KeyName) {
	for _, n := range names {
		o.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func TestBodyMapOpensWhenAsked(t *testing.T) {
	w := newSchool(t)
	pass := byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p := newConcern(w)
	if n := len(seen[*bodyBoard](w)); n != 0 {
		t.Fatal("the body map is open before anybody asked")
	}
	press(t, w, "Add a body map")
	if w.win.Canvas().Focused() != p.marks.board {
		t.Error("the keyboard is not on the board")
	}
	pass()
	top := w.app.Driver().AbsolutePositionForObject(p.marks.board).Y
	if room := w.win.Canvas().Size().Height; top <= 0 || top+p.marks.board.Size().Height > room || p.marks.board.Size().Height < 300 {
		t.Errorf("the board is at %v, %v high, in a window of %v", top, p.marks.board.Size().Height, room)
	}
	for _, want := range []string{"Do not photograph injuries; describe and draw", "the child’s own"} {
		if !says(w, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	press(t, w, "Put the body map away")
	if n := len(seen[*bodyBoard](w)); n != 0 {
		t.Error("the body map is still there")
	}
}

func TestMarksByMouse(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p, b := openBodyMap(t, w)
	tapBody(b, "front", 0.57, 0.13)
	note := p.marks.rows[0].note
	if w.win.Canvas().Focused() != note {
		t.Fatalf("the keyboard is on %T, want the note of the mark", w.win.Canvas().Focused())
	}
	test.Type(note, "3 cm, round, yellow")
	tapBody(b, "back", 0.27, 0.32)
	test.Type(p.marks.rows[1].note, "fingertips")
	tapBody(b, "front", 0.05, 0.9)
	if len(p.marks.rows) != 2 || b.foot != besideTheChild {
		t.Errorf("a click beside the child: %d marks, it says %q", len(p.marks.rows), b.foot)
	}
	for i, want := range []string{"1  Left cheek", "2  Back of the left upper arm"} {
		if got := p.marks.rows[i].where.Text; got != want {
			t.Errorf("mark %d is called %q, want %q", i+1, got, want)
		}
	}
	tapBody(b, "front", 0.575, 0.13) // on the first mark again
	if len(p.marks.rows) != 2 || w.win.Canvas().Focused() != note || b.chosen != 0 {
		t.Errorf("a click on a mark: %d marks, %d chosen", len(p.marks.rows), b.chosen)
	}
	press(t, w, "Save the concern")
	marks := concernsIn(t, w)[0].Marks
	if len(marks) != 2 || marks[0].View != "front" || marks[0].Note != "3 cm, round, yellow" || marks[1].Note != "fingertips" ||
		bodymap.Where(marks[1]) != "back of the left upper arm" {
		t.Errorf("kept %+v", marks)
	}
}

func TestDraggingMovesAMark(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p, b := openBodyMap(t, w)
	tapBody(b, "front", 0.6, 0.6)
	test.Type(p.marks.rows[0].note, "straight edges")
	from := b.fromSheet(bodymap.Find("front").OnSheet(bodymap.Point{X: 0.6, Y: 0.6}))
	to := b.fromSheet(bodymap.Find("back").OnSheet(bodymap.Point{X: 0.4, Y: 0.54}))
	drag := func(to fyne.Position) {
		b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to}, Dragged: fyne.NewDelta(to.X-from.X, to.Y-from.Y)})
	}
	drag(to)
	drag(fyne.NewPos(2, 2)) // off the child: it stays where it last was
	b.DragEnd()
	if got := p.marks.rows[0]; got.where.Text != "1  Left buttock" || got.note.Text != "straight edges" {
		t.Errorf("it is now %q with %q", got.where.Text, got.note.Text)
	}
	from = fyne.NewPos(2, 2)
	drag(to)
	b.DragEnd()
	if len(p.marks.rows) != 1 || p.marks.rows[0].where.Text != "1  Left buttock" {
		t.Error("a drag beside a mark did something")
	}
}

func TestMarksByKeyboard(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p, b := openBodyMap(t, w)
	keys(b, fyne.KeyUp, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight)
	if b.foot != "Left side of the chest" {
		t.Errorf("under the cross is %q", b.foot)
	}
	keys(b, fyne.KeyReturn)
	note := p.marks.rows[0].note
	if w.win.Canvas().Focused() != note {
		t.Fatal("Enter does not lead to the note")
	}
	test.Type(note, "red line")
	keys(note, fyne.KeyReturn)
	if w.win.Canvas().Focused() != b || note.Text != "red line" {
		t.Fatal("Enter in the note does not lead back to the board")
	}
	keys(b, fyne.KeySpace, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyDown, fyne.KeySpace, fyne.KeyLeft)
	m := p.marks.value()[0]
	if m.View != "front" || math.Abs(m.X-0.62) > 1e-6 || math.Abs(m.Y-0.35) > 1e-6 { // not by the last key
		t.Errorf("moved to %v, %v on the %s", m.X, m.Y, m.View)
	}
	keys(b, fyne.KeyPageDown, fyne.KeyReturn)
	if got := p.marks.rows[1].where.Text; got != "2  Between the shoulder blades" {
		t.Errorf("on the next drawing it is %q", got)
	}
	keys(p.marks.rows[1].note, fyne.KeyReturn)
	keys(b, fyne.KeyDelete)
	if len(p.marks.rows) != 1 || p.marks.rows[0].note != note || w.win.Canvas().Focused() != b {
		t.Errorf("after Delete there are %d marks", len(p.marks.rows))
	}
	keys(b, fyne.KeyPageUp, fyne.KeyPageUp, fyne.KeyPageUp)
	keys(b, fyne.KeyUp, fyne.KeyReturn)
	if len(p.marks.rows) != 2 {
		t.Error("Page Up does not come round")
	}
	keys(b, fyne.KeyF9)
	if n := len(seen[*bodyBoard](w)); n != 0 {
		t.Error("the blank screen shows the body map")
	}
	w.unblank()
	if n := len(seen[*bodyBoard](w)); n != 1 || len(p.marks.rows) != 2 {
		t.Error("the body map does not come back")
	}
}

func TestMarksOutliveTheForm(t *testing.T) {
	w := newSchool(t)
	pass := byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p, b := openBodyMap(t, w)
	tapBody(b, "front", 0.6, 0.6)
	test.Type(p.marks.rows[0].note, "12 by 3 cm ")
	pass()
	again := newConcern(w)
	if got := again.marks.text(); got != p.marks.text() || !strings.Contains(got, "12 by 3 cm ") {
		t.Errorf("the draft holds %s, want %s", got, p.marks.text())
	}
	if len(seen[*bodyBoard](w)) != 1 {
		t.Error("the body map that was begun is not open")
	}
	again.marks.take(0)
	pass()
	if third := newConcern(w); third.marks.text() != "" {
		t.Error("a mark that was taken away is back")
	}
}

func TestACorrectionOfMarksShowsOldAndNew(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	ned := addPupil(t, w, "Ned", "Alder")
	p, b := openBodyMap(t, w)
	tapBody(b, "front", 0.6, 0.6)
	test.Type(p.marks.rows[0].note, "blue")
	press(t, w, "Save the concern")
	c := concernsIn(t, w)[0]
	q := newConcernCorrection(w, c.Pupil, c.ID, "")
	visit(w, q)
	if len(q.marks.rows) != 1 || q.marks.rows[0].note.Text != "blue" {
		t.Fatalf("the correction begins with %s", q.marks.text())
	}
	test.Type(q.marks.rows[0].note, "dark ")
	tapBody(q.marks.board, "back", 0.27, 0.32)
	fill(t, w, whyChanged, "Looked again.")
	press(t, w, keepCorrection)
	page := newPupilPage(w, ned.ID)
	visit(w, page)
	page.entries.choose(0)
	for _, want := range []string{"1  Left thigh: dark blue", "2  Back of the left upper arm"} {
		if !says(w, want) {
			t.Errorf("the entry does not say %q", want)
		}
	}
	if n := len(seen[*bodyFigure](w)); n != 1 {
		t.Errorf("%d body maps are drawn beside the entry", n)
	}
	press(t, w, "1 earlier version")
	for _, want := range []string{"Was: left thigh: blue", "Now: 1 left thigh: dark blue; 2 back of the left upper arm"} {
		if !says(w, want) {
			t.Errorf("the history does not say %q", want)
		}
	}
}

func TestBadNotesOfMarks(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p, b := openBodyMap(t, w)
	tapBody(b, "front", 0.6, 0.6)
	const label = "Injuries or marks on the body"
	note := p.marks.rows[0].note
	for _, c := range []struct{ name, text, says string }{
		{"control characters", "blue\x00 and red", spoiled},
		{"too long", strings.Repeat("word ", 5000), "This is too long: 20,000 characters at most."},
	} {
		note.SetText(c.text)
		press(t, w, "Save the concern")
		if got := problem(t, w, label); !strings.HasPrefix(got, c.says) {
			t.Errorf("%s: it says %q, want %q", c.name, got, c.says)
		}
		if w.win.Canvas().Focused() != note || len(concernsIn(t, w)) != 0 {
			t.Errorf("%s: the keyboard is on %T, %d are kept", c.name, w.win.Canvas().Focused(), len(concernsIn(t, w)))
		}
	}
}

// Marks that another program set on a drawing of its own are kept and told.
func TestMarksOfAnotherDrawingAreKept(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	ned := addPupil(t, w, "Ned", "Alder")
	c := addConcern(t, w, ned.ID, "2026-11-19", "")
	c.Marks = []records.Mark{{View: "sole of the foot", X: 0.3, Y: 0.4, Note: "cut"}}
	if err := w.store.Concerns.Save(context.Background(), &c, "Read from paper."); err != nil {
		t.Fatal(err)
	}
	p := newConcernCorrection(w, c.Pupil, c.ID, "")
	visit(w, p)
	if got := p.marks.rows[0].where.Text; got != "1  Sole of the foot" {
		t.Errorf("it is called %q", got)
	}
	keys(p.marks.rows[0].note, fyne.KeyReturn)
	if got := p.marks.value(); !slices.Equal(got, c.Marks) {
		t.Errorf("it is now %+v", got)
	}
}

// Twenty marks with long notes leave the page as wide as it was.
func TestTwentyMarksFit(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p, _ := openBodyMap(t, w)
	for i := range 20 {
		p.marks.setMark(records.Mark{View: "front", X: 0.5 + 0.01*float64(i%4), Y: 0.25 + 0.02*float64(i)})
		p.marks.rows[i].note.SetText(strings.Repeat("yellow at the edge, ", 40))
	}
	if m := p.content().MinSize(); m.Width > 1104 || m.Height > 640 {
		t.Errorf("the page needs %v", m)
	}
	for _, s := range scrollsIn(p.content()) {
		if got, room := s.Content.MinSize().Width, s.Size().Width; got > room {
			t.Errorf("what scrolls is %v wide, and there is %v", got, room)
		}
	}
	if notes := p.marks.notes.Size().Width; notes < 200 {
		t.Errorf("the notes are %v wide", notes)
	}
	if got := p.marks.value(); len(got) != 20 || !strings.HasSuffix(got[19].Note, "edge, ") {
		t.Errorf("%d marks are kept", len(got))
	}
	p.marks.rows[9].note.FocusGained()
	if p.marks.board.chosen != 9 {
		t.Error("the mark of the note is not shown")
	}
}
