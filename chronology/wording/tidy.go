package wording

// flagged returns the tokens [from, to) to show for a match of a phrase: without
// little words left hanging at either end, and for hearsay with the claim, unless
// the source is shown apart from it.
func (t *text) flagged(kind Kind, m match) (from, to int) {
	from, to = m.open, m.shut
	s := t.sentenceOf(from)
	switch kind {
	case Hearsay:
		to = t.claimEnd(from, to, s)
	case OpinionAsFact:
		if end := t.clauseEnd(to, s); end-to <= 3 {
			to = end
		}
		at := from
		if at > s.from && t.tokens[at-1].low == "is" {
			at--
		}
		if at > s.from && t.tokens[at-1].class.has(clsFamily|clsName|clsPupil) && !t.tokens[at-1].quoted {
			from = at - 1
		}
	case VagueAction, VagueSupport:
		to = t.objectTail(t.personTail(t.passiveTail(to, s), s), s)
	case VictimBlaming, VagueConcern:
		to = t.objectTail(to, s)
	case VagueTime:
		for from < to-1 && bare(t.tokens[from].low) {
			from++
		}
	case Euphemism:
		for from < to-1 && (t.tokens[from].class.has(clsFamily|clsPupil) || bare(t.tokens[from].low)) {
			from++
		}
		for from > s.from && t.softens(from-1) {
			from--
		}
		to = t.relativeTail(to, s)
	}
	for to > from+1 && hanging(t.tokens[to-1].low) && !particle(t.tokens[to-2].low, t.tokens[to-1].low) && !(t.tokens[to-1].low == "her" && t.endsClauseAt(to)) {
		to--
	}
	if kind == VictimBlaming || kind == VagueSupport {
		for from > s.from && runsUp(t.tokens[from-1].low) && !t.tokens[from-1].quoted {
			from--
		}
	}
	for from > s.from && t.tokens[from].glued && t.tokens[from].word() && t.tokens[from-1].word() {
		from-- // the second half of "didn't"
	}
	return from, to
}

// longLead is how many words name a source at such length ("other parents have
// been saying") that they are shown alone.
const longLead = 5

// claimEnd returns where the hearsay at tokens [from, to) is cut off. Where
// "that" stands between the source and the claim, or the source is named at some
// length, the source alone is shown: "a parent mentioned | that". After "is" the
// claim is one with it: "word in the playground is that he has left".
func (t *text) claimEnd(from, to int, s sentence) int {
	for i := from + 1; i < min(to+4, s.to); i++ {
		k := &t.tokens[i]
		if k.quoted || i > to && t.endsClauseAt(i) {
			break
		}
		if k.low == "that" {
			if t.tokens[i-1].low == "is" || t.tokens[i-1].low == "has" {
				break
			}
			return i
		}
	}
	last := to
	for last > from+1 && hanging(t.tokens[last-1].low) && t.tokens[last-1].low != "is" {
		last--
	}
	if last-from >= longLead && t.tokens[last-1].low != "is" {
		return to
	}
	return t.clauseEnd(to, s)
}

// passiveTail takes in what is done with the help that was named: "being
// explored", "to be wrapped around the child".
func (t *text) passiveTail(i int, s sentence) int {
	j := i
	for j < s.to && j < i+3 && (t.tokens[j].low == "to" || t.tokens[j].low == "be" || t.tokens[j].low == "being" || t.tokens[j].low == "is" || t.tokens[j].low == "was") {
		j++
	}
	led := j > i || i > s.from && (t.tokens[i-1].low == "be" || t.tokens[i-1].low == "being")
	if !led || j >= s.to || t.tokens[j].quoted || !t.pastForm(&t.tokens[j]) && t.tokens[j].low != "given" && t.tokens[j].low != "found" {
		return i
	}
	return j + 1
}

// personTail takes in "with family" and "by class teacher" at the end of a clause:
// they name nobody.
func (t *text) personTail(end int, s sentence) int {
	i := end
	if i < s.to && (t.tokens[i].low == "with" || t.tokens[i].low == "by") {
		i++
	}
	if before := t.tokens[i-1].low; before != "with" && before != "by" {
		return end
	}
	for j := i; j < s.to && j < i+4 && !t.endsClauseAt(j); j++ {
		k := &t.tokens[j]
		if k.quoted || k.class.has(clsTitled|clsNumber) || !k.class.has(clsPerson|clsLittle|clsPupil|clsGeneral) && k.low != "year" {
			break
		}
		if t.endsClauseAt(j + 1) {
			return j + 1
		}
	}
	return end
}

// particle reports a little word that belongs to the verb before it: without it
// "dealt with" says nothing.
func particle(verb, s string) bool {
	switch verb {
	case "dealt", "deal", "dealing":
		return s == "with"
	case "now", "here":
		return s == "on"
	case "spoken", "spoke", "talked":
		return s == "with" || s == "to"
	}
	return false
}

// objectTail takes in the object or adverb that belongs to the phrase: "behaves |
// online", "relevant | support services", "failed to safeguard | the infant".
func (t *text) objectTail(end int, s sentence) int {
	for i := end; i < s.to && i <= end+tailWords; i++ {
		k := &t.tokens[i]
		if t.endsClauseAt(i) || i > end && leadsOff(k.low) && !t.endsClauseAt(i+1) {
			return i
		}
		if k.quoted || !k.word() || k.class.has(clsNumber|clsTitled|clsName) || leadsOff(k.low) && !t.endsClauseAt(i+1) {
			return end
		}
	}
	return end
}

const tailWords = 3

// softens reports a word of "a bit of a" at i.
func (t *text) softens(i int) bool {
	switch t.tokens[i].low {
	case "a", "bit", "of":
		return !t.tokens[i].quoted
	}
	return false
}

// relativeTail takes in a short "that got out of hand".
func (t *text) relativeTail(end int, s sentence) int {
	if end >= s.to || t.tokens[end].low != "that" {
		return end
	}
	if to := t.clauseEnd(end, s); to-end <= 6 {
		return to
	}
	return end
}

// leadsOff reports a word that begins another part of the sentence.
func leadsOff(s string) bool {
	switch s {
	case "with", "by", "in", "on", "at", "to", "for", "from", "of", "about", "and", "but", "or", "so", "as", "if", "when", "while", "because", "since", "after", "before", "until", "that", "which", "who", "re", "is", "was", "has", "will", "are", "than", "despite", "between", "&", "/", "today", "yesterday":
		return true
	}
	return false
}

func (t *text) clauseEnd(i int, s sentence) int {
	for i < s.to && !t.tokens[i].quoted && !t.endsClauseAt(i) {
		i++
	}
	return i
}

// bare reports a word that only leads up to a soft phrase.
func bare(s string) bool {
	switch s {
	case "and", "is", "was", "were", "are", "looked", "looks", "'s", "be", "can", "have", "has", "house", "home", "flat", "it", "they", "he", "she", "i", "came":
		return true
	}
	return false
}

// runsUp reports a word that belongs to the verb behind it: "will be", "choosing
// to".
func runsUp(s string) bool {
	switch s {
	case "will", "be", "to", "choosing", "chooses", "chose", "chosen", "continues", "continued", "continuing", "keeps", "having", "some":
		return true
	}
	return false
}

// hanging reports a word that leads on to something outside the phrase.
func hanging(s string) bool {
	switch s {
	case "the", "a", "an", "that", "of", "by", "and", "has", "is", "his", "her", "their", "to", "about", "for", "on", "in", "at", "with":
		return true
	}
	return false
}
