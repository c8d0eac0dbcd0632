package pack

import (
	"slices"

	"throughline/chronology"
	"throughline/records"
)

// Become says what became of an entry after a pack was sent.
type Become string

// What can become of an entry.
const (
	Corrected Become = "corrected" // or added to: it has a later version
	ClosedNow Become = "closed"
	GoneNow   Become = "gone" // removed, or no longer in a file that is open to who reads
	New       Become = "new"  // recorded since; no statement rests on it
)

// String returns it as people say it.
func (b Become) String() string {
	switch b {
	case Corrected:
		return "Changed since"
	case ClosedNow:
		return "Closed since"
	case GoneNow:
		return "No longer on the record"
	case New:
		return "New since"
	}
	return string(b)
}

// Change is an entry that is not as it was when a pack was sent.
type Change struct {
	Become   Become
	Ref      records.Ref
	When     records.When // of the entry; zero for one that is gone
	Title    string       // of the entry: "Concern: neglect"
	Sections []string     // keys of the sections with statements that rest on it, each once
	Texts    []string     // those statements
}

// Since compares a pack that was sent with the record as it is now: entries that
// statements rest on and that were changed, closed or removed, in the order of
// the pack, then concerns that were recorded since it was made, in order of time. It is
// empty for a draft. What was sent stays as it was; this says what a social
// worker who reads it would not know.
func Since(f *records.File, ref *records.Referral) []Change {
	if ref.SentAt == "" {
		return nil
	}
	s := comparison{f: f, ref: ref, now: metas(f), at: map[records.ID]int{}}
	for _, sec := range ref.Sections {
		for _, st := range goesOut(sec) {
			for _, r := range st.Rests {
				s.rests(sec.Key, st.Text, r)
			}
		}
	}
	line := chronology.Bare(f)
	for i := range s.changes {
		c := &s.changes[i]
		switch {
		case c.Become == GoneNow:
			continue
		case c.Ref.Kind == records.KindPupil:
			c.Title = "The details of a pupil"
		case c.Ref.Kind == records.KindPerson || c.Ref.Kind == records.KindTie:
			c.Title = "Somebody in the child's life"
		}
		if j := slices.IndexFunc(line, func(e chronology.Entry) bool { return e.Ref.ID == c.Ref.ID }); j >= 0 {
			c.When, c.Title = line[j].When, line[j].Title
		}
	}
	for _, e := range line {
		if m := s.now[e.Ref.ID]; e.Ref.Kind == records.KindConcern && m.CreatedAt > ref.AsOf() {
			s.changes = append(s.changes, Change{Become: New, Ref: e.Ref, When: e.When, Title: e.Title})
		}
	}
	return s.changes
}

type comparison struct {
	f       *records.File
	ref     *records.Referral
	now     map[records.ID]records.Meta
	at      map[records.ID]int // place in changes, from 1
	changes []Change
}

// rests notes a statement when the entry it rests on is not as it was. The
// referral itself has new versions by being sent.
func (s *comparison) rests(key, text string, r records.Ref) {
	become := s.become(r)
	if become == "" || r.Kind == records.KindReferral {
		return
	}
	i := s.at[r.ID]
	if i == 0 {
		s.changes = append(s.changes, Change{Become: become, Ref: r})
		i = len(s.changes)
		s.at[r.ID] = i
	}
	c := &s.changes[i-1]
	if !slices.Contains(c.Sections, key) {
		c.Sections = append(c.Sections, key)
	}
	if !slices.Contains(c.Texts, text) {
		c.Texts = append(c.Texts, text)
	}
}

// become returns what became of an entry since it was cited, or "". A version of
// which nothing is known is taken for the newest one when the pack was sent.
func (s *comparison) become(r records.Ref) Become {
	m, ok := s.now[r.ID]
	same := m.Version == r.Version || r.Version == 0 && m.RecordedAt <= s.ref.AsOf()
	c := concernOf(s.f, r)
	switch {
	case !ok:
		return GoneNow
	case same:
		return ""
	case c.Closed != "" && c.Closed >= s.ref.AsOf().Date():
		return ClosedNow
	}
	return Corrected
}

// metas returns the head of every record of a file, by id.
func metas(f *records.File) map[records.ID]records.Meta {
	all := map[records.ID]records.Meta{}
	all[f.Pupil.ID] = f.Pupil.Meta
	for id, p := range f.People {
		all[id] = p.Meta
	}
	heads(all, f.Siblings, func(r *records.Pupil) records.Meta { return r.Meta })
	heads(all, f.Bands, func(r *records.StatusBand) records.Meta { return r.Meta })
	heads(all, f.Ties, func(r *records.Tie) records.Meta { return r.Meta })
	heads(all, f.Concerns, func(r *records.Concern) records.Meta { return r.Meta })
	heads(all, f.Actions, func(r *records.Action) records.Meta { return r.Meta })
	heads(all, f.Monitorings, func(r *records.Monitoring) records.Meta { return r.Meta })
	heads(all, f.Supports, func(r *records.Support) records.Meta { return r.Meta })
	heads(all, f.Replies, func(r *records.Reply) records.Meta { return r.Meta })
	heads(all, f.Challenges, func(r *records.Challenge) records.Meta { return r.Meta })
	heads(all, f.Rungs, func(r *records.Rung) records.Meta { return r.Meta })
	heads(all, f.Disclosures, func(r *records.Disclosure) records.Meta { return r.Meta })
	heads(all, f.Documents, func(r *records.Document) records.Meta { return r.Meta })
	heads(all, f.Meetings, func(r *records.Meeting) records.Meta { return r.Meta })
	heads(all, f.Impacts, func(r *records.Impact) records.Meta { return r.Meta })
	heads(all, f.Practices, func(r *records.GoodPractice) records.Meta { return r.Meta })
	heads(all, f.ChildNotes, func(r *records.ChildNote) records.Meta { return r.Meta })
	return all
}

func heads[T any](all map[records.ID]records.Meta, list []T, head func(*T) records.Meta) {
	for i := range list {
		m := head(&list[i])
		all[m.ID] = m
	}
}
