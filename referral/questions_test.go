package referral

import (
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

// aged returns a pupil who was so many years old on 5 November 2026.
func aged(years int) records.Pupil {
	if years < 0 {
		return records.Pupil{Meta: records.Meta{ID: "p1"}}
	}
	return records.Pupil{Meta: records.Meta{ID: "p1"}, Born: records.DateOf(records.Date("2026-05-01").Time().AddDate(-years, 0, 0))}
}

func worry(account string) *records.Concern {
	return &records.Concern{Meta: records.Meta{ID: "k1", Version: 2}, Pupil: "p1", When: records.On("2026-11-05"), Account: account}
}

// asked returns the question about an issue, or "".
func asked(all []Question, i Issue) string {
	for _, q := range all {
		if q.Issue == i {
			if q.Source == "" {
				return "without a source"
			}
			return q.Ask
		}
	}
	return ""
}

// asks checks whether a question about an issue has some words; "" for none.
func asks(t *testing.T, what string, all []Question, i Issue, want string) {
	t.Helper()
	if got := asked(all, i); want == "" && got != "" || !strings.Contains(got, want) {
		t.Errorf("%s: asked %q, want %q", what, got, want)
	}
}

func TestBruiseOnABabyIsReferredAtOnce(t *testing.T) {
	const first = "Do not ask for an explanation first: ring the front door now"
	chair := aged(9)
	chair.Needs = "Uses a wheelchair; is hoisted."
	mapped := worry("Seen at the change of nappy.")
	mapped.Marks = []records.Mark{{View: "front", X: 0.5, Y: 0.2}}
	for what, c := range map[string]struct {
		pupil records.Pupil
		c     *records.Concern
		want  string
	}{
		"a baby in the nursery":       {aged(0), worry("There is a small bruise on her ear."), first},
		"a mark on the body map":      {aged(0), mapped, first},
		"a baby brother":              {aged(8), worry("He says the baby has a bruise on its leg. Mum said it fell."), first},
		"a child in a wheelchair":     {chair, worry("A red mark on the upper arm."), first},
		"a baby without a mark":       {aged(8), worry("He talked about the baby. He has a bruise from football."), ""},
		"no bruise on the baby":       {aged(8), worry("The baby had no bruises."), ""},
		"a schoolchild's knee":        {aged(8), worry("A bruise on his knee from football."), ""},
		"a baby without a body mark":  {aged(0), worry("She was tired."), ""},
		"a child of unknown age":      {aged(-1), worry("A bruise on her arm."), ""},
		"months old, in other words":  {aged(6), worry("Her sister is four months old and has a burn on the hand."), first},
		"the good marks of a toddler": {aged(3), worry("He got good marks."), ""},
	} {
		asks(t, what, QuestionsOn(c.pupil, c.c), BruiseOnABaby, c.want)
	}
}

func TestSexualActivityByAge(t *testing.T) {
	const account = "She says she had sex with a boy from another school."
	for age, want := range map[int]string{
		-1: "How old is the child?", 11: "under 13 cannot consent", 12: "section 47, and the police", 13: "who has the power", 15: "write down why not",
		16: "position of trust", 18: "",
	} {
		asks(t, "aged", QuestionsOn(aged(age), worry(account)), SexualActivity, want)
	}
	asks(t, "a lesson", QuestionsOn(aged(12), worry("He missed sex education again.")), SexualActivity, "")
	asks(t, "the sixth form of Sussex", QuestionsOn(aged(12), worry("She moved from Essex.")), SexualActivity, "")
	chosen := worry("She would not say more.")
	chosen.Categories = []records.Category{records.Sexual}
	asks(t, "by category", QuestionsOn(aged(12), chosen), SexualActivity, "under 13 cannot consent")
}

func TestMedicalCauseNotClear(t *testing.T) {
	for account, want := range map[string]string{
		"The hospital could not say how the arm was broken.":       "written opinion",
		"The GP is not sure what caused it.":                       "A cause that is not known is not an innocent one",
		"The GP says it is eczema.":                                "",
		"We are not sure who collected him. The nurse came later.": "",
	} {
		asks(t, account, QuestionsOn(aged(7), worry(account)), MedicalCause, want)
	}
}

func TestPoliceDecisionIsAboutEvidence(t *testing.T) {
	for account, want := range map[string]string{
		"The police are taking no further action.":            "It does not say that the child is safe",
		"Police: NFA, insufficient evidence.":                 "about evidence for a court",
		"The police came to talk about road safety.":          "",
		"Social care decided no further action. Police came.": "",
	} {
		asks(t, account, QuestionsOn(aged(7), worry(account)), PoliceDecision, want)
	}
}

// wording knows the softening words; here they arrive by way of a concern.
func TestEuphemismInAConcern(t *testing.T) {
	asks(t, "softened", QuestionsOn(aged(14), worry("She is in a relationship with an older boyfriend, 27. Dad was a bit heavy handed.")), Euphemistic, "?")
	asks(t, "plain", QuestionsOn(aged(14), worry("At 08:45 her father hit her on the arm with his open hand.")), Euphemistic, "")
}

func TestEarlyHelpInDispute(t *testing.T) {
	p, now := load(t, Lincolnshire), at("2026-11-05 10:00")
	stepped := reply("y1", "2026-11-04 09:00", func(y *records.Reply) { y.LoggedAs, y.Outcome = records.LoggedReferral, "Step-down to early help" })
	f := &records.File{Pupil: aged(9), Calendar: school(), Read: now, Replies: []records.Reply{stepped}}
	asks(t, "stepped down", Questions(f, assessment(), p, now), EarlyHelpInDispute, "will the family take part?")
	f.Supports = []records.Support{{Level: records.Targeted, What: "Family worker", From: "2026-01-05", To: "2026-04-01", WhyNotEnough: "Mother cancelled."}}
	asks(t, "stepped down to what was tried", Questions(f, assessment(), p, now), EarlyHelpInDispute, "which was tried")
	f.Replies[0].View, f.Replies[0].ViewWhy = records.AcceptAnAltern, "A new worker."
	asks(t, "accepted", Questions(f, assessment(), p, now), EarlyHelpInDispute, "")
	draft := assessment()
	draft.SentAt, draft.Level = "", records.Targeted
	f.Replies = nil
	asks(t, "early help again", Questions(f, draft, p, now), EarlyHelpInDispute, "What would be different this time?")
}

func TestContactOrReferralIsAsked(t *testing.T) {
	p, now := load(t, Lincolnshire), at("2026-11-05 10:20")
	f := &records.File{Pupil: aged(9), Calendar: school(), Read: now}
	asks(t, "not confirmed", Questions(f, assessment(), p, now), ContactOrReferral, "Not confirmed for 2 working days.")
	f.Replies = []records.Reply{reply("y1", "2026-11-04 09:00", func(y *records.Reply) { y.LoggedAs = records.LoggedContact })}
	asks(t, "logged as less", Questions(f, assessment(), p, now), ContactOrReferral, "They logged a contact; we asked for a referral.")
	f.Replies[0].LoggedAs = records.LoggedReferral
	asks(t, "as asked", Questions(f, assessment(), p, now), ContactOrReferral, "")
}

func TestStrategyNotConvenedIsAsked(t *testing.T) {
	p, now := load(t, Lincolnshire), at("2026-11-09 10:00")
	f := &records.File{Pupil: aged(9), Calendar: school(), Read: now, Replies: enquired("")}
	asks(t, "not written down", Questions(f, assessment(), p, now), NoStrategy, "who decided that and why")
	f.Meetings = []records.Meeting{meeting("m1", records.StrategyDiscussion, "2026-11-05", nil)}
	asks(t, "held", Questions(f, assessment(), p, now), NoStrategy, "")
}

func TestUnresolvedDisagreementIsAsked(t *testing.T) {
	p, now := load(t, Lincolnshire), at("2026-11-09 10:00")
	f := &records.File{Pupil: aged(9), Calendar: school(), Read: now, Replies: []records.Reply{nfa()}}
	asks(t, "nobody takes it up", Questions(f, assessment(), p, now), Unresolved, "begin a challenge")
	f.Challenges = []records.Challenge{challenge(t, Lincolnshire)}
	asks(t, "open", Questions(f, assessment(), p, now), Unresolved, "Is the child safe while it is?")
	f.Challenges[0].ResolvedOn, f.Challenges[0].Resolved = "2026-11-06", "An assessment."
	asks(t, "settled", Questions(f, assessment(), p, now), Unresolved, "")
}

func TestIncompleteInformationIsAsked(t *testing.T) {
	p, now := load(t, Lincolnshire), at("2026-11-05 10:20")
	draft := assessment()
	draft.SentAt = ""
	f := &records.File{Pupil: aged(9), Calendar: school(), Read: now, Siblings: []records.Pupil{{}}}
	f.Pupil.Joined = "2026-01-05"
	got := asked(Questions(f, draft, p, now), Incomplete)
	for _, want := range []string{"the attendance register", "the school before", "brothers and sisters"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not ask for %s", got, want)
		}
	}
	f.Pupil.Joined, f.Siblings = "2021-09-01", nil
	draft.Sections = []records.Section{{Key: "school", Statements: []records.Statement{{Text: "Present 61 of 70 sessions."}}}}
	asks(t, "all is there", Questions(f, draft, p, now), Incomplete, "")
	asks(t, "already sent", Questions(f, assessment(), p, now), Incomplete, "")
}

// A referral asks what its pupil's entries raise, by the newest of them, and
// nothing that belongs to another child.
func TestQuestionsOfAReferral(t *testing.T) {
	now := at("2026-11-05 10:20")
	first, second, other := worry("Police: NFA."), worry("The police dropped it."), worry("She had sex.")
	second.ID, other.Pupil = "k2", "p2"
	f := &records.File{Pupil: aged(12), Calendar: school(), Read: now, Concerns: []records.Concern{*first, *second, *other}}
	all := Questions(f, assessment(), nil, now)
	var got []Issue
	for _, q := range all {
		got = append(got, q.Issue)
		if q.Ref.ID == "" {
			t.Errorf("%s belongs to no entry", q.Issue)
		}
	}
	if !slices.Equal(got, []Issue{PoliceDecision, ContactOrReferral}) || all[0].Ref.ID != "k2" {
		t.Errorf("asked about %q, first by %s", got, all[0].Ref.ID)
	}
}
