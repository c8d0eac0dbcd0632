package ui

import (
	"testing"
	"time"

	"throughline/records"
)

// TestDutiesOfLeaversDoNotExpire looks, years later, for a file that never went
// and for a last school that never answered.
func TestDutiesOfLeaversDoNotExpire(t *testing.T) {
	w := newSchool(t)
	now := w.store.Now
	w.store.Now = func() time.Time { return time.Date(2023, 1, 10, 10, 0, 0, 0, time.UTC) }
	gone := pupilWith(t, w, "Leaver", func(p *records.Pupil) { p.Left = "2023-01-06" })
	addConcern(t, w, gone.ID, "2022-10-19", "")
	pupilWith(t, w, "Nothing", func(p *records.Pupil) { p.Left = "2023-01-06" })
	pupilWith(t, w, "Starter", func(p *records.Pupil) { p.Joined = "2023-01-04" })
	w.store.Now = now // 22 Nov 2026
	visit(w, newTodayPage(w))
	for _, text := range []string{"The file has not gone to the next school", "New here since 4 Jan 2023"} {
		if !says(w, text) {
			t.Errorf("Today does not say %q any more", text)
		}
	}
	page := openLeavers(t, w, listLeavers)
	if n, all := page.data.open(listLeavers), len(page.data.leavers); n != 1 || all != 1 {
		t.Errorf("%d of %d leavers wait, want the one with a file", n, all)
	}
	if n := page.data.open(listStarters); n != 1 {
		t.Errorf("%d new pupils wait, want 1", n)
	}
}
