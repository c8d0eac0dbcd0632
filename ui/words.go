package ui

import (
	"fmt"
	"slices"
	"strings"

	"throughline/chronology"
	"throughline/chronology/wording"
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

// vagueIn returns the findings of an entry that keep others from acting on it:
// a plan to watch that says too little, or an action or help that says nothing.
func vagueIn(e chronology.Entry) []chronology.Finding {
	var found []chronology.Finding
	for _, f := range e.Findings {
		switch f.Kind {
		case wording.VagueMonitoring, wording.VagueAction, wording.VagueSupport:
			found = append(found, f)
		}
	}
	return found
}

func newestFirst(v []vagueItem) {
	slices.SortStableFunc(v, func(a, b vagueItem) int {
		return strings.Compare(b.entry.When.Sort(), a.entry.When.Sort())
	})
}
