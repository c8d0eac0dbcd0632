package records

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"throughline/records/vault"
)

func TestBackup(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	folder := t.TempDir()
	var done, total int64
	b, err := s.Backup(ctx, folder, func(d, of int64) {
		if d < done {
			t.Errorf("progress goes back from %d to %d", done, d)
		}
		done, total = d, of
	})
	if err != nil {
		t.Fatal(err)
	}
	if done != total || total == 0 || b.Tidy != nil {
		t.Errorf("progress ended at %d of %d; %v", done, total, b.Tidy)
	}
	if got, want := names(t, folder), []string{"school 2025-03-03 09-30-00.throughline"}; !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
	if info, err := os.Stat(b.Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v; want mode 0600", info.Mode(), err)
	}
	a, err := lastEntry(ctx, s.db)
	if err != nil || a.Act != ActBackup || !strings.Contains(a.Content, b.Head) || strings.Contains(a.Content, "school") {
		t.Errorf("the trail ends with %+v, %v", a, err)
	}
	if at, err := s.LastBackup(ctx); err != nil || at != StampOf(monday) {
		t.Errorf("LastBackup() = %q, %v", at, err)
	}
	c, err := Open(ctx, b.Path, []byte(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got, err := c.Pupils.Get(ctx, p.ID); err != nil || got.Surname != p.Surname {
		t.Errorf("the copy holds %+v, %v", got, err)
	}
}

// TestBackupWhilePeopleWork makes copies while somebody saves: each must be of
// one moment, and the record must end sound.
func TestBackupWhilePeopleWork(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	stop, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		var err error
		for err == nil {
			select {
			case <-stop:
				ended <- nil
				return
			case <-time.After(time.Millisecond):
				err = s.Pupils.Save(ctx, testPupil(), "")
			}
		}
		ended <- err
	}()
	var last int64
	for range 3 {
		b, err := s.Backup(ctx, t.TempDir(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if b.Entries <= last {
			t.Errorf("a copy of %d entries after one of %d", b.Entries, last)
		}
		last = b.Entries
	}
	close(stop)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := s.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
}

// TestBackupThatIsNotSound makes a copy of an altered record: it must not be
// left as a backup, and the trail must say why there is none.
func TestBackupThatIsNotSound(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	if _, err := s.db.Exec(`INSERT INTO version VALUES ('x', 1, '2025-03-03T09:30:00.000000Z', '', '', '{}')`); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if _, err := s.Backup(ctx, folder, nil); !errors.Is(err, ErrBroken) {
		t.Errorf("Backup() = %v, want ErrBroken", err)
	}
	if got := names(t, folder); len(got) != 0 {
		t.Errorf("left behind: %q", got)
	}
	b, err := s.Backups(ctx)
	if err != nil || b.Good != "" || b.Failed != StampOf(monday) || b.Why != ErrBroken {
		t.Errorf("Backups() = %+v, %v", b, err)
	}
}

func TestBackupThatCannotBeMade(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	if _, err := s.Backup(ctx, filepath.Join(t.TempDir(), "gone"), nil); !errors.Is(err, ErrNoFolder) {
		t.Errorf("into no folder: %v, want ErrNoFolder", err)
	}
	if _, err := s.Backup(ctx, s.Path(), nil); !errors.Is(err, ErrNoFolder) {
		t.Errorf("into a file: %v, want ErrNoFolder", err)
	}
	if b, err := s.Backups(ctx); err != nil || b.Why != ErrNoFolder {
		t.Errorf("Backups() = %+v, %v", b, err)
	}
	folder := t.TempDir()
	if _, err := s.Backup(ctx, folder, nil); err != nil {
		t.Fatal(err)
	}
	if b, err := s.Backups(ctx); err != nil || b.Failed != "" || b.Saved {
		t.Errorf("after a good one Backups() = %+v, %v", b, err)
	}
	if _, err := s.Backup(ctx, folder, nil); !errors.Is(err, vault.ErrExists) {
		t.Errorf("twice in one second: %v, want ErrExists", err)
	}
	_, before, _ := s.AuditHead(ctx)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Backup(gone, folder, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, after, _ := s.AuditHead(ctx); after != before {
		t.Error("a cancelled backup is on the trail")
	}
	if got := names(t, folder); len(got) != 1 {
		t.Errorf("the folder holds %q, want the good one alone", got)
	}
	s.Me.Role = Governor
	if _, err := s.Backup(ctx, t.TempDir(), nil); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("a governor: %v, want ErrNotAllowed", err)
	}
	s.Me.Role = IT
	if _, err := s.Backup(ctx, t.TempDir(), nil); err != nil {
		t.Errorf("IT: %v", err)
	}
}

// TestOldBackupsGo makes one a day for three weeks, beside files that are
// nobody's to remove.
func TestOldBackupsGo(t *testing.T) {
	ctx := context.Background()
	s, other := mustCreate(t), mustCreate(t)
	folder := t.TempDir()
	made, err := other.Backup(ctx, folder, nil) // of another school, by the same name
	if err != nil {
		t.Fatal(err)
	}
	theirs := filepath.Join(folder, "school 2024-01-01 09-00-00.throughline")
	if err := os.Rename(made.Path, theirs); err != nil {
		t.Fatal(err)
	}
	strange := []string{"school 2024-01-02 09-00-00.throughline", "school.throughline", "school 2024-02-31 09-00-00.throughline", "minutes.docx"}
	for _, name := range strange {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("not a vault"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	removed := 0
	for d := range 21 {
		s.Now = func() time.Time { return monday.AddDate(0, 0, d) }
		b, err := s.Backup(ctx, folder, nil)
		if err != nil || b.Tidy != nil {
			t.Fatal(err, b.Tidy)
		}
		removed += b.Removed
	}
	var ours []string
	for _, name := range names(t, folder) {
		if name != filepath.Base(theirs) && !slices.Contains(strange, name) {
			ours = append(ours, strings.TrimSuffix(strings.TrimPrefix(name, "school 2025-03-"), " 09-30-00.throughline"))
		}
	}
	if want := []string{"09", "16", "17", "18", "19", "20", "21", "22", "23"}; !slices.Equal(ours, want) || removed != 21-len(want) {
		t.Errorf("kept the days %q and removed %d, want %q", ours, removed, want)
	}
	for _, name := range append(strange, filepath.Base(theirs)) {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Errorf("%s is gone", name)
		}
	}
	// A clock that stands wrong: the new one is the oldest, and stays.
	s.Now = func() time.Time { return monday.AddDate(-3, 0, 0) }
	for range 13 {
		at := s.Now().AddDate(0, -1, 0)
		s.Now = func() time.Time { return at }
		b, err := s.Backup(ctx, folder, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(b.Path); err != nil {
			t.Error("the backup that was just made is gone")
		}
	}
}

func TestBackupsAreLate(t *testing.T) {
	at := func(days float64) Stamp { return StampOf(monday.Add(time.Duration(days * float64(day)))) }
	for _, tt := range []struct {
		name              string
		b                 Backups
		due, wanted, late bool
	}{
		{"a new record", Backups{Now: at(0)}, true, true, false},
		{"none in the first week", Backups{Now: at(7), Used: at(0)}, true, true, false},
		{"none after it", Backups{Now: at(7.1), Used: at(0)}, true, true, true},
		{"an hour ago", Backups{Now: at(0), Good: at(-0.05)}, false, false, false},
		{"an hour ago, and saved since", Backups{Now: at(0), Good: at(-0.05), Saved: true}, false, true, false},
		{"two days ago", Backups{Now: at(0), Good: at(-2)}, true, true, false},
		{"eight days ago", Backups{Now: at(0), Good: at(-8)}, true, true, true},
		{"by a clock a minute fast", Backups{Now: at(0), Good: at(0.001)}, false, false, false},
		{"by a clock a year fast", Backups{Now: at(0), Good: at(365)}, true, true, true},
	} {
		if tt.b.Due() != tt.due || tt.b.Wanted() != tt.wanted || tt.b.Late() != tt.late {
			t.Errorf("%s: due %v, wanted %v, late %v; want %v, %v, %v", tt.name, tt.b.Due(), tt.b.Wanted(), tt.b.Late(), tt.due, tt.wanted, tt.late)
		}
	}
}

// names returns what a folder holds.
func names(t *testing.T, folder string) []string {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range files {
		all = append(all, f.Name())
	}
	return all
}
