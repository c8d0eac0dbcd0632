package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/records/vault"
)

// showPreview shows the second step: what a backup would change.
func (p *restoreForm) showPreview(backup string, v records.Preview) {
	look := p.button
	first, firstBox := p.stage, p.box
	p.button = primary("Put this backup in place", func() { p.put(backup, v) })
	back := plain("Back", func() {
		if p.cancel(); p.stop != nil {
			return // what is being put in place ends first
		}
		p.button, p.stage, p.box = look, first, firstBox
		p.w.setContent(p.box)
		p.toSecret()
	})
	p.problem = widget.NewLabel("")
	p.problem.Importance = widget.DangerImportance
	p.problem.Wrapping = fyne.TextWrapWord
	p.problem.Hide()
	p.stage = column(8, card(p.summary(backup, v)))
	for _, c := range p.changes(v) {
		p.stage.Add(c)
	}
	p.box = p.w.newScroll(container.NewCenter(container.New(&fixedWidth{680},
		column(8, p.stage, p.problem, p.busy, container.NewHBox(p.button, back)))))
	p.w.setContent(p.box)
	p.w.win.Canvas().Focus(p.button)
}

// summary says which backup it is and where it would go.
func (p *restoreForm) summary(backup string, v records.Preview) fyne.CanvasObject {
	title := "Backup of " + v.At.String()
	if v.School != "" {
		title = v.School + "  ·  backup of " + v.At.String()
	}
	where := "There is no record yet at " + p.place() + ". Nothing is replaced."
	if v.Present {
		where = "It would be put in the place of " + p.place() + ". That file is kept beside it, under a name with “replaced” and the time."
	}
	return column(-4, heading("What this backup would change"), plainText(title),
		quiet(filepath.Base(backup)+" is sound: every page is as it was written, and "+fmt.Sprint(v.Entries)+" audit entries follow one another."),
		quiet(where))
}

// changes says what would be missing afterwards and what would be back.
func (p *restoreForm) changes(v records.Preview) []fyne.CanvasObject {
	var cards []fyne.CanvasObject
	switch {
	case !v.Present:
	case v.Unread != nil:
		cards = append(cards, tinted(palette[colorLate], subheading("What would be missing cannot be counted"),
			plainText("The file that is there now cannot be read to its end. Whatever was written after "+v.At.String()+" is not in this backup.")))
	case len(v.Lost)+len(v.Back) == 0:
		cards = append(cards, card(plainText("The record and this backup hold the same entries.")))
	}
	if len(v.Lost) > 0 {
		cards = append(cards, tinted(palette[colorLate], differences("Would be missing: what the record has and the backup has not", v.Lost)...))
	}
	if len(v.Back) > 0 {
		cards = append(cards, card(differences("Would come back: what the backup has and the record has not", v.Back)...))
	}
	note := "Members unlock it with the passphrases that they had then."
	if v.Present {
		note += " What was looked at and exported since is on the audit trail of the present file only."
	}
	if slices.ContainsFunc(v.Lost, func(d records.Difference) bool { return d.Kind == records.KindRemoval }) {
		note += " A removal was asked for since: what it took out comes back with this backup, so ask for it again."
	}
	return append(cards, quiet(note))
}

// differences lists what one file has and another has not, by kind.
func differences(title string, list []records.Difference) []fyne.CanvasObject {
	lines := column(-10)
	for _, d := range list {
		lines.Add(plainText(differenceLine(d)))
	}
	return []fyne.CanvasObject{subheading(title), lines}
}

// differenceLine says how many of a kind, and from when to when: "2 concerns and
// 1 change to earlier ones, from Mon 3 Mar 2025, 09:30 to Fri 7 Mar 2025, 11:00".
func differenceLine(d records.Difference) string {
	k, ok := kindNames[d.Kind]
	if !ok {
		k = [2]string{string(d.Kind), string(d.Kind) + "s"}
	}
	text := upperFirst(count(d.New, k[0], k[1]))
	if changes := count(d.Changed, "change", "changes"); d.New == 0 {
		text = upperFirst(changes) + " to " + k[1]
	} else if d.Changed > 0 {
		text += " and " + changes + " to earlier ones"
	}
	if d.Oldest == d.Newest {
		return text + ", of " + d.Newest.String()
	}
	return text + ", from " + d.Oldest.String() + " to " + d.Newest.String()
}

// kindNames names one and several of a kind of record.
var kindNames = map[records.Kind][2]string{
	records.KindSchool: {"school", "the school's details"}, records.KindMember: {"member", "members"},
	records.KindCalendar: {"calendar", "the calendar"}, records.KindPupil: {"pupil", "pupils"},
	records.KindStatus: {"status", "statuses"}, records.KindPerson: {"person", "people"},
	records.KindTie: {"relationship", "relationships"}, records.KindConcern: {"concern", "concerns"},
	records.KindAction: {"action", "actions"}, records.KindMonitoring: {"monitoring plan", "monitoring plans"},
	records.KindSupport: {"kind of help tried", "kinds of help tried"}, records.KindReferral: {"referral", "referrals"},
	records.KindReply: {"reply", "replies"}, records.KindChallenge: {"challenge", "challenges"},
	records.KindRung: {"step of a challenge", "steps of challenges"}, records.KindDisclosure: {"note of what was shared", "notes of what was shared"},
	records.KindDismissal: {"pattern set aside", "patterns set aside"}, records.KindRemoval: {"request for removal", "requests for removal"},
	records.KindMovedOut: {"note of a concern that was moved", "notes of concerns that were moved"}, records.KindDocument: {"document", "documents"}, records.KindHold: {"hold", "holds"},
	records.KindMeeting: {"meeting", "meetings"}, records.KindImpact: {"measure of impact", "measures of impact"},
	records.KindPractice: {"note of good practice", "notes of good practice"}, records.KindSupervision: {"supervision session", "supervision sessions"},
	records.KindChildNote: {"supervision note", "supervision notes"}, records.KindReflection: {"reflection", "reflections"},
}

// restored is a backup that is in place.
type restored struct {
	kept  string         // the new name of the file that was there; empty for none
	store *records.Store // nil when it is not open, for the reason that err is
	err   error
}

// put puts the backup in place and unlocks it.
func (p *restoreForm) put(backup string, v records.Preview) {
	place, key, now, byKey := p.place(), p.secret(), p.w.now(), p.byKey()
	session, move := p.w.session, barOf(p.bar)
	p.say("")
	work(&p.steps, "Copying the backup and checking the copy. The file that is there is touched last.", func(ctx context.Context) (r restored, err error) {
		if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
			return r, err
		}
		if r.kept, err = records.Restore(ctx, backup, place, key, now, move); err != nil {
			return r, cancelled(ctx, err)
		}
		if !byKey {
			r.store, r.err = opening(func(ctx context.Context) (*records.Store, error) {
				return records.Open(ctx, place, key.Passphrase)
			})(session) // it is in place: there is nothing left to cancel
		}
		return r, nil
	}, func(r restored, err error) {
		if err != nil {
			p.say(putSentence(err, byKey))
			return
		}
		p.w.options.Vault = place
		in := "The backup of " + v.At.String() + " is in place."
		switch {
		case byKey:
			p.w.showRecovery(p.key.Text, in+keptSentence(r.kept)+" Choose a new passphrase to open it.")
		case r.err != nil:
			p.w.showUnlock(in + keptSentence(r.kept) + " " + Sentence(r.err))
		default:
			p.w.tellRestored(in + keptSentence(r.kept))
			p.w.unlocked(r.store)
		}
	})
}

func (p *restoreForm) say(sentence string) {
	p.problem.SetText(sentence)
	show(p.problem, sentence != "")
	p.box.Refresh()
}

func keptSentence(kept string) string {
	if kept == "" {
		return ""
	}
	return " The file that was there is kept beside it as " + filepath.Base(kept) + "."
}

// tellRestored says over the page that is opened next that a backup is in place.
func (w *Window) tellRestored(text string) {
	d := dialog.NewCustom("Restored", "Close", container.NewGridWrap(fyne.NewSize(460, 110), prose(text)), w.win)
	w.showDialog(d, nil)
}

// putSentence says why a backup that is sound was not put in place.
func putSentence(err error, byKey bool) string {
	switch {
	case errors.Is(err, vault.ErrReadOnly), errors.Is(err, os.ErrPermission):
		return "The folder where the record goes cannot be written to. Nothing was changed. Go back and choose a folder of your own, or ask IT for permission."
	case errors.Is(err, vault.ErrExists):
		return "The file that is there could not be renamed, because there is another of that name. Nothing was changed. Wait a moment, then try again."
	}
	return restoreSentence(err, byKey)
}
