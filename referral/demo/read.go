package demo

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/BurntSushi/toml"

	"throughline/assets"
	"throughline/records"
	"throughline/referral/procedures"
)

// table is a TOML table that becomes a record. Its keys are the JSON names of
// the record's fields and the few words that say when and by whom it was
// written:
//
//	at        when it happened (see days.find); without it, when the school began to keep records
//	late      by how many school days it was written up late
//	writer    the member who wrote it up; otherwise the deputy of the phase or the DSL
//	label     a name by which others refer to it
//	precision of a concern: the day without a time
//	change    later versions: at (counted from the record), why, and the fields that change
//	plan      of a concern: the monitoring that answers it; did and halfway say what came of its actions
//	action    of a concern: what somebody has to do
//	result_at of a support: when its result was written up; outcome_at of a concern: its outcome
//	written   of the change that sends a referral: what the writer set into the pack
//	person    of a tie: the person, where they are not kept already under a label
//	head      of a document: the heading of the letter
//	text      of a document: its paragraphs
type table map[string]any

// text takes a word out of the table. What is no text stays in, and is refused
// when the record is filled.
func (t table) text(key string) string {
	s, ok := t[key].(string)
	if ok {
		delete(t, key)
	}
	return s
}

// number takes a whole number out of the table.
func (t table) number(key string) int {
	n, ok := t[key].(int64)
	if ok {
		delete(t, key)
	}
	return int(n)
}

// list takes an array of texts out of the table, which was expanded.
func (t table) list(key string) []string {
	list, ok := t[key].([]any)
	if ok {
		delete(t, key)
	}
	var out []string
	for _, x := range list {
		out = append(out, fmt.Sprint(x))
	}
	return out
}

// tables takes an array of tables out of the table.
func (t table) tables(key string) []table {
	list, ok := t[key].([]map[string]any)
	if ok {
		delete(t, key)
	}
	var out []table
	for _, m := range list {
		out = append(out, m)
	}
	return out
}

// read works the demo school out for one day.
func read(asOf time.Time) (*diary, error) {
	day := records.DateOf(asOf)
	rng := rand.New(rand.NewPCG(seed, seed))
	d := &diary{days: newDays(day, calendar(day), rng), rng: rng, entries: map[string]*entry{}, sums: map[records.ID]string{}}
	if err := d.readSchool(); err != nil {
		return nil, err
	}
	pupils, err := readPupils()
	if err != nil {
		return nil, err
	}
	for i, p := range pupils {
		if err := d.enrol(p, i+1); err != nil {
			return nil, err
		}
	}
	for _, p := range pupils {
		if err := d.lay(p); err != nil {
			return nil, fmt.Errorf("%s: %w", p.key, err)
		}
	}
	if err := d.sessions(); err != nil {
		return nil, err
	}
	d.moveUp(pupils)
	slices.SortStableFunc(d.saves, func(a, b save) int { return a.at.Compare(b.at) })
	return d, nil
}

// readSchool reads school.toml and puts what a school starts with first into
// the diary: its other members.
func (d *diary) readSchool() error {
	var file struct {
		School struct{ Name, DfENumber, Address, Phone, Email, LocalAuthority, Procedures string }
		Member []struct{ Key, Name, Role, Email, Phone string }
	}
	meta, err := toml.DecodeFS(assets.Demo, "demo/school.toml", &file)
	if err != nil {
		return err
	}
	if rest := meta.Undecoded(); len(rest) > 0 {
		return fmt.Errorf("school.toml: %v is not known", rest)
	}
	s := file.School
	d.school = records.School{
		Name: s.Name, DfENumber: s.DfENumber, Address: s.Address, Phone: s.Phone, Email: s.Email,
		LocalAuthority: s.LocalAuthority, Procedures: s.Procedures,
		LowestYear: "R", TopYear: "11", RolledOver: schoolYear(d.days.asOf), // the diary moves the pupils up itself
	}
	if d.local, err = procedures.Load(s.Procedures); err != nil {
		return err
	}
	d.members = map[string]records.Member{}
	for _, m := range file.Member {
		d.members[m.Key] = records.Member{Name: m.Name, Role: records.Role(m.Role), Email: m.Email, Phone: m.Phone}
		if m.Key == owner {
			continue // makes the vault
		}
		d.add(d.days.start(), owner, func(tx *records.Tx) error {
			saved := d.members[m.Key]
			err := tx.Save(&saved, "")
			d.members[m.Key] = saved
			return err
		})
	}
	return nil
}

// pupil is a pupil's part of the data.
type pupil struct {
	key  string
	year int // 0 for reception, on the day the school is made
	form string
	by   string // the deputy of the phase
	rec  *records.Pupil
	id   *records.ID
	at   moment // when what was known of them at first was written up
	body table
}

// readPupils reads every file of pupils, in order of name.
func readPupils() ([]*pupil, error) {
	names, err := fs.Glob(assets.Demo, "demo/*.toml")
	if err != nil {
		return nil, err
	}
	var all []*pupil
	for _, name := range names {
		if name == "demo/school.toml" || name == sessionsFile {
			continue
		}
		file := table{}
		if _, err := toml.DecodeFS(assets.Demo, name, &file); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		tables := file.tables("pupil")
		for k := range file {
			return nil, fmt.Errorf("%s: %q is not known", name, k)
		}
		for _, t := range tables {
			p := &pupil{body: t, by: primary}
			p.key, p.year, p.form = p.body.text("key"), p.body.number("year"), p.body.text("class")
			if p.year > 6 {
				p.by = secondary
			}
			all = append(all, p)
		}
	}
	return all, nil
}

// records of a pupil's part, in the order in which those of one moment are saved.
var kinds = []records.Kind{
	records.KindStatus, records.KindTie, records.KindConcern, records.KindSupport, records.KindAction,
	records.KindReferral, records.KindReply, records.KindChallenge, records.KindRung, records.KindDisclosure,
	records.KindMeeting, records.KindImpact, records.KindDocument,
}

// enrol lays the pupil's own record into the diary. Birth date, UPN, year
// group and, for most, the day of joining follow from the year they are in on
// the day the school is made.
func (d *diary) enrol(p *pupil, serial int) error {
	t := table{}
	for k, v := range p.body {
		if !slices.Contains(kinds, records.Kind(k)) {
			t[k] = v
			delete(p.body, k)
		}
	}
	this := schoolYear(d.days.asOf)
	entry := this - p.year // the autumn of reception
	born := strconv.Itoa(entry-4) + "-" + t.text("birthday")
	if born[5:] >= "09-01" {
		born = strconv.Itoa(entry-5) + born[4:]
	}
	joined := newTermOf(entry)
	if spec := t.text("joined"); spec != "" {
		m, err := d.days.find(spec, "")
		if err != nil {
			return fmt.Errorf("%s: %w", p.key, err)
		}
		joined = m.day
	}
	t["label"], t["born"], t["joined"] = p.key, born, string(joined)
	t["upn"] = upn(entry, serial)
	at := moment{}
	if start := records.DateOf(d.days.start()); joined > start {
		at = moment{min(joined, d.days.last()), "08:00"}
	}
	t["year_group"], t["form"] = p.group(schoolYear(max(at.day, records.DateOf(d.days.start()))) - this)
	e, err := d.note(records.KindPupil, t, owner, at)
	if err != nil {
		return fmt.Errorf("%s: %w", p.key, err)
	}
	p.rec, p.id = e.rec.(*records.Pupil), e.id
	if at.day != "" {
		p.at = moment{at.day, "08:30"}
	}
	return nil
}

// group returns year group and form so many years later; in the past, n is
// negative.
func (p *pupil) group(n int) (year, form string) {
	if p.year+n <= 0 {
		return "R", "R" + p.form
	}
	year = strconv.Itoa(p.year + n)
	return year, year + p.form
}

// newTermOf returns the first day for pupils in the autumn of a year.
func newTermOf(year int) records.Date {
	terms, _ := termsOf(year)
	return terms[0].From.AddDays(2)
}

// moveUp lays the start of each school year into the diary: everybody is a
// year further up.
func (d *diary) moveUp(pupils []*pupil) {
	this := schoolYear(d.days.asOf)
	for _, n := range []int{-1, 0} {
		day := newTermOf(this + n)
		if day <= records.DateOf(d.days.start()) || day >= d.days.asOf {
			continue
		}
		d.add(moment{day, "07:40"}.time(), owner, func(tx *records.Tx) error {
			for _, p := range pupils {
				if p.rec.ID == "" || p.rec.Left != "" {
					continue
				}
				p.rec.YearGroup, p.rec.Form = p.group(n)
				if err := tx.Save(p.rec, "New school year: year group and form."); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// lay puts everything about a pupil into the diary.
func (d *diary) lay(p *pupil) error {
	for _, kind := range kinds {
		for _, t := range p.body.tables(string(kind)) {
			t["pupil"] = p.id
			if err := d.put(kind, t, p); err != nil {
				return err
			}
		}
	}
	for k := range p.body {
		return fmt.Errorf("%q is no kind of record", k)
	}
	return nil
}

// put puts one record of a pupil into the diary.
func (d *diary) put(kind records.Kind, t table, p *pupil) error {
	if kind == records.KindDocument {
		return d.letter(t, p.by)
	}
	_, err := d.note(kind, t, p.by, p.at)
	return err
}

// upn returns a unique pupil number of the demo school: check letter, 925 for
// Lincolnshire, the school's number, the year of joining and a serial number.
// Its first characters are of no school that there is.
func upn(year, serial int) string {
	digits := fmt.Sprintf("9254999%02d%03d", year%100, serial)
	for _, letter := range "ABCDEFGHJKLMNPQRTUVWXYZ" {
		if s := string(letter) + digits; records.CheckUPN(s) == nil {
			return s
		}
	}
	panic("every number has a check letter")
}
