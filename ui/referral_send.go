package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
	"throughline/referral"
	"throughline/referral/pack"
)

// send is the step of the telephone call and of the writing that follows it.
func (p *referralPage) send() fyne.CanvasObject {
	if p.data.ref.SentAt != "" {
		p.copying = false
	}
	if p.copying {
		p.copy = newCopyOut(p)
		return container.NewVBox(column(8, p.copy.box, p.write()))
	}
	if p.data.ref.SentAt != "" && p.correcting == p.id {
		return column(0, p.correctSent())
	}
	if !p.writes() {
		return container.NewVBox(column(8, p.phoned(), p.write()))
	}
	if p.data.ref.SentAt != "" {
		return container.NewVBox(column(8, p.phone(), p.write()))
	}
	return container.NewVBox(column(8, p.phone(), p.copyCard(), p.write()))
}

// phone logs the call.
func (p *referralPage) phone() fyne.CanvasObject {
	ref := p.data.ref
	if ref.PhonedAt == "" {
		ref.PhonedAt = p.data.now
	}
	var f *form
	f = p.form("phone", "Keep the call", func() {
		store, was, local, file := p.w.store, p.data.ref, p.data.local, p.data.file
		f.submit(func(ctx context.Context) error {
			if ref.PhonedAt == "" {
				return saying("phoned_at", "Say when you telephoned.")
			}
			referral.KeepDue(was, &ref, local, file.Calendar)
			shared := sharedByTelephone(file, &ref, local.FrontDoor.Name)
			return store.Update(ctx, func(tx *records.Tx) error {
				if err := tx.Save(&ref, theCall); err != nil {
					return err
				}
				return tx.Save(&shared, theCall)
			})
		}, func() {
			p.at = stepSend
			p.open()
		})
	})
	when := f.stamp("phoned_at", "When", &ref.PhonedAt)
	f.box.Add(sideBySide(when, f.line("phoned_to", "Whom you spoke to: name and role", "", &ref.PhonedTo)))
	f.box.Add(f.text("phoned_said", "What was said on each side, and who does what next", "", 3, &ref.PhonedSaid))
	if ref.SentAt == "" { // afterwards it stands with how the referral was sent
		f.box.Add(row(f.line("reference", "Reference they gave on the telephone", "If they gave one", &ref.Reference)))
	}
	if p.data.ref.PhonedAt == "" {
		f.finish()
	} else {
		f.button.SetText("Keep the correction")
		f.finish(quiet("Telephoned " + p.data.ref.PhonedAt.String()))
	}
	return card(subheading("By telephone"), p.numbers(),
		quiet("Ask: is this logged as a contact or as a referral? What is the reference? Who decides, and by when?"), f.box)
}

// phoned shows the call to who only reads.
func (p *referralPage) phoned() fyne.CanvasObject {
	r := p.data.ref
	if r.PhonedAt == "" {
		return card(subheading("By telephone"), p.numbers(), prose("No call is written down."))
	}
	return card(subheading("By telephone"), prose("Telephoned "+r.PhonedAt.String()+ifText(", spoke to ", r.PhonedTo, "")+"."), prose(r.PhonedSaid))
}

// theCall is why a referral, and what is noted as shared, change with a call.
const theCall = "The telephone call."

// byTelephone is what is noted as shared by a call.
const byTelephone = "Referral by telephone"

// sharedByTelephone returns what the call told social care, to be kept as
// shared: a new record, or that of before when the call is corrected.
func sharedByTelephone(f *records.File, ref *records.Referral, door string) records.Disclosure {
	d := records.Disclosure{Pupil: ref.Pupil, Referral: ref.ID, What: byTelephone}
	for _, o := range f.Disclosures {
		if o.Referral == ref.ID && o.What == byTelephone {
			d = o
		}
	}
	d.To = orElse(ref.PhonedTo, orElse(door, "The front door"))
	d.Said, d.Basis, d.At = ref.PhonedSaid, basis(ref), ref.PhonedAt
	return d
}

// write records that the pack has gone, or says when it went.
func (p *referralPage) write() fyne.CanvasObject {
	ref := p.data.ref
	if ref.SentAt != "" {
		return p.sent()
	}
	if !p.writes() {
		return card(subheading("In writing"), prose("It has not been sent yet."))
	}
	missing := referral.ThreeDecisions(ref)
	gaps := pack.Missing(pack.Redraft(p.data.file, &ref), &ref, p.data.file)
	ref.SentTo = orElse(ref.SentTo, p.data.local.FrontDoor.Name)
	ref.SentAt = p.data.now
	if p.copying {
		ref.Method = orElse(ref.Method, byWebForm)
	}
	packs := pack.Packs(p.data.file, &ref)
	ways := wentWays(p.copying, packs)
	went := ways[0]
	var f *form
	f = p.form("send", "It has been sent", func() {
		p.w.confirm("Has it been sent?", "What was sent is then kept as it is and cannot be changed. The clocks start to run.", "It has been sent",
			func() { p.keepSent(f, &ref, &went) })
	})
	if len(ways) > 1 {
		f.box.Add(row(wordsOf(f, "went", "What was sent", "Choose", ways, &went)))
	}
	when := f.stamp("sent_at", "When it was sent", &ref.SentAt)
	f.box.Add(sideBySide(when, f.line("sent_to", "To whom", "", &ref.SentTo)))
	f.box.Add(row(wordsOf(f, "method", "How", "Choose", []string{"Secure e-mail", byWebForm, "By hand"}, &ref.Method),
		f.line("reference", "Reference they gave", "If they gave one", &ref.Reference)))
	f.finish()
	rows := []fyne.CanvasObject{subheading("In writing"),
		quiet("Save the pack as a PDF on the page before, send it by secure e-mail or copy it into the web form, then record here that it has gone. What you choose as sent is kept for good, as it went.")}
	if n := len(missing) + len(gaps); n > 0 {
		rows = append(rows, tinted(palette[colorLit], prose("Still open: "+count(len(missing), "point", "points")+" of the three decisions, and "+
			count(len(gaps), "gap", "gaps")+" in the pack. You can send all the same; an emergency comes first.")))
	}
	if late := p.afterPDF(packs); late != "" {
		rows = append(rows, tinted(palette[colorLit], prose(late)))
	}
	return card(append(rows, f.box)...)
}

// keepSent freezes what was sent and notes it as shared.
func (p *referralPage) keepSent(f *form, ref *records.Referral, went *string) {
	store, file, drafts, was, local := p.w.store, p.data.file, p.w.drafts, p.data.ref, p.data.local
	f.submit(func(ctx context.Context) error {
		if ref.SentAt == "" {
			return saying("sent_at", "Say when it was sent.")
		}
		switch unkept, err := drafts.has(ctx, packDraft(ref.ID)); {
		case err != nil:
			return err
		case unkept:
			return saying("sections", "The pack holds changes that were not kept. Open the pack, choose “Keep the pack”, and save the PDF anew if it goes out as one. Then record here that it has been sent.")
		}
		sum, err := freeze(ctx, store, file, was, ref, *went)
		if err != nil {
			return err
		}
		referral.KeepDue(was, ref, local, file.Calendar)
		return store.Update(ctx, func(tx *records.Tx) error {
			if err := tx.Save(ref, "Sent."); err != nil {
				return err
			}
			return tx.Save(&records.Disclosure{
				Pupil: ref.Pupil, Referral: ref.ID, What: "Referral pack", To: ref.SentTo,
				Basis: basis(ref), SHA256: sum, At: ref.SentAt,
			}, "")
		})
	}, func() {
		if p.copy == nil { // copied before, on a page that is closed
			p.w.newDraft(copyDraft(p.id), nil).drop()
		} else {
			p.copy.draft.drop()
		}
		p.at, p.copying = stepReply, false
		p.open()
	})
}

// byWebForm is the method of a referral that was copied into a web form.
const byWebForm = "Web form"

// saying returns an error that says a sentence beside a field.
func saying(field, sentence string) error {
	return &records.Invalid{Problems: []records.Problem{{Field: field, Sentence: sentence}}}
}

// basis says on what basis a referral is shared.
func basis(r *records.Referral) string {
	s := "Referral to children's social care to protect the child" + ifText(" (", strings.ToLower(r.Level.String()), ")") + "."
	switch {
	case r.ParentsTold == records.No:
		return s + " Parents not told: " + r.ParentsWhy
	case r.Consent != "":
		return s + " Consent: " + strings.ToLower(r.Consent.String()) + "."
	}
	return s
}

// sent says when and how the referral went, and what.
func (p *referralPage) sent() fyne.CanvasObject {
	r := p.data.ref
	words := "Sent " + r.SentAt.String() + " to " + r.SentTo
	if r.Method != "" {
		words += ", by " + strings.ToLower(r.Method)
	}
	if r.Reference != "" {
		words += ". Their reference: " + r.Reference
	}
	what := "Its words are kept as they were sent. Their fingerprint (SHA-256): " + r.PackHash
	buttons := container.NewHBox(newButton("Open the pack", func() { p.turn(stepPack) }))
	if d := fileSent(p.data.file, &r); d != nil {
		what = "The PDF that was sent is kept, byte for byte. Its fingerprint (SHA-256): " + d.SHA256
		buttons.Add(newButton(saveSentLabel, func() { p.savePack(r) }))
	}
	buttons.Objects = append(buttons.Objects, p.amend(records.KindReferral, r.Meta)...)
	rows := []fyne.CanvasObject{subheading("In writing"), prose(words + "."), quiet(what), buttons}
	if r.Reference == "" && p.writes() {
		rows = append(rows, p.reference())
	}
	return card(rows...)
}

// reference asks for the number that they gave after the referral went.
func (p *referralPage) reference() fyne.CanvasObject {
	ref := p.data.ref
	var f *form
	f = p.form("reference", "Keep the reference", func() {
		store := p.w.store
		f.submit(func(ctx context.Context) error {
			if ref.Reference == "" {
				return saying("reference", "Write the reference that they gave.")
			}
			return store.Referrals.Save(ctx, &ref, "The reference they gave.")
		}, p.open)
	})
	f.box.Add(row(f.line("reference", "Reference they gave", "Once they give one", &ref.Reference)))
	f.finish()
	return f.box
}
