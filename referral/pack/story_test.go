package pack

import (
	"fmt"
	"testing"
	"time"

	"throughline/records"
)

// meta returns the head of a record made on a date.
func meta(id string, d records.Date) records.Meta {
	at := records.StampOf(d.Time().Add(15 * time.Hour))
	return records.Meta{ID: records.ID(id), Version: 1, CreatedAt: at, RecordedAt: at, RecordedBy: "m1"}
}

func at(d records.Date, clock string) records.When { return records.AtClock(d, clock) }

// neglect is an invented story: neglect that creeps up over a year, a new
// partner at home, a first disclosure, and an earlier referral that was logged
// as a contact.
func neglect() (*records.File, *records.Referral) {
	f := &records.File{
		Pupil: records.Pupil{
			Meta: meta("p1", "2024-09-04"), Forename: "Zoë", Surname: "Nguyễn", KnownAs: "Zo", Born: "2016-05-11",
			Sex: "Girl", YearGroup: "4", Form: "4W", Language: "Vietnamese", Communication: "Fluent English; her mother needs an interpreter.",
			Needs: "Asthma.", Address: "14 Invented Row\nSleaford", UPN: "A925400125001", Joined: "2024-09-04", GP: "The Invented Surgery",
		},
		Bands: []records.StatusBand{
			{Meta: meta("b1", "2025-01-13"), Pupil: "p1", Status: records.EarlyHelp, From: "2025-01-13", To: "2025-06-27", Worker: "Ann Lee"},
		},
		People: map[records.ID]records.Person{
			"q1": {Meta: meta("q1", "2024-09-04"), Name: "Linh Nguyễn", Phone: "07700 900001"},
			"q2": {Meta: meta("q2", "2026-01-12"), Name: "Karl Brandt"},
			"q3": {Meta: meta("q3", "2024-09-04"), Name: "Bà Hoa", Phone: "07700 900002"},
			"q4": {Meta: meta("q4", "2024-09-04"), Name: "Łukasz Wójcik"},
		},
		Ties: []records.Tie{
			{Meta: meta("t1", "2024-09-04"), Pupil: "p1", Person: "q1", Relationship: "Mother", ParentalResponsibility: records.Yes, InHousehold: records.Yes},
			{Meta: meta("t2", "2026-01-12"), Pupil: "p1", Person: "q2", Relationship: "Mother's partner", ParentalResponsibility: records.No, InHousehold: records.Yes,
				LivesFrom: "2025-12-20", RiskFactors: "Police were called to a previous address for domestic abuse, as his former partner told the school", RiskToStaff: "Shouted at the office manager on 9 Feb 2026 and stood in her way"},
			{Meta: meta("t3", "2024-09-04"), Pupil: "p1", Person: "q3", Relationship: "Grandmother", InHousehold: records.No, Strength: "Collects Zoë on Wednesdays, has asked twice to have her for longer, lives ten minutes away"},
			{Meta: meta("t4", "2025-01-13"), Pupil: "p1", Person: "q4", Relationship: "School nurse", KnowsOfReferral: records.Yes},
		},
		Siblings: []records.Pupil{{Meta: meta("p2", "2024-09-04"), Forename: "Minh", Surname: "Nguyễn", Born: "2019-02-02", YearGroup: "2"}},
		Members:  map[records.ID]records.Member{"m1": {Name: "Ada O’Neill", Role: records.DSL}},
		Supports: []records.Support{
			{Meta: meta("s1", "2024-11-04"), Pupil: "p1", What: "Breakfast club, place paid for", Level: records.SchoolOffer, Aim: "Zoë has eaten before lessons", By: "Mr Abel", From: "2024-11-04", To: "2025-02-14",
				Before: "hungry on 4 of 5 mornings", After: "hungry on the mornings she does not come, 2 of 5", Result: "She came on 31 of 58 mornings", WhyNotEnough: "She is not brought when her mother is unwell"},
			{Meta: meta("s2", "2025-01-13"), Pupil: "p1", What: "Early help assessment and family worker", Level: records.Targeted, By: "Ann Lee", From: "2025-01-13", To: "2025-06-27", Result: "Closed: appointments were not kept"},
		},
		Monitorings: []records.Monitoring{
			{Meta: meta("w1", "2025-10-06"), Pupil: "p1", Concern: "c09", What: "Whether Zoë has a coat and has eaten, asked each morning at registration", Who: "Ms Ortiz", From: "2025-10-06", Until: "2025-11-07", NextSteps: "Ms Ortiz and the DSL look at the sheet", Ended: "2025-11-07", Result: "No coat on 14 of 20 mornings; had not eaten on 11"},
		},
		Referrals: []records.Referral{{Meta: meta("r0", "2025-07-02"), Pupil: "p1", Level: records.Section17, LevelReason: "Early help closed with nothing changed", Response: records.Assessment,
			ParentsTold: records.Yes, SentAt: stamp("2025-07-02", "10:15"), SentTo: "Invented front door", Method: "secure e-mail", Reference: "INV-1"}},
		Replies: []records.Reply{{Meta: meta("y0", "2025-07-04"), Pupil: "p1", Referral: "r0", At: stamp("2025-07-04", "16:02"), From: "Duty worker", LoggedAs: records.LoggedContact,
			Outcome: "No further action", Reasons: "Threshold not met on the information given", View: records.DisagreeWithCSC, ViewWhy: "The appointments that were not kept are the concern"}},
		Read: stamp("2026-03-04", "16:40"),
	}
	f.Concerns = neglectConcerns()
	ref := &records.Referral{Meta: meta("r1", "2026-03-04"), Pupil: "p1", Level: records.Section47, LevelReason: "She says she was hit, is afraid to go home, and a mark fits what she says",
		Response: records.Immediate, ResponseWhy: "She is due to be collected at 15:15", ParentsTold: records.No, ParentsWhy: "It would raise the risk to the child",
		PhonedAt: stamp("2026-03-04", "13:20"), PhonedTo: "Sam Reed, duty social worker", PhonedSaid: "Keep her in school until somebody comes"}
	return f, ref
}

func stamp(d records.Date, clock string) records.Stamp { return records.AtClock(d, clock).At }

func neglectConcerns() []records.Concern {
	account := []struct {
		on    records.Date
		kind  records.Category
		sev   records.Severity
		text  string
		words string
		after string
	}{
		{"2024-10-07", records.Neglect, 1, "Zoë came to school with no coat; it was 6 degrees.", "", "Coat lent from the office."},
		{"2024-10-15", records.Neglect, 1, "Zoë asked for a second breakfast and ate four slices of toast.", "I didn’t have tea.", "Mother telephoned."},
		{"2024-11-18", records.Attendance, 2, "Late on four days of five, between 20 and 50 minutes.", "", "Attendance officer wrote home."},
		{"2025-01-20", records.Medical, 2, "No inhaler in school for the third week; the nurse’s letter was not answered.", "", "Nurse telephoned the surgery."},
		{"2025-03-10", records.Neglect, 2, "Her shoes are two sizes too small; both heels have sores.", "They’re my cousin’s old ones.", "Shoes bought."},
		{"2025-05-06", records.Attendance, 2, "Absent for six school days; nobody could be reached.", "", "Home visit by the attendance officer."},
		{"2025-06-23", records.Neglect, 3, "Head lice that had bled, and the same clothes for five days.", "", "Referred on 2 July."},
		{"2025-09-15", records.Neglect, 3, "She fell asleep in three lessons.", "Mum’s been in bed. I do Minh’s tea.", ""},
		{"2025-10-03", records.Neglect, 2, "No coat again, and she had not eaten.", "", "Watched for five weeks."},
		{"2026-01-12", records.FamilyChange, 2, "Mother told the office that her partner Karl has moved in.", "", ""},
		{"2026-01-26", records.DomesticAbuse, 3, "A neighbour told the office manager that there is shouting at night.", "", "Continue to monitor."},
		{"2026-02-09", records.Emotional, 3, "She hid under the table when a man in the corridor raised his voice.", "He shouts like that.", "Continue to monitor."},
		{"2026-02-25", records.Physical, 4, "A bruise the size of a 2p coin on the left upper arm. Asked what had happened she looked at the floor.", "I fell off something.", "Shown to the nurse. Body map made."},
		{"2026-03-04", records.Physical, 5, "At the end of the lesson she stayed behind and cried. There are four small round marks in a row on the right upper arm.", "Karl grabbed me because Minh spilled. He said if I tell he’ll send Minh away. Please don’t make me go home 😢", "Rang the front door."},
	}
	var list []records.Concern
	for i, a := range account {
		c := records.Concern{
			Meta: meta(fmt.Sprintf("c%02d", i+1), a.on), Pupil: "p1", When: at(a.on, "08:50"), Place: "Classroom 4W", SeenBy: "Ms Ortiz, class teacher",
			Source: records.Seen, Categories: []records.Category{a.kind}, Severity: a.sev, Account: a.text, ChildsWords: a.words,
			Decision: a.after, ParentsTold: records.Yes, ParentsWhy: "Mother said that she would see to it.", Outcome: "",
		}
		if a.words != "" {
			c.Question = "Can you tell me about that?"
		}
		switch c.ID {
		case "c11":
			c.Source, c.SeenBy = records.Unattributed, "Mrs Hill, office manager"
		case "c12":
			c.Presentation, c.Opinion, c.OpinionBasis = "Trembling, would not come out for ten minutes, did not speak until lunch", "I think she is frightened of a man’s voice", "she has done this twice, both times with men"
		case "c14":
			c.Presentation, c.Significant = "Pale, shaking, asked three times whether she had to go home", true
			c.Marks = []records.Mark{{View: "right arm, outer side", X: 0.3, Y: 0.3, Note: "four round marks, each 1 cm, blue, in a row"}}
			c.ParentsTold, c.ParentsWhy = records.No, "It would raise the risk to the child"
		}
		list = append(list, c)
	}
	return list
}

// options are those of an invented school.
func options() Options {
	return Options{
		School: records.School{Name: "Invented Primary School", DfENumber: "925/4001", Address: "1 School Lane\nSleaford", Phone: "01522 000000", Email: "safe@invented.example"},
		Author: records.Member{Name: "Ada O’Neill", Role: records.DSL, Email: "ada@invented.example"}, AuditHead: "3f9c…a1", Now: stamp("2026-03-04", "16:41"),
	}
}

// drafted returns the story with its pack drafted.
func drafted(tb testing.TB) (*records.File, *records.Referral) {
	tb.Helper()
	f, ref := neglect()
	ref.Sections = Draft(f, ref)
	return f, ref
}
