package ui

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"throughline/records"
	"throughline/referral/demo"
)

// openDemo returns a window that is open on the demo school.
func openDemo(t *testing.T) *Window {
	t.Helper()
	path := filepath.Join(t.TempDir(), "demo.throughline")
	s, err := demo.Make(context.Background(), path, time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), nil)
	if err != nil {
		t.Fatal(err)
	}
	w := New(test.NewTempApp(t), Options{Vault: path})
	w.win.Resize(fyne.NewSize(1280, 690))
	w.unlocked(s)
	w.tasks.Wait()
	t.Cleanup(func() {
		w.tasks.Wait()
		w.end()
		w.idle.Stop()
		s.Close()
	})
	return w
}

// TestPagesFitASmallScreen opens every page on the demo school, whose names and
// texts are as long as real ones.
func TestPagesFitASmallScreen(t *testing.T) {
	w := openDemo(t)
	// What a window of 1366 × 768 leaves when the text is as large as 130 %: a
	// page that needs more makes the window wider than the screen.
	const width, height = 874, 540
	fits := func(name string, p page) {
		t.Helper()
		w.tasks.Wait()
		if m := p.content().MinSize(); m.Width > width || m.Height > height {
			t.Errorf("%s needs %v, and there is %d × %d", name, m, width, height)
		}
		for _, s := range scrollsIn(p.content()) {
			if m := s.Content.MinSize(); m.Width > width {
				t.Errorf("%s: what scrolls is %v wide, and there is %d", name, m.Width, width)
			}
		}
	}
	for name, p := range map[string]page{
		"Today": newTodayPage(w), "Pupils": newPupilsPage(w), "Log a concern": newConcernPage(w, ""),
		"Referrals": newReferralsPage(w), "Supervision": newSupervisionPage(w), "Calendar": newCalendarPage(w), "Leavers": newLeaversPage(w, listLeavers),
		"New year": newYearPage(w), "Bring in pupils": newImportPage(w), "A session": newSessionPage(w, ""), "Settings": newSettingsPage(w), "Read a chronology": newReviewPage(w), "Search": newSearchPage(w), "Audit trail": newAuditPage(w),
		"New recovery key": newKeyPage(w, "K7QF-M2ZD-81GH-9XRP-T4WB-0CVN-6JES-YA35-K"), "Add a pupil": newPupilForm(w, records.Pupil{}),
	} {
		visit(w, p)
		fits(name, p)
	}
	local := newProceduresPage(w)
	visit(w, local)
	for _, part := range procParts {
		local.at = part
		local.draw()
		fits("Local procedures: "+string(part), local)
	}
	all, err := w.store.Referrals.All(context.Background())
	if err != nil || len(all) == 0 {
		t.Fatalf("%d referrals, %v", len(all), err)
	}
	for _, r := range all {
		pupil := newPupilPage(w, r.Pupil)
		visit(w, pupil)
		for _, part := range allSections {
			pupil.press(part)
			fits("pupil: "+pupil.sectionName(part), pupil)
		}
		pupil.writeMeeting("")
		fits("pupil: a meeting", pupil)
		p := newReferralPage(w, r.Pupil, r.ID)
		visit(w, p)
		for _, s := range allSteps {
			p.turn(s)
			fits("referral: "+string(s), p)
		}
		if r.SentAt == "" {
			p.copying = true
			p.turn(stepSend)
			fits("referral: copy box by box", p)
		}
		if y := p.data.state.Replies; len(y) > 0 {
			p.at = stepReply
			p.correct(y[0].ID)
			fits("referral: correct a reply", p)
			p.at = stepSend
			p.correct(r.ID)
			fits("referral: correct the sending", p)
		}
		if c := p.data.state.Challenges; len(c) > 0 && len(c[0].Rungs) > 0 {
			p.at = stepChallenge
			p.correct(c[0].Rungs[0].ID)
			fits("referral: correct a rung", p)
			p.correct("")
			p.letter = &letterOf{c[0].Challenge, c[0].Rungs, &c[0].Rungs[0]}
			p.turn(stepChallenge)
			fits("referral: letter", p)
		}
	}
	for role, p := range map[records.Role]page{records.Governor: newNumbersPage(w), records.IT: newVerifyPage(w)} {
		w.store.Me.Role = role
		visit(w, p)
		fits(role.String(), p)
		settings := newSettingsPage(w)
		visit(w, settings)
		fits(role.String()+": settings", settings)
	}
}

// TestScreensBeforeUnlocking holds the same of what is shown while locked.
func TestScreensBeforeUnlocking(t *testing.T) {
	w := New(test.NewTempApp(t), Options{Vault: filepath.Join(t.TempDir(), "none.throughline")})
	t.Cleanup(func() { w.idle.Stop() })
	w.win.Resize(fyne.NewSize(1280, 690))
	for name, show := range map[string]func(){
		"welcome": w.showWelcome, "create": w.showCreate, "recovery": func() { w.showRecovery("", "") },
		"restore": func() { w.showRestore(w.options.Vault, w.showWelcome) }, "missing": w.showMissing,
		"key": func() { w.showKey(&records.Store{}, "K7QF-M2ZD-81GH-9XRP-T4WB-0CVN-6JES-YA35-K") },
	} {
		show()
		w.tasks.Wait()
		if m := w.win.Content().MinSize(); m.Width > 1280 || m.Height > 660 {
			t.Errorf("%s needs %v", name, m)
		}
	}
}
