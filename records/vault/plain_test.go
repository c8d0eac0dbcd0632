package vault

import (
	"bytes"
	"crypto/cipher"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	sqlite3 "modernc.org/sqlite/lib"
)

// nullAEAD seals nothing: it shows what a search would find.
type nullAEAD struct{ cipher.AEAD }

func (nullAEAD) Seal(dst, _, plain, _ []byte) []byte {
	return append(append(append(dst, make([]byte, 12)...), plain...), make([]byte, 16)...)
}

func (nullAEAD) Open(dst, _, sealed, _ []byte) ([]byte, error) {
	return append(dst, sealed[12:len(sealed)-16]...), nil
}

func nullCiphers() (c ciphers) {
	for k := range c {
		c[k] = nullAEAD{}
	}
	return c
}

// TestNothingInTheClear searches every write that reaches the disk, of every
// kind of file, and shows with a cipher that does nothing that it would find.
func TestNothingInTheClear(t *testing.T) {
	for _, journal := range []string{"wal", "delete"} {
		sealed := writesWith(t, journal, testCiphers())
		for role, n := range sealed {
			if n > 0 {
				t.Errorf("%s: %d writes in the clear to files of kind %#x", journal, n, role)
			}
		}
		log := int32(sqlite3.SQLITE_OPEN_WAL)
		if journal == "delete" {
			log = sqlite3.SQLITE_OPEN_MAIN_JOURNAL
		}
		plain := writesWith(t, journal, nullCiphers())
		for _, role := range []int32{sqlite3.SQLITE_OPEN_MAIN_DB, log, sqlite3.SQLITE_OPEN_TEMP_DB,
			sqlite3.SQLITE_OPEN_TEMP_JOURNAL, sqlite3.SQLITE_OPEN_SUBJOURNAL} {
			if plain[role] == 0 || sealed[role] != 0 {
				t.Errorf("%s: the search finds %d writes to files of kind %#x without a cipher", journal, plain[role], role)
			}
		}
	}
}

// writesWith counts the writes that hold the marker, for each kind of file.
func writesWith(t *testing.T, journal string, seal ciphers) map[int32]int {
	t.Helper()
	d := newSimDisk(t)
	defer d.remove()
	d.format(t, seal, journal)
	v, db := shimOn(t, d, seal, journal)
	defer shut(t, v, db)
	queries := []string{schema,
		`CREATE TEMP TABLE scratch(said TEXT) STRICT`,
		`CREATE TABLE once(said TEXT UNIQUE ON CONFLICT ABORT) STRICT`}
	for i := range 400 {
		queries = append(queries, fmt.Sprintf(`INSERT INTO entry(who, said) VALUES('%d', '%d %s')`, i, i, marker))
	}
	queries = append(queries,
		`INSERT INTO scratch SELECT a.said FROM entry a, entry b WHERE b.id < 15`,
		`UPDATE entry SET said = said || said`,
		`CREATE INDEX entry_said ON entry(said)`,
		`INSERT OR IGNORE INTO once SELECT said FROM entry`,
		`UPDATE once SET said = said || '!'`,
		`BEGIN`, // a statement that may fail inside of a transaction has a journal of its own
		`UPDATE once SET said = said || 'x'`,
		`UPDATE once SET said = said || 'y'`,
		`COMMIT`,
		`CREATE INDEX both ON scratch(said || said || said, said || said || said)`,
		`VACUUM`,
	)
	for _, query := range queries {
		if _, err := db.Exec(query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	found := map[int32]int{}
	d.Lock()
	defer d.Unlock()
	for _, o := range d.diary {
		if o.kind != opWrite {
			continue
		}
		if o.off%sectorSize != 0 || len(o.data)%sectorSize != 0 {
			t.Errorf("a write of %d bytes at %d shares a sector", len(o.data), o.off)
		}
		if bytes.Contains(o.data, []byte(marker)) {
			found[o.role]++
		}
	}
	return found
}

// TestFilesInTheClear searches what lies beside an open vault, and in it.
func TestFilesInTheClear(t *testing.T) {
	t.Cleanup(func() { onLocalDisk = localDisk })
	for _, local := range []bool{true, false} {
		onLocalDisk = func(string) bool { return local }
		v, recovery := newVault(t)
		tx, err := v.DB().Begin()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(`PRAGMA cache_size = 10`); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(`UPDATE entry SET said = said || $1`, marker); err != nil {
			t.Fatal(err)
		}
		names := beside(t, v.Path())
		if len(names) < 3 { // the vault, its log and its lock
			t.Errorf("beside the vault are only %q", names)
		}
		secrets := []string{marker, "entry", "CREATE TABLE", "SQLite format", string(pass), string(recovery), string(v.dataKey)}
		for _, name := range names {
			b := read(t, filepath.Join(filepath.Dir(v.Path()), name))
			for _, secret := range secrets {
				if bytes.Contains(b, []byte(secret)) {
					t.Errorf("%s holds %q", name, secret)
				}
			}
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(v.Path()); err != nil {
			t.Fatal(err)
		}
	}
}
