package vault

import (
	"bytes"
	"errors"
	"testing"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// TestPromises: SQLite is told only what our blocks can keep, whatever the disk
// can, and reads nothing past them.
func TestPromises(t *testing.T) {
	d := newSimDisk(t)
	defer d.remove()
	d.format(t, testCiphers(), "wal")
	v, db := shimOn(t, d, testCiphers(), "wal")
	defer shut(t, v, db)
	if _, err := db.Exec(schema); err != nil {
		t.Fatal(err)
	}
	tls := libc.NewTLS()
	defer tls.Close()
	files := 0
	shim.RLock()
	defer shim.RUnlock()
	for _, f := range shim.files {
		if f.vfs != v {
			continue
		}
		files++
		m := at[sqlite3.Tsqlite3_io_methods](at[sqlite3.Tsqlite3_file](f.ptr).FpMethods)
		if m.FiVersion != 2 || m.FxFetch != 0 || m.FxUnfetch != 0 {
			t.Errorf("kind %d: methods of version %d, with mapped reads: %v", f.kind, m.FiVersion, m.FxFetch != 0)
		}
		if caps := fileCharacteristics(tls, f.ptr); caps != 0 {
			t.Errorf("kind %d promises %#x", f.kind, caps)
		}
		if size := fileSectorSize(tls, f.ptr); size != pageSize {
			t.Errorf("kind %d has sectors of %d bytes", f.kind, size)
		}
	}
	if files < 2 {
		t.Errorf("%d files are open, want database and WAL", files)
	}
}

// TestLogBlocksAreWrittenOnce: no block of a log is written again after a sync,
// but for the heads that SQLite marks when what follows is safe.
func TestLogBlocksAreWrittenOnce(t *testing.T) {
	journalMagic := []byte("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
	for _, journal := range []string{"wal", "delete"} {
		d := newSimDisk(t)
		defer d.remove()
		d.format(t, nullCiphers(), journal)
		v, db := shimOn(t, d, nullCiphers(), journal)
		if _, err := db.Exec(schema); err != nil {
			t.Fatal(err)
		}
		for n := range 40 {
			if err := work(t.Context(), db, 4, n); err != nil {
				t.Fatal(err)
			}
		}
		shut(t, v, db)
		written, synced := map[[2]int64]bool{}, map[[2]int64]bool{} // by file and offset
		logs := 0
		for _, o := range d.diary {
			at := [2]int64{int64(o.inode), o.off}
			switch {
			case o.kind == opSync:
				for at := range written {
					if at[0] == int64(o.inode) {
						synced[at] = true
						delete(written, at)
					}
				}
			case o.kind == opTruncate, o.kind == opWrite && o.role == sqlite3.SQLITE_OPEN_WAL && o.off == 0:
				clear(written) // another log begins
				clear(synced)
			case o.kind == opWrite && (o.role == sqlite3.SQLITE_OPEN_WAL ||
				o.role == sqlite3.SQLITE_OPEN_MAIN_JOURNAL && !bytes.HasPrefix(o.data[12:], journalMagic)):
				logs++
				if synced[at] {
					t.Fatalf("%s: the block at %d of a log is written again after a sync", journal, o.off)
				}
				written[at] = true
			}
		}
		if logs < 100 {
			t.Errorf("%s: only %d blocks of logs were written", journal, logs)
		}
	}
}

// TestFullDisk: a write that does not fit is an ErrFull and undone; what was
// there stays, and when there is room again, so does what follows.
func TestFullDisk(t *testing.T) {
	for _, journal := range []string{"wal", "delete"} {
		d := newSimDisk(t)
		defer d.remove()
		d.format(t, testCiphers(), journal)
		v, db := shimOn(t, d, testCiphers(), journal)
		defer shut(t, v, db)
		if _, err := db.Exec(schema); err != nil {
			t.Fatal(err)
		}
		n := 0
		d.limit = 200_000
		var err error
		for err == nil && n < 1000 {
			if err = work(t.Context(), db, 6, n); err == nil {
				n++
			}
		}
		if !errors.Is(Explain(err), ErrFull) {
			t.Fatalf("%s: %v", journal, err)
		}
		kept, _, err := digest(t.Context(), db)
		if err != nil || kept != n {
			t.Errorf("%s: %d transactions of %d, %v", journal, kept, n, err)
		}
		d.limit = 0
		if err := work(t.Context(), db, 6, n); err != nil {
			t.Errorf("%s: with room again: %v", journal, err)
		}
		var whole string
		if err := db.QueryRow(`PRAGMA integrity_check`).Scan(&whole); err != nil || whole != "ok" {
			t.Errorf("%s: %q, %v", journal, whole, err)
		}
	}
}

// TestPastLockBytes writes around 1 GiB, where the platform keeps its locks, to
// a file that is mostly a hole.
func TestPastLockBytes(t *testing.T) {
	f := &sparse{}
	b := newBlocks(f, testCiphers()[kindPage], kindPage, make([]byte, rawSize))
	first := lockPage/pageSize - 10
	f.size = kindPage.place(int64(first))
	for n := int64(first); n < int64(first)+20; n++ {
		if err := b.WriteAt(somePage(n), n*pageSize); err != nil {
			t.Fatal(err)
		}
	}
	p := make([]byte, pageSize)
	for n := int64(first); n < int64(first)+20; n++ {
		if err := b.ReadAt(p, n*pageSize); err != nil || !bytes.Equal(p, somePage(n)) {
			t.Errorf("page %d: %v", n+1, err)
		}
	}
	if f.touched {
		t.Error("the lock bytes were touched")
	}
	if size, err := b.Size(); err != nil || size != int64(first+20)*pageSize {
		t.Errorf("Size() = %d, %v", size, err)
	}
}

// sparse keeps what lies behind its first size bytes.
type sparse struct {
	simBytes
	size    int64
	touched bool
}

func (f *sparse) look(p []byte, off int64) int64 {
	f.touched = f.touched || off < lockPage+pageSize && off+int64(len(p)) > lockPage
	return off - (lockPage - 16*pageSize)
}

func (f *sparse) ReadAt(p []byte, off int64) (int, error) {
	return f.simBytes.ReadAt(p, f.look(p, off))
}

func (f *sparse) WriteAt(p []byte, off int64) (int, error) {
	f.size = max(f.size, off+int64(len(p)))
	return f.simBytes.WriteAt(p, f.look(p, off))
}

func (f *sparse) Size() (int64, error) { return f.size, nil }
