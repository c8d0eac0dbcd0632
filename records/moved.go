package records

import "slices"

// An entry that was written into the wrong child's file is corrected like any
// other; what answers it goes with it, and the first file says that something
// stood there.

// MovedOut says that a concern stood in a pupil's file until somebody corrected whom
// it is about. It says no more: what it told, and why it went, is in the file of
// the child whom it is about. It is made as the concern is saved, and never
// changed.
type MovedOut struct {
	Meta
	Pupil  ID    `json:"pupil"`  // out of whose file
	Record ID    `json:"record"` // the concern
	Since  Stamp `json:"since"`  // when the concern was first recorded
	With   int   `json:"with"`   // how many records that answer it, or hang on it, went too

	made bool // by the store
}

// Kind returns KindMovedOut.
func (*MovedOut) Kind() Kind { return KindMovedOut }

func (m *MovedOut) index() index {
	return index{pupil: m.Pupil, owner: m.Record, sort: string(m.CreatedAt)}
}

// Check returns nil or an *Invalid.
func (m *MovedOut) Check(Stamp) error {
	var v Invalid
	v.pupil(m.Pupil)
	if m.Record == "" || !m.made {
		v.add("record", "This is written by itself when an entry is moved to another pupil's file.")
	}
	return v.err()
}

// saveConcern saves a concern and, when it is about another pupil than before,
// brings along what hangs on it.
func (tx *Tx) saveConcern(c *Concern, why string) error {
	from, err := tx.fileOf(c.ID)
	if err != nil {
		return err
	}
	if err := tx.save(c, why); err != nil || from == "" || from == c.Pupil {
		return err
	}
	return tx.bring(c, from, why)
}

// fileOf returns the pupil in whose file a record stands, or "".
func (tx *Tx) fileOf(id ID) (pupil ID, err error) {
	err = tx.tx.QueryRowContext(tx.ctx, `SELECT coalesce(max(pupil), '') FROM record WHERE id = $1`, id).Scan(&pupil)
	return pupil, err
}

// bring moves what hangs on a concern out of the file in which that stood, lets
// go of requests to remove any of it there, and leaves a MovedOut. What is brought
// along is kept as it was written, whatever the rules have become since.
func (tx *Tx) bring(c *Concern, from ID, why string) error {
	var file []row
	err := eachRow(tx.ctx, tx.tx, func(r row) error { file = append(file, r); return nil },
		newest+` WHERE r.pupil = $1 ORDER BY r.id`, from)
	if err != nil {
		return err
	}
	note := &MovedOut{Pupil: from, Record: c.ID, Since: c.CreatedAt, made: true}
	moved := []ID{c.ID}
	for _, r := range hanging(file, row{kind: KindConcern, meta: c.Meta})[1:] {
		rec, err := r.any()
		if err != nil {
			return err
		}
		if !changeFile(rec, c.Pupil) {
			continue
		}
		if err := tx.keep(rec, why); err != nil {
			return err
		}
		moved = append(moved, r.meta.ID)
	}
	note.With = len(moved) - 1
	for _, r := range file {
		if err := tx.letGo(r, moved); err != nil {
			return err
		}
	}
	return tx.save(note, "")
}

// changeFile puts a record that can hang on a concern into another pupil's file,
// and reports whether it is of such a kind.
func changeFile(rec Record, pupil ID) bool {
	switch rec := rec.(type) {
	case *Action:
		rec.Pupil = pupil
	case *Monitoring:
		rec.Pupil = pupil
	case *Document:
		rec.Pupil = pupil
	case *Impact:
		rec.Pupil = pupil
	default:
		return false
	}
	return true
}

// letGo cancels a request to remove one of the records that were moved: it was
// asked for in the file where they stood.
func (tx *Tx) letGo(r row, moved []ID) error {
	if r.kind != KindRemoval || !slices.Contains(moved, r.owner) {
		return nil
	}
	var asked Removal
	if err := r.into(&asked); err != nil || !asked.Pending() {
		return err
	}
	asked.Cancelled = "It was moved to the file of the child it is about. Its removal can be asked for there."
	return tx.keep(&asked, asked.Cancelled)
}
