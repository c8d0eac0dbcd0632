package ui

import (
	"context"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"throughline/records"
	"throughline/records/vault"
)

// TestTheTrailNamesEveryKind holds that nothing in it reads like "a impact".
func TestTheTrailNamesEveryKind(t *testing.T) {
	v := reflect.TypeFor[records.Store]()
	kinds := 0
	for i := range v.NumField() {
		get, is := v.Field(i).Type.MethodByName("Get")
		if !is {
			continue
		}
		kinds++
		rec := reflect.New(get.Type.Out(0)).Interface().(records.Record)
		if savedKinds[rec.Kind()] == "" {
			t.Errorf("there is no word for a saved %s", rec.Kind())
		}
	}
	if kinds < 20 {
		t.Errorf("only %d kinds are looked at", kinds)
	}
}

func TestBackupsOnTheTrail(t *testing.T) {
	ctx := context.Background()
	w := newSchool(t)
	if _, err := w.store.Backup(ctx, t.TempDir(), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.store.Backup(ctx, filepath.Join(t.TempDir(), "gone"), nil); err == nil {
		t.Fatal("a backup went into no folder")
	}
	if _, err := w.store.NewRecovery(ctx); err != nil {
		t.Fatal(err)
	}
	page := newAuditPage(w)
	visit(w, page)
	for _, text := range []string{
		"Ms Quill made a backup", "A backup failed while Ms Quill had the record open: the folder was not there", "Ms Quill made a new recovery key",
	} {
		wantSays(t, w, text, true)
	}
	page.act.SetSelected("Failed to make a backup")
	w.tasks.Wait()
	wantSays(t, w, "the folder was not there", true)
	wantSays(t, w, "made a backup", false)
	n := auditNames{members: map[records.ID]string{"m": "Ruth Adeyemi"}}
	for content, want := range map[string]string{
		"no words of ours":    "A backup failed while Ruth Adeyemi had the record open: why is not known",
		vault.ErrFull.Error(): "A backup failed while Ruth Adeyemi had the record open: the drive was full",
	} {
		if got := n.line(records.AuditEntry{Act: records.ActBackupFailed, Member: "m", Content: content}); got != want {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
	if got, want := n.line(records.AuditEntry{Act: records.ActRestore, Member: "m"}), "Ruth Adeyemi put a backup in place of the record"; got != want {
		t.Errorf("it reads %q, want %q", got, want)
	}
}

func TestWhoOpenedThisChildsFile(t *testing.T) {
	w := newSchool(t)
	zoe, ned := addPupil(t, w, "Zoë", "Nguyễn"), addPupil(t, w, "Ned", "Alder")
	page := newPupilPage(w, zoe.ID)
	visit(w, page)
	visit(w, newPupilPage(w, ned.ID))
	visit(w, page)
	page.press(sectionPeople)
	press(t, w, "Who opened it, and what was done in it")
	if !says(w, "Ms Quill opened the file of Zoë Nguyễn") || !says(w, "Ms Quill saved the details of Zoë Nguyễn — version 1") {
		t.Error("what was done in the file is not shown")
	}
	if says(w, "Ned Alder") || says(w, "Ms Quill began the record") {
		t.Error("what was done elsewhere is shown")
	}
	audit := w.page.(*auditPage)
	audit.pupil.entry.SetText("") // everybody again
	w.tasks.Wait()
	if !says(w, "Ms Quill opened the file of Ned Alder") {
		t.Error("without a pupil the trail is not whole")
	}
	audit.pupil.entry.SetText("ald")
	w.tasks.Wait()
	if !says(w, "Ms Quill began the record") {
		t.Error("a name that is half typed filters")
	}
	audit.pupil.take(0)
	w.tasks.Wait()
	if !says(w, "Ms Quill opened the file of Ned Alder") || says(w, "Zoë") {
		t.Error("a pupil who is chosen does not filter")
	}
}

// TestWhatASearchShowedIsNoted lets hits stand still, go at once, and be opened.
func TestWhatASearchShowedIsNoted(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	addConcern(t, w, ned.ID, "2026-11-19", "Coat lent.")
	var waiting []func() // nil for what was stopped
	w.later = func(after time.Duration, do func()) func() {
		if after != readHits {
			return func() {}
		}
		waiting = append(waiting, do)
		at := len(waiting) - 1
		return func() { waiting[at] = nil }
	}
	views := func() int {
		t.Helper()
		w.tasks.Wait()
		list, err := w.store.Audit(context.Background(), records.AuditFilter{Act: records.ActView, Pupil: ned.ID})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, a := range list {
			if a.Content == records.SearchSeen {
				n++
			}
		}
		return n
	}
	pass := func() { // two seconds
		for i, do := range waiting {
			if do != nil {
				waiting[i] = nil
				do()
			}
		}
	}
	page := newSearchPage(w)
	visit(w, page)
	for _, text := range []string{"c", "co", "coa", "coat"} {
		page.typeIn(text)
	}
	if n := views(); n != 0 {
		t.Errorf("while it is typed %d views are noted", n)
	}
	pass()
	if n := views(); n != 1 {
		t.Errorf("%d views are noted once the hits stand still, want 1", n)
	}
	page.goTo(0)
	if n := views(); n != 1 {
		t.Errorf("opening what is noted notes it again: %d", n)
	}
	page = newSearchPage(w)
	visit(w, page)
	page.typeIn("lent")
	page.goTo(0) // before two seconds are over
	if n := views(); n != 2 {
		t.Errorf("%d views, want 2: a hit was opened", n)
	}
	page = newSearchPage(w)
	visit(w, page)
	page.typeIn("zebra")
	visit(w, newTodayPage(w))
	pass()
	if n := views(); n != 2 {
		t.Errorf("%d views, want 2: nothing was found, and the page was left", n)
	}
}
