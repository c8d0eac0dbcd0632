package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

func (d *pupilData) tie(id records.ID) *records.Tie {
	for i := range d.file.Ties {
		if d.file.Ties[i].ID == id {
			return &d.file.Ties[i]
		}
	}
	return nil
}

func (d *pupilData) band(id records.ID) *records.StatusBand {
	for i := range d.file.Bands {
		if d.file.Bands[i].ID == id {
			return &d.file.Bands[i]
		}
	}
	return nil
}

// people shows who is in the child's life, siblings at this school, and the
// help there was by law or plan.
func (p *pupilPage) people() fyne.CanvasObject {
	box := container.New(&stackLayout{gap: 6})
	box.Add(container.NewHBox(
		p.w.writeButton("Add a person", func() { p.writePerson("") }),
		p.w.writeButton("Add a status", func() { p.writeStatus("") })))
	f := p.data.file
	if len(f.Ties) == 0 {
		box.Add(card(prose("Nobody is written down yet. Add who lives with the child, who has parental responsibility, and who could care for them.")))
	}
	for i := range f.Ties {
		box.Add(p.personCard(&f.Ties[i]))
	}
	if len(f.Siblings) > 0 {
		box.Add(subheading("Siblings at this school"))
		for _, s := range f.Siblings {
			b := plain(pupilLabel(s), func() { p.w.open(newPupilPage(p.w, s.ID)) })
			b.Alignment = widget.ButtonAlignLeading
			box.Add(newClipped(b))
		}
	}
	box.Add(subheading("Status"))
	if len(f.Bands) == 0 {
		box.Add(card(prose("No early help, plan or order is written down.")))
	}
	for i := len(f.Bands) - 1; i >= 0; i-- {
		b := &f.Bands[i]
		id := b.ID
		text := container.New(&stackLayout{gap: -14}, prose(bandName(b)), quiet(spanOf(b.From, b.To)+labelled(" Worker: ", b.Worker)))
		past := p.w.earlierButton("What was changed: "+bandName(b), refTo(records.KindStatus, b.Meta))
		box.Add(card(container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(past,
			p.w.writeButton("Correct or end", func() { p.writeStatus(id) }))), text)))
	}
	box.Add(subheading("Who may open this file"))
	box.Add(p.opening())
	if p.w.store.Me.Role.Manages() {
		box.Add(container.NewHBox(plain("Who opened it, and what was done in it", func() { p.w.open(newAuditPageOf(p.w, p.id)) })))
	}
	p.removed(box)
	return box
}

// spanOf says from when to when: "From 3 Mar 2025." or "3 Mar 2025 to 4 Jul
// 2025.".
func spanOf(from, to records.Date) string {
	switch {
	case from == "" && to == "":
		return ""
	case from == "":
		return "Until " + to.String() + "."
	case to == "":
		return "Since " + from.String() + "."
	}
	return from.String() + " to " + to.String() + "."
}

func (p *pupilPage) personCard(t *records.Tie) fyne.CanvasObject {
	person := p.data.file.People[t.Person]
	name := widget.NewLabelWithStyle(person.Name, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	name.Wrapping = fyne.TextWrapWord
	text := container.New(&stackLayout{gap: -14}, name, prose(tieInWords(t, &person)))
	for _, l := range []struct{ label, text string }{
		{"Strength: ", t.Strength}, {"Risk factors: ", t.RiskFactors}, {"", person.Note},
	} {
		if l.text != "" {
			text.Add(prose(l.label + l.text))
		}
	}
	if t.RiskToStaff != "" {
		risk := prose("Risk to staff: " + t.RiskToStaff)
		risk.Importance = widget.DangerImportance
		text.Add(risk)
	}
	id := t.ID
	past := p.w.earlierButton("What was changed: "+person.Name, refTo(records.KindTie, t.Meta), refTo(records.KindPerson, person.Meta))
	return card(container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(past,
		p.w.writeButton("Correct", func() { p.writePerson(id) }))), text))
}

// tieInWords says what a person is to the child, where they live and who is
// responsible.
func tieInWords(t *records.Tie, person *records.Person) string {
	parts := []string{capital(t.Relationship)}
	switch {
	case t.LivesTo != "":
		parts = append(parts, "lived in the household"+labelled(" from ", t.LivesFrom.String())+" until "+t.LivesTo.String())
	case t.InHousehold == records.Yes || t.LivesFrom != "":
		parts = append(parts, "in the household"+labelled(" since ", t.LivesFrom.String()))
	case t.InHousehold == records.No:
		parts = append(parts, "not in the household")
	default:
		parts = append(parts, "household not known")
	}
	switch t.ParentalResponsibility {
	case records.Yes:
		parts = append(parts, "parental responsibility")
	case records.No:
		parts = append(parts, "no parental responsibility")
	default:
		parts = append(parts, "parental responsibility not known")
	}
	if person.Born != "" {
		parts = append(parts, "born "+person.Born.String())
	}
	if person.Phone != "" {
		parts = append(parts, "telephone "+person.Phone)
	}
	return strings.Join(parts, ", ") + "."
}

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

var answers = []records.Answer{records.NotKnown, records.Yes, records.No}

// writePerson opens the form for a person in the child's life and what they are
// to the child; an empty ID adds one.
func (p *pupilPage) writePerson(tie records.ID) {
	t, person, title, key := records.Tie{Pupil: p.id}, records.Person{}, "Add a person", "person of "+string(p.id)
	if old := p.data.tie(tie); old != nil {
		t, person = *old, p.data.file.People[old.Person]
		title, key = "Correct a person", "tie "+string(tie)
	}
	var why string
	var f *form
	store := p.w.store
	f = p.w.newForm(key, "Keep", func() {
		f.submit(func(ctx context.Context) error { return keepTie(ctx, store, person, t, why) }, p.kept("Kept."))
	})
	name := f.line("name", "Name", "Karl Hobson, or only Karl", &person.Name)
	f.box.Add(name)
	if t.ID == "" {
		f.box.Add(p.known(f, &person))
	}
	f.box.Add(row(f.line("relationship", "What is this person to the child?", "mother, stepfather, aunt, social worker", &t.Relationship),
		f.line("phone", "Telephone", "", &person.Phone)))
	f.box.Add(row(choice(f, "in_household", "In the household?", "", answers, &t.InHousehold),
		choice(f, "parental_responsibility", "Parental responsibility?", "", answers, &t.ParentalResponsibility)))
	f.box.Add(row(f.date("lives_from", "Lives there from", &t.LivesFrom), f.date("lives_to", "Until", &t.LivesTo), f.date("born", "Born", &person.Born)))
	f.box.Add(f.text("strength", "What this person does that protects the child", "", 2, &t.Strength))
	f.box.Add(f.text("risk_factors", "Risk factors", "Domestic abuse, substance misuse, offending …", 2, &t.RiskFactors))
	f.box.Add(f.text("risk_to_staff", "What a visitor must know", "", 2, &t.RiskToStaff))
	f.box.Add(choice(f, "knows_of_referral", "Knows of a referral?", "", answers, &t.KnowsOfReferral))
	f.box.Add(f.text("note", "Anything else", "", 2, &person.Note))
	if t.ID != "" {
		f.box.Add(f.line("why", whyChanged, "Such as: moved out on 3 March", &why))
	}
	f.finish(p.shut())
	p.write(title, f)
}

// keepTie keeps a person and what they are to the pupil in one transaction.
// What is wrong with either is told at once.
func keepTie(ctx context.Context, s *records.Store, person records.Person, t records.Tie, why string) error {
	now := records.StampOf(s.Now())
	checked := t
	checked.Person = nameOrID(t.Person)
	if err := bothInvalid(person.Check(now), checked.Check(now)); err != nil {
		return err
	}
	return s.Update(ctx, func(tx *records.Tx) error {
		reason := why
		if reason == "" && t.ID == "" {
			reason = "Written down again with another child."
		}
		if err := tx.Save(&person, reason); err != nil {
			return err
		}
		t.Person = person.ID
		return tx.Save(&t, why)
	})
}

// nameOrID stands in for a person who has no ID until the tie is kept.
func nameOrID(id records.ID) records.ID {
	if id == "" {
		return "new"
	}
	return id
}

// known offers people who are already written down for another child, so that
// siblings share a parent. Choosing one fills in the person.
func (p *pupilPage) known(f *form, person *records.Person) fyne.CanvasObject {
	offer := container.New(&stackLayout{gap: -4})
	var people []records.Person
	store := p.w.store
	load(p.w, func(ctx context.Context) ([]records.Person, error) { return store.People.All(ctx) },
		func(all []records.Person) { people = all })
	name := f.input("name").focus.(*entry)
	typed := name.OnChanged
	name.OnChanged = func(text string) {
		typed(text)
		if text != person.Name {
			*person = records.Person{}
		}
		empty(offer)
		for _, q := range p.alike(people, text) {
			b := newIconButton("Already known: "+personLabel(&q), theme.AccountIcon(), func() {
				*person = q
				name.SetText(q.Name)
				f.input("phone").set(q.Phone)
				f.input("born").set(q.Born.String())
				f.input("note").set(q.Note)
				empty(offer)
				f.box.Refresh()
			})
			b.Alignment = widget.ButtonAlignLeading
			offer.Add(newClipped(b))
		}
		f.box.Refresh()
	}
	return offer
}

// alike returns up to three people whose name begins as typed and who are not
// written down for this child yet.
func (p *pupilPage) alike(people []records.Person, typed string) []records.Person {
	q := records.Fold(strings.TrimSpace(typed))
	var found []records.Person
	for _, person := range people {
		if _, here := p.data.file.People[person.ID]; here || len(q) < 3 || !strings.HasPrefix(records.Fold(person.Name), q) {
			continue
		}
		if found = append(found, person); len(found) == 3 {
			break
		}
	}
	return found
}

// personLabel tells two people of one name apart.
func personLabel(p *records.Person) string {
	return p.Name + labelled(", born ", p.Born.String()) + labelled(", telephone ", p.Phone)
}

var statuses = []records.StatusKind{
	records.EarlyHelp, records.FamilyHelp, records.ChildInNeed, records.ChildProtect, records.LookedAfter, records.WasLookedAfter,
}

// planCategory is a category of a child protection plan.
type planCategory string

func (c planCategory) String() string {
	if c == "" {
		return "None"
	}
	return capital(string(c))
}

// planCategories returns what can be chosen, first that there is none.
func planCategories() []planCategory {
	all := []planCategory{""}
	for _, c := range records.BandCategories() {
		all = append(all, planCategory(c))
	}
	return all
}

// writeStatus opens the form for help by law or plan; an empty ID adds one.
func (p *pupilPage) writeStatus(id records.ID) {
	b, title, key := records.StatusBand{Pupil: p.id}, "Add a status", "status of "+string(p.id)
	if old := p.data.band(id); old != nil {
		b, title, key = *old, "Correct or end a status", "status "+string(id)
	}
	var why string
	category := planCategory(b.Category)
	var f *form
	store := p.w.store
	f = p.w.newForm(key, "Keep", func() {
		f.submit(func(ctx context.Context) error {
			saved := b
			saved.Category = string(category)
			return store.Bands.Save(ctx, &saved, why)
		}, p.kept("Kept."))
	})
	f.box.Add(row(choice(f, "status", "Status", "Choose", statuses, &b.Status),
		choice(f, "category", "Category of a child protection plan", "None", planCategories(), &category)))
	f.box.Add(row(f.date("from", "From", &b.From), f.date("to", "Until (empty while it lasts)", &b.To)))
	f.box.Add(f.line("worker", "Allocated worker", "Name, role, telephone", &b.Worker))
	if b.ID != "" {
		f.box.Add(f.line("why", "Why is this changed?", "Such as: plan closed at review", &why))
	}
	f.finish(p.shut())
	p.write(title, f)
}
