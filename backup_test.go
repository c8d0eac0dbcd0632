package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"throughline/records"
	"throughline/referral/procedures"
)

// A backup from the command line holds local procedures that were edited by
// hand, and they are there again once it is restored somewhere else.
func TestABackupHoldsWhatWasEditedByHand(t *testing.T) {
	v := importSchool(t)
	text, err := procedures.Text("durham")
	if err != nil {
		t.Fatal(err)
	}
	by := procedures.Beside(v).Path()
	text = bytes.Replace(text, []byte(`phone = ""`), []byte(`phone = "01632 960111"`), 1)
	if err := errors.Join(os.Mkdir(by, 0o755), os.WriteFile(filepath.Join(by, "durham.toml"), text, 0o644)); err != nil {
		t.Fatal(err)
	}
	folder, there := t.TempDir(), filepath.Join(t.TempDir(), "school.throughline")
	run := func(args ...string) {
		t.Helper()
		var out, problems bytes.Buffer
		c := &command{in: os.Stdin, out: &out, err: &problems}
		if code := c.run(t.Context(), args); code != 0 {
			t.Fatalf("%v: %d, %s", args, code, &problems)
		}
	}
	run("backup", "--vault", v, folder)
	made, err := filepath.Glob(filepath.Join(folder, "*.throughline"))
	if err != nil || len(made) != 1 {
		t.Fatalf("backups: %v, %v", made, err)
	}
	run("restore", made[0], "--vault", there, "--yes")
	s, err := records.Open(context.Background(), there, []byte(os.Getenv("THROUGHLINE_PASSPHRASE")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := procedures.InForce(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(procedures.Beside(there).Path(), "durham.toml")); err != nil || !bytes.Equal(got, text) {
		t.Errorf("the procedures are not there: %v", err)
	}
}
