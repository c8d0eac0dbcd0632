package ui

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/procedures"
)

// Preferences hold nothing but how the window behaves on this computer.
const (
	prefIdle  = "idleMinutes"
	prefScale = "textSize"
)

var idleChoices = []int{2, 5, 10, 15}

func idleLimit(app fyne.App) time.Duration {
	return time.Duration(app.Preferences().IntWithFallback(prefIdle, 5)) * time.Minute
}

// textSizes are the sizes of text that are offered, in percent.
var textSizes = []int{90, 100, 115, 130, 150}

// ApplyTextSize makes Fyne draw in the size chosen on the settings page. It
// must be called before the window is made, and leaves alone a size that was
// set from outside.
func ApplyTextSize(app fyne.App) error {
	size := app.Preferences().IntWithFallback(prefScale, 100)
	if size == 100 || os.Getenv("FYNE_SCALE") != "" {
		return nil
	}
	return os.Setenv("FYNE_SCALE", strconv.FormatFloat(float64(size)/100, 'f', 2, 64))
}

// settingsPage holds what belongs to the school and to this computer.
type settingsPage struct {
	w          *Window
	school     records.School
	name       *entry
	dfe        *entry
	address    *entry
	phone      *entry
	email      *entry
	door       *entry
	night      *entry
	procedures *selectBox
	names      []string
	about      *widget.Label
	fields     map[string]*field
	saved      *widget.Label
	past       *fyne.Container // the button to what stood here before
	doors      *fyne.Container // the numbers of the front door
	draft      *draft
	start      formText // what is kept
	loaded     bool
	members    *membersCard // nil for who does not decide about members
	backups    *backupForm  // nil for who makes none
	terms      *widget.Label
	local      *widget.Label // what is followed of local procedures
	box        fyne.CanvasObject
}

// settingsData is what the settings page shows.
type settingsData struct {
	school     records.School
	members    []memberRow
	procedures []*procedures.Procedures
	names      []string
	titles     []string
	followed   procedures.Followed
	backups    copies
	calendar   records.Calendar
}

func newSettingsPage(w *Window) *settingsPage {
	p := &settingsPage{w: w, name: w.newEntry(""), dfe: w.newEntry("925/4001"), address: w.newText("", 2), phone: w.newEntry(""), email: w.newEntry(""), door: w.newEntry(""), night: w.newEntry("")}
	p.draft = w.newDraft("settings", p.typed)
	p.procedures = newSelect(nil, func(string) { p.edited() })
	p.about, p.saved, p.past = quiet(""), quiet(""), container.NewHBox()
	p.fields = map[string]*field{
		"name": newField("School", p.name), "dfe_number": newField("DfE number", p.dfe), "address": newField("Address", p.address),
		"front_door": newField("Front door of social care: telephone", p.door).hint("Used as long as the local procedures hold no number."), "out_of_hours": newField("Out of hours: telephone", p.night),
		"phone": newField("Telephone", p.phone), "email": newField("Secure e-mail for safeguarding", p.email),
	}
	for _, e := range p.entries() {
		e.OnChanged = func(string) { p.edited() }
	}
	p.doors = sideBySide(p.fields["front_door"], p.fields["out_of_hours"])
	school := card(subheading("The school"), p.fields["name"],
		sideBySide(p.fields["dfe_number"], p.fields["phone"], p.fields["email"]),
		p.fields["address"], newField("Local procedures", p.procedures), p.about,
		p.doors,
		container.NewHBox(primary("Save", p.save), p.past, p.saved))
	cards := column(10)
	role := w.store.Me.Role
	if role.Writes() {
		cards.Add(school)
		cards.Add(p.proceduresCard())
		cards.Add(p.calendarCard())
	}
	if role.KeepsSafe() {
		p.backups = newBackupForm(w)
		cards.Add(p.backups.content())
	}
	cards.Add(p.passphrase())
	if role.Manages() {
		p.members = newMembersCard(w)
		cards.Add(p.members.box)
		cards.Add(card(subheading("Audit trail"), plainText("Who saved, opened and exported what, and when somebody could not unlock."),
			container.NewHBox(newButton("Audit trail", func() { w.open(newAuditPage(w)) }))))
	}
	cards.Add(p.computer())
	p.box = pageFrame(w, heading("Settings"), cards)
	return p
}

func (p *settingsPage) entries() map[string]*entry {
	return map[string]*entry{"name": p.name, "dfe_number": p.dfe, "address": p.address, "phone": p.phone, "email": p.email,
		"front_door": p.door, "out_of_hours": p.night}
}

func (p *settingsPage) place() place                       { return placeSettings }
func (p *settingsPage) content() fyne.CanvasObject         { return p.box }
func (p *settingsPage) leave() func(context.Context) error { return p.draft.leave() }

func (p *settingsPage) open() {
	if p.w.store.Me.Role.Writes() {
		load(p.w, p.load, p.show)
	} else if p.backups != nil {
		p.backups.open()
	}
}

func (p *settingsPage) load(ctx context.Context) (*settingsData, error) {
	school, err := p.w.store.School(ctx)
	if err != nil {
		return nil, err
	}
	d := &settingsData{school: school}
	if d.calendar, err = p.w.store.Calendar(ctx); err != nil {
		return nil, err
	}
	if p.members != nil {
		if d.members, err = p.members.load(ctx); err != nil {
			return nil, err
		}
	}
	if d.backups, err = p.w.backups().state(ctx); err != nil {
		return nil, err
	}
	if d.followed, err = procedures.InForce(ctx, p.w.store); err != nil {
		return nil, err
	}
	return d, p.loadProcedures(d)
}

// loadProcedures reads what the school can choose to follow.
func (p *settingsPage) loadProcedures(d *settingsData) error {
	folder := procedures.Beside(p.w.store.Path())
	all, err := folder.Names()
	if err != nil {
		return err
	}
	if own := d.school.Procedures; own != "" && !slices.ContainsFunc(all, func(l procedures.Listed) bool { return l.Name == own }) {
		all = append(all, procedures.Listed{Name: own, Title: own}) // its file was left behind; the choice stays
	}
	for _, l := range all {
		local, err := procedures.LoadFrom(folder.Path(), l.Name, records.DateOf(p.w.store.Now()))
		if err != nil {
			return err
		}
		d.names, d.titles, d.procedures = append(d.names, l.Name), append(d.titles, listedTitle(l)), append(d.procedures, local.Procedures)
	}
	return nil
}

func (p *settingsPage) show(d *settingsData) {
	if p.members != nil {
		p.members.show(d.members)
	}
	p.school, p.names = d.school, d.names
	p.backups.show(d.backups)
	p.tellTerms(d)
	p.tellLocal(d.followed)
	p.procedures.Options = nil
	at := 0
	for i, title := range d.titles {
		p.procedures.Options = append(p.procedures.Options, title)
		if d.names[i] == d.school.Procedures || d.school.Procedures == "" && d.names[i] == "default" {
			at = i
		}
	}
	p.procedures.SetSelectedIndex(at)
	p.fill(formText{"name": d.school.Name, "dfe_number": d.school.DfENumber, "address": d.school.Address, "phone": d.school.Phone, "email": d.school.Email,
		"front_door": d.school.FrontDoor, "out_of_hours": d.school.OutOfHours})
	p.loaded = true
	p.showDoor()
	p.showPast()
	p.start = p.text()
	p.tell(d.procedures)
	p.procedures.OnChanged = func(string) { p.tell(d.procedures); p.edited() }
	p.draft.restore(func(t formText, at records.Stamp) {
		p.fill(t)
		p.showDoor()
		p.saved.SetText("What you changed by " + at.String() + " is back. It is not saved yet.")
	})
}

// showDoor shows the numbers of the front door where a record holds them here.
// They are entered with the local procedures, and stand there as they do in the
// directory of the area.
func (p *settingsPage) showDoor() {
	kept := p.door.Text != "" || p.night.Text != ""
	show(p.doors, kept)
}

// showPast offers what stood here before.
func (p *settingsPage) showPast() {
	p.past.Objects = []fyne.CanvasObject{p.w.earlierButton("Earlier details of the school", refTo(records.KindSchool, p.school.Meta))}
	p.past.Refresh()
}

// tell says whose procedures are chosen and how old they are.
func (p *settingsPage) tell(all []*procedures.Procedures) {
	i := p.procedures.SelectedIndex()
	if i < 0 {
		return
	}
	p.about.SetText("Source: " + all[i].Source + ". Compare clocks and ladder with your partnership's current edition before you rely on them. What is not known in them yet stands under Edit local procedures.")
}

// typed returns what differs from what is kept.
func (p *settingsPage) typed() formText { return p.text().since(p.start) }

// text returns what stands in the form.
func (p *settingsPage) text() formText {
	t := formText{}
	for name, e := range p.entries() {
		t[name] = e.Text
	}
	t["procedures"] = p.procedures.Selected
	return t
}

func (p *settingsPage) fill(t formText) {
	for name, e := range p.entries() {
		if text, ok := t[name]; ok {
			e.SetText(text)
		}
	}
	if t["procedures"] != "" {
		p.procedures.SetSelected(t["procedures"])
	}
}

func (p *settingsPage) edited() {
	if p.loaded {
		p.saved.SetText("")
		p.draft.changed()
	}
}

func (p *settingsPage) save() {
	if !p.loaded {
		return
	}
	for _, f := range p.fields {
		f.says("")
	}
	for name, e := range p.entries() {
		if e.strip() {
			p.fields[name].says(spoiled)
			return
		}
	}
	school := p.school
	school.Name, school.DfENumber, school.Address = p.name.clean(), p.dfe.clean(), p.address.clean()
	school.Phone, school.Email = p.phone.clean(), p.email.clean()
	school.FrontDoor, school.OutOfHours = p.door.clean(), p.night.clean()
	school.Procedures = p.names[p.procedures.SelectedIndex()]
	store := p.w.store
	save(p.w, func(ctx context.Context) error {
		return store.Schools.Save(ctx, &school, "Changed on the settings page.")
	}, func(err error) {
		if p.w.explain(err, p.fields) {
			return
		}
		p.school = school
		p.showPast()
		p.draft.drop()
		p.draft = p.w.newDraft("settings", p.typed)
		p.start = p.text()
		p.saved.SetText("Saved.")
	})
}

// passphrase is the card on which a member changes their passphrase.
func (p *settingsPage) passphrase() fyne.CanvasObject {
	fresh, again := p.w.newSecret(""), p.w.newSecret("")
	fFresh, fAgain := newField("New passphrase", fresh), newField("The same again", again)
	me := p.w.store.Me.Name
	p.w.tellStrength(fFresh, fresh, fourWords, func() []string { return []string{me} })
	done := quiet("")
	change := func() {
		done.SetText("")
		problem := passphraseProblem(fresh.Text, me, p.school.Name)
		fFresh.says(problem)
		fAgain.says("")
		if problem != "" {
			return
		}
		if fresh.Text != again.Text {
			fAgain.says("The two passphrases differ. Type the second one again.")
			return
		}
		store, secret := p.w.store, []byte(fresh.Text)
		save(p.w, func(ctx context.Context) error { return store.SetPassphrase(ctx, secret) }, func(err error) {
			if p.w.explain(err, map[string]*field{"passphrase": fFresh}) {
				return
			}
			fresh.SetText("")
			again.SetText("")
			done.SetText("Changed. The old passphrase no longer opens this file.")
		})
	}
	again.OnSubmitted = func(string) { change() }
	return card(subheading("Your passphrase"), sideBySide(fFresh, fAgain),
		container.NewHBox(newButton("Change the passphrase", change), done))
}

// computer is the card of what is remembered on this computer alone.
func (p *settingsPage) computer() fyne.CanvasObject {
	prefs := p.w.app.Preferences()
	idle := newSelect(nil, nil)
	for _, m := range idleChoices {
		idle.Options = append(idle.Options, fmt.Sprintf("after %d minutes", m))
		if m == int(p.w.limit/time.Minute) {
			idle.SetSelectedIndex(len(idle.Options) - 1)
		}
	}
	idle.OnChanged = func(string) {
		m := idleChoices[idle.SelectedIndex()]
		prefs.SetInt(prefIdle, m)
		p.w.limit = time.Duration(m) * time.Minute
		p.w.touch()
	}
	size := newSelect(nil, nil)
	for _, s := range textSizes {
		size.Options = append(size.Options, fmt.Sprintf("%d %%", s))
		if s == prefs.IntWithFallback(prefScale, 100) {
			size.SetSelectedIndex(len(size.Options) - 1)
		}
	}
	size.OnChanged = func(string) { prefs.SetInt(prefScale, textSizes[size.SelectedIndex()]) }
	return card(subheading("This computer"),
		sideBySide(
			newField("Lock when nobody uses it", idle),
			newField("Text size", size).hint("From the next start of Throughline.")),
		prose("The record is in "+p.w.store.Path()+"."))
}
