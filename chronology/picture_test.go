package chronology

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"throughline/records"
)

// drawnOn returns a concern on a day.
func drawnOn(d records.Date, c records.Category, s records.Severity) Entry {
	return Entry{
		Ref: records.Ref{Kind: records.KindConcern, ID: records.ID(fmt.Sprint(d, c))}, When: records.On(d),
		Category: c, Severity: s, Title: "Concern: " + c.String(),
	}
}

func drawnAs(d records.Date, k records.Kind) Entry {
	return Entry{Ref: records.Ref{Kind: k, ID: records.ID(fmt.Sprint(d, k))}, When: records.On(d), Title: string(k), Event: string(k) + "."}
}

// fives is a type in which every character is five wide.
func fives(s string) float64 { return 5 * float64(utf8.RuneCountInString(s)) }

var frame = Frame{
	Width: 1000, Height: 300, Left: 180, Right: 14, Strip: 26, Axis: 20, Curve: 30, LaneLeast: 17, LaneMost: 30, Dot: 4, Measure: fives,
}

// schoolYear is September 2025 to the next September.
var schoolYear = records.Calendar{Terms: []records.Span{
	{From: "2025-09-03", To: "2025-10-24"}, {From: "2025-11-03", To: "2025-12-19"}, {From: "2026-01-05", To: "2026-02-13"},
	{From: "2026-02-23", To: "2026-03-27"}, {From: "2026-04-13", To: "2026-05-22"}, {From: "2026-06-01", To: "2026-07-22"},
	{From: "2026-09-02", To: "2026-10-23"},
}}

func placed(l Line, read records.Date) *Placed {
	return Scene{Line: l, Calendar: schoolYear, Read: read}.Picture().Place(frame)
}

func TestScaleLaysDaysOut(t *testing.T) {
	over := func(from, to records.Date, left, width float64) *Placed {
		return &Placed{Picture: &Picture{From: from, To: to}, Frame: Frame{Left: left, Width: left + width}}
	}
	s := over("2026-01-01", "2026-01-11", 100, 500)
	for _, test := range []struct {
		name string
		day  records.Date
		want float64
	}{
		{"the first day is on the left end", "2026-01-01", 100},
		{"the last day is on the right end", "2026-01-11", 600},
		{"the middle", "2026-01-06", 350},
		{"a day before stays on the left end", "2014-06-30", 100},
		{"a day after stays on the right end", "2031-06-30", 600},
	} {
		if got := s.at(test.day); got != test.want {
			t.Errorf("%s: at(%q) = %v, want %v", test.name, test.day, got, test.want)
		}
	}
	across := over("2026-03-28", "2026-03-30", 0, 100) // the clocks go forward on the 29th
	if got := across.at("2026-03-29"); got != 50 {
		t.Errorf("on the day the clocks change at = %v, want 50", got)
	}
	if got := over("2026-01-01", "2026-01-01", 7, 9).at("2026-01-01"); got != 7 {
		t.Errorf("a scale of one day: at = %v, want 7", got)
	}
}

func TestPeriod(t *testing.T) {
	born := drawnAs("2014-02-28", records.KindTie)
	year := drawnOn("2025-11-22", records.Neglect, 1)
	for _, test := range []struct {
		name     string
		line     Line
		from, to records.Date
	}{
		{"an empty line still has days", nil, "2026-07-21", "2026-11-26"},
		{"a line of a year has some more on either side", Line{year}, "2025-11-16", "2026-11-28"},
		{"who lived there at birth does not stretch it", Line{born, year}, "2025-11-16", "2026-11-28"},
		{"undated entries count for nothing", Line{{Ref: records.Ref{Kind: records.KindConcern}}}, "2026-07-21", "2026-11-26"},
		{"dates out of order", Line{drawnOn("2026-05-01", records.Neglect, 1), year}, "2025-11-16", "2026-11-28"},
	} {
		if from, to := period(test.line, "2026-11-22"); from != test.from || to != test.to {
			t.Errorf("%s: period = %v to %v, want %v to %v", test.name, from, to, test.from, test.to)
		}
	}
}

func TestLanes(t *testing.T) {
	line := Line{
		drawnOn("2026-01-05", records.Attendance, 1), drawnOn("2026-01-06", records.Neglect, 1),
		drawnAs("2026-01-07", records.KindReferral), drawnAs("2026-01-08", records.KindStatus),
		drawnAs("2026-01-09", records.KindSupport), drawnAs("2026-01-10", records.KindTie), drawnOn("2026-01-11", records.Neglect, 2),
		drawnAs("2026-01-12", records.KindMeeting), drawnOn("", records.Physical, 5),
	}
	p := Scene{Line: line, Read: "2026-02-01"}.Picture()
	if got, want := p.counts(), "Neglect 2, Attendance and lateness 1, Household 1, Help and watching 1, Social care 2"; got != want {
		t.Errorf("lanes = %s, want %s", got, want)
	}
	if p.Undated != 1 {
		t.Errorf("%d undated, want 1", p.Undated)
	}
}

func TestRareCategoriesShareALane(t *testing.T) {
	var line Line
	for i, c := range records.Categories()[:10] {
		for n := 0; n <= i; n++ {
			line = append(line, drawnOn("2026-01-05", c, 1))
		}
	}
	lanes, of := lanesOf(line)
	if len(lanes) != mostCategories {
		t.Fatalf("%d lanes, want %d", len(lanes), mostCategories)
	}
	if got := lanes[of[0]].Name; got != LaneOthers {
		t.Errorf("the rarest category is in %q, want %q", got, LaneOthers)
	}
	if got := lanes[of[len(of)-1]].Category; got != line[len(line)-1].Category {
		t.Errorf("the commonest category is in lane %q", got)
	}
}

func TestMarks(t *testing.T) {
	as := func(p records.Precision, e Entry) Entry { e.When.Precision = p; return e }
	hearsay := drawnOn("2026-05-20", records.Neglect, 2)
	hearsay.Standing = records.Hearsay
	other := drawnOn("2026-05-04", records.Neglect, 2)
	other.Part = records.Witness
	l := placed(Line{
		drawnAs("2014-01-01", records.KindTie),
		drawnOn("2026-03-02", records.Neglect, 1),
		as(records.About, drawnOn("2026-03-10", records.Neglect, 5)),
		as(records.InMonth, drawnOn("2026-04-01", records.Neglect, 0)),
		as(records.Before, drawnOn("2026-04-20", records.Neglect, 1)),
		other, hearsay,
		drawnAs("2026-06-01", records.KindReferral), drawnAs("2026-06-02", records.KindReply), drawnAs("2026-06-03", records.KindChallenge),
		{},
	}, "2026-06-30")
	if len(l.Marks) != 10 {
		t.Fatalf("%d marks, want 10: an undated entry has none", len(l.Marks))
	}
	m := l.Marks
	for _, test := range []struct {
		name string
		ok   bool
	}{
		{"what was before the picture is an arrow at its left end", m[0].Shape == Arrow && m[0].X == l.Left},
		{"later entries lie further right", m[1].X < m[2].X && m[2].X < m[3].X},
		{"the most serious is the largest", m[2].R > m[1].R && m[2].R > m[5].R},
		{"not judged is as large as a small worry", m[3].R == m[1].R},
		{"an exact day is filled and has no bar", !m[1].Hollow && m[1].X1 == m[1].X && m[1].X2 == m[1].X},
		{"about a day is filled, with a bar that is seen", !m[2].Hollow && m[2].X1 < m[2].X-m[2].R && m[2].X2 > m[2].X+m[2].R},
		{"a month reaches from its first day to its last", m[3].First == "2026-04-01" && m[3].Last == "2026-04-30" && m[3].Day == "2026-04-15"},
		{"before a day reaches back only", m[4].X1 < m[4].X && m[4].X2 == m[4].X},
		{"another child's concern is hollow", m[5].Hollow},
		{"hearsay is hollow", m[6].Hollow},
		{"a referral, a reply, a challenge", m[7].Shape == Diamond && m[8].Shape == SmallDiamond && m[9].Shape == Triangle},
		{"marks stand in their lane", m[9].Y > m[1].Y && m[9].Y < l.RateTop},
	} {
		if !test.ok {
			t.Errorf("not so: %s; marks %+v", test.name, m)
		}
	}
}

func TestMarksOfOneDay(t *testing.T) {
	l := placed(Line{
		drawnOn("2026-05-05", records.Neglect, 1), drawnOn("2026-05-05", records.Neglect, 3), drawnOn("2026-05-05", records.Neglect, 1),
	}, "2026-06-30")
	for i, m := range l.Marks {
		if i > 0 && m.Y-l.Marks[i-1].Y < 1 {
			t.Errorf("mark %d lies on the one before it", i)
		}
		if m.Y-m.R < l.Strip-1e-9 || m.Y+m.R > l.RateTop+1e-9 {
			t.Errorf("mark %d leaves its lane", i)
		}
	}
}

func TestNearest(t *testing.T) {
	l := placed(Line{
		drawnOn("2026-01-05", records.Neglect, 1), drawnOn("2026-05-05", records.Neglect, 5), drawnOn("2026-05-05", records.Neglect, 5),
	}, "2026-06-30")
	m := l.Marks[0]
	for _, test := range []struct {
		name string
		x, y float64
		want int
	}{
		{"on it", m.X, m.Y, 0},
		{"just beside a small one", m.X + 8, m.Y, 0},
		{"far from every one", m.X + 40, m.Y, -1},
		{"the later of two at one place", l.Marks[2].X, l.Marks[2].Y, 2},
	} {
		if got := l.Nearest(test.x, test.y, 9); got != test.want {
			t.Errorf("%s: nearest = %d, want %d", test.name, got, test.want)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, test := range []struct {
		name     string
		from, to records.Date
		width    float64
		want     string
	}{
		{"months", "2025-11-20", "2026-03-10", 400, "Dec 2025, Jan 2026, Feb, Mar"},
		{"every other month", "2025-10-20", "2026-04-10", 220, "Nov 2025, Jan 2026, Mar"},
		{"quarters of two years", "2025-01-10", "2026-12-20", 500, "Apr 2025, Jul, Oct, Jan 2026, Apr, Jul, Oct"},
		{"years", "2015-06-01", "2026-06-01", 500, "2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025"},
		{"no room for the last", "2026-01-01", "2026-04-03", 400, "Jan 2026, Feb, Mar"},
		{"no room at all", "2025-01-01", "2026-04-03", 9, ""},
	} {
		l := &Placed{Picture: &Picture{From: test.from, To: test.to}, Frame: Frame{Width: test.width, Measure: fives}}
		l.ticks()
		var texts []string
		for _, k := range l.Ticks {
			texts = append(texts, k.Text)
		}
		if got := strings.Join(texts, ", "); got != test.want {
			t.Errorf("%s: ticks = %s, want %s", test.name, got, test.want)
		}
	}
}

func TestHolidays(t *testing.T) {
	cal := records.Calendar{Terms: []records.Span{
		{From: "2026-01-05", To: "2026-02-13"}, {From: "2026-03-30", To: "2026-05-22"}, {From: "2026-02-23", To: "2026-03-27"},
		{From: "2026-03-01", To: "2026-03-05"}, // within another
		{From: "2026-09-02", To: "2026-10-23"},
	}}
	got := fmt.Sprint(holidays(cal, "2026-02-01", "2026-08-01"))
	want := fmt.Sprint([]records.Span{{From: "2026-02-14", To: "2026-02-22"}, {From: "2026-05-23", To: "2026-08-01"}})
	if got != want {
		t.Errorf("holidays = %s, want %s: a weekend is none, and the summer ends with the picture", got, want)
	}
	if got := holidays(records.Calendar{}, "2026-02-01", "2026-08-01"); got != nil {
		t.Errorf("without a calendar there are holidays: %v", got)
	}
}

func TestHatchingOverHalfTerm(t *testing.T) {
	l := placed(Line{drawnOn("2026-02-02", records.Neglect, 1)}, "2026-03-20")
	var half Extent
	for _, e := range l.Shut {
		if e.X == l.at("2026-02-14") {
			half = e
		}
	}
	if end := half.X + half.Width; math.Abs(end-l.at("2026-02-23")) > 1e-9 {
		t.Errorf("half-term is hatched to %v, want the morning of the 23rd at %v", end, l.at("2026-02-23"))
	}
}

func TestHatchStaysInside(t *testing.T) {
	e := Extent{X: 30.5, Width: 12}
	lines := e.Hatch(20, 100, 5)
	if len(lines) < 16 {
		t.Errorf("%d lines over a height of 80, want one every 5", len(lines))
	}
	for _, l := range lines {
		for _, p := range l {
			if p.X < e.X-1e-9 || p.X > e.X+e.Width+1e-9 || p.Y < 20-1e-9 || p.Y > 100+1e-9 {
				t.Errorf("a line reaches %v", p)
			}
		}
		if rise := l[0].X + l[0].Y - l[1].X - l[1].Y; math.Abs(rise) > 1e-9 {
			t.Errorf("%v is not at 45 degrees", l)
		}
	}
}

func TestBands(t *testing.T) {
	p := Scene{
		Line: Line{drawnOn("2026-01-02", records.Neglect, 1)}, Read: "2026-06-30",
		Bands: []records.StatusBand{
			{Status: records.ChildProtect, Category: "neglect", From: "2026-05-01", To: "2027-01-01"},
			{Status: records.EarlyHelp, From: "2019-01-01", To: "2026-05-20"},
			{Status: records.FamilyHelp, From: "2018-01-01", To: "2018-05-20"},
			{Status: records.ChildInNeed, From: "2026-06-01"},
		},
	}.Picture()
	l := p.Place(frame)
	if len(l.Strips) != 3 {
		t.Fatalf("%d strips, want 3: what ended before the picture is not in it", len(l.Strips))
	}
	help, protect, need := l.Strips[0], l.Strips[1], l.Strips[2]
	if help.X != l.Left || protect.Band.To != p.Read || need.Band.To != p.Read {
		t.Errorf("strips %+v: want the first from the left end, the others to the day of reading", l.Strips)
	}
	if !strings.HasPrefix(protect.Name, records.ChildProtect.String()+": neglect") {
		t.Errorf("a child protection plan is %q", protect.Name)
	}
	for i, s := range l.Strips[:2] {
		if s.X+fives(s.Label) > l.Strips[i+1].X {
			t.Errorf("%q stands on the name after it", s.Label)
		}
	}
}

func TestTurns(t *testing.T) {
	l := placed(Line{
		drawnAs("2014-01-01", records.KindTie), drawnOn("2026-01-02", records.Neglect, 1), drawnAs("2026-03-01", records.KindTie),
	}, "2026-06-30")
	if len(l.Turns) != 1 || l.Turns[0] != l.at("2026-03-01") {
		t.Errorf("turns at %v, want one, on 1 March", l.Turns)
	}
	if got := l.String(); !strings.Contains(got, " 1 Mar 2026: tie.") {
		t.Errorf("the words do not say when: %s", got)
	}
}

func TestPictureOfNothing(t *testing.T) {
	for name, line := range map[string]Line{"no entry": nil, "no date": {drawnOn("", records.Neglect, 1)}, "a status": {drawnAs("2026-01-01", records.KindStatus)}} {
		p := Scene{Line: line, Calendar: schoolYear, Bands: []records.StatusBand{{Status: records.EarlyHelp, From: "2026-01-01"}}, Read: "2026-06-30"}.Picture()
		l := p.Place(frame)
		if len(l.Marks) != 0 || len(l.Strips) != 0 || l.Step(0, 1) != -1 || l.Nearest(0, 0, 9) != -1 || p.String() == "" {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

func TestPictureInWords(t *testing.T) {
	f := story()
	got := Scene{Line: Of(f), Bands: f.Bands, Calendar: f.Calendar, Read: f.Read.Date()}.Picture().String()
	for _, want := range []string{
		"Timeline from 18 Nov 2024 to 1 Jul 2025.", "Neglect 1", "Social care ", "Early help from 20 Jan 2025, and goes on.",
		"1 change at home was before it begins.", "Concerns in 6 school weeks: 2 to the week of 23 Dec 2024",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the words lack %q:\n%s", want, got)
		}
	}
}

func TestClip(t *testing.T) {
	for _, test := range []struct {
		text string
		room float64
		want string
	}{
		{"Early help", 50, "Early help"},
		{"Early help", 49, "Early he…"},
		{"Early help", 37, "Early…"},
		{"Early help", 6, ""},
		{"הגנה על ילד", 30, "הגנה…"},
		{"ae\u0301b", 15, "a…"}, // not an e without its accent
		{"", 0, ""},
	} {
		if got := Clip(test.text, test.room, fives); got != test.want {
			t.Errorf("Clip(%q, %v) = %q, want %q", test.text, test.room, got, test.want)
		}
	}
}
