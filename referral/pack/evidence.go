package pack

import (
	"slices"
	"strconv"

	"throughline/chronology"
	"throughline/chronology/page"
	"throughline/records"
)

// markersMost is how many entries a statement names by number. One that rests
// on more says how many more, and does not bring them into the chronology.
const markersMost = 20

// lineOf returns the child's line as others may read it. What the school and a
// professional have to settle between them is not about the child: complaints
// about conduct and disagreements inside the school stay in the school's record.
func lineOf(f *records.File) chronology.Line {
	own := map[records.ID]bool{}
	for i := range f.Challenges {
		if c := &f.Challenges[i]; !c.Sort.OfSocialCare() {
			own[c.ID] = true
		}
	}
	for i := range f.Rungs {
		if r := &f.Rungs[i]; own[r.Challenge] {
			own[r.ID] = true
		}
	}
	return slices.DeleteFunc(chronology.Bare(f), func(e chronology.Entry) bool { return own[e.Ref.ID] })
}

// evidence is the chronology that goes out with a pack: the significant
// entries and those that a statement rests on, numbered from 1.
type evidence struct {
	rows   chronology.Line
	whole  int // entries on the child's whole line
	number map[records.ID][]int
}

// gather chooses and numbers the entries. The referral itself is no evidence
// for itself.
func gather(line chronology.Line, sections []records.Section, ref *records.Referral) *evidence {
	used := map[records.ID]bool{}
	for _, sec := range sections {
		for _, st := range goesOut(sec) {
			if len(st.Rests) > markersMost {
				continue // a count of a whole record must not pull the whole record in
			}
			for _, r := range st.Rests {
				used[r.ID] = true
			}
		}
	}
	ev := &evidence{whole: len(line), number: map[records.ID][]int{}}
	for _, e := range line {
		if e.Ref.ID == ref.ID && ref.ID != "" || !e.Significant && !used[e.Ref.ID] {
			continue
		}
		ev.rows = append(ev.rows, e)
		ev.number[e.Ref.ID] = append(ev.number[e.Ref.ID], len(ev.rows))
	}
	return ev
}

// markers returns the numbers of the rows behind a statement, each a link, to
// stand after it: " [3] [7]". The first does not leave the last word.
func (ev *evidence) markers(st records.Statement) []page.Span {
	var spans []page.Span
	seen := map[records.ID]bool{}
	shown := 0
	for _, r := range st.Rests {
		if seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		if shown == markersMost || len(ev.number[r.ID]) == 0 {
			continue
		}
		shown++
		for _, n := range ev.number[r.ID] {
			space := " "
			if len(spans) == 0 {
				space = "\u00a0"
			}
			spans = append(spans, page.Span{Text: space}, page.Span{Text: "[" + strconv.Itoa(n) + "]", To: anchor(n)})
		}
	}
	if more := len(seen) - shown; more > 0 && len(st.Rests) > markersMost {
		spans = append(spans, page.Span{Text: " and " + count(more, "more entry", "more entries") + " of the school's record", Muted: true})
	}
	return spans
}

func anchor(n int) string { return "row " + strconv.Itoa(n) }
