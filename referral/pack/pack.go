// Package pack makes the case that a school puts to children's social care: it
// drafts the sections of a referral from the record, each statement tied to
// the entries it rests on, keeps what the writer changed when the record has
// moved on, says what is missing and why that matters, and writes the pack as
// a PDF with the chronology attached.
//
// Nothing here decides: no threshold, no score, no sentence about what would
// happen if nobody intervened. That is for the writer. Fact, professional
// opinion and hearsay are kept apart and are marked in words.
package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"throughline/records"
)

// Hash returns the SHA-256 of the sections as canonical JSON, in hexadecimal:
// what was sent can be told from what was changed since.
func Hash(sections []records.Section) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(append([]records.Section{}, sections...)); err != nil {
		panic(err) // strings and numbers always encode
	}
	sum := sha256.Sum256(bytes.TrimSpace(b.Bytes()))
	return hex.EncodeToString(sum[:])
}

// Field returns which of a box's named fields a statement fills, and the value
// it gives: "Whereabouts now: at school" fills "Whereabouts now". It returns
// "" and the whole text for a statement of its own.
func (s Spec) Field(text string) (name, value string) {
	for _, f := range s.Fields {
		if rest, ok := strings.CutPrefix(text, f+":"); ok {
			return f, strings.TrimSpace(rest)
		}
	}
	return "", text
}

// open returns the fields of a box that no statement fills and that apply to
// this child.
func (s Spec) open(sec records.Section, f *records.File, ref *records.Referral) []string {
	filled := map[string]bool{}
	for _, st := range sec.Statements {
		if name, value := s.Field(st.Text); st.LeftOut == "" && value != "" {
			filled[name] = true
		}
	}
	var left []string
	for _, name := range s.Fields {
		if !filled[name] && applies(name, f, ref) {
			left = append(left, name)
		}
	}
	return left
}

// goesOut returns the statements that are not left out.
func goesOut(sec records.Section) []records.Statement {
	var out []records.Statement
	for _, st := range sec.Statements {
		if st.LeftOut == "" && strings.TrimSpace(st.Text) != "" {
			out = append(out, st)
		}
	}
	return out
}

// find returns the section with a key, empty when there is none.
func find(sections []records.Section, key string) records.Section {
	for _, s := range sections {
		if s.Key == key {
			return s
		}
	}
	return records.Section{Key: key}
}
