package ui

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"throughline/records"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"
)

// showPanel shows something to read over the page.
func (w *Window) showPanel(title string, content fyne.CanvasObject) {
	d := dialog.NewCustom(title, "Close", container.New(layout.NewGridWrapLayout(fyne.NewSize(760, 440)), container.NewVScroll(content)), w.win)
	w.showDialog(d, nil)
}

// saveFile asks where to save something under a name that names nobody, writes
// it there off the window's thread, and offers to open it. It asks before it
// replaces a file. The path is typed: it works by keyboard alone and on a drive
// that a list of folders would wait for.
func (w *Window) saveFile(name string, write func(ctx context.Context, path string) error) {
	path := w.newEntry("")
	path.SetText(filepath.Join(documents(), name))
	where := newField("Where to save it", path).hint("What leaves this record is no longer protected by it. Save to an encrypted place, and delete the copy when it was sent.")
	var d dialog.Dialog
	var button *button
	keep := func(to string) {
		button.Disable()
		save(w, func(ctx context.Context) error { return write(ctx, to) }, func(err error) {
			button.Enable()
			if err != nil {
				where.says(Sentence(err))
				return
			}
			d.Hide()
			w.offerOpen(to)
		})
	}
	look := func() {
		to := strings.TrimSpace(path.Text)
		if button.Disabled() {
			return
		}
		button.Disable()
		vault := w.options.Vault
		background(w, func(context.Context) (bool, error) { return obstacle(to, vault) }, func(exists bool, err error) {
			button.Enable()
			switch {
			case err != nil:
				where.says(err.Error())
			case exists:
				w.confirm("Replace the file?", "There is already a file of that name. What is in it now is lost when it is replaced.", "Replace it", func() { keep(to) })
			default:
				keep(to)
			}
		})
	}
	button = primary("Save", look)
	path.OnSubmitted = func(string) { look() }
	path.OnChanged = func(string) { where.says("") }
	buttons := container.NewHBox(layout.NewSpacer(), newButton("Cancel", func() { d.Hide() }), button)
	d = dialog.NewCustomWithoutButtons("Save", container.New(layout.NewGridWrapLayout(fyne.NewSize(640, 170)), column(6, where, buttons)), w.win)
	w.showDialog(d, path)
}

// What can be wrong with a place to save to. Each is a sentence for the user.
var (
	errNotWhole = errors.New("Give the whole path, from the drive on.")
	errNoFolder = errors.New("There is no such folder. Make it first, or choose another.")
	errFolder   = errors.New("This is a folder. Add a file name to it.")
	errRecord   = errors.New("This is the record itself. Choose another name.")
)

// obstacle reports whether there is a file at path already, which may be
// replaced. The error says why nothing can be saved there.
func obstacle(path, vault string) (exists bool, err error) {
	if !filepath.IsAbs(path) {
		return false, errNotWhole
	}
	info, err := os.Stat(path)
	if err != nil {
		if !isDir(filepath.Dir(path)) {
			return false, errNoFolder
		}
		return false, nil
	}
	record, err := os.Stat(vault)
	switch {
	case info.IsDir():
		return true, errFolder
	case err == nil && os.SameFile(info, record):
		return true, errRecord
	}
	return true, nil
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

// complain tells the user what went wrong; nil is no complaint.
func (w *Window) complain(err error) {
	if err == nil {
		return
	}
	l := widget.NewLabel(Sentence(err))
	l.Wrapping = fyne.TextWrapWord
	d := dialog.NewCustom("That did not work", "Close", container.NewGridWrap(fyne.NewSize(420, 96), l), w.win)
	w.showDialog(d, nil)
}

// explain tells what went wrong: each broken rule beside its field, anything
// else in a dialog. It reports whether there was anything to tell.
func (w *Window) explain(err error, fields map[string]*field) bool {
	var invalid *records.Invalid
	if !errors.As(err, &invalid) {
		w.complain(err)
		return err != nil
	}
	for _, p := range invalid.Problems {
		if f := fields[p.Field]; f != nil {
			f.says(p.Sentence)
			continue
		}
		w.complain(invalid)
	}
	return true
}

// showDialog shows a dialog that Escape closes, with the keyboard on first when
// it is not nil.
func (w *Window) showDialog(d dialog.Dialog, first fyne.Focusable) {
	w.dialogs = append(w.dialogs, d)
	d.SetOnClosed(func() { w.forget(d) })
	d.Show()
	if first != nil {
		w.win.Canvas().Focus(first)
	}
}

// forget takes a dialog that is closed off the list of those that are open.
func (w *Window) forget(d dialog.Dialog) {
	w.dialogs = slices.DeleteFunc(w.dialogs, func(o dialog.Dialog) bool { return o == d })
}

// closeDialogs closes every dialog and list that is open over the page.
func (w *Window) closeDialogs() {
	for _, d := range slices.Backward(slices.Clone(w.dialogs)) {
		d.Hide()
	}
	for o := w.win.Canvas().Overlays(); o.Top() != nil; {
		o.Remove(o.Top())
	}
}

// chooseFile asks for a file whose name ends in one of the extensions, any where
// there are none, and hands on its path.
func (w *Window) chooseFile(extensions []string, chosen func(path string)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			w.complain(err)
			return
		}
		path := r.URI().Path()
		if err := r.Close(); err != nil {
			w.complain(err)
			return
		}
		chosen(path)
	}, w.win)
	if len(extensions) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(extensions))
	}
	d.Resize(fyne.NewSize(800, 520))
	w.showDialog(d, nil)
}
