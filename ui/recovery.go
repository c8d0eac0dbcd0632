package ui

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	sheet "throughline/chronology/page"
	"throughline/records"
	"throughline/records/vault"
)

// showKey shows the recovery key of a new school, once, and goes on when the
// last group of it is typed: that shows that it was written down.
func (w *Window) showKey(s *records.Store, key vault.Recovery) {
	body, typed := w.keyCard(s, key, "Write down the recovery key", "", "I have it on paper: open the record", func() { w.unlocked(s) })
	w.setContent(centred(container.New(&fixedWidth{640}, body)))
	w.win.Canvas().Focus(typed)
}

// keyCard returns the card that shows a recovery key, and its field. done is
// called by the button named label once the last group of the key is typed.
func (w *Window) keyCard(s *records.Store, key vault.Recovery, title, before, label string, done func()) (fyne.CanvasObject, *entry) {
	shown := widget.NewLabelWithStyle(string(key), fyne.TextAlignCenter, fyne.TextStyle{Monospace: true, Bold: true})
	shown.SizeName = theme.SizeNameSubHeadingText
	shown.Wrapping = fyne.TextWrapWord
	groups := strings.Split(string(key), "-")
	last := groups[len(groups)-1]
	typed := w.newEntry("")
	check := newField("Type the last group of the key, to show that you have it on paper", typed)
	carryOn := func() {
		if !strings.EqualFold(strings.TrimSpace(typed.Text), last) {
			check.says("This is not the last group. Compare it with what you wrote down.")
			return
		}
		done()
	}
	typed.OnSubmitted = func(string) { carryOn() }
	typed.OnChanged = func(string) { check.says("") }
	old := plainText(before)
	show(old, before != "")
	return card(heading(title), old,
		prose("If every passphrase is forgotten, this key is the only way into the record. It is shown this once and kept nowhere. "+
			"Without it and without a passphrase the record is lost: nobody can open it, the makers of Throughline included."),
		tinted(palette[colorLit], shown),
		plainText("Copy it by hand, or save a sheet to print, and lock the paper in the school safe. Do not photograph it and do not e-mail it. "+
			"The letters I, L, O and U are not used."),
		check, container.NewHBox(primary(label, carryOn),
			newButton("Save a sheet to print …", func() { w.saveKeySheet(s, key) }))), typed
}

// keyPage shows a recovery key that replaces the one before, once.
type keyPage struct {
	w     *Window
	typed *entry
	box   fyne.CanvasObject
}

func newKeyPage(w *Window, key vault.Recovery) *keyPage {
	p := &keyPage{w: w}
	body, typed := w.keyCard(w.store, key, "Write down the new recovery key",
		"The key that was printed before opens this record no more. Backups from before today still need it: keep the old sheet, marked with today’s date, for as long as you keep them.",
		"I have it on paper", func() { w.goTo(string(placeSettings)) })
	p.typed = typed
	p.box = w.newScroll(container.NewCenter(container.New(&fixedWidth{640}, body)))
	return p
}

func (p *keyPage) place() place                       { return placeSettings }
func (p *keyPage) content() fyne.CanvasObject         { return p.box }
func (p *keyPage) leave() func(context.Context) error { return nil }
func (p *keyPage) open()                              { p.w.win.Canvas().Focus(p.typed) }

// newKey replaces the printed recovery key once the member has said so.
func (w *Window) newKey() {
	w.confirm("Make a new recovery key?",
		"Do this when the printed key is lost, or when somebody has seen it who should not. The key in the safe stops working at once; you see the new one next, this once.",
		"Make a new key", func() {
			store := w.store
			load(w, store.NewRecovery, func(key vault.Recovery) { w.open(newKeyPage(w, key)) })
		})
}

// saveKeySheet writes the recovery key onto a sheet to print.
func (w *Window) saveKeySheet(s *records.Store, key vault.Recovery) {
	now := s.Now()
	w.saveFile("throughline recovery key.pdf", func(ctx context.Context, path string) error {
		school, err := s.School(ctx)
		if err != nil {
			return err
		}
		d := sheet.New(sheet.Info{
			Title: "Recovery key", Author: s.Me.Name, Subject: "Recovery key of " + school.Name,
			Aside: "Keep in the school safe", Footer: school.Name + " · made " + records.StampOf(now).String(), Made: now,
		})
		d.Heading(1, "Recovery key")
		d.Facts(sheet.Fact{Name: "Record of", Value: sheet.Text(school.Name)}, sheet.Fact{Name: "File", Value: sheet.Text(filepath.Base(s.Path()))},
			sheet.Fact{Name: "Made by", Value: sheet.Text(s.Me.Name + ", " + s.Me.Role.String())})
		d.Heading(2, string(key))
		d.Paragraph(sheet.Text("Whoever has this key and the file can read every pupil's record. If every passphrase is forgotten it is the only way in: " +
			"without it and without a passphrase the record is lost.")...)
		d.Paragraph(sheet.Text("To use it, start Throughline, choose “Use the recovery key”, and type it; dashes, spaces and small letters do not matter. " +
			"Once this sheet is printed, delete the file it was printed from.")...)
		_, err = s.Export(ctx, "", "recovery key sheet", path, func(out io.Writer) error { return d.Write(out, "") })
		return err
	})
}

// showRecovery asks for the recovery key and for a new passphrase. typed is the
// key where it is known already, and why says how it comes to be asked for.
func (w *Window) showRecovery(typed, why string) {
	key, pass, again := w.newEntry(""), w.newSecret(""), w.newSecret("")
	key.SetText(typed)
	about := plainText(why)
	show(about, why != "")
	fKey := newField("Recovery key", key).hint("As it is printed; spaces, dashes and small letters do not matter.")
	fPass := newField("New passphrase", pass)
	w.tellStrength(fPass, pass, fourWords, func() []string { return nil })
	fAgain := newField("The same passphrase again", again)
	button := primary("Unlock", nil)
	try := func() {
		fKey.says("")
		fPass.says(passphraseProblem(pass.Text))
		fAgain.says("")
		if passphraseProblem(pass.Text) != "" || button.Disabled() {
			return
		}
		if again.Text != pass.Text {
			fAgain.says("The two passphrases differ. Type the second one again.")
			return
		}
		button.Disable()
		path, typed, secret := w.options.Vault, key.Text, []byte(pass.Text)
		background(w, opening(func(ctx context.Context) (*records.Store, error) {
			return records.OpenWithRecovery(ctx, path, typed, secret)
		}), func(s *records.Store, err error) {
			button.Enable()
			var invalid *records.Invalid
			switch {
			case errors.As(err, &invalid): // it is made of a name that only the record knows
				fPass.says(invalid.Error())
				w.win.Canvas().Focus(pass)
			case err != nil:
				fKey.says(recoverySentence(err))
				w.win.Canvas().Focus(key)
			default:
				w.unlocked(s)
			}
		})
	}
	button.OnTapped = try
	for _, e := range []*entry{key, pass, again} {
		e.OnSubmitted = func(string) { try() }
	}
	body := card(heading("Unlock with the recovery key"), about,
		prose("The passphrase of the designated safeguarding lead is replaced by the one you choose here. The recovery key stays as it is."),
		fKey, fPass, fAgain, container.NewHBox(button, plain("Back", func() { w.showUnlock("") }), layout.NewSpacer()))
	w.setContent(centred(container.New(&fixedWidth{560}, body)))
	if typed != "" {
		w.win.Canvas().Focus(pass)
		return
	}
	w.win.Canvas().Focus(key)
}

// recoverySentence says what is wrong with a recovery key.
func recoverySentence(err error) string {
	if errors.Is(err, vault.ErrWrongKey) {
		return "This is the recovery key of another record. Find the sheet that names this one."
	}
	return Sentence(err)
}

// passphraseProblem says what is wrong with a new passphrase, or nothing.
// names are what weakens it.
func passphraseProblem(s string, names ...string) string {
	var invalid *records.Invalid
	if errors.As(records.CheckPassphrase([]byte(s), names...), &invalid) {
		return invalid.Error()
	}
	return ""
}
