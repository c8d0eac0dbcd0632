package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/records/vault"
)

// restoreForm goes back to a backup while the record is locked: it asks which
// and with what key, shows what would change, and puts it in place. Nothing is
// changed before the last button.
type restoreForm struct {
	steps
	back    func() // to the screen before
	gone    bool   // back was pressed: what is still being looked at is of no interest
	replace string // the record whose place it takes; empty where that is asked for

	from, where, pass, key     *entry
	fFrom, fWhere, fPass, fKey *field
	other                      *button // asks for the recovery key instead, or for the passphrase
	check                      *button // all that are listed
	list                       *fyne.Container
	ask                        fyne.CanvasObject // the first step
	problem                    *widget.Label     // of the second

	found  []records.FoundBackup // in the folder that was typed
	chosen string                // of these; empty for none
	states map[string]string     // of those that were checked: what came of it
}

// showRestoreOver offers to go back to a backup of the record at replace.
func (w *Window) showRestoreOver(replace string, back func()) {
	p := newRestoreForm(w, back)
	p.replace = replace
	p.show("The record in " + filepath.Base(replace) + " is replaced by the backup you choose. You see first what that would change, and the file that is there now is kept beside it.")
}

// showRestore offers to restore a backup where there is no record: on a new
// computer, say. where is the place to begin with.
func (w *Window) showRestore(where string, back func()) {
	p := newRestoreForm(w, back)
	p.where.SetText(where)
	p.show("A backup becomes the record on this computer. You see first what is in it, and the backup itself stays as it is.")
}

func newRestoreForm(w *Window, back func()) *restoreForm {
	p := &restoreForm{back: back, from: w.newEntry(""), where: w.newEntry(""), pass: w.newSecret(""), key: w.newEntry(""), list: column(4), states: map[string]string{}}
	p.begin(w)
	p.fFrom = newField("Backup: a file, or the folder with your backups", p.from).hint("Its whole path. Backups end in .throughline.")
	p.fPass = newField("Passphrase of the backup", p.pass).hint("The one you had on the day it was made.")
	p.fKey = newField("Recovery key", p.key).hint("As it is printed; spaces, dashes and small letters do not matter.")
	p.fKey.Hide()
	p.fWhere = newField(whereKept, p.where)
	p.button = primary("Look at this backup", p.look)
	p.other = plain("Use the recovery key instead", p.turnKey)
	p.check = newButton("Check them all", p.checkAll)
	p.check.Hide()
	for e, f := range map[*entry]*field{p.from: p.fFrom, p.where: p.fWhere, p.pass: p.fPass, p.key: p.fKey} {
		e.OnSubmitted = func(string) { p.look() }
		e.OnChanged = func(string) { f.says("") }
	}
	p.from.OnChanged = func(string) { p.fFrom.says(""); p.listed(nil) }
	return p
}

// show draws the first step.
func (p *restoreForm) show(about string) {
	show(p.fWhere, p.replace == "")
	p.ask = card(column(6, heading("Restore from a backup"), plainText(about), p.fFrom,
		container.NewHBox(newButton("Choose a file …", p.chooseFile), newButton("Choose a folder …", p.chooseFolder), p.check),
		p.list, p.fPass, p.fKey, container.NewHBox(p.other), p.fWhere))
	p.stage.Objects = []fyne.CanvasObject{p.ask}
	foot := container.NewHBox(p.button, plain("Back", p.goBack))
	p.box = p.w.newScroll(container.NewCenter(container.New(&fixedWidth{680}, column(8, p.stage, p.busy, foot))))
	p.w.setContent(p.box)
	p.w.win.Canvas().Focus(p.from)
	p.suggest()
}

func (p *restoreForm) goBack() {
	p.gone = true
	p.cancel()
	p.back()
}

// place returns where the backup goes.
func (p *restoreForm) place() string {
	if p.replace != "" {
		return p.replace
	}
	return strings.TrimSpace(p.where.Text)
}

// byKey reports whether the recovery key is asked for.
func (p *restoreForm) byKey() bool { return p.fKey.Visible() }

// secret returns what opens the backup. A recovery key of which nothing is typed
// yet is a mistyped one and no passphrase; spaces in one do not count.
func (p *restoreForm) secret() records.Key {
	if p.byKey() {
		return records.Key{Recovery: p.key.Text + " "}
	}
	return records.Key{Passphrase: []byte(p.pass.Text)}
}

// turnKey asks for the recovery key in place of the passphrase, or back again.
func (p *restoreForm) turnKey() {
	byKey := !p.byKey()
	show(p.fKey, byKey)
	show(p.fPass, !byKey)
	text, to := "Use the recovery key instead", p.pass
	if byKey {
		text, to = "Use the passphrase instead", p.key
	}
	p.other.SetText(text)
	p.w.win.Canvas().Focus(to)
	p.box.Refresh()
}

// suggest fills in the folder that this computer backs the record up to, or the
// last it backed any up to, and lists what is there.
func (p *restoreForm) suggest() {
	place, prefs := p.place(), p.w.app.Preferences()
	background(p.w, func(context.Context) (string, error) { return vault.IDOf(place) }, func(id string, err error) {
		folder := prefs.String(prefLastBackups)
		if its := prefs.String(prefBackups + id); err == nil && its != "" {
			folder = its
		}
		if p.gone || folder == "" || p.from.Text != "" || p.stop != nil {
			return
		}
		p.from.quietly(folder)
		p.look()
	})
}

func (p *restoreForm) chooseFile() {
	p.w.chooseFile([]string{extension}, func(path string) {
		p.from.SetText(path)
		p.toSecret()
	})
}

func (p *restoreForm) chooseFolder() {
	p.w.chooseFolder(p.from.Text, func(path string) {
		p.from.SetText(path)
		p.look()
	})
}

// toSecret gives the keyboard to what opens the backup.
func (p *restoreForm) toSecret() {
	if p.byKey() {
		p.w.win.Canvas().Focus(p.key)
		return
	}
	p.w.win.Canvas().Focus(p.pass)
}

// looked is what came of looking: a folder's backups, or what one would change.
type looked struct {
	folder  bool
	found   []records.FoundBackup
	preview records.Preview
}

// look lists a folder or shows what a backup would change.
func (p *restoreForm) look() {
	from, place, key := strings.TrimSpace(p.from.Text), p.place(), p.secret()
	if p.chosen != "" {
		from = p.chosen
	}
	if p.stop != nil || !p.fits(from, place) {
		return
	}
	work(&p.steps, "Checking every page of the backup …", func(ctx context.Context) (l looked, err error) {
		if isDir(from) {
			l.folder = true
			l.found, err = records.FindBackups(from, place)
			return l, err
		}
		l.preview, err = records.Compare(ctx, from, place, key, barOf(p.bar))
		return l, cancelled(ctx, err)
	}, func(l looked, err error) {
		switch {
		case p.gone:
		case l.folder && err == nil:
			p.listed(l.found)
			p.fFrom.says(folderProblem(l.found, p.chosen))
			if p.chosen != "" {
				p.toSecret()
			}
		default:
			p.note(from, err)
			if p.refused(err); err == nil {
				p.showPreview(from, l.preview)
			}
		}
	})
}

// folderProblem says why there is no backup to go on with in a folder, or
// nothing.
func folderProblem(found []records.FoundBackup, chosen string) string {
	switch {
	case len(found) == 0:
		return "There are no backups in this folder. They end in " + extension + "."
	case chosen == "":
		return "No backup in this folder is one of this record that can be opened. Choose another folder."
	}
	return ""
}

// fits says beside each field what is wrong with a path.
func (p *restoreForm) fits(from, place string) bool {
	from, where := pathProblem(from, "Say which backup, or the folder it is in."), ""
	if !filepath.IsAbs(place) || filepath.Ext(place) != extension {
		where = wholePath
	}
	p.fFrom.says(from)
	p.fWhere.says(where)
	return from == "" && where == ""
}

// pathProblem returns what is wrong with a path that was typed, or nothing.
func pathProblem(path, missing string) string {
	switch {
	case path == "":
		return missing
	case !filepath.IsAbs(path):
		return errNotWhole.Error()
	}
	return ""
}

// refused says beside the field it is about why a backup cannot be used; nil
// takes away what was said before.
func (p *restoreForm) refused(err error) {
	said := restoreSentence(err, p.byKey())
	at, to := p.fFrom, p.from
	switch {
	case err == nil:
		p.fPass.says("")
		p.fKey.says("")
	case p.byKey() && aboutKey(err):
		at, to = p.fKey, p.key
	case aboutKey(err):
		at, to = p.fPass, p.pass
	case errors.Is(err, records.ErrOtherRecord) && p.replace == "":
		at, to = p.fWhere, p.where
	}
	at.says(said)
	if err != nil {
		p.w.win.Canvas().Focus(to)
		p.w.reveal(at)
	}
}

func aboutKey(err error) bool {
	return errors.Is(err, vault.ErrWrongKey) || errors.Is(err, vault.ErrRecoveryKey) || errors.Is(err, vault.ErrEmptyPassphrase)
}

// errCancelled means that somebody pressed Cancel. It does not wrap
// context.Canceled, of which nobody is told.
var errCancelled = errors.New("cancelled")

// cancelled returns errCancelled in place of what work returns when it was ended
// by its context.
func cancelled(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return errCancelled
	}
	return err
}

// restoreSentence says why a backup was not put in place.
func restoreSentence(err error, byKey bool) string {
	switch {
	case errors.Is(err, errCancelled):
		return "Cancelled. Nothing was changed."
	case errors.Is(err, vault.ErrWrongKey) && byKey:
		return "This is the recovery key of another record. Find the sheet that names this one."
	case errors.Is(err, vault.ErrWrongKey):
		return "That passphrase does not open this backup. It opens with the one you had on the day it was made, or with the printed recovery key."
	case errors.Is(err, vault.ErrEmptyPassphrase):
		return "Type the passphrase of the backup."
	case errors.Is(err, vault.ErrDamaged), errors.Is(err, records.ErrBroken):
		return "This backup is not sound, so it cannot be used. Nothing was changed. Choose another, an older one for instance."
	case errors.Is(err, vault.ErrNotVault):
		return "This file is not a backup of a Throughline record. Choose a file that ends in .throughline."
	case errors.Is(err, vault.ErrNewer):
		return "This backup was made by a newer version of Throughline. Update Throughline, then restore it."
	case errors.Is(err, records.ErrOtherRecord):
		return "This backup is of another record than the one it would replace. Choose one of this record. To have both, go back, choose “Another record …” and restore it there."
	case errors.Is(err, vault.ErrExists):
		return "This is the record itself. Choose one of its backups."
	case errors.Is(err, vault.ErrReadOnly), errors.Is(err, os.ErrPermission):
		return "Throughline must be able to write where this backup lies, to open it safely. Copy it to a folder of your own and choose the copy, or ask IT for permission."
	case errors.Is(err, vault.ErrFull):
		return "The disk is full. Nothing was changed: free some space, then try again."
	case errors.Is(err, vault.ErrGone):
		return "The disk does not answer. Nothing was changed: connect the drive or the network again, then try again."
	case errors.Is(err, vault.ErrNotFound):
		return "There is no backup at that place. It may be on a drive that is not connected."
	case errors.Is(err, records.ErrNoFolder):
		return "That folder is not there. Connect the drive it is on, or choose another folder."
	}
	return Sentence(err)
}
