package referral

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"throughline/records"
	"throughline/referral/procedures"
)

func genReply(t *rapid.T, i int) records.Reply {
	y := records.Reply{Meta: records.Meta{ID: records.ID(fmt.Sprintf("y%d", rapid.IntRange(0, 5).Draw(t, "id"))), Version: i + 1}, Referral: "r1", From: "N. Worker"}
	y.At = records.StampOf(assessment().SentAt.Time().Add(time.Duration(rapid.IntRange(-8, 20).Draw(t, "hours")) * 6 * time.Hour))
	y.Chased = rapid.Bool().Draw(t, "chased")
	y.Acknowledges = rapid.Bool().Draw(t, "acknowledges")
	y.InWriting = rapid.SampledFrom([]records.Answer{"", records.Yes, records.No}).Draw(t, "in writing")
	y.Confirms = rapid.SampledFrom([]records.Answer{"", "", records.Yes, records.No}).Draw(t, "confirms")
	y.LoggedAs = rapid.SampledFrom([]records.LoggedAs{"", records.LoggedContact, records.LoggedReferral}).Draw(t, "logged")
	y.Outcome = rapid.SampledFrom(append(records.OutcomesOf(""), "", "", "")).Draw(t, "outcome")
	y.View = rapid.SampledFrom([]records.View{"", records.Agree, records.DisagreeWithCSC}).Draw(t, "view")
	y.Enquiry = rapid.SampledFrom(append(records.EnquiryOutcomes(), "", "", "", "")).Draw(t, "enquiry")
	y.WeWatch = rapid.SampledFrom([]records.Answer{"", records.Yes, records.No}).Draw(t, "we watch")
	if rapid.Bool().Draw(t, "seen") {
		y.ChildSeen = y.At.Date()
	}
	if rapid.Bool().Draw(t, "kept") {
		y.DueThen = map[string]records.Stamp{procedures.Chase: y.At, procedures.View: y.At, procedures.Feedback: y.At, procedures.ChildSeen17: y.At}
	}
	return y
}

func genRung(t *rapid.T, i int) records.Rung {
	g := records.Rung{Meta: records.Meta{ID: records.ID(fmt.Sprintf("g%d", i))}, Challenge: rapid.SampledFrom([]records.ID{"c0", "c1"}).Draw(t, "of"), Number: rapid.IntRange(1, 4).Draw(t, "number")}
	g.RaisedAt = records.StampOf(assessment().SentAt.Time().Add(time.Duration(rapid.IntRange(1, 40).Draw(t, "raised")) * 6 * time.Hour))
	if rapid.Bool().Draw(t, "answered") {
		g.RepliedAt = g.RaisedAt
		g.Result = rapid.SampledFrom([]records.RungResult{"", records.RungClimb, records.RungResolved, records.RungPartly}).Draw(t, "result")
	}
	return g
}

// genFile is a file with everything that a state is derived from, some of it
// in several versions.
func genFile(t *rapid.T, p *procedures.Procedures) *records.File {
	f := &records.File{Calendar: school(), Referrals: []records.Referral{assessment(), emergency()}}
	f.Referrals[1].ID = "r2"
	for i := range rapid.IntRange(0, 8).Draw(t, "replies") {
		f.Replies = append(f.Replies, genReply(t, i))
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "challenges") {
		c := records.Challenge{Meta: records.Meta{ID: records.ID(fmt.Sprintf("c%d", i))}, Referral: "r1", Ladder: p.Steps()}
		c.Sort = rapid.SampledFrom(records.ChallengeSorts()).Draw(t, "sort")
		c.Urgent = rapid.Bool().Draw(t, "urgent")
		if rapid.Bool().Draw(t, "resolved") {
			c.ResolvedOn = "2026-11-06"
		}
		f.Challenges = append(f.Challenges, c)
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "rungs") {
		f.Rungs = append(f.Rungs, genRung(t, i))
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "meetings") {
		f.Meetings = append(f.Meetings, genMeeting(t, i))
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "plans") {
		f.Monitorings = append(f.Monitorings, genPlan(t, i))
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "bands") {
		f.Bands = append(f.Bands, genBand(t, i))
	}
	return f
}

func genPlan(t *rapid.T, i int) records.Monitoring {
	m := records.Monitoring{Meta: records.Meta{ID: records.ID(fmt.Sprintf("w%d", rapid.IntRange(0, 2).Draw(t, "plan"))), Version: i + 1}, What: "lunch", NextSteps: "ring"}
	m.Reply = rapid.SampledFrom([]records.ID{"", "y0", "y1", "y2"}).Draw(t, "of reply")
	m.Until = records.Date("2026-11-03").AddDays(rapid.IntRange(0, 30).Draw(t, "until"))
	return m
}

func genBand(t *rapid.T, i int) records.StatusBand {
	b := records.StatusBand{Meta: records.Meta{ID: records.ID(fmt.Sprintf("b%d", rapid.IntRange(0, 2).Draw(t, "band"))), Version: i + 1}}
	b.Status = rapid.SampledFrom([]records.StatusKind{records.EarlyHelp, records.ChildInNeed, records.ChildProtect, records.LookedAfter}).Draw(t, "status")
	b.From = records.Date("2026-11-03").AddDays(rapid.IntRange(-10, 30).Draw(t, "from"))
	return b
}

// shuffled is a file with the same records in another order.
func shuffled(t *rapid.T, f *records.File) *records.File {
	other := *f
	other.Referrals = rapid.Permutation(f.Referrals).Draw(t, "order of referrals")
	other.Replies = rapid.Permutation(f.Replies).Draw(t, "order of replies")
	other.Challenges = rapid.Permutation(f.Challenges).Draw(t, "order of challenges")
	other.Rungs = rapid.Permutation(f.Rungs).Draw(t, "order of rungs")
	other.Meetings = rapid.Permutation(f.Meetings).Draw(t, "order of meetings")
	other.Monitorings = rapid.Permutation(f.Monitorings).Draw(t, "order of plans")
	other.Bands = rapid.Permutation(f.Bands).Draw(t, "order of bands")
	return &other
}

// Any order in which replies, corrections, challenges, meetings, plans and
// statuses arrive gives the same state and the same things to do, and no reply
// is lost.
func TestOrderDoesNotMatter(t *testing.T) {
	p := load(t, Lincolnshire)
	rapid.Check(t, func(t *rapid.T) {
		f := genFile(t, p)
		other := shuffled(t, f)
		r := rapid.SampledFrom([]records.Referral{assessment(), emergency()}).Draw(t, "referral")
		now := records.StampOf(at("2026-11-03 11:00").Time().Add(time.Duration(rapid.IntRange(0, 1000).Draw(t, "hours")) * time.Hour))
		want, got := StateIn(f, r, p, now), StateIn(other, r, p, now)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("another order gave\n%+v\ninstead of\n%+v", got, want)
		}
		if !reflect.DeepEqual(Items(other, p, now), Items(f, p, now)) {
			t.Fatal("another order gave other things to do")
		}
		ids := map[records.ID]bool{}
		for _, y := range f.Replies {
			ids[y.ID] = true
		}
		if len(got.Replies) != len(ids) {
			t.Fatalf("%d replies of %d are left", len(got.Replies), len(ids))
		}
		if !slices.IsSortedFunc(got.Replies, func(a, b Heard) int { return strings.Compare(string(a.At), string(b.At)) }) {
			t.Fatal("the replies are not in order of time")
		}
		if got.Stage == Closed && len(got.Due) > 0 {
			t.Fatal("closed, but something is due")
		}
		for _, d := range got.Due {
			got.Say(d)
			if d.What == "" || d.Kind == "" || d.Ref.Kind == "" || (d.Overdue && d.By == "") {
				t.Fatalf("due without words, reason or record: %+v", d)
			}
		}
	})
}

func genMeeting(t *rapid.T, i int) records.Meeting {
	m := meeting(fmt.Sprintf("m%d", rapid.IntRange(0, 4).Draw(t, "id")), rapid.SampledFrom(records.MeetingKinds()).Draw(t, "sort"),
		records.Date("2026-11-03").AddDays(rapid.IntRange(-3, 30).Draw(t, "day")), nil)
	m.Version = i + 1
	m.Held = rapid.SampledFrom([]records.Answer{"", records.Yes, records.No}).Draw(t, "held")
	m.Category = rapid.SampledFrom(append(records.PlanCategories(), "")).Draw(t, "category")
	m.View = rapid.SampledFrom([]records.View{"", records.Agree, records.DisagreeWithCSC}).Draw(t, "view")
	m.Referral = rapid.SampledFrom([]records.ID{"r1", "r1", "r2", ""}).Draw(t, "referral")
	if rapid.Bool().Draw(t, "next") {
		m.Next = m.On.AddDays(20)
	}
	return m
}
