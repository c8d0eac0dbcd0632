package records

import "slices"

// MeetingKind is a kind of multi-agency meeting.
type MeetingKind string

// The kinds of meeting.
const (
	StrategyDiscussion MeetingKind = "strategy"
	InitialConference  MeetingKind = "icpc"
	ReviewConference   MeetingKind = "review_conference"
	CoreGroup          MeetingKind = "core_group"
	ChildInNeedMeeting MeetingKind = "cin"
	FamilyMeeting      MeetingKind = "family" // team around the family, early help
	OtherMeeting       MeetingKind = "other"
)

// MeetingKinds returns every kind in the order in which they are offered.
func MeetingKinds() []MeetingKind {
	return []MeetingKind{
		StrategyDiscussion, InitialConference, ReviewConference, CoreGroup, ChildInNeedMeeting, FamilyMeeting, OtherMeeting,
	}
}

// String returns the kind as people say it.
func (k MeetingKind) String() string {
	switch k {
	case StrategyDiscussion:
		return "Strategy discussion"
	case InitialConference:
		return "Initial child protection conference"
	case ReviewConference:
		return "Review child protection conference"
	case CoreGroup:
		return "Core group"
	case ChildInNeedMeeting:
		return "Child in need meeting"
	case FamilyMeeting:
		return "Team around the family"
	}
	return "Another meeting"
}

// IsConference reports whether the meeting is a child protection conference.
func (k MeetingKind) IsConference() bool { return k == InitialConference || k == ReviewConference }

// NoPlan is the category of a conference that makes or keeps no child
// protection plan.
const NoPlan = "No child protection plan"

// PlanCategories returns the categories of a child protection plan in the
// order in which they are offered, and last that there is none.
func PlanCategories() []string {
	return []string{"Neglect", "Physical abuse", "Sexual abuse", "Emotional abuse", NoPlan}
}

// Meeting is a meeting of several agencies about a child: called, held, or not
// convened when it ought to have been. What follows from it is due from its
// date.
type Meeting struct {
	Meta
	Pupil      ID          `json:"pupil"`
	Referral   ID          `json:"referral,omitempty"`
	Sort       MeetingKind `json:"sort"`
	On         Date        `json:"on"`
	Held       Answer      `json:"held,omitempty"` // no: it was cancelled or never called
	NotHeldWhy string      `json:"not_held_why,omitempty"`
	We         string      `json:"we,omitempty"`     // who went for the school; empty when nobody
	Others     string      `json:"others,omitempty"` // who else was there
	Report     Date        `json:"report,omitempty"` // when the school's report was sent
	Shared     Date        `json:"shared,omitempty"` // when it was shared with the parents
	Decided    string      `json:"decided,omitempty"`
	Category   string      `json:"category,omitempty"` // of a child protection plan
	View       View        `json:"view,omitempty"`     // ours
	ViewWhy    string      `json:"view_why,omitempty"`
	Dissent    string      `json:"dissent,omitempty"` // how our disagreement at a conference was put in its minutes
	Next       Date        `json:"next,omitempty"`    // when the next one is, as said there

	// DueThen is what was due from it when it was written down, by the key of
	// the clock; see Referral.DueThen.
	DueThen map[string]Stamp `json:"due_then,omitempty"`
}

// Kind returns KindMeeting.
func (*Meeting) Kind() Kind { return KindMeeting }

func (m *Meeting) index() index {
	return index{pupil: m.Pupil, owner: m.Referral, sort: string(m.On), open: m.Held == NotKnown}
}

// MadePlan reports whether a conference was held and made or kept a child
// protection plan.
func (m *Meeting) MadePlan() bool {
	return m.Sort.IsConference() && m.Held == Yes && m.Category != "" && m.Category != NoPlan
}

// Check returns nil or an *Invalid. A meeting may lie ahead; then it is not yet
// known whether it was held.
func (m *Meeting) Check(now Stamp) error {
	var v Invalid
	v.pupil(m.Pupil)
	if !slices.Contains(MeetingKinds(), m.Sort) {
		v.add("sort", "Choose the kind of meeting.")
	}
	if m.On == "" {
		v.add("on", "Give the day of the meeting.")
	}
	v.date("on", m.On)
	v.answer("held", m.Held)
	if m.Held == Yes && m.On > now.Date() {
		v.add("on", "This day lies ahead, so the meeting has not been held yet. Check the date.")
	}
	if m.Held == No && blank(m.NotHeldWhy) {
		v.add("not_held_why", "Say why it was not held, and who said so.")
	}
	if m.Held == Yes && blank(m.Decided) {
		v.add("decided", "Say what was decided.")
	}
	if m.Held == Yes && m.Sort.IsConference() && !slices.Contains(PlanCategories(), m.Category) {
		v.add("category", "Choose the category of the plan, or that there is none.")
	}
	if m.Shared != "" && m.Report != "" && m.Shared > m.Report {
		v.add("shared", "The parents see the report before the conference does. Check both dates.")
	}
	if (m.View == DisagreeWithCSC || m.View == AcceptAnAltern) && blank(m.ViewWhy) {
		v.add("view_why", "Say why.")
	}
	v.pastDate("report", m.Report, now)
	v.pastDate("shared", m.Shared, now)
	v.date("next", m.Next)
	if m.Next != "" && m.Next <= m.On {
		v.add("next", "The next meeting is not after this one. Check both dates.")
	}
	v.short("we", m.We)
	v.short("category", m.Category)
	v.each(v.text, "others", m.Others, "decided", m.Decided, "not_held_why", m.NotHeldWhy, "view_why", m.ViewWhy, "dissent", m.Dissent)
	return v.err()
}
