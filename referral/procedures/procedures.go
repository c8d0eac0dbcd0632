// Package procedures reads local safeguarding procedures, which are data: the
// front door, the levels of help, the clocks, the boxes of the referral form
// and the challenge ladder of one authority or partnership.
//
// England's authorities differ in all of these and change them every year, so
// nothing of them is code. [Load] reads what ships with the program, [Parse]
// an edited copy. What is not known stays empty and is shown as such: this
// package never fills a gap with a guess, and no telephone number ships that
// nobody has checked.
package procedures

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"throughline/assets"
	"throughline/records"
)

// Procedures is what one authority or partnership asks for.
type Procedures struct {
	Name        string           `toml:"name"`  // of the file: "lincolnshire"
	Title       string           `toml:"title"` // as people say it
	Authority   string           `toml:"authority"`
	Edition     string           `toml:"edition"`      // as printed on the source; empty when not known
	EditionDate records.Date     `toml:"edition_date"` // from which the edition holds; empty when not known
	Checked     records.Date     `toml:"checked"`      // when somebody last compared this with the source; empty for never
	Source      string           `toml:"source"`
	Note        string           `toml:"note"`
	FrontDoor   FrontDoor        `toml:"front_door"`
	Levels      []Level          `toml:"levels"` // lowest first
	Clocks      map[string]Clock `toml:"clocks"`
	Form        Form             `toml:"form"`
	Challenge   Challenge        `toml:"challenge"`
}

// FrontDoor is where referrals go. A number that is empty is not known.
type FrontDoor struct {
	Name            string `toml:"name"`
	Phone           string `toml:"phone"`
	Hours           string `toml:"hours"`
	OutOfHoursName  string `toml:"out_of_hours_name"`
	OutOfHoursPhone string `toml:"out_of_hours_phone"`
	Email           string `toml:"email"`
	Web             string `toml:"web"` // address of the web form
	Police          string `toml:"police"`
	PoliceNotUrgent string `toml:"police_not_urgent"`
}

// Level is a level of help under its local name, with the words of the
// threshold document where they are known.
type Level struct {
	Level   records.Level `toml:"level"`
	Name    string        `toml:"name"`
	Wording string        `toml:"wording"`
}

// Form is the local referral form, box by box in its own order.
type Form struct {
	Name    string  `toml:"name"`
	Minutes int     `toml:"minutes"` // after which a web form loses what was typed; 0 when not known
	Fields  []Field `toml:"fields"`  // empty when the form is not known
}

// Field is one box of a form.
type Field struct {
	Key   string `toml:"key"`   // the sections of the pack that fill it, with spaces between; empty for none
	Label string `toml:"label"` // as the form prints it
	Limit int    `toml:"limit"` // characters; 0 when not known
}

// SectionKeys returns the sections of the pack by which a [Field] says what
// fills it, in the order of the pack. They stand here because the pack reads
// procedures and not the other way round.
func SectionKeys() []string {
	return []string{
		"header", "referrer", "child", "household", "consent", "concern", "history", "impact", "voice", "parents",
		"strengths", "tried", "school", "agencies", "staff_risk", "analysis", "expected", "consequence", "attached",
	}
}

// Challenge is the local ladder for professional disagreement.
type Challenge struct {
	Note   string `toml:"note"`
	Days   int    `toml:"days"` // working days for the whole ladder; 0 where none are set
	Ladder []Rung `toml:"ladder"`
}

// Rung is one step of the ladder, lowest first.
type Rung struct {
	Ours   string `toml:"ours"`
	Theirs string `toml:"theirs"`
	Days   int    `toml:"days"` // working days for the reply; 0 where none are set
}

// Unit is what a clock counts.
type Unit string

// The units of clocks.
const (
	ClockHours  Unit = "clock hours"  // run through nights, weekends and holidays
	WorkingDays Unit = "working days" // weekdays that are not bank holidays
	Months      Unit = "months"       // by the calendar
)

// Mark says whose rule a clock is.
type Mark string

// The marks of clocks.
const (
	National Mark = "n"
	Local    Mark = "l"
	Verify   Mark = "v" // a starting point, to be compared with the edition in force
)

// String returns the mark as people read it.
func (m Mark) String() string {
	switch m {
	case National:
		return "national guidance"
	case Local:
		return "local practice"
	case Verify:
		return "to be checked against the local procedures"
	}
	return ""
}

// Clock is a limit of time. The zero Clock is one that is not known.
type Clock struct {
	Value int    `toml:"value"`
	Unit  Unit   `toml:"unit"`
	Mark  Mark   `toml:"mark"`
	Note  string `toml:"note"`
}

// Known reports whether the clock sets a limit.
func (c Clock) Known() bool { return c.Value > 0 }

// String returns the limit as people say it: "24 clock hours", "1 working
// day" or "no limit known".
func (c Clock) String() string {
	switch {
	case !c.Known():
		return "no limit known"
	case c.Value == 1:
		return "1 " + strings.TrimSuffix(string(c.Unit), "s")
	}
	return fmt.Sprintf("%d %s", c.Value, c.Unit)
}

// The keys of clocks. Each says from when it runs.
const (
	WrittenConfirmation = "written_confirmation" // from the telephone call to our writing
	Acknowledgement     = "acknowledgement"      // from the referral to their answer that they have it
	Decision            = "decision"             // from the referral to their decision
	Chase               = "chase"                // from the last word to our asking again
	View                = "view"                 // from their decision to our view of it
	Feedback            = "feedback"             // from their decision to having it in writing
	ChallengeStep       = "challenge_step"       // from when it is our turn in a challenge
	ChildSeen47         = "child_seen_47"        // from the referral, section 47
	ChildSeen17         = "child_seen_17"        // from allocation, section 17
	Strategy            = "strategy"             // from the decision to hold one; where section 47 was asked for, from the referral
	Conference          = "conference"           // from the strategy discussion
	AssessmentDone      = "assessment"           // from the referral
	CoreGroup           = "core_group"           // from the conference
	FirstReview         = "first_review"         // from the conference
	LaterReview         = "later_review"         // from the review before
	ConferenceReport    = "conference_report"    // before the conference
)

// ClockKeys returns the keys of every clock in the order in which Settings
// shows them.
func ClockKeys() []string {
	return []string{
		WrittenConfirmation, Acknowledgement, Decision, Chase, View, Feedback, ChallengeStep, ChildSeen47,
		ChildSeen17, Strategy, Conference, AssessmentDone, CoreGroup, FirstReview, LaterReview, ConferenceReport,
	}
}

// ClockTitle returns what the clock with a key measures, in words, and "" for
// an unknown key.
func ClockTitle(key string) string {
	return map[string]string{
		WrittenConfirmation: "Telephone call to written confirmation",
		Acknowledgement:     "Referral to acknowledgement",
		Decision:            "Referral to decision",
		Chase:               "Last word to asking again",
		View:                "Their decision to our view of it",
		Feedback:            "Their decision to having it in writing",
		ChallengeStep:       "Our turn in a challenge to our taking it",
		ChildSeen47:         "Referral to child seen, section 47",
		ChildSeen17:         "Allocation to child seen, section 17",
		Strategy:            "Decision, or referral under section 47, to strategy discussion",
		Conference:          "Strategy discussion to initial child protection conference",
		AssessmentDone:      "Referral to assessment complete",
		CoreGroup:           "Conference to first core group",
		FirstReview:         "Conference to first review",
		LaterReview:         "Review to next review",
		ConferenceReport:    "School's report, before the conference",
	}[key]
}

// Clock returns the clock with a key, or the zero Clock where these procedures
// set none. A nil Procedures sets none at all.
func (p *Procedures) Clock(key string) Clock {
	if p == nil {
		return Clock{}
	}
	return p.Clocks[key]
}

// Steps returns the challenge ladder as a challenge copies it.
func (p *Procedures) Steps() []records.Step {
	if p == nil {
		return nil
	}
	var steps []records.Step
	for _, r := range p.Challenge.Ladder {
		steps = append(steps, records.Step{Ours: r.Ours, Theirs: r.Theirs, Days: r.Days})
	}
	return steps
}

// Level returns the level under its local name; where these procedures do not
// name it, the Level has the national name and no wording.
func (p *Procedures) Level(l records.Level) Level {
	if p != nil {
		for _, have := range p.Levels {
			if have.Level == l {
				return have
			}
		}
	}
	return Level{Level: l, Name: l.String()}
}

// Unknown returns what these procedures leave empty, each a sentence for the
// DSL, so that a gap is seen before it is needed.
func (p *Procedures) Unknown() []string {
	gaps := []struct {
		empty    bool
		sentence string
	}{
		{p.Checked == "", "Nobody has compared these procedures with their source yet. Do that, then enter the date."},
		{p.Edition == "", "The edition is not known."},
		{p.FrontDoor.Phone == "", "The front door's telephone number is not known. Find it before it is needed."},
		{p.FrontDoor.OutOfHoursPhone == "", "The out-of-hours telephone number is not known. Find it before it is needed."},
		{len(p.Form.Fields) == 0, "The boxes of the local referral form are not known."},
		{!slices.ContainsFunc(p.Levels, func(l Level) bool { return l.Wording != "" }), "The wording of the local thresholds is not known."},
	}
	var all []string
	for _, g := range gaps {
		if g.empty {
			all = append(all, g.sentence)
		}
	}
	for _, key := range ClockKeys() {
		if !p.Clock(key).Known() {
			all = append(all, "No limit is known for: "+ClockTitle(key)+".")
		}
	}
	return all
}

// Default is the name of the procedures for a school whose authority has none
// here.
const Default = "default"

// Names returns the names of the procedures that ship, in order, the default
// last.
func Names() []string {
	files, err := fs.ReadDir(assets.Procedures, "procedures")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	var names []string
	for _, f := range files {
		if n, ok := strings.CutSuffix(f.Name(), ".toml"); ok && n != Default {
			names = append(names, n)
		}
	}
	return append(names, Default)
}

// Text returns the text of procedures that ship, as a start for an edited
// copy. An unknown name is records.ErrNotFound.
func Text(name string) ([]byte, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("procedures: %w", records.ErrNotFound)
	}
	return fs.ReadFile(assets.Procedures, "procedures/"+name+".toml")
}

// Load returns procedures that ship with the program. An unknown name is
// records.ErrNotFound.
func Load(name string) (*Procedures, error) {
	data, err := Text(name)
	if err != nil {
		return nil, err
	}
	return Parse(data)
}
