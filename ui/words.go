package ui

import (
	"fmt"
	"slices"
	"strings"
)

// What is called the same wherever it stands.
const (
	backLabel      = "Back"   // to where one came from
	chooseOne      = "Choose" // what stands in a list of which nothing is chosen
	keepCorrection = "Keep the correction"
	whyChanged     = "Why is this changed?"

	planWhat   = "What exactly is watched?"
	planWho    = "Who watches?"
	planOften  = "How often?"
	planUntil  = "Until when?"
	planNext   = "What happens then, and who does it?"
	planChange = "What would change the plan before then?"
)

// count says how many of a thing there are: "1 entry", "no entries", "3
// entries".
func count(n int, one, many string) string {
	switch n {
	case 0:
		return "no " + many
	case 1:
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func newestFirst(v []vagueItem) {
	slices.SortStableFunc(v, func(a, b vagueItem) int {
		return strings.Compare(b.entry.When.Sort(), a.entry.When.Sort())
	})
}
