package records

import (
	"testing"
	"time"
)

// FuzzWhen reads what somebody typed as a day and a time: what is read is a day
// there is, reads the same again in every form it is shown in, and belongs to
// its own date.
func FuzzWhen(f *testing.F) {
	for _, s := range [][2]string{{"5/3/26", "8.40am"}, {"Thursday 5th of March 2026", "1405"}, {"25 Oct 2026", "01:30"}, {"29-03-2026", "1:30"}, {"2024-02-29", ""}} {
		f.Add(s[0], s[1])
	}
	pivot := time.Date(2026, 11, 22, 0, 0, 0, 0, London)
	f.Fuzz(func(t *testing.T, day, clock string) {
		d, err := ParseDate(day, pivot)
		if err != nil && d != "" {
			t.Fatalf("ParseDate(%q) = %q with %v", day, d, err)
		}
		if d != "" && !d.valid() {
			t.Fatalf("ParseDate(%q) = %q, which is no day", day, d)
		}
		for _, shown := range []string{string(d), d.String()} {
			if again, err := ParseDate(shown, pivot); again != d || err != nil {
				t.Fatalf("ParseDate(%q) = %q, %v, want %q", shown, again, err, d)
			}
		}
		c, err := ParseClock(clock)
		if err != nil && c != "" {
			t.Fatalf("ParseClock(%q) = %q with %v", clock, c, err)
		}
		if again, err := ParseClock(c); again != c || err != nil {
			t.Fatalf("ParseClock(%q) = %q, %v", c, again, err)
		}
		var v Invalid
		if w := AtClock(d, c); d != "" {
			if w.check(&v, "when", "9999-12-31T00:00:00.000000Z"); v.err() != nil || w.Date != d {
				t.Fatalf("AtClock(%q, %q) = %+v: %v", d, c, w, v.err())
			}
		}
	})
}
