package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

const folderLabel = "Folder for backups, on this computer"

// reopen closes the record as locking does, and unlocks it at another time.
func reopen(t *testing.T, w *Window, after time.Duration) {
	t.Helper()
	now := w.store.Now()
	closed := make(chan struct{})
	w.close("Locking …", func(error) { close(closed) })
	<-closed
	s, err := records.Open(context.Background(), w.options.Vault, []byte("lantern gravel otter"))
	if err != nil {
		t.Fatal(err)
	}
	s.Now = func() time.Time { return now.Add(after) }
	w.unlocked(s)
	w.tasks.Wait()
	t.Cleanup(func() {
		w.tasks.Wait()
		s.Close()
	})
}

func backupsIn(t *testing.T, folder string) int {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

func TestBackUpFromTheSettings(t *testing.T) {
	w := newSchool(t)
	visit(w, newSettingsPage(w))
	if !says(w, "There is no backup yet.") {
		t.Error("it is not said that there is no backup")
	}
	folder := t.TempDir()
	for _, c := range []struct{ typed, problem string }{
		{"", "Say where"}, {"backups", "whole path"}, {filepath.Join(folder, "gone"), "is not there"},
	} {
		fill(t, w, folderLabel, c.typed)
		press(t, w, "Back up now")
		if got := problem(t, w, folderLabel); !strings.Contains(got, c.problem) {
			t.Errorf("%q: says %q, want something about %q", c.typed, got, c.problem)
		}
	}
	if f := w.backups().folder; f != "" {
		t.Errorf("a folder that failed is kept: %s", f)
	}
	fill(t, w, folderLabel, folder)
	press(t, w, "Back up now")
	if n := backupsIn(t, folder); n != 1 || !says(w, "Backed up and checked: school 2026-11-22 10-00-00.throughline.") {
		t.Errorf("%d backups, or not said", n)
	}
	visit(w, newSettingsPage(w))
	if entryNamed(t, w, folderLabel).Text != folder || !says(w, "Last good backup: Sun 22 Nov 2026, 10:00.") {
		t.Error("the folder or the last backup is not shown")
	}
	fill(t, w, folderLabel, "")
	press(t, w, "Use this folder")
	if w.backups().folder != "" || !says(w, "No backups will be made by themselves.") {
		t.Error("an empty folder does not end backups")
	}
}

func TestBackupOnClosingAndDaily(t *testing.T) {
	w := newSchool(t)
	folder := t.TempDir()
	visit(w, newSettingsPage(w))
	fill(t, w, folderLabel, folder)
	press(t, w, "Use this folder")
	if n := backupsIn(t, folder); n != 0 {
		t.Fatalf("choosing a folder made %d backups", n)
	}
	reopen(t, w, time.Minute)
	if n := backupsIn(t, folder); n != 1 {
		t.Errorf("closing made %d backups, want 1", n)
	}
	reopen(t, w, 10*time.Minute)
	if at, err := w.store.LastBackup(context.Background()); err != nil || at.String() != "Sun 22 Nov 2026, 10:00" {
		t.Errorf("the last backup is of %s, %v; want the first, for nothing was saved since", at, err)
	}
	addPupil(t, w, "Ned", "Alder")
	reopen(t, w, 20*time.Hour)
	// Both are of one day, of which the last is kept.
	if at, err := w.store.LastBackup(context.Background()); err != nil || at.String() != "Sun 22 Nov 2026, 10:11" {
		t.Errorf("the last backup is of %s, %v; want one when Ned was added", at, err)
	}
	now := w.store.Now().Add(5 * time.Hour)
	w.store.Now = func() time.Time { return now }
	w.backUpIfDue()
	w.tasks.Wait()
	if n := backupsIn(t, folder); n != 2 {
		t.Errorf("%d backups a day later, want 2", n)
	}
}

func TestFailedBackupDoesNotKeepTheRecordOpen(t *testing.T) {
	w := newSchool(t)
	w.setBackups(filepath.Join(t.TempDir(), "stick"))
	reopen(t, w, time.Hour)
	if !says(w, "There is no backup of this record yet.") || !says(w, "Connect the drive it is on") {
		t.Error("Today does not say that the backup failed, and why")
	}
	press(t, w, "Settings")
	if _, ok := w.page.(*settingsPage); !ok {
		t.Errorf("the button opens %T, want the settings", w.page)
	}
}

func TestTodaySaysThatABackupIsLate(t *testing.T) {
	w := newSchool(t)
	shown := func(when string, want bool) {
		t.Helper()
		visit(w, newTodayPage(w))
		red := false
		for _, l := range seen[*widget.Label](w) {
			red = red || l.Text == "Backup" && l.Importance == widget.DangerImportance
		}
		if red != want {
			t.Errorf("%s: in red %v, want %v", when, red, want)
		}
		if !says(w, "Last good backup:") && !says(w, "There is no backup of this record yet.") && !says(w, "No backup yet:") {
			t.Errorf("%s: nothing is said of backups", when)
		}
	}
	at := func(d time.Duration) {
		now := w.store.Now().Add(d)
		w.store.Now = func() time.Time { return now }
	}
	shown("on the first day", false)
	reopen(t, w, time.Hour)
	visit(w, newTodayPage(w))
	// The first unlocking is noted by the computer's clock.
	w.store.Now = func() time.Time { return time.Now().Add(6 * 24 * time.Hour) }
	shown("in the first week", false)
	w.store.Now = func() time.Time { return time.Now().Add(8 * 24 * time.Hour) }
	shown("after it", true)
	if _, err := w.store.Backup(context.Background(), t.TempDir(), nil); err != nil {
		t.Fatal(err)
	}
	shown("when one was made", false)
	at(8 * 24 * time.Hour)
	shown("a week later", true)
	w.options.Demo = w.options.Vault
	visit(w, newTodayPage(w))
	if says(w, "ackup") {
		t.Error("the demo school asks for backups")
	}
}

func TestABackupBesideTheRecordIsRemarked(t *testing.T) {
	w := newSchool(t)
	visit(w, newSettingsPage(w))
	fill(t, w, folderLabel, filepath.Dir(w.store.Path()))
	press(t, w, "Back up now")
	if !says(w, "The backups go into the record's own folder") {
		t.Error("the record's own folder is taken without a word")
	}
	visit(w, newSettingsPage(w))
	if !says(w, "The backups go into the record's own folder") {
		t.Error("the next visit does not say it")
	}
	visit(w, newTodayPage(w))
	if !says(w, "It is on the record's own disk.") {
		t.Error("Today does not say it")
	}
	folder := filepath.Join(filepath.Dir(w.store.Path()), "copies")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	visit(w, newSettingsPage(w))
	fill(t, w, folderLabel, folder)
	press(t, w, "Use this folder")
	if !says(w, "The backups go to the disk that the record is on") {
		t.Error("another folder on the same disk is taken without a word")
	}
	fill(t, w, folderLabel, "/dev/shm")
	if press(t, w, "Use this folder"); isDir("/dev/shm") && says(w, "The backups go to") {
		t.Error("another disk is taken for the same")
	}
}
