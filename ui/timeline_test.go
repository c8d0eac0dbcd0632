package ui

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"throughline/chronology"
	"throughline/records"
)

// concernOn returns an entry of a concern.
func concernOn(d records.Date, c records.Category, s records.Severity) chronology.Entry {
	return chronology.Entry{
		Ref: records.Ref{Kind: records.KindConcern, ID: records.ID(fmt.Sprint(d, c))}, When: records.On(d),
		Category: c, Severity: s, Title: "Concern: " + c.String(),
	}
}

func entryOn(d records.Date, k records.Kind) chronology.Entry {
	return chronology.Entry{Ref: records.Ref{Kind: k, ID: records.ID(fmt.Sprint(d, k))}, When: records.On(d), Title: string(k)}
}

func TestTimelineByMouseAndKeyboard(t *testing.T) {
	w := New(test.NewTempApp(t), Options{Vault: t.TempDir() + "/none"})
	chosen := -1
	tl := newTimeline(w, func(i int) { chosen = i })
	f := &records.File{Read: records.StampOf(time.Date(2026, 6, 30, 9, 0, 0, 0, time.UTC))}
	tl.set(f, chronology.Line{
		concernOn("2026-01-05", records.Neglect, 1), entryOn("2026-01-20", records.KindStatus), concernOn("2026-03-05", records.Physical, 4),
		concernOn("2026-05-05", records.Neglect, 2),
	})
	w.win.SetContent(tl)
	w.win.Resize(fyne.NewSize(1000, 200))

	m := tl.plot.Marks[1]
	test.TapAt(tl, fyne.NewPos(float32(m.X), float32(m.Y)))
	if chosen != 2 {
		t.Fatalf("a click on the second mark chose entry %d, want 2", chosen)
	}
	tl.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if chosen != 0 {
		t.Errorf("Left chose entry %d, want 0: a status has no mark", chosen)
	}
	tl.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if chosen != 0 {
		t.Errorf("Left at the beginning chose entry %d, want 0", chosen)
	}
	tl.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if chosen != 3 {
		t.Errorf("End chose entry %d, want 3", chosen)
	}
	tl.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(float32(m.X), float32(m.Y))}})
	if got, want := tipOf(&tl.line[tl.plot.Marks[tl.over].Entry]), "5 Mar 2026 · Concern: Physical harm or injury · Very serious"; got != want {
		t.Errorf("over the mark it says %q, want %q", got, want)
	}
	tl.MouseOut()
	if tl.over != -1 {
		t.Error("the note stays when the mouse has gone")
	}
}

func TestTimelineOfAThousandEntriesIsQuick(t *testing.T) {
	w := New(test.NewTempApp(t), Options{Vault: t.TempDir() + "/none"})
	var line chronology.Line
	day := records.Date("2016-09-05")
	for i := range 1000 {
		line = append(line, concernOn(day, records.Categories()[i%12], records.Severity(i%6)))
		day = day.AddDays(3)
	}
	tl := newTimeline(w, func(int) {})
	tl.Resize(fyne.NewSize(1100, 250))
	began := time.Now()
	tl.set(&records.File{Read: records.StampOf(day.Time())}, line)
	if took := time.Since(began); took > time.Second {
		t.Errorf("laying out 1,000 entries took %v", took)
	}
	if len(tl.plot.Marks) != 1000 {
		t.Errorf("%d marks, want 1000", len(tl.plot.Marks))
	}
}
