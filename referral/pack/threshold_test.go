package pack

import (
	"slices"
	"testing"

	"throughline/records"
)

// The words of the threshold document are cited as the three decisions have
// them, and what the writer typed instead stays.
func TestThresholdIsCited(t *testing.T) {
	f, ref := drafted(t)
	ref.Threshold = "Persistent failure to meet basic needs."
	const line = "Threshold criteria met: Persistent failure to meet basic needs."
	cited := func(want string) {
		t.Helper()
		sec := find(Redraft(f, ref), Header)
		if !slices.ContainsFunc(sec.Statements, func(st records.Statement) bool { return st.Text == want && len(st.Rests) < 2 }) {
			t.Errorf("%q is not in %+v", want, sec.Statements)
		}
	}
	cited(line)
	const own = "Threshold criteria met: Level 4, third point."
	ref.Sections = []records.Section{{Key: Header, Statements: []records.Statement{{Text: own, Edited: true}}}}
	cited(own)
	if texts := find(Redraft(f, ref), Header).Statements; slices.ContainsFunc(texts, func(st records.Statement) bool { return st.Text == line }) {
		t.Error("it is cited twice")
	}
}
