package records

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAuditIsFiltered(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	mustSave(t, s, c)
	for day := range 3 { // an hour before and after each midnight in London
		at := time.Date(2025, 3, 29+day, 23, 0, 0, 0, London)
		s.Now = func() time.Time { return at }
		if _, err := s.OpenFile(ctx, p.ID); err != nil {
			t.Fatal(err)
		}
		s.Now = func() time.Time { return at.Add(2 * time.Hour) }
		if _, err := s.OpenFile(ctx, p.ID); err != nil {
			t.Fatal(err)
		}
	}
	views := func(f AuditFilter) int {
		f.Act = ActView
		list, err := s.Audit(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	for _, tt := range []struct {
		name string
		f    AuditFilter
		want int
	}{
		{"all", AuditFilter{}, 6},
		{"the day the clocks change", AuditFilter{From: "2025-03-30", To: "2025-03-30"}, 2},
		{"from then on", AuditFilter{From: "2025-03-30"}, 5},
		{"until then", AuditFilter{To: "2025-03-30"}, 3},
		{"another member", AuditFilter{Member: "x"}, 0},
		{"this member", AuditFilter{Member: s.Me.ID}, 6},
		{"another record", AuditFilter{Record: c.ID}, 0},
		{"this record", AuditFilter{Record: p.ID}, 6},
		{"a few", AuditFilter{Limit: 4}, 4},
	} {
		if got := views(tt.f); got != tt.want {
			t.Errorf("%s: %d views, want %d", tt.name, got, tt.want)
		}
	}
	saved, err := s.Audit(ctx, AuditFilter{Record: c.ID})
	if err != nil || len(saved) != 1 || saved[0].Pupil != p.ID {
		t.Errorf("the concern's entry is %+v, %v; want one in the pupil's file", saved, err)
	}
	all, err := s.Audit(ctx, AuditFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var paged []AuditEntry
	for f := (AuditFilter{Limit: 3}); ; f.Before = paged[len(paged)-1].Seq {
		next, err := s.Audit(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		if paged = append(paged, next...); len(next) < 3 {
			break
		}
	}
	if !slices.Equal(all, paged) || all[0].Seq != int64(len(all)) {
		t.Errorf("by threes there are %d entries, at once %d", len(paged), len(all))
	}
}

func TestAuditAsCSVNamesNoPupil(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	addMember(t, s, "=HYPERLINK(1)", DSL)
	s, err := reopen(t, s, otherPassphrase+" =HYPERLINK(1)")
	if err != nil {
		t.Fatal(err)
	}
	p := testPupil()
	mustSave(t, s, p)
	mustSave(t, s, testConcern(p.ID))
	var b bytes.Buffer
	if err := s.WriteAudit(ctx, &b, AuditFilter{}); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{p.Forename, p.Surname, "mottled", ",=HYPER"} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("the export holds %q", secret)
		}
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	_, last, err := s.AuditHead(ctx)
	if err != nil || int64(len(rows)) != last+1 {
		t.Errorf("%d rows, %v; want a header and %d entries", len(rows), err, last)
	}
	if rows[1][5] != string(p.ID) || rows[1][2] != "'=HYPERLINK(1)" {
		t.Errorf("the newest entry is %q", rows[1])
	}
}
