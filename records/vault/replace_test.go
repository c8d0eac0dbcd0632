package vault

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestOpenCopy(t *testing.T) {
	v, _ := newVault(t)
	other, _ := newVault(t)
	path := filepath.Join(t.TempDir(), "copy")
	if err := v.Backup(t.Context(), path, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := other.OpenCopy(path); !errors.Is(err, ErrWrongKey) {
		t.Errorf("a copy of another: %v, want ErrWrongKey", err)
	}
	c, err := v.OpenCopy(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Verify(t.Context(), nil); err != nil || c.Slot() != v.Slot() || c.ID() != v.ID() {
		t.Errorf("%v, slot %q, id %s", err, c.Slot(), c.ID())
	}
	shutVault(t, c)
	if id, err := IDOf(path); err != nil || id != v.ID() {
		t.Errorf("IDOf() = %s, %v; want %s", id, err, v.ID())
	}
	var n int
	if err := v.DB().QueryRow(`SELECT count(*) FROM entry`).Scan(&n); err != nil || n == 0 {
		t.Errorf("closing the copy harmed the vault: %d rows, %v", n, err)
	}
	shutVault(t, v)
	if _, err := v.OpenCopy(path); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v, want ErrClosed", err)
	}
	shutVault(t, other)
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	put := func(names ...string) {
		for _, name := range names {
			if err := os.WriteFile(at(name), []byte(name), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	holds := func(want ...string) {
		t.Helper()
		var got []string
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b, err := os.ReadFile(at(f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, f.Name()+"="+string(b))
		}
		if !slices.Equal(got, want) {
			t.Errorf("the folder holds %q, want %q", got, want)
		}
	}
	put("new")
	if err := Replace(at("v"), at("new"), ""); err != nil {
		t.Fatal(err)
	}
	holds("v=new")
	put("new", "v-wal", "v-shm", "v-journal")
	if err := Replace(at("v"), at("new"), ""); !errors.Is(err, ErrExists) {
		t.Errorf("over a vault: %v, want ErrExists", err)
	}
	put("old")
	if err := Replace(at("v"), at("new"), at("old")); !errors.Is(err, ErrExists) {
		t.Errorf("aside to a name that is taken: %v, want ErrExists", err)
	}
	holds("new=new", "old=old", "v=new", "v-journal=v-journal", "v-shm=v-shm", "v-wal=v-wal")
	os.Remove(at("old"))
	put("new2")
	if err := Replace(at("v"), at("new2"), at("old")); err != nil {
		t.Fatal(err)
	}
	holds("new=new", "old=new", "old-journal=v-journal", "old-wal=v-wal", "v=new2")
	lock, err := takeLock(at("v"))
	if err != nil {
		t.Fatal(err)
	}
	if err := Replace(at("v"), at("new"), at("older")); !errors.Is(err, ErrInUse) {
		t.Errorf("over an open vault: %v, want ErrInUse", err)
	}
	lock.release()
}
