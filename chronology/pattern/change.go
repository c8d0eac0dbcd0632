package pattern

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"throughline/records"
)

// recentDays is how many school days before the last entry count as new: about
// half a term.
const recentDays = 40

// minBefore is how many entries must lie before something for it to be new.
const minBefore = 4

// gravest are kinds of concern whose first entry is worth a statement; of the
// others it takes two.
var gravest = []records.Category{
	records.Physical, records.Sexual, records.DomesticAbuse, records.Exploitation, records.SelfHarm,
	records.Missing, records.HonourBased, records.Radicalised,
}

// newThings says what is written of for the first time, and what began with a
// dated change at home.
func (l *line) newThings(out *Reading) {
	tied := l.sinceChange()
	out.Patterns = append(out.Patterns, tied...)
	for _, c := range l.categories() {
		if c == records.OtherConcern || slices.ContainsFunc(tied, func(s Statement) bool { return strings.HasSuffix(s.Subject, "/"+string(c)) }) {
			continue
		}
		about := l.about(c)
		grave := slices.Contains(gravest, c) || slices.ContainsFunc(about, func(it *item) bool { return it.Severity >= 4 })
		if len(about) < 2 && !grave {
			continue
		}
		if s, ok := l.firstTime(string(c), about, capital(name(c))+" is"); ok {
			out.Patterns = append(out.Patterns, s)
		}
	}
}

// firstTime returns the statement that something is new, if it is: its first
// entry lies in the last recentDays, with enough entries before that tell of
// other things.
func (l *line) firstTime(subject string, items []*item, what string) (Statement, bool) {
	first, last := items[0], l.entries[len(l.entries)-1]
	before := slices.IndexFunc(l.entries, func(it *item) bool { return it.day >= first.day })
	if subject == string(records.Physical) && slices.ContainsFunc(l.entries[:max(before, 0)], (*item).injured) {
		return Statement{}, false // an injury was written of before, under another heading
	}
	if before < minBefore || first.index <= last.index-recentDays || first.index-l.entries[0].index < recentDays {
		return Statement{}, false
	}
	again := ""
	if n := len(items) - 1; n > 0 {
		again = ", and " + times(n) + " since"
	}
	s := statement(New, subject, items, "%s new: first written of on %s%s; the %s before (from %s) are about other things.",
		what, onlyDate(first.When), again, entries(before), onlyDate(l.entries[0].When))
	s.strength = 2 + float64(len(items))/2
	return s, true
}

// changesAtHome returns the dated changes in the household.
func (l *line) changesAtHome() []*item {
	var list []*item
	for _, it := range l.own {
		switch it.Kind {
		case Household, records.KindTie, records.KindPerson:
		default:
			if !it.isEntry() || !it.isExact() || !it.said.has("household", inText) {
				continue
			}
		}
		if n := len(list); n == 0 || list[n-1].day < it.day {
			list = append(list, it)
		}
	}
	return list
}

// sinceChange compares, for all entries and for each kind of concern, the
// school days before a change at home with those since: exact, and corrected
// for how many were tried.
func (l *line) sinceChange() []Statement {
	changes := l.changesAtHome()
	if len(changes) == 0 || len(l.entries) < minTrend {
		return nil
	}
	start, end := l.begin(), l.entries[len(l.entries)-1]
	tried := float64(len(changes) * (1 + len(l.categories())))
	var found []Statement
	for _, change := range changes {
		before, since := change.index-start.index, end.index-change.index+1
		if before < 10 || since < 1 {
			continue
		}
		for _, c := range append([]records.Category{""}, l.categories()...) {
			about := l.entries
			if c != "" {
				about = l.about(c)
			}
			if s, ok := l.compare(change, c, about, before, since, tried); ok {
				found = append(found, s)
			}
		}
	}
	return keepStrongest(found)
}

// begin returns the first event that the school wrote down as it happened. A
// household's past is told in hindsight: before that event nobody was counting.
func (l *line) begin() *item {
	for _, it := range l.own {
		switch it.Kind {
		case Household, records.KindTie, records.KindPerson, records.KindStatus:
		default:
			return it
		}
	}
	return l.own[0]
}

func (l *line) compare(change *item, c records.Category, about []*item, before, since int, tried float64) (Statement, bool) {
	var early, late []*item
	for _, it := range about {
		switch {
		case it == change:
		case it.day < change.day:
			early = append(early, it)
		default:
			late = append(late, it)
		}
	}
	a, b := len(schoolDays(early)), len(schoolDays(late))
	p := tried * binomialTail(a+b, b, float64(since)/float64(before+since))
	if b < minRecur || p > alarm {
		return Statement{}, false
	}
	what := "Entries"
	if c != "" {
		what += " about " + name(c)
	}
	last := l.entries[len(l.entries)-1]
	s := statement(New, string(change.When.Date)+"/"+string(c), append(append(early, change), late...),
		"%s: %s in the %s before %s, when %s; %s in the %s since, to %s.",
		what, number(len(early)), schoolDay(before), onlyDate(change.When), change.inShort(), number(len(late)), schoolDay(since), onlyDate(last.When))
	s.Count = len(early) + len(late)
	return tested(s, p), true
}

// keepStrongest leaves one statement for each kind of concern: of several
// changes near one another, the one that parts the entries best.
func keepStrongest(list []Statement) []Statement {
	strongestFirst(list)
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(s Statement) bool {
		_, of, _ := strings.Cut(s.Subject, "/")
		again := seen[of]
		seen[of] = true
		return again
	})
}

// inShort returns what an event says, quoted, for use inside a sentence.
func (i *item) inShort() string {
	text := strings.Join(strings.Fields(i.Text), " ")
	if end := sentenceEnd(text); end > 0 {
		text = text[:end]
	}
	if runes := []rune(text); len(runes) > 80 {
		text = string(runes[:79]) + "…"
	}
	if text == "" {
		return "there was a change at home"
	}
	return fmt.Sprintf("it is written “%s”", text)
}

// sentenceEnd returns where the first sentence of a text ends, or -1. A stop
// after a short word ("Mr.", "St.") or within one ("3.15") ends none.
func sentenceEnd(text string) int {
	for i, r := range text {
		rest := text[i+utf8.RuneLen(r):]
		word := text[strings.LastIndexByte(text[:i], ' ')+1 : i]
		switch {
		case r != '.' && r != '!' && r != '?', rest != "" && rest[0] != ' ':
		case r == '.' && rest != "" && len(word) <= 3 && word != "" && unicode.IsUpper([]rune(word)[0]):
		default:
			return i
		}
	}
	return -1
}

// quietAlarm is how often chance alone may end a kind of concern early before it
// is called quiet: a child has many kinds of entry, and each ends some time.
const quietAlarm = 0.01

// quietKinds says which kinds of concern went quiet while others went on.
func (l *line) quietKinds(out *Reading) {
	if len(l.entries) < minTrend {
		return
	}
	cats := l.categories()
	first, last := l.entries[0], l.entries[len(l.entries)-1]
	total := float64(last.index - first.index)
	for _, c := range cats {
		about := l.about(c)
		n := len(about)
		if n < minBefore || c == records.OtherConcern {
			continue
		}
		end := about[n-1]
		// The last of n falls this early when all of them do.
		p := float64(len(cats)) * math.Pow(float64(end.index-first.index)/max(1, total), float64(n))
		silent := last.index - end.index
		if p > quietAlarm || silent < 20 {
			continue
		}
		s := statement(Quiet, string(c), about, "Nothing is written about %s after %s, though the line goes on for %s; before, there were %s of it. That does not say that it stopped.",
			name(c), onlyDate(end.When), schoolDay(silent), entries(n))
		s.From = end.When.Date
		out.Quiet = append(out.Quiet, tested(s, p))
	}
}
