package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"throughline/referral/demo"
)

func TestReportCommand(t *testing.T) {
	dir := t.TempDir()
	vault, out := filepath.Join(dir, "demo.throughline"), filepath.Join(dir, "report.pdf")
	s, err := demo.Make(t.Context(), vault, time.Now(), nil)
	if err != nil {
		t.Fatal(err)
	}
	sessions, err := s.Supervisions.All(t.Context())
	if err != nil || len(sessions) == 0 {
		t.Fatalf("%d sessions in the demo school, %v", len(sessions), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	t.Setenv("THROUGHLINE_PASSPHRASE", demo.Passphrase)
	period := []string{"--from", "1 Sep 2025", "--to", "31/8/2027"}
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no dates", []string{"--out", out}, 2, "in place of the dates"},
		{"one date", []string{"--out", out, "--from", "1 Sep 2025"}, 2, "in place of the dates"},
		{"dates and a session", append([]string{"--out", out, "--session", string(sessions[0].ID)}, period...), 2, "in place of the dates"},
		{"no file", period, 2, "--out FILE.pdf"},
		{"from after to", []string{"--out", out, "--from", "2 Mar 2026", "--to", "1 Mar 2026"}, 2, "--to is before --from"},
		{"no such day", []string{"--out", out, "--from", "31 Feb 2026", "--to", "1 Mar 2026"}, 2, "--from: There is no such day"},
		{"an unknown session", []string{"--out", out, "--session", "nobody"}, 1, "no session with that id"},
		{"an unknown folder", append([]string{"--out", filepath.Join(dir, "none", "r.pdf")}, period...), 1, ""},
		{"a period", append([]string{"--out", out}, period...), 0, ""},
		{"a session, with names", []string{"--out", out, "--names", "--session", string(sessions[0].ID)}, 0, ""},
	} {
		os.Remove(out)
		var said bytes.Buffer
		cmd := &command{out: &said, err: &said, in: os.Stdin}
		code := cmd.run(t.Context(), append([]string{"report", "supervision", "--vault", vault}, c.args...))
		if code != c.code || !strings.Contains(said.String(), c.says) {
			t.Errorf("%s: status %d and %q, want %d and %q", c.name, code, said.String(), c.code, c.says)
		}
		pdf, err := os.ReadFile(out)
		if (err == nil && bytes.HasPrefix(pdf, []byte("%PDF"))) != (c.code == 0) {
			t.Errorf("%s: status %d, and the file: %v", c.name, code, err)
		}
	}
	if code := (&command{out: &bytes.Buffer{}, err: &bytes.Buffer{}}).run(t.Context(), []string{"report", "attendance"}); code != 2 {
		t.Errorf("a report that there is not: status %d, want 2", code)
	}
}
