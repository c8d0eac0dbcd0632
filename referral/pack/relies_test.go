package pack

import (
	"fmt"
	"slices"
	"testing"

	"throughline/records"
)

// A challenge does not rely on every concern there is: a count of the whole
// record brings in none, and what was left out of the pack stays out.
func TestWhatAChallengeReliesOn(t *testing.T) {
	f := &records.File{Pupil: records.Pupil{Meta: meta("p1", "2026-01-01")}, Read: stamp("2026-03-10", "09:00")}
	var all []records.Ref
	for i := range 25 {
		c := records.Concern{Meta: meta(fmt.Sprintf("k%02d", i), "2026-01-01"), Pupil: "p1", Severity: 1, Account: "A bunk bed was told of.",
			When: records.On(records.Date("2026-01-05").AddDays(i))}
		f.Concerns = append(f.Concerns, c)
		all = append(all, records.Ref{Kind: records.KindConcern, ID: c.ID, Version: 1})
	}
	f.Concerns[3].Severity, f.Concerns[5].Severity, f.Concerns[7].Severity, f.Concerns[9].Severity = 3, 4, 2, 5
	f.Concerns[9].Pupil, f.Concerns[9].Also = "p2", []records.Involved{{Pupil: "p1", Part: records.Witness}}
	ref := &records.Referral{Pupil: "p1", Sections: []records.Section{
		{Key: Concern, Statements: []records.Statement{
			{Text: "On Tuesday he came without a coat.", Rests: all[20:21]},
			{Text: "It names another child.", Rests: all[5:6], LeftOut: "It names another child."},
			{Text: "The school recorded 25 concerns.", Rests: all},
		}},
		{Key: History, Statements: []records.Statement{{Text: "He was late.", Rests: all[7:8]}}},
	}}
	ids := func() []records.ID {
		var ids []records.ID
		for _, r := range ReliesOn(f, ref) {
			ids = append(ids, r.ID)
		}
		return ids
	}
	if got := ids(); !slices.Equal(got, []records.ID{"k03", "k20"}) {
		t.Errorf("suggested are %v, want the serious one and the one that says why now", got)
	}
	ref.Sections[1].Statements[0].Rests = all[5:6]
	if got := ids(); !slices.Equal(got, []records.ID{"k03", "k05", "k20"}) {
		t.Errorf("suggested are %v: what goes out elsewhere in the pack is not left out", got)
	}
	if n := len(Concerns(f)); n != len(f.Concerns) {
		t.Errorf("%d concerns can be chosen", n)
	}
	ref.Sections = nil
	if got := ids(); !slices.Contains(got, "k24") || !slices.Contains(got, "k03") {
		t.Errorf("with no pack kept there are %v", got)
	}
}
