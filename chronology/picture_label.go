package chronology

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"throughline/records"
)

// Tick is a date on the axis. Its text begins at X.
type Tick struct {
	X    float64
	Text string
}

// tickSteps are how many months may lie between two dates on the axis.
var tickSteps = []int{1, 2, 3, 6, 12, 24, 60, 120, 240, 600}

// ticks puts the first days of months or years on the axis, as many as fit, the
// year named where it changes.
func (l *Placed) ticks() {
	for _, months := range tickSteps {
		if l.Ticks = l.every(months); l.apart() {
			l.Ticks = slices.DeleteFunc(l.Ticks, l.underEnd)
			return
		}
	}
	l.Ticks = nil
}

// EndX returns where the word for the last day begins; it stands on the axis
// and ends at Today.
func (l *Placed) EndX() float64 { return l.Today - l.Measure(l.End) }

// underEnd reports whether a date would stand under the word for the last day.
func (l *Placed) underEnd(t Tick) bool {
	return l.End != "" && t.X+l.Measure(t.Text)+l.gap() > l.EndX() && t.X < l.Today+l.gap()
}

// gap returns what stays free between two words on the axis: a letter and a
// half.
func (l *Placed) gap() float64 { return 1.5 * l.Measure("m") }

// every returns the first days of every so many months, counted from January.
func (l *Placed) every(months int) []Tick {
	first := l.From.Time()
	at := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, records.London)
	if months > 12 {
		at = at.AddDate(-(first.Year() % (months / 12)), 0, 0)
	}
	var all []Tick
	for ; records.DateOf(at) <= l.To; at = at.AddDate(0, months, 0) {
		d := records.DateOf(at)
		if d < l.From {
			continue
		}
		text := at.Format("Jan")
		if months >= 12 {
			text = strconv.Itoa(at.Year())
		} else if len(all) == 0 || at.Month() == time.January {
			text = at.Format("Jan 2006")
		}
		if t := (Tick{l.at(d), text}); t.X+l.Measure(text) <= l.Width {
			all = append(all, t)
		}
	}
	return all
}

// apart reports whether no two dates touch.
func (l *Placed) apart() bool {
	for i := 1; i < len(l.Ticks); i++ {
		if l.Ticks[i].X-l.Ticks[i-1].X < l.Measure(l.Ticks[i-1].Text)+l.gap() {
			return false
		}
	}
	return true
}

// Clip returns text with an ellipsis where it is wider than room, or "" where
// not even a letter fits. It does not part a letter from its accents.
func Clip(text string, room float64, measure func(string) float64) string {
	if measure(text) <= room {
		return text
	}
	cut := []rune(text)
	for len(cut) > 0 {
		n := len(cut) - 1
		for n > 0 && (unicode.Is(unicode.M, cut[n]) || cut[n] == '\u200d' || cut[n-1] == '\u200d') {
			n--
		}
		cut = cut[:n]
		if s := strings.TrimSpace(string(cut)); s != "" && measure(s+"…") <= room {
			return s + "…"
		}
	}
	return ""
}
