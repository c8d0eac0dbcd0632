package pattern

import (
	"testing"

	"throughline/records"
)

func TestPlanEndsOnTheDayItSays(t *testing.T) {
	for _, c := range []struct {
		decision string
		want     records.Date
	}{
		{"Monitor until 27 June 2025, Mrs Hart daily.", "2025-06-27"},
		{"Monitor lunch to Fri 14 March.", "2025-03-14"},
		{"Mrs Hart to monitor until 10 January.", "2026-01-10"},
		{"Monitor for two weeks.", "2025-03-14"},
		{"Monitor. Spoke to mum on 27 June.", ""},
		{"Monitor by 31 Mrs.", ""},
		{"Monitor, to 5 marks at most.", ""},
		{"Monitor until 27 June 2026.", "2026-06-27"},
	} {
		e := event(1, records.KindConcern, "2025-02-28", func(e *Event) { e.Decision = c.decision })
		it := &item{Event: &e, day: dayOf(e.When.Date)}
		it.said = readWords(&e)
		end, ok := it.planEnds()
		if got := end.date(); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%q ends on %s (%v), want %s", c.decision, got, ok, c.want)
		}
	}
}
