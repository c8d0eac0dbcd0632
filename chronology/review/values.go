package review

import (
	"slices"
	"strings"
	"unicode"

	"throughline/chronology/pattern"
	"throughline/records"
)

// event returns the row as pattern reads it.
func (r row) event(n int, w records.When) pattern.Event {
	e := pattern.Event{
		Row: n, When: w, Severity: severityOf(r.get("severity")), Source: sourceOf(r.get("source")), Place: r.get("location"),
		Text: r.get("summary"), Voice: r.get("childs_words"), Action: r.get("action"), Decision: r.get("decision"), Outcome: r.get("outcome"),
	}
	if c := categoriesOf(r.get("category")); len(c) > 0 {
		e.Category, e.Categories = c[0], c[1:]
	}
	return e
}

// aliases are words by which people name a category, each found as a whole
// word, longer ones first. They are tried in order.
var aliases = []struct {
	category records.Category
	words    []string
}{
	{records.SelfHarm, []string{"self harm", "selfharm", "self harming", "self injury", "suicide", "suicidal", "suicidal ideation", "overdose"}},
	{records.HonourBased, []string{"honour", "hba", "hbv", "fgm", "female genital mutilation", "forced marriage", "honour based"}},
	{records.Radicalised, []string{"radicalisation", "radicalization", "extremism", "extremist", "prevent", "channel", "terrorism"}},
	{records.Exploitation, []string{"exploitation", "cse", "cce", "county lines", "gang", "gangs", "trafficking", "modern slavery", "grooming", "criminal exploitation", "serious violence", "weapon", "knife"}},
	{records.ChildOnChild, []string{"child on child", "peer on peer", "peer", "bullying", "bullied", "cyberbullying", "harmful sexual behaviour", "hsb", "sexual harassment", "fight", "fighting"}},
	{records.DomesticAbuse, []string{"domestic", "domestic abuse", "domestic violence", "dv", "da", "operation encompass", "op encompass", "encompass", "dva"}},
	{records.Sexual, []string{"sexual", "sexual abuse", "csa", "sexualised", "sexualised behaviour"}},
	{records.Physical, []string{"physical", "injury", "injuries", "bruise", "bruising", "bruises", "mark", "marks", "non accidental injury", "nai", "physical abuse", "assault", "hit"}},
	{records.Neglect, []string{"neglect", "neglected", "hygiene", "hunger", "hungry", "clothing", "uniform", "food", "unkempt", "supervision", "home conditions", "housing", "head lice"}},
	{records.Missing, []string{"missing", "missing from home", "missing from education", "mfh", "mfe", "cme", "absconded", "absconding", "runaway"}},
	{records.Attendance, []string{"attendance", "absence", "absent", "absences", "late", "lateness", "punctuality", "truancy", "late collection", "not collected", "exclusion", "suspension"}},
	{records.Substance, []string{"substance", "substances", "drug", "drugs", "alcohol", "vaping", "smoking", "cannabis", "substance misuse"}},
	{records.MentalHealth, []string{"mental", "mental health", "mh", "anxiety", "anxious", "depression", "low mood", "wellbeing", "well being", "camhs", "eating disorder", "semh"}},
	{records.Online, []string{"online", "internet", "e safety", "esafety", "social media", "sexting", "digital", "mobile phone", "phone use", "nudes"}},
	{records.Emotional, []string{"emotional", "emotional abuse", "psychological", "emotional wellbeing", "distress"}},
	{records.Medical, []string{"medical", "health", "appointment", "appointments", "was not brought", "dna", "dental", "dentist", "hospital", "gp", "illness", "medication"}},
	{records.FamilyChange, []string{"family", "home", "bereavement", "parent", "parents", "parental", "separation", "new partner", "household", "carer", "young carer", "homelessness", "change at home", "sibling", "parenting", "contact"}},
}

// categoriesOf returns the categories that a cell names, the first as the main
// one; Other where it names something else, and none where it is empty.
func categoriesOf(cell string) []records.Category {
	if plain(cell) == "" {
		return nil
	}
	if c, ok := named(cell); ok {
		return []records.Category{c}
	}
	var found []records.Category
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";,/|&+\n", r) }) {
		c, ok := named(part)
		if !ok {
			c, ok = alias(part)
		}
		if ok && !slices.Contains(found, c) {
			found = append(found, c)
		}
	}
	if len(found) == 0 {
		found = []records.Category{records.OtherConcern}
	}
	return found
}

// named returns the category with that code or name.
func named(s string) (records.Category, bool) {
	s = plain(s)
	for _, c := range records.Categories() {
		if s == plain(string(c)) || s == plain(c.String()) {
			return c, true
		}
	}
	return "", false
}

// alias returns the category one of whose words stands in s; where several do,
// that of the longest.
func alias(s string) (records.Category, bool) {
	s = " " + plain(s) + " "
	best, length := records.Category(""), 0
	for _, a := range aliases {
		for _, w := range a.words {
			if len(w) > length && strings.Contains(s, " "+w+" ") {
				best, length = a.category, len(w)
			}
		}
	}
	return best, length > 0
}

// plain returns s in small letters, its words with one space between them.
func plain(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// grades are words for how serious something looked. "Low, medium, high" and
// the colours of a traffic light keep their order.
var grades = []struct {
	grade records.Severity
	words []string
}{
	{5, []string{"immediate", "critical", "emergency", "urgent", "danger", "extreme", "severe risk"}},
	{4, []string{"very serious", "very high", "high", "severe", "red", "significant"}},
	{3, []string{"serious", "medium high", "moderate", "medium", "med", "amber", "orange"}},
	{2, []string{"low", "worrying", "concerning", "mild", "yellow", "green", "some concern"}},
	{1, []string{"small worry", "very low", "minimal", "minor", "slight", "trivial", "no concern", "none"}},
}

// severityOf reads how serious something looked: 1 to 5, or a word; 0 where it
// cannot be read.
func severityOf(cell string) records.Severity {
	s := plain(cell)
	for g := records.Severity(1); g <= 5; g++ {
		if s == plain(g.String()) {
			return g
		}
	}
	s = undenied(cell)
	best, length := records.Severity(0), 0
	for _, g := range grades {
		for _, w := range g.words {
			if len(w) > length && strings.Contains(" "+s+" ", " "+w+" ") {
				best, length = g.grade, len(w)
			}
		}
	}
	if length > 0 {
		return best
	}
	for _, w := range strings.Fields(s) { // "3", "Level 3", "3/5"
		if len(w) == 1 && w[0] >= '1' && w[0] <= '5' {
			return records.Severity(w[0] - '0')
		}
	}
	return 0
}

// undenied returns a cell in plain words without what it denies: "Low - not
// significant" is "low". "No concern" says something by itself.
func undenied(cell string) string {
	var said []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;:/()–-\n", r) }) {
		words := strings.Fields(plain(part))
		if i := slices.IndexFunc(words, func(w string) bool { return w == "not" || w == "no" || w == "non" || w == "without" }); i >= 0 &&
			(words[i] != "no" || i+1 == len(words) || !strings.HasPrefix(words[i+1], "concern")) {
			words = words[:i]
		}
		said = append(said, words...)
	}
	return strings.Join(said, " ")
}

// origins are words for how something is known. They are tried in order.
var origins = []struct {
	source records.Source
	words  []string
}{
	{records.Unattributed, []string{"hearsay", "rumour", "rumor", "gossip", "anonymous", "unattributed", "unknown", "not known", "overheard"}},
	{records.FromRecords, []string{"record", "records", "file", "chronology", "previous school", "register", "other records", "cpoms", "myconcern"}},
	{records.FromAgency, []string{
		"agency", "police", "social care", "social worker", "social services", "mash", "health visitor", "gp", "hospital", "nurse", "camhs", "csc",
		"housing", "early help", "external", "professional", "lado", "probation", "encompass",
	}},
	{records.ToldByChild, []string{"child", "pupil", "student", "disclosure", "disclosed", "self", "young person", "told by child", "told by the child"}},
	{records.Seen, []string{"seen", "observed", "observation", "witnessed", "saw", "direct", "first hand", "heard", "seen by writer", "staff observation"}},
	{records.ToldByOther, []string{
		"told", "reported", "parent", "mother", "father", "mum", "dad", "carer", "grandparent", "neighbour", "friend", "sibling", "staff", "teacher", "ta",
		"member of staff", "third party", "family", "another", "peer", "public",
	}},
}

// sourceOf returns the records.Source that a cell names, or the cell as it is
// written where it names none.
func sourceOf(cell string) string {
	s := plain(cell)
	for _, k := range records.Sources() {
		if s == plain(string(k)) || s == plain(k.String()) {
			return string(k)
		}
	}
	s = strings.NewReplacer("child s ", "", "pupil s ", "", "student s ", "").Replace(s) // of "the child's mother" the mother told
	for _, o := range origins {
		for _, w := range o.words {
			if strings.Contains(" "+s+" ", " "+w+" ") {
				return string(o.source)
			}
		}
	}
	return cell
}
