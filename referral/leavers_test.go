package referral

import (
	"strings"
	"testing"

	"throughline/records"
)

// leaver is a pupil with one concern who left on Thursday 5 November 2026, in
// the middle of a term: the file is due on the 10th.
func leaver(change func(*records.File)) *records.File {
	f := &records.File{
		Pupil:    records.Pupil{Meta: records.Meta{ID: "p1"}, Forename: "Test", Surname: "Leaver", Left: "2026-11-05"},
		Concerns: []records.Concern{{Meta: records.Meta{ID: "c1"}, Pupil: "p1"}},
		Calendar: school(),
	}
	if change != nil {
		change(f)
	}
	return f
}

func TestLeaverItems(t *testing.T) {
	p := load(t, "default")
	how := records.TransferHows()[0]
	for _, c := range []struct {
		name           string
		file           *records.File
		now, late, say string // no sentence: nothing is due
	}{
		{"the next day", leaver(nil), "2026-11-06 09:00", "due 10 Nov 2026", "which one that is is not known"},
		{"next school known", leaver(func(f *records.File) { f.Pupil.Transfer.NextSchool = "Oak" }), "2026-11-11 09:00", "1 school day late", "Send it securely"},
		{"sent, no receipt", leaver(func(f *records.File) {
			f.Pupil.Transfer = records.Transfer{NextSchool: "Oak", Sent: "2026-11-06", How: how}
		}), "2026-11-13 09:00", "2 school days late", "Ask for a receipt"},
		{"sent and confirmed", leaver(func(f *records.File) {
			f.Pupil.Transfer = records.Transfer{NextSchool: "Oak", Sent: "2026-11-06", How: how, Receipt: "2026-11-09"}
		}), "2026-12-13 09:00", "", ""},
		{"none is needed", leaver(func(f *records.File) { f.Pupil.Transfer.NotNeeded = "Moved abroad; the authority there has it." }), "2026-12-13 09:00", "", ""},
		{"nothing is kept", leaver(func(f *records.File) { f.Concerns = nil }), "2026-12-13 09:00", "", ""},
		{"at the end of term, weeks ahead", leaver(func(f *records.File) { f.Pupil.Left = "2026-12-18" }), "2026-12-20 09:00", "", ""},
		{"at the end of term, in the new one", leaver(func(f *records.File) { f.Pupil.Left = "2026-12-18" }), "2027-01-14 09:00", "1 school day late", "not gone"},
	} {
		items := LeaverItems(c.file, p, false, at(c.now))
		switch {
		case c.say == "" && len(items) != 0:
			t.Errorf("%s: %+v is due, want nothing", c.name, items)
		case c.say != "" && (len(items) != 1 || items[0].Late != c.late || !strings.Contains(items[0].Sentence, c.say) || items[0].Pupil != "p1"):
			t.Errorf("%s: %+v, want %q, %s", c.name, items, c.say, c.late)
		}
	}
}

func TestLeaverWithAnOpenReferral(t *testing.T) {
	f := leaver(func(f *records.File) { f.Referrals = []records.Referral{assessment()} })
	f.Pupil.Transfer.NotNeeded = "x"
	now := at("2026-11-12 09:00")
	if l := LeaverOf(f, load(t, "default"), false, now); len(l.Open) != 1 || l.Item != nil {
		t.Errorf("%+v, want one referral open and no file due", l)
	}
	items := LeaverItems(f, load(t, "default"), false, now)
	if len(items) == 0 || items[0].Referral == "" {
		t.Errorf("%+v, want what is due in the referral", items)
	}
}

func TestStarterItem(t *testing.T) {
	cal := school()
	for _, c := range []struct {
		name  string
		pupil records.Pupil
		now   string
		want  Urgency
		say   string // empty: nothing is due
	}{
		{"joined two days ago", records.Pupil{Joined: "2026-11-03"}, "2026-11-05 09:00", Soon, "Ask the last school"},
		{"joined two weeks ago", records.Pupil{Joined: "2026-11-03"}, "2026-11-17 09:00", Overdue, "Ask the last school"},
		{"asked today", records.Pupil{Joined: "2026-11-03", OldFile: records.OldFile{From: "Oak", Asked: "2026-11-17"}}, "2026-11-17 09:00", Soon, "is not here yet"},
		{"received", records.Pupil{Joined: "2026-11-03", OldFile: records.OldFile{From: "Oak", Received: "2026-11-09"}}, "2026-11-17 09:00", 0, ""},
		{"there is none", records.Pupil{Joined: "2026-11-03", OldFile: records.OldFile{None: "Oak said so."}}, "2026-11-17 09:00", 0, ""},
		{"joins next week", records.Pupil{Joined: "2026-11-24"}, "2026-11-17 09:00", 0, ""},
		{"joined years ago", records.Pupil{Joined: "2021-09-01"}, "2026-11-17 09:00", 0, ""},
		{"joined years ago, and never answered", records.Pupil{Meta: records.Meta{CreatedAt: at("2021-09-10 09:00")}, Joined: "2021-09-01"}, "2026-11-17 09:00", Overdue, "Ask the last school"},
		{"here for years when the record began", records.Pupil{Meta: records.Meta{CreatedAt: at("2025-09-10 09:00")}, Joined: "2021-09-01"}, "2026-11-17 09:00", 0, ""},
		{"not known when", records.Pupil{}, "2026-11-17 09:00", 0, ""},
		{"has left again", records.Pupil{Joined: "2026-11-03", Left: "2026-11-10"}, "2026-11-17 09:00", 0, ""},
	} {
		i := StarterItem(c.pupil, cal, at(c.now))
		if (i == nil) != (c.say == "") || i != nil && (i.Urgency != c.want || !strings.Contains(i.Sentence, c.say)) {
			t.Errorf("%s: %+v, want %q, %s", c.name, i, c.say, c.want)
		}
	}
}
