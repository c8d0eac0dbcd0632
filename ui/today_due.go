package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral"
)

// showDue lists what is due under its urgency, a card for each pupil.
func (p *todayPage) showDue(d *todayData) {
	for _, urgency := range referral.Urgencies() {
		cards := cardsOf(d.due, urgency)
		if len(cards) > 0 {
			p.list.Add(subheading(urgency.String()))
		}
		for _, items := range cards {
			p.list.Add(p.dueCard(items))
		}
	}
}

// cardsOf returns what has an urgency, pupil by pupil, in the order of the most
// urgent thing of each.
func cardsOf(due []dueItem, urgency referral.Urgency) [][]dueItem {
	var cards [][]dueItem
	place := map[records.ID]int{}
	for _, i := range due {
		if i.Urgency != urgency {
			continue
		}
		at, there := place[i.pupil.ID]
		if !there {
			at = len(cards)
			place[i.pupil.ID] = at
			cards = append(cards, nil)
		}
		cards[at] = append(cards[at], i)
	}
	return cards
}

// dueCard shows what is due for one pupil.
func (p *todayPage) dueCard(items []dueItem) fyne.CanvasObject {
	pupil := items[0].pupil
	fill := palette[colorCard]
	if items[0].Urgency <= referral.Overdue {
		fill = palette[colorLate]
	}
	rows := column(2)
	asked := map[records.ID]bool{}
	for n, i := range items {
		if n > 0 {
			rows.Add(widget.NewSeparator())
		}
		ask := i.Case != "" && i.Referral.Askable() && !asked[i.Case]
		rows.Add(p.dueRow(i, ask))
		asked[i.Case] = asked[i.Case] || ask
	}
	return tinted(fill, besideName(p.w.pupilLink(pupil), rows, nil))
}

func (p *todayPage) dueRow(i dueItem, ask bool) fyne.CanvasObject {
	when := quiet(i.Late)
	when.Alignment = fyne.TextAlignTrailing
	if i.Urgency <= referral.Overdue {
		when.Importance = widget.DangerImportance
		when.TextStyle.Bold = true
	}
	return container.NewBorder(nil, nil, nil,
		container.NewHBox(container.New(&fixedWidth{150}, when), container.NewVBox(p.dueButtons(i, ask))), dueText(i.Item))
}

// dueText is what is due, for how long it is not confirmed, and, for what
// comes before anything else, what to say and the ladder to take if they will
// not.
func dueText(i referral.Item) fyne.CanvasObject {
	text := column(-10, plainText(i.Sentence))
	if i.Waiting != "" {
		text.Add(quiet(i.Waiting + "."))
	}
	if i.Then != "" {
		text.Add(quiet(dueThen(i.Then)))
	}
	if i.Urgency == referral.AtOnce && i.Say != "" {
		text.Add(quiet("You could say: “" + i.Say + "”"))
	}
	if i.Climb != "" {
		text.Add(quiet(i.Climb))
	}
	return text
}

// dueButtons are what can be done about something that is due: keep that social
// care were asked, once for all that one telephone call asks about, and open the
// record.
func (p *todayPage) dueButtons(i dueItem, ask bool) fyne.CanvasObject {
	box := container.NewHBox()
	if ask {
		box.Add(p.w.writeButton("We asked …", func() { p.w.askedAgain(i.pupil.ID, i.Case, i.Say, p.open) }))
	}
	box.Add(newIconButton("Open", theme.NavigateNextIcon(), func() { p.openItem(i) }))
	return box
}
