package pattern

import (
	"maps"
	"slices"
	"strings"
)

// An entry about a child is full of other people. What is said of them is not
// said of the child, and what they say the school has not seen.

// family are adults who belong to a child; lay are others around one, and kin
// those and the people of the school and of services, who are not the child
// either.
var (
	family = set("mum mummy mam mother dad daddy father stepdad stepmum stepfather stepmother step-dad step-mum step-father step-mother " +
		"parent parents partner boyfriend girlfriend nan nana nanny gran granny grandma grandmother grandad granddad grandpa grandfather " +
		"carer carers uncle aunt auntie aunty childminder family")
	lay = set("brother sister sibling siblings brothers sisters twin half-brother half-sister stepbrother stepsister cousin cousins " +
		"friend friends mate mates neighbour neighbours lodger caller")
	kin   = union(lay, set("teacher ta worker sw hv dsl"))
	women = set("mum mummy mam mother stepmum stepmother step-mum step-mother nan nana nanny gran granny grandma grandmother aunt auntie aunty girlfriend sister mrs miss ms")
	men   = set("dad daddy father stepdad stepfather step-dad step-father grandad granddad grandpa grandfather uncle boyfriend brother mr")
)

// plainWords may stand between a person and what that person has or is: "mum
// was still very tired", "dad's two bad burns".
var plainWords = set("has had have having is was are were been being look looks looked seem seems seemed appear appears appeared feels felt gets got " +
	"with a an two three four some more many very quite so too still always often also again both and or visible large small big bad nasty " +
	"fresh old recent black minor facial severe came in arrived presented attended turned up")

// harmed are what may have been done to a person: "mum has been hit and has a
// bruise".
var harmed = set("hit assaulted attacked punched kicked hurt injured pushed strangled beaten")

// objectAfter are words after which a person is not the one who acts.
var objectAfter = set("to with by from at for of on told tell rang ring phoned phone called call asked ask met saw see informed contacted texted emailed about re")

var possessors = set("his her their the my our a")

// person returns a word without the ending of a possessor, and whether it had
// one.
func person(w word) (string, bool) { return strings.CutSuffix(w.text, "'s") }

// isOther reports whether words[i] is somebody who is not the child: by what
// they are called, or by what stands before their name.
func isOther(words []word, i int) bool {
	who, _ := person(words[i])
	if words[i].listed || family[who] || kin[who] || titles[who] {
		return true
	}
	return i > 0 && words[i].name && (titles[words[i-1].text] || beforeName[words[i-1].text])
}

// beforeName are words that stand before the name of the person they are.
var beforeName = set("uncle aunt auntie aunty stepdad stepmum stepfather stepmother step-dad step-mum partner boyfriend girlfriend teacher cousin brother sister friend nan neighbour")

// acts reports whether the person at words[i] is one who acts, not somebody to
// whom something is done.
func acts(words []word, i int) bool {
	for i--; i >= 0 && possessors[words[i].text]; i-- {
		if words[i].clause != words[i+1].clause {
			return true
		}
	}
	return i < 0 || words[i].clause != words[i+1].clause || !objectAfter[words[i].text]
}

// ofOther reports whether a sign is of somebody who is not the child: "mum has
// lost weight", "dad's burn", "a bruise on his brother's arm". before are the
// hits that stand before it.
func (h hit) ofOther(words []word, before []hit) bool {
	clause := words[h.from].clause
	same := func(i int) bool { return i >= 0 && i < len(words) && words[i].clause == clause }
	if i := h.to; same(i) && bearing[words[i].text] {
		for i++; same(i) && possessors[words[i].text]; i++ {
		}
		if same(i) && isOther(words, i) {
			return true
		}
	}
	i := h.from - 1
	for same(i) && (plainWords[words[i].text] || harmed[words[i].text] && same(i-1) && passive[words[i-1].text]) {
		i--
	}
	if same(i) && isOther(words, i) {
		_, owner := person(words[i])
		return owner || acts(words, i)
	}
	return slices.ContainsFunc(before, func(b hit) bool { return b.other && b.field == h.field && h.goesOn(words, b) })
}

func union(a, b map[string]bool) map[string]bool {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

var bearing = set("to on of above under around over")

// goesOn reports whether a sign goes on with what was said of somebody else, as
// the second of "mum was bruised and in tears" and of "dad's black eye, split
// lip": nobody else comes between them, nor is the second "his".
func (h hit) goesOn(words []word, b hit) bool {
	if b.to > h.from || words[b.from].sentence != words[h.from].sentence {
		return false
	}
	listed := words[b.from].clause != words[h.from].clause
	for i := b.to; i < h.from; i++ {
		if words[i].child || isOther(words, i) {
			return false
		}
	}
	for i := h.to; listed && i < len(words) && words[i].clause == words[h.from].clause; i++ {
		if words[i].child && words[i].text != "her" || words[i].text == "his" {
			return false
		}
	}
	return !listed || b.sign == h.sign || b.sign == "assaulted"
}

// byFamily reports whether one of the family does what stands at words[at]:
// "mum told staff", "dad saw him".
func byFamily(words []word, at int) bool {
	through := "" // "mum said she spoke to him"
	for i := at - 1; i >= 0 && words[i].clause == words[at].clause; i-- {
		who, owner := person(words[i])
		switch {
		case family[who] || lay[who]:
			return !owner && acts(words, i) && (through == "" || accounts[words[i+1].text] && !unlike(through, who))
		case pronouns[who]:
			through = who
		case words[i].child, kin[who], titles[who], adults[who], staff[who]:
			return false
		}
	}
	return false
}

// unlike reports whether a pronoun cannot stand for somebody: "he" for a mother.
func unlike(pronoun, who string) bool {
	return pronoun == "he" && women[who] || pronoun == "she" && men[who]
}

var staff = set("i we staff us")

// reporters tell of a child whom the school did not see.
var reporters = set("neighbour neighbours caller clinic surgery dentist optician anonymous public landlord receptionist")

var ringing = set("rang phoned telephoned called emailed e-mailed texted messaged wrote rings calls phones emails texts writes call email e-mail letter message text voicemail")

// reported reports whether somebody outside the school tells what stands at
// words[at]: in its sentence, or as the caller with whom the account opens.
func reported(words []word, at int) bool {
	for i := range at {
		who, _ := person(words[i])
		if !family[who] && !lay[who] && !reporters[who] {
			continue
		}
		for j := max(0, i-3); j < min(len(words), i+4); j++ {
			if words[j].sentence != words[i].sentence || j == i {
				continue
			}
			if words[i].sentence == 0 && ringing[words[j].text] {
				return true
			}
			if j > i && words[i].sentence == words[at].sentence && accounts[words[j].text] {
				return true
			}
		}
	}
	return false
}
