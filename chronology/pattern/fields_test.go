package pattern

import (
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

func event(row int, kind records.Kind, d records.Date, change func(*Event)) Event {
	e := Event{Row: row, Kind: kind, When: records.On(d)}
	if change != nil {
		change(&e)
	}
	return e
}

func TestBreadth(t *testing.T) {
	events := entriesOnDates(records.Attendance, "2022-09-14", "2022-11-09", "2023-01-18", "2023-03-15", "2023-05-17", "2023-06-14")
	for i, c := range []records.Category{records.Neglect, records.Emotional, records.SelfHarm, records.Attendance, records.Neglect, records.Physical, records.Emotional, records.SelfHarm} {
		d := []records.Date{"2023-10-11", "2023-11-22", "2024-01-24", "2024-03-13", "2024-05-02", "2024-05-21", "2024-06-14", "2024-06-19"}[i]
		events = append(events, event(7+i, records.KindConcern, d, func(e *Event) { e.Category = c }))
	}
	got := Read(events, terms(), "2024-07-01")
	s, ok := find(got.Deterioration, Breadth, "all")
	if !ok {
		t.Fatalf("no statement of breadth: %+v", got)
	}
	if !strings.Contains(s.Text, "five since 11 Oct 2023 (neglect, physical harm or injury, emotional harm, self-harm and attendance and lateness), one before") {
		t.Errorf("Text = %q", s.Text)
	}
	events = append(events[:6], entriesOnDates(records.Neglect, "2023-10-11", "2023-11-22", "2024-01-24", "2024-03-13", "2024-05-01", "2024-06-19")...)
	if got := Read(events, terms(), "2024-07-01"); raises(got.Deterioration, Breadth) {
		t.Error("another kind in place of the first is called broader")
	}
}

func TestAfterHolidays(t *testing.T) {
	events := entriesOnDates(records.Emotional, "2023-10-30", "2024-01-04", "2024-02-19", "2024-04-15", "2024-05-22", "2024-09-04")
	got := Read(events, terms(), "2024-09-10")
	s, ok := find(got.Patterns, AfterBreak, "/holiday")
	if !ok || !slices.Equal(s.Rows, []int{1, 2, 3, 4, 6}) {
		t.Errorf("patterns = %+v", got.Patterns)
	}
}

func TestApproximateDatesStayOutOfDays(t *testing.T) {
	events := entriesOnDates(records.Neglect, "2024-09-09", "2024-09-30", "2024-10-14", "2024-11-11", "2024-12-02", "2025-01-13", "2025-02-10")
	if got := Read(events, terms(), "2025-03-03"); !raises(got.Patterns, Weekday) {
		t.Fatal("seven Mondays say nothing")
	}
	for i := range events {
		events[i].When.Precision = records.About
	}
	got := Read(events, terms(), "2025-03-03")
	if raises(got.Patterns, Weekday, AfterBreak) || raises(got.Deterioration, Gaps) {
		t.Errorf("approximate dates raise %v %v", got.Patterns, got.Deterioration)
	}
	if !strings.Contains(strings.Join(got.TooLittle, " "), "Seven entries have only an approximate date") {
		t.Errorf("too little = %q", got.TooLittle)
	}
}

func TestPlansAndStatus(t *testing.T) {
	events := []Event{
		event(1, records.KindConcern, "2024-09-12", func(e *Event) { e.Category, e.Voice, e.Outcome = records.Neglect, "I was cold", "Coat lent" }),
		event(2, records.KindMonitoring, "2024-09-12", func(e *Event) { e.Text, e.Until = "Lunch eaten", "2024-10-04" }),
		event(3, records.KindMonitoring, "2024-09-12", func(e *Event) { e.Text, e.Until, e.Ended = "Coat worn", "2024-10-04", "2024-10-04" }),
		event(4, records.KindMonitoring, "2024-09-12", func(e *Event) { e.Text, e.Until = "Weight", "2025-06-04" }),
		event(5, records.KindStatus, "2023-09-12", func(e *Event) { e.Status, e.Until = records.ChildProtect, "2024-08-12" }),
		event(6, records.KindStatus, "2024-11-12", func(e *Event) { e.Status = records.ChildProtect }),
	}
	got := Read(events, terms(), "2024-12-12")
	if s, ok := find(got.Unanswered, MonitoringLapsed, ""); !ok || !slices.Equal(s.Rows, []int{2}) {
		t.Errorf("lapsed = %+v", s)
	}
	var drift []string
	for _, s := range got.Drift {
		drift = append(drift, s.Text)
	}
	want := []string{
		"Child protection plan ended on 12 Aug 2024 and began again on 12 Nov 2024.",
		"Child protection plan from 12 Sep 2023 ran for 11 months.",
	}
	if !slices.Equal(drift, want) {
		t.Errorf("drift = %q, want %q", drift, want)
	}
	if raises(got.Unanswered, NoReferral, NoChildWords, NoOutcome) {
		t.Errorf("unanswered = %+v", got.Unanswered)
	}
}

// A plan goes on when its category or its worker changes, also where the old one
// overlaps the new.
func TestOnePlanUnderTwoCategories(t *testing.T) {
	for _, c := range []struct {
		name, ended string
		want        []string
	}{
		{"the day before", "2024-03-11", []string{"Child protection plan from 12 Sep 2023 has run for 15 months."}},
		{"the same day", "2024-03-12", []string{"Child protection plan from 12 Sep 2023 has run for 15 months."}},
		{"overlapping", "2024-05-12", []string{"Child protection plan from 12 Sep 2023 has run for 15 months."}},
		{"a month between", "2024-02-10", []string{
			"Child protection plan ended on 10 Feb 2024 and began again on 12 Mar 2024.",
			"Child protection plan from 12 Mar 2024 has run for 9 months.",
		}},
	} {
		got := Read([]Event{
			event(1, records.KindStatus, "2023-09-12", func(e *Event) { e.Status, e.Ended = records.ChildProtect, records.Date(c.ended) }),
			event(2, records.KindStatus, "2024-03-12", func(e *Event) { e.Status = records.ChildProtect }),
		}, terms(), "2024-12-12")
		var drift []string
		for _, s := range got.Drift {
			drift = append(drift, s.Text)
		}
		if !slices.Equal(drift, c.want) {
			t.Errorf("%s: %q, want %q", c.name, drift, c.want)
		}
	}
}

func TestFirstSentenceInShort(t *testing.T) {
	for text, want := range map[string]string{
		"Mr. Dunn moved in. He has a dog.":   "it is written “Mr. Dunn moved in”",
		"He came at 3.15 and stayed! Again.": "it is written “He came at 3.15 and stayed”",
		"Moved to St. Mary's Road.":          "it is written “Moved to St. Mary's Road”",
		"Gran moved out":                     "it is written “Gran moved out”",
		"":                                   "there was a change at home",
	} {
		if got := (&item{Event: &Event{Text: text}}).inShort(); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestNoReadableDateAtAll(t *testing.T) {
	got := Read([]Event{{Row: 1, Kind: records.KindConcern, Text: "Hungry."}}, terms(), "2024-12-12")
	if all := strings.Join(got.TooLittle, " "); strings.Contains(all, "None entries") || !strings.Contains(all, "No entry has a date that can be read") {
		t.Errorf("too little = %q", all)
	}
}

func TestPeopleAndPlaces(t *testing.T) {
	events := entriesOnDates(records.ChildOnChild, "2024-09-12", "2024-10-02", "2024-11-20", "2024-12-11", "2025-01-30")
	for i := range events {
		events[i].Place = []string{"Boys' toilets", "classroom", "boys'  toilets ", "Boys' toilets", "Boys' toilets."}[i]
		events[i].Text = []string{"Stepdad collected.", "Mum rang.", "His step-father shouted.", "Mum rang.", "Mum rang. Step dad there."}[i]
	}
	got := Read(events, terms(), "2025-03-03")
	if s, ok := find(got.Patterns, Place, "boys' toilets"); !ok || !slices.Equal(s.Rows, []int{1, 3, 4, 5}) {
		t.Errorf("places: %+v", got.Patterns)
	}
	if s, ok := find(got.Patterns, Person, "stepfather"); !ok || !slices.Equal(s.Rows, []int{1, 3, 5}) {
		t.Errorf("people: %+v", got.Patterns)
	}
	if _, ok := find(got.Patterns, Person, "mother"); ok {
		t.Error("a mother who rang is called a pattern")
	}
}

func TestNewAndQuiet(t *testing.T) {
	events := append(
		entriesOnDates(records.Physical, "2023-09-12", "2023-09-28", "2023-10-11", "2023-10-18", "2023-11-07", "2023-11-21"),
		entriesOnDates(records.Neglect, "2023-12-05", "2024-02-20", "2024-05-08", "2024-09-17", "2024-12-03", "2025-02-26")...)
	events = append(events, entriesOnDates(records.SelfHarm, "2025-02-27")...)
	for i := range events {
		events[i].Row = i + 1
	}
	got := Read(events, terms(), "2025-03-03")
	if s, ok := find(got.Patterns, New, "self_harm"); !ok || !strings.Contains(s.Text, "first written of on 27 Feb 2025; the twelve entries before") {
		t.Errorf("new: %+v", s)
	}
	s, ok := find(got.Quiet, Quiet, "physical")
	if !ok || s.From != "2023-11-21" || !strings.Contains(s.Text, "That does not say that it stopped") {
		t.Errorf("quiet: %+v", got.Quiet)
	}
}

func TestHoleInTheRecord(t *testing.T) {
	events := entriesOnDates(records.Neglect, "2022-09-13", "2022-10-04", "2022-11-09", "2022-12-01", "2023-01-17", "2023-02-22", "2023-03-15",
		"2024-11-12", "2024-12-03", "2025-01-15", "2025-02-11", "2025-03-05")
	got := Read(events, terms(), "2025-03-10")
	s, ok := find(got.Unanswered, RecordsMissing, "hole")
	if !ok || !slices.Equal(s.Rows, []int{7, 8}) || s.Chance > 0.01 {
		t.Errorf("hole: %+v", got.Unanswered)
	}
}

func TestHouseholdEvent(t *testing.T) {
	events := append(entriesOnDates(records.Attendance, "2024-09-12", "2024-11-05", "2025-01-21"),
		event(4, Household, "2025-03-03", func(e *Event) { e.Text = "A new adult moved in" }))
	for i, d := range []records.Date{"2025-03-10", "2025-03-19", "2025-03-27", "2025-04-23", "2025-05-08", "2025-05-20"} {
		events = append(events, event(5+i, records.KindConcern, d, func(e *Event) { e.Category = records.Physical }))
	}
	got := Read(events, terms(), "2025-05-23")
	s, ok := find(got.Patterns, New, "2025-03-03/physical")
	want := "Entries about physical harm or injury: none in the 102 school days before 3 Mar 2025, when it is written “A new adult moved in”; six in the 45 school days since, to 20 May 2025."
	if !ok || !strings.HasPrefix(s.Text, want) || !slices.Equal(s.Rows, []int{4, 5, 6, 7, 8, 9, 10}) {
		t.Errorf("new: %+v", got.Patterns)
	}
}

func TestShorterGapsNeedExactDates(t *testing.T) {
	events := entriesOnDates(records.Neglect, "2023-09-12", "2024-01-10", "2024-04-18", "2024-06-11", "2024-07-03", "2024-09-11", "2024-09-26", "2024-10-04", "2024-10-10")
	if got := Read(events, terms(), "2024-10-20"); !raises(got.Deterioration, Gaps) {
		t.Fatalf("gaps that shorten say nothing: %+v", got.Deterioration)
	}
	for i := range events {
		events[i].When.Precision = records.InMonth
	}
	if got := Read(events, terms(), "2024-10-20"); raises(got.Deterioration, Gaps) {
		t.Error("months are read as days")
	}
}

func TestSeverityOfADayIsItsHighest(t *testing.T) {
	var events []Event
	for i, d := range []records.Date{"2024-09-12", "2024-10-02", "2024-11-20", "2024-12-11", "2025-01-30"} {
		for _, s := range []records.Severity{records.Severity(i + 1), 1, 1} {
			events = append(events, event(len(events)+1, records.KindConcern, d, func(e *Event) { e.Category, e.Severity = records.Neglect, s }))
		}
	}
	got := Read(events, terms(), "2025-03-03")
	if s, ok := find(got.Deterioration, Severity, "all"); !ok || s.Count != 5 {
		t.Errorf("severity: %+v", got.Deterioration)
	}
}

func TestNotNew(t *testing.T) {
	events := entriesOnDates(records.Neglect, "2024-09-12", "2024-10-02", "2024-11-20", "2024-12-11")
	events[3].Category = records.SelfHarm
	if got := Read(events, terms(), "2024-12-20"); raises(got.Patterns, New) {
		t.Error("after three entries everything is new")
	}
	events = append(entriesOnDates(records.FamilyChange, "2024-09-12"), entriesOnDates(records.Neglect, "2024-12-02", "2024-12-09", "2025-01-20", "2025-02-12")...)
	events[2].Text = "Mum's new partner moved in."
	for i := range events {
		events[i].Row = i + 1
	}
	s, ok := find(Read(events, terms(), "2025-02-20").Patterns, New, "2024-12-09/neglect")
	if ok && strings.Contains(s.Text, "three in the") {
		t.Errorf("the change itself is counted among what followed it: %s", s.Text)
	}
}

func TestRecentRateCountsItsFirstDay(t *testing.T) {
	w, ok := recentRate([]int{0, 10, 51, 60, 70, 80, 90, 95, 101})
	if !ok || w.start != 51 || w.recent != 7 || w.earlier != 2 {
		t.Errorf("recentRate = %+v, want seven days from 51 and two before", w)
	}
}

func TestTheChangeItselfIsNotCounted(t *testing.T) {
	events := append(
		entriesOnDates(records.Attendance, "2024-09-10", "2024-09-25", "2024-10-10", "2024-11-06", "2024-11-28", "2024-12-13", "2025-01-15", "2025-02-06"),
		entriesOnDates(records.Neglect, "2025-03-03", "2025-03-05", "2025-03-07")...)
	events[8].Text = "Mum's new partner moved in."
	for i := range events {
		events[i].Row = i + 1
	}
	if s, ok := find(Read(events, terms(), "2025-03-10").Patterns, New, "2025-03-03/neglect"); ok {
		t.Errorf("two entries since, and the change: %s", s.Text)
	}
	events = append(events, event(12, records.KindConcern, "2025-03-10", func(e *Event) { e.Category = records.Neglect }))
	if _, ok := find(Read(events, terms(), "2025-03-10").Patterns, New, "2025-03-03/neglect"); !ok {
		t.Error("three entries since say nothing")
	}
}

// TestUnansweredOrNot pairs what must be asked with its nearest neighbour that
// must not.
func TestUnansweredOrNot(t *testing.T) {
	cases := []struct {
		kind Kind
		want bool
		rows string
	}{
		{SiblingNotAsked, true, `2024-11-12 | neglect | 2 | Hungry. His sister the same.`},
		{SiblingNotAsked, false, `2024-11-12 | neglect | 2 | Hungry. His sister said the same.`},
		{SiblingNotAsked, false, `2024-11-12 | medical | 1 | Sister has flu.`},
		{InjuryAfterNoAction, true, "2024-11-12 | neglect | 2 | Hungry. | | | NFA\n2024-11-26 | physical | 2 | Bruise on ear."},
		{InjuryAfterNoAction, false, "2024-11-12 | neglect | 2 | Hungry. | | | NFA\n2024-11-26 | physical | 2 | Bruise on shin, seen to happen in football."},
		{InjuryAfterNoAction, false, "2024-11-26 | physical | 2 | Bruise on ear.\n2024-11-28 | neglect | 2 | Hungry. | | | NFA"},
		{ExplanationsDiffer, true, "2024-11-12 | physical | 2 | Bruise on ear. Mum said the dog.\n2024-11-13 | physical | 2 | Bruise on ear again looked at. Dad said he came off his bike."},
		{ExplanationsDiffer, false, "2024-11-12 | physical | 2 | Bruise on ear. Mum said the dog.\n2024-11-13 | physical | 2 | Bruise on knee. Dad said he came off his bike."},
		{ExplanationsDiffer, true, "2024-11-12 | physical | 3 | Split lip. Dad said he tripped, he told me Dale pushed him."},
		{ExplanationsDiffer, false, "2024-11-12 | physical | 3 | Split lip. Mum said he told her Dale pushed him."},
		{ExplanationsDiffer, true, "2024-11-12 | physical | 3 | Burn on left hand. Mum told us it was the iron. Nan says it was the oven."},
		{ExplanationsDiffer, true, "2024-11-12 | physical | 3 | Slash to right palm. He said a bottle broke, his mate said it was a knife."},
		{ExplanationsDiffer, false, "2024-11-12 | physical | 2 | Bruise on thumb. Mum said the door, dad said the car door."},
		{SiblingNotAsked, true, "2024-11-12 | | | Tilly said Daddy throws things. Her brother is at home all day."},
		{NoReferral, false, strings.Repeat("2024-11-12 | emotional | 2 | Fell out with a friend over a pencil.\n", 8)},
		{NoReferral, true, strings.Repeat("2024-11-12 | neglect | 2 | Hungry.\n", 6)},
		{NoReferral, false, "2021-11-12 | neglect | 2 | Hungry.\n2022-11-11 | neglect | 2 | Unwashed.\n2023-11-13 | neglect | 2 | Hungry.\n2024-11-12 | neglect | 2 | Unwashed.\n"},
		{NoReferral, true, "2024-09-12 | neglect | 2 | Hungry.\n2024-10-11 | neglect | 2 | Unwashed.\n2024-11-13 | neglect | 2 | Hungry.\n2024-11-22 | neglect | 2 | Unwashed.\n"},
		{Together, false, "2024-11-12 | attendance | 1 | Absent.\n2024-11-20 | substance | 1 | Smelt strongly of cannabis.\n2024-12-03 | physical | 1 | Bruise on arm."},
		{Together, false, "2024-11-12 | medical | 1 | Did not attend the nine month check.\n2024-11-20 | neglect | 1 | Hungry.\n2024-12-03 | medical | 1 | Missed dental."},
		{Together, true, "2024-11-12 | attendance | 1 | Absent.\n2024-11-20 | neglect | 1 | Smelt strongly of sweat.\n2024-12-03 | physical | 1 | Bruise on arm."},
		{Together, true, "2024-11-12 | attendance | 1 | Absent.\n2024-11-20 | neglect | 1 | Fell asleep.\n2024-12-03 | neglect | 1 | Hungry."},
		{Together, false, "2024-11-12 | attendance | 1 | Absent.\n2024-11-20 | neglect | 1 | Fell asleep.\n2024-12-03 | medical | 1 | Missed dental."},
		{MonitoringLapsed, true, "2024-09-12 | neglect | 2 | Hungry. | | Monitor lunch for two weeks\n2024-11-12 | neglect | 2 | Hungry."},
		{MonitoringLapsed, false, "2024-09-12 | neglect | 2 | Hungry. | | Monitor lunch for two weeks\n2024-09-27 | neglect | 1 | Lunch eaten on nine of ten days."},
		{MonitoringLapsed, false, "2024-09-12 | neglect | 2 | Hungry. | | Monitored for two weeks, monitoring ended\n2024-11-12 | neglect | 2 | Hungry."},
		{UnresolvedDisagreement, true, "2024-09-12 | neglect | 2 | Disagreed with the decision of social care, escalated."},
		{UnresolvedDisagreement, false, "2024-09-12 | neglect | 2 | Disagreed with the decision of social care, escalated.\n2024-09-20 | neglect | 2 | Team manager agreed to reconsider; assessment started."},
		{UnresolvedDisagreement, false, "2024-09-12 | neglect | 2 | Mum did not agree with Dad about bedtime."},
		{RecordsMissing, true, "2024-09-12 | other | | Joined; file not received from the last school."},
		{RecordsMissing, false, "2024-09-12 | other | | Joined; file not received from the last school.\n2024-10-02 | other | | File received."},
		{WithdrawnAfterChallenge, true, "2024-09-12 | physical | 3 | Bruise on ear. Spoke to mum.\n2024-10-02 | other | | Mum has taken him off roll to be home educated."},
		{WithdrawnAfterChallenge, false, "2024-09-12 | physical | 3 | Bruise on ear. Told the DSL.\n2024-10-02 | other | | Mum has taken him off roll to be home educated."},
		{WithdrawnAfterChallenge, false, "2023-09-12 | physical | 3 | Bruise on ear. Spoke to mum.\n2024-10-02 | other | | Family moved away to Leeds."},
	}
	for _, c := range cases {
		got := Read(parseStory(t, c.rows), terms(), "2024-12-12")
		if raises(append(got.Unanswered, got.Patterns...), c.kind) != c.want {
			t.Errorf("%s = %v, want %v, for:\n%s", c.kind, !c.want, c.want, c.rows)
		}
	}
}

func TestEvidenceIsCitedOnceAndInOrder(t *testing.T) {
	list := []*item{{Event: &Event{Row: 3}, day: 9}, {Event: &Event{Row: 1}, day: 2}, {Event: &Event{Row: 2}, day: 9}, {Event: &Event{Row: 4}, day: noDay}}
	s := statement(Category, "x", append(list, list[0], list[3], list[1]), "text")
	if !slices.Equal(s.Rows, []int{1, 3, 2, 4}) || s.Count != 4 || len(s.Keys) != 4 {
		t.Errorf("statement = %+v", s)
	}
}

func TestFullNames(t *testing.T) {
	got := Read(parseStory(t, `
		2024-09-12 | physical | 2 | Bruise on shin. Collected by Dale O'Rourke on Friday.
		2024-10-02 | physical | 2 | Dale O'Rourke shouted at the gate on Early Help Monday.
		2024-11-20 | physical | 2 | Graze on ear. | Dale got cross
		2024-12-11 | attendance | 1 | Late. Told Mrs Jane Hall at Oak Road. Early Help meeting.
		2024-12-12 | attendance | 1 | Late. Told Mrs Jane Hall at Oak Road. Early Help meeting.
		2024-12-13 | attendance | 1 | Late. Told Mrs Jane Hall at Oak Road. Early Help meeting.`), terms(), "2024-12-20")
	var named []string
	for _, s := range got.Patterns {
		if s.Kind == Person {
			named = append(named, s.Text)
		}
	}
	if len(named) != 1 || !strings.HasSuffix(named[0], "the same person: Dale O'Rourke.") || !strings.HasPrefix(named[0], "Three of six") {
		t.Errorf("people = %q", named)
	}
}

func TestListedPeopleKeepTheirCapitals(t *testing.T) {
	events := entriesOnDates(records.Physical, "2024-09-12", "2024-10-02", "2024-11-20")
	for i := range events {
		events[i].People = []string{[]string{"Dale Rudkin", "dale  rudkin", "Dale Rudkin"}[i]}
	}
	got := Read(events, terms(), "2024-12-20")
	if s, ok := find(got.Patterns, Person, "dale rudkin"); !ok || !strings.Contains(s.Text, "Dale Rudkin") {
		t.Errorf("people: %+v", got.Patterns)
	}
}

func TestFirstDaysBackWhenTheCalendarIsRough(t *testing.T) {
	events := entriesOnDates(records.Neglect, "2023-10-31", "2024-01-05", "2024-02-21", "2024-04-16", "2024-06-05", "2024-09-05")
	rough := NewReader(terms(), "", "").Roughly().Read(events, "2024-09-10")
	if s, ok := find(rough.Patterns, AfterBreak, "/holiday"); !ok || !strings.Contains(s.Text, "in the first three days back after a holiday all six times") {
		t.Errorf("patterns = %+v", rough.Patterns)
	}
	if _, ok := find(Read(events, terms(), "2024-09-10").Patterns, AfterBreak, "/holiday"); ok {
		t.Error("by the school's own calendar none of them was a first day back")
	}
}
