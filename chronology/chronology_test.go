package chronology

import (
	"slices"
	"strings"
	"testing"
	"time"

	"throughline/chronology/wording"
	"throughline/records"
)

const readAt = records.Stamp("2025-07-01T12:00:00.000000Z")

func meta(id string, recorded string) records.Meta {
	s := records.StampOf(records.Date(recorded).Time().Add(16 * time.Hour))
	return records.Meta{ID: records.ID(id), Version: 1, CreatedAt: s, RecordedAt: s, RecordedBy: "m1"}
}

func clockOn(d records.Date, clock string) records.When { return records.AtClock(d, clock) }

// story returns a file with every kind of record. All of it is invented.
func story() *records.File {
	zoe := records.ID("p-zoe")
	return &records.File{
		Pupil: records.Pupil{
			Meta: records.Meta{ID: zoe}, Forename: "Zoë", Surname: "Nguyễn", Born: "2014-02-28", YearGroup: "6", UPN: "A999",
		},
		Members: map[records.ID]records.Member{"m1": {Name: "Mrs Adeyemi", Role: records.DSL}},
		People: map[records.ID]records.Person{
			"pe-karl": {Meta: records.Meta{ID: "pe-karl"}, Name: "Karl Hobson"},
			"pe-mum":  {Meta: records.Meta{ID: "pe-mum"}, Name: "Linh Nguyễn"},
		},
		Ties: []records.Tie{
			{Meta: meta("t1", "2024-09-10"), Pupil: zoe, Person: "pe-mum", Relationship: "mother"},
			{
				Meta: meta("t2", "2024-11-05"), Pupil: zoe, Person: "pe-karl", Relationship: "stepfather",
				LivesFrom: "2024-11-01", RiskFactors: "Alcohol",
			},
		},
		Siblings: []records.Pupil{{Meta: records.Meta{ID: "p-oli"}, Forename: "Oliver", Surname: "Nguyễn"}},
		Bands: []records.StatusBand{
			{Meta: meta("b1", "2025-01-20"), Pupil: zoe, Status: records.EarlyHelp, From: "2025-01-20", To: "2025-12-19"},
		},
		Concerns: []records.Concern{
			{
				Meta: meta("c1", "2024-11-18"), Pupil: zoe, When: clockOn("2024-11-18", "08:40"), Place: "Classroom",
				SeenBy: "Mr Pike, class teacher", Source: records.Seen, Severity: 2,
				Categories:  []records.Category{records.Neglect, records.Attendance},
				Account:     "Came in without a coat. Zoë said Karl had locked the door.",
				ChildsWords: "Karl said I could freeze", Presentation: "Shivering, pale", Present: "Miss Lund (TA)",
				ParentsTold: records.Yes, ParentsWhy: "Linh Nguyễn said the coat is at a friend's",
				Decision: "Continue to monitor.", Reason: "First time", DecidedBy: "Mrs Adeyemi",
			},
			{
				Meta: meta("c2", "2024-12-03"), Pupil: zoe, When: records.When{Date: "2024-12-02", Precision: records.About},
				Source: records.Unattributed, Categories: []records.Category{records.DomesticAbuse}, Severity: 4,
				Account: "Shouting heard at the house.", Action: "Continue to monitor", Outcome: "=1+1", Line: "Shouting at home reported",
			},
			{
				Meta: meta("c3", "2025-01-10"), Pupil: "p-oli", When: records.On("2025-01-09"), Source: records.ToldByChild,
				Categories: []records.Category{records.Physical}, Account: "A bruise on Oliver's arm.", ChildsWords: "It was Karl",
				Also: []records.Involved{{Pupil: zoe, Part: records.Witness}},
			},
			{
				Meta: meta("c4", "2025-03-20"), Pupil: zoe, When: records.When{Date: "2025-03-01", Precision: records.InMonth},
				Source: records.FromRecords, Categories: []records.Category{records.Medical}, Account: "Two dentist appointments missed.",
				Significant: true,
			},
		},
		Actions: []records.Action{
			{Meta: meta("a1", "2024-11-19"), Pupil: zoe, What: "Ring mother", Who: "Mr Pike", Due: "2024-11-20", Done: "2024-11-19", Result: "Coat brought in"},
			{Meta: meta("a2", "2024-11-19"), Pupil: zoe, What: "Ask the school nurse", Who: "Mr Pike", Due: "2024-11-29"},
		},
		Monitorings: []records.Monitoring{{
			Meta: meta("mo1", "2024-11-19"), Pupil: zoe, Concern: "c1", What: "Coat and shoes at the gate", Who: "Mr Pike", HowOften: "daily",
			From: "2024-11-19", Until: "2024-12-13", NextSteps: "DSL meets mother on 13 Dec", Ended: "2024-12-13", Result: "No coat on 6 of 18 days",
		}},
		Supports: []records.Support{{
			Meta: meta("s1", "2025-01-13"), Pupil: zoe, What: "Breakfast club", Level: records.SchoolOffer, By: "Miss Lund", From: "2025-01-13",
			To: "2025-04-04", Before: "Late 9 of 20 days", After: "Late 8 of 20 days", Result: "Little change", WhyNotEnough: "Nobody brought her",
		}},
		Referrals: []records.Referral{{
			Meta: meta("r1", "2025-05-06"), Pupil: zoe, Level: records.Section17, Response: records.Assessment,
			PhonedAt: "2025-05-06T09:10:00.000000Z", PhonedTo: "Front door", PhonedSaid: "Send it in writing",
			SentAt: "2025-05-06T13:00:00.000000Z", SentTo: "Front door", Method: "secure e-mail", Reference: "FD-1",
		}},
		Replies: []records.Reply{{
			Meta: meta("re1", "2025-05-08"), Pupil: zoe, Referral: "r1", At: "2025-05-08T10:00:00.000000Z", From: "J. Marsh, social worker",
			LoggedAs: records.LoggedContact, Outcome: "No further action", Reasons: "Threshold not met", View: records.DisagreeWithCSC,
			ViewWhy: "An assessment was asked for",
		}},
		Challenges: []records.Challenge{{
			Meta: meta("ch1", "2025-05-10"), Pupil: zoe, Referral: "r1", Grounds: records.Grounds()[0], Decision: "No further action",
			Safety: "Daily check-in", ResolvedOn: "2025-05-20", Resolved: "Assessment agreed",
		}},
		Rungs: []records.Rung{{
			Meta: meta("g1", "2025-05-10"), Pupil: zoe, Challenge: "ch1", Number: 1, RaisedAt: "2025-05-09T11:00:00.000000Z", By: "Mrs Adeyemi",
			To: "A. Bell, team manager", Risk: "Harm goes on", Sought: "An assessment", RepliedAt: "2025-05-20T09:00:00.000000Z",
			Reply: "Agreed", Result: records.RungResolved, ResultWhy: "Patterns shown",
		}},
		Disclosures: []records.Disclosure{{
			Meta: meta("d1", "2025-05-06"), Pupil: zoe, Referral: "r1", What: "Referral pack", To: "Front door", Basis: "Section 17, consent given",
			At: "2025-05-06T13:01:00.000000Z",
		}},
		Read: readAt,
	}
}

func titles(l Line) []string {
	var t []string
	for _, e := range l {
		t = append(t, e.When.Sort()+" "+e.Title)
	}
	return t
}

func TestOfLaysEveryKindOnOneLine(t *testing.T) {
	want := []string{
		"2024-11-01 Change at home",
		"2024-11-18T08:40:00 Concern: Neglect",
		"2024-11-19 Action done",
		"2024-11-19 Monitoring begun",
		"2024-12-02 Concern: Domestic abuse at home",
		"2024-12-13 Monitoring ended",
		"2025-01-09 In another child's concern, as witness: Physical harm or injury",
		"2025-01-13 Support begun",
		"2025-01-20 Status begun",
		"2025-03-01 Concern: Health and appointments",
		"2025-04-04 Support ended",
		"2025-05-06T10:10:00 Referral telephoned",
		"2025-05-06T14:00:00 Referral sent",
		"2025-05-06T14:01:00 Information shared",
		"2025-05-08T11:00:00 Reply: No further action",
		"2025-05-09T12:00:00 Challenge opened",
		"2025-05-09T12:00:00 Challenge, rung 1 raised",
		"2025-05-20T10:00:00 Challenge, rung 1 answered",
		"2025-05-20 Challenge resolved",
	}
	if got := titles(Of(story())); !slices.Equal(got, want) {
		t.Errorf("Of =\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func entry(t *testing.T, l Line, title string) Entry {
	t.Helper()
	for _, e := range l {
		if strings.HasPrefix(e.Title, title) {
			return e
		}
	}
	t.Fatalf("no entry %q", title)
	return Entry{}
}

func TestOfFillsTheColumns(t *testing.T) {
	l := Of(story())
	for _, c := range []struct{ name, got, want string }{
		{"voice", entry(t, l, "Concern: Neglect").Voice, "Karl said I could freeze"},
		{"source", entry(t, l, "Concern: Neglect").Source, "Seen or heard by the writer: Mr Pike, class teacher"},
		{"response", entry(t, l, "Concern: Neglect").Response, "Told. Linh Nguyễn said the coat is at a friend's"},
		{"by", entry(t, l, "Concern: Neglect").By, "Mrs Adeyemi"},
		{"agency", entry(t, l, "Concern: Neglect").Agency, "School"},
		{"standing", string(entry(t, l, "Concern: Domestic").Standing), "hearsay"},
		{"status before", entry(t, l, "Support begun").Status.String(), ""},
		{"status then", entry(t, l, "Support ended").Status.String(), "Early help"},
		{"another's words", entry(t, l, "In another").Voice, ""},
		{"another's words told", entry(t, l, "In another").Event, "A bruise on Oliver's arm.\nThe other child said: It was Karl"},
		{"reply agency", entry(t, l, "Reply").Agency, "Children's social care"},
		{"logged", entry(t, l, "Reply").Event, "They say they logged it as: a contact (information only)."},
		{"view", entry(t, l, "Reply").Outcome, "The school's view: We disagree: An assessment was asked for"},
		{"support", entry(t, l, "Support ended").Outcome, "Little change\nWhy it was not enough: Nobody brought her"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestWhatHasNotHappenedIsLeftOut(t *testing.T) {
	f := story()
	f.Read = "2024-12-01T12:00:00.000000Z"
	for _, e := range Of(f) {
		if e.Title == "Monitoring ended" || e.Title == "Support begun" || e.Title == "Status begun" {
			t.Errorf("%s on %s is on a line read on 1 Dec 2024", e.Title, e.When)
		}
	}
}

func TestAPlanAnswersContinueToMonitor(t *testing.T) {
	f := story()
	vague := func(title string) bool {
		e := entry(t, Of(f), title)
		return e.Vague()
	}
	if vague("Concern: Neglect") {
		t.Error("a concern with a full plan is still flagged")
	}
	if !vague("Concern: Domestic") {
		t.Error("a concern without a plan is not flagged")
	}
	f.Monitorings[0].NextSteps = ""
	if !vague("Concern: Neglect") {
		t.Error("a plan without next steps took the flag away")
	}
	e := entry(t, Of(f), "Concern: Neglect")
	i := slices.IndexFunc(e.Findings, func(x Finding) bool { return x.Kind == wording.VagueMonitoring })
	if got := e.Findings[i]; got.Field != "decision" || f.Concerns[0].Decision[got.Start:got.End] != got.Text || len(got.Missing) != 3 {
		t.Errorf("finding = %+v", got)
	}
}

func TestWhere(t *testing.T) {
	l := append(Of(story()), Entry{Title: "undated", Ref: records.Ref{Kind: records.KindConcern}})
	for _, c := range []struct {
		name string
		f    Filter
		want int
	}{
		{"all", Filter{}, 20},
		{"both ends are in", Filter{From: "2024-11-18", To: "2024-11-19"}, 3 + 1},
		{"a month that overlaps", Filter{From: "2025-03-15", To: "2025-03-20"}, 1 + 1},
		{"a month that does not", Filter{From: "2025-04-01", To: "2025-04-03"}, 0 + 1},
		{"kinds", Filter{Kinds: []records.Kind{records.KindConcern}}, 4 + 1},
		{"significant", Filter{Significant: true}, 11},
	} {
		if got := l.Where(c.f); len(got) != c.want {
			t.Errorf("%s: %d entries, want %d:\n%s", c.name, len(got), c.want, strings.Join(titles(got), "\n"))
		}
	}
}

func TestEventsCountARecordOnce(t *testing.T) {
	f := story()
	l := Of(f)
	seen := map[string]int{}
	for _, ev := range Events(f, l) {
		seen[ev.Key]++
		if got := string(l[ev.Row-1].Ref.ID); got != ev.Key {
			t.Errorf("row %d is of %s, want %s", ev.Row, got, ev.Key)
		}
		switch ev.Key {
		case "mo1":
			if ev.Until != "2024-12-13" || ev.Ended != "2024-12-13" || ev.Outcome == "" {
				t.Errorf("monitoring = %+v", ev)
			}
		case "c1":
			if want := []string{"Miss Lund (TA)", "Karl Hobson"}; !slices.Equal(ev.People, want) {
				t.Errorf("people = %q, want %q", ev.People, want)
			}
			if ev.Source != "seen" || !slices.Equal(ev.Categories, []records.Category{records.Attendance}) {
				t.Errorf("concern = %+v", ev)
			}
		case "c3":
			if ev.Sibling != "Oliver Nguyễn" {
				t.Errorf("sibling = %q", ev.Sibling)
			}
		}
	}
	for key, n := range seen {
		if n != 1 {
			t.Errorf("%s is %d events", key, n)
		}
	}
}
