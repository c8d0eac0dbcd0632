package records

import (
	"slices"
	"testing"
	"time"
)

// clocked returns a school with a concern, and what sets its clock.
func clocked(t *testing.T) (s *Store, c *Concern, set func(time.Time)) {
	t.Helper()
	s = mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c = testConcern(p.ID)
	mustSave(t, s, c)
	return s, c, func(now time.Time) { s.Now = func() time.Time { return now } }
}

// inOrder fails unless the trail is in the order of its numbers and verifies.
func inOrder(t *testing.T, s *Store) (saved []Stamp) {
	t.Helper()
	if _, err := s.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
	trail, err := s.Audit(t.Context(), AuditFilter{})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(trail, func(a, b AuditEntry) int { return int(a.Seq - b.Seq) })
	for i, a := range trail {
		if a.Seq != int64(i+1) {
			t.Fatalf("entry %d of the trail has the number %d", i+1, a.Seq)
		}
		if a.Kind == KindConcern && a.Act == ActSave {
			saved = append(saved, a.At)
		}
	}
	return saved
}

// TestSleepingLaptop: the lid is shut with the record open, and opened nine hours
// later.
func TestSleepingLaptop(t *testing.T) {
	ctx := t.Context()
	s, c, set := clocked(t)
	if err := s.SaveDraft(ctx, "concern", "half a sentence"); err != nil {
		t.Fatal(err)
	}
	morning := monday.Add(9 * time.Hour)
	set(morning)
	if body, at, err := s.Draft(ctx, "concern"); err != nil || body != "half a sentence" || at != StampOf(monday) {
		t.Errorf("the draft is %q of %s, %v", body, at, err)
	}
	c.Outcome = "Closed."
	if err := s.Concerns.Save(ctx, c, "Read again."); err != nil {
		t.Fatal(err)
	}
	if want := []Stamp{StampOf(monday), StampOf(morning)}; !slices.Equal(inOrder(t, s), want) {
		t.Errorf("saved at %v, want %v", inOrder(t, s), want)
	}
	again, err := reopen(t, s, testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	if history, err := again.Concerns.History(ctx, c.ID); err != nil || len(history) != 2 || history[1].RecordedAt != StampOf(morning) {
		t.Errorf("history %+v, %v", history, err)
	}
}

// TestClockSetBack: after a flat battery the clock stands three days before what
// was saved last. Nothing is refused, and what came later stands later.
func TestClockSetBack(t *testing.T) {
	ctx := t.Context()
	s, c, set := clocked(t)
	friday := monday.AddDate(0, 0, -3)
	set(friday)
	c.Account = "Came in without a coat or jumper."
	if err := s.Concerns.Save(ctx, c, "Jumper was missing too."); err != nil {
		t.Fatalf("a correction of an entry whose day the clock has not reached: %v", err)
	}
	set(friday.Add(time.Minute))
	c.Outcome = "Closed."
	if err := s.Concerns.Save(ctx, c, "Nan brought a coat."); err != nil {
		t.Fatalf("the second correction: %v", err)
	}
	if want := []Stamp{StampOf(monday), StampOf(friday), StampOf(friday.Add(time.Minute))}; !slices.Equal(inOrder(t, s), want) {
		t.Errorf("saved at %v, want %v", inOrder(t, s), want)
	}
	if err := s.CloseConcern(ctx, c.ID, "Nan brings a coat each day."); err != nil {
		t.Fatal(err)
	}
	set(friday.AddDate(0, 0, -3))
	for range 2 { // the day it was closed on lies ahead, and so does the first version
		if err := s.ReopenConcern(ctx, c.ID, "No coat again."); err != nil {
			t.Fatal(err)
		}
		if err := s.CloseConcern(ctx, c.ID, "She has two now."); err != nil {
			t.Fatal(err)
		}
	}
	inOrder(t, s)
	history, err := s.Concerns.History(ctx, c.ID)
	if err != nil || len(history) != 8 || history[1].Account != c.Account || history[1].RecordedAt >= history[0].RecordedAt {
		t.Fatalf("history %+v, %v", history, err)
	}
	got, err := s.Concerns.Get(ctx, c.ID)
	if err != nil || got.Version != 8 || got.Outcome != "Closed." || got.CreatedAt != StampOf(monday) {
		t.Errorf("Get() = %+v, %v; want the eighth version", got, err)
	}
	if again, err := reopen(t, s, testPassphrase); err != nil {
		t.Error(err)
	} else if _, err := again.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
}

// TestClockChangeNights: in October half past one comes twice, in March not at
// all. Entries keep the order in which things happened, and show London's time.
func TestClockChangeNights(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	s.Now = func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, London) }
	p := testPupil()
	mustSave(t, s, p)
	for _, night := range []struct {
		date  Date
		utc   []string
		shown []string
	}{
		{"2026-03-29", []string{"00:30", "00:59", "01:00", "01:30"}, []string{"00:30", "00:59", "02:00", "02:30"}},
		{"2026-10-25", []string{"00:15", "00:30", "00:45", "01:15", "01:30", "01:59", "02:00"},
			[]string{"01:15", "01:30", "01:45", "01:15", "01:30", "01:59", "02:00"}},
	} {
		var ids []ID
		for i := range night.utc { // kept in another order than they happened
			at, err := time.Parse("2006-01-02 15:04", string(night.date)+" "+night.utc[len(night.utc)-1-i])
			if err != nil {
				t.Fatal(err)
			}
			c := testConcern(p.ID)
			c.When = AtTime(at)
			mustSave(t, s, c)
			ids = append([]ID{c.ID}, ids...)
		}
		all, err := s.Concerns.Of(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = slices.DeleteFunc(all, func(c Concern) bool { return c.When.Date != night.date })
		for i, c := range all {
			if c.ID != ids[i] {
				t.Errorf("%s: entry %d is the one at %s", night.date, i, c.When.At)
			}
			if want := night.date.String() + ", " + night.shown[i]; c.When.String() != want {
				t.Errorf("%s UTC is shown as %q, want %q", night.utc[i], c.When, want)
			}
			if i > 0 && (all[i-1].When.At >= c.When.At || all[i-1].When.Sort() >= c.When.Sort()) {
				t.Errorf("%s: %s (%s) does not come before %s (%s)", night.date, all[i-1].When.At, all[i-1].When.Sort(), c.When.At, c.When.Sort())
			}
		}
		// Typed as a clock time it is an instant of that day that reads the same.
		if w := AtClock("2026-10-25", "01:30"); w.Date != "2026-10-25" || w.String() != "25 Oct 2026, 01:30" {
			t.Errorf("half past one typed is %+v", w)
		}
	}
}
