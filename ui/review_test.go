package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
)

func TestReadAChronology(t *testing.T) {
	w := newSchool(t)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const label = "A chronology as Excel (.xlsx) or CSV"
	p := newReviewPage(w)
	visit(w, p)
	for _, tt := range []struct{ name, path, says string }{
		{"nothing", "", "Say which file"},
		{"no such file", filepath.Join(dir, "none.csv"), "nothing at that place"},
		{"no dates", write("colours.csv", "Name,Colour\nred,blue\n"), "no column with dates"},
		{"no spreadsheet", write("picture.xlsx", "\x89PNG\r\n\x1a\n"), "not a spreadsheet"},
	} {
		fill(t, w, label, tt.path)
		press(t, w, "Read it")
		w.tasks.Wait()
		if got := problem(t, w, label); !strings.Contains(got, tt.says) {
			t.Errorf("%s: it says %q, want something about %q", tt.name, got, tt.says)
		}
		if p.path.Text != tt.path {
			t.Errorf("%s: what was typed is gone", tt.name)
		}
	}
	good := write("their.csv", "Date,Summary,Decision\n3/3/2025,Came without a coat,Continue to monitor\n")
	fill(t, w, label, good)
	press(t, w, "Read it")
	w.tasks.Wait()
	if !says(w, "What the wording asks") || problem(t, w, label) != "" {
		t.Error("the reading is not shown")
	}
	if all, err := w.store.Concerns.All(w.session); err != nil || len(all) != 0 {
		t.Errorf("%d entries were kept, %v", len(all), err)
	}

	visit(w, newTodayPage(w))
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(good)})
	w.tasks.Wait()
	if !says(w, "What the wording asks") {
		t.Error("a file dropped on the window is not read")
	}
}
