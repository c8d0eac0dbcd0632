package records

// File is everything that is kept about one pupil, each record at its newest
// version and each list in order of time. It is what the chronology, the
// patterns and the referral pack are made from.
type File struct {
	Pupil       Pupil
	Bands       []StatusBand
	Ties        []Tie
	People      map[ID]Person // of the ties
	Siblings    []Pupil       // pupils who share a parent, by the ties
	Kin         []KinConcern  // what the siblings' own files tell of, in order of time
	Concerns    []Concern     // also those in which the pupil had another part
	Actions     []Action
	Monitorings []Monitoring
	Supports    []Support
	Referrals   []Referral
	Replies     []Reply
	Challenges  []Challenge
	Rungs       []Rung
	Disclosures []Disclosure
	Dismissals  []Dismissal // statements about the line that were set aside
	Removals    []Removal
	MovesOut    []MovedOut // concerns that stood here
	Documents   []Document
	Holds       []Hold
	Meetings    []Meeting
	Impacts     []Impact
	Practices   []GoodPractice
	ChildNotes  []ChildNote
	Members     map[ID]Member // who recorded what
	Calendar    Calendar
	Read        Stamp // when the file was read from the store
	Withheld    int   // concerns in which the pupil had a part and that stand in files locked to others
	Ask         []ID  // the members whom these are locked to
}

// KinConcern is a concern on a sibling's line in which the pupil has no part: when
// it was and what about, and nothing that was written. Those in files that are
// locked to others are left out.
type KinConcern struct {
	Concern    ID
	Pupil      ID // the sibling
	When       When
	Categories []Category
	Severity   Severity
}

// StatusOn returns the status the pupil had on a date, the highest where there
// were several, and "" where there was none.
func (f *File) StatusOn(d Date) StatusKind {
	order := map[StatusKind]int{WasLookedAfter: 1, EarlyHelp: 2, FamilyHelp: 3, ChildInNeed: 4, ChildProtect: 5, LookedAfter: 6}
	var s StatusKind
	for _, b := range f.Bands {
		if b.From <= d && (b.To == "" || d <= b.To) && order[b.Status] > order[s] {
			s = b.Status
		}
	}
	return s
}

// Author returns the name of the member who saved a version, or "" when it was
// saved by nobody known.
func (f *File) Author(m Meta) string { return f.Members[m.RecordedBy].Name }

// PlanFor returns the monitoring plan that answers a concern, or nil.
func (f *File) PlanFor(concern ID) *Monitoring {
	for i := range f.Monitorings {
		if f.Monitorings[i].Concern == concern {
			return &f.Monitorings[i]
		}
	}
	return nil
}
