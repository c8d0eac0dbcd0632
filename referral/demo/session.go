package demo

import (
	"fmt"

	"github.com/BurntSushi/toml"

	"throughline/assets"
	"throughline/records"
)

// sessionsFile holds the DSL's supervision; see the file for its words.
const sessionsFile = "demo/sessions.toml"

// sessions lays the supervision of the DSL into the diary: each session with its
// notes and the actions they made, closed on its day unless it is to come.
func (d *diary) sessions() error {
	file := table{}
	if _, err := toml.DecodeFS(assets.Demo, sessionsFile, &file); err != nil {
		return fmt.Errorf("%s: %w", sessionsFile, err)
	}
	for _, t := range file.tables("session") {
		notes := t.tables("note")
		m, err := d.days.find(t.text("at"), "")
		if err != nil {
			return fmt.Errorf("%s: %w", sessionsFile, err)
		}
		if t["on"] == nil {
			t["on"], t["closed"] = string(m.day), string(m.day)
		}
		e := newEntry(records.KindSupervision)
		d.add(m.time(), owner, func(tx *records.Tx) error {
			e.rec.(*records.Supervision).Supervisee = d.members[owner].ID
			return d.save(tx, e, t, m, "")
		})
		for _, n := range notes {
			if err := d.childNote(e, n, m); err != nil {
				return fmt.Errorf("%s: %w", sessionsFile, err)
			}
		}
	}
	return nil
}

// childNote lays what a session said of a child into the diary, with the action
// it made and what came of that.
func (d *diary) childNote(session *entry, t table, m moment) error {
	pupil := d.entries[t.text("pupil")]
	if pupil == nil {
		return fmt.Errorf("a session of %s speaks of nobody that there is", m.day)
	}
	did, done := t.text("did"), t.text("done")
	t["on"] = string(m.day)
	e := newEntry(records.KindChildNote)
	var task records.Action
	d.add(m.time(), owner, func(tx *records.Tx) error {
		t, err := d.expanded(t, m)
		if err != nil {
			return err
		}
		if err := e.fill(t); err != nil {
			return err
		}
		n := e.rec.(*records.ChildNote)
		n.Pupil, n.Session = *pupil.id, *session.id
		if n.Action != "" {
			task = records.Action{Pupil: n.Pupil, What: n.Action, Who: n.ActionWho, Due: n.ActionDue}
			if err := tx.Save(&task, ""); err != nil {
				return err
			}
			n.Task = task.ID
		}
		return tx.Save(n, "")
	})
	if done == "" {
		return nil
	}
	after, err := d.days.find(done+" 15:30", m.day)
	if err != nil || after.day >= d.days.asOf {
		return err
	}
	d.add(after.time(), owner, func(tx *records.Tx) error {
		task.Done, task.Result = after.day, did
		return tx.Save(&task, "Done.")
	})
	return nil
}
