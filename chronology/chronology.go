// Package chronology lays every kind of record of one child on one line, in
// order of time, filters it, says which entries are vague, and writes it as a
// workbook for a multi-agency meeting.
//
// [Of] is a pure function over a [records.File]: it has no clock of its own
// and reads nothing. Writers go to an io.Writer.
package chronology

import (
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
	Agency       string        // "School" unless another
	Source       string        // how it is known, and by whom
	Standing     records.Standing
	Category     records.Category // empty for what is not a concern
	Categories   []records.Category
	Severity     records.Severity
	Place        string
	Title        string // what kind of entry, in a few words: "Concern: neglect", "Referral sent"
	Event        string // what happened
	Significance string // "+", "−" or ""
	Significant  bool   // belongs in the significant-event chronology
	Impact       string // on the child: presentation, measured change
	Voice        string // the child's words, verbatim
	Response     string // of the parent or carer
	Action       string // and by whom
	Decision     string
	Reason       string // for the decision
	Outcome      string
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
