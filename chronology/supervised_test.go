package chronology

import (
	"slices"
	"testing"

	"throughline/records"
)

func TestSupervisionStandsOnTheLine(t *testing.T) {
	f := &records.File{
		Pupil: records.Pupil{Meta: records.Meta{ID: "p"}, Forename: "Ned", Surname: "Alder"},
		Read:  "2025-03-10T09:00:00.000000Z",
		ChildNotes: []records.ChildNote{
			{
				Meta: records.Meta{ID: "n1", Version: 1, CreatedAt: "2025-03-03T15:00:00.000000Z"}, Pupil: "p", On: "2025-03-03", Why: "No further action, twice.",
				Lived: "Cold every morning.", Decision: "Not to refer again.", Agreed: records.No, AgreedWhy: "Refer, with the whole line.",
				Action: "Refer", ActionWho: "Ms Quill", ActionDue: "2025-03-04", ReviewDate: "2025-03-31",
			},
			{Meta: records.Meta{ID: "n2", Version: 1}, Pupil: "p", On: "2025-03-04", Why: "Looked at again."},
			{Meta: records.Meta{ID: "n3", Version: 1}, Pupil: "p", On: "2025-04-04", Why: "In a session that is being prepared."},
		},
	}
	line := Of(f)
	if len(line) != 2 {
		t.Fatalf("%d entries, want 2: a session to come has not happened", len(line))
	}
	e := line[0]
	for name, c := range map[string][2]string{
		"title":    {e.Title, "Supervision: decision tested"},
		"decision": {e.Decision, "Not to refer again."},
		"reason":   {e.Reason, "Not agreed: Refer, with the whole line."},
		"action":   {e.Action, "Refer, Ms Quill, by 4 Mar 2025\nLooked at again on 31 Mar 2025"},
		"impact":   {e.Impact, "Lived experience and voice: Cold every morning."},
		"voice":    {e.Voice, ""}, // not word for word
		"second":   {line[1].Title, "Supervision"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s = %q, want %q", name, c[0], c[1])
		}
	}
	if events := Events(f, line); len(events) != 0 {
		t.Errorf("patterns read %d events in what supervision said", len(events))
	}
	if slices.ContainsFunc(line, func(e Entry) bool { return e.Significant }) {
		t.Error("supervision is among the significant events")
	}
}
