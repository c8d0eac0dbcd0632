package chronology

import (
	"testing"

	"throughline/records"
)

func TestDocumentsOnTheLine(t *testing.T) {
	f := &records.File{
		Pupil: records.Pupil{Meta: records.Meta{ID: "p"}, Forename: "Zoë", Surname: "Nguyễn"},
		Documents: []records.Document{
			{Meta: records.Meta{ID: "a"}, Title: "Letter from the GP", From: "Dr Ann Lee", Summary: "Weight falls.", Dated: "2026-03-02"},
			{Meta: records.Meta{ID: "b"}, Title: "A drawing"},
			{Meta: records.Meta{ID: "c"}, Title: "Minutes", Dated: "2026-12-01"},
		},
		Read: records.StampOf(records.Date("2026-11-22").Time()),
	}
	line := Of(f)
	if len(line) != 1 {
		t.Fatalf("%d entries, want the one with a day that has come", len(line))
	}
	e := line[0]
	if e.Ref.ID != "a" || e.Ref.Kind != records.KindDocument || e.Source != "Dr Ann Lee" || e.Event != "Letter from the GP\nWeight falls." {
		t.Errorf("the entry is %+v", e)
	}
	if events := Events(f, line); len(events) != 0 {
		t.Errorf("patterns read %d events in documents, want none", len(events))
	}
}

// TestDocumentsHaveTheirLane: a letter is neither help nor social care's answer.
func TestDocumentsHaveTheirLane(t *testing.T) {
	line := Line{drawnAs("2026-03-02", records.KindDocument), drawnAs("2026-03-09", records.KindSupport)}
	lanes, of := lanesOf(line)
	if len(lanes) != 2 || lanes[of[0]].Name != LanePapers || lanes[of[1]].Name != LaneHelp {
		t.Errorf("lanes %v, entries in %v", lanes, of)
	}
}
