package chronology

import (
	"throughline/chronology/wording"
	"throughline/records"
)

// notes puts what a supervision session said of the child on the line: the
// decision that was tested stands where it can be read ten years on. It is no
// event of the child's life, so patterns pass over it, and it belongs to the
// full log rather than to the significant events.
func (b *builder) notes() {
	for i := range b.f.ChildNotes {
		n := &b.f.ChildNotes[i]
		if !b.happened(n.On) {
			continue
		}
		title := "Supervision"
		if n.Decision != "" {
			title = "Supervision: decision tested"
		}
		b.add(records.KindChildNote, n.Meta, Entry{
			When: records.On(n.On), Title: title,
			Event: paragraphs(n.Why, n.Happened, label("Worries: ", n.Worries), label("Strengths: ", n.Strengths),
				label("What was tried, and what it changed: ", n.Tried)),
			Impact:   label("Lived experience and voice: ", n.Lived),
			Action:   planned(n),
			Decision: n.Decision,
			Reason:   paragraphs(join(": ", tested(n.Agreed), n.AgreedWhy), label("Challenge considered: ", n.Challenge)),
			Findings: b.check(wording.Action, "action", n.Action),
		})
	}
}

// tested says whether the supervisor agrees with a decision.
func tested(a records.Answer) string {
	switch a {
	case records.Yes:
		return "Agreed"
	case records.No:
		return "Not agreed"
	}
	return ""
}

// planned returns what is to be done, by whom and by when.
func planned(n *records.ChildNote) string {
	by := label("by ", n.ActionDue.String())
	return paragraphs(join(", ", n.Action, n.ActionWho, by), label("Looked at again on ", n.ReviewDate.String()))
}
