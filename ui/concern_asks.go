package ui

import (
	"cmp"
	"slices"

	"throughline/records"
	"throughline/referral"
)

// asks returns the questions that case reviews would ask of what is typed so
// far. Words that soften are pointed out where they stand, so they are not
// asked about again. It writes nothing into the form.
func (p *concernPage) asks() []referral.Question {
	if p.data == nil {
		return nil
	}
	var about records.Pupil
	if i := slices.IndexFunc(p.data.pupils, func(q records.Pupil) bool { return q.ID == p.pupil.chosen }); i >= 0 {
		about = p.data.pupils[i]
	}
	day, _, _ := records.ParseDay(p.when.date.Text, p.w.now(), false) // one that cannot be read is said beside its field
	c := records.Concern{
		Pupil: about.ID, When: records.On(cmp.Or(day, records.DateOf(p.w.now()))), Categories: p.categories(), Marks: p.marks.value(),
		Account: p.account.Text, ChildsWords: p.words.Text, Presentation: p.presentation.Text, Opinion: p.opinion.Text,
		Action: p.action.Text, Decision: p.decision.Text, Reason: p.reason.Text, Outcome: p.after.Text,
	}
	return slices.DeleteFunc(referral.QuestionsOn(about, &c), func(q referral.Question) bool { return q.Issue == referral.Euphemistic })
}
