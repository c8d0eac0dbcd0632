package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

// referralsPage lists every referral of the school with where it stands.
type referralsPage struct {
	w    *Window
	list *fyne.Container
	box  fyne.CanvasObject
}

// caseRow is one referral and where it stands.
type caseRow struct {
	pupil records.Pupil
	ref   records.Referral
	state referral.State
}

func newReferralsPage(w *Window) *referralsPage {
	p := &referralsPage{w: w, list: column(6)}
	p.box = pageFrame(w, heading("Referrals"), p.list)
	return p
}

func (p *referralsPage) place() place                       { return placeReferrals }
func (p *referralsPage) content() fyne.CanvasObject         { return p.box }
func (p *referralsPage) leave() func(context.Context) error { return nil }
func (p *referralsPage) open()                              { load(p.w, p.load, p.show) }

// load reads the files of the pupils who were referred, and of no others. What
// is open of a pupil who has left is still ours to follow, for a year.
func (p *referralsPage) load(ctx context.Context) ([]caseRow, error) {
	s := p.w.store
	local, err := localProcedures(ctx, s)
	if err != nil {
		return nil, err
	}
	all, err := s.Referrals.All(ctx)
	if err != nil {
		return nil, err
	}
	now := records.StampOf(s.Now())
	var rows []caseRow
	read := map[records.ID]bool{}
	for _, r := range all {
		if read[r.Pupil] {
			continue
		}
		read[r.Pupil] = true
		some, err := caseRows(ctx, s, r.Pupil, local, now)
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	slices.SortStableFunc(rows, func(a, b caseRow) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), strings.Compare(string(b.ref.CreatedAt), string(a.ref.CreatedAt)))
	})
	return rows, nil
}

// caseRows returns the referrals of one pupil; of one who has left those that
// are not over, and after a year none.
func caseRows(ctx context.Context, s *records.Store, pupil records.ID, local *procedures.Procedures, now records.Stamp) ([]caseRow, error) {
	who, err := s.Pupils.Get(ctx, pupil)
	if err != nil || who.HasLeft(now.Date().Years(-1)) {
		return nil, err
	}
	f, err := s.File(ctx, pupil)
	if err != nil {
		return nil, err
	}
	var rows []caseRow
	for _, r := range f.Referrals {
		c := caseRow{f.Pupil, r, referral.StateIn(f, r, local, now)}
		if !c.over() || !who.HasLeft(now.Date()) {
			rows = append(rows, c)
		}
	}
	return rows, nil
}

// rank is how far up a referral stands: what is overdue or to be done at once,
// what social care have, drafts, and what is over.
func (c caseRow) rank() int {
	switch {
	case c.over():
		return 3
	case c.pressing():
		return 0
	case c.state.Began != "":
		return 1
	}
	return 2
}

// pressing reports whether something is overdue, or to be done at once.
func (c caseRow) pressing() bool {
	return len(c.state.Due) > 0 && (c.state.Due[0].Overdue || c.state.Due[0].AtOnce)
}

// over reports whether nothing more is due.
func (c caseRow) over() bool {
	return c.state.Stage == referral.Closed || c.state.Stage == referral.NotReferred
}

// asked says what was asked for and what they say they logged; of a draft, what
// we mean to ask for.
func (c caseRow) asked() string {
	s := c.state
	switch {
	case s.Stage == referral.NotReferred:
		return "Decided" + ifText(" by ", c.ref.DecidedBy, "") + ifText(" on ", c.ref.DecidedAt.Date().String(), "") + "."
	case s.Began == "" && c.ref.Level == "":
		return "Begun " + c.ref.CreatedAt.Date().String() + "."
	case s.Began == "":
		return "Begun " + c.ref.CreatedAt.Date().String() + ". We mean to ask for " + s.Asked + "."
	}
	asked := s.Began.Date().String() + ": asked for " + s.Asked + ". "
	if age := s.Unconfirmed.String(); age != "" {
		return asked + age + "."
	}
	return asked + "They logged: " + strings.ToLower(s.LoggedAs.String()) + "."
}

// ended says how a referral that is over came out.
func (c caseRow) ended() string {
	if c.state.Stage == referral.NotReferred {
		return "Not referred: " + c.ref.NotReferred
	}
	said := "They decided on " + c.state.Decision.At.Date().String() + ": " + string(c.state.Decision.Decided()) + "."
	if view := c.state.View; view != records.ViewNone {
		said += " " + view.String() + "."
	}
	return said
}

func (p *referralsPage) show(rows []caseRow) {
	empty(p.list)
	if len(rows) == 0 {
		p.list.Add(card(subheading("There are no referrals yet."),
			prose("Open a pupil and choose “Begin a referral”. The pack is drafted from what is already in the pupil's file."),
			container.NewHBox(newButton("Go to the pupils", func() { p.w.goTo(string(placePupils)) }))))
	}
	for i, r := range rows {
		if r.over() && (i == 0 || !rows[i-1].over()) {
			p.list.Add(subheading("Closed"))
		}
		p.list.Add(p.row(r))
	}
	p.list.Refresh()
}

func (p *referralsPage) row(r caseRow) fyne.CanvasObject {
	fill := palette[colorCard]
	if r.state.Mismatch {
		fill = palette[colorLit]
	}
	if r.pressing() {
		fill = palette[colorLate]
	}
	name := widget.NewLabelWithStyle(r.pupil.Name(), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	name.Truncation = fyne.TextTruncateEllipsis
	open := newIconButton("Open", theme.NavigateNextIcon(), func() { p.w.open(newReferralPage(p.w, r.pupil.ID, r.ref.ID)) })
	next := r.state.Next.What
	if r.over() {
		next = r.ended()
	}
	left := column(-8, name, quiet(r.state.Stage.String()))
	if r.pupil.HasLeft(records.DateOf(p.w.store.Now())) {
		left.Add(quiet("Left " + r.pupil.Left.String()))
	}
	return tinted(fill, container.NewBorder(nil, nil,
		container.New(&fixedWidth{210}, left), container.NewCenter(open),
		column(-8, quiet(r.asked()), plainText(next))))
}
