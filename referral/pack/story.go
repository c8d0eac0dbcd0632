package pack

import (
	"fmt"
	"slices"
	"strings"

	"throughline/chronology"
	"throughline/records"
)

// How much of the line a pack tells in sentences. The rest is in the
// chronology, whole.
const (
	nowDays    = 30 // an entry this many days before the last one is part of why now
	nowMost    = 5
	tellDays   = 90 // entries this recent are told even when nobody marked them
	tellSevere = 3  // and so are those that looked serious
	tellMost   = 30
)

// entries returns the concerns about this child, in order of time.
func (d *drafter) entries() chronology.Line {
	var own chronology.Line
	for _, e := range d.line {
		if e.Ref.Kind == records.KindConcern && e.Part == "" {
			own = append(own, e)
		}
	}
	return own
}

// now returns the concerns that are why the referral is made today: those of
// the last weeks of the line, the most serious of them if they are many.
func (d *drafter) now() chronology.Line {
	own := slices.DeleteFunc(d.entries(), func(e chronology.Entry) bool { return e.When.Date == "" })
	if len(own) == 0 {
		return nil
	}
	from := own[len(own)-1].When.Date.AddDays(-nowDays)
	recent := slices.DeleteFunc(own, func(e chronology.Entry) bool { return e.When.Date < from })
	if len(recent) <= nowMost {
		return recent
	}
	grave := slices.Clone(recent)
	slices.Reverse(grave) // of two that look alike the later one
	slices.SortStableFunc(grave, func(a, b chronology.Entry) int { return int(b.Severity - a.Severity) })
	grave = grave[:nowMost]
	return slices.DeleteFunc(recent, func(e chronology.Entry) bool { return !has(grave, e.Ref) })
}

func has(l chronology.Line, r records.Ref) bool {
	return slices.ContainsFunc(l, func(e chronology.Entry) bool { return e.Ref == r })
}

// told returns the concerns before those of now that are worth a sentence of
// their own: marked significant, serious at the time, or recent. Of very many
// the last are told.
func (d *drafter) told() chronology.Line {
	now := d.now()
	since := d.today.AddDays(-tellDays)
	var list chronology.Line
	for _, e := range d.entries() {
		if (e.Significant || e.Severity >= tellSevere || e.When.Date >= since) && !has(now, e.Ref) {
			list = append(list, e)
		}
	}
	return list[max(0, len(list)-tellMost):]
}

func (d *drafter) concern() {
	for _, e := range d.now() {
		c := concernOf(d.f, e.Ref)
		text := opening(e.When)
		if c.Place != "" {
			text += " (" + strings.TrimSpace(c.Place) + ")"
		}
		text = join(" ", text+known(c)+": "+stop(c.Account), said(c), ifSet("How the child was: ", stop(c.Presentation)), marks(c))
		d.say(e.Standing, text, e.Ref)
		d.opinion(e)
	}
}

// said returns the child's words with the question that was put.
func said(c *records.Concern) string {
	if c.ChildsWords == "" {
		return ""
	}
	if c.Question != "" {
		return "Asked " + quoted(c.Question) + " the child said: " + quoted(c.ChildsWords)
	}
	return "The child said: " + quoted(c.ChildsWords)
}

// known says how an account came to be known, and by whom.
func known(c *records.Concern) string {
	by := ifSet(" ", c.SeenBy)
	switch c.Source {
	case records.Seen:
		return ifSet(", seen or heard by", by)
	case records.ToldByChild:
		if by == "" {
			return ", told by the child"
		}
		return ", told by the child to" + by
	case records.ToldByOther:
		return ", told by somebody who saw or heard it" + ifSet(" to", by)
	case records.FromAgency:
		return ", from " + orElse(c.Agency, "another agency")
	case records.FromRecords:
		return ", found in another record"
	}
	return ", first source not known"
}

func orElse(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

// opinion adds what the writer thought, apart from what was seen.
func (d *drafter) opinion(e chronology.Entry) {
	c := concernOf(d.f, e.Ref)
	if c.Opinion == "" {
		return
	}
	d.say(records.Opinion, join(" ", orElse(c.SeenBy, orElse(e.By, "The writer"))+" thought, "+
		onDay(e.When)+": "+stop(c.Opinion), ifSet("This rests on: ", stop(c.OpinionBasis))), e.Ref)
}

func onDay(w records.When) string {
	w.At = ""
	return lower(opening(w))
}

// quoted returns exact words between quotation marks, once.
func quoted(s string) string {
	s = strings.TrimSpace(s)
	for _, q := range []string{"“”", "\"\""} {
		open, shut := string([]rune(q)[0]), string([]rune(q)[1])
		inner, ok := strings.CutPrefix(s, open)
		if inner, end := strings.CutSuffix(inner, shut); ok && end && !strings.ContainsAny(inner, q) {
			s = inner
		}
	}
	return "“" + s + "”"
}

// concernOf returns the concern that r points at, an empty one when r points at
// something else.
func concernOf(f *records.File, r records.Ref) *records.Concern {
	for i := range f.Concerns {
		if f.Concerns[i].ID == r.ID {
			return &f.Concerns[i]
		}
	}
	return &records.Concern{}
}

func (d *drafter) history() {
	own := d.entries()
	if len(own) > 0 {
		d.say(records.Fact, d.tally(own), refsOf(own)...)
	}
	for _, e := range d.told() {
		text := e.Summary
		if text == "" {
			text = firstSentence(e.Event)
		}
		if text == "" && e.Voice != "" {
			text = "The child said: " + quoted(firstSentence(e.Voice))
		}
		d.say(e.Standing, join(" ", opening(e.When)+": "+stop(text), ifSet("Outcome: ", stop(firstSentence(e.Outcome)))), e.Ref)
	}
	for _, b := range d.f.Bands {
		d.say(records.Fact, stop(band(b)), refTo(records.KindStatus, b.Meta))
	}
	for _, r := range earlier(d.f, d.ref) {
		d.earlierReferral(r)
	}
}

// tally counts the concerns and says what they are about.
func (d *drafter) tally(own chronology.Line) string {
	n := map[records.Category]int{}
	var order []records.Category
	first, end := records.Date(""), records.Date("")
	for _, e := range own {
		if n[e.Category] == 0 {
			order = append(order, e.Category)
		}
		n[e.Category]++
		if e.When.Date != "" {
			if first == "" {
				first = e.When.Date
			}
			end = e.When.Date
		}
	}
	slices.SortStableFunc(order, func(a, b records.Category) int { return n[b] - n[a] })
	var parts []string
	for _, c := range order {
		parts = append(parts, fmt.Sprintf("%s %d", lower(c.String()), n[c]))
	}
	when := ""
	switch {
	case first != "" && first == end:
		when = " on " + first.String()
	case first != "":
		when = " from " + first.String() + " to " + end.String()
	}
	return "The school recorded " + count(len(own), "concern", "concerns") + when + ": " + strings.Join(parts, "; ") + "."
}

func refsOf(l chronology.Line) []records.Ref {
	var refs []records.Ref
	for _, e := range l {
		refs = append(refs, e.Ref)
	}
	return refs
}

// firstSentence returns the first sentence or line of s. A stop after a single
// letter or a title ends no sentence.
func firstSentence(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i]
	}
	for i := 0; i < len(s); i++ {
		if !strings.ContainsRune(".!?", rune(s[i])) || i+1 < len(s) && s[i+1] != ' ' {
			continue
		}
		word := s[strings.LastIndexByte(s[:i], ' ')+1 : i]
		if s[i] == '.' && (len([]rune(word)) == 1 || slices.Contains([]string{"Mr", "Mrs", "Ms", "Dr", "St"}, word)) {
			continue
		}
		return s[:i+1]
	}
	return s
}

// earlierReferral says what was asked for, what they say they logged it as,
// what they decided, and what came of a challenge. Complaints, and what is settled
// inside the school, are no part of it.
func (d *drafter) earlierReferral(r records.Referral) {
	text := "On " + r.SentAt.Date().String() + " the school asked for: " + orElse(lower(r.Level.String()), "help") + "."
	rests := []records.Ref{refTo(records.KindReferral, r.Meta)}
	for _, p := range d.f.Replies {
		if p.Referral != r.ID || p.LoggedAs == records.LoggedNotSaid && p.Decided() == "" {
			continue
		}
		rests = append(rests, refTo(records.KindReply, p.Meta))
		if p.LoggedAs != records.LoggedNotSaid {
			text += " They logged it as " + lower(p.LoggedAs.String()) + "."
		}
		if p.Decided() != "" {
			text += " " + p.At.Date().String() + ": " + stop(join(". Reason given: ", decided(&p), p.Reasons))
		}
		if p.View == records.DisagreeWithCSC {
			text += " The school disagreed" + ifSet(": ", stop(p.ViewWhy))
		}
	}
	for _, c := range d.f.Challenges {
		if c.Referral != r.ID || !c.Sort.OfSocialCare() {
			continue
		}
		rests = append(rests, refTo(records.KindChallenge, c.Meta))
		about := c.Grounds
		if c.Sort != records.OfDecision {
			about = c.Sort.String()
		}
		text = join(". ", text, "The school challenged the decision ("+lower(about)+")")
		text = stop(text) + orElse(ifSet(" Resolved on "+c.ResolvedOn.String()+": ", stop(c.Resolved)), " It is not resolved.")
	}
	d.say(records.Fact, text, rests...)
}

// decided returns the decisions that a reply gives, in the words of social care:
// that on the referral, and that of the section 47 enquiry.
func decided(p *records.Reply) string {
	return join("; ", string(p.Outcome), ifSet("section 47 enquiry: ", string(p.Enquiry)))
}

func (d *drafter) impact() {
	for _, e := range slices.Concat(d.told(), d.now()) {
		if e.Impact != "" {
			d.say(e.Standing, opening(e.When)+": "+stop(e.Impact), e.Ref)
		}
	}
	for _, s := range d.f.Supports {
		if s.Before != "" {
			d.say(records.Fact, join(" ", stop(s.What), "Before: "+stop(s.Before),
				ifSet("After: ", stop(s.After))), refTo(records.KindSupport, s.Meta))
		}
	}
}

// voice sets down every word of the child that is on the line. The words stand
// alone, exactly; the line after them says when and to whom.
func (d *drafter) voice() {
	for _, e := range d.entries() {
		if e.Voice == "" {
			continue
		}
		c := concernOf(d.f, e.Ref)
		d.say(e.Standing, quoted(e.Voice)+"\n"+join(". ", "Said "+lower(opening(e.When))+heard(c),
			ifSet("The child had been asked: ", stop(c.Question))), e.Ref)
	}
}

func heard(c *records.Concern) string {
	if c.Source == records.ToldByOther || c.Source == records.Unattributed {
		return ", as reported" + ifSet(" to ", c.SeenBy)
	}
	return ifSet(", to ", c.SeenBy)
}

func (d *drafter) parents() {
	if r := d.ref; r.ParentsSaid != "" {
		d.say(records.Fact, join(" ", "Of this referral"+ifSet(", ", lower(r.ParentsWhen.String()))+":", stop(r.ParentsSaid)), d.own)
	}
	for _, e := range slices.Concat(d.told(), d.now()) {
		c := concernOf(d.f, e.Ref)
		if c.ParentsWhy == "" {
			continue
		}
		how := "parents told. "
		switch c.ParentsTold {
		case records.No:
			how = "parents not told: "
		case records.NotKnown:
			how = ""
		}
		d.say(records.Fact, opening(e.When)+": "+how+stop(c.ParentsWhy), e.Ref)
	}
}

// tried sets down support and watching: what, by whom, what it changed and why
// it was not enough.
func (d *drafter) tried() {
	for _, s := range d.f.Supports {
		level := s.Level.String()
		text := join(" ", stop(s.What+" ("+lower(level)+")"+span(s.From, s.To)+ifSet(", by ", s.By)),
			ifSet("Aim: ", stop(s.Aim)), ifSet("Before: ", stop(s.Before)), ifSet("After: ", stop(s.After)),
			ifSet("Result: ", stop(s.Result)), ifSet("Why it was not enough: ", stop(s.WhyNotEnough)))
		d.say(records.Fact, text, refTo(records.KindSupport, s.Meta))
	}
	for _, m := range d.f.Monitorings {
		until := m.Until
		if m.Ended != "" {
			until = m.Ended
		}
		text := join(" ", "Watched"+span(m.From, until)+ifSet(", by ", m.Who)+": "+stop(m.What), ifSet("What was seen: ", stop(m.Result)))
		d.say(records.Fact, text, refTo(records.KindMonitoring, m.Meta))
	}
	d.measured()
}

// measured sets down each measure as it was at the start and, where it was taken
// again, what had changed for the child.
func (d *drafter) measured() {
	for _, i := range d.f.Impacts {
		text := stop(i.Measure + ": " + i.Before + " on " + i.Start.String())
		if i.Looked != "" {
			text = join(" ", text, stop(i.After+" on "+i.Looked.String()), stop(i.Change.String()), ifSet("The child says: ", stop(i.ChildsView)))
		}
		d.say(records.Fact, text, refTo(records.KindImpact, i.Meta))
	}
}

// school counts what the record itself holds of attendance and of going
// missing; the register's figures are the writer's to enter.
func (d *drafter) school() {
	for _, k := range []struct {
		category records.Category
		about    string
	}{
		{records.Attendance, "about attendance or lateness"},
		{records.Missing, "of going missing"},
		{records.Medical, "about health and appointments"},
	} {
		var list chronology.Line
		for _, e := range d.entries() {
			if slices.Contains(e.Categories, k.category) {
				list = append(list, e)
			}
		}
		if len(list) > 0 {
			d.say(records.Fact, "The record holds "+count(len(list), "entry ", "entries ")+k.about+".", refsOf(list)...)
		}
	}
}
