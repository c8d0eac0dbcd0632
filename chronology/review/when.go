package review

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"throughline/records"
)

var errFuture = errors.New("This date is in the future. Check the year.")

// when returns when the event of the row happened; undated where the cell is
// empty or says that it is not known. Returns records.ErrDateForm or
// records.ErrNoSuchDay for a date that cannot be read.
func (r row) when(now time.Time, from1904 bool) (records.When, error) {
	w, clock, err := readDate(r.get("date"), now, from1904)
	if err != nil || w.Date == "" {
		return records.When{}, err
	}
	if p := precisionOf(r.get("date_precision")); p != "" && w.Precision == records.Exact {
		w.Precision = p
	}
	if w.Precision != records.Exact {
		return w, nil
	}
	if c := readClock(r.get("time")); c != "" {
		clock = c
	}
	return records.AtClock(w.Date, clock), nil
}

// unknowns are what people write where they know no date.
var unknowns = words("- – — ? ?? n/a na nk tbc none unknown undated unsure unclear", "not known", "no date", "date unknown", "date not known", "not recorded", "not dated", "not sure")

func words(list string, phrases ...string) map[string]bool {
	m := map[string]bool{}
	for _, w := range append(strings.Fields(list), phrases...) {
		m[w] = true
	}
	return m
}

// hedges stand before a date that is not exact; the longest first.
var hedges = []struct {
	word string
	p    records.Precision
}{
	{"week commencing", records.About}, {"week beginning", records.About}, {"approximately", records.About}, {"on or before", records.Before},
	{"beginning of", records.About}, {"sometime in", records.About}, {"some time in", records.About}, {"on or around", records.About},
	{"on or about", records.About}, {"middle of", records.About}, {"prior to", records.Before}, {"week of", records.About}, {"start of", records.About},
	{"roughly", records.About}, {"approx.", records.About}, {"end of", records.About}, {"around", records.About}, {"approx", records.About},
	{"before", records.Before}, {"about", records.About}, {"circa", records.About}, {"early", records.About}, {"late", records.About},
	{"w/c", records.About}, {"w/b", records.About}, {"mid-", records.About}, {"mid", records.About}, {"abt", records.About}, {"est.", records.About},
	{"ca.", records.About}, {"c.", records.About}, {"ca", records.About}, {"by", records.Before}, {"in", records.InMonth}, {"c", records.About}, {"~", records.About},
}

// readDate reads a date as people write it in a chronology, with how exactly it
// is known and the clock time where one stands behind it.
func readDate(text string, now time.Time, from1904 bool) (records.When, string, error) {
	s := strings.ToLower(strings.Join(strings.Fields(text), " "))
	if s == "" || unknowns[s] {
		return records.When{}, "", nil
	}
	if compact.MatchString(s) {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return ofSerial(n, from1904)
	}
	s, p := unhedge(s)
	s, clock := cutClock(s)
	if m := monthDay.FindStringSubmatch(s); m != nil { // March 3, 2024
		s = m[2] + " " + m[1] + " " + m[3]
	}
	d, err := records.ParseDate(s, now)
	switch {
	case err == nil && d != "":
		return records.When{Date: d, Precision: p}, clock, nil
	case errors.Is(err, records.ErrNoSuchDay):
		return records.When{}, "", err
	}
	if d := readMonth(s, now); d != "" {
		if p != records.Before {
			p = records.InMonth
		}
		return records.When{Date: d, Precision: p}, "", nil
	}
	d, err = readSpan(s, now)
	return records.When{Date: d, Precision: records.About}, "", err
}

// unhedge returns a date without the words that make it uncertain, and how
// exactly it is known.
func unhedge(s string) (string, records.Precision) {
	p := records.Exact
	for _, mark := range []string{"?", "(approx)", "(approx.)", "(approximate)", "(approximately)", "(about)", "(est)", "(estimated)", "approx", "approx.", "ish"} {
		if rest, ok := strings.CutSuffix(s, mark); ok {
			s, p = strings.TrimSpace(rest), records.About
		}
	}
	for again := true; again; {
		again = false
		for _, h := range hedges {
			rest, ok := strings.CutPrefix(s, h.word)
			if !ok || rest == "" || !strings.ContainsAny(h.word[len(h.word)-1:], ".~-") && isLetter(rest[0]) {
				continue
			}
			if s = strings.TrimSpace(rest); h.p != records.InMonth {
				p = h.p
			}
			again = true
			break
		}
	}
	return s, p
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }

var (
	seconds  = regexp.MustCompile(`^(\d{1,2}:\d\d):\d\d(?:\.\d+)?$`)
	compact  = regexp.MustCompile(`^(19|20)\d{6}$`)
	isoTime  = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d)(?::\d\d(?:[.,]\d+)?)?(z|[+-]\d\d:?\d\d)?$`)
	dayTime  = regexp.MustCompile(`^(.*\d{2,4}),?(?: at)? (\d{1,2}:\d\d)(?::\d\d)? ?([ap]\.?m\.?)?$`)
	pmTime   = regexp.MustCompile(`^(.*\d{2,4}),?(?: at)? (\d{1,2}(?:\.\d\d)? ?[ap]m)$`)
	monthNum = regexp.MustCompile(`^(\d{1,2})[/.-](\d{4})$`)
	monthISO = regexp.MustCompile(`^(\d{4})-(\d{1,2})$`)
	monthTxt = regexp.MustCompile(`^([a-z]+)(?:[ .,/-]*(\d{4})| ?['’/-](\d{2}))$`) // not "March 12", which may be a day
	monthDay = regexp.MustCompile(`^([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
	daySpan  = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?(?: ?[-–—/&] ?| to | and )(\d{1,2}(?:st|nd|rd|th)?[ /.-].+)$`)
	fullSpan = regexp.MustCompile(`^(.+?)(?: ?[–—] ?| - | to | until )(.+)$`)
)

// cutClock returns a date without the time of day behind it, and that time.
// Midnight is what programs write for no time.
func cutClock(s string) (date, clock string) {
	if m := isoTime.FindStringSubmatch(s); m != nil {
		if m[3] != "" {
			zone := strings.ToUpper(m[3])
			if len(zone) == 5 {
				zone = zone[:3] + ":" + zone[3:]
			}
			if t, err := time.Parse("2006-01-02T15:04Z07:00", m[1]+"T"+m[2]+zone); err == nil {
				t = t.In(records.London)
				return t.Format("2006-01-02"), t.Format("15:04")
			}
		}
		return m[1], notMidnight(m[2])
	}
	if m := dayTime.FindStringSubmatch(s); m != nil {
		return m[1], notMidnight(readClock(m[2] + strings.ReplaceAll(m[3], ".", "")))
	}
	if m := pmTime.FindStringSubmatch(s); m != nil {
		return m[1], readClock(m[2])
	}
	return s, ""
}

func notMidnight(clock string) string {
	if clock == "00:00" {
		return ""
	}
	return clock
}

// readClock returns a time of day as "15:04", or "" where it cannot be read: a
// time that is not known loses no row.
func readClock(s string) string {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseFloat(s, 64); err == nil && n >= 0 && n < 1 && strings.Contains(s, ".") && s[0] == '0' {
		return clockOf(n)
	}
	if c, err := records.ParseClock(s); err == nil {
		return c
	}
	if m := seconds.FindStringSubmatch(s); m != nil {
		if c, err := records.ParseClock(m[1]); err == nil {
			return c
		}
	}
	return ""
}

// clockOf returns a part of a day as a time, or "" for its start.
func clockOf(part float64) string {
	minutes := int(math.Round(part * 24 * 60))
	if minutes == 0 || minutes >= 24*60 {
		return ""
	}
	return time.Date(2000, 1, 1, 0, minutes, 0, 0, time.UTC).Format("15:04")
}

// ofSerial reads a date as spreadsheets count days. Numbers that are not of
// this century or the last are no dates.
func ofSerial(n float64, from1904 bool) (records.When, string, error) {
	if from1904 {
		n += 1462
	}
	if !(n >= 20000 && n <= 80000) { // so that NaN is none
		return records.When{}, "", records.ErrDateForm
	}
	day := math.Floor(n)
	return records.On(records.Date("1899-12-30").AddDays(int(day))), clockOf(n - day), nil
}

// readMonth returns the first day of a month: "March 2024", "Mar-24",
// "03/2024", "2024-03". It returns "" for anything else.
func readMonth(s string, now time.Time) records.Date {
	text := ""
	if m := monthNum.FindStringSubmatch(s); m != nil {
		text = "1/" + m[1] + "/" + m[2]
	} else if m := monthISO.FindStringSubmatch(s); m != nil {
		text = "1/" + m[2] + "/" + m[1]
	} else if m := monthTxt.FindStringSubmatch(s); m != nil {
		text = "1 " + m[1] + " " + m[2] + m[3]
	} else {
		return ""
	}
	d, err := records.ParseDate(text, now)
	if err != nil {
		return ""
	}
	return d
}

// readSpan returns the first day of a span: "3–5 March 2024", "1/3/24 - 5/3/24".
func readSpan(s string, now time.Time) (records.Date, error) {
	first, _, err := spanOf(s, now)
	return first, err
}

// spanOf returns the first and the last day of a span.
func spanOf(s string, now time.Time) (first, last records.Date, err error) {
	if m := daySpan.FindStringSubmatch(s); m != nil {
		last, err := records.ParseDate(m[2], now)
		if err == nil && last != "" {
			first, err := records.ParseDate(string(last[:8])+m[1], now)
			if err == nil && first <= last {
				return first, last, nil
			}
		}
	}
	if m := fullSpan.FindStringSubmatch(s); m != nil {
		last, err := records.ParseDate(m[2], now)
		if err != nil || last == "" {
			return "", "", records.ErrDateForm
		}
		for _, text := range []string{m[1], m[1] + " " + string(last[:4])} { // "1 March - 5 March 2024"
			if first, err := records.ParseDate(text, now); err == nil && first != "" && first <= last {
				return first, last, nil
			}
		}
	}
	return "", "", records.ErrDateForm
}

// until returns the last day of the row where its date is a span, else "".
func (r row) until(now time.Time) records.Date {
	text := strings.ToLower(strings.Join(strings.Fields(r.get("date")), " "))
	if _, err := records.ParseDate(text, now); err == nil {
		return "" // 2024-03-05 is no span
	}
	_, last, err := spanOf(text, now)
	if err != nil {
		return ""
	}
	return last
}

// precisionOf reads the column that says how exactly a date is known. Words it
// does not know make the date approximate: a remark on a date is a doubt.
func precisionOf(s string) records.Precision {
	s = strings.Trim(strings.ToLower(strings.TrimSpace(s)), ".?")
	switch {
	case s == "":
		return ""
	case slices.Contains([]string{"exact", "e", "day", "date", "known", "yes", "y", "precise", "certain", "confirmed", "actual", "true"}, s):
		return records.Exact
	case strings.Contains(s, "month") || strings.Contains(s, "year") || strings.Contains(s, "term"):
		return records.InMonth
	case strings.HasPrefix(s, "before") || s == "by" || strings.HasPrefix(s, "prior") || strings.HasPrefix(s, "on or before"):
		return records.Before
	}
	return records.About
}
