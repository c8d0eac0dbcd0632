package ui

import (
	"cmp"
	"context"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// lock keeps what was typed, closes the vault and shows the unlock screen. why
// is shown there.
func (w *Window) lock(why string) {
	if w.store == nil {
		return
	}
	w.unblank()
	w.closeDialogs()
	w.after = string(w.page.place())
	w.close("Locking …", func(err error) {
		if err != nil {
			why = "What you typed last could not be kept. " + Sentence(err)
		}
		w.begin()
		w.showUnlock(why)
	})
}

// quit keeps what was typed, closes the vault and ends the program.
func (w *Window) quit() {
	w.idle.Stop()
	if w.store != nil {
		w.unblank()
		w.closeDialogs()
		w.close("Closing …", func(error) { w.app.Quit() })
		return
	}
	w.end()
	fresh := w.fresh
	w.fresh = nil
	go func() {
		w.tasks.Wait()
		if fresh != nil {
			closeStore(fresh)
		}
		fyne.Do(w.app.Quit)
		w.tell()
	}()
}

// close keeps what was typed, waits for work to end, makes a backup, closes the
// vault and then runs after on the window's thread, with the error that kept the
// typed text from being kept. Nothing of the school stays in the window.
func (w *Window) close(saying string, after func(err error)) {
	store, drafts, keep, copies := w.store, w.drafts, w.page.leave(), w.backups()
	w.end()
	w.store, w.drafts, w.caseload, w.page, w.pages, w.stage, w.escape = nil, nil, nil, nil, nil, nil, nil
	w.query = ""
	w.clearClipboard()
	ctx, skip := context.WithCancel(context.Background())
	progress := w.showClosing(saying, copies, skip)
	go func() {
		w.tasks.Wait()
		var err error
		if keep != nil {
			err = keep(context.Background())
		}
		if err = cmp.Or(err, drafts.flush(context.Background())); err != nil {
			slog.Error("keep draft", "err", err)
		}
		copies.atEnd(ctx, progress)
		skip()
		closeStore(store)
		fyne.Do(func() { after(err) })
		w.tell()
	}()
}

// tell says on shut that closing has come to its end.
func (w *Window) tell() {
	select {
	case w.shut <- struct{}{}:
	default: // nobody asked
	}
}

func closeStore(s *records.Store) {
	if err := s.Close(); err != nil {
		slog.Error("close vault", "err", err)
	}
}

// touch notes that somebody is there, which puts off the idle lock.
func (w *Window) touch() { w.idle.Reset(w.limit) }

func (w *Window) idled() {
	if w.store != nil {
		w.lock("Throughline locked itself because nobody used it for a while. What you typed is kept.")
	}
}

// typedKey handles the keys that mean the same everywhere and reports whether
// it did.
func (w *Window) typedKey(k *fyne.KeyEvent) bool {
	w.touch()
	switch {
	case k.Name == fyne.KeyF9:
		w.blank()
	case k.Name == fyne.KeyEscape && len(w.dialogs) > 0:
		w.dialogs[len(w.dialogs)-1].Hide()
	case k.Name == fyne.KeyEscape && w.escape != nil && !w.blanked:
		w.escape()
	default:
		return false
	}
	return true
}

// blank hides everything from somebody who looks over the shoulder, and shows
// it again when called again.
func (w *Window) blank() {
	if w.blanked {
		w.unblank()
		return
	}
	w.closeDialogs()
	w.blanked = true
	w.hidden = w.win.Content()
	back := newButton("Show again (F9)", w.unblank)
	w.win.SetContent(centred(container.NewVBox(
		widget.NewLabelWithStyle("Throughline", fyne.TextAlignCenter, fyne.TextStyle{}), back)))
	w.win.Canvas().Unfocus()
}

func (w *Window) unblank() {
	if !w.blanked {
		return
	}
	w.blanked = false
	w.win.SetContent(w.hidden)
	w.hidden = nil
}

// awake is a container that notices the mouse, which puts off the idle lock.
type awake struct {
	widget.BaseWidget
	window *Window
	inside fyne.CanvasObject
}

func newAwake(w *Window, inside fyne.CanvasObject) *awake {
	a := &awake{window: w, inside: inside}
	a.ExtendBaseWidget(a)
	return a
}

// CreateRenderer draws what is inside.
func (a *awake) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.inside) }

// MouseIn notes that somebody is there.
func (a *awake) MouseIn(*desktop.MouseEvent) { a.window.touch() }

// MouseMoved notes that somebody is there.
func (a *awake) MouseMoved(*desktop.MouseEvent) { a.window.touch() }

// MouseOut notes that somebody is there.
func (a *awake) MouseOut() { a.window.touch() }
