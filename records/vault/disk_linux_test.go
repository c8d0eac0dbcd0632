package vault

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func init() { roles["probe"] = probe }

// probe tells whether another process holds SQLite's locks on the file.
func probe(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	lock := unix.Flock_t{Type: unix.F_WRLCK, Start: lockPage, Len: 512}
	if err := unix.FcntlFlock(f.Fd(), unix.F_GETLK, &lock); err != nil {
		return err
	}
	fmt.Println("locked:", lock.Type != unix.F_UNLCK)
	return nil
}

// TestLocksSurvive: nothing that reads or writes beside SQLite drops the locks
// that SQLite holds, as closing any descriptor of the file would.
func TestLocksSurvive(t *testing.T) {
	t.Cleanup(func() { onLocalDisk = localDisk })
	onLocalDisk = func(string) bool { return false }
	v, _ := newVault(t)
	locked := func() bool {
		t.Helper()
		out, err := role(t, "probe", v.Path()).Output()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return strings.Contains(string(out), "true")
	}
	if locked() {
		t.Fatal("locked without a transaction")
	}
	rows, err := v.DB().Query(`SELECT id FROM entry`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	rows.Next()
	if err := os.Symlink(v.Path(), v.Path()+".link"); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name string
		do   func() error
		want error
	}{
		{"a reader", func() error { return nil }, nil},
		{"SetPassphrase", func() error { return v.SetPassphrase("Ms Adeyemi", pass) }, nil},
		{"Verify", func() error { return v.Verify(t.Context(), nil) }, nil},
		{"Backup", func() error { return v.Backup(t.Context(), v.Path()+".copy", nil) }, nil},
		{"Open", func() error { _, err := Open(v.Path(), pass); return err }, ErrInUse},
		{"Open by another name", func() error { _, err := Open(v.Path()+".link", pass); return err }, ErrInUse},
	} {
		if err := step.do(); !errors.Is(err, step.want) {
			t.Errorf("%s: %v", step.name, err)
		}
		if !locked() {
			t.Fatalf("no lock after %s", step.name)
		}
	}
}

// asNobody runs f without the rights of the superuser.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Getuid() != 0 {
		f()
		return
	}
	runtime.LockOSThread() // never unlocked: the thread ends with the test
	if err := unix.Setfsuid(65534); err != nil {
		t.Fatal(err)
	}
	f()
	if err := unix.Setfsuid(0); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnly(t *testing.T) {
	v, _ := newVault(t)
	shutVault(t, v)
	path, folder := v.Path(), filepath.Dir(v.Path())
	before := read(t, path)
	for name, mode := range map[string]struct{ file, folder os.FileMode }{
		"file":   {0o444, 0o777},
		"folder": {0o666, 0o555},
	} {
		if err := errors.Join(os.Chmod(path, mode.file), os.Chmod(folder, mode.folder)); err != nil {
			t.Fatal(err)
		}
		var opened, created error
		asNobody(t, func() {
			_, opened = Open(path, pass)
			_, _, created = Create(filepath.Join(folder, "new"), "Ms Adeyemi", pass, cheap)
		})
		if !errors.Is(opened, ErrReadOnly) {
			t.Errorf("read-only %s: %v", name, opened)
		}
		if name == "folder" && !errors.Is(created, ErrReadOnly) {
			t.Errorf("create in a read-only folder: %v", created)
		}
	}
	if string(read(t, path)) != string(before) {
		t.Error("the file was changed")
	}
}

// TestSmallDisk fills a real disk. It needs the right to mount one.
func TestSmallDisk(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("none", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skip("cannot mount:", err)
	}
	defer unix.Unmount(dir, unix.MNT_DETACH)
	v, _, err := Create(filepath.Join(dir, "v"), "Ms Adeyemi", pass, cheap)
	if err != nil {
		t.Fatal(err)
	}
	defer shutVault(t, v)
	run(t, v, `CREATE TABLE entry(id INTEGER PRIMARY KEY, said TEXT NOT NULL) STRICT`)
	rows := 0
	for err == nil && rows < 5000 {
		if _, err = v.DB().Exec(`INSERT INTO entry(id, said) VALUES($1, $1 || ' ' || $2)`, rows+1, strings.Repeat(marker, 20)); err == nil {
			rows++
		}
	}
	if !errors.Is(Explain(err), ErrFull) {
		t.Fatalf("after %d rows: %v", rows, err)
	}
	if n := count(t, v); n != rows {
		t.Errorf("%d rows, want %d", n, rows)
	}
	// A second vault does not fit, and leaves nothing.
	filler := filepath.Join(dir, "filler")
	for size := 1 << 16; size >= 1; size /= 2 {
		for appendTo(filler, size) == nil {
		}
	}
	if _, _, err := Create(filepath.Join(dir, "w"), "Ms Adeyemi", pass, cheap); !errors.Is(err, ErrFull) {
		t.Errorf("create on a full disk: %v", err)
	}
	for _, name := range []string{"w", "w.lock"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s is left", name)
		}
	}
	os.Remove(filler)
}

func appendTo(path string, size int) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, size))
	return errors.Join(err, f.Close())
}

func TestLocalDisk(t *testing.T) {
	for path, want := range map[string]bool{"/dev/shm": true, "/proc": false, "/nowhere": false} {
		if _, err := os.Stat(path); err != nil && path != "/nowhere" {
			continue
		}
		if got := localDisk(path); got != want {
			t.Errorf("localDisk(%q) = %v", path, got)
		}
	}
}
