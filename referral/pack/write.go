package pack

import (
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
	AuditHead string        // of the record when the pack was made; printed, so that a paper copy pins it
	Now       records.Stamp // printed as the time at which the pack was made
	Password  string        // to open the file; empty writes it unencrypted
}

// Write writes the pack of a referral as a PDF: what is asked for, every box in
// order with its evidence in brackets, a picture of the line, and the
// chronology whose rows the brackets number. The sections are those of ref, as
// the writer left them. Without a password the same arguments give the same
// bytes.
func Write(w io.Writer, f *records.File, ref *records.Referral, o Options) error {
	line := asSent(chronology.Bare(f), ref.SentAt)
	p := &printer{f: f, ref: ref, o: o, line: line, ev: gather(line, ref.Sections, ref)}
	p.doc = page.New(page.Info{
		Title:   p.title(),
		Author:  o.Author.Name,
		Subject: "Referral by " + o.School.Name,
		Aside:   "Confidential · " + f.Pupil.Name() + ifSet(" · born ", f.Pupil.Born.String()),
		Footer:  join(" · ", o.School.Name, "made "+o.Now.String()),
		Made:    o.Now.Time(),
	})
	p.front()
	for _, s := range specs {
		p.box(s, find(ref.Sections, s.Key))
	}
	p.chronology()
	return p.doc.Write(w, o.Password)
}

// asSent returns the entries that were on the line when a referral was sent:
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
	part string // letter of the section that was headed last
}

func (p *printer) title() string {
	if p.ref.SentAt == "" {
		return "Draft referral to children's social care – not sent"
	}
	return "Referral to children's social care"
}

// front says at a glance who is referred, for what, by whom, and how to read
// the rest.
func (p *printer) front() {
	r := p.ref
	p.doc.Heading(1, p.title())
	sent := "Not sent"
	if r.SentAt != "" {
		sent = r.SentAt.String() + ifSet(", to ", r.SentTo) + ifSet(", by ", r.Method)
	}
	age := ""
	if n := p.f.Pupil.AgeOn(p.f.Read.Date()); n >= 0 {
		age = ", aged " + strconv.Itoa(n)
	}
	p.doc.Facts(
		fact("Child", p.f.Pupil.Name()),
		fact("Born", p.f.Pupil.Born.String()+age),
		fact("Response asked for", r.Response.String()),
		fact("Level", r.Level.String()),
		fact("Referred by", join(", ", p.o.Author.Name, p.o.Author.Role.String(), p.o.School.Name)),
		fact("Sent", sent),
		fact("Reference returned", orElse(r.Reference, "None yet")),
	)
	p.doc.Paragraph(page.Span{Muted: true, Text: "How to read this: a statement without a label is fact as recorded. " +
		"Professional opinion and hearsay are labelled. Numbers in brackets are rows of the attached chronology."})
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
	if s.Key == Referrer {
		facts = append(p.identity(), facts...)
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
	phone := join("; school ", a.Phone, s.Phone)
	if a.Phone == "" {
		phone = s.Phone
	}
	return []page.Fact{
		fact("Name and role", join(", ", a.Name, a.Role.String())),
		fact("Agency", join(", DfE number ", s.Name, s.DfENumber)),
		fact("Address", s.Address),
		fact("Telephone", phone),
		fact("Secure e-mail", orElse(a.Email, s.Email)),
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
	p.doc.Heading(3, "Declaration")
	p.doc.Paragraph(page.Span{Text: "What is written here is, to the best of my knowledge, true and complete. " +
		"Facts, professional opinion and hearsay are marked as what they are."})
	p.doc.Signature(join(", ", p.o.Author.Name, p.o.Author.Role.String()))
	p.doc.Note(join(" ", "Made "+p.o.Now.String()+".",
		ifSet("Audit chain of the record at that time: ", stop(p.o.AuditHead)),
		"SHA-256 of the sections: "+Hash(p.ref.Sections)+"."))
}
