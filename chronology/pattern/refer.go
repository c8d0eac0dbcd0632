package pattern

import (
	"fmt"
	"slices"
	"strings"

	"throughline/records"
)

// refers reports whether the event says that a referral to children's social
// care was made: telephoned or sent. One that was thought of, refused or decided
// against was not.
func (i *item) refers() bool {
	if i.Kind == records.KindReferral {
		return i.Sent != ""
	}
	for _, h := range i.said.all("referral", anywhere) {
		words := i.said.in(h.field)
		if !near(words, h.from, 6, undecided) && !notMade(words, h.to) && !byFamily(words, h.from) && i.toSocialCare(h) {
			return true
		}
	}
	return false
}

// undecided are words that make a referral one that was only thought of, asked
// for or turned down.
var undecided = set("consider considered considering discuss discussed whether if may might will need needs should would could plan possible potential " +
	"awaiting before until against refused refuses refuse declined declines advise advised recommend recommended suggested asked wants wanted want " +
	"rather instead")

// notMade reports whether the words after a referral say that it was not made.
func notMade(words []word, to int) bool {
	for i := to; i < len(words) && i < to+8 && words[i].clause == words[to-1].clause; i++ {
		switch words[i].text {
		case "considered", "refused", "unnecessary", "discussed", "if":
			return true
		case "to":
			if i+1 < len(words) && words[i+1].text == "be" {
				return true
			}
		case "not", "never":
			for j := i + 1; j < len(words) && j < i+3; j++ {
				if unmade[words[j].text] {
					return true
				}
			}
		}
	}
	return false
}

var unmade = set("made needed sent required necessary appropriate submitted completed agreed pursued")

// toSocialCare reports whether a referral went to children's social care. Where
// it says to whom it went, that counts; where it does not, the entry must speak
// of social care and of nobody else to refer to.
func (i *item) toSocialCare(h hit) bool {
	words := i.said.in(h.field)
	if words[h.to-1].text == "to" || h.to < len(words) && words[h.to].text == "to" {
		for _, care := range i.said.all("socialcare", h.field) {
			if care.to > h.from && care.from < h.to+6 && words[care.to-1].sentence == words[h.from].sentence {
				return true
			}
		}
		return false
	}
	return i.said.mentions("socialcare") && !i.said.has("othercare", h.field)
}

// known reports whether the words say that social care works with the child.
func (i *item) known() bool {
	for _, h := range i.said.all("known", anywhere) {
		words := i.said.in(h.field)
		if !near(words, h.from, 6, undecided) && !byFamily(words, h.from) {
			return true
		}
	}
	return false
}

// isPlan reports whether a status means that social care works with the child.
func isPlan(s records.StatusKind) bool {
	return s == records.ChildInNeed || s == records.ChildProtect || s == records.LookedAfter
}

// knownDays is how long after an entry that speaks of a social worker there is
// still taken to be one.
const knownDays = 90

// withoutReferral asks why several concerns led to no referral, those since the
// last one. While social care works with the child nobody refers. A contact is
// not a referral, and is named.
func (l *line) withoutReferral(out *Reading) {
	var concerns, contacts []*item
	var made *item
	known := noDay // social care works with the child up to this day
	for _, it := range l.own {
		switch {
		case isPlan(it.Status):
			known = max(known, l.planEnd(it))
		case it.known():
			known = max(known, it.day+knownDays)
		case it.refers():
			made = it
		default:
			if it.said.has("contact", anywhere) {
				contacts = append(contacts, it)
			}
			if it.day > known && it.isEntry() && it.isHarm() {
				concerns = append(concerns, it)
			}
			continue
		}
		concerns, contacts = nil, nil
	}
	if known >= l.asOf || !manyConcerns(concerns) {
		return
	}
	text, refers := capital(entries(len(concerns)))+" about harm or neglect", "and no entry says that a referral to children's social care was made"
	if made != nil {
		text += fmt.Sprintf(" since the referral of %s", made.sentOn())
		refers = "and no entry says that another was made"
	}
	text += fmt.Sprintf(" (%s), %s", span(concerns), refers)
	if len(contacts) > 0 {
		text += fmt.Sprintf("; contact with them is written of (%s), and a contact is not a referral", span(contacts))
	}
	out.ask(7, statement(NoReferral, "social care", append(concerns, contacts...), "%s.", text))
}

// sentOn returns when a referral was made, as people say it.
func (i *item) sentOn() string {
	if i.Sent != "" {
		return i.Sent.String()
	}
	return onlyDate(i.When)
}

// manyConcerns reports whether concerns are so many within a year, so serious or
// of so many kinds that somebody should ask about a referral.
func manyConcerns(concerns []*item) bool {
	kinds := map[string]bool{}
	serious := false
	for _, it := range concerns {
		serious = serious || it.Severity >= 3
		for _, s := range strandNames(it.strandBits()) {
			kinds[s] = true
		}
		for _, c := range it.cats {
			kinds[string(c)] = true
		}
	}
	for strand, c := range map[string]records.Category{"hunger": records.Neglect, "hygiene and clothing": records.Neglect, "injury": records.Physical, "absence": records.Attendance} {
		if kinds[strand] {
			delete(kinds, string(c)) // a kind of concern is not two by having two names
		}
	}
	n := inOneYear(concerns)
	return n >= 4 && (n >= 6 || serious || len(kinds) >= 2)
}

// noFurtherAction reports whether it was decided to do nothing more: by what
// social care answered, or by the box for the decision. Where that is empty the
// outcome says it or what was done, as in most spreadsheets. A challenge speaks
// of a decision and is none.
func (i *item) noFurtherAction() bool {
	f := inDecision
	switch {
	case i.Kind == records.KindReply:
		return strings.Contains(i.Decision, "No further action")
	case i.Sibling != "" || !i.isEntry() && i.Kind != records.KindMeeting && i.Kind != Meeting:
		return false
	case i.Decision == "":
		f = inOutcome | inAction
	}
	if i.said.has("measure", f) { // something was done after all
		return false
	}
	for _, h := range i.said.all("nfa", f) {
		words := i.said.in(h.field)
		if !near(words, h.from, 6, mentioned) && !undone(words, h.to) && !byPolice(words, h) {
			return true
		}
	}
	return false
}

// byPolice reports whether it was the police alone who took no further action:
// they decide about a crime, not about a child.
func byPolice(words []word, h hit) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.text == "police" && w.sentence == words[h.from].sentence }) &&
		!slices.ContainsFunc(words, func(w word) bool { return doors[w.text] && w.sentence == words[h.from].sentence })
}

var doors = set("mash csc social care")

// mentioned are words after which a decision is only spoken of.
var mentioned = set("why after despite following disagree disagreed disagrees challenge challenged challenging escalated about query queried question " +
	"questioned since if unless until previous previously earlier last overturned")

// undone reports whether the words after a decision say that it did not stand.
func undone(words []word, to int) bool {
	for i := to; i < len(words) && i < to+5 && words[i].clause == words[to-1].clause; i++ {
		if overturned[words[i].text] {
			return true
		}
	}
	return false
}

var overturned = set("overturned challenged disputed queried questioned reconsidered withdrawn reversed")
