package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/procedures"
)

// threshold is the choice of a level under its local name, beside the words of
// the local threshold document.
func (p *referralPage) threshold(f *form, ref *records.Referral) fyne.CanvasObject {
	words := p.thresholdWords(ref.Level == "")
	choose := row(choice(f, "level", "Level", "Choose", records.Levels(), &ref.Level),
		f.line("level_by", "Who decides this", "", &ref.LevelBy.By))
	why := row(f.text("level_reason", "Why this level", "What was offered at each lower level, and why it was not enough", 3, &ref.LevelReason),
		f.text("threshold", "Threshold criteria met", "Those words of the threshold document that this child meets; the pack cites them", 3, &ref.Threshold))
	p.nameLevels(f)
	return column(4, words, choose, why)
}

// nameLevels gives the levels their local names, and brings the words of the one
// that is chosen into the criteria, unless something was written there.
func (p *referralPage) nameLevels(f *form) {
	local, list, cited := p.data.local, f.input("level").focus.(*selectBox), f.input("threshold")
	at := list.SelectedIndex()
	for i, l := range records.Levels() {
		list.Options[i] = levelTitle(local, l)
	}
	if at >= 0 {
		list.Selected = list.Options[at]
	}
	typed := list.OnChanged
	list.OnChanged = func(title string) {
		typed(title)
		if at := list.SelectedIndex(); at >= 0 && quoted(local, cited.text()) {
			cited.set(local.Level(records.Levels()[at]).Wording)
		}
	}
}

// levelTitle returns the local name of a level, with the national one where that
// is another.
func levelTitle(local *procedures.Procedures, l records.Level) string {
	own := local.Level(l).Name
	if own == "" || own == l.String() {
		return l.String()
	}
	return own + " (" + l.String() + ")"
}

// quoted reports whether a text is nothing but the words of a level, or nothing
// at all: nobody wrote it.
func quoted(local *procedures.Procedures, text string) bool {
	text = strings.TrimSpace(text)
	return text == "" || slices.ContainsFunc(records.Levels(), func(l records.Level) bool {
		return strings.TrimSpace(local.Level(l).Wording) == text
	})
}

// thresholdWords shows what the threshold document says of each level, at first
// or once it is asked for.
func (p *referralPage) thresholdWords(open bool) fyne.CanvasObject {
	local, rows := p.data.local, column(-10)
	for _, l := range records.Levels() {
		if own := local.Level(l); own.Wording != "" {
			rows.Add(widget.NewLabelWithStyle(levelTitle(local, l), fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
			rows.Add(prose(own.Wording))
		}
	}
	if len(rows.Objects) == 0 {
		return quiet("The words of the local threshold document are not known here. Enter them under Settings, Edit local procedures, Levels of help: then they stand here, and the pack can cite them.")
	}
	rows.Add(quiet("From the local procedures in use: " + local.Title + ifText(", edition ", local.Edition, "") + "."))
	box := column(0)
	more := newIconButton("What the threshold document says of each level", nil, nil)
	more.Importance, more.Alignment = widget.LowImportance, widget.ButtonAlignLeading
	draw := func() {
		more.SetIcon(theme.MenuDropDownIcon())
		box.Objects = []fyne.CanvasObject{container.NewHBox(more)}
		if open {
			more.SetIcon(theme.MenuDropUpIcon())
			box.Add(rows)
		}
		box.Refresh()
	}
	more.OnTapped = func() { open = !open; draw() }
	draw()
	return box
}

// changedSince says that the local procedures are not those by which the
// referral was begun; it is empty when they are, or when that was not kept.
func (p *referralPage) changedSince() string {
	r, local := p.data.ref, p.data.local
	switch {
	case r.Digest == "" || r.Digest == local.Digest():
		return ""
	case r.Procedures != local.Name:
		return "Since this referral was begun the school follows other local procedures: " + local.Title + "."
	case r.Edition != local.Edition:
		return "Since this referral was begun there is another edition of the local procedures: " + orElse(local.Edition, "without a number") + " in place of " + orElse(r.Edition, "one without a number") + "."
	}
	return "The local procedures were edited since this referral was begun."
}

// sibling is a brother or sister who may be on the same referral.
type sibling struct {
	id   records.ID
	name string
	on   bool
}

// siblings returns the brothers and sisters whom the record knows, each with
// whether they are on the referral.
func (p *referralPage) siblings(ref *records.Referral) []*sibling {
	var all []*sibling
	for _, s := range p.data.file.Siblings {
		if s.ID == ref.Pupil {
			continue
		}
		name := s.Name() + ifText(", born ", s.Born.String(), "")
		if s.HasLeft(p.data.now.Date()) {
			name += ", has left the school"
		}
		all = append(all, &sibling{s.ID, name, slices.Contains(ref.Siblings, s.ID)})
	}
	return all
}

// tickSiblings asks which of them are on the same referral.
func (p *referralPage) tickSiblings(f *form, all []*sibling) fyne.CanvasObject {
	if len(all) == 0 {
		return column(0)
	}
	rows := column(-6)
	for i, s := range all {
		tick := f.tick("sibling "+string(s.id), s.name, &s.on)
		tick.name.SetText("Brothers and sisters on the same referral")
		show(tick.name, i == 0)
		rows.Add(tick)
	}
	return rows
}

// ticked returns who is on the referral now. Somebody who was on it and is not
// among those shown stays.
func ticked(was []records.ID, shown []*sibling) []records.ID {
	var on []records.ID
	for _, id := range was {
		if !slices.ContainsFunc(shown, func(s *sibling) bool { return s.id == id }) {
			on = append(on, id)
		}
	}
	for _, s := range shown {
		if s.on {
			on = append(on, s.id)
		}
	}
	return on
}
