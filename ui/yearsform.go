package ui

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// formPage is a page that is one form.
type formPage struct {
	w    *Window
	at   place
	form *form
	box  fyne.CanvasObject
}

// newFormPage returns the page of a form whose inputs stand in it already.
func newFormPage(w *Window, at place, title, about string, f *form, back func()) *formPage {
	p := &formPage{w: w, at: at, form: f}
	f.finish(plain("Back", back))
	head := column(-4, heading(title))
	if about != "" {
		head.Add(quiet(about))
	}
	p.box = pageFrame(w, head, container.NewVBox(container.New(&widthLimit{820}, card(container.NewPadded(f.box)))))
	return p
}

func (p *formPage) place() place                       { return p.at }
func (p *formPage) content() fyne.CanvasObject         { return p.box }
func (p *formPage) leave() func(context.Context) error { return p.form.draft.leave() }

func (p *formPage) open() {
	p.form.focus()
	p.form.begin()
}

// newYearsForm returns the page on which the school says which years it has and
// how long files are kept. It is empty until the school is loaded.
func newYearsForm(w *Window) page {
	return &laterPage{w: w, at: placeSettings, make: func(ctx context.Context) (func() page, error) {
		school, err := w.store.School(ctx)
		return func() page { return yearsForm(w, school, func() { w.goTo(string(placeSettings)) }) }, err
	}}
}

// laterPage loads what a page is made from, and then opens it in its place.
type laterPage struct {
	w    *Window
	at   place
	make func(ctx context.Context) (func() page, error)
}

func (p *laterPage) place() place                       { return p.at }
func (p *laterPage) content() fyne.CanvasObject         { return container.NewStack() }
func (p *laterPage) leave() func(context.Context) error { return nil }

func (p *laterPage) open() {
	load(p.w, p.make, func(made func() page) {
		if p.w.page == page(p) {
			p.w.open(made())
		}
	})
}

// countingDays is how the five days are counted in which a file follows a pupil.
type countingDays string

func (d countingDays) String() string { return string(d) }

const (
	calendarDays countingDays = "Calendar days"
	schoolDays   countingDays = "School days"
)

func yearsForm(w *Window, school records.School, back func()) page {
	var f *form
	years := strconv.Itoa(school.Retention())
	days := calendarDays
	if school.FileInSchoolDays {
		days = schoolDays
	}
	f = w.newForm("years", "Save", func() {
		f.submit(func(ctx context.Context) error {
			s := school
			s.FileInSchoolDays = days == schoolDays
			n, err := strconv.Atoi(strings.TrimSpace(years))
			if err != nil {
				return invalid("retain_years", "Give a number of years, such as 25.")
			}
			if s.RetainYears = n; n == 0 {
				s.RetainYears = -1 // which is refused; 0 would mean the default
			}
			return w.store.Schools.Save(ctx, &s, "Years of the school changed.")
		}, back)
	})
	f.box.Add(row(choice(f, "lowest_year", "Lowest year of the school", "Choose", records.YearGroups(), &school.LowestYear),
		choice(f, "top_year", "Top year of the school", "Choose", records.YearGroups(), &school.TopYear).
			hint("Those in it leave when a new school year begins.")))
	f.box.Add(row(f.line("retain_years", "Years after birth until a file is looked at", "", &years).
		hint("25 by the IRMS toolkit for schools, and then a review. Compare it with your own retention schedule."),
		choice(f, "file_days", "The file goes to the next school within five …", "Choose", []countingDays{calendarDays, schoolDays}, &days).
			hint("Of a pupil who leaves during a term. Keeping children safe in education says “5 days”: calendar days are the safer reading.")))
	return newFormPage(w, placeSettings, "Years and old files", "", f, back)
}

// invalid returns an error with one sentence beside one field.
func invalid(field, sentence string) error {
	return &records.Invalid{Problems: []records.Problem{{Field: field, Sentence: sentence}}}
}
