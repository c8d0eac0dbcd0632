package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/pack"
	"throughline/referral/procedures"
)

// follow gives the school its own copy of the procedures that it follows.
func follow(t *testing.T, w *Window, change func(*procedures.Procedures)) {
	t.Helper()
	folder := procedures.Beside(w.store.Path())
	p, err := folder.Edit(procedures.Default, false)
	if err != nil {
		t.Fatal(err)
	}
	change(p)
	if err := folder.Save(p, records.DateOf(w.now()), false); err != nil {
		t.Fatal(err)
	}
}

func setLevel(p *procedures.Procedures, l records.Level, name, wording string) {
	for i := range p.Levels {
		if p.Levels[i].Level == l {
			p.Levels[i].Name, p.Levels[i].Wording = name, wording
		}
	}
}

// When a child is at risk now the telephone comes first, and a call is written
// up even where it was said that there is no need.
func TestWhereThePageTurnsAfterTheDecisions(t *testing.T) {
	w, p := newReferral(t)
	pickOption(t, w, "Level", records.Section47.String())
	pickOption(t, w, "Response", records.Immediate.String())
	fill(t, w, "Why", "He says he will be hit tonight.")
	press(t, w, "Keep the decisions")
	if p.at != stepSend || !says(w, "By telephone") {
		t.Fatalf("a child is at risk now, and the page turns to %q", p.at)
	}
	fill(t, w, "Whom you spoke to: name and role", "Ruth Amadi, screening officer")
	press(t, w, "Keep the call")
	press(t, w, string(stepDecide))
	if says(w, "You telephoned about immediate risk.") {
		t.Error("nobody decided not to refer, and it is said what that does not end")
	}
	press(t, w, "Keep the decisions")
	if p.at != stepDecide || kept(t, p).Response != records.Immediate {
		t.Errorf("two decisions are not made, and the page turns to %q", p.at)
	}
	wants(t, w, "Why this level", "Say why this level")
	wants(t, w, "Told?", "Say whether the parents are told.")
	wants(t, w, "Level", "")
	fill(t, w, "Why this level", ourView)
	wants(t, w, "Why this level", "")
	pickOption(t, w, "Told?", records.No.String())
	fill(t, w, "If not told: why not", "He fears his father's temper.")
	if says(w, "Say who decided.") {
		t.Error("it asks for a name that stands in the form")
	}
	press(t, w, "Keep the decisions")
	if p.at != stepPack {
		t.Errorf("somebody has telephoned, and the page turns to %q", p.at)
	}
	press(t, w, string(stepDecide))
	fill(t, w, "If you decide not to refer: why", "They said there is no need.")
	press(t, w, "Keep the decisions")
	if p.at != stepSend || !says(w, "In writing") {
		t.Errorf("the call is not confirmed in writing, and the page turns to %q", p.at)
	}
	press(t, w, string(stepDecide))
	if !says(w, "Confirm it in writing all the same") {
		t.Error("it is not said that the call is still to be confirmed")
	}
	press(t, w, "Go to the writing")
	if p.at != stepSend {
		t.Errorf("the button goes to %q", p.at)
	}
}

func TestADecisionNotToReferStays(t *testing.T) {
	w, p := newReferral(t)
	pickOption(t, w, "Level", records.Targeted.String())
	fill(t, w, "If you decide not to refer: why", "The family accepts help.")
	press(t, w, "Keep the decisions")
	if p.at != stepDecide || kept(t, p).NotReferred == "" {
		t.Errorf("the page turns to %q", p.at)
	}
}

// Each decision shows who made it and when; changing one moves no other's.
func TestEachDecisionHasItsNameAndTime(t *testing.T) {
	w, p := newReferral(t)
	decideAll(t, w)
	first := kept(t, p)
	if by := first.LevelBy; by.By != "Ms Quill, Designated safeguarding lead" || by.At != records.StampOf(w.now()) || first.ParentsBy != by || first.ResponseBy != by {
		t.Fatalf("decided by %v, %v, %v", by, first.ResponseBy, first.ParentsBy)
	}
	at := w.now().Add(26 * time.Hour)
	w.store.Me.Name = "Mr Pike"
	w.store.Now = func() time.Time { return at }
	p = newReferralPage(w, p.pupil, p.id)
	visit(w, p)
	press(t, w, string(stepDecide))
	if !says(w, "Decided by "+first.LevelBy.String()) {
		t.Error("it does not say who decided the level, and when")
	}
	fill(t, w, "What they said", "She is glad of it.")
	press(t, w, "Keep the decisions")
	r := kept(t, p)
	if r.LevelBy != first.LevelBy || r.ResponseBy != first.ResponseBy || r.ParentsBy != (records.Decider{By: "Mr Pike, Designated safeguarding lead", At: records.StampOf(at)}) {
		t.Errorf("decided by %v, %v, %v", r.LevelBy, r.ResponseBy, r.ParentsBy)
	}
}

// The local names of the levels and the words of the threshold document stand
// where the level is chosen, and the pack cites them.
func TestTheThresholdDocumentStandsBesideTheLevel(t *testing.T) {
	w, p := newReferral(t)
	if !says(w, "The words of the local threshold document are not known here.") {
		t.Error("it does not say that no words are known")
	}
	const words, more = "A child whose needs will not be met without services.", "Significant harm, or the likelihood of it."
	follow(t, w, func(l *procedures.Procedures) {
		setLevel(l, records.Section17, "Level 3", words)
		setLevel(l, records.Section47, "Level 4", more)
	})
	p = newReferralPage(w, p.pupil, p.id)
	visit(w, p)
	if !says(w, words) || !says(w, more) {
		t.Error("the words of the levels are not shown before one is chosen")
	}
	if !says(w, "The local procedures were edited since this referral was begun.") {
		t.Error("it does not say that the procedures were edited meanwhile")
	}
	cited := func() string { return entryNamed(t, w, "Threshold criteria met").Text }
	pickOption(t, w, "Level", "Level 3 ("+records.Section17.String()+")")
	if cited() != words {
		t.Errorf("the criteria are %q", cited())
	}
	pickOption(t, w, "Level", "Level 4 ("+records.Section47.String()+")")
	if cited() != more {
		t.Errorf("after another choice the criteria are %q", cited())
	}
	const own = "Significant harm: point 3."
	fill(t, w, "Threshold criteria met", own)
	pickOption(t, w, "Level", "Level 3 ("+records.Section17.String()+")")
	press(t, w, "Keep the decisions")
	r := kept(t, p)
	if r.Level != records.Section17 || r.Threshold != own {
		t.Errorf("kept %q and %q", r.Level, r.Threshold)
	}
	sec := pack.Redraft(p.data.file, &r)[0]
	if !slices.ContainsFunc(sec.Statements, func(s records.Statement) bool { return strings.HasSuffix(s.Text, own) }) {
		t.Errorf("the pack does not cite them: %v", sec.Statements)
	}
	press(t, w, string(stepDecide))
	if says(w, words) {
		t.Error("the words of every level are in the way once one is chosen")
	}
	press(t, w, "What the threshold document says of each level")
	if !says(w, words) {
		t.Error("they are not shown when they are asked for")
	}
}

// Brothers and sisters are ticked, and the pack names them.
func TestSiblingsOnTheSameReferral(t *testing.T) {
	w, p := newReferral(t)
	if says(w, "Brothers and sisters on the same referral") {
		t.Error("an only child is asked for brothers and sisters")
	}
	mother := mustSave(t, w.store.People, records.Person{Name: "Ann Alder"})
	tilly := addPupil(t, w, "Tilly", "Alder")
	for _, id := range []records.ID{p.pupil, tilly.ID} {
		mustSave(t, w.store.Ties, records.Tie{Pupil: id, Person: mother.ID, Relationship: "mother"})
	}
	for _, on := range []bool{true, false} {
		p = newReferralPage(w, p.pupil, p.id)
		p.at = stepDecide
		visit(w, p)
		box := seen[*widget.Check](w)
		if len(box) != 1 || !strings.HasPrefix(box[0].Text, "Tilly Alder") || box[0].Checked == on {
			t.Fatalf("to tick: %v", box)
		}
		test.Tap(box[0])
		press(t, w, "Keep the decisions")
		r := kept(t, p)
		if slices.Contains(r.Siblings, tilly.ID) != on {
			t.Errorf("on the referral: %v, want her there: %v", r.Siblings, on)
		}
		named := slices.ContainsFunc(pack.Redraft(p.data.file, &r), func(s records.Section) bool {
			return slices.ContainsFunc(s.Statements, func(st records.Statement) bool { return strings.HasPrefix(st.Text, "Also referred: Tilly Alder") })
		})
		if named != on {
			t.Errorf("named in the pack: %v, want %v", named, on)
		}
	}
}

// TestNumbersAreEnteredInOnePlace goes from a referral to where the front door's
// numbers are kept, and back to the step.
func TestNumbersAreEnteredInOnePlace(t *testing.T) {
	w, p := newReferral(t)
	press(t, w, string(stepSend))
	if !says(w, "Out of hours: not known") {
		t.Fatal("a number that is not known is not said to be")
	}
	press(t, w, "Enter the numbers")
	fill(t, w, "Telephone", "01632 960001")
	fill(t, w, "Out of hours: telephone", "01632 960002")
	fill(t, w, "Police, in danger", "999")
	press(t, w, "Save")
	press(t, w, backLabel)
	at, ok := w.page.(*referralPage)
	if !ok || at.id != p.id || at.at != stepSend {
		t.Fatalf("back leads to %T", w.page)
	}
	if !says(w, "01632 960001") || !says(w, "Out of hours: 01632 960002") || offers(w, "Enter the numbers") {
		t.Error("the numbers are not shown")
	}
	// Settings ask for them no more, unless an older record holds them there.
	visit(w, newSettingsPage(w))
	has := func() bool {
		return slices.ContainsFunc(seen[*field](w), func(f *field) bool { return f.name.Text == "Front door of social care: telephone" })
	}
	if has() {
		t.Error("there are two places for one number")
	}
	school, err := w.store.School(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	school.FrontDoor = "01632 960003"
	if err := w.store.Schools.Save(t.Context(), &school, "Found."); err != nil {
		t.Fatal(err)
	}
	visit(w, newSettingsPage(w))
	if !has() {
		t.Error("a number that is kept in the settings is not shown")
	}
}
