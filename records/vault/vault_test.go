package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	cheap = Cost{MemoryKiB: 1 << 10, Passes: 1}
	pass  = []byte("correct horse battery staple")
)

// newVault makes a vault with a table of some hundred pages.
func newVault(t testing.TB) (*Vault, Recovery) {
	t.Helper()
	v, recovery, err := Create(filepath.Join(t.TempDir(), "school.throughline"), "Ms Adeyemi", pass, cheap)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shutVault(t, v) })
	run(t, v, `CREATE TABLE entry(id INTEGER PRIMARY KEY, said TEXT NOT NULL) STRICT`)
	run(t, v, `WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i < 1500)
		INSERT INTO entry SELECT i, printf('%d %s', i, $1) FROM n`, strings.Repeat(marker+" ", 5))
	return v, recovery
}

func shutVault(t testing.TB, v *Vault) {
	t.Helper()
	if err := v.Close(); err != nil {
		t.Error(err)
	}
}

func run(t testing.TB, v *Vault, query string, args ...any) {
	t.Helper()
	if _, err := v.DB().Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

func open1(t testing.TB, path string, passphrase []byte) *Vault {
	t.Helper()
	v, err := Open(path, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shutVault(t, v) })
	return v
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func count(t testing.TB, v *Vault) (n int) {
	t.Helper()
	if err := v.DB().QueryRow(`SELECT count(*) FROM entry WHERE said LIKE id || ' %'`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRoundTrip(t *testing.T) {
	v, recovery := newVault(t)
	path, id, derived := v.Path(), v.ID(), v.Derive("audit")
	if derived == v.Derive("backup") || derived != v.Derive("audit") {
		t.Error("Derive does not depend on the purpose alone")
	}
	shutVault(t, v)
	if names := beside(t, path); !slices.Equal(names, []string{filepath.Base(path)}) {
		t.Errorf("after Close there are %q", names)
	}
	for name, open := range map[string]func() (*Vault, error){
		"Ms Adeyemi": func() (*Vault, error) { return Open(path, pass) },
		"recovery":   func() (*Vault, error) { return OpenRecovery(path, strings.ToLower(string(recovery))) },
	} {
		v, err := open()
		if err != nil {
			t.Fatal(err)
		}
		if v.Slot() != name || v.ID() != id || v.Path() != path || v.Derive("audit") != derived {
			t.Errorf("%s: slot %q, id %s, path %s", name, v.Slot(), v.ID(), v.Path())
		}
		if n := count(t, v); n != 1500 {
			t.Errorf("%s: %d rows", name, n)
		}
		shutVault(t, v)
	}
}

func beside(t testing.TB, path string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestSettings: what records relies on holds for every connection.
func TestSettings(t *testing.T) {
	v, _ := newVault(t)
	ctx := t.Context()
	for range 3 {
		conn, err := v.DB().Conn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		for pragma, want := range map[string]string{
			"foreign_keys": "1", "journal_mode": "wal", "synchronous": "2", "busy_timeout": "5000",
			"temp_store": "2", "cache_size": "-16384", "page_size": "4096",
		} {
			var got string
			if err := conn.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s = %s, %v, want %s", pragma, got, err, want)
			}
		}
	}
	tx, err := v.DB().Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	other, err := v.DB().Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.ExecContext(ctx, `PRAGMA busy_timeout = 0; DELETE FROM entry`); err == nil {
		t.Error("a transaction does not begin immediate")
	}
}

// TestRollbackJournal: off a local disk there is no WAL, and a vault moves there
// and back.
func TestRollbackJournal(t *testing.T) {
	v, _ := newVault(t)
	shutVault(t, v)
	t.Cleanup(func() { onLocalDisk = localDisk })
	for _, local := range []bool{false, true, false} {
		onLocalDisk = func(string) bool { return local }
		v := open1(t, v.Path(), pass)
		run(t, v, `UPDATE entry SET said = said WHERE id < 100`)
		var mode string
		if err := v.DB().QueryRow(`PRAGMA journal_mode`).Scan(&mode); err != nil || (mode == "wal") != local {
			t.Errorf("on a local disk %v: %s, %v", local, mode, err)
		}
		if err := v.Verify(t.Context(), nil); err != nil {
			t.Error(err)
		}
		shutVault(t, v)
	}
	onLocalDisk = func(string) bool { return false }
	made, _, err := Create(filepath.Join(t.TempDir(), "stick"), "Ms Adeyemi", pass, cheap)
	if err != nil {
		t.Fatal(err)
	}
	run(t, made, `CREATE TABLE t(a TEXT) STRICT`)
	shutVault(t, made)
}

// TestLeftAlone: each thing that can be wrong has its error, and no byte of the
// file changes.
func TestLeftAlone(t *testing.T) {
	made, recovery := newVault(t)
	shutVault(t, made)
	good := read(t, made.Path())
	other := Recovery(printRecovery(make([]byte, recoveryBytes)))
	both := func(at int, to byte) []byte {
		b := slices.Clone(good)
		b[at], b[headerCopy+at] = to, to
		return b
	}
	byPass := func(p string) (*Vault, error) { return Open(p, pass) }
	tests := []struct {
		name string
		file []byte
		open func(path string) (*Vault, error)
		want error
	}{
		{"wrong passphrase", good, func(p string) (*Vault, error) { return Open(p, []byte("wrong")) }, ErrWrongKey},
		{"no passphrase", good, func(p string) (*Vault, error) { return Open(p, nil) }, ErrEmptyPassphrase},
		{"other recovery key", good, func(p string) (*Vault, error) { return OpenRecovery(p, string(other)) }, ErrWrongKey},
		{"mistyped recovery key", good, func(p string) (*Vault, error) { return OpenRecovery(p, string(recovery[:20])) }, ErrRecoveryKey},
		{"both headers damaged", both(300, good[300]^1), byPass, ErrDamaged},
		{"newer format", both(len(magic), 2), byPass, ErrNewer},
		{"not a vault", []byte("SQLite format 3\x00"), byPass, ErrNotVault},
		{"empty file", nil, byPass, ErrNotVault},
		{"page 1 damaged", change(good, headerSize+2000, good[headerSize+2000]^1), byPass, ErrDamaged},
		{"page 1 of zeros", change(good, headerSize, make([]byte, pageSize)...), byPass, ErrDamaged},
		{"only the header", good[:headerSize], byPass, ErrDamaged},
		{"cut short", good[:len(good)-20*pageSize], byPass, ErrDamaged},
	}
	for _, test := range tests {
		path := filepath.Join(t.TempDir(), "v")
		if err := os.WriteFile(path, test.file, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := test.open(path)
		if !errors.Is(err, test.want) || v != nil {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		if !bytes.Equal(read(t, path), test.file) {
			t.Errorf("%s: the file was changed", test.name)
		}
		if names := beside(t, path); len(names) != 1 {
			t.Errorf("%s: left behind: %q", test.name, names)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none"), pass); !errors.Is(err, ErrNotFound) {
		t.Errorf("no file: %v", err)
	}
	if _, err := Open(t.TempDir(), pass); !errors.Is(err, ErrNotVault) {
		t.Errorf("a folder: %v", err)
	}
	path := filepath.Join(t.TempDir(), "taken")
	if err := os.WriteFile(path, []byte("a letter"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Create(path, "Ms Adeyemi", pass, cheap); !errors.Is(err, ErrExists) || string(read(t, path)) != "a letter" {
		t.Errorf("create over a file: %v", err)
	}
	if _, _, err := Create(filepath.Join(t.TempDir(), "no", "v"), "Ms Adeyemi", pass, cheap); !errors.Is(err, ErrNotFound) {
		t.Errorf("create in no folder: %v", err)
	}
}

// TestFlippedBits: a flipped bit gives an error or, where nobody reads it, the
// right rows; never wrong ones. Verify finds every one and names the page.
func TestFlippedBits(t *testing.T) {
	made, _ := newVault(t)
	want := count(t, made)
	shutVault(t, made)
	good := read(t, made.Path())
	pages := (len(good) - headerSize) / pageSize
	path := filepath.Join(t.TempDir(), "v")
	for i := range few(60, 2000) {
		at := headerSize + (i*7919+i)%(len(good)-headerSize)
		bad := change(good, at, good[at]^(1<<(i%8)))
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		page := int64((at-headerSize)/pageSize + 1)
		v, err := Open(path, pass)
		if err != nil {
			if page != 1 || !errors.Is(err, ErrDamaged) {
				t.Fatalf("page %d: %v", page, err)
			}
			continue
		}
		var n int
		err = v.DB().QueryRow(`SELECT count(*) FROM entry WHERE said LIKE id || ' ` + marker + `%'`).Scan(&n)
		if err == nil && n != want || err != nil && !errors.Is(Explain(err), ErrDamaged) {
			t.Fatalf("page %d: %d rows, %v", page, n, err)
		}
		var damage Damage
		if err := v.Verify(t.Context(), nil); !errors.As(err, &damage) || damage.Page != page || !errors.Is(err, ErrDamaged) {
			t.Fatalf("page %d of %d: Verify: %v", page, pages, err)
		}
		shutVault(t, v)
		if !bytes.Equal(read(t, path), bad) {
			t.Fatalf("page %d: the file was changed", page)
		}
	}
}

// TestOneBitOfEveryPage flips one bit of each page in turn, not always at the
// same place of it: Verify names that page, or the vault does not open.
func TestOneBitOfEveryPage(t *testing.T) {
	made, _ := newVault(t)
	shutVault(t, made)
	good := read(t, made.Path())
	path := filepath.Join(t.TempDir(), "v")
	pages := (len(good) - headerSize) / pageSize
	if pages < 100 {
		t.Fatalf("the vault has only %d pages", pages)
	}
	for page := 1; page <= pages; page++ {
		at := headerSize + (page-1)*pageSize + page*1237%pageSize
		if err := os.WriteFile(path, change(good, at, good[at]^(1<<(page%8))), 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := Open(path, pass)
		if err == nil {
			err = v.Verify(t.Context(), nil)
			shutVault(t, v)
		}
		var damage Damage
		if !errors.Is(err, ErrDamaged) || page > 1 && (!errors.As(err, &damage) || damage.Page != int64(page)) {
			t.Errorf("page %d of %d: %v", page, pages, err)
		}
	}
}

// TestDamagedHeader: one sound copy opens; Verify tells; the next change heals.
func TestDamagedHeader(t *testing.T) {
	for i := range 2 {
		v, _ := newVault(t)
		shutVault(t, v)
		bad := read(t, v.Path())
		bad[i*headerCopy+77] ^= 1
		if err := os.WriteFile(v.Path(), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		v = open1(t, v.Path(), pass)
		if err := v.Verify(t.Context(), nil); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), fmt.Sprint("copy ", i+1)) {
			t.Errorf("Verify: %v", err)
		}
		if err := v.SetPassphrase("Ms Adeyemi", []byte("another")); err != nil {
			t.Fatal(err)
		}
		if err := v.Verify(t.Context(), nil); err != nil {
			t.Errorf("after a change: %v", err)
		}
		shutVault(t, v)
	}
}

func TestSlots(t *testing.T) {
	v, recovery := newVault(t)
	path := v.Path()
	if err := v.AddSlot("Mr Okafor", []byte("naïve café"), cheap); err != nil {
		t.Fatal(err)
	}
	if err := v.SetPassphrase("Ms Adeyemi", []byte("new words")); err != nil {
		t.Fatal(err)
	}
	fresh, err := v.NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	for name, refused := range map[string]struct{ got, want error }{
		"add twice":    {v.AddSlot("Mr Okafor", pass, cheap), ErrExists},
		"no name":      {v.AddSlot("", pass, cheap), ErrSlot},
		"long name":    {v.AddSlot(strings.Repeat("x", 65), pass, cheap), ErrSlot},
		"empty":        {v.AddSlot("x", nil, cheap), ErrEmptyPassphrase},
		"drop nobody":  {v.DropSlot("nobody"), ErrNotFound},
		"set nobody":   {v.SetPassphrase("nobody", pass), ErrNotFound},
		"set recovery": {v.SetPassphrase("recovery", pass), ErrNotFound},
	} {
		if !errors.Is(refused.got, refused.want) {
			t.Errorf("%s: %v, want %v", name, refused.got, refused.want)
		}
	}
	if err := v.AddSlot("cheap", pass, Cost{MemoryKiB: 8, Passes: 1}); err == nil {
		t.Error("a slot of 8 KiB is taken")
	}
	if want := []string{"Ms Adeyemi", "Mr Okafor"}; !slices.Equal(v.Slots(), want) {
		t.Errorf("Slots() = %q, want %q", v.Slots(), want)
	}
	shutVault(t, v)

	opens := func(slot string, open func() (*Vault, error)) {
		t.Helper()
		v, err := open()
		if slot == "" {
			if !errors.Is(err, ErrWrongKey) {
				t.Errorf("an old key: %v", err)
			}
			return
		}
		if err != nil {
			t.Errorf("%s: %v", slot, err)
			return
		}
		if v.Slot() != slot || count(t, v) != 1500 {
			t.Errorf("slot %q, want %q", v.Slot(), slot)
		}
		shutVault(t, v)
	}
	opens("", func() (*Vault, error) { return Open(path, pass) })
	opens("", func() (*Vault, error) { return OpenRecovery(path, string(recovery)) })
	opens("recovery", func() (*Vault, error) { return OpenRecovery(path, string(fresh)) })
	opens("Ms Adeyemi", func() (*Vault, error) { return Open(path, []byte("new words")) })
	// The accents typed as letters of their own, as another keyboard does it.
	var steps []int
	opens("Mr Okafor", func() (*Vault, error) {
		return Open(path, []byte("nai\u0308ve cafe\u0301"), Progress(func(done, of int) { steps = append(steps, done, of) }))
	})
	if want := []int{0, 2, 1, 2, 2, 2}; !slices.Equal(steps, want) {
		t.Errorf("progress %v, want %v", steps, want)
	}

	v = open1(t, path, []byte("new words"))
	if err := v.DropSlot("Ms Adeyemi"); err != nil { // one's own, too
		t.Fatal(err)
	}
	if err := v.DropSlot("Mr Okafor"); !errors.Is(err, ErrSlot) {
		t.Errorf("drop the last: %v", err)
	}
	for i := len(v.Slots()); i < maxSlots-1; i++ {
		if err := v.AddSlot(fmt.Sprint("member ", i), pass, cheap); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.AddSlot("one more", pass, cheap); !errors.Is(err, ErrSlot) {
		t.Errorf("%d slots and one more: %v", len(v.Slots()), err)
	}
	shutVault(t, v)
	opens("", func() (*Vault, error) { return Open(path, []byte("new words")) })
}

// TestOldPassphraseIsGone: after a change, neither copy of the header opens with
// the old one.
func TestOldPassphraseIsGone(t *testing.T) {
	v, _ := newVault(t)
	if err := v.SetPassphrase("Ms Adeyemi", []byte("another")); err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		h, err := readCopy(v.file, i)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := h.slots[0].open(pass, h.id); ok {
			t.Errorf("copy %d opens with the old passphrase", i+1)
		}
	}
}

func TestDefaultCost(t *testing.T) {
	if testing.Short() {
		t.Skip("takes as long as it should")
	}
	v, _, err := Create(filepath.Join(t.TempDir(), "v"), "Ms Adeyemi", pass)
	if err != nil {
		t.Fatal(err)
	}
	defer shutVault(t, v)
	if got, want := v.header.slots[0].cost, (Cost{MemoryKiB: 64 << 10, Passes: 3}); got != want {
		t.Errorf("cost %+v, want %+v", got, want)
	}
}

func TestBackup(t *testing.T) {
	v, recovery := newVault(t)
	name := "copy é #1 100%?.throughline"
	if runtime.GOOS == "windows" {
		name = strings.ReplaceAll(name, "?", "")
	}
	path := filepath.Join(t.TempDir(), name)
	stop := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() { // somebody goes on working
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				if _, err := v.DB().Exec(`UPDATE entry SET said = said WHERE id = 1 + $1 % 1500`, i); err != nil {
					t.Error(err)
				}
			}
		}
	})
	var done, total int64
	err := v.Backup(t.Context(), path, func(d, of int64) { done, total = d, of })
	close(stop)
	writer.Wait()
	if err != nil || done != total || total == 0 {
		t.Fatalf("%v, %d of %d pages", err, done, total)
	}
	if err := v.Backup(t.Context(), path, nil); !errors.Is(err, ErrExists) {
		t.Errorf("over a file: %v", err)
	}
	cut, cancel := context.WithCancel(t.Context())
	cancel()
	if err := v.Backup(cut, path+"2", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if names := beside(t, path); !slices.Equal(names, []string{filepath.Base(path)}) {
		t.Errorf("left behind: %q", names)
	}
	c, err := OpenRecovery(path, string(recovery))
	if err != nil {
		t.Fatal(err)
	}
	defer shutVault(t, c)
	if count(t, c) != 1500 || c.ID() != v.ID() {
		t.Errorf("the copy has %d rows", count(t, c))
	}
	if err := c.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// TestVacuum: the room for seals survives VACUUM and auto_vacuum, and nothing is
// made without a header.
func TestVacuum(t *testing.T) {
	v, _ := newVault(t)
	run(t, v, `DELETE FROM entry WHERE id % 3 > 0`)
	run(t, v, `PRAGMA auto_vacuum = incremental`)
	run(t, v, `VACUUM`)
	run(t, v, `DELETE FROM entry WHERE id > 600`)
	run(t, v, `PRAGMA incremental_vacuum`)
	if err := v.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
	path := filepath.Join(t.TempDir(), "new")
	for _, query := range []string{`VACUUM INTO $1`, `ATTACH $1 AS x`} {
		if _, err := v.DB().Exec(query, path); err == nil {
			t.Errorf("%s makes a file without a header", query)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file is left")
	}
}

// TestManyConnections reads and writes from several goroutines; it is for -race.
func TestManyConnections(t *testing.T) {
	v, _ := newVault(t)
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			for i := range 30 {
				var err error
				if w == 0 {
					_, err = v.DB().Exec(`INSERT INTO entry(said) SELECT said FROM entry LIMIT 50`)
				} else {
					var n int
					err = v.DB().QueryRow(`SELECT count(*) FROM entry WHERE id > $1`, i).Scan(&n)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Go(func() {
		if err := v.Verify(t.Context(), nil); err != nil {
			t.Error(err)
		}
	})
	group.Wait()
}

// TestCloseWaits: a vault that is still read stays locked until the reader is
// done.
func TestCloseWaits(t *testing.T) {
	v, _ := newVault(t)
	defer func(d time.Duration) { closeWait = d }(closeWait)
	closeWait = 30 * time.Millisecond
	rows, err := v.DB().Query(`SELECT id FROM entry`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	rows.Next()
	if err := v.Close(); !errors.Is(err, ErrBusy) {
		t.Errorf("Close with a reader: %v", err)
	}
	if _, err := Open(v.Path(), pass); !errors.Is(err, ErrInUse) {
		t.Errorf("Open beside a reader: %v", err)
	}
	for rows.Next() {
	}
	rows.Close()
	for range 200 {
		again, err := Open(v.Path(), pass)
		if err == nil {
			shutVault(t, again)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the vault was not given up")
}

func TestClosed(t *testing.T) {
	v, _ := newVault(t)
	key := v.dataKey
	shutVault(t, v)
	if !bytes.Equal(key, make([]byte, 32)) {
		t.Error("the key is not cleared")
	}
	for name, err := range map[string]error{
		"Close": v.Close(), "Verify": v.Verify(t.Context(), nil),
		"AddSlot": v.AddSlot("x", pass, cheap), "Backup": v.Backup(t.Context(), v.Path()+"2", nil),
	} {
		if (err != nil) != (name != "Close") {
			t.Errorf("%s after Close: %v", name, err)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("Derive gives a key after Close")
		}
	}()
	v.Derive("audit")
}
