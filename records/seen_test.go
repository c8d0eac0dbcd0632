package records

import (
	"context"
	"errors"
	"testing"
)

func TestSeenIsEachMembersOwn(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	for _, body := range []string{"one", "two"} {
		if err := s.SetSeen(ctx, p.ID, body); err != nil {
			t.Fatal(err)
		}
	}
	if seen, err := s.Seen(ctx); err != nil || len(seen) != 1 || seen[p.ID] != "two" {
		t.Errorf("Seen() = %v, %v; want what was kept last", seen, err)
	}
	me := s.Me
	s.Me.ID = "somebody else"
	if seen, err := s.Seen(ctx); err != nil || len(seen) != 0 {
		t.Errorf("another member has seen %v, %v", seen, err)
	}
	s.Me = me
	s.Me.Role = Governor
	if _, err := s.Seen(ctx); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("a governor: %v, want ErrNotAllowed", err)
	}
}

func TestDismissal(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	d := &Dismissal{Pupil: p.ID, Of: "weekday", Subject: "physical/Monday", Text: "On Mondays.", Count: 4, Chance: 0.01}
	var v *Invalid
	if err := s.Dismissals.Save(ctx, d, ""); !errors.As(err, &v) || v.For("reason") == "" {
		t.Errorf("without a reason: %v", err)
	}
	d.Reason = "Swimming is on Mondays; the bruises are from the pool steps, seen by Mr Ash."
	mustSave(t, s, d)
	f, err := s.File(ctx, p.ID)
	if err != nil || len(f.Dismissals) != 1 || f.Dismissals[0].Reason != d.Reason {
		t.Errorf("file holds %+v, %v", f.Dismissals, err)
	}
}
