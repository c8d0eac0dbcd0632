package pack

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"throughline/chronology"
	"throughline/chronology/page"
	"throughline/records"
)

// Options is what a written pack says of where it comes from.
type Options struct {
	School    records.School
	Author    records.Member
	AuditHead string         // of the record when the pack was made; printed, so that a paper copy pins it
	Now       records.Stamp  // printed as the time at which the pack was made
	Password  string         // to open the file; empty writes it unencrypted
	Draft     bool           // says on every page that it is not to be sent
	Sender    records.Member // who sent it, where it is printed again afterwards
}

// Write writes the pack of a referral as a PDF: what is asked for, every box in
// order with its evidence in brackets, a picture of the line, and the
// chronology whose rows the brackets number. The sections are those of ref, as
// the writer left them. A referral that was sent is printed as what it then is, a
// reprint: with who sent it and the child's age then, and marked as one on every
// page. Without a password the same arguments give the same bytes.
func Write(w io.Writer, f *records.File, ref *records.Referral, o Options) error {
	line := asSent(lineOf(f), ref.AsOf())
	p := &printer{f: f, ref: ref, o: o, line: line, ev: gather(line, ref.Sections, ref), now: metas(f)}
	p.doc = page.New(page.Info{
		Title:   p.title(),
		Author:  o.Author.Name,
		Subject: "Referral by " + o.School.Name,
		Aside:   "Confidential · " + f.Pupil.Name() + ifSet(" · born ", f.Pupil.Born.String()),
		Footer:  join(" · ", o.School.Name, lower(p.made())),
		Made:    o.Now.Time(),
	})
	p.front()
	for _, s := range specs {
		p.box(s, find(ref.Sections, s.Key))
	}
	p.chronology()
	return p.doc.Write(w, o.Password)
}

// asSent returns the entries that were on the line when what was sent was made:
// what was kept or happened since is no part of what went out. For a draft that
// is the whole line.
func asSent(line chronology.Line, sent records.Stamp) chronology.Line {
	if sent == "" {
		return line
	}
	return slices.DeleteFunc(line, func(e chronology.Entry) bool {
		return e.Recorded > sent || e.When.Date > sent.Date()
	})
}

type printer struct {
	doc  *page.Document
	f    *records.File
	ref  *records.Referral
	o    Options
	line chronology.Line
	ev   *evidence
	now  map[records.ID]records.Meta // of every record, as it is
	part string                      // letter of the section that was headed last
}

func (p *printer) title() string {
	const title = "Referral to children's social care"
	switch {
	case p.reprint():
		return title + " – reprint"
	case p.o.Draft:
		return "Draft " + lower(title)
	}
	return title
}

// reprint reports whether the referral was sent before it is printed.
func (p *printer) reprint() bool { return p.ref.SentAt != "" }

// asOf returns the instant whose record is printed.
func (p *printer) asOf() records.Stamp { return cmp.Or(p.ref.AsOf(), p.f.Read) }

// front says at a glance who is referred, for what, by whom, and how to read
// the rest.
func (p *printer) front() {
	r := p.ref
	p.doc.Heading(1, p.title())
	age := ""
	if n := p.f.Pupil.AgeOn(p.asOf().Date()); n >= 0 {
		age = ", aged " + strconv.Itoa(n)
	}
	facts := []page.Fact{
		fact("Child", p.f.Pupil.Name()),
		fact("Born", p.f.Pupil.Born.String()+age),
		fact("Response asked for", r.Response.String()),
		fact("Level", r.Level.String()),
		fact("Referred by", join(", ", p.referrer(), p.o.School.Name)),
	}
	p.doc.Facts(append(facts, p.gone()...)...)
	if p.reprint() {
		p.doc.Paragraph(page.Span{Text: "This is a reprint. ", Bold: true}, page.Span{Text: "The sections are word for word what was sent; their fingerprint is at the end. " +
			"The chronology and the picture are printed anew, without what was recorded later. A row that was changed later says so."})
	}
	if p.o.Draft && !p.reprint() {
		p.doc.Paragraph(page.Span{Text: "This is a draft to read through, and not to be sent.", Bold: true})
	}
	p.doc.Paragraph(page.Span{Muted: true, Text: "How to read this: a statement without a label is fact as recorded. " +
		"Professional opinion and hearsay are labelled. Numbers in brackets are rows of the attached chronology."})
}

// gone says when this was made and, where it is known, when and how it went. What
// is printed to be sent cannot know that yet.
func (p *printer) gone() []page.Fact {
	r := p.ref
	if !p.reprint() {
		facts := []page.Fact{fact("Made", p.o.Now.String())}
		if r.Reference != "" {
			facts = append(facts, fact("Your reference", r.Reference))
		}
		return facts
	}
	facts := []page.Fact{fact("Sent", r.SentAt.String()+ifSet(", to ", r.SentTo)+ifSet(", by ", lower(r.Method)))}
	if r.PackMade != "" {
		facts = append(facts, fact("Words as they stood", r.PackMade.String()))
	}
	return append(facts, fact("Reference returned", orElse(r.Reference, "None yet")),
		fact("Printed again", join(", by ", p.o.Now.String(), p.who(p.o.Author))))
}

// made says when this was printed.
func (p *printer) made() string {
	if p.reprint() {
		return "Printed again " + p.o.Now.String()
	}
	return "Made " + p.o.Now.String()
}

func (p *printer) who(m records.Member) string { return join(", ", m.Name, m.Role.String()) }

// referrer returns who refers: of what was sent, who sent it or, where that is
// not known, who decided.
func (p *printer) referrer() string {
	if !p.reprint() {
		return p.who(p.o.Author)
	}
	return orElse(p.who(p.o.Sender), p.ref.DecidedBy)
}

// fact returns a line of a table; an empty value is said to be unanswered.
func fact(name, value string) page.Fact {
	return page.Fact{Name: name, Value: orUnanswered(value)}
}

const notAnswered = "Not answered"

func orUnanswered(value string) []page.Span {
	if strings.TrimSpace(value) == "" {
		return []page.Span{{Text: notAnswered, Italic: true}}
	}
	return page.Text(value)
}

// box prints one box: the lines that forms ask for by name, then its
// statements. What is empty prints what the writer chose, or "Not answered".
func (p *printer) box(s Spec, sec records.Section) {
	p.heading(s)
	blank := orElse(sec.Blank.String(), notAnswered)
	out := goesOut(sec)
	facts := p.fields(s, sec, blank)
	switch s.Key {
	case Referrer:
		facts = append(p.identity(), facts...)
	case Attached:
		facts = append(facts, p.sending()...)
	}
	p.doc.Facts(facts...)
	if len(out) == 0 && len(facts) == 0 {
		p.doc.Paragraph(page.Span{Text: blank, Italic: blank == notAnswered})
	}
	switch s.Key {
	case Voice:
		p.voice(out)
	case Concern:
		p.statements(s, out)
		p.bodyMaps(out)
	case Analysis:
		p.timeline()
		p.statements(s, out)
	default:
		p.statements(s, out)
	}
	if s.Key == Attached {
		p.declaration()
	}
}

// heading prints a section's letter with its title; boxes of one section stand
// under one letter.
func (p *printer) heading(s Spec) {
	if s.Letter == p.part {
		p.doc.Heading(3, s.Title)
		return
	}
	p.part = s.Letter
	p.doc.Heading(2, s.Letter+"\u2002"+s.Title)
}

// fields returns the named lines of a box, filled or not.
func (p *printer) fields(s Spec, sec records.Section, blank string) []page.Fact {
	var facts []page.Fact
	for _, name := range s.Fields {
		if p.reprint() && (name == fieldSent || name == fieldReference) {
			continue // see sending; packs of older editions have statements of them
		}
		var value []page.Span
		for _, st := range goesOut(sec) {
			if n, v := s.Field(st.Text); n == name && v != "" {
				if len(value) > 0 {
					value = append(value, page.Span{Text: "\n"})
				}
				value = append(value, label(st)...)
				value = append(value, page.Span{Text: v})
				value = append(value, p.ev.markers(st)...)
			}
		}
		if len(value) == 0 {
			if !applies(name, p.f, p.ref) {
				continue
			}
			value = []page.Span{{Text: blank, Italic: blank == notAnswered}}
		}
		facts = append(facts, page.Fact{Name: name, Value: value})
	}
	return facts
}

// identity is what a form wants to know of the referrer.
func (p *printer) identity() []page.Fact {
	a, s := p.o.Author, p.o.School
	if p.reprint() {
		a = p.o.Sender
	}
	phone := join("; school ", a.Phone, s.Phone)
	if a.Phone == "" {
		phone = s.Phone
	}
	return []page.Fact{
		fact("Name and role", p.referrer()),
		fact("Agency", join(", DfE number ", s.Name, s.DfENumber)),
		fact("Address", s.Address),
		fact("Telephone", phone),
		fact("Secure e-mail", orElse(a.Email, s.Email)),
	}
}

// sending says how what was sent went and what number it was given. The referral
// itself knows, so no statement says it.
func (p *printer) sending() []page.Fact {
	if !p.reprint() {
		return nil
	}
	return []page.Fact{
		fact(fieldSent, join(", to ", p.ref.Method, p.ref.SentTo)),
		fact(fieldReference, orElse(p.ref.Reference, "None yet")),
	}
}

// label says in words what a statement is when it is not fact.
func label(st records.Statement) []page.Span {
	switch st.Standing {
	case records.Opinion:
		return []page.Span{{Text: "Professional opinion. ", Bold: true}}
	case records.Hearsay:
		return []page.Span{{Text: "Hearsay. ", Bold: true}}
	}
	return nil
}

// statements prints what is said in a box beyond its named lines.
func (p *printer) statements(s Spec, out []records.Statement) {
	var items []page.Item
	for _, st := range out {
		if name, _ := s.Field(st.Text); name != "" {
			continue
		}
		spans := append(label(st), page.Span{Text: st.Text})
		items = append(items, page.Item{Spans: append(spans, p.ev.markers(st)...)})
	}
	p.doc.List(items...)
}

// voice prints the child's words as quotations, each with when and to whom.
func (p *printer) voice(out []records.Statement) {
	for _, st := range out {
		words, from, ok := cutLast(st.Text, "”\n")
		if !ok {
			p.statements(spec(Voice), []records.Statement{st})
			continue
		}
		spans := append(label(st), page.Span{Text: from})
		p.doc.Quote(words+"”", append(spans, p.ev.markers(st)...)...)
	}
}

// cutLast cuts s around the last sep.
func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func (p *printer) declaration() {
	if p.reprint() {
		p.doc.Note("The declaration stands under what was sent. A reprint is not signed.")
	} else {
		p.doc.Heading(3, "Declaration")
		p.doc.Paragraph(page.Span{Text: "What is written here is, to the best of my knowledge, true and complete. " +
			"Facts, professional opinion and hearsay are marked as what they are."})
		p.doc.Signature(p.who(p.o.Author))
	}
	p.doc.Note(join(" ", stop(p.made()),
		ifSet("Audit chain of the record at that time: ", stop(p.o.AuditHead)),
		"SHA-256 of the sections: "+Hash(p.ref.Sections)+"."))
}
