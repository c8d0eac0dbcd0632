package referral

import (
	"slices"
	"strings"

	"throughline/chronology/wording"
	"throughline/records"
	"throughline/referral/procedures"
)

// Issue is something that case reviews find again and again between schools
// and social care. The ten are those of NSPCC and SCIE, Learning into Practice
// (2016), that a school can meet; see docs/case-reviews.md.
type Issue string

// The issues, in the order in which their questions are asked.
const (
	BruiseOnABaby      Issue = "A mark on a baby, or on a child who cannot move about"
	SexualActivity     Issue = "Sexual activity that a child tells of"
	MedicalCause       Issue = "A medical cause that is not clear"
	PoliceDecision     Issue = "What a police decision means"
	Euphemistic        Issue = "Words that soften what happened"
	EarlyHelpInDispute Issue = "Whether early help is enough"
	ContactOrReferral  Issue = "A contact or a referral"
	NoStrategy         Issue = "No strategy discussion"
	Unresolved         Issue = "A disagreement that is not settled"
	Incomplete         Issue = "What the school has not told yet"
)

// Issues returns every issue in order.
func Issues() []Issue {
	return []Issue{
		BruiseOnABaby, SexualActivity, MedicalCause, PoliceDecision, Euphemistic, EarlyHelpInDispute, ContactOrReferral,
		NoStrategy, Unresolved, Incomplete,
	}
}

// Question is one question to ask at the moment when it matters. It decides
// nothing.
type Question struct {
	Issue  Issue
	Ask    string      // one to three sentences
	Source string      // where the rule or the finding stands, with its edition
	Ref    records.Ref // the entry that raises it; empty where none does
}

// The sources of the questions: titles and years as their publishers, or
// safeguarding partnerships' summaries, give them.
const (
	reviews   = "NSPCC and SCIE, Learning into Practice: practice issues from serious case reviews (2016)"
	nice      = "NICE guideline CG89, Child maltreatment: when to suspect maltreatment in under 18s (2009, updated 2017); Child Safeguarding Practice Review Panel, Bruising in non-mobile infants (2022)"
	sex2003   = "Sexual Offences Act 2003: sections 5 to 8 (under 13), 9 to 15 (under 16), 16 to 19 (position of trust)"
	standards = "Children Act 1989, section 47 (reasonable cause to suspect); Code for Crown Prosecutors (realistic prospect of conviction); " + reviews
	panel2022 = "Child Safeguarding Practice Review Panel, Child Protection in England (May 2022); " + reviews
)

// QuestionsOn returns what a concern about a pupil raises, at most one question
// for each issue, in the order of [Issues]. The words are read, no more: it can
// ask where there is nothing, and miss what is said in other words.
func QuestionsOn(p records.Pupil, c *records.Concern) []Question {
	var all []Question
	ref := refOf(records.KindConcern, c.Meta)
	ask := func(i Issue, question, source string) {
		if question != "" {
			all = append(all, Question{i, question, source, ref})
		}
	}
	said := sentencesOf(c)
	ask(BruiseOnABaby, askBruise(p, c, said), nice)
	ask(SexualActivity, askSex(p, c, said), sex2003)
	if anyOf(said, func(s phrase) bool { return s.has(medics...) && s.has(unsure...) }) {
		ask(MedicalCause, "Who says what about the cause? Ask the doctor for a written opinion: what was found, what could and could not explain it, and how sure they are. A cause that is not known is not an innocent one.", reviews)
	}
	if anyOf(said, func(s phrase) bool { return s.has("police", "cps", "officer", "detective") && s.has(dropped...) }) {
		ask(PoliceDecision, "What the police decided is about evidence for a court. It does not say that the child is safe. What do you know that makes harm likely, and who is looking at that now?", standards)
	}
	if f := softened(c); f != "" {
		ask(Euphemistic, f, reviews)
	}
	return all
}

// askBruise asks about a mark on somebody who cannot have got it by moving
// about. A baby in the family counts as much as the pupil.
func askBruise(p records.Pupil, c *records.Concern, said []phrase) string {
	marked := func(s phrase) bool {
		return s.has(marks...) && !s.has("no bruise", "no bruises", "no bruising", "no mark", "no marks", "without a mark")
	}
	age := p.AgeOn(c.When.Date)
	own := age == 0 || phraseOf(p.Needs+" "+p.Communication).has(still...)
	if own && (len(c.Marks) > 0 || anyOf(said, marked)) ||
		anyOf(said, func(s phrase) bool { return marked(s) && s.has(babies...) }) {
		return "A mark on a baby, or on a child who cannot move about, is referred at once, however small. Do not ask for an explanation first: ring the front door now, and say where the child is. Did you follow the local procedure for marks on babies?"
	}
	return ""
}

// askSex asks by age about sexual activity that is told of.
func askSex(p records.Pupil, c *records.Concern, said []phrase) string {
	told := func(s phrase) bool { return s.has(sexual...) && !s.has("sex education", "sex and relationships") }
	if !slices.Contains(c.Categories, records.Sexual) && !anyOf(said, told) {
		return ""
	}
	const power = " How old is the other person, and who has the power: age, trust, gifts, fear, numbers, a learning need, drink or drugs? Who else may be at risk from them?"
	switch age := p.AgeOn(c.When.Date); {
	case age < 0:
		return "How old is the child? A child under 13 cannot consent in law, and that is for section 47 and the police." + power
	case age < 13:
		return "A child under 13 cannot consent in law, whoever the other person is and whatever the child says of it. Ring the front door for section 47, and the police. Do not question the child further."
	case age < 16:
		return "Under 16 it is against the law, and wanting it does not make it safe." + power + " If you do not refer, write down why not."
	case age < 18:
		return "At 16 and 17 it can still be abuse: under pressure, for something in return, or by somebody in a position of trust." + power
	}
	return ""
}

// softened returns the question about the first softening word, or "".
func softened(c *records.Concern) string {
	for _, f := range wording.Check(wording.Concern, c.Account).Findings {
		if f.Kind == wording.Euphemism {
			return f.Ask
		}
	}
	return ""
}

// Questions returns what a referral raises at an instant: what the pupil's
// concerns raise, each issue once by its newest entry, and what the referral
// itself does. They are in the order of [Issues].
func Questions(f *records.File, r records.Referral, p *procedures.Procedures, now records.Stamp) []Question {
	found := map[Issue]Question{}
	for i := range f.Concerns {
		if c := &f.Concerns[i]; c.Pupil == f.Pupil.ID {
			for _, q := range QuestionsOn(f.Pupil, c) {
				found[q.Issue] = q // concerns are in order of time: the newest stays
			}
		}
	}
	s := StateIn(f, r, p, now)
	ask := func(i Issue, question, source string) {
		if question != "" {
			found[i] = Question{i, question, source, s.ref()}
		}
	}
	ask(EarlyHelpInDispute, s.askEarlyHelp(f), reviews)
	ask(ContactOrReferral, s.askLogged(), reviews)
	ask(NoStrategy, s.dueWhat(DueStrategy), panel2022)
	ask(Unresolved, s.askUnresolved(), reviews)
	if r.SentAt == "" && r.NotReferred == "" {
		ask(Incomplete, askIncomplete(f, r), panel2022)
	}
	var all []Question
	for _, i := range Issues() {
		if q, ok := found[i]; ok {
			all = append(all, q)
		}
	}
	return all
}

// askEarlyHelp asks whether early help is enough, where it is asked for or was
// answered though it was tried or refused before.
func (s *State) askEarlyHelp(f *records.File) string {
	tried := slices.ContainsFunc(f.Supports, func(h records.Support) bool {
		return h.Level == records.Targeted && (h.WhyNotEnough != "" || h.To != "")
	})
	stepped := s.decided.outcome == "Step-down to early help" || s.decided.outcome == "Early help referral"
	switch {
	case stepped && !settles(s.View) && tried:
		return "They point to early help, which was tried. Say what it was, when, and why it was not enough. Will the family take part? If not, what happens then, and who says so?"
	case stepped && !settles(s.View):
		return "They point to early help. Does everybody who would give it agree, and will the family take part? If not, what happens then, and who says so?"
	case !s.sentOrNot() && s.referral.Level == records.Targeted && tried:
		return "Early help was tried before. What would be different this time? If the family do not take part, that is a reason to refer, not to close."
	}
	return ""
}

// sentOrNot reports whether the decision to refer is carried out, either way.
func (s *State) sentOrNot() bool { return s.Began != "" || s.referral.NotReferred != "" }

func (s *State) askLogged() string {
	switch {
	case s.Mismatch && !s.mismatchMet():
		return s.dueWhat(DueMismatch)
	case s.Unconfirmed != nil:
		return "Did they log a contact or a referral? Ask, and write down who says so: nothing may follow from a contact. " + s.Unconfirmed.String() + "."
	}
	return ""
}

// askUnresolved asks about a disagreement that nobody takes up or closes.
func (s *State) askUnresolved() string {
	for _, c := range s.Challenges {
		if c.Open() && c.Challenge.Sort.Climbs() {
			return "A challenge is open. Is the child safe while it is? " + s.dueWhat(DueRungReply, DueChallenge)
		}
	}
	if s.View == records.DisagreeWithCSC {
		return s.dueWhat(DueChallenge)
	}
	return ""
}

// dueWhat returns the sentence of the first thing due of some kinds, or "".
func (s *State) dueWhat(kinds ...DueKind) string {
	for _, d := range s.Due {
		if slices.Contains(kinds, d.Kind) {
			return d.What
		}
	}
	return ""
}

// joinedLately is how long after a pupil came the school before still knows
// more than this one.
const joinedLately = 3 * 365

// askIncomplete asks for what a school often knows and does not send.
func askIncomplete(f *records.File, r records.Referral) string {
	var gaps []string
	if !slices.ContainsFunc(r.Sections, func(s records.Section) bool { return s.Key == "school" && len(s.Statements) > 0 }) {
		gaps = append(gaps, "the attendance register")
	}
	if today := f.Read.Date(); f.Pupil.Joined != "" && f.Pupil.Joined.DaysUntil(today) < joinedLately {
		gaps = append(gaps, "the school before this one")
	}
	brothers := slices.ContainsFunc(f.Ties, func(t records.Tie) bool { return phraseOf(t.Relationship).has("brother", "sister", "sibling") })
	if len(f.Siblings) > 0 || brothers {
		gaps = append(gaps, "what is held about the brothers and sisters, here and at their schools")
	}
	if len(gaps) == 0 {
		return ""
	}
	return "Social care decide by what they are given. Have you asked for, and put in: " + strings.Join(gaps, "; ") + "?"
}
