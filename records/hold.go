package records

import "slices"

// HoldReason is why a file is kept beyond its time.
type HoldReason string

// HoldReasons returns the reasons for a hold, in the order in which they are
// offered.
func HoldReasons() []HoldReason {
	return []HoldReason{
		"A public inquiry", "Legal proceedings", "An education, health and care plan",
		"Sexual abuse, known or suspected", "Something else",
	}
}

// String returns the reason as people say it.
func (r HoldReason) String() string { return string(r) }

// Hold keeps a pupil's file from being removed, however old it is.
type Hold struct {
	Meta
	Pupil    ID         `json:"pupil"`
	Reason   HoldReason `json:"reason"`
	Note     string     `json:"note,omitempty"` // case, reference, who asked
	From     Date       `json:"from"`
	Ended    Date       `json:"ended,omitempty"`
	EndedWhy string     `json:"ended_why,omitempty"`
}

// Kind returns KindHold.
func (*Hold) Kind() Kind { return KindHold }

func (h *Hold) index() index {
	return index{pupil: h.Pupil, sort: string(h.From), open: h.Ended == ""}
}

// Check returns nil or an *Invalid.
func (h *Hold) Check(now Stamp) error {
	var v Invalid
	v.pupil(h.Pupil)
	if !slices.Contains(HoldReasons(), h.Reason) {
		v.add("reason", "Choose why the file is kept.")
	}
	if h.From == "" {
		v.add("from", "Give the day from which it is kept.")
	}
	v.pastDate("from", h.From, now)
	v.pastDate("ended", h.Ended, now)
	if h.Ended != "" && blank(h.EndedWhy) {
		v.add("ended_why", "Say why the hold has ended, and who said so.")
	}
	v.text("note", h.Note)
	v.text("ended_why", h.EndedWhy)
	return v.err()
}
