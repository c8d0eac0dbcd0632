package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"throughline/records"
	"throughline/records/vault"
)

// importSchool returns where a new school's vault is; its passphrase is in the
// environment.
func importSchool(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "school.throughline")
	const passphrase = "lantern gravel otter spoon"
	s, _, err := records.Create(context.Background(), path, records.Setup{
		School: records.School{Name: "Elm Lane Primary"}, Member: records.Member{Name: "Ruth Adeyemi", Role: records.DSL},
		Passphrase: []byte(passphrase), Cost: vault.Cost{MemoryKiB: 1024, Passes: 1},
	})
	if err == nil {
		err = s.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("THROUGHLINE_PASSPHRASE", passphrase)
	return path
}

func TestImportPupils(t *testing.T) {
	v := importSchool(t)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("roll.csv", "Surname,Forename,DOB,Year\nQuillby,Zoë,01/02/2016,Year 5\nAlderton,Ned,31/02/2016,4\nBellamy,Ida,2015-03-04,6\n")
	odd := write("odd.csv", "Nachname,Vorname\nQuillby,Ann\n")
	for _, c := range []struct {
		name  string
		args  []string
		code  int
		words []string
	}{
		{"nothing to bring in", nil, 2, []string{"import pupils FILE"}},
		{"an unknown kind", []string{"teachers", good}, 2, []string{"import pupils FILE"}},
		{"no file", []string{"pupils"}, 2, []string{"name the file"}},
		{"a mapping that is none", []string{"pupils", odd, "--map", "surname"}, 2, []string{"field=Heading"}},
		{"no such file", []string{"pupils", filepath.Join(dir, "none.csv")}, 1, []string{"nothing at that place"}},
		{"a picture", []string{"pupils", write("a.png", "\x89PNG\r\n\x1a\n\x00\x00")}, 1, []string{"not a spreadsheet"}},
		{"a document type", []string{"pupils", write("a.xml", "<!DOCTYPE x><CTfile/>")}, 1, []string{"DOCTYPE"}},
		{"unknown columns", []string{"pupils", odd}, 1, []string{"say which they are", "surname, forename"}},
		{"a dry run", []string{"pupils", good, "--dry-run"}, 0, []string{"New: 2", "Rejected: 1", "Row 2, rejected: There is no such date of birth", "Nothing was kept"}},
		{"in earnest", []string{"pupils", good}, 0, []string{"New: 2", "Kept."}},
		{"again", []string{"pupils", good}, 0, []string{"New: 0", "Changed: 0", "The same: 2"}},
		{"with a mapping", []string{"pupils", "--map", "surname=Nachname,forename=Vorname", odd}, 0, []string{"New: 1", "not in the file (perhaps left; not changed): 2"}},
	} {
		var out, errs bytes.Buffer
		cmd := &command{out: &out, err: &errs, in: os.Stdin}
		args := append([]string{"import"}, c.args...)
		if len(c.args) > 1 {
			args = append(args, "--vault", v)
		}
		code := cmd.run(context.Background(), args)
		said := out.String() + errs.String()
		if code != c.code {
			t.Errorf("%s: exit status %d, want %d: %s", c.name, code, c.code, said)
		}
		for _, w := range c.words {
			if !strings.Contains(said, w) {
				t.Errorf("%s: no %q in %q", c.name, w, said)
			}
		}
		for _, name := range []string{"Quillby", "Alderton", "Bellamy", "Zoë", "Ned", "2016"} {
			if strings.Contains(said, name) {
				t.Errorf("%s: it prints %q of the file: %s", c.name, name, said)
			}
		}
	}
}
