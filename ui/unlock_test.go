package ui

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/records/vault"
)

// makeSchool makes a school at path, whose passphrase is that of newSchool, and
// returns its recovery key.
func makeSchool(t *testing.T, path string) vault.Recovery {
	t.Helper()
	s, key, err := records.Create(context.Background(), path, records.Setup{
		School: records.School{Name: "Thistle Primary"}, Member: records.Member{Name: "Ms Quill", Role: records.DSL},
		Passphrase: []byte(passphrase), Cost: vault.Cost{MemoryKiB: 1024, Passes: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return key
}

// newLocked returns a window before the file at path is unlocked.
func newLocked(t *testing.T, path string) *Window {
	t.Helper()
	return startAgain(t, test.NewTempApp(t), Options{Vault: path})
}

func TestUnlockSaysWhatIsWrong(t *testing.T) {
	const header = 4096 // bytes of each of its two copies
	for _, c := range []struct {
		name, typed, want string
		spoil             func(t *testing.T, path string, file []byte) []byte
	}{
		{"wrong passphrase", "lantern gravel ottr", "That passphrase does not open this record.", nil},
		{"no passphrase", "", "Type your passphrase.", nil},
		{"in use", passphrase, "This record is already open", func(t *testing.T, path string, file []byte) []byte {
			s, err := records.Open(context.Background(), path, []byte(passphrase))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			return nil
		}},
		{"not a vault", passphrase, "This file is not a Throughline record.", func(_ *testing.T, _ string, file []byte) []byte {
			return bytes.Repeat([]byte("A shopping list. "), 1000)
		}},
		{"empty file", passphrase, "This file is not a Throughline record.", func(*testing.T, string, []byte) []byte { return []byte{} }},
		{"damaged header", passphrase, "This file is damaged", func(_ *testing.T, _ string, file []byte) []byte {
			file[100] ^= 1
			file[header+100] ^= 1
			return file
		}},
		{"damaged page", passphrase, "This file is damaged", func(_ *testing.T, _ string, file []byte) []byte {
			file[2*header+50] ^= 1
			return file
		}},
		{"newer version", passphrase, "This record was made by a newer version of Throughline.", func(_ *testing.T, _ string, file []byte) []byte {
			for _, at := range []int{0, header} {
				binary.LittleEndian.PutUint16(file[at+len("THROUGHLINE.VAULT"):], 999)
			}
			return file
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "school.throughline")
			makeSchool(t, path)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if c.spoil != nil {
				if spoilt := c.spoil(t, path, bytes.Clone(before)); spoilt != nil {
					if err := os.WriteFile(path, spoilt, 0o600); err != nil {
						t.Fatal(err)
					}
				}
				if before, err = os.ReadFile(path); err != nil {
					t.Fatal(err)
				}
			}
			w := newLocked(t, path)
			fill(t, w, "Passphrase", c.typed)
			press(t, w, "Unlock")
			if got := problem(t, w, "Passphrase"); !strings.HasPrefix(got, c.want) {
				t.Errorf("it says %q, want %q", got, c.want)
			}
			if got := entryNamed(t, w, "Passphrase").Text; got != c.typed {
				t.Error("the passphrase typed is gone")
			}
			if w.win.Canvas().Focused() != fyne.Focusable(entryNamed(t, w, "Passphrase")) {
				t.Error("the keyboard is not on the passphrase")
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
				t.Errorf("the file was changed, %v", err)
			}
			if w.store != nil {
				t.Error("it is open all the same")
			}
		})
	}
}

func TestUnlockAfterACorrection(t *testing.T) {
	path := filepath.Join(t.TempDir(), "school.throughline")
	makeSchool(t, path)
	w := newLocked(t, path)
	fill(t, w, "Passphrase", passphrase+"x")
	press(t, w, "Unlock")
	e := entryNamed(t, w, "Passphrase")
	e.SetText(passphrase)
	if got := problem(t, w, "Passphrase"); got != "" {
		t.Errorf("typing on, it still says %q", got)
	}
	e.OnSubmitted(e.Text) // what Enter does
	w.tasks.Wait()
	if w.store == nil {
		t.Fatal("Enter does not unlock")
	}
	if _, ok := w.page.(*todayPage); !ok {
		t.Errorf("unlocked, the window is on %T, want Today", w.page)
	}
}

func TestStoreThatOpensTooLateIsClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "school.throughline")
	makeSchool(t, path)
	ctx, cancel := context.WithCancel(context.Background())
	work := opening(func(context.Context) (*records.Store, error) {
		s, err := records.Open(context.Background(), path, []byte(passphrase))
		cancel() // the window is closed meanwhile
		return s, err
	})
	if s, err := work(ctx); s != nil || err == nil {
		t.Fatalf("opening = %v, %v; want nothing", s, err)
	}
	s, err := records.Open(context.Background(), path, []byte(passphrase))
	if err != nil {
		t.Fatalf("it is still open: %v", err)
	}
	s.Close()
}

// fillCreate fills in what a new record needs.
func fillCreate(t *testing.T, w *Window) {
	t.Helper()
	fill(t, w, "School", "Thistle Primary")
	fill(t, w, "Your name, as it should stand under an entry", "Ms Quill")
	fill(t, w, "Passphrase", passphrase)
	fill(t, w, "The same passphrase again", passphrase)
}

const whereLabel = "Where the record is kept: the whole path"

func TestCreateSaysWhatIsWrong(t *testing.T) {
	const name = "Your name, as it should stand under an entry"
	folder := t.TempDir()
	file := filepath.Join(folder, "list.txt")
	if err := os.WriteFile(file, []byte("A shopping list"), 0o600); err != nil {
		t.Fatal(err)
	}
	taken := filepath.Join(folder, "taken.throughline")
	makeSchool(t, taken)
	for _, c := range []struct{ name, label, typed, want string }{
		{"no school", "School", " ", "Give the school's name."},
		{"a long school", "School", strings.Repeat("x", 201), "This is too long: 200 characters at most."},
		{"no name", name, "", "Give your name as it should stand under an entry."},
		{"a long name", name, strings.Repeat("x", 201), "This is too long: 200 characters at most."},
		{"a name too long for a key", name, strings.Repeat("x", 100), "This name is too long for a key: 64 letters at most"},
		{"a short passphrase", "Passphrase", "otter", "This passphrase is too short: twelve characters at least."},
		{"differing passphrases", "The same passphrase again", passphrase + "s", "The two passphrases differ."},
		{"an existing file", whereLabel, taken, "There is already a file of that name."},
		{"a folder below a file", whereLabel, filepath.Join(file, "sub", "school.throughline"), "Part of this path is a file, not a folder."},
		{"no whole path", whereLabel, "school.throughline", "Give the whole path, from the drive on"},
		{"another ending", whereLabel, filepath.Join(folder, "school.docx"), "Give the whole path, from the drive on"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "school.throughline")
			before, err := os.ReadFile(taken)
			if err != nil {
				t.Fatal(err)
			}
			w := newLocked(t, path)
			press(t, w, "Begin a new record …")
			fillCreate(t, w)
			entryNamed(t, w, c.label).SetText(c.typed)
			press(t, w, "Begin the record")
			for _, label := range []string{"School", name, "Passphrase", "The same passphrase again", whereLabel} {
				want := ""
				if label == c.label {
					want = c.want
				}
				if c.label == "Passphrase" && label == "The same passphrase again" {
					want = "The two passphrases differ." // they do
				}
				if got := problem(t, w, label); !strings.HasPrefix(got, want) || want == "" && got != "" {
					t.Errorf("beside %q it says %q, want %q", label, got, want)
				}
			}
			if got := entryNamed(t, w, c.label).Text; got != c.typed {
				t.Errorf("the field now holds %q", got)
			}
			if _, err := os.Stat(path); err == nil || w.fresh != nil {
				t.Error("a record is made all the same")
			}
			if after, err := os.ReadFile(taken); err != nil || !bytes.Equal(before, after) {
				t.Errorf("the existing record was changed, %v", err)
			}
		})
	}
}

func TestFreeName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "school.throughline")
	for _, want := range []string{"school.throughline", "school 2.throughline", "school 3.throughline"} {
		got := freeName(path)
		if filepath.Base(got) != want {
			t.Errorf("freeName = %q, want %q", got, want)
		}
		if err := os.WriteFile(got, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// keyShown returns the recovery key on the screen.
func keyShown(t *testing.T, w *Window) string {
	t.Helper()
	for _, l := range seen[*widget.Label](w) {
		if l.TextStyle.Monospace {
			return l.Text
		}
	}
	t.Fatal("no recovery key is shown")
	return ""
}

func TestBeginARecordAndRecoverIt(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "records", "safe") // is made
	w := newLocked(t, filepath.Join(folder, "school.throughline"))
	byHand(w)
	press(t, w, "Begin a new record …")
	fillCreate(t, w)
	press(t, w, "Begin the record")
	key := keyShown(t, w)
	const label = "Type the last group of the key, to show that you have it on paper"
	const carryOn = "I have it on paper: open the record"
	groups := strings.Split(key, "-")
	for _, wrong := range []string{"", groups[0]} {
		fill(t, w, label, wrong)
		press(t, w, carryOn)
		if got := problem(t, w, label); !strings.HasPrefix(got, "This is not the last group.") || w.store != nil {
			t.Errorf("after %q it says %q", wrong, got)
		}
	}
	fill(t, w, label, " "+strings.ToLower(groups[len(groups)-1]))
	press(t, w, carryOn)
	if w.store == nil || !says(w, "There are no pupils yet.") {
		t.Fatal("the last group does not open the record")
	}
	if school, err := w.store.School(context.Background()); err != nil || school.Name != "Thistle Primary" || w.store.Me.Name != "Ms Quill" {
		t.Errorf("the school is %+v of %q, %v", school, w.store.Me.Name, err)
	}
	addPupil(t, w, "Ned", "Alder")
	w.lock("")
	shut(t, w)

	otherKey := makeSchool(t, filepath.Join(folder, "other.throughline"))
	press(t, w, "Use the recovery key")
	const fresh = "candle bramble seven"
	slip := "7" + key[1:] // one character, which the check digit always finds
	if slip == key {
		slip = "8" + key[1:]
	}
	for _, c := range []struct{ key, pass, again, label, want string }{
		{slip, fresh, fresh, "Recovery key", "That recovery key has a typing mistake."},
		{"", fresh, fresh, "Recovery key", "That recovery key has a typing mistake."},
		{string(otherKey), fresh, fresh, "Recovery key", "This is the recovery key of another record."},
		{key, "otter", "otter", "New passphrase", "This passphrase is too short"},
		{key, fresh, fresh + "s", "The same passphrase again", "The two passphrases differ."},
	} {
		fill(t, w, "Recovery key", c.key)
		fill(t, w, "New passphrase", c.pass)
		fill(t, w, "The same passphrase again", c.again)
		press(t, w, "Unlock")
		if got := problem(t, w, c.label); !strings.HasPrefix(got, c.want) || w.store != nil {
			t.Errorf("beside %q it says %q, want %q", c.label, got, c.want)
		}
		if got := entryNamed(t, w, "Recovery key").Text; got != c.key {
			t.Error("the key typed is gone")
		}
	}
	fill(t, w, "Recovery key", strings.ToLower(strings.ReplaceAll(key, "-", " ")))
	fill(t, w, "New passphrase", fresh)
	fill(t, w, "The same passphrase again", fresh)
	press(t, w, "Unlock")
	if w.store == nil {
		t.Fatalf("the recovery key does not open the record: %q", problem(t, w, "Recovery key"))
	}
	w.lock("")
	shut(t, w)
	if _, err := records.Open(context.Background(), w.options.Vault, []byte(passphrase)); err == nil {
		t.Error("the forgotten passphrase still opens the record")
	}
	unlock(t, w, fresh)
	if all, err := w.store.Pupils.All(context.Background()); err != nil || len(all) != 1 {
		t.Errorf("there are %d pupils, %v; want the one there was", len(all), err)
	}
}

func TestQuitBeforeTheKeyIsOnPaper(t *testing.T) {
	path := filepath.Join(t.TempDir(), "school.throughline")
	w := newLocked(t, path)
	press(t, w, "Begin a new record …")
	fillCreate(t, w)
	press(t, w, "Begin the record")
	keyShown(t, w)
	w.quit()
	shut(t, w)
	s, err := records.Open(context.Background(), path, []byte(passphrase))
	if err != nil {
		t.Fatalf("the record is not closed: %v", err)
	}
	s.Close()
}

func TestNewPassphrase(t *testing.T) {
	w := newSchool(t)
	closeAfter(t, w)
	byHand(w)
	visit(w, newSettingsPage(w))
	const fresh = "candle bramble seven"
	for _, c := range []struct{ pass, again, label, want string }{
		{"otter", "otter", "New passphrase", "This passphrase is too short"},
		{fresh, fresh + "s", "The same again", "The two passphrases differ."},
	} {
		fill(t, w, "New passphrase", c.pass)
		fill(t, w, "The same again", c.again)
		press(t, w, "Change the passphrase")
		if got := problem(t, w, c.label); !strings.HasPrefix(got, c.want) {
			t.Errorf("beside %q it says %q, want %q", c.label, got, c.want)
		}
	}
	fill(t, w, "The same again", fresh)
	press(t, w, "Change the passphrase")
	if !says(w, "The old passphrase no longer opens this file.") || entryNamed(t, w, "New passphrase").Text != "" {
		t.Error("it does not say that the passphrase is changed")
	}
	w.lock("")
	shut(t, w)
	fill(t, w, "Passphrase", passphrase)
	press(t, w, "Unlock")
	if w.store != nil {
		t.Fatal("the old passphrase still opens the record")
	}
	unlock(t, w, fresh)
}

func TestAfterwards(t *testing.T) {
	ran := make(chan string, 2)
	stop := afterwards(time.Hour, func() { ran <- "stopped" })
	stop()
	afterwards(time.Millisecond, func() { ran <- "ran" })
	select {
	case got := <-ran:
		if got != "ran" {
			t.Errorf("what was stopped %s", got)
		}
	case <-time.After(time.Minute):
		t.Error("nothing ran within a minute")
	}
}
