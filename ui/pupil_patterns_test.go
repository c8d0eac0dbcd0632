package ui

import (
	"strings"
	"testing"

	"throughline/chronology/pattern"
)

// A group shows its strongest few; the rest comes on request, and at once where
// one of the rest was chosen.
func TestAHandfulOfStatements(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	addConcern(t, w, p.ID, "2026-09-07", "Ms Quill rang his mother, who brings a coat on Monday.")
	page := newPupilPage(w, p.ID)
	visit(w, page)
	page.data.reading.Patterns = nil
	for _, name := range []string{"One", "Two", "Three", "Four", "Five"} {
		page.data.reading.Patterns = append(page.data.reading.Patterns, pattern.Statement{Kind: pattern.Place, Subject: strings.ToLower(name), Text: name + " recurs.", Chance: pattern.NoTest})
	}
	page.press(sectionPatterns)
	if !says(w, "Three recurs.") || says(w, "Four recurs.") {
		t.Error("want three of the five statements")
	}
	press(t, w, "Show 2 more")
	if !says(w, "Five recurs.") {
		t.Error("the rest is not shown on request")
	}

	page.whole = map[string]bool{}
	page.reason = reasonKey(&page.data.reading.Patterns[4])
	page.showPatterns()
	if !says(w, "Five recurs.") {
		t.Error("a statement that is chosen is hidden")
	}
}
