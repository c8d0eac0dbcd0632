package records

import (
	"maps"
	"path/filepath"
	"testing"
)

// What stands in files beside the vault is in a backup of it.
func TestLocalCopiesAreInABackup(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	for _, f := range [][2]string{{"durham.toml", "one"}, {"durham.toml", "two"}, {"thistleshire.toml", "title = \"Ä\""}, {"gone.toml", "x"}} {
		if err := s.KeepLocalCopy(ctx, f[0], f[1]); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := s.DropLocalCopy(ctx, "gone.toml"); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{"durham.toml": "two", "thistleshire.toml": "title = \"Ä\""}
	b, err := s.Backup(ctx, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "school.throughline")
	if _, err := Restore(ctx, b.Path, path, Key{Passphrase: []byte(testPassphrase)}, monday, nil); err != nil {
		t.Fatal(err)
	}
	again, err := Open(ctx, path, []byte(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got, err := again.LocalCopies(ctx); err != nil || !maps.Equal(got, want) {
		t.Errorf("LocalCopies() = %v, %v, want %v", got, err, want)
	}
}

// Procedures are in use by the school, a referral or a challenge, in a locked
// file too.
func TestProceduresInUse(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	uses := func(name string, want bool) {
		t.Helper()
		if got, err := l.UsesProcedures(ctx, name); err != nil || got != want {
			t.Errorf("UsesProcedures(%q) = %v, %v, want %v", name, got, err, want)
		}
	}
	school, err := l.School(ctx)
	if err != nil {
		t.Fatal(err)
	}
	school.Procedures = "followed"
	if err := l.Schools.Save(ctx, &school, "x"); err != nil {
		t.Fatal(err)
	}
	l.Me = l.in
	shut := &Referral{Pupil: l.shut.ID, Procedures: "locked"}
	mustSave(t, l.Store, shut, &Referral{Pupil: l.open.ID, Procedures: "begun"})
	mustSave(t, l.Store, &Challenge{Pupil: l.shut.ID, Referral: shut.ID, Procedures: "climbed", Decision: "No further action",
		Grounds: Grounds()[0], Safety: "He is seen every morning", Ladder: []Step{{Ours: "DSL", Theirs: "Manager"}}})
	l.Me = l.out
	for _, name := range []string{"followed", "locked", "begun", "climbed"} {
		uses(name, true)
	}
	uses("free", false)
}
