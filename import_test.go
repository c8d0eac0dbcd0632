package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

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
		{"nobody has seen it yet", []string{"pupils", good}, 0, []string{"Column surname: Surname\n", "Column born: DOB\n", "New: 2", "Rejected: 1", "Row 2 (line 3), rejected: There is no such date of birth", "Nothing was kept", "--yes"}},
		{"a dry run", []string{"pupils", good, "--yes", "--dry-run"}, 0, []string{"New: 2", "Nothing was kept"}},
		{"in earnest", []string{"pupils", good, "--yes"}, 0, []string{"New: 2", "Kept."}},
		{"again", []string{"pupils", good, "--yes"}, 0, []string{"New: 0", "Changed: 0", "The same: 2"}},
		{"with a mapping", []string{"pupils", "--map", "surname=Nachname,forename=Vorname", odd, "--yes"}, 0, []string{"Column surname: Nachname\n", "New: 1", "not in the file (perhaps left; not changed): 2"}},
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

// runImport runs an import and returns its exit status and all it printed.
func runImport(args ...string) (int, string) {
	var out, errs bytes.Buffer
	cmd := &command{out: &out, err: &errs, in: os.Stdin}
	code := cmd.run(context.Background(), append([]string{"import"}, args...))
	return code, out.String() + errs.String()
}

// utf16File returns text as Windows programs write "Unicode".
func utf16File(text string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

// lockedWorkbook returns a workbook that has a password.
func lockedWorkbook(t *testing.T) string {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	if err := x.SetSheetRow("Sheet1", "A1", &[]any{"Date", "Summary"}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := x.WriteTo(&b, excelize.Options{Password: "Zonkwort"}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestImportChronology(t *testing.T) {
	v := importSchool(t)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const zoe = "C925400116007"
	roll := write("roll.csv", "UPN,Surname,Forename,DOB\n"+zoe+",Quillby,Zoë,01/02/2016\n,Alderton,Ned,03/02/2016\n")
	if code, said := runImport("pupils", roll, "--yes", "--vault", v); code != 0 || !strings.Contains(said, "New: 2") {
		t.Fatalf("%d, %s", code, said)
	}
	plain := write("plain.csv", "Ref,Date,What happened,Action taken\nA1,07/01/2025,Zonkwort under her coat,Continue to monitor\nA2,06/01/2025,No coat,\nA3,31/02/2025,Zonkwort,\nA4,,Zonkwort,\n")
	each := write("each.csv", "Student,Date,Summary\n\"Alderton, Ned\",06/01/2025,Zonkwort\nQuillby Elm,06/01/2025,Zonkwort\n,06/01/2025,Zonkwort\n")
	odd := write("odd.csv", "Wann,Was\n06/01/2025,Zonkwort in words of their own\n")
	for _, c := range []struct {
		name  string
		args  []string
		code  int
		words []string
	}{
		{"no file", []string{"chronology"}, 2, []string{"name the file"}},
		{"a mapping that is none", []string{"chronology", odd, "--map", "date"}, 2, []string{"field=Heading"}},
		{"one word too many", []string{"chronology", odd, odd}, 2, []string{"one word too many"}},
		{"no such file", []string{"chronology", filepath.Join(dir, "none.csv")}, 1, []string{"nothing at that place"}},
		{"unknown UPN", []string{"chronology", plain, "--pupil", "A000000000000"}, 1, []string{"No pupil with that UPN"}},
		{"an empty file", []string{"chronology", write("e.csv", "")}, 1, []string{"is empty"}},
		{"a password", []string{"chronology", write("p.xlsx", lockedWorkbook(t)), "--pupil", zoe}, 1, []string{"has a password"}},
		{"unknown columns", []string{"chronology", odd, "--pupil", zoe}, 1, []string{"no column with dates", "--map", "date, time"}},
		{"no such column", []string{"chronology", odd, "--pupil", zoe, "--map", "date=When"}, 1, []string{"no column of that name"}},
		{"no such field", []string{"chronology", odd, "--pupil", zoe, "--map", "date=Wann,why=Was"}, 1, []string{"no such column"}},
		{"nobody has seen it yet", []string{"chronology", plain, "--pupil", zoe}, 0,
			[]string{"Column date: Date\n", "New: 2", "Rejected: 2", "Row 3 (line 4), rejected: ", "Row 4 (line 5), rejected: This row has no date", "Nothing was kept"}},
		{"in earnest", []string{"chronology", plain, "--pupil", strings.ToLower(zoe), "--yes"}, 0, []string{"New: 2", "Kept."}},
		{"again", []string{"chronology", plain, "--pupil", zoe, "--yes"}, 0, []string{"New: 0", "Changed: 0", "Kept already: 2"}},
		{"each row says whose", []string{"chronology", each, "--yes"}, 0,
			[]string{"New: 1", "Row 2 (line 3), rejected: No pupil with this UPN or name", "Row 3 (line 4), rejected: This row does not say whose"}},
		{"with a mapping", []string{"chronology", "--map", "date=Wann,summary=Was", odd, "--pupil", zoe, "--yes"}, 0, []string{"New: 1"}},
		{"UTF-16", []string{"chronology", write("u.csv", utf16File("Date\tSummary\n08/01/2025\tZonkwort “naïve”\n")), "--pupil", zoe, "--yes"}, 0, []string{"New: 1"}},
		{"Windows-1252", []string{"chronology", write("w.csv", "Date,Summary\n09/01/2025,Zonkwort \x93caf\xe9\x94\n"), "--pupil", zoe, "--yes"}, 0, []string{"New: 1"}},
	} {
		args := c.args
		if len(args) > 1 {
			args = append(args, "--vault", v)
		}
		code, said := runImport(args...)
		if code != c.code {
			t.Errorf("%s: exit status %d, want %d: %s", c.name, code, c.code, said)
		}
		for _, w := range c.words {
			if !strings.Contains(said, w) {
				t.Errorf("%s: no %q in %q", c.name, w, said)
			}
		}
		for _, secret := range []string{"Quillby", "Alderton", "Zoë", "Ned", "Zonkwort", "2025"} {
			if strings.Contains(said, secret) {
				t.Errorf("%s: it prints %q of the file: %s", c.name, secret, said)
			}
		}
	}
	s, err := records.Open(context.Background(), v, []byte(os.Getenv("THROUGHLINE_PASSPHRASE")))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := s.Concerns.All(context.Background())
	if err != nil || len(all) != 6 {
		t.Fatalf("%d entries are kept, want 6, %v", len(all), err)
	}
	var texts []string
	for _, c := range all {
		texts = append(texts, c.Account)
	}
	for _, want := range []string{"Zonkwort “naïve”", "Zonkwort “café”", "Zonkwort in words of their own"} {
		if !strings.Contains(strings.Join(texts, "\n"), want) {
			t.Errorf("%q is not kept: %q", want, texts)
		}
	}
}

// TestImportOfTooLargeAChronology brings in twice as many rows as are read.
func TestImportOfTooLargeAChronology(t *testing.T) {
	v := importSchool(t)
	path := filepath.Join(t.TempDir(), "big.csv")
	text := "Date,Summary\n" + strings.Repeat("06/01/2025,No coat\n", 200_000)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	code, said := runImport("chronology", path, "--vault", v)
	if code != 1 || !strings.Contains(said, "too large") {
		t.Errorf("%d, %s", code, said)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %v to say so", took)
	}
}
