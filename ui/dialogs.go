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
	w.showToRead(title, 760, container.New(layout.NewGridWrapLayout(fyne.NewSize(760, 420)), w.newScroll(content)))
}

// showToRead shows what is only to be read, in a dialog of a width.
func (w *Window) showToRead(title string, width float32, content fyne.CanvasObject) {
	var d dialog.Dialog
	shut := newButton("Close", func() { d.Hide() })
	d = w.newDialog(title, width, content, shut)
	w.showDialog(d, shut)
}

// saveFile asks where to save something under a name that names nobody, writes
// it there off the window's thread, and offers to open it. It asks before it
// replaces a file. The path can be typed: that works by keyboard alone and on a
// drive that a list of folders would wait for.
func (w *Window) saveFile(name string, write func(ctx context.Context, path string) error) {
	path := w.newEntry("")
	path.atEnd(filepath.Join(documents(), name))
	where := newField("Where to save it", w.besideFolder(path, func(folder string) string {
		return filepath.Join(folder, orElse(typedName(path.Text), name))
	})).hint("What leaves this record is no longer protected by it. Save to an encrypted place, and delete the copy when it was sent.")
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
	d = w.newDialog("Save", 640, where, newButton("Cancel", func() { d.Hide() }), button)
	w.showDialog(d, path)
}

// typedName returns the file name in a path that was typed; "" for a folder.
func typedName(path string) string {
	path = strings.TrimSpace(path)
	if path == "" || os.IsPathSeparator(path[len(path)-1]) || isDir(path) {
		return ""
	}
	return filepath.Base(path)
}

// newDialog returns a dialog of a width with its buttons at the right end, what
// it is for the last of them. Tab visits the buttons after what is in it.
func (w *Window) newDialog(title string, width float32, content fyne.CanvasObject, buttons ...*button) *dialog.CustomDialog {
	name := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	body := container.New(&fixedWidth{width}, column(6, name, content, dialogFoot(buttons...)))
	// Fyne's own title would begin left of the text below it: it is left empty,
	// and what is in the dialog begins where it would stand.
	return dialog.NewCustomWithoutButtons("", container.New(layout.NewCustomPaddedLayout(-name.MinSize().Height, 0, 0, 0), body), w.win)
}

// dialogFoot lays the buttons of a dialog at its right end.
func dialogFoot(buttons ...*button) *fyne.Container {
	foot := container.NewHBox(layout.NewSpacer())
	for _, b := range buttons {
		foot.Add(b)
	}
	return foot
}

// besideFolder lays a button beside a field for a path that chooses a folder. in
// returns the path that is meant when a folder was chosen.
func (w *Window) besideFolder(path *entry, in func(folder string) string) fyne.CanvasObject {
	look := newButton("Choose …", func() {
		w.chooseFolder(filepath.Dir(path.Text), func(folder string) {
			path.atEnd(in(folder))
			w.win.Canvas().Focus(path)
		})
	})
	return &fyne.Container{Layout: layout.NewBorderLayout(nil, nil, nil, look), Objects: []fyne.CanvasObject{path, look}}
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
	w.showToRead("That did not work", 420, container.NewGridWrap(fyne.NewSize(420, 88), l))
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
	w.showDialog(d, nil)
	d.Resize(fyne.NewSize(800, 520)) // which Fyne 2.8.1 cannot do before it is shown
}

// chooseFolder asks for a folder, beginning at one, and hands on its path.
func (w *Window) chooseFolder(begin string, chosen func(path string)) {
	d := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
		if err != nil || l == nil {
			w.complain(err)
			return
		}
		chosen(l.Path())
	}, w.win)
	if at, err := storage.ListerForURI(storage.NewFileURI(begin)); err == nil && isDir(begin) {
		d.SetLocation(at)
	}
	w.showDialog(d, nil)
	d.Resize(fyne.NewSize(800, 520)) // which Fyne 2.8.1 cannot do before it is shown
}
