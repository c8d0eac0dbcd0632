package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"throughline/records/vault"
)

func TestSaveFileSaysWhatIsWrong(t *testing.T) {
	w := newSchool(t)
	folder := t.TempDir()
	file := filepath.Join(folder, "list.txt")
	if err := os.WriteFile(file, []byte("A shopping list"), 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(w.options.Vault)
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	w.saveFile("pack.pdf", func(context.Context, string) error { written++; return nil })
	for _, c := range []struct{ name, path, want string }{
		{"relative", "pack.pdf", errNotWhole.Error()},
		{"empty", "", errNotWhole.Error()},
		{"no such folder", filepath.Join(folder, "none", "pack.pdf"), errNoFolder.Error()},
		{"a file in place of a folder", filepath.Join(file, "pack.pdf"), errNoFolder.Error()},
		{"a folder", folder, errFolder.Error()},
		{"the record itself", w.options.Vault, errRecord.Error()},
	} {
		e := entryNamed(t, w, "Where to save it")
		e.SetText(c.path)
		if got := problem(t, w, "Where to save it"); got != "" {
			t.Errorf("%s: before it is tried it says %q", c.name, got)
		}
		press(t, w, "Save")
		if got := problem(t, w, "Where to save it"); got != c.want {
			t.Errorf("%s: it says %q, want %q", c.name, got, c.want)
		}
		if e.Text != c.path {
			t.Errorf("%s: the field now holds %q", c.name, e.Text)
		}
	}
	if after, err := os.ReadFile(w.options.Vault); written != 0 || err != nil || len(after) != len(before) {
		t.Errorf("written %d times, %v", written, err)
	}
}

func TestSaveFileAsksBeforeItReplaces(t *testing.T) {
	w := newSchool(t)
	path := filepath.Join(t.TempDir(), "pack.pdf")
	if err := os.WriteFile(path, []byte("last month's pack"), 0o600); err != nil {
		t.Fatal(err)
	}
	holds := func() string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	fails := error(vault.ErrFull)
	w.saveFile("pack.pdf", func(_ context.Context, to string) error {
		if fails != nil {
			return fails
		}
		return os.WriteFile(to, []byte("today's pack"), 0o600)
	})
	entryNamed(t, w, "Where to save it").SetText(path)
	press(t, w, "Save")
	press(t, w, "Not now")
	if got := holds(); got != "last month's pack" {
		t.Fatalf("after “Not now” the file holds %q", got)
	}
	press(t, w, "Save")
	press(t, w, "Replace it")
	if got := problem(t, w, "Where to save it"); got != Sentence(vault.ErrFull) {
		t.Errorf("on a full disk it says %q", got)
	}
	fails = nil
	press(t, w, "Save")
	press(t, w, "Replace it")
	if got := holds(); got != "today's pack" {
		t.Errorf("replaced, the file holds %q", got)
	}
	if !says(w, "Saved as "+path) {
		t.Error("it does not say where it is saved")
	}
	w.closeDialogs()
	fresh := filepath.Join(t.TempDir(), "pack.pdf")
	w.saveFile("pack.pdf", func(_ context.Context, to string) error { return os.WriteFile(to, nil, 0o600) })
	entryNamed(t, w, "Where to save it").SetText(fresh)
	press(t, w, "Save")
	if _, err := os.Stat(fresh); err != nil || says(w, "There is already a file") {
		t.Errorf("a new file is not saved at once, %v", err)
	}
}

// The caret stands behind the name, a folder can be chosen from a list, and the
// buttons stand at the right end with the one that saves last.
func TestWhereToSaveIsTypedOrChosen(t *testing.T) {
	w := newSchool(t)
	w.saveFile("pack.pdf", func(context.Context, string) error { return nil })
	e := entryNamed(t, w, "Where to save it")
	if want := len([]rune(e.Text)); e.CursorColumn != want {
		t.Errorf("the caret is at %d of %d", e.CursorColumn, want)
	}
	if got := typedName("/a/b/pack of 3.pdf"); got != "pack of 3.pdf" {
		t.Errorf("the name that was typed is %q", got)
	}
	if got := typedName(t.TempDir()); got != "" {
		t.Errorf("of a folder the name is %q", got)
	}
	c := w.win.Canvas()
	c.Focus(e)
	for _, want := range []string{"Choose …", "Cancel", "Save"} {
		c.FocusNext()
		if b, ok := c.Focused().(*button); !ok || b.Text != want {
			t.Errorf("Tab leads to %v, want %q", c.Focused(), want)
		}
	}
	press(t, w, "Choose …")
	if n := len(w.dialogs); n != 2 {
		t.Fatalf("%d dialogs are open, want the list of folders over the other", n)
	}
	w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if n := len(w.dialogs); n != 1 {
		t.Errorf("Escape leaves %d dialogs open, want the one to save", n)
	}
	w.chooseFile([]string{".csv"}, func(string) {})
	if n := len(w.dialogs); n != 2 {
		t.Errorf("%d dialogs are open, want the list of files over the other", n)
	}
}
