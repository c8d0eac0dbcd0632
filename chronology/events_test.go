package chronology

import (
	"slices"
	"strings"
	"testing"

	"throughline/chronology/pattern"
	"throughline/records"
)

// reads returns the text of the first statement of a kind about the file on a
// day, or "".
func reads(f *records.File, kind pattern.Kind, asOf records.Date) string {
	f.Read = records.Stamp(asOf + "T12:00:00.000000Z")
	for _, s := range Read(f, Of(f)).All() {
		if s.Kind == kind {
			return s.Text
		}
	}
	return ""
}

func keptOn(id records.ID, day records.Date) records.Meta {
	return records.Meta{ID: id, Version: 1, CreatedAt: noon(day), RecordedAt: noon(day)}
}

func noon(day records.Date) records.Stamp { return records.Stamp(day + "T12:00:00.000000Z") }

func worry(id records.ID, day records.Date, account string, change func(*records.Concern)) records.Concern {
	c := records.Concern{
		Meta: keptOn(id, day), Pupil: "p", When: records.On(day), Source: records.FromRecords, Severity: 3,
		Categories: []records.Category{records.Neglect}, Account: account,
	}
	if change != nil {
		change(&c)
	}
	return c
}

// TestAChallengeIsOpenUntilItIsResolved reads a challenge through its rungs: only
// what was resolved and when closes it.
func TestAChallengeIsOpenUntilItIsResolved(t *testing.T) {
	rung := func(result records.RungResult, replied records.Stamp) records.Rung {
		return records.Rung{
			Meta: keptOn("r", "2025-02-03"), Pupil: "p", Challenge: "c", Number: 1, RaisedAt: noon("2025-02-03"), By: "Ada Holt", To: "Team manager, social care",
			RepliedAt: replied, Reply: "MASH agreed that nothing changes.", Result: result, ResultWhy: "No alternative was offered.",
		}
	}
	for _, tt := range []struct {
		name     string
		rungs    []records.Rung
		resolved records.Date
		open     bool
	}{
		{"no rung yet", nil, "", true},
		{"a rung that waits", []records.Rung{rung(records.RungOpen, "")}, "", true},
		{"a rung that resolved nothing", []records.Rung{rung(records.RungClimb, noon("2025-02-05"))}, "", true},
		{"resolved", []records.Rung{rung(records.RungResolved, noon("2025-02-05"))}, "2025-02-06", false},
	} {
		f := &records.File{
			Pupil: records.Pupil{Meta: records.Meta{ID: "p"}, Forename: "Ana", Surname: "Reed"},
			Challenges: []records.Challenge{{
				Meta: keptOn("c", "2025-02-03"), Pupil: "p", Grounds: records.Grounds()[0], Decision: "No further action", ResolvedOn: tt.resolved, Resolved: "Assessment opened.",
			}},
			Rungs: tt.rungs,
		}
		text := reads(f, pattern.UnresolvedDisagreement, "2025-03-03")
		if (text != "") != tt.open || tt.open && !strings.Contains(text, "3 Feb 2025") {
			t.Errorf("%s: %q, want open %v", tt.name, text, tt.open)
		}
	}
}

// TestWhatWasDecidedAboutReferring reads referrals by when they were sent, not by
// what was thought of.
func TestWhatWasDecidedAboutReferring(t *testing.T) {
	for _, tt := range []struct {
		name   string
		ref    records.Referral
		silent bool // about there being no referral
	}{
		{"decided against", records.Referral{DecidedAt: noon("2025-02-03"), NotReferred: "Mum did not agree."}, false},
		{"telephoned and decided against", records.Referral{PhonedAt: noon("2025-02-03"), DecidedAt: noon("2025-02-03"), NotReferred: "Mum did not agree."}, false},
		{"decided against, then sent", records.Referral{DecidedAt: noon("2025-02-03"), NotReferred: "Mum did not agree.", SentAt: noon("2025-02-10"), SentTo: "MASH"}, true},
		{"a child at risk now, telephoned, and decided against", records.Referral{Response: records.Immediate, PhonedAt: noon("2025-02-03"), DecidedAt: noon("2025-02-03"), NotReferred: "They said there is no need."}, true},
		{"telephoned", records.Referral{PhonedAt: noon("2025-02-03"), PhonedTo: "MASH"}, true},
	} {
		tt.ref.Meta, tt.ref.Pupil = keptOn("ref", "2025-02-03"), "p"
		f := &records.File{Pupil: records.Pupil{Meta: records.Meta{ID: "p"}}, Referrals: []records.Referral{tt.ref}}
		for i, d := range []records.Date{"2024-09-10", "2024-10-08", "2024-11-12", "2024-12-03", "2025-01-14"} {
			f.Concerns = append(f.Concerns, worry(records.ID(rune('a'+i)), d, "Hungry.", nil))
		}
		made := !slices.ContainsFunc(Of(f), func(e Entry) bool { return strings.Contains(e.Event, "considered and not made") })
		if made != (tt.ref.NotReferred == "" || tt.ref.Response == records.Immediate) {
			t.Errorf("%s: the line says that the referral was made: %v", tt.name, made)
		}
		if text := reads(f, pattern.NoReferral, "2025-03-03"); (text == "") != tt.silent {
			t.Errorf("%s: %q", tt.name, text)
		}
	}
}

// TestFieldsOfAnEvent holds what the ledgers know beside what is written.
func TestFieldsOfAnEvent(t *testing.T) {
	f := &records.File{
		Read:     noon("2025-03-03"),
		Pupil:    records.Pupil{Meta: records.Meta{ID: "p"}, Forename: "Ana", Surname: "Reed"},
		Siblings: []records.Pupil{{Meta: records.Meta{ID: "s"}, Forename: "Finn", Surname: "Reed"}},
		People:   map[records.ID]records.Person{"k": {Name: "Karl Moss"}, "l": {Name: "Karl West"}, "m": {Name: "Kate Reed"}, "b": {Name: "Bo Reed"}},
		Ties: []records.Tie{
			{Person: "k", Relationship: "mother's partner"}, {Person: "l", Relationship: "uncle"}, {Person: "m", Relationship: "Mother"}, {Person: "b", Relationship: "half-brother, baby"},
		},
		Concerns: []records.Concern{
			worry("1", "2025-02-03", "Karl shouted at Kate. Ana ran to Karl West.", func(c *records.Concern) {
				c.Decision, c.Reason, c.Marks, c.Present = "Written agreement", "Social care took no further action.", []records.Mark{{View: "front"}}, "Ana Reed; Kate Reed"
			}),
			worry("2", "2025-02-04", "Finn told me.", func(c *records.Concern) {
				c.Pupil, c.Source, c.Marks = "s", records.ToldByChild, []records.Mark{{View: "front"}}
				c.Also = []records.Involved{{Pupil: "p", Part: records.Witness}}
			}),
		},
		Replies: []records.Reply{{Meta: keptOn("3", "2025-02-07"), At: noon("2025-02-07"), Outcome: "No further action", Reasons: "Seen.", ChildSeen: "2025-02-05"}},
	}
	e := Events(f, Of(f))
	if len(e) != 3 {
		t.Fatalf("%d events", len(e))
	}
	if e[0].Seen != "2025-02-03" || e[0].Decision != "Written agreement" || e[0].Reason == "" {
		t.Errorf("a concern with a body map: %+v", e[0])
	}
	if got := strings.Join(e[0].People, ", "); got != "mother, Karl West" {
		t.Errorf("people of two Karls and a mother: %q", got)
	}
	if got := strings.Join(e[0].Kin, ", "); got != "Finn, Bo" {
		t.Errorf("brothers: %q", got)
	}
	if e[1].Seen != "" || e[1].Source != "" {
		t.Errorf("what another child told and showed: %+v", e[1])
	}
	if e[2].Decision != "No further action" || e[2].Seen != "2025-02-05" {
		t.Errorf("a reply: %+v", e[2])
	}
}

// A brother's own concerns are events with their day and kinds, and at no place on
// the line; what both lines tell of is said.
func TestSiblingsOwnLinesAreReadTogether(t *testing.T) {
	f := &records.File{
		Pupil:    records.Pupil{Meta: records.Meta{ID: "z"}, Forename: "Zoë", Surname: "Reed"},
		Siblings: []records.Pupil{{Meta: records.Meta{ID: "s"}, Forename: "Finn", Surname: "Reed"}},
		Read:     noon("2026-06-01"),
	}
	for i, day := range []records.Date{"2026-01-12", "2026-02-09", "2026-03-09"} {
		id := records.ID("c" + string(day))
		f.Concerns = append(f.Concerns, records.Concern{Meta: records.Meta{ID: id}, Pupil: "z", When: records.On(day), Categories: []records.Category{records.Neglect}, Account: "Hungry."})
		f.Kin = append(f.Kin, records.KinConcern{Concern: "k" + id, Pupil: "s", When: records.On(day.AddDays(i)), Categories: []records.Category{records.Neglect}})
	}
	line := Of(f)
	if len(line) != 3 {
		t.Fatalf("the line has %d entries, want those of the pupil alone", len(line))
	}
	var told []string
	for _, s := range Read(f, line).Patterns {
		if s.Kind == pattern.Sibling {
			told = append(told, s.Text)
		}
	}
	want := "Both children's lines tell of neglect: three entries here, three about Finn Reed"
	if !slices.ContainsFunc(told, func(s string) bool { return strings.HasPrefix(s, want) }) {
		t.Errorf("said %q, want %q", told, want)
	}
}

func TestACheckThatWasMadeIsALook(t *testing.T) {
	f := &records.File{
		Concerns:    []records.Concern{{Meta: records.Meta{ID: "c"}, When: records.On("2026-01-12"), Account: "Left her tray."}},
		Monitorings: []records.Monitoring{{Meta: records.Meta{ID: "m"}, From: "2026-01-12", Until: "2026-01-23", What: "Lunch eaten"}},
		Actions:     []records.Action{{Meta: records.Meta{ID: "a"}, Plan: "m", What: "Look at her tray", Who: "Mrs Hart", Due: "2026-01-16", Done: "2026-01-16", Result: "Full on four of five days"}},
		Read:        noon("2026-06-01"),
	}
	for _, s := range Read(f, Of(f)).Unanswered {
		if s.Kind == pattern.MonitoringLapsed {
			t.Errorf("a plan that was checked is said to have lapsed: %s", s.Text)
		}
	}
	f.Actions[0].Done, f.Actions[0].Result = "", ""
	if !slices.ContainsFunc(Read(f, Of(f)).Unanswered, func(s pattern.Statement) bool { return s.Kind == pattern.MonitoringLapsed }) {
		t.Error("a plan that nobody checked is not said to have lapsed")
	}
}
