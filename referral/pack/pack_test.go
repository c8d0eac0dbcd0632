package pack

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

// texts returns the statements of a box that go out, one a line.
func texts(sections []records.Section, key string) string {
	var s []string
	for _, st := range goesOut(find(sections, key)) {
		s = append(s, string(st.Standing)+": "+st.Text)
	}
	return strings.Join(s, "\n")
}

func TestDraftTellsTheStory(t *testing.T) {
	_, ref := drafted(t)
	for _, tt := range []struct{ key, want string }{
		{Header, "Response asked for: Immediate risk of harm. She is due to be collected at 15:15"},
		{Header, "Telephoned first: Wed 4 Mar 2026, 13:20, to Sam Reed, duty social worker. They said: Keep her in school until somebody comes"},
		{Referrer, "A pupil of this school since 4 Sep 2024."},
		{Child, "Name: Zoë (Zo) Nguyễn"},
		{Child, "Date of birth: 11 May 2016 (aged 9 years)"},
		{Household, "Karl Brandt, mother's partner. Lives in the household since 20 Dec 2025. Parental responsibility: no."},
		{Household, "Bà Hoa, grandmother. Does not live in the household. Parental responsibility: not known."},
		{Household, "Sibling at this school: Minh Nguyễn, born 2 Feb 2019, Year 2."},
		{Consent, "Why the parents are not told: It would raise the risk to the child"},
		{Concern, "On 4 Mar 2026, 08:50 (Classroom 4W), seen or heard by Ms Ortiz, class teacher: At the end of the lesson"},
		{Concern, "Asked “Can you tell me about that?” the child said: “Karl grabbed me because Minh spilled. He said if I tell he’ll send Minh away. Please don’t make me go home 😢”"},
		{Concern, "Body map, 1 mark: right arm, outer side: four round marks, each 1 cm, blue, in a row."},
		{Concern, "opinion: Ms Ortiz, class teacher thought, on 9 Feb 2026: I think she is frightened of a man’s voice. This rests on: she has done this twice, both times with men."},
		{History, "The school recorded 14 concerns from 7 Oct 2024 to 4 Mar 2026: neglect 6;"},
		{History, "hearsay: On 26 Jan 2026, 08:50: A neighbour told the office manager that there is shouting at night."},
		{History, "On 2 Jul 2025 the school asked for: section 17: child in need. They logged it as a contact (information only). 4 Jul 2025: No further action. Reason given: Threshold not met on the information given. The school disagreed:"},
		{Impact, "On 4 Mar 2026, 08:50: Pale, shaking, asked three times whether she had to go home."},
		{Voice, "“Mum’s been in bed. I do Minh’s tea.”\nSaid on 15 Sep 2025, 08:50, to Ms Ortiz, class teacher. The child had been asked: Can you tell me about that?"},
		{Parents, "On 4 Mar 2026, 08:50: parents not told: It would raise the risk to the child."},
		{Strengths, "Bà Hoa, grandmother: Collects Zoë on Wednesdays"},
		{Tried, "Why it was not enough: She is not brought when her mother is unwell."},
		{Tried, "Watched from 6 Oct 2025 to 7 Nov 2025, by Ms Ortiz: Whether Zoë has a coat and has eaten, asked each morning at registration. What was seen: No coat on 14 of 20 mornings; had not eaten on 11."},
		{School, "The record holds 2 entries about attendance or lateness."},
		{Agencies, "Łukasz Wójcik, school nurse. Knows of this referral: yes."},
		{StaffRisk, "Karl Brandt, mother's partner: Shouted at the office manager"},
		{Analysis, "Severity is rising"},
	} {
		if got := texts(ref.Sections, tt.key); !strings.Contains(got, tt.want) {
			t.Errorf("%s lacks\n\t%s\nin\n\t%s", tt.key, tt.want, strings.ReplaceAll(got, "\n", "\n\t"))
		}
	}
	for _, key := range []string{Expected, Consequence} {
		if got := texts(ref.Sections, key); got != "" {
			t.Errorf("%s is the writer's to fill, and holds %q", key, got)
		}
	}
}

func TestSectionsAreAToQ(t *testing.T) {
	_, ref := drafted(t)
	letters := ""
	for i, s := range Sections() {
		if !strings.HasSuffix(letters, s.Letter) {
			letters += s.Letter
		}
		if ref.Sections[i].Key != s.Key || s.Title == "" || s.Why == "" || s.Hint == "" {
			t.Errorf("box %d, %s: out of order or not explained", i, s.Key)
		}
	}
	if letters != "ABCDEFGHIJKLMNOPQ" {
		t.Errorf("letters %s", letters)
	}
}

func TestEveryStatementHasItsEntries(t *testing.T) {
	_, ref := drafted(t)
	for _, sec := range ref.Sections {
		for _, st := range sec.Statements {
			if len(st.Rests) == 0 && !strings.HasPrefix(st.Text, "Attached:") {
				t.Errorf("%s: %q rests on nothing", sec.Key, st.Text)
			}
			for _, r := range st.Rests {
				if r.ID == "" || r.Version == 0 || r.Kind == "" {
					t.Errorf("%s: %q rests on %+v", sec.Key, st.Text, r)
				}
			}
		}
	}
}

// An entry about another child, in which this one was a witness, gives neither
// words nor presentation to this child's pack.
func TestAnotherChildsConcernStaysTheirs(t *testing.T) {
	f, ref := neglect()
	f.Concerns = append(f.Concerns, records.Concern{Meta: meta("c99", "2026-03-03"), Pupil: "p9", When: at("2026-03-03", "12:10"),
		Source: records.Seen, Categories: []records.Category{records.ChildOnChild}, Severity: 5, Significant: true,
		Account: "Pushed in the yard.", ChildsWords: "He pushed me", Presentation: "Crying", Also: []records.Involved{{Pupil: "p1", Part: records.Witness}}})
	sections := Draft(f, ref)
	for _, key := range []string{Concern, Voice, Impact, Parents, History} {
		if got := texts(sections, key); strings.Contains(got, "pushed me") || strings.Contains(got, "Crying") {
			t.Errorf("%s holds another child's: %s", key, got)
		}
	}
}

func TestRedraftKeepsTheWritersWork(t *testing.T) {
	f, ref := drafted(t)
	box := func(key string) *records.Section {
		return &ref.Sections[slices.IndexFunc(ref.Sections, func(s records.Section) bool { return s.Key == key })]
	}
	history := box(History).Statements
	history[1].Text, history[1].Edited = "Edited by the writer.", true
	history[2].LeftOut = "Not needed"
	left := history[2].Text
	added := records.Statement{Text: "Where the child is now: in the head's office"}
	box(Child).Statements = append(box(Child).Statements, added)
	box(Expected).Blank = records.BlankNotKnown
	box(Consequence).Statements = []records.Statement{{Text: "She will be hurt again."}}

	// The record moves on: a new concern, a corrected one, and one account withdrawn.
	f.Concerns = append(f.Concerns, records.Concern{Meta: meta("c20", "2026-03-04"), Pupil: "p1", When: at("2026-03-04", "14:30"),
		Source: records.Seen, Categories: []records.Category{records.Physical}, Severity: 4, Account: "A second bruise was seen.", ChildsWords: "It hurts here."})
	f.Concerns[13].Version, f.Concerns[13].Account = 2, "Corrected account."
	f.Ties[2].Strength = ""
	f.Pupil.GP = "Another Surgery"

	got := Redraft(f, ref)
	for _, tt := range []struct {
		key, text string
		want      int
	}{
		{History, "Edited by the writer.", 1},
		{Child, added.Text, 1},
		{Consequence, "She will be hurt again.", 1},
		{Concern, "A second bruise was seen.", 1},
		{Concern, "Corrected account.", 1},
		{Concern, "At the end of the lesson", 0},
		{Voice, "It hurts here.", 1},
		{Voice, "Karl grabbed me", 1},
		{Strengths, "Collects Zoë", 0},
		{Child, "GP: Another Surgery", 1},
		{Child, "GP: The Invented Surgery", 0},
	} {
		if n := strings.Count(texts(got, tt.key), tt.text); n != tt.want {
			t.Errorf("%s: %q stands %d times, want %d", tt.key, tt.text, n, tt.want)
		}
	}
	h := find(got, History).Statements
	if h[1].Text != "Edited by the writer." || h[2].Text != left || h[2].LeftOut != "Not needed" {
		t.Errorf("history lost its order: %q, %q (%s)", h[1].Text, h[2].Text, h[2].LeftOut)
	}
	if b := find(got, Expected).Blank; b != records.BlankNotKnown {
		t.Errorf("blank of an empty box is %q", b)
	}
	for _, st := range find(got, Concern).Statements {
		if strings.Contains(st.Text, "Corrected") && st.Rests[0].Version != 2 {
			t.Errorf("a statement brought up to date rests on version %d", st.Rests[0].Version)
		}
	}
	ref.Sections = got
	if again := Redraft(f, ref); Hash(again) != Hash(got) {
		t.Error("drafting again without a change changes the pack")
	}
}

func TestRedraftKeepsAnEditedStatementWhoseEntryGoesOn(t *testing.T) {
	f, ref := drafted(t)
	i := slices.IndexFunc(ref.Sections, func(s records.Section) bool { return s.Key == Tried })
	st := &ref.Sections[i].Statements[0]
	st.Text, st.Edited = "Breakfast club did not reach her.", true
	f.Supports[0].Version, f.Supports[0].Result = 2, "She came on 40 mornings"
	got := texts(Redraft(f, ref), Tried)
	if !strings.Contains(got, st.Text) || strings.Contains(got, "40 mornings") {
		t.Errorf("the writer's words were replaced or doubled:\n%s", got)
	}
}

func TestMissing(t *testing.T) {
	said := func(gaps []Gap, section, part string) bool {
		return slices.ContainsFunc(gaps, func(g Gap) bool { return g.Section == section && strings.Contains(g.Sentence, part) })
	}
	f, ref := drafted(t)
	gaps := Missing(ref.Sections, ref, f)
	for _, tt := range []struct{ section, part string }{
		{Consequence, "if nobody intervenes"},
		{Expected, "is empty"},
		{Child, "where the child is now"},
		{Concern, "their access to the child"},
		{History, "what was missed"},
		{Tried, "“Early help assessment and family worker” was not enough"},
		{History, "The entry of 26 Jan 2026, 08:50 is vague"},
		{School, "attendance; lateness"},
	} {
		if !said(gaps, tt.section, tt.part) {
			t.Errorf("nothing is said to lack in %s about %q:\n%v", tt.section, tt.part, gaps)
		}
	}
	if gaps[0].Entry.ID == "" || gaps[len(gaps)-1].Entry.ID != "" {
		t.Errorf("vague entries do not come first: %q", gaps[0].Sentence)
	}
	for i := range ref.Sections {
		ref.Sections[i].Blank = records.BlankNotApplicable
	}
	for _, tt := range []struct{ section, part string }{{Expected, "is empty"}, {Child, "where the child"}, {Consequence, "nobody"}} {
		if said(Missing(ref.Sections, ref, f), tt.section, tt.part) {
			t.Errorf("%s is said to be empty though the writer chose", tt.section)
		}
	}
}

func TestMissingAsksWhatTheCaseAsks(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*records.File, *records.Referral)
		want   string
	}{
		{"unborn", func(f *records.File, _ *records.Referral) { f.Pupil.Born = "2026-07-01" }, "not born yet"},
		{"grown up", func(f *records.File, _ *records.Referral) { f.Pupil.Born = "2008-03-04" }, "18 or over"},
		{"not telephoned", func(_ *records.File, r *records.Referral) { r.PhonedAt = "" }, "nobody has telephoned"},
		{"no reason for the level", func(_ *records.File, r *records.Referral) { r.LevelReason = "" }, "No reason is given for the level"},
		{"parents not told, no reason", func(_ *records.File, r *records.Referral) { r.ParentsWhy = "" }, "no reason is given"},
		{"nothing tried", func(f *records.File, r *records.Referral) { f.Supports, r.Response = nil, records.Assessment }, "nothing is recorded as tried"},
		{"support without result", func(f *records.File, _ *records.Referral) { f.Supports[0].Result = "" }, "No result is recorded"},
		{"no words of the child", func(f *records.File, _ *records.Referral) {
			for i := range f.Concerns {
				f.Concerns[i].ChildsWords = ""
			}
		}, "“The child's voice” is empty"},
	} {
		f, ref := neglect()
		tt.change(f, ref)
		gaps := Missing(Draft(f, ref), ref, f)
		if !slices.ContainsFunc(gaps, func(g Gap) bool { return strings.Contains(g.Sentence, tt.want) }) {
			t.Errorf("%s: nobody says %q:\n%v", tt.name, tt.want, gaps)
		}
		g, r := neglect()
		if gaps := Missing(Draft(g, r), r, g); slices.ContainsFunc(gaps, func(g Gap) bool { return strings.Contains(g.Sentence, tt.want) }) && tt.name != "no words of the child" {
			t.Errorf("%s: %q is said of a case that has it", tt.name, tt.want)
		}
	}
}

func TestHash(t *testing.T) {
	_, ref := drafted(t)
	h := Hash(ref.Sections)
	if len(h) != 64 || h != Hash(slices.Clone(ref.Sections)) {
		t.Errorf("hash %q is not stable", h)
	}
	ref.Sections[3].Statements[0].Text += "."
	if h == Hash(ref.Sections) {
		t.Error("a changed sentence has the same hash")
	}
	if Hash(nil) != Hash([]records.Section{}) {
		t.Error("no sections hash in two ways")
	}
}

func TestNothingRecorded(t *testing.T) {
	f := &records.File{Pupil: records.Pupil{Meta: meta("p1", "2026-03-04"), Forename: "Ola", Surname: "Test"}, Read: stamp("2026-03-04", "16:40")}
	ref := &records.Referral{Pupil: "p1"}
	ref.Sections = Draft(f, ref)
	written(t, f, ref, Options{Now: stamp("2026-03-04", "16:41")})
	if n := len(Missing(ref.Sections, ref, f)); n < 15 {
		t.Errorf("only %d gaps in an empty pack", n)
	}
	written(t, f, &records.Referral{Pupil: "p1"}, Options{})
}

// large is a child with n entries.
func large(n int) (*records.File, *records.Referral) {
	f, ref := neglect()
	base := f.Concerns
	f.Concerns = nil
	for i := range n {
		c := base[i%len(base)]
		on := records.Date("2023-09-04").AddDays(i * 900 / n)
		c.Meta, c.When = meta(fmt.Sprintf("n%04d", i), on), at(on, "08:50")
		f.Concerns = append(f.Concerns, c)
	}
	return f, ref
}

// The budget is 200 ms for 400 entries.
func BenchmarkDraft400(b *testing.B) {
	f, ref := large(400)
	for b.Loop() {
		Draft(f, ref)
	}
}

func BenchmarkRedraft400(b *testing.B) {
	f, ref := large(400)
	ref.Sections = Draft(f, ref)
	for b.Loop() {
		Redraft(f, ref)
	}
}

func BenchmarkMissing400(b *testing.B) {
	f, ref := large(400)
	ref.Sections = Draft(f, ref)
	for b.Loop() {
		Missing(ref.Sections, ref, f)
	}
}

func BenchmarkWrite400(b *testing.B) {
	f, ref := large(400)
	ref.Sections = Draft(f, ref)
	for b.Loop() {
		written(b, f, ref, options())
	}
}
