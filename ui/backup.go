package ui

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/records/vault"
)

// prefBackups begins the name of the preference that holds the folder for the
// backups of one record; the record's id follows. It is kept on the computer and
// not in the record, because a path means something on one computer only: a
// record that was carried or restored to another must not write to whatever lies
// there by that name.
const prefBackups = "backupFolder."

// prefLastBackups names the preference that holds the folder chosen last, for
// whichever record: where to look when the record itself is gone.
const prefLastBackups = "lastBackupFolder"

// closingWait is how long closing waits for its backup.
const closingWait = 3 * time.Minute

// backups makes the copies of one open record. It works when the window has
// moved on from the record, too.
type backups struct {
	store  *records.Store
	folder string // empty for none
}

func (w *Window) backups() backups {
	if w.store == nil {
		return backups{}
	}
	return backups{w.store, w.app.Preferences().String(prefBackups + w.store.VaultID())}
}

// setBackups has the open record backed up to a folder from now on; "" is not
// at all.
func (w *Window) setBackups(folder string) {
	w.app.Preferences().SetString(prefBackups+w.store.VaultID(), folder)
	if folder != "" {
		w.app.Preferences().SetString(prefLastBackups, folder)
	}
}

// make makes a backup when there is a folder and it is wanted.
func (b backups) make(ctx context.Context, wanted func(records.Backups) bool, progress func(done, total int64)) error {
	if b.folder == "" || !b.store.Me.Role.KeepsSafe() {
		return nil
	}
	state, err := b.store.Backups(ctx)
	if err != nil || !wanted(state) {
		return err
	}
	made, err := b.store.Backup(ctx, b.folder, progress)
	if made.Tidy != nil {
		slog.Error("remove older backups", "err", made.Tidy)
	}
	return err
}

// daily makes a backup when a day has passed without one: a while from now, and
// then every hour as long as the record is open.
func (w *Window) daily(after time.Duration) {
	session := w.session
	afterwards(after, func() {
		if session.Err() == nil {
			w.backUpIfDue()
			w.daily(time.Hour)
		}
	})
}

func (w *Window) backUpIfDue() {
	b := w.backups()
	if b.folder == "" {
		return
	}
	save(w, func(ctx context.Context) error { return b.make(ctx, records.Backups.Due, nil) }, func(err error) {
		if err != nil {
			slog.Error("daily backup", "err", err)
		}
		if p, ok := w.page.(*todayPage); ok {
			p.open() // it says what is known of backups
		}
	})
}

// atEnd makes the backup of a record that is about to be closed. It returns when
// that is made or has failed, which the audit trail keeps for the next time, and
// soon after ctx ends: a drive that hangs does not keep a record open.
func (b backups) atEnd(ctx context.Context, progress func(done, total int64)) {
	ctx, cancel := context.WithTimeout(ctx, closingWait)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- b.make(ctx, records.Backups.Wanted, progress) }()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		select {
		case err = <-done:
		case <-time.After(5 * time.Second):
			err = ctx.Err()
		}
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		slog.Error("backup on closing", "err", err)
	}
}

// showClosing shows that a record is being closed, with a button that skips its
// last backup if there is to be one. It returns what moves the bar of that.
func (w *Window) showClosing(saying string, b backups, skip func()) (progress func(done, total int64)) {
	box := container.NewVBox(widget.NewLabelWithStyle(saying, fyne.TextAlignCenter, fyne.TextStyle{}))
	if b.folder != "" {
		bar := widget.NewProgressBar()
		bar.Hide()
		box.Add(bar)
		box.Add(container.NewCenter(newButton("Close without a backup", skip)))
		progress = barOf(bar)
	}
	w.setContent(centred(container.New(&fixedWidth{420}, box)))
	return progress
}

// barOf returns what shows and moves a bar, ten times a second at most.
func barOf(bar *widget.ProgressBar) func(done, total int64) {
	var last time.Time
	return func(done, total int64) {
		if total == 0 || time.Since(last) < time.Second/10 && done < total {
			return
		}
		last = time.Now()
		fyne.Do(func() {
			bar.Show()
			bar.SetValue(float64(done) / float64(total))
		})
	}
}

// backupSentence says why there is no new backup.
func backupSentence(err error) string {
	switch {
	case err == nil:
		return "Make one now to see what is wrong."
	case errors.Is(err, vault.ErrReadOnly):
		return "That folder cannot be written to. Choose a folder of your own, or ask IT for permission."
	case errors.Is(err, vault.ErrFull):
		return "That drive is full. Free some space on it, or choose another folder."
	case errors.Is(err, vault.ErrNotFound):
		return "The folder went away while the backup was made. Connect the drive it is on, then make one now."
	case errors.Is(err, vault.ErrExists):
		return "There is a file of that name already. Wait a moment, then make one now."
	case errors.Is(err, vault.ErrDamaged), errors.Is(err, records.ErrBroken):
		return "The copy was not sound, so it was not kept. Keep the backups you have, and check this record with: throughline verify"
	}
	return Sentence(err)
}

// backupCard says on Today that there is no fresh backup; nil when there is.
func (p *todayPage) backupCard(b records.Backups) fyne.CanvasObject {
	if p.w.isDemo() || !b.Late() && b.Failed == "" {
		return nil
	}
	last := "There is no backup of this record yet."
	if b.Good != "" {
		last = "Last good backup: " + b.Good.String() + "."
	}
	text := column(-8, plainText(last))
	if b.Failed != "" {
		text.Add(quiet("The last try, on " + b.Failed.String() + ", failed. " + backupSentence(b.Why)))
	} else if p.w.backups().folder == "" {
		text.Add(quiet("If this computer is lost, so is the record. Choose a folder on a stick or on the school's network."))
	}
	late := widget.NewLabelWithStyle("Backup", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	late.Importance = widget.DangerImportance
	see := newIconButton("Settings", theme.SettingsIcon(), func() { p.w.goTo(string(placeSettings)) })
	return tinted(palette[colorLate], container.NewBorder(nil, nil,
		container.New(&fixedWidth{190}, late), container.NewHBox(see), text))
}

// isDemo reports whether the open record is the demo school, of which nobody
// needs a copy.
func (w *Window) isDemo() bool { return sameFile(w.options.Vault, w.options.Demo) }

// backupForm is the card of the settings page on which backups are made.
type backupForm struct {
	w        *Window
	folder   *entry
	field    *field
	last     *widget.Label
	bar      *widget.ProgressBar
	use, now *button
}

func newBackupForm(w *Window) *backupForm {
	f := &backupForm{w: w, folder: w.newEntry(""), last: quiet(""), bar: widget.NewProgressBar()}
	f.folder.SetText(w.backups().folder)
	f.folder.OnChanged = func(string) { f.field.says("") }
	f.folder.OnSubmitted = func(string) { f.keep() }
	f.field = newField("Folder for backups, on this computer", f.folder).hint("On an encrypted stick or the school's network, not on this computer's disk. A backup is made when you lock or close, and once a day while Throughline is open; empty is none.")
	f.bar.Hide()
	f.use = newButton("Use this folder", f.keep)
	f.now = primary("Back up now", f.backUp)
	return f
}

func (f *backupForm) content() fyne.CanvasObject {
	return card(subheading("Backups"), f.field, container.NewHBox(f.now, f.use), f.bar, f.last,
		quiet("Each copy is encrypted like the record, opens with the same passphrase, and is checked as soon as it is made. Kept are the last of 7 days, 4 weeks and 12 months. To go back to one, lock Throughline and choose “Restore from a backup …”."))
}

func (f *backupForm) open() { load(f.w, f.w.store.Backups, f.show) }

// show says when the last good backup was made.
func (f *backupForm) show(b records.Backups) {
	text := "There is no backup yet."
	if b.Good != "" {
		text = "Last good backup: " + b.Good.String() + "."
	}
	if b.Failed != "" {
		text += " The last try, on " + b.Failed.String() + ", failed. " + backupSentence(b.Why)
	}
	f.last.SetText(text)
}

// path returns the folder that was typed, and whether it can be one.
func (f *backupForm) path() (string, bool) {
	path := f.folder.clean()
	if path != "" && !filepath.IsAbs(path) {
		f.field.says("Give the whole path, from the drive on.")
		return "", false
	}
	return path, true
}

// keep has backups go to the typed folder from now on.
func (f *backupForm) keep() {
	path, ok := f.path()
	if !ok {
		return
	}
	if path == "" {
		f.w.setBackups("")
		f.last.SetText("No backups will be made by themselves.")
		return
	}
	background(f.w, func(context.Context) (bool, error) { return isDir(path), nil }, func(is bool, _ error) {
		if !is {
			f.field.says(Sentence(records.ErrNoFolder))
			return
		}
		f.w.setBackups(path)
		f.last.SetText("Backups will go to this folder.")
	})
}

// backUp makes a backup in the typed folder, which is used from now on.
func (f *backupForm) backUp() {
	path, ok := f.path()
	switch {
	case !ok || f.now.Disabled():
		return
	case path == "":
		f.field.says("Say where the backup should go.")
		return
	}
	f.now.Disable()
	f.last.SetText("Making a backup …")
	store, move := f.w.store, barOf(f.bar)
	type result struct {
		made  records.Backup
		state records.Backups
	}
	background(f.w, func(ctx context.Context) (r result, err error) {
		if r.made, err = store.Backup(ctx, path, move); err == nil {
			return r, nil
		}
		state, stateErr := store.Backups(ctx)
		r.state = state
		return r, errors.Join(err, stateErr)
	}, func(r result, err error) {
		f.now.Enable()
		f.bar.Hide()
		if err != nil {
			f.show(records.Backups{Good: r.state.Good})
			f.field.says(backupSentence(err))
			return
		}
		f.w.setBackups(path)
		text := "Backed up and checked: " + filepath.Base(r.made.Path) + "."
		if r.made.Tidy != nil {
			text += " Older backups could not be removed: " + backupSentence(r.made.Tidy)
		}
		f.last.SetText(text)
	})
}
