package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/records/vault"
)

func TestWhatEachRoleIsOffered(t *testing.T) {
	w := newSchool(t)
	w.later = func(time.Duration, func()) func() { return func() {} } // no timer draws while a page is made
	addPupil(t, w, "Zoë", "Nguyễn")
	want := map[records.Role][]place{
		records.DSL:      {placeToday, placePupils, placeConcern, placeReferrals, placeSession, placeSearch, placeReview, placeSettings},
		records.Deputy:   {placeToday, placePupils, placeConcern, placeReferrals, placeSession, placeSearch, placeReview, placeSettings},
		records.Head:     {placeToday, placePupils, placeReferrals, placeSearch, placeReview, placeSettings},
		records.Governor: {placeNumbers, placeSettings},
		records.IT:       {placeVerify, placeSettings},
	}
	known := slices.Concat([]place{placeNumbers, placeVerify, placeSearch, placeReview}, allPlaces)
	for role, places := range want {
		w.store.Me.Role = role
		w.after = string(placeConcern) // where the one before locked it
		w.unlocked(w.store)
		w.tasks.Wait()
		offered := slices.DeleteFunc(placesOf(role), func(p place) bool { return !slices.Contains(known, p) })
		if !slices.Equal(offered, places) {
			t.Errorf("%s is offered %v, want %v", role, placesOf(role), places)
		}
		for _, p := range slices.Concat(places, allPlaces) {
			w.goTo(string(p))
			w.tasks.Wait()
			if got := w.page.place(); !slices.Contains(placesOf(role), got) || slices.Contains(places, p) && got != p {
				t.Errorf("%s: %s opens %s", role, p, got)
			}
			if w.win.Canvas().Overlays().Top() != nil {
				t.Errorf("%s: %s complains", role, p)
				w.closeDialogs()
			}
		}
		for _, item := range seen[*sideItem](w) {
			if name := item.text.Text; name != "Lock" && !slices.Contains(placesOf(role), place(name)) {
				t.Errorf("%s: the sidebar shows %s", role, name)
			}
		}
	}
	w.store.Me.Role = records.Governor
	w.open(newPupilsPage(w))
	if !says(w, "Your role does not allow this.") || w.page.place() == placePupils {
		t.Error("a governor gets at the pupils round the sidebar")
	}
}

func TestAHeadKeepsNoDrafts(t *testing.T) {
	w := newSchool(t)
	d := w.newDraft("x", func() formText { return formText{"a": "b"} })
	w.store.Me.Role = records.Head
	if d.leave() != nil {
		t.Error("a draft would be kept, which the store refuses")
	}
	d.drop()
	w.tasks.Wait()
	if w.win.Canvas().Overlays().Top() != nil {
		t.Error("dropping a draft complains")
	}
}

func TestGovernorsSeeNumbers(t *testing.T) {
	w := newSchool(t)
	for range 6 {
		p := addPupil(t, w, "Zoë", "Nguyễn")
		addConcern(t, w, p.ID, "2026-11-19", "")
	}
	w.store.Me.Role = records.Governor
	w.unlocked(w.store)
	w.tasks.Wait()
	for _, text := range []string{"Thistle Primary, 1 Sep 2026 to 22 Nov 2026", "Neglect", "In all"} {
		if !says(w, text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	if says(w, "Zoë") || says(w, "Nguyễn") {
		t.Error("the page names a child")
	}
}

func TestMembersAreAddedAndRetired(t *testing.T) {
	ctx := context.Background()
	w := newSchool(t)
	visit(w, newSettingsPage(w))
	press(t, w, "Add a member …")
	name, pass, again := entryNamed(t, w, "Name, as it should stand under an entry"), entryNamed(t, w, "Passphrase to tell them"), entryNamed(t, w, "The same again")
	name.SetText("Jo Bell")
	pass.SetText("short")
	press(t, w, "Add")
	if !says(w, "too short") {
		t.Error("a short passphrase is not told")
	}
	pass.SetText("paper kettle moss")
	again.SetText("paper kettle moss")
	press(t, w, "Add")
	if !says(w, "Choose a role.") {
		t.Error("a missing role is not told")
	}
	roles := seen[*widget.Select](w)
	roles[0].SetSelected(records.Deputy.String())
	press(t, w, "Add")
	w.tasks.Wait()
	if !says(w, "Jo Bell") || !says(w, "Deputy DSL") {
		t.Fatal("the new member is not listed")
	}
	press(t, w, "New passphrase …")
	entryNamed(t, w, "Passphrase to tell them").SetText("candle rope harbour")
	entryNamed(t, w, "The same again").SetText("candle rope harbour")
	press(t, w, "Give it")
	copied := copyOf(t, w)
	if s, err := records.Open(ctx, copied, []byte("candle rope harbour")); err != nil || s.Me.Name != "Jo Bell" {
		t.Errorf("the new passphrase: %v", err)
	} else {
		s.Close()
	}
	w.tasks.Wait()
	press(t, w, "Retire …")
	press(t, w, "Retire")
	if !says(w, "Say why this is changed.") {
		t.Error("a missing reason is not told")
	}
	entryNamed(t, w, "Why").SetText("Moved away.")
	press(t, w, "Retire")
	w.tasks.Wait()
	if !says(w, "Deputy DSL, retired on 22 Nov 2026") {
		t.Error("the retired member is not listed as such")
	}
	if _, err := records.Open(ctx, copyOf(t, w), []byte("candle rope harbour")); !errors.Is(err, vault.ErrWrongKey) {
		t.Errorf("the retired member's passphrase: %v, want ErrWrongKey", err)
	}
}

// copyOf returns a copy of the window's vault, which stays open.
func copyOf(t *testing.T, w *Window) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.throughline")
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(w.store.Path() + end)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+end, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func TestTheAuditTrailInWords(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Zoë", "Nguyễn")
	c := addConcern(t, w, p.ID, "2026-11-19", "")
	c.Outcome = "Coat found."
	if err := w.store.Concerns.Save(context.Background(), &c, "Heard later."); err != nil {
		t.Fatal(err)
	}
	page := newAuditPage(w)
	visit(w, page)
	for _, text := range []string{"Ms Quill began the record", "Ms Quill saved a concern of Zoë Nguyễn — version 2", "Ms Quill saved the member Ms Quill — version 1"} {
		if !says(w, text) {
			t.Errorf("the trail does not say %q", text)
		}
	}
	choose := page.act.OnChanged // called once the list stands still: here the page is drawn by whoever loads it
	page.act.OnChanged = nil
	page.act.SetSelected("Exported")
	choose("Exported")
	w.tasks.Wait()
	if !says(w, "There is no such entry.") || says(w, "saved a concern") {
		t.Error("the filter by act does nothing")
	}
	out := filepath.Join(t.TempDir(), "trail.csv")
	if err := exportAudit(context.Background(), w.store, records.AuditFilter{}, out); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(out)
	if err != nil || strings.Contains(string(b), "Nguyễn") || !strings.Contains(string(b), string(p.ID)) {
		t.Errorf("the export names the child or leaves out the id, %v", err)
	}
	press(t, w, "Show this period")
	if !says(w, "Ms Quill exported: audit trail") {
		t.Error("the export is not in the trail")
	}
	press(t, w, "Verify now")
	if !says(w, "Sound: every page is as it was written") {
		t.Error("the verdict is not shown")
	}
}

func TestAuditShowsMoreOnDemand(t *testing.T) {
	w := newSchool(t)
	for range auditPageSize {
		addPupil(t, w, "Zoë", "Nguyễn")
	}
	page := newAuditPage(w)
	visit(w, page)
	if n := len(page.list.Objects); n != auditPageSize {
		t.Fatalf("%d entries at first, want %d", n, auditPageSize)
	}
	press(t, w, "More")
	_, last, err := w.store.AuditHead(context.Background())
	if n := len(page.list.Objects); err != nil || int64(n) != last || page.more.Visible() {
		t.Errorf("%d of %d entries, %v", n, last, err)
	}
}

func TestAnEntryInWords(t *testing.T) {
	n := auditNames{map[records.ID]string{"m": "Ruth Adeyemi", "o": "Jo Bell"}, map[records.ID]string{"p": "Zoë Nguyễn"}, map[records.ID]string{"r": "Ruth Adeyemi"}}
	for _, tt := range []struct {
		entry records.AuditEntry
		want  string
	}{
		{records.AuditEntry{Act: records.ActView, Kind: records.KindDocument, Member: "m", Pupil: "p"}, "Ruth Adeyemi opened a document of Zoë Nguyễn"},
		{records.AuditEntry{Act: records.ActExport, Member: "m", Pupil: "p", Content: "document 0190 ab"}, "Ruth Adeyemi exported: a document of Zoë Nguyễn"},
		{records.AuditEntry{Act: records.ActView, Member: "m", Pupil: "p"}, "Ruth Adeyemi opened the file of Zoë Nguyễn"},
		{records.AuditEntry{Act: records.ActFailed, Content: "3 since 2026-03-02T08:00:00.000000Z"}, "Failed attempts to unlock since Mon 2 Mar 2026, 08:00: 3"},
		{records.AuditEntry{Act: records.ActExport, Member: "m", Pupil: "p", Content: "chronology workbook 00ff"}, "Ruth Adeyemi exported: chronology workbook of Zoë Nguyễn"},
		{records.AuditEntry{Act: records.ActPassphrase, Member: "m", Record: "m"}, "Ruth Adeyemi changed their passphrase"},
		{records.AuditEntry{Act: records.ActPassphrase, Member: "m", Record: "o"}, "Ruth Adeyemi gave a new passphrase to Jo Bell"},
		{records.AuditEntry{Act: records.ActRemove, Kind: records.KindConcern, Member: "o", Pupil: "p", Content: "r"},
			"Jo Bell carried out a removal at Ruth Adeyemi’s request: a concern of Zoë Nguyễn, every version"},
		{records.AuditEntry{Act: records.ActRemove, Kind: records.KindConcern, Member: "m", Pupil: "p", Content: "r"},
			"Ruth Adeyemi carried out a removal: a concern of Zoë Nguyễn, every version"},
		{records.AuditEntry{Act: "something_new", Member: "x"}, "Somebody unknown: something_new"},
	} {
		if got := n.line(tt.entry); got != tt.want {
			t.Errorf("line(%s) = %q, want %q", tt.entry.Act, got, tt.want)
		}
	}
}
