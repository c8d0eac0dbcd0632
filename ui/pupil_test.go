package ui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/records"
	"throughline/records/vault"
)

// newSchool returns a window that is open on a new school on 22 Nov 2026.
func newSchool(t *testing.T) *Window {
	t.Helper()
	app := test.NewTempApp(t)
	path := filepath.Join(t.TempDir(), "school.throughline")
	s, _, err := records.Create(context.Background(), path, records.Setup{
		School: records.School{Name: "Thistle Primary"}, Member: records.Member{Name: "Ms Quill", Role: records.DSL},
		Passphrase: []byte("lantern gravel otter"), Cost: vault.Cost{MemoryKiB: 1024, Passes: 1},
		Now: func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	w := New(app, Options{Vault: path})
	w.win.Resize(fyne.NewSize(1280, 690))
	w.unlocked(s)
	w.tasks.Wait()
	t.Cleanup(func() {
		w.tasks.Wait()
		w.end()
		w.idle.Stop()
		s.Close()
	})
	return w
}

func mustSave[T any, P interface {
	*T
	records.Record
}](t *testing.T, l records.Ledger[T, P], rec T) T {
	t.Helper()
	if err := l.Save(context.Background(), P(&rec), ""); err != nil {
		t.Fatal(err)
	}
	return rec
}

func addPupil(t *testing.T, w *Window, forename, surname string) records.Pupil {
	t.Helper()
	return mustSave(t, w.store.Pupils, records.Pupil{Forename: forename, Surname: surname, Born: "2016-03-01", YearGroup: "5", Form: "5B"})
}

func addConcern(t *testing.T, w *Window, pupil records.ID, day records.Date, decision string) records.Concern {
	t.Helper()
	return mustSave(t, w.store.Concerns, records.Concern{
		Pupil: pupil, When: records.On(day), Source: records.Seen, Categories: []records.Category{records.Neglect}, Severity: 2,
		Account: "Came in without a coat at 08:40 and his hands were blue.", Decision: decision,
	})
}

// visit opens a page and waits until it has loaded.
func visit(w *Window, p page) {
	w.open(p)
	w.tasks.Wait()
}

// walk calls see for every visible object, front first in reading order.
func walk(o fyne.CanvasObject, see func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	see(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(c, see)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, see)
		}
	}
}

// seen returns every object of a kind that is visible in the window.
func seen[T fyne.CanvasObject](w *Window) []T {
	var all []T
	root := w.win.Canvas().Content()
	if top := w.win.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	walk(root, func(o fyne.CanvasObject) {
		if _, ok := o.(T); !ok {
			o = fynes(o)
		}
		if o, ok := o.(T); ok {
			all = append(all, o)
		}
	})
	return all
}

// fynes returns what is Fyne's in a widget of ours, or the object itself.
func fynes(o fyne.CanvasObject) fyne.CanvasObject {
	switch own := o.(type) {
	case *button:
		return &own.Button
	case *selectBox:
		return &own.Select
	case *checkBox:
		return &own.Check
	}
	return o
}

// press taps the button of a name and waits for what it does.
func press(t *testing.T, w *Window, label string) {
	t.Helper()
	var there []string
	for _, b := range seen[*widget.Button](w) {
		if b.Text == label {
			test.Tap(b)
			w.tasks.Wait()
			return
		}
		there = append(there, b.Text)
	}
	for _, l := range seen[*nameLink](w) {
		if l.Text == label {
			l.OnTapped()
			w.tasks.Wait()
			return
		}
	}
	t.Fatalf("there is no button %q; there are %q", label, there)
}

// fieldNamed returns the field of a name.
func fieldNamed(t *testing.T, w *Window, label string) *field {
	t.Helper()
	for _, f := range seen[*field](w) {
		if f.name.Text == label {
			return f
		}
	}
	t.Fatalf("there is no field %q", label)
	return nil
}

func entryNamed(t *testing.T, w *Window, label string) *entry {
	t.Helper()
	var e *entry
	walk(fieldNamed(t, w, label), func(o fyne.CanvasObject) {
		if o, ok := o.(*entry); ok && e == nil {
			e = o
		}
	})
	if e == nil {
		t.Fatalf("the field %q has nothing to type into", label)
	}
	return e
}

// fill types into the field of a name, in place of what stood there.
func fill(t *testing.T, w *Window, label, text string) {
	t.Helper()
	e := entryNamed(t, w, label)
	e.SetText("")
	test.Type(e, text)
}

// problem returns the sentence beside a field.
func problem(t *testing.T, w *Window, label string) string {
	t.Helper()
	f := fieldNamed(t, w, label)
	if !f.problem.Visible() {
		return ""
	}
	return f.problem.Text
}

// says reports whether a text is to be read in the window.
func says(w *Window, text string) bool {
	return slices.ContainsFunc(seen[*widget.Label](w), func(l *widget.Label) bool { return strings.Contains(l.Text, text) })
}

func TestPupilPageOfAnEmptyFile(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Zoë", "Nguyễn")
	page := newPupilPage(w, p.ID)
	visit(w, page)
	for _, text := range []string{"Zoë Nguyễn", "10 years old  ·  Year 5, 5B  ·  born 1 Mar 2016", "There are no entries yet."} {
		if !says(w, text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	for _, s := range allSections {
		page.press(s)
		if !says(w, map[section]string{
			sectionEntries: "The first concern begins the line", sectionPatterns: "It gives no score",
			sectionToDo: "Nothing is waiting to be done", sectionPeople: "Nobody is written down yet", sectionTried: "Nothing is written down yet",
		}[s]) {
			t.Errorf("section %d does not say that it is empty", s)
		}
	}
	if got := w.win.Title(); got != "Throughline" {
		t.Errorf("the window's title is %q: it must name no child", got)
	}
}

func TestPupilPageFitsASmallScreen(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Bartholomew-Fitzgerald Oluwaseun", "Adebayo-Richardson")
	mustSave(t, w.store.Bands, records.StatusBand{
		Pupil: p.ID, Status: records.ChildProtect, Category: "emotional", From: "2026-01-05",
		Worker: "Priscilla Umeh-Featherstonehaugh, social worker in the assessment team of the north",
	})
	for i, c := range records.Categories() {
		c := records.Concern{
			Pupil: p.ID, When: records.On(records.Date("2026-03-02").AddDays(7 * i)), Source: records.Seen,
			Categories: []records.Category{c}, Account: strings.Repeat("A long account of what was seen. ", 40), Severity: 3,
		}
		mustSave(t, w.store.Concerns, c)
	}
	page := newPupilPage(w, p.ID)
	visit(w, page)
	const width, height = 1104, 640 // what a window of 1280 × 690 leaves
	for _, s := range allSections {
		page.press(s)
		if m := page.content().MinSize(); m.Width > width || m.Height > height {
			t.Errorf("section %d needs %v, and there is %d × %d", s, m, width, height)
		}
	}
	for _, write := range []func(){
		func() { page.writePerson("") },
		func() { page.writePlan("") },
		func() { page.writeSupport("") },
		func() { page.writeStatus("") },
		page.writeAction,
	} {
		write()
		w.tasks.Wait()
		if m := page.content().MinSize(); m.Width > width || m.Height > height {
			t.Errorf("with a form the page needs %v, and there is %d × %d", m, width, height)
		}
	}
}

func TestNewestEntriesComeFirst(t *testing.T) {
	line := chronology.Line{
		concernOn("2026-01-05", records.Neglect, 1), concernOn("2026-02-05", records.Neglect, 1), {Ref: records.Ref{Kind: records.KindConcern}},
	}
	if got := newestEntries(line); !slices.Equal(got, []int{1, 0, 2}) {
		t.Errorf("newestEntries = %v, want [1 0 2]: undated last", got)
	}
}

func TestVagueEntryIsMadePlain(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	c := addConcern(t, w, p.ID, "2026-11-19", "Continue to monitor.")
	addConcern(t, w, p.ID, "2026-11-20", "Ms Quill rang his mother, who brings a coat on Monday.")

	w.openRef(p.ID, records.Ref{Kind: records.KindConcern, ID: c.ID})
	w.tasks.Wait()
	page := w.page.(*pupilPage)
	if got := page.data.line[page.entries.selected].Ref.ID; got != c.ID {
		t.Fatalf("the page is open at %v, want the concern", got)
	}
	if !says(w, "“Continue to monitor”") {
		t.Error("the page does not show what is vague")
	}
	press(t, w, "Make it plain")
	press(t, w, "Keep the plan")
	for label, want := range map[string]string{
		planWhat:                              "Name what will be watched for",
		"Who watches?":                        "Say who is watching.",
		"Until when?":                         "Give the last day",
		"What happens then, and who does it?": "Say who will do what",
	} {
		if got := problem(t, w, label); !strings.HasPrefix(got, want) {
			t.Errorf("beside %q it says %q, want %q", label, got, want)
		}
	}
	fill(t, w, planWhat, "A coat on him at the gate")
	fill(t, w, "Who watches?", "Mr Pike, gate duty")
	fill(t, w, "Until when?", "31/11/2026")
	fill(t, w, "What happens then, and who does it?", "Ms Quill meets his mother")
	press(t, w, "Keep the plan")
	if got := problem(t, w, "Until when?"); got != records.ErrNoSuchDay.Error() {
		t.Errorf("beside 31 November it says %q", got)
	}
	fill(t, w, "Until when?", "4/12/26")
	press(t, w, "Keep the plan")

	if e := page.data.line[page.data.find(records.Ref{ID: c.ID})]; e.Vague() {
		t.Error("the entry is still flagged")
	}
	if len(page.data.file.Actions) != 1 || page.data.file.Actions[0].Due != "2026-12-04" {
		t.Errorf("the plan made actions %+v, want one due on 4 Dec 2026", page.data.file.Actions)
	}
	if !says(w, "The plan is kept, with 1 dated action") {
		t.Error("the page does not say that the plan is kept")
	}
	if got := page.data.line[page.entries.selected].Ref.ID; got != c.ID {
		t.Errorf("after saving, the page shows %v, want the same concern", got)
	}
	if _, at, _ := w.store.Draft(context.Background(), "plan for "+string(c.ID)); at != "" {
		t.Error("the draft is still there")
	}
}

func TestPlanIsEndedWithItsResult(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	c := addConcern(t, w, p.ID, "2026-11-02", "Watch for a coat.")
	plan := records.Monitoring{
		Pupil: p.ID, Concern: c.ID, What: "A coat on him", Who: "Mr Pike", From: "2026-11-02", Until: "2026-11-13", NextSteps: "Ms Quill meets his mother",
	}
	if err := w.store.Update(context.Background(), func(tx *records.Tx) error { return tx.StartPlan(&plan) }); err != nil {
		t.Fatal(err)
	}
	page := newPupilPage(w, p.ID)
	visit(w, page)
	page.press(sectionToDo)
	if !says(w, "Overdue: ") {
		t.Error("To do does not say that the plan has lapsed")
	}
	press(t, w, "End this plan")
	press(t, w, "End the plan")
	if got := problem(t, w, "What was seen, and how did the watching end?"); got != "Say what was seen, and how the watching ended." {
		t.Errorf("without a result it says %q", got)
	}
	fill(t, w, "What was seen, and how did the watching end?", "A coat on 3 of 10 days.")
	press(t, w, "End the plan")
	m, err := w.store.Monitorings.Get(context.Background(), plan.ID)
	if err != nil || m.Ended != "2026-11-22" || m.Result != "A coat on 3 of 10 days." {
		t.Errorf("the plan is %+v, %v; want it ended on 22 Nov 2026 with its result", m, err)
	}

	if len(page.data.due) != 1 || page.data.due[0].Ref.Kind != records.KindAction {
		t.Errorf("due now is %+v, want the next step, which stays to do", page.data.due)
	}
	if e := page.data.line[page.data.find(records.Ref{ID: plan.ID})]; e.Title != "Monitoring ended" {
		t.Errorf("the line's last word on the plan is %q", e.Title)
	}
}

func TestActionIsMarkedDone(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	mustSave(t, w.store.Actions, records.Action{Pupil: p.ID, What: "Ring the nurse", Who: "Mr Pike", Due: "2026-11-20"})
	page := newPupilPage(w, p.ID)
	page.section = sectionToDo
	visit(w, page)
	press(t, w, "Mark done")
	tap := func() { test.Tap(page.form.button); w.tasks.Wait() }
	fill(t, w, "Done on", "23/11/2026")
	tap()
	if got := problem(t, w, "Done on"); got != "This date is in the future. Check the year." {
		t.Errorf("done tomorrow: it says %q", got)
	}
	if got := problem(t, w, "What came of it?"); got != "Say what came of it." {
		t.Errorf("without a result it says %q", got)
	}
	fill(t, w, "Done on", "20 Nov 2026")
	fill(t, w, "What came of it?", "He is weighed on Thursday.")
	tap()
	if a := page.data.file.Actions[0]; a.Done != "2026-11-20" || a.Version != 2 {
		t.Errorf("the action is %+v, want it done on 20 Nov 2026", a)
	}
	if page.form != nil {
		t.Error("the form is still open")
	}
}

func TestPersonIsSharedBySiblings(t *testing.T) {
	w := newSchool(t)
	ned, ida := addPupil(t, w, "Ned", "Alder"), addPupil(t, w, "Ida", "Alder")
	visit(w, newPupilPage(w, ned.ID))
	w.page.(*pupilPage).press(sectionPeople)
	press(t, w, "Add a person")
	press(t, w, "Keep")
	for label, want := range map[string]string{"Name": "Give the person's name", "What is this person to the child?": "Say what this person is"} {
		if got := problem(t, w, label); !strings.HasPrefix(got, want) {
			t.Errorf("beside %q it says %q, want %q", label, got, want)
		}
	}
	fill(t, w, "Name", "Wren Alder")
	fill(t, w, "What is this person to the child?", "mother")
	press(t, w, "Keep")

	visit(w, newPupilPage(w, ida.ID))
	page := w.page.(*pupilPage)
	page.press(sectionPeople)
	press(t, w, "Add a person")
	fill(t, w, "Name", "wren")
	press(t, w, "Already known: Wren Alder")
	fill(t, w, "What is this person to the child?", "mother")
	press(t, w, "Keep")
	people, err := w.store.People.All(context.Background())
	if err != nil || len(people) != 1 {
		t.Fatalf("there are %d people, %v; want the one they share", len(people), err)
	}
	if s := page.data.file.Siblings; len(s) != 1 || s[0].ID != ned.ID {
		t.Errorf("siblings = %v, want Ned", s)
	}
	press(t, w, pupilLabel(ned))
	if got := w.page.(*pupilPage).id; got != ned.ID {
		t.Error("a sibling's name does not open the sibling")
	}
}

func TestTriedAndStatus(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	page := newPupilPage(w, p.ID)
	visit(w, page)
	page.press(sectionTried)
	press(t, w, "Add what was tried")
	fill(t, w, "What was offered or done?", "Breakfast club")
	fill(t, w, "Given by", "Mrs Wray")
	fill(t, w, "From", "1 Sept 2026")
	press(t, w, "Keep")
	if got := problem(t, w, "Level of help"); got != "Choose the level of help." {
		t.Errorf("without a level it says %q", got)
	}
	page.form.input("level").set(string(records.SchoolOffer))
	press(t, w, "Keep")
	press(t, w, "End or correct")
	fill(t, w, "Until (empty while it lasts)", "1 Aug 2026")
	fill(t, w, "Why is this changed?", "It ended.")
	press(t, w, "Keep")
	if got := problem(t, w, "Until (empty while it lasts)"); got != "The last day is before the first. Check both dates." {
		t.Errorf("ended before it began: it says %q", got)
	}
	fill(t, w, "Until (empty while it lasts)", "1 Nov 2026")
	press(t, w, "Keep")
	if s := page.data.file.Supports[0]; s.To != "2026-11-01" || s.Why != "It ended." {
		t.Errorf("support is %+v, want it ended on 1 Nov 2026 with the reason", s)
	}

	page.press(sectionPeople)
	press(t, w, "Add a status")
	page.form.input("status").set(string(records.ChildInNeed))
	fill(t, w, "From", "5 Jan 2026")
	fill(t, w, "Allocated worker", "Priscilla Umeh")
	press(t, w, "Keep")
	if !says(w, "Worker: Priscilla Umeh") {
		t.Error("the header does not name the worker")
	}
}

func TestWhatIsTypedStaysWhenTheFormIsLeft(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	page := newPupilPage(w, p.ID)
	visit(w, page)
	page.press(sectionToDo)
	press(t, w, "Add an action")
	fill(t, w, "What is to be done?", "Ring the nurse")
	w.escape() // Escape closes the form
	w.tasks.Wait()
	if page.form != nil {
		t.Fatal("Escape does not close the form")
	}
	press(t, w, "Add an action")
	if got := entryNamed(t, w, "What is to be done?").Text; got != "Ring the nurse" {
		t.Errorf("the form holds %q, want what was typed", got)
	}
	if !says(w, "What you typed here on") {
		t.Error("the form does not say that something typed before is back")
	}
	press(t, w, "Start afresh")
	if got := entryNamed(t, w, "What is to be done?").Text; got != "" {
		t.Errorf("after starting afresh the form holds %q", got)
	}
	fill(t, w, "What is to be done?", "Ring the doctor")
	visit(w, newPupilsPage(w)) // as any other way out
	page = newPupilPage(w, p.ID)
	visit(w, page)
	page.writeAction()
	w.tasks.Wait()
	if got := entryNamed(t, w, "What is to be done?").Text; got != "Ring the doctor" {
		t.Errorf("after another page the form holds %q, want what was typed", got)
	}
}

func TestEvidenceOfAPatternIsLit(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	for i := range 8 {
		addConcern(t, w, p.ID, records.Date("2026-09-07").AddDays(7*i), "Ms Quill rang his mother, who brings a coat on Monday.")
	}
	page := newPupilPage(w, p.ID)
	visit(w, page)
	page.press(sectionPatterns)
	cards := seen[*pressCard](w)
	if len(cards) == 0 {
		t.Fatal("eight Mondays of neglect say nothing")
	}
	test.Tap(cards[0])
	s := page.chosenStatement()
	if s == nil || len(page.line.lit) != len(s.Rows) || !page.line.lit[s.Rows[0]-1] {
		t.Fatalf("lit %v for %+v", page.line.lit, s)
	}
	if !says(w, "Behind it: ") {
		t.Error("the entries behind it are not listed")
	}
	press(t, w, tipOf(&page.data.line[s.Rows[1]-1]))
	if page.section != sectionEntries || page.entries.selected != s.Rows[1]-1 {
		t.Errorf("a click on the evidence shows section %d, entry %d", page.section, page.entries.selected)
	}
	if page.line.lit == nil {
		t.Error("the evidence goes out while its entries are read")
	}
	page.press(sectionToDo)
	if page.line.lit != nil {
		t.Error("the evidence stays lit while something else is looked at")
	}
}

func TestEarlierVersionsAreShown(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	c := addConcern(t, w, p.ID, "2026-11-19", "Ms Quill rang his mother, who brings a coat on Monday.")
	c.Severity = 4
	c.When.Precision = records.About
	if err := w.store.Concerns.Save(context.Background(), &c, "Mr Pike saw it too"); err != nil {
		t.Fatal(err)
	}
	visit(w, newPupilPage(w, p.ID))
	press(t, w, "1 earlier version")
	for _, text := range []string{"“Mr Pike saw it too”", "Ms Quill, Sun 22 Nov 2026, 10:00", "Was: Worrying", "Now: Very serious", "Was: 19 Nov 2026", "Now: about 19 Nov 2026"} {
		if !says(w, text) {
			t.Errorf("the history does not say %q", text)
		}
	}
	if says(w, "Was: Came in without a coat") {
		t.Error("the history shows what was not changed")
	}
	press(t, w, "Back to the entry")
	if !says(w, "Came in without a coat") {
		t.Error("the entry does not come back")
	}
}

func TestChangesOf(t *testing.T) {
	was := map[string]string{"account": "One.", "place": "Gate", "line": ""}
	is := map[string]string{"account": "Two.", "place": "Gate", "outcome": "Seen by the nurse."}
	got := changesOf(was, is)
	want := []change{{"What came of it", "", "Seen by the nurse."}, {"What happened", "One.", "Two."}}
	if !slices.Equal(got, want) {
		t.Errorf("changesOf = %v, want %v", got, want)
	}
}

func TestOpenRefOpensTheRightPage(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	r := mustSave(t, w.store.Referrals, records.Referral{Pupil: p.ID, Procedures: "default"})
	y := mustSave(t, w.store.Replies, records.Reply{Pupil: p.ID, Referral: r.ID, At: records.StampOf(w.now()), From: "Front door"})
	ch := mustSave(t, w.store.Challenges, records.Challenge{
		Pupil: p.ID, Referral: r.ID, Grounds: records.Grounds()[0], Decision: "No further action", Ladder: []records.Step{{Ours: "DSL", Theirs: "Manager"}}, Safety: "At his aunt's",
	})
	g := mustSave(t, w.store.Rungs, records.Rung{Pupil: p.ID, Challenge: ch.ID, Number: 1, RaisedAt: records.StampOf(w.now()), By: "Ms Quill", To: "Manager", Risk: "Hunger", Sought: "Assessment"})
	a := mustSave(t, w.store.Actions, records.Action{Pupil: p.ID, What: "Ring the nurse", Who: "Mr Pike", Due: "2026-11-20"})
	for _, ref := range []records.Ref{
		{Kind: records.KindReferral, ID: r.ID}, {Kind: records.KindReply, ID: y.ID}, {Kind: records.KindChallenge, ID: ch.ID}, {Kind: records.KindRung, ID: g.ID},
	} {
		if id, err := referralOf(context.Background(), w.store, ref); err != nil || id != r.ID {
			t.Errorf("referralOf(%s) = %v, %v; want the referral", ref.Kind, id, err)
		}
		w.openRef(p.ID, ref)
		w.tasks.Wait()
		if _, ok := w.page.(*referralPage); !ok {
			t.Errorf("a %s opens %T, want the referral page", ref.Kind, w.page)
		}
	}
	w.openRef(p.ID, records.Ref{Kind: records.KindAction, ID: a.ID})
	w.tasks.Wait()
	if page, ok := w.page.(*pupilPage); !ok || page.section != sectionToDo {
		t.Errorf("an action that is open opens %T, want what is to do", w.page)
	}
}

func TestExportFromThePage(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	addConcern(t, w, p.ID, "2026-11-19", "Ms Quill rang his mother, who brings a coat on Monday.")
	visit(w, newPupilPage(w, p.ID))
	press(t, w, "Export chronology …")
	fill(t, w, "From (empty: the beginning)", "1 Dec 2026")
	fill(t, w, "Until (empty: today)", "1 Nov 2026")
	press(t, w, "Choose where to keep it …")
	if got := problem(t, w, "Until (empty: today)"); got != "The last day is before the first. Check both dates." {
		t.Errorf("a period that ends before it begins: it says %q", got)
	}
	fill(t, w, "Until (empty: today)", "")
	press(t, w, "Choose where to keep it …")
	if !says(w, "There is no entry to export in this period.") {
		t.Error("nothing to export is not said")
	}
	fill(t, w, "From (empty: the beginning)", "")
	seen[*widget.Select](w)[0].SetSelected(forUs)
	press(t, w, "Choose where to keep it …")
	where := entryNamed(t, w, "Where to save it")
	if got := filepath.Base(where.Text); got != "chronology 2026-11-22.xlsx" {
		t.Errorf("the name offered is %q: it must name no child", got)
	}
	path := filepath.Join(t.TempDir(), "chronology 2026-11-22.xlsx")
	where.SetText(path)
	press(t, w, "Save")
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() < 4000 {
		t.Errorf("the workbook is %+v, %v; want one that only its owner reads", info, err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v; want the workbook alone", left, err)
	}
}

// BenchmarkOpenPupil opens a pupil with 1,000 events and draws the page.
func BenchmarkOpenPupil(b *testing.B) {
	app := test.NewTempApp(b)
	path := filepath.Join(b.TempDir(), "school.throughline")
	ctx := context.Background()
	s, _, err := records.Create(ctx, path, records.Setup{
		School: records.School{Name: "Thistle Primary"}, Member: records.Member{Name: "Ms Quill", Role: records.DSL},
		Passphrase: []byte("lantern gravel otter"), Cost: vault.Cost{MemoryKiB: 1024, Passes: 1},
		Now: func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	p := records.Pupil{Forename: "Ned", Surname: "Alder", Born: "2010-03-01"}
	err = s.Update(ctx, func(tx *records.Tx) error {
		if err := tx.Save(&p, ""); err != nil {
			return err
		}
		for i := range 1000 {
			c := records.Concern{
				Pupil: p.ID, When: records.On(records.Date("2018-09-03").AddDays(3 * i)), Source: records.Seen, Severity: records.Severity(i % 6),
				Categories: []records.Category{records.Categories()[i%12]}, ChildsWords: "There was no bus.",
				Account: "Came in without a coat at 08:40 and his hands were blue. Ms Quill rang his mother.", Decision: "Mr Pike looks at the gate until 4 December.",
			}
			if err := tx.Save(&c, ""); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	w := New(app, Options{Vault: path})
	w.win.Resize(fyne.NewSize(1280, 690))
	w.unlocked(s)
	w.tasks.Wait()
	for b.Loop() {
		visit(w, newPupilPage(w, p.ID))
	}
	w.end()
}
