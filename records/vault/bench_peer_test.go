package vault

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The benchmarks below run the same statements over the same rows in a vault, in
// a plain file under modernc's SQLite and in one under SQLite in C, which is the
// sqlite3 program reading a script: its time is that of the process less that of
// one that opens the file and does nothing. They take turns and report medians.

// peers are three databases of the same content.
type peers struct {
	vault, plain *side
	c            string // path of the third
	program      string
	settings     string // of the third's connection, as in dsn
	took         []time.Duration
}

func newPeers(b *testing.B) *peers {
	b.Helper()
	program, err := exec.LookPath("sqlite3")
	if err != nil {
		fmt.Println("sqlite3, the program, is not installed: no figures against C") // which Skip would say under -v alone
		b.SkipNow()
	}
	p := &peers{program: program, c: filepath.Join(b.TempDir(), "c"),
		// The log is left where it is, as by the others, who stay open.
		settings: ".dbconfig no_ckpt_on_close on\nPRAGMA journal_mode=wal; PRAGMA synchronous=full; PRAGMA foreign_keys=1; PRAGMA temp_store=memory; PRAGMA cache_size=-16384;\n"}
	p.plain, p.vault = sides(b)
	third, err := sql.Open("sqlite", fileURI(p.c)+"?_pragma=journal_mode(wal)")
	if err != nil {
		b.Fatal(err)
	}
	for _, db := range []*sql.DB{p.plain.db, p.vault.db, third} {
		db.SetMaxOpenConns(1)
		if err := someSchool(db); err != nil {
			b.Fatal(err)
		}
	}
	if err := third.Close(); err != nil {
		b.Fatal(err)
	}
	return p
}

// someSchool fills a database with 50,000 rows of made-up words, and an index of
// the words.
func someSchool(db *sql.DB) error {
	if _, err := db.Exec(`CREATE TABLE entry(id INTEGER PRIMARY KEY, who TEXT NOT NULL, said TEXT NOT NULL) STRICT;
		CREATE INDEX entry_who ON entry(who); CREATE VIRTUAL TABLE word USING fts5(said, content='')`); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	r := rand.New(rand.NewPCG(1, 1))
	often := rand.NewZipf(r, 1.1, 4, 5000)
	for id := range benchRows {
		var said strings.Builder
		for range 40 {
			fmt.Fprintf(&said, "w%d ", often.Uint64())
		}
		if _, err := tx.Exec(`INSERT INTO entry VALUES($1, $2, $3)`, id, fmt.Sprint("pupil ", r.IntN(1500)), said.String()); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO word(rowid, said) VALUES($1, $2)`, id, said.String()); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// run runs the statements of each round on all three and reports.
func (p *peers) run(b *testing.B, statements func(round int) []string) {
	b.Helper()
	warm := statements(0) // the logs of what was filled in are written back
	for _, s := range []*side{p.plain, p.vault} {
		if err := runAll(s.db, warm); err != nil {
			b.Fatal(err)
		}
	}
	p.script(b, warm)
	for round := 1; b.Loop(); round++ {
		list := statements(round)
		order := []*side{p.plain, p.vault}
		if round%2 == 0 {
			slices.Reverse(order)
		}
		for _, s := range order {
			start := time.Now()
			if err := runAll(s.db, list); err != nil {
				b.Fatal(err)
			}
			s.took = append(s.took, time.Since(start))
		}
		empty, full := p.script(b, nil), p.script(b, list)
		p.took = append(p.took, max(full-empty, time.Microsecond))
	}
	p.report(b)
}

func (p *peers) report(b *testing.B) {
	v, plain, c := median(p.vault.took), median(p.plain.took), median(p.took)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(v)/1e6, "vault-ms")
	b.ReportMetric(float64(plain)/1e6, "plain-ms")
	b.ReportMetric(float64(c)/1e6, "c-ms")
	b.ReportMetric(float64(v)/float64(plain), "vault/plain")
	b.ReportMetric(float64(v)/float64(c), "vault/c")
}

// runAll runs statements and reads every row they return.
func runAll(db *sql.DB, statements []string) error {
	if _, err := db.Exec(`PRAGMA shrink_memory`); err != nil { // the program's cache is empty too
		return err
	}
	for _, q := range statements {
		rows, err := db.Query(q)
		if err != nil {
			return err
		}
		var got sql.RawBytes
		for rows.Next() {
			if err := rows.Scan(&got); err != nil {
				return err
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

// script returns how long the sqlite3 program takes over the statements.
func (p *peers) script(b *testing.B, statements []string) time.Duration {
	b.Helper()
	cmd := exec.Command(p.program, "-batch", p.c)
	cmd.Stdin = strings.NewReader(p.settings + strings.Join(append(statements, "SELECT 1"), ";\n") + ";\n")
	var out, wrong bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &wrong
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if err != nil || wrong.Len() > 0 {
		b.Fatalf("sqlite3: %v, %s", err, wrong.String())
	}
	return took
}

func BenchmarkPeerSave(b *testing.B) {
	newPeers(b).run(b, func(round int) (list []string) {
		for i := range 40 { // each a transaction of its own, and durable
			id := benchRows + round*40 + i
			list = append(list, fmt.Sprintf(`INSERT INTO entry VALUES(%d, 'pupil %d', '%s')`, id, id%1500, marker+marker+marker))
		}
		return list
	})
}

func BenchmarkPeerPoint(b *testing.B) {
	newPeers(b).run(b, func(round int) (list []string) {
		r := rand.New(rand.NewPCG(2, uint64(round)))
		for range 2000 {
			list = append(list, fmt.Sprintf(`SELECT said FROM entry WHERE id = %d`, r.IntN(benchRows)))
		}
		return list
	})
}

func BenchmarkPeerRange(b *testing.B) {
	newPeers(b).run(b, func(round int) (list []string) {
		r := rand.New(rand.NewPCG(3, uint64(round)))
		for range 200 {
			list = append(list, fmt.Sprintf(`SELECT sum(length(said)) FROM entry WHERE who = 'pupil %d'`, r.IntN(1500)))
		}
		return list
	})
}

func BenchmarkPeerSearch(b *testing.B) {
	newPeers(b).run(b, func(round int) (list []string) {
		r := rand.New(rand.NewPCG(4, uint64(round)))
		for range 100 {
			list = append(list, fmt.Sprintf(`SELECT rowid FROM word WHERE word MATCH 'w%d AND w%d*' ORDER BY rowid DESC LIMIT 50`, r.IntN(300), r.IntN(500)))
		}
		return list
	})
}

// BenchmarkPeerOpen opens the file, reads what tables there are and closes it. The
// passphrase is left out: what Argon2id costs is meant to be.
func BenchmarkPeerOpen(b *testing.B) {
	p := newPeers(b)
	made, _, err := Create(filepath.Join(b.TempDir(), "school"), "bench", pass, cheap)
	if err != nil {
		b.Fatal(err)
	}
	if err := someSchool(made.DB()); err != nil {
		b.Fatal(err)
	}
	dataKey := bytes.Clone(made.dataKey)
	shutVault(b, made)
	plain := filepath.Join(b.TempDir(), "plain")
	if err := os.WriteFile(plain, read(b, p.c), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		start := time.Now()
		v, err := openWith(made.path, func(*Vault) ([]byte, error) { return bytes.Clone(dataKey), nil })
		if err != nil {
			b.Fatal(err)
		}
		shutVault(b, v)
		p.vault.took = append(p.vault.took, time.Since(start))

		start = time.Now()
		db, err := sql.Open("sqlite", strings.Replace(dsn(plain, "", true), "vfs=", "", 1))
		if err != nil {
			b.Fatal(err)
		}
		var tables int
		if err := db.QueryRow(`SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		p.plain.took = append(p.plain.took, time.Since(start))

		where := p.c
		full := p.script(b, []string{`SELECT count(*) FROM sqlite_schema`})
		p.c = ":memory:" // the program alone
		empty := p.script(b, nil)
		p.c = where
		p.took = append(p.took, max(full-empty, time.Microsecond))
	}
	p.report(b)
}
