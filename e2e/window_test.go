//go:build linux

package e2e

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"throughline/chronology"
	"throughline/chronology/wording"
	"throughline/records"
	"throughline/referral/demo"
)

// program returns the built program: THROUGHLINE_BIN, or one built for the test.
func program(t *testing.T) string {
	t.Helper()
	if bin := os.Getenv("THROUGHLINE_BIN"); bin != "" {
		return bin
	}
	bin := filepath.Join(t.TempDir(), "throughline")
	build := exec.Command("go", "build", "-tags", "migrated_fynedo,x11", "-o", bin, "throughline")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

// What the test types. Nothing of it may be found on the disk.
const (
	account  = "Ellie-Mae ate two other children's leftovers at lunch, 12.20, seen by Mrs Bell."
	words    = "there wasn't any tea last night"
	vague    = "Continue to monitor."
	watched  = "Will keep an eye on her."
	watching = "Whether she has eaten breakfast, asked by Mrs Bell at registration."
	next     = "Mrs Bell gives the count to the DSL, who rings the social worker the same day."
)

// How many fields there are in a concern from one to another.
const (
	// question, presentation, body map, present, add a pupil, opinion, basis,
	// told, why, action, level
	toDecision = 12
	// reason, decided by, outcome, significant, a document to add
	toSave = 6
	// date, time, now, precision, place, agency, seen by, source, category,
	// also, severity, account, words
	pupilToSave = 13 + toDecision + toSave
)

// TestThread drives the demo school from unlock to lock as a DSL would: Today,
// a pupil, a vague concern that is logged, the plan that answers it, and a
// referral.
func TestThread(t *testing.T) {
	bin, out := program(t), os.Getenv("THROUGHLINE_OUT")
	home, vault := demoHome(t, bin)
	dir := filepath.Dir(vault)
	if out != "" {
		for _, name := range []string{"chronology.xlsx", "pack.pdf"} {
			copyFile(t, filepath.Join(dir, name), filepath.Join(out, name))
		}
	}
	s := newScreen(t, out)
	cmd := s.start(bin, home, "--vault", vault)
	s.settled()
	s.shot("unlock")

	s.words("not the passphrase")
	s.changed("a wrong passphrase", func() { s.keys("Return") })
	s.shot("wrong-passphrase")
	s.keys("ctrl+a")
	s.words(demo.Passphrase)
	s.changed("unlock", func() { s.keys("Return") })
	s.shot("today")

	forename, _ := demo.Neglect.Pupil()
	s.changed("open the pupils", func() { s.keys("ctrl+2") })
	s.changed("find a pupil", func() { s.words(strings.ToLower(forename)) })
	s.shot("pupils")
	s.changed("open a pupil", func() { s.keys("Return") })
	s.shot("pupil")

	logConcern(s, forename, vague)
	s.shot("vague-concern")
	s.changed("save it all the same", func() { s.press(toSave) })
	s.shot("vague-on-the-line")
	hidden(t, home, typed()...)

	logConcern(s, forename, watched)
	s.tabs(toSave + 1) // over the button, to the plan
	s.words(watching)
	s.keys("Tab")
	s.words("Mrs Bell, teaching assistant")
	s.keys("Tab")
	s.words("daily")
	s.keys("Tab")
	s.words(time.Now().AddDate(0, 0, 14).Format("2/1/2006"))
	s.keys("Tab")
	s.words(next)
	s.shot("plan-to-watch")
	s.changed("save the plan", func() { s.keys("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "space") })
	s.shot("watched")

	s.changed("open the referrals", func() { s.keys("ctrl+4") })
	s.shot("referrals")
	s.changed("open a referral", func() { s.keys("Tab", "space") })
	s.shot("referral")
	s.changed("lock", func() { s.keys("ctrl+l") })
	s.shot("locked")
	s.keys("ctrl+q")
	ended(t, cmd)
	hidden(t, home, typed()...)
	kept(t, vault)
}

// logConcern fills in a concern by keyboard alone, up to its decision.
func logConcern(s *screen, pupil, decision string) {
	s.changed("log a concern", func() { s.keys("ctrl+n") })
	tell(s, pupil, account, words)
	decide(s, decision)
}

// tell fills in a concern, from the pupil to what the child said.
func tell(s *screen, pupil, account, words string) {
	s.changed("name the pupil", func() { s.words(pupil) })
	s.keys("Return") // the first match; the keyboard goes on to the date
	s.words(time.Now().Format("2/1/2006"))
	s.keys("Tab") // time
	s.words("00:05")
	s.keys("Tab", "Tab", "Tab") // now, precision, place
	s.words("Dining hall")
	s.keys("Tab", "Tab", "Tab", "Right", "Tab", "Right") // agency, seen by, source, category
	s.keys("Tab", "Tab", "Right", "Right", "Tab")        // also, severity, account
	s.words(account)
	s.keys("Tab")
	s.words(words)
}

// decide goes on from what the child said to the decision, which is vague.
func decide(s *screen, decision string) {
	s.tabs(toDecision)
	s.changed("a vague decision is pointed out", func() { s.words(decision) })
}

// demoHome makes a home with a folder for all that a program leaves, and the
// demo school in it; vault is where that is.
func demoHome(t *testing.T, bin string) (home, vault string) {
	t.Helper()
	home = t.TempDir()
	for _, dir := range []string{"config", "tmp", "vault"} {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	run(t, bin, "demo", filepath.Join(home, "vault"))
	return home, filepath.Join(home, "vault", "demo.throughline")
}

func run(t *testing.T, bin string, args ...string) string {
	t.Helper()
	cmd := exec.Command(bin, args...)
	cmd.Env = append(os.Environ(), "THROUGHLINE_PASSPHRASE="+demo.Passphrase)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("throughline %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// ended waits for the program to end by itself.
func ended(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("the program ended with %v", err)
		}
	case <-time.After(patience):
		t.Error("the program did not end")
	}
}

// typed returns the names and sentences that TestThread reads and writes.
func typed() []string {
	forename, surname := demo.Neglect.Pupil()
	return []string{forename, surname, account, words, vague, watched, watching, next}
}

// hidden looks for names, sentences and bytes of documents in every byte that
// the program left on the disk: the vault and what lies beside it, temporary
// files, preferences. What was exported on purpose is not looked at.
func hidden(t *testing.T, home string, secrets ...string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(home, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".xlsx") || strings.HasSuffix(path, ".pdf") {
			return err
		}
		b, err := os.ReadFile(path)
		n++
		for _, secret := range append(secrets, "CREATE TABLE") {
			if bytes.Contains(b, []byte(secret)) || strings.Contains(path, secret) {
				t.Errorf("%s holds words of a record in the clear", filepath.Base(path))
			}
		}
		return err
	})
	if err != nil || n == 0 {
		t.Errorf("searched %d files: %v", n, err)
	}
}

// opened returns the school of a vault that verifies.
func opened(t *testing.T, path string) *records.Store {
	t.Helper()
	ctx := context.Background()
	s, err := records.Open(ctx, path, []byte(demo.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.Verify(ctx, nil); err != nil {
		t.Errorf("verify: %v", err)
	}
	return s
}

// kept opens the vault and checks what the window saved.
func kept(t *testing.T, path string) {
	t.Helper()
	ctx, s := context.Background(), opened(t, path)
	forename, _ := demo.Neglect.Pupil()
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(pupils, func(p records.Pupil) bool { return p.Forename == forename })
	f, err := s.File(ctx, pupils[i].ID)
	if err != nil {
		t.Fatal(err)
	}
	if missing := flagged(t, f, vague); len(missing) != 3 {
		t.Errorf("the vague decision is flagged with %v missing, want all three parts", missing)
	}
	if missing := flagged(t, f, watched); len(missing) != 0 {
		t.Errorf("with its plan filled in the decision is still flagged: %v", missing)
	}
	due := slices.ContainsFunc(f.Actions, func(a records.Action) bool { return a.What == next && a.Due != "" })
	if !due {
		t.Errorf("the plan made no dated action among %d", len(f.Actions))
	}
}

// flagged returns what the entry with a decision is flagged to be missing.
func flagged(t *testing.T, f *records.File, decision string) []wording.Part {
	t.Helper()
	at := slices.IndexFunc(f.Concerns, func(c records.Concern) bool { return c.Account == account && c.Decision == decision })
	if at < 0 {
		t.Fatal("the concern was not kept")
	}
	c := f.Concerns[at]
	if c.ChildsWords != words || c.Place != "Dining hall" {
		t.Errorf("kept %q, %q", c.ChildsWords, c.Place)
	}
	for _, e := range chronology.Of(f) {
		for _, found := range e.Findings {
			if e.Ref.ID == c.ID && found.Kind == wording.VagueMonitoring {
				return found.Missing
			}
		}
	}
	return nil
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
