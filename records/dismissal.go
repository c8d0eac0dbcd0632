package records

// Dismissal says that a statement about a pupil's line was looked at and set
// aside, and why. It holds what the statement rested on, so that it comes back
// only when new entries make it stronger.
type Dismissal struct {
	Meta
	Pupil     ID      `json:"pupil"`
	Of        string  `json:"of"`                // kind of statement, as the pattern reader names it
	Subject   string  `json:"subject,omitempty"` // what of: with Of it names the statement
	Text      string  `json:"text"`              // as it read
	RestsOn   []ID    `json:"rests_on,omitempty"`
	Count     int     `json:"count"`
	Chance    float64 `json:"chance"`
	Reason    string  `json:"reason"`               // why it is set aside
	TakenBack string  `json:"taken_back,omitempty"` // why it stands again; empty while it is set aside
}

// Kind returns KindDismissal.
func (*Dismissal) Kind() Kind { return KindDismissal }

func (d *Dismissal) index() index {
	return index{pupil: d.Pupil, sort: d.Of + "/" + d.Subject, open: d.TakenBack == ""}
}

// Check returns nil or an *Invalid.
func (d *Dismissal) Check(Stamp) error {
	var v Invalid
	v.pupil(d.Pupil)
	if d.Of == "" || d.Text == "" {
		v.add("of", "Choose the statement.")
	}
	if blank(d.Reason) {
		v.add("reason", "Say why this is set aside: what explains it, and how you know.")
	}
	if d.TakenBack != "" && blank(d.TakenBack) {
		v.add("taken_back", "Say why it stands again.")
	}
	v.text("reason", d.Reason)
	v.text("taken_back", d.TakenBack)
	return v.err()
}
