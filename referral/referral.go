// Package referral follows a case that a school makes to children's social
// care: the three decisions before it, the clocks that run after it, what the
// front door says it recorded, the decision, and the challenge when the
// decision is wrong.
//
// Start with [StateIn], which says where one referral stands and what is due,
// and [Items], which says everything that is due for one pupil.
// [NewChallenge] and [RaiseRung] begin and climb a professional challenge.
//
// Everything here is a pure function over records: it has no clock of its own,
// reads nothing, and never changes what it is given. It decides no threshold
// and gives no score; it says what was asked, what was answered, and what is
// late by which rule.
package referral

import (
	"throughline/records"
)

// AskedFor returns what a referral asks for, in words to say on the telephone:
// "a referral under section 17 (child in need), for an assessment".
func AskedFor(r records.Referral) string {
	if r.NotReferred != "" && !made(r) {
		return "nothing: it was decided not to refer"
	}
	what := map[records.Level]string{
		records.Universal:   "support from universal services",
		records.SchoolOffer: "support with the school's own offer",
		records.Targeted:    "targeted early help",
		records.Section17:   "a referral under section 17 (child in need)",
		records.Section47:   "a referral under section 47 (likely significant harm)",
		records.Police:      "immediate protection by the police, and a referral under section 47",
	}[r.Level]
	if what == "" {
		what = "a referral"
	}
	switch r.Response {
	case records.Immediate:
		return what + ", for an immediate response"
	case records.Assessment:
		return what + ", for an assessment"
	}
	if r.Level == "" {
		return "nothing yet: the three decisions are still to be made"
	}
	return what
}

// made reports whether the referral was made: in writing, or by a call about
// immediate risk. Such a call is always confirmed in writing, even where social
// care say that there is no need, so a later decision not to refer does not end
// it: only what was never made can be decided against.
func made(r records.Referral) bool {
	return r.SentAt != "" || r.Response == records.Immediate && r.PhonedAt != ""
}

// asksForReferral reports whether more than a contact was asked for: a
// referral asks social care to act, a contact is information that they log.
func asksForReferral(r records.Referral) bool {
	return r.Level.IsStatutory() || r.Response != ""
}

// Begins returns when the referral reached social care, from which its clocks
// run, or "" for a draft. A call about immediate risk begins it; a call for
// advice before a written request for assessment does not, once that is sent.
// Where the decision was not to refer, a call for advice begins nothing.
func Begins(r records.Referral) records.Stamp {
	if r.NotReferred != "" && !made(r) {
		return ""
	}
	if r.SentAt != "" && (r.Response != records.Immediate || r.PhonedAt == "") {
		return r.SentAt
	}
	return earliest(r.PhonedAt, r.SentAt)
}

// earliest returns the earlier of two instants, ignoring those not known.
func earliest(a, b records.Stamp) records.Stamp {
	if a == "" || (b != "" && b < a) {
		return b
	}
	return a
}
