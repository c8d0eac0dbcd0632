package ui

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral"
)

// pupilHead is the heading of the list of pupils. Pressing a column sorts by it,
// pressing it again turns the order round.
type pupilHead struct {
	box     *fyne.Container
	buttons []*button
	by      int  // the column that is sorted by
	turned  bool // the other way round
}

// pupilOrders are the columns, in the order of the cells of a row, each with
// what comes first: names by the alphabet, the youngest, the highest status, the
// most concerns, the latest concern, what is latest.
var pupilOrders = []struct {
	name string
	less func(a, b pupilLine) int
}{
	{"Name", byName},
	{"Year", func(a, b pupilLine) int {
		return cmp.Or(cmp.Compare(yearRank(a), yearRank(b)), strings.Compare(a.pupil.Form, b.pupil.Form))
	}},
	{"Status", func(a, b pupilLine) int { return cmp.Compare(statusRank(a), statusRank(b)) }},
	{"Concerns", func(a, b pupilLine) int { return cmp.Compare(b.concerns, a.concerns) }},
	{},
	{"Last concern", func(a, b pupilLine) int { return strings.Compare(string(b.last), string(a.last)) }},
	{"Due", byDue},
}

func byName(a, b pupilLine) int {
	return strings.Compare(records.Fold(a.pupil.Surname+" "+a.pupil.Forename), records.Fold(b.pupil.Surname+" "+b.pupil.Forename))
}

// yearRank puts the youngest first, and those of whom no year is known last.
func yearRank(l pupilLine) int {
	years := records.YearGroups()
	if i := slices.Index(years, records.ReadYearGroup(l.pupil.YearGroup)); i >= 0 {
		return i
	}
	return len(years)
}

// statusOrder is the order of the kinds of status in the list.
var statusOrder = []records.StatusKind{
	records.ChildProtect, records.LookedAfter, records.ChildInNeed, records.FamilyHelp, records.EarlyHelp, records.WasLookedAfter,
}

// statusRank puts child protection first, then what other help there is, then
// locked files and those who have left, and those without a status last.
func statusRank(l pupilLine) int {
	if i := slices.Index(statusOrder, l.band); i >= 0 {
		return i
	}
	if l.status != "" {
		return len(statusOrder)
	}
	return len(statusOrder) + 1
}

// byDue puts first who has the most that is urgent: at once before overdue,
// overdue before today.
func byDue(a, b pupilLine) int {
	x, y := dueCounts(a.due), dueCounts(b.due)
	for _, u := range []referral.Urgency{referral.AtOnce, referral.Overdue, referral.DueNow, referral.Soon} {
		if x[u] != y[u] {
			return cmp.Compare(y[u], x[u])
		}
	}
	return cmp.Compare(len(b.due), len(a.due))
}

func dueCounts(items []referral.Item) map[referral.Urgency]int {
	n := map[referral.Urgency]int{}
	for _, i := range items {
		n[i.Urgency]++
	}
	return n
}

func newPupilHead(sorted func()) *pupilHead {
	h := &pupilHead{box: container.New(pupilColumns)}
	for i, o := range pupilOrders {
		if o.name == "" {
			h.buttons = append(h.buttons, nil)
			h.box.Add(widget.NewLabel(""))
			continue
		}
		b := plain(o.name, func() {
			h.turned = h.by == i && !h.turned
			h.by = i
			h.mark()
			sorted()
		})
		b.Alignment, b.IconPlacement = widget.ButtonAlignLeading, widget.ButtonIconTrailingText
		h.buttons = append(h.buttons, b)
		h.box.Add(b)
	}
	h.buttons[3].Alignment = widget.ButtonAlignTrailing // as its numbers
	h.mark()
	return h
}

// mark shows beside its name which column is sorted by, and which way.
func (h *pupilHead) mark() {
	for i, b := range h.buttons {
		if b == nil {
			continue
		}
		b.Icon = nil
		if i == h.by {
			b.Icon = theme.MenuDropDownIcon()
			if h.turned {
				b.Icon = theme.MenuDropUpIcon()
			}
		}
		b.Refresh()
	}
}

// sort puts lines, which are by name, into the order that is chosen.
func (h *pupilHead) sort(lines []pupilLine) {
	less := pupilOrders[h.by].less
	slices.SortStableFunc(lines, func(a, b pupilLine) int {
		if h.turned {
			a, b = b, a
		}
		return less(a, b)
	})
}
