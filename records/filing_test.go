package records

import (
	"errors"
	"strings"
	"testing"
)

// TestFilingIsHeldToWhatWasSaved alters, as somebody with other tools would, what
// records are found by and leaves the chain alone.
func TestFilingIsHeldToWhatWasSaved(t *testing.T) {
	for _, tt := range []struct{ change, field string }{
		{`UPDATE record SET pupil = 'elsewhere' WHERE kind = 'concern'`, "pupil"},
		{`UPDATE record SET owner = 'elsewhere' WHERE kind = 'action'`, "owner"},
		{`UPDATE record SET kind = 'action' WHERE kind = 'concern'`, "kind"},
		{`UPDATE record SET open = 0 WHERE kind = 'concern'`, "open"},
		{`UPDATE record SET sort = '' WHERE kind = 'concern'`, "order"},
		{`UPDATE record SET created_at = '2001-01-01T00:00:00.000000Z' WHERE kind = 'concern'`, "created_at"},
		{`UPDATE record SET created_at = '2001-01-01T00:00:00.000000Z' WHERE kind = 'support'`, "created_at"}, // which was removed
		{`UPDATE record SET sort = '2001-01-01' WHERE kind = 'support'`, "order"},
		{`DELETE FROM about`, "also"},
		{`UPDATE about SET pupil = 'another' WHERE pupil = (SELECT min(pupil) FROM about)`, "also"},
		{`INSERT INTO about SELECT id, 'another' FROM record WHERE kind = 'concern'`, "also"},
		{`INSERT INTO about SELECT id, 'another' FROM record WHERE kind = 'action'`, "also"},
		{`DELETE FROM found WHERE record IN (SELECT id FROM record WHERE kind = 'concern')`, "place in the search"},
		{`DELETE FROM full_text WHERE rowid > 0`, "place in the search"},
		{`UPDATE search_made SET edition = edition`, ""},
	} {
		s, _ := mustFile(t)
		if _, err := s.db.Exec(tt.change); err != nil {
			t.Fatalf("%s: %v", tt.change, err)
		}
		_, err := s.VerifyChain(t.Context())
		switch {
		case tt.field == "" && err != nil:
			t.Errorf("%s: %v", tt.change, err)
		case tt.field != "" && (!errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), " its "+tt.field+" ")):
			t.Errorf("%s: VerifyChain() = %v, want its %s", tt.change, err, tt.field)
		case err != nil && (strings.Contains(err.Error(), "elsewhere") || strings.Contains(err.Error(), "2001")):
			t.Errorf("%s: the error quotes what stands there: %v", tt.change, err)
		}
	}
}

// mustFile is a school in which everything that verifying looks at has happened:
// a correction, another child in an event, a removed entry and a removed pupil
// whom an event still names.
func mustFile(t testing.TB) (*Store, *Concern) {
	t.Helper()
	s := mustCreate(t)
	p, other, gone := testPupil(), &Pupil{Forename: "Bea", Surname: "Stone"}, &Pupil{Forename: "Ola", Surname: "Lind"}
	mustSave(t, s, p, other, gone)
	c := testConcern(p.ID)
	c.Also = []Involved{{other.ID, Witness}, {gone.ID, Mentioned}, {other.ID, SiblingOf}}
	support := &Support{Pupil: p.ID, What: "Breakfast club", Level: Universal, By: "Ms Lowe", From: "2025-03-01"}
	mustSave(t, s, c, support)
	plan := &Monitoring{Pupil: p.ID, Concern: c.ID, What: "Coat at the gate", Who: "Mr Hall", From: "2025-03-03", Until: "2025-03-21", NextSteps: "Ring home."}
	if err := s.Update(t.Context(), func(tx *Tx) error { return tx.StartPlan(plan) }); err != nil {
		t.Fatal(err)
	}
	mustAsk(t, s, KindSupport, p.ID, support.ID)
	mustAsk(t, s, KindPupil, gone.ID, gone.ID)
	carryOut(t, s, RemovalWait, 2)
	c.Outcome = "Coat bought."
	if err := s.Concerns.Save(t.Context(), c, "Outcome."); err != nil {
		t.Fatal(err)
	}
	return s, c
}

// TestWhenItWasRecordedIsNotForTheCallerToSay: what a program hands back as the
// time of the first version does not count.
func TestWhenItWasRecordedIsNotForTheCallerToSay(t *testing.T) {
	s, c := mustFile(t)
	was := c.CreatedAt
	c.CreatedAt, c.Outcome = "2001-01-01T00:00:00.000000Z", "Coat bought and worn."
	if err := s.Concerns.Save(t.Context(), c, "Outcome."); err != nil {
		t.Fatal(err)
	}
	if c.CreatedAt != was {
		t.Errorf("recorded at %s, want %s", c.CreatedAt, was)
	}
	if _, err := s.VerifyChain(t.Context()); err != nil {
		t.Error(err)
	}
}

// BenchmarkVerify100000 walks the trail of a school of 100,000 entries, 2,000 with
// -short, and everything beside it.
func BenchmarkVerify100000(b *testing.B) {
	s := mustCreate(b)
	invented(b, s, entries(100_000))
	for b.Loop() {
		if _, err := s.VerifyChain(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// TestRecordsOfAnotherEditionAreFiledAnew: a vault that an older program filed by
// other rules is put right as it is opened, and verifies before and after.
func TestRecordsOfAnotherEditionAreFiledAnew(t *testing.T) {
	ctx := t.Context()
	s, c := mustFile(t)
	if _, err := s.db.Exec(`UPDATE record SET open = 0, sort = '', owner = 'x' WHERE kind IN ('concern', 'action'); UPDATE filing_made SET edition = 0`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.VerifyChain(ctx); err != nil {
		t.Errorf("filed by other rules: %v", err)
	}
	s, err := reopen(t, s, testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.VerifyChain(ctx); err != nil {
		t.Errorf("filed anew: %v", err)
	}
	var sort string
	if err := s.db.QueryRow(`SELECT sort FROM record WHERE id = $1 AND open = 1 AND owner = ''`, c.ID).Scan(&sort); err != nil || sort != c.When.Sort() {
		t.Errorf("filed under %q, %v", sort, err)
	}
}
