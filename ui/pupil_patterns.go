package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology/pattern"
)

// statementGroup is a heading of the patterns with what stands below it.
type statementGroup struct {
	heading    string
	statements []pattern.Statement
}

func statementGroups(r *pattern.Reading) []statementGroup {
	voice := []pattern.Statement{}
	if r.Voice.Text != "" {
		voice = append(voice, r.Voice)
	}
	return []statementGroup{
		{"What is getting worse", r.Deterioration},
		{"What recurs", r.Patterns},
		{"What nobody has answered", r.Unanswered},
		{"Silence", r.Quiet},
		{"Plans that drift", r.Drift},
		{"The child’s voice", voice},
	}
}

// statements returns every statement of a reading, in the order shown.
func statements(r *pattern.Reading) []pattern.Statement {
	var all []pattern.Statement
	for _, g := range statementGroups(r) {
		all = append(all, g.statements...)
	}
	return all
}

func reasonKey(s *pattern.Statement) string { return string(s.Kind) + "\x00" + s.Subject }

// showPatterns shows what can be said about the line, and beside it the entries
// behind the statement that is chosen.
func (p *pupilPage) showPatterns() {
	left := container.New(&stackLayout{gap: 6})
	if len(p.data.reading.All()) == 0 {
		left.Add(card(prose("Nothing recurs on this line, and nothing on it is getting worse, as far as it can be counted.")))
	}
	for _, g := range statementGroups(&p.data.reading) {
		p.showGroup(left, g)
	}
	p.showAside(left)
	for _, t := range p.data.reading.TooLittle {
		left.Add(quiet(t))
	}
	left.Add(quiet("This is arithmetic over what was written down. It gives no score and takes no decision."))
	var before float32
	if len(p.body.box.Objects) > 0 {
		if s, ok := p.body.box.Objects[0].(*container.Scroll); ok && p.reason != "" {
			before = s.Offset.Y
		}
	}
	scroll := p.w.scrolled(left)
	p.body.set(scroll, p.w.scrolled(p.evidence()))
	scroll.ScrollToOffset(fyne.NewPos(0, before))
	p.noteSeen()
}

// handful is how many statements a group shows before the rest is asked for.
const handful = 3

// showGroup shows the strongest statements of a group, and the rest on request or
// where one of them is chosen.
func (p *pupilPage) showGroup(list *fyne.Container, g statementGroup) {
	if len(g.statements) == 0 {
		return
	}
	list.Add(subheading(g.heading))
	shown := len(g.statements)
	chosen := slices.IndexFunc(g.statements, func(s pattern.Statement) bool { return reasonKey(&s) == p.reason })
	if shown > handful+1 && chosen < handful && !p.whole[g.heading] {
		shown = handful
	}
	for _, s := range g.statements[:shown] {
		list.Add(newPressCard(p.w, s.Text, "", reasonKey(&s) == p.reason, func() { p.pressStatement(&s) }))
	}
	if more := len(g.statements) - shown; more > 0 {
		list.Add(container.NewHBox(plain(fmt.Sprintf("Show %d more", more), func() {
			p.whole[g.heading] = true
			p.showPatterns()
		})))
	}
}

// pressStatement lights the evidence of a statement on the line, or puts it out again.
func (p *pupilPage) pressStatement(s *pattern.Statement) {
	key := reasonKey(s)
	if p.reason == key {
		key = ""
	}
	p.reason = key
	p.relight()
	p.showPatterns()
}

// relight lights the evidence of the statement that is chosen, if it still
// stands.
func (p *pupilPage) relight() {
	s := p.chosenStatement()
	if s == nil {
		p.reason = ""
		p.line.light(nil)
		return
	}
	lit := map[int]bool{}
	for _, row := range s.Rows {
		lit[row-1] = true
	}
	p.line.light(lit)
}

func (p *pupilPage) chosenStatement() *pattern.Statement {
	for _, s := range statements(&p.data.reading) {
		if p.reason != "" && reasonKey(&s) == p.reason {
			return &s
		}
	}
	return nil
}

// evidence lists the entries behind the statement that is chosen.
func (p *pupilPage) evidence() fyne.CanvasObject {
	s := p.chosenStatement()
	if s == nil {
		return card(prose("Choose a statement to see the entries behind it. They light up on the line."))
	}
	box := container.New(&stackLayout{gap: -2}, prose(s.Text))
	box.Add(subheading("Behind it: " + count(len(s.Rows), "entry", "entries")))
	here := 0
	for _, row := range s.Rows {
		i := row - 1
		if i < 0 || i >= len(p.data.line) {
			continue
		}
		b := plain(tipOf(&p.data.line[i]), func() { p.choseOnLine(i) })
		b.Alignment = widget.ButtonAlignLeading
		box.Add(newClipped(b))
		here++
	}
	if n := len(s.Rows) - here; n > 0 {
		box.Add(quiet("And " + count(n, "entry", "entries") + " on the line of a brother or sister."))
	}
	if s.Kind == pattern.Voice {
		return card(box) // what the child said cannot be set aside
	}
	return column(8, card(box), p.setAside(*s))
}

// clipped shows an object no wider than there is room.
type clipped struct {
	widget.BaseWidget
	inside fyne.CanvasObject
}

func newClipped(inside fyne.CanvasObject) fyne.CanvasObject {
	c := &clipped{inside: inside}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer draws what is inside.
func (c *clipped) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.inside) }

// MinSize is as high as the object and as narrow as one likes.
func (c *clipped) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	return fyne.NewSize(10, c.inside.MinSize().Height)
}
