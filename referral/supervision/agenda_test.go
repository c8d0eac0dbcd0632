package supervision

import (
	"strings"
	"testing"
	"time"

	"throughline/records"
	"throughline/referral/procedures"
)

// now is a Tuesday in term; the last session was on 3 February.
const (
	now     = records.Stamp("2026-03-10T10:00:00.000000Z")
	session = records.Date("2026-02-03")
)

func at(day records.Date) records.Stamp {
	return records.StampOf(day.Time().Add(9 * time.Hour))
}

func meta(id records.ID, made records.Date) records.Meta {
	return records.Meta{ID: id, Version: 1, CreatedAt: at(made), RecordedAt: at(made)}
}

func concern(id records.ID, day, made records.Date) records.Concern {
	return records.Concern{
		Meta: meta(id, made), Pupil: "ned", When: records.On(day), Source: records.Seen, Categories: []records.Category{records.Neglect},
		Severity: 2, Account: "He came in without a coat and had not eaten since noon the day before.",
		Action: "Ms Quill rang his mother at 09:10.", Decision: "Ms Quill sees him on Monday 8 June and tells the DSL by 12:00.",
	}
}

func ned() *records.File {
	return &records.File{
		Pupil: records.Pupil{Meta: meta("ned", "2025-09-01"), Forename: "Ned", Surname: "Alder"},
		Read:  now, Concerns: []records.Concern{concern("old", "2025-10-01", "2025-10-01")},
	}
}

func local(t testing.TB) *procedures.Procedures {
	t.Helper()
	p, err := procedures.Load("default")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func agendaOf(files []*records.File, b Basis) Agenda {
	var all []*Agenda
	for _, f := range files {
		one := draft(f, b)
		all = append(all, &one)
	}
	return whole(b, all)
}

// TestWhyAPupilIsBrought: each reason appears, with its record, and does not
// appear where what makes it is not so.
func TestWhyAPupilIsBrought(t *testing.T) {
	sent := records.Referral{
		Meta: meta("ref", "2026-01-05"), Pupil: "ned", Procedures: "default", Level: records.Section17, Response: records.Assessment,
		SentAt: at("2026-01-05"), SentTo: "Front door",
	}
	note := records.ChildNote{
		Meta: meta("note", session), Pupil: "ned", Session: "s", On: session, Why: "Cold.", Action: "Ask his aunt", ActionWho: "Ms Quill",
		ActionDue: "2026-02-10", Task: "task", ReviewDate: "2026-03-10",
	}
	task := records.Action{Meta: meta("task", session), Pupil: "ned", What: "Ask his aunt", Who: "Ms Quill", Due: "2026-02-10", Done: "2026-02-09", Result: "She feeds him on Mondays."}
	challenge := records.Challenge{Meta: meta("ch", "2026-03-02"), Pupil: "ned", Referral: "ref", Grounds: records.Grounds()[0], Decision: "No further action."}
	complaint := records.Challenge{Meta: meta("ch", "2026-03-09"), Pupil: "ned", Referral: "ref", Sort: records.OfConduct,
		Decision: "She laughed at his mother.", To: "Jo Bell, team manager", Raised: "2026-03-03", Sought: "An apology"}
	for _, c := range []struct {
		name   string
		reason Reason
		ref    records.ID // behind the reason; empty where it does not appear
		says   string
		change func(*records.File)
	}{
		{"new", NewPupil, "old", "New since 3 Feb 2026: 1 concern", func(f *records.File) { f.Concerns[0] = concern("old", "2026-03-09", "2026-03-09") }},
		{"not new: known before", NewPupil, "", "", func(f *records.File) { f.Concerns = append(f.Concerns, concern("more", "2026-03-09", "2026-03-09")) }},
		{"not new: another child's concern", NewPupil, "", "", func(f *records.File) {
			f.Concerns[0] = concern("old", "2026-03-09", "2026-03-09")
			f.Concerns[0].Pupil, f.Concerns[0].Also = "zoe", []records.Involved{{Pupil: "ned", Part: records.Witness}}
		}},
		{"overdue", Late, "task", "Ms Quill: Ask his aunt. 20 school days late.", func(f *records.File) { f.Actions = []records.Action{task}; f.Actions[0].Done = "" }},
		{"not overdue: done", Late, "", "", func(f *records.File) { f.Actions = []records.Action{task} }},
		{"not overdue: due tomorrow", Late, "", "", func(f *records.File) {
			f.Actions = []records.Action{task}
			f.Actions[0].Done, f.Actions[0].Due = "", "2026-03-11"
		}},
		{"a reply is overdue", Late, "ref", "", func(f *records.File) { f.Referrals = []records.Referral{sent} }},
		{"challenged", Challenged, "ch", "A challenge is open: referral not accepted, or the threshold. It has not been raised with anybody yet.", func(f *records.File) {
			f.Referrals, f.Challenges = []records.Referral{sent}, []records.Challenge{challenge}
		}},
		{"a complaint, where it stands", Challenged, "ch", "A complaint about somebody's conduct is open, made on 3 Mar 2026 to Jo Bell, team manager. It has not been answered yet.", func(f *records.File) {
			f.Referrals, f.Challenges = []records.Referral{sent}, []records.Challenge{complaint}
		}},
		{"a complaint that was answered", Challenged, "ch", "It was answered on 9 Mar 2026: She is sorry.", func(f *records.File) {
			f.Challenges = []records.Challenge{complaint} // about no referral
			f.Challenges[0].Referral, f.Challenges[0].Answered, f.Challenges[0].Answer = "", "2026-03-09", "She is sorry"
		}},
		{"a disagreement inside the school", Challenged, "ch", "A disagreement inside the school is open. It has not been raised with anybody yet.", func(f *records.File) {
			f.Challenges = []records.Challenge{{Meta: meta("ch", "2026-03-02"), Pupil: "ned", Sort: records.InsideSchool, Decision: "Not to refer."}}
		}},
		{"dissent from a conference", Challenged, "ch", "A challenge is open: dissent from what a conference decided. It has not", func(f *records.File) {
			f.Referrals, f.Challenges = []records.Referral{sent}, []records.Challenge{challenge}
			f.Challenges[0].Sort, f.Challenges[0].Grounds = records.OfConference, ""
		}},
		{"we disagree and have not challenged", Late, "y", "We disagree: begin a challenge, or write what changed our mind.", func(f *records.File) {
			f.Referrals = []records.Referral{sent}
			f.Replies = []records.Reply{{Meta: meta("y", "2026-01-06"), Pupil: "ned", Referral: "ref", At: at("2026-01-06"), From: "Front door",
				LoggedAs: records.LoggedReferral, Outcome: "No further action", InWriting: records.Yes, View: records.DisagreeWithCSC, ViewWhy: "He is cold."}}
		}},
		{"not challenged: resolved", Challenged, "", "", func(f *records.File) {
			f.Referrals, f.Challenges = []records.Referral{sent}, []records.Challenge{challenge}
			f.Challenges[0].ResolvedOn, f.Challenges[0].Resolved = "2026-03-09", "They assess."
		}},
		{"vague", Vague, "old", "1 entry is still too vague to act on.", func(f *records.File) { f.Concerns[0].Decision = "Continue to monitor." }},
		{"not vague: a plan answers it", Vague, "", "", func(f *records.File) {
			f.Concerns[0].Decision = "Continue to monitor."
			f.Monitorings = []records.Monitoring{{
				Meta: meta("m", session), Pupil: "ned", Concern: "old", What: "Whether he has a coat", Who: "Ms Quill",
				From: "2025-10-01", Until: "2026-04-01", NextSteps: "Ms Quill rings his mother.",
			}}
		}},
		{"returning, with the action and whether it was done", Returning, "note", "Agreed on 3 Feb 2026: Ask his aunt. Done on 9 Feb 2026: She feeds him on Mondays.", func(f *records.File) {
			f.ChildNotes, f.Actions = []records.ChildNote{note}, []records.Action{task}
		}},
		{"returning, not done", Returning, "note", "Not done yet; due by 10 Feb 2026.", func(f *records.File) {
			f.ChildNotes, f.Actions = []records.ChildNote{note}, []records.Action{task}
			f.Actions[0].Done = ""
		}},
		{"not returning: the day is to come", Returning, "", "", func(f *records.File) {
			f.ChildNotes = []records.ChildNote{note}
			f.ChildNotes[0].ReviewDate = "2026-03-11"
		}},
		{"not returning: looked at since", Returning, "", "", func(f *records.File) {
			again := note
			again.ID, again.On, again.ReviewDate = "again", "2026-02-24", ""
			f.ChildNotes = []records.ChildNote{note, again}
		}},
		{"changed: what is new in the line", Changed, "w5", "", weekly},
		{"not changed: it was said at the last session", Changed, "", "", func(f *records.File) {
			weekly(f)
			for i := range f.Concerns {
				f.Concerns[i].CreatedAt = at("2026-02-02")
			}
		}},
		{"quiet", Quiet, "q3", "", func(f *records.File) {
			f.Concerns = nil
			for i, day := range []records.Date{"2025-09-08", "2025-09-15", "2025-09-22", "2025-09-29"} {
				f.Concerns = append(f.Concerns, concern(records.ID("q"+string(rune('0'+i))), day, day))
			}
		}},
		{"nothing", AtOnce, "", "", func(*records.File) {}},
	} {
		f := ned()
		c.change(f)
		a := agendaOf([]*records.File{f}, Basis{Since: session, Now: now, Procedures: local(t)})
		var got *Point
		for _, child := range a.Children {
			for i := range child.Points {
				if got == nil && child.Points[i].Reason == c.reason {
					got = &child.Points[i]
				}
			}
		}
		switch {
		case c.ref == "" && got != nil:
			t.Errorf("%s: brought as %q: %s", c.name, c.reason, got.Text)
		case c.ref == "":
		case got == nil:
			t.Errorf("%s: not brought as %q: %+v", c.name, c.reason, a.Children)
		case len(got.Refs) == 0 || got.Refs[0].ID != c.ref || !strings.Contains(got.Text, c.says):
			t.Errorf("%s: %q on %v, want %q on %s", c.name, got.Text, got.Refs, c.says, c.ref)
		}
	}
}

// weekly adds a line of concerns that come faster and worse.
func weekly(f *records.File) {
	for i, day := range []records.Date{"2026-02-24", "2026-02-26", "2026-03-02", "2026-03-03", "2026-03-05", "2026-03-09"} {
		c := concern(records.ID("w"+string(rune('0'+i))), day, day)
		c.Severity = records.Severity(2 + i/2)
		f.Concerns = append(f.Concerns, c)
	}
}

func TestTheMostUrgentComeFirst(t *testing.T) {
	file := func(id records.ID, surname string, change func(*records.File)) *records.File {
		f := ned()
		f.Pupil.ID, f.Pupil.Surname = id, surname
		f.Concerns = append(f.Concerns, concern("new", "2026-03-09", "2026-03-09"))
		f.Concerns[0].Pupil, f.Concerns[1].Pupil = id, id
		change(f)
		return f
	}
	late := func(f *records.File) {
		f.Actions = []records.Action{{Meta: meta("t", session), Pupil: f.Pupil.ID, What: "Ring", Who: "Ms Quill", Due: "2026-02-10"}}
	}
	vague := func(f *records.File) { f.Concerns[0].Decision = "Continue to monitor." }
	files := []*records.File{
		file("v", "Aa", vague), file("l", "Bb", late), file("n", "Cc", func(*records.File) {}),
		file("both", "Dd", func(f *records.File) { late(f); vague(f) }),
	}
	a := agendaOf(files, Basis{Since: session, Now: now, Procedures: local(t)})
	var order []string
	for _, c := range a.Children {
		order = append(order, string(c.Pupil.ID))
	}
	if got, want := strings.Join(order, " "), "both l v"; got != want {
		t.Errorf("the order is %q, want %q", got, want)
	}
	if a.Pupils != 4 {
		t.Errorf("%d files read, want 4", a.Pupils)
	}
	if got, want := a.Children[0].Why(), "Ms Quill: Ring. 20 school days late.\n1 entry is still too vague to act on."; got != want {
		t.Errorf("Why = %q, want %q", got, want)
	}
}

func TestQualityOfTheRecord(t *testing.T) {
	f := ned()
	friday := concern("f", "2026-03-06", "2026-03-09") // Friday, written on Monday
	slow := concern("s", "2026-03-02", "2026-03-05")
	slow.Decision = "Continue to monitor."
	month := concern("m", "2026-02-01", "2026-03-05")
	month.When.Precision = records.InMonth
	other := concern("o", "2026-03-02", "2026-03-09")
	other.Pupil = "zoe"
	old := concern("i", "2019-03-04", "2026-03-09")
	old.Imported = "a CSV file"
	f.Concerns = append(f.Concerns, friday, slow, month, other, old)
	a := agendaOf([]*records.File{f}, Basis{Since: session, Now: now})
	if want := (Quality{Written: 4, Dated: 2, Late: 1, Vague: 1}); a.Quality != want {
		t.Errorf("quality = %+v, want %+v", a.Quality, want)
	}
}

func TestWhatEarlierSessionsAskedFor(t *testing.T) {
	f := ned()
	for _, x := range []struct {
		id        records.ID
		due, done records.Date
	}{{"open", "2026-03-20", ""}, {"late", "2026-03-01", ""}, {"done", "2026-02-10", "2026-02-20"}, {"long ago", "2026-01-10", "2026-01-09"}} {
		f.Actions = append(f.Actions, records.Action{Meta: meta(x.id, session), Pupil: "ned", What: "Ring", Who: "Ms Quill", Due: x.due, Done: x.done, Result: "Rang."})
		f.ChildNotes = append(f.ChildNotes, records.ChildNote{Meta: meta("n"+x.id, session), Pupil: "ned", On: session, Task: x.id})
	}
	f.Actions = append(f.Actions, records.Action{Meta: meta("of no session", session), Pupil: "ned", What: "Ring", Due: "2026-03-01"})
	a := agendaOf([]*records.File{f}, Basis{Since: session, Now: now})
	var got []string
	for _, e := range a.Earlier {
		s := string(e.Action.ID)
		if e.Late {
			s += "!"
		}
		got = append(got, s)
	}
	if s, want := strings.Join(got, " "), "late! open done!"; s != want {
		t.Errorf("earlier actions %q, want %q", s, want)
	}
}

func TestWithoutASessionBefore(t *testing.T) {
	if got, want := (Basis{Now: now}).From(), records.Date("2026-01-27"); got != want {
		t.Errorf("an agenda looks back to %s, want %s", got, want)
	}
}
