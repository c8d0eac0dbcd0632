package records

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestKept(t *testing.T) {
	days := func(from string, n int) (all []string) {
		for i := range n {
			all = append(all, string(Date(from).AddDays(-i))+" 16:00")
		}
		return all
	}
	tests := []struct {
		name  string
		times []string
		want  []string // of which the minutes are left out when 16:00
	}{
		{"none", nil, nil},
		{"one", []string{"2026-11-22 09:00"}, []string{"2026-11-22 09:00"}},
		{"several a day", []string{"2026-11-22 09:00", "2026-11-22 17:30", "2026-11-22 12:00", "2026-11-21 08:00"}, []string{"2026-11-22 17:30", "2026-11-21 08:00"}},
		{"a week and a half", days("2026-11-22", 11), []string{
			"2026-11-22", "2026-11-21", "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-17", "2026-11-16", "2026-11-15"}}, // the 15th: Sunday of the week before
		{"forty days over a year's end", days("2027-01-03", 40), []string{
			"2027-01-03", "2027-01-02", "2027-01-01", "2026-12-31", "2026-12-30", "2026-12-29", "2026-12-28",
			"2026-12-27", "2026-12-20", "2026-12-13", // weeks: 53 of 2026 reaches into 2027
			"2026-11-30"}},
		{"a gap is no loss", []string{"2026-11-22 16:00", "2025-02-03 16:00", "2025-02-02 16:00", "2024-01-31 16:00"},
			[]string{"2026-11-22", "2025-02-03", "2025-02-02", "2024-01-31"}},
		{"the same day of two years", []string{"2026-01-05 16:00", "2025-01-05 16:00"}, []string{"2026-01-05", "2025-01-05"}},
		{"midnight is London's", []string{"2026-06-30 23:59", "2026-07-01 00:01"}, []string{"2026-07-01 00:01", "2026-06-30 23:59"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var times []time.Time
			for _, s := range tt.times {
				at, err := time.ParseInLocation("2006-01-02 15:04", s, London)
				if err != nil {
					t.Fatal(err)
				}
				times = append(times, at.UTC())
			}
			var got []string
			for i, keep := range Kept(times) {
				if keep {
					got = append(got, strings.TrimSuffix(tt.times[i], " 16:00"))
				}
			}
			slices.Sort(got)
			slices.Reverse(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("kept %q, want %q", got, tt.want)
			}
		})
	}
}

// TestKeptOfTwoYears holds what the rules come to in the long run.
func TestKeptOfTwoYears(t *testing.T) {
	var times []time.Time
	for d := range 730 {
		for _, h := range []int{8, 12, 16} {
			times = append(times, time.Date(2025, 1, 1+d, h, 0, 0, 0, London))
		}
	}
	n := 0
	for i, keep := range Kept(times) {
		if keep {
			n++
			if times[i].Hour() != 16 {
				t.Errorf("%v is not the last of its day", times[i])
			}
		}
	}
	if n < 19 || n > 23 {
		t.Errorf("%d are kept, want about 7 + 4 + 12", n)
	}
}
