package ui

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// mostMatches is how many pupils a picker offers at a time.
const mostMatches = 6

// pupilPicker finds a pupil as you type: a field with the matches below it.
// Down and Up move, Enter takes the one that is marked.
type pupilPicker struct {
	w       *Window
	entry   *pickerEntry
	matches *fyne.Container
	box     *fyne.Container
	pupils  []records.Pupil
	found   []records.Pupil
	marked  int
	chosen  records.ID
	changed func()
}

func newPupilPicker(w *Window) *pupilPicker {
	p := &pupilPicker{w: w, matches: container.New(&stackLayout{})}
	p.entry = &pickerEntry{picker: p}
	p.entry.window = w
	p.entry.ExtendBaseWidget(p.entry)
	p.entry.SetPlaceHolder("Type part of the name")
	p.entry.OnChanged = func(string) { p.typed() }
	p.entry.OnSubmitted = func(string) { p.take(p.marked) }
	p.box = container.New(&stackLayout{}, p.entry, p.matches)
	return p
}

// offer sets the pupils to choose from.
func (p *pupilPicker) offer(pupils []records.Pupil) {
	p.pupils = pupils
	if p.chosen != "" {
		p.choose(p.chosen)
	}
}

// choose takes a pupil by id; an unknown one clears the field.
func (p *pupilPicker) choose(id records.ID) {
	label := ""
	p.chosen = ""
	if i := slices.IndexFunc(p.pupils, func(q records.Pupil) bool { return q.ID == id }); i >= 0 {
		p.chosen, label = id, pupilLabel(p.pupils[i])
	}
	p.entry.quietly(label)
	p.close()
}

func (p *pupilPicker) typed() {
	p.chosen, p.marked = "", 0
	p.found = nil
	for _, q := range p.pupils {
		if nameMatches(q, p.entry.Text) {
			p.found = append(p.found, q)
		}
		if len(p.found) == mostMatches {
			break
		}
	}
	p.draw()
	p.tell()
}

func (p *pupilPicker) draw() {
	empty(p.matches)
	if strings.TrimSpace(p.entry.Text) != "" {
		for i, q := range p.found {
			b := plain(pupilLabel(q), func() { p.take(i) })
			b.Alignment = widget.ButtonAlignLeading
			if i == p.marked {
				b.Importance = widget.MediumImportance
			}
			p.matches.Add(b)
		}
		if len(p.found) == 0 {
			p.matches.Add(quiet("No pupil of that name. Add the pupil on the Pupils page first; what you type here is kept."))
		}
	}
	p.matches.Refresh()
	p.box.Refresh()
}

func (p *pupilPicker) move(by int) {
	if n := len(p.found); n > 0 {
		p.marked = (p.marked + by + n) % n
		p.draw()
	}
}

func (p *pupilPicker) take(i int) {
	if i >= len(p.found) || p.entry.Text == "" {
		return
	}
	p.choose(p.found[i].ID)
	p.tell()
	p.w.win.Canvas().FocusNext()
}

func (p *pupilPicker) close() {
	p.found = nil
	empty(p.matches)
	p.box.Refresh()
}

func (p *pupilPicker) tell() {
	if p.changed != nil {
		p.changed()
	}
}

// pickerEntry hands the arrow keys to its picker.
type pickerEntry struct {
	entry
	picker *pupilPicker
}

// TypedKey moves the mark on Down and Up.
func (e *pickerEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown:
		e.picker.move(1)
	case fyne.KeyUp:
		e.picker.move(-1)
	default:
		e.entry.TypedKey(k)
	}
}

// pupilLabel names a pupil so that two of one name can be told apart.
func pupilLabel(p records.Pupil) string {
	parts := []string{p.Name()}
	if p.Form != "" {
		parts = append(parts, p.Form)
	} else if p.YearGroup != "" {
		parts = append(parts, "Year "+p.YearGroup)
	}
	if p.Born != "" {
		parts = append(parts, "born "+p.Born.String())
	}
	return strings.Join(parts, ", ")
}

// nameMatches reports whether every word of query begins a name of the pupil;
// accents and case do not count.
func nameMatches(p records.Pupil, query string) bool {
	names := strings.FieldsFunc(records.Fold(p.Forename+" "+p.KnownAs+" "+p.Surname), func(r rune) bool {
		return unicode.IsSpace(r) || r == '-'
	})
	words := strings.FieldsFunc(records.Fold(query), func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == ',' })
	for _, word := range words {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, word) }) {
			return false
		}
	}
	return len(words) > 0
}
