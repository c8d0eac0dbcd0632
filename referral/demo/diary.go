package demo

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"throughline/records"
	"throughline/records/vault"
	"throughline/referral/procedures"
)

// cost makes guessing the passphrase cheap: everybody knows it.
var cost = vault.Cost{MemoryKiB: 8 << 10, Passes: 1}

// seed fixes what the data leaves open.
const seed = 925_4999

// The keys of the members in school.toml who write.
const (
	owner     = "dsl"
	primary   = "deputy-primary"
	secondary = "deputy-secondary"
)

// diary is the demo school worked out for one day: what is saved, when and by
// whom, in order of time.
type diary struct {
	days    *days
	rng     *rand.Rand
	school  records.School
	local   *procedures.Procedures
	members map[string]records.Member
	saves   []save
	entries map[string]*entry     // by label
	sums    map[records.ID]string // SHA-256 of the PDF that was sent, by referral
}

// save keeps one record, or one version of it, at one moment.
type save struct {
	at     time.Time
	by     string // key of the member
	do     func(tx *records.Tx) error
	before func(ctx context.Context, store *records.Store) error // nil, or what has to be read first
}

// entry is a record that others may refer to by its label.
type entry struct {
	rec records.Record
	id  *records.ID
	day records.Date
}

func newEntry(kind records.Kind) *entry {
	switch kind {
	case records.KindPupil:
		r := new(records.Pupil)
		return &entry{rec: r, id: &r.ID}
	case records.KindPerson:
		r := new(records.Person)
		return &entry{rec: r, id: &r.ID}
	case records.KindTie:
		r := new(records.Tie)
		return &entry{rec: r, id: &r.ID}
	case records.KindStatus:
		r := new(records.StatusBand)
		return &entry{rec: r, id: &r.ID}
	case records.KindConcern:
		r := new(records.Concern)
		return &entry{rec: r, id: &r.ID}
	case records.KindAction:
		r := new(records.Action)
		return &entry{rec: r, id: &r.ID}
	case records.KindMonitoring:
		r := new(records.Monitoring)
		return &entry{rec: r, id: &r.ID}
	case records.KindSupport:
		r := new(records.Support)
		return &entry{rec: r, id: &r.ID}
	case records.KindReferral:
		r := new(records.Referral)
		return &entry{rec: r, id: &r.ID}
	case records.KindReply:
		r := new(records.Reply)
		return &entry{rec: r, id: &r.ID}
	case records.KindChallenge:
		r := new(records.Challenge)
		return &entry{rec: r, id: &r.ID}
	case records.KindRung:
		r := new(records.Rung)
		return &entry{rec: r, id: &r.ID}
	case records.KindDisclosure:
		r := new(records.Disclosure)
		return &entry{rec: r, id: &r.ID}
	case records.KindMeeting:
		r := new(records.Meeting)
		return &entry{rec: r, id: &r.ID}
	case records.KindImpact:
		r := new(records.Impact)
		return &entry{rec: r, id: &r.ID}
	case records.KindDocument:
		r := new(records.Document)
		return &entry{rec: r, id: &r.ID}
	case records.KindSupervision:
		r := new(records.Supervision)
		return &entry{rec: r, id: &r.ID}
	case records.KindChildNote:
		r := new(records.ChildNote)
		return &entry{rec: r, id: &r.ID}
	}
	return nil
}

// fill sets the fields of a record that the table names, by their JSON names.
// A name that the record does not have is an error.
func (e *entry) fill(t table) error {
	body, err := json.Marshal(t)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	return dec.Decode(e.rec)
}

// note lays a record and its later versions into the diary. base is what its
// day counts from, for a record that hangs on another.
func (d *diary) note(kind records.Kind, t table, by string, base moment) (*entry, error) {
	e := newEntry(kind)
	changes := t.tables("change")
	switch kind {
	case records.KindConcern:
		changes = outcomeLater(t, changes)
	case records.KindSupport:
		changes = resultLater(t, changes)
	}
	plans := t.tables("plan")
	actions := t.tables("action")
	by = cmp.Or(t.text("writer"), d.writer(by))
	late := t.number("late")
	m := base
	var err error
	if spec := t.text("at"); spec != "" {
		if m, err = d.find(spec, base.day); err != nil {
			return nil, err
		}
	}
	e.day = m.day
	if label := t.text("label"); label != "" {
		if d.entries[label] != nil {
			return nil, fmt.Errorf("label %q is used twice", label)
		}
		d.entries[label] = e
	}
	at := d.days.start()
	if m.day != "" {
		if late == 0 && kind == records.KindConcern && d.rng.IntN(14) == 0 {
			late = 1 + d.rng.IntN(3)
		}
		at = d.days.written(d.told(kind, t, m), late, kind != records.KindConcern)
	}
	if person, ok := t["person"].(map[string]any); ok {
		t["person"] = d.meet(person, m, at, by)
	}
	d.defaults(kind, t, m, by)
	d.add(at, by, func(tx *records.Tx) error { return d.save(tx, e, t, m, "") })
	if err := d.change(e, changes, by, m, at); err != nil {
		return nil, err
	}
	for _, a := range actions {
		a["concern"] = e.id
		a["pupil"] = t["pupil"]
		if _, err := d.note(records.KindAction, a, by, m); err != nil {
			return nil, err
		}
	}
	for _, p := range plans {
		if err := d.plan(e, p, t["pupil"], by, m, at); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// find reads when something happened as days.find does, and so many school days
// after another entry: @label+1 10:15.
func (d *diary) find(spec string, base records.Date) (moment, error) {
	label, after, found := strings.Cut(strings.TrimPrefix(spec, "@"), "+")
	if !strings.HasPrefix(spec, "@") || !found {
		return d.days.find(spec, base)
	}
	e := d.entries[label]
	if e == nil {
		return moment{}, fmt.Errorf("there is no entry %q before this one", label)
	}
	return d.days.find("+"+after, e.day)
}

// meet lays the person of a tie into the diary and returns their id, which is
// there once they are saved.
func (d *diary) meet(t table, m moment, at time.Time, by string) *records.ID {
	e := newEntry(records.KindPerson)
	if label := t.text("label"); label != "" {
		d.entries[label] = e
	}
	d.add(at, by, func(tx *records.Tx) error { return d.save(tx, e, t, m, "") })
	return e.id
}

// add puts a save into the diary.
func (d *diary) add(at time.Time, by string, do func(tx *records.Tx) error) {
	d.saves = append(d.saves, save{at: at.Truncate(time.Minute), by: by, do: do})
}

func (d *diary) save(tx *records.Tx, e *entry, t table, m moment, why string) error {
	t, err := d.expanded(t, m)
	if err == nil {
		err = e.fill(t)
	}
	if err == nil {
		err = tx.Save(e.rec, why)
	}
	if err != nil {
		return fmt.Errorf("%s of %s: %w", e.rec.Kind(), m.day, err)
	}
	return nil
}

// change lays the later versions of a record into the diary, as far as they
// lie before the day the school is made.
func (d *diary) change(e *entry, changes []table, by string, base moment, after time.Time) error {
	for _, c := range changes {
		m, err := d.days.find(c.text("at"), base.day)
		if err != nil {
			return err
		}
		if m.day >= d.days.asOf {
			return nil
		}
		why := c.text("why")
		writer := cmp.Or(c.text("writer"), by)
		at := d.days.written(d.told(e.rec.Kind(), c, m), 0, true)
		if !at.After(after) {
			at = after.Add(time.Minute)
		}
		var before func(context.Context, *records.Store) error
		written := c.tables("written")
		if r, ok := e.rec.(*records.Referral); ok && c["sent_at"] != nil {
			printed := latest(m.time().Add(-5*time.Minute), after.Add(time.Minute))
			at = latest(at, printed.Add(time.Minute))
			before = d.freeze(r, c["method"] == byForm, written, writer, printed)
		}
		after = at
		if c.text("as_of") == "entry" {
			m = base
		}
		d.add(at, writer, func(tx *records.Tx) error { return d.save(tx, e, c, m, why) })
		d.saves[len(d.saves)-1].before = before
	}
	return nil
}

// plan lays the monitoring that answers a concern into the diary, with the
// dated actions it makes and, when it has ended, what came of them.
func (d *diary) plan(concern *entry, t table, pupil any, by string, m moment, at time.Time) error {
	e := newEntry(records.KindMonitoring)
	t["pupil"], t["concern"] = pupil, concern.id
	t["from"] = string(records.DateOf(at))
	changes := t.tables("change")
	done := struct{ halfway, last string }{t.text("halfway"), t.text("did")}
	var tasks []records.Action
	d.add(at, by, func(tx *records.Tx) error {
		if err := d.save(tx, e, t, m, ""); err != nil {
			return err
		}
		tasks = e.rec.(*records.Monitoring).Tasks(d.days.cal)
		for i := range tasks {
			if err := tx.Save(&tasks[i], ""); err != nil {
				return err
			}
		}
		return nil
	})
	n := len(d.saves)
	if err := d.change(e, changes, by, m, at); err != nil {
		return err
	}
	if len(d.saves) == n || done.last == "" {
		return nil
	}
	end := d.saves[len(d.saves)-1]
	d.add(end.at, end.by, func(tx *records.Tx) error {
		for i := range tasks {
			a := &tasks[i]
			a.Done, a.Result = min(a.Due, records.DateOf(end.at)), done.halfway
			if i == len(tasks)-1 {
				a.Done, a.Result = records.DateOf(end.at), done.last
			}
			if err := tx.Save(a, "Done"); err != nil {
				return err
			}
		}
		return nil
	})
	return nil
}

// defaults sets what follows from the day of a record and need not be written
// out for each.
func (d *diary) defaults(kind records.Kind, t table, m moment, by string) {
	unless := func(field string, value any) {
		if _, ok := t[field]; !ok {
			t[field] = value
		}
	}
	switch kind {
	case records.KindConcern:
		when := records.AtClock(m.day, m.clock)
		if p := t.text("precision"); p != "" {
			when = records.When{Date: m.day, Precision: records.Precision(p)}
		}
		t["when"] = when
		unless("source", "seen")
		if t["decision"] != nil {
			member := d.members[by]
			unless("decided_by", member.Name+", "+member.Role.String())
		}
	case records.KindSupport, records.KindStatus:
		if m.day != "" {
			unless("from", string(m.day))
		}
	case records.KindReply, records.KindDisclosure:
		unless("at", string(records.StampOf(m.time())))
	case records.KindRung:
		unless("raised_at", string(records.StampOf(m.time())))
	case records.KindMeeting:
		unless("on", string(m.day))
	case records.KindImpact:
		unless("start", string(m.day))
	case records.KindReferral, records.KindChallenge:
		if t["sort"] == string(records.OfConduct) {
			return // it has no ladder, and follows no procedures
		}
		unless("procedures", d.local.Name)
		unless("edition", d.local.Edition)
		if kind == records.KindChallenge {
			unless("ladder", d.local.Steps())
		}
	}
}

// writer returns who writes up an entry that the data leaves open: the deputy
// of the phase, or the DSL.
func (d *diary) writer(deputy string) string {
	if d.rng.IntN(5) < 2 {
		return owner
	}
	return deputy
}

// latest returns the later of two times.
func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
