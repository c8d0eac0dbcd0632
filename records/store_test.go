package records

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"throughline/records/vault"
)

// cheap makes unlocking quick; only tests and the demo school may choose it.
var cheap = vault.Cost{MemoryKiB: 1024, Passes: 1}

var monday = time.Date(2025, 3, 3, 9, 30, 0, 0, London)

const testPassphrase = "correct horse battery"

// mustCreate returns a new school whose clock stands at monday.
func mustCreate(t testing.TB) *Store {
	t.Helper()
	s, _, err := Create(context.Background(), filepath.Join(t.TempDir(), "school.throughline"), Setup{
		School: School{Name: "Elm Lane Primary"}, Member: Member{Name: "Ruth Adeyemi", Role: DSL},
		Passphrase: []byte(testPassphrase), Cost: cheap, Now: func() time.Time { return monday },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func mustSave(t testing.TB, s *Store, recs ...Record) {
	t.Helper()
	err := s.Update(context.Background(), func(tx *Tx) error {
		for _, r := range recs {
			if err := tx.Save(r, ""); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func testPupil() *Pupil {
	return &Pupil{Forename: "Zoë", Surname: "Nguyễn", Born: "2015-06-01"}
}

func testConcern(pupil ID) *Concern {
	return &Concern{
		Pupil: pupil, When: AtTime(monday.Add(-time.Hour)), Source: Seen, Categories: []Category{Neglect},
		Severity: 2, Account: "Came in without a coat, arms mottled.", ChildsWords: "It's at Nan's & she's <away>.",
		Decision: "Coat lent from lost property.", Reason: "First time this term.",
	}
}

func TestSaveAndReadBack(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	mustSave(t, s, c)
	got, err := s.Concerns.Get(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, *c) {
		t.Errorf("Get() = %+v, want %+v", got, *c)
	}
	if got.Version != 1 || got.RecordedBy != s.Me.ID || got.RecordedAt != StampOf(monday) {
		t.Errorf("meta = %+v", got.Meta)
	}
}

func TestACorrectionIsANewVersion(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	mustSave(t, s, c)
	first := *c

	c.Account = "Came in without a coat or jumper."
	if err := s.Concerns.Save(ctx, c, ""); !errors.Is(err, ErrInvalid) {
		t.Fatalf("a change without a reason: %v, want ErrInvalid", err)
	}
	if err := s.Concerns.Save(ctx, c, "Jumper was missing too."); err != nil {
		t.Fatal(err)
	}
	history, err := s.Concerns.History(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(history) != 2 || history[0].Account != first.Account || history[1].Account != c.Account {
		t.Fatalf("history has %d versions", len(history))
	}
	if history[1].Why != "Jumper was missing too." || history[1].CreatedAt != first.CreatedAt {
		t.Errorf("second version's meta = %+v", history[1].Meta)
	}
	if err := s.Concerns.Save(ctx, c, "nothing"); err != nil || c.Version != 2 {
		t.Errorf("saving an unchanged record: version %d, %v; want 2, nil", c.Version, err)
	}
	first.Outcome = "Closed."
	if err := s.Concerns.Save(ctx, &first, "late"); !errors.Is(err, ErrConflict) {
		t.Errorf("saving over a newer version: %v, want ErrConflict", err)
	}
}

func TestMonitoringMakesDatedActions(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	c.Decision = "Continue to monitor."
	bad := &Monitoring{What: "Whether she has a coat at drop off", Who: "Mrs Bell"}
	err := s.LogConcern(ctx, c, bad, "")
	var v *Invalid
	if !errors.As(err, &v) || v.For("plan.until") == "" || v.For("plan.next_steps") == "" {
		t.Fatalf("a plan without an end and next steps: %v", err)
	}
	if c.ID != "" {
		t.Fatal("the concern was kept though its plan was refused")
	}
	plan := &Monitoring{
		What: "Whether she has a coat at drop off", Who: "Mrs Bell", Until: "2025-03-23",
		NextSteps: "Mrs Bell gives the count to the DSL, who rings mum if it is three or more.",
	}
	if err := s.LogConcern(ctx, c, plan, ""); err != nil {
		t.Fatal(err)
	}
	f, err := s.File(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.PlanFor(c.ID); got == nil || got.From != "2025-03-03" {
		t.Fatalf("PlanFor() = %+v", got)
	}
	if len(f.Actions) != 1 || f.Actions[0].Due != "2025-03-21" || f.Actions[0].Plan != plan.ID {
		t.Errorf("actions = %+v, want one due on Friday 21 March, before the Sunday", f.Actions)
	}
}

func TestRulesThatNeedAnotherRecord(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	c.When = On("2015-05-31")
	var v *Invalid
	if err := s.Concerns.Save(ctx, c, ""); !errors.As(err, &v) || v.For("when") == "" {
		t.Errorf("a concern before birth: %v", err)
	}
	mustSave(t, s, testConcern(p.ID))
	p.Born = "2025-03-04"
	if err := s.Pupils.Save(ctx, p, "typo"); !errors.As(err, &v) || v.For("born") == "" {
		t.Errorf("a birth date after the event: %v", err)
	}
	if err := s.Replies.Save(ctx, &Reply{Pupil: p.ID, Referral: "nothing", At: StampOf(monday), From: "Duty"}, ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("a reply to no referral: %v, want ErrNotFound", err)
	}
}

func TestNothingIsKeptOfAFailedUpdate(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	_, before, err := s.AuditHead(ctx)
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	if err := s.Update(ctx, func(tx *Tx) error {
		if err := tx.Save(testPupil(), ""); err != nil {
			t.Fatal(err)
		}
		return stop
	}); err != stop {
		t.Fatal(err)
	}
	if all, _ := s.Pupils.All(ctx); len(all) != 0 {
		t.Errorf("%d pupils are kept", len(all))
	}
	if _, after, _ := s.AuditHead(ctx); after != before {
		t.Errorf("audit trail went from %d to %d", before, after)
	}
}

func TestFileHoldsEverything(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	p, brother, friend, mum := testPupil(), &Pupil{Forename: "Minh", Surname: "Nguyễn"}, &Pupil{Forename: "Will", Surname: "May"}, &Person{Name: "Lan Nguyễn"}
	nurse := &Person{Name: "Jan Pettit"}
	mustSave(t, s, p, brother, friend, mum, nurse)
	mustSave(t, s,
		&Tie{Pupil: p.ID, Person: mum.ID, Relationship: "Mother"}, &Tie{Pupil: brother.ID, Person: mum.ID, Relationship: "mother"},
		&Tie{Pupil: p.ID, Person: nurse.ID, Relationship: "School nurse"}, &Tie{Pupil: friend.ID, Person: nurse.ID, Relationship: "School nurse"},
		&StatusBand{Pupil: p.ID, Status: ChildInNeed, From: "2025-01-10"})
	c := testConcern(friend.ID)
	c.Also = []Involved{{p.ID, Witness}}
	mustSave(t, s, testConcern(p.ID), c)
	check := func(name string, f *File) {
		if len(f.Siblings) != 1 || f.Siblings[0].ID != brother.ID {
			t.Errorf("%s: siblings = %+v, want the brother alone", name, f.Siblings)
		}
		if len(f.Concerns) != 2 || len(f.Ties) != 2 || f.People[mum.ID].Name != mum.Name || f.StatusOn("2025-02-01") != ChildInNeed {
			t.Errorf("%s: %d concerns, %d ties, people %v", name, len(f.Concerns), len(f.Ties), f.People)
		}
	}
	f, err := s.OpenFile(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	check("OpenFile", f)
	n := 0
	if err := s.EachFile(ctx, func(f *File) error {
		n++
		if f.Pupil.ID == p.ID {
			check("EachFile", f)
		}
		return nil
	}); err != nil || n != 3 {
		t.Errorf("EachFile handed over %d files, %v; want 3, nil", n, err)
	}
}

func TestAlterationIsFound(t *testing.T) {
	tests := []struct {
		name string
		sql  []string
	}{
		{"a body is changed", []string{`DROP TRIGGER version_is_kept`, `UPDATE version SET body = replace(body, 'mottled', 'fine')`}},
		{"a version is removed", []string{`DROP TRIGGER version_is_not_deleted`, `DELETE FROM version WHERE body LIKE '%mottled%'`}},
		{"a version is slipped in", []string{`INSERT INTO version VALUES ('x', 1, '2025-03-03T09:30:00.000000Z', '', '', '{}')`}},
		{"the reason is changed", []string{`DROP TRIGGER version_is_kept`, `UPDATE version SET why = 'x' WHERE body LIKE '%mottled%'`}},
		{"an audit entry is changed", []string{`DROP TRIGGER audit_is_kept`, `UPDATE audit SET member = 'x' WHERE seq = 3`}},
		{"an audit entry is removed", []string{`DROP TRIGGER audit_is_not_deleted`, `DELETE FROM audit WHERE seq = 3`}},
		{"a record is hidden", []string{`DELETE FROM record WHERE kind = 'concern'`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx := context.Background()
			s := mustCreate(t)
			p := testPupil()
			mustSave(t, s, p)
			mustSave(t, s, testConcern(p.ID))
			if n, err := s.Verify(ctx, nil); err != nil || n < 6 {
				t.Fatalf("Verify() of a sound record = %d, %v", n, err)
			}
			for _, q := range tt.sql {
				if _, err := s.db.Exec(q); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := s.Verify(ctx, nil); !errors.Is(err, ErrBroken) {
				t.Errorf("Verify() = %v, want ErrBroken", err)
			}
		})
	}
}

func TestVersionsAndTrailCannotBeChanged(t *testing.T) {
	s := mustCreate(t)
	for _, q := range []string{`UPDATE version SET why = 'x'`, `DELETE FROM version`, `UPDATE audit SET act = 'x'`, `DELETE FROM audit`} {
		if _, err := s.db.Exec(q); err == nil {
			t.Errorf("%s: was allowed", q)
		}
	}
}

func TestLockAndUnlock(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "school.throughline")
	set := Setup{School: School{Name: "Elm Lane"}, Member: Member{Name: "Ruth", Role: DSL}, Passphrase: []byte(testPassphrase), Cost: cheap}
	s, key, err := Create(ctx, path, set)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, path, set.Passphrase); !errors.Is(err, vault.ErrInUse) {
		t.Errorf("a second window: %v, want ErrInUse", err)
	}
	if err := s.SaveDraft(ctx, "concern", "half a sente"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, path, []byte("wrong")); !errors.Is(err, vault.ErrWrongKey) {
		t.Errorf("a wrong passphrase: %v, want ErrWrongKey", err)
	}
	s, err = OpenWithRecovery(ctx, path, strings.ToLower(string(key)), []byte("candle moss, after all"))
	if err != nil {
		t.Fatal(err)
	}
	if body, at, err := s.Draft(ctx, "concern"); body != "half a sente" || at == "" || err != nil {
		t.Errorf("Draft() = %q, %q, %v", body, at, err)
	}
	if err := s.DropDraft(ctx, "concern"); err != nil {
		t.Fatal(err)
	}
	if body, _, err := s.Draft(ctx, "concern"); body != "" || err != nil {
		t.Errorf("a dropped draft = %q, %v", body, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(ctx, path, []byte("candle moss, after all")); err != nil {
		t.Fatal(err)
	}
	if s.Me.Name != "Ruth" {
		t.Errorf("Me = %+v", s.Me)
	}
	s.Close()
	if _, _, err := Create(ctx, path, set); !errors.Is(err, vault.ErrExists) {
		t.Errorf("Create over a vault: %v, want ErrExists", err)
	}
}

func TestRolesDecide(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	for role, want := range map[Role][2]bool{DSL: {true, true}, Deputy: {true, true}, Head: {true, false}, Governor: {}, IT: {}} {
		s.Me.Role = role
		_, readErr := s.File(ctx, p.ID)
		writeErr := s.Pupils.Save(ctx, testPupil(), "")
		for i, err := range []error{readErr, writeErr} {
			if allowed := !errors.Is(err, ErrNotAllowed); allowed != want[i] {
				t.Errorf("%s: allowed = %v (%v), want %v", role, allowed, err, want[i])
			}
		}
	}
}

// TestNothingInTheClear looks for names and sentences in every byte that the
// store leaves on disk, while it is open and after.
func TestNothingInTheClear(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "school.throughline")
	s, _, err := Create(ctx, path, Setup{School: School{Name: "Elm Lane Primary"}, Member: Member{Name: "Ruth Adeyemi", Role: DSL},
		Passphrase: []byte(testPassphrase), Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	c.When = On("2025-03-03")
	mustSave(t, s, c)
	if err := s.SaveDraft(ctx, "concern", "half a sentence about Zoë"); err != nil {
		t.Fatal(err)
	}
	if hits, err := s.Search(ctx, "nguyen mottled", 5); err != nil || len(hits) != 1 {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	look := func(when string) {
		files, err := os.ReadDir(dir)
		if err != nil || len(files) == 0 {
			t.Fatalf("%d files, %v", len(files), err)
		}
		for _, f := range files {
			b, err := os.ReadFile(filepath.Join(dir, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{"Zoë", "Nguyễn", "mottled", "Nan's", "half a sent", "Elm Lane", "nguyen", "property", "CREATE TABLE"} {
				if strings.Contains(string(b), secret) {
					t.Errorf("%s: %s holds %q in the clear", when, f.Name(), secret)
				}
			}
		}
	}
	look("open")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	look("closed")
}

func TestADraftIsNobodyElses(t *testing.T) {
	s := mustCreate(t)
	ctx := context.Background()
	if err := s.SaveDraft(ctx, "concern", "half a word"); err != nil {
		t.Fatal(err)
	}
	me := s.Me
	s.Me = Member{Meta: Meta{ID: "another"}, Role: Deputy}
	if body, _, err := s.Draft(ctx, "concern"); err != nil || body != "" {
		t.Errorf("another member is shown a draft, %v", err)
	}
	if err := errors.Join(s.SaveDraft(ctx, "concern", "theirs"), s.DropDraft(ctx, "concern")); err != nil {
		t.Fatal(err)
	}
	s.Me = me
	if body, _, err := s.Draft(ctx, "concern"); err != nil || body != "half a word" {
		t.Errorf("the draft is %q, %v", body, err)
	}
}
