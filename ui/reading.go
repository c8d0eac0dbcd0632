package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology/wording"
	"throughline/records"
	"throughline/referral"
)

// readAfter is how long after the last keystroke the words are read.
const readAfter = 250 * time.Millisecond

// readingPane shows, beside a form, what the checker finds in its words: each
// finding with one question, and for a plan to watch the fields that answer it.
type readingPane struct {
	w     *Window
	box   fyne.CanvasObject
	list  *fyne.Container
	plan  *planForm
	stop  func() // the reading that is planned; nil when none was
	texts map[string]string
	watch bool                       // a plan to watch was found that does not say everything
	asks  func() []referral.Question // of case reviews, about the form as it stands; nil for none
	was   reworded
}

// readOrder is the order of the fields that are read, and how each is read.
var readOrder = []struct {
	name, label string
	field       wording.Field
}{
	{"account", "What happened", wording.Concern},
	{"action", "What was done", wording.Action},
	{"decision", "Decision", wording.Decision},
	{"outcome", "Outcome", wording.Outcome},
}

func newReadingPane(w *Window, edited func()) *readingPane {
	r := &readingPane{w: w, list: container.New(&stackLayout{gap: 6}), plan: newPlanForm(w, edited), was: reworded{now: time.Now, since: map[records.Rewording]time.Time{}}}
	r.plan.box.Hide()
	scroll := w.scrolled(container.New(&stackLayout{gap: 6}, r.list, r.plan.box))
	r.box = container.NewBorder(subheading("Reading your words"), nil, nil, nil, scroll)
	r.draw(nil)
	return r
}

// read reads the texts, once the typing pauses.
func (r *readingPane) read(texts map[string]string) {
	r.texts = texts
	if r.stop != nil {
		r.stop()
	}
	session := r.w.session
	r.stop = r.w.later(readAfter, func() {
		if session.Err() == nil {
			r.draw(texts)
		}
	})
}

func (r *readingPane) draw(texts map[string]string) {
	empty(r.list)
	r.watch = false
	found := false
	var standing []records.Rewording
	for _, o := range readOrder {
		text := texts[o.name]
		for _, f := range wording.Check(o.field, text).Findings {
			found = true
			r.watch = r.watch || f.Kind == wording.VagueMonitoring
			standing = append(standing, findingOf(o.name, f, text))
			r.list.Add(findingCard(o.label, text[f.Start:f.End], f.Ask))
		}
	}
	r.was.see(standing)
	if r.asks != nil {
		for _, q := range r.asks() {
			found = true
			r.list.Add(tinted(palette[colorLit], questionText(q)))
		}
	}
	if !found {
		r.list.Add(quiet("What is vague, or blames the child, is pointed out here as you write, with a question that helps. Nothing here stops you from saving."))
	}
	show(r.plan.box, r.watch || r.plan.begun())
	r.list.Refresh()
	r.box.Refresh()
}

// findingCard shows the words found and the question they raise.
func findingCard(where, words, ask string) fyne.CanvasObject {
	question := widget.NewLabel(ask)
	question.Wrapping = fyne.TextWrapWord
	return tinted(palette[colorLit], column(-8, quiet(where+": “"+words+"”"), question))
}

// planForm asks for what makes a plan of "continue to monitor": what, how long
// and next steps.
type planForm struct {
	box                            *fyne.Container
	what, who, often, change, next *entry
	until                          *dateEntry
	fields                         map[string]*field
}

func newPlanForm(w *Window, edited func()) *planForm {
	p := &planForm{
		what: w.newText("Something another adult could see, hear or count", 2), who: w.newEntry("Name and role"),
		often: w.newEntry("Daily; Tues and Thurs"), change: w.newEntry("What would make you act sooner"),
		next: w.newText("Who does what on that day", 2), until: w.newDateEntry(planUntil, false),
	}
	for _, e := range []*entry{p.what, p.who, p.often, p.change, p.next} {
		e.OnChanged = func(string) { edited() }
	}
	p.until.changed, p.until.ahead = edited, true
	p.fields = map[string]*field{
		"what": newField(planWhat, p.what), "who": newField(planWho, p.who),
		"how_often": newField(planOften, p.often), "until": p.until.field,
		"would_change": newField(planChange, p.change), "next_steps": newField(planNext, p.next),
	}
	p.box = card(subheading("The plan to watch"),
		quiet("With these filled in it becomes dated actions, and the entry is no longer marked."),
		p.fields["what"], sideBySide(p.fields["who"], p.fields["how_often"]),
		p.fields["until"], p.fields["next_steps"], p.fields["would_change"])
	return p
}

// texts returns the entries by the names under which a draft keeps them.
func (p *planForm) texts() map[string]*entry {
	return map[string]*entry{
		"what": p.what, "who": p.who, "how_often": p.often, "until": p.until.date, "would_change": p.change, "next_steps": p.next,
	}
}

// planOrder is the order in which the fields stand.
var planOrder = []string{"what", "who", "how_often", "until", "next_steps", "would_change"}

// begun reports whether anything was filled in.
func (p *planForm) begun() bool {
	for _, e := range p.texts() {
		if strings.TrimSpace(e.Text) != "" {
			return true
		}
	}
	return false
}

// value returns the plan, nil when nothing was filled in. bad names the fields
// that cannot be read, which say so.
func (p *planForm) value() (plan *records.Monitoring, bad []string) {
	for _, f := range p.fields {
		f.says("")
	}
	for name, e := range p.texts() {
		if e.strip() {
			p.fields[name].says(spoiled)
			bad = append(bad, name)
		}
	}
	if !p.begun() {
		return nil, bad
	}
	until, err := p.until.day()
	if err != nil {
		bad = append(bad, "until")
	}
	return &records.Monitoring{
		What: p.what.clean(), Who: p.who.clean(), HowOften: p.often.clean(), Until: until,
		WouldChange: p.change.clean(), NextSteps: p.next.clean(),
	}, bad
}
