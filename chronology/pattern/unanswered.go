package pattern

import (
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

// noOutcome are what stands in the box for the outcome when there is none yet;
// with one of stillOpen it begins.
var (
	noOutcome = set("unknown tbc tba none n/a ? - nil open waiting not-known no-outcome not-yet to-follow in-progress under-review")
	stillOpen = []string{"awaiting", "awaited", "pending", "ongoing", "on-going", "not yet", "no outcome", "outcome awaited", "outcome pending", "outcome unknown",
		"to be confirmed", "to be decided", "to be advised", "to follow", "still open", "still waiting", "waiting for", "waiting to", "not known yet",
		"outcome not", "unknown at", "unknown as", "to be discussed", "to be reviewed", "tbc", "tba"}
)

// hasOutcome reports whether it is known what came of the event. "Awaiting reply
// from MASH" is no outcome.
func (i *item) hasOutcome() bool {
	if i.Ended != "" {
		return true
	}
	o := strings.ToLower(strings.Trim(i.Outcome, " .\n\t"))
	if o == "" || noOutcome[strings.Join(strings.Fields(o), "-")] {
		return false
	}
	if rest, ok := strings.CutPrefix(o, "ongoing "); ok && len(strings.Fields(rest)) > 2 { // "ongoing support from ELSA until July"
		return true
	}
	more := strings.ContainsAny(o, ".;\n") // what else came of it
	return more || !slices.ContainsFunc(stillOpen, func(s string) bool {
		return o == s || strings.HasPrefix(o, s+" ") || strings.HasPrefix(o, s+",") || strings.HasPrefix(o, s+":")
	})
}

// withoutOutcome counts concerns that nobody has written the outcome of. Those
// of the last week, and changes at home, are not asked.
func (l *line) withoutOutcome(out *Reading) {
	var open []*item
	all, young, home := 0, 0, 0
	for _, it := range l.entries {
		switch {
		case slices.Equal(it.cats, []records.Category{records.FamilyChange}):
			home++
		case l.index(l.asOf)-it.index < graceDays:
			young++
		default:
			all++
			if !it.hasOutcome() {
				open = append(open, it)
			}
		}
	}
	if len(open) == 0 {
		return
	}
	out.ask(3+float64(len(open))/float64(len(l.entries)), statement(NoOutcome, "entries", open, "%s (%s) %s no outcome written%s.",
		capital(share(len(open), all)), span(open), verb(len(open), "has", "have"), uncounted(young, home)))
}

// uncounted says which entries a count of outcomes leaves out.
func uncounted(young, home int) string {
	var left []string
	if young > 0 {
		left = append(left, number(young)+" of the last week")
	}
	if home > 0 {
		left = append(left, number(home)+" about a change at home")
	}
	if len(left) == 0 {
		return ""
	}
	return "; " + enumerate(left) + verb(young+home, " is", " are") + " not counted"
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

// siblingsNotAsked finds brothers and sisters who are written of and whom
// nobody has seen or asked.
func (l *line) siblingsNotAsked(out *Reading) {
	var named []*item
	harm := false
	for _, it := range l.items {
		if it.siblingSeen() {
			return
		}
		if len(it.siblings()) > 0 || it.Sibling != "" {
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

// siblings returns where the event speaks of a brother or sister of the child:
// not of "mum's sister".
func (i *item) siblings() []hit {
	return slices.DeleteFunc(i.said.all("sibling", anywhere), func(h hit) bool {
		if h.from == 0 {
			return false
		}
		who, owner := person(i.said.in(h.field)[h.from-1])
		return owner && (family[who] || kin[who])
	})
}

// siblingSeen reports whether the event says that somebody saw or asked a brother
// or sister: on that child's own line, by a word for them, by name, or as one of
// "both children".
func (i *item) siblingSeen() bool {
	if i.Sibling != "" && (holdsWords(i.Voice) || i.Source == string(records.ToldByChild) || i.said.has("saw", anywhere) || i.said.has("about", anywhere)) {
		return true
	}
	for _, h := range i.siblings() {
		if siblingAsked(i.said.in(h.field), h) {
			return true
		}
	}
	for _, f := range []field{inText, inAction, inDecision, inOutcome} {
		words := i.said.in(f)
		for n, w := range words {
			who, _ := person(w)
			both := (w.text == "children" || w.text == "siblings") && n > 0 && (words[n-1].text == "both" || words[n-1].text == "all")
			if (both || w.listed && i.isKin(who)) && (f != inDecision && i.visited() && !both || siblingAsked(words, hit{from: n, to: n + 1})) {
				return true
			}
		}
	}
	return false
}

// isKin reports whether a name is that of a brother or sister.
func (i *item) isKin(name string) bool {
	return slices.ContainsFunc(i.Kin, func(k string) bool { return strings.EqualFold(k, name) })
}

var asking = set("spoke spoken talked asked saw seen checked met interviewed visited contacted contact rang phoned called")

var telling = set("said says told tells disclosed seen spoken asked visited reported informed")

// meeting are words right behind somebody who is there to be seen.
var meeting = set("came arrived collected collects waiting waited")

func siblingAsked(words []word, h hit) bool {
	if near(words, h.from, 5, asking) && !near(words, h.from, 5, toBe) {
		return true
	}
	if h.to < len(words) && words[h.to].clause == words[h.from].clause {
		if meeting[words[h.to].text] || words[h.to].text == "at" && h.to+2 < len(words) && gates[words[h.to+2].text] {
			return true
		}
	}
	for i := h.to; i < len(words) && i < h.to+6 && words[i].sentence == words[h.from].sentence; i++ {
		another := i > h.to+1 && words[i-1].child // "her sister the same, Ana said"
		if before := words[i-1].text; telling[words[i].text] && !negations[before] && !toBe[before] && !pronouns[before] && !another {
			return true
		}
	}
	return false
}

var (
	toBe  = set("be will")
	gates = set("gate door school office reception hatch")
)

// missingRecords finds records that are said to be missing, and a hole in the
// line that chance would hardly leave.
func (l *line) missingRecords(out *Reading) {
	var lacking []*item
	for _, it := range l.own {
		switch {
		case it.said.has("found", anywhere):
			lacking = nil
		case it.saysMissing():
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

// saysMissing reports whether the records of the child are said to be missing, in
// one clause: not a tooth, nor a page of the reading record.
func (i *item) saysMissing() bool {
	return slices.ContainsFunc(i.said.all("missing", anywhere), func(h hit) bool {
		words := i.said.in(h.field)
		return slices.ContainsFunc(words, func(w word) bool { return w.clause == words[h.from].clause && papers[w.text] }) &&
			!slices.ContainsFunc(words, func(w word) bool { return w.sentence == words[h.from].sentence && schoolwork[w.text] })
	})
}

var papers = set("record records file files notes pages page paperwork chronology")

var schoolwork = set("reading homework diary planner exercise library workbook book books sketchbook spelling music computing computer")

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
