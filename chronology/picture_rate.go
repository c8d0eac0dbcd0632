package chronology

import (
	"fmt"
	"time"

	"throughline/records"
)

// rateWeeks is over how many school weeks concerns are counted: about half a
// term, so that one bad week does not look like a change.
const rateWeeks = 6

// RateName is what the curve shows, as it is written beside it.
const RateName = "Concerns in 6 school weeks"

// RateHow says how the curve is counted.
const RateHow = "Each point counts the concerns about this child in that school week and the five school weeks before it. " +
	"Weeks when the school is shut are left out; what happened in them counts in the first week back."

// Rate is how many concerns about the child six school weeks have had, week by
// week: a count, so that it can be checked by hand. The first week is the sixth since the first concern: before that there
// is too little to count. A week is there once its last school day has come.
type Rate []Week

// Week is a week from Monday to Sunday in which the school was open.
type Week struct {
	Monday records.Date
	Count  int  // concerns of this week and the five school weeks before it
	Again  bool // the school was shut in the week before: the curve begins anew
}

// rateOf counts concerns up to the day of reading. An entry that is only known
// to lie before some day takes no part.
func rateOf(line Line, cal records.Calendar, read records.Date) Rate {
	days := map[records.Date]int{}
	var first records.Date
	for i := range line {
		e := &line[i]
		if e.Ref.Kind != records.KindConcern || e.Part != "" || e.When.Date == "" || e.When.Precision == records.Before {
			continue
		}
		d := e.When.Date
		if e.When.Precision == records.InMonth {
			d = d[:8] + "15"
		}
		days[mondayOf(d)]++
		if m := mondayOf(d); first == "" || m < first {
			first = m
		}
	}
	if first == "" {
		return nil
	}
	return slide(first, days, cal, read)
}

// slide moves a window of six school weeks over the weeks from first on.
func slide(first records.Date, in map[records.Date]int, cal records.Calendar, read records.Date) Rate {
	var rate Rate
	var window []int
	kept, sum, shut := 0, 0, true
	for m := first; m <= read; m = m.AddDays(7) {
		kept += in[m]
		last := lastOpen(m, cal)
		if last == "" {
			shut = true
			continue
		}
		if last > read {
			break
		}
		window, sum, kept = append(window, kept), sum+kept, 0
		if len(window) > rateWeeks {
			sum, window = sum-window[0], window[1:]
		}
		if len(window) == rateWeeks {
			rate = append(rate, Week{m, sum, shut || len(rate) == 0})
		}
		shut = false
	}
	return rate
}

// mondayOf returns the Monday of a day's week.
func mondayOf(d records.Date) records.Date {
	return d.AddDays(-(int(d.Weekday()-time.Monday) + 7) % 7)
}

// lastOpen returns the last school day of a week, or "" when there is none.
func lastOpen(monday records.Date, cal records.Calendar) records.Date {
	for n := 4; n >= 0; n-- {
		if d := monday.AddDays(n); cal.IsOpen(d) {
			return d
		}
	}
	return ""
}

// within returns the weeks that lie between two days.
func (r Rate) within(from, to records.Date) Rate {
	var in Rate
	for _, w := range r {
		if w.Monday >= from && w.Monday.AddDays(4) <= to {
			w.Again = w.Again || len(in) == 0
			in = append(in, w)
		}
	}
	return in
}

// Most returns the top of the curve's scale: its highest count, 2 at least, so
// that a single concern is no peak.
func (r Rate) Most() int {
	most := 2
	for _, w := range r {
		most = max(most, w.Count)
	}
	return most
}

// String says how the rate went: where it began, its highest, where it ends.
func (r Rate) String() string {
	if len(r) == 0 {
		return "There are not yet six school weeks since the first concern to count over."
	}
	high := r[0]
	for _, w := range r {
		if w.Count > high.Count {
			high = w
		}
	}
	say := func(w Week) string { return fmt.Sprintf("%d to the week of %s", w.Count, w.Monday) }
	return RateName + ": " + say(r[0]) + ", at most " + say(high) + ", " + say(r[len(r)-1]) + "."
}
