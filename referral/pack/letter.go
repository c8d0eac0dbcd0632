package pack

import (
	"fmt"
	"io"
	"strings"

	"throughline/chronology"
	"throughline/chronology/page"
	"throughline/records"
)

// Letter is a letter of a challenge, drafted from the record and edited by who
// signs it. An empty part is not printed.
type Letter struct {
	Title string
	About string // whom it is about, with our date of referral and their reference
	Child string // name, for the head of each page
	To    string // name, role, agency
	On    records.Date
	Parts []Part
	Sign  string // name and role, under the line for the signature
}

// Part is one part of a letter.
type Part struct {
	Key   string // names it in a form
	Title string // printed above it; empty for the opening
	Text  string
	List  bool // each line is a point of a list
}

// The parts of a letter that cannot be left out.
const (
	PartDecision = "decision"
	PartSought   = "sought"
)

// Part returns the part with a key, or nil.
func (l *Letter) Part(key string) *Part {
	for i := range l.Parts {
		if l.Parts[i].Key == key {
			return &l.Parts[i]
		}
	}
	return nil
}

// noFeedback is the ground of a challenge to silence: there is no decision to
// disagree with.
const noFeedback = "No feedback"

// RungLetter drafts the letter of one rung of a challenge: what was decided,
// what the school relies on, the risk, what it asks for and by when, what came
// of the rungs below, and how the child is kept safe meanwhile. rungs are those
// of the challenge.
func RungLetter(f *records.File, ref *records.Referral, c *records.Challenge, rungs []records.Rung, g *records.Rung, o Options) Letter {
	l := letter(f, ref, o)
	l.Title = fmt.Sprintf("Professional challenge, stage %d of %d", g.Number, max(g.Number, len(c.Ladder)))
	l.To = g.To
	opening := "We do not agree with the decision below and are worried that the child is not safe enough. We ask you to look at it again."
	decision := "The decision we challenge"
	switch {
	case c.Sort == records.InsideSchool:
		l.Title = "A disagreement about a child's safety"
		opening = "We do not agree on how this child is best kept safe, and ask you to look at it."
	case c.Sort == records.OfDecision && c.Grounds == noFeedback:
		opening = "We have not been told what was decided about this child and are worried that the child is not safe enough. We ask you to tell us."
		decision = "What we have not been told"
	}
	if c.Urgent {
		opening += " This is urgent."
	}
	reply := "Please reply in writing."
	if g.Due != "" {
		reply = "Please reply in writing by " + g.Due.String() + "."
	}
	if c.Procedures != "" {
		reply += " We follow the local procedures for professional disagreement" + ifSet(", edition ", c.Edition) + "."
	}
	l.Parts = []Part{
		{Key: "opening", Text: opening},
		{Key: PartDecision, Title: decision, Text: join("\n", c.Decision, ifSet("Our grounds: ", c.Grounds))},
		{Key: "before", Title: "What was raised before", Text: before(rungs, g), List: true},
		{Key: "relies", Title: "What we rely on", Text: relied(f, g.ReliesOn), List: true},
		{Key: "risk", Title: "The risk to the child if nothing changes", Text: g.Risk},
		{Key: PartSought, Title: "What we ask for", Text: g.Sought},
		{Key: "reply", Title: "Your reply", Text: reply},
		{Key: "safety", Title: "What keeps the child safe meanwhile", Text: c.Safety},
		{Key: "told", Title: "Who is told of this letter", Text: g.Told},
	}
	return l
}

// ComplaintLetter drafts the letter of a complaint about conduct.
func ComplaintLetter(f *records.File, ref *records.Referral, c *records.Challenge, o Options) Letter {
	l := letter(f, ref, o)
	l.Title, l.To = "Complaint about conduct", c.To
	l.Parts = []Part{
		{Key: "opening", Text: "We write about how a professional acted. This is not about a decision on the child, which we take up separately where we disagree with it."},
		{Key: PartDecision, Title: "What happened", Text: c.Decision},
		{Key: PartSought, Title: "What we ask for", Text: c.Sought},
		{Key: "reply", Title: "Your reply", Text: "Please reply in writing, and say how you looked into it."},
		{Key: "told", Title: "Who is told of this letter"},
	}
	return l
}

// letter begins a letter of today about the child of a referral.
func letter(f *records.File, ref *records.Referral, o Options) Letter {
	p := &f.Pupil
	sent := ""
	if ref.SentAt != "" {
		sent = "our referral of " + ref.SentAt.Date().String()
	}
	return Letter{
		Child: p.Name(),
		About: join(", ", p.Name(), ifSet("born ", p.Born.String()), sent, ifSet("your reference ", ref.Reference)),
		On:    o.Now.Date(),
		Sign:  join(", ", o.Author.Name, o.Author.Role.String()),
	}
}

// before returns the rungs below one, a line each: with whom, when, and what
// they replied.
func before(rungs []records.Rung, g *records.Rung) string {
	var lines []string
	for _, r := range rungs {
		if r.Challenge != g.Challenge || r.RaisedAt >= g.RaisedAt {
			continue
		}
		said := "No reply."
		if r.Reply != "" {
			said = "Reply" + ifSet(" of ", r.RepliedAt.Date().String()) + ": " + oneLine(stop(r.Reply))
		}
		lines = append(lines, join(" ", "Raised with "+r.To+" on "+r.RaisedAt.Date().String()+".", said))
	}
	return strings.Join(lines, "\n")
}

// relied returns the entries that a rung relies on, a line each: when, and what
// it says in one line. One that is no longer on the child's line is left out.
func relied(f *records.File, refs []records.Ref) string {
	wanted := map[records.ID]bool{}
	for _, r := range refs {
		wanted[r.ID] = true
	}
	var lines []string
	for _, e := range chronology.Bare(f) {
		if !wanted[e.Ref.ID] {
			continue
		}
		delete(wanted, e.Ref.ID)
		line := e.When.String() + ": " + orElse(oneLine(e.Summary), short(oneLine(e.Event)))
		if e.Voice != "" {
			line = stop(line) + " In the child's words: " + quoted(short(oneLine(e.Voice)))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// oneLine returns text without its line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// shortMost is how many characters of an entry stand in a letter; the whole
// entry goes with the chronology.
const shortMost = 240

// short returns the beginning of a text, cut between words, with an ellipsis
// where something is left out.
func short(s string) string {
	if Characters(s) <= shortMost {
		return s
	}
	return strings.TrimRight(cut(s, shortMost)[0], " ,;:") + " …"
}

// Hide returns the letter with names replaced by hide, such as that of
// chronology.Aliases. Whom it goes to and who signs stay: it must arrive.
func (l Letter) Hide(hide func(string) string) Letter {
	l.About, l.Child = hide(l.About), hide(l.Child)
	parts := make([]Part, len(l.Parts))
	for i, p := range l.Parts {
		p.Text = hide(p.Text)
		parts[i] = p
	}
	l.Parts = parts
	return l
}

// WriteLetter writes a letter as a PDF, with the head of the audit chain at its
// foot. Without a password the same arguments give the same bytes.
func WriteLetter(w io.Writer, l Letter, o Options) error {
	doc := page.New(page.Info{
		Title:   l.Title,
		Author:  o.Author.Name,
		Subject: l.Title + ", " + o.School.Name,
		Aside:   "Confidential" + ifSet(" · ", l.Child),
		Footer:  join(" · ", o.School.Name, "made "+o.Now.String()),
		Made:    o.Now.Time(),
	})
	doc.Heading(1, l.Title)
	facts := []page.Fact{
		{Name: "From", Value: page.Text(join("\n", o.School.Name, o.School.Address, o.School.Phone, orElse(o.Author.Email, o.School.Email)))},
		{Name: "To", Value: page.Text(l.To)},
		{Name: "Date", Value: page.Text(l.On.String())},
		{Name: "About", Value: page.Text(l.About)},
	}
	doc.Facts(facts...)
	for _, p := range l.Parts {
		text := strings.TrimSpace(p.Text)
		if text == "" {
			continue
		}
		if p.Title != "" {
			doc.Heading(2, p.Title)
		}
		writePart(doc, text, p.List)
	}
	doc.Signature(l.Sign)
	doc.Note(join(" ", "Made "+o.Now.String()+".", ifSet("Audit chain of the record at that time: ", stop(o.AuditHead))))
	return doc.Write(w, o.Password)
}

func writePart(doc *page.Document, text string, list bool) {
	var items []page.Item
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if !list {
			doc.Paragraph(page.Span{Text: line})
			continue
		}
		items = append(items, page.Item{Spans: []page.Span{{Text: line}}})
	}
	doc.List(items...)
}
