package records

import "slices"

// LoggedAs is what children's social care say they recorded. A contact is
// information that they log; a referral asks for an assessment.
type LoggedAs string

// What a front door can log.
const (
	LoggedNotSaid  LoggedAs = ""
	LoggedContact  LoggedAs = "contact"
	LoggedReferral LoggedAs = "referral"
)

// String returns what was logged as people say it.
func (l LoggedAs) String() string {
	switch l {
	case LoggedContact:
		return "A contact (information only)"
	case LoggedReferral:
		return "A referral"
	}
	return "Not confirmed"
}

// Outcome is a decision of children's social care in their own words.
type Outcome string

// OutcomesOf returns the outcomes that children's social care use for what they
// logged: a contact or a referral. For anything else it returns both lists.
func OutcomesOf(l LoggedAs) []Outcome {
	contact := []Outcome{
		"No further action", "Information and advice", "Early help referral", "Child-in-need referral",
	}
	referral := []Outcome{
		"No further action", "Advice, information or signposting", "Step-down to early help",
		"Assessment required", "Strategy discussion and/or s47 enquiry", "Other",
	}
	switch l {
	case LoggedContact:
		return contact
	case LoggedReferral:
		return referral
	}
	return append(referral, contact[1:]...)
}

// Outcomes that something follows from.
const (
	StrategyOrEnquiry    Outcome = "Strategy discussion and/or s47 enquiry"
	EnquiryToConference  Outcome = "Initial child protection conference"
	EnquiryOtherMonitors Outcome = "Other agency to monitor the child's welfare"
)

// EnquiryOutcomes returns the outcomes of a section 47 enquiry, in the words
// of social care and in the order in which they are offered.
func EnquiryOutcomes() []Outcome {
	return []Outcome{
		EnquiryToConference, EnquiryOtherMonitors, "Family assessment", "Legal action", "s17 services",
		"No further action", "Other",
	}
}

// View is what we think of a decision.
type View string

// The views.
const (
	ViewNone        View = ""
	Agree           View = "agree"
	AcceptAnAltern  View = "alternative"
	DisagreeWithCSC View = "disagree"
)

// Views returns every view in the order in which they are offered.
func Views() []View { return []View{ViewNone, Agree, AcceptAnAltern, DisagreeWithCSC} }

// String returns the view as people say it.
func (w View) String() string {
	switch w {
	case Agree:
		return "We agree"
	case AcceptAnAltern:
		return "We accept an alternative"
	case DisagreeWithCSC:
		return "We disagree"
	}
	return "Not decided yet"
}

// Reply is anything that children's social care said about a referral, or that
// we asked them and when. One reply may acknowledge, say what was logged and
// give a decision at once; fields that were not spoken of stay empty.
type Reply struct {
	Meta
	Pupil        ID       `json:"pupil"`
	Referral     ID       `json:"referral"`
	At           Stamp    `json:"at"`
	From         string   `json:"from"` // name and role of who said it
	Method       string   `json:"method,omitempty"`
	InWriting    Answer   `json:"in_writing,omitempty"`
	Confirms     Answer   `json:"confirms,omitempty"` // is it the decision given before, now in writing? not known: it follows from the rest
	Chased       bool     `json:"chased,omitempty"`   // we asked; without more, nothing was answered
	Acknowledges bool     `json:"acknowledges,omitempty"`
	LoggedAs     LoggedAs `json:"logged_as,omitempty"`
	Outcome      Outcome  `json:"outcome,omitempty"`
	Enquiry      Outcome  `json:"enquiry,omitempty"`  // of the section 47 enquiry
	WeWatch      Answer   `json:"we_watch,omitempty"` // is the school the agency that is to monitor?
	Assessed     Date     `json:"assessed,omitempty"` // when their assessment was finished
	Reasons      string   `json:"reasons,omitempty"`  // given for the outcome
	Next         string   `json:"next,omitempty"`     // who does what next
	ChildSeen    Date     `json:"child_seen,omitempty"`
	Said         string   `json:"said,omitempty"`
	View         View     `json:"view,omitempty"` // ours
	ViewWhy      string   `json:"view_why,omitempty"`

	// DueThen is what was due from it when it was written down, by the key of
	// the clock; see Referral.DueThen.
	DueThen map[string]Stamp `json:"due_then,omitempty"`
}

// Kind returns KindReply.
func (*Reply) Kind() Kind { return KindReply }

func (r *Reply) index() index {
	return index{pupil: r.Pupil, owner: r.Referral, sort: string(r.At), open: r.Decided() != "" && r.View == ViewNone}
}

// Decided returns the decision that the reply gives, that of a section 47
// enquiry before that on the referral, or "".
func (r *Reply) Decided() Outcome {
	if r.Enquiry != "" {
		return r.Enquiry
	}
	return r.Outcome
}

// Check returns nil or an *Invalid.
func (r *Reply) Check(now Stamp) error {
	var v Invalid
	v.pupil(r.Pupil)
	if r.Referral == "" {
		v.add("referral", "Choose the referral that this answers.")
	}
	if r.At == "" {
		v.add("at", "Say when this was said or received.")
	}
	v.pastStamp("at", r.At, now)
	v.name("from", r.From, "Give the name and role of who said this.")
	v.answer("in_writing", r.InWriting)
	v.answer("confirms", r.Confirms)
	if r.Confirms == Yes && r.InWriting == No {
		v.add("confirms", "This says that it was not in writing. Check both answers.")
	}
	if r.LoggedAs != LoggedNotSaid && r.LoggedAs != LoggedContact && r.LoggedAs != LoggedReferral {
		v.add("logged_as", "Choose a contact or a referral.")
	}
	if r.Outcome != "" && !slices.Contains(OutcomesOf(LoggedNotSaid), r.Outcome) {
		v.add("outcome", "Choose the outcome from the list.")
	}
	if r.Enquiry != "" && !slices.Contains(EnquiryOutcomes(), r.Enquiry) {
		v.add("enquiry", "Choose the outcome of the enquiry from the list.")
	}
	v.answer("we_watch", r.WeWatch)
	v.pastDate("assessed", r.Assessed, now)
	if !slices.Contains(Views(), r.View) {
		v.add("view", "Choose our view from the list.")
	}
	if (r.View == DisagreeWithCSC || r.View == AcceptAnAltern) && blank(r.ViewWhy) {
		v.add("view_why", "Say why.")
	}
	v.pastDate("child_seen", r.ChildSeen, now)
	v.short("method", r.Method)
	v.text("reasons", r.Reasons)
	v.text("next", r.Next)
	v.text("said", r.Said)
	v.text("view_why", r.ViewWhy)
	return v.err()
}
