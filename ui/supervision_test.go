package ui

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"throughline/records"
)

// TestASupervisionSession drives one session from the agenda to the report.
func TestASupervisionSession(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	ctx := context.Background()
	ned := addPupil(t, w, "Ned", "Alder")
	addConcern(t, w, ned.ID, "2026-11-12", "No further action.")
	visit(w, newSupervisionPage(w))
	for _, want := range []string{"There is no session yet.", "Whom to bring, most urgent first", "New since"} {
		if !says(w, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	press(t, w, "New session")
	press(t, w, "Keep")
	wants(t, w, "Supervisor", "Give the supervisor's name and role.")
	fill(t, w, "Supervisor", "Dr Bello, trust lead")
	fill(t, w, "Minutes", "an hour")
	press(t, w, "Keep")
	wants(t, w, "Minutes", "Give a whole number")
	fill(t, w, "Minutes", "60")
	fill(t, w, "Themes", "Coats.")
	press(t, w, "Keep")
	sessions, err := w.store.Supervisions.All(ctx)
	if err != nil || len(sessions) != 1 || sessions[0].Minutes != 60 || sessions[0].Supervisee != w.store.Me.ID {
		t.Fatalf("sessions %+v, %v", sessions, err)
	}

	press(t, w, "Write the note") // of the agenda's only pupil comes after the picker's
	if _, ok := w.page.(*sessionPage); ok {
		visit(w, newNotePage(w, sessions[0], ned.ID))
	}
	if got := entryNamed(t, w, "Why is the child brought?").Text; !strings.Contains(got, "New since") {
		t.Errorf("the note is drafted with why %q", got)
	}
	fill(t, w, "What is worrying?", "Typed and not kept.")
	visit(w, newSessionPage(w, sessions[0].ID))
	visit(w, newNotePage(w, sessions[0], ned.ID))
	if got := entryNamed(t, w, "What is worrying?").Text; got != "Typed and not kept." {
		t.Errorf("what was typed came back as %q", got)
	}
	options := pickFirst(t, w, "From the record")
	if !strings.Contains(options, "No further action.") || entryNamed(t, w, "Which decision?").Text == "" {
		t.Errorf("the decision that is offered is %q", options)
	}
	pickOption(t, w, "Does the supervisor agree?", "No")
	fill(t, w, "Action", "Ring his aunt")
	press(t, w, "Keep the note")
	wants(t, w, "Why, or why not", "Say why not")
	wants(t, w, "By whom", "Say who will do it.")
	fill(t, w, "Why, or why not", "Refer, with the whole line.")
	fill(t, w, "By whom", "Ms Quill")
	fill(t, w, "By when", "1/12/2026")
	fill(t, w, "Look at the child again on", "8/12/2026")
	press(t, w, "Keep the note")
	f, err := w.store.File(ctx, ned.ID)
	if err != nil || len(f.ChildNotes) != 1 || len(f.Actions) != 1 {
		t.Fatalf("%d notes, %d actions, %v", len(f.ChildNotes), len(f.Actions), err)
	}
	n := f.ChildNotes[0]
	if n.Agreed != records.No || n.Task != f.Actions[0].ID || n.Tested.Kind != records.KindConcern || f.Actions[0].Due != "2026-12-01" {
		t.Errorf("kept %+v with %+v", n, f.Actions[0])
	}
	if !says(w, "Not agreed. Refer, with the whole line.") {
		t.Error("the session does not show the note")
	}
	visit(w, newNotePage(w, sessions[0], ned.ID))
	fill(t, w, "By when", "2/12/2026")
	press(t, w, "Keep the note")
	if f, err = w.store.File(ctx, ned.ID); err != nil || len(f.Actions) != 1 || f.Actions[0].Due != "2026-12-02" {
		t.Errorf("a changed note has the actions %+v, %v", f.Actions, err)
	}

	press(t, w, string(stepAlone))
	const alone = "I was tired that week."
	fill(t, w, "What I take away, how it touched me, what I need", alone)
	press(t, w, "Keep")
	press(t, w, string(stepClose))
	fill(t, w, "Agreed by", "Dr Bello and Ms Quill")
	press(t, w, "Close the session")
	if s, err := w.store.Supervisions.Get(ctx, sessions[0].ID); err != nil || s.Closed == "" || s.Signed == "" || s.Themes != "Coats." {
		t.Fatalf("closed %+v, %v", s, err)
	}
	press(t, w, string(stepSession))
	fill(t, w, "Themes", "Coats and breakfast.")
	press(t, w, "Keep")
	wants(t, w, "Why is this changed?", "Say why this is changed.")
	fill(t, w, "Why is this changed?", "A theme was left out.")
	press(t, w, "Keep")
	if h, err := w.store.Supervisions.History(ctx, sessions[0].ID); err != nil || len(h) != 3 || h[2].Why != "A theme was left out." {
		t.Errorf("%d versions, %v", len(h), err)
	}

	press(t, w, string(stepClose))
	if text := report(t, w, func() {
		fill(t, w, "To whom does it go? (empty: it stays with you)", "Dr Bello, trust lead")
		press(t, w, "Choose where to keep it …")
		wants(t, w, "Why is it shared?", "Say why it is shared.")
		fill(t, w, "Why is it shared?", "For supervision on 3 March")
	}); text != "" {
		for _, no := range []string{"Ned", "Alder", alone} {
			if strings.Contains(text, no) {
				t.Errorf("what goes to the supervisor holds %q", no)
			}
		}
	}
	if d, err := w.store.Disclosures.Of(ctx, ned.ID); err != nil || len(d) != 1 || d[0].To != "Dr Bello, trust lead" || len(d[0].SHA256) != 64 {
		t.Errorf("disclosed %+v, %v", d, err)
	}
	if text := report(t, w, func() { tickBox(t, w, "With my own reflection: a copy for me alone") }); text != "" && !strings.Contains(text, alone) {
		t.Error("the member's own copy lacks the reflection that was ticked")
	}
}

// pickFirst takes the first option of a list and returns it.
func pickFirst(t *testing.T, w *Window, label string) string {
	t.Helper()
	first := ""
	walk(fieldNamed(t, w, label), func(o fyne.CanvasObject) {
		if s, ok := o.(*selectBox); ok {
			first = s.Options[0]
			s.SetSelectedIndex(0)
		}
	})
	return first
}

// report makes the report of the session that is open and returns its text, or
// nothing where there is no tool to read it.
func report(t *testing.T, w *Window, choose func()) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "r.pdf")
	press(t, w, "Make the report …")
	choose()
	press(t, w, "Choose where to keep it …")
	fill(t, w, "Where to save it", out)
	press(t, w, "Save")
	w.closeDialogs()
	if _, err := os.Stat(out); err != nil {
		t.Fatalf("no report: %v", err)
	}
	text, err := exec.Command("pdftotext", out, "-").Output()
	if err != nil {
		return ""
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

// TestWhatIsTheirsAloneIsNotShown: a DSL opens a deputy's session and not what
// the deputy wrote for themselves.
func TestWhatIsTheirsAloneIsNotShown(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	dsl := w.store.Me
	deputy := records.Member{Meta: records.Meta{ID: "deputy"}, Name: "Mr Pike", Role: records.Deputy}
	w.store.Me = deputy
	s := mustSave(t, w.store.Supervisions, records.Supervision{On: "2026-11-12", Sort: records.OneToOne, Supervisor: "Dr Bello", Supervisee: deputy.ID})
	mustSave(t, w.store.Reflections, records.Reflection{Session: s.ID, Member: deputy.ID, Text: "Mine alone."})
	w.store.Me = dsl
	visit(w, newSessionPage(w, s.ID))
	press(t, w, string(stepAlone))
	if says(w, "Mine alone.") || !says(w, "It is not shown to you.") {
		t.Error("the DSL is shown what the deputy wrote for themselves")
	}
	for _, r := range []records.Role{records.Head, records.Governor, records.IT} {
		if slices.Contains(placesOf(r), placeSession) {
			t.Errorf("%s is offered supervision", r)
		}
	}
	if !slices.Contains(placesOf(records.Deputy), placeSession) {
		t.Error("a deputy is not offered supervision")
	}
}

// TestSupervisionFits opens the pages on the demo school.
func TestSupervisionFits(t *testing.T) {
	w := openDemo(t)
	const width, height = 1104, 640
	fits := func(name string, p page) {
		t.Helper()
		w.tasks.Wait()
		if m := p.content().MinSize(); m.Width > width || m.Height > height {
			t.Errorf("%s needs %v, and there is %d × %d", name, m, width, height)
		}
		for _, s := range scrollsIn(p.content()) {
			if m := s.Content.MinSize(); m.Width > width {
				t.Errorf("%s: what scrolls is %v wide, and there is %d", name, m.Width, width)
			}
		}
	}
	list := newSupervisionPage(w)
	visit(w, list)
	fits("Supervision", list)
	all, err := w.store.Supervisions.All(context.Background())
	if err != nil || len(all) != 3 {
		t.Fatalf("%d sessions, %v", len(all), err)
	}
	for _, s := range all {
		p := newSessionPage(w, s.ID)
		visit(w, p)
		for _, step := range sessionSteps {
			p.turn(step)
			fits("session: "+string(step), p)
		}
	}
	notes, err := w.store.ChildNotes.All(context.Background())
	if err != nil || len(notes) != 4 {
		t.Fatalf("%d notes, %v", len(notes), err)
	}
	p := newNotePage(w, all[0], notes[0].Pupil)
	visit(w, p)
	fits("note", p)
}
