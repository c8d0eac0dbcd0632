package referral

import (
	"testing"

	"throughline/records"
	"throughline/referral/procedures"
)

// The limit for a strategy discussion is data like every other: an authority's
// own counts, and one that sets none leaves the day open.
func TestStrategyGoesByTheLocalClock(t *testing.T) {
	for _, c := range []struct {
		name  string
		clock procedures.Clock
		by    records.Stamp
		rule  string
	}{
		{"as it ships", load(t, Lincolnshire).Clock(procedures.Strategy), at("2026-11-05 17:00"), "1 working day"},
		{"the school's own", procedures.Clock{Value: 3, Unit: procedures.WorkingDays, Mark: procedures.Local}, at("2026-11-09 17:00"), "3 working days, local practice"},
		{"not known", procedures.Clock{}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := load(t, Lincolnshire)
			p.Clocks[procedures.Strategy] = c.clock
			d := find(t, stateOf(assessment(), enquired(""), nil, nil, p, school(), at("2026-11-04 10:00")), DueStrategy)
			if d.By != c.by || d.Rule != c.rule {
				t.Errorf("by %s, rule %q, want by %s, rule %q", d.By, d.Rule, c.by, c.rule)
			}
		})
	}
}
