package records

import "slices"

// Category is what a concern is about. There are few on purpose: with many,
// counts mean little.
type Category string

// The categories of concern.
const (
	Neglect       Category = "neglect"
	Physical      Category = "physical"
	Emotional     Category = "emotional"
	Sexual        Category = "sexual"
	DomesticAbuse Category = "domestic_abuse"
	ChildOnChild  Category = "child_on_child"
	Exploitation  Category = "exploitation"
	MentalHealth  Category = "mental_health"
	SelfHarm      Category = "self_harm"
	Online        Category = "online"
	Attendance    Category = "attendance"
	Missing       Category = "missing"
	Substance     Category = "substance"
	HonourBased   Category = "honour_based"
	Radicalised   Category = "radicalisation"
	FamilyChange  Category = "family"
	Medical       Category = "medical"
	OtherConcern  Category = "other"
)

var categories = []struct {
	code Category
	name string
}{
	{Neglect, "Neglect"},
	{Physical, "Physical harm or injury"},
	{Emotional, "Emotional harm"},
	{Sexual, "Sexual harm"},
	{DomesticAbuse, "Domestic abuse at home"},
	{ChildOnChild, "Harm by another child"},
	{Exploitation, "Exploitation, criminal or sexual"},
	{MentalHealth, "Mental health"},
	{SelfHarm, "Self-harm or talk of suicide"},
	{Online, "Online"},
	{Attendance, "Attendance and lateness"},
	{Missing, "Missing"},
	{Substance, "Alcohol and drugs"},
	{HonourBased, "So-called honour-based harm, FGM, forced marriage"},
	{Radicalised, "Radicalisation"},
	{FamilyChange, "Change at home"},
	{Medical, "Health and appointments"},
	{OtherConcern, "Something else"},
}

// Categories returns every category in the order in which they are offered.
func Categories() []Category {
	var all []Category
	for _, c := range categories {
		all = append(all, c.code)
	}
	return all
}

// String returns the category as people say it.
func (c Category) String() string {
	for _, k := range categories {
		if k.code == c {
			return k.name
		}
	}
	return string(c)
}

// Severity is how serious a concern looked to the writer at the time, 1 to 5;
// 0 means not judged.
type Severity int

// String returns the severity in plain words.
func (s Severity) String() string {
	words := []string{"Not judged", "Small worry", "Worrying", "Serious", "Very serious", "Child in danger now"}
	if s < 0 || int(s) >= len(words) {
		return words[0]
	}
	return words[s]
}

// Source is how the writer knows.
type Source string

// The sources of an account.
const (
	Seen         Source = "seen"          // seen or heard by the writer
	ToldByChild  Source = "child"         // told by the child
	ToldByOther  Source = "told"          // told by somebody who saw or heard it
	FromAgency   Source = "agency"        // by another agency
	Unattributed Source = "unattributed"  // nobody knows who said it first
	FromRecords  Source = "other_records" // found in another record
)

// Sources returns every source in the order in which they are offered.
func Sources() []Source {
	return []Source{Seen, ToldByChild, ToldByOther, FromAgency, FromRecords, Unattributed}
}

// String returns the source as people say it.
func (s Source) String() string {
	switch s {
	case Seen:
		return "Seen or heard by the writer"
	case ToldByChild:
		return "Told by the child"
	case ToldByOther:
		return "Told by somebody who saw or heard it"
	case FromAgency:
		return "Another agency"
	case FromRecords:
		return "Found in another record"
	case Unattributed:
		return "Hearsay: first source not known"
	}
	return string(s)
}

// Level is a level of help, lowest first.
type Level string

// The levels of help and intervention.
const (
	Universal   Level = "universal"
	SchoolOffer Level = "school"
	Targeted    Level = "early_help"
	Section17   Level = "section_17"
	Section47   Level = "section_47"
	Police      Level = "police"
)

// Levels returns every level, lowest first.
func Levels() []Level {
	return []Level{Universal, SchoolOffer, Targeted, Section17, Section47, Police}
}

// Rank returns the place of the level, 0 for the lowest, -1 for none.
func (l Level) Rank() int { return slices.Index(Levels(), l) }

// IsStatutory reports whether the level is decided by children's social care or
// the police.
func (l Level) IsStatutory() bool { return l.Rank() >= Section17.Rank() }

// String returns the level as people say it.
func (l Level) String() string {
	switch l {
	case Universal:
		return "Universal services"
	case SchoolOffer:
		return "The school's own offer"
	case Targeted:
		return "Targeted early help / Family Help"
	case Section17:
		return "Section 17: child in need"
	case Section47:
		return "Section 47: likely significant harm"
	case Police:
		return "Immediate protection: police"
	}
	return string(l)
}

// Part is the part a pupil had in an event. One label for all who are linked
// once made every linked pupil a victim, so each has a part of their own.
type Part string

// The parts a pupil can have in an event.
const (
	Harmed        Part = "harmed"
	AllegedToHarm Part = "alleged"
	Witness       Part = "witness"
	SiblingOf     Part = "sibling"
	Mentioned     Part = "mentioned"
)

// Parts returns every part in the order in which they are offered.
func Parts() []Part { return []Part{Harmed, AllegedToHarm, Witness, SiblingOf, Mentioned} }

// String returns the part as people say it.
func (p Part) String() string {
	switch p {
	case Harmed:
		return "Harmed"
	case AllegedToHarm:
		return "Alleged to have harmed"
	case Witness:
		return "Witness"
	case SiblingOf:
		return "Sibling"
	case Mentioned:
		return "Mentioned"
	}
	return string(p)
}

// Involved is another pupil in an event and the part they had.
type Involved struct {
	Pupil ID   `json:"pupil"`
	Part  Part `json:"part"`
}

// Mark is a mark on the body map: a point on an outline, both coordinates from
// 0 at the top left to 1 at the bottom right.
type Mark struct {
	View string  `json:"view"` // front, back, …
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
	Note string  `json:"note"` // shape, size, colour
}

// Rewording is something that the writer changed after the checker of wording
// had asked about it, before the version was kept: what was written at first is
// part of how a record came about.
type Rewording struct {
	Field string `json:"field"` // of the concern, by its JSON name
	Kind  string `json:"kind"`  // of the finding, as the checker names it
	Was   string `json:"was"`   // the words that were asked about
}

// Concern is one worry about a child, as it was seen or heard and what was
// decided.
type Concern struct {
	Meta
	Pupil        ID          `json:"pupil"`
	When         When        `json:"when"`
	Place        string      `json:"place,omitempty"`
	SeenBy       string      `json:"seen_by,omitempty"` // name and role of who saw or heard it
	Agency       string      `json:"agency,omitempty"`  // empty is the school
	Source       Source      `json:"source"`
	Categories   []Category  `json:"categories"` // the first is the main one
	Severity     Severity    `json:"severity,omitempty"`
	Account      string      `json:"account"`
	ChildsWords  string      `json:"childs_words,omitempty"` // verbatim
	Question     string      `json:"question,omitempty"`     // what the child was asked before saying it
	Presentation string      `json:"presentation,omitempty"`
	Present      string      `json:"present,omitempty"` // who else was there, with roles
	Also         []Involved  `json:"also,omitempty"`
	Marks        []Mark      `json:"marks,omitempty"`
	Opinion      string      `json:"opinion,omitempty"`
	OpinionBasis string      `json:"opinion_basis,omitempty"`
	ParentsTold  Answer      `json:"parents_told,omitempty"`
	ParentsWhy   string      `json:"parents_why,omitempty"` // what they said, or why they were not told
	Level        Level       `json:"level,omitempty"`       // considered
	Action       string      `json:"action,omitempty"`      // done at once, and by whom
	Decision     string      `json:"decision,omitempty"`
	Reason       string      `json:"reason,omitempty"` // for the decision
	DecidedBy    string      `json:"decided_by,omitempty"`
	Outcome      string      `json:"outcome,omitempty"`
	Significant  bool        `json:"significant,omitempty"`
	Line         string      `json:"line,omitempty"` // one line for the significant-event chronology
	Reworded     []Rewording `json:"reworded,omitempty"`
	Imported     string      `json:"imported,omitempty"`   // what kind of file it came from; empty for one written here
	Reference    string      `json:"reference,omitempty"`  // what the system it came from calls it
	Closed       Date        `json:"closed,omitempty"`     // empty while it is open
	ClosedWhy    string      `json:"closed_why,omitempty"` // what has been settled, and how that is known
	Reopened     []Date      `json:"reopened,omitempty"`   // each day on which it was opened again, the first one first
}

// Kind returns KindConcern.
func (*Concern) Kind() Kind { return KindConcern }

func (c *Concern) index() index {
	return index{pupil: c.Pupil, sort: c.When.Sort(), open: c.Closed == ""}
}

// Category returns the main category, or OtherConcern when there is none.
func (c *Concern) Category() Category {
	if len(c.Categories) == 0 {
		return OtherConcern
	}
	return c.Categories[0]
}

// Check returns nil or an *Invalid.
func (c *Concern) Check(now Stamp) error {
	var v Invalid
	v.pupil(c.Pupil)
	if c.When.Date == "" && c.When.At == "" {
		v.add("when", "Say when it happened. If you are not sure, give the nearest date and choose \"about\".")
	}
	c.When.check(&v, "when", now)
	if blank(c.Account) && blank(c.ChildsWords) {
		v.add("account", "Write what was seen or heard, or what the child said.")
	}
	if !slices.Contains(Sources(), c.Source) {
		v.add("source", "Say how this is known.")
	}
	if len(c.Categories) == 0 {
		v.add("categories", "Choose what the concern is about.")
	}
	for _, k := range c.Categories {
		if !slices.Contains(Categories(), k) {
			v.add("categories", "Choose what the concern is about.")
			break
		}
	}
	if c.Severity < 0 || c.Severity > 5 {
		v.add("severity", "Choose how serious it looks.")
	}
	if c.Level != "" && c.Level.Rank() < 0 {
		v.add("level", "Choose a level of help.")
	}
	c.checkOthers(&v)
	for _, r := range c.Reworded {
		v.text("reworded", r.Was)
	}
	c.checkClosed(&v, now)
	v.answer("parents_told", c.ParentsTold)
	if c.ParentsTold == No && blank(c.ParentsWhy) {
		v.add("parents_why", "Say why the parents were not told.")
	}
	v.each(v.short,
		"place", c.Place, "seen_by", c.SeenBy, "agency", c.Agency, "decided_by", c.DecidedBy,
		"imported", c.Imported, "reference", c.Reference,
	)
	v.each(v.text,
		"account", c.Account, "childs_words", c.ChildsWords, "question", c.Question,
		"presentation", c.Presentation, "present", c.Present, "opinion", c.Opinion,
		"opinion_basis", c.OpinionBasis, "parents_why", c.ParentsWhy, "action", c.Action,
		"decision", c.Decision, "reason", c.Reason, "outcome", c.Outcome, "line", c.Line,
	)
	return v.err()
}

func (c *Concern) checkOthers(v *Invalid) {
	for _, o := range c.Also {
		if o.Pupil == "" || !slices.Contains(Parts(), o.Part) {
			v.add("also", "Choose each other pupil and the part they had.")
		}
		if o.Pupil == c.Pupil {
			v.add("also", "This pupil is already the one the concern is about.")
		}
	}
	for _, m := range c.Marks {
		if m.X < 0 || m.X > 1 || m.Y < 0 || m.Y > 1 {
			v.add("marks", "A mark lies outside the body map. Remove it and set it again.")
		}
		v.text("marks", m.Note)
	}
}
