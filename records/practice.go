package records

// GoodPractice is something that another professional did well for a child,
// written down as a challenge would be.
type GoodPractice struct {
	Meta
	Pupil    ID     `json:"pupil"`
	Referral ID     `json:"referral,omitempty"`
	On       Date   `json:"on"`
	Who      string `json:"who"`            // name, role, agency
	What     string `json:"what"`           // what was done, and what it changed
	Told     string `json:"told,omitempty"` // who was told: them, their manager
}

// Kind returns KindPractice.
func (*GoodPractice) Kind() Kind { return KindPractice }

func (g *GoodPractice) index() index {
	return index{pupil: g.Pupil, owner: g.Referral, sort: string(g.On)}
}

// Check returns nil or an *Invalid.
func (g *GoodPractice) Check(now Stamp) error {
	var v Invalid
	v.pupil(g.Pupil)
	if g.On == "" {
		v.add("on", "Give the day.")
	}
	v.pastDate("on", g.On, now)
	v.name("who", g.Who, "Give the name, role and agency.")
	if blank(g.What) {
		v.add("what", "Say what was done, and what it changed for the child.")
	}
	v.text("what", g.What)
	v.text("told", g.Told)
	return v.err()
}
