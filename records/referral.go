package records

import "slices"

// Ref points at one version of one record: the evidence of a statement.
type Ref struct {
	Kind    Kind `json:"kind"`
	ID      ID   `json:"id"`
	Version int  `json:"version,omitempty"`
}

// Standing says what a statement is. The three are never mixed.
type Standing string

// The standings of a statement.
const (
	Fact    Standing = "fact"
	Opinion Standing = "opinion"
	Hearsay Standing = "hearsay"
)

// Statement is one sentence of a pack, tied to the entries it rests on.
type Statement struct {
	Text     string   `json:"text"`
	Standing Standing `json:"standing,omitempty"` // empty is Fact
	Rests    []Ref    `json:"rests,omitempty"`
	LeftOut  string   `json:"left_out,omitempty"` // why it does not go out; empty when it does
	Edited   bool     `json:"edited,omitempty"`   // changed by the DSL after it was drafted
}

// Blank is what an empty box prints: forms forbid blank boxes, and the writer
// chooses.
type Blank string

// The blanks.
const (
	BlankNotChosen     Blank = ""
	BlankNotKnown      Blank = "not_known"
	BlankNotApplicable Blank = "not_applicable"
)

// String returns what is printed: "Not known" or "Not applicable".
func (b Blank) String() string {
	switch b {
	case BlankNotKnown:
		return "Not known"
	case BlankNotApplicable:
		return "Not applicable"
	}
	return ""
}

// Section is one box of the pack as the DSL left it.
type Section struct {
	Key        string      `json:"key"` // see referral/pack
	Statements []Statement `json:"statements,omitempty"`
	Blank      Blank       `json:"blank,omitempty"`
}

// Response is which statutory response is asked for.
type Response string

// The responses.
const (
	Immediate  Response = "immediate"  // risk of harm now: telephone first, then always in writing
	Assessment Response = "assessment" // need for assessment: in writing, marked section 17
)

// String returns the response as people say it.
func (r Response) String() string {
	switch r {
	case Immediate:
		return "Immediate risk of harm"
	case Assessment:
		return "Need for assessment"
	}
	return string(r)
}

// NotToldReason is why parents are not told of a referral.
type NotToldReason string

// NotToldReasons returns the reasons that guidance accepts, in order.
func NotToldReasons() []NotToldReason {
	return []NotToldReason{
		"It would raise the risk to the child",
		"It could destroy evidence",
		"It could endanger staff or others",
		"It could lead to intimidation",
		"It would delay help",
	}
}

// Referral asks children's social care for something. It is a draft until
// SentAt is set; what became of it follows from its replies and challenges.
type Referral struct {
	Meta
	Pupil      ID     `json:"pupil"`
	Siblings   []ID   `json:"siblings,omitempty"` // further children on the same referral
	Procedures string `json:"procedures"`         // name of the local procedures followed
	Edition    string `json:"edition,omitempty"`  // their edition when the referral was begun

	// The three decisions.
	Level        Level    `json:"level,omitempty"`
	LevelReason  string   `json:"level_reason,omitempty"`
	Response     Response `json:"response,omitempty"`
	ResponseWhy  string   `json:"response_why,omitempty"`
	ParentsTold  Answer   `json:"parents_told,omitempty"`
	ParentsWhen  Date     `json:"parents_when,omitempty"`
	ParentsWho   string   `json:"parents_who,omitempty"` // who was told, by whom and how
	ParentsSaid  string   `json:"parents_said,omitempty"`
	Consent      string   `json:"consent,omitempty"`       // given, refused, not_sought
	ParentsWhy   string   `json:"parents_why,omitempty"`   // why they were not told
	DoorDisputes string   `json:"door_disputes,omitempty"` // what the front door said against it, and the line taken
	DecidedAt    Stamp    `json:"decided_at,omitempty"`
	DecidedBy    string   `json:"decided_by,omitempty"`
	NotReferred  string   `json:"not_referred,omitempty"` // why, where the decision is not to refer

	// The pack.
	Sections []Section `json:"sections,omitempty"`

	// The telephone call, and the writing.
	PhonedAt   Stamp  `json:"phoned_at,omitempty"`
	PhonedTo   string `json:"phoned_to,omitempty"` // name and role
	PhonedSaid string `json:"phoned_said,omitempty"`
	SentAt     Stamp  `json:"sent_at,omitempty"`
	SentTo     string `json:"sent_to,omitempty"`
	Method     string `json:"method,omitempty"`    // secure e-mail, web form, by hand
	Reference  string `json:"reference,omitempty"` // returned by the front door
	PackHash   string `json:"pack_hash,omitempty"` // SHA-256 of what was sent
}

// Kind returns KindReferral.
func (*Referral) Kind() Kind { return KindReferral }

func (r *Referral) index() index {
	return index{pupil: r.Pupil, sort: string(r.SentAt), open: r.SentAt == "" && r.NotReferred == ""}
}

// Check returns nil or an *Invalid. A draft may be incomplete; what is sent
// must say what it asks for.
func (r *Referral) Check(now Stamp) error {
	var v Invalid
	v.pupil(r.Pupil)
	if r.Level != "" && r.Level.Rank() < 0 {
		v.add("level", "Choose a level of help.")
	}
	if r.Response != "" && r.Response != Immediate && r.Response != Assessment {
		v.add("response", "Choose immediate risk of harm or need for assessment.")
	}
	v.answer("parents_told", r.ParentsTold)
	v.pastDate("parents_when", r.ParentsWhen, now)
	v.pastStamp("phoned_at", r.PhonedAt, now)
	v.pastStamp("sent_at", r.SentAt, now)
	v.pastStamp("decided_at", r.DecidedAt, now)
	if r.ParentsTold == No && r.ParentsWhy == "" && r.SentAt != "" {
		v.add("parents_why", "Say why the parents are not told.")
	}
	if r.SentAt != "" {
		if r.Level == "" {
			v.add("level", "Choose the level of help that the referral asks for.")
		}
		if r.Response == "" {
			v.add("response", "Choose immediate risk of harm or need for assessment.")
		}
		if r.SentTo == "" {
			v.add("sent_to", "Say to whom it was sent.")
		}
	}
	v.each(v.short,
		"parents_who", r.ParentsWho, "decided_by", r.DecidedBy, "phoned_to", r.PhonedTo,
		"sent_to", r.SentTo, "method", r.Method, "reference", r.Reference,
	)
	v.each(v.text,
		"level_reason", r.LevelReason, "response_why", r.ResponseWhy, "parents_said", r.ParentsSaid,
		"parents_why", r.ParentsWhy, "door_disputes", r.DoorDisputes, "not_referred", r.NotReferred,
		"phoned_said", r.PhonedSaid,
	)
	for _, sec := range r.Sections {
		for _, st := range sec.Statements {
			v.text("sections", st.Text)
		}
	}
	return v.err()
}

func (v *Invalid) pastStamp(field string, s Stamp, now Stamp) {
	switch {
	case s == "":
	case !s.valid():
		v.add(field, "This date and time cannot be read.")
	case s > now:
		v.add(field, "This is in the future. Check the date and the time.")
	}
}

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

// View is what we think of a decision.
type View string

// The views.
const (
	ViewNone        View = ""
	Agree           View = "agree"
	AcceptAnAltern  View = "alternative"
	DisagreeWithCSC View = "disagree"
)

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
	Chased       bool     `json:"chased,omitempty"` // we asked; without more, nothing was answered
	Acknowledges bool     `json:"acknowledges,omitempty"`
	LoggedAs     LoggedAs `json:"logged_as,omitempty"`
	Outcome      Outcome  `json:"outcome,omitempty"`
	Reasons      string   `json:"reasons,omitempty"` // given for the outcome
	Next         string   `json:"next,omitempty"`    // who does what next
	ChildSeen    Date     `json:"child_seen,omitempty"`
	Said         string   `json:"said,omitempty"`
	View         View     `json:"view,omitempty"` // ours
	ViewWhy      string   `json:"view_why,omitempty"`
}

// Kind returns KindReply.
func (*Reply) Kind() Kind { return KindReply }

func (r *Reply) index() index {
	return index{pupil: r.Pupil, owner: r.Referral, sort: string(r.At), open: r.Outcome != "" && r.View == ViewNone}
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
	if r.LoggedAs != LoggedNotSaid && r.LoggedAs != LoggedContact && r.LoggedAs != LoggedReferral {
		v.add("logged_as", "Choose a contact or a referral.")
	}
	if r.Outcome != "" && !slices.Contains(OutcomesOf(LoggedNotSaid), r.Outcome) {
		v.add("outcome", "Choose the outcome from the list.")
	}
	if (r.View == DisagreeWithCSC || r.View == AcceptAnAltern) && r.ViewWhy == "" {
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

// Step is one step of a challenge ladder as local procedures give it.
type Step struct {
	Ours   string `json:"ours"`   // who raises it for the school
	Theirs string `json:"theirs"` // to whom
	Days   int    `json:"days"`   // working days for the reply; 0 where the procedures set none
}

// Challenge is a professional disagreement with a decision, taken up the local
// ladder. The ladder is copied, so that a later edition does not change it.
type Challenge struct {
	Meta
	Pupil      ID     `json:"pupil"`
	Referral   ID     `json:"referral"`
	Grounds    string `json:"grounds"`
	Decision   string `json:"decision"` // the decision challenged
	Procedures string `json:"procedures"`
	Edition    string `json:"edition,omitempty"`
	Ladder     []Step `json:"ladder"`
	Urgent     bool   `json:"urgent,omitempty"`
	Safety     string `json:"safety"` // what keeps the child safe meanwhile
	ResolvedOn Date   `json:"resolved_on,omitempty"`
	Resolved   string `json:"resolved,omitempty"` // what was resolved, and how
}

// Grounds returns the grounds for a challenge, in the order in which they are
// offered.
func Grounds() []string {
	return []string{
		"Referral not accepted, or the threshold", "More information demanded first",
		"Outcome of an assessment", "The plan drifts", "Stepped down or closed",
		"Who does what", "Information not shared", "No feedback",
	}
}

// Kind returns KindChallenge.
func (*Challenge) Kind() Kind { return KindChallenge }

func (c *Challenge) index() index {
	return index{pupil: c.Pupil, owner: c.Referral, sort: string(c.CreatedAt), open: c.ResolvedOn == ""}
}

// Check returns nil or an *Invalid.
func (c *Challenge) Check(now Stamp) error {
	var v Invalid
	v.pupil(c.Pupil)
	if c.Referral == "" {
		v.add("referral", "Choose the referral whose decision is challenged.")
	}
	if !slices.Contains(Grounds(), c.Grounds) {
		v.add("grounds", "Choose the grounds.")
	}
	if c.Decision == "" {
		v.add("decision", "Say which decision is challenged.")
	}
	if len(c.Ladder) == 0 {
		v.add("ladder", "These procedures have no challenge ladder. Choose the default ladder, or ask the partnership for theirs.")
	}
	if c.Safety == "" {
		v.add("safety", "Say what keeps the child safe while this is open.")
	}
	if (c.ResolvedOn == "") != (c.Resolved == "") {
		v.add("resolved", "A challenge is closed only with what was resolved and when.")
	}
	v.pastDate("resolved_on", c.ResolvedOn, now)
	v.text("decision", c.Decision)
	v.text("safety", c.Safety)
	v.text("resolved", c.Resolved)
	return v.err()
}

// RungResult is how a rung ended.
type RungResult string

// The results of a rung.
const (
	RungOpen      RungResult = ""
	RungResolved  RungResult = "resolved"
	RungPartly    RungResult = "partly"
	RungClimb     RungResult = "climb"
	RungWithdrawn RungResult = "withdrawn"
)

// String returns the result as people say it.
func (r RungResult) String() string {
	switch r {
	case RungResolved:
		return "Resolved"
	case RungPartly:
		return "Partly resolved"
	case RungClimb:
		return "Not resolved: next rung"
	case RungWithdrawn:
		return "Withdrawn"
	}
	return "Waiting for a reply"
}

// Rung is one step up the ladder that was taken.
type Rung struct {
	Meta
	Pupil     ID         `json:"pupil"`
	Challenge ID         `json:"challenge"`
	Number    int        `json:"number"` // step of the ladder, 1 for the first
	RaisedAt  Stamp      `json:"raised_at"`
	By        string     `json:"by"`
	To        string     `json:"to"` // name, role, agency
	Method    string     `json:"method,omitempty"`
	ReliesOn  []Ref      `json:"relies_on,omitempty"`
	Risk      string     `json:"risk"` // if nothing changes
	Sought    string     `json:"sought"`
	Due       Stamp      `json:"due,omitempty"` // stored when raised; empty where no limit is set
	RepliedAt Stamp      `json:"replied_at,omitempty"`
	Reply     string     `json:"reply,omitempty"`
	Result    RungResult `json:"result,omitempty"`
	ResultWhy string     `json:"result_why,omitempty"`
	Told      string     `json:"told,omitempty"` // who else was told
}

// Kind returns KindRung.
func (*Rung) Kind() Kind { return KindRung }

func (r *Rung) index() index {
	return index{pupil: r.Pupil, owner: r.Challenge, sort: string(r.RaisedAt), open: r.Result == RungOpen}
}

// Check returns nil or an *Invalid.
func (r *Rung) Check(now Stamp) error {
	var v Invalid
	v.pupil(r.Pupil)
	if r.Challenge == "" || r.Number < 1 {
		v.add("challenge", "Choose the challenge and its rung.")
	}
	if r.RaisedAt == "" {
		v.add("raised_at", "Say when it was raised.")
	}
	v.pastStamp("raised_at", r.RaisedAt, now)
	v.pastStamp("replied_at", r.RepliedAt, now)
	v.name("by", r.By, "Say who raised it.")
	v.name("to", r.To, "Give the name, role and agency of whom it was raised with.")
	if r.Risk == "" {
		v.add("risk", "Say what the risk to the child is if nothing changes.")
	}
	if r.Sought == "" {
		v.add("sought", "Say what outcome you ask for.")
	}
	if r.RepliedAt != "" && r.RepliedAt < r.RaisedAt {
		v.add("replied_at", "This reply is dated before the challenge was raised. Check both dates.")
	}
	if r.Result != RungOpen && r.ResultWhy == "" {
		v.add("result_why", "Say why it ended so.")
	}
	v.each(v.text,
		"risk", r.Risk, "sought", r.Sought, "reply", r.Reply, "result_why", r.ResultWhy, "told", r.Told,
	)
	v.short("method", r.Method)
	return v.err()
}

// Disclosure is what left the building: a pack, a chronology.
type Disclosure struct {
	Meta
	Pupil    ID     `json:"pupil"`
	Referral ID     `json:"referral,omitempty"`
	What     string `json:"what"`
	To       string `json:"to"`
	Basis    string `json:"basis"` // why it was shared, and on what consent or without
	SHA256   string `json:"sha256,omitempty"`
	At       Stamp  `json:"at"`
}

// Kind returns KindDisclosure.
func (*Disclosure) Kind() Kind { return KindDisclosure }

func (d *Disclosure) index() index {
	return index{pupil: d.Pupil, owner: d.Referral, sort: string(d.At)}
}

// Check returns nil or an *Invalid.
func (d *Disclosure) Check(now Stamp) error {
	var v Invalid
	v.pupil(d.Pupil)
	v.name("what", d.What, "Say what was shared.")
	v.name("to", d.To, "Say with whom it was shared.")
	if d.Basis == "" {
		v.add("basis", "Say why it was shared, and whether with consent.")
	}
	v.text("basis", d.Basis)
	v.pastStamp("at", d.At, now)
	return v.err()
}
