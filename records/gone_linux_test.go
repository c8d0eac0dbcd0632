package records

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"throughline/records/vault"
)

// onStick returns a school with a concern, on a disk of its own that can be
// pulled out where the test may mount one. journal is SQLite's.
func onStick(t *testing.T, journal string) (s *Store, c *Concern, dir string, mounted bool) {
	t.Helper()
	dir = t.TempDir()
	if mounted = unix.Mount("none", dir, "tmpfs", 0, "size=8m") == nil; mounted {
		t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	}
	s, _, err := Create(t.Context(), filepath.Join(dir, "school.throughline"), Setup{
		School: School{Name: "Elm Lane Primary"}, Member: Member{Name: "Ruth Adeyemi", Role: DSL},
		Passphrase: []byte(testPassphrase), Cost: cheap,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	s.db.SetMaxOpenConns(1)
	if _, err := s.db.Exec(`PRAGMA journal_mode = ` + journal); err != nil {
		t.Fatal(err)
	}
	p := testPupil()
	mustSave(t, s, p)
	c = testConcern(p.ID)
	mustSave(t, s, c)
	return s, c, dir, mounted
}

// refused fails unless nothing can be saved, with the sentence for a lost disk.
func refused(t *testing.T, s *Store, c *Concern) {
	t.Helper()
	version := c.Version
	for range 3 {
		c.Account += " More."
		if err := s.Concerns.Save(t.Context(), c, "More was said."); !errors.Is(err, vault.ErrGone) {
			t.Fatalf("a save to a disk that is gone: %v, want ErrGone", err)
		}
		if c.Version != version {
			t.Errorf("what was not kept has the version %d", c.Version)
		}
		if err := s.SaveDraft(t.Context(), "concern", c.Account); !errors.Is(err, vault.ErrGone) {
			t.Errorf("a draft: %v, want ErrGone", err)
		}
	}
}

// TestFileTakenAway: the file is removed, or another put in its place, under an
// open record. Linux would go on writing to the file that has no name any more.
func TestFileTakenAway(t *testing.T) {
	for _, journal := range []string{"wal", "delete"} {
		for name, take := range map[string]func(path string) error{
			"removed":  os.Remove,
			"renamed":  func(path string) error { return os.Rename(path, path+".old") },
			"replaced": func(path string) error { return errors.Join(os.Remove(path), os.WriteFile(path, []byte("x"), 0o600)) },
		} {
			s, c, _, _ := onStick(t, journal)
			if err := take(s.Path()); err != nil {
				t.Fatal(err)
			}
			t.Run(journal+" "+name, func(t *testing.T) { refused(t, s, c) })
			s.Close() // must not hang or panic
		}
	}
}

// TestFileComesBack: once the file is where it was, saving works again and every
// acknowledged version is there.
func TestFileComesBack(t *testing.T) {
	s, c, _, _ := onStick(t, "wal")
	path := s.Path()
	if err := os.Rename(path, path+".old"); err != nil {
		t.Fatal(err)
	}
	refused(t, s, c)
	if err := os.Rename(path+".old", path); err != nil {
		t.Fatal(err)
	}
	if err := s.Concerns.Save(t.Context(), c, "More was said."); err != nil {
		t.Fatal(err)
	}
	again, err := reopen(t, s, testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if got, err := again.Concerns.History(t.Context(), c.ID); err != nil || len(got) != 2 || got[1].Account != c.Account {
		t.Errorf("%d versions, %v; want 2", len(got), err)
	}
}

// TestStickPulledOut unmounts the disk under an open record.
func TestStickPulledOut(t *testing.T) {
	for _, journal := range []string{"wal", "delete"} {
		s, c, dir, mounted := onStick(t, journal)
		if !mounted {
			t.Skip("a disk cannot be mounted here")
		}
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Fatal(err)
		}
		refused(t, s, c)
		s.Close()
		if _, err := Open(t.Context(), s.Path(), []byte(testPassphrase)); !errors.Is(err, vault.ErrNotFound) {
			t.Errorf("open without the disk: %v, want ErrNotFound", err)
		}
	}
}

// TestReadOnlyMedium opens a record on a disk that is mounted read-only, and one
// that becomes so while it is open.
func TestReadOnlyMedium(t *testing.T) {
	s, c, dir, mounted := onStick(t, "delete")
	if !mounted {
		t.Skip("a disk cannot be mounted here")
	}
	path := s.Path()
	readOnly := func(flag uintptr) error { return unix.Mount("none", dir, "", unix.MS_REMOUNT|flag, "") }
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := readOnly(unix.MS_RDONLY); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(t.Context(), path, []byte(testPassphrase)); !errors.Is(err, vault.ErrReadOnly) {
		t.Errorf("Open() = %v, %v; want ErrReadOnly", s, err)
	}
	if names, err := os.ReadDir(dir); err != nil || len(names) != 1 {
		t.Errorf("beside the record there is %v, %v", names, err)
	}
	if err := readOnly(0); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path, []byte(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got, err := s.Concerns.Get(t.Context(), c.ID); err != nil || got.Account != c.Account {
		t.Errorf("Get() = %+v, %v", got, err)
	}
}
