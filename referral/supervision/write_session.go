package supervision

import (
	"io"
	"strconv"

	"throughline/chronology/page"
	"throughline/records"
)

// WriteSession writes the report of one session as a PDF: the session, each
// child with the decision that was tested, and what was agreed. The reflection
// is in it only where the options hold one, on a page of its own. Without a
// password the same arguments give the same bytes.
func WriteSession(w io.Writer, x *Session, o Options) error {
	p := newPrinter(o, "Safeguarding supervision", x.files(), x.Roll)
	p.session(x)
	for _, n := range x.Notes {
		p.note(&n)
	}
	p.doc.Heading(2, "Agreed")
	p.doc.Paragraph(page.Text(agreedBy(x))...)
	p.doc.Signature(x.About.Name)
	p.doc.Signature(x.Supervisor)
	if o.Reflection != "" {
		p.doc.NewPage(false)
		p.doc.Heading(2, "My own reflection")
		p.doc.Note("For " + x.About.Name + " alone. This page is part of no child's file.")
		p.doc.Paragraph(page.Text(p.hide(o.Reflection))...)
	}
	return p.close(w)
}

func agreedBy(x *Session) string {
	switch {
	case x.Closed == "":
		return "This session is being prepared. It is not closed yet."
	case x.Signed == "":
		return "Closed on " + x.Closed.String() + "."
	}
	return "Closed on " + x.Closed.String() + ", agreed by " + x.Signed + "."
}

// session says when, by whom and about what the session was.
func (p *printer) session(x *Session) {
	p.doc.Heading(1, "Safeguarding supervision, "+x.On.String())
	kind := x.Sort.String()
	if x.Minutes > 0 {
		kind += ", " + strconv.Itoa(x.Minutes) + " minutes"
	}
	facts := []page.Fact{
		{Name: "Supervisor", Value: page.Text(x.Supervisor)},
		{Name: "Supervised", Value: page.Text(x.About.Name + ", " + x.About.Role.String())},
		{Name: "Kind", Value: page.Text(kind)},
		{Name: "Children", Value: page.Text(strconv.Itoa(len(x.files())))},
	}
	if x.Present != "" {
		facts = append(facts, p.fact("Also there", x.Present, p.hide))
	}
	p.doc.Facts(append(facts, p.made()...)...)
	p.doc.Heading(2, "The session")
	next := ""
	if x.Next != "" {
		next = x.Next.String()
	}
	p.doc.Facts(
		p.fact("Earlier actions", x.Earlier, p.hide), p.fact("Workload and wellbeing", x.Workload, p.hide), p.fact("Themes", x.Themes, p.hide),
		p.fact("Our own shortcomings", x.Shortcomings, p.hide), p.fact("What went well", x.WentWell, p.hide),
		p.fact("The record", x.Quality, p.hide), p.fact("Actions of no one child", x.Actions, p.hide), p.fact("Next session", next, p.hide),
	)
}

// note prints what was said of one child.
func (p *printer) note(n *Note) {
	in := p.in(n.File)
	p.doc.Heading(2, p.of(n.File))
	var facts []page.Fact
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, p.fact(name, value, in))
		}
	}
	if s := n.File.StatusOn(n.On); s != "" {
		add("Status", s.String())
	}
	add("Why brought", n.Why)
	add("What has happened", n.Happened)
	add("Lived experience and voice", n.Lived)
	add("What is worrying", n.Worries)
	add("What protects", n.Strengths)
	add("Chronology read", n.ChildNote.Read.String())
	add("What was tried, and what it changed", n.Tried)
	add("Decision tested", n.Decision)
	add("Does the supervisor agree?", verdict(&n.ChildNote))
	add("Challenge considered", n.Challenge)
	add("Action", action(n))
	add("Looked at again on", n.ReviewDate.String())
	p.doc.Facts(facts...)
}

// verdict says whether the supervisor agrees with the decision, and why.
func verdict(n *records.ChildNote) string {
	if n.Decision == "" {
		return ""
	}
	s := "Not said"
	switch n.Agreed {
	case records.Yes:
		s = "Yes"
	case records.No:
		s = "No"
	}
	return s + labelled(". ", n.AgreedWhy)
}

// action says what is to be done, and what became of it.
func action(n *Note) string {
	if n.ChildNote.Action == "" {
		return ""
	}
	s := sentence(n.ChildNote.Action) + " " + n.ActionWho + ", by " + n.ActionDue.String() + "."
	if n.Task != nil && n.Task.Done != "" {
		s += " " + came(n.Task)
	}
	return s
}
