package referral

import (
	"cmp"

	"throughline/records"
	"throughline/referral/procedures"
)

// Leaver is a pupil who leaves or has left, and what still has to go along.
type Leaver struct {
	Pupil   records.Pupil
	HasFile bool          // something is kept about the pupil, so a file has to go
	Due     records.Date  // the last day for it; empty where none has to go
	Open    []records.Ref // referrals that more is to come of, and challenges among them
	Item    *Item         // what is to be done now; nil when nothing is
}

// LeaverOf returns what still has to go with a pupil who has a leaving date. The
// calendar is the file's; inSchoolDays is the school's reading of the five days
// (see records.Calendar.FileDue).
func LeaverOf(f *records.File, p *procedures.Procedures, inSchoolDays bool, now records.Stamp) Leaver {
	l := Leaver{Pupil: f.Pupil, HasFile: hasFile(f)}
	for _, r := range newest(f.Referrals, func(r records.Referral) records.Meta { return r.Meta }) {
		if StateIn(f, r, p, now).isOpen() {
			l.Open = append(l.Open, refOf(records.KindReferral, r.Meta))
		}
	}
	if !l.HasFile || f.Pupil.Transfer.Done() {
		return l
	}
	l.Due = f.Calendar.FileDue(f.Pupil.Left, inSchoolDays)
	l.Item = fileItem(f, l.Due, now)
	return l
}

// hasFile reports whether anything is kept that the next school needs.
func hasFile(f *records.File) bool {
	return len(f.Concerns)+len(f.Bands)+len(f.Monitorings)+len(f.Supports)+len(f.Referrals)+len(f.Meetings)+len(f.Documents) > 0
}

// receiptDays is how many days a next school is given to confirm a file.
const receiptDays = 5

func fileItem(f *records.File, due records.Date, now records.Stamp) *Item {
	t := f.Pupil.Transfer
	i := Item{Pupil: f.Pupil.ID, On: due, Since: f.Pupil.Left, Ours: true, Ref: refOf(records.KindPupil, f.Pupil.Meta)}
	switch {
	case t.Sent != "":
		i.On, i.Since, i.Ours = t.Sent.AddDays(receiptDays), t.Sent, false
		i.Sentence = "The file was sent to the next school, which has not confirmed that it came. Ask for a receipt."
	case t.NextSchool == "":
		i.Sentence = "The file has not gone to the next school, and which one that is is not known. Where nobody can find out, the local authority is told: the child may be missing education."
	default:
		i.Sentence = "The file has not gone to the next school yet. Send it securely, apart from the main file, and ask for a receipt."
	}
	l := list{cal: f.Calendar, now: now}
	i.Urgency, i.Late = l.urgencyOn(i.On), l.lateOn(i.On)
	return &i
}

// LeaverItems returns what is due, within the week, for a pupil who has left:
// the file that has to go along, and what is still to come of a referral.
func LeaverItems(f *records.File, p *procedures.Procedures, inSchoolDays bool, now records.Stamp) []Item {
	var due []Item
	if l := LeaverOf(f, p, inSchoolDays, now); l.Item != nil && l.Item.Urgency <= Soon {
		due = append(due, *l.Item)
	}
	for _, i := range Items(f, p, now) {
		if i.Referral != "" {
			due = append(due, i)
		}
	}
	SortItems(due)
	return due
}

// starterDays is how long a new pupil's last school has for the file, in days
// (Keeping children safe in education, part two).
const starterDays = 5

// StarterItem returns what is to be done until it is known whether the last
// school of a pupil kept a file, however long that takes, and nil when it is
// known or the pupil has not joined yet. Who had been here for a year when this
// record first knew of them is nobody new.
func StarterItem(p records.Pupil, cal records.Calendar, now records.Stamp) *Item {
	today := now.Date()
	known := cmp.Or(p.CreatedAt.Date(), today)
	if p.Joined == "" || p.Joined > today || p.Joined.Years(1) < known || p.OldFile.Answered() || p.HasLeft(today) {
		return nil
	}
	i := Item{Pupil: p.ID, On: p.Joined.AddDays(starterDays), Since: p.Joined, Ours: true, Ref: refOf(records.KindPupil, p.Meta),
		Sentence: "New here since " + p.Joined.String() + ". Ask the last school or nursery whether it kept a child protection file, and note what they say."}
	if asked := p.OldFile.Asked; asked != "" {
		i.On, i.Since, i.Ours = asked.AddDays(starterDays), asked, false
		i.Sentence = "The last school was asked for its file on " + asked.String() + ", and it is not here yet. Ask again."
	}
	l := list{cal: cal, now: now}
	i.Urgency, i.Late = l.urgencyOn(i.On), l.lateOn(i.On)
	return &i
}
