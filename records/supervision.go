package records

import "slices"

// SessionKind is a kind of supervision session.
type SessionKind string

// The kinds of session.
const (
	OneToOne SessionKind = "one_to_one"
	Group    SessionKind = "group"
	AdHoc    SessionKind = "ad_hoc"
)

// SessionKinds returns every kind in the order in which they are offered.
func SessionKinds() []SessionKind { return []SessionKind{OneToOne, Group, AdHoc} }

// String returns the kind as people say it.
func (k SessionKind) String() string {
	switch k {
	case OneToOne:
		return "One to one"
	case Group:
		return "Group"
	case AdHoc:
		return "Ad hoc"
	}
	return string(k)
}

// Supervision is one session in which a supervisor hears the DSL's cases. What
// was said of a child is a ChildNote in that child's file; what concerns the
// supervisee alone is a Reflection.
type Supervision struct {
	Meta
	On           Date        `json:"on"`
	Sort         SessionKind `json:"sort"`
	Minutes      int         `json:"minutes,omitempty"`
	Supervisor   string      `json:"supervisor"` // name and role
	Supervisee   ID          `json:"supervisee"` // the member
	Present      string      `json:"present,omitempty"`
	Workload     string      `json:"workload,omitempty"`
	Earlier      string      `json:"earlier,omitempty"` // what became of earlier actions
	Themes       string      `json:"themes,omitempty"`
	Shortcomings string      `json:"shortcomings,omitempty"` // our own
	WentWell     string      `json:"went_well,omitempty"`
	Quality      string      `json:"quality,omitempty"` // of the record: what was read, vague, late
	Actions      string      `json:"actions,omitempty"` // that belong to no child
	Next         Date        `json:"next,omitempty"`
	Signed       string      `json:"signed,omitempty"` // by whom it was agreed
	Closed       Date        `json:"closed,omitempty"` // empty while it is being written
}

// Kind returns KindSupervision.
func (*Supervision) Kind() Kind { return KindSupervision }

func (s *Supervision) index() index { return index{sort: string(s.On), open: s.Closed == ""} }

// Check returns nil or an *Invalid.
func (s *Supervision) Check(now Stamp) error {
	var v Invalid
	if s.On == "" {
		v.add("on", "Give the day of the session.")
	}
	v.date("on", s.On)
	if !slices.Contains(SessionKinds(), s.Sort) {
		v.add("sort", "Choose the kind of session.")
	}
	if s.Minutes < 0 || s.Minutes > 24*60 {
		v.add("minutes", "Give the length in minutes.")
	}
	v.name("supervisor", s.Supervisor, "Give the supervisor's name and role.")
	if s.Supervisee == "" {
		v.add("supervisee", "Choose who is supervised.")
	}
	v.date("next", s.Next)
	if s.Next != "" && s.Next <= s.On {
		v.add("next", "The next session is not after this one. Check both dates.")
	}
	v.pastDate("closed", s.Closed, now)
	v.short("signed", s.Signed)
	v.each(v.text,
		"present", s.Present, "workload", s.Workload, "earlier", s.Earlier, "themes", s.Themes,
		"shortcomings", s.Shortcomings, "went_well", s.WentWell, "quality", s.Quality, "actions", s.Actions,
	)
	return v.err()
}

// mayOpen reports whether a member opens a session: whom it is about, and every
// designated safeguarding lead. It holds the workload, the shortcomings and the
// wellbeing of one person at work, which are no business of a head, a governor
// or IT; what it decided about a child is a ChildNote, in the child's file.
func (s *Supervision) mayOpen(m Member) bool {
	return m.Role == DSL || m.Role == Deputy && s.Supervisee == m.ID
}

// checkSession refuses a session that the member could not open, before the
// change or after it.
func (tx *Tx) checkSession(s *Supervision) error {
	if s.ID != "" {
		switch old, err := get[Supervision](tx, s.ID); {
		case err != nil:
			return err
		case !old.mayOpen(tx.store.Me):
			return ErrNotAllowed
		}
	}
	if s.Supervisee != "" && !s.mayOpen(tx.store.Me) {
		return ErrNotAllowed
	}
	return nil
}

// ChildNote is what a supervision session said of one child. It stands in the
// child's file.
type ChildNote struct {
	Meta
	Pupil      ID     `json:"pupil"`
	Session    ID     `json:"session"`
	On         Date   `json:"on"`
	Why        string `json:"why"` // why the child was brought
	Happened   string `json:"happened,omitempty"`
	Lived      string `json:"lived,omitempty"`     // the child's lived experience and voice
	Worries    string `json:"worries,omitempty"`   // what is worrying
	Strengths  string `json:"strengths,omitempty"` // what protects
	Read       Answer `json:"read,omitempty"`      // whether the chronology was read
	Tried      string `json:"tried,omitempty"`     // and what it changed
	Decision   string `json:"decision,omitempty"`  // the decision that was tested
	Tested     Ref    `json:"tested,omitzero"`     // where that decision stands; zero where it was written in
	Agreed     Answer `json:"agreed,omitempty"`    // whether the supervisor agrees with it
	AgreedWhy  string `json:"agreed_why,omitempty"`
	Challenge  string `json:"challenge,omitempty"` // whether one was considered, and why not
	Action     string `json:"action,omitempty"`
	ActionWho  string `json:"action_who,omitempty"`
	ActionDue  Date   `json:"action_due,omitempty"`
	Task       ID     `json:"task,omitempty"`   // the Action that was made of it
	ReviewDate Date   `json:"review,omitempty"` // when the child is looked at again
}

// Kind returns KindChildNote.
func (*ChildNote) Kind() Kind { return KindChildNote }

func (n *ChildNote) index() index {
	return index{pupil: n.Pupil, owner: n.Session, sort: string(n.On)}
}

// Check returns nil or an *Invalid.
func (n *ChildNote) Check(now Stamp) error {
	var v Invalid
	v.pupil(n.Pupil)
	if n.Session == "" {
		v.add("session", "Choose the session.")
	}
	v.date("on", n.On)
	if blank(n.Why) {
		v.add("why", "Say why the child was brought.")
	}
	v.answer("read", n.Read)
	v.answer("agreed", n.Agreed)
	if n.Agreed == No && blank(n.AgreedWhy) {
		v.add("agreed_why", "Say why not, and what should happen instead.")
	}
	if n.Agreed != NotKnown && blank(n.Decision) {
		v.add("decision", "Say which decision was tested.")
	}
	if !blank(n.Action) && blank(n.ActionWho) {
		v.add("action_who", "Say who will do it.")
	}
	if !blank(n.Action) && n.ActionDue == "" {
		v.add("action_due", "Give the day by which it is to be done.")
	}
	if blank(n.Action) && n.ActionWho+string(n.ActionDue) != "" {
		v.add("action", "Say what is to be done.")
	}
	v.date("action_due", n.ActionDue)
	v.date("review", n.ReviewDate)
	if n.ReviewDate != "" && n.ReviewDate <= n.On {
		v.add("review", "This day is not after the session. Check both dates.")
	}
	v.short("action_who", n.ActionWho)
	v.each(v.text,
		"why", n.Why, "happened", n.Happened, "lived", n.Lived, "worries", n.Worries, "strengths", n.Strengths,
		"tried", n.Tried, "decision", n.Decision, "agreed_why", n.AgreedWhy, "challenge", n.Challenge, "action", n.Action,
	)
	return v.err()
}

// Reflection is the personal part of a supervision session. Only the member it
// is about opens it; it is in no child's file and goes out with none.
type Reflection struct {
	Meta
	Session ID     `json:"session"`
	Member  ID     `json:"member"`
	Text    string `json:"text"`
}

// Kind returns KindReflection.
func (*Reflection) Kind() Kind { return KindReflection }

func (r *Reflection) index() index { return index{owner: r.Session, sort: string(r.CreatedAt)} }

// Check returns nil or an *Invalid.
func (r *Reflection) Check(Stamp) error {
	var v Invalid
	if r.Session == "" || r.Member == "" {
		v.add("session", "Choose the session.")
	}
	v.text("text", r.Text)
	return v.err()
}
