package ui

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// spanText is a term, a closure or a bank holiday as it is typed.
type spanText struct {
	List string `json:"list"` // of the calendar: terms, closures, bank_holidays
	Year int    `json:"year"` // the school year under which it is shown
	Name string `json:"name"`
	From string `json:"from"`
	To   string `json:"to"` // may be empty for a single day, but not of a term
}

// spanTexts returns the spans of a list as they are typed, in order of date.
func spanTexts(list string, spans []records.Span) []*spanText {
	var all []*spanText
	inOrder := slices.Clone(spans)
	slices.SortStableFunc(inOrder, func(a, b records.Span) int { return strings.Compare(string(a.From), string(b.From)) })
	for _, s := range inOrder {
		t := &spanText{List: list, Year: records.SchoolYear(s.From), Name: s.Name, From: s.From.String(), To: s.To.String()}
		if s.To == s.From && list != listTerms {
			t.To = ""
		}
		all = append(all, t)
	}
	return all
}

const (
	listTerms    = "terms"
	listClosures = "closures"
	listHolidays = "bank_holidays"
)

// span reads what was typed. The error is a sentence, and part says beside which
// field it belongs.
func (t *spanText) span(w *Window) (s records.Span, part string, err error) {
	s.Name = strings.TrimSpace(records.Clean(t.Name))
	if s.From, err = records.ParseDate(t.From, w.now()); err != nil {
		return s, "from", err
	}
	if s.To, err = records.ParseDate(t.To, w.now()); err != nil {
		return s, "to", err
	}
	switch {
	case s.From == "":
		return s, "from", errors.New("Give the first day.")
	case s.To == "" && t.List != listTerms:
		s.To = s.From
	case s.To == "":
		return s, "to", errors.New("Give the last day.")
	}
	return s, "", nil
}

// spanRow is one line of the calendar: name, first and last day.
type spanRow struct {
	text           *spanText
	name, from, to *entry
	problem, note  *widget.Label
	box            *fyne.Container
}

func newSpanRow(w *Window, t *spanText, edited, remove func()) *spanRow {
	r := &spanRow{text: t, name: w.newEntry(""), from: w.newEntry("5 Mar 2026"), to: w.newEntry("")}
	if t.List != listTerms {
		r.to.SetPlaceHolder("the same day")
	}
	for e, to := range map[*entry]*string{r.name: &t.Name, r.from: &t.From, r.to: &t.To} {
		e.SetText(*to)
		e.OnChanged = func(s string) {
			*to = s
			r.says("")
			edited()
		}
	}
	r.problem = wrapped(widget.NewLabel(""))
	r.problem.Importance = widget.DangerImportance
	r.problem.Hide()
	r.note = quiet("")
	r.note.Hide()
	gone := newIconButton("Take out", theme.DeleteIcon(), remove)
	gone.Importance = widget.LowImportance
	line := container.NewBorder(nil, nil, nil, container.NewHBox(container.New(&fixedWidth{150}, r.from), container.New(&fixedWidth{150}, r.to), gone), r.name)
	r.box = container.New(&stackLayout{gap: -4}, line, r.note, r.problem)
	return r
}

// says shows a sentence below the row; an empty one takes it away.
func (r *spanRow) says(sentence string) {
	r.problem.SetText(sentence)
	show(r.problem, sentence != "")
	if sentence != "" {
		r.note.Hide()
	}
	r.box.Refresh()
}

// notes shows what is odd about the row.
func (r *spanRow) notes(text string) {
	r.note.SetText(text)
	show(r.note, text != "")
	r.box.Refresh()
}

// field returns the entry of a part: name, from or to.
func (r *spanRow) field(part string) *entry {
	switch part {
	case "from":
		return r.from
	case "to":
		return r.to
	}
	return r.name
}

// spanHead names the columns of the rows.
func spanHead(first, last string) fyne.CanvasObject {
	cell := func(text string) *widget.Label {
		l := quiet(text)
		l.Wrapping = fyne.TextWrapOff
		l.TextStyle.Bold = true
		return l
	}
	gone := newIconButton("Take out", theme.DeleteIcon(), nil) // as wide as those below
	return container.NewBorder(nil, nil, nil, container.NewHBox(
		container.New(&fixedWidth{150}, cell(first)), container.New(&fixedWidth{150}, cell(last)),
		container.New(&fixedWidth{gone.MinSize().Width}, cell(""))), cell("Name"))
}
