package records

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"throughline/records/vault"
)

// backedUp returns a school that was backed up and worked on since, closed: its
// path, the backup's, and the pupil that only the present file has.
func backedUp(t *testing.T) (path, backup string, later ID) {
	t.Helper()
	ctx := context.Background()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	b, err := s.Backup(ctx, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	p.Form = "5B"
	if err := s.Pupils.Save(ctx, p, "New form."); err != nil {
		t.Fatal(err)
	}
	q := &Pupil{Forename: "Will", Surname: "May"}
	mustSave(t, s, q)
	mustSave(t, s, testConcern(q.ID))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s.Path(), b.Path, q.ID
}

func TestRestore(t *testing.T) {
	ctx := context.Background()
	path, backup, later := backedUp(t)
	pass := []byte(testPassphrase)
	p, err := Compare(ctx, backup, path, Key{Passphrase: pass}, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := StampOf(monday)
	want := []Difference{{KindConcern, 1, 0, at, at}, {KindPupil, 1, 1, at, at}}
	if !p.Present || p.Unread != nil || p.At != at || len(p.Back) != 0 || len(p.Lost) != 2 || p.Lost[0] != want[0] || p.Lost[1] != want[1] {
		t.Errorf("Compare() = %+v, want %v lost", p, want)
	}
	bytes, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := Restore(ctx, backup, path, Key{Passphrase: pass}, monday, nil)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Base(kept) != "school replaced 2025-03-03 09-30-00.throughline" {
		t.Errorf("the old file is kept as %s", kept)
	}
	if old, err := os.ReadFile(kept); err != nil || string(old) != string(bytes) {
		t.Errorf("the old file is not what it was: %v", err)
	}
	if got := names(t, filepath.Dir(path)); len(got) != 2 {
		t.Errorf("left behind: %q", got)
	}
	s, err := Open(ctx, path, pass)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Pupils.Get(ctx, later); !errors.Is(err, ErrNotFound) {
		t.Errorf("a later pupil: %v, want ErrNotFound", err)
	}
	if all, err := s.Pupils.All(ctx); err != nil || len(all) != 1 || all[0].Version != 1 {
		t.Errorf("pupils = %+v, %v", all, err)
	}
	if _, err := s.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
	if a, err := s.newestAct(ctx, ActRestore); err != nil || a.Member != s.Me.ID || !strings.HasPrefix(a.Content, "5 ") {
		t.Errorf("the trail says %+v, %v", a, err)
	}
	p, err = Compare(ctx, kept, backup, Key{Passphrase: pass}, nil)
	if err != nil || len(p.Back) != 2 || len(p.Lost) != 0 {
		t.Errorf("the other way round: %+v, %v", p, err)
	}
}

func TestRestoreOverADamagedFile(t *testing.T) {
	ctx := context.Background()
	path, backup, _ := backedUp(t)
	for _, f := range []struct{ name, content string }{{path, "rubbish"}, {path + "-wal", "rubbish too"}} {
		if err := os.WriteFile(f.name, []byte(f.content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Compare(ctx, backup, path, Key{Passphrase: []byte(testPassphrase)}, nil)
	if err != nil || !p.Present || !errors.Is(p.Unread, vault.ErrNotVault) {
		t.Errorf("Compare() = %+v, %v", p, err)
	}
	kept, err := Restore(ctx, backup, path, Key{Passphrase: []byte(testPassphrase)}, monday, nil)
	if err != nil {
		t.Fatal(err)
	}
	for end, want := range map[string]string{"": "rubbish", "-wal": "rubbish too"} {
		if b, err := os.ReadFile(kept + end); err != nil || string(b) != want {
			t.Errorf("kept %q, %v; want %q", b, err, want)
		}
	}
	s, err := Open(ctx, path, []byte(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

func TestRestoreWhereThereIsNothing(t *testing.T) {
	_, backup, _ := backedUp(t)
	path := filepath.Join(t.TempDir(), "school.throughline")
	p, err := Compare(t.Context(), backup, path, Key{Passphrase: []byte(testPassphrase)}, nil)
	if err != nil || p.Present || p.Lost != nil {
		t.Errorf("Compare() = %+v, %v", p, err)
	}
	if kept, err := Restore(t.Context(), backup, path, Key{Passphrase: []byte(testPassphrase)}, monday, nil); err != nil || kept != "" {
		t.Errorf("Restore() = %q, %v", kept, err)
	}
	if got := names(t, filepath.Dir(path)); len(got) != 1 {
		t.Errorf("the folder holds %q", got)
	}
}

// TestRestoreThatIsRefused must leave both files as they were.
func TestRestoreThatIsRefused(t *testing.T) {
	ctx := context.Background()
	path, backup, _ := backedUp(t)
	pass := []byte(testPassphrase)
	other := mustCreate(t)
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	damaged := filepath.Join(t.TempDir(), "damaged.throughline")
	b, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-2000] ^= 1
	if err := os.WriteFile(damaged, b, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, backup, path string
		pass               string
		want               error
	}{
		{"a wrong passphrase", backup, path, "wrong", vault.ErrWrongKey},
		{"no backup", backup + "x", path, testPassphrase, vault.ErrNotFound},
		{"of another record", backup, other.Path(), testPassphrase, ErrOtherRecord},
		{"itself", path, path, testPassphrase, vault.ErrExists},
		{"damaged", damaged, path, testPassphrase, vault.ErrDamaged},
	} {
		before := names(t, filepath.Dir(tt.path))
		if _, err := Compare(ctx, tt.backup, tt.path, Key{Passphrase: []byte(tt.pass)}, nil); !errors.Is(err, tt.want) || tt.want == vault.ErrNotFound && errors.Is(err, vault.ErrExists) {
			t.Errorf("%s: Compare() = %v, want %v", tt.name, err, tt.want)
		}
		if _, err := Restore(ctx, tt.backup, tt.path, Key{Passphrase: []byte(tt.pass)}, monday, nil); !errors.Is(err, tt.want) {
			t.Errorf("%s: Restore() = %v, want %v", tt.name, err, tt.want)
		}
		if err := os.Remove(tt.path + failedSuffix); (err == nil) != (tt.want == vault.ErrWrongKey) {
			t.Errorf("%s: a failed unlock is noted: %v", tt.name, err == nil)
		}
		if after := names(t, filepath.Dir(tt.path)); len(after) != len(before) {
			t.Errorf("%s: left %q of %q", tt.name, after, before)
		}
	}
	s, err := Open(ctx, path, pass)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if all, err := s.Pupils.All(ctx); err != nil || len(all) != 2 {
		t.Errorf("%d pupils, %v; want 2", len(all), err)
	}
}

func TestRestoreOverAnOpenRecord(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	b, err := s.Backup(ctx, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Compare(ctx, b.Path, s.Path(), Key{Passphrase: []byte(testPassphrase)}, nil); !errors.Is(err, vault.ErrInUse) {
		t.Errorf("Compare() = %v, want ErrInUse", err)
	}
	if _, err := Restore(ctx, b.Path, s.Path(), Key{Passphrase: []byte(testPassphrase)}, monday, nil); !errors.Is(err, vault.ErrInUse) {
		t.Errorf("Restore() = %v, want ErrInUse", err)
	}
}

// TestWhoHasRetiredDoesNotRestore: an old passphrase opens an old backup, but does
// not put it over a record that its holder has left since, or may not replace.
func TestWhoHasRetiredDoesNotRestore(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	jo, ines, piotr := addMember(t, s, "Jo Bell", DSL), addMember(t, s, "Ines Hale", Head), addMember(t, s, "Piotr Zielinski", IT)
	b, err := s.Backup(ctx, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RetireMember(ctx, jo.ID, "Left the school."); err != nil {
		t.Fatal(err)
	}
	ines.Role = Governor
	if err := s.Members.Save(ctx, &ines, "Governor now."); err != nil {
		t.Fatal(err)
	}
	path := s.Path()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	key := func(m Member) Key { return Key{Passphrase: []byte(otherPassphrase + " " + m.Name)} }
	for _, tt := range []struct {
		who  Member
		want error
	}{{jo, vault.ErrWrongKey}, {ines, ErrNotAllowed}, {piotr, nil}} {
		if _, err := Compare(ctx, b.Path, path, key(tt.who), nil); !errors.Is(err, tt.want) || tt.want == nil && err != nil {
			t.Errorf("%s looks: %v, want %v", tt.who.Name, err, tt.want)
		}
		if tt.want == nil {
			continue
		}
		if _, err := Restore(ctx, b.Path, path, key(tt.who), monday, nil); !errors.Is(err, tt.want) {
			t.Errorf("%s restores: %v, want %v", tt.who.Name, err, tt.want)
		}
	}
	if err := os.WriteFile(path, []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(ctx, b.Path, path, key(jo), monday, nil); err != nil {
		t.Errorf("over a file that nobody can read: %v", err)
	}
}
