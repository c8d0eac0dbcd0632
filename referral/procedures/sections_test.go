package procedures_test

import (
	"slices"
	"testing"

	"throughline/referral/pack"
	"throughline/referral/procedures"
)

// A box of a form is filled from sections that the pack has, and from any of
// them.
func TestSectionsAreThoseOfThePack(t *testing.T) {
	var want []string
	for _, s := range pack.Sections() {
		want = append(want, s.Key)
	}
	if got := procedures.SectionKeys(); !slices.Equal(got, want) {
		t.Errorf("SectionKeys() = %v, want %v", got, want)
	}
}
