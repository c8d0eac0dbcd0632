package ui

import (
	"fmt"

	"throughline/records"
)

// typed returns what was typed since the form was opened.
func (p *concernPage) typed() formText { return p.text().since(p.start) }

// text returns what stands in the form.
func (p *concernPage) text() formText {
	t := formText{"pupil": string(p.pupil.chosen), "pupil_typed": "", "date": p.when.text(), "clock": p.when.clock.Text, "also": p.also.text(), "marks": p.marks.text(), "significant": ""}
	if p.pupil.chosen == "" {
		t["pupil_typed"] = p.pupil.entry.Text
	}
	for name, e := range p.texts {
		t[name] = e.Text
	}
	for name, s := range p.selects {
		t[name] = s.Selected
	}
	for name, e := range p.reading.plan.texts() {
		t["plan."+name] = e.Text
	}
	t["plan.until"] = p.reading.plan.until.text()
	if p.significant.Checked {
		t["significant"] = "yes"
	}
	return t
}

// fill puts text into the form; a field that it does not name stays as it is.
func (p *concernPage) fill(t formText) {
	set := func(name string, to func(string)) {
		if text, ok := t[name]; ok {
			to(text)
		}
	}
	for name, e := range p.texts {
		set(name, e.SetText)
	}
	set("category", p.category.SetSelected) // before what else is chosen, which is not the same
	for name, s := range p.selects {
		set(name, func(text string) {
			s.ClearSelected()
			s.SetSelected(text)
		})
	}
	for name, e := range p.reading.plan.texts() {
		set("plan."+name, e.SetText)
	}
	set("date", p.when.date.SetText)
	set("clock", p.when.clock.SetText)
	set("pupil", func(id string) { p.pupil.choose(records.ID(id)) })
	set("pupil_typed", func(text string) {
		if text != "" {
			p.pupil.entry.SetText(text)
		}
	})
	set("also", p.also.fill)
	set("marks", p.marks.fill)
	set("significant", func(text string) { p.significant.SetChecked(text != "") })
	p.edited()
}

// concernText returns the text of a concern as the form holds it.
func concernText(c records.Concern) formText {
	t := formText{
		"pupil": string(c.Pupil), "date": c.When.Date.String(), "precision": precisionName(c.When.Precision),
		"place": c.Place, "agency": c.Agency, "seen_by": c.SeenBy, "source": c.Source.String(),
		"category": c.Category().String(), "account": c.Account, "childs_words": c.ChildsWords, "question": c.Question,
		"presentation": c.Presentation, "present": c.Present, "opinion": c.Opinion, "opinion_basis": c.OpinionBasis,
		"parents_told": c.ParentsTold.String(), "parents_why": c.ParentsWhy, "action": c.Action,
		"decision": c.Decision, "reason": c.Reason, "decided_by": c.DecidedBy, "outcome": c.Outcome, "line": c.Line,
		"level": c.Level.String(), "severity": severityName(c.Severity), "marks": marksText(c.Marks),
	}
	if c.When.At != "" {
		t["clock"] = c.When.At.Time().Format("15:04")
	}
	if len(c.Categories) > 1 {
		t["second"] = c.Categories[1].String()
	}
	if c.Significant {
		t["significant"] = "yes"
	}
	return t
}

// discard throws away what was typed and begins anew.
func (p *concernPage) discard() {
	p.draft.drop()
	if p.old.ID != "" {
		p.w.open(newConcernCorrection(p.w, p.about, p.old.ID, p.at))
		return
	}
	p.w.open(newConcernPage(p.w, p.about))
}

var precisions = []records.Precision{records.Exact, records.About, records.InMonth, records.Before}

var precisionNames = []string{"Exactly", "About that day", "Some day of that month", "Before that day"}

func precisionName(p records.Precision) string {
	for i, q := range precisions {
		if p == q {
			return precisionNames[i]
		}
	}
	return precisionNames[0]
}

func severityNames() []string {
	var s []string
	for i := records.Severity(1); i <= 5; i++ {
		s = append(s, severityName(i))
	}
	return s
}

func severityName(s records.Severity) string {
	if s == 0 {
		return ""
	}
	return fmt.Sprintf("%d  %s", int(s), s)
}

func names[T fmt.Stringer](list []T) []string {
	var s []string
	for _, v := range list {
		s = append(s, v.String())
	}
	return s
}

// pick returns the value that a Select stands on, whose options were made from
// list, or the zero value when nothing is chosen.
func pick[T any](list []T, s *selectBox) T {
	if i := s.SelectedIndex(); i >= 0 {
		return list[i]
	}
	var none T
	return none
}
