package ui

import (
	"context"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"throughline/records"
)

// auditPage shows the audit trail, the newest entry first.
type auditPage struct {
	w        *Window
	member   *selectBox
	act      *selectBox
	pupil    *pupilPicker
	from, to *dateEntry
	list     *fyne.Container
	more     *button
	box      fyne.CanvasObject

	filter  records.AuditFilter // of what is shown
	names   auditNames
	members []records.Member // in the order of the list to choose from
}

// auditNames is whom the ids of the trail stand for, on the screen alone.
type auditNames struct {
	members map[records.ID]string
	pupils  map[records.ID]string
	asked   map[records.ID]string // who asked for a removal, by the request
}

// auditData is what the page shows at first.
type auditData struct {
	members []records.Member
	names   auditNames
	pupils  []records.Pupil
	entries []records.AuditEntry
}

// auditPageSize is how many entries are shown at once.
const auditPageSize = 100

// auditActs are the acts to choose from.
var auditActs = []struct {
	act  records.Act
	name string
}{
	{"", "Anything"},
	{records.ActSave, "Saved"},
	{records.ActView, "Opened a file"},
	{records.ActExport, "Exported"},
	{records.ActRemove, "Removed"},
	{records.ActUnlock, "Unlocked"},
	{records.ActFailed, "Failed to unlock"},
	{records.ActPassphrase, "Changed a passphrase"},
	{records.ActRecovery, "Made a new recovery key"},
	{records.ActBackup, "Made a backup"},
	{records.ActBackupFailed, "Failed to make a backup"},
	{records.ActRestore, "Restored a backup"},
}

// newAuditPageOf returns the trail of one pupil's file: who opened it, and what
// was done in it.
func newAuditPageOf(w *Window, pupil records.ID) *auditPage {
	p := newAuditPage(w)
	p.filter.Pupil, p.pupil.chosen = pupil, pupil
	return p
}

func newAuditPage(w *Window) *auditPage {
	p := &auditPage{w: w, list: column(-8), from: w.newDateEntry("From", false), to: w.newDateEntry("Until", false)}
	p.filter.Limit = auditPageSize
	p.member = newSelect([]string{"Anybody"}, nil)
	p.member.SetSelectedIndex(0)
	p.act = newSelect(nil, nil)
	for _, a := range auditActs {
		p.act.Options = append(p.act.Options, a.name)
	}
	p.act.SetSelectedIndex(0)
	p.pupil = newPupilPicker(w)
	p.pupil.changed = p.chosePupil
	p.member.OnChanged = func(string) { p.choose() }
	p.act.OnChanged = func(string) { p.choose() }
	p.from.date.OnSubmitted = func(string) { p.choose() }
	p.to.date.OnSubmitted = func(string) { p.choose() }
	p.more = newButton("More", p.fetchMore)
	p.more.Hide()
	buttons := container.New(&stackLayout{gap: -2}, plainText(""), container.NewHBox(layout.NewSpacer(), newButton("Show this period", p.choose),
		newButton("Export …", p.export)))
	title := container.NewBorder(nil, nil, nil, plain(backLabel, func() { w.goTo(string(placeSettings)) }), heading("Audit trail"))
	p.box = pageFrame(w, title, column(10,
		card(sideBySide(newField("Who", p.member), newField("Did what", p.act), p.from.field, p.to.field),
			sideBySide(newField("In whose file", p.pupil.box), buttons)),
		card(p.list, container.NewHBox(p.more)),
		newVerifier(w).box))
	return p
}

func (p *auditPage) place() place                       { return placeSettings }
func (p *auditPage) content() fyne.CanvasObject         { return p.box }
func (p *auditPage) leave() func(context.Context) error { return nil }

func (p *auditPage) open() {
	f, store := p.filter, p.w.store
	load(p.w, func(ctx context.Context) (*auditData, error) { return loadAudit(ctx, store, f) }, p.show)
}

// loadAudit reads whom the trail can name and its newest entries. It touches no
// widget.
func loadAudit(ctx context.Context, s *records.Store, f records.AuditFilter) (*auditData, error) {
	members, err := s.Members.All(ctx)
	if err != nil {
		return nil, err
	}
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		return nil, err
	}
	d := &auditData{members: members, pupils: pupils, names: auditNames{map[records.ID]string{}, map[records.ID]string{}, map[records.ID]string{}}}
	for _, m := range members {
		d.names.members[m.ID] = m.Name
	}
	for _, k := range pupils {
		d.names.pupils[k.ID] = k.Name()
	}
	requests, err := s.Removals.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range requests {
		d.names.asked[r.ID] = d.names.members[r.Asker()]
	}
	d.entries, err = s.Audit(ctx, f)
	return d, err
}

func (p *auditPage) show(d *auditData) {
	p.names, p.members = d.names, d.members
	for _, m := range d.members {
		p.member.Options = append(p.member.Options, m.Name)
	}
	p.member.Refresh()
	p.pupil.offer(d.pupils)
	p.fill(d.entries)
}

// chosePupil shows the trail of a file once it is chosen, and of all of them
// once the field is empty: not while a name is half typed.
func (p *auditPage) chosePupil() {
	if p.pupil.chosen != p.filter.Pupil && (p.pupil.chosen != "" || p.pupil.entry.Text == "") {
		p.choose()
	}
}

// choose reads the filter and shows what it finds.
func (p *auditPage) choose() {
	f := records.AuditFilter{Limit: auditPageSize, Act: auditActs[max(0, p.act.SelectedIndex())].act, Pupil: p.pupil.chosen}
	if i := p.member.SelectedIndex(); i > 0 && i <= len(p.members) {
		f.Member = p.members[i-1].ID
	}
	var errFrom, errTo error
	f.From, errFrom = p.from.day()
	f.To, errTo = p.to.day()
	switch {
	case errFrom != nil || errTo != nil:
		return // said beside the dates
	case f.To != "" && f.To < f.From:
		p.to.says("The last day is before the first. Check both dates.")
		return
	}
	p.filter = f
	store := p.w.store
	load(p.w, func(ctx context.Context) ([]records.AuditEntry, error) { return store.Audit(ctx, f) },
		func(list []records.AuditEntry) {
			if p.filter == f { // nobody chose anything else meanwhile
				empty(p.list)
				p.fill(list)
			}
		})
}

func (p *auditPage) fetchMore() {
	f, store := p.filter, p.w.store
	p.more.Disable()
	background(p.w, func(ctx context.Context) ([]records.AuditEntry, error) { return store.Audit(ctx, f) },
		func(list []records.AuditEntry, err error) {
			p.more.Enable()
			p.w.complain(err)
			if err == nil && p.filter == f {
				p.fill(list)
			}
		})
}

// fill adds entries below those that are shown.
func (p *auditPage) fill(list []records.AuditEntry) {
	for _, a := range list {
		at := container.New(&fixedWidth{170}, quiet(a.At.String()))
		p.list.Add(container.NewBorder(nil, nil, at, nil, quiet(p.names.line(a))))
		p.filter.Before = a.Seq
	}
	if len(p.list.Objects) == 0 {
		p.list.Add(plainText("There is no such entry."))
	}
	show(p.more, len(list) == auditPageSize)
	p.list.Refresh()
}

// export writes what is chosen to a file that names no pupil.
func (p *auditPage) export() {
	f, store := p.filter, p.w.store
	f.Before = 0
	p.w.saveFile("audit trail "+string(records.DateOf(p.w.now()))+".csv", func(ctx context.Context, path string) error {
		return exportAudit(ctx, store, f, path)
	})
}

func exportAudit(ctx context.Context, s *records.Store, f records.AuditFilter, path string) error {
	_, err := s.Export(ctx, "", "audit trail", path, func(out io.Writer) error { return s.WriteAudit(ctx, out, f) })
	return err
}
