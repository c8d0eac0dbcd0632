package ui

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

// step is one part of a referral's page.
type step string

// The steps of a referral, in the order in which they are taken.
const (
	stepDecide    step = "1  Three decisions"
	stepPack      step = "2  The pack"
	stepSend      step = "3  Telephone and send"
	stepReply     step = "4  What they said"
	stepMeetings  step = "5  Meetings"
	stepChallenge step = "6  Challenge"
)

var allSteps = []step{stepDecide, stepPack, stepSend, stepReply, stepMeetings, stepChallenge}

// referralPage follows one referral from the three decisions to its outcome.
type referralPage struct {
	w     *Window
	pupil records.ID
	id    records.ID // empty until the referral is begun
	at    step       // empty until the state has said which is next

	meeting    records.ID            // that is being written; empty for a new one
	sort       records.ChallengeSort // of the challenge that is being begun
	copying    bool                  // into a web form, on the step of sending
	letter     *letterOf             // that is being written, on the step of challenges; nil for none
	correcting records.ID            // the reply, rung, challenge or sending that is being corrected; empty for none
	viewing    bool                  // our view is being changed
	kept       bool                  // the decisions were just kept, and stay on the page
	raising    records.ID            // the rung to be answered, or the challenge to be taken higher, though something else comes next

	data  *referralData
	head  *fyne.Container
	tabs  map[step]*button
	body  *fyne.Container
	forms []*form   // of the step that is open
	pack  *packStep // of the step that is open; nil on any other
	copy  *copyOut  // the boxes to copy into a web form; nil while they are not shown
	box   fyne.CanvasObject
}

// referralData is everything that the page shows.
type referralData struct {
	file   *records.File
	ref    records.Referral
	state  referral.State
	local  *procedures.Procedures
	school records.School
	now    records.Stamp
}

// newReferralPage returns the page of a referral. Without an id it begins a
// new one for the pupil, which is kept once something is written in it, or opens
// the draft that the pupil already has.
func newReferralPage(w *Window, pupil, id records.ID) *referralPage {
	p := &referralPage{w: w, pupil: pupil, id: id, tabs: map[step]*button{}}
	p.head, p.body = container.NewStack(), container.NewStack()
	steps := container.NewHBox()
	for _, s := range allSteps {
		p.tabs[s] = newButton(string(s), func() {
			p.letter, p.correcting, p.viewing, p.raising = nil, "", false, ""
			p.turn(s)
		})
		steps.Add(p.tabs[s])
	}
	top := container.New(layout.NewCustomPaddedLayout(12, 4, 16, 20), column(4, p.head, steps))
	p.box = container.NewBorder(top, nil, nil, nil, p.body)
	return p
}

func (p *referralPage) place() place               { return placeReferrals }
func (p *referralPage) content() fyne.CanvasObject { return p.box }
func (p *referralPage) open()                      { load(p.w, p.load, p.show) }

func (p *referralPage) leave() func(context.Context) error {
	var keep []func(context.Context) error
	for _, f := range p.forms {
		if k := f.draft.leave(); k != nil {
			keep = append(keep, k)
		}
	}
	if p.pack != nil {
		if k := p.pack.leave(); k != nil {
			keep = append(keep, k)
		}
	}
	if p.copy != nil {
		if k := p.copy.draft.leave(); k != nil {
			keep = append(keep, k)
		}
	}
	if len(keep) == 0 {
		return nil
	}
	return func(ctx context.Context) error {
		for _, k := range keep {
			if err := k(ctx); err != nil {
				return err
			}
		}
		return nil
	}
}

func (p *referralPage) load(ctx context.Context) (*referralData, error) {
	s := p.w.store
	f, err := s.OpenFile(ctx, p.pupil)
	if err != nil {
		return nil, err
	}
	d := &referralData{file: f, now: f.Read}
	if d.school, err = s.School(ctx); err != nil {
		return nil, err
	}
	if d.local, err = localProcedures(ctx, s); err != nil {
		return nil, err
	}
	if err := p.find(ctx, d); err != nil {
		return nil, err
	}
	d.state = referral.StateIn(f, d.ref, d.local, d.now)
	return d, nil
}

// find sets the referral: the one asked for, the draft there is, or a new one,
// which is not kept yet.
func (p *referralPage) find(ctx context.Context, d *referralData) error {
	for _, r := range d.file.Referrals {
		if r.ID == p.id || p.id == "" && r.SentAt == "" && r.NotReferred == "" {
			d.ref = r
			return nil
		}
	}
	if p.id != "" {
		return fmt.Errorf("referral %s: %w", p.id, records.ErrNotFound)
	}
	d.ref = records.Referral{Pupil: p.pupil, Procedures: d.local.Name, Edition: d.local.Edition, Digest: d.local.Digest()}
	return nil
}

// begin keeps a referral that is not kept yet, and then shows a step of it. What
// was typed in the step before becomes a draft of the referral.
func (p *referralPage) begin(to step) {
	ref, store, before := p.data.ref, p.w.store, p.draftKey("")
	save(p.w, func(ctx context.Context) error { return store.Referrals.Save(ctx, &ref, "") }, func(err error) {
		if err != nil {
			p.w.complain(err)
			return
		}
		p.id, p.at = ref.ID, to
		for _, f := range p.forms {
			p.w.drafts.put(p.draftKey(strings.TrimPrefix(f.draft.form, before)), f.draft.body())
			f.draft.drop()
		}
		p.forms = nil
		p.open()
	})
}

func (p *referralPage) show(d *referralData) {
	p.data, p.id = d, d.ref.ID
	if p.at == "" {
		p.at = firstStep(d.state)
	}
	p.showHead()
	p.turn(p.at)
}

// firstStep returns the step at which a referral is taken up again.
func firstStep(s referral.State) step {
	switch s.Stage {
	case referral.Draft, referral.NotReferred:
		return stepDecide
	case referral.Phoned:
		return stepSend
	case referral.Challenged:
		return stepChallenge
	}
	return stepReply
}

// showHead says whose referral it is, what was asked for against what they say
// they logged, and what comes next.
func (p *referralPage) showHead() {
	d := p.data
	name := heading("Referral: " + d.file.Pupil.Name())
	another := p.w.writeButton("Begin another …", func() { p.w.open(newReferralPage(p.w, p.pupil, "")) })
	if d.ref.SentAt == "" && d.ref.NotReferred == "" {
		another.Hide() // it is the draft that another one would be
	}
	toPupil := newIconButton("The pupil's file", theme.AccountIcon(), func() { p.w.open(newPupilPage(p.w, p.pupil)) })
	asked := plainText("We are asking for " + d.state.Asked + ".")
	logged := plainText("Nothing has been sent yet.")
	if d.state.Began != "" {
		asked.SetText("We asked for " + d.state.Asked + ".")
		logged.SetText("They say they logged: " + d.state.LoggedAs.String() + said(d.state.LoggedBy, d.state.LoggedAt))
		if age := d.state.Unconfirmed.String(); age != "" {
			logged.SetText("They have not said what they logged. " + age + ".")
		}
	}
	if d.state.Mismatch {
		logged.Importance = widget.DangerImportance
		logged.TextStyle.Bold = true
	}
	next := plainText("Next: " + d.state.Next.What)
	next.TextStyle.Bold = true
	rows := column(-8, sideBySide(asked, logged), next)
	if d.state.Next.Say != "" {
		rows.Add(quiet("You could say: “" + d.state.Next.Say + "”"))
	}
	fill := palette[colorCard]
	if due := d.state.Next.Due; due != nil && (due.Overdue || due.AtOnce) {
		fill = palette[colorLate]
	}
	p.head.Objects = []fyne.CanvasObject{column(4,
		container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(container.NewCenter(widget.NewLabel(d.state.Stage.String())), another, toPupil)), name),
		tinted(fill, rows))}
	p.head.Refresh()
}

// writes reports whether whoever looks may write in a referral. Who only reads
// sees what is kept, without a form.
func (p *referralPage) writes() bool { return p.w.store.Me.Role.Writes() }

func said(by string, at records.Stamp) string {
	if by == "" {
		return ""
	}
	return ", said " + by + " on " + at.Date().String()
}

// turn shows a step; what was typed in the one before is kept.
func (p *referralPage) turn(to step) {
	if p.data == nil {
		return
	}
	if p.id == "" && (to == stepPack || to == stepSend) {
		p.begin(to)
		return
	}
	if keep := p.leave(); keep != nil {
		save(p.w, keep, p.w.complain)
	}
	p.at, p.forms, p.pack, p.copy = to, nil, nil, nil
	for s, b := range p.tabs {
		b.Importance = widget.MediumImportance
		if s == to {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
	var content fyne.CanvasObject
	switch to {
	case stepDecide:
		content = p.decide()
	case stepPack:
		p.pack = newPackStep(p)
		content = p.pack.box
	case stepSend:
		content = p.send()
	case stepReply:
		content = p.replies()
	case stepMeetings:
		content = p.meetings()
	case stepChallenge:
		content = p.challenges()
	}
	if to != stepPack {
		scroll := p.w.newScroll(container.New(layout.NewCustomPaddedLayout(4, 16, 16, 20), content))
		content = scroll
	}
	if p.copy != nil {
		content = container.NewBorder(p.copy.head, nil, nil, nil, content)
	}
	p.body.Objects = []fyne.CanvasObject{content}
	p.body.Refresh()
	for _, f := range p.forms {
		f.begin()
	}
	if p.kept {
		p.kept = false
		p.sayUnmade(p.forms[0])
	}
	if p.pack != nil {
		p.pack.begin()
	}
	if p.copy != nil {
		p.copy.begin()
	}
}

// draftKey names the draft of a form. What is typed in a referral that is not
// kept yet is a draft of the pupil's.
func (p *referralPage) draftKey(form string) string {
	return "referral " + orElse(string(p.id), "of "+string(p.pupil)) + " " + form
}

// form returns a form of this step. key tells it from the others.
func (p *referralPage) form(key, label string, submit func()) *form {
	f := p.w.newForm(p.draftKey(key), label, submit)
	p.forms = append(p.forms, f)
	return f
}

// confirm asks before something that cannot be taken back.
func (w *Window) confirm(title, text, yes string, do func()) {
	var d dialog.Dialog
	no := newButton("Not now", func() { d.Hide() })
	d = w.newDialog(title, 460, container.New(layout.NewGridWrapLayout(fyne.NewSize(460, 100)), prose(text)),
		no, primary(yes, func() { d.Hide(); do() }))
	w.showDialog(d, no)
}
