package supervision

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"throughline/records"
)

// read returns the text of a PDF, after qpdf has found it sound and pdfinfo
// tagged. Where a tool is not installed the test is skipped.
func read(t *testing.T, pdf []byte, password string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"qpdf", "pdftotext", "pdfinfo"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed", name)
		}
	}
	if out, err := exec.Command("qpdf", "--check", "--password="+password, file).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v\n%s", err, out)
	}
	info, err := exec.Command("pdfinfo", "-upw", password, file).Output()
	if err != nil || !strings.Contains(strings.Join(strings.Fields(string(info)), " "), "Tagged: yes") {
		t.Fatalf("the report is not tagged: %v\n%s", err, info)
	}
	out, err := exec.Command("pdftotext", "-upw", password, file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// two returns the files of Ned, who was referred, and of Zoë, his friend.
func two() []*records.File {
	f := ned()
	f.Siblings = []records.Pupil{{Meta: meta("bea", "2025-09-01"), Forename: "Beatrix", Surname: "Alder"}}
	f.Ties = []records.Tie{{Person: "m", Relationship: "mother"}, {Person: "k", Relationship: "mother’s partner"}}
	f.People = map[records.ID]records.Person{"m": {Name: "Moira Alder"}, "k": {Name: "Karl Brandt"}}
	f.Referrals = []records.Referral{
		{Meta: meta("r1", "2026-01-05"), Pupil: "ned", Level: records.Section17, Response: records.Assessment, SentAt: at("2026-01-05"), SentTo: "Front door"},
		{Meta: meta("r2", "2026-02-02"), Pupil: "ned", Level: records.Section17, Response: records.Assessment, SentAt: at("2026-02-02"), SentTo: "Front door"},
		{Meta: meta("r3", "2026-03-02"), Pupil: "ned", Level: records.Section47, Response: records.Assessment, SentAt: at("2026-03-02"), SentTo: "Front door"},
		{Meta: meta("r0", "2025-01-06"), Pupil: "ned", Level: records.Section17, SentAt: at("2025-01-06"), SentTo: "Front door"},
	}
	f.Replies = []records.Reply{
		{Meta: meta("y1", "2026-01-06"), Pupil: "ned", Referral: "r1", At: at("2026-01-06"), LoggedAs: records.LoggedContact, Outcome: "No further action", Reasons: "Karl says that Ned has a coat", View: records.DisagreeWithCSC, ViewWhy: "Moira says that he has none"},
		{Meta: meta("y2", "2026-02-06"), Pupil: "ned", Referral: "r2", At: at("2026-02-06"), LoggedAs: records.LoggedReferral, Outcome: "Assessment required", View: records.Agree},
	}
	f.Challenges = []records.Challenge{{
		Meta: meta("c", "2026-01-07"), Pupil: "ned", Referral: "r1", Grounds: records.Grounds()[0], Decision: "No further action for Ned and Beatrix.",
		ResolvedOn: "2026-01-20", Resolved: "A new referral for Ned is taken.", Ladder: []records.Step{{Ours: "DSL", Theirs: "Team manager"}},
	}}
	f.Rungs = []records.Rung{{Meta: meta("g", "2026-01-07"), Pupil: "ned", Challenge: "c", Number: 1, RaisedAt: at("2026-01-07"), To: "Team manager", Result: records.RungResolved}}
	f.Supports = []records.Support{
		{Meta: meta("s1", "2026-01-05"), Pupil: "ned", What: "Breakfast club for Ned", By: "Ms Quill", From: "2026-01-05"},
		{Meta: meta("s2", "2026-01-05"), Pupil: "ned", What: "Morning call to Moira Alder", By: "Ms Quill", From: "2026-01-06", To: "2026-01-30"},
		{Meta: meta("s0", "2025-01-05"), Pupil: "ned", What: "An old club", By: "Ms Quill", From: "2025-01-06", To: "2025-02-01"},
	}
	f.Impacts = []records.Impact{
		{Meta: meta("i1", "2026-01-05"), Pupil: "ned", Of: "s1", Measure: "days on which Ned has eaten", Start: "2026-01-05", Before: "2 of 20", Looked: "2026-02-20", After: "15 of 20", Change: records.ChangeBetter},
	}
	f.Actions = []records.Action{
		{Meta: meta("a1", "2026-01-05"), Due: "2026-01-09", Done: "2026-01-08", Result: "Rang."}, {Meta: meta("a2", "2026-01-05"), Due: "2026-01-09", Done: "2026-01-12", Result: "Rang."},
		{Meta: meta("a3", "2026-01-05"), Due: "2026-03-02"}, {Meta: meta("a4", "2026-01-05"), Due: "2026-06-01"},
		{Meta: meta("a5", "2026-01-05"), Due: "2026-01-09", Done: "2026-01-09", Result: "Rang."},
		{Meta: meta("a6", "2026-01-05"), Due: "2026-01-09", Done: "2026-01-06", Result: "Rang."},
	}
	for i, day := range []records.Date{"2026-01-05", "2026-01-06", "2026-03-02"} {
		c := concern(records.ID("p"+string(rune('0'+i))), day, day)
		c.Categories = []records.Category{records.Neglect, records.Attendance}[:1+i%2]
		f.Concerns = append(f.Concerns, c)
	}
	f.ChildNotes = []records.ChildNote{{
		Meta: meta("n", session), Pupil: "ned", Session: "s", On: session, Why: "Ned’s line has changed.", Lived: "2 Mar 2026: “Karl eats it.”",
		Worries: "Moira Alder and Karl Brandt argue; Beatrix hides. Zoë Okoro saw it, and Zoë told.", Decision: "Not to refer Ned.", Agreed: records.No, AgreedWhy: "Alder, Ned should be referred.",
		Action: "Ring Moira", ActionWho: "Ms Quill", ActionDue: "2026-02-10", Task: "a2", ReviewDate: "2026-03-10",
	}}
	z := &records.File{Pupil: records.Pupil{Meta: meta("zoe", "2025-09-01"), Forename: "Zoë", Surname: "Okoro"}, Read: now}
	return []*records.File{f, z}
}

func roll() []records.Pupil {
	fs := two()
	return []records.Pupil{fs[0].Pupil, fs[0].Siblings[0], fs[1].Pupil}
}

func counted(t *testing.T) *Period {
	t.Helper()
	p := NewPeriod("2026-01-01", "2026-03-31", now, local(t))
	p.Roll = roll()
	for _, f := range two() {
		p.Add(f)
	}
	p.Finish([]records.Supervision{
		{Meta: records.Meta{ID: "s"}, On: session, Sort: records.OneToOne, Supervisor: "Dr Bello", Themes: "Ned and Moira Alder.", Closed: session},
		{Meta: records.Meta{ID: "before"}, On: "2025-12-01", Sort: records.OneToOne, Supervisor: "Dr Bello", Closed: "2025-12-01"},
		{Meta: records.Meta{ID: "next"}, On: "2026-03-17", Sort: records.Group, Supervisor: "Dr Bello"},
	})
	return p
}

// named is every name that must not stand in a report with letters.
var named = []string{"Ned", "Alder", "Beatrix", "Moira", "Karl", "Brandt", "Zoë", "Okoro"}

func options() Options {
	return Options{
		School: records.School{Name: "Invented Primary School"}, Author: records.Member{Name: "Helen Okafor", Role: records.DSL},
		AuditHead: "3f9c…a1", Now: now,
	}
}

func TestPeriodReportHoldsTheFigures(t *testing.T) {
	var b bytes.Buffer
	if err := WritePeriod(&b, counted(t), options()); err != nil {
		t.Fatal(err)
	}
	got := read(t, b.Bytes(), "")
	for _, want := range []string{
		"1 Jan 2026 to 31 Mar 2026", "2 pupils’ files", "Referrals made 3: 3 in writing, 0 by telephone alone", "Decisions not to refer 0", "1 of 3; 1 of 3 still stand so",
		"Time to the first answer median 2.5 working days, longest 4 working days; 2 answered, 1 not yet",
		"Time to the decision median 2.5 working days", "Challenges to social care 1; still open: 0", "Concerns 3",
		"5: 3 done in time, 1 done late, 1 not done", "Supervision sessions held 1",
		"No further action. “[mother’s partner] says that Child A has a coat” After 1 working day.", "We disagree: [mother] says that he has none",
		"A contact (information only). Not what was asked for.", "Resolved on 20 Jan 2026: A new referral for Child A is taken.",
		"No further action for Child A and [sibling].", "Breakfast club for Child A.", "Before: 2 of 20. After: 15 of 20.",
		"Better for the child 1 of 2", "Not judged yet 1 of 2", "A fall in the number of entries is not counted as an improvement",
		"January 2026 2 of 3", "February 2026 0 of 3", "March 2026 1 of 3", "Neglect 3 of 3", "Attendance and lateness 1 of 3",
		"Done after the day they were due 1 of 5", "1: 0 agreed with, 1 not", "One to one, held", "Group, not closed", "Child A and [mother of Child A].",
		"Audit chain of the record when this was made: 3f9c…a1", "Page 1 of",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	hidden(t, got)
	if strings.Contains(got, "An old club") || strings.Contains(got, "2025-01-06") {
		t.Error("the report tells of what lies outside the period")
	}
	if t.Failed() {
		t.Log(got)
	}
}

func hidden(t *testing.T, got string) {
	t.Helper()
	for _, name := range named {
		if strings.Contains(got, name) {
			i := strings.Index(got, name)
			t.Errorf("the report holds the name %q: …%s…", name, got[max(0, i-60):min(len(got), i+60)])
		}
	}
}

func aSession() *Session {
	f := two()[0]
	x := &Session{
		Supervision: records.Supervision{
			Meta: records.Meta{ID: "s"}, On: session, Sort: records.OneToOne, Minutes: 90, Supervisor: "Dr Bello, trust lead", Workload: "Forty files, two of them Ned’s and Zoë Okoro’s.",
			Themes: "Moira Alder is not heard.", Shortcomings: "We rang late.", Next: "2026-03-10", Closed: session, Signed: "Dr Bello and Helen Okafor",
		},
		About: records.Member{Name: "Helen Okafor", Role: records.DSL}, Roll: roll(),
	}
	x.Notes = []Note{{f.ChildNotes[0], f, &f.Actions[1]}}
	return x
}

func TestSessionReport(t *testing.T) {
	var b bytes.Buffer
	if err := WriteSession(&b, aSession(), options()); err != nil {
		t.Fatal(err)
	}
	got := read(t, b.Bytes(), "")
	for _, want := range []string{
		"Safeguarding supervision, 3 Feb 2026", "One to one, 90 minutes", "Forty files, two of them Child A’s and [another pupil]’s.", "[mother of Child A] is not heard.",
		"What went well Not written down", "Why brought Child A’s line has changed.", "“[mother’s partner] eats it.”",
		"[mother] and [mother’s partner] argue; [sibling] hides. [another pupil] saw it, and [another pupil] told.",
		"Decision tested Not to refer Child A.", "No. Child A should be referred.", "Ring [mother]. Ms Quill, by 10 Feb 2026. Done on 12 Jan 2026: Rang.",
		"Looked at again on 10 Mar 2026", "Closed on 3 Feb 2026, agreed by Dr Bello and Helen Okafor.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	hidden(t, got)
	if strings.Contains(got, "reflection") {
		t.Error("the report speaks of a reflection")
	}
	if t.Failed() {
		t.Log(got)
	}
	o := options()
	o.Names, o.Password, o.Reflection = true, "four plain words here", "I was tired that week."
	b.Reset()
	if err := WriteSession(&b, aSession(), o); err != nil {
		t.Fatal(err)
	}
	got = read(t, b.Bytes(), o.Password)
	for _, want := range []string{"Ned Alder", "Moira Alder and Karl Brandt argue", "My own reflection", "I was tired that week."} {
		if !strings.Contains(got, want) {
			t.Errorf("with names, and their own reflection, the report lacks %q", want)
		}
	}
}

func TestReportsAreSteady(t *testing.T) {
	for name, write := range map[string]func(*bytes.Buffer) error{
		"period":  func(b *bytes.Buffer) error { return WritePeriod(b, counted(t), options()) },
		"session": func(b *bytes.Buffer) error { return WriteSession(b, aSession(), options()) },
	} {
		var a, b bytes.Buffer
		if err := write(&a); err != nil {
			t.Fatal(err)
		}
		if err := write(&b); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: the same arguments give other bytes, %v", name, err)
		}
	}
}

func TestWaits(t *testing.T) {
	for _, c := range []struct {
		days []int
		of   int
		want string
	}{
		{nil, 2, "no answer to judge by; 2 without one"},
		{[]int{1}, 1, "median 1 working day, longest 1 working day; 1 answered, 0 not yet"},
		{[]int{9, 1, 2}, 4, "median 2 working days, longest 9 working days; 3 answered, 1 not yet"},
		{[]int{4, 1}, 2, "median 2.5 working days, longest 4 working days; 2 answered, 0 not yet"},
	} {
		if got := waitOf(c.days, c.of).String(); got != c.want {
			t.Errorf("waits %v of %d: %q, want %q", c.days, c.of, got, c.want)
		}
	}
}

func TestAnEmptyPeriod(t *testing.T) {
	p := NewPeriod("2020-01-01", "2026-03-31", now, nil)
	p.Finish(nil)
	if n := len(p.Months); n != 7 {
		t.Errorf("a long period has %d bars, want one a year", n)
	}
	var b bytes.Buffer
	if err := WritePeriod(&b, p, options()); err != nil {
		t.Fatal(err)
	}
	got := read(t, b.Bytes(), "")
	for _, want := range []string{"No referral was made in this period.", "No challenge was open", "Nothing that was tried", "No concerns in the period.", "No session lies in this period."} {
		if !strings.Contains(got, want) {
			t.Errorf("an empty report lacks %q", want)
		}
	}
}
