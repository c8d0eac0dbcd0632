package pattern

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"throughline/records"
)

// parseStory reads rows of "date | category | severity | what happened | the
// child's words | action | decision | outcome"; Rows count from 1. A row whose
// category is "sib Name category" is on a sibling's line.
func parseStory(t *testing.T, text string) []Event {
	t.Helper()
	var events []Event
	for row := range strings.Lines(strings.TrimSpace(text)) {
		f := append(strings.Split(strings.TrimSpace(row), "|"), "", "", "", "", "", "", "")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		e := Event{Row: len(events) + 1, When: records.On(records.Date(f[0])), Text: f[3], Voice: f[4], Action: f[5], Decision: f[6], Outcome: f[7]}
		if rest, ok := strings.CutPrefix(f[1], "sib "); ok {
			e.Sibling, f[1], _ = strings.Cut(rest, " ")
		}
		e.Category = records.Category(f[1])
		n, _ := strconv.Atoi(f[2])
		e.Severity = records.Severity(n)
		events = append(events, e)
	}
	return events
}

// said is a statement that a story must bring: its kind, some of its rows and
// words from its text.
type said struct {
	kind  Kind
	rows  []int
	words string
}

func TestStories(t *testing.T) {
	stories := []struct {
		name   string
		rows   string
		asOf   records.Date
		must   []said
		mustnt []Kind
	}{
		{
			name: "visits made are not a child seen, and then silence",
			rows: `
				2020-03-02 | neglect | 2 | Came to school hungry, asked for food at registration. | | Gave breakfast, DSL told | | Mum spoken to on the phone
				2020-03-12 | neglect | 2 | Same clothes all week, smelt of urine. Spoke to Tia at lunch. | | | | School nurse told
				2020-04-02 | neglect | | Home visit by EWO, no answer. | | Card left | | No reply
				2020-04-21 | neglect | | Home visit. Mum at the door, said Tia was asleep upstairs. | | | | Doorstep visit made
				2020-05-15 | neglect | | Doorstep visit, curtains drawn, no answer. | | | | Visit made`,
			asOf: "2020-12-18",
			must: []said{
				{NotSeen, []int{3, 4, 5}, "last seen on 12 Mar 2020"},
				{Quiet, nil, "since 15 May 2020"},
				{Category, []int{1, 2, 3, 4, 5}, "All five entries"},
				{NoChildWords, nil, "None of five entries"},
				{NoReferral, nil, "no entry says that a referral"},
			},
			mustnt: []Kind{InjuryAfterNoAction, ExplanationsDiffer, Weekday, Frequency},
		},
		{
			name: "a new bruise after no further action, explained twice",
			rows: `
				2024-10-07 | physical | 3 | Bruise 3 cm on left cheek seen at registration. Mum said he walked into a door. | | Body map | No further action, explanation accepted | NFA
				2024-11-04 | attendance | 1 | Absent, mum phoned in sick. | | | | Marked I
				2024-11-11 | physical | 3 | Back in school. Two round bruises on upper arm. Stepdad said he fell off the trampoline, mum told the office it was the dog. | | | | DSL told`,
			asOf: "2024-11-20",
			must: []said{
				{InjuryAfterNoAction, []int{1, 3}, "7 Oct 2024"},
				{ExplanationsDiffer, []int{3}, "11 Nov 2024"},
				{AbsenceThenInjury, []int{2, 3}, "away 4 Nov 2024, injury 11 Nov 2024"},
			},
			mustnt: []Kind{NotSeen, Frequency, Gaps, NoReferral, Quiet, SiblingNotAsked},
		},
		{
			name: "bruises on Mondays after weekends at his father's",
			rows: `
				2024-09-16 | physical | 2 | Bruise on shin after weekend at dad's. | Dad's house is loud | | | Logged
				2024-10-07 | physical | 2 | Red mark on ear. Weekend with dad. | | | | Logged
				2024-10-16 | attendance | 1 | Late, overslept. | | | | Logged
				2024-11-11 | physical | 2 | Graze and bruise on elbow, had been at dad's. | | | | Logged
				2024-11-27 | attendance | 1 | Late. | | | | Logged
				2024-12-02 | physical | 3 | Bruise on temple, at dad's since Friday. | | | | Logged
				2025-01-13 | physical | 3 | Bruises on both arms after dad's weekend. | | | | Logged
				2025-01-30 | attendance | 1 | Late. | | | | Logged
				2025-02-10 | physical | 3 | Swollen lip, dad's weekend. | | | | Logged
				2025-03-03 | physical | 3 | Bruise on back of legs, dad's weekend. | | | | Logged
				2025-03-21 | attendance | 1 | Late. | | | | Logged`,
			asOf: "2025-03-28",
			must: []said{
				{Weekday, []int{1, 2, 4, 6, 7, 9, 10}, "fell on a Monday all seven times"},
				{Category, nil, "Seven of eleven entries"},
				{Person, nil, "ather"},
			},
			mustnt: []Kind{NoChildWords, Frequency, NotSeen},
		},
		{
			name: "hunger, injury, weight and absence lie side by side",
			rows: `
				2025-01-09 | neglect | 2 | Hungry at registration, no breakfast. | | Toast given | | Ate two slices
				2025-01-21 | attendance | 1 | Absent three days, no call from home. | | | | Letter home
				2025-02-06 | medical | 2 | School nurse: has lost weight since October, 2.1 kg. | | | | GP letter
				2025-02-27 | physical | 3 | Bruise on upper arm. | | Body map | | DSL told
				2025-03-06 | neglect | 2 | Took food from the bin at lunch. | "I was just looking" | | | DSL told`,
			asOf: "2025-03-10",
			must: []said{
				{Together, []int{1, 2, 3, 4, 5}, "hunger, injury, weight and absence"},
			},
			mustnt: []Kind{NoChildWords, InjuryAfterNoAction, AbsenceThenInjury, Quiet},
		},
		{
			name: "everything since a new adult moved in",
			rows: `
				2024-09-11 | attendance | 1 | Late. | | | | Logged
				2024-10-15 | attendance | 1 | Late. | | | | Logged
				2024-12-04 | attendance | 1 | Late. | | | | Logged
				2025-02-27 | attendance | 1 | Late. | | | | Logged
				2025-03-03 | family | | Mum's new partner, Karl, moved in. | | | | Noted
				2025-03-12 | emotional | 2 | Cried at home time, did not want to go home. | "Karl shouts" | | | DSL told
				2025-03-20 | emotional | 2 | Hid under the table when a door banged. | | | | DSL told
				2025-04-02 | emotional | 3 | Flinched when Mr Ali raised his hand. | | | | DSL told
				2025-04-24 | emotional | 3 | Wet himself in class, very frightened. | | | | DSL told
				2025-05-07 | emotional | 3 | Said he is not allowed to talk at home. | "Karl says I'm not to" | | | DSL told
				2025-05-14 | emotional | 4 | Would not leave at home time. | | | | DSL told`,
			asOf: "2025-05-20",
			must: []said{
				{New, []int{6, 7, 8, 9, 10, 11}, "none in the 103 school days before 3 Mar 2025, when it is written “Mum's new partner, Karl, moved in”; six in the"},
				{NoReferral, nil, ""},
			},
			mustnt: []Kind{NotSeen, InjuryAfterNoAction, NoChildWords},
		},
		{
			name: "taken out of school after the parents were challenged",
			rows: `
				2024-11-06 | physical | 3 | Bruise on neck. | "I can't say" | | | DSL told
				2024-11-07 | physical | 3 | Meeting with parents about the bruise; dad angry. | | | | Referral to MASH made
				2024-11-25 | other | | Letter from mum: will be home educated from today. | | | | Taken off roll`,
			asOf:   "2024-12-10",
			must:   []said{{WithdrawnAfterChallenge, []int{2, 3}, "moved out of the school's sight"}},
			mustnt: []Kind{NoReferral, NoChildWords, ExplanationsDiffer},
		},
		{
			name: "a sibling nobody asked, a plan nobody looked at, a disagreement left open",
			rows: `
				2024-09-18 | neglect | 2 | Dirty uniform, smelt. Has a younger sister in Reception. | | Monitor for two weeks | | Noted
				2024-11-20 | neglect | 3 | Head lice untreated, his sister the same. | | | Referred to MASH | Sent
				2024-12-02 | neglect | 3 | MASH: threshold not met. DSL disagreed with the decision and escalated to team manager. | | | | Awaiting
				2025-01-16 | neglect | 3 | No coat, 2 degrees. | "It's lost" | | | Coat lent`,
			asOf: "2025-02-10",
			must: []said{
				{SiblingNotAsked, []int{1, 2}, "brother or sister"},
				{MonitoringLapsed, []int{1}, "One plan"},
				{UnresolvedDisagreement, []int{3}, "2 Dec 2024"},
				{NoOutcome, []int{3}, "One of four entries (2 Dec 2024) has no outcome"},
			},
			mustnt: []Kind{NoReferral, NoChildWords, InjuryAfterNoAction, NotSeen},
		},
		{
			name: "good practice raises next to nothing",
			rows: `
				2024-10-01 | physical | 3 | Bruise on shin, seen to happen in netball. Spoke to Ana. Sister in Y4 spoken to as well. | "I fell over Beth" | Monitored for two weeks, monitoring ended | | Nothing more
				2024-11-20 | physical | 1 | Marks gone. Ana seen. | "It's gone yellow" | Keep an eye for two weeks: reviewed today with mum, ended | | Closed with mum
				2024-12-04 | attendance | 1 | Absent with a cold, mum rang. | | | | Back 5 Dec
				2024-12-05 | attendance | 1 | Home visit, no answer at the door. | | | | Mum rang back
				2024-12-06 | attendance | 1 | Back in school, spoke to Ana. | | | | Well
				2025-01-17 | other | 1 | Moved house, within the area; will be changing school. | | | | Noted
				2025-01-21 | attendance | 1 | Late, bus broke down. | | | | `,
			asOf: "2025-01-24",
			mustnt: []Kind{
				NotSeen, NoChildWords, NoOutcome, NoReferral, InjuryAfterNoAction, ExplanationsDiffer, AbsenceThenInjury,
				WithdrawnAfterChallenge, SiblingNotAsked, UnresolvedDisagreement, MonitoringLapsed, RecordsMissing,
				Frequency, Gaps, Severity, Breadth, Weekday, AfterBreak, Together, Quiet,
			},
		},
		{
			name: "lunch, shoes, an uncle who holds him, and two stories of one bruise",
			rows: `
				2023-10-05 | neglect | 2 | J's packed lunch was a packet of crisps only. | mummy was asleep | told DSL | | hot meal
				2024-01-18 | neglect | 2 | Shoes too small, blister. Younger bro in Reception in same state per Mrs Patel. | | DSL spoke to mum | monitor | shoes bought
				2024-02-27 | neglect | 2 | Falling asleep on carpet x3 this week. | I watch films with Uncle Dean | | | slept at nurture
				2024-03-14 | physical | 3 | Faint fingertip bruising to upper R arm noticed at PE. Mum said rough play with cousins. | Uncle Dean holds me when I'm naughty | body map; rang MASH, advised to monitor | no further action by MASH | contact only
				2024-04-18 | attendance | 2 | Off first 3 days of term. | | | | letter
				2024-04-22 | physical | 3 | Back today with yellowing bruise on cheek. Mum says fell off scooter. Uncle Dean says another child hit him at the park. | | body map | | DSL`,
			asOf: "2024-05-20",
			must: []said{
				{ExplanationsDiffer, []int{4}, "14 Mar 2024"},
				{ExplanationsDiffer, []int{6}, "22 Apr 2024"},
				{AbsenceThenInjury, []int{5, 6}, "away 18 Apr 2024, injury 22 Apr 2024"},
				{InjuryAfterNoAction, []int{4, 6}, ""},
				{NoReferral, []int{4}, "a contact is not a referral"},
				{SiblingNotAsked, []int{2}, ""},
				{Person, []int{3, 4, 6}, "uncle"},
			},
			mustnt: []Kind{NotSeen, NoChildWords, WithdrawnAfterChallenge, UnresolvedDisagreement, Frequency},
		},
		{
			name: "small things that were answered",
			rows: `
				2024-09-20 | medical | 1 | Forgot inhaler. Mum brought it in. | | rang mum | | sorted
				2024-11-04 | child_on_child | 2 | Fell out with Beth at lunch, both spoken to. | she took my ball | restorative chat | no further action | friends again
				2025-01-27 | attendance | 1 | Absent 2 days, flu. Mum rang. | | | | back
				2025-03-11 | physical | 1 | Grazed knee on playground, first aid. | I tripped | first aid slip | | plaster
				2025-05-08 | emotional | 1 | Tearful, cat died. Sister also upset. | Smudge died | chat with ELSA | | ok`,
			asOf:   "2025-05-12",
			mustnt: []Kind{InjuryAfterNoAction, SiblingNotAsked, NoReferral, NotSeen, NoOutcome, Together, New, AbsenceThenInjury, ExplanationsDiffer, Quiet},
		},
		{
			name: "two children, one house",
			rows: `
				2024-09-17 | neglect | 2 | Hungry. | "No tea" | | | Fed
				2024-09-18 | sib Tom neglect | 2 | Hungry, asked for seconds. | | |
				2024-11-12 | neglect | 2 | No coat. | | | | Lent
				2024-11-13 | sib Tom neglect | 2 | No coat either. | | |
				2025-01-21 | neglect | 2 | Same clothes. | | | | Spoke to mum
				2025-01-21 | sib Tom neglect | 2 | Dirty clothes. | | |
				2025-03-11 | neglect | 2 | Hungry again. | | | | Fed
				2025-03-12 | sib Tom neglect | 2 | Took food. | | |`,
			asOf: "2025-03-14",
			must: []said{
				{Sibling, []int{1, 2, 3, 4, 5, 6, 7, 8}, "four entries here, four about Tom"},
				{SiblingNotAsked, nil, ""},
				{Category, []int{1, 3, 5, 7}, "All four entries"},
			},
			mustnt: []Kind{Frequency, NotSeen, NoChildWords},
		},
		{
			name: "severity climbs while the rate is steady",
			rows: `
				2024-09-10 | emotional | 1 | Tearful. | "ok" | | | x
				2024-10-02 | emotional | 1 | Quiet. | | | | x
				2024-10-23 | emotional | 1 | Tearful. | | | | x
				2024-11-19 | emotional | 2 | Upset. | | | | x
				2024-12-11 | emotional | 2 | Upset. | | | | x
				2025-01-15 | emotional | 2 | Crying. | | | | x
				2025-02-06 | emotional | 3 | Crying. | | | | x
				2025-03-06 | emotional | 3 | Shaking. | | | | x
				2025-03-27 | emotional | 4 | Shaking. | | | | x
				2025-04-30 | emotional | 4 | Would not speak. | | | | x`,
			asOf:   "2025-05-07",
			must:   []said{{Severity, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, "Severity is rising"}},
			mustnt: []Kind{Frequency, Gaps, Breadth, Weekday, AfterBreak},
		},
		{
			name: "a file that never came from the last school",
			rows: `
				2024-09-09 | other | | Joined from another school. No records received. | | Chased | |
				2024-10-09 | neglect | 2 | Hungry. | "no tea" | | | Fed
				2024-11-09 | neglect | 2 | Hungry. | | | | Fed`,
			asOf:   "2024-11-20",
			must:   []said{{RecordsMissing, []int{1}, "said to be missing"}, {NoOutcome, []int{1}, "no outcome"}},
			mustnt: []Kind{Frequency, NoReferral, NotSeen},
		},
		{
			name: "August is not an improvement",
			rows: `
				2024-05-07 | neglect | 2 | Hungry. | "no tea" | | | Fed
				2024-05-21 | neglect | 2 | Hungry. | | | | Fed
				2024-06-04 | neglect | 2 | Hungry. | | | | Fed
				2024-06-18 | neglect | 2 | Hungry. | | | | Fed
				2024-07-02 | neglect | 2 | Hungry. | | | | Fed
				2024-07-16 | neglect | 2 | Hungry. | | | | Fed`,
			asOf:   "2024-09-06",
			must:   []said{{Category, nil, "the school was open 46 days"}},
			mustnt: []Kind{Quiet, Frequency, Gaps},
		},
	}
	for _, c := range stories {
		t.Run(c.name, func(t *testing.T) {
			got := Read(parseStory(t, c.rows), terms(), c.asOf)
			all := append(got.All(), got.Voice)
			for _, want := range c.must {
				if !slices.ContainsFunc(all, want.is) {
					t.Errorf("nothing says %v", want)
				}
			}
			for _, s := range all {
				if slices.Contains(c.mustnt, s.Kind) {
					t.Errorf("must not say %s %v: %s", s.Kind, s.Rows, s.Text)
				}
				if strings.Contains(s.Text, "improv") && s.Kind != Quiet {
					t.Errorf("calls something an improvement: %s", s.Text)
				}
				t.Logf("%-12s %v %s", s.Kind, s.Rows, s.Text)
			}
			t.Logf("too little: %q", got.TooLittle)
		})
	}
}

func (w said) is(s Statement) bool {
	for _, row := range w.rows {
		if !slices.Contains(s.Rows, row) {
			return false
		}
	}
	return s.Kind == w.kind && strings.Contains(s.Text, w.words)
}
