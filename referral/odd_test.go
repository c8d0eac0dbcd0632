package referral

import (
	"strings"
	"testing"

	"throughline/records"
	"throughline/referral/procedures"
)

// What is odd about a case is kept and said; nothing is lost and nothing is
// guessed.
func TestOddCases(t *testing.T) {
	now := at("2026-11-16 10:00")
	whole := func() *records.File {
		return &records.File{
			Pupil: records.Pupil{Meta: records.Meta{ID: "p1"}, Born: "2016-05-01"}, Calendar: school(), Read: now,
			Referrals: []records.Referral{assessment()}, Replies: enquired(records.EnquiryToConference),
		}
	}
	p := load(t, Lincolnshire)
	for name, c := range map[string]struct {
		change func(f *records.File, p **procedures.Procedures)
		check  func(f *records.File, items []Item) bool
	}{
		"a reply before the referral": {
			func(f *records.File, _ **procedures.Procedures) {
				f.Replies[0].At, f.Replies[1].At = at("2026-11-01 10:00"), at("2026-11-02 10:00")
			},
			func(_ *records.File, items []Item) bool {
				return has(items, DueDates) && has(items, DueDecision) && !has(items, DueConference)
			},
		},
		"a conference before the referral": {
			func(f *records.File, _ **procedures.Procedures) {
				f.Meetings = []records.Meeting{meeting("m1", records.InitialConference, "2025-11-01", func(m *records.Meeting) { m.Category, m.View = records.NoPlan, records.Agree })}
			},
			func(_ *records.File, items []Item) bool { return has(items, DueConference) },
		},
		"aged 18": {
			func(f *records.File, _ **procedures.Procedures) { f.Pupil.Born = "2008-01-01" },
			func(f *records.File, _ []Item) bool { return cautioned(f, "18 or over") },
		},
		"not born yet": {
			func(f *records.File, _ **procedures.Procedures) { f.Pupil.Born = "2027-01-01" },
			func(f *records.File, items []Item) bool {
				return cautioned(f, "not born yet") && has(items, DueConference)
			},
		},
		"two open referrals": {
			func(f *records.File, _ **procedures.Procedures) {
				second := assessment()
				second.ID, second.SentAt = "r2", at("2026-11-13 10:00")
				f.Referrals = append(f.Referrals, second)
			},
			func(f *records.File, items []Item) bool {
				n := 0
				for _, i := range items {
					if i.Case == "r2" {
						n++
					}
				}
				return n > 0 && cautioned(f, "Another referral for this pupil is open") && has(items, DueConference)
			},
		},
		"a ladder with no rungs": {
			func(f *records.File, p **procedures.Procedures) {
				*p = &procedures.Procedures{Name: "empty"}
				f.Challenges = []records.Challenge{{Meta: records.Meta{ID: "c1"}, Referral: "r1"}}
			},
			func(f *records.File, items []Item) bool {
				_, _, more := NextRung(f.Challenges[0], nil)
				return !more && has(items, DueChallenge) && Climb(&procedures.Procedures{}) == ""
			},
		},
		"no calendar": {
			func(f *records.File, _ **procedures.Procedures) { f.Calendar = records.Calendar{} },
			func(_ *records.File, items []Item) bool {
				for _, i := range items {
					if i.Referral == DueConference {
						return i.By == at("2026-12-02 17:00") // 15 weekdays from 11 November: the proclaimed holiday is not known
					}
				}
				return false
			},
		},
		"no procedures": {
			func(_ *records.File, p **procedures.Procedures) { *p = nil },
			func(_ *records.File, items []Item) bool {
				for _, i := range items {
					if i.Urgency == Overdue {
						return false
					}
				}
				return has(items, DueConference)
			},
		},
		"a pupil who left": {
			func(f *records.File, _ **procedures.Procedures) { f.Pupil.Left = "2026-11-02" },
			func(f *records.File, items []Item) bool {
				return cautioned(f, "has left the school") && has(items, DueConference)
			},
		},
		"a meeting of a referral that is not here": {
			func(f *records.File, _ **procedures.Procedures) {
				f.Meetings = []records.Meeting{meeting("m1", records.InitialConference, "2026-11-12", func(m *records.Meeting) { m.Referral = "r9" })}
			},
			func(_ *records.File, items []Item) bool { return has(items, DueConference) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			f, local := whole(), p
			c.change(f, &local)
			if items := Items(f, local, now); !c.check(f, items) {
				t.Errorf("due is %+v; cautions %q", items, Cautions(f, f.Referrals[0]))
			}
		})
	}
}

func has(items []Item, kind DueKind) bool {
	for _, i := range items {
		if i.Referral == kind {
			return true
		}
	}
	return false
}

func cautioned(f *records.File, words string) bool {
	return strings.Contains(strings.Join(Cautions(f, f.Referrals[0]), " "), words)
}
