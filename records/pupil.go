package records

import (
	"slices"
	"strings"
)

// Pupil is a child whose file is kept.
type Pupil struct {
	Meta
	UPN           string `json:"upn,omitempty"` // unique pupil number, 13 characters
	Forename      string `json:"forename"`
	Surname       string `json:"surname"`
	KnownAs       string `json:"known_as,omitempty"`
	Born          Date   `json:"born,omitempty"`
	Sex           string `json:"sex,omitempty"`
	YearGroup     string `json:"year_group,omitempty"` // as written; see ReadYearGroup
	Form          string `json:"form,omitempty"`
	Ethnicity     string `json:"ethnicity,omitempty"`
	Religion      string `json:"religion,omitempty"`
	Language      string `json:"language,omitempty"`      // first language
	Communication string `json:"communication,omitempty"` // how they communicate; interpreter
	Needs         string `json:"needs,omitempty"`         // SEND, EHCP, disability, health
	Address       string `json:"address,omitempty"`
	GP            string `json:"gp,omitempty"`
	NHSNumber     string `json:"nhs_number,omitempty"`
	Joined        Date   `json:"joined,omitempty"`
	Left          Date   `json:"left,omitempty"`  // the last day at this school
	Named         []ID   `json:"named,omitempty"` // the members who may open the file; empty is all: see NameMembers

	Transfer Transfer `json:"transfer,omitzero"` // of the file, when leaving
	OldFile  OldFile  `json:"old_file,omitzero"` // from the last school, when joining
	Review   Review   `json:"review,omitzero"`   // of the file, when it was old
}

// Kind returns KindPupil.
func (*Pupil) Kind() Kind { return KindPupil }

func (p *Pupil) index() index {
	return index{pupil: p.ID, sort: strings.ToLower(p.Surname + "\x00" + p.Forename), open: p.Left == ""}
}

// Name returns the name as people say it: "Zoë Nguyễn", with the name she is
// known by in brackets when it is another.
func (p *Pupil) Name() string {
	s := p.Forename + " " + p.Surname
	if p.KnownAs != "" && p.KnownAs != p.Forename {
		s = p.Forename + " (" + p.KnownAs + ") " + p.Surname
	}
	return s
}

// Initials returns the first letters of forename and surname, for an alias on
// what leaves the building.
func (p *Pupil) Initials() string {
	s := ""
	for _, n := range []string{p.Forename, p.Surname} {
		for _, r := range n {
			s += string(r)
			break
		}
	}
	return s
}

// AgeOn returns the age in whole years on a date, or -1 when it is not known.
// Somebody born on 29 February is a year older on 1 March of other years.
func (p *Pupil) AgeOn(d Date) int {
	b, t := p.Born.Time(), d.Time()
	if p.Born == "" || d == "" || d < p.Born {
		return -1
	}
	age := t.Year() - b.Year()
	if t.Format("0102") < b.Format("0102") {
		age--
	}
	return age
}

// Check returns nil or an *Invalid.
func (p *Pupil) Check(now Stamp) error {
	var v Invalid
	v.name("forename", p.Forename, "Give the forename.")
	v.name("surname", p.Surname, "Give the surname.")
	v.short("known_as", p.KnownAs)
	v.pastDate("born", p.Born, now)
	if p.Born != "" && p.Born.valid() && p.Born < now.Date().Years(-mostYears) {
		v.add("born", "This is more than a hundred years ago. Check the year.")
	}
	v.date("joined", p.Joined)
	v.date("left", p.Left)
	if p.Joined != "" && p.Joined < p.Born {
		v.add("joined", "The pupil cannot have joined before being born. Check both dates.")
	}
	if p.Left != "" && p.Left < p.Joined {
		v.add("left", "The pupil cannot have left before joining. Check both dates.")
	}
	if p.UPN != "" {
		if err := CheckUPN(p.UPN); err != nil {
			v.add("upn", err.Error())
		}
	}
	v.each(v.short,
		"sex", p.Sex, "year_group", p.YearGroup, "form", p.Form, "ethnicity", p.Ethnicity,
		"religion", p.Religion, "language", p.Language, "gp", p.GP, "nhs_number", p.NHSNumber,
	)
	v.text("communication", p.Communication)
	v.text("needs", p.Needs)
	v.text("address", p.Address)
	p.checkTransfer(&v, now)
	p.checkReview(&v, now)
	return v.err()
}

// mostYears is how long ago the pupil of a file that is still kept can be born.
const mostYears = 100

// The days between which a date can be meant.
const (
	firstDay Date = "1900-01-01"
	lastDay  Date = "2199-12-31"
)

const tooFar = "This year is too far away. Check the date."

func (v *Invalid) date(field string, d Date) {
	switch {
	case d == "":
	case !d.valid():
		v.add(field, "This date cannot be read. Write it as 5 Mar 2026.")
	case d < firstDay, d > lastDay:
		v.add(field, tooFar)
	}
}

func (v *Invalid) pastDate(field string, d Date, now Stamp) {
	v.date(field, d)
	if d > now.Date() && d <= lastDay {
		v.add(field, "This date is in the future. Check the year.")
	}
}

// StatusKind is the help a child is receiving by law or by plan.
type StatusKind string

// The kinds of status, lowest first.
const (
	EarlyHelp      StatusKind = "early_help"
	FamilyHelp     StatusKind = "family_help"
	ChildInNeed    StatusKind = "cin"
	ChildProtect   StatusKind = "cp"
	LookedAfter    StatusKind = "looked_after"
	WasLookedAfter StatusKind = "was_looked_after"
)

// String returns the status as people say it.
func (k StatusKind) String() string {
	switch k {
	case EarlyHelp:
		return "Early help"
	case FamilyHelp:
		return "Family Help"
	case ChildInNeed:
		return "Child in need plan"
	case ChildProtect:
		return "Child protection plan"
	case LookedAfter:
		return "Looked after"
	case WasLookedAfter:
		return "Previously looked after"
	}
	return string(k)
}

// BandCategories returns the categories of a child protection plan, as a
// [StatusBand] names them.
func BandCategories() []string { return []string{"neglect", "physical", "sexual", "emotional"} }

// StatusBand is a stretch of time in which a pupil had a status.
type StatusBand struct {
	Meta
	Pupil    ID         `json:"pupil"`
	Status   StatusKind `json:"status"`
	Category string     `json:"category,omitempty"` // of a child protection plan: see BandCategories
	From     Date       `json:"from"`
	To       Date       `json:"to,omitempty"` // empty while it lasts
	Worker   string     `json:"worker,omitempty"`
}

// Kind returns KindStatus.
func (*StatusBand) Kind() Kind { return KindStatus }

func (b *StatusBand) index() index {
	return index{pupil: b.Pupil, sort: string(b.From), open: b.To == ""}
}

// Check returns nil or an *Invalid.
func (b *StatusBand) Check(now Stamp) error {
	var v Invalid
	v.pupil(b.Pupil)
	switch b.Status {
	case EarlyHelp, FamilyHelp, ChildInNeed, ChildProtect, LookedAfter, WasLookedAfter:
	default:
		v.add("status", "Choose a status.")
	}
	if b.From == "" {
		v.add("from", "Give the day from which it holds.")
	}
	v.pastDate("from", b.From, now)
	v.date("to", b.To)
	if b.To != "" && b.To < b.From {
		v.add("to", "The last day is before the first. Check both dates.")
	}
	if b.Category != "" && !slices.Contains(BandCategories(), b.Category) {
		v.add("category", "Choose the category of the plan from the list.")
	}
	v.short("worker", b.Worker)
	return v.err()
}

func (v *Invalid) pupil(id ID) {
	if id == "" {
		v.add("pupil", "Choose the pupil.")
	}
}

// Person is somebody in a pupil's life: a parent, another adult of the
// household, a professional, a sibling at another school.
type Person struct {
	Meta
	Name  string `json:"name"`
	Born  Date   `json:"born,omitempty"`
	Phone string `json:"phone,omitempty"`
	Note  string `json:"note,omitempty"`
}

// Kind returns KindPerson.
func (*Person) Kind() Kind { return KindPerson }

func (p *Person) index() index { return index{sort: strings.ToLower(p.Name)} }

// Check returns nil or an *Invalid.
func (p *Person) Check(now Stamp) error {
	var v Invalid
	v.name("name", p.Name, "Give the person's name, or what they are called, such as \"Karl\".")
	v.pastDate("born", p.Born, now)
	v.short("phone", p.Phone)
	v.text("note", p.Note)
	return v.err()
}

// Answer is yes, no or not known: a box is never left to be guessed.
type Answer string

// The answers.
const (
	NotKnown Answer = ""
	Yes      Answer = "yes"
	No       Answer = "no"
)

// String returns the answer as people say it.
func (a Answer) String() string {
	switch a {
	case Yes:
		return "Yes"
	case No:
		return "No"
	}
	return "Not known"
}

func (v *Invalid) answer(field string, a Answer) {
	if a != Yes && a != No && a != NotKnown {
		v.add(field, "Choose yes, no or not known.")
	}
}

// Tie is what a person is to a pupil. Pupils who share a parent by their ties
// are siblings.
type Tie struct {
	Meta
	Pupil                  ID     `json:"pupil"`
	Person                 ID     `json:"person"`
	Relationship           string `json:"relationship"` // mother, stepfather, social worker, …
	ParentalResponsibility Answer `json:"parental_responsibility,omitempty"`
	InHousehold            Answer `json:"in_household,omitempty"`
	LivesFrom              Date   `json:"lives_from,omitempty"` // in the household from
	LivesTo                Date   `json:"lives_to,omitempty"`
	Strength               string `json:"strength,omitempty"`      // what protects the child
	RiskFactors            string `json:"risk_factors,omitempty"`  // domestic abuse, substance misuse, …
	RiskToStaff            string `json:"risk_to_staff,omitempty"` // what a visitor must know
	KnowsOfReferral        Answer `json:"knows_of_referral,omitempty"`
}

// Kind returns KindTie.
func (*Tie) Kind() Kind { return KindTie }

func (t *Tie) index() index {
	return index{pupil: t.Pupil, owner: t.Person, sort: t.Relationship, open: t.LivesTo == ""}
}

// Check returns nil or an *Invalid.
func (t *Tie) Check(now Stamp) error {
	var v Invalid
	v.pupil(t.Pupil)
	if t.Person == "" {
		v.add("person", "Choose the person.")
	}
	v.name("relationship", t.Relationship, "Say what this person is to the child, such as mother or stepfather.")
	v.answer("parental_responsibility", t.ParentalResponsibility)
	v.answer("in_household", t.InHousehold)
	v.answer("knows_of_referral", t.KnowsOfReferral)
	v.pastDate("lives_from", t.LivesFrom, now)
	v.date("lives_to", t.LivesTo)
	if t.LivesTo != "" && t.LivesTo < t.LivesFrom {
		v.add("lives_to", "The last day is before the first. Check both dates.")
	}
	v.text("strength", t.Strength)
	v.text("risk_factors", t.RiskFactors)
	v.text("risk_to_staff", t.RiskToStaff)
	return v.err()
}
