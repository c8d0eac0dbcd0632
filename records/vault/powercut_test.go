package vault

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	sqlite3 "modernc.org/sqlite/lib"
)

// soak makes the heavy tests some twenty times as heavy.
var soak = os.Getenv("THROUGHLINE_SOAK") != ""

// few returns n, or soaked when the heavy tests are wanted.
func few(n, soaked int) int {
	switch {
	case soak:
		return soaked
	case underRace:
		return n/10 + 1
	}
	return n
}

const marker = "the child said she would rather sleep at school"

// simDSN opens "db" on a disk of ours with one of SQLite's journals, with a cache
// so small that transactions spill.
func simDSN(vfs, journal string) string {
	return "file:db?vfs=" + vfs + "&mode=rw&_txlock=immediate&_pragma=journal_mode(" + journal + ")" +
		"&_pragma=synchronous(" + synchronous(journal == "wal") + ")&_pragma=cache_size(10)&_pragma=temp_store(file)"
}

// format puts an empty database on the disk.
func (d *simDisk) format(t testing.TB, seal ciphers, journal string) map[string][]byte {
	t.Helper()
	f := &simBytes{b: make([]byte, headerSize)}
	if err := newBlocks(f, seal[kindPage], kindPage, make([]byte, rawSize)).WriteAt(emptyDatabase(journal == "wal"), 0); err != nil {
		t.Fatal(err)
	}
	d.next++
	d.names["db"], d.data[d.next] = d.next, f.b
	return map[string][]byte{"db": append([]byte(nil), f.b...)}
}

// shimOn registers our shim on the disk and opens a database by it.
func shimOn(t testing.TB, d *simDisk, seal ciphers, journal string) (*vfs, *sql.DB) {
	t.Helper()
	v, err := register(d.name, seal)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", simDSN(v.name, journal))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return v, db
}

func shut(t testing.TB, v *vfs, db *sql.DB) {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if n := v.open.Load(); n != 0 {
		t.Errorf("%d files are still open", n)
	}
	v.unregister()
}

const schema = `
CREATE TABLE state(n INTEGER NOT NULL) STRICT;
INSERT INTO state VALUES(0);
CREATE TABLE entry(id INTEGER PRIMARY KEY, who TEXT NOT NULL, said TEXT NOT NULL) STRICT;
CREATE INDEX entry_who ON entry(who);`

// work runs transaction n of a history that depends on the seed alone.
func work(ctx context.Context, db *sql.DB, seed uint64, n int) error {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	if n%17 == 16 {
		if _, err := db.ExecContext(ctx, `VACUUM`); err != nil {
			return err
		}
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	run := func(query string, args ...any) {
		if err == nil {
			_, err = tx.ExecContext(ctx, query, args...)
		}
	}
	for range 1 + r.IntN(40) {
		said := strings.Repeat(marker+". ", 1+r.IntN(40)*r.IntN(2))
		run(`INSERT INTO entry(who, said) VALUES($1, $2)`, fmt.Sprint("pupil ", r.IntN(50)), said)
	}
	switch r.IntN(5) {
	case 0:
		run(`DELETE FROM entry WHERE id % 3 = $1`, r.IntN(3))
	case 1:
		run(`UPDATE entry SET said = said || said WHERE id % 11 = $1 AND length(said) < 9000`, r.IntN(11))
	case 2:
		run(`DROP INDEX entry_who`)
		run(`CREATE INDEX entry_who ON entry(who, id)`)
	}
	run(`UPDATE state SET n = $1`, n+1)
	if err != nil {
		return err
	}
	return tx.Commit()
}

// digest returns how many transactions the database holds and what it says.
func digest(ctx context.Context, db *sql.DB) (n int, sum string, err error) {
	err = db.QueryRowContext(ctx, `SELECT state.n, count(id) || ' ' || coalesce(sum(id * length(said)), 0) || ' ' ||
		coalesce(sum(length(who) * id), 0) FROM state LEFT JOIN entry GROUP BY state.n`).Scan(&n, &sum)
	return n, sum, err
}

// history is a run on a disk that nothing happened to.
type history struct {
	seal    ciphers
	journal string
	start   map[string][]byte
	diary   []op
	sums    map[int]string
}

func record(t *testing.T, journal string, seed uint64, transactions int) history {
	t.Helper()
	ctx := t.Context()
	h := history{seal: fileCiphers(make([]byte, 32), [16]byte{}), journal: journal, sums: map[int]string{}}
	d := newSimDisk(t)
	defer d.remove()
	d.format(t, h.seal, journal)
	v, db := shimOn(t, d, h.seal, journal)
	if _, err := db.Exec(schema); err != nil {
		t.Fatal(err)
	}
	if journal == "wal" {
		if _, err := db.Exec(`PRAGMA wal_checkpoint(truncate)`); err != nil {
			t.Fatal(err)
		}
	}
	d.Lock()
	h.start = map[string][]byte{}
	renumber := map[int]int{}
	for i, name := range slices.Sorted(maps.Keys(d.names)) {
		h.start[name] = append([]byte(nil), d.data[d.names[name]]...)
		renumber[d.names[name]] = i + 1
	}
	d.diary = nil
	d.Unlock()
	_, h.sums[0], _ = digest(ctx, db)
	for n := range transactions {
		if err := work(ctx, db, seed, n); err != nil {
			t.Fatal(err)
		}
		d.Lock()
		d.diary = append(d.diary, op{kind: opAck, off: int64(n + 1)})
		d.Unlock()
		if journal == "wal" && n%7 == 6 {
			if _, err := db.Exec(`PRAGMA wal_checkpoint`); err != nil {
				t.Fatal(err)
			}
		}
		var err error
		if _, h.sums[n+1], err = digest(ctx, db); err != nil {
			t.Fatal(err)
		}
	}
	shut(t, v, db)
	for i, o := range d.diary { // files of the start bear the numbers afterCut gives
		if to, ok := renumber[o.inode]; ok {
			d.diary[i].inode = to
		} else if o.inode > 0 {
			d.diary[i].inode += 1000
		}
	}
	h.diary = d.diary
	return h
}

// cut returns what is wrong with the database after a power cut, or "".
func (h history) cut(t *testing.T, at int, r *rand.Rand) string {
	t.Helper()
	d := newSimDisk(t)
	defer d.remove()
	d.afterCut(h.start, h.diary, at, r)
	acked := 0
	for _, o := range h.diary[:at] {
		if o.kind == opAck {
			acked = int(o.off)
		}
	}
	v, db := shimOn(t, d, h.seal, h.journal)
	defer shut(t, v, db)
	var whole string
	if err := db.QueryRow(`PRAGMA integrity_check(1)`).Scan(&whole); err != nil || whole != "ok" {
		return fmt.Sprintf("integrity: %q, %v", whole, err)
	}
	n, sum, err := digest(t.Context(), db)
	switch {
	case err != nil:
		return err.Error()
	case n < acked || n > acked+1:
		return fmt.Sprintf("%d transactions, %d acknowledged", n, acked)
	case sum != h.sums[n]:
		return fmt.Sprintf("after %d transactions: %q, want %q", n, sum, h.sums[n])
	}
	if err := work(t.Context(), db, 99, n); err != nil { // life goes on
		return "after recovery: " + err.Error()
	}
	return ""
}

// TestPowerCut cuts the power at random moments, in four kinds of journal.
func TestPowerCut(t *testing.T) {
	for _, journal := range []string{"wal", "delete", "truncate", "persist"} {
		t.Run(journal, func(t *testing.T) {
			t.Parallel()
			seed := uint64(1)
			if soak {
				seed = rand.Uint64()
			}
			h := record(t, journal, seed, few(60, 60))
			r := rand.New(rand.NewPCG(seed, 2))
			for range few(120, 3000) {
				at := r.IntN(len(h.diary) + 1)
				if wrong := h.cut(t, at, r); wrong != "" {
					t.Fatalf("seed %d, cut at %d of %d: %s", seed, at, len(h.diary), wrong)
				}
			}
		})
	}
}

// TestFaults lets writes and syncs fail at random while work goes on: what failed
// is undone as a whole, and can be done again.
func TestFaults(t *testing.T) {
	for _, journal := range []string{"wal", "delete", "truncate", "persist"} {
		seed := uint64(3)
		if soak {
			seed = rand.Uint64()
		}
		transactions := few(60, 500)
		h := record(t, journal, seed, transactions)
		d := newSimDisk(t)
		defer d.remove()
		d.format(t, h.seal, journal)
		v, db := shimOn(t, d, h.seal, journal)
		defer shut(t, v, db)
		if _, err := db.Exec(schema); err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(seed, 7))
		faults := 0
		codes := []int32{sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
		for n := 0; n < transactions; {
			left := r.IntN(400) // some transactions write less than that, and get by
			sound := r.IntN(3) == 0
			d.fault = func() int32 {
				if left--; left >= 0 || left < -3 || sound {
					return sqlite3.SQLITE_OK
				}
				return codes[r.IntN(len(codes))]
			}
			err := work(t.Context(), db, seed, n)
			d.fault = nil
			if err != nil {
				faults++
			}
			got, sum, readErr := digest(t.Context(), db)
			if readErr != nil || got < n || got > n+1 || err == nil && got == n || sum != h.sums[got] {
				t.Fatalf("%s, seed %d, transaction %d failed with %v: then %d, %q, want %q, %v",
					journal, seed, n, err, got, sum, h.sums[got], readErr)
			}
			n = got
		}
		var whole string
		if err := db.QueryRow(`PRAGMA integrity_check`).Scan(&whole); err != nil || whole != "ok" {
			t.Errorf("%s: %q, %v", journal, whole, err)
		}
		if faults < transactions/10 {
			t.Errorf("%s: only %d faults", journal, faults)
		}
	}
}
