package chronology

import (
	"strings"
	"unicode"
)

// wordNames are forenames and surnames that are also ordinary words, which a
// sentence may begin with.
var wordNames = set(`
	amber angel april art august autumn bill black blessing bright brook brown chance charity chase church cliff
	clay cook crystal daisy dawn day dean destiny drew dusty early earnest faith fern fisher flora forest frank
	grace grant green harmony hazel head heather holly honey hope hunter iris ivy jack jade jasmine joy june
	justice king lance law lily little long love mark marsh mason may melody mercy miles miller misty nick
	olive page patience pat pearl penny pepper pierce pip pleasant poppy price prince princess prosper prudence
	queen rain ray reading rich river rob rose rowan ruby rusty sage sandy sharp short sky skip small smith star
	stone storm strong sue summer sunny temple tiger trinity unity verity victor violet wade ward white will
	willow winter wise wood woods wren young
	am an as at be by do guy he her him ho if in it man me my no on or she so song sun the to us we you`)

// deeds are words that follow a person's name at the start of a sentence, and
// seldom an ordinary word.
var deeds = set(`
	is was has had did does said says told came went ran sat stood cried left got gave took kept began felt
	found made saw heard met rang wrote spoke threw hit hid held lost ate drank slept woke wore fell broke cut
	hurt shook swore thought knew wanted seemed became can't cannot couldn't could would won't wouldn't wasn't
	isn't hasn't hadn't didn't doesn't who also then again still never later`)

// notDeeds end as a deed does and are none.
var notDeeds = set(`need feed speed proceed exceed succeed embed bed red shed led indeed
	discuss assess address process pass focus miss press access this his its us`)

// months are names that are usually dates beside a number.
var months = set("april may june august")

var beforeMonth = set("in since until till by of late early mid during from every last next this before after end")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// ordinary reports whether the capital word at words[i], which is somebody's
// name, more likely stands here for the word: in a date ("3 May"), or at the
// start of a sentence that goes on as no sentence about a person does ("Mark on
// left arm", "Will ring mum").
func ordinary(words []word, i int) bool {
	w := fold(words[i].text)
	if months[w] && datelike(words, i) {
		return true
	}
	if !wordNames[w] || !opensSentence(words, i) || strings.HasPrefix(words[i].after, "'") || strings.HasPrefix(words[i].after, "’") {
		return false
	}
	if i+1 == len(words) || strings.TrimLeft(words[i].after, " \t") != "" {
		return false // "Mark, 14, came in": a pause sets off a name
	}
	next := words[i+1].text
	if next == "and" && i+2 < len(words) {
		return !unicode.IsUpper(first(words[i+2].text))
	}
	return !deed(fold(next))
}

func datelike(words []word, i int) bool {
	if i > 0 && (hasDigit(words[i-1].text) || beforeMonth[fold(words[i-1].text)]) && strings.TrimSpace(words[i-1].after) == "" {
		return true
	}
	return i+1 < len(words) && hasDigit(words[i+1].text) && strings.TrimSpace(words[i].after) == ""
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// opensSentence reports whether nothing of the sentence stands before words[i].
func opensSentence(words []word, i int) bool {
	return i == 0 || strings.ContainsAny(words[i-1].after, ".!?:;\n\"“‘•–—-(") || strings.Contains(words[i-1].after, " '")
}

// deed reports whether w, behind a name, is something a person does or did.
func deed(w string) bool {
	if notDeeds[w] {
		return false
	}
	return deeds[w] || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "s") && len(w) > 3 && !strings.HasSuffix(w, "ss")
}
