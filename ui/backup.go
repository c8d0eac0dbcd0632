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

// copies is what is known of the copies of a record, and where they go.
type copies struct {
	records.Backups
	near string // says that they go where a loss of the record takes them along; empty where they do not
}

// state returns what is known of the copies. It touches no widget.
func (b backups) state(ctx context.Context) (c copies, err error) {
	c.Backups, err = b.store.Backups(ctx)
	c.near = b.near()
	return c, err
}

// near says that the folder is the record's own, or on its disk; "" where it is
// neither, or cannot be told.
func (b backups) near() string {
	if b.folder == "" {
		return ""
	}
	own := filepath.Dir(b.store.Path())
	switch {
	case sameFile(own, b.folder):
		return "The backups go into the record's own folder: what takes the record takes them along. Choose a folder on a stick or on the school's network."
	case sameDisk(own, b.folder):
		return "The backups go to the disk that the record is on: if it fails or is lost, so are they. Choose a folder on a stick or on the school's network."
	}
	return ""
}

// lastBackup says when the last good backup was made.
func lastBackup(b records.Backups) string {
	if b.Good == "" {
		return "There is no backup of this record yet."
	}
	return "Last good backup: " + b.Good.String() + "."
}

// backupCard says on Today that there is no fresh backup; nil when there is.
func (p *todayPage) backupCard(b copies) fyne.CanvasObject {
	if p.w.isDemo() || !b.Late() && b.Failed == "" {
		return nil
	}
	text := column(-8, plainText(lastBackup(b.Backups)))
	if b.Failed != "" {
		text.Add(quiet("The last try, on " + b.Failed.String() + ", failed. " + backupSentence(b.Why)))
	} else if p.w.backups().folder == "" {
		text.Add(quiet("If this computer is lost, so is the record. Choose a folder on a stick or on the school's network."))
	} else if b.near != "" {
		text.Add(quiet(b.near))
	}
	late := widget.NewLabelWithStyle("Backup", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	late.Importance = widget.DangerImportance
	see := newIconButton("Settings", theme.SettingsIcon(), func() { p.w.goTo(string(placeSettings)) })
	return tinted(palette[colorLate], container.NewBorder(nil, nil,
		container.New(&fixedWidth{190}, late), container.NewHBox(see), text))
}

// backupLine says in the line below the heading of Today when the last good
// backup was made; "" where the card says it, and in the demo school.
func (p *todayPage) backupLine(b copies) string {
	switch {
	case p.w.isDemo() || b.Late() || b.Failed != "":
		return ""
	case b.Good == "":
		return " No backup yet: choose a folder in Settings."
	case b.near != "":
		return " " + lastBackup(b.Backups) + " It is on the record's own disk."
	}
	return " " + lastBackup(b.Backups)
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
	near     *widget.Label // that copies lie where a loss of the record takes them along
	bar      *widget.ProgressBar
	use, now *button
}

func newBackupForm(w *Window) *backupForm {
	f := &backupForm{w: w, folder: w.newEntry(""), last: quiet(""), near: plainText(""), bar: widget.NewProgressBar()}
	f.near.Importance = widget.DangerImportance
	f.near.Hide()
	f.folder.atEnd(w.backups().folder)
	f.folder.OnChanged = func(string) { f.field.says("") }
	f.folder.OnSubmitted = func(string) { f.keep() }
	f.field = newField("Folder for backups, on this computer", w.besideFolder(f.folder, func(folder string) string { return folder })).hint("On an encrypted stick or the school's network, not on this computer's disk. A backup is made when you lock or close, and once a day while Throughline is open; empty is none.")
	f.bar.Hide()
	f.use = newButton("Use this folder", f.keep)
	f.now = primary("Back up now", f.backUp)
	return f
}

func (f *backupForm) content() fyne.CanvasObject {
	return card(subheading("Backups"), f.field, container.NewHBox(f.now, f.use), f.bar, f.last, f.near,
		quiet("Each copy is encrypted like the record, opens with the same passphrase, and is checked as soon as it is made. Kept are the last of 7 days, 4 weeks and 12 months. To go back to one, lock Throughline and choose “Restore from a backup …”."))
}

func (f *backupForm) open() { load(f.w, f.w.backups().state, f.show) }

// show says when the last good backup was made, and whether it lies too near.
func (f *backupForm) show(b copies) {
	text := "There is no backup yet."
	if b.Good != "" {
		text = lastBackup(b.Backups)
	}
	if b.Failed != "" {
		text += " The last try, on " + b.Failed.String() + ", failed. " + backupSentence(b.Why)
	}
	f.last.SetText(text)
	f.near.SetText(b.near)
	show(f.near, b.near != "")
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
		f.near.Hide()
		return
	}
	b := backups{f.w.store, path}
	background(f.w, func(context.Context) (near string, err error) {
		if !isDir(path) {
			return "", records.ErrNoFolder
		}
		return b.near(), nil
	}, func(near string, err error) {
		if err != nil {
			f.field.says(Sentence(err))
			return
		}
		f.w.setBackups(path)
		f.last.SetText("Backups will go to this folder.")
		f.near.SetText(near)
		show(f.near, near != "")
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
		near  string
	}
	background(f.w, func(ctx context.Context) (r result, err error) {
		if r.made, err = store.Backup(ctx, path, move); err == nil {
			r.near = backups{store, path}.near()
			return r, nil
		}
		state, stateErr := store.Backups(ctx)
		r.state = state
		return r, errors.Join(err, stateErr)
	}, func(r result, err error) {
		f.now.Enable()
		f.bar.Hide()
		if err != nil {
			f.show(copies{Backups: records.Backups{Good: r.state.Good}})
			f.field.says(backupSentence(err))
			return
		}
		f.w.setBackups(path)
		text := "Backed up and checked: " + filepath.Base(r.made.Path) + "."
		if r.made.Tidy != nil {
			text += " Older backups could not be removed: " + backupSentence(r.made.Tidy)
		}
		f.last.SetText(text)
		f.near.SetText(r.near)
		show(f.near, r.near != "")
	})
}
