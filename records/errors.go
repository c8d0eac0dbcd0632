package records

import (
	"errors"
	"strings"
)

// Errors that callers may test for with errors.Is. None of their texts holds
// anything from a record.
var (
	// ErrNotFound means that there is no record with that id.
	ErrNotFound = errors.New("no such record")
	// ErrConflict means that somebody saved a newer version meanwhile.
	ErrConflict = errors.New("this record was changed meanwhile")
	// ErrInvalid means that a rule was broken; the error is an *Invalid that
	// says which field and what to do.
	ErrInvalid = errors.New("not valid")
	// ErrTooEarly means that the pupils were to be moved up to a school year
	// that has not begun.
	ErrTooEarly = errors.New("that school year has not begun yet")
	// ErrBroken means that the audit chain or a version does not fit its
	// hash; the error says which entry is the first.
	ErrBroken = errors.New("the record has been altered outside Throughline")
)

// Problem is one broken rule: the field by its JSON name, and one sentence
// that says what is wrong and what to do.
type Problem struct {
	Field    string
	Sentence string
}

// Invalid is an error that lists every broken rule of a record, so that a form
// can show each sentence beside its field. It is ErrInvalid.
type Invalid struct {
	Problems []Problem
}

// Error returns the sentences. They never quote what was typed.
func (v *Invalid) Error() string {
	var s []string
	for _, p := range v.Problems {
		s = append(s, p.Sentence)
	}
	return strings.Join(s, " ")
}

// Is reports that an *Invalid is ErrInvalid.
func (v *Invalid) Is(target error) bool { return target == ErrInvalid }

// For returns the sentence for a field, or "".
func (v *Invalid) For(field string) string {
	for _, p := range v.Problems {
		if p.Field == field {
			return p.Sentence
		}
	}
	return ""
}

func (v *Invalid) add(field, sentence string) {
	v.Problems = append(v.Problems, Problem{field, sentence})
}

func (v *Invalid) err() error {
	if len(v.Problems) == 0 {
		return nil
	}
	return v
}
