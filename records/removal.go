package records

import "time"

// RemovalWait is how long a request for removal waits before it is carried out.
const RemovalWait = 48 * time.Hour

// Removal asks that a record, or a pupil's whole file, be taken out. It waits
// for RemovalWait, anybody who may ask for one can cancel it meanwhile, and it
// stays: what was taken out is gone, that it was taken out is not.
type Removal struct {
	Meta
	Pupil     ID     `json:"pupil"`
	Of        Kind   `json:"of"`     // what is to be removed; KindPupil for the whole file
	Record    ID     `json:"record"` // which one
	Reason    string `json:"reason"`
	Due       Stamp  `json:"due"`                 // when it is carried out
	Cancelled string `json:"cancelled,omitempty"` // why it was cancelled; empty while it stands
	Done      Stamp  `json:"done,omitempty"`      // when it was carried out
}

// Kind returns KindRemoval.
func (*Removal) Kind() Kind { return KindRemoval }

func (r *Removal) index() index {
	return index{pupil: r.Pupil, owner: r.Record, sort: string(r.Due), open: r.Cancelled == "" && r.Done == ""}
}

// Check returns nil or an *Invalid.
func (r *Removal) Check(Stamp) error {
	var v Invalid
	v.pupil(r.Pupil)
	if r.Record == "" || r.Of == "" {
		v.add("record", "Choose what is to be removed.")
	}
	if r.Reason == "" {
		v.add("reason", "Say why this is to be removed.")
	}
	v.text("reason", r.Reason)
	v.text("cancelled", r.Cancelled)
	return v.err()
}
