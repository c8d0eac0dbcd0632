package pattern

import (
	"fmt"
	"slices"
	"strings"

	"throughline/records"
)

// What one event shows of the child. Each asks the fields first and the words
// second, and where the words leave it open says no.

// injured reports whether an injury could be seen: an injury, or a mark on a
// part of the body.
func (i *item) injured() bool {
	if i.said.has("injury", inText) {
		return true
	}
	for _, m := range i.said.all("mark", inText) {
		for _, b := range i.said.all("body", inText) {
			if m.to <= b.from && b.from-m.to < 6 || b.to <= m.from && m.from-b.to < 3 {
				return true
			}
		}
	}
	return i.Category == records.Physical && i.Text == ""
}

// accident reports whether the injury is one that staff saw happen.
func (i *item) accident() bool { return i.said.has("accident", anywhere) }

func (i *item) absent() bool {
	return i.Kind == AbsentFrom || i.said.has("absence", inText) || i.Category == records.Attendance && i.said.has("off", inText)
}

// visited reports whether somebody went to the home.
func (i *item) visited() bool { return i.said.has("visit", inText|inAction|inOutcome) }

// notSeen reports whether somebody looked for the child and did not see the
// child.
func (i *item) notSeen() bool {
	return i.said.has("notseen", anywhere) || i.visited() && i.said.has("noaccess", anywhere)
}

// seen reports whether the event says that somebody saw or heard the child.
func (i *item) seen() bool {
	switch {
	case i.Sibling != "" || i.notSeen():
		return false
	case i.Voice != "" || i.Source == string(records.ToldByChild):
		return true
	}
	for _, h := range i.said.all("seen", inText|inAction) {
		words := i.said.in(h.field)
		if !byAdult(words, h.from) {
			return true
		}
	}
	if i.absent() {
		return false
	}
	return i.injured() || i.Source == string(records.Seen) && i.isEntry() && !i.visited() || i.strandBits() != 0
}

// byAdult reports whether words[at] is something that a child or an adult does,
// and an adult does it: "mum came in", "dad told staff".
func byAdult(words []word, at int) bool {
	return ownVerbs[words[at].text] && at > 0 && words[at-1].clause == words[at].clause && adults[words[at-1].text]
}

var ownVerbs = set("told came arrived said disclosed noticed observed")

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
		if s.sign == "injury" && i.injured() || s.sign == "absence" && i.absent() || i.said.has(s.sign, inText) {
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

// speaks reports whether the event holds the child's own words: in their own
// field, or quoted in the account and not said by an adult.
func (i *item) speaks() bool {
	return strings.TrimSpace(i.Voice) != "" || i.isEntry() && quotesChild(i.Text)
}

var plainQuotes = strings.NewReplacer("“", `"`, "”", `"`, "‘", `"`)

func quotesChild(text string) bool {
	if !strings.Contains(text, `"`) && !strings.Contains(text, "“") && !strings.Contains(text, "‘") {
		return false
	}
	parts := strings.Split(plainQuotes.Replace(text), `"`)
	for n := 1; n+1 < len(parts); n += 2 {
		near := parts[n-1]
		before := split(strings.ToValidUTF8(near[max(0, len(near)-60):], ""))
		if len(strings.Fields(parts[n])) < 2 || len(before) == 0 {
			continue
		}
		tail := before[max(0, len(before)-5):]
		child, adult := false, false
		for _, w := range tail {
			adult = adult || adults[w.text]
			child = child || saying[w.text]
		}
		if child && !adult {
			return true
		}
	}
	return false
}

var saying = set("said says say told tells replied answered whispered disclosed stated wrote explained reported claimed claims thinks thought shouted")

// refers reports whether the event says that a referral to children's social
// care was made; known whether social care already works with the child.
func (i *item) refers() (made, known bool) {
	if i.Kind == records.KindReferral {
		return true, false
	}
	if i.Status == records.ChildInNeed || i.Status == records.ChildProtect || i.Status == records.LookedAfter {
		known = true
	}
	known = known || i.said.has("known", anywhere)
	for _, h := range i.said.all("referral", anywhere) {
		if !near(i.said.in(h.field), h.from, 5, undecided) && (i.said.has("socialcare", h.field) || !i.said.has("othercare", h.field)) {
			made = true
		}
	}
	return made, known
}

// undecided are words that make a referral one that was only thought of.
var undecided = set("consider considered considering discuss discussed whether if may might will need needs should would could plan possible potential awaiting before until")

// noFurtherAction reports whether it was decided to do nothing more.
func (i *item) noFurtherAction() bool {
	return i.said.has("nfa", anywhere) || i.said.has("closed", inDecision|inOutcome)
}

// lastSeen says when the child was last seen, where somebody has since looked
// for the child in vain or the child was away. A visit made is not a child
// seen.
func (l *line) lastSeen(out *Reading) {
	var last *item
	var since []*item
	visits, away := 0, 0
	for _, it := range l.own {
		switch {
		case it.notSeen():
			since = append(since, it)
			if it.visited() {
				visits++
			}
		case it.seen():
			last, since, visits, away = it, nil, 0, 0
		case it.absent():
			since = append(since, it)
			away++
		}
	}
	if len(since) == 0 || away == len(since) && away < 2 {
		return
	}
	text := "No entry says that the child was seen."
	if last != nil {
		text = fmt.Sprintf("The child was last seen on %s.", onlyDate(last.When))
	}
	text += fmt.Sprintf(" Since then %s that the child was away or was not seen (%s)", count(len(since), "entry says", "entries say"), span(since))
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

// childsVoice says where the child's own words are, and that they are nowhere
// when they are nowhere.
func (l *line) childsVoice(out *Reading) {
	var with, all []*item
	for _, it := range slices.Concat(l.own, l.undated) {
		if it.speaks() {
			with = append(with, it)
		}
		if it.isEntry() {
			all = append(all, it)
		}
	}
	n := len(all)
	if n == 0 {
		out.Voice = Statement{Kind: Voice, Subject: "child", Chance: NoTest, Text: "There are no entries that could hold the child's own words."}
		return
	}
	if len(with) > 0 {
		latest := with[len(with)-1]
		out.Voice = statement(Voice, "child", with, "The child's own words are in %s, the latest on %s.",
			share(len(with), n), onlyDate(latest.When))
		return
	}
	none := capital(share(n, n)) + " without"
	switch {
	case n == 1:
		none = "The one entry is without"
	case n > 2:
		none = fmt.Sprintf("None of %s holds", entries(n))
	}
	out.Voice = statement(Voice, "child", nil, "%s the child's own words.", strings.Replace(none, "without", "are without", b2i(n == 2)))
	if n >= minRecur {
		s := statement(NoChildWords, "child", all, "None of %s (%s) holds the child's own words.", entries(n), span(all))
		s.strength = 6
		out.Unanswered = append(out.Unanswered, s)
	}
}
