package pattern

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// afterAbsence is within how many school days of an absence an injury is set
// beside it.
const afterAbsence = 5

// injuries sets each injury beside the decision to do nothing, and the absence,
// that came before it.
func (l *line) injuries(out *Reading) {
	l.afterNothing(out)
	var away *item
	var afterAway []*item
	var pairs []string
	for _, it := range l.own {
		hurt := it.freshInjury()
		switch {
		case hurt && away != nil && away.day < it.day && it.index-away.lastIndex(l) <= afterAbsence:
			afterAway = append(afterAway, away, it)
			pairs = append(pairs, fmt.Sprintf("away %s, injury %s", onlyDate(away.When), onlyDate(it.When)))
			away = nil
		case hurt && it.backHurt():
			afterAway = append(afterAway, it)
			pairs = append(pairs, "back with an injury "+onlyDate(it.When))
		}
		if it.absent() && !hurt {
			away = it
		}
	}
	if len(pairs) > 0 {
		out.ask(8, statement(AbsenceThenInjury, "injury", slices.Compact(afterAway), "An injury was seen within days of an absence %s: %s.",
			times(len(pairs)), strings.Join(pairs, "; ")))
	}
}

// freshInjury reports whether the entry tells of an injury that staff did not see
// happen.
func (i *item) freshInjury() bool { return i.isEntry() && i.injured() && !i.accident() }

// afterNothing sets injuries beside the decision to do nothing that came before
// them. A referral ends the wait: what comes after it was not left at nothing.
func (l *line) afterNothing(out *Reading) {
	var closed *item
	var hurt []*item
	say := func(referred *item) {
		if len(hurt) > 0 {
			text := fmt.Sprintf("On %s it was decided to take no further action; since then %s of an injury (%s)",
				onlyDate(closed.When), count(len(hurt), "entry tells", "entries tell"), span(hurt))
			if referred != nil {
				text = strings.Replace(text, "since then", "after that", 1) + ", before a referral was made on " + referred.sentOn()
			}
			out.ask(9, statement(InjuryAfterNoAction, string(closed.When.Date), append([]*item{closed}, hurt...), "%s.", text))
		}
		closed, hurt = nil, nil
	}
	for _, it := range l.own {
		if it.refers() {
			say(it)
		}
		if closed != nil && closed.day < it.day && it.freshInjury() {
			hurt = append(hurt, it)
		}
		if closed == nil && it.noFurtherAction() && it.isGrave() {
			closed = it
		}
	}
	say(nil)
}

// lastIndex returns the index of the last day of an absence.
func (i *item) lastIndex(l *line) int {
	if d := dayOf(i.Until); d != noDay && d > i.day && d < i.day+366 {
		return l.index(d)
	}
	return i.index
}

// backHurt reports whether the entry tells of a child who was away and came back
// with an injury: of the return before the injury, of an absence that is over, or
// of one in an earlier sentence. "Absent with a broken arm" is another story.
func (i *item) backHurt() bool {
	words, hurts := i.said.in(inText), i.hurt
	return slices.ContainsFunc(i.said.all("returned", inText), func(r hit) bool {
		return slices.ContainsFunc(hurts, func(h hit) bool { return h.from >= r.to })
	}) || len(hurts) > 0 && slices.ContainsFunc(i.said.all("absence", inText), func(a hit) bool {
		return over(words, a) || slices.ContainsFunc(hurts, func(h hit) bool { return words[h.from].sentence > words[a.from].sentence })
	})
}

// account is how somebody says an injury came about.
type account struct {
	item   *item
	causes map[string]bool
	body   string // the part of the body it is about; empty where there is only one
}

var speakers = set("mum mother dad father stepdad stepfather stepmum partner boyfriend parent parents nan nana gran grandma grandmother grandad carer uncle aunt auntie brother sister sibling he she they child pupil boy girl friend mate cousin neighbour foster")

// telling verbs open an account.
var accounts = set("said says told tells stated states explained explains explanation reported reports claimed claims thinks thought account")

// accountsOf returns the accounts that an entry gives.
func accountsOf(it *item) []account {
	var list []account
	for _, f := range []field{inText, inAction, inOutcome} { // a decision weighs accounts and gives none
		list = append(list, accountsIn(it, f, it.said.in(f))...)
	}
	if len(it.said.in(inVoice)) > 0 {
		a := account{item: it, causes: map[string]bool{}}
		for _, h := range it.said.hits {
			if h.field == inVoice && !h.denied && !atPlace(it.said.in(inVoice), h) {
				a.add(h.sign)
			}
		}
		list = append(list, a)
	}
	return list
}

func accountsIn(it *item, f field, words []word) []account {
	var list []account
	for i, w := range words {
		if !speaks(w) || i > 0 && words[i-1].text == "told" {
			continue
		}
		verb := i + 1
		for verb < len(words) && verb <= i+2 && !accounts[words[verb].text] {
			verb++
		}
		if verb >= len(words) || verb > i+2 || words[verb].sentence != w.sentence {
			continue
		}
		a := account{item: it, causes: map[string]bool{}}
		end := verb + 1
		for end < len(words) && words[end].sentence == w.sentence && !anotherAccount(words, verb, end) {
			end++
		}
		for _, h := range it.said.hits {
			if h.field == f && h.from > verb && h.from < end && !h.denied && !atPlace(words, h) {
				a.add(h.sign)
			}
		}
		if f == inText {
			a.body = it.bodyOf(i, end)
		}
		list = append(list, a)
	}
	return list
}

// atPlace reports whether a thing is only where somebody stood: "at the door". A
// thing by which somebody was hit or bitten is a cause.
func atPlace(words []word, h hit) bool {
	if !stoodAt[h.sign] {
		return false
	}
	i := h.from - 1
	for i >= 0 && words[i].clause == words[h.from].clause && (possessors[words[i].text] || doorWords[words[i].text]) {
		i--
	}
	if i < 0 || words[i].clause != words[h.from].clause || !beside[words[i].text] {
		return false
	}
	return words[i].text != "by" || i == 0 || !struck[words[i-1].text]
}

var (
	stoodAt   = map[sign]bool{"cause-door": true, "cause-stairs": true, "cause-bed": true, "cause-car": true, "cause-glass": true}
	doorWords = set("front back school office class classroom car")
	beside    = set("at by near outside beside")
	struck    = set("hit knocked bitten scratched burnt burned caught pushed kicked struck caused trapped bumped scalded cut grazed bruised")
)

// bodyOf returns the part of the body that an account, of words[from:to] of the
// text, is about where the entry tells of injuries to several: that which its
// sentence names, else the last before it.
func (i *item) bodyOf(from, to int) string {
	words := i.said.in(inText)
	var parts []hit // of the sentences that tell of an injury
	kinds := map[string]bool{}
	hurts := i.hurt
	for _, b := range i.said.all("body", inText) {
		if slices.ContainsFunc(hurts, func(h hit) bool { return words[h.from].sentence == words[b.from].sentence }) {
			parts = append(parts, b)
			kinds[words[b.to-1].text] = true
		}
	}
	if len(kinds) < 2 {
		return ""
	}
	last, inside := "", ""
	for _, b := range parts {
		name := words[b.to-1].text
		switch {
		case b.from < from:
			last = name
			if words[b.from].sentence == words[from].sentence {
				inside = name
			}
		case b.from < to && inside == "":
			inside = name
		}
	}
	return cmp.Or(inside, last)
}

// speaks reports whether a word may be the one who tells.
func speaks(w word) bool { return speakers[w.text] || w.name && !adults[w.text] && !notNames[w.text] }

// anotherAccount reports whether somebody else begins to tell at words[i]: in a
// clause of its own at once, in the same clause a little after the verb, for
// "mum said he told her" is one account.
func anotherAccount(words []word, verb, i int) bool {
	return (i >= verb+4 || words[i].clause != words[verb].clause) && startsAccount(words, i)
}

func startsAccount(words []word, i int) bool {
	return speaks(words[i]) && i+1 < len(words) && (accounts[words[i+1].text] || i+2 < len(words) && accounts[words[i+2].text])
}

func (a *account) add(s sign) {
	if cause, ok := strings.CutPrefix(string(s), "cause-"); ok {
		a.causes[cause] = true
	}
}

// differs reports whether two accounts name causes that have nothing in common.
// A bare fall fits with everything but an adult's hand, and accounts of two
// parts of the body are of two injuries.
func (a account) differs(b account) bool {
	if a.item == b.item && a.body != "" && b.body != "" && a.body != b.body {
		return false
	}
	x, y := a.specific(), b.specific()
	if len(x) == 0 || len(y) == 0 {
		return a.causes["adult"] && b.bareFall() || b.causes["adult"] && a.bareFall()
	}
	for c := range x {
		if y[c] {
			return false
		}
	}
	return true
}

func (a account) specific() map[string]bool {
	m := map[string]bool{}
	for c := range a.causes {
		if c != "fall" {
			m[c] = true
		}
	}
	return m
}

func (a account) bareFall() bool { return len(a.causes) == 1 && a.causes["fall"] }

// explanations finds injuries of which each is explained in ways that do not
// fit together.
func (l *line) explanations(out *Reading) {
	own := l.own
	known := map[*item][]account{}
	tells := func(it *item) []account { // each is read once, and only where it is asked for
		if _, ok := known[it]; !ok {
			known[it] = accountsOf(it)
		}
		return known[it]
	}
	var before []*item
	for n, it := range own {
		if !it.injured() || it.accident() || slices.Contains(before, it) {
			continue
		}
		if misfit := misfits(it, own[n+1:], tells); misfit != nil {
			sayDiffer(out, it, misfit)
			before = misfit
		}
	}
}

// misfits returns the entries that explain one injury in ways that do not fit,
// or nil. later are the events after it, of which those of the next days may be
// about the same injury; tells returns what an event tells.
func misfits(it *item, later []*item, tells func(*item) []account) []*item {
	if it.said.has("differ", anywhere) {
		return []*item{it}
	}
	if it.said.has("fits", inAnswer) {
		return nil
	}
	said := slices.Clone(tells(it))
	for _, e := range later {
		if e.index-it.index > afterAbsence {
			break
		}
		if e.injured() && !sameBody(it, e) {
			continue
		}
		if e.said.has("differ", anywhere) {
			return []*item{it, e}
		}
		for _, a := range tells(e) {
			if e.injured() || a.causes["fall"] || a.causes["adult"] || e.said.mentions("injury") || e.said.mentions("body") {
				said = append(said, a) // "the dog died" explains no bruise
			}
		}
	}
	var misfit []*item
	for i, a := range said {
		for _, b := range said[i+1:] {
			if a.differs(b) {
				misfit = append(misfit, a.item, b.item)
			}
		}
	}
	if misfit == nil {
		return nil
	}
	return append(misfit, it)
}

func sayDiffer(out *Reading, hurt *item, told []*item) {
	out.ask(9, statement(ExplanationsDiffer, hurt.Key, told, "The injury of %s is explained in ways that do not fit together.", onlyDate(hurt.When)))
}

// sameBody reports whether two entries speak of the same part of the body; or,
// where one of them names none, whether they are of the same school day.
func sameBody(a, b *item) bool {
	mine, theirs := a.said.all("body", inText), b.said.all("body", inText)
	if len(mine) == 0 || len(theirs) == 0 {
		return a.index == b.index
	}
	for _, h := range mine {
		for _, g := range theirs {
			if a.said.in(inText)[h.to-1].text == b.said.in(inText)[g.to-1].text {
				return true
			}
		}
	}
	return false
}
