//go:build linux

package e2e

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"throughline/records"
	"throughline/referral/demo"
)

// A pupil who is brought in, and what is written about her. Nothing of it may be
// found on the disk.
const (
	newForename = "Perpetua"
	newSurname  = "Thistlemoor"
	hid         = "She hid her lunchbox under the bench and cried when Mr Pike asked whose it was."
	said        = "please dont tell mum"
	decided     = "Mr Pike rings home today and tells the DSL by 15.30."
	settled     = "Mum packs a lunch each day; seen by Mr Pike for two weeks."
	notHers     = "Entered in the wrong file."
	letter      = "She was seen at the surgery on 19 November with an untreated burn on her left forearm."
	letterName  = "Letter from the surgery"
	supervisor  = "Ottoline Grieve, trust lead"
	lived       = "A day begins with nothing to eat and nobody who asks."
)

// The buttons of a page by how many are behind them: the sidebar, from Today to
// Lock, comes last.
const (
	sidebar     = 9
	last        = -sidebar - 1
	beforeLast  = last - 1
	twoFromLast = last - 2
)

// TestFile drives what becomes of one pupil's file as a DSL would: brought in
// from the school's list, a concern that is logged, closed and asked to be
// removed, a letter, and a supervision session with its report.
func TestFile(t *testing.T) {
	bin := program(t)
	home, vault := demoHome(t, bin)
	// The list and the letter lie elsewhere, as the user's own files do.
	theirs := t.TempDir()
	roll, paper, report := filepath.Join(theirs, "roll.csv"), filepath.Join(theirs, newSurname+".txt"), filepath.Join(theirs, "report.pdf")
	writeFile(t, roll, "\ufeffUPN,Surname,Forename,DOB,Year,Form\nC925400116007,Quillby,Zoë,01/02/2016,Year 5,5Q\n,"+newSurname+","+newForename+",03/04/2015,6,6T\n")
	writeFile(t, paper, "Dear Mrs Okafor,\n"+letter+"\n")

	s := newScreen(t, os.Getenv("THROUGHLINE_OUT"))
	s.shots = 20 // the pictures of TestThread come first
	cmd := s.start(bin, home, "--vault", vault)
	s.settled()
	s.words(demo.Passphrase)
	s.changed("unlock", func() { s.keys("Return") })

	bringIn(s, roll)
	logAndClose(s)
	addLetter(s, paper)
	supervise(s, report)

	s.changed("lock", func() { s.keys("ctrl+l") })
	s.shot("locked-again")
	secrets := []string{newForename, newSurname, hid, said, decided, settled, notHers, letter, letterName, supervisor, lived}
	hidden(t, home, secrets...) // with the vault's lock and journal still there
	s.keys("ctrl+q")
	ended(t, cmd)
	hidden(t, home, secrets...)
	filed(t, vault, paper)
	if out, err := exec.Command("qpdf", "--check", report).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
	text := letters(pdfText(t, report))
	if strings.Contains(text, newForename) || strings.Contains(text, newSurname) || !strings.Contains(text, letters(lived)) {
		t.Error("the report has the pupil's name, or lacks what was said of her")
	}
}

// bringIn brings in the pupils of a file and opens the new one.
func bringIn(s *screen, roll string) {
	s.changed("open the pupils", func() { s.keys("ctrl+2") })
	s.changed("bring in pupils", func() { s.press(-2) })
	s.words(roll)
	s.changed("look at the file", func() { s.keys("Return") })
	s.shot("columns")
	s.changed("see what would change", func() { s.press(4) }) // look, choose, back, this
	s.shot("what-would-change")
	s.changed("keep these", func() { s.press(7) }) // path, look, choose, back, columns, counts, this
	s.shot("brought-in")
	s.changed("open the pupils", func() { s.keys("ctrl+2") })
	s.changed("find her", func() { s.words(strings.ToLower(newForename)) })
	s.shot("new-pupil-in-the-list")
	s.changed("open her file", func() { s.keys("Return") })
}

// logAndClose logs a concern, closes it and asks for its removal.
func logAndClose(s *screen) {
	s.changed("log a concern", func() { s.keys("ctrl+n") })
	tell(s, newForename, hid, said)
	s.tabs(toDecision)
	s.words(decided)
	s.changed("save the concern", func() { s.press(toSave) })
	s.changed("close it", func() { s.press(beforeLast) })
	s.words(settled)
	s.changed("keep that it is closed", func() { s.press(1) })
	s.shot("closed-concern")
	s.changed("ask for its removal", func() { s.press(last) })
	s.words(notHers)
	s.changed("keep the request", func() { s.press(1) })
	s.shot("waits-to-be-removed")
}

// addLetter adds a document to the concern and shows the list of documents.
func addLetter(s *screen, path string) {
	s.changed("add a document", func() { s.press(twoFromLast) }) // open again, an earlier version, this
	s.words(path)
	s.keys("Tab", "Tab") // choose, what it is
	s.words(letterName)
	s.settled()
	s.shot("document")
	s.changed("keep the document", func() { s.keys("Return") })
	// four buttons beside the name, two in the strip, the line, six sections
	s.changed("show the documents", func() { s.press(13) })
	s.shot("documents")
}

// supervise begins a session, writes a note about the pupil and makes the
// report.
func supervise(s *screen, report string) {
	s.changed("open supervision", func() { s.keys("ctrl+5") })
	s.changed("begin a session", func() { s.press(last) })
	s.tabs(3) // day, kind, minutes
	s.words("60")
	s.keys("Tab")
	s.words(supervisor)
	s.changed("keep the session", func() { s.keys("Return") })
	s.shot("session")
	s.keys("Tab")
	s.changed("bring her", func() { s.words(newForename) })
	s.keys("Return") // the keyboard goes on to the button
	s.changed("write the note", func() { s.keys("space") })
	s.tabs(3) // why, what has happened, lived experience
	s.words(lived)
	s.settled()
	s.shot("supervision-note")
	s.tabs(12) // to one of the dates, whose Enter keeps the note
	s.changed("keep the note", func() { s.keys("Return") })
	s.changed("go to the last step", func() { s.press(last) })
	s.changed("make the report", func() { s.press(4) }) // agreed by, closed on, close, this
	s.changed("say where to", func() { s.press(4) })    // basis, password, cancel, this
	s.keys("ctrl+a")
	s.words(report)
	s.changed("save the report", func() { s.keys("Return") })
	s.shot("report-saved")
	s.changed("go on", func() { s.keys("Escape") })
}

// filed opens the vault and checks what the window kept of the new pupil.
func filed(t *testing.T, vault, paper string) {
	t.Helper()
	ctx, s := context.Background(), opened(t, vault)
	f := fileOf(t, s, newSurname)
	if f.Pupil.Forename != newForename || f.Pupil.Form != "6T" || f.Pupil.Born != "2015-04-03" {
		t.Errorf("brought in %+v", f.Pupil)
	}
	if len(f.Concerns) != 1 || len(f.Documents) != 1 || len(f.Removals) != 1 || len(f.ChildNotes) != 1 {
		t.Fatalf("%d concerns, %d documents, %d removals, %d notes, want one of each",
			len(f.Concerns), len(f.Documents), len(f.Removals), len(f.ChildNotes))
	}
	if c := f.Concerns[0]; c.Account != hid || c.ChildsWords != said || c.Decision != decided || c.Closed == "" || strings.TrimSpace(c.ClosedWhy) != settled {
		t.Errorf("kept %+v", c)
	}
	if r := f.Removals[0]; !r.Pending() || strings.TrimSpace(r.Reason) != notHers || r.Record != f.Concerns[0].ID {
		t.Errorf("asked for %+v", r)
	}
	if n := f.ChildNotes[0]; !strings.HasPrefix(n.Lived, lived) { // before what is drafted there
		t.Errorf("noted %+v", n)
	}
	want, err := os.ReadFile(paper)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.OpenDocument(ctx, f.Documents[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if kept, err := io.ReadAll(r); err != nil || !bytes.Equal(kept, want) {
		t.Errorf("of the letter %d bytes are kept, want %d: %v", len(kept), len(want), err)
	}
}

// fileOf returns the file of the pupil with a surname.
func fileOf(t *testing.T, s *records.Store, surname string) *records.File {
	t.Helper()
	pupils, err := s.Pupils.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(pupils, func(p records.Pupil) bool { return p.Surname == surname })
	if i < 0 {
		t.Fatal("the pupil is not kept")
	}
	f, err := s.File(t.Context(), pupils[i].ID)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
