package ui

import (
	"context"

	"fyne.io/fyne/v2/dialog"

	"throughline/records"
)

// askedAgain opens three lines that keep that social care were asked: whom, what
// they said, and the reference if they gave one. The time is the present and the way the telephone; another
// is written on the referral's page. say is what can be said, empty for
// nothing; done is called once it is kept.
func (w *Window) askedAgain(pupil, referral records.ID, say string, done func()) {
	y := records.Reply{Pupil: pupil, Referral: referral, Method: "Telephone", Chased: true}
	var reference string
	var f *form
	var d dialog.Dialog
	store := w.store
	f = w.newForm("chase "+string(referral), "Keep that we asked", func() {
		f.submit(func(ctx context.Context) error {
			saved := y
			saved.At = records.StampOf(store.Now())
			if err := keepReplyDue(ctx, store, records.Reply{}, &saved); err != nil {
				return err
			}
			return keepWithReference(ctx, store, &saved, reference)
		}, func() {
			d.Hide()
			done()
		})
	})
	if say != "" {
		f.box.Add(prose("You could say: “" + say + "”"))
	}
	f.box.Add(f.line("from", "Whom you asked: name and role", "", &y.From))
	f.box.Add(f.line("said", "What they said", "Nobody answered; will ring back by 15:00", &y.Said))
	f.box.Add(f.line("reference", "Reference they gave", "If they gave one", &reference))
	f.box.Add(f.problem)
	d = w.newDialog("We asked, by telephone, just now", 620, f.box, newButton("Not now", func() { d.Hide() }), f.button)
	w.showDialog(d, f.inputs[0].focus)
	d.SetOnClosed(func() {
		w.forget(d)
		if keep := f.draft.leave(); keep != nil {
			save(w, keep, w.complain)
		}
	})
	f.begin()
}

// keepWithReference keeps a reply, and with its referral the reference that came
// with it, if one did.
func keepWithReference(ctx context.Context, s *records.Store, y *records.Reply, reference string) error {
	if reference == "" {
		return s.Replies.Save(ctx, y, "")
	}
	ref, err := s.Referrals.Get(ctx, y.Referral)
	if err != nil {
		return err
	}
	ref.Reference = reference
	return s.Update(ctx, func(tx *records.Tx) error {
		if err := tx.Save(&ref, "The reference they gave."); err != nil {
			return err
		}
		return tx.Save(y, "")
	})
}
