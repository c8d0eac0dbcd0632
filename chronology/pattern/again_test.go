package pattern

import (
	"math/rand/v2"
	"slices"
	"testing"

	"throughline/records"
)

// TestDailyReadingRaisesNothingNew reads lines every day for a year in which
// nothing is entered. Silence grows, and a plan may end; nothing else is new.
func TestDailyReadingRaisesNothingNew(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	reader := NewReader(terms(), "2022-09-05", "2026-07-22")
	raised := 0
	for i := range 25 {
		tell := []story{steady, doubled, halving(3), climbing, mondays}[i%5]
		events := tell(r, 5+r.IntN(40), len(school))
		for j := range events {
			events[j].Text = []string{"Hungry at break.", "Bruise on arm.", "Absent.", "Mum's new partner moved in."}[r.IntN(4)]
		}
		asOf := school[len(school)-1]
		first := reader.Read(events, asOf)
		seen := first.All()
		raised += len(first.Patterns) + len(first.Deterioration)
		for day := 1; day <= 365; day++ {
			now := reader.Read(events, asOf.AddDays(day))
			fresh := Fresh(now.All(), seen)
			for _, s := range fresh {
				if s.Kind != Quiet && s.Kind != NoOutcome {
					t.Errorf("line %d, day %d: new without a new entry: %s %s", i, day, s.Kind, s.Text)
				}
			}
			seen = append(seen, fresh...)
		}
	}
	if raised == 0 {
		t.Error("no line said anything: the test proves nothing")
	}
}

func TestStrengthens(t *testing.T) {
	old := Statement{Kind: Weekday, Subject: "neglect/Monday", Rows: []int{1, 2, 3}, Keys: []string{"a", "b", "c"}, Count: 3, Chance: 0.02}
	with := func(change func(*Statement)) Statement {
		s := old
		change(&s)
		return s
	}
	grow := func(s *Statement) { s.Rows, s.Keys, s.Count = []int{1, 2, 3, 4}, []string{"a", "b", "c", "d"}, 4 }
	cases := []struct {
		name string
		now  Statement
		want bool
	}{
		{"the same", old, false},
		{"less likely, no new entry", with(func(s *Statement) { s.Chance = 0.001 }), false},
		{"new entry, weaker", with(func(s *Statement) { grow(s); s.Chance = 0.03 }), false},
		{"new entry, stronger", with(func(s *Statement) { grow(s); s.Chance = 0.01 }), true},
		{"rows renumbered", with(func(s *Statement) { s.Rows, s.Chance = []int{7, 8, 9}, 0.001 }), false},
		{"another weekday", with(func(s *Statement) { grow(s); s.Subject, s.Chance = "neglect/Friday", 0.001 }), false},
	}
	for _, c := range cases {
		if got := c.now.Strengthens(old); got != c.want {
			t.Errorf("%s: Strengthens = %v, want %v", c.name, got, c.want)
		}
		if got := len(Fresh([]Statement{c.now}, []Statement{old})) == 1; got != (c.want || !c.now.Is(old)) {
			t.Errorf("%s: Fresh = %v", c.name, got)
		}
	}
}

// What has no test and rests on other entries altogether is another thing of its
// kind, though it counts no more of them.
func TestASecondSilenceIsFresh(t *testing.T) {
	old := Statement{Kind: UnresolvedDisagreement, Subject: "open", Rows: []int{3}, Keys: []string{"first"}, Count: 1, Chance: NoTest}
	second := Statement{Kind: UnresolvedDisagreement, Subject: "open", Rows: []int{9}, Keys: []string{"second"}, Count: 1, Chance: NoTest}
	if got := Fresh([]Statement{second}, []Statement{old}); len(got) != 1 {
		t.Error("another disagreement is not raised after the first was seen")
	}
	if got := Fresh([]Statement{old}, []Statement{old}); len(got) != 0 {
		t.Error("the same disagreement is raised twice")
	}
}

// One page has room for one statement: a bruise after "no further action" before
// three late marks, however little chance would do of them.
func TestTheGravestFirst(t *testing.T) {
	late := Statement{Kind: Weekday, Subject: "attendance/Monday", Chance: 0.0001, strength: 14}
	worse := Statement{Kind: Frequency, Subject: "all", Chance: 0.04, strength: 11.4}
	bruise := Statement{Kind: InjuryAfterNoAction, Subject: "injury", Chance: NoTest, strength: 9}
	again := Statement{Kind: Drift, Subject: "no further action", Chance: NoTest, strength: 20}
	got := []Statement{again, late, worse, bruise}
	slices.SortStableFunc(got, ByGravity)
	for i, want := range []Kind{InjuryAfterNoAction, Frequency, Weekday, Drift} {
		if got[i].Kind != want {
			t.Errorf("place %d is %s, want %s", i+1, got[i].Kind, want)
		}
	}
}

// TestNewEntriesAreFresh checks the other side: an entry that strengthens a
// statement brings it back.
func TestNewEntriesAreFresh(t *testing.T) {
	events := entriesOnDates(records.Neglect, "2024-09-12", "2024-10-02", "2024-11-20")
	before := Read(events, terms(), "2025-01-10")
	events = append(events, Event{Row: 4, Kind: records.KindConcern, When: records.On("2025-01-09"), Category: records.Neglect})
	after := Read(events, terms(), "2025-01-10")
	if s, ok := find(Fresh(after.Patterns, before.Patterns), Category, "neglect"); !ok || s.Count != 4 {
		t.Errorf("fresh = %v, %v; want the recurrence of neglect with four entries", s, ok)
	}
}
