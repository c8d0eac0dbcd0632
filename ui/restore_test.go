package ui

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/records/vault"
)

const (
	fromLabel   = "Backup: a file, or the folder with your backups"
	backupPass  = "Passphrase of the backup"
	restoreFrom = "Restore from a backup …"
	lookAtIt    = "Look at this backup"
	putItBack   = "Put this backup in place"
)

// backedUp makes a school, backs it up and adds a pupil. It returns where it
// lies, its backup and its recovery key.
func backedUp(t *testing.T) (path, backup string, key vault.Recovery) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "school.throughline")
	key = makeSchool(t, path)
	s, err := records.Open(context.Background(), path, []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Backup(context.Background(), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	mustSave(t, s.Pupils, records.Pupil{Forename: "Ned", Surname: "Alder", YearGroup: "5"})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, b.Path, key
}

// pupilsNow returns how many pupils the open record has.
func pupilsNow(t *testing.T, w *Window) int {
	t.Helper()
	if w.store == nil {
		t.Fatal("no record is open")
	}
	all, err := w.store.Pupils.All(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// tapCard taps the card that holds a text.
func tapCard(t *testing.T, w *Window, text string) {
	t.Helper()
	for _, c := range seen[*pressCard](w) {
		if strings.Contains(textOf(c), text) {
			c.Tapped(&fyne.PointEvent{})
			w.tasks.Wait()
			return
		}
	}
	t.Fatalf("there is no card with %q", text)
}

func TestRestoreInTheWindow(t *testing.T) {
	path, backup, _ := backedUp(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w := newLocked(t, path)
	press(t, w, restoreFrom)
	fill(t, w, fromLabel, filepath.Dir(backup))
	press(t, w, lookAtIt)
	if !says(w, "not checked yet") || !says(w, filepath.Base(backup)) {
		t.Fatalf("the folder's backups are not listed: %q", problem(t, w, fromLabel))
	}
	if got := entryNamed(t, w, backupPass); w.win.Canvas().Focused() != fyne.Focusable(got) {
		t.Error("with the newest chosen, the keyboard is not on the passphrase")
	}
	tapCard(t, w, filepath.Base(backup))
	if w.win.Canvas().Focused() != fyne.Focusable(entryNamed(t, w, backupPass)) {
		t.Error("the keyboard is not on the passphrase")
	}
	fill(t, w, backupPass, passphrase)
	press(t, w, lookAtIt)
	for _, text := range []string{"Thistle Primary  ·  backup of", "is sound", "Would be missing", "1 pupil, of", "under a name with “replaced”"} {
		if !says(w, text) {
			t.Errorf("the preview does not say %q", text)
		}
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("looking changed the record, %v", err)
	}
	press(t, w, "Back")
	if entryNamed(t, w, backupPass).Text != passphrase || !says(w, "·  sound") {
		t.Error("going back, what was typed is gone or the backup is not called sound")
	}
	press(t, w, lookAtIt)
	press(t, w, putItBack)
	if n := pupilsNow(t, w); n != 0 {
		t.Errorf("restored, there are %d pupils; want none", n)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "school replaced *.throughline"))
	if err != nil || len(files) != 1 || !says(w, filepath.Base(files[0])) {
		t.Fatalf("kept: %q, %v, or not said", files, err)
	}
	if kept, err := os.ReadFile(files[0]); err != nil || !bytes.Equal(before, kept) {
		t.Errorf("the file that was there is not what it was, %v", err)
	}
}

// TestRestoreThatIsRefused leaves the record as it was and says why, beside the
// field it is about.
func TestRestoreThatIsRefused(t *testing.T) {
	path, backup, _ := backedUp(t)
	folder := t.TempDir()
	file := func(name string, change func([]byte) []byte) string {
		b, err := os.ReadFile(backup)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(folder, name)
		if err := os.WriteFile(to, change(b), 0o600); err != nil {
			t.Fatal(err)
		}
		return to
	}
	damaged := file("damaged.throughline", func(b []byte) []byte { b[len(b)-2000] ^= 1; return b })
	spoilt := t.TempDir()
	if err := os.WriteFile(filepath.Join(spoilt, "a.throughline"), []byte("A shopping list"), 0o600); err != nil {
		t.Fatal(err)
	}
	list := file("list.throughline", func([]byte) []byte { return bytes.Repeat([]byte("A shopping list. "), 1000) })
	newer := file("newer.throughline", func(b []byte) []byte {
		for _, at := range []int{0, 4096} {
			b[at+len("THROUGHLINE.VAULT")] = 99
		}
		return b
	})
	other := filepath.Join(folder, "other.throughline")
	makeSchool(t, other)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, pass, label, want string }{
		{"nothing chosen", "", passphrase, fromLabel, "Say which backup"},
		{"no whole path", "backups", passphrase, fromLabel, "Give the whole path"},
		{"a file that is gone", backup + "x", passphrase, fromLabel, "There is no backup at that place."},
		{"an empty folder", t.TempDir(), passphrase, fromLabel, "There are no backups in this folder."},
		{"a folder of damaged ones", spoilt, passphrase, fromLabel, "No backup in this folder"},
		{"no passphrase", backup, "", backupPass, "Type the passphrase of the backup."},
		{"a wrong passphrase", backup, "lantern gravel ottr", backupPass, "That passphrase does not open this backup."},
		{"a damaged backup", damaged, passphrase, fromLabel, "This backup is not sound"},
		{"another school's backup", other, passphrase, fromLabel, "This backup is of another record"},
		{"not a backup", list, passphrase, fromLabel, "This file is not a backup"},
		{"a newer backup", newer, passphrase, fromLabel, "This backup was made by a newer version"},
		{"the record itself", path, passphrase, fromLabel, "This is the record itself."},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newLocked(t, path)
			press(t, w, restoreFrom)
			fill(t, w, fromLabel, c.from)
			fill(t, w, backupPass, c.pass)
			press(t, w, lookAtIt)
			if got := problem(t, w, c.label); !strings.HasPrefix(got, c.want) || !isSentence(got) {
				t.Errorf("beside %q it says %q, want %q", c.label, got, c.want)
			}
			if entryNamed(t, w, fromLabel).Text != c.from || entryNamed(t, w, backupPass).Text != c.pass {
				t.Error("what was typed is gone")
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) || w.store != nil {
				t.Errorf("the record was changed or opened, %v", err)
			}
		})
	}
	t.Run("a record that is open elsewhere", func(t *testing.T) {
		w := newLocked(t, path)
		press(t, w, restoreFrom)
		fill(t, w, fromLabel, backup)
		fill(t, w, backupPass, passphrase)
		s, err := records.Open(context.Background(), path, []byte(passphrase))
		if err != nil {
			t.Fatal(err)
		}
		press(t, w, lookAtIt)
		if got := problem(t, w, fromLabel); !strings.HasPrefix(got, "This record is already open") {
			t.Errorf("it says %q", got)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		press(t, w, lookAtIt)
		if s, err = records.Open(context.Background(), path, []byte(passphrase)); err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		press(t, w, putItBack) // it was opened between the two
		if !says(w, "This record is already open") || w.store != nil {
			t.Error("a record that is open was replaced, or it is not said")
		}
	})
}

func TestRestoreOnANewComputer(t *testing.T) {
	_, backup, _ := backedUp(t)
	root := t.TempDir()
	file := filepath.Join(root, "list.txt")
	if err := os.WriteFile(file, []byte("A shopping list"), 0o600); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(root, "other.throughline")
	makeSchool(t, other)
	want := filepath.Join(root, "Throughline", "school.throughline") // its folder is made
	w := newLocked(t, want)
	press(t, w, restoreFrom)
	if got := entryNamed(t, w, whereLabel).Text; got != want {
		t.Errorf("it would go to %q, want %q", got, want)
	}
	fill(t, w, fromLabel, backup)
	fill(t, w, backupPass, passphrase)
	for _, c := range []struct{ where, want string }{
		{"school.throughline", wholePath}, {filepath.Join(root, "school.docx"), wholePath},
		{other, "This backup is of another record"},
	} {
		fill(t, w, whereLabel, c.where)
		press(t, w, lookAtIt)
		if got := problem(t, w, whereLabel); !strings.HasPrefix(got, c.want) {
			t.Errorf("of %q it says %q, want %q", c.where, got, c.want)
		}
	}
	fill(t, w, whereLabel, filepath.Join(file, "sub", "school.throughline"))
	press(t, w, lookAtIt)
	press(t, w, putItBack)
	if !says(w, "Part of this path is a file") || w.store != nil {
		t.Error("a place below a file is taken, or it is not said")
	}
	press(t, w, "Back")
	fill(t, w, whereLabel, want)
	press(t, w, lookAtIt)
	if !says(w, "There is no record yet at "+want) {
		t.Error("it does not say where it goes")
	}
	press(t, w, putItBack)
	if n := pupilsNow(t, w); n != 0 || w.store.Path() != want && filepath.Base(w.store.Path()) != filepath.Base(want) {
		t.Errorf("%d pupils at %s", n, w.store.Path())
	}
}

func TestRestoreWithTheRecoveryKey(t *testing.T) {
	path, backup, key := backedUp(t)
	w := newLocked(t, path)
	byHand(w)
	press(t, w, restoreFrom)
	fill(t, w, fromLabel, backup)
	press(t, w, "Use the recovery key instead")
	slip := "7" + string(key)[1:]
	if slip == string(key) {
		slip = "8" + string(key)[1:]
	}
	for _, typed := range []string{"", slip} {
		fill(t, w, "Recovery key", typed)
		press(t, w, lookAtIt)
		if got := problem(t, w, "Recovery key"); !strings.HasPrefix(got, "That recovery key has a typing mistake.") {
			t.Errorf("of %q it says %q", typed, got)
		}
	}
	otherKey := makeSchool(t, filepath.Join(t.TempDir(), "other.throughline"))
	fill(t, w, "Recovery key", string(otherKey))
	press(t, w, lookAtIt)
	if got := problem(t, w, "Recovery key"); !strings.HasPrefix(got, "This is the recovery key of another record.") {
		t.Errorf("of another's key it says %q", got)
	}
	fill(t, w, "Recovery key", strings.ToLower(string(key)))
	press(t, w, lookAtIt)
	press(t, w, putItBack)
	if w.store != nil || !says(w, "is in place.") {
		t.Fatal("it is not said that the backup is in place, or it is open without a passphrase")
	}
	const fresh = "candle bramble seven"
	fill(t, w, "New passphrase", fresh)
	fill(t, w, "The same passphrase again", fresh)
	press(t, w, "Unlock")
	if n := pupilsNow(t, w); n != 0 {
		t.Errorf("%d pupils, want none", n)
	}
}

func TestDamagedRecordOffersItsBackups(t *testing.T) {
	path, backup, _ := backedUp(t)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file[2*4096+50] ^= 1
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	w := newLocked(t, path)
	w.app.Preferences().SetString(prefLastBackups, filepath.Dir(backup))
	fill(t, w, "Passphrase", passphrase)
	press(t, w, "Unlock")
	if !strings.HasPrefix(problem(t, w, "Passphrase"), "This file is damaged") {
		t.Fatalf("it says %q", problem(t, w, "Passphrase"))
	}
	for _, b := range seen[*widget.Button](w) {
		if b.Text == restoreFrom && b.Importance == widget.LowImportance {
			t.Error("the way back is not beside the sentence, but among what else can be done")
		}
	}
	press(t, w, restoreFrom)
	tapCard(t, w, filepath.Base(backup)) // the folder is listed by itself
	fill(t, w, backupPass, passphrase)
	press(t, w, lookAtIt)
	if !says(w, "What would be missing cannot be counted") {
		t.Error("it is not said that the damaged file cannot be compared")
	}
	press(t, w, putItBack)
	if n := pupilsNow(t, w); n != 0 {
		t.Errorf("%d pupils, want none", n)
	}
}

func TestCheckAllBackups(t *testing.T) {
	path, backup, _ := backedUp(t)
	folder := t.TempDir()
	for _, name := range []string{"school 2026-01-02 10-00-00.throughline", "school 2026-02-02 10-00-00.throughline", "school 2026-03-02 10-00-00.throughline"} {
		b, err := os.ReadFile(backup)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.Contains(name, "-01-"):
			b[100], b[4096+100] = b[100]^1, b[4096+100]^1
		case strings.Contains(name, "-02-02"):
			b[len(b)-2000] ^= 1
		}
		if err := os.WriteFile(filepath.Join(folder, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w := newLocked(t, path)
	press(t, w, restoreFrom)
	fill(t, w, fromLabel, folder)
	press(t, w, lookAtIt)
	fill(t, w, backupPass, "lantern gravel ottr")
	press(t, w, "Check them all")
	if got := problem(t, w, backupPass); !strings.HasPrefix(got, "That passphrase does not open this backup.") {
		t.Errorf("with a wrong passphrase it says %q", got)
	}
	if cards := seen[*pressCard](w); len(cards) != 2 || !cards[0].lit || cards[1].lit {
		t.Errorf("of %d cards the newest is not the one that is chosen", len(cards))
	}
	noted, err := os.ReadFile(path + ".failed")
	if err != nil || bytes.Count(noted, []byte("\n")) != 1 {
		t.Errorf("one slip is noted as %q, %v", noted, err)
	}
	fill(t, w, backupPass, passphrase)
	press(t, w, "Check them all")
	var got []string
	for _, text := range []string{"Mon 2 Mar 2026, 10:00", "Mon 2 Feb 2026, 10:00", "Fri 2 Jan 2026, 10:00"} {
		for _, l := range strings.Split(textOf(w.win.Content()), "\n") {
			if strings.HasPrefix(l, text) {
				got = append(got, l[strings.LastIndex(l, "·")+len("·"):])
			}
		}
	}
	if !slices.Equal(got, []string{"  sound", "  damaged", "  damaged"}) {
		t.Errorf("the list says %q", got)
	}
}

func TestCancelARestore(t *testing.T) {
	path, backup, _ := backedUp(t)
	w := newLocked(t, path)
	p := newRestoreForm(w, func() {})
	p.replace = path
	p.show("")
	p.from.SetText(backup)
	p.pass.SetText(passphrase)
	w.tasks.Wait()
	p.look()
	p.cancel()
	w.tasks.Wait()
	if got := problem(t, w, fromLabel); got != "Cancelled. Nothing was changed." {
		t.Errorf("it says %q", got)
	}
	press(t, w, lookAtIt)
	files := backupsIn(t, filepath.Dir(path))
	p.button.OnTapped()
	p.cancel()
	w.tasks.Wait()
	if !says(w, "Cancelled. Nothing was changed.") || w.store != nil {
		t.Error("it is not said that nothing was changed")
	}
	if n := backupsIn(t, filepath.Dir(path)); n != files {
		t.Errorf("%d files lie there, and there were %d", n, files)
	}
}

func TestRestoreSentences(t *testing.T) {
	for _, err := range []error{vault.ErrReadOnly, os.ErrPermission, vault.ErrFull, vault.ErrGone, vault.ErrExists, vault.InUse{Host: "office-2"},
		vault.ErrDamaged, records.ErrBroken, records.ErrNotAllowed, records.ErrNoFolder, errCancelled} {
		err = errors.Join(errors.New(secret), err)
		for _, got := range []string{restoreSentence(err, false), restoreSentence(err, true), putSentence(err, false)} {
			if !isSentence(got) {
				t.Errorf("%v: it says %q", err, got)
			}
		}
	}
	if a, b := restoreSentence(vault.ErrReadOnly, false), putSentence(vault.ErrReadOnly, false); a == b {
		t.Errorf("a backup and a place that cannot be written to are both %q", a)
	}
}

func TestDifferenceLine(t *testing.T) {
	const a, b = records.Stamp("2025-03-03T09:30:00.000000Z"), records.Stamp("2025-03-07T11:00:00.000000Z")
	for _, c := range []struct {
		d    records.Difference
		want string
	}{
		{records.Difference{Kind: records.KindConcern, New: 2, Changed: 1, Oldest: a, Newest: b}, "2 concerns and 1 change to earlier ones, from Mon 3 Mar 2025, 09:30 to Fri 7 Mar 2025, 11:00"},
		{records.Difference{Kind: records.KindPupil, New: 1, Oldest: a, Newest: a}, "1 pupil, of Mon 3 Mar 2025, 09:30"},
		{records.Difference{Kind: records.KindSchool, Changed: 3, Oldest: a, Newest: a}, "3 changes to the school's details, of Mon 3 Mar 2025, 09:30"},
		{records.Difference{Kind: "widget", New: 2, Oldest: a, Newest: a}, "2 widgets, of Mon 3 Mar 2025, 09:30"},
	} {
		if got := differenceLine(c.d); got != c.want {
			t.Errorf("differenceLine(%+v) = %q, want %q", c.d, got, c.want)
		}
	}
}
