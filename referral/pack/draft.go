package pack

import (
	"fmt"
	"slices"
	"strings"

	"throughline/chronology"
	"throughline/records"
)

// Draft returns the sections of a pack as far as the record fills them, one
// for each of [Sections] and in their order. Each statement names the versions
// of the records it rests on. What only the writer can say stays empty.
func Draft(f *records.File, ref *records.Referral) []records.Section {
	return newDrafter(f, ref).draft()
}

type drafter struct {
	f     *records.File
	ref   *records.Referral
	line  chronology.Line
	today records.Date
	own   records.Ref // the referral itself
	out   []records.Statement
}

func newDrafter(f *records.File, ref *records.Referral) *drafter {
	return &drafter{
		f: f, ref: ref, line: lineOf(f), today: f.Read.Date(),
		own: refTo(records.KindReferral, ref.Meta),
	}
}

func (d *drafter) draft() []records.Section {
	write := map[string]func(){
		Header: d.header, Referrer: d.referrer, Child: d.child, Household: d.household,
		Consent: d.consent, Concern: d.concern, History: d.history, Impact: d.impact, Voice: d.voice,
		Parents: d.parents, Strengths: d.strengths, Tried: d.tried, School: d.school,
		Agencies: d.agencies, StaffRisk: d.staffRisk, Analysis: d.analysis, Attached: d.attached,
	}
	var sections []records.Section
	for _, s := range specs {
		d.out = nil
		if w := write[s.Key]; w != nil {
			w()
		}
		sections = append(sections, records.Section{Key: s.Key, Statements: d.out})
	}
	return sections
}

func refTo(k records.Kind, m records.Meta) records.Ref {
	return records.Ref{Kind: k, ID: m.ID, Version: m.Version}
}

// say adds a statement. A referral that has not been saved yet has no id and
// is no evidence.
func (d *drafter) say(st records.Standing, text string, rests ...records.Ref) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	rests = slices.DeleteFunc(rests, func(r records.Ref) bool { return r.ID == "" })
	d.out = append(d.out, records.Statement{Text: text, Standing: st, Rests: rests})
}

// field adds the answer to a named field, if there is one.
func (d *drafter) field(name, value string, rests ...records.Ref) {
	if value = strings.TrimSpace(value); value != "" {
		d.say(records.Fact, name+": "+value, rests...)
	}
}

func (d *drafter) header() {
	r := d.ref
	if r.Response != "" {
		d.field("Response asked for", join(". ", r.Response.String(), r.ResponseWhy), d.own)
	}
	if r.Level != "" {
		d.field("Level", join(". ", r.Level.String(), r.LevelReason), d.own)
	}
	d.field(fieldThreshold, r.Threshold, d.own)
	if r.PhonedAt != "" {
		d.field(fieldPhoned, join(". ", r.PhonedAt.String()+ifSet(", to ", r.PhonedTo), ifSet("They said: ", r.PhonedSaid)), d.own)
	}
	for _, b := range d.f.Bands {
		if d.current(b.From, b.To) && b.Status != records.WasLookedAfter {
			d.field("New or open case", "Open: "+band(b), refTo(records.KindStatus, b.Meta))
		}
	}
}

func (d *drafter) referrer() {
	p := &d.f.Pupil
	if p.Joined != "" {
		d.field("How we know the child, and for how long", "A pupil of this school since "+p.Joined.String()+".", refTo(records.KindPupil, p.Meta))
	}
}

func (d *drafter) consent() {
	r := d.ref
	if r.ParentsTold != records.NotKnown {
		d.field("Parents told", join(". ", r.ParentsTold.String(), ifSet("The front door objected, and what was done: ", r.DoorDisputes)), d.own)
	}
	if r.ParentsTold == records.Yes {
		d.field(fieldWhenTold, join(", ", r.ParentsWhen.String(), r.ParentsWho), d.own)
	}
	d.field(fieldNotTold, r.ParentsWhy, d.own)
	d.field(fieldConsent, r.Consent.String(), d.own)
}

func (d *drafter) attached() {
	if len(d.line) > 0 {
		d.field("Attached", "Chronology. The numbers in brackets in this referral are its rows.")
	}
	d.documents()
}

// current reports whether a stretch of time holds today.
func (d *drafter) current(from, to records.Date) bool {
	return from <= d.today && (to == "" || to >= d.today)
}

// band returns a status in words: "Child protection plan (neglect) since 3 Mar
// 2025, worker Ann Lee". Having been looked after is past from its first day.
func band(b records.StatusBand) string {
	s := b.Status.String()
	if b.Status == records.WasLookedAfter {
		return "Looked after in the past" + ifSet(", which had ended by ", b.From.String())
	}
	if b.Category != "" {
		s += " (" + b.Category + ")"
	}
	return s + span(b.From, b.To) + ifSet(", worker ", b.Worker)
}

// span returns " from a to b", or " since a" where it has not ended.
func span(from, to records.Date) string {
	switch {
	case from == "" && to == "":
		return ""
	case from == "":
		return " until " + to.String()
	case to == "":
		return " since " + from.String()
	}
	return " from " + from.String() + " to " + to.String()
}

// opening returns how a sentence about an event begins: "On 3 Mar 2026, 08:40".
func opening(w records.When) string {
	switch {
	case w.Date == "":
		return "On a day that is not recorded"
	case w.Precision == records.InMonth:
		return "In " + w.String()
	case w.Precision == records.About, w.Precision == records.Before:
		s := w.String()
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return "On " + w.String()
}

// closes are the marks after which a sentence gets no full stop.
const closes = ".!?…”\""

// join returns the parts that are not empty with sep between them; a part that
// ends in a stop does not get another.
func join(sep string, parts ...string) string {
	s := ""
	for _, p := range parts {
		p = strings.TrimSpace(p)
		switch {
		case p == "":
		case s == "":
			s = p
		case strings.HasPrefix(sep, ".") && strings.ContainsRune(closes, last(s)):
			s += sep[1:] + p
		default:
			s += sep + p
		}
	}
	return s
}

func last(s string) rune {
	r := []rune(s)
	return r[len(r)-1]
}

// ifSet returns s behind its label, or "" when s is empty.
func ifSet(label, s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return label + s
}

// stop returns s with a full stop at its end.
func stop(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsRune(closes, last(s)) {
		return s
	}
	return s + "."
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
