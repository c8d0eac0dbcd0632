package referral

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"throughline/records"
	"throughline/referral/procedures"
)

// DueKind is a kind of thing that is due in a referral.
type DueKind string

// What can be due, most pressing first.
const (
	DuePhone       DueKind = "phone"       // ring the front door: a child is at risk now
	DueMismatch    DueKind = "mismatch"    // a referral was asked for, a contact was logged
	DueStrategy    DueKind = "strategy"    // the strategy discussion, or why there is none
	DueChildSeen   DueKind = "child_seen"  // they see the child
	DueWritten     DueKind = "written"     // our writing after the call
	DueRungReply   DueKind = "rung_reply"  // their answer to a challenge
	DueChallenge   DueKind = "challenge"   // our next step in a challenge
	DueWatch       DueKind = "watch"       // our plan, where they asked us to watch
	DueDissent     DueKind = "dissent"     // our disagreement with a conference, in its minutes
	DueView        DueKind = "view"        // our view of their decision
	DueReport      DueKind = "report"      // our report to a conference, shared with the parents first
	DueHeld        DueKind = "held"        // our word on a meeting: was it held, what was decided
	DueConference  DueKind = "conference"  // the initial child protection conference
	DueCoreGroup   DueKind = "core_group"  // the first core group
	DueReview      DueKind = "review"      // the review conference
	DueAssessment  DueKind = "assessment"  // their assessment, finished
	DueDecision    DueKind = "decision"    // their decision
	DueAcknowledge DueKind = "acknowledge" // their answer that they have it
	DueLogged      DueKind = "logged"      // their word on what they logged it as
	DueChase       DueKind = "chase"       // our asking again
	DueFeedback    DueKind = "feedback"    // their decision in writing
	DueDates       DueKind = "dates"       // a reply with a date that cannot be right
	DueSend        DueKind = "send"        // our sending of what was decided
)

var dueOrder = []DueKind{
	DuePhone, DueMismatch, DueStrategy, DueChildSeen, DueWritten, DueRungReply, DueChallenge, DueWatch, DueDissent,
	DueView, DueReport, DueHeld, DueConference, DueCoreGroup, DueReview, DueAssessment, DueDecision,
	DueAcknowledge, DueLogged, DueChase, DueFeedback, DueDates, DueSend,
}

// Due is one thing that has to happen, by whom it may be.
type Due struct {
	Kind    DueKind
	What    string        // one sentence
	By      records.Stamp // empty where no limit is known, or where it is due at once
	Then    records.Stamp // the limit as it was kept when it began to run, where it differs from By
	Overdue bool          // By has passed
	Since   records.Stamp // from when it runs; empty when not known
	Ours    bool          // the school does it; otherwise social care does
	AtOnce  bool          // it should be done before anything else
	Rule    string        // the limit and whose rule it is; empty where none is known
	ToCheck bool          // the limit is a starting point, to be compared with the local procedures
	Ref     records.Ref   // the record to open

	unit procedures.Unit // in which the limit counts; empty for that of a day
}

// Late returns how late something is, in words and in the unit of its limit, or
// when it is due: "3 working days late", "late since Fri 6 Nov 2026, 17:00"
// before the next working day has begun, "5 hours late" or "3 days late" of a
// limit in clock hours, "due Mon 9 Nov 2026, 17:00", "no limit known".
func (d Due) Late(cal records.Calendar, now records.Stamp) string {
	switch {
	case d.AtOnce:
		return "now"
	case d.By == "":
		return "no limit known"
	case !d.Overdue:
		return "due " + d.By.String()
	}
	if d.unit == procedures.ClockHours || d.unit == procedures.Months {
		return lateByClock(int(now.Time().Sub(d.By.Time()) / time.Hour))
	}
	switch n := WorkingDays(d.By.Date(), now.Date(), cal); n {
	case 0:
		return "late since " + d.By.String()
	case 1:
		return "1 working day late"
	default:
		return fmt.Sprintf("%d working days late", n)
	}
}

// lateByClock says how late something is by hours that run on through nights and
// weekends; from two days on it says days of 24 hours.
func lateByClock(hours int) string {
	switch {
	case hours == 0:
		return "just late"
	case hours == 1:
		return "1 hour late"
	case hours >= 48:
		return fmt.Sprintf("%d days late", hours/24)
	}
	return fmt.Sprintf("%d hours late", hours)
}

// sortDue puts what is to be done at once first, then what is overdue, then
// what has a limit, each by its instant, and last what has none.
func sortDue(due []Due) {
	group := func(d Due) int {
		switch {
		case d.AtOnce:
			return 0
		case d.Overdue:
			return 1
		case d.By != "":
			return 2
		}
		return 3
	}
	slices.SortFunc(due, func(a, b Due) int {
		return cmp.Or(
			cmp.Compare(group(a), group(b)),
			cmp.Compare(a.By, b.By),
			cmp.Compare(slices.Index(dueOrder, a.Kind), slices.Index(dueOrder, b.Kind)),
			cmp.Compare(a.Ref.ID, b.Ref.ID),
			cmp.Compare(a.What, b.What),
		)
	})
}

// due adds something that runs from an instant by a clock of the procedures.
func (s *State) due(kind DueKind, what string, since records.Stamp, clock string, ours bool, ref records.Ref) {
	c := s.procedures.Clock(clock)
	d := Due{Kind: kind, What: what, Since: since, Ours: ours, Ref: ref, By: Deadline(since, c, s.calendar)}
	d.ruledBy(c, "")
	s.addDue(d.keptAs(s.then(clock, since)))
}

// ruledBy says by which clock something is due; how is what follows the limit.
func (d *Due) ruledBy(c procedures.Clock, how string) {
	if !c.Known() {
		return
	}
	d.unit, d.Rule, d.ToCheck = c.Unit, c.String()+how, c.Mark == procedures.Verify
	if !d.ToCheck {
		d.Rule += ", " + c.Mark.String()
	}
}

// keptAs returns d with the limit as it was kept, where that is another.
func (d Due) keptAs(then records.Stamp) Due {
	if then != d.By {
		d.Then = then
	}
	return d
}

func (s *State) addDue(d Due) {
	d.Overdue = d.By != "" && s.now > d.By
	s.Due = append(s.Due, d)
}

// dueBefore adds what is due while nothing has been sent.
func (s *State) dueBefore() {
	r, ref := s.referral, s.ref()
	switch {
	case r.PhonedAt != "":
		s.due(DueWritten, "Confirm the telephone call in writing, even if you were told there is no need.",
			r.PhonedAt, procedures.WrittenConfirmation, true, ref)
	case r.Response == records.Immediate || r.Level == records.Police:
		what := "Ring the front door now: you chose immediate risk of harm. Writing follows the call."
		if r.Level == records.Police {
			what = "Ring the police on 999 now, then the front door: you chose immediate protection."
		}
		s.addDue(Due{Kind: DuePhone, What: what, Since: r.DecidedAt, Ours: true, AtOnce: true, Ref: ref})
	case len(ThreeDecisions(r)) == 0:
		s.addDue(Due{Kind: DueSend, What: "Send the referral: the three decisions are made.", Since: r.DecidedAt, Ours: true, Ref: ref})
	}
}

// dueAfter adds what is due once the referral has reached social care.
func (s *State) dueAfter() {
	ref := s.ref()
	if s.Mismatch && !s.mismatchMet() {
		s.addDue(Due{
			Kind: DueMismatch, Since: s.LoggedAt, Ours: true, AtOnce: true, Ref: ref,
			What: "They logged a contact; we asked for a referral. Nothing may follow from a contact. Ask for it to be recorded as a referral.",
		})
	}
	if s.Unconfirmed != nil && s.Acknowledged != "" {
		s.due(DueLogged, "Ask whether they logged a referral or a contact, and who says so.",
			s.Acknowledged, procedures.Acknowledgement, true, ref)
	}
	if s.Acknowledged == "" {
		s.due(DueAcknowledge, "No acknowledgement from social care yet, nor what they logged it as.",
			s.Began, procedures.Acknowledgement, false, ref)
	}
	if s.Decision == nil {
		s.due(DueDecision, "No decision from social care yet.", s.Began, procedures.Decision, false, ref)
		s.due(DueChase, "Ask again, and write down who was asked and what they said.",
			max(s.Began, s.LastHeard), procedures.Chase, true, ref)
	} else {
		s.dueDecided()
	}
	s.dueSeen()
}

// mismatchMet reports whether the mismatch is in hand: challenged since, or
// their decision was accepted with open eyes.
func (s *State) mismatchMet() bool {
	return s.challengedSince(s.LoggedAt) || s.View == records.Agree || s.View == records.AcceptAnAltern
}

func (s *State) dueDecided() {
	ref := refOf(records.KindReply, s.Decision.Meta)
	if s.View == records.ViewNone {
		s.due(DueView, "Say what we think of their decision: agree, accept an alternative, or disagree.",
			s.Decision.At, procedures.View, true, ref)
	}
	if s.View == records.DisagreeWithCSC && !s.challengedSince(s.Decision.At) {
		s.due(DueChallenge, "We disagree: begin a challenge, or write what changed our mind.",
			s.Decision.At, procedures.View, true, ref)
	}
	if !s.inWriting {
		s.due(DueFeedback, "Get their decision in writing, with the reasons.",
			s.Decision.At, procedures.Feedback, true, s.ref())
	}
}

// dueSeen adds that the child is to be seen: within the limit of section 47
// while they have not decided on an immediate risk or have decided on an
// enquiry, within that of section 17 once they assess. The allocation is
// seldom told to the referrer, so the decision stands for it.
func (s *State) dueSeen() {
	r, ref := s.referral, s.ref()
	if s.ChildSeen != "" {
		return
	}
	const what = "Nobody has told us that social care have seen the child. Ask whether they have, and what the child said."
	switch {
	case s.Decision == nil && r.Response == records.Immediate, s.decided.outcome == records.StrategyOrEnquiry, s.decided.enquiry != "":
		s.due(DueChildSeen, what, s.Began, procedures.ChildSeen47, false, ref)
	case acts(s.decided.outcome):
		s.due(DueChildSeen, what, s.decided.outcomeAt, procedures.ChildSeen17, false, ref)
	}
}

// acts reports whether an outcome means that social care will look at the
// child themselves. It also settles that they treat the case as a referral.
func acts(o records.Outcome) bool {
	return o == "Assessment required" || o == records.StrategyOrEnquiry || o == "Child-in-need referral"
}

// dueChallenge adds the next step of one challenge that is open.
func (s *State) dueChallenge(c ChallengeState) {
	ref := refOf(records.KindChallenge, c.Challenge.Meta)
	add := func(what string, since records.Stamp) {
		s.due(DueChallenge, what, since, procedures.ChallengeStep, true, ref)
		s.Due[len(s.Due)-1].AtOnce = c.Challenge.Urgent
	}
	if !c.Challenge.Sort.Climbs() {
		s.dueComplaint(c.Challenge)
		return
	}
	if len(c.Rungs) == 0 {
		add("Raise the first rung of the challenge.", c.Challenge.CreatedAt)
		return
	}
	top := c.Rungs[len(c.Rungs)-1]
	// What nobody answered is ours again once it was due, or once we said so.
	ended := cmp.Or(top.RepliedAt, earliest(top.Due, top.RecordedAt), top.RaisedAt)
	next := "take it to the next rung, or write that it is resolved and how"
	if c.Next == 0 {
		next = "this was the last rung, so ask the partnership, and write what was resolved"
	}
	switch {
	case top.Result == records.RungOpen && top.RepliedAt == "":
		d := Due{Kind: DueRungReply, By: top.Due, Since: top.RaisedAt, Ref: refOf(records.KindRung, top.Meta)}
		d.What = fmt.Sprintf("No answer to rung %d of the challenge yet. If none comes, %s.", top.Number, next)
		if top.Due != "" {
			d.Rule = "set when the rung was raised"
		}
		s.addDue(d)
	case top.Result == records.RungOpen:
		add(fmt.Sprintf("Rung %d was answered: say how it ended.", top.Number), top.RepliedAt)
	case top.Result == records.RungClimb:
		add(fmt.Sprintf("Rung %d did not resolve it: %s.", top.Number, next), ended)
	case top.Result == records.RungPartly:
		add(fmt.Sprintf("Rung %d resolved it in part: %s.", top.Number, next), ended)
	default:
		add("Close the challenge with what was resolved and when.", ended)
	}
}

// dueComplaint adds what is due of a complaint about conduct. It has a route of
// its own, whose limits these procedures do not hold.
func (s *State) dueComplaint(c records.Challenge) {
	d := Due{Kind: DueChallenge, Ours: true, Since: midday(c.Raised), Ref: refOf(records.KindChallenge, c.Meta)}
	if d.What = "The complaint about conduct has no answer yet. Ask for one, or close it with what came of it."; c.Answered != "" {
		d.What, d.Since = "The complaint about conduct was answered: close it with what was resolved and when.", midday(c.Answered)
	}
	s.addDue(d)
}

// dueDates adds that somebody has to look at a reply that came too early to
// count.
func (s *State) dueDates(y *records.Reply, notSent bool) {
	what := "A reply is dated before the referral, so it does not count yet. Check both dates."
	if notSent {
		what = "A reply is kept, but the referral is not marked as telephoned or sent. Say when it was."
	}
	s.addDue(Due{Kind: DueDates, What: what, Since: y.At, Ours: true, Ref: refOf(records.KindReply, y.Meta)})
}

func (s *State) ref() records.Ref { return refOf(records.KindReferral, s.referral.Meta) }

func refOf(kind records.Kind, m records.Meta) records.Ref {
	return records.Ref{Kind: kind, ID: m.ID, Version: m.Version}
}
