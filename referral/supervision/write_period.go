package supervision

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"throughline/chronology/page"
	"throughline/records"
)

// WritePeriod writes the report of a period as a PDF: referrals and what became
// of them, in social care's own words, challenges, what was tried and changed,
// concerns, actions, the record and the sessions. Every figure has its base.
// Without a password the same arguments give the same bytes.
func WritePeriod(w io.Writer, x *Period, o Options) error {
	p := newPrinter(o, "Safeguarding supervision report", x.files, x.Roll)
	p.doc.Heading(1, "Safeguarding supervision report")
	p.doc.Facts(append([]page.Fact{{Name: "Period", Value: page.Text(x.From.String() + " to " + x.To.String() + ", as it stood on " + x.Now.Date().String())}},
		append(p.made(), page.Fact{Name: "Counted", Value: page.Text(x.counted())})...)...)
	p.short(x)
	p.referrals(x)
	p.notReferred(x)
	p.challenges(x)
	p.interventions(x)
	p.concerns(x)
	p.kept(x)
	p.sessions(x)
	return p.close(w)
}

// counted says how many files were read, and how many could not be.
func (x *Period) counted() string {
	s := count(x.Pupils, "pupil’s file", "pupils’ files")
	if x.Locked > 0 {
		s += ". Not counted: " + count(x.Locked, "file that is", "files that are") + " locked to named members, of whom the author is none"
	}
	return s
}

// short says in one table what the rest shows.
func (p *printer) short(x *Period) {
	ever, still := x.Mismatches()
	made, phoned := len(x.Referrals), 0
	for i := range x.Referrals {
		if x.Referrals[i].ByTelephone() {
			phoned++
		}
	}
	fact := func(name, value string) page.Fact { return page.Fact{Name: name, Value: page.Text(value)} }
	facts := []page.Fact{
		fact("Referrals made", fmt.Sprintf("%d: %d in writing, %d by telephone alone", made, made-phoned, phoned)),
		fact("Decisions not to refer", strconv.Itoa(len(x.NotReferred))),
		fact("Logged as a contact, though a referral was asked for", of(ever, made)+"; "+of(still, made)+" still stand so"),
		fact("Time to the first answer", x.Acknowledged.String()),
		fact("Time to the decision", x.Decided.String()),
	}
	for _, k := range disagreements {
		if list := x.Of(k.is); len(list) > 0 || k.always {
			facts = append(facts, fact(k.name, strconv.Itoa(len(list))+"; still open: "+strconv.Itoa(open(list))))
		}
	}
	p.doc.Heading(2, "In short")
	p.doc.Facts(append(facts,
		fact("Concerns", strconv.Itoa(x.Concerns)),
		fact("Actions due", fmt.Sprintf("%d: %d done in time, %d done late, %d not done", x.Actions.Due, x.Actions.InTime, x.Actions.Late, x.Actions.Open)),
		fact("Supervision sessions held", strconv.Itoa(x.held())),
	)...)
}

// disagreements are the kinds of challenge as they are counted: each alone.
var disagreements = []struct {
	name   string
	is     func(records.ChallengeSort) bool
	always bool // said even where there is none
}{
	{"Challenges to social care", records.ChallengeSort.OfSocialCare, true},
	{"Complaints about conduct", func(s records.ChallengeSort) bool { return s == records.OfConduct }, false},
	{"Disagreements inside the school", func(s records.ChallengeSort) bool { return s == records.InsideSchool }, false},
}

func open(list []Challenge) int {
	n := 0
	for _, c := range list {
		if c.State.Open() {
			n++
		}
	}
	return n
}

// String returns a wait in words, with its base.
func (w Wait) String() string {
	if w.Base == 0 {
		return "no answer to judge by; " + strconv.Itoa(w.Without) + " without one"
	}
	s := fmt.Sprintf("median %s, longest %s; %d answered, %d not yet", days(w.Median), days(float64(w.Longest)), w.Base, w.Without)
	return s
}

// days says a number of working days.
func days(n float64) string {
	s := strconv.FormatFloat(n, 'f', -1, 64)
	if n == 1 {
		return s + " working day"
	}
	return s + " working days"
}

func (x *Period) held() int {
	n := 0
	for _, h := range x.Sessions {
		if h.Session.Closed != "" {
			n++
		}
	}
	return n
}

func (p *printer) referrals(x *Period) {
	p.doc.Heading(2, "Referrals, and what became of them")
	var rows [][]string
	for _, r := range x.Referrals {
		in := p.in(r.File)
		logged := r.State.LoggedAs.String()
		if r.State.Mismatch {
			logged += ". Not what was asked for."
		} else if r.AsContact && r.State.LoggedAs != records.LoggedContact {
			logged += ". At first a contact."
		}
		said, view := "No decision yet", ""
		if len(r.Decisions) > 0 {
			said, view = r.said(in), r.State.View.String()+labelled(": ", in(r.State.Decision.ViewWhy))
		}
		asked := upper(r.State.Asked)
		if r.ByTelephone() {
			asked += ". By telephone; not in writing yet."
		}
		rows = append(rows, []string{p.of(r.File), r.State.Began.Date().String(), asked, logged, said, view})
	}
	p.table("Referrals", "No referral was made in this period.", []page.Column{
		{Head: "Child", Share: 15}, {Head: "Made", Share: 10}, {Head: "Asked for", Share: 17}, {Head: "They logged", Share: 15},
		{Head: "They decided, and why", Share: 27}, {Head: "Our view", Share: 18},
	}, rows)
	if decided := x.Decided.Base; decided > 0 {
		p.chart("Our view of their decisions", "View", x.Views(), decided)
	}
}

// said tells what social care decided, with their reasons, and after how long.
func (m *Made) said(in func(string) string) string {
	var all []string
	for _, y := range m.Decisions {
		s := upper(sentence(decided(y)))
		if y.Reasons != "" {
			s += " “" + in(y.Reasons) + "”"
		}
		all = append(all, s+" After "+days(float64(m.in(y.At)))+".")
	}
	return strings.Join(all, "\n")
}

// notReferred lists what was considered and not referred, with why.
func (p *printer) notReferred(x *Period) {
	if len(x.NotReferred) == 0 {
		return
	}
	p.doc.Need(2 * headed)
	p.doc.Heading(3, "Considered, and not referred")
	var rows [][]string
	for _, n := range x.NotReferred {
		rows = append(rows, []string{p.of(n.File), n.On.String(), p.hide(n.Referral.DecidedBy), p.in(n.File)(sentence(n.Referral.NotReferred))})
	}
	p.table("Considered, and not referred", "", []page.Column{
		{Head: "Child", Share: 15}, {Head: "Decided", Share: 12}, {Head: "By whom", Share: 20}, {Head: "Why", Share: 53},
	}, rows)
}

func (p *printer) challenges(x *Period) {
	p.doc.Heading(2, "Challenges, and their results")
	for _, k := range disagreements {
		list := x.Of(k.is)
		if len(list) == 0 && !k.always {
			continue
		}
		if !k.always {
			p.doc.Need(2 * headed)
			p.doc.Heading(3, k.name)
		}
		p.table(k.name, "No challenge was open in this period.", []page.Column{
			{Head: "Child", Share: 15}, {Head: "Raised", Share: 11}, {Head: "About", Share: 34}, {Head: "With whom", Share: 18}, {Head: "Result", Share: 34},
		}, p.disagreed(list))
	}
}

// disagreed returns a row for each challenge: what it is about, how far it has
// climbed or to whom a complaint went, and how it ended.
func (p *printer) disagreed(list []Challenge) [][]string {
	var rows [][]string
	for _, c := range list {
		in, ch := p.in(c.File), c.State.Challenge
		result := "Open. " + standing(c.State)
		if !c.State.Open() {
			result = "Resolved on " + ch.ResolvedOn.String() + ": " + sentence(ch.Resolved)
		}
		with := ch.To
		if n := len(c.State.Rungs); n > 0 {
			with = count(n, "rung", "rungs") + ", to " + c.State.Rungs[n-1].To
		}
		what := in(sentence(ch.Decision))
		if ch.Sort.OfSocialCare() {
			what = sentence(about(&ch)) + "\n" + what
		}
		rows = append(rows, []string{p.of(c.File), raised(c.State).String(), what, in(cmp.Or(with, "Nobody yet")), in(result)})
	}
	return rows
}

func (p *printer) interventions(x *Period) {
	p.doc.Need(4 * headed)
	p.doc.Heading(2, "What was tried, and what it changed")
	p.doc.Paragraph(page.Text("Judged by a measure taken at the start and again, by whoever reviewed it. A fall in the number of entries is not counted as an improvement.")...)
	if len(x.Interventions) == 0 {
		p.doc.Paragraph(page.Text("Nothing that was tried in this period is written down.")...)
		return
	}
	p.chart("What changed for the child", "Change", x.Effects(), len(x.Interventions))
	var rows [][]string
	for _, i := range x.Interventions {
		in, measured := p.in(i.File), "No measure was taken."
		if im := i.Impact; im != nil {
			measured = strings.TrimSpace(in(sentence(upper(im.Measure)))+" Before:") + " " + in(sentence(im.Before)) + " " + in(cmp.Or(labelled("After: ", sentence(im.After)), "Not measured again yet."))
		}
		what := in(sentence(i.What)) + labelled(" Why it was not enough: ", in(i.Without))
		rows = append(rows, []string{p.of(i.File), "From " + i.From.String() + labelled(", ", in(i.By)), what, measured, i.Change.String()})
	}
	p.table("What was tried", "", []page.Column{
		{Head: "Child", Share: 15}, {Head: "When, and by whom", Share: 18}, {Head: "What was tried", Share: 31}, {Head: "Measure", Share: 27}, {Head: "For the child", Share: 13},
	}, rows)
}

// headed is room for a heading and a sentence, so that neither stands alone at
// the foot of a page.
const headed = 70

func (p *printer) concerns(x *Period) {
	p.doc.Need(chartHeight(x.Months) + 2*headed)
	p.doc.Heading(2, "Concerns")
	p.doc.Paragraph(page.Text(upper(count(x.Concerns, "concern", "concerns")) + " in the period. Few entries in the holidays mean that the school was shut, not that children were safer.")...)
	if x.Concerns == 0 {
		return
	}
	p.doc.Need(chartHeight(x.Months) + headed)
	p.doc.Heading(3, "By when they happened")
	p.chart("Concerns by when they happened", "When", x.Months, x.Concerns)
	p.doc.Need(chartHeight(x.Categories) + headed)
	p.doc.Heading(3, "By category")
	p.doc.Paragraph(page.Text("A concern counts under every category that it has.")...)
	p.chart("Concerns by category", "Category", x.Categories, x.Concerns)
}

func (p *printer) kept(x *Period) {
	a, q := x.Actions, x.Quality
	p.doc.Heading(2, "Actions, and how the record was kept")
	p.table("Actions and record", "", []page.Column{{Head: "What", Share: 3}, {Head: "Number", Share: 1}}, [][]string{
		{"Actions due in the period, done in time", of(a.InTime, a.Due)},
		{"Done after the day they were due", of(a.Late, a.Due)},
		{"Not done yet", of(a.Open, a.Due)},
		{"Concerns written later than the next school day, of those with an exact date", of(q.Late, q.Dated)},
		{"Concerns still too vague to act on", of(q.Vague, q.Written)},
	})
}

func (p *printer) sessions(x *Period) {
	p.doc.Heading(2, "Supervision sessions")
	var rows [][]string
	for _, h := range x.Sessions {
		state := "Held"
		if h.Session.Closed == "" {
			state = "Not closed"
		}
		rows = append(rows, []string{
			h.Session.On.String(), h.Session.Sort.String() + ", " + lower(state), h.Session.Supervisor, strconv.Itoa(h.Children),
			fmt.Sprintf("%d: %d agreed with, %d not", h.Tested, h.Agreed, h.Differ), strings.TrimSpace(p.hide(h.Session.Themes)),
		})
	}
	p.table("Sessions", "No session lies in this period.", []page.Column{
		{Head: "Day", Share: 11}, {Head: "Kind", Share: 13}, {Head: "Supervisor", Share: 19}, {Head: "Children", Share: 11}, {Head: "Decisions tested", Share: 19}, {Head: "Themes", Share: 27},
	}, rows)
}
