package wording

// next reports a next step: a named person or role and a concrete act. Finished
// watching has one when it says how it ended.
func (t *text) next(cues []cue) bool {
	first := t.tokens[cues[0].from].sentence
	finished := cues[0].finished
	for n := first; n < len(t.sentences); n++ {
		s := t.sentences[n]
		for i := s.from; i < s.to; i++ {
			if t.tokens[i].quoted || !finished && t.inObject(i, cues, s) {
				continue
			}
			if finished && t.endedAt(i) || t.stepAt(i, s, cues) {
				return true
			}
		}
	}
	return t.concerted(cues)
}

// endedAt reports that watching which is over was ended, or told to somebody.
func (t *text) endedAt(i int) bool {
	k := &t.tokens[i]
	return k.class.has(clsEnded) || k.low == "no" && i+1 < len(t.tokens) && t.tokens[i+1].low == "more"
}

// inObject reports that token i belongs to a watching verb or its object.
func (t *text) inObject(i int, cues []cue, s sentence) bool {
	for _, c := range cues {
		if t.tokens[c.from].sentence != t.tokens[i].sentence {
			continue
		}
		if i >= c.from && i < max(c.to, t.objectEnd(c.to, s)) {
			return true
		}
	}
	return false
}

// stepAt reports a concrete act at token i with somebody to do it.
func (t *text) stepAt(i int, s sentence, cues []cue) bool {
	k := &t.tokens[i]
	if k.low == "straight" && i > s.from && (t.personBefore(i, s) || t.tokens[i-1].low == "i" || i > 1 && t.tokens[i-2].low == "i") && t.reachesOut(i+1, s) {
		return true
	}
	if (k.low == "see" || k.low == "sees") && t.meets(i, s) {
		return true
	}
	if t.handsOver(i, s) {
		return true
	}
	if !k.class.has(clsAct) {
		return t.byWhom(i, s) || t.sendsOn(i, s)
	}
	if t.tokens[max(0, i-1)].low == "the" || t.tokens[max(0, i-1)].low == "a" || t.isNoun(i) {
		return false
	}
	who := t.actor(i, s)
	if who < 0 && !t.sameActor(i, s) {
		return false
	}
	if k.low == "review" || k.low == "reviews" || k.low == "revisit" {
		return t.reviewDate(i, s) || t.dateBefore(i, s)
	}
	if t.ifNeeded(i, s) {
		return false
	}
	if k.class.has(clsSoft) {
		return t.firmed(i, s) || t.dateBefore(i, s) && t.reachesOut(i+1, s)
	}
	return true
}

// meets reports "I see dad on the 3rd": somebody sees a grown-up, which is an act.
// Seeing a mark is watching.
func (t *text) meets(i int, s sentence) bool {
	if i == s.from || i+1 >= s.to {
		return false
	}
	if prev := &t.tokens[i-1]; prev.low != "i" && prev.low != "to" && prev.low != "and" && !prev.class.has(clsSchool|clsTitled) {
		return false
	}
	for j := i + 1; j < s.to && j <= i+3; j++ {
		k := &t.tokens[j]
		if k.class.has(clsFamily | clsAgency | clsTitled) {
			return true
		}
		if k.class.has(clsSchool) {
			return k.low != "staff" && k.low != "school"
		}
		if !k.class.has(clsLittle) && k.low != "both" {
			return false
		}
	}
	return false
}

// sendsOn reports "DSL to CSC that hour": a person, an agency or office, and when.
func (t *text) sendsOn(i int, s sentence) bool {
	if t.tokens[i].low != "to" || i == s.from || i+2 >= s.to || !t.tokens[i-1].class.has(clsSchool|clsTitled) || !t.tokens[i+1].class.has(clsAgency|clsFamily) {
		return false
	}
	for j := i + 2; j < s.to && j < i+6; j++ {
		switch k := &t.tokens[j]; {
		case k.low == "same", k.low == "that", k.low == "straight", k.class.has(clsDate | clsWeekday):
			return true
		}
	}
	return false
}

// handsOver reports "give my notes to Mr Dunmore on Friday": what was seen goes to
// somebody named, on a day.
func (t *text) handsOver(i int, s sentence) bool {
	switch t.tokens[i].low {
	case "give", "hand", "pass", "bring", "show", "take":
	default:
		return false
	}
	if i+1 >= s.to || t.tokens[i+1].low != "my" && t.tokens[i+1].low != "the" && t.tokens[i+1].low != "them" && t.tokens[i+1].low != "it" {
		return false
	}
	for j := i + 1; j+1 < s.to && j < i+6; j++ {
		if t.tokens[j].low == "to" && t.tokens[j+1].class.has(clsTitled|clsSchool) {
			return t.dateSoon(j+2, s)
		}
	}
	return false
}

// sameActor reports "she phones the nurse": the person who was named before acts.
// In a condition ("if she rings again") it is the pupil.
func (t *text) sameActor(i int, s sentence) bool {
	k := &t.tokens[i]
	if i == s.from || k.class.has(clsActed) || k.low[len(k.low)-1] != 's' {
		return false
	}
	if low := t.tokens[i-1].low; low != "she" && low != "he" {
		return false
	}
	for j := i - 2; j >= s.from && j >= i-5; j-- {
		switch t.tokens[j].low {
		case "if", "when", "whenever":
			if j == i-2 {
				return false
			}
		case "whether", "that", "who", "what", "how", "times", "each", "day", "time", "unless":
			return false
		}
	}
	if !t.reachesOut(i+1, s) {
		return false
	}
	for j := i - 2; j >= 0; j-- {
		if t.tokens[j].class.has(clsTitled) {
			return true
		}
	}
	return false
}

// reachesOut reports a grown-up, an agency or the writer soon after i.
func (t *text) reachesOut(i int, s sentence) bool {
	for j := i; j < s.to && j < i+6; j++ {
		if t.tokens[j].class.has(clsFamily|clsAgency|clsSchool) || t.tokens[j].low == "me" || t.tokens[j].low == "home" {
			return true
		}
	}
	return false
}

// isNoun reports an act word used as a thing: "safety plan", "weekly report".
func (t *text) isNoun(i int) bool {
	if i == 0 {
		return false
	}
	prev := &t.tokens[i-1]
	switch prev.low {
	case "his", "her", "their", "our", "my", "any", "no", "this", "that", "each", "new", "daily", "weekly", "next", "of", "in", "phone", "eye":
		return true
	}
	return false
}

// actor returns the person or role that does the act at i, or -1. The writer is
// a person; "we" and a pupil are not.
func (t *text) actor(i int, s sentence) int {
	for j := i - 1; j >= s.from && j >= i-12; j-- {
		k := &t.tokens[j]
		if k.quoted {
			continue
		}
		switch k.low {
		case "i":
			return j
		case "who":
			if j >= i-3 && t.personBefore(j, s) {
				return j
			}
			continue
		case "we", "he", "she", "they", "it", "you", "us", "everyone", "all":
			if j >= i-2 && k.low != "she" && k.low != "he" && k.low != "all" {
				return -1
			}
			continue
		case ".", ";":
			if j < i-1 {
				continue
			}
		}
		if k.class.has(clsPerson) && !t.objectOf(j) {
			return j
		}
		if (k.class.has(clsName) || k.id == 0 && k.word()) && t.besideAct(j, i) && !k.class.has(clsLittle) {
			return j
		}
	}
	return -1
}

// personBefore reports a person in the six tokens before j: "DSL on the 17th, who".
func (t *text) personBefore(j int, s sentence) bool {
	for k := j - 1; k >= s.from && k >= j-6; k-- {
		if t.tokens[k].class.has(clsPerson) && !t.tokens[k].quoted {
			return true
		}
	}
	return false
}

// objectOf reports that the person at j is what a preposition or a verb before it
// reaches ("tell mum", "with dad"), so not the one who acts.
func (t *text) objectOf(j int) bool {
	if j == 0 {
		return false
	}
	p := &t.tokens[j-1]
	if p.class.has(clsTitled) && j > 1 {
		p = &t.tokens[j-2]
	}
	switch p.low {
	case "with", "on", "for", "from", "about", "of", "monitor", "to":
		return true
	}
	return false
}

// besideAct reports that only a modal or an adverb stands between a name and i.
func (t *text) besideAct(j, i int) bool {
	for k := j + 1; k < i; k++ {
		if !t.tokens[k].class.has(clsModal) && t.tokens[k].low != "then" && t.tokens[k].low != "also" {
			return false
		}
	}
	return i-j <= 2 && (t.tokens[j].capital || i-j == 2)
}

// ifNeeded reports a step that hangs on "if needed", "as appropriate" and the like.
func (t *text) ifNeeded(i int, s sentence) bool {
	for j := i + 1; j < s.to && j < i+12; j++ {
		switch t.tokens[j].low {
		case "needed", "necessary", "required", "appropriate", "applicable", "concerned", "worried", "unsure":
			return true
		case ";", "and", "=":
			if t.tokens[j].low != "and" {
				return false
			}
		}
	}
	return false
}

// firmed reports that a soft act (report, raise, tell) has a date, an agency, a
// named receiver with something that can be seen, or a plain object.
func (t *text) firmed(i int, s sentence) bool {
	soft, seen := false, false
	for j := i + 1; j < s.to && j < i+14; j++ {
		k := &t.tokens[j]
		if k.quoted {
			continue
		}
		if t.namedDay(j) || k.class.has(clsDate|clsClock) {
			return true
		}
		if j <= i+4 && (k.low == "referral" || k.low == "request" || k.low == "appointment" || k.low == "application" || k.low == "meeting" || k.low == "panel" || k.low == "conference" || k.low == "form" || k.low == "review" && t.tokens[i].low != "do") {
			return true // to make a referral is an act
		}
		if k.low == "same" || k.low == "immediately" || k.low == "straight" || k.low == "whether" {
			return true
		}
		soft = soft || k.class.has(clsSoftObj)
		seen = seen || k.class.has(clsSeen|clsPerson)
	}
	return seen && !soft
}

// byWhom reads "to be contacted by DSL".
func (t *text) byWhom(i int, s sentence) bool {
	if !t.tokens[i].class.has(clsActed) || i == 0 || t.tokens[i-1].low != "be" && !conditionWord(t.tokens[s.from].low) {
		return false
	}
	for j := i + 1; j < s.to && j < i+7; j++ {
		if t.tokens[j].low != "by" {
			continue
		}
		for k := j + 1; k < s.to && k <= j+2; k++ {
			if t.tokens[k].class.has(clsPerson) || t.tokens[k].low == "me" {
				return true
			}
		}
	}
	return false
}

// conditionWord reports how a sentence about what would happen next begins.
func conditionWord(s string) bool {
	switch s {
	case "any", "anything", "if", "new", "further", "another", "should", "none", "no":
		return true
	}
	return false
}

func (t *text) dateBefore(i int, s sentence) bool {
	for j := i - 1; j >= s.from && j >= i-6; j-- {
		if t.tokens[j].class.has(clsDate) || t.namedDay(j) {
			return true
		}
	}
	return false
}
