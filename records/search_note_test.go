package records

import (
	"context"
	"strings"
	"testing"
)

func TestASearchLeavesATraceOfWhomItShowed(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	zoe, ned := testPupil(), &Pupil{Forename: "Ned", Surname: "Mottley", Born: "2014-05-06"}
	mustSave(t, s, zoe, ned)
	mustSave(t, s, testConcern(zoe.ID), testConcern(zoe.ID))
	hits, err := s.Search(ctx, "mott", 50)
	if err != nil || len(hits) != 3 {
		t.Fatalf("%d hits, %v; want Ned by name and two entries", len(hits), err)
	}
	if err := s.NoteSearch(ctx, hits); err != nil {
		t.Fatal(err)
	}
	trail, err := s.Audit(ctx, AuditFilter{Act: ActView})
	if err != nil || len(trail) != 1 {
		t.Fatalf("%d views on the trail, %v; want one, of Zoë's file", len(trail), err)
	}
	a := trail[0]
	if a.Pupil != zoe.ID || a.Member != s.Me.ID || a.Content != SearchSeen || strings.Contains(a.Content, "mott") {
		t.Errorf("the trail says %+v", a)
	}
	if err := s.NoteSearch(ctx, nil); err != nil {
		t.Error(err)
	}
	if _, err := s.VerifyChain(ctx); err != nil {
		t.Error(err)
	}
}

func TestAuditOfOneChild(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	zoe, ned := testPupil(), &Pupil{Forename: "Ned", Surname: "Alder", Born: "2014-05-06"}
	mustSave(t, s, zoe, ned)
	both := testConcern(zoe.ID)
	both.Also = []Involved{{Pupil: ned.ID, Part: Witness}}
	mustSave(t, s, both, testConcern(zoe.ID))
	if _, err := s.OpenFile(ctx, zoe.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.OpenFile(ctx, ned.ID); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		f    AuditFilter
		want int
	}{
		{"all of Zoë's", AuditFilter{Pupil: zoe.ID}, 4}, // details, two concerns, opened
		{"Ned's, with what he saw", AuditFilter{Pupil: ned.ID}, 3},
		{"who opened Ned's", AuditFilter{Pupil: ned.ID, Act: ActView}, 1},
		{"and who else", AuditFilter{Pupil: ned.ID, Act: ActView, Member: "x"}, 0},
		{"nobody's", AuditFilter{Pupil: "x"}, 0},
	} {
		if got, err := s.Audit(ctx, tt.f); err != nil || len(got) != tt.want {
			t.Errorf("%s: %d entries, %v; want %d", tt.name, len(got), err, tt.want)
		}
	}
}
