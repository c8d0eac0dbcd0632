package records

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// YearGroup is a year group of an English school as it is kept: N1 and N2 in
// the nursery, R for Reception, then 1 to 13.
type YearGroup string

// YearGroups returns the year groups, the youngest first.
func YearGroups() []YearGroup {
	return []YearGroup{"N1", "N2", "R", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"}
}

// LastYear is the oldest year group of any school.
const LastYear YearGroup = "13"

// String returns the year group as people say it: "Reception", "Year 6".
func (g YearGroup) String() string {
	switch g {
	case "":
		return ""
	case "N1", "N2":
		return "Nursery (" + string(g) + ")"
	case "R":
		return "Reception"
	}
	return "Year " + string(g)
}

// rank returns the place of the year group among all, or -1 when it is none.
func (g YearGroup) rank() int { return slices.Index(YearGroups(), g) }

// next returns the year group after g, and "" after the last one.
func (g YearGroup) next() YearGroup {
	if i := g.rank(); i >= 0 && g != LastYear {
		return YearGroups()[i+1]
	}
	return ""
}

// ReadYearGroup returns the year group that was written, also as "Year 5", "Y5",
// "yr 5", "05" or "Reception"; "" when it cannot be told which one is meant.
func ReadYearGroup(text string) YearGroup {
	s := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	for _, prefix := range []string{"YEAR", "YR", "Y"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			s = rest
			break
		}
	}
	if s == "RECEPTION" {
		s = "R"
	}
	s = strings.TrimLeft(s, "0")
	if g := YearGroup(s); g.rank() >= 0 {
		return g
	}
	return ""
}

// SchoolYear returns the year in which the school year of a day began, on
// 1 September; 0 when the day is not known.
func SchoolYear(d Date) int {
	t := d.Time()
	if t.IsZero() {
		return 0
	}
	if t.Month() < time.September {
		return t.Year() - 1
	}
	return t.Year()
}

// SchoolYearName returns a school year as people say it: "2026/27".
func SchoolYearName(year int) string { return fmt.Sprintf("%d/%02d", year, (year+1)%100) }

// firstOfYear returns the day on which a school year begins.
func firstOfYear(year int) Date { return Date(fmt.Sprintf("%04d-09-01", year)) }

func (s *School) checkYears(v *Invalid) {
	low, top := s.LowestYear.rank(), s.TopYear.rank()
	if s.LowestYear != "" && low < 0 {
		v.add("lowest_year", "Choose the school's lowest year.")
	}
	if s.TopYear != "" && top < 0 {
		v.add("top_year", "Choose the school's top year.")
	}
	if low >= 0 && top >= 0 && top < low {
		v.add("top_year", "The top year is below the lowest. Check both.")
	}
	if s.RetainYears != 0 && (s.RetainYears < 18 || s.RetainYears > 100) {
		v.add("retain_years", "Give a number of years from 18 to 100: files are kept at least until the pupil is grown up.")
	}
}
