package chronology

import (
	"fmt"
	"math"
	"time"

	"throughline/records"
)

// rateWeeks is over how many school weeks concerns are counted: about half a
// term, so that one bad week does not look like a change.
const rateWeeks = 6

// RateName is what the curve shows, as it is written beside it.
const RateName = "Concerns a school week"

// RateHow says how the curve is counted.
const RateHow = "Concerns about this child a school week, counted over six school weeks. " +
	"Weeks when the school is shut are left out; what happened in them counts in the first week back."

// Rate is how many concerns about the child a school week has had, week by
// week. The first week is the sixth since the first concern: before that there
// is too little to count. A week is there once its last school day has come.
type Rate []Week

// Week is a week from Monday to Sunday in which the school was open.
type Week struct {
	Monday  records.Date
	PerWeek float64 // concerns of this week and the five school weeks before it, by six
	Again   bool    // the school was shut in the week before: the curve begins anew
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
			rate = append(rate, Week{m, float64(sum) / rateWeeks, shut || len(rate) == 0})
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

// Most returns the whole number at the top of the curve's scale, 1 at least.
func (r Rate) Most() int {
	most := 1.0
	for _, w := range r {
		most = max(most, w.PerWeek)
	}
	return int(math.Ceil(most - 1e-9))
}

// String says how the rate went: where it began, its highest, where it ends.
func (r Rate) String() string {
	if len(r) == 0 {
		return "There are not yet six school weeks since the first concern to count over."
	}
	high := r[0]
	for _, w := range r {
		if w.PerWeek > high.PerWeek {
			high = w
		}
	}
	last := r[len(r)-1]
	return fmt.Sprintf("%s, counted over six school weeks: %.1f in the week of %s, at most %.1f in the week of %s, %.1f in the week of %s.",
		RateName, r[0].PerWeek, r[0].Monday, high.PerWeek, high.Monday, last.PerWeek, last.Monday)
}
