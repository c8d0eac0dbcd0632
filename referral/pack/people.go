package pack

import (
	"slices"
	"strings"

	"throughline/records"
)

func (d *drafter) child() {
	p := &d.f.Pupil
	at := refTo(records.KindPupil, p.Meta)
	d.field("Name", p.Name(), at)
	if p.KnownAs != "" {
		d.field(fieldAlso, p.KnownAs, at)
	}
	born := p.Born.String()
	if age := p.AgeOn(d.today); age >= 0 {
		born += " (aged " + count(age, "year", "years") + ")"
	}
	d.field("Date of birth", born, at)
	d.field("Sex or gender", p.Sex, at)
	d.field("Ethnicity", p.Ethnicity, at)
	d.field("Religion", p.Religion, at)
	d.field("First language", p.Language, at)
	d.field("How the child communicates", p.Communication, at)
	d.field("Needs, health and disability", p.Needs, at)
	d.field("Year and class", join(", ", year(p.YearGroup), p.Form), at)
	d.field("UPN", p.UPN, at)
	d.field("NHS number", p.NHSNumber, at)
	d.field("Address", p.Address, at)
	var bands []string
	var rests []records.Ref
	for _, b := range d.f.Bands {
		if d.current(b.From, b.To) {
			bands, rests = append(bands, band(b)), append(rests, refTo(records.KindStatus, b.Meta))
		}
	}
	d.field("Legal status", strings.Join(bands, "; "), rests...)
	d.field("GP", p.GP, at)
	if p.Left != "" && p.Left <= d.today {
		d.say(records.Fact, "The child left this school on "+p.Left.String()+".", at)
	}
	for i := range d.f.Siblings {
		s := &d.f.Siblings[i]
		if slices.Contains(d.ref.Siblings, s.ID) {
			d.say(records.Fact, "Also referred: "+sibling(s)+ifSet(" Address: ", s.Address), refTo(records.KindPupil, s.Meta))
		}
	}
}

func year(group string) string {
	switch group {
	case "":
		return ""
	case "R":
		return "Reception"
	case "N":
		return "Nursery"
	}
	return "Year " + group
}

func sibling(s *records.Pupil) string {
	return stop(join(", ", s.Name(), ifSet("born ", s.Born.String()), year(s.YearGroup)))
}

// household says who lives with the child now, then who else matters, then the
// siblings at this school. Professionals stand under Agencies.
func (d *drafter) household() {
	ties := slices.Clone(d.f.Ties)
	slices.SortStableFunc(ties, func(a, b records.Tie) int { return d.nearness(a) - d.nearness(b) })
	for _, t := range ties {
		if !professional(t.Relationship) {
			p := d.f.People[t.Person]
			d.say(records.Fact, d.tie(t, p), refTo(records.KindTie, t.Meta), refTo(records.KindPerson, p.Meta))
		}
	}
	for i := range d.f.Siblings {
		s := &d.f.Siblings[i]
		if s.ID != d.f.Pupil.ID {
			d.say(records.Fact, "Sibling at this school: "+sibling(s), refTo(records.KindPupil, s.Meta))
		}
	}
}

// nearness orders ties: who lives there, who may, who does not or no longer.
func (d *drafter) nearness(t records.Tie) int {
	switch {
	case t.LivesTo != "" && t.LivesTo < d.today:
		return 3
	case t.InHousehold == records.Yes:
		return 0
	case t.InHousehold == records.No:
		return 2
	}
	return 1
}

// tie says what a person is to the child and what is known of them. What is
// not known is said, since a form must not be read as a no.
func (d *drafter) tie(t records.Tie, p records.Person) string {
	name := p.Name
	if name == "" {
		name = "A person whose name is not recorded"
	}
	s := name + ", " + lower(t.Relationship) + ". "
	switch {
	case t.LivesTo != "" && t.LivesTo < d.today:
		s += "Lived in the household" + span(t.LivesFrom, t.LivesTo) + ". "
	case t.InHousehold == records.Yes:
		s += "Lives in the household" + span(t.LivesFrom, t.LivesTo) + ". "
	case t.InHousehold == records.No:
		s += "Does not live in the household. "
	default:
		s += "Whether they live in the household is not known. "
	}
	s += "Parental responsibility: " + lower(t.ParentalResponsibility.String()) + "."
	return join(" ", s, ifSet("Born ", stop(p.Born.String())), ifSet("Telephone ", stop(p.Phone)),
		ifSet("Risk factors recorded: ", stop(t.RiskFactors)))
}

// lower returns s with a small first letter, unless it is an abbreviation.
func lower(s string) string {
	r := []rune(s)
	if len(r) > 1 && strings.ToUpper(string(r[1])) == string(r[1]) && r[1] != ' ' {
		return s
	}
	if len(r) == 0 {
		return s
	}
	return strings.ToLower(string(r[0])) + string(r[1:])
}

func (d *drafter) strengths() {
	for _, t := range d.f.Ties {
		if t.Strength != "" {
			d.say(records.Fact, d.who(t)+": "+stop(t.Strength), refTo(records.KindTie, t.Meta))
		}
	}
}

func (d *drafter) staffRisk() {
	for _, t := range d.f.Ties {
		if t.RiskToStaff != "" {
			d.say(records.Fact, d.who(t)+": "+stop(t.RiskToStaff), refTo(records.KindTie, t.Meta))
		}
	}
}

func (d *drafter) who(t records.Tie) string {
	return join(", ", d.f.People[t.Person].Name, lower(t.Relationship))
}

// agencies says which professionals are tied to the child, and which agencies
// entries came from.
func (d *drafter) agencies() {
	for _, t := range d.f.Ties {
		if professional(t.Relationship) {
			d.say(records.Fact, join(" ", stop(d.who(t)), ifSet("Telephone ", stop(d.f.People[t.Person].Phone)),
				"Knows of this referral: "+lower(t.KnowsOfReferral.String())+"."), refTo(records.KindTie, t.Meta))
		}
	}
	for _, b := range d.f.Bands {
		if d.current(b.From, b.To) && b.Worker != "" {
			d.say(records.Fact, stop(b.Worker+", for the "+lower(b.Status.String())), refTo(records.KindStatus, b.Meta))
		}
	}
	var names []string
	rests := map[string][]records.Ref{}
	for i := range d.f.Concerns {
		c := &d.f.Concerns[i]
		if c.Agency == "" || strings.EqualFold(c.Agency, "school") {
			continue
		}
		if rests[c.Agency] == nil {
			names = append(names, c.Agency)
		}
		rests[c.Agency] = append(rests[c.Agency], refTo(records.KindConcern, c.Meta))
	}
	for _, n := range names {
		d.say(records.Fact, n+" gave the school "+count(len(rests[n]), "piece of information", "pieces of information")+" that is on the chronology.", rests[n]...)
	}
}

// professional reports whether a relationship is that of a worker rather than
// of family or friends.
func professional(relationship string) bool {
	r := strings.ToLower(relationship)
	return slices.ContainsFunc([]string{
		"worker", "nurse", "health visitor", "doctor", "gp", "police", "officer", "therapist", "camhs",
		"psycholog", "psychiatr", "paediatric", "consultant", "counsellor", "midwife", "solicitor",
		"practitioner", "mentor", "teacher", "foster agency",
	}, func(w string) bool { return r == w || strings.Contains(r, w) && w != "gp" })
}
