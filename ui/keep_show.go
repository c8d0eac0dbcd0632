package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/chronology/review"
	"throughline/chronology/wording"
	"throughline/records"
)

// concernLabels are the fields of a concern that a file may hold, as people say
// them.
var concernLabels = map[string]string{
	"when": "When", "severity": "How serious", "categories": "Category", "source": "How it is known", "account": "What happened",
	"childs_words": "The child’s words", "action": "Action", "decision": "Decision", "outcome": "Outcome", "place": "Place",
	"seen_by": "Seen or written by", "agency": "Agency", "reference": "Reference",
}

// asks says what the wording asks of entries, one for each kind of finding.
var asks = map[wording.Kind]string{
	wording.VagueMonitoring: "a plan to watch that does not say what, how long or what next",
	wording.VagueAction:     "an action of which it is not said what was done",
	wording.VagueSupport:    "help of which it is not said what it was",
	wording.VagueTime:       "a time that cannot be placed",
	wording.VagueConcern:    "a worry without what was seen or heard",
	wording.Euphemism:       "words that soften what happened",
	wording.VictimBlaming:   "words that lay it on the child",
	wording.OpinionAsFact:   "an opinion written as a fact",
	wording.Hearsay:         "something of which nobody says who saw or heard it",
}

// showPlan shows what would be kept, and the button that keeps it.
func (p *keepPage) showPlan(k keptPlan) {
	plan := k.plan
	p.plan = plan
	m, each := chosenColumns(p.columns), p.pupil == ""
	p.ways(plain("Back to the columns", func() { p.showColumns(m, each) }))
	p.stage.Add(p.summary(plan))
	var rejected []rejectedRow
	var fresh, changed, same []string
	for i := range plan.Lines {
		l := &plan.Lines[i]
		switch l.Verdict {
		case records.RollRejected:
			rejected = append(rejected, rejectedRow{l.Row, l.Why})
		case records.RollNew:
			fresh = append(fresh, p.lineOf(l)+detail(beginning(l)))
		case records.RollChanged:
			changed = append(changed, p.lineOf(l)+"\n"+concernChanges(l.Changes))
		case records.RollSame:
			same = append(same, p.lineOf(l)+detail(l.Why))
		}
	}
	p.rejected(rejected)
	p.list("Changed", "What is kept, and what it becomes. The earlier version stays in the entry’s history.", changed)
	p.list("New", "", fresh)
	if found := wordingFound(k.asked); len(found) > 0 {
		rows := column(-4, subheading("What the wording asks"), quiet("These entries can be kept as they are; they are marked, to be answered one by one."))
		rows.Add(prose(strings.Join(found, "\n")))
		p.stage.Add(card(rows))
	}
	p.list("Kept already", "", same)
	p.shown()
}

// summary is the card with the counts and the button.
func (p *keepPage) summary(plan *records.ConcernPlan) fyne.CanvasObject {
	fresh, changed, rejected := plan.Count(records.RollNew), plan.Count(records.RollChanged), plan.Count(records.RollRejected)
	where := "where each row says whose it is"
	if p.pupil != "" {
		where = "into the file of " + p.nameOf(p.pupil)
	}
	counts := prose(fmt.Sprintf("From %s, %s: %d new, %d changed, %d kept already, %s rejected.", plan.From, where,
		fresh, changed, plan.Count(records.RollSame), count(rejected, "row", "rows")))
	if unread := p.unread(); len(unread) > 0 {
		counts.SetText(counts.Text + " These columns are not read: " + strings.Join(unread, ", ") + ".")
	}
	if fresh+changed == 0 {
		return card(counts, quiet("There is nothing to keep."))
	}
	return card(subheading("What would be kept"), counts, container.NewHBox(primary("Keep them", p.keep)),
		quiet("Nothing is kept yet. Each entry keeps the day it tells of, and says that it was imported."))
}

// unread returns the headings of the file that hold none of the columns.
func (p *keepPage) unread() []string {
	return slices.DeleteFunc(p.file.Headings(), func(h string) bool {
		for _, s := range p.columns {
			if s.Selected == h || slices.Contains(strings.Split(s.Selected, " + "), h) {
				return true
			}
		}
		return false
	})
}

// lineOf says which row a line is of, when it was and, where the rows say, whose.
func (p *keepPage) lineOf(l *records.ConcernLine) string {
	s := fmt.Sprintf("%s  ·  %s", p.rowName(l.Row), l.Concern.When)
	if p.pupil == "" {
		s += detail(p.nameOf(l.Concern.Pupil))
	}
	return s
}

func (p *keepPage) nameOf(id records.ID) string {
	if i := slices.IndexFunc(p.pupils, func(q records.Pupil) bool { return q.ID == id }); i >= 0 {
		return p.pupils[i].Name()
	}
	return "a pupil"
}

// lineRunes and changeRunes are how much of a text a list shows: enough to know
// the entry again.
const (
	lineRunes   = 90
	changeRunes = 240
)

// beginning returns how an entry begins.
func beginning(l *records.ConcernLine) string {
	text := l.Concern.Account
	if text == "" {
		text = "“" + l.Concern.ChildsWords + "”"
	}
	return cut(text, lineRunes)
}

// cut returns text on one line, of so many characters at most.
func cut(text string, most int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) <= most {
		return string(r)
	}
	return strings.TrimSpace(string(r[:most])) + " …"
}

// concernChanges says what an import would change of an entry.
func concernChanges(changes []records.RollChange) string {
	var parts []string
	for _, c := range changes {
		s := "    " + concernLabels[c.Field] + ": "
		if c.Old != "" {
			s += cut(c.Old, changeRunes) + " becomes "
		}
		parts = append(parts, s+cut(c.New, changeRunes))
	}
	return strings.Join(parts, "\n")
}

// wordingFound says what the wording asks, and of how many entries.
func wordingFound(all []review.Asked) []string {
	var lines []string
	for _, a := range all {
		lines = append(lines, "•  "+count(a.Count, "entry", "entries")+": "+asks[a.Kind])
	}
	return lines
}

// showDone says what was kept, and opens the file it is in.
func (p *keepPage) showDone(plan *records.ConcernPlan) {
	p.ways()
	text := fmt.Sprintf("Done: %s added, %d changed.", count(plan.Count(records.RollNew), "entry", "entries"), plan.Count(records.RollChanged))
	if n := plan.Count(records.RollRejected); n > 0 {
		text += fmt.Sprintf(" %s left out; put them right and bring the file in again: what is kept is not kept twice.", capital(count(n, "row was", "rows were")))
	}
	show := primary("Show the pupils", func() { p.w.open(newPupilsPage(p.w)) })
	if of := pupilsOf(plan); len(of) == 1 {
		show = primary("Show the file of "+p.nameOf(of[0]), func() { p.w.open(newPupilPage(p.w, of[0])) })
	}
	p.stage.Add(card(prose(text), quiet("Delete the file now if you do not need it: it is not encrypted."), container.NewHBox(show)))
	p.shown()
}

// pupilsOf returns into whose files a plan puts something, each once.
func pupilsOf(plan *records.ConcernPlan) []records.ID {
	var ids []records.ID
	for _, c := range plan.Kept() {
		if !slices.Contains(ids, c.Pupil) {
			ids = append(ids, c.Pupil)
		}
	}
	return ids
}
