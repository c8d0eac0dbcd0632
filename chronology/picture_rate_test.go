package chronology

import (
	"fmt"
	"strings"
	"testing"

	"throughline/records"
)

func TestRate(t *testing.T) {
	var line Line
	for d := records.Date("2026-06-01"); d < "2026-07-20"; d = d.AddDays(7) { // seven school weeks, two a week
		line = append(line, drawnOn(d, records.Neglect, 1), drawnOn(d.AddDays(1), records.Physical, 1))
	}
	about := drawnOn("2026-07-06", records.Neglect, 1)
	about.Part = records.Witness
	before := drawnOn("2026-07-06", records.Neglect, 1)
	before.When.Precision = records.Before
	line = append(line, about, before, drawnAs("2026-07-06", records.KindSupport), drawnOn("2026-08-12", records.Neglect, 3))
	p := Scene{Line: line, Calendar: schoolYear, Read: "2026-09-20"}.Picture()
	var said []string
	for _, w := range p.Rate {
		said = append(said, fmt.Sprintf("%s %d %v", string(w.Monday), w.Count, w.Again))
	}
	want := "2026-07-06 12 true; 2026-07-13 12 false; 2026-07-20 10 false; 2026-08-31 9 true; 2026-09-07 7 false; 2026-09-14 5 false"
	if got := strings.Join(said, "; "); got != want {
		t.Errorf("rate = %s\nwant   %s", got, want)
	}
}

func TestRateOverASummerIsAGap(t *testing.T) {
	var line Line
	for d := records.Date("2026-04-13"); d <= "2026-07-20"; d = d.AddDays(7) {
		line = append(line, drawnOn(d, records.Neglect, 1))
	}
	line = append(line, drawnOn("2026-09-02", records.Neglect, 1), drawnOn("2026-09-08", records.Neglect, 1))
	l := placed(line, "2026-09-12")
	if len(l.Runs) != 3 { // before and after the May half-term, and September
		t.Fatalf("%d runs, want 3", len(l.Runs))
	}
	summer := Extent{l.at("2026-07-25"), l.at("2026-08-31") - l.at("2026-07-25")}
	for _, run := range l.Runs {
		for _, p := range run {
			if p.X > summer.X && p.X < summer.X+summer.Width {
				t.Errorf("the curve has a point in August, at %v", p.X)
			}
		}
	}
	for _, w := range l.Rate {
		if w.Count < 6 || w.Count > 8 {
			t.Errorf("%d to the week of %s, of a line that was steady", w.Count, w.Monday)
		}
	}
}

func TestTooSoonForARate(t *testing.T) {
	p := Scene{Line: Line{drawnOn("2026-09-02", records.Neglect, 1)}, Calendar: schoolYear, Read: "2026-10-08"}.Picture()
	if len(p.Rate) != 0 || !strings.Contains(p.String(), "not yet six school weeks") {
		t.Errorf("after five weeks there is a rate: %v", p.Rate)
	}
	if got := p.Rate.Most(); got != 2 {
		t.Errorf("the scale of no curve ends at %d, want 2", got)
	}
}
