package ui

import (
	"fmt"
	"math"
	"strings"
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

func TestScaleLaysDaysOut(t *testing.T) {
	s := scale{from: "2026-01-01", to: "2026-01-11", left: 100, width: 500}
	for _, test := range []struct {
		name string
		day  records.Date
		want float32
	}{
		{"the first day is on the left end", "2026-01-01", 100},
		{"the last day is on the right end", "2026-01-11", 600},
		{"the middle", "2026-01-06", 350},
		{"a day before stays on the left end", "2014-06-30", 100},
		{"a day after stays on the right end", "2031-06-30", 600},
	} {
		if got := s.x(test.day); got != test.want {
			t.Errorf("%s: x(%q) = %v, want %v", test.name, test.day, got, test.want)
		}
	}
	across := scale{from: "2026-03-28", to: "2026-03-30", width: 100} // the clocks go forward on the 29th
	if got := across.x("2026-03-29"); got != 50 {
		t.Errorf("on the day the clocks change x = %v, want 50", got)
	}
	if got := (scale{from: "2026-01-01", to: "2026-01-01", left: 7, width: 9}).x("2026-01-01"); got != 7 {
		t.Errorf("a scale of one day: x = %v, want 7", got)
	}
}

func TestPeriod(t *testing.T) {
	tie := entryOn("2014-02-28", records.KindTie)
	for _, test := range []struct {
		name     string
		line     chronology.Line
		from, to records.Date
	}{
		{"an empty line still has days", nil, "2026-07-21", "2026-11-26"},
		{"a line of a year has some more on either side", chronology.Line{concernOn("2025-11-22", records.Neglect, 1)}, "2025-11-16", "2026-11-28"},
		{"who lived there at birth does not stretch it", chronology.Line{tie, concernOn("2025-11-22", records.Neglect, 1)}, "2025-11-16", "2026-11-28"},
		{"undated entries count for nothing", chronology.Line{{Ref: records.Ref{Kind: records.KindConcern}}}, "2026-07-21", "2026-11-26"},
	} {
		from, to := period(test.line, "2026-11-22")
		if from != test.from || to != test.to {
			t.Errorf("%s: period = %v to %v, want %v to %v", test.name, from, to, test.from, test.to)
		}
	}
}

func TestLanes(t *testing.T) {
	line := chronology.Line{
		concernOn("2026-01-05", records.Attendance, 1), concernOn("2026-01-06", records.Neglect, 1),
		entryOn("2026-01-07", records.KindReferral), entryOn("2026-01-08", records.KindStatus),
		entryOn("2026-01-09", records.KindSupport), entryOn("2026-01-10", records.KindTie),
	}
	lanes, of := lanesOf(line)
	var names []string
	for _, l := range lanes {
		names = append(names, l.name)
	}
	if got, want := strings.Join(names, ", "), "Neglect, Attendance and lateness, Household, Help and watching, Social care"; got != want {
		t.Errorf("lanes = %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(of), "[1 0 4 -1 3 2]"; got != want {
		t.Errorf("lane of each entry = %s, want %s", got, want)
	}
}

func TestRareCategoriesShareALane(t *testing.T) {
	var line chronology.Line
	for i, c := range records.Categories()[:10] {
		for n := 0; n <= i; n++ {
			line = append(line, concernOn("2026-01-05", c, 1))
		}
	}
	lanes, of := lanesOf(line)
	if len(lanes) != mostCategories {
		t.Fatalf("%d lanes, want %d", len(lanes), mostCategories)
	}
	if got := lanes[of[0]].name; got != laneOthers {
		t.Errorf("the rarest category is in %q, want %q", got, laneOthers)
	}
	if got := lanes[of[len(of)-1]].category; got != line[len(line)-1].Category {
		t.Errorf("the commonest category is in lane %q", got)
	}
}

func TestMarks(t *testing.T) {
	about := concernOn("2026-03-10", records.Neglect, 5)
	about.When.Precision = records.About
	month := concernOn("2026-04-01", records.Neglect, 0)
	month.When.Precision = records.InMonth
	other := concernOn("2026-05-04", records.Neglect, 2)
	other.Part = records.Witness
	line := chronology.Line{concernOn("2026-03-02", records.Neglect, 1), about, month, other, entryOn("2026-06-01", records.KindReferral), {}}
	p := plotOf(line, "2026-06-30", 1000, 200)
	if len(p.marks) != 5 {
		t.Fatalf("%d marks, want 5: an undated entry has none", len(p.marks))
	}
	first, last := p.marks[0], p.marks[4]
	for _, test := range []struct {
		name string
		ok   bool
	}{
		{"later entries lie further right", first.x < p.marks[1].x && p.marks[1].x < p.marks[2].x},
		{"the most serious is the largest", p.marks[1].r > first.r && p.marks[1].r > p.marks[3].r},
		{"not judged is as large as a small worry", p.marks[2].r == first.r},
		{"an exact day is filled", !first.hollow && first.spread == 0},
		{"about a day is hollow and spreads", p.marks[1].hollow && p.marks[1].spread > 0},
		{"a month spreads further", p.marks[2].spread > p.marks[1].spread},
		{"a month lies in its middle", p.marks[2].x == p.scale.x("2026-04-16")},
		{"another child's concern is hollow", p.marks[3].hollow},
		{"a referral is a diamond", last.shape == diamond},
		{"marks stand in their lane", last.y > first.y && last.y < p.bottom()},
		{"nothing lies outside", first.x >= gutter && last.x <= 1000-rightEdge},
	} {
		if !test.ok {
			t.Errorf("not so: %s; marks %+v", test.name, p.marks)
		}
	}
}

func TestMarkAtAPoint(t *testing.T) {
	line := chronology.Line{concernOn("2026-01-05", records.Neglect, 1), concernOn("2026-05-05", records.Neglect, 5), concernOn("2026-05-05", records.Neglect, 5)}
	p := plotOf(line, "2026-06-30", 1000, 200)
	m := p.marks[0]
	for _, test := range []struct {
		name string
		x, y float32
		want int
	}{
		{"on it", m.x, m.y, 0},
		{"just beside a small one", m.x + 8, m.y, 0},
		{"far from every one", m.x + 40, m.y, -1},
		{"the later of two at one place", p.marks[1].x, p.marks[1].y, 2},
	} {
		if got := p.at(test.x, test.y); got != test.want {
			t.Errorf("%s: at = %d, want %d", test.name, got, test.want)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, test := range []struct {
		name     string
		from, to records.Date
		width    float32
		want     string
	}{
		{"months", "2025-11-20", "2026-03-10", 400, "Dec 2025, Jan 2026, Feb, Mar"},
		{"every other month", "2025-10-20", "2026-04-10", 240, "Nov 2025, Jan 2026, Mar"},
		{"quarters of two years", "2025-01-10", "2026-12-20", 600, "Apr 2025, Jul, Oct, Jan 2026, Apr, Jul, Oct"},
		{"years", "2015-06-01", "2026-06-01", 800, "2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026"},
		{"no days", "2026-01-01", "2026-01-01", 800, ""},
	} {
		s := scale{from: test.from, to: test.to, width: test.width}
		var texts []string
		last := float32(math.Inf(-1))
		for _, k := range s.ticks() {
			texts = append(texts, k.text)
			if k.x-last < tickApart-4 {
				t.Errorf("%s: %q stands %v after the one before it", test.name, k.text, k.x-last)
			}
			last = k.x
		}
		if got := strings.Join(texts, ", "); got != test.want {
			t.Errorf("%s: ticks = %s, want %s", test.name, got, test.want)
		}
	}
}

func TestHolidaysBehindTheLine(t *testing.T) {
	cal := records.Calendar{Terms: []records.Span{
		{From: "2026-01-05", To: "2026-02-13"}, {From: "2026-02-23", To: "2026-03-27"}, {From: "2026-03-30", To: "2026-05-22"},
		{From: "2026-09-02", To: "2026-10-23"},
	}}
	s := scale{from: "2026-02-01", to: "2026-08-01", width: 100}
	got := fmt.Sprint(s.shut(cal))
	want := fmt.Sprint([]records.Span{{From: "2026-02-14", To: "2026-02-22"}, {From: "2026-05-23", To: "2026-08-01"}})
	if got != want {
		t.Errorf("shut = %s, want %s: a weekend is no holiday, and the summer ends with the scale", got, want)
	}
}

func TestStretch(t *testing.T) {
	s := scale{from: "2026-01-01", to: "2026-01-11", width: 100}
	for _, test := range []struct {
		name     string
		from, to records.Date
		x, width float32
		there    bool
	}{
		{"within", "2026-01-03", "2026-01-05", 20, 20, true},
		{"while it lasts", "2026-01-06", "", 50, 50, true},
		{"from before the line", "2020-01-01", "2026-01-02", 0, 10, true},
		{"before the line", "2020-01-01", "2021-01-01", 0, 0, false},
		{"after the line", "2027-01-01", "", 0, 0, false},
	} {
		x, width, there := s.stretch(test.from, test.to)
		if x != test.x || width != test.width || there != test.there {
			t.Errorf("%s: stretch = %v %v %v, want %v %v %v", test.name, x, width, there, test.x, test.width, test.there)
		}
	}
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

	m := tl.plot.marks[1]
	test.TapAt(tl, fyne.NewPos(m.x, m.y))
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
	tl.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(m.x, m.y)}})
	if got, want := tipOf(&tl.line[tl.plot.marks[tl.over].entry]), "5 Mar 2026 · Concern: Physical harm or injury · Very serious"; got != want {
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
	if len(tl.plot.marks) != 1000 {
		t.Errorf("%d marks, want 1000", len(tl.plot.marks))
	}
}
