package ui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// calendarPage is where terms, closures and bank holidays are kept, a school
// year at a time. What is typed for one year stays while another is looked at.
type calendarPage struct {
	w     *Window
	cal   records.Calendar // as it is kept
	texts []*spanText      // of every year
	rows  []*spanRow       // of the year that is shown
	year  int
	years *selectBox
	sum   *widget.Label
	body  *fyne.Container
	saved *widget.Label
	past  *fyne.Container // the button to what stood here before
	draft *draft
	start formText // what is kept
	box   fyne.CanvasObject
}

func newCalendarPage(w *Window) *calendarPage {
	p := &calendarPage{w: w, sum: quiet(""), body: column(10), saved: quiet(""), past: container.NewHBox()}
	p.saved.Wrapping = fyne.TextWrapOff
	p.draft = w.newDraft("calendar", func() formText { return p.text().since(p.start) })
	p.years = newSelect(nil, nil)
	back := plain("Back", func() { w.goTo(string(placeSettings)) })
	top := container.NewBorder(nil, nil, nil,
		container.NewHBox(p.saved, container.NewCenter(p.past), container.NewCenter(container.New(&fixedWidth{210}, framed(p.years))), container.NewCenter(primary("Save", p.save)), container.NewCenter(back)),
		column(-4, heading("School calendar"), p.sum))
	p.box = pageFrame(w, top, p.body)
	return p
}

func (p *calendarPage) place() place                       { return placeSettings }
func (p *calendarPage) content() fyne.CanvasObject         { return p.box }
func (p *calendarPage) leave() func(context.Context) error { return p.draft.leave() }
func (p *calendarPage) open()                              { load(p.w, p.w.store.Calendar, p.show) }

func (p *calendarPage) today() records.Date { return records.DateOf(p.w.now()) }

// show draws a calendar as it is kept, at the school year whose terms are
// missing or the present one.
func (p *calendarPage) show(cal records.Calendar) {
	p.take(cal)
	p.year = records.SchoolYear(p.today())
	if missing := cal.Missing(p.today()); missing != 0 {
		p.year = missing
	}
	p.start = p.text()
	p.draw()
	p.draft.restore(func(t formText, at records.Stamp) {
		if p.fill(t) {
			p.draw()
			p.saved.SetText("What you changed by " + at.String() + " is back.")
		}
	})
}

// take makes the texts of a calendar.
func (p *calendarPage) take(cal records.Calendar) {
	p.cal = cal
	p.past.Objects = []fyne.CanvasObject{p.w.earlierButton("Earlier calendars", refTo(records.KindCalendar, cal.Meta))}
	p.past.Refresh()
	p.texts = slices.Concat(spanTexts(listTerms, cal.Terms), spanTexts(listClosures, cal.Closures), spanTexts(listHolidays, cal.BankHolidays))
}

// text returns everything that stands in the rows, of every year.
func (p *calendarPage) text() formText {
	body, err := json.Marshal(p.texts)
	if err != nil {
		return formText{}
	}
	return formText{"spans": string(body)}
}

// fill puts back what text returned; it reports whether there was anything.
func (p *calendarPage) fill(t formText) bool {
	var texts []*spanText
	if json.Unmarshal([]byte(t["spans"]), &texts) != nil {
		return false
	}
	p.texts = texts
	return true
}

func (p *calendarPage) edited() {
	p.saved.SetText("Not saved yet.")
	p.draft.changed()
}

// draw shows the rows of the year.
func (p *calendarPage) draw() {
	p.rows = nil
	empty(p.body)
	p.drawYears()
	p.drawTerms()
	p.drawList(listClosures, "INSET days and closures", "Days in a term on which the school is shut for pupils: training, a polling day, snow. Social care works on them.", "Add a day")
	p.drawList(listHolidays, "Bank holidays", "Of England and Wales. Social care's working-day clocks stop on them. Add a proclaimed day, and take out one that was moved.", "Add a bank holiday",
		newButton("Read GOV.UK's list …", p.choose))
	until := "No terms are known yet."
	if day := p.cal.Until(); day != "" {
		until = "Terms are known until " + day.String() + "."
	}
	p.sum.SetText(until + " Deadlines and patterns count school days by this calendar.")
	p.body.Refresh()
}

// drawYears offers the school years from the first with a term to the next one.
func (p *calendarPage) drawYears() {
	first, last := records.SchoolYear(p.today()), records.SchoolYear(p.today())+1
	for _, t := range p.texts {
		if t.Year > 0 && t.List != listHolidays {
			first, last = min(first, t.Year), max(last, t.Year)
		}
	}
	first, last = min(first, p.year), max(last, p.year)
	p.years.OnChanged = nil
	p.years.Options = nil
	for y := first; y <= last; y++ {
		p.years.Options = append(p.years.Options, "School year "+records.SchoolYearName(y))
	}
	p.years.SetSelectedIndex(p.year - first)
	p.years.OnChanged = func(string) {
		p.year = first + p.years.SelectedIndex()
		p.draw()
	}
}

func (p *calendarPage) of(list string, year int) []*spanText {
	var some []*spanText
	for _, t := range p.texts {
		if t.List == list && t.Year == year {
			some = append(some, t)
		}
	}
	return some
}

func (p *calendarPage) drawTerms() {
	if before := p.of(listTerms, p.year-1); len(before) > 0 && len(p.of(listTerms, p.year)) == 0 {
		p.drawList(listTerms, "Terms", "None is known for this year yet.", "Add a term",
			primary("Fill from "+records.SchoolYearName(p.year-1), p.fillFromLastYear))
		return
	}
	p.drawList(listTerms, "Terms", "A line for each half-term, from its first school day to its last.", "Add a term")
}

func (p *calendarPage) drawList(list, title, about, add string, beside ...fyne.CanvasObject) {
	rows := column(2)
	first, last := "Day", "Last day, if more than one"
	if list == listTerms {
		first, last = "First day", "Last day"
	}
	some := p.of(list, p.year)
	if len(some) > 0 {
		rows.Add(spanHead(first, last))
	}
	for _, t := range some {
		row := newSpanRow(p.w, t, p.edited, func() {
			p.texts = slices.DeleteFunc(p.texts, func(o *spanText) bool { return o == t })
			p.edited()
			p.draw()
		})
		if s, _, err := t.span(p.w); err == nil && list == listClosures {
			row.notes(p.cal.Note(s))
		}
		p.rows = append(p.rows, row)
		rows.Add(row.box)
	}
	more := newButton(add, func() { p.add(list) })
	p.body.Add(card(subheading(title), plainText(about), rows, container.NewHBox(append([]fyne.CanvasObject{more}, beside...)...)))
}

// add begins a row, and puts the keyboard into it.
func (p *calendarPage) add(list string) {
	t := &spanText{List: list, Year: p.year}
	p.texts = append(p.texts, t)
	p.edited()
	p.draw()
	for _, r := range p.rows {
		if r.text == t {
			p.w.win.Canvas().Focus(r.name)
		}
	}
}

// fillFromLastYear begins a year with the terms of the one before, moved by 52
// weeks.
func (p *calendarPage) fillFromLastYear() {
	var before []records.Span
	for _, t := range p.of(listTerms, p.year-1) {
		if s, _, err := t.span(p.w); err == nil {
			before = append(before, s)
		}
	}
	for _, t := range spanTexts(listTerms, records.Moved(before)) {
		t.Year = p.year
		p.texts = append(p.texts, t)
	}
	p.edited()
	p.draw()
	p.saved.SetText("Moved by 52 weeks. Correct the dates, then save.")
}

// choose asks for GOV.UK's file.
func (p *calendarPage) choose() { p.w.chooseFile([]string{".json"}, p.readList) }

// readList puts GOV.UK's bank holidays in place of those of the same years.
func (p *calendarPage) readList(path string) {
	background(p.w, func(context.Context) ([]records.Span, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return records.ReadBankHolidays(f)
	}, func(list []records.Span, err error) {
		if err != nil {
			p.w.complain(err)
			return
		}
		var kept []records.Span
		for _, t := range p.texts {
			if s, _, err := t.span(p.w); err == nil && t.List == listHolidays {
				kept = append(kept, s)
			}
		}
		p.texts = slices.DeleteFunc(p.texts, func(t *spanText) bool { return t.List == listHolidays })
		p.texts = append(p.texts, spanTexts(listHolidays, records.Replaced(kept, list))...)
		p.edited()
		p.draw()
		p.saved.SetText(fmt.Sprintf("%s read. Look through them, then save.", capital(count(len(list), "bank holiday", "bank holidays"))))
	})
}

// read returns the calendar as it is typed, and which row each problem's field
// names.
func (p *calendarPage) read() (records.Calendar, map[string]*spanText, bool) {
	cal := p.cal
	cal.Terms, cal.Closures, cal.BankHolidays = []records.Span{}, []records.Span{}, []records.Span{}
	lists := map[string]*[]records.Span{listTerms: &cal.Terms, listClosures: &cal.Closures, listHolidays: &cal.BankHolidays}
	where := map[string]*spanText{}
	for _, t := range p.texts {
		s, part, err := t.span(p.w)
		if err != nil {
			p.point(t, part, err.Error())
			return cal, nil, false
		}
		list := lists[t.List]
		where[fmt.Sprintf("%s.%d", t.List, len(*list))] = t
		*list = append(*list, s)
	}
	return cal, where, true
}

// point shows the year of a row, says what is wrong with it and puts the
// keyboard there.
func (p *calendarPage) point(t *spanText, part, sentence string) {
	if t.Year != p.year {
		p.year = t.Year
		p.draw()
	}
	for _, r := range p.rows {
		if r.text == t {
			r.says(sentence)
			p.w.win.Canvas().Focus(r.field(part))
		}
	}
}

func (p *calendarPage) save() {
	cal, where, ok := p.read()
	if !ok {
		return
	}
	store := p.w.store
	why := ""
	if cal.ID != "" {
		why = "Changed on the calendar page."
	}
	save(p.w, func(ctx context.Context) error { return store.Calendars.Save(ctx, &cal, why) }, func(err error) {
		var invalid *records.Invalid
		switch {
		case errors.As(err, &invalid):
			for _, problem := range slices.Backward(invalid.Problems) {
				row, part, _ := cutLast(problem.Field, ".")
				if t := where[row]; t != nil {
					p.point(t, part, problem.Sentence)
				}
			}
			return
		case err != nil:
			p.w.complain(err)
			return
		}
		p.draft.drop()
		p.draft = p.w.newDraft("calendar", func() formText { return p.text().since(p.start) })
		p.take(cal)
		p.start = p.text()
		p.draw()
		p.saved.SetText("Saved.")
	})
}

// calendarCard is the card of the settings page that leads to the calendar.
func (p *settingsPage) calendarCard() fyne.CanvasObject {
	p.terms = plainText("")
	return card(subheading("The school year"), p.terms, container.NewHBox(
		newButton("School calendar", func() { p.w.open(newCalendarPage(p.w)) }),
		newButton("Years and old files", func() { p.w.open(newYearsForm(p.w)) })))
}

// tellTerms says until when the terms are known, and by which years the school
// goes.
func (p *settingsPage) tellTerms(d *settingsData) {
	var parts []string
	if until := d.calendar.Until(); until != "" {
		parts = append(parts, "Terms are known until "+until.String()+".")
	} else {
		parts = append(parts, "No terms are known yet: every weekday counts as a school day until they are entered.")
	}
	if s := d.school; s.TopYear != "" {
		parts = append(parts, "Top year: "+s.TopYear.String()+".")
	}
	parts = append(parts, fmt.Sprintf("Old files are looked at %d years after birth.", d.school.Retention()))
	p.terms.SetText(strings.Join(parts, " "))
}
