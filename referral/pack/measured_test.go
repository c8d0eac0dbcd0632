package pack

import (
	"strings"
	"testing"

	"throughline/records"
)

func TestMeasuresStandUnderWhatWasTried(t *testing.T) {
	f, r := neglect()
	f.Impacts = []records.Impact{{
		Meta: meta("i1", "2026-03-02"), Of: "s1", Measure: "Mornings on time of 20", Start: "2026-03-02", Before: "9", Review: "2026-05-01",
		Looked: "2026-05-04", After: "8", Change: records.ChangeWorse, ChildsView: "It is the same at home",
	}}
	const want = "Mornings on time of 20: 9 on 2 Mar 2026. 8 on 4 May 2026. Worse for the child. The child says: It is the same at home."
	sections := Draft(f, r)
	if got := texts(sections, Tried); !strings.Contains(got, want) {
		t.Errorf("what was tried says\n%s\nwithout %q", got, want)
	}
	if strings.Contains(texts(sections, Voice), "same at home") {
		t.Error("a report of the child's view stands among the child's own words")
	}
}
