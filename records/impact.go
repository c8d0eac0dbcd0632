package records

import "slices"

// Change is which way something went for the child.
type Change string

// The changes. A fall in entries is none of them.
const (
	ChangeNotJudged Change = ""
	ChangeBetter    Change = "better"
	ChangeSame      Change = "same"
	ChangeWorse     Change = "worse"
)

// Changes returns every change that can be chosen, in order.
func Changes() []Change { return []Change{ChangeBetter, ChangeSame, ChangeWorse} }

// String returns the change as people say it.
func (c Change) String() string {
	switch c {
	case ChangeBetter:
		return "Better for the child"
	case ChangeSame:
		return "No change"
	case ChangeWorse:
		return "Worse for the child"
	}
	return "Not judged yet"
}

// Impact is what something that was done changed for the child: one measure,
// taken at the start and again at review.
type Impact struct {
	Meta
	Pupil      ID     `json:"pupil"`
	Of         ID     `json:"of"`      // the referral, support, plan or meeting
	Measure    string `json:"measure"` // what is measured: attendance, weight, days without breakfast
	Start      Date   `json:"start"`
	Before     string `json:"before"`
	Review     Date   `json:"review"` // when it is looked at again
	Looked     Date   `json:"looked,omitempty"`
	After      string `json:"after,omitempty"`
	Change     Change `json:"change,omitempty"`
	ChildsView string `json:"childs_view,omitempty"` // what the child says has changed
	Next       string `json:"next,omitempty"`        // what follows
}

// Kind returns KindImpact.
func (*Impact) Kind() Kind { return KindImpact }

func (i *Impact) index() index {
	return index{pupil: i.Pupil, owner: i.Of, sort: string(i.Start), open: i.Looked == ""}
}

// Check returns nil or an *Invalid.
func (i *Impact) Check(now Stamp) error {
	var v Invalid
	v.pupil(i.Pupil)
	if i.Of == "" {
		v.add("of", "Choose what was done.")
	}
	v.name("measure", i.Measure, "Say what is measured: something another adult could see, hear or count.")
	if i.Start == "" {
		v.add("start", "Give the day on which it was measured.")
	}
	v.pastDate("start", i.Start, now)
	if blank(i.Before) {
		v.add("before", "Give the measure at the start.")
	}
	if i.Review == "" {
		v.add("review", "Give the day on which it is measured again.")
	}
	v.date("review", i.Review)
	if i.Review != "" && i.Review <= i.Start {
		v.add("review", "This day is not after the start. Check both dates.")
	}
	v.pastDate("looked", i.Looked, now)
	if i.Looked != "" && blank(i.After) {
		v.add("after", "Give the same measure again.")
	}
	if i.Looked != "" && !slices.Contains(Changes(), i.Change) {
		v.add("change", "Choose whether it is better for the child, the same, or worse.")
	}
	v.each(v.text, "before", i.Before, "after", i.After, "childs_view", i.ChildsView, "next", i.Next)
	return v.err()
}
