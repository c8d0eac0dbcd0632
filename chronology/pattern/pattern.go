// Package pattern reads the line of one child's events and says, in plain
// English, what recurs, what is getting worse, what nobody has answered and
// where the line falls silent. Every statement carries the entries behind it,
// their count, and how often chance alone would do as much.
//
// Serious case reviews say the same thing each time: many small concerns, each
// explained away, never laid side by side. This lays them side by side. It
// gives no score and takes no decision.
//
// The package is pure: values in, values out. It has no clock, does no I/O and
// keeps nothing between calls.
//
// Rules that hold everywhere:
//   - Time is counted in school days open, so that August is not an
//     improvement.
//   - Counts speak of entries, not of incidents, and a fall in entries is never
//     called an improvement.
//   - Approximate dates take no part in tests of weekdays or gaps. Undated
//     entries stay out of everything that has to do with time.
//   - What chance alone would do is corrected for how many tests were tried:
//     of children whose line is steady, at most 1 in 20 get any statement of
//     deterioration, and at most 1 in 20 any of a weekday or a first day back.
//     That is for one reading. A line that is read again after every entry has
//     as many chances: over sixty entries about half of steady lines raise
//     something at some time, mostly once and passing (make eval prints it).
package pattern

import (
	"cmp"
	"slices"

	"throughline/records"
)

// Event is one thing on a child's line. Fields that do not apply are empty.
type Event struct {
	Row        int    // the caller's number for it, echoed in statements
	Key        string // the caller's lasting name for it, echoed too; may be empty
	Kind       records.Kind
	When       records.When
	Until      records.Date   // last day of a plan, a status or a support; day an action is due
	Ended      records.Date   // day on which it was closed, done or resolved
	Again      []records.Date // days on which it was opened again after that
	Category   records.Category
	Categories []records.Category // the others, where there are several
	Severity   records.Severity
	Status     records.StatusKind // of a status event
	Source     string             // a records.Source, or as written
	Place      string
	People     []string // names or roles, as written, of who took part; not of who wrote it
	Kin        []string // first names of brothers and sisters
	Text       string   // what happened
	Voice      string   // the child's words
	Action     string
	Decision   string
	Reason     string // for the decision
	Outcome    string
	Seen       records.Date // day on which the child was seen, where a field of its own says so
	Sent       records.Date // first day on which a referral was telephoned or sent; empty while it is not
	Sibling    string       // the sibling's name, when the event is on a sibling's line
}

// Kinds of event that records has no ledger of. Every records.Kind that can lie
// on a child's line is a kind of event too; an event without a kind is a row of
// somebody's chronology, and is read by its words alone.
const (
	Household  records.Kind = "household"  // a dated change of who lives with the child
	AbsentFrom records.Kind = "attendance" // an absence
	Meeting    records.Kind = "meeting"
)

// Kind is a kind of statement.
type Kind string

// The kinds of statement: of patterns, of deterioration, of what is
// unanswered, and the rest.
const (
	Category   Kind = "category"
	Weekday    Kind = "weekday"
	AfterBreak Kind = "after_break"
	Person     Kind = "person"
	Place      Kind = "place"
	Sibling    Kind = "sibling"
	Together   Kind = "together"
	New        Kind = "new"

	Frequency Kind = "frequency"
	Gaps      Kind = "gaps"
	Severity  Kind = "severity"
	Breadth   Kind = "breadth"

	NotSeen                 Kind = "not_seen"
	NoChildWords            Kind = "no_child_words"
	NoOutcome               Kind = "no_outcome"
	NoReferral              Kind = "no_referral"
	InjuryAfterNoAction     Kind = "injury_after_no_further_action"
	ExplanationsDiffer      Kind = "explanations_differ"
	AbsenceThenInjury       Kind = "absence_then_injury"
	WithdrawnAfterChallenge Kind = "withdrawn_after_challenge"
	SiblingNotAsked         Kind = "sibling_not_asked"
	UnresolvedDisagreement  Kind = "unresolved_disagreement"
	MonitoringLapsed        Kind = "monitoring_lapsed"
	RecordsMissing          Kind = "records_missing"

	Quiet Kind = "quiet"
	Voice Kind = "voice"
	Drift Kind = "drift"
)

// NoTest is the Chance of a statement that rests on no test: a plain count, or
// a fact.
const NoTest = -1

// Statement is one thing that can be said about a line, with its evidence.
type Statement struct {
	Kind    Kind
	Subject string   // what of: with Kind it names the statement, and stays the same from reading to reading
	Text    string   // in words that a parent or a judge can read
	Rows    []int    // Row of each event behind it, in order of time
	Keys    []string // Key of each, in the same order
	Count   int      // how many events it counts
	Chance  float64  // how often chance alone would do as much, corrected for what was tried; or NoTest
	From    records.Date

	strength float64 // the larger, the earlier in its list
}

// Reading is all that can be said about a line on a day. Each list is
// strongest first.
type Reading struct {
	Patterns      []Statement
	Deterioration []Statement
	Unanswered    []Statement
	Quiet         []Statement
	Drift         []Statement // of plans and decisions: over nine months, closed and opened again, no further action again
	Voice         Statement   // whether the child's own words are there
	TooLittle     []string    // what cannot be said, and why
}

// Read says what the line of one child shows as of a date. events may be in any
// order; those of siblings carry the sibling's name. An empty asOf is the date
// of the last event. Events after asOf are left out, and the reading says so.
// The same arguments give the same reading.
func Read(events []Event, cal records.Calendar, asOf records.Date) Reading {
	return NewReader(cal, "", "").Read(events, asOf)
}

// Read is [Read] with the reader's calendar.
func (r *Reader) Read(events []Event, asOf records.Date) Reading {
	l := newLine(events, r, asOf)
	var out Reading
	for _, part := range []func(*line, *Reading){
		(*line).recurring,
		(*line).onDays,
		(*line).newThings,
		(*line).worsening,
		(*line).unanswered,
		(*line).silence,
		(*line).quietKinds,
		(*line).drifting,
		(*line).tooLittle,
	} {
		part(l, &out)
	}
	for _, list := range [][]Statement{out.Patterns, out.Deterioration, out.Unanswered, out.Quiet, out.Drift} {
		strongestFirst(list)
	}
	return out
}

func strongestFirst(list []Statement) {
	slices.SortStableFunc(list, func(a, b Statement) int { return cmp.Compare(b.strength, a.strength) })
}
