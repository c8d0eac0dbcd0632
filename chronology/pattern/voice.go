package pattern

import (
	"fmt"
	"slices"
	"strings"
)

// speaks reports whether the event holds the child's own words: in their own
// field, or quoted in the account and said by the child.
func (i *item) speaks() bool { return holdsWords(i.Voice) || i.isEntry() && quotesChild(i.Text) }

// noWords are what people write into the box for the child's words when they
// have none.
var noWords = set("none no not n a na nil tbc unknown known yet nothing spoken to with asked seen recorded given applicable available obtained sought " +
	"noted said non verbal non-verbal absent ill off the child childs child's pupil words voice was were today at this time yet did want talk speak say engage disclose disclosure made respond answer comment see above below details declined refused unable baby too young")

var wordless = set("none no not nil na tbc unknown n did child pupil see declined refused unable non non-verbal")

// holdsWords reports whether the box for the child's words holds some: "Not
// spoken to" are the writer's.
func holdsWords(voice string) bool {
	words := split(voice)
	if len(words) == 0 {
		return false
	}
	if strings.ContainsAny(voice, "\"“‘") || !wordless[words[0].text] {
		return true
	}
	return slices.ContainsFunc(words, func(w word) bool { return !noWords[w.text] })
}

var plainQuotes = strings.NewReplacer("“", `"`, "”", `"`, "‘", `"`)

// quotesChild reports whether an account quotes the child.
func quotesChild(text string) bool {
	if !strings.Contains(text, `"`) && !strings.Contains(text, "“") && !strings.Contains(text, "‘") {
		return false
	}
	parts := strings.Split(plainQuotes.Replace(text), `"`)
	outside := "" // of all quotations so far
	for n := 1; n+1 < len(parts); n += 2 {
		outside += parts[n-1]
		if len(strings.Fields(parts[n])) >= 2 && saidByChild(split(strings.ToValidUTF8(outside[max(0, len(outside)-200):], ""))) {
			return true
		}
	}
	return false
}

// saidByChild reports whether the last words before a quotation say that the
// child said it.
func saidByChild(words []word) bool {
	verb := len(words) - 1
	for verb >= 0 && verb >= len(words)-4 && !saying[words[verb].text] {
		verb--
	}
	if verb < 0 || verb < len(words)-4 {
		return false
	}
	for i := verb - 1; i >= 0 && words[i].sentence == words[verb].sentence && i >= verb-5; i-- {
		switch {
		case isOther(words, i) || adults[words[i].text] || staff[words[i].text] || passive[words[i].text]:
			return false
		case pronouns[words[i].text]:
			return !meansAdult(words, i)
		case words[i].child:
			return true
		}
	}
	return !meansAdult(words, verb)
}

var (
	saying   = set("said says say told tells replied answered whispered disclosed stated wrote explained reported claimed claims thinks thought shouted")
	pronouns = set("he she they")
	passive  = set("was were been being got")
)

// meansAdult reports whether "he" or "she" at words[i], or a sentence without a
// subject, goes on about an adult with whom the sentence before begins.
func meansAdult(words []word, i int) bool {
	from := i
	for from > 0 && words[from-1].sentence >= words[i].sentence-1 {
		from--
	}
	for ; from < i && words[from].sentence < words[i].sentence; from++ {
		who, owner := person(words[from])
		switch {
		case owner:
		case family[who] || kin[who] || titles[who] || adults[who]:
			return acts(words, from) && !unlike(words[i].text, who)
		case words[from].child:
			return false
		}
	}
	return false
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
		text := fmt.Sprintf("The child's own words are in %s", share(len(with), n))
		for _, latest := range slices.Backward(with) {
			if latest.day != noDay {
				text += ", the latest on " + onlyDate(latest.When)
				break
			}
		}
		out.Voice = statement(Voice, "child", with, "%s.", text)
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
