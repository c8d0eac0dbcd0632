package chronology

import (
	"testing"

	"throughline/chronology/pattern"
	"throughline/records"
)

func mondays(n int, chance float64) pattern.Statement {
	s := pattern.Statement{Kind: "weekday", Subject: "physical/Monday", Text: "On Mondays.", Count: n, Chance: chance}
	for i := range n {
		s.Rows, s.Keys = append(s.Rows, i+1), append(s.Keys, string(rune('a'+i)))
	}
	return s
}

func TestADismissedStatementComesBackOnlyStronger(t *testing.T) {
	other := pattern.Statement{Kind: "category", Subject: "neglect", Count: 9, Chance: pattern.NoTest, Keys: []string{"x"}, Rows: []int{1}}
	d := Dismiss("p", mondays(4, 0.01), "Swimming is on Mondays.")
	tests := []struct {
		name    string
		now     pattern.Statement
		taken   string
		stands  bool
		inForce int
	}{
		{"the same line", mondays(4, 0.01), "", false, 1},
		{"the same entries on another day", mondays(4, 0.009), "", false, 1},
		{"a new entry that makes it no stronger", mondays(5, 0.02), "", false, 1},
		{"a new entry that makes it stronger", mondays(5, 0.002), "", true, 0},
		{"taken back", mondays(4, 0.01), "It was not the pool.", true, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := d
			d.TakenBack = tt.taken
			r, force := SetAside(pattern.Reading{Patterns: []pattern.Statement{tt.now, other}}, []records.Dismissal{d})
			if stands := len(r.Patterns) == 2; stands != tt.stands || len(force) != tt.inForce {
				t.Errorf("%d patterns stand, %d dismissals in force", len(r.Patterns), len(force))
			}
		})
	}
}

func TestNothingIsRaisedTwice(t *testing.T) {
	r := pattern.Reading{Patterns: []pattern.Statement{mondays(4, 0.01)}}
	if got := Changed(r, ""); len(got) != 1 {
		t.Errorf("to somebody who never looked %d statements are new, want 1", len(got))
	}
	seen := KeepSeen(r)
	if got := Changed(r, seen); len(got) != 0 {
		t.Errorf("after looking %d statements are new, want none", len(got))
	}
	r.Patterns[0] = mondays(6, 0.001)
	if got := Changed(r, seen); len(got) != 1 {
		t.Errorf("after two more entries %d statements are new, want 1", len(got))
	}
	if got := Changed(r, "not what was kept"); len(got) != 1 {
		t.Errorf("of an unreadable text %d statements are new, want 1", len(got))
	}
}
