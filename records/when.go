package records

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // London's rules must be there on every machine
)

// London is the time zone in which schools write and clocks are read. What is
// stored is UTC; London is for reading times in and for showing them.
var London = mustLondon()

func mustLondon() *time.Location {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // the zone is compiled in
	}
	return loc
}

const stampLayout = "2006-01-02T15:04:05.000000Z"

// Stamp is an instant as it is stored: UTC text of fixed width
// (2006-01-02T15:04:05.000000Z), so that it sorts and hashes as text. The
// empty Stamp means "not known".
type Stamp string

// StampOf returns t as a Stamp, cut to microseconds.
func StampOf(t time.Time) Stamp {
	if t.IsZero() {
		return ""
	}
	return Stamp(t.UTC().Format(stampLayout))
}

// Time returns the instant in London's zone, or the zero time when s is empty
// or malformed.
func (s Stamp) Time() time.Time {
	t, err := time.Parse(stampLayout, string(s))
	if err != nil {
		return time.Time{}
	}
	return t.In(London)
}

// Date returns the London date of the instant, or "" when s is empty.
func (s Stamp) Date() Date { return DateOf(s.Time()) }

// String returns the instant as people read it: "Mon 3 Mar 2025, 08:40".
func (s Stamp) String() string {
	if s == "" {
		return ""
	}
	return s.Time().Format("Mon 2 Jan 2006, 15:04")
}

func (s Stamp) valid() bool {
	_, err := time.Parse(stampLayout, string(s))
	return err == nil
}

const dateLayout = "2006-01-02"

// Date is a calendar date without a time, stored as 2006-01-02. The empty
// Date means "not known". Dates compare as text.
type Date string

// DateOf returns the London date of t, or "" for the zero time.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return ""
	}
	return Date(t.In(London).Format(dateLayout))
}

// Time returns midnight in London at the start of d, or the zero time when d
// is empty or malformed.
func (d Date) Time() time.Time {
	t, err := time.ParseInLocation(dateLayout, string(d), London)
	if err != nil {
		return time.Time{}
	}
	return t
}

// AddDays returns the date n days later (earlier when n is negative).
func (d Date) AddDays(n int) Date {
	t, err := time.Parse(dateLayout, string(d))
	if err != nil {
		return ""
	}
	return Date(t.AddDate(0, 0, n).Format(dateLayout))
}

// DaysUntil returns the number of days from d to e: negative when e is
// earlier, 0 when either is empty.
func (d Date) DaysUntil(e Date) int {
	a, errA := time.Parse(dateLayout, string(d))
	b, errB := time.Parse(dateLayout, string(e))
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a) / (24 * time.Hour))
}

// Weekday returns the day of the week; Sunday when d is empty.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// String returns the date as people read it: "3 Mar 2025".
func (d Date) String() string {
	if d == "" {
		return ""
	}
	return d.Time().Format("2 Jan 2006")
}

func (d Date) valid() bool {
	_, err := time.Parse(dateLayout, string(d))
	return err == nil
}

// Precision says how exactly a date is known.
type Precision string

// The precisions, from the most exact to the least.
const (
	Exact   Precision = "exact"  // that day, and at that time if a time is given
	About   Precision = "about"  // a few days either way
	InMonth Precision = "month"  // some day of that month
	Before  Precision = "before" // some day before that date
)

// When is when something happened, as exactly as it is known.
//
// At is empty when no clock time is known; when it is set, Date is its London
// date. A When whose Date is empty is undated.
type When struct {
	Date      Date      `json:"date,omitempty"`
	At        Stamp     `json:"at,omitempty"`
	Precision Precision `json:"precision,omitempty"`
}

// On returns the When of an exact date without a time.
func On(d Date) When { return When{Date: d, Precision: Exact} }

// AtTime returns the When of an exact instant.
func AtTime(t time.Time) When {
	return When{Date: DateOf(t), At: StampOf(t), Precision: Exact}
}

// IsExact reports whether the day itself is known.
func (w When) IsExact() bool { return w.Date != "" && (w.Precision == Exact || w.Precision == "") }

// Sort returns a key that orders Whens in time; undated ones come last. A date
// without a time comes before the times of its day. The hour that the autumn
// change repeats comes after the whole of the first.
func (w When) Sort() string {
	switch {
	case w.Date == "":
		return "~"
	case w.At != "":
		t := w.At.Time()
		if before := t.Add(-time.Hour); before.Hour() == t.Hour() {
			return string(w.Date) + t.Format("T15") + ":59:60 " + t.Format("04:05")
		}
		return string(w.Date) + t.Format("T15:04:05")
	}
	return string(w.Date)
}

// String returns the When as people read it: "3 Mar 2025, 08:40",
// "about 3 Mar 2025", "March 2025", "before 3 Mar 2025" or "undated".
func (w When) String() string {
	switch {
	case w.Date == "":
		return "undated"
	case w.Precision == InMonth:
		return w.Date.Time().Format("January 2006")
	case w.Precision == About || w.Precision == Before:
		return string(w.Precision) + " " + w.Date.String()
	case w.At != "":
		return w.Date.String() + w.At.Time().Format(", 15:04")
	}
	return w.Date.String()
}

func (w When) check(v *Invalid, field string, now Stamp) {
	switch {
	case w.Date == "":
		if w.At != "" {
			v.add(field, "This has a time but no date.")
		}
		return
	case !w.Date.valid():
		v.add(field, "This date cannot be read. Write it as 5 Mar 2026.")
		return
	case w.Date < firstDay:
		v.add(field, tooFar)
	case w.Date > now.Date(), w.At > now:
		v.add(field, "This is in the future. Write when it happened.")
	}
	if w.At != "" && (!w.At.valid() || w.At.Date() != w.Date) {
		v.add(field, "The time does not belong to this date.")
	}
	switch w.Precision {
	case "", Exact, About, InMonth, Before:
	default:
		v.add(field, "Choose how exactly the date is known.")
	}
}

// Errors of ParseDate and ParseClock. Each is a sentence for the writer.
var (
	ErrDateForm  = errors.New("This date cannot be read. Write it as 5 Mar 2026 or 05/03/2026.")
	ErrNoSuchDay = errors.New("There is no such day in the calendar. Check the day and the month.")
	ErrClock     = errors.New("This time cannot be read. Write it as 14:05.")
)

var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
	"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// ParseDate reads a date as it is written in England, day before month:
// 5/3/26, 05-03-2026, 5.3.2026, 5 Mar 2026, Thursday 5th March 2026; and ISO
// 2026-03-05. A year of two digits is in the century that puts it nearest to
// pivot's year, and never more than ten years after it. Returns ErrDateForm
// when the text is no date and ErrNoSuchDay when there is no such day, as on
// 31 February. Empty text is the empty Date.
func ParseDate(text string, pivot time.Time) (Date, error) {
	fields := strings.FieldsFunc(strings.ToLower(strings.TrimSpace(text)), func(r rune) bool {
		return strings.ContainsRune(" \t/-.,\u00a0", r)
	})
	if len(fields) == 0 {
		if strings.TrimSpace(text) == "" {
			return "", nil
		}
		return "", ErrDateForm
	}
	if isWeekday(fields[0]) {
		fields = fields[1:]
	}
	if len(fields) == 4 && fields[1] == "of" {
		fields = []string{fields[0], fields[2], fields[3]}
	}
	if len(fields) != 3 {
		return "", ErrDateForm
	}
	if len(fields[0]) == 4 { // ISO
		fields[0], fields[2] = fields[2], fields[0]
	}
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		fields[0] = strings.TrimSuffix(fields[0], suffix)
	}
	day, err := number(fields[0], 2)
	if err != nil {
		return "", ErrDateForm
	}
	month, err := number(fields[1], 2)
	if err != nil {
		if month = months[fields[1][:min(3, len(fields[1]))]]; month == 0 || !monthName(fields[1], month) {
			return "", ErrDateForm
		}
	}
	year, err := number(fields[2], 4)
	if err != nil || len(fields[2]) == 3 || len(fields[2]) == 1 {
		return "", ErrDateForm
	}
	if len(fields[2]) == 2 {
		year += pivot.Year() / 100 * 100
		if year > pivot.Year()+10 {
			year -= 100
		}
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || int(t.Month()) != month || year < 1900 {
		return "", ErrNoSuchDay
	}
	return Date(t.Format(dateLayout)), nil
}

// ParseDay reads a day as ParseDate does and also as people say it: today,
// yesterday, tomorrow, or a weekday alone, as Monday or Tues. A weekday is the
// nearest such day up to today; with ahead it is the nearest from today on. The
// days are those of London at now. said reports whether the day was said in such
// a way, so that the date it means can be shown.
func ParseDay(text string, now time.Time, ahead bool) (day Date, said bool, err error) {
	today := DateOf(now)
	word := strings.ToLower(strings.TrimSpace(text))
	switch word {
	case "today", "now":
		return today, true, nil
	case "yesterday":
		return today.AddDays(-1), true, nil
	case "tomorrow":
		return today.AddDays(1), true, nil
	}
	if !isWeekday(word) {
		day, err = ParseDate(text, now)
		return day, false, err
	}
	step := -1
	if ahead {
		step = 1
	}
	for day = today; !strings.HasPrefix(strings.ToLower(day.Weekday().String()), word[:3]); {
		day = day.AddDays(step)
	}
	return day, true, nil
}

func number(s string, most int) (int, error) {
	if s == "" || len(s) > most || strings.Trim(s, "0123456789") != "" {
		return 0, ErrDateForm
	}
	return strconv.Atoi(s)
}

func isWeekday(s string) bool {
	if len(s) < 3 {
		return false
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.HasPrefix(strings.ToLower(d.String()), s) {
			return true
		}
	}
	return s == "tues" || s == "weds" || s == "thur" || s == "thurs"
}

func monthName(s string, month int) bool {
	full := strings.ToLower(time.Month(month).String())
	return strings.HasPrefix(full, s) || s == "sept"
}

// ParseClock reads a time of day as it is written in schools: 14:05, 1405,
// 8.40, 8:40am, 3.05 pm, 3pm. Without am or pm the 24-hour clock is meant.
// Returns "15:04"; empty text is "". Returns ErrClock when it cannot be read.
func ParseClock(text string) (string, error) {
	s := strings.ToLower(strings.Join(strings.Fields(text), ""))
	if s == "" {
		return "", nil
	}
	half := ""
	for _, suffix := range []string{"am", "pm"} {
		if rest, ok := strings.CutSuffix(s, suffix); ok {
			s, half = rest, suffix
		}
	}
	hour, minute, ok := strings.Cut(strings.ReplaceAll(s, ".", ":"), ":")
	if !ok {
		switch {
		case len(s) == 4:
			hour, minute = s[:2], s[2:]
		case half != "":
			hour, minute = s, "00"
		default:
			return "", ErrClock
		}
	}
	h, errH := number(hour, 2)
	m, errM := number(minute, 2)
	if errH != nil || errM != nil || len(minute) != 2 || h > 23 || m > 59 || (half != "" && (h == 0 || h > 12)) {
		return "", ErrClock
	}
	if half != "" {
		h %= 12
	}
	if half == "pm" {
		h += 12
	}
	return fmt.Sprintf("%02d:%02d", h, m), nil
}

// AtClock returns the When of a London date and a clock time "15:04"; with an
// empty clock it is the date alone. A clock time that the spring change skips
// is read as the hour after it.
func AtClock(d Date, clock string) When {
	if d == "" || clock == "" {
		return On(d)
	}
	t, err := time.ParseInLocation(dateLayout+" 15:04", string(d)+" "+clock, London)
	if err != nil {
		return On(d)
	}
	return AtTime(t)
}
