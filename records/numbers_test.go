package records

import (
	"context"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

const hid = Suppressed

func TestSmallNumbersAreSuppressed(t *testing.T) {
	tests := []struct {
		name  string
		in    []int
		total int
		want  []int
		sum   int
	}{
		{"nothing small", []int{5, 0, 12}, 17, []int{5, 0, 12}, 17},
		{"one small: the next smallest goes too", []int{3, 20, 7, 0}, 30, []int{hid, 20, hid, 0}, 30},
		{"two small", []int{3, 2, 20}, 25, []int{hid, hid, 20}, 25},
		{"one and one make two", []int{1, 1, 20, 6}, 28, []int{hid, hid, 20, hid}, 28},
		{"four and four make eight", []int{4, 4, 20}, 28, []int{hid, hid, hid}, 28},
		{"nothing else to hide", []int{3, 0}, 3, []int{hid, 0}, hid},
		{"the one line is small and the total is it", []int{4, 0, 0}, 4, []int{hid, 0, 0}, hid},
		{"nothing at all", []int{0, 0}, 0, []int{0, 0}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tally := Tally{Total: tt.total}
			for _, n := range tt.in {
				tally.add("", n)
			}
			tally.suppress()
			var got []int
			for _, c := range tally.Counts {
				got = append(got, c.N)
			}
			if !reflect.DeepEqual(got, tt.want) || tally.Total != tt.sum {
				t.Errorf("suppress(%v of %d) = %v of %d, want %v of %d", tt.in, tt.total, got, tally.Total, tt.want, tt.sum)
			}
		})
	}
}

// TestNoTotalGivesASmallNumberAway plays the reader who knows the rule: from
// what is shown no hidden small count must follow.
func TestNoTotalGivesASmallNumberAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOfN(rapid.IntRange(0, 9), 1, 6).Draw(t, "counts")
		tally := Tally{}
		for _, n := range in {
			tally.add("", n)
			tally.Total += n
		}
		tally.suppress()
		hidden, rest := 0, tally.Total
		for i, c := range tally.Counts {
			switch {
			case c.N == Suppressed:
				hidden++
			case c.N > 0 && c.N < smallest:
				t.Fatalf("%v: %d is shown", in, in[i])
			default:
				rest -= c.N
			}
		}
		if hidden == 0 || tally.Total == Suppressed {
			return
		}
		if hidden == 1 || rest == hidden {
			t.Fatalf("%v: shown as %v of %d", in, tally.Counts, tally.Total)
		}
	})
}

func TestNumbersCountThisSchoolYear(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	cal, err := s.Calendar(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cal.Terms = []Span{{"Spring 1", "2025-01-06", "2025-02-14"}, {"Spring 2", "2025-02-24", "2025-04-04"}, {"Summer 1", "2025-04-22", "2025-05-23"}}
	if err := s.Calendars.Save(ctx, &cal, "new terms"); err != nil {
		t.Fatal(err)
	}
	concern := func(p ID, day Date, k ...Category) *Concern {
		c := testConcern(p)
		c.When, c.Categories = On(day), k
		return c
	}
	for i := range 6 {
		p := testPupil()
		mustSave(t, s, p)
		mustSave(t, s, concern(p.ID, "2025-01-10", Neglect), concern(p.ID, "2025-02-28", Neglect, Attendance), concern(p.ID, "2024-08-31", Sexual))
		if i < 5 {
			mustSave(t, s, &StatusBand{Pupil: p.ID, Status: ChildInNeed, From: "2025-01-10"})
		}
	}
	gone := testPupil()
	gone.Left = "2025-02-01"
	mustSave(t, s, gone)
	s.Me.Role = Governor
	n, err := s.Numbers(ctx)
	if err != nil {
		t.Fatal(err)
	}
	find := func(tally Tally, name string) int {
		for _, c := range tally.Counts {
			if c.Name == name {
				return c.N
			}
		}
		t.Fatalf("no line %q in %v", name, tally.Counts)
		return 0
	}
	for name, got := range map[string][2]int{
		"neglect": {find(n.Categories, "Neglect"), 12}, "attendance": {find(n.Categories, Attendance.String()), 6},
		"last year's": {find(n.Categories, Sexual.String()), 0}, "concerns": {n.Categories.Total, 12},
		"spring 1": {find(n.Terms, "Spring 1"), 6}, "spring 2": {find(n.Terms, "Spring 2"), 6},
		"in need":   {find(n.Statuses, ChildInNeed.String()), hid}, // the sixth has none: both go
		"no status": {find(n.Statuses, "None of these"), hid}, "on roll": {n.Statuses.Total, 6}, "referrals": {n.Outcomes.Total, 0},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %d, want %d", name, got[0], got[1])
		}
	}
	if n.School != "Elm Lane Primary" || n.From != "2024-09-01" || n.To != "2025-03-03" {
		t.Errorf("numbers of %s from %s to %s", n.School, n.From, n.To)
	}
	for _, c := range n.Terms.Counts {
		if c.Name == "Summer 1" {
			t.Error("a term that has not begun is listed")
		}
	}
}
