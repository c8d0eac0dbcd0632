package procedures

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"throughline/records"
	"throughline/records/vault"
)

// newRecord returns an open record whose school follows procedures.
func newRecord(t *testing.T, follows string) *records.Store {
	t.Helper()
	s, _, err := records.Create(t.Context(), filepath.Join(t.TempDir(), "school.throughline"), records.Setup{
		School: records.School{Name: "Fenwick Primary", Procedures: follows}, Member: records.Member{Name: "Ada Holt", Role: records.DSL},
		Passphrase: []byte("lantern gravel otter"), Invented: true, Cost: vault.Cost{MemoryKiB: 1024, Passes: 1},
		Now: func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// moved returns the record as its backup is restored on another computer.
func moved(t *testing.T, s *records.Store) *records.Store {
	t.Helper()
	b, err := s.Backup(t.Context(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "there.throughline")
	pass := []byte("lantern gravel otter")
	if _, err := records.Restore(t.Context(), b.Path, path, records.Key{Passphrase: pass}, s.Now(), nil); err != nil {
		t.Fatal(err)
	}
	again, err := records.Open(t.Context(), path, pass)
	if err != nil {
		t.Fatal(err)
	}
	again.Now = s.Now
	t.Cleanup(func() { again.Close() })
	return again
}

func follows(t *testing.T, s *records.Store) Followed {
	t.Helper()
	l, err := InForce(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func filesOf(t *testing.T, s *records.Store) []string {
	t.Helper()
	all, err := Beside(s.Path()).files()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(all))
}

// A backup brings the school's own procedures along: those in force, those that
// wait, and those by which referrals were made.
func TestABackupHoldsTheLocalProcedures(t *testing.T) {
	s := newRecord(t, "thistleshire")
	p, err := Add(t.Context(), s, "Thistleshire")
	if err != nil {
		t.Fatal(err)
	}
	for _, phone := range []string{"01632 960111", "01632 960222"} {
		p.FrontDoor.Phone = phone
		if err := Save(t.Context(), s, p, false); err != nil {
			t.Fatal(err)
		}
	}
	p.EditionDate = "2027-01-01"
	if err := Save(t.Context(), s, p, false); err != nil {
		t.Fatal(err)
	}
	want := []string{"earlier/thistleshire 1.toml", "earlier/thistleshire 2.toml", "thistleshire.next.toml", "thistleshire.toml"}
	there := moved(t, s)
	l := follows(t, there)
	if l.Refused != nil || l.FrontDoor.Phone != "01632 960222" || l.Waiting == nil || !slices.Equal(filesOf(t, there), want) {
		t.Errorf("there: %+v, refused %v, files %v", l.FrontDoor, l.Refused, filesOf(t, there))
	}
	if err := Drop(t.Context(), s, "thistleshire"); err != nil {
		t.Fatal(err)
	}
	if got := filesOf(t, moved(t, s)); got != nil {
		t.Errorf("before anybody looked there are %v", got)
	}
	there = moved(t, s)
	if l := follows(t, there); l.Refused == nil || l.Edited {
		t.Errorf("what was put aside is followed: %+v", l)
	}
	if got := filesOf(t, there); slices.Contains(got, "thistleshire.toml") || slices.Contains(got, "thistleshire.next.toml") || len(got) != 4 {
		t.Errorf("after it was put aside: %v", got)
	}
}

// What somebody wrote by hand is kept once it is looked at, if it is sound; what
// is there comes before its copy.
func TestFilesWrittenByHandAreKept(t *testing.T) {
	s := newRecord(t, "durham")
	text, err := Text("durham")
	if err != nil {
		t.Fatal(err)
	}
	byHand := func(s *records.Store, change string) {
		t.Helper()
		dir := Beside(s.Path()).Path()
		data := strings.Replace(string(text), `phone = ""`, change, 1)
		if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(filepath.Join(dir, "durham.toml"), []byte(data), 0o644)); err != nil {
			t.Fatal(err)
		}
		follows(t, s)
	}
	byHand(s, `phone = "01632 960111"`)
	byHand(s, `phone = wrong`)
	there := moved(t, s)
	if l := follows(t, there); l.Refused != nil || l.FrontDoor.Phone != "01632 960111" {
		t.Errorf("the last sound copy is not there: %+v, %v", l.FrontDoor, l.Refused)
	}
	byHand(there, `phone = "01632 960333"`)
	if l := follows(t, there); l.FrontDoor.Phone != "01632 960333" {
		t.Errorf("the copy came before the file: %+v", l.FrontDoor)
	}
}

// Who only reads brings files back and changes nothing in the record.
func TestAHeadBringsFilesBack(t *testing.T) {
	s := newRecord(t, "thistleshire")
	if _, err := Add(t.Context(), s, "Thistleshire"); err != nil {
		t.Fatal(err)
	}
	there := moved(t, s)
	there.Me.Role = records.Head
	if l := follows(t, there); l.Refused != nil || l.Title != "Thistleshire" {
		t.Errorf("a head follows %q, refused %v", l.Title, l.Refused)
	}
	text, err := Text("durham")
	if err == nil {
		err = os.WriteFile(filepath.Join(Beside(there.Path()).Path(), "durham.toml"), text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := Sync(t.Context(), there); err != nil {
		t.Errorf("Sync() by a head = %v", err)
	}
}

// Where nothing can be written it is said, and what ships is followed.
func TestAFileThatCannotBeBroughtBack(t *testing.T) {
	s := newRecord(t, "durham")
	p, err := Load("durham")
	if err != nil {
		t.Fatal(err)
	}
	if err := Save(t.Context(), s, p, false); err != nil {
		t.Fatal(err)
	}
	there := moved(t, s)
	if err := os.Symlink(filepath.Join(t.TempDir(), "gone"), Beside(there.Path()).Path()); err != nil {
		t.Skip("no links here:", err)
	}
	if l := follows(t, there); l.Refused == nil || l.Refused.File != "durham.toml" || l.Title != "Durham" {
		t.Errorf("follows %q, refused %v", l.Title, l.Refused)
	}
}
