package ui

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"throughline/records"
	"throughline/referral/demo"
)

func snap(t *testing.T, w *Window, name string) {
	time.Sleep(150 * time.Millisecond)
	w.tasks.Wait()
	img := w.win.Canvas().Capture()
	f, err := os.Create("/tmp/pupil-look/" + name + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	png.Encode(f, img)
}

func TestLook(t *testing.T) {
	if os.Getenv("LOOK") == "" {
		t.Skip()
	}
	os.MkdirAll("/tmp/pupil-look", 0o755)
	app := test.NewTempApp(t)
	path := filepath.Join(t.TempDir(), "demo.throughline")
	began := time.Now()
	s, err := demo.Make(context.Background(), path, time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Log("made", time.Since(began))
	w := New(app, Options{Vault: path, Demo: path})
	w.win.Resize(fyne.NewSize(1356, 700))
	w.unlocked(s)
	w.tasks.Wait()
	w.open(newPupilsPage(w))
	snap(t, w, "pupils")
	pupils, _ := s.Pupils.All(context.Background())
	for _, p := range pupils {
		for _, st := range demo.Stories() {
			fn, sn := st.Pupil()
			if p.Forename == fn && p.Surname == sn {
				look1(t, w, p, string(st))
			}
		}
	}
	w.open(newPupilForm(w, records.Pupil{}))
	snap(t, w, "form")
}

func look1(t *testing.T, w *Window, p records.Pupil, name string) {
	page := newPupilPage(w, p.ID)
	began := time.Now()
	w.open(page)
	w.tasks.Wait()
	t.Log(name, "open", time.Since(began), len(page.data.line))
	snap(t, w, name+"-1")
	for i, s := range allSections[1:] {
		page.showSection(s)
		if s == sectionPatterns {
			if all := statements(&page.data.reading); len(all) > 0 {
				page.press(&all[0])
			}
		}
		snap(t, w, name+"-"+string(rune('2'+i)))
	}
}
