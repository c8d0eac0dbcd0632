package wording

// flagged returns the tokens [from, to) to show for a match of a phrase: without
// little words left hanging at either end, and for hearsay with the whole claim.
func (t *text) flagged(kind Kind, m match) (from, to int) {
	from, to = m.open, m.shut
	s := t.sentenceOf(from)
	switch kind {
	case Hearsay:
		to = t.clauseEnd(to, s)
	case OpinionAsFact:
		if end := t.clauseEnd(to, s); end-to <= 3 {
			to = end
		}
		if from > s.from && t.tokens[from-1].class.has(clsFamily|clsName|clsPupil) && !t.tokens[from-1].quoted {
			from--
		}
	case Euphemism, VagueConcern:
		for from < to-1 && (t.tokens[from].class.has(clsFamily|clsPupil) || bare(t.tokens[from].low)) {
			from++
		}
	}
	for to > from+1 && hanging(t.tokens[to-1].low) {
		to--
	}
	return from, to
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

// hanging reports a word that leads on to something outside the phrase.
func hanging(s string) bool {
	switch s {
	case "the", "a", "an", "that", "of", "by", "and", "has", "is", "his", "her", "their", "to", "about", "for", "on", "in", "at", "with":
		return true
	}
	return false
}
