package ui

import (
	"context"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// showPanel shows something to read over the page.
func (w *Window) showPanel(title string, content fyne.CanvasObject) {
	d := dialog.NewCustom(title, "Close", container.New(layout.NewGridWrapLayout(fyne.NewSize(760, 440)), container.NewVScroll(content)), w.win)
	w.showDialog(d, nil)
}

// saveFile asks where to save something under a name that names nobody, writes
// it there off the window's thread, and offers to open it. The path is typed:
// it works by keyboard alone and on a drive that a list of folders would wait
// for.
func (w *Window) saveFile(name string, write func(ctx context.Context, path string) error) {
	path := w.newEntry("")
	path.SetText(filepath.Join(documents(), name))
	where := newField("Where to save it", path).hint("What leaves this record is no longer protected by it. Save to an encrypted place, and delete the copy when it was sent.")
	var d dialog.Dialog
	keep := func() {
		to := path.Text
		if !filepath.IsAbs(to) {
			where.says("Give the whole path, from the drive on.")
			return
		}
		save(w, func(ctx context.Context) error { return write(ctx, to) }, func(err error) {
			if err != nil {
				where.says(Sentence(err))
				return
			}
			d.Hide()
			w.offerOpen(to)
		})
	}
	path.OnSubmitted = func(string) { keep() }
	path.OnChanged = func(string) { where.says("") }
	buttons := container.NewHBox(layout.NewSpacer(), widget.NewButton("Cancel", func() { d.Hide() }), primary("Save", keep))
	d = dialog.NewCustomWithoutButtons("Save", container.New(layout.NewGridWrapLayout(fyne.NewSize(640, 170)), column(6, where, buttons)), w.win)
	w.showDialog(d, path)
}

// offerOpen says where something was saved and offers to open it.
func (w *Window) offerOpen(path string) {
	w.confirm("Saved", "Saved as "+path+". That it was made is on the audit trail.", "Open it", func() {
		if err := w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
			w.complain(err)
		}
	})
}

// documents returns the user's folder of documents, or their home.
func documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	if d := filepath.Join(home, "Documents"); isDir(d) {
		return d
	}
	return home
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
