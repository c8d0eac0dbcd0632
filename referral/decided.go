package referral

import "throughline/records"

// What each of the three decisions consists of, to see whether it was changed.
type (
	levelDecision struct {
		level             records.Level
		reason, threshold string
	}
	responseDecision struct {
		response         records.Response
		why, notReferred string
	}
	parentsDecision struct {
		told                     records.Answer
		when                     records.Date
		who, said, why, disputes string
		consent                  records.Consent
	}
)

// decision is one of the three as a referral holds it.
type decision struct {
	what any // comparable
	made bool
	by   *records.Decider
}

func decisionsOf(r *records.Referral) [3]decision {
	return [3]decision{
		{levelDecision{r.Level, r.LevelReason, r.Threshold}, r.Level != "", &r.LevelBy},
		{responseDecision{r.Response, r.ResponseWhy, r.NotReferred}, r.Response != "" || r.NotReferred != "", &r.ResponseBy},
		{parentsDecision{r.ParentsTold, r.ParentsWhen, r.ParentsWho, r.ParentsSaid, r.ParentsWhy, r.DoorDisputes, r.Consent},
			r.ParentsTold != records.NotKnown, &r.ParentsBy},
	}
}

// Deciders returns who made each of the three decisions and when; the zero
// Decider for one that is not made. Where a referral of an older edition has one
// name and time for all, they are those.
func Deciders(r records.Referral) [3]records.Decider {
	var all [3]records.Decider
	for i, d := range decisionsOf(&r) {
		switch {
		case !d.made:
		case d.by.At == "" && r.DecidedAt != "":
			all[i] = records.Decider{By: r.DecidedBy, At: r.DecidedAt}
		default:
			all[i] = *d.by
		}
	}
	return all
}

// KeepDecided writes into a referral that was changed from was who made each of
// its decisions and when. One that is not as it was is made now, by the name in
// its Decider, or by me where that still is the name of whoever made it before:
// what somebody changes is not another's decision. One that is as it was keeps
// its time; its name may have been corrected.
func KeepDecided(was records.Referral, r *records.Referral, me string, now records.Stamp) {
	before, old := Deciders(was), decisionsOf(&was)
	for i, d := range decisionsOf(r) {
		switch {
		case !d.made:
			d.by.At = ""
			if d.by.By == me {
				d.by.By = "" // only offered
			}
		case d.what == old[i].what && before[i].At != "":
			d.by.At = before[i].At
		default:
			if d.by.By == before[i].By {
				d.by.By = me
			}
			d.by.At = now
		}
	}
	last := records.Decider{}
	for _, d := range Deciders(*r) {
		if d.At > last.At {
			last = d
		}
	}
	if r.NotReferred != "" {
		last = r.ResponseBy
	}
	r.DecidedBy, r.DecidedAt = last.By, last.At
}
