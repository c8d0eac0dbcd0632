package records

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// soak makes the heavy tests as heavy as `make soak` wants them.
var soak = os.Getenv("THROUGHLINE_SOAK") != ""

// few returns n, or soaked when the heavy tests are wanted.
func few(n, soaked int) int {
	if soak {
		return soaked
	}
	return n
}

// TestKill kills a writer at random moments, on the settings the program runs
// with, and on those it has on a stick. What the writer was told is kept, is:
// whole, in every version, on a trail that verifies.
func TestKill(t *testing.T) {
	for journal, rounds := range map[string]int{"wal": few(6, 200), "delete": few(4, 200)} {
		t.Run(journal, func(t *testing.T) {
			s := mustCreate(t)
			mustSave(t, s, testPupil())
			path := s.Path()
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			kept := map[string]string{} // by id and version
			early := 0
			for round := range rounds {
				told := killSaver(t, path, journal, round%4 == 3)
				if len(told) == 0 {
					early++
				}
				for key, text := range told {
					kept[key] = text
				}
				checkKept(t, path, kept)
			}
			t.Logf("%s: %d saves were acknowledged in %d lives, %d of them too short for one", journal, len(kept), rounds, early)
			if len(kept) < 2*rounds {
				t.Errorf("only %d saves were acknowledged", len(kept))
			}
		})
	}
}

// checkKept opens the vault after a kill.
func checkKept(t *testing.T, path string, kept map[string]string) {
	t.Helper()
	ctx := t.Context()
	s, err := Open(ctx, path, []byte(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Verify(ctx, nil); err != nil {
		t.Fatal(err)
	}
	stored := map[string]string{}
	concerns, plans := map[ID]bool{}, map[ID]bool{} // the plans by their concern
	err = eachRow(ctx, s.db, func(r row) error {
		rec, err := r.record()
		if err != nil {
			return err
		}
		switch rec := rec.(type) {
		case *Concern:
			concerns[rec.ID] = true
			stored[ack(rec)] = rec.Account
		case *Monitoring:
			plans[rec.Concern] = true
			stored[ack(rec)] = rec.What
		case *Action:
			stored[ack(rec)] = rec.Result
		}
		return nil
	}, columns+` FROM record r JOIN version v ON v.id = r.id`)
	if err != nil {
		t.Fatal(err)
	}
	for key, text := range kept {
		if stored[key] != text {
			t.Fatalf("%s was acknowledged with %q, there is %q", key, text, stored[key])
		}
	}
	for id := range concerns {
		if !plans[id] {
			t.Errorf("concern %s was kept without the plan of its transaction", id)
		}
	}
}

// ack names a version.
func ack(rec Record) string {
	return fmt.Sprint(rec.Kind(), " ", rec.meta().ID, " ", rec.meta().Version)
}

// killSaver runs TestSaver in a process of its own, kills it at a random moment,
// early while it still opens the vault, and returns what it acknowledged.
func killSaver(t *testing.T, path, journal string, early bool) map[string]string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-test.run=^TestSaver$")
	cmd.Env = append(os.Environ(), "RECORDS_TEST_SAVER="+path, "RECORDS_TEST_JOURNAL="+journal)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	within := func(d time.Duration) {
		time.AfterFunc(rand.N(d), func() { cmd.Process.Kill() })
	}
	if early {
		within(80 * time.Millisecond)
	}
	told := map[string]string{}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		key, text, ok := strings.Cut(lines.Text(), "\t")
		if !ok {
			t.Errorf("the writer says %q", lines.Text())
			break
		}
		if len(told) == 0 && !early {
			within(120 * time.Millisecond)
		}
		told[key] = text
	}
	cmd.Process.Kill()
	cmd.Wait()
	return told
}

// TestSaver is no test: it is the writer that TestKill kills. It prints each
// version once its save has returned.
func TestSaver(t *testing.T) {
	path := os.Getenv("RECORDS_TEST_SAVER")
	if path == "" {
		t.Skip("TestKill runs it")
	}
	ctx := context.Background()
	s, err := Open(ctx, path, []byte(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("RECORDS_TEST_JOURNAL") == "delete" { // as package vault sets it off a local disk
		s.db.SetMaxOpenConns(1)
		var mode string
		if err := s.db.QueryRow(`PRAGMA journal_mode = delete`).Scan(&mode); err != nil || mode != "delete" {
			t.Fatal(mode, err)
		}
		if _, err := s.db.Exec(`PRAGMA synchronous = extra`); err != nil {
			t.Fatal(err)
		}
	}
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; ; n++ {
		if err := saveSome(ctx, s, pupils[0].ID, n); err != nil {
			t.Fatal(err)
		}
	}
}

// saveSome keeps a concern with its plan, corrects it, does the plan's action
// and ends the plan, and prints what was kept after each.
func saveSome(ctx context.Context, s *Store, pupil ID, n int) error {
	text := func(what string) string { return fmt.Sprint(what, " ", n, " of process ", os.Getpid()) }
	c := testConcern(pupil)
	c.Account = text("first account")
	plan := &Monitoring{What: text("coat at drop off"), Who: "Mrs Bell", Until: DateOf(time.Now()).AddDays(14), NextSteps: "Mrs Bell rings mum."}
	if err := s.LogConcern(ctx, c, plan, ""); err != nil {
		return err
	}
	fmt.Printf("%s\t%s\n%s\t%s\n", ack(c), c.Account, ack(plan), plan.What)
	if err := s.SaveDraft(ctx, "concern", strings.Repeat(c.Account, n%50)); err != nil {
		return err
	}
	c.Account = text("corrected account")
	if err := s.Concerns.Save(ctx, c, "Misheard."); err != nil {
		return err
	}
	fmt.Printf("%s\t%s\n", ack(c), c.Account)
	tasks, err := s.Actions.Under(ctx, plan.ID)
	if err != nil {
		return err
	}
	for _, a := range tasks {
		a.Done, a.Result = DateOf(time.Now()), text("rang mum")
		if err := s.Actions.Save(ctx, &a, "Done."); err != nil {
			return err
		}
		fmt.Printf("%s\t%s\n", ack(&a), a.Result)
	}
	plan.Ended, plan.Result, plan.What = DateOf(time.Now()), "She had it every day.", text("coat and shoes")
	if err := s.Monitorings.Save(ctx, plan, "Ended."); err != nil {
		return err
	}
	fmt.Printf("%s\t%s\n", ack(plan), plan.What)
	return nil
}
