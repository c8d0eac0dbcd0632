//go:build linux

package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"throughline/records"
	"throughline/referral/demo"
)

// Lists and a chronology as other systems write them. What stands in them may
// not be printed.
const (
	rollCSV = "\ufeffUPN,Surname,Forename,DOB,Year,Form\nC925400116007,Quillby,Zoë,01/02/2016,Year 5,5Q\n,Bellamy,Idony,31/02/2015,6,6T\n"
	rollCTF = `<?xml version="1.0" encoding="UTF-8"?>
<CTfile><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>24.0</CTFversion>
<SourceSchool><LEA>925</LEA><Estab>4001</Estab><SchoolName>Elm Lane</SchoolName></SourceSchool></Header>
<CTFpupilData><Pupil><Surname>Alderton</Surname><Forename>Nedric</Forename><DOB>2015-06-01</DOB><Sex>M</Sex></Pupil></CTFpupilData></CTfile>`
	theirCSV = "\ufeffDate,Category,Summary,Child's words,Action taken\n07/01/2025,Neglect,Zonkwort under her coat,\"I'm cold, Zonkwort\",Continue to monitor\n" +
		"06/01/2025,Neglect,No coat,,\n31/02/2025,Neglect,Zonkwort,,\n"
	theirPupil = "C925400116007"
)

var inTheirFiles = []string{"Quillby", "Zoë", "Bellamy", "Idony", "Alderton", "Nedric", "Zonkwort", "No coat", theirPupil, "2015", "2016", "2025"}

// command runs one command and returns its exit status and what it wrote to both
// outputs.
func command(t *testing.T, bin, pass string, args ...string) (status int, out, errs string) {
	t.Helper()
	var stdout, stderr strings.Builder
	cmd := exec.Command(bin, args...)
	cmd.Env = append(os.Environ(), "THROUGHLINE_PASSPHRASE="+pass)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

// TestImport brings in pupils and a chronology on the command line, twice: the
// second time changes nothing.
func TestImport(t *testing.T) {
	bin, dir := commandLine(t), t.TempDir()
	run(t, bin, "demo", dir)
	vault := filepath.Join(dir, "demo.throughline")
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		writeFile(t, path, text)
		return path
	}
	roll, ctf, theirs := file("roll.csv", rollCSV), file("roll.xml", rollCTF), file("theirs.csv", theirCSV)
	odd := file("odd.csv", "Nachname,Vorname\nQuillby,Zoë\n")
	entries := []string{"import", "chronology", theirs, "--pupil", theirPupil, "--yes"}
	for _, tt := range []struct {
		name   string
		args   []string
		status int
		says   []string // in one of the outputs
	}{
		{"nobody has seen it yet", []string{"import", "pupils", roll}, 0, []string{"New: 1", "Rejected: 1", "Row 2 (line 3), rejected", "Nothing was kept"}},
		{"a chronology of nobody yet", entries, 1, []string{"No pupil with that UPN"}},
		{"pupils", []string{"import", "pupils", roll, "--yes"}, 0, []string{"New: 1\n", "Rejected: 1\n", "Kept."}},
		{"pupils again", []string{"import", "pupils", roll, "--yes"}, 0, []string{"New: 0\n", "Changed: 0\n", "The same: 1\n"}},
		{"a transfer file", []string{"import", "pupils", ctf, "--yes"}, 0, []string{"New: 1\n", "Rejected: 0\n", "Kept."}},
		{"a transfer file again", []string{"import", "pupils", ctf, "--yes"}, 0, []string{"New: 0\n", "Changed: 0\n", "The same: 1\n"}},
		{"a chronology", entries, 0, []string{"New: 2\n", "Rejected: 1\n", "Row 3 (line 4), rejected", "Kept."}},
		{"a chronology again", entries, 0, []string{"New: 0\n", "Changed: 0\n", "Kept already: 2\n"}},

		{"nothing said", []string{"import"}, 2, []string{"import pupils FILE"}},
		{"teachers", []string{"import", "teachers", roll}, 2, []string{"import pupils FILE"}},
		{"no file", []string{"import", "pupils"}, 2, []string{"name the file"}},
		{"a mapping that is none", []string{"import", "pupils", odd, "--map", "surname"}, 2, []string{"field=Heading"}},
		{"no such file", []string{"import", "pupils", filepath.Join(dir, "none.csv")}, 1, []string{"nothing at that place"}},
		{"a folder", []string{"import", "pupils", dir}, 1, []string{"This is a folder"}},
		{"a picture", []string{"import", "pupils", file("p.csv", "\x89PNG\r\n\x1a\n\x00\x00")}, 1, []string{"not a spreadsheet"}},
		{"half a transfer file", []string{"import", "pupils", file("half.xml", rollCTF[:len(rollCTF)-80])}, 1, nil},
		{"a transfer file with a document type", []string{"import", "pupils", file("type.xml", "<!DOCTYPE x [<!ENTITY a 'Quillby'>]><CTfile/>")}, 1, []string{"DOCTYPE"}},
		{"unknown columns", []string{"import", "pupils", odd}, 1, []string{"surname, forename"}},
		{"an empty file", []string{"import", "chronology", file("e.csv", ""), "--pupil", theirPupil}, 1, []string{"is empty"}},
		{"a chronology without dates", []string{"import", "chronology", odd, "--pupil", theirPupil}, 1, []string{"no column with dates"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			args := tt.args
			if len(args) > 2 {
				args = append(args, "--vault", vault)
			}
			status, out, errs := command(t, bin, demo.Passphrase, args...)
			answered(t, status, tt.status, out, errs)
			for _, word := range tt.says {
				if !strings.Contains(out+errs, word) {
					t.Errorf("said %q, want something about %q", out+errs, word)
				}
			}
			for _, secret := range inTheirFiles {
				if strings.Contains(out+errs, secret) {
					t.Errorf("printed %q of the file: %s%s", secret, out, errs)
				}
			}
		})
	}
	imported(t, vault)
}

// answered checks an exit status, and that of an error one line is said on the
// error output and nothing on the other; of wrong use a second line says where
// to look.
func answered(t *testing.T, status, want int, out, errs string) {
	t.Helper()
	if status != want {
		t.Errorf("ended with status %d, want %d\n%s%s", status, want, out, errs)
	}
	if lines := strings.Count(errs, "\n"); lines != want || want > 0 && out != "" {
		t.Errorf("status %d came with %d lines of error, %q, and %q", want, lines, errs, out)
	}
}

// imported checks that what was brought in twice is kept once.
func imported(t *testing.T, vault string) {
	t.Helper()
	s, err := records.Open(t.Context(), vault, []byte(demo.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f := fileOf(t, s, "Quillby")
	if f.Pupil.UPN != theirPupil || f.Pupil.Forename != "Zoë" || len(f.Concerns) != 2 {
		t.Fatalf("kept %+v with %d concerns, want 2", f.Pupil, len(f.Concerns))
	}
	for _, c := range f.Concerns {
		if c.When.Date == "2025-01-07" && (c.Account != "Zonkwort under her coat" || c.ChildsWords != "I'm cold, Zonkwort") {
			t.Errorf("kept %+v", c)
		}
	}
	if ned := fileOf(t, s, "Alderton"); ned.Pupil.Born != "2015-06-01" {
		t.Errorf("of the transfer file: %+v", ned.Pupil)
	}
}

// TestReport makes supervision reports on the command line.
func TestReport(t *testing.T) {
	bin, dir := commandLine(t), t.TempDir()
	run(t, bin, "demo", dir)
	vault, out := filepath.Join(dir, "demo.throughline"), filepath.Join(dir, "report.pdf")
	names, session := supervised(t, vault)
	period := []string{"--from", "1 Sep 2020", "--to", "31/8/2040"}
	for _, tt := range []struct {
		name   string
		args   []string
		status int
		named  bool
		says   string
	}{
		{"a period", period, 0, false, ""},
		{"a period with names", append(period, "--names"), 0, true, ""},
		{"a session", []string{"--session", session}, 0, false, ""},
		{"a session with names", []string{"--session", session, "--names"}, 0, true, ""},
		{"an unknown session", []string{"--session", "nobody"}, 1, false, "no session with that id"},
		{"one date", []string{"--from", "1 Sep 2025"}, 2, false, "in place of the dates"},
		{"no such day", []string{"--from", "31 Feb 2026", "--to", "1 Mar 2026"}, 2, false, "no such day"},
		{"backwards", []string{"--from", "2 Mar 2026", "--to", "1 Mar 2026"}, 2, false, "--to is before --from"},
		{"both", append(period, "--session", session), 2, false, "in place of the dates"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			os.Remove(out)
			args := append([]string{"report", "supervision", "--vault", vault, "--out", out}, tt.args...)
			status, said, errs := command(t, bin, demo.Passphrase, args...)
			answered(t, status, tt.status, said, errs)
			if !strings.Contains(errs, tt.says) {
				t.Errorf("said %q, want something about %q", errs, tt.says)
			}
			if _, err := os.Stat(out); (err == nil) != (tt.status == 0) {
				t.Errorf("status %d, and of the file: %v", status, err)
			}
			if tt.status != 0 {
				return
			}
			tagged(t, out)
			text := letters(pdfText(t, out))
			found := 0
			for _, name := range names {
				if strings.Contains(text, letters(name)) {
					found++
				}
			}
			if tt.named != (found > 0) {
				t.Errorf("%d of %d names are in the report, with names: %v", found, len(names), tt.named)
			}
		})
	}
	status, _, errs := command(t, bin, "wrong", append([]string{"report", "supervision", "--vault", vault, "--out", out}, period...)...)
	if answered(t, status, 1, "", errs); !strings.Contains(errs, "passphrase") {
		t.Errorf("said %q of a wrong passphrase", errs)
	}
}

// supervised returns the surnames of all pupils and the last session to which a
// child was brought.
func supervised(t *testing.T, vault string) (names []string, session string) {
	t.Helper()
	s, err := records.Open(t.Context(), vault, []byte(demo.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	pupils, err := s.Pupils.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pupils {
		names = append(names, p.Forename+" "+p.Surname, p.Surname)
	}
	sessions, err := s.Supervisions.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range sessions {
		if notes, err := s.ChildNotes.Under(t.Context(), x.ID); err == nil && len(notes) > 0 {
			session = string(x.ID)
		}
	}
	if session == "" || len(names) < 20 {
		t.Fatalf("session %q, %d names", session, len(names))
	}
	return names, session
}

// tagged checks that a PDF is sound and can be read aloud: tagged, with headings.
func tagged(t *testing.T, pdf string) {
	t.Helper()
	if out, err := exec.Command("qpdf", "--check", pdf).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
	info, err := exec.Command("pdfinfo", pdf).Output()
	if err != nil || !strings.Contains(strings.Join(strings.Fields(string(info)), " "), "Tagged: yes") {
		t.Errorf("pdfinfo: %v\n%s", err, info)
	}
	if tree := structure(t, pdf); !strings.Contains(tree, "H1") {
		t.Errorf("there is no heading in the structure:\n%s", tree)
	}
}

// structure returns the tree of a PDF's tags with the text in it.
func structure(t *testing.T, pdf string) string {
	t.Helper()
	out, err := exec.Command("pdfinfo", "-struct-text", pdf).Output()
	if err != nil {
		t.Errorf("pdfinfo: %v", err)
	}
	return string(out)
}
