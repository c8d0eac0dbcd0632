package supervision

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"throughline/records"
	"throughline/records/vault"
)

// keeping returns a school that keeps records, whose clock stands at now, with
// Ned in it: one concern, and a referral that nobody has answered.
func keeping(t *testing.T) (*records.Store, records.Pupil) {
	t.Helper()
	s, _, err := records.Create(t.Context(), filepath.Join(t.TempDir(), "school.throughline"), records.Setup{
		School: records.School{Name: "Invented Primary School"}, Member: records.Member{Name: "Helen Okafor", Role: records.DSL},
		Passphrase: []byte("four plain words here"), Invented: true, Cost: vault.Cost{MemoryKiB: 1024, Passes: 1}, Now: now.Time,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	p := records.Pupil{Forename: "Ned", Surname: "Alder"}
	save(t, s, &p)
	save(t, s, &records.Concern{Pupil: p.ID, When: records.On("2026-01-05"), Source: records.Seen, SeenBy: "Ms Quill", Severity: 2,
		Categories: []records.Category{records.Neglect}, Account: "He came in without a coat.", ParentsTold: records.Yes})
	save(t, s, &records.Referral{Pupil: p.ID, Level: records.Section17, Response: records.Assessment, Procedures: "default", SentAt: at("2026-01-05"), SentTo: "Front door"})
	return s, p
}

func save(t *testing.T, s *records.Store, rec records.Record) {
	t.Helper()
	if err := s.Update(t.Context(), func(tx *records.Tx) error { return tx.Save(rec, "Of the test.") }); err != nil {
		t.Fatal(err)
	}
}

// year counts the school year.
func year(t *testing.T, s *records.Store) *Period {
	t.Helper()
	p, err := Read(t.Context(), s, "2025-09-01", "2026-08-31")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestAPupilIsCountedOnce: somebody who is to leave is here, and somebody who
// left in the period was.
func TestAPupilIsCountedOnce(t *testing.T) {
	for name, left := range map[string]records.Date{"stays": "", "is to leave": "2026-07-20", "left in the period": "2026-02-06", "left before it": "2025-07-18"} {
		s, p := keeping(t)
		p.Left = left
		save(t, s, &p)
		want := 1
		if name == "left before it" {
			want = 0
		}
		if got := year(t, s); got.Pupils != want || got.Concerns != want || len(got.Referrals) != want {
			t.Errorf("a pupil who %s: %d files, %d concerns, %d referrals, want %d of each", name, got.Pupils, got.Concerns, len(got.Referrals), want)
		}
	}
}

// TestLockedFilesAreNotCounted: the report is written all the same, and says how
// many files it lacks.
func TestLockedFilesAreNotCounted(t *testing.T) {
	s, p := keeping(t)
	deputy := records.Member{Name: "Mr Pike", Role: records.Deputy}
	save(t, s, &deputy)
	p.Left = "2026-02-06"
	save(t, s, &p)
	if err := s.NameMembers(t.Context(), p.ID, []records.ID{s.Me.ID}, "It is about a colleague."); err != nil {
		t.Fatal(err)
	}
	if got := year(t, s); got.Pupils != 1 || got.Locked != 0 {
		t.Errorf("to who is named: %d files and %d locked, want 1 and 0", got.Pupils, got.Locked)
	}
	s.Me = deputy
	got := year(t, s)
	if got.Pupils != 0 || got.Locked != 1 {
		t.Errorf("to the deputy: %d files and %d locked, want 0 and 1", got.Pupils, got.Locked)
	}
	var b bytes.Buffer
	if err := WritePeriod(&b, got, options()); err != nil {
		t.Fatal(err)
	}
	if text := read(t, b.Bytes(), ""); !strings.Contains(text, "no pupils’ files. Not counted: 1 file that is locked") {
		t.Errorf("the report does not say that a file was not counted: %s", text)
	}
}

// TestALeaverWithSomethingOpenIsBrought: social care still owe an answer, and
// what else was late of the child is not ours to do any more.
func TestALeaverWithSomethingOpenIsBrought(t *testing.T) {
	s, p := keeping(t)
	save(t, s, &records.Action{Pupil: p.ID, What: "Ring his aunt", Who: "Ms Quill", Due: "2026-02-02"})
	for _, c := range []struct {
		left           records.Date
		pupils, points int
	}{{"", 1, 6}, {"2026-02-06", 0, 3}, {"2025-02-06", 0, 0}} {
		p.Left = c.left
		save(t, s, &p)
		a, err := Next(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		points := 0
		for _, child := range a.Children {
			points += len(child.Points)
			for _, x := range child.Points {
				if c.left != "" && strings.Contains(x.Text, "aunt") {
					t.Errorf("left %s: brought for %q", c.left, x.Text)
				}
			}
		}
		if a.Pupils != c.pupils || points != c.points {
			t.Errorf("left %q: %d pupils and %d points, want %d and %d: %+v", c.left, a.Pupils, points, c.pupils, c.points, a.Children)
		}
	}
}
