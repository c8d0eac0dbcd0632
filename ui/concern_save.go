package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"throughline/records"
)

// errClock is a sentence for the writer.
var errClock = errors.New("A time of day goes with an exact date. Choose “Exactly”, or take the time away.")

// date returns when it happened as it stands in the form. ok is false when that
// cannot be read, which is shown beside it.
func (p *concernPage) date() (when records.When, ok bool) {
	when, err := p.when.value()
	if err != nil || when.Date == "" {
		return records.When{}, err == nil
	}
	when.Precision = precisions[max(0, p.precision.SelectedIndex())]
	if when.Precision != records.Exact && when.At != "" {
		p.when.says(errClock.Error())
		return when, false
	}
	return when, true
}

// concern returns the concern as it stands in the form, built upon the version
// that is corrected. bad names the fields that cannot be read, which say so.
func (p *concernPage) concern() (c records.Concern, bad []string) {
	for _, name := range p.order {
		if e := p.texts[name]; e != nil && e.strip() {
			p.fields[name].says(spoiled)
			bad = append(bad, name)
		}
	}
	if p.marks.strip() {
		p.fields["marks"].says(spoiled)
		bad = append(bad, "marks")
	}
	c = p.old
	when, ok := p.date()
	if !ok {
		bad = append(bad, "when")
	}
	c.Pupil, c.When = p.pupil.chosen, when
	c.Place, c.Agency, c.SeenBy = p.place_.clean(), p.agency.clean(), p.seenBy.clean()
	c.Source = pick(records.Sources(), p.source)
	c.Categories = p.categories()
	if i := p.severity.SelectedIndex(); i >= 0 {
		c.Severity = records.Severity(i + 1)
	}
	c.Account, c.ChildsWords, c.Question = p.account.clean(), p.words.clean(), p.question.clean()
	c.Presentation, c.Present = p.presentation.clean(), p.present.clean()
	c.Opinion, c.OpinionBasis = p.opinion.clean(), p.basis.clean()
	c.Also, c.Marks = p.also.value(), p.marks.value()
	c.ParentsTold = pick([]records.Answer{records.NotKnown, records.Yes, records.No}, p.told)
	c.ParentsWhy = p.toldWhy.clean()
	c.Level = pick(append([]records.Level{""}, records.Levels()...), p.level)
	c.Action, c.Decision, c.Reason = p.action.clean(), p.decision.clean(), p.reason.clean()
	c.DecidedBy, c.Outcome = p.decidedBy.clean(), p.after.clean()
	c.Significant, c.Line = p.significant.Checked, p.line.clean()
	p.reading.draw(p.reading.texts) // what was typed last may not have been read yet
	c.Reworded = p.reading.was.after(p.old.Reworded)
	return c, bad
}

// categories returns what is chosen, and what the version that is corrected has
// beyond the two that the form shows.
func (p *concernPage) categories() []records.Category {
	var all []records.Category
	for _, k := range append([]records.Category{pick(records.Categories(), p.category), p.secondCategory()},
		p.old.Categories[min(2, len(p.old.Categories)):]...) {
		if k != "" && !slices.Contains(all, k) {
			all = append(all, k)
		}
	}
	return all
}

// secondCategory returns what "And also" stands on, or nothing.
func (p *concernPage) secondCategory() records.Category {
	for _, k := range records.Categories() {
		if k.String() == p.second.Selected {
			return k
		}
	}
	return ""
}

// save keeps the concern, and the plan to watch when one was filled in. What
// cannot be read and what is missing are said together.
func (p *concernPage) save() {
	if p.saving || p.data == nil {
		return
	}
	for _, f := range p.fields {
		f.says("")
	}
	c, bad := p.concern()
	plan, badPlan := p.reading.plan.value()
	why := ""
	if p.why != nil {
		why = p.why.clean()
	}
	if len(bad)+len(badPlan) > 0 {
		p.explain(records.CheckConcern(c, plan, why, records.StampOf(p.w.now())), bad, badPlan)
		return
	}
	p.saving = true
	p.button.Disable()
	store := p.w.store
	save(p.w, func(ctx context.Context) error { return store.LogConcern(ctx, &c, plan, why) }, func(err error) {
		p.saving = false
		p.button.Enable()
		if err != nil {
			p.explain(err, nil, nil)
			return
		}
		p.draft.drop()
		ref := records.Ref{Kind: records.KindConcern, ID: c.ID, Version: c.Version}
		if p.attach.Checked {
			p.w.openToAdd(c.Pupil, ref)
			return
		}
		p.w.openRef(c.Pupil, ref)
	})
}

// explain shows each sentence beside its field, the first where there are
// several, and moves to the first field. bad and badPlan name the fields of the
// form and of the plan that say already what is wrong.
func (p *concernPage) explain(err error, bad, badPlan []string) {
	var v *records.Invalid
	if !errors.As(err, &v) {
		p.w.complain(err)
		v = &records.Invalid{}
	}
	for _, problem := range v.Problems {
		name, isPlan := strings.CutPrefix(problem.Field, "plan.")
		f := p.fields[name]
		if isPlan {
			f = p.reading.plan.fields[name]
		}
		switch {
		case f == nil:
			p.w.complain(v)
			return
		case f.problem.Visible():
			continue
		case isPlan:
			badPlan = append(badPlan, name)
		default:
			bad = append(bad, name)
		}
		f.Show()
		f.says(problem.Sentence)
	}
	p.tellMissing()
	p.point(bad, badPlan)
}

// tellMissing says beside the button how many fields are still to be mended.
func (p *concernPage) tellMissing() {
	n := 0
	for _, fields := range []map[string]*field{p.fields, p.reading.plan.fields} {
		for _, f := range fields {
			if f.problem.Visible() {
				n++
			}
		}
	}
	text := ""
	if n > 0 {
		text = "Not saved yet: " + count(n, "field needs", "fields need") + " another look. Nothing you typed is lost."
	}
	if p.missing.Text != text {
		p.missing.SetText(text)
	}
}

// point moves to the first of the fields named, of the form or else of the plan.
func (p *concernPage) point(bad, badPlan []string) {
	for _, name := range p.order {
		if slices.Contains(bad, name) {
			p.w.reveal(p.fields[name])
			if in := p.input(name); in != nil {
				p.w.win.Canvas().Focus(in)
			}
			return
		}
	}
	for _, name := range planOrder {
		if slices.Contains(badPlan, name) {
			p.w.win.Canvas().Focus(p.reading.plan.texts()[name])
			return
		}
	}
}

// input returns what has the keyboard in a field, or nil.
func (p *concernPage) input(name string) fyne.Focusable {
	switch {
	case name == "pupil":
		return p.pupil.entry
	case name == "when":
		return p.when.date
	case name == "categories":
		return p.category
	case name == "marks":
		return p.marks.input()
	case p.texts[name] != nil:
		return p.texts[name]
	case p.selects[name] != nil:
		return p.selects[name]
	}
	return nil
}
