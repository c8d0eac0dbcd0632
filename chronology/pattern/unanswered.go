package pattern

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"throughline/records"
)

// graceDays is how many school days a concern may be old before an outcome is
// missed.
const graceDays = 5

// unanswered says what nobody has answered, as case reviews name it again and
// again.
func (l *line) unanswered(out *Reading) {
	for _, ask := range []func(*line, *Reading){
		(*line).lastSeen, (*line).childsVoice, (*line).withoutOutcome, (*line).withoutReferral,
		(*line).injuries, (*line).explanations, (*line).withdrawals, (*line).siblingsNotAsked,
		(*line).disagreements, (*line).monitoring, (*line).missingRecords,
	} {
		ask(l, out)
	}
}

func (out *Reading) ask(strength float64, s Statement) {
	s.strength = strength
	out.Unanswered = append(out.Unanswered, s)
}

// open words stand in the outcome box and are none.
var noOutcome = set("unknown awaiting tbc pending ongoing none n/a ? - awaited")

func (i *item) hasOutcome() bool {
	o := strings.ToLower(strings.Trim(i.Outcome, " .\n\t"))
	return i.Ended != "" || o != "" && !noOutcome[o]
}

// withoutOutcome counts concerns that nobody has written the outcome of.
func (l *line) withoutOutcome(out *Reading) {
	var open []*item
	all := 0
	for _, it := range l.entries {
		if l.index(l.asOf)-it.index < graceDays || slices.Equal(it.cats, []records.Category{records.FamilyChange}) {
			continue
		}
		all++
		if !it.hasOutcome() {
			open = append(open, it)
		}
	}
	if len(open) == 0 {
		return
	}
	out.ask(3+float64(len(open))/float64(len(l.entries)), statement(NoOutcome, "entries", open, "%s (%s) %s no outcome written.",
		capital(share(len(open), all)), span(open), verb(len(open), "has", "have")))
}

// withoutReferral asks why several concerns led to no referral. A contact is
// not a referral, and is named.
func (l *line) withoutReferral(out *Reading) {
	var concerns, contacts []*item
	kinds := map[string]bool{}
	serious := false
	for _, it := range l.own {
		made, known := it.refers()
		if made || known {
			return
		}
		if it.said.has("contact", anywhere) {
			contacts = append(contacts, it)
		}
		if !it.isEntry() || !it.isHarm() {
			continue
		}
		concerns = append(concerns, it)
		serious = serious || it.Severity >= 3
		for _, s := range strandNames(it.strandBits()) {
			kinds[s] = true
		}
		for _, c := range it.cats {
			kinds[string(c)] = true
		}
	}
	for strand, c := range map[string]records.Category{"hunger": records.Neglect, "hygiene and clothing": records.Neglect, "injury": records.Physical, "absence": records.Attendance} {
		if kinds[strand] {
			delete(kinds, string(c)) // a kind of concern is not two by having two names
		}
	}
	if n := inOneYear(concerns); n < 4 || n < 6 && !serious && len(kinds) < 2 {
		return
	}
	text := fmt.Sprintf("%s about harm or neglect (%s), and no entry says that a referral to children's social care was made", capital(entries(len(concerns))), span(concerns))
	if len(contacts) > 0 {
		text += fmt.Sprintf("; contact with them is written of (%s), and a contact is not a referral", span(contacts))
	}
	out.ask(7, statement(NoReferral, "social care", append(concerns, contacts...), "%s.", text))
}

// schoolYear is how many school days a year has.
const schoolYear = 190

// inOneYear returns how many of items, in order of time, fall into one stretch
// of a year at most.
func inOneYear(items []*item) int {
	most, from := 0, 0
	for to, it := range items {
		for it.index-items[from].index > schoolYear {
			from++
		}
		most = max(most, to-from+1)
	}
	return most
}

// isHarm reports whether the entry is about something that social care could
// act on: not attendance, health or a change at home alone, and not the small
// worries of any childhood, written down as small.
func (i *item) isHarm() bool {
	if i.Severity >= 3 || i.injured() || i.said.has("hunger", inText) || i.said.has("fear", inText) {
		return true
	}
	return slices.ContainsFunc(i.cats, func(c records.Category) bool {
		switch c {
		case records.Attendance, records.Medical, records.FamilyChange, records.OtherConcern:
			return false
		case records.Emotional, records.Online, records.ChildOnChild, records.MentalHealth:
			return i.Severity == 0
		}
		return i.Severity != 1 || slices.Contains(gravest, c)
	})
}

// isGrave reports whether the entry is about harm, is not an accident that staff
// saw, and did not look like a small worry.
func (i *item) isGrave() bool {
	return i.isEntry() && !i.accident() && i.Severity != 1 && (i.isHarm() && !slices.Equal(i.cats, []records.Category{records.ChildOnChild}) || i.injured()) ||
		!i.isEntry() && i.Sibling == ""
}

// withdrawals pairs a challenge with the child then moved out of sight.
func (l *line) withdrawals(out *Reading) {
	own := l.own
	for n, gone := range own {
		if !gone.said.has("withdrawn", anywhere) {
			continue
		}
		for _, it := range slices.Backward(own[:n]) {
			if gone.day-it.day > 90 && gone.index-it.index > 40 {
				break
			}
			made, _ := it.refers()
			if !made && it.Kind != records.KindChallenge && !it.said.has("challenge", anywhere) || it.said.has("withdrawn", anywhere) {
				continue
			}
			what := "the school's worry was put to the parents"
			if made {
				what = "a referral was made"
			}
			out.ask(9, statement(WithdrawnAfterChallenge, gone.Key, []*item{it, gone},
				"On %s %s; by %s, %s later, the child had been moved out of the school's sight.",
				onlyDate(it.When), what, onlyDate(gone.When), schoolDay(gone.index-it.index)))
			return
		}
	}
}

// disagreements finds one between professionals that nobody has settled.
func (l *line) disagreements(out *Reading) {
	var open *item
	for _, it := range l.own {
		isChallenge := it.Kind == records.KindChallenge || it.Kind == records.KindRung
		if open != nil && (it.said.has("resolved", inAnswer|inText) || isChallenge && it.hasOutcome()) {
			open = nil
		}
		raised := isChallenge || it.said.has("disagree", anywhere) && it.said.has("professional", anywhere)
		if raised && !it.said.has("resolved", inOutcome) && !(isChallenge && it.hasOutcome()) {
			open = it
		}
	}
	if open != nil {
		out.ask(8, statement(UnresolvedDisagreement, "open", []*item{open},
			"A disagreement between professionals was written of on %s, and no later entry says what was resolved and when.", onlyDate(open.When)))
	}
}

// siblingsNotAsked finds brothers and sisters who are written of and whom
// nobody has asked.
func (l *line) siblingsNotAsked(out *Reading) {
	var named []*item
	harm := false
	for _, it := range l.items {
		if it.Sibling != "" && (it.Voice != "" || it.Source == string(records.ToldByChild) || it.said.has("seen", anywhere)) {
			return
		}
		mentions := it.said.all("sibling", anywhere)
		for _, h := range mentions {
			if siblingAsked(it.said.in(h.field), h) {
				return
			}
		}
		if len(mentions) > 0 || it.Sibling != "" {
			named = append(named, it)
			harm = harm || it.isGrave() || it.Sibling != "" && it.isHarm()
		}
	}
	if len(named) == 0 || !harm {
		return
	}
	out.ask(5, statement(SiblingNotAsked, "siblings", named, "%s (%s) %s of a brother or sister, and no entry says that anybody saw or asked them.",
		capital(entries(len(named))), span(named), verb(len(named), "speaks", "speak")))
}

var asking = set("spoke spoken talked asked saw seen checked met interviewed visited contacted contact rang phoned called")

var telling = set("said says told tells disclosed seen spoken asked visited reported informed")

func siblingAsked(words []word, h hit) bool {
	if near(words, h.from, 5, asking) {
		return true
	}
	for i := h.to; i < len(words) && i < h.to+4 && words[i].clause == words[h.from].clause; i++ {
		if telling[words[i].text] && !negations[words[i-1].text] {
			return true
		}
	}
	return false
}

// missingRecords finds records that are said to be missing, and a hole in the
// line that chance would hardly leave.
func (l *line) missingRecords(out *Reading) {
	var lacking []*item
	for _, it := range l.own {
		switch {
		case it.said.has("found", anywhere):
			lacking = nil
		case it.said.has("missing", anywhere) && it.said.mentions("recordword"):
			lacking = append(lacking, it)
		}
	}
	if len(lacking) > 0 {
		out.ask(6, statement(RecordsMissing, "said", lacking, "Records are said to be missing (%s), and no later entry says that they came.", span(lacking)))
	}
	if s, ok := l.hole(); ok {
		out.ask(4, s)
	}
}

// minHole is the fewest school days, about a term, that are called a hole.
const minHole = 60

// hole finds the longest stretch without an entry between two entries, when
// chance would leave one as long in at most 1 of 100 lines.
func (l *line) hole() (Statement, bool) {
	days := schoolDays(l.entries)
	if len(days) < minTrend {
		return Statement{}, false
	}
	at := 1
	for i := range days {
		if i > 0 && days[i]-days[i-1] > days[at]-days[at-1] {
			at = i
		}
	}
	gap, total, n := days[at]-days[at-1], days[len(days)-1]-days[0], len(days)-1
	p := longestGapChance(n, float64(gap)/float64(total))
	if gap < minHole || p > 0.01 {
		return Statement{}, false
	}
	var ends []*item
	var before, after *item // the last entry before the hole, the first after it
	for _, it := range l.entries {
		switch it.index {
		case days[at-1]:
			before = it
		case days[at]:
			if after == nil {
				after = it
			}
		default:
			continue
		}
		ends = append(ends, it)
	}
	s := statement(RecordsMissing, "hole", ends, "Nothing is recorded from %s to %s, %s, though the school was open and entries otherwise came every %s on average: were records kept somewhere else?",
		onlyDate(before.When), onlyDate(after.When), schoolDay(gap), schoolDay(max(1, int(math.Round(float64(total-gap)/float64(max(1, n-1)))))))
	return tested(s, p), true
}

// silence says what came after the last entry: nothing. It never says that
// nothing is good.
func (l *line) silence(out *Reading) {
	if len(l.entries) == 0 {
		return
	}
	own := l.own
	last := own[len(own)-1]
	days := schoolDays(l.entries)
	silent := l.index(l.asOf+1) - l.index(last.day+1)
	usual := 1.0
	if n := len(days) - 1; n > 0 {
		total := float64(days[n] - days[0])
		usual = math.Pow(total/(total+float64(silent)), float64(n))
	}
	if silent < minHole && (silent < 20 || usual > alarm) {
		return
	}
	s := statement(Quiet, "line", []*item{last}, "Nothing has been recorded since %s: %s up to %s. Silence is not an improvement; ask when the child was last seen.",
		onlyDate(last.When), schoolDay(silent), l.asOf.date())
	s.From, s.strength = last.When.Date, 10
	out.Quiet = append(out.Quiet, s)
}
