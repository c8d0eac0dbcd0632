package chronology

import (
	"slices"
	"strings"

	"throughline/chronology/pattern"
	"throughline/records"
)

// Read returns what recurs and what is getting worse on the child's line, as of
// the day the file was read, without what was set aside (see [SetAside]). line
// is that of [Of]; rows are places on it, from 1.
func Read(f *records.File, line Line) pattern.Reading {
	stands, _ := SetAside(pattern.Read(Events(f, line), f.Calendar, f.Read.Date()), f.Dismissals)
	return stands
}

// Events returns the line as pattern reads it. Row is the place on the line,
// from 1; Key is the record's ID. A record that has two entries on the line,
// such as support begun and ended, is one event, at the first. A concern about
// another child is no event where this pupil was only mentioned, and neither
// what supervision said, a document, a measure nor good practice is one. A
// sibling's concern carries the sibling's name; one in which this pupil has no part
// stands at Row 0, with its day and kinds alone.
func Events(f *records.File, line Line) []pattern.Event {
	r := reader{f: f, seen: map[records.Ref]bool{}}
	var events []pattern.Event
	kin := r.kin()
	for i := range line {
		e := &line[i]
		if e.Part == records.Mentioned || !isEvent(e.Ref.Kind) || r.unsent(e) || r.again(e.Ref) {
			continue
		}
		ev := pattern.Event{
			Row: i + 1, Key: string(e.Ref.ID), Kind: e.Ref.Kind, When: e.When,
			Category: e.Category, Severity: e.Severity, Place: e.Place,
			Text: paragraphs(e.Event, e.Impact), Voice: e.Voice, Action: e.Action,
			Decision: e.Decision, Reason: e.Reason, Outcome: e.Outcome, Source: e.Source, Kin: kin,
		}
		if len(e.Categories) > 1 {
			ev.Categories = e.Categories[1:]
		}
		r.add(&ev, e)
		events = append(events, ev)
	}
	return append(events, r.elsewhere()...)
}

// checked returns what the checks of a plan to watch found.
func (r *reader) checked(plan records.ID) string {
	var found []string
	for i := range r.f.Actions {
		if a := &r.f.Actions[i]; a.Plan == plan && a.Done != "" {
			found = append(found, a.Result)
		}
	}
	return paragraphs(found...)
}

// elsewhere returns what the siblings' own files tell of: days and kinds alone, at no
// place on this line.
func (r *reader) elsewhere() []pattern.Event {
	var events []pattern.Event
	for _, k := range r.f.Kin {
		ev := pattern.Event{Key: string(k.Concern), Kind: records.KindConcern, When: k.When, Severity: k.Severity, Sibling: r.siblingNamed(k.Pupil)}
		if len(k.Categories) > 0 {
			ev.Category, ev.Categories = k.Categories[0], k.Categories[1:]
		}
		if ev.Sibling != "" {
			events = append(events, ev)
		}
	}
	return events
}

type reader struct {
	f    *records.File
	seen map[records.Ref]bool
}

// again reports whether the record was met before on the line. Somebody who
// moves in and out makes two changes at home.
func (r *reader) again(ref records.Ref) bool {
	if ref.Kind == records.KindTie {
		return false
	}
	was := r.seen[ref]
	r.seen[ref] = true
	return was
}

// sent returns the day on which a referral was first telephoned or sent, and ""
// while it was not.
func (r *reader) sent(id records.ID) records.Date {
	ref := find(r.f.Referrals, id, func(ref *records.Referral) records.ID { return ref.ID })
	switch {
	case ref == nil:
		return ""
	case ref.NotReferred != "" && ref.Response != records.Immediate: // a call for advice, after which it was decided not to refer
		return ref.SentAt.Date()
	case ref.PhonedAt == "" || ref.SentAt != "" && ref.SentAt < ref.PhonedAt:
		return ref.SentAt.Date()
	}
	return ref.PhonedAt.Date()
}

// unsent reports whether the entry says that a referral was not made which was
// made later: it is an event from then on.
func (r *reader) unsent(e *Entry) bool {
	return e.Ref.Kind == records.KindReferral && e.When.Date < r.sent(e.Ref.ID)
}

// add puts in what the record knows and its entry on the line does not.
func (r *reader) add(ev *pattern.Event, e *Entry) {
	switch e.Ref.Kind {
	case records.KindConcern:
		if c := find(r.f.Concerns, e.Ref.ID, concernID); c != nil {
			ev.Source, ev.Ended, ev.Again = string(c.Source), c.Closed, c.Reopened
			if len(c.Marks) > 0 {
				ev.Seen = c.When.Date
			}
			if e.Part != "" { // the other child was seen, and told it
				ev.Source, ev.Seen = "", ""
			}
			ev.Outcome = paragraphs(c.Outcome, c.ClosedWhy) // "closed" on its own would read as no further action
			ev.People = r.people(c)
			ev.Sibling = r.sibling(c, e.Part)
		}
	case records.KindAction:
		if a := find(r.f.Actions, e.Ref.ID, func(a *records.Action) records.ID { return a.ID }); a != nil {
			ev.Until, ev.Ended = a.Due, a.Done
		}
	case records.KindMonitoring:
		if m := find(r.f.Monitorings, e.Ref.ID, func(m *records.Monitoring) records.ID { return m.ID }); m != nil {
			ev.Until, ev.Ended, ev.Outcome = m.Until, m.Ended, paragraphs(m.Result, r.checked(m.ID))
		}
	case records.KindSupport:
		if s := find(r.f.Supports, e.Ref.ID, func(s *records.Support) records.ID { return s.ID }); s != nil {
			ev.Until, ev.Ended, ev.Outcome = s.To, s.To, s.Result
		}
	case records.KindStatus:
		if s := find(r.f.Bands, e.Ref.ID, func(s *records.StatusBand) records.ID { return s.ID }); s != nil {
			ev.Status, ev.Until, ev.Ended = s.Status, s.To, s.To
		}
	case records.KindReferral:
		ev.Sent = r.sent(e.Ref.ID)
	case records.KindReply:
		if p := find(r.f.Replies, e.Ref.ID, func(p *records.Reply) records.ID { return p.ID }); p != nil {
			ev.Decision, ev.Seen = string(p.Decided()), p.ChildSeen
		}
	case records.KindChallenge:
		if c := find(r.f.Challenges, e.Ref.ID, func(c *records.Challenge) records.ID { return c.ID }); c != nil {
			ev.Ended, ev.Outcome = c.ResolvedOn, c.Resolved
		}
	case records.KindRung:
		if g := find(r.f.Rungs, e.Ref.ID, func(g *records.Rung) records.ID { return g.ID }); g != nil {
			ev.Until, ev.Ended, ev.Outcome = g.Due.Date(), g.RepliedAt.Date(), join(": ", g.Result.String(), g.ResultWhy)
		}
	case records.KindTie:
		ev.Kind = pattern.Household
	}
}

func concernID(c *records.Concern) records.ID { return c.ID }

func find[T any](list []T, id records.ID, idOf func(*T) records.ID) *T {
	for i := range list {
		if idOf(&list[i]) == id {
			return &list[i]
		}
	}
	return nil
}

// kin returns the first names of brothers and sisters, of those at the school and
// of those written down as people.
func (r *reader) kin() []string {
	var names []string
	add := func(name string) {
		if first, _, _ := strings.Cut(name, " "); first != "" && !r.isChild(first) && !slices.Contains(names, first) {
			names = append(names, first)
		}
	}
	for _, p := range r.f.Siblings {
		add(p.Forename)
		add(p.KnownAs)
	}
	for _, t := range r.f.Ties {
		if rel := strings.ToLower(t.Relationship); !strings.Contains(rel, "'s") && (strings.Contains(rel, "brother") || strings.Contains(rel, "sister")) {
			add(r.f.People[t.Person].Name)
		}
	}
	return names
}

// isChild reports whether a name is what the pupil of the file is called.
func (r *reader) isChild(first string) bool {
	return strings.EqualFold(first, r.f.Pupil.Forename) || strings.EqualFold(first, r.f.Pupil.KnownAs)
}

// people returns who took part in a concern: those written down as present, and
// people of the file whose name stands in the account or in what the child
// said. A mother and a father are called that, as most accounts do.
func (r *reader) people(c *records.Concern) []string {
	var named []string
	for _, name := range strings.FieldsFunc(c.Present, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
		if name = r.called(strings.TrimSpace(name)); name != "" && !r.isChild(first) && !slices.Contains(named, name) {
			named = append(named, name)
		}
	}
	words := split(c.Account + "\n" + c.ChildsWords)
	for _, t := range r.f.Ties {
		p, ok := r.f.People[t.Person]
		name := r.called(p.Name)
		if ok && p.Name != "" && mentions(words, p.Name, r.shares(p.Name)) && !slices.Contains(named, name) {
			named = append(named, name)
		}
	}
	return named
}

// called returns "mother" or "father" for the name of one, and any other name as
// it is.
func (r *reader) called(name string) string {
	for _, t := range r.f.Ties {
		if rel := strings.ToLower(t.Relationship); (rel == "mother" || rel == "father") && r.f.People[t.Person].Name == name {
			return rel
		}
	}
	return name
}

// shares reports whether somebody else of the file has the first name too.
func (r *reader) shares(name string) bool {
	first, _, _ := strings.Cut(name, " ")
	has := func(other string) bool {
		other, _, _ = strings.Cut(other, " ")
		return strings.EqualFold(first, other)
	}
	for _, p := range append([]records.Pupil{r.f.Pupil}, r.f.Siblings...) {
		if p.Forename+" "+p.Surname != name && (has(p.Forename) || has(p.KnownAs)) {
			return true
		}
	}
	for _, p := range r.f.People {
		if p.Name != name && has(p.Name) {
			return true
		}
	}
	return false
}

// mentions reports whether the whole of a name, or its first word where nobody
// else has that, is among the words with its capital.
func mentions(words []word, name string, shared bool) bool {
	n := split(name)
	if len(n) == 0 {
		return false
	}
	if shared || isTitle(n[0].text) {
		n[len(n)-1].after = ""
	} else {
		n = n[:1]
	}
	for i := range words {
		if same(n, words[i:]) && capitalised(n, words[i:]) && !ordinary(words, i) {
			return true
		}
	}
	return false
}

// sibling returns the name of the sibling whom a concern is about, or "".
func (r *reader) sibling(c *records.Concern, part records.Part) string {
	if part == "" {
		return ""
	}
	return r.siblingNamed(c.Pupil)
}

func (r *reader) siblingNamed(id records.ID) string {
	for i := range r.f.Siblings {
		if r.f.Siblings[i].ID == id {
			return r.f.Siblings[i].Name()
		}
	}
	return ""
}
