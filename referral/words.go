package referral

import (
	"strings"
	"unicode"

	"throughline/records"
)

// Words that raise a question. They are whole words or runs of words, small.
var (
	marks = []string{
		"bruise", "bruises", "bruised", "bruising", "mark", "marks", "burn", "burns", "scald", "swelling", "swollen", "fracture",
		"broken", "scratch", "scratches", "cut", "bite", "injury", "injuries", "black eye",
	}
	babies = []string{
		"baby", "baby's", "babies", "newborn", "infant", "weeks old", "months old", "week old", "month old",
		"not walking yet", "not crawling yet",
	}
	still = []string{
		"wheelchair", "immobile", "non mobile", "not mobile", "cannot walk", "can't walk", "does not walk", "unable to walk",
		"cannot move", "does not move", "hoist", "hoisted", "cannot crawl",
	}
	sexual = []string{
		"sex", "sexual", "sexually", "intercourse", "pregnant", "pregnancy", "condom", "condoms", "contraception", "rape", "raped",
		"slept with", "sleeping with", "morning after pill",
	}
	medics = []string{
		"doctor", "doctors", "gp", "hospital", "paediatrician", "consultant", "a e", "nurse", "medical", "clinic", "radiologist",
		"ambulance",
	}
	unsure = []string{
		"unclear", "not clear", "not sure", "unsure", "unknown", "not known", "cannot say", "can't say", "could not say", "couldn't say",
		"unexplained", "inconclusive", "no cause", "cannot tell", "could not tell", "may be accidental", "might be accidental",
		"could be accidental", "could have been an accident", "possibly accidental", "no explanation", "cannot be ruled out",
		"cannot rule out",
	}
	dropped = []string{
		"no further action", "nfa", "nfa'd", "no charge", "no charges", "not charged", "not enough evidence", "insufficient evidence",
		"no evidence", "dropped", "not proceeding", "will not proceed", "not prosecute", "not pursuing", "case closed", "closed the case",
		"released without charge", "not a crime", "no crime",
	}
)

// phrase is one sentence as small words with one space between and around them.
type phrase string

// phraseOf returns a text as a phrase. Everything but letters, digits and
// apostrophes parts words.
func phraseOf(text string) phrase {
	text = strings.ReplaceAll(strings.ToLower(text), "’", "'")
	words := strings.FieldsFunc(text, func(r rune) bool { return r != '\'' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return phrase(" " + strings.Join(words, " ") + " ")
}

// has reports whether the phrase has one of these words, or runs of words.
func (p phrase) has(words ...string) bool {
	for _, w := range words {
		if strings.Contains(string(p), " "+w+" ") {
			return true
		}
	}
	return false
}

// sentencesOf returns every sentence of a concern.
func sentencesOf(c *records.Concern) []phrase {
	var all []phrase
	for _, text := range []string{c.Account, c.ChildsWords, c.Presentation, c.Opinion, c.Action, c.Decision, c.Reason, c.Outcome} {
		for s := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(".!?;\n", r) }) {
			all = append(all, phraseOf(s))
		}
	}
	return all
}

func anyOf(all []phrase, is func(phrase) bool) bool {
	for _, s := range all {
		if is(s) {
			return true
		}
	}
	return false
}
