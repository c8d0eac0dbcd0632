package chronology

import (
	"fmt"
	"strings"

	"throughline/records"
)

const socialCare = "Children's social care"

// referrals puts the telephone call, the writing and a decision not to refer
// on the line. A draft is not an event.
func (b *builder) referrals() {
	for i := range b.f.Referrals {
		r := &b.f.Referrals[i]
		asked := "Asked for: " + join("; ", r.Level.String(), r.Response.String())
		if r.Level == "" && r.Response == "" {
			asked = ""
		}
		if r.PhonedAt != "" {
			b.add(records.KindReferral, r.Meta, Entry{
				When: at(r.PhonedAt), Title: "Referral telephoned", Source: r.PhonedTo, Significant: true,
				Event:  paragraphs("Telephoned "+orElse(r.PhonedTo, "the front door")+".", asked),
				Action: label("They advised: ", r.PhonedSaid),
			})
		}
		if r.SentAt != "" {
			b.add(records.KindReferral, r.Meta, Entry{
				When: at(r.SentAt), Title: "Referral sent", Significant: true,
				Event: paragraphs("Sent to "+orElse(r.SentTo, "the front door")+label(", by ", r.Method)+".",
					asked, label("Reference returned: ", r.Reference)),
				Response: parents(r.ParentsTold, join(" ", r.ParentsSaid, r.ParentsWhy)),
				Decision: join(" — ", r.Level.String(), r.DecidedBy),
				Reason:   paragraphs(r.LevelReason, r.ResponseWhy),
			})
		}
		if r.NotReferred != "" {
			decided := r.DecidedAt
			if decided == "" {
				decided = r.RecordedAt
			}
			title, event := "Decided not to refer", "A referral was considered and not made."
			if r.Response == records.Immediate && r.PhonedAt != "" {
				title, event = "Decided not to refer in writing", "The call about immediate risk was made. It was decided not to confirm it in writing."
			}
			b.add(records.KindReferral, r.Meta, Entry{
				When: at(decided), Title: title, Significant: true,
				Event:    event,
				Decision: join(" — ", "Not to refer", r.DecidedBy), Reason: r.NotReferred,
			})
		}
	}
}

func (b *builder) replies() {
	for i := range b.f.Replies {
		r := &b.f.Replies[i]
		e := Entry{
			When: at(r.At), Title: replyTitle(r), Agency: socialCare, Source: join(", ", r.From, r.Method),
			Significant: r.Decided() != "" || r.LoggedAs != records.LoggedNotSaid,
			Event: paragraphs(r.Said, logged(r.LoggedAs),
				label("The child was seen on ", string(r.ChildSeen.String())),
				label("Their assessment was finished on ", r.Assessed.String()), inWriting(r)),
			Action: label("Next: ", r.Next), Decision: join("; ", string(r.Outcome), label("section 47 enquiry: ", string(r.Enquiry))), Reason: r.Reasons,
		}
		if r.View != records.ViewNone {
			e.Outcome = join(": ", "The school's view: "+r.View.String(), r.ViewWhy)
		}
		if r.Chased && r.Decided() == "" && r.LoggedAs == records.LoggedNotSaid && !r.Acknowledges {
			e.Agency = "School"
			e.Event = paragraphs("The school asked "+r.From+" what became of the referral.", r.Said)
		}
		b.add(records.KindReply, r.Meta, e)
	}
}

func replyTitle(r *records.Reply) string {
	switch {
	case r.Enquiry != "":
		return "Section 47 enquiry: " + string(r.Enquiry)
	case r.Outcome != "":
		return "Reply: " + string(r.Outcome)
	case r.LoggedAs == records.LoggedContact:
		return "Reply: logged as a contact"
	case r.LoggedAs == records.LoggedReferral:
		return "Reply: logged as a referral"
	case r.Acknowledges:
		return "Reply: referral acknowledged"
	case r.Chased:
		return "Reply asked for"
	}
	return "Reply"
}

func logged(l records.LoggedAs) string {
	if l == records.LoggedNotSaid {
		return ""
	}
	return "They say they logged it as: " + strings.ToLower(l.String()[:1]) + l.String()[1:] + "."
}

func inWriting(r *records.Reply) string {
	switch r.InWriting {
	case records.Yes:
		return "In writing."
	case records.No:
		return "Not in writing."
	}
	return ""
}

// challenges puts the opening, each rung, each reply and the resolution of a
// challenge on the line.
func (b *builder) challenges() {
	for i := range b.f.Challenges {
		c := &b.f.Challenges[i]
		about := "Grounds: " + c.Grounds + "."
		if c.Sort != records.OfDecision {
			about = c.Sort.String() + "."
		}
		if c.Sort.Climbs() {
			b.add(records.KindChallenge, c.Meta, Entry{
				When: at(b.opened(c)), Title: "Challenge opened", Significant: true,
				Event:  paragraphs(about, "Decision challenged: "+c.Decision),
				Action: label("What keeps the child safe meanwhile: ", c.Safety),
			})
		} else {
			b.complaint(c)
		}
		if b.happened(c.ResolvedOn) {
			b.add(records.KindChallenge, c.Meta, Entry{
				When: records.On(c.ResolvedOn), Title: "Challenge resolved", Significant: true,
				Event: about, Outcome: c.Resolved,
			})
		}
	}
	for i := range b.f.Rungs {
		r := &b.f.Rungs[i]
		title := fmt.Sprintf("Challenge, rung %d", r.Number)
		b.add(records.KindRung, r.Meta, Entry{
			When: at(r.RaisedAt), Title: title + " raised", Significant: true, Source: r.By,
			Event:    paragraphs("Raised with "+r.To+label(", by ", r.Method)+".", label("Risk if nothing changes: ", r.Risk)),
			Action:   label("Told: ", r.Told),
			Decision: label("Outcome sought: ", r.Sought), Outcome: unanswered(r),
		})
		if r.RepliedAt != "" && r.Reply != "" {
			b.add(records.KindRung, r.Meta, Entry{
				When: at(r.RepliedAt), Title: title + " answered", Significant: true,
				Agency: b.answers(r), Source: r.To, Event: r.Reply,
				Outcome: join(": ", r.Result.String(), r.ResultWhy),
			})
		}
	}
}

// unanswered says how a rung ended to which nobody replied, and "" for any
// other. No day is known on which nobody replied, so it stands with the raising.
func unanswered(r *records.Rung) string {
	if r.Reply != "" || r.Result == records.RungOpen {
		return ""
	}
	return "No reply came. " + join(": ", r.Result.String(), r.ResultWhy)
}

// answers returns the agency that a rung was raised with: a disagreement inside
// the school is answered there.
func (b *builder) answers(r *records.Rung) string {
	for i := range b.f.Challenges {
		if c := &b.f.Challenges[i]; c.ID == r.Challenge && c.Sort == records.InsideSchool {
			return "School"
		}
	}
	return socialCare
}

// opened returns when a challenge was opened: when it was recorded, or when its
// first rung was raised if that was earlier.
func (b *builder) opened(c *records.Challenge) records.Stamp {
	opened := c.CreatedAt
	for _, r := range b.f.Rungs {
		if r.Challenge == c.ID && (opened == "" || r.RaisedAt < opened) {
			opened = r.RaisedAt
		}
	}
	return opened
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
