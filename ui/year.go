package ui

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// yearPage moves the pupils up when a school year begins: everybody is shown
// first, and those who stay where they are are unticked.
type yearPage struct {
	w     *Window
	plan  *records.NewYear
	top   records.YearGroup // of the school; empty when it is not known
	title *widget.Label
	sum   *widget.Label
	last  *dateEntry // the leaving date of who leaves
	do    *button
	list  *openList
	body  *fyne.Container
	box   fyne.CanvasObject
}

// yearData is what the page shows.
type yearData struct {
	plan *records.NewYear
	top  records.YearGroup
}

func newYearPage(w *Window) *yearPage {
	p := &yearPage{w: w, title: heading("New school year"), sum: quiet(""), body: container.NewStack()}
	p.last = w.newDateEntry("Last day of those who leave", false)
	p.do = primary("Move them up", p.ask)
	p.do.Disable()
	p.list = newOpenList(w, func() int { return len(p.moves()) }, func() fyne.CanvasObject { return newMoveRow() },
		func(i int, o fyne.CanvasObject) {
			if i < len(p.moves()) {
				m := &p.plan.Moves[i]
				o.(*moveRow).set(m, i == p.list.at, func(do bool) { m.Do = do; p.count() })
			}
		}, p.turn)
	p.list.OnSelected = func(i int) { p.list.UnselectAll(); p.list.moveTo(i); p.turn() }
	back := plain("Back", func() { w.open(newLeaversPage(w, listLeavers)) })
	top := container.NewBorder(nil, nil, nil, container.NewHBox(container.NewCenter(p.do), container.NewCenter(back)), column(-4, p.title, p.sum))
	p.box = container.New(layout.NewCustomPaddedLayout(12, 12, 16, 20), filled(2, top, p.body))
	return p
}

func (p *yearPage) place() place                       { return placePupils }
func (p *yearPage) content() fyne.CanvasObject         { return p.box }
func (p *yearPage) leave() func(context.Context) error { return nil }
func (p *yearPage) open()                              { load(p.w, p.load, p.show) }

func (p *yearPage) load(ctx context.Context) (yearData, error) {
	school, err := p.w.store.School(ctx)
	if err != nil {
		return yearData{}, err
	}
	plan, err := p.w.store.NewYear(ctx)
	return yearData{plan, school.TopYear}, err
}

func (p *yearPage) moves() []records.Move {
	if p.plan == nil {
		return nil
	}
	return p.plan.Moves
}

func (p *yearPage) show(d yearData) {
	p.plan, p.top = d.plan, d.top
	p.title.SetText("New school year " + records.SchoolYearName(p.plan.Year))
	empty(p.body)
	switch {
	case p.plan.Done:
		p.done()
	case p.top == "":
		p.askYears()
	default:
		p.preview()
	}
	p.body.Refresh()
}

// says shows below the title what would change; with nothing to say there is no
// line.
func (p *yearPage) says(text string) {
	p.sum.SetText(text)
	show(p.sum, text != "")
}

// done says that there is nothing to do until next September.
func (p *yearPage) done() {
	p.says("")
	p.do.Hide()
	p.body.Add(container.NewVBox(card(prose("The year groups stand for " + records.SchoolYearName(p.plan.Year) + ". The next time to move pupils up is from 1 September " + fmt.Sprint(p.plan.Year+1) + "."))))
}

// askYears asks for the school's top year, without which nobody can be told to
// leave.
func (p *yearPage) askYears() {
	p.says("")
	p.do.Hide()
	p.body.Add(container.NewVBox(card(prose("Which is the top year of the school? Those in it leave when a new year begins."),
		container.NewHBox(primary("Say which years the school has", func() {
			load(p.w, p.w.store.School, func(s records.School) {
				p.w.open(yearsForm(p.w, s, func() { p.w.open(newYearPage(p.w)) }))
			})
		})))))
}

func (p *yearPage) preview() {
	p.do.Show()
	p.do.Enable()
	p.last.set(p.plan.LastDay)
	head := newMoveRow()
	head.head()
	above := column(4, plainText("Nothing is changed until you press “Move them up”. Untick who is kept down, or has been moved already. Leavers keep their file here; what has to go with them is listed under Leavers."))
	if n := len(p.plan.Odd); n > 0 {
		var names []string
		for i, q := range p.plan.Odd {
			if i == 12 {
				names = append(names, fmt.Sprintf("and %d more", n-i))
				break
			}
			names = append(names, q.Name())
		}
		above.Add(quiet("The year of " + count(n, "pupil", "pupils") + " cannot be read, so nothing is changed for them: " + strings.Join(names, ", ") + "."))
	}
	above.Add(container.New(&fixedWidth{300}, p.last.field))
	if len(p.plan.Moves) == 0 {
		above.Add(card(prose("There is nobody to move up.")))
		p.do.Disable()
	}
	p.body.Add(filled(2, above, head, p.list))
	p.count()
	p.w.win.Canvas().Focus(p.list)
}

// count says what the button will do.
func (p *yearPage) count() {
	up, leave, stay := 0, 0, 0
	for _, m := range p.plan.Moves {
		switch {
		case !m.Do:
			stay++
		case m.Left != "":
			leave++
		default:
			up++
		}
	}
	p.says(fmt.Sprintf("%s up, %s, %s.", capital(count(up, "pupil moves", "pupils move")), count(leave, "leaves", "leave"), count(stay, "stays as it is", "stay as they are")))
}

// turn ticks or unticks the row that has the keyboard.
func (p *yearPage) turn() {
	if at := p.list.at; at < len(p.moves()) {
		p.plan.Moves[at].Do = !p.plan.Moves[at].Do
		p.count()
		p.list.Refresh()
	}
}

// ask asks once more, and moves the pupils up.
func (p *yearPage) ask() {
	day, err := p.last.day()
	if err != nil {
		return
	}
	if day == "" || day >= records.Date(fmt.Sprintf("%d-09-01", p.plan.Year)) {
		p.last.says("Give a day before 1 September " + fmt.Sprint(p.plan.Year) + ".")
		return
	}
	plan := *p.plan
	plan.Moves = append([]records.Move(nil), p.plan.Moves...)
	for i := range plan.Moves {
		if m := &plan.Moves[i]; m.Left != "" {
			m.Left = max(day, m.Pupil.Joined)
		}
	}
	p.w.confirm("Move them up?", p.sum.Text+" Each change stays in the pupil's history. It is done for all of them together, and once a year.", "Move them up", func() {
		p.do.Disable()
		background(p.w, func(ctx context.Context) (int, error) { return p.w.store.RollOver(ctx, &plan) }, func(n int, err error) {
			p.do.Enable()
			if err != nil {
				p.w.complain(err)
				return
			}
			p.w.open(newLeaversPage(p.w, listLeavers))
		})
	})
}

// moveRow is one pupil of the preview, or its heading.
type moveRow struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	tick   *checkBox
	cells  [4]*widget.Label
}

// The columns: tick, name, now, afterwards, note.
var moveColumns = &columns{shares: []float32{0.35, 3, 1.6, 2, 2.6}}

func newMoveRow() *moveRow {
	r := &moveRow{ground: canvas.NewRectangle(palette[colorLit]), tick: newCheck("", nil)}
	r.ground.CornerRadius = 4
	r.ground.Hide()
	for i := range r.cells {
		r.cells[i] = widget.NewLabel("")
		r.cells[i].Truncation = fyne.TextTruncateEllipsis
	}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer lays the cells out in their columns.
func (r *moveRow) CreateRenderer() fyne.WidgetRenderer {
	box := container.New(moveColumns, r.tick)
	for _, c := range r.cells {
		box.Add(c)
	}
	return widget.NewSimpleRenderer(container.NewStack(r.ground, box))
}

func (r *moveRow) head() {
	r.tick.Hide()
	for i, name := range []string{"Name", "Until now", "From now on", ""} {
		r.cells[i].TextStyle.Bold = true
		r.cells[i].SetText(name)
	}
}

func (r *moveRow) set(m *records.Move, marked bool, ticked func(bool)) {
	r.tick.OnChanged = nil // the row may have shown another pupil
	r.tick.SetChecked(m.Do)
	r.tick.OnChanged = ticked
	after := m.Pupil
	after.YearGroup, after.Form = string(m.To), m.Form
	to := yearAndForm(&after)
	if m.Left != "" {
		to = "Leaves"
	}
	if !m.Do {
		to = "Stays"
	}
	for i, text := range []string{m.Pupil.Surname + ", " + m.Pupil.Forename, yearAndForm(&m.Pupil), to, m.Note} {
		r.cells[i].Text = text
	}
	r.cells[0].TextStyle.Bold = marked
	r.ground.Hidden = !marked
	r.Refresh()
}
