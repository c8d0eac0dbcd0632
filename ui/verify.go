package ui

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/records/vault"
)

// verifyPage checks that the record is sound, for somebody who may not read it.
type verifyPage struct {
	w   *Window
	box fyne.CanvasObject
}

func newVerifyPage(w *Window) *verifyPage {
	return &verifyPage{w: w, box: pageFrame(w, heading("Verify"), column(10, newVerifier(w).box))}
}

func (p *verifyPage) place() place                       { return placeVerify }
func (p *verifyPage) content() fyne.CanvasObject         { return p.box }
func (p *verifyPage) leave() func(context.Context) error { return nil }
func (p *verifyPage) open()                              {}

// verifier is the card that runs Store.Verify and says what came of it.
type verifier struct {
	w      *Window
	button *button
	bar    *widget.ProgressBar
	result *widget.Label
	box    fyne.CanvasObject
}

func newVerifier(w *Window) *verifier {
	v := &verifier{w: w, bar: widget.NewProgressBar(), result: prose("")}
	v.bar.Hide()
	v.result.Hide()
	v.button = newButton("Verify now", v.run)
	v.box = card(subheading("Is the record sound?"),
		plainText("Reads every page of the file and every entry of the audit trail, and names the first that does not fit. You can go on working meanwhile."),
		container.NewBorder(nil, nil, v.button, nil, v.bar), v.result)
	return v
}

// verified is what came of a verification.
type verified struct {
	entries int64
	head    string
}

func (v *verifier) run() {
	store := v.w.store
	v.button.Disable()
	v.bar.SetValue(0)
	v.bar.Show()
	v.result.Hide()
	background(v.w, func(ctx context.Context) (verified, error) {
		n, err := store.Verify(ctx, v.progress())
		if err != nil {
			return verified{}, err
		}
		head, _, err := store.AuditHead(ctx)
		return verified{n, head}, err
	}, func(d verified, err error) {
		v.button.Enable()
		v.bar.Hide()
		v.result.SetText(verdict(d, err))
		v.result.Show()
	})
}

// progress returns what shows how far it is, once for each hundredth.
func (v *verifier) progress() func(done, total int64) {
	last := int64(-1)
	return func(done, total int64) {
		if total == 0 || done*100/total == last {
			return
		}
		last = done * 100 / total
		share := float64(done) / float64(total)
		fyne.Do(func() { v.bar.SetValue(share) })
	}
}

// verdict says in words what came of a verification.
func verdict(d verified, err error) string {
	switch {
	case errors.Is(err, vault.ErrDamaged), errors.Is(err, records.ErrBroken):
		return "The record is not sound: " + err.Error() + ". Keep this file as it is and use your last good copy."
	case err != nil:
		return Sentence(err)
	}
	return fmt.Sprintf("Sound: every page is as it was written, and %d audit entries follow one another. Head of the audit trail: %s", d.entries, d.head)
}
