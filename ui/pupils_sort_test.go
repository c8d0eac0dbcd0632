package ui

import (
	"testing"

	"throughline/records"
	"throughline/referral"
)

func TestPupilsAreSortedByAColumn(t *testing.T) {
	item := func(u referral.Urgency) referral.Item { return referral.Item{Urgency: u} }
	line := func(surname, year string, band records.StatusKind, concerns int, last records.Date, due ...referral.Item) pupilLine {
		return pupilLine{pupil: records.Pupil{Forename: "A", Surname: surname, YearGroup: year}, band: band, status: band.String(), concerns: concerns, last: last, due: due}
	}
	w := newSchool(t)
	p := newPupilsPage(w)
	visit(w, p)
	p.show([]pupilLine{
		line("Alder", "5", "", 2, "2026-03-01", item(referral.Overdue)),
		line("Birch", "R", records.ChildProtect, 9, "2026-01-02", item(referral.AtOnce)),
		line("Cedar", "10", records.EarlyHelp, 0, ""),
		line("Dogwood", "", "", 3, "2026-11-01", item(referral.Overdue), item(referral.Overdue), item(referral.Later)),
	})
	for _, c := range []struct{ press, want string }{
		{"", "ABCD"}, {"Name", "DCBA"}, {"Year", "BACD"}, {"Status", "BCAD"}, {"Concerns", "BDAC"},
		{"Last concern", "DABC"}, {"Due", "BDAC"}, {"Due", "CADB"}, {"Name", "ABCD"},
	} {
		if c.press != "" {
			press(t, w, c.press)
		}
		var got []byte
		for _, l := range p.shown {
			got = append(got, l.pupil.Surname[0])
		}
		if string(got) != c.want {
			t.Errorf("after %q the order is %s, want %s", c.press, got, c.want)
		}
	}
}

func TestANewPupilIsDueOnTheListToo(t *testing.T) {
	w := newSchool(t)
	mustSave(t, w.store.Pupils, records.Pupil{Forename: "Ned", Surname: "Alder", Born: "2016-03-01", YearGroup: "5", Joined: "2026-09-01"})
	p := newPupilsPage(w)
	visit(w, p)
	if len(p.shown) != 1 || len(p.shown[0].due) != 1 {
		t.Errorf("the list says %+v is due, want the question to the last school", p.shown[0].due)
	}
}
