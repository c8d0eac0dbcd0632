package pack

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"throughline/chronology"
	"throughline/records"
)

// challenged returns the story with its referral challenged at the second rung.
func challenged(t *testing.T) (*records.File, *records.Referral, records.Challenge) {
	t.Helper()
	f, ref := sent(t)
	ref.Reference = "INV-2"
	c := records.Challenge{Meta: meta("h1", "2026-03-06"), Pupil: "p1", Referral: ref.ID, Grounds: records.Grounds()[0], Procedures: "lincolnshire", Edition: "7",
		Decision: "On 5 Mar 2026 Sam Reed: no further action. Zoë is to stay with Karl Brandt.", Safety: "Zoë sees Ms Ortiz each morning.", Ladder: make([]records.Step, 4)}
	relies := []records.Ref{{Kind: records.KindConcern, ID: "c14", Version: 1}, {Kind: records.KindConcern, ID: "c13", Version: 1}, {Kind: records.KindConcern, ID: "gone"}, {Kind: records.KindSupport, ID: "s1"}}
	f.Rungs = []records.Rung{
		{Meta: meta("g1", "2026-03-06"), Challenge: "h1", Number: 1, RaisedAt: stamp("2026-03-06", "10:00"), To: "Sam Reed, social worker", Reply: "The threshold\nis not met", RepliedAt: stamp("2026-03-09", "09:00"), Result: records.RungClimb},
		{Meta: meta("g2", "2026-03-09"), Challenge: "h1", Number: 2, RaisedAt: stamp("2026-03-09", "11:00"), To: "Jo Bell, team manager", ReliesOn: relies,
			Risk: "Zoë is hurt again, and stops telling.", Sought: "A strategy discussion today.", Due: stamp("2026-03-16", "11:00"), Told: "The headteacher"},
	}
	return f, ref, c
}

func letterText(l Letter) string {
	s := l.Title + "\n" + l.About + "\n" + l.To + "\n"
	for _, p := range l.Parts {
		s += p.Title + "\n" + p.Text + "\n"
	}
	return s
}

func TestRungLetter(t *testing.T) {
	f, ref, c := challenged(t)
	l := RungLetter(f, ref, &c, f.Rungs, &f.Rungs[1], options())
	got := letterText(l)
	for _, want := range []string{
		"Professional challenge, stage 2 of 4", "Zoë (Zo) Nguyễn, born 11 May 2016, our referral of 4 Mar 2026, your reference INV-2", "Jo Bell, team manager",
		"no further action", "Our grounds: Referral not accepted, or the threshold",
		"Raised with Sam Reed, social worker on 6 Mar 2026. Reply of 9 Mar 2026: The threshold is not met.",
		"4 Mar 2026, 08:50: At the end of the lesson she stayed behind and cried.", "In the child's words: “Karl grabbed me because Minh spilled.",
		"25 Feb 2026, 08:50: A bruise the size of a 2p coin", "Zoë is hurt again", "A strategy discussion today.", "Please reply in writing by Mon 16 Mar 2026",
		"edition 7", "Zoë sees Ms Ortiz each morning.", "The headteacher",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the letter lacks %q:\n%s", want, got)
		}
	}
	if n := strings.Count(l.Part("relies").Text, "\n") + 1; n != 3 { // support that was begun and ended stands on the line twice
		t.Errorf("it relies on %d entries, want 3 of a line each", n)
	}
	first := RungLetter(f, ref, &c, f.Rungs, &f.Rungs[0], options())
	if text := first.Part("before").Text; text != "" {
		t.Errorf("before the first rung there was %q", text)
	}
	if text := first.Part("reply").Text; !strings.HasPrefix(text, "Please reply in writing. ") {
		t.Errorf("without a limit it asks: %q", text)
	}
}

func TestComplaintLetter(t *testing.T) {
	f, ref, _ := challenged(t)
	c := records.Challenge{Sort: records.OfConduct, Decision: "He laughed when she spoke.", To: "Complaints team", Sought: "An apology to Zoë."}
	got := letterText(ComplaintLetter(f, ref, &c, options()))
	for _, want := range []string{"Complaint about conduct", "Complaints team", "He laughed when she spoke.", "An apology to Zoë.", "Please reply in writing"} {
		if !strings.Contains(got, want) {
			t.Errorf("the letter lacks %q:\n%s", want, got)
		}
	}
}

// A name that is also a word is hidden where it is a name, and the word stays.
func TestALetterWithANameThatIsAWord(t *testing.T) {
	f, ref, c := challenged(t)
	q := f.People["q2"]
	q.Name = "Will May"
	f.People["q2"] = q
	g := f.Rungs[1]
	g.Risk, g.Sought = "On Monday Will hit her. Will hit Minh too.", "Will you reply by 16 May? May we meet?"
	got := letterText(RungLetter(f, ref, &c, f.Rungs, &g, options()).Hide(chronology.NewAliases(f).Hide))
	for _, want := range []string{"On Monday [mother's partner] hit her.", "Will you reply by 16 May? May we meet?"} {
		if !strings.Contains(strings.ToLower(got), strings.ToLower(want)) {
			t.Errorf("the letter lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "Will hit") {
		t.Errorf("the name stands in it:\n%s", got)
	}
}

func TestWriteLetter(t *testing.T) {
	f, ref, c := challenged(t)
	l := RungLetter(f, ref, &c, f.Rungs, &f.Rungs[1], options())
	l.Part("safety").Text = " \n"
	var a, b, sealed bytes.Buffer
	o := options()
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := WriteLetter(w, l, o); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same letter gave other bytes")
	}
	got := read(t, a.Bytes(), "")
	for _, want := range []string{"Professional challenge, stage 2 of 4", "Invented Primary School", "Jo Bell, team manager", "Karl grabbed me because Minh spilled", "Ada O’Neill, Designated safeguarding lead", "3f9c…a1"} {
		if !strings.Contains(got, want) {
			t.Errorf("the PDF lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "What keeps the child safe") {
		t.Error("an empty part is printed")
	}
	for _, tag := range []string{"/StructTreeRoot", "/H1", "/LBody"} {
		if !bytes.Contains(a.Bytes(), []byte(tag)) {
			t.Errorf("the PDF is not tagged with %s", tag)
		}
	}
	o.Password = "plum otter lantern"
	if err := WriteLetter(&sealed, l.Hide(chronology.NewAliases(f).Hide), o); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed.Bytes(), []byte("Jo Bell")) || !bytes.Contains(sealed.Bytes(), []byte("/Encrypt")) {
		t.Error("the letter with a password is not encrypted")
	}
	got = read(t, sealed.Bytes(), o.Password)
	for _, name := range []string{"Zoë", "Nguyễn", "Karl", "Minh"} {
		if strings.Contains(got, name) {
			t.Errorf("with initials the letter still names %s", name)
		}
	}
	if !strings.Contains(got, "ZN") || !strings.Contains(got, "Jo Bell, team manager") || !strings.Contains(got, "Ada O’Neill") {
		t.Errorf("with initials it lacks whom it is about, to or from:\n%s", got)
	}
}

// A challenge to silence does not call it a decision.
func TestLetterAboutNoFeedback(t *testing.T) {
	f, ref, c := challenged(t)
	if !slices.Contains(records.Grounds(), noFeedback) {
		t.Fatalf("%q is no ground", noFeedback)
	}
	c.Grounds, c.Decision = noFeedback, "No decision has been given."
	got := letterText(RungLetter(f, ref, &c, f.Rungs, &f.Rungs[1], options()))
	if strings.Contains(got, "the decision below") || strings.Contains(got, "The decision we challenge") {
		t.Errorf("it disagrees with a decision that is not there:\n%s", got)
	}
	for _, want := range []string{"We have not been told what was decided about this child", "What we have not been told\nNo decision has been given."} {
		if !strings.Contains(got, want) {
			t.Errorf("the letter lacks %q:\n%s", want, got)
		}
	}
}

// An entry that is cut short ends in its ellipsis.
func TestShortenedEntryEndsInItsEllipsis(t *testing.T) {
	f, ref, c := challenged(t)
	for i := range f.Concerns {
		f.Concerns[i].Account = strings.Repeat("He was cold again ", 40)
	}
	l := RungLetter(f, ref, &c, f.Rungs, &f.Rungs[1], options())
	got := l.Part("relies").Text
	if !strings.Contains(got, "… In the child's words") || strings.Contains(got, "….") {
		t.Errorf("it relies on: %s", got)
	}
}
