package pack

import (
	"throughline/chronology"
	"throughline/records"
)

// ReliesOn returns the concerns suggested as those that a challenge of a
// referral's decision relies on, in the order of the child's line: the ones that
// say why now, and the serious ones. A statement that rests on very many is a
// count and brings in none of them; what was left out of the pack stays out.
// The writer chooses: no more goes to others than the challenge needs.
func ReliesOn(f *records.File, ref *records.Referral) []records.Ref {
	sections := ref.Sections
	if len(sections) == 0 {
		sections = Draft(f, ref) // no pack was kept
	}
	now, told, left := cited(find(sections, Concern)), map[records.ID]bool{}, map[records.ID]bool{}
	for _, sec := range sections {
		for id := range cited(sec) {
			told[id] = true
		}
		for _, st := range sec.Statements {
			if st.LeftOut != "" {
				rest(left, st)
			}
		}
	}
	var refs []records.Ref
	for _, e := range Concerns(f) {
		id := e.Ref.ID
		if e.Part == "" && (now[id] || e.Severity >= tellSevere && (told[id] || !left[id])) {
			refs = append(refs, e.Ref)
		}
	}
	return refs
}

// cited returns the entries that what goes out of a section rests on.
func cited(sec records.Section) map[records.ID]bool {
	ids := map[records.ID]bool{}
	for _, st := range goesOut(sec) {
		rest(ids, st)
	}
	return ids
}

// rest adds the entries that a statement rests on, unless it is a count of very
// many.
func rest(ids map[records.ID]bool, st records.Statement) {
	if len(st.Rests) > markersMost {
		return
	}
	for _, r := range st.Rests {
		ids[r.ID] = true
	}
}

// Concerns returns the concerns on the child's line, each once, in its order.
func Concerns(f *records.File) chronology.Line {
	var all chronology.Line
	seen := map[records.ID]bool{}
	for _, e := range chronology.Bare(f) {
		if e.Ref.Kind == records.KindConcern && !seen[e.Ref.ID] {
			seen[e.Ref.ID] = true
			all = append(all, e)
		}
	}
	return all
}
