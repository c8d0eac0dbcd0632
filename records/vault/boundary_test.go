package vault

import (
	"errors"
	"fmt"
	"testing"

	sqlite3 "modernc.org/sqlite/lib"
)

// trouble is one way in which a disk lets a program down.
type trouble struct {
	name  string
	code  int32           // what the write, truncate or sync returns
	stays bool            // so does everything after it, until the program ends
	spoil func(o op) []op // what of the write is on the disk all the same
}

var troubles = []trouble{
	{"a short write", sqlite3.SQLITE_FULL, false, func(o op) []op {
		o.data = o.data[:len(o.data)/2+7]
		return []op{o}
	}},
	{"a full disk", sqlite3.SQLITE_FULL, true, nil},
	{"a sync or write that fails", sqlite3.SQLITE_IOERR_FSYNC, false, nil},
	{"a torn page, then nothing", sqlite3.SQLITE_IOERR_WRITE, true, func(o op) []op {
		var parts []op // every second sector
		for at := 0; at < len(o.data); at += 2 * sectorSize {
			parts = append(parts, op{kind: opWrite, inode: o.inode, off: o.off + int64(at), data: o.data[at:min(at+sectorSize, len(o.data))]})
		}
		return parts
	}},
}

// TestFaultAtEveryBoundary plays a script and lets the disk fail at its first
// write, truncate or sync, then at its second, and so on to the last: what was
// acknowledged is there, nothing else is but a transaction as a whole, and work
// goes on, both in the program that met the fault and in the one after it.
func TestFaultAtEveryBoundary(t *testing.T) {
	const seed = 11
	transactions := few(4, 20) // in the longer one is a VACUUM
	for _, journal := range []string{"wal", "delete"} {
		h := record(t, journal, seed, transactions+2)
		for _, tr := range troubles {
			t.Run(journal+" "+tr.name, func(t *testing.T) {
				t.Parallel()
				steps := h.play(t, seed, transactions, tr, -1)
				if steps < 30 {
					t.Fatalf("the script has only %d boundaries", steps)
				}
				failed := 0
				for at := 0; at < steps; at++ {
					failed += h.play(t, seed, transactions, tr, at)
				}
				if failed == 0 {
					t.Error("no fault was met")
				}
			})
		}
	}
}

// play plays the script and meets the trouble at the boundary of that number. It
// returns how many transactions failed, or when there is no trouble (at < 0) how
// many boundaries there are.
func (h history) play(t *testing.T, seed uint64, transactions int, tr trouble, at int) (n int) {
	t.Helper()
	d := newSimDisk(t)
	defer d.remove()
	d.format(t, h.seal, h.journal)
	v, db := shimOn(t, d, h.seal, h.journal)
	if _, err := db.Exec(schema); err != nil {
		t.Fatal(err)
	}
	step, failed, acked := 0, 0, 0
	d.spoil = tr.spoil
	d.fault = func() int32 {
		step++
		if at >= 0 && (step-1 == at || tr.stays && step > at) {
			return tr.code
		}
		return sqlite3.SQLITE_OK
	}
	for acked < transactions {
		err := work(t.Context(), db, seed, acked)
		if err == nil {
			acked++
			continue
		}
		failed++
		if kind := Explain(err); !errors.Is(kind, ErrFull) && !errors.Is(kind, ErrGone) {
			t.Fatalf("boundary %d: %v is no error that can be told", at, err)
		}
		if failed == 3 || tr.stays {
			break
		}
	}
	steps := step
	d.fault, d.spoil = nil, nil
	where := fmt.Sprintf("boundary %d, %d acknowledged, %d failed", at, acked, failed)
	if !tr.stays {
		h.sound(t, where, func() error { return nil }, acked, failed, func() (int, string, error) { return digest(t.Context(), db) })
	}
	shut(t, v, db)
	v, db = shimOn(t, d, h.seal, h.journal) // the program after it
	defer shut(t, v, db)
	h.sound(t, where+", opened again", func() error {
		var whole string
		if err := db.QueryRow(`PRAGMA integrity_check(1)`).Scan(&whole); err != nil || whole != "ok" {
			return fmt.Errorf("integrity %q: %w", whole, err)
		}
		return nil
	}, acked, failed, func() (int, string, error) { return digest(t.Context(), db) })
	kept, _, err := digest(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	if err := work(t.Context(), db, seed, kept); err != nil {
		t.Fatalf("%s: work does not go on: %v", where, err)
	}
	if got, sum, err := digest(t.Context(), db); err != nil || got != kept+1 || sum != h.sums[got] {
		t.Fatalf("%s: afterwards there are %d transactions, %q, %v", where, got, sum, err)
	}
	if at < 0 {
		return steps
	}
	return failed
}

// sound fails unless the database holds what was acknowledged and at most one
// transaction more, whose commit was not.
func (h history) sound(t *testing.T, where string, check func() error, acked, failed int, look func() (int, string, error)) {
	t.Helper()
	if err := check(); err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	n, sum, err := look()
	if err != nil || n < acked || n > acked+min(failed, 1) || sum != h.sums[n] {
		t.Fatalf("%s: there are %d transactions, %q, want %q, %v", where, n, sum, h.sums[n], err)
	}
}
