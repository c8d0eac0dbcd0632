package ui

import (
	"cmp"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"throughline/records/vault"
)

// prefVault names the preference that holds where the record lies that was
// unlocked last, when that is not the usual place. It is kept on the computer: a
// path means something there only.
const prefVault = "recordPath"

// vaultAtFirst returns the record to begin with: the one that was named, or that
// this computer remembers, or the usual one.
func vaultAtFirst(app fyne.App, o Options) string {
	return cmp.Or(o.Vault, app.Preferences().String(prefVault), o.Usual)
}

// remember has the next start open the record that is open now. The demo school
// is only looked round.
func (w *Window) remember() {
	switch {
	case w.isDemo():
	case sameFile(w.options.Vault, w.options.Usual):
		w.app.Preferences().RemoveValue(prefVault)
	default:
		w.app.Preferences().SetString(prefVault, w.options.Vault)
	}
}

// isRemembered reports whether the record on the unlock screen is there because
// this computer remembers its place.
func (w *Window) isRemembered() bool {
	return w.options.Usual != "" && w.app.Preferences().String(prefVault) == w.options.Vault
}

// forgetPlace goes back to the usual record. The file that was remembered stays
// where it is.
func (w *Window) forgetPlace() {
	w.app.Preferences().RemoveValue(prefVault)
	w.options.Vault = w.options.Usual
	w.showUnlock("That place is forgotten. The file there stays as it is.")
}

// elsewhere says on the unlock screen in which folder a record lies that is not
// at the usual place, with a button that forgets it; nil when there is nothing
// to say.
func (w *Window) elsewhere() fyne.CanvasObject {
	if sameFile(w.options.Vault, w.options.Usual) || w.options.Usual == "" || w.isDemo() {
		return nil
	}
	text := "It is in " + filepath.Dir(w.options.Vault) + "."
	if !w.isRemembered() {
		return quiet(text)
	}
	return container.NewBorder(nil, nil, nil, container.NewVBox(plain("Forget this place", w.forgetPlace)),
		quiet(text+" This computer remembers that place."))
}

// showMissing says that the record is not where this computer remembers it: the
// stick is not in, say.
func (w *Window) showMissing() {
	again := primary("Try again", func() { w.showUnlock("") })
	box := container.New(&fixedWidth{560}, card(column(8,
		heading("Throughline"),
		plainText(Sentence(vault.ErrNotFound)),
		quiet("This computer remembers it at "+w.options.Vault),
		container.NewHBox(again, newButton("Restore from a backup …", func() { w.showRestore(freeName(w.options.Usual), w.showMissing) })),
		widget.NewSeparator(),
		container.NewHBox(plain("Another record …", w.showWelcome), plain("Forget this place", w.forgetPlace), layout.NewSpacer()),
	)))
	w.setContent(centred(box))
	w.win.Canvas().Focus(again)
}
