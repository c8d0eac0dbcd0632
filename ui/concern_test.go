package ui

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"throughline/chronology"
	"throughline/chronology/wording"
	"throughline/records"
)

// byHand holds back what the window would do after a while, such as reading the
// words or keeping the draft, and returns what lets the while pass.
func byHand(w *Window) (pass func()) {
	type plan struct{ do func() }
	var waiting []*plan
	w.later = func(_ time.Duration, do func()) func() {
		p := &plan{do}
		waiting = append(waiting, p)
		return func() { waiting = slices.DeleteFunc(waiting, func(o *plan) bool { return o == p }) }
	}
	return func() {
		for len(waiting) > 0 {
			p := waiting[0]
			waiting = waiting[1:]
			p.do()
			w.tasks.Wait()
		}
	}
}

// pickOption chooses from the list in the field of a name.
func pickOption(t *testing.T, w *Window, label, option string) {
	t.Helper()
	found := false
	walk(fieldNamed(t, w, label), func(o fyne.CanvasObject) {
		if s, ok := o.(*selectBox); ok {
			if !slices.Contains(s.Options, option) {
				t.Fatalf("the list %q offers %q", label, s.Options)
			}
			s.SetSelected(option)
			found = true
		}
	})
	if !found {
		t.Fatalf("the field %q has no list", label)
	}
}

// newConcern opens the page that logs a concern, as the sidebar does.
func newConcern(w *Window) *concernPage {
	p := newConcernPage(w, "")
	visit(w, p)
	return p
}

// choosePupil types part of a name and takes the first match with Enter.
func choosePupil(p *pupilPicker, name string) {
	p.entry.SetText("")
	test.Type(p.entry, name)
	p.entry.OnSubmitted(p.entry.Text)
}

const coat = "Came in without a coat at 08:40; his hands were blue."

// fillConcern fills in what a concern needs.
func fillConcern(t *testing.T, w *Window, p *concernPage) {
	t.Helper()
	choosePupil(p.pupil, "ned")
	fill(t, w, "When did it happen? Date and time", "19/11/2026")
	p.when.clock.SetText("08:40")
	pickOption(t, w, "How is it known?", records.Seen.String())
	pickOption(t, w, "What is it about?", records.Neglect.String())
	fill(t, w, "What happened?", coat)
}

func concernsIn(t *testing.T, w *Window) []records.Concern {
	t.Helper()
	all, err := w.store.Concerns.All(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEmptyConcernSaysWhatIsMissing(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p := newConcern(w)
	press(t, w, "Add a pupil")
	press(t, w, "Save the concern")
	for label, want := range map[string]string{
		"Other pupils in it, each with their part": "Choose each other pupil",
		"Which pupil?":                      "Choose the pupil.",
		"When did it happen? Date and time": "Say when it happened.",
		"What happened?":                    "Write what was seen or heard",
		"How is it known?":                  "Say how this is known.",
		"What is it about?":                 "Choose what the concern is about.",
		"Where?":                            "",
		"Decision":                          "",
	} {
		if got := problem(t, w, label); !strings.HasPrefix(got, want) || (got == "") != (want == "") {
			t.Errorf("beside %q it says %q, want %q", label, got, want)
		}
	}
	if got := w.win.Canvas().Focused(); got != p.pupil.entry {
		t.Errorf("the keyboard is on %T, want the first field that is wrong", got)
	}
	if n := len(concernsIn(t, w)); n != 0 {
		t.Errorf("%d concerns are kept", n)
	}
}

func TestUnreadableAndMissingAreSaidTogether(t *testing.T) {
	const when, known = "When did it happen? Date and time", "How is it known?"
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p := newConcern(w)
	fillConcern(t, w, p)
	fill(t, w, when, "last Tuesday")
	p.source.ClearSelected()
	p.account.SetText("")
	press(t, w, "Save the concern")
	wants(t, w, when, records.ErrDateForm.Error())
	wants(t, w, known, "Say how this is known.")
	wants(t, w, "What happened?", "Write what was seen or heard")
	wantSays(t, w, "Not saved yet: 3 fields need another look.", true)
	pickOption(t, w, known, records.Seen.String())
	fill(t, w, "The child's own words", "My hands hurt.") // answers "What happened?"
	fill(t, w, when, "yesterday")
	for _, label := range []string{when, known, "What happened?"} {
		if got := problem(t, w, label); got != "" {
			t.Errorf("beside %q, which was mended, it still says %q", label, got)
		}
	}
	wantSays(t, w, "Not saved yet", false)
	p.when.clock.SetText("09:15")
	press(t, w, "Save the concern")
	if all := concernsIn(t, w); len(all) != 1 || all[0].When != records.AtClock("2026-11-21", "09:15") {
		t.Errorf("kept %+v, want one of yesterday, 09:15", all)
	}
}

// A correction that cannot be read also says at once that it has no reason, and
// has a way out that loses nothing.
func TestACorrectionCanBeLeft(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	ned := addPupil(t, w, "Ned", "Alder")
	c := mustSave(t, w.store.Concerns, records.Concern{
		Pupil: ned.ID, When: records.On("2026-11-19"), Source: records.Seen, Account: "He is attention seeking.", Categories: []records.Category{records.Neglect},
	})
	page := newPupilPage(w, ned.ID)
	page.want = records.Ref{Kind: records.KindConcern, ID: c.ID}
	visit(w, page)
	press(t, w, "Correct this")
	p := w.page.(*concernPage)
	if got := w.win.Canvas().Focused(); got != p.account {
		t.Errorf("the keyboard is on %T, want what happened, where the words stand", got)
	}
	if !w.pages.items[placePupils].open || w.pages.items[placeConcern].open {
		t.Error("the sidebar does not mark Pupils")
	}
	fill(t, w, "What happened?", "He called out.")
	fill(t, w, "When did it happen? Date and time", "31/2/2026")
	press(t, w, keepCorrection)
	wants(t, w, "When did it happen? Date and time", records.ErrNoSuchDay.Error())
	wants(t, w, whyChanged, "Say why this is changed.")
	p.account.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.tasks.Wait()
	if at, ok := w.page.(*pupilPage); !ok || at.data.line[at.entries.selected].Ref.ID != c.ID {
		t.Fatalf("Escape leads to %T, want the pupil's page at the entry", w.page)
	}
	press(t, w, "Correct this entry")
	p = w.page.(*concernPage)
	if p.account.Text != "He called out." {
		t.Errorf("what was typed is gone: %q", p.account.Text)
	}
	press(t, w, backLabel)
	if _, ok := w.page.(*pupilPage); !ok {
		t.Errorf("Back leads to %T", w.page)
	}
}

func TestACategoryIsChosenOnce(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	p := newConcern(w)
	pickOption(t, w, "And also", records.Neglect.String())
	pickOption(t, w, "What is it about?", records.Neglect.String())
	if p.second.Selected != "" || slices.Contains(p.second.Options, records.Neglect.String()) {
		t.Errorf("“And also” stands on %q and offers %q", p.second.Selected, p.second.Options)
	}
	pickOption(t, w, "What is it about?", records.Emotional.String())
	pickOption(t, w, "And also", records.Neglect.String())
	if got := p.categories(); !slices.Equal(got, []records.Category{records.Emotional, records.Neglect}) {
		t.Errorf("chosen are %q", got)
	}
}

func TestBadInputOnAConcern(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder") // born 1 Mar 2016
	const when = "When did it happen? Date and time"
	for _, c := range []struct {
		name, label, want string
		spoil             func(p *concernPage)
	}{
		{"in the future", when, "This is in the future.", func(*concernPage) { fill(t, w, when, "23/11/2026") }},
		{"later today", when, "This is in the future.", func(p *concernPage) { fill(t, w, when, "22/11/2026"); p.when.clock.SetText("10:30") }},
		{"31 February", when, records.ErrNoSuchDay.Error(), func(*concernPage) { fill(t, w, when, "31/2/2026") }},
		{"no date", when, records.ErrDateForm.Error(), func(*concernPage) { fill(t, w, when, "last Tuesday") }},
		{"no time", when, records.ErrClock.Error(), func(p *concernPage) { p.when.clock.SetText("after lunch") }},
		{"a time without a date", when, errNoDate.Error(), func(*concernPage) { fill(t, w, when, "") }},
		{"a time of an uncertain day", when, errClock.Error(), func(*concernPage) {
			pickOption(t, w, "How exactly is that known?", "About that day")
		}},
		{"before the birth", when, "This is before the child was born.", func(*concernPage) { fill(t, w, when, "29/2/2016") }},
		{"100,000 characters", "What happened?", "This is too long: 20,000 characters at most.", func(p *concernPage) {
			p.account.SetText(strings.Repeat("word ", 20000))
		}},
		{"a long name", "Where?", "This is too long: 200 characters at most.", func(p *concernPage) {
			p.place_.SetText(strings.Repeat("x", 201))
		}},
		{"blanks", "What happened?", "Write what was seen or heard", func(*concernPage) { fill(t, w, "What happened?", "  \n ") }},
		{"parents not told", "What they said, or why not", "Say why the parents were not told.", func(*concernPage) {
			pickOption(t, w, "Parents told?", "No")
		}},
		{"no pupil chosen", "Which pupil?", "Choose the pupil.", func(p *concernPage) {
			p.pupil.entry.SetText("")
			test.Type(p.pupil.entry, "Nobody")
		}},
		{"another pupil without a part", "Other pupils in it, each with their part", "Choose each other pupil and the part they had.", func(p *concernPage) {
			press(t, w, "Add a pupil")
			test.Type(p.also.rows[0].pupil.entry, "Somebody")
		}},
		{"the same pupil again", "Other pupils in it, each with their part", "This pupil is already the one the concern is about.", func(p *concernPage) {
			press(t, w, "Add a pupil")
			choosePupil(p.also.rows[0].pupil, "ned")
			p.also.rows[0].part.SetSelected(records.Witness.String())
		}},
		{"a long line of a significant event", "In one line", "This is too long", func(p *concernPage) {
			p.significant.SetChecked(true)
			p.line.SetText(strings.Repeat("x", 20001))
			p.significant.SetChecked(false)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newConcern(w)
			fillConcern(t, w, p)
			c.spoil(p)
			typed := p.text()
			press(t, w, "Save the concern")
			if got := problem(t, w, c.label); !strings.HasPrefix(got, c.want) {
				t.Errorf("beside %q it says %q, want %q", c.label, got, c.want)
			}
			if w.page != page(p) {
				t.Fatalf("the window is on %T, want the form", w.page)
			}
			for name, text := range p.text() {
				if text != typed[name] {
					t.Errorf("%s now holds %.40q, want what was typed: %.40q", name, text, typed[name])
				}
			}
			if n := len(concernsIn(t, w)); n != 0 {
				t.Fatalf("%d concerns are kept", n)
			}
			p.discard()
			w.tasks.Wait()
		})
	}
}

func TestControlCharactersAreTakenOut(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p := newConcern(w)
	fillConcern(t, w, p)
	p.account.SetText("Came in\x00 without\x1b[31m a coat.\r\nHis hands were blue.")
	p.reading.plan.what.SetText("A coat\x07 on him")
	press(t, w, "Save the concern")
	if got := problem(t, w, "What happened?"); got != spoiled {
		t.Errorf("beside the account it says %q", got)
	}
	if got := p.reading.plan.fields["what"].problem.Text; got != spoiled {
		t.Errorf("beside the plan it says %q", got)
	}
	if got, want := p.account.Text, "Came in without[31m a coat.\nHis hands were blue."; got != want {
		t.Errorf("the field holds %q, want %q", got, want)
	}
	if n := len(concernsIn(t, w)); n != 0 {
		t.Fatalf("%d concerns are kept before it was read again", n)
	}
	p.account.SetText("From Windows.\r\nTwo lines.")
	p.reading.plan.what.SetText("")
	press(t, w, "Save the concern")
	if all := concernsIn(t, w); len(all) != 1 || all[0].Account != "From Windows.\nTwo lines." {
		t.Errorf("kept %+v, want the two lines", all)
	}
}

func TestConcernIsSavedAsTyped(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	ned, ida := addPupil(t, w, "Ned", "Alder"), addPupil(t, w, "Ida", "Łukowska")
	p := newConcern(w)
	fillConcern(t, w, p)
	for label, text := range map[string]string{
		"Where?": "Front gate", "Which agency?": "Health", "Who saw or heard it? Name and role": "Mr Pike, caretaker",
		"The child's own words": "“There weren’t no coat, it were Łucja’s.”", "What was the child asked just before?": "Tell me about this morning.",
		"Presentation": "Shivering.", "Who else was there?": "Mrs Wray, reception", "Your opinion": "He is cold.", "What it rests on": "His hands.",
		"What they said, or why not": "She was at work.", "What was done at once?": "Mrs Wray gave him a coat at 08:45.",
		"Decision": "Ms Quill meets his mother on 23 November.", "Reason for the decision": "The third morning.",
		"Decided by": "Ms Quill", "Outcome": "He wore it home.",
	} {
		fill(t, w, label, text)
	}
	pickOption(t, w, "And also", records.Emotional.String())
	pickOption(t, w, "How serious does it look?", "3  Serious")
	pickOption(t, w, "Parents told?", "No")
	pickOption(t, w, "Which level of help was considered?", records.Targeted.String())
	test.Tap(p.significant)
	fill(t, w, "In one line", "No coat in frost, third time.")
	press(t, w, "Add a pupil")
	choosePupil(p.also.rows[0].pupil, "lukowska")
	p.also.rows[0].part.SetSelected(records.Witness.String())
	press(t, w, "Save the concern")

	all := concernsIn(t, w)
	if len(all) != 1 {
		t.Fatalf("%d concerns are kept", len(all))
	}
	got := all[0]
	want := records.Concern{
		Meta: got.Meta, Pupil: ned.ID, When: records.AtClock("2026-11-19", "08:40"), Place: "Front gate", SeenBy: "Mr Pike, caretaker", Agency: "Health",
		Source: records.Seen, Categories: []records.Category{records.Neglect, records.Emotional}, Severity: 3, Account: coat,
		ChildsWords: "“There weren’t no coat, it were Łucja’s.”", Question: "Tell me about this morning.", Presentation: "Shivering.",
		Present: "Mrs Wray, reception", Also: []records.Involved{{Pupil: ida.ID, Part: records.Witness}}, Opinion: "He is cold.", OpinionBasis: "His hands.",
		ParentsTold: records.No, ParentsWhy: "She was at work.", Level: records.Targeted, Action: "Mrs Wray gave him a coat at 08:45.",
		Decision: "Ms Quill meets his mother on 23 November.", Reason: "The third morning.", DecidedBy: "Ms Quill", Outcome: "He wore it home.",
		Significant: true, Line: "No coat in frost, third time.",
	}
	if g, w := records.Concern(got), want; !sameConcern(g, w) {
		t.Errorf("kept %+v\nwant %+v", g, w)
	}
	pupil, ok := w.page.(*pupilPage)
	if !ok || pupil.id != ned.ID || pupil.data.line[pupil.entries.selected].Ref.ID != got.ID {
		t.Errorf("after saving the window is on %T, want the pupil's page at the entry", w.page)
	}
	if body, _, _ := w.store.Draft(context.Background(), "concern"); body != "" {
		t.Error("the draft is still there")
	}
}

func sameConcern(a, b records.Concern) bool {
	x, y := concernText(a), concernText(b)
	return len(x.since(y)) == 0 && a.Pupil == b.Pupil && a.When == b.When && slices.Equal(a.Categories, b.Categories) && slices.Equal(a.Also, b.Also)
}

func TestContinueToMonitorIsAnswered(t *testing.T) {
	w := newSchool(t)
	pass := byHand(w)
	ned := addPupil(t, w, "Ned", "Alder")
	p := newConcern(w)
	fillConcern(t, w, p)
	pass()
	if p.reading.plan.box.Visible() {
		t.Error("the plan is asked for before anything is vague")
	}
	fill(t, w, "Decision", "Continue to monitor.")
	pass()
	if !says(w, "Decision: “Continue to monitor") {
		t.Error("the decision is not pointed out")
	}
	fill(t, w, "What exactly is watched?", "A coat on him at the gate")
	fill(t, w, planUntil, "31/11/2026")
	press(t, w, "Save the concern")
	if got := problem(t, w, planUntil); got != records.ErrNoSuchDay.Error() {
		t.Errorf("beside 31 November it says %q", got)
	}
	fill(t, w, planUntil, "15/1/2027")
	press(t, w, "Save the concern")
	for label, want := range map[string]string{"Who watches?": "Say who is watching.", planNext: "Say who will do what on that day.", "What exactly is watched?": ""} {
		if got := problem(t, w, label); got != want {
			t.Errorf("beside %q it says %q, want %q", label, got, want)
		}
	}
	if n := len(concernsIn(t, w)); n != 0 {
		t.Fatalf("%d concerns are kept with half a plan", n)
	}
	fill(t, w, "Who watches?", "Mr Pike, gate duty")
	fill(t, w, planNext, "Ms Quill meets his mother")
	press(t, w, "Save the concern")

	f, err := w.store.OpenFile(context.Background(), ned.ID)
	if err != nil || len(f.Concerns) != 1 || len(f.Monitorings) != 1 {
		t.Fatalf("kept %d concerns, %d plans, %v", len(f.Concerns), len(f.Monitorings), err)
	}
	m := f.Monitorings[0]
	if m.Concern != f.Concerns[0].ID || m.What != "A coat on him at the gate" || m.From != "2026-11-22" || m.Until != "2027-01-15" || m.Who != "Mr Pike, gate duty" {
		t.Errorf("the plan is %+v", m)
	}
	if len(f.Actions) != 2 || f.Actions[1].What != "Ms Quill meets his mother" || f.Actions[1].Due != "2027-01-15" || f.Actions[1].Concern != m.Concern {
		t.Errorf("the actions are %+v, want the look halfway and the next step on 15 Jan 2027", f.Actions)
	}
	for _, e := range chronology.Of(f) {
		if slices.ContainsFunc(e.Findings, func(f chronology.Finding) bool { return f.Kind == wording.VagueMonitoring }) {
			t.Errorf("the entry %q is still flagged: %+v", e.Title, e.Findings)
		}
	}
}

func TestConcernIsKeptAsItIsTyped(t *testing.T) {
	w := newSchool(t)
	pass := byHand(w)
	addPupil(t, w, "Ned", "Alder")
	ctx := context.Background()
	p := newConcern(w)
	if body := p.draft.body(); body != "" {
		t.Errorf("a form that nobody touched keeps %s", body)
	}
	choosePupil(p.pupil, "ned")
	fill(t, w, "What happened?", "He ca")
	pass() // a second
	if body, _, _ := w.store.Draft(ctx, "concern"); !strings.Contains(body, "He ca") {
		t.Errorf("after a second the draft is %q", body)
	}
	fill(t, w, "What happened?", "He came in")
	press(t, w, "Add a pupil")
	test.Type(p.also.rows[0].pupil.entry, "Somebody")
	visit(w, newConcernPage(w, "")) // at once, as Ctrl+N does
	p = w.page.(*concernPage)
	if p.account.Text != "He came in" || p.pupil.entry.Text != "Ned Alder, 5B, born 1 Mar 2016" || p.pupil.chosen == "" {
		t.Errorf("opened anew, it holds %q about %q", p.account.Text, p.pupil.entry.Text)
	}
	if len(p.also.rows) != 1 || p.also.rows[0].pupil.entry.Text != "Somebody" {
		t.Errorf("the other pupil's name is gone: %d rows", len(p.also.rows))
	}
	if !says(w, "This is what you had typed by") {
		t.Error("it does not say that this is not saved yet")
	}
	if n := len(concernsIn(t, w)); n != 0 {
		t.Errorf("%d concerns are kept", n)
	}
	press(t, w, "Throw it away")
	p = w.page.(*concernPage)
	if p.account.Text != "" || p.pupil.chosen != "" || says(w, "This is what you had typed by") {
		t.Errorf("thrown away, it still holds %q", p.account.Text)
	}
	if body, _, _ := w.store.Draft(ctx, "concern"); body != "" {
		t.Errorf("thrown away, the draft is %q", body)
	}
}

func TestConcernIsCorrected(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	ned := addPupil(t, w, "Ned", "Alder")
	ctx := context.Background()
	c := mustSave(t, w.store.Concerns, records.Concern{
		Pupil: ned.ID, When: records.AtClock("2026-11-19", "08:40"), Source: records.Seen, Severity: 2, Account: coat, Place: "Gate", Outcome: "None yet",
		Categories: []records.Category{records.Neglect, records.Physical, records.Medical},
	})
	p := newConcernCorrection(w, c.Pupil, c.ID, "")
	visit(w, p)
	fill(t, w, "Where?", "Front gate")
	fill(t, w, "Outcome", "")
	press(t, w, keepCorrection)
	if got := problem(t, w, whyChanged); got != "Say why this is changed." {
		t.Errorf("without a reason it says %q", got)
	}
	// What was emptied stays empty in the draft.
	visit(w, newPupilsPage(w))
	p = newConcernCorrection(w, c.Pupil, c.ID, "")
	visit(w, p)
	if p.after.Text != "" || p.place_.Text != "Front gate" || p.account.Text != coat {
		t.Errorf("the draft brings back outcome %q, place %q, account %q", p.after.Text, p.place_.Text, p.account.Text)
	}
	fill(t, w, whyChanged, "Mr Pike says it was the front one.")
	press(t, w, keepCorrection)

	all, err := w.store.Concerns.History(ctx, c.ID)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d versions, %v; want 2", len(all), err)
	}
	if all[0].Place != "Gate" || all[0].Outcome != "None yet" {
		t.Errorf("the first version is now %+v", all[0])
	}
	second := all[1]
	if second.Place != "Front gate" || second.Outcome != "" || second.Why != "Mr Pike says it was the front one." {
		t.Errorf("the second version is %+v", second)
	}
	second.Place, second.Outcome = c.Place, c.Outcome
	if !sameConcern(second, c) {
		t.Errorf("the correction changed more than was typed: %+v", second)
	}
	if body, _, _ := w.store.Draft(ctx, "correct "+string(c.ID)); body != "" {
		t.Error("the draft is still there")
	}
}

func TestTabFollowsTheReadingOrder(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p := newConcern(w)
	names := map[any]string{p.pupil.entry: "pupil", p.when.date: "date", p.when.clock: "clock", p.when.now: "now", p.marks.add: "marks", p.also.add: "also", p.significant: "significant", p.attach: "attach", p.button: "save"}
	for name, e := range p.texts {
		names[e] = name
	}
	for name, s := range p.selects {
		names[s] = name
	}
	want := []string{
		"pupil", "date", "clock", "now", "precision", "place", "agency", "seen_by", "source", "category", "second", "severity",
		"account", "childs_words", "question", "presentation", "marks", "present", "also", "opinion", "opinion_basis",
		"parents_told", "parents_why", "action", "level", "decision", "reason", "decided_by", "outcome", "significant", "attach", "save",
	}
	c := w.win.Canvas()
	c.Focus(p.pupil.entry)
	var got []string
	for range want {
		got = append(got, names[c.Focused()])
		c.FocusNext()
	}
	if !slices.Equal(got, want) {
		t.Errorf("Tab visits\n%q, want\n%q", got, want)
	}
	if p.account.AcceptsTab() {
		t.Error("Tab cannot leave the account")
	}
}

func TestTheSpaceThatPressedAButtonIsNotTyped(t *testing.T) {
	w := newSchool(t)
	e := w.newEntry("")
	w.win.SetContent(e)
	w.win.Canvas().Focus(e)
	for _, r := range " a b" {
		e.TypedRune(r)
	}
	w.win.Canvas().Unfocus()
	w.win.Canvas().Focus(e)
	e.gained = e.gained.Add(-time.Second) // a while ago
	e.TypedRune(' ')
	if e.Text != "a b " {
		t.Errorf("the field holds %q", e.Text)
	}
}
