// Package chronology lays every kind of record of one child on one line, in
// order of time, filters it, says which entries are vague, and writes it as a
// workbook for a multi-agency meeting.
//
// [Of] is a pure function over a [records.File]: it has no clock of its own
// and reads nothing. Writers go to an io.Writer.
package chronology

import (
	"slices"

	"throughline/chronology/wording"
	"throughline/records"
)

// Entry is one event on a child's line, in the columns that national and local
// templates share. A field that does not apply is empty.
type Entry struct {
	Ref          records.Ref // the full entry
	When         records.When
	Recorded     records.Stamp // when it was entered
	By           string        // who entered it
	Imported     string        // what it was brought in from, "an Excel workbook, reference 12"; empty for what was written here
	Agency       string        // "School" unless another
	Source       string        // how it is known, and by whom
	Standing     records.Standing
	Category     records.Category // empty for what is not a concern
	Categories   []records.Category
	Severity     records.Severity
	Place        string
	Title        string       // what kind of entry, in a few words: "Concern: Neglect", "Referral sent"
	Event        string       // what happened
	Summary      string       // one line for the significant-event chronology; often empty
	Opinion      string       // of the writer, and what it rests on; never part of Event
	Part         records.Part // had by the pupil, where the concern is about another child
	Significance string       // "+", "−" or ""
	Significant  bool         // belongs in the significant-event chronology
	Impact       string       // on the child: presentation, measured change
	Voice        string       // the child's words, verbatim
	Response     string       // of the parent or carer
	Action       string       // and by whom
	Decision     string
	Reason       string // for the decision
	Outcome      string
	Closed       bool               // nothing is left to be done about it; only a concern is closed
	Again        bool               // it was closed once and opened again
	Status       records.StatusKind // on that day
	Findings     []Finding          // what is vague or unfair in it
}

// Finding is a finding of wording in one field of an entry.
type Finding struct {
	Field string // the JSON name of the record's field: "decision"
	wording.Finding
	Text string // the words found
}

// Line is a child's entries in order of time; undated ones come last.
type Line []Entry

// Filter chooses entries of a line. The zero Filter chooses all.
type Filter struct {
	From, To    records.Date   // both included; empty is open
	Kinds       []records.Kind // empty is every kind
	Significant bool           // only what belongs in the significant-event chronology
}

// Where returns the entries that pass the filter, in order. An event that is
// known to the month passes when any day of that month would. Undated entries
// pass every From and To: what cannot be placed must not vanish.
func (l Line) Where(f Filter) Line {
	var kept Line
	for _, e := range l {
		if f.passes(&e) {
			kept = append(kept, e)
		}
	}
	return kept
}

func (f Filter) passes(e *Entry) bool {
	if f.Significant && !e.Significant {
		return false
	}
	if len(f.Kinds) > 0 && !slices.Contains(f.Kinds, e.Ref.Kind) {
		return false
	}
	first, last := e.When.Date, e.When.Date
	if first == "" {
		return true
	}
	if e.When.Precision == records.InMonth {
		first, last = first[:8]+"01", first[:8]+"31"
	}
	return last >= f.From && (f.To == "" || first <= f.To)
}
