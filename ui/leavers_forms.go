package ui

import (
	"context"

	"throughline/records"
)

// leaverForm returns a page with a form about a pupil's file, which leads back
// to one of the lists. build lays the inputs and returns what keeps them.
func leaverForm(w *Window, list leaverList, key, title, about, label string, build func(f *form) func(context.Context) error) page {
	back := func() { w.open(newLeaversPage(w, list)) }
	var f *form
	var keep func(context.Context) error
	f = w.newForm(key, label, func() { f.submit(keep, back) })
	keep = build(f)
	return newFormPage(w, placePupils, title, about, f, back)
}

// transferForm asks how a leaver's file went to the next school.
func transferForm(w *Window, pupil records.Pupil) page {
	return leaverForm(w, listLeavers, "transfer "+string(pupil.ID), "The file of "+pupil.Name(),
		"Fill in what is known so far, and come back for the receipt. Keep a copy here until the receipt has come.", "Keep",
		func(f *form) func(context.Context) error {
			t := &pupil.Transfer
			f.box.Add(row(f.line("transfer.next_school", "Next school or college", "", &t.NextSchool),
				f.line("transfer.to", "Who takes it there", "The designated safeguarding lead", &t.To)))
			f.box.Add(row(f.date("transfer.sent", "Sent on", &t.Sent),
				choice(f, "transfer.how", "How", "Choose", records.TransferHows(), &t.How),
				f.date("transfer.receipt", "Receipt came on", &t.Receipt)))
			f.box.Add(f.line("transfer.not_needed", "Or why no file is to be sent", "Such as: left school for work, aged 18", &t.NotNeeded))
			return func(ctx context.Context) error {
				p := pupil
				return w.store.Pupils.Save(ctx, &p, "How the file goes to the next school.")
			}
		})
}

// oldFileForm asks what a new pupil's last school said.
func oldFileForm(w *Window, pupil records.Pupil) page {
	return leaverForm(w, listStarters, "old file "+string(pupil.ID), "The last school of "+pupil.Name(),
		"Note who was asked and when, and come back when there is an answer.", "Keep",
		func(f *form) func(context.Context) error {
			o := &pupil.OldFile
			f.box.Add(row(f.line("old_file.from", "Last school or nursery", "", &o.From),
				f.date("old_file.asked", "Asked on", &o.Asked), f.date("old_file.received", "The file came on", &o.Received)))
			f.box.Add(f.line("old_file.none", "Or there is none: who said so, and when", "Such as: Mrs Amell, by telephone on 8 Sept", &o.None))
			return func(ctx context.Context) error {
				p := pupil
				return w.store.Pupils.Save(ctx, &p, "What the last school said about its file.")
			}
		})
}

// reviewForm asks until when an old file is kept on, and why.
func reviewForm(w *Window, pupil records.Pupil) page {
	review := records.Review{On: records.DateOf(w.now())}
	return leaverForm(w, listOld, "review "+string(pupil.ID), "Keep the file of "+pupil.Name()+" on", "", "Keep it on",
		func(f *form) func(context.Context) error {
			f.box.Add(row(f.date("review.on", "Looked at on", &review.On), f.date("review.until", "Keep it until", &review.Until)))
			f.box.Add(f.text("review.why", "Why it is kept, and who said so", "", 3, &review.Why))
			return func(ctx context.Context) error {
				p := pupil
				p.Review = review
				return w.store.Pupils.Save(ctx, &p, "The file was looked at and is kept on.")
			}
		})
}

// holdForm puts a file on hold. Where no pupil is given, one is chosen from all.
func holdForm(w *Window, pupil records.Pupil, all []records.Pupil) page {
	hold := records.Hold{Pupil: pupil.ID, From: records.DateOf(w.now())}
	title := "Put a file on hold"
	if pupil.ID != "" {
		title = "Put the file of " + pupil.Name() + " on hold"
	}
	return leaverForm(w, listOld, "hold "+string(pupil.ID), title,
		"While a hold stands the file is not removed, however old it is and whoever has asked.", "Put it on hold",
		func(f *form) func(context.Context) error {
			if pupil.ID == "" {
				f.box.Add(f.pupil(all, &hold.Pupil))
			}
			f.box.Add(row(choice(f, "reason", "Why", "Choose", records.HoldReasons(), &hold.Reason), f.date("from", "From", &hold.From)))
			f.box.Add(f.text("note", "Which case, who asked for it, their reference", "", 2, &hold.Note))
			return func(ctx context.Context) error {
				h := hold
				return w.store.Holds.Save(ctx, &h, "")
			}
		})
}

// pupil adds a field in which a pupil is found as you type.
func (f *form) pupil(all []records.Pupil, to *records.ID) *field {
	pick := newPupilPicker(f.w)
	pick.offer(all)
	in := &input{name: "pupil", field: newField("Pupil", pick.box), focus: pick.entry}
	in.text = func() string { return string(pick.chosen) }
	in.set = func(id string) { pick.choose(records.ID(id)) }
	in.read = func() bool { *to = pick.chosen; return true }
	pick.changed = func() { in.field.says(""); f.draft.changed() }
	return f.add(in)
}

// endHoldForm ends a hold.
func endHoldForm(w *Window, pupil records.Pupil, hold records.Hold) page {
	hold.Ended = records.DateOf(w.now())
	return leaverForm(w, listOld, "end hold "+string(hold.ID), "End the hold on the file of "+pupil.Name(), holdSays(hold), "End the hold",
		func(f *form) func(context.Context) error {
			f.box.Add(f.date("ended", "Ended on", &hold.Ended))
			f.box.Add(f.text("ended_why", "Why it has ended, and who said so", "", 2, &hold.EndedWhy))
			return func(ctx context.Context) error {
				h := hold
				return w.store.Holds.Save(ctx, &h, "The hold has ended.")
			}
		})
}

// removalForm asks for the removal of a whole file.
func removalForm(w *Window, pupil records.Pupil) page {
	ask := records.Removal{Pupil: pupil.ID, Of: records.KindPupil, Record: pupil.ID}
	return leaverForm(w, listOld, "removal "+string(pupil.ID), "Ask for the removal of the file of "+pupil.Name(),
		"The whole file, with everything in it, is taken out 48 hours after you ask; until then it can be cancelled. That it was there and was removed stays on the audit trail.", "Ask for its removal",
		func(f *form) func(context.Context) error {
			f.box.Add(f.text("reason", "Why it is to be removed", "Such as: 25 years after birth, looked at by the head and the DSL", 3, &ask.Reason))
			return func(ctx context.Context) error {
				r := ask
				return w.store.AskRemoval(ctx, &r)
			}
		})
}

// stayForm cancels a request for the removal of a whole file.
func stayForm(w *Window, pupil records.Pupil, asked records.ID) page {
	why := ""
	return leaverForm(w, listOld, "stay "+string(asked), "Let the file of "+pupil.Name()+" stay", "", "Let it stay",
		func(f *form) func(context.Context) error {
			f.box.Add(f.text("cancelled", "Why it is to stay, and who said so", "", 2, &why))
			return func(ctx context.Context) error { return w.store.CancelRemoval(ctx, asked, why) }
		})
}
