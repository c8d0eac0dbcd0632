package review

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"throughline/records"
)

// dayOnly is a day and a month without a year: "17/9", "Mon 16th Sept".
var dayOnly = regexp.MustCompile(`(?i)^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?(\d{1,2})(?:st|nd|rd|th)?(?:(?: of)? ([a-z]{3,9})\.?|[/.-](\d{1,2}))$`)

// withoutYear reads a date that gives no year as the one nearest to a date
// beside it. It is approximate: the year is only likely. It returns false where
// the cell is something else.
func (r row) withoutYear(beside records.Date, now time.Time) (records.When, bool) {
	m := dayOnly.FindStringSubmatch(strings.Join(strings.Fields(r.get("date")), " "))
	at, err := time.Parse(time.DateOnly, string(beside))
	if m == nil || err != nil {
		return records.When{}, false
	}
	best := records.Date("")
	for y := at.Year() - 1; y <= at.Year()+1; y++ {
		text := fmt.Sprintf("%s %s %d", m[1], m[2], y)
		if m[3] != "" {
			text = fmt.Sprintf("%s/%s/%d", m[1], m[3], y)
		}
		d, err := records.ParseDate(text, now)
		if err == nil && d != "" && (best == "" || apart(d, at) < apart(best, at)) {
			best = d
		}
	}
	return records.When{Date: best, Precision: records.About}, best != ""
}

// apart returns how far a date lies from a day.
func apart(d records.Date, at time.Time) time.Duration {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 1 << 62
	}
	return t.Sub(at).Abs()
}

// firstDate returns the date of the first row that has one.
func (t *table) firstDate(now time.Time) records.Date {
	for i := t.header + 1; i < len(t.rows); i++ {
		if w, err := t.row(i).when(now, t.from1904); err == nil && w.Date != "" {
			return w.Date
		}
	}
	return ""
}
