package referral

import (
	"strings"

	"throughline/records"
)

// Missing is something that one of the three decisions lacks.
type Missing struct {
	Decision int    // 1 the level, 2 immediate or assessment, 3 whether parents are told
	Field    string // of the referral, by its JSON name
	Sentence string // what to do
}

// ThreeDecisions returns what the three decisions before a referral still
// lack, in the order of the form; none when they are complete. A decision not
// to refer needs its level, reason, name and time with the same care, but no
// second decision.
func ThreeDecisions(r records.Referral) []Missing {
	var m missing
	m.level(r)
	if r.NotReferred == "" {
		m.response(r)
	}
	m.parents(r)
	return m
}

type missing []Missing

func (m *missing) need(bad bool, decision int, field, sentence string) {
	if bad {
		*m = append(*m, Missing{decision, field, sentence})
	}
}

func (m *missing) level(r records.Referral) {
	m.need(r.Level == "", 1, "level", "Choose the level of help, against the local threshold document.")
	m.need(blank(r.LevelReason), 1, "level_reason", "Say why this level: what was offered at each lower level, and why it was not enough.")
	m.need(blank(r.DecidedBy), 1, "decided_by", "Say who decided.")
	m.need(r.DecidedAt == "", 1, "decided_at", "Say when it was decided.")
}

func (m *missing) response(r records.Referral) {
	m.need(r.Response == "", 2, "response", "Choose immediate risk of harm, or need for assessment.")
	m.need(r.Response == records.Assessment && r.Level.Rank() >= records.Section47.Rank(), 2, "response",
		"The level is likely significant harm, but an assessment is asked for. If the child is at risk now, choose immediate and ring; otherwise say so in the reason, or choose section 17.")
	m.need(r.Response == records.Immediate && r.Level != "" && r.Level.Rank() < records.Section47.Rank(), 2, "response",
		"Immediate risk of harm is chosen, but the level is below section 47. Choose section 47, or need for assessment.")
	m.need(r.Response != "" && blank(r.ResponseWhy), 2, "response_why", "Say why: what the risk is now, or why there is none that cannot wait.")
	m.need(r.Response == records.Immediate && r.PhonedAt == "", 2, "phoned_at", "Ring the front door now, and write down when and with whom you spoke.")
	m.need(r.PhonedAt != "" && blank(r.PhonedTo), 2, "phoned_to", "Give the name and role of whom you spoke with.")
	m.need(r.PhonedAt != "" && blank(r.PhonedSaid), 2, "phoned_said", "Write what was said on the telephone, and what each side will do.")
}

func (m *missing) parents(r records.Referral) {
	m.need(r.ParentsTold == records.NotKnown, 3, "parents_told", "Say whether the parents are told.")
	if r.ParentsTold == records.Yes {
		m.need(r.ParentsWhen == "", 3, "parents_when", "Give the day on which the parents were told.")
		m.need(blank(r.ParentsWho), 3, "parents_who", "Say who was told, by whom and how.")
		m.need(blank(r.ParentsSaid), 3, "parents_said", "Write what the parents said.")
	}
	m.need(r.ParentsTold == records.No && blank(r.ParentsWhy), 3, "parents_why",
		"Say why the parents are not told: risk to the child, evidence, danger to staff or others, intimidation, or delay.")
	m.need(r.ParentsTold == records.Yes && r.Consent == "" && r.NotReferred == "" && r.Level.Rank() <= records.Section17.Rank(), 3, "consent",
		"Say whether the parents consent: given, refused or not sought. Section 17 normally needs it.")
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// Cautions returns what is unusual about a referral and should be looked at
// before it is sent, each one sentence.
func Cautions(f *records.File, r records.Referral) []string {
	var all []string
	on := r.SentAt.Date()
	if on == "" {
		on = f.Read.Date()
	}
	age := f.Pupil.AgeOn(on)
	add := func(bad bool, sentence string) {
		if bad {
			all = append(all, sentence)
		}
	}
	add(age >= 18, "This pupil is 18 or over: adult social care takes the referral, or tells you who does.")
	add(f.Pupil.Born > on && on != "", "The date of birth is after the referral. For a child who is not born yet, give the date as the one expected.")
	add(f.Pupil.Born == "", "The date of birth is not known. The front door will ask for it.")
	add(f.Pupil.Left != "" && f.Pupil.Left <= on, "This pupil has left the school. Say in the referral where the child is now, and tell the new school's lead.")
	for _, other := range f.Referrals {
		add(other.ID != r.ID && StateIn(f, other, nil, f.Read).isOpen(),
			"Another referral for this pupil is open. Say in this one what is new, or go on with the other.")
	}
	return all
}

// Following returns the referral of a file's pupil that social care have and
// that is not closed, the newest where there are several; nil where there is
// none.
func Following(f *records.File) *records.Referral {
	var found *records.Referral
	for i := range f.Referrals {
		r := &f.Referrals[i]
		if r.Pupil == f.Pupil.ID && Begins(*r) != "" && StateIn(f, *r, nil, f.Read).isOpen() && (found == nil || Begins(*r) > Begins(*found)) {
			found = r
		}
	}
	return found
}

// isOpen reports whether more is to come of a referral.
func (s State) isOpen() bool { return s.Stage != Closed && s.Stage != NotReferred }
