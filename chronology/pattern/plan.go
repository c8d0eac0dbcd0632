package pattern

import (
	"slices"
	"strconv"

	"throughline/records"
)

// monitoring finds plans to watch that ended with nobody looking.
func (l *line) monitoring(out *Reading) {
	own := l.own
	var lapsed []*item
	for n, it := range own {
		if l.lapsed(it, own[n+1:]) {
			lapsed = append(lapsed, it)
		}
	}
	if len(lapsed) > 0 {
		out.ask(6+float64(len(lapsed))/10, statement(MonitoringLapsed, "plans", lapsed, "%s to monitor (%s) ended with nobody looking: nothing is written of what was seen.",
			capital(count(len(lapsed), "plan", "plans")), span(lapsed)))
	}
}

// openPlan is how many school days without an entry let a plan lapse that gave
// no end.
const openPlan = 30

// lapsed reports whether a plan to monitor has ended and nobody wrote what was
// seen. later are the events after it.
func (l *line) lapsed(it *item, later []*item) bool {
	if it.Kind == records.KindMonitoring {
		end := dayOf(it.Until)
		return end != noDay && end < l.asOf && it.Ended == "" && it.Outcome == ""
	}
	if !it.isEntry() || !it.said.has("monitor", inAnswer) || it.said.has("looked", inAnswer) {
		return false
	}
	due, dated := it.planEnds()
	next := l.asOf + 1
	if len(later) > 0 {
		next = later[0].day
	}
	for _, e := range later { // entries of the same day belong to the plan
		if next = e.day; next > it.day {
			break
		}
		next = l.asOf + 1
	}
	if !dated {
		return l.index(next)-it.index > openPlan
	}
	return l.index(next) > l.index(min(due, l.asOf+1))+graceDays
}

var lengths = map[string]day{
	"day": 1, "days": 1, "week": 7, "weeks": 7, "wk": 7, "wks": 7, "month": 30, "months": 30, "term": 90, "half-term": 45,
}

var counting = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "next": 1, "this": 1,
}

// planEnds returns the day on which a plan written in words ends, when it says
// how long it runs: "for two weeks", "until half-term", "a fortnight".
func (i *item) planEnds() (day, bool) {
	for _, f := range []field{inAction, inDecision, inOutcome} {
		words := i.said.in(f)
		if !i.said.has("monitor", f) {
			continue
		}
		for n, w := range words {
			if end, ok := i.endOn(words, n); ok {
				return end, true
			}
			switch {
			case w.text == "fortnight":
				return i.day + 14, true
			case w.text == "half-term" || w.text == "half" && n+1 < len(words) && words[n+1].text == "term":
				return i.day + 45, true
			case n+1 < len(words) && lengths[words[n+1].text] > 0:
				k, err := strconv.Atoi(w.text)
				if err != nil {
					k = counting[w.text]
				}
				if k > 0 && k < 100 {
					return i.day + day(k)*lengths[words[n+1].text], true
				}
			}
		}
	}
	return 0, false
}

// endOn reads the day after "until", "to" or "by" at words[n]: "until Fri 27 June",
// "to 27 June 2025". Without a year it is the next such day.
func (i *item) endOn(words []word, n int) (day, bool) {
	if !slices.Contains([]string{"until", "till", "to", "by", "ending", "through"}, words[n].text) {
		return 0, false
	}
	if n++; n < len(words) && words[n].text == "the" {
		n++
	}
	numbered := func(w word) bool { return w.text[0] >= '0' && w.text[0] <= '9' }
	if !slices.ContainsFunc(words[n:min(n+2, len(words))], numbered) {
		return 0, false // no day of the month, nor a weekday before one
	}
	var said []string // the next two words, the next three, and so on
	for k := n + 2; k <= min(n+4, len(words)); k++ {
		text := ""
		for _, w := range words[n:k] {
			text += w.text + " "
		}
		said = append(said, text)
	}
	when := i.When.Date
	for _, text := range slices.Backward(said) {
		if d, err := records.ParseDate(text, when.Time()); err == nil {
			return dayOf(d), true
		}
	}
	for _, text := range slices.Backward(said) {
		for _, year := range []records.Date{when, when.Years(1)} {
			d, err := records.ParseDate(text+year.Time().Format("2006"), when.Time())
			if err == nil && d >= when {
				return dayOf(d), true
			}
		}
	}
	return 0, false
}

// drifting says where plans and decisions drift: a plan that runs for more than
// nine months, one that ended and began again, a concern that was closed and
// opened again, no further action again and again.
func (l *line) drifting(out *Reading) {
	l.reopened(out)
	var nothing []*item
	running := map[records.StatusKind]*spell{}
	var spells []*spell
	for _, it := range l.own {
		if n := len(nothing); it.noFurtherAction() && (n == 0 || nothing[n-1].day < it.day) { // several entries of a day tell of one decision
			nothing = append(nothing, it)
		}
		if it.Status == "" {
			continue
		}
		end := l.planEnd(it)
		before := running[it.Status]
		if before != nil && it.day <= before.end+1 {
			before.items, before.end = append(before.items, it), max(before.end, end)
			continue
		}
		if before != nil {
			l.drift(out, "again/"+string(it.Status)+"/"+string(it.When.Date), append(slices.Clone(before.items), it),
				"%s ended on %s and began again on %s.", it.Status, before.end.date(), onlyDate(it.When))
		}
		running[it.Status] = &spell{[]*item{it}, end}
		spells = append(spells, running[it.Status])
	}
	for _, r := range spells {
		l.long(out, r)
	}
	if len(nothing) >= 2 {
		l.drift(out, "no further action", nothing, "No further action was decided %s (%s).", times(len(nothing)), span(nothing))
	}
}

// spell is a status that goes on without a day between, under however many
// categories or workers.
type spell struct {
	items []*item
	end   day
}

// long says that a plan ran for more than nine months.
func (l *line) long(out *Reading, r *spell) {
	it := r.items[0]
	months := int(r.end-it.day) * 12 / 365
	if months < 9 || it.Status != records.ChildProtect && it.Status != records.ChildInNeed {
		return
	}
	verb := "ran"
	if r.end == l.asOf {
		verb = "has run"
	}
	l.drift(out, "long/"+string(it.Status)+"/"+string(it.When.Date), r.items, "%s from %s %s for %d months.", it.Status, onlyDate(it.When), verb, months)
}

// reopened counts the concerns that were closed and opened again, up to asOf.
func (l *line) reopened(out *Reading) {
	var again []*item
	n, last := 0, noDay
	for _, it := range l.own {
		before := n
		for _, d := range it.Again {
			if day := dayOf(d); day != noDay && day <= l.asOf {
				n, last = n+1, max(last, day)
			}
		}
		if n > before {
			again = append(again, it)
		}
	}
	if n > 0 {
		l.drift(out, "opened again", again, "%s closed and opened again %s, last on %s.",
			capital(count(len(again), "concern was", "concerns were")), times(n), last.date())
	}
}

// planEnd returns the last day of a status, or asOf while it lasts.
func (l *line) planEnd(it *item) day {
	for _, d := range []records.Date{it.Ended, it.Until} {
		if end := dayOf(d); end != noDay && end >= it.day {
			return min(end, l.asOf)
		}
	}
	return l.asOf
}

func (l *line) drift(out *Reading, subject string, items []*item, format string, args ...any) {
	s := statement(Drift, subject, slices.Compact(items), format, args...)
	s.strength = float64(len(items))
	out.Drift = append(out.Drift, s)
}
