package pack

import (
	"testing"

	"throughline/records"
)

func TestDocumentsAreListed(t *testing.T) {
	f, ref := neglect()
	f.Documents = []records.Document{
		{Meta: meta("d1", "2026-03-03"), Pupil: "p1", Title: "Letter from the GP", From: "Dr Ann Lee", Dated: "2026-03-02"},
		{Meta: meta("d2", "2026-03-03"), Pupil: "p1", Title: "A drawing"},
	}
	var got []records.Statement
	for _, st := range find(Draft(f, ref), Attached).Statements {
		if len(st.Rests) == 1 && st.Rests[0].Kind == records.KindDocument {
			got = append(got, st)
		}
	}
	if len(got) != 2 || got[0].Rests[0].ID != "d1" ||
		got[0].Text != "Document on file, sent beside this referral: Letter from the GP, from Dr Ann Lee, 2 Mar 2026." ||
		got[1].Text != "Document on file, sent beside this referral: A drawing." {
		t.Errorf("the list is %+v", got)
	}
}
