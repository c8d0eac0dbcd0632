package referral

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

// file is a pupil with everything that can be due, on Thursday 5 November 2026.
func file() *records.File {
	meta := func(id records.ID) records.Meta {
		return records.Meta{ID: id, Version: 1, CreatedAt: at("2026-10-01 09:00")}
	}
	draft := assessment()
	draft.Meta, draft.SentAt, draft.Level = meta("r2"), "", ""
	return &records.File{
		Pupil:     records.Pupil{Meta: meta("p1"), Forename: "Test", Surname: "Pupil", Born: "2014-01-01"},
		Referrals: []records.Referral{assessment(), draft},
		Replies:   []records.Reply{reply("y1", "2026-11-04 09:00", func(y *records.Reply) { y.LoggedAs = records.LoggedContact })},
		Monitorings: []records.Monitoring{
			{Meta: meta("m1"), What: "bruises", Who: "Tutor", From: "2026-10-01", Until: "2026-10-23", NextSteps: "DSL rings home"},
			{Meta: meta("m2"), What: "lateness", Who: "Tutor", From: "2026-10-01", Until: "2026-11-05", NextSteps: "Meet the mother"},
			{Meta: meta("m3"), What: "lunch", Who: "Tutor", From: "2026-10-01", Until: "2026-10-02", NextSteps: "x", Ended: "2026-10-02", Result: "y"},
		},
		Actions: []records.Action{
			{Meta: meta("a1"), What: "Ring the GP", Who: "DSL", Due: "2026-10-22"},
			{Meta: meta("a2"), What: "Meet the mother", Who: "Tutor", Due: "2026-11-05", Plan: "m2"},
			{Meta: meta("a3"), What: "Write to the clinic", Who: "DSL", Due: "2026-11-06"},
			{Meta: meta("a4"), What: "Review", Who: "DSL", Due: "2027-01-15"},
			{Meta: meta("a5"), What: "Done", Who: "DSL", Due: "2026-10-01", Done: "2026-10-01", Result: "y"},
			{Meta: meta("a6"), What: "Old task of an ended plan", Who: "DSL", Due: "2026-11-09", Plan: "m3"},
		},
		Calendar: school(),
	}
}

func TestItems(t *testing.T) {
	items := Items(file(), load(t, "lincolnshire"), at("2026-11-05 10:20"))
	var got []string
	for _, i := range items {
		got = append(got, fmt.Sprintf("%s %s %s", i.Urgency, i.Ref.ID, i.Late))
		if i.Pupil != "p1" || i.Sentence == "" || i.Ref.Kind == "" || i.Late == "" && i.Urgency != Open {
			t.Errorf("%+v", i)
		}
	}
	want := []string{
		"Now r1 now",
		"Overdue r1 24 hours late",
		"Overdue r1 1 hour late",
		"Overdue a1 5 school days late",
		"Overdue m1 4 school days late",
		"Today m2 due today",
		"This week a3 due 6 Nov 2026",
		"This week a6 due 9 Nov 2026",
		"No date r2 ",
		"Later a4 due 15 Jan 2027",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if items[0].Referral != DueMismatch || items[0].Say == "" {
		t.Errorf("the mismatch does not come first with what to say: %+v", items[0])
	}
}

func TestSortItems(t *testing.T) {
	items := []Item{
		{Sentence: "later", Urgency: Later, On: "2027-01-01"},
		{Sentence: "in the course of today", Urgency: DueNow, On: "2026-11-05"},
		{Sentence: "at closing today", Urgency: DueNow, By: at("2026-11-05 17:00"), On: "2026-11-05"},
		{Sentence: "waiting since October", Urgency: Open, Since: "2026-10-01"},
		{Sentence: "waiting since September", Urgency: Open, Since: "2026-09-01"},
		{Sentence: "late", Urgency: Overdue, On: "2026-11-01"},
		{Sentence: "at once", Urgency: AtOnce},
	}
	SortItems(items)
	var got []string
	for _, i := range items {
		got = append(got, i.Sentence)
	}
	if want := "at once, late, at closing today, in the course of today, waiting since September, waiting since October, later"; strings.Join(got, ", ") != want {
		t.Errorf("got %q", got)
	}
}

func TestItemsOfNobody(t *testing.T) {
	if got := Items(&records.File{}, nil, at("2026-11-05 10:00")); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestItemsInAnyOrder(t *testing.T) {
	p, now := load(t, "lincolnshire"), at("2026-11-05 10:20")
	f := file()
	want := Items(f, p, now)
	slices.Reverse(f.Referrals)
	slices.Reverse(f.Monitorings)
	slices.Reverse(f.Actions)
	if got := Items(f, p, now); !reflect.DeepEqual(got, want) {
		t.Errorf("another order gave\n%+v\ninstead of\n%+v", got, want)
	}
}

func TestLapsedPlanSaysWhatComesNext(t *testing.T) {
	for _, i := range Items(file(), nil, at("2026-11-05 10:20")) {
		if i.Ref.ID == "m1" && i.Sentence == "Watching for \u201cbruises\u201d lapsed without a result. Write what was seen, and take the next step: DSL rings home." {
			return
		}
	}
	t.Error("the lapsed plan is not told")
}

func BenchmarkItems(b *testing.B) {
	f, p, now := file(), load(b, "lincolnshire"), at("2026-11-05 10:20")
	for b.Loop() {
		Items(f, p, now)
	}
}
