package supervision

import (
	"fmt"
	"slices"
	"strings"

	"throughline/chronology"
	"throughline/chronology/pattern"
	"throughline/records"
	"throughline/referral"
)

// drafting is the part of an agenda that one pupil's file asks for.
type drafting struct{ a Agenda }

// draft returns what a pupil's file asks for, as an agenda of its own. Of a
// pupil who has left that is what is still open with social care, and how the
// record was kept.
func draft(f *records.File, b Basis) Agenda {
	d := &drafting{Agenda{Basis: b}}
	c := Child{Pupil: f.Pupil, Status: f.StatusOn(d.a.Now.Date())}
	d.due(f, &c)
	d.challenges(f, &c)
	if !f.Pupil.HasLeft(d.a.Now.Date()) {
		d.a.Pupils = 1
		d.returning(f, &c)
		d.changed(f, chronology.Bare(f), &c)
		d.first(f, &c)
		d.vague(f, &c)
	}
	d.earlier(f)
	d.quality(f)
	if len(c.Points) > 0 {
		slices.SortStableFunc(c.Points, func(x, y Point) int { return int(x.Reason) - int(y.Reason) })
		d.a.Children = append(d.a.Children, c)
	}
	return d.a
}

func (c *Child) add(r Reason, text string, refs ...records.Ref) {
	c.Points = append(c.Points, Point{r, text, refs})
}

// due brings a pupil for whom something is overdue; one who has left, where it is
// overdue of a referral. What is due in a challenge is told with the challenge.
func (d *drafting) due(f *records.File, c *Child) {
	for _, i := range referral.Items(f, d.a.Procedures, d.a.Now) {
		if i.Urgency > referral.Overdue || i.Referral == "" && f.Pupil.HasLeft(d.a.Now.Date()) {
			continue
		}
		if i.Referral != "" && !i.Ours {
			d.a.Replies = append(d.a.Replies, Waiting{f.Pupil, i})
		}
		if i.Ref.Kind == records.KindChallenge || i.Ref.Kind == records.KindRung {
			continue
		}
		why, late := Late, ""
		if i.Urgency == referral.AtOnce {
			why = AtOnce
		} else if i.Late != "" {
			late = " " + sentence(upper(i.Late))
		}
		c.add(why, sentence(i.Sentence)+late, i.Ref)
	}
}

// challenges brings a pupil about whom a challenge, a complaint or a
// disagreement is open.
func (d *drafting) challenges(f *records.File, c *Child) {
	for _, ch := range challengesOf(f, d.a.Procedures, d.a.Now) {
		if !ch.Open() {
			continue
		}
		ref := refOf(records.KindChallenge, ch.Challenge.Meta)
		text := openly(ch)
		c.add(Challenged, text, ref)
		d.a.Challenges = append(d.a.Challenges, Waiting{f.Pupil, referral.Item{
			Pupil: f.Pupil.ID, Urgency: referral.Open, Sentence: text, Since: raised(ch), Ref: ref, Ours: true,
		}})
	}
}

// returning brings a pupil whose last note said to look again by now.
func (d *drafting) returning(f *records.File, c *Child) {
	last := lastNote(f, d.a.Now.Date())
	if last == nil || last.ReviewDate == "" || last.ReviewDate > d.a.Now.Date() {
		return
	}
	refs := []records.Ref{refOf(records.KindChildNote, last.Meta)}
	text := "To be looked at again on " + last.ReviewDate.String() + "."
	if last.Action != "" {
		text += " Agreed on " + last.On.String() + ": " + sentence(last.Action)
		if a := taskOf(f, last); a != nil {
			refs = append(refs, refOf(records.KindAction, a.Meta))
			text += " " + came(a)
		}
	}
	c.add(Returning, text, refs...)
}

// lastNote returns the newest note of a session held by a day, or nil.
func lastNote(f *records.File, by records.Date) *records.ChildNote {
	var last *records.ChildNote
	for i := range f.ChildNotes {
		n := &f.ChildNotes[i]
		if n.On <= by && (last == nil || n.On >= last.On) {
			last = n
		}
	}
	return last
}

// taskOf returns the action that a note made, or nil.
func taskOf(f *records.File, n *records.ChildNote) *records.Action {
	for i := range f.Actions {
		if n.Task != "" && f.Actions[i].ID == n.Task {
			return &f.Actions[i]
		}
	}
	return nil
}

// came says what became of an action.
func came(a *records.Action) string {
	if a.Done == "" {
		return "Not done yet; due by " + a.Due.String() + "."
	}
	return "Done on " + a.Done.String() + ": " + sentence(a.Result)
}

// changed brings a pupil whose line says what it did not say at the last
// session, or has fallen silent.
func (d *drafting) changed(f *records.File, line chronology.Line, c *Child) {
	if len(line) == 0 {
		return
	}
	now := chronology.Read(f, line)
	for _, s := range now.Quiet {
		c.add(Quiet, s.Text, refsOf(line, s)...)
	}
	before := slices.DeleteFunc(slices.Clone(line), func(e chronology.Entry) bool { return e.Recorded.Date() > d.a.From() })
	if len(before) == len(line) {
		return
	}
	then := pattern.Read(chronology.Events(f, before), f.Calendar, d.a.From())
	for _, s := range chronology.Changed(now, chronology.KeepSeen(then)) {
		c.add(Changed, s.Text, refsOf(line, s)...)
	}
}

// refsOf returns the records behind a statement, the newest first.
func refsOf(line chronology.Line, s pattern.Statement) []records.Ref {
	var refs []records.Ref
	for _, row := range slices.Backward(s.Rows) {
		if row >= 1 && row <= len(line) {
			refs = append(refs, line[row-1].Ref)
		}
	}
	return refs
}

// first brings a pupil of whom nothing was written before the last session.
func (d *drafting) first(f *records.File, c *Child) {
	var first *records.Concern
	n := 0
	for i := range f.Concerns {
		x := &f.Concerns[i]
		if !own(f, x) {
			continue
		}
		if n++; first == nil || x.CreatedAt < first.CreatedAt {
			first = x
		}
	}
	if first == nil || first.CreatedAt.Date() <= d.a.From() {
		return
	}
	c.add(NewPupil, fmt.Sprintf("New since %s: %s, the first on %s (%s).", d.a.From(), count(n, "concern", "concerns"),
		first.When, lower(first.Category().String())), refOf(records.KindConcern, first.Meta))
}

// stillVague is for how many days a vague entry brings a pupil: a year. What is
// older cannot be watched for any more.
const stillVague = 365

// vague brings a pupil with entries that nobody can act on.
func (d *drafting) vague(f *records.File, c *Child) {
	var refs []records.Ref
	oldest := d.a.Now.Date().AddDays(-stillVague)
	for i := range slices.Backward(f.Concerns) {
		if x := &f.Concerns[i]; own(f, x) && dayOf(x) >= oldest && vague(f, x) {
			refs = append(refs, refOf(records.KindConcern, x.Meta))
		}
	}
	if len(refs) > 0 {
		c.add(Vague, upper(count(len(refs), "entry is", "entries are"))+" still too vague to act on.", refs...)
	}
}

// earlier gathers what earlier sessions asked for: what is not done, and what
// was done since the last one.
func (d *drafting) earlier(f *records.File) {
	for i := range f.ChildNotes {
		a := taskOf(f, &f.ChildNotes[i])
		if a == nil || a.Done != "" && a.Done < d.a.From() {
			continue
		}
		d.a.Earlier = append(d.a.Earlier, Earlier{f.Pupil, *a, f.ChildNotes[i].On, wasLate(a, d.a.Now.Date())})
	}
}

// wasLate reports whether an action was done after the day it was due, or is not
// done though that day has passed.
func wasLate(a *records.Action, today records.Date) bool {
	return a.Done > a.Due || a.Done == "" && a.Due < today
}

// quality counts how the concerns written since the last session were kept.
func (d *drafting) quality(f *records.File) {
	q := &d.a.Quality
	q.add(qualityOf(f, func(c *records.Concern) bool { return c.CreatedAt.Date() > d.a.From() }))
}

func (q *Quality) add(o Quality) {
	q.Written += o.Written
	q.Dated += o.Dated
	q.Late += o.Late
	q.Vague += o.Vague
}

// qualityOf counts the pupil's own concerns that are chosen.
func qualityOf(f *records.File, chosen func(*records.Concern) bool) Quality {
	var q Quality
	for i := range f.Concerns {
		c := &f.Concerns[i]
		if !own(f, c) || !chosen(c) {
			continue
		}
		q.Written++
		if vague(f, c) {
			q.Vague++
		}
		if c.When.IsExact() && c.Imported == "" { // an old chronology that was brought in was not written late here
			q.Dated++
			if lateBy(f.Calendar, c.When.Date, c.CreatedAt.Date()) {
				q.Late++
			}
		}
	}
	return q
}

// lateBy reports whether something was written later than the next school day.
// It looks no further than it must: what was imported may be years old.
func lateBy(cal records.Calendar, on, written records.Date) bool {
	days := 0
	for d := on.AddDays(1); d <= written && days < 2; d = d.AddDays(1) {
		if cal.IsOpen(d) {
			days++
		}
	}
	return days > 1
}

// count says how many of a thing there are.
func count(n int, one, many string) string {
	switch n {
	case 0:
		return "no " + many
	case 1:
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// sentence returns s with a full stop, unless it ends with one already.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") || strings.HasSuffix(s, "”") {
		return s
	}
	return s + "."
}

func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

func lower(s string) string {
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}
