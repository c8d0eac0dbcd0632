package demo

import (
	"slices"
	"testing"

	"throughline/records"
)

// TestSchoolIsAlive: the parts of the program have something to show: measures
// that were taken again, meetings that were held and one that was not, a
// complaint that was closed, a decision not to refer, and letters that can be
// opened.
func TestSchoolIsAlive(t *testing.T) {
	s := made(t, asOf)
	changes, meetings := map[records.Change]int{}, map[records.MeetingKind]int{}
	notHeld, ahead, closed, notReferred := 0, 0, 0, 0
	for _, f := range files(t, s) {
		for _, i := range f.Impacts {
			changes[i.Change]++
		}
		for _, m := range f.Meetings {
			meetings[m.Sort]++
			notHeld += btoi(m.Held == records.No)
			ahead += btoi(m.Held == records.NotKnown && m.On >= records.DateOf(asOf))
		}
		notReferred += count(f.Referrals, func(r records.Referral) bool { return r.NotReferred != "" && r.SentAt == "" })
		closed += count(f.Challenges, func(c records.Challenge) bool {
			return c.Sort == records.OfConduct && c.Answer != "" && c.ResolvedOn != ""
		})
	}
	for c, want := range map[records.Change]int{records.ChangeBetter: 6, records.ChangeSame: 4, records.ChangeWorse: 2, records.ChangeNotJudged: 1} {
		if changes[c] < want {
			t.Errorf("%d measures %q, want %d", changes[c], c, want)
		}
	}
	for k, want := range map[records.MeetingKind]int{records.StrategyDiscussion: 3, records.InitialConference: 1, records.ReviewConference: 3, records.CoreGroup: 4, records.ChildInNeedMeeting: 2} {
		if meetings[k] < want {
			t.Errorf("%d of %q, want %d", meetings[k], k, want)
		}
	}
	if notHeld != 1 || ahead != 1 || closed != 1 || notReferred != 1 {
		t.Errorf("%d meetings not held, %d ahead, %d complaints closed, %d decisions not to refer, want 1 of each", notHeld, ahead, closed, notReferred)
	}
	docs, err := s.Documents.All(t.Context())
	docs = slices.DeleteFunc(docs, func(d records.Document) bool { return d.IsPack() })
	if err != nil || len(docs) != 2 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	for _, d := range docs {
		if d.Type != "application/pdf" || d.On == "" || d.Dated == "" || d.Size > 80<<10 {
			t.Errorf("%q is %s of %d bytes, dated %q, on %q", d.Title, d.Type, d.Size, d.Dated, d.On)
		}
		r, err := s.OpenDocument(t.Context(), d.ID)
		if err != nil {
			t.Errorf("%q: %v", d.Title, err)
			continue
		}
		r.Close()
	}
}
