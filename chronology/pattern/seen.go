package pattern

import (
	"fmt"
	"slices"

	"throughline/records"
)

// What one event shows of the child. Each asks the fields first and the words
// second, and where the words leave it open says no.

// injured reports whether an injury of the child could be seen: an injury, or a
// mark on a part of the body.
func (i *item) injured() bool {
	return len(i.hurt) > 0 || i.Category == records.Physical && i.Text == ""
}

// hurts returns where the account tells of an injury of the child.
func (i *item) hurts() []hit {
	list, marks := i.said.all("injury", inText), i.said.all("mark", inText)
	words := i.said.in(inText)
	if slices.ContainsFunc(words, func(w word) bool { return illness[w.text] }) {
		ill := func(h hit) bool { return swellings[words[h.from].text] }
		list, marks = slices.DeleteFunc(list, ill), slices.DeleteFunc(marks, ill)
	}
	if len(marks) == 0 {
		return list
	}
	for _, m := range marks {
		for _, b := range i.said.all("body", inText) {
			if words[m.from].sentence != words[b.from].sentence { // "a paint mark. Legs muddy"
				continue
			}
			if m.to <= b.from && b.from-m.to < 6 || b.to <= m.from && m.from-b.to < 3 {
				list = append(list, m)
				break
			}
		}
	}
	return list
}

// swellings come of illness as well, where the account speaks of one.
var (
	swellings = set("swollen swelling swellings bleeding scab scabs sore sores lump lumps")
	illness   = set("tooth teeth toothache abscess dental dentist eczema allergy allergic infection infected tonsils glands hayfever psoriasis wasp sting stung")
)

// accident reports whether the injury is one that staff saw happen.
func (i *item) accident() bool { return i.said.has("accident", anywhere) }

func (i *item) absent() bool {
	return i.Kind == AbsentFrom || i.said.has("absence", inText) || i.Category == records.Attendance && i.said.has("off", inText)
}

// visited reports whether somebody went to the home.
func (i *item) visited() bool { return i.said.has("visit", inText|inAction|inOutcome) }

// sight is what an event says of who saw the child.
type sight int

const (
	unsaid sight = iota
	saw          // somebody saw or heard the child
	inVain       // somebody looked for the child and did not see the child
	away         // the child was not there to be seen
)

// whoSaw returns what the event says of who saw the child. That a bruise was
// seen, or the child's words heard, comes before an absence or a door that
// stayed shut in the same entry. What a caller tells, nobody of the school saw.
func (i *item) whoSaw() sight {
	switch {
	case i.Sibling != "":
		return unsaid
	case i.Seen != "" || i.sawChild() || i.isEntry() && (i.Source == string(records.ToldByChild) || i.heard() || i.sawInjury()):
		return saw
	case i.Kind == records.KindReply && i.notSeen():
		return inVain
	case !i.isEntry():
		return unsaid
	case i.notSeen() || i.visited() && (i.said.has("noaccess", anywhere) || i.said.has("hidden", anywhere)):
		return inVain
	case i.absent():
		return away
	case !i.visited() && i.atSchool():
		return saw
	}
	return unsaid
}

// sightIn returns the fields in which a kind of event may say that the child was
// seen: of what was to be done, what came of it.
func (i *item) sightIn() field {
	switch {
	case i.isEntry():
		return inText | inAction | inOutcome
	case i.Kind == records.KindAction:
		return inOutcome
	case i.Kind == records.KindMeeting || i.Kind == Meeting:
		return inText | inDecision
	}
	return 0
}

// sawChild reports whether somebody writes of having seen or spoken to the child.
func (i *item) sawChild() bool {
	return slices.ContainsFunc(i.said.all("saw", i.sightIn()), func(h hit) bool {
		words := i.said.in(h.field)
		if !seeing[words[h.from].text] { // the child was seen, or opened the door
			return true
		}
		return !near(words, h.from, 2, planned) && !byFamily(words, h.from)
	}) || i.isEntry() && slices.ContainsFunc(i.said.all("about", inText), i.isSeen)
}

// isSeen reports whether "seen" is said of the child, or of nobody else: "Ana in
// bed, seen by Mrs Hart", "later seen at the shop". That a light was seen in the
// house is another matter, and what a neighbour saw.
func (i *item) isSeen(h hit) bool {
	words := i.said.in(h.field)
	last := words[h.to-1]
	if words[h.from].text != "seen" && last.text != "seen" || near(words, h.from, 2, planned) {
		return false
	}
	if last.text == "by" && h.to < len(words) && (family[words[h.to].text] || lay[words[h.to].text]) {
		return false
	}
	who, clause := subjectOf(words, h.from)
	return !clause || words[who].child && !isOther(words, who)
}

// subjectOf returns the word before a verb and its auxiliaries, and whether there
// is one in the clause.
func subjectOf(words []word, at int) (int, bool) {
	i := at - 1
	for i >= 0 && words[i].clause == words[at].clause && aux[words[i].text] {
		i--
	}
	return i, i >= 0 && words[i].clause == words[at].clause
}

var seeing = set("saw spoke spoken talked seen been met told disclosed said asked safe")

// planned are words after which somebody is still to be seen.
var planned = set("be to will")

// heard reports whether the child's own words stand in the event and were not
// passed on by somebody else.
func (i *item) heard() bool {
	return i.speaks() && i.Source != string(records.ToldByOther) && i.Source != string(records.Unattributed)
}

// sawInjury reports whether an injury of the child was seen, and is not only
// told, or why the child stayed away.
func (i *item) sawInjury() bool {
	if i.secondHand() {
		return false
	}
	words := i.said.in(inText)
	absences := i.said.all("absence", inText)
	return slices.ContainsFunc(i.hurt, func(h hit) bool {
		return !reported(words, h.from) && !near(words, h.from, 5, pictures) && !slices.ContainsFunc(absences, func(a hit) bool {
			return !over(words, a) && words[a.from].sentence == words[h.from].sentence
		})
	})
}

// pictures show an injury that nobody of the school saw.
var pictures = set("photo photos photograph photographs picture pictures video")

// over reports whether an absence has ended when the entry is written: "after
// absence".
func over(words []word, absence hit) bool { return near(words, absence.from, 3, overs) }

var overs = set("after following")

// secondHand reports whether somebody outside the school is the source.
func (i *item) secondHand() bool {
	switch records.Source(i.Source) {
	case records.ToldByOther, records.FromAgency, records.Unattributed:
		return true
	}
	return false
}

// notSeen reports whether the words say that the child was not seen. "Not seen
// by staff" is said of a fight, "not seen by a doctor" of a rash.
func (i *item) notSeen() bool {
	return slices.ContainsFunc(i.said.all("notseen", anywhere), func(h hit) bool {
		words := i.said.in(h.field)
		if h.to < len(words) && words[h.to].clause == words[h.from].clause && (words[h.to].text == "by" || words[h.to].text == "before") {
			return false
		}
		if byFamily(words, h.from) {
			return false
		}
		if active[words[h.from].text] || words[h.from+1].text == "able" {
			return true
		}
		who, ok := subjectOf(words, h.from)
		if h.to < len(words) && words[h.to].child { // somebody has not seen the child: the school, or a father
			return !ok || staff[words[who].text]
		}
		return !ok || words[who].text == "baby" || words[who].child && !isOther(words, who)
	})
}

var (
	aux    = set("was were is are has have had been still also again yet later then both")
	active = set("did didn't unable could couldn't without")
)

// atSchool reports whether the words say that the child was at school that day,
// or show what only somebody who saw the child could write.
func (i *item) atSchool() bool {
	if i.secondHand() {
		return false
	}
	if i.Source == string(records.Seen) {
		return true
	}
	words := i.said.in(inText)
	for _, s := range []sign{"about", "hunger", "weight", "hygiene", "tiredness", "fear"} {
		for _, h := range i.said.all(s, inText) {
			if !reported(words, h.from) && (s != "about" || !byFamily(words, h.from) && !near(words, h.from, 2, planned)) {
				return true
			}
		}
	}
	return false
}

// strandSigns are signs about one child that mean more together than apart.
var strandSigns = []struct {
	sign sign
	name string
}{
	{"hunger", "hunger"}, {"injury", "injury"}, {"weight", "weight"}, {"hygiene", "hygiene and clothing"}, {"fear", "fear"},
	{"absence", "absence"}, {"tiredness", "tiredness"}, {"health", "missed health care"},
}

// coreStrands are the first five of them: without one, absence, tiredness and
// a missed dentist are most likely a winter.
const coreStrands = 1<<5 - 1

// strandBits returns which of them the event shows, one bit each.
func (i *item) strandBits() uint {
	var all uint
	for n, s := range strandSigns {
		shows := false
		switch s.sign {
		case "injury":
			shows = i.injured()
		case "absence":
			shows = i.absent()
		default:
			shows = i.said.has(s.sign, inText)
		}
		if shows {
			all |= 1 << n
		}
	}
	return all
}

func strandNames(all uint) []string {
	var list []string
	for n, s := range strandSigns {
		if all&(1<<n) != 0 {
			list = append(list, s.name)
		}
	}
	return list
}

// seenOn returns the day on which an event says that the child was seen: that of
// its own field before its date.
func (i *item) seenOn() day {
	if d := dayOf(i.Seen); d != noDay {
		return d
	}
	return i.day
}

// lastSeen says when the child was last seen, where somebody has since looked
// for the child in vain or the child was away. A visit made is not a child
// seen.
func (l *line) lastSeen(out *Reading) {
	last, at := (*item)(nil), -1
	for n, it := range l.own {
		if it.sight == saw && it.seenOn() <= l.asOf && (last == nil || it.seenOn() >= last.seenOn()) {
			last, at = it, n
		}
	}
	var since []*item
	visits, absences := 0, 0
	for n, it := range l.own {
		if last != nil && (it.day < last.seenOn() || it.day == last.seenOn() && n < at) {
			continue
		}
		switch it.sight {
		case inVain:
			visits += b2i(it.visited())
		case away:
			absences++
		default:
			continue
		}
		since = append(since, it)
	}
	if len(since) == 0 || absences == len(since) && absences < 2 {
		return
	}
	says := fmt.Sprintf("%s that the child was away or was not seen (%s)", count(len(since), "entry says", "entries say"), span(since))
	text := "No entry says that the child was seen; " + says
	if last != nil {
		text = fmt.Sprintf("The child was last seen on %s. Since then %s", last.seenWhen(), says)
	}
	if visits > 0 {
		which := number(visits) + " of them " + verb(visits, "a visit", "visits")
		if visits == len(since) {
			which = verb(visits, "a visit", "all of them visits")
		}
		text += ", " + which + " to the home: a visit made is not a child seen"
	}
	if last != nil {
		since = append([]*item{last}, since...)
	}
	s := statement(NotSeen, "child", since, "%s.", text)
	s.strength = 9
	out.Unanswered = append(out.Unanswered, s)
}

// seenWhen returns when the child was seen as people say it.
func (i *item) seenWhen() string {
	if i.Seen != "" && i.Seen != i.When.Date {
		return i.Seen.String()
	}
	return onlyDate(i.When)
}
