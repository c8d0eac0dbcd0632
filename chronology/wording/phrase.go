package wording

import (
	"slices"
	"strings"
)

// phrases returns the phrases of every kind but watching that stand in t as the
// writer's own, with nothing beside them that answers the question they raise.
func (t *text) phrases(field Field, plan *Plan) []candidate {
	complete := plan != nil && len(plan.Missing()) == 0
	var found []candidate
	t.matches(t.lex.first, func(f *family, m match) {
		if f.fields != "" && !strings.Contains(f.fields, string(field)) {
			return
		}
		if field == Concern && f.kind == VagueAction && t.withinAccount(m) {
			return
		}
		if t.senses.touch(f.kind, m) || t.excused(f, m) || f.tag == "close" && complete {
			return
		}
		from, to := t.flagged(f.kind, m)
		start, end := t.tokens[from].start, t.tokens[to-1].end
		rank := rankPhrase
		if f.kind == VagueTime {
			rank = rankTime
		}
		found = append(found, candidate{Finding{Kind: f.kind, Start: start, End: end, Ask: f.ask}, rank})
	})
	return found
}

// excused reports that the phrase is quoted, denied, reported or answered.
func (t *text) excused(f *family, m match) bool {
	for i := m.open; i < m.shut; i++ {
		if t.tokens[i].quoted {
			return true
		}
	}
	if t.negated(m) || f.tag == "close" && t.theirs(m) {
		return true
	}
	if f.kind == Hearsay && t.saidBefore(m) {
		return true
	}
	if f.kind != Hearsay && t.reported(m, f.kind == VagueAction || f.kind == VagueSupport || f.kind == VagueTime) {
		return true
	}
	for _, g := range f.unless {
		if g(t, m) {
			return true
		}
	}
	return false
}

// withinAccount reports "told mum" or "all fine" within a sentence of an account:
// what somebody did or how it looked, not whom the writer told or what came of it.
func (t *text) withinAccount(m match) bool {
	k := &t.tokens[m.from]
	return m.from > t.sentenceOf(m.from).from && (k.low == "told" || k.low == "all" && !t.startsClause(m.from))
}

// nothingStated is the last resort: a short entry with no number, no quotation,
// no name, no act and nothing seen says nothing, whatever words it uses.
func (t *text) nothingStated(field Field) []candidate {
	if len(t.tokens) > 25 || len(t.sentences) > 2 {
		return nil
	}
	words, unknown := 0, 0
	for i := range t.tokens {
		k := &t.tokens[i]
		if t.says(i) {
			return nil
		}
		if k.quoted || k.class.has(clsNumber|clsTitled|clsBodily|clsSeen|clsWeekday|clsActed) || k.class.has(clsSaid) {
			return nil
		}
		if k.class.has(clsAct) && field != Concern && t.actor(i, t.sentenceOf(i)) >= 0 {
			return nil
		}
		if k.word() {
			words++
			if k.id == 0 && !k.capital {
				unknown++
			}
		}
	}
	if words == 0 || unknown > 3 || field == Outcome && unknown > 1 || t.foreign() {
		return nil
	}
	return t.wholeSentence(field)
}

// says reports that at i the text says something after all: whose words or whose
// plan it is, when it was, or what somebody did or did not answer.
func (t *text) says(i int) bool {
	k, s := &t.tokens[i], t.sentenceOf(i)
	next := func(n int) string {
		if i+n < s.to {
			return t.tokens[i+n].low
		}
		return ""
	}
	switch k.low {
	case "no", "any":
		switch next(1) {
		case "reply", "answer", "response", "repeat", "repeats", "gap", "gaps", "recurrence":
			return true
		}
	case "seen", "saw", "returned", "since", "agreement", "agreed", "withdrawn", "taught", "came", "removed":
		return true
	case "later", "after", "before":
		return i > s.from && t.tokens[i-1].class.has(clsSpan) // the week after
	case "from":
		return i == s.from+1 && s.to-i > 4 && t.colonBy(i+4, s) // Email from mum: ...
	case "that", "same":
		return next(1) == "day" || next(1) == "evening" || next(1) == "morning" || next(1) == "afternoon" || next(1) == "night"
	case "today", "yesterday", "tonight", "tomorrow":
		return true
	case "off":
		return next(1) == "school" || next(1) == "sick"
	case "home":
		return next(1) == "time"
	}
	switch {
	case t.schoolwork(i, i+1):
		return true
	case k.class.has(clsHowMany) && k.low != "one" && k.low != "half" && k.low != "another":
		return i+1 >= s.to || !t.tokens[i+1].class.has(clsSpan)
	case k.class.has(clsSay) && !k.class.has(clsName):
		return t.otherSpeaks(i, s)
	case k.class.has(clsModal) || k.low == "continues":
		return t.theirs(match{from: i, to: i + 1, open: i, shut: i + 1})
	case i > s.from && t.tokens[i-1].class.has(clsFamily|clsAgency|clsSchool|clsName):
		return k.id == 0 && t.pastForm(k)
	}
	return false
}

func (t *text) colonBy(j int, s sentence) bool {
	for i := s.from; i < min(j, s.to); i++ {
		if t.tokens[i].low == ":" {
			return true
		}
	}
	return false
}

// wholeSentence flags the first sentence of a text that states nothing. What it
// lacks depends on what it seems to be: waiting, help, an action or a worry.
func (t *text) wholeSentence(field Field) []candidate {
	s := t.sentences[0]
	to := s.to
	for to > s.from+1 && t.tokens[to-1].class.has(clsMark) {
		to--
	}
	f := Finding{Kind: VagueAction, Start: t.tokens[s.from].start, End: t.tokens[to-1].end, Ask: askAction}
	switch {
	case field == Concern:
		f.Kind, f.Ask = VagueConcern, askConcern
	case t.anyOf(s, "not", "n't", "no"):
	case t.waitWord(s) || t.anyOf(s, "see", "look"):
		plan := Plan{HowLong: t.howLong(s, s.from, false)}
		f.Kind, f.Missing, f.Ask = VagueMonitoring, plan.Missing(), askPlan(plan.Missing())
	case t.helpful(s):
		f.Kind, f.Ask = VagueSupport, askSupport
	}
	return []candidate{{f, rankPhrase}}
}

func (t *text) anyOf(s sentence, words ...string) bool {
	for i := s.from; i < s.to; i++ {
		if slices.Contains(words, t.tokens[i].low) {
			return true
		}
	}
	return false
}

const (
	askAction  = "What was done or decided, by whom and when, and what came of it?"
	askSupport = "What help, from whom, how often, from when to when, and who checks that it helped?"
	askConcern = "What did you see or hear, when and where, and what is different from usual?"
)

// foreign reports a text in which few words are in the lists: another language,
// or keys pressed at random. Nothing is said about those.
func (t *text) foreign() bool {
	known, words := 0, 0
	for i := range t.tokens {
		if t.tokens[i].word() {
			words++
			if t.tokens[i].id != 0 {
				known++
			}
		}
	}
	return known*3 < words || words == 0
}
