package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/pack"
	"throughline/referral/procedures"
)

// draw shows the part that is open.
func (p *proceduresPage) draw() {
	p.fields, p.focus = map[string]*field{}, map[string]fyne.Focusable{}
	for part, b := range p.tabs {
		b.Importance = widget.MediumImportance
		if part == p.at {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
	empty(p.body)
	switch p.at {
	case partDoor:
		p.drawDoor()
	case partClocks:
		p.drawClocks()
	case partLadder:
		p.drawLadder()
	case partForm:
		p.drawForm()
	case partLevels:
		p.drawLevels()
	}
	p.body.Refresh()
}

// line returns a field of one line for a setting.
func (p *proceduresPage) line(key, label, hint string) *field {
	return p.entry(key, label, p.w.newEntry(hint))
}

// lines returns a field of several lines for a setting.
func (p *proceduresPage) lines(key, label string, n int) *field {
	return p.entry(key, label, p.w.newText("", n))
}

func (p *proceduresPage) entry(key, label string, e *entry) *field {
	f := newField(label, e)
	e.SetText(p.text[key])
	e.OnChanged = func(text string) {
		p.text[key] = text
		f.says("")
		p.edited()
	}
	if !e.MultiLine {
		e.OnSubmitted = func(string) { p.save() }
	}
	p.fields[key], p.focus[key] = f, e
	return f
}

// option is one choice of a list: what is kept, and how it reads.
type option struct{ code, words string }

// pick returns a list to choose from for a setting. A value that is not on the
// list is offered as it stands, so that it is not lost.
func (p *proceduresPage) pick(key, label string, options []option) *field {
	s := newSelect(nil, nil)
	if at := p.text[key]; at != "" && !slices.ContainsFunc(options, func(o option) bool { return o.code == at }) {
		options = append(options, option{at, at})
	}
	for i, o := range options {
		s.Options = append(s.Options, o.words)
		if o.code == p.text[key] {
			s.SetSelectedIndex(i)
		}
	}
	f := newField(label, s)
	s.OnChanged = func(string) {
		p.text[key] = options[s.SelectedIndex()].code
		f.says("")
		p.edited()
	}
	p.fields[key], p.focus[key] = f, s
	return f
}

func (p *proceduresPage) drawDoor() {
	p.body.Add(card(subheading("Where referrals go"),
		row(p.line("front_door.name", "Name of the front door", "Such as MASH"), p.line("front_door.phone", "Telephone", ""), p.line("front_door.hours", "Open", "Such as Monday to Friday, 08:30 to 17:00")),
		row(p.line("front_door.out_of_hours_name", "Out-of-hours team", ""), p.line("front_door.out_of_hours_phone", "Out of hours: telephone", ""), p.line("front_door.email", "Secure e-mail", "")),
		row(p.line("front_door.police", "Police, in danger", ""), p.line("front_door.police_not_urgent", "Police, not urgent", ""), p.line("front_door.web", "Address of the web form", "https://"))))
	p.body.Add(card(subheading("Which edition this is"),
		row(p.line("title", "Whose procedures: the short name", ""), p.line("authority", "Authority or partnership", "")),
		row(p.line("edition", "Edition, as printed", ""), p.line("edition_date", "In force from", "1 Sep 2026"), p.line("checked", "Last compared with the source on", "Empty for never")),
		p.line("source", "Source: the document, and where it is", ""), p.lines("note", "Note", 2),
		quiet("An edition that is in force from a later day is kept until then. The one in force now stays in use.")))
	p.body.Add(p.unknown())
}

// unknown lists what these procedures leave empty.
func (p *proceduresPage) unknown() fyne.CanvasObject {
	gaps := p.data.edit.Unknown()
	if len(gaps) == 0 {
		return quiet("Nothing is left empty in these procedures.")
	}
	rows := column(-10)
	for _, g := range gaps {
		rows.Add(quiet("•  " + g))
	}
	return tinted(palette[colorLit], subheading("Not known yet"), rows)
}

func (p *proceduresPage) drawClocks() {
	units := []option{{string(procedures.ClockHours), "hours, day and night"}, {string(procedures.WorkingDays), "working days"}, {string(procedures.Months), "months"}}
	var marks []option
	for _, m := range []procedures.Mark{procedures.National, procedures.Local, procedures.Verify} {
		marks = append(marks, option{string(m), m.String()})
	}
	p.body.Add(quiet("Leave the number empty where no limit is known. Mark a clock as local practice once you have compared it with your partnership's procedures."))
	for _, key := range procedures.ClockKeys() {
		at := "clocks." + key
		if p.text[at+".unit"] == "" {
			p.text[at+".unit"], p.text[at+".mark"] = string(procedures.WorkingDays), string(procedures.Verify)
			p.start[at+".unit"], p.start[at+".mark"] = p.text[at+".unit"], p.text[at+".mark"]
		}
		p.body.Add(card(widget.NewLabelWithStyle(procedures.ClockTitle(key), fyne.TextAlignLeading, fyne.TextStyle{Bold: true}),
			beside(110, p.line(at+".value", "Number", ""), beside(210, p.pick(at+".unit", "Of what", units),
				beside(330, p.pick(at+".mark", "Whose rule", marks), p.line(at+".note", "Note", ""))))))
	}
}

// beside lays a narrow object before one that takes the room that is left.
func beside(width float32, narrow, wide fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&besideLayout{width}, narrow, wide)
}

func (p *proceduresPage) drawLadder() {
	p.body.Add(card(row(p.line("challenge.note", "About the ladder", ""), p.line("challenge.days", "Working days for the whole ladder", "Empty where none are set"))))
	p.drawRows(procedures.LadderList, "Rung", "Add a rung", func(at string) fyne.CanvasObject {
		return row(p.line(at+".ours", "For the school", "Who raises it"), p.line(at+".theirs", "For social care", "With whom"), p.line(at+".days", "Working days for the reply", "Empty where none"))
	})
}

func (p *proceduresPage) drawForm() {
	var fills []option
	fills = append(fills, option{"", "Nothing: typed by hand"})
	for _, s := range pack.Sections() {
		fills = append(fills, option{s.Key, s.Title})
	}
	p.body.Add(card(row(p.line("form.name", "Name of the form", ""), p.line("form.minutes", "Minutes after which a web form loses what was typed", "Empty where not known")),
		quiet("Add each box in the order of the form, as it prints it. The pack is then copied out in that order.")))
	p.drawRows(procedures.FormList, "Box", "Add a box", func(at string) fyne.CanvasObject {
		from := fills
		if keys := strings.Fields(p.text[at+".key"]); len(keys) > 1 {
			from = append(slices.Clone(fills), option{p.text[at+".key"], sectionTitles(keys)})
		}
		return row(p.line(at+".label", "As the form prints it", ""), p.pick(at+".key", "Filled from the pack", from), p.line(at+".limit", "Characters it takes", "Empty where not known"))
	})
}

// sectionTitles names several sections of a pack.
func sectionTitles(keys []string) string {
	var titles []string
	for _, s := range pack.Sections() {
		if slices.Contains(keys, s.Key) {
			titles = append(titles, s.Title)
		}
	}
	return strings.Join(titles, ", ")
}

// drawRows shows the rows of a list, each with buttons that move it and take it
// out, and one that adds another.
func (p *proceduresPage) drawRows(list, what, add string, inside func(at string) fyne.CanvasObject) {
	n := p.text.Len(list)
	change := func(do func()) func() {
		return func() {
			do()
			p.edited()
			p.draw()
		}
	}
	for i := 1; i <= n; i++ {
		up := newIconButton("Up", theme.MoveUpIcon(), change(func() { p.text.Swap(list, i, i-1) }))
		down := newIconButton("Down", theme.MoveDownIcon(), change(func() { p.text.Swap(list, i, i+1) }))
		gone := newIconButton("Take out", theme.DeleteIcon(), change(func() { p.text.Remove(list, i) }))
		for _, b := range []*button{up, down, gone} {
			b.Importance = widget.LowImportance
		}
		if i == 1 {
			up.Disable()
		}
		if i == n {
			down.Disable()
		}
		title := widget.NewLabelWithStyle(fmt.Sprintf("%s %d", what, i), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		p.body.Add(card(container.NewBorder(nil, nil, title, container.NewHBox(up, down, gone)), inside(procedures.Row(list, i))))
	}
	more := newField("", container.NewHBox(newIconButton(add, theme.ContentAddIcon(), change(func() { p.text.Add(list) }))))
	p.fields[list] = more
	p.body.Add(more)
}

func (p *proceduresPage) drawLevels() {
	p.body.Add(quiet("The local name of each level, and the words of the threshold document. They stand beside your choice in the three decisions."))
	for _, l := range records.Levels() {
		at := "levels." + string(l)
		p.body.Add(card(p.line(at+".name", l.String(), ""), p.lines(at+".wording", "Words of the threshold document", 3)))
	}
}
