package chronology

import (
	"strings"
	"testing"

	"throughline/records"
)

// A rung is answered by whom it was raised with, and one to which nobody replied
// is not said to be answered.
func TestWhoAnswersARung(t *testing.T) {
	for _, c := range []struct {
		name    string
		sort    records.ChallengeSort
		reply   string
		agency  string // of the answer; empty where there is none
		outcome string // of the raising
	}{
		{"social care", records.OfDecision, "Agreed", "Children's social care", ""},
		{"social care, about a conference", records.OfConference, "Agreed", "Children's social care", ""},
		{"the headteacher", records.InsideSchool, "Agreed", "School", ""},
		{"nobody", records.OfDecision, "", "", "No reply came. Not resolved: next rung: Nobody ever answered."},
	} {
		f := story()
		f.Challenges[0].Sort = c.sort
		g := &f.Rungs[0]
		g.Reply, g.Result, g.ResultWhy = c.reply, records.RungClimb, "Nobody ever answered."
		agency, outcome := "", ""
		for _, e := range Of(f) {
			if e.Ref.ID == g.ID && strings.HasSuffix(e.Title, "answered") {
				agency = e.Agency
			} else if e.Ref.ID == g.ID {
				outcome = e.Outcome
			}
		}
		if agency != c.agency || outcome != c.outcome {
			t.Errorf("%s: answered by %q, raised with the outcome %q", c.name, agency, outcome)
		}
	}
}
