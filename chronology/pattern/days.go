package pattern

import (
	"time"

	"throughline/records"
)

// day is a calendar day, counted from 1 January 1970.
type day int

const noDay day = -1 << 40

func dayOf(d records.Date) day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return noDay
	}
	return day(t.Unix() / 86400)
}

func (d day) date() records.Date {
	return records.Date(time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly))
}

// weekday returns the day of the week; 1 January 1970 was a Thursday.
func (d day) weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) }

// maxYears bounds the stretch that is read: what lies longer before the last
// event is more likely a slip of the keyboard.
const maxYears = 30

// Reader reads lines against one calendar. It knows which days were open from
// its first to its last day, and looks further when a line needs it. A Reader
// may be used by several goroutines at once.
type Reader struct {
	cal    records.Calendar
	rough  bool // the calendar may be some days out
	from   day
	before []int32 // before[i] is the number of school days from from to from+i, without the last
}

// NewReader returns a reader that has counted the school days from from to to
// beforehand, which saves time over many lines. Both may be empty.
func NewReader(cal records.Calendar, from, to records.Date) *Reader {
	r := &Reader{cal: cal}
	if f, t := dayOf(from), dayOf(to); f != noDay && t != noDay && f <= t {
		return r.covering(max(f, t-maxYears*366), t)
	}
	return r
}

// Roughly returns a reader that knows its calendar to be the usual one, not the
// school's own: instead of the first day back after a holiday it looks at the
// first roughDays.
func (r *Reader) Roughly() *Reader {
	c := *r
	c.rough = true
	return &c
}

// roughDays is how many school days after a holiday count as its first days
// back when the calendar may be some days out.
const roughDays = 3

// backFrom reports whether d is the first school day after a holiday, or one of
// the first few where the calendar is rough.
func (r *Reader) backFrom(d day) bool {
	n := 1
	if r.rough {
		n = roughDays
	}
	for ; n > 0; n-- {
		closed := r.closedBefore(d)
		if closed >= 5 {
			return true
		}
		d -= day(closed) + 1
	}
	return false
}

// covering returns a reader that knows every day from from to to, and the week
// on either side of them.
func (r *Reader) covering(from, to day) *Reader {
	if n := len(r.before); n > 0 && r.from <= from-7 && to+8 < r.from+day(n) {
		return r
	}
	c := &Reader{cal: r.cal, rough: r.rough, from: from - 7}
	c.before = make([]int32, to+9-c.from)
	n := int32(0)
	for i := range c.before {
		c.before[i] = n
		if c.cal.IsOpen((c.from + day(i)).date()) {
			n++
		}
	}
	return c
}

// index returns the number of school days before d. A day on which the school
// was shut has the index of the next school day: that is when school learns of
// it.
func (r *Reader) index(d day) int {
	return int(r.before[min(max(0, int(d-r.from)), len(r.before)-1)])
}

func (r *Reader) isOpen(d day) bool { return r.index(d+1) > r.index(d) }

// open returns the number of school days from a to b, both included.
func (r *Reader) open(a, b day) int { return max(0, r.index(b+1)-r.index(a)) }

// closedBefore returns how many days in a row the school was shut up to the
// evening before d, seven at most.
func (r *Reader) closedBefore(d day) int {
	n := 0
	for n < 7 && !r.isOpen(d-1-day(n)) {
		n++
	}
	return n
}

// at returns the school day with an index.
func (r *Reader) at(index int) day {
	lo, hi := 0, len(r.before)-1
	for lo < hi { // the last i with before[i] <= index
		mid := (lo + hi + 1) / 2
		if int(r.before[mid]) <= index {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return r.from + day(lo)
}
