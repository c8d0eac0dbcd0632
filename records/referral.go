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

// Consent is what the parents said to the referral.
type Consent string

// The answers about consent.
const (
	ConsentGiven     Consent = "given"
	ConsentRefused   Consent = "refused"
	ConsentNotSought Consent = "not_sought"
)

// Consents returns every answer in the order in which they are offered.
func Consents() []Consent { return []Consent{ConsentGiven, ConsentRefused, ConsentNotSought} }

// String returns the answer as people say it, and "" for none.
func (c Consent) String() string {
	switch c {
	case ConsentGiven:
		return "Given"
	case ConsentRefused:
		return "Refused"
	case ConsentNotSought:
		return "Not sought"
	}
	return ""
}

// Decider is who made one of the three decisions, and when. Referrals of an
// older edition have one name and time for all three, DecidedBy and DecidedAt.
type Decider struct {
	By string `json:"by,omitempty"`
	At Stamp  `json:"at,omitempty"`
}

// String returns who decided and when: "Ms Quill, DSL, Fri 20 Nov 2026, 10:12".
func (d Decider) String() string {
	if d.By == "" || d.At == "" {
		return d.By + d.At.String()
	}
	return d.By + ", " + d.At.String()
}

// Referral asks children's social care for something. It is a draft until
// SentAt is set; what became of it follows from its replies and challenges.
type Referral struct {
	Meta
	Pupil      ID     `json:"pupil"`
	Siblings   []ID   `json:"siblings,omitempty"` // further children on the same referral
	Procedures string `json:"procedures"`         // name of the local procedures followed
	Edition    string `json:"edition,omitempty"`  // their edition when the referral was begun
	Digest     string `json:"digest,omitempty"`   // SHA-256 of their text then: schools edit them between editions

	// The three decisions.
	Level        Level    `json:"level,omitempty"`
	LevelReason  string   `json:"level_reason,omitempty"`
	Threshold    string   `json:"threshold,omitempty"` // the words of the local threshold document that the child meets
	LevelBy      Decider  `json:"level_by,omitzero"`
	Response     Response `json:"response,omitempty"`
	ResponseWhy  string   `json:"response_why,omitempty"`
	ResponseBy   Decider  `json:"response_by,omitzero"` // also of a decision not to refer
	ParentsTold  Answer   `json:"parents_told,omitempty"`
	ParentsWhen  Date     `json:"parents_when,omitempty"`
	ParentsWho   string   `json:"parents_who,omitempty"` // who was told, by whom and how
	ParentsSaid  string   `json:"parents_said,omitempty"`
	Consent      Consent  `json:"consent,omitempty"`
	ParentsWhy   string   `json:"parents_why,omitempty"`   // why they were not told
	DoorDisputes string   `json:"door_disputes,omitempty"` // what the front door said against it, and the line taken
	ParentsBy    Decider  `json:"parents_by,omitzero"`
	DecidedAt    Stamp    `json:"decided_at,omitempty"` // the last of the three; of a decision not to refer, that one
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
	PackHash   string `json:"pack_hash,omitempty"` // SHA-256 of the sections that were sent
	PackMade   Stamp  `json:"pack_made,omitempty"` // when what was sent was made: what came later is not in it
	PackFile   ID     `json:"pack_file,omitempty"` // the document that was sent; empty where no PDF was

	// DueThen is what was due when it was telephoned or sent, by the key of the
	// clock (see referral/procedures): the calendar and the procedures may
	// change, what was said on that day does not.
	DueThen map[string]Stamp `json:"due_then,omitempty"`
}

// AsOf returns the instant whose record a pack that was sent shows, and "" for a
// draft.
func (r *Referral) AsOf() Stamp {
	if r.SentAt == "" || r.PackMade == "" {
		return r.SentAt
	}
	return r.PackMade
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
	if r.Consent != "" && !slices.Contains(Consents(), r.Consent) {
		v.add("consent", "Choose given, refused or not sought.")
	}
	v.pastDate("parents_when", r.ParentsWhen, now)
	v.pastStamp("phoned_at", r.PhonedAt, now)
	v.pastStamp("sent_at", r.SentAt, now)
	v.pastStamp("decided_at", r.DecidedAt, now)
	v.decider("level_by", r.LevelBy, now)
	v.decider("response_by", r.ResponseBy, now)
	v.decider("parents_by", r.ParentsBy, now)
	if r.ParentsTold == No && blank(r.ParentsWhy) && r.SentAt != "" {
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
		"level_reason", r.LevelReason, "threshold", r.Threshold, "response_why", r.ResponseWhy, "parents_said", r.ParentsSaid,
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

func (v *Invalid) decider(field string, d Decider, now Stamp) {
	v.short(field, d.By)
	v.pastStamp(field, d.At, now)
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

// Disclosure is what left the building: a pack, a chronology, words by telephone.
type Disclosure struct {
	Meta
	Pupil    ID     `json:"pupil"`
	Referral ID     `json:"referral,omitempty"`
	What     string `json:"what"`
	To       string `json:"to"`
	Basis    string `json:"basis"`          // why it was shared, and on what consent or without
	Said     string `json:"said,omitempty"` // the words, of what left by telephone
	SHA256   string `json:"sha256,omitempty"`
	At       Stamp  `json:"at"`

	// TakenBack says why this was noted by mistake: nothing went out. It is empty
	// for what went.
	TakenBack string `json:"taken_back,omitempty"`
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
	if blank(d.Basis) {
		v.add("basis", "Say why it was shared, and whether with consent.")
	}
	v.text("basis", d.Basis)
	v.text("said", d.Said)
	v.text("taken_back", d.TakenBack)
	v.pastStamp("at", d.At, now)
	return v.err()
}
