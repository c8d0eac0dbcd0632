package vault

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The benchmarks below do the same work in a vault and in a plain file under the
// same settings, in turns, and report the median of both and their ratio.

type side struct {
	db   *sql.DB
	took []time.Duration
}

// sides opens a plain database and a vault.
func sides(b *testing.B) (plain, sealed *side) {
	b.Helper()
	v, _, err := Create(filepath.Join(b.TempDir(), "vault"), "bench", pass, cheap)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { shutVault(b, v) })
	name := dsn(filepath.Join(b.TempDir(), "plain"), "", onLocalDisk(v.Path()))
	db, err := sql.Open("sqlite", strings.Replace(name, "mode=rw&vfs=", "mode=rwc", 1))
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxIdleConns(4)
	b.Cleanup(func() { db.Close() })
	return &side{db: db}, &side{db: v.DB()}
}

func compare(b *testing.B, prepare, work func(db *sql.DB, round int) error) {
	plain, sealed := sides(b)
	for _, s := range []*side{plain, sealed} {
		if _, err := s.db.Exec(`CREATE TABLE entry(id INTEGER PRIMARY KEY, who TEXT NOT NULL, said TEXT NOT NULL) STRICT;
			CREATE INDEX entry_who ON entry(who)`); err != nil {
			b.Fatal(err)
		}
		if err := prepare(s.db, -1); err != nil {
			b.Fatal(err)
		}
	}
	round := 0
	for b.Loop() {
		for i, s := range []*side{plain, sealed, sealed, plain} {
			start := time.Now()
			if err := work(s.db, 2*round+i/2); err != nil {
				b.Fatal(err)
			}
			s.took = append(s.took, time.Since(start))
		}
		round++
	}
	p, v := median(plain.took), median(sealed.took)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(p)/1e6, "plain-ms")
	b.ReportMetric(float64(v)/1e6, "vault-ms")
	b.ReportMetric(float64(v)/float64(p), "ratio")
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func nothing(*sql.DB, int) error { return nil }

const benchRows = 50_000

func insert(db *sql.DB, round int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(`DELETE FROM entry`); err != nil {
		return err
	}
	add, err := tx.Prepare(`INSERT INTO entry VALUES($1, $2, $3)`)
	if err != nil {
		return err
	}
	defer add.Close()
	r := rand.New(rand.NewPCG(1, 1))
	for i := range benchRows {
		if _, err := add.Exec(i, fmt.Sprint("pupil ", r.IntN(1500)), marker+marker+marker+marker); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func BenchmarkInsert(b *testing.B) { compare(b, nothing, insert) }

// scan forgets what the cache holds first, so that every page is read and opened.
func scan(db *sql.DB, _ int) error {
	if _, err := db.Exec(`PRAGMA shrink_memory`); err != nil {
		return err
	}
	var n int
	return db.QueryRow(`SELECT sum(length(said)) FROM entry`).Scan(&n)
}

func BenchmarkScan(b *testing.B) { compare(b, insert, scan) }

func BenchmarkPoint(b *testing.B) {
	compare(b, insert, func(db *sql.DB, round int) error {
		if _, err := db.Exec(`PRAGMA shrink_memory`); err != nil {
			return err
		}
		r := rand.New(rand.NewPCG(2, uint64(round)))
		var said string
		for range 2000 {
			if err := db.QueryRow(`SELECT said FROM entry WHERE id = $1`, r.IntN(benchRows)).Scan(&said); err != nil {
				return err
			}
		}
		return nil
	})
}

func BenchmarkRange(b *testing.B) {
	compare(b, insert, func(db *sql.DB, round int) error {
		if _, err := db.Exec(`PRAGMA shrink_memory`); err != nil {
			return err
		}
		r := rand.New(rand.NewPCG(2, uint64(round)))
		var n int
		for range 50 {
			err := db.QueryRow(`SELECT sum(length(said)) FROM entry WHERE who = $1`, fmt.Sprint("pupil ", r.IntN(1500))).Scan(&n)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func BenchmarkCommit(b *testing.B) {
	compare(b, insert, func(db *sql.DB, round int) error {
		for i := range 20 {
			if _, err := db.Exec(`UPDATE entry SET said = $1 WHERE id = $2`, marker, (round*20+i)*37%benchRows); err != nil {
				return err
			}
		}
		return nil
	})
}

func BenchmarkUnlock(b *testing.B) {
	s := slot{kind: passphraseSlot, cost: DefaultCost}
	for b.Loop() {
		clear(s.slotKey(pass))
	}
}
