package chronology

import (
	"strings"
	"testing"

	"throughline/chronology/pattern"
	"throughline/records"
)

// TestAReopenedConcernIsSeen follows one concern, opened, closed and opened
// again, to its entry on the line and to what is said of drift.
func TestAReopenedConcernIsSeen(t *testing.T) {
	for _, c := range []struct {
		name          string
		closed        records.Date
		why           string
		again         []records.Date
		outcome       string
		isAgain, done bool
		drift         bool
	}{
		{"never closed", "", "", nil, "", false, false, false},
		{"closed", "2025-05-02", "Nan confirmed it.", nil, "Closed on 2 May 2025: Nan confirmed it.", false, true, false},
		{"open again", "", "", []records.Date{"2025-05-20"}, "Closed once, and open again since 20 May 2025.", true, false, true},
		{"closed, opened, closed", "2025-06-02", "Seen at the surgery.", []records.Date{"2025-05-20"}, "Closed on 2 Jun 2025: Seen at the surgery.", true, true, true},
		{"opened after this reading", "", "", []records.Date{"2025-07-20"}, "Closed once, and open again since 20 Jul 2025.", true, false, false},
	} {
		f := story()
		f.Read = readAt
		f.Concerns = f.Concerns[:1]
		k := &f.Concerns[0]
		k.Outcome, k.Closed, k.ClosedWhy, k.Reopened = "", c.closed, c.why, c.again
		line := Of(f)
		e := &line[indexOf(t, line, k.ID)]
		if e.Outcome != c.outcome || e.Closed != c.done || e.Again != c.isAgain {
			t.Errorf("%s: outcome %q, closed %v, again %v", c.name, e.Outcome, e.Closed, e.Again)
		}
		got := false
		for _, s := range pattern.Read(Events(f, line), f.Calendar, "2025-07-01").Drift {
			got = got || strings.Contains(s.Text, "closed and opened again")
		}
		if got != c.drift {
			t.Errorf("%s: drift says that it was opened again: %v, want %v", c.name, got, c.drift)
		}
	}
}

// TestClosingIsNotNoFurtherAction: closing two concerns decides nothing about
// further action, and they have an outcome.
func TestClosingIsNotNoFurtherAction(t *testing.T) {
	all := story()
	f := &records.File{Pupil: all.Pupil, Concerns: all.Concerns[:1:1], Read: readAt}
	second := f.Concerns[0]
	second.ID = "second"
	f.Concerns = append(f.Concerns, second)
	for i := range f.Concerns {
		f.Concerns[i].Outcome, f.Concerns[i].Decision = "", "Rang home."
		f.Concerns[i].Closed, f.Concerns[i].ClosedWhy = "2025-05-02", "Nan confirmed it."
	}
	for _, s := range pattern.Read(Events(f, Of(f)), f.Calendar, "2025-07-01").Drift {
		if strings.Contains(s.Text, "No further action") {
			t.Errorf("closing reads as %q", s.Text)
		}
	}
}

func indexOf(t *testing.T, line Line, id records.ID) int {
	t.Helper()
	for i := range line {
		if line[i].Ref.ID == id {
			return i
		}
	}
	t.Fatalf("%s is not on the line", id)
	return 0
}
