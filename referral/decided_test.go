package referral

import (
	"testing"

	"throughline/records"
)

// Each decision has its own name and time: changing one moves no other's.
func TestEachDecisionIsStamped(t *testing.T) {
	first, later := at("2026-11-03 09:00"), at("2026-11-05 14:00")
	const lead, deputy = "Ada Holt, DSL", "Ben Orr, deputy DSL"
	kept := records.Referral{Level: records.Section17, LevelReason: "Early help was not enough.", Response: records.Assessment, ResponseWhy: "No risk today."}
	for _, by := range []*records.Decider{&kept.LevelBy, &kept.ResponseBy, &kept.ParentsBy} {
		by.By = lead // as the form offers it
	}
	KeepDecided(records.Referral{}, &kept, lead, first)
	made, none := records.Decider{By: lead, At: first}, records.Decider{}
	now := records.Decider{By: deputy, At: later}
	for _, c := range []struct {
		name   string
		change func(*records.Referral)
		want   [3]records.Decider
		last   records.Decider
	}{
		{"nothing", func(*records.Referral) {}, [3]records.Decider{made, made, none}, made},
		{"parents told", func(r *records.Referral) { r.ParentsTold, r.ParentsBy.By = records.Yes, deputy }, [3]records.Decider{made, made, now}, now},
		{"another level", func(r *records.Referral) { r.Level = records.Section47 }, [3]records.Decider{now, made, none}, now},
		{"other words", func(r *records.Referral) { r.Threshold = "Persistent neglect." }, [3]records.Decider{now, made, none}, now},
		{"by somebody else again", func(r *records.Referral) { r.Response, r.ResponseBy.By = records.Immediate, "Head" },
			[3]records.Decider{made, {By: "Head", At: later}, none}, records.Decider{By: "Head", At: later}},
		{"a name corrected", func(r *records.Referral) { r.LevelBy.By = "Ada Holt-Reed, DSL" },
			[3]records.Decider{{By: "Ada Holt-Reed, DSL", At: first}, made, none}, records.Decider{By: "Ada Holt-Reed, DSL", At: first}},
		{"not to refer", func(r *records.Referral) { r.NotReferred = "The family accepts help." }, [3]records.Decider{made, now, none}, now},
		{"taken back", func(r *records.Referral) { r.Level, r.LevelReason = "", "" }, [3]records.Decider{none, made, none}, made},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := kept
			c.change(&r)
			KeepDecided(kept, &r, deputy, later)
			if got := Deciders(r); got != c.want {
				t.Errorf("decided by %v, want %v", got, c.want)
			}
			if got := (records.Decider{By: r.DecidedBy, At: r.DecidedAt}); got != c.last {
				t.Errorf("decided at last by %v, want %v", got, c.last)
			}
		})
	}
}

// A decision not to refer keeps its day when another decision is changed after
// it.
func TestTheDayOfNotReferringStays(t *testing.T) {
	first, later := at("2026-11-03 09:00"), at("2026-11-05 14:00")
	kept := records.Referral{Level: records.Targeted, NotReferred: "The family accepts help.", ResponseBy: records.Decider{By: "Ada Holt"}}
	KeepDecided(records.Referral{}, &kept, "Ada Holt", first)
	r := kept
	r.ParentsTold = records.Yes
	KeepDecided(kept, &r, "Ben Orr", later)
	if r.DecidedAt != first || r.DecidedBy != "Ada Holt" || r.ParentsBy.At != later {
		t.Errorf("decided by %s at %s, parents %v", r.DecidedBy, r.DecidedAt, r.ParentsBy)
	}
}

// A referral of an older edition has one name and one time.
func TestDecidersOfAnOlderReferral(t *testing.T) {
	old := records.Referral{Level: records.Section17, Response: records.Assessment, DecidedBy: "Ada Holt", DecidedAt: at("2026-11-03 09:00")}
	one := records.Decider{By: "Ada Holt", At: old.DecidedAt}
	if got := Deciders(old); got != [3]records.Decider{one, one, {}} {
		t.Errorf("Deciders() = %v", got)
	}
	r := old
	r.LevelBy, r.ResponseBy = one, one // as the form shows them
	r.ParentsTold, r.ParentsBy.By = records.No, "Ben Orr"
	later := at("2026-11-05 14:00")
	KeepDecided(old, &r, "Ben Orr", later)
	if got := Deciders(r); got != [3]records.Decider{one, one, {By: "Ben Orr", At: later}} {
		t.Errorf("after a change: %v", got)
	}
}
