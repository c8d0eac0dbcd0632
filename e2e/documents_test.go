//go:build linux

package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"throughline/chronology"
	"throughline/records"
	"throughline/referral/demo"
)

// commandLine returns the command line alone, built without a C compiler.
func commandLine(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "throughline")
	build := exec.Command("go", "build", "-tags", "ci", "-o", bin, "throughline")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

// TestDocuments makes the demo school on the command line and opens what it
// exports in the programs that others will open it in.
func TestDocuments(t *testing.T) {
	bin, dir := commandLine(t), t.TempDir()
	run(t, bin, "demo", dir)
	vault := filepath.Join(dir, "demo.throughline")
	f, ref := challenged(t, vault)
	xlsx, pdf := filepath.Join(dir, "c.xlsx"), filepath.Join(dir, "p.pdf")
	run(t, bin, "export", "chronology", "--vault", vault, "--pupil", f.Pupil.UPN, "--out", xlsx)
	run(t, bin, "pack", "--vault", vault, "--referral", string(ref), "--out", pdf)
	if out := run(t, bin, "verify", vault); !strings.HasPrefix(out, "Sound") {
		t.Errorf("verify: %s", out)
	}

	t.Run("the workbook has real dates", func(t *testing.T) { openpyxl(t, xlsx, len(chronology.Of(f))) })
	t.Run("no row is clipped in print", func(t *testing.T) { printed(t, xlsx, f) })
	t.Run("the pack is sound and has the child's words", func(t *testing.T) { readPack(t, pdf, f, ref) })
	t.Run("the pack is tagged, its picture too", func(t *testing.T) { pictured(t, pdf, f.Pupil) })
	t.Run("initials hide the names", func(t *testing.T) {
		out := filepath.Join(dir, "alias.xlsx")
		run(t, bin, "export", "chronology", "--vault", vault, "--pupil", f.Pupil.UPN, "--out", out, "--alias")
		if text := workbookText(t, out); strings.Contains(text, f.Pupil.Forename) || strings.Contains(text, f.Pupil.Surname) {
			t.Error("the pupil's name is in a workbook that should have initials")
		}
	})
}

// challenged returns the file of the pupil whose referral was challenged, and
// that referral.
func challenged(t *testing.T, vault string) (*records.File, records.ID) {
	t.Helper()
	ctx := context.Background()
	s, err := records.Open(ctx, vault, []byte(demo.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	forename, surname := demo.Challenge.Pupil()
	i := slices.IndexFunc(pupils, func(p records.Pupil) bool { return p.Forename == forename && p.Surname == surname })
	f, err := s.File(ctx, pupils[i].ID)
	if err != nil || len(f.Referrals) == 0 {
		t.Fatalf("%d referrals, %v", len(f.Referrals), err)
	}
	return f, f.Referrals[len(f.Referrals)-1].ID
}

// python runs a script on a file and returns what it prints.
func python(t *testing.T, script, file string) string {
	t.Helper()
	out, err := exec.Command("/usr/bin/python3", "-c", script, file).CombinedOutput()
	if err != nil {
		t.Fatalf("python3: %v\n%s", err, out)
	}
	return string(out)
}

// openpyxl opens the workbook as a partnership's script would: real dates, a
// header repeated in print, nothing merged, and the drawn line on a sheet of its
// own behind the others, which it leaves as they were.
func openpyxl(t *testing.T, xlsx string, entries int) {
	out := python(t, `
import sys, datetime, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
front, sheet, drawn = book.worksheets
dates = sum(isinstance(r[1].value, (datetime.datetime, datetime.date)) for r in sheet.iter_rows(min_row=2))
tall = sum(bool(sheet.row_dimensions[r].height) for r in range(2, sheet.max_row + 1))
born = next(r[1].value for r in front.iter_rows() if r[0].value == "Born")
print(sheet.max_row - 1, dates, tall, sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows, sheet["A1"].value)
print(front.title, front["A1"].value.split(":")[0], isinstance(born, datetime.datetime), sheet.title, drawn.title, book.active.title)
print(sum(len(s.merged_cells.ranges) for s in book.worksheets), len(front._charts), len(sheet._charts), len(drawn._charts))
`, xlsx)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 3 {
		t.Fatalf("openpyxl: %s", out)
	}
	got := strings.Fields(lines[0])
	t.Logf("rows, dates, heights, orientation, paper, repeated rows, first heading: %v; %d entries", got, entries)
	if got[0] != got[1] || got[0] != got[2] || strings.Join(got[3:], " ") != "landscape 9 $1:$1 Row" {
		t.Errorf("want a real date and a height in each row, landscape A4, row 1 repeated: %v", got)
	}
	if lines[1] != "About Chronology True Chronology Timeline About" {
		t.Errorf("the sheets, and the last one the one that opens: %s", lines[1])
	}
	if lines[2] != "0 0 0 2" {
		t.Errorf("merged cells, and charts of each sheet: %s, want charts on the last alone", lines[2])
	}
}

// printed has LibreOffice print the workbook and looks for the last words of
// every event: a row that is too low would cut them off.
func printed(t *testing.T, xlsx string, f *records.File) {
	dir := t.TempDir()
	office := exec.Command("soffice", "--headless", "--convert-to", "pdf", "--outdir", dir, xlsx)
	office.Env = append(os.Environ(), "HOME="+dir)
	if out, err := office.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	text := letters(pdfText(t, filepath.Join(dir, strings.TrimSuffix(filepath.Base(xlsx), ".xlsx")+".pdf")))
	for _, c := range f.Concerns {
		fields := strings.Fields(c.Account)
		last := fields[len(fields)-1]
		if !strings.Contains(text, letters(last)) {
			t.Errorf("the end of an event is not in print: %q", last)
		}
	}
	if !strings.Contains(text, letters("Timeline: "+f.Pupil.Name())) {
		t.Error("the drawn line is not in print")
	}
}

// readPack looks in the pack for everything the child had said by the day on
// which it was sent.
func readPack(t *testing.T, pdf string, f *records.File, ref records.ID) {
	at := slices.IndexFunc(f.Referrals, func(r records.Referral) bool { return r.ID == ref })
	sent := f.Referrals[at].SentAt
	if out, err := exec.Command("qpdf", "--check", pdf).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
	text, n := letters(pdfText(t, pdf)), 0
	for _, c := range f.Concerns {
		if c.ChildsWords == "" || c.CreatedAt > sent {
			continue
		}
		n++
		if !strings.Contains(text, letters(c.ChildsWords)) {
			t.Errorf("the child's words of %s are not in the pack", c.When)
		}
	}
	if n == 0 {
		t.Error("the story has none of the child's words")
	}
}

// pictured checks that a pack can be read aloud, and that what the picture in it
// shows is said in words.
func pictured(t *testing.T, pdf string, p records.Pupil) {
	tagged(t, pdf)
	out, err := exec.Command("qpdf", "--json", "--json-key=qpdf", pdf).Output()
	if err != nil {
		t.Fatalf("qpdf: %v", err)
	}
	var whole struct{ QPDF []map[string]any }
	if err := json.Unmarshal(out, &whole); err != nil {
		t.Fatal(err)
	}
	figures := 0
	for _, part := range whole.QPDF {
		for _, o := range part {
			object, _ := o.(map[string]any)
			tag, _ := object["value"].(map[string]any)
			if tag["/S"] != "/Figure" {
				continue
			}
			figures++
			alt, _ := tag["/Alt"].(string)
			if !strings.HasPrefix(alt, "u:Timeline from ") || !strings.Contains(alt, "Entries in each lane: ") || strings.Contains(alt, p.Surname) {
				t.Errorf("the picture is described as %q", alt)
			}
		}
	}
	if figures == 0 {
		t.Error("there is no picture among the tags")
	}
}

func pdfText(t *testing.T, file string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(out)
}

func workbookText(t *testing.T, file string) string {
	return python(t, `
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1]).worksheets:
    for row in sheet.iter_rows(values_only=True):
        print(*[c for c in row if c is not None])
`, file)
}

// letters returns text without spaces and hyphens, which printing adds where
// it breaks lines.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '\u00ad' {
			return -1
		}
		return r
	}, s)
}

// TestCommandLine holds what a script relies on: exit status, one line of what
// is wrong, nothing of a record in it.
func TestCommandLine(t *testing.T) {
	bin, dir := commandLine(t), t.TempDir()
	run(t, bin, "demo", dir)
	vault := filepath.Join(dir, "demo.throughline")
	csv := filepath.Join(dir, "their.csv")
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("their.csv", "Date,Summary,Decision\n3/3/2025,Came without a coat,Continue to monitor\n31/02/2025,x,y\n")
	tests := []struct {
		name   string
		args   []string
		pass   string
		status int
		says   string
	}{
		{"no folder for the demo", []string{"demo"}, "", 2, "DIR"},
		{"an unknown flag", []string{"review", "--colour", csv}, "", 2, "colour"},
		{"an unknown word", []string{"fly"}, "", 2, "fly"},
		{"a window that this build has not", nil, "", 1, "no window"},
		{"no such file", []string{"review", filepath.Join(dir, "none.csv")}, "", 1, "nothing at that place"},
		{"no dates", []string{"review", write("nodates.csv", "Name,Colour\nred,blue\n")}, "", 1, "no column with dates"},
		{"no spreadsheet", []string{"review", write("picture.xlsx", "\x89PNG\r\n\x1a\n\x00\x00")}, "", 1, "not a spreadsheet"},
		{"a wrong passphrase", []string{"verify", vault}, "wrong", 1, "passphrase"},
		{"no vault", []string{"verify", filepath.Join(dir, "none.throughline")}, "x", 1, "no record at that place"},
		{"not a vault", []string{"verify", csv}, "x", 1, "not a Throughline record"},
		{"a demo over a demo", []string{"demo", dir}, "", 1, "already a file"},
		{"an unknown pupil", []string{"export", "chronology", "--vault", vault, "--pupil", "X", "--out", filepath.Join(dir, "x.xlsx")}, demo.Passphrase, 1, "no pupil with that UPN"},
		{"a date there is not", []string{"export", "chronology", "--vault", vault, "--pupil", "X", "--out", "x", "--from", "31/02/2025"}, demo.Passphrase, 2, "no such day"},
		{"an unknown referral", []string{"pack", "--vault", vault, "--referral", "X", "--out", filepath.Join(dir, "x.pdf")}, demo.Passphrase, 1, "no referral with that id"},
		{"a backup to nowhere", []string{"backup", "--vault", vault}, demo.Passphrase, 2, "DEST"},
		{"a backup to a folder that is not there", []string{"backup", filepath.Join(dir, "none"), "--vault", vault}, demo.Passphrase, 1, "folder for backups is not there"},
		{"a restore of nothing", []string{"restore"}, demo.Passphrase, 2, "name the backup"},
		{"a restore of a file that is not there", []string{"restore", filepath.Join(dir, "none.throughline"), "--vault", vault}, demo.Passphrase, 1, "nothing at that place"},
		{"a restore of no backup", []string{"restore", csv, "--vault", vault}, demo.Passphrase, 1, "not a Throughline record"},
		{"a restore of the record itself", []string{"restore", vault, "--vault", vault}, demo.Passphrase, 1, "the record itself"},
		{"a folder that is not there", []string{"export", "chronology", "--vault", vault, "--pupil", someUPN(t, vault), "--out", filepath.Join(dir, "none", "x.xlsx")}, demo.Passphrase, 1, "at that place"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := exec.Command(bin, tt.args...)
			cmd.Env = append(os.Environ(), "THROUGHLINE_PASSPHRASE="+tt.pass)
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != tt.status {
				t.Errorf("ended with %v, want status %d\n%s", err, tt.status, out)
			}
			if !strings.Contains(string(out), tt.says) {
				t.Errorf("said %q, want something about %q", out, tt.says)
			}
			if n := strings.Count(strings.TrimSpace(string(out)), "\n"); tt.status == 1 && n > 0 {
				t.Errorf("said more than one line: %q", out)
			}
		})
	}
	t.Run("review as PDF", func(t *testing.T) {
		pdf := filepath.Join(dir, "review.pdf")
		run(t, bin, "review", "--pdf", pdf, csv)
		if out, err := exec.Command("qpdf", "--check", pdf).CombinedOutput(); err != nil {
			t.Errorf("qpdf: %v\n%s", err, out)
		}
		if text := letters(pdfText(t, pdf)); !strings.Contains(text, letters("Row 1, decision: \"Continue to monitor\"")) {
			t.Error("the summary does not say what the wording asks")
		}
	})
	t.Run("review as JSON", func(t *testing.T) { reviewed(t, run(t, bin, "review", "--json", csv)) })
}

// TestBackupAndRestore loses a day's work and gets it back.
func TestBackupAndRestore(t *testing.T) {
	bin, dir := commandLine(t), t.TempDir()
	run(t, bin, "demo", dir)
	vault, copies := filepath.Join(dir, "demo.throughline"), filepath.Join(dir, "copies")
	if err := os.Mkdir(copies, 0o700); err != nil {
		t.Fatal(err)
	}
	out := run(t, bin, "backup", copies, "--vault", vault)
	backup, _, _ := strings.Cut(out, "\n")
	if filepath.Dir(backup) != copies || !strings.Contains(out, "Sound") {
		t.Fatalf("backup: %s", out)
	}
	before, _ := challenged(t, vault)
	addConcern(t, vault, before.Pupil.ID)
	out = run(t, bin, "restore", backup, "--vault", vault)
	if !strings.Contains(out, "concern        1 new,    0 changed") || !strings.Contains(out, "--yes") {
		t.Errorf("the preview: %s", out)
	}
	if f, _ := challenged(t, vault); len(f.Concerns) != len(before.Concerns)+1 {
		t.Error("a preview changed the record")
	}
	out = run(t, bin, "restore", backup, "--vault", vault, "--yes")
	if f, _ := challenged(t, vault); len(f.Concerns) != len(before.Concerns) {
		t.Errorf("%d concerns, want the %d of the backup: %s", len(f.Concerns), len(before.Concerns), out)
	}
	_, kept, _ := strings.Cut(strings.TrimSpace(out), "is kept: ")
	if f, _ := challenged(t, kept); len(f.Concerns) != len(before.Concerns)+1 {
		t.Error("the file that was replaced lacks the later concern")
	}
	for _, file := range []string{vault, kept, backup} {
		if out := run(t, bin, "verify", file); !strings.HasPrefix(out, "Sound") {
			t.Errorf("verify: %s", out)
		}
	}
}

func addConcern(t *testing.T, vault string, pupil records.ID) {
	t.Helper()
	ctx := context.Background()
	s, err := records.Open(ctx, vault, []byte(demo.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	err = s.Concerns.Save(ctx, &records.Concern{
		Pupil: pupil, When: records.On(records.StampOf(s.Now()).Date()), Source: records.Seen, Severity: 2,
		Categories: []records.Category{records.Neglect}, Account: "Came in without a coat.",
	}, "")
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
}

func someUPN(t *testing.T, vault string) string {
	f, _ := challenged(t, vault)
	return f.Pupil.UPN
}

func reviewed(t *testing.T, out string) {
	var r struct {
		Rows     int
		Rejected []struct{ Row int }
		Wording  []struct {
			Row          int
			Column, Kind string
			Missing      []string
		}
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if r.Rows != 2 || len(r.Rejected) != 1 || r.Rejected[0].Row != 2 {
		t.Errorf("rows %d, rejected %v", r.Rows, r.Rejected)
	}
	if len(r.Wording) == 0 || r.Wording[0].Kind != "vague_monitoring" || len(r.Wording[0].Missing) != 3 || r.Wording[0].Column != "decision" {
		t.Errorf("wording = %+v", r.Wording)
	}
}
