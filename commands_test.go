package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"throughline/records"
)

// TestExportSaysToWhom exports a chronology for nobody outside, and to somebody.
func TestExportSaysToWhom(t *testing.T) {
	ctx, v, upn := context.Background(), importSchool(t), "W925499917006"
	s, err := records.Open(ctx, v, []byte(os.Getenv("THROUGHLINE_PASSPHRASE")))
	if err != nil {
		t.Fatal(err)
	}
	p := records.Pupil{Forename: "Zoë", Surname: "Quillby", UPN: upn}
	if err := s.Pupils.Save(ctx, &p, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
		code int
		file bool
	}{
		{"own", nil, 0, true},
		{"whom", []string{"--to-whom", "Ann Lee"}, 2, false},
		{"why", []string{"--why", "With consent"}, 2, false},
		{"lines", []string{"--to-whom", "Ann\nLee", "--why", "With consent"}, 1, false},
		{"both", []string{"--to-whom", "Ann Lee", "--why", "With consent"}, 0, true},
	} {
		var out, errs bytes.Buffer
		path := filepath.Join(t.TempDir(), "c.xlsx")
		cmd := &command{out: &out, err: &errs, in: os.Stdin}
		code := cmd.run(ctx, append([]string{"export", "chronology", "--vault", v, "--pupil", upn, "--out", path}, tt.args...))
		_, err := os.Stat(path)
		if code != tt.code || (err == nil) != tt.file {
			t.Errorf("%s: exit status %d, want %d; a file: %v; %s", tt.name, code, tt.code, err == nil, errs.String())
		}
	}
	if s, err = records.Open(ctx, v, []byte(os.Getenv("THROUGHLINE_PASSPHRASE"))); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := s.Disclosures.Of(ctx, p.ID)
	if err != nil || len(all) != 1 || all[0].To != "Ann Lee" || all[0].Basis != "With consent" || len(all[0].SHA256) != 64 {
		t.Errorf("written down: %+v, %v", all, err)
	}
}
