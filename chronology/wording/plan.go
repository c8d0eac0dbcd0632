package wording

import (
	"slices"
	"strings"
)

// cue is a place where the text speaks of watching or waiting.
type cue struct {
	match
	tag      string
	finished bool
	open     int // where an open clause begins: "whether she eats"; 0 for none
}

// Ranks of findings: of two that overlap the higher stays.
const (
	rankPhrase = 1
	rankWatch  = 2
	rankTime   = 3 // a vague time inside a plan is its own finding
)

// watching finds the plan to watch in t, if there is one, and what it lacks.
func (t *text) watching(field Field) (*Plan, []candidate) {
	cues := t.cues(field)
	open := false
	for _, c := range cues {
		open = open || !c.finished
	}
	var plan Plan
	var asked []cue
	n := 0
	for _, c := range cues {
		if open && c.finished {
			continue
		}
		cues[n] = c
		n++
		if c.tag != "past" {
			asked = append(asked, c)
		}
	}
	cues = cues[:n]
	if len(cues) == 0 {
		return nil, nil
	}
	plan.What = t.what(cues)
	plan.HowLong = t.long(cues)
	plan.NextSteps = t.next(cues)
	missing := plan.Missing()
	if len(missing) == 0 {
		return &plan, nil
	}
	if len(asked) == 0 {
		return nil, nil
	}
	var found []candidate
	last := -1
	for _, c := range asked {
		s := t.tokens[c.from].sentence
		if s == last {
			continue
		}
		last = s
		from, to := t.planSpan(c)
		found = append(found, candidate{Finding{VagueMonitoring, t.tokens[from].start, t.tokens[to-1].end, missing, askPlan(missing)}, rankWatch})
	}
	return &plan, found
}

// cues returns the watching and waiting in t that is the writer's own, is not
// negated and is not something else of the same name, in order.
func (t *text) cues(field Field) []cue {
	var cues []cue
	var others spans // what other agencies do, and what stands within it
	consider := func(tag string, m match) {
		m.from, m.to = m.open, m.shut
		if k := &t.tokens[m.to-1]; k.low == "mon" {
			k.class &^= clsWeekday // the verb, not the day
		}
		c := cue{match: m, tag: tag}
		if t.senses.touch(VagueMonitoring, m) || t.decoy(c) || t.negated(m) || t.reported(m, true) {
			return
		}
		if t.theirs(m) || others.hold(m.from) {
			others.add(m.from, m.to)
			return
		}
		c.finished = t.finished(c)
		if t.standsAsPlan(&c, field) {
			cues = append(cues, c)
		}
	}
	t.matches(t.lex.watch, func(f *family, m match) { consider(f.tag, m) })
	for _, m := range t.idling() {
		consider("wait", m)
	}
	if field != Concern {
		for _, m := range t.emptyWaits(cues) {
			consider("wait", m)
		}
		cues = append(t.repeated(cues), cues...)
		cues = append(cues, t.conditional(cues)...)
		cues = append(cues, t.accounted(cues)...)
	}
	return strongest(widest(cues))
}

// widest drops a cue that lies inside another.
func widest(cues []cue) []cue {
	slices.SortStableFunc(cues, func(a, b cue) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	kept := cues[:0]
	for _, c := range cues {
		if n := len(kept); n > 0 && c.from < kept[n-1].to {
			if c.to-c.from > kept[n-1].to-kept[n-1].from {
				kept[n-1] = c
			}
			continue
		}
		kept = append(kept, c)
	}
	return kept
}

// strongest drops a tally or a review where something stronger stands in the
// same text, unless it adds to it; both still speak for the parts.
func strongest(cues []cue) []cue {
	strong := false
	for _, c := range cues {
		strong = strong || (c.tag == "watch" || c.tag == "wait") && !c.finished
	}
	if !strong {
		return cues
	}
	kept := cues[:0]
	for _, c := range cues {
		if c.tag != "look" && !(c.tag == "tally" && c.finished) {
			if c.tag == "tally" {
				c.tag = "past" // speaks for the parts, is not flagged itself
			}
			kept = append(kept, c)
		}
	}
	return kept
}

// standsAsPlan reports whether c is a plan in its own right. A tally needs how
// often or how long; a review without more is only one when nothing is named.
func (t *text) standsAsPlan(c *cue, field Field) bool {
	s := t.sentenceOf(c.from)
	switch c.tag {
	case "tally", "report":
		return t.tallied(c, s, field)
	case "look":
		if c.finished {
			c.tag = "past"
			return t.howLong(s, c.to, true) && field != Concern
		}
		return !t.objectNamed(*c) && (!t.howLong(s, c.from, false) && !s.class.has(clsDate) || len(t.tokens) <= 8)
	case "watch", "wait":
		if c.finished && (field == Concern || t.oneLook(*c, s)) {
			return false
		}
		if field == Concern && !t.intended(*c, s) {
			return false
		}
	}
	return true
}

// oneLook reports watching that was over at once: at a time of the clock, by whom,
// with no word of how long.
func (t *text) oneLook(c cue, s sentence) bool {
	if c.to >= s.to || t.tokens[c.to].low != "by" || t.howLong(s, c.to, false) {
		return false
	}
	for i := c.to; i < s.to && !t.endsClause(i); i++ {
		if t.tokens[i].class.has(clsClock) {
			return true
		}
	}
	return false
}

// intended reports that the writer or the school means to watch: "will", "to",
// an instruction or "continuing". An account of a concern is full of watching
// that is no plan: "he looks out for his brother", "was watching the clock".
func (t *text) intended(c cue, s sentence) bool {
	k := &t.tokens[c.from]
	if t.startsClause(c.from) {
		return !t.pastForm(k) && !(len(k.low) > 3 && k.low[len(k.low)-1] == 's' && k.low[len(k.low)-2] != 's')
	}
	for j := c.from; j >= s.from && j >= c.from-5; j-- {
		p := &t.tokens[j]
		if p.class.has(clsModal) && p.low != "needs" {
			return true
		}
		switch p.low {
		case "continue", "continuing", "we", "i", "staff", "please", "we're":
			return !t.pastForm(k)
		}
		if p.class.has(clsMark) {
			return false
		}
	}
	return false
}

// howOften reports a frequency in the sentence.
func (t *text) howOften(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		switch t.tokens[i].low {
		case "daily", "weekly", "nightly", "each", "every", "fortnightly", "any":
			return !t.tokens[i].quoted
		}
	}
	return false
}

// future reports that the act at i is yet to come or goes on: a modal, an -ing
// form, a bare instruction, or the present tense with a person before it.
func (t *text) future(i int, s sentence) bool {
	k := &t.tokens[i]
	if len(k.low) > 4 && k.low[len(k.low)-3:] == "ing" {
		return i == 0 || t.tokens[i-1].low != "was" && t.tokens[i-1].low != "were" && t.tokens[i-1].low != "been"
	}
	if t.startsClause(i) {
		return !t.pastForm(k)
	}
	if t.pastForm(k) {
		for j := i - 1; j >= s.from && j >= i-4; j-- {
			if low := t.tokens[j].low; low == "be" || low == "get" || low == "gets" {
				return true
			}
		}
		return t.undone(cue{match: match{from: i, to: i + 1}}, s)
	}
	if i == s.from+1 && t.tokens[s.from].capital && t.tokens[s.from].id == 0 {
		return true // a name that begins the sentence
	}
	if n := len(k.low); n > 3 && k.low[n-1] == 's' && k.low[n-2] != 's' && t.agent(i, s) {
		return true
	}
	for j := i - 1; j >= s.from && j >= i-5; j-- {
		if t.tokens[j].class.has(clsModal | clsPerson | clsName) {
			return true
		}
		switch t.tokens[j].low {
		case "i", "who", "please", "and", "continue":
			return true
		}
	}
	return false
}

func (t *text) pastForm(k *token) bool {
	n := len(k.low)
	switch k.low {
	case "kept", "ran", "watched", "wrote", "made", "took", "saw", "had", "held", "gave", "written", "drawn":
		return true
	}
	return n > 4 && k.low[n-2:] == "ed" && k.low != "need" && k.low != "feed"
}

// finished reports watching that is over.
func (t *text) finished(c cue) bool {
	s := t.sentenceOf(c.from)
	if c.from > s.from && t.tokens[c.from-1].low == "would" {
		return t.endsLater(s)
	}
	for j := c.from - 1; j >= s.from && j >= c.from-3; j-- {
		k := &t.tokens[j]
		if k.low == "be" || k.low == "being" || k.low == "get" || k.low == "gets" || k.class.has(clsModal) && k.low != "to" || k.low == "to" {
			return false
		}
		if k.class.has(clsMark) {
			break
		}
	}
	for j := c.from - 1; j >= s.from && j >= c.from-7; j-- {
		if k := &t.tokens[j]; k.class.has(clsEnded) && (j >= c.from-3 || k.low == "end") {
			return k.low != "end" || j == s.from // "ended the monitoring", "End of the checks"
		}
	}
	if t.hadBeen(c.from, s) {
		return true
	}
	if t.undone(c, s) {
		return false
	}
	for i := c.from; i < c.to; i++ {
		if t.pastForm(&t.tokens[i]) {
			return true
		}
	}
	if t.tokens[c.from].low == "been" || t.tokens[c.from].low == "were" {
		return true
	}
	for i := c.to; i < s.to && i < c.to+8; i++ {
		k := &t.tokens[i]
		if k.class.has(clsModal) && k.low != "to" || k.low == "until" {
			return false
		}
		switch k.low {
		case "ended", "finished", "stopped", "concluded", "completed", "complete", "ceased", "ran", "closed":
			return true
		case "over":
			return t.endsClauseAt(i + 1)
		}
	}
	return c.tag == "past" || c.tag == "tally" && t.totalled(c, s) || (c.tag == "look" || c.tag == "tally") && t.narrated(c, s)
}

// endsLater reports that a sentence after s says that it was closed: "We said we
// would look until 21 November. ... Mrs Pickard closed it."
func (t *text) endsLater(s sentence) bool {
	for i := s.to; i < len(t.tokens); i++ {
		switch t.tokens[i].low {
		case "closed", "ended", "stopped", "finished":
			return !t.tokens[i].quoted
		}
	}
	return false
}

// totalled reads "Tray counts 2 to 20 March: fourteen full": a count between two
// dates with its result behind a colon.
func (t *text) totalled(c cue, s sentence) bool {
	ranged, result := false, false
	for i := c.from; i < s.to; i++ {
		k := &t.tokens[i]
		switch {
		case k.class.has(clsModal) && k.low != "to", k.low == "each", k.low == "every":
			return false
		case k.low == ":":
			result = ranged
		case k.low == "presented", k.low == "shared", k.low == "tabled", k.low == "totalled":
			return ranged
		case result && k.class.has(clsNumber|clsHowMany) && !k.class.has(clsDate|clsClock):
			return true
		}
		ranged = ranged || t.dateRange(i, s)
	}
	return false
}

// narrated reports a noun cue (weigh-in, review of, log) in a past sentence.
func (t *text) narrated(c cue, s sentence) bool {
	switch t.tokens[c.from].low {
	case "following", "after", "the", "weekly", "daily":
	default:
		return false
	}
	for i := c.to; i < s.to; i++ {
		switch k := &t.tokens[i]; {
		case k.low == "was", k.low == "were", k.low == "had", k.low == "kept", k.low == "has":
			return true
		case k.class.has(clsModal) && k.low != "to":
			return false
		}
	}
	return false
}

// askPlan asks, in one question, only for what is missing: at length for one
// part, in a few words for each of several.
func askPlan(missing []Part) string {
	if len(missing) == 1 {
		switch missing[0] {
		case What:
			return "What will you watch for that another adult could see, hear or count?"
		case HowLong:
			return "Until which day will you watch, or when is the review?"
		default:
			return "Who will do what then, and what would make them act sooner?"
		}
	}
	var ask []string
	for _, part := range missing {
		switch part {
		case What:
			ask = append(ask, "what exactly will you look for")
		case HowLong:
			ask = append(ask, "until what date")
		case NextSteps:
			ask = append(ask, "who does what then")
		}
	}
	last := len(ask) - 1
	question := strings.Join(ask[:last], ", ") + " and " + ask[last] + "?"
	return strings.ToUpper(question[:1]) + question[1:]
}
