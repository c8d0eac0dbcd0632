package referral

import (
	"fmt"
	"strings"

	"throughline/records"
	"throughline/referral/procedures"
)

// Next is the next thing to do in a referral.
type Next struct {
	What string // one or two sentences
	Say  string // what to say to the front door; empty where nothing is to be said
	Due  *Due   // what it comes from; nil when nothing is due
}

func (s *State) next() Next {
	if len(s.Due) == 0 {
		if s.Stage == Draft {
			return Next{What: "Make the three decisions. " + firstSentence(ThreeDecisions(s.referral))}
		}
		return Next{What: "Nothing is due."}
	}
	d := s.Due[0]
	switch {
	case d.Ours || d.AtOnce:
		return Next{d.What, s.Say(d), &d}
	case d.Overdue:
		return Next{"Ring and ask. " + d.What + " This was due by " + d.By.String() + ".", s.Say(d), &d}
	case d.By == "":
		return Next{"Wait, and ask when you think it right: no limit is known. " + d.What, s.Say(d), &d}
	}
	return Next{"Wait until " + d.By.String() + ". " + d.What, "", &d}
}

// firstSentence returns what is missing first. Who decided and when come with a
// decision, so they are said only where nothing else is missing.
func firstSentence(missing []Missing) string {
	if len(missing) == 0 {
		return "Nothing is missing."
	}
	for _, m := range missing {
		if m.Field != "decided_by" && m.Field != "decided_at" {
			return m.Sentence
		}
	}
	return missing[0].Sentence
}

// Say returns a sentence to say to social care about something that is due,
// or "" where there is nothing to say to them. It names no child: the worker
// finds the case by its date and reference.
func (s *State) Say(d Due) string {
	if s.Began == "" && d.Kind != DuePhone {
		return ""
	}
	switch d.Kind {
	case DuePhone:
		return s.sayPhone()
	case DueMismatch:
		who := "We were told"
		if s.LoggedBy != "" {
			who = s.LoggedBy + " told us"
		}
		return s.opening() + fmt.Sprintf(" %s on %s that it was logged as a contact."+
			" Please record it as a referral now. If you will not, tell me who decided that, and why, so that I can take it to their manager under the local procedures.",
			who, s.LoggedAt.Date())
	case DueAcknowledge, DueDecision, DueChase, DueLogged:
		return s.opening() + s.sayWaiting()
	case DueChildSeen:
		return s.opening() + " Has the child been seen: when, by whom, and alone? What did the child say, and what happens next?"
	case DueFeedback:
		return s.opening() + fmt.Sprintf(" We were told on %s: %s. Please send us that decision in writing, with the reasons and the name of who made it.",
			s.Decision.At.Date(), lowerFirst(string(s.Decision.Decided())))
	case DueRungReply:
		return s.sayRung(d)
	}
	if ask := sayMeeting[d.Kind]; ask != "" {
		return s.opening() + " " + ask
	}
	return ""
}

// Askable reports whether somebody at social care can be asked about what is
// due, so that asking is kept with one press.
func (k DueKind) Askable() bool {
	switch k {
	case DueMismatch, DueAcknowledge, DueDecision, DueChase, DueLogged, DueChildSeen, DueFeedback:
		return true
	}
	return sayMeeting[k] != ""
}

// Climb returns the steps of the local challenge ladder in one sentence, for
// when social care will not do what was asked; "" without a ladder.
func Climb(p *procedures.Procedures) string {
	var steps []string
	for _, g := range p.Steps() {
		limit := "no limit set"
		if g.Days > 0 {
			limit = workingDays(g.Days).String()
		}
		steps = append(steps, fmt.Sprintf("%s (%s)", lowerFirst(g.Theirs), limit))
	}
	if steps == nil {
		return ""
	}
	return "If they will not, challenge it: " + strings.Join(steps, ", then ") + "."
}

// sayMeeting is what to ask about what follows from a decision.
var sayMeeting = map[DueKind]string{
	DueStrategy:   "Has there been a strategy discussion: when, and who took part? If there was none, who decided that, and why? If there is to be one, the school has information for it.",
	DueConference: "When is the child protection conference, and who calls it? By when do you need our report?",
	DueCoreGroup:  "When is the core group, who is in it, and who has seen the child since the conference?",
	DueReview:     "When is the review conference, and by when do you need our report?",
	DueAssessment: "Is the assessment finished? What did it find, what did the child say, and what happens next?",
	DueWatch:      "Which agency is to monitor the child? If it is us: what are we to watch for, until when, and whom do we ring if it happens?",
}

func (s *State) sayPhone() string {
	if s.referral.Level == records.Police {
		return "A child is in immediate danger. I will tell you where the child is now, who is with them, and what was seen and said. Please give me your name and the incident number."
	}
	return "I am ringing to make a referral about a child at immediate risk of harm. I will tell you what was seen and said, in the child's own words, and where the child is now. I will confirm it in writing. Please give me your name and the reference, and tell me that it is logged as a referral."
}

// opening says which referral it is and what it asked for.
func (s *State) opening() string {
	r := s.referral
	var b strings.Builder
	if r.SentAt != "" {
		fmt.Fprintf(&b, "I am ringing about our referral of %s", r.SentAt.Date())
	} else {
		fmt.Fprintf(&b, "I am ringing about my call of %s", r.PhonedAt)
	}
	if r.Reference != "" {
		b.WriteString(", reference " + r.Reference)
	}
	if to := firstOf(r.SentTo, r.PhonedTo); to != "" {
		b.WriteString(", to " + to)
	}
	b.WriteString(". We asked for " + s.Asked + ".")
	return b.String()
}

func (s *State) sayWaiting() string {
	var b strings.Builder
	if s.Acknowledged == "" {
		b.WriteString(" Please confirm that you have it, and give me the reference.")
	}
	if s.Unconfirmed != nil {
		b.WriteString(" Is it logged as a referral or as a contact, and who says so?")
	}
	if s.Decision == nil {
		b.WriteString(" Who decides, and by when shall we hear?")
		for _, d := range s.Due {
			if d.Kind == DueDecision && d.Overdue {
				fmt.Fprintf(&b, " Your decision was due by %s.", d.By)
			}
		}
	}
	return b.String()
}

func (s *State) sayRung(d Due) string {
	for _, c := range s.Challenges {
		for _, g := range c.Rungs {
			if g.ID != d.Ref.ID {
				continue
			}
			say := fmt.Sprintf("On %s we challenged this decision with %s. We asked for: %s", g.RaisedAt.Date(), g.To, sentence(g.Sought))
			if g.Due != "" {
				say += fmt.Sprintf(" Your answer was due by %s.", g.Due)
			}
			if step, _, ok := NextRung(c.Challenge, c.Rungs); ok && step.Theirs != "" {
				return say + " Please tell me what you have decided, or we shall take it to the next rung: " + lowerFirst(sentence(step.Theirs))
			}
			return say + " Please tell me what you have decided."
		}
	}
	return ""
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// sentence returns s with a full stop at its end.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// lowerFirst returns s with a small first letter, except where the first word
// is an abbreviation.
func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}
