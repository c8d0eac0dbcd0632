package chronology

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"throughline/records"
)

// anyLine draws a line of entries of any kind, some undated, in any order.
func anyLine(t *rapid.T) Line {
	kinds := []records.Kind{
		records.KindConcern, records.KindConcern, records.KindConcern, records.KindTie, records.KindStatus, records.KindReferral, records.KindSupport,
	}
	precisions := []records.Precision{records.Exact, records.About, records.InMonth, records.Before}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Entry {
		day := records.Date("2026-06-30").AddDays(-rapid.IntRange(0, 6000).Draw(t, "days ago"))
		if rapid.IntRange(0, 9).Draw(t, "undated") == 0 {
			day = ""
		}
		e := drawnOn(day, rapid.SampledFrom(records.Categories()).Draw(t, "category"), records.Severity(rapid.IntRange(0, 5).Draw(t, "severity")))
		e.Ref.Kind = rapid.SampledFrom(kinds).Draw(t, "kind")
		e.When.Precision = rapid.SampledFrom(precisions).Draw(t, "precision")
		return e
	}), 0, 60).Draw(t, "line")
}

func TestPictureHoldsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Scene{Line: anyLine(t), Calendar: schoolYear, Read: "2026-06-30", End: "Today", Bands: []records.StatusBand{
			{Status: records.EarlyHelp, From: "2020-01-01", To: "2026-03-01"}, {Status: records.ChildInNeed, From: "2026-02-01"},
		}}
		f := frame
		f.Width = rapid.Float64Range(220, 3000).Draw(t, "width")
		f.Height = max(s.Picture().Least(f), rapid.Float64Range(0, 600).Draw(t, "height"))
		l := s.Picture().Place(f)
		for _, m := range l.Marks {
			if m.X-m.R < 0 || m.X+m.R > f.Width || m.Y-m.R < f.Strip-1e-9 || m.Y+m.R > l.RateTop+1e-9 || m.X1 > m.X || m.X2 < m.X || m.X1 < f.Left || m.X2 > f.Width {
				t.Fatalf("a mark leaves the frame: %+v", m)
			}
		}
		for i, k := range l.Ticks {
			if k.X < f.Left || i > 0 && l.Ticks[i-1].X+fives(l.Ticks[i-1].Text) >= k.X {
				t.Fatalf("tick %q touches the one before it", k.Text)
			}
			if k.X < l.Today && k.X+fives(k.Text) >= l.EndX() {
				t.Fatalf("tick %q stands under today's", k.Text)
			}
		}
		for _, run := range l.Runs {
			for i, p := range run {
				if p.Y < l.RateTop || p.Y > l.Bottom || p.X < f.Left || p.X > f.Width || i > 0 && p.X < run[i-1].X {
					t.Fatalf("the curve leaves its lane: %+v", run)
				}
			}
		}
		if l.Bottom+f.Axis > f.Height+1e-9 {
			t.Fatalf("the lanes end at %v of %v", l.Bottom, f.Height)
		}
		again := s.Picture().Place(f)
		l.Measure, again.Measure = nil, nil
		if !reflect.DeepEqual(l, again) {
			t.Fatal("the same scene and frame give two pictures")
		}
	})
}

// thousand is a line of 1,000 entries over eight years.
func thousand() (Line, records.Date) {
	var line Line
	day := records.Date("2016-09-05")
	for i := range 1000 {
		line = append(line, drawnOn(day, records.Categories()[i%12], records.Severity(i%6)))
		day = day.AddDays(3)
	}
	return line, day
}

func TestAThousandEntriesAreLaidOutQuickly(t *testing.T) {
	line, read := thousand()
	began := time.Now()
	l := Scene{Line: line, Calendar: schoolYear, Read: read}.Picture().Place(frame)
	if took := time.Since(began); took > 500*time.Millisecond {
		t.Errorf("it took %v", took)
	}
	if len(l.Marks) != 1000 {
		t.Errorf("%d marks, want 1000", len(l.Marks))
	}
	if !slices.IsSortedFunc(l.Marks, func(a, b PlacedMark) int { return int(a.X - b.X) }) {
		t.Error("marks are not in the order of time")
	}
}

func BenchmarkPicture1000(b *testing.B) {
	line, read := thousand()
	for b.Loop() {
		Scene{Line: line, Calendar: schoolYear, Read: read}.Picture().Place(frame)
	}
}
