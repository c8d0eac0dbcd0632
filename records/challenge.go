package records

import "slices"

// Step is one step of a challenge ladder as local procedures give it.
type Step struct {
	Ours   string `json:"ours"`   // who raises it for the school
	Theirs string `json:"theirs"` // to whom
	Days   int    `json:"days"`   // working days for the reply; 0 where the procedures set none
}

// ChallengeSort is a kind of disagreement. They are kinds of their own, not
// rungs of one ladder.
type ChallengeSort string

// The kinds of challenge.
const (
	OfDecision   ChallengeSort = "" // a decision about a referral
	OfConvening  ChallengeSort = "convening"
	OfConference ChallengeSort = "dissent"
	OfConduct    ChallengeSort = "conduct"
	InsideSchool ChallengeSort = "inside"
)

// ChallengeSorts returns every kind in the order in which they are offered.
func ChallengeSorts() []ChallengeSort {
	return []ChallengeSort{OfDecision, OfConvening, OfConference, OfConduct, InsideSchool}
}

// String returns the kind as people say it.
func (s ChallengeSort) String() string {
	switch s {
	case OfConvening:
		return "Whether to hold a strategy discussion or a conference"
	case OfConference:
		return "Dissent from what a conference decided"
	case OfConduct:
		return "A complaint about somebody's conduct"
	case InsideSchool:
		return "A disagreement inside the school"
	}
	return "A decision about a referral"
}

// Climbs reports whether the kind goes up a ladder. A complaint about conduct
// goes to one person and is answered.
func (s ChallengeSort) Climbs() bool { return s != OfConduct }

// OfSocialCare reports whether the kind asks social care to decide otherwise
// for the child.
func (s ChallengeSort) OfSocialCare() bool {
	return s == OfDecision || s == OfConvening || s == OfConference
}

// Challenge is a professional disagreement: with a decision, taken up the local
// ladder, or of another kind. The ladder is copied, so that a later edition
// does not change it.
type Challenge struct {
	Meta
	Pupil      ID            `json:"pupil"`
	Referral   ID            `json:"referral"`
	Sort       ChallengeSort `json:"sort,omitempty"`
	Meeting    ID            `json:"meeting,omitempty"` // the conference, where it is about one
	Grounds    string        `json:"grounds"`           // of a challenge to a decision about a referral
	Decision   string        `json:"decision"`          // the decision challenged; of a complaint, what happened
	Procedures string        `json:"procedures"`
	Edition    string        `json:"edition,omitempty"`
	Ladder     []Step        `json:"ladder"`
	Days       int           `json:"days,omitempty"` // working days for the whole ladder; 0 where none were set
	Urgent     bool          `json:"urgent,omitempty"`
	Safety     string        `json:"safety"` // what keeps the child safe meanwhile
	ResolvedOn Date          `json:"resolved_on,omitempty"`
	Resolved   string        `json:"resolved,omitempty"` // what was resolved, and how

	// The route of a complaint about conduct.
	To       string `json:"to,omitempty"` // name, role, agency
	Raised   Date   `json:"raised,omitempty"`
	Sought   string `json:"sought,omitempty"`
	Answered Date   `json:"answered,omitempty"`
	Answer   string `json:"answer,omitempty"`
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
	if !slices.Contains(ChallengeSorts(), c.Sort) {
		v.add("sort", "Choose what the challenge is about.")
	}
	if c.Referral == "" && c.Sort.OfSocialCare() {
		v.add("referral", "Choose the referral whose decision is challenged.")
	}
	if c.Sort == OfDecision && !slices.Contains(Grounds(), c.Grounds) {
		v.add("grounds", "Choose the grounds.")
	}
	if c.Sort.Climbs() {
		v.climbing(c)
	} else {
		v.complaint(c, now)
	}
	if (c.ResolvedOn == "") != blank(c.Resolved) {
		v.add("resolved", "A challenge is closed only with what was resolved and when.")
	}
	v.pastDate("resolved_on", c.ResolvedOn, now)
	v.text("decision", c.Decision)
	v.text("safety", c.Safety)
	v.text("resolved", c.Resolved)
	return v.err()
}

// climbing holds a challenge that goes up a ladder to what every rung needs.
func (v *Invalid) climbing(c *Challenge) {
	if blank(c.Decision) {
		v.add("decision", "Say which decision is challenged.")
	}
	if len(c.Ladder) == 0 {
		v.add("ladder", "These procedures have no challenge ladder. Choose the default ladder, or ask the partnership for theirs.")
	}
	if blank(c.Safety) {
		v.add("safety", "Say what keeps the child safe while this is open.")
	}
}

// complaint holds a complaint about conduct to its own route.
func (v *Invalid) complaint(c *Challenge, now Stamp) {
	if blank(c.Decision) {
		v.add("decision", "Say what happened: what was said or done, when, and who was there.")
	}
	v.name("to", c.To, "Give the name, role and agency of whom the complaint goes to.")
	if c.Raised == "" {
		v.add("raised", "Say when it was made.")
	}
	v.pastDate("raised", c.Raised, now)
	if blank(c.Sought) {
		v.add("sought", "Say what you ask for.")
	}
	if (c.Answered == "") != blank(c.Answer) {
		v.add("answer", "An answer needs its words and its day.")
	}
	v.pastDate("answered", c.Answered, now)
	if c.Answered != "" && c.Answered < c.Raised {
		v.add("answered", "This answer is dated before the complaint was made. Check both dates.")
	}
	v.each(v.text, "sought", c.Sought, "answer", c.Answer)
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

// RungResults returns every result in the order in which they are offered.
func RungResults() []RungResult {
	return []RungResult{RungOpen, RungResolved, RungPartly, RungClimb, RungWithdrawn}
}

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
	Due       Stamp      `json:"due,omitempty"`        // stored when raised; empty where no limit is set
	RepliedAt Stamp      `json:"replied_at,omitempty"` // empty where nobody replied
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
	if blank(r.Risk) {
		v.add("risk", "Say what the risk to the child is if nothing changes.")
	}
	if blank(r.Sought) {
		v.add("sought", "Say what outcome you ask for.")
	}
	if r.RepliedAt != "" && r.RepliedAt < r.RaisedAt {
		v.add("replied_at", "This reply is dated before the challenge was raised. Check both dates.")
	}
	if r.RepliedAt != "" && r.Reply == "" {
		v.add("reply", "Write what they replied. If nobody did, leave the day of the reply empty.")
	}
	if r.Reply != "" && r.RepliedAt == "" {
		v.add("replied_at", "Say when they replied.")
	}
	if !slices.Contains(RungResults(), r.Result) {
		v.add("result", "Choose how this rung ended.")
	}
	if r.Result != RungOpen && blank(r.ResultWhy) {
		v.add("result_why", "Say why it ended so.")
	}
	v.each(v.text,
		"risk", r.Risk, "sought", r.Sought, "reply", r.Reply, "result_why", r.ResultWhy, "told", r.Told,
	)
	v.short("method", r.Method)
	return v.err()
}
