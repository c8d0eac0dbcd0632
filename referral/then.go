package referral

import (
	"throughline/records"
	"throughline/referral/procedures"
)

// clocksOfSending are the clocks that run from the call or from the referral.
var clocksOfSending = []string{
	procedures.WrittenConfirmation, procedures.Acknowledgement, procedures.Decision,
	procedures.ChildSeen47, procedures.AssessmentDone,
}

// ranFrom returns the instant from which a clock of sending runs, or "".
func ranFrom(r records.Referral, clock string) records.Stamp {
	switch clock {
	case procedures.WrittenConfirmation:
		return r.PhonedAt
	case procedures.Acknowledgement, procedures.Decision, procedures.ChildSeen47, procedures.AssessmentDone:
		return Begins(r)
	}
	return ""
}

// KeepDue writes into a referral that was telephoned or sent what is due when,
// by the procedures and the calendar of that day. [State] goes by today's, and
// says the kept date beside it where the two differ. What is kept already for
// the same instant stays.
func KeepDue(was records.Referral, r *records.Referral, p *procedures.Procedures, cal records.Calendar) {
	kept := map[string]records.Stamp{}
	for _, key := range clocksOfSending {
		from := ranFrom(*r, key)
		if from == "" {
			continue
		}
		by := Deadline(from, p.Clock(key), cal)
		if old := was.DueThen[key]; old != "" && ranFrom(was, key) == from {
			by = old
		}
		if by != "" {
			kept[key] = by
		}
	}
	r.DueThen = nil // of an older body there is none
	if len(kept) > 0 {
		r.DueThen = kept
	}
}
