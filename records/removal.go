package records

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// RemovalWait is how long a request for removal waits before it is carried out.
const RemovalWait = 48 * time.Hour

// Removal asks that a record, or a pupil's whole file, be taken out. It waits
// for RemovalWait, anybody who writes can cancel it meanwhile, and it stays:
// what was taken out is gone, that it was taken out is not.
type Removal struct {
	Meta
	Pupil     ID     `json:"pupil"`
	Of        Kind   `json:"of"`     // what is to be removed; KindPupil for the whole file
	Record    ID     `json:"record"` // which one
	Reason    string `json:"reason"`
	AskedBy   ID     `json:"asked_by,omitempty"`  // the member; see Asker
	Due       Stamp  `json:"due"`                 // when it is carried out
	Cancelled string `json:"cancelled,omitempty"` // why it was cancelled; empty while it stands
	Done      Stamp  `json:"done,omitempty"`      // when it was carried out
	Marks     string `json:"marks,omitempty"`     // hashes that tell an import what it took out; see markOf
}

// Kind returns KindRemoval.
func (*Removal) Kind() Kind { return KindRemoval }

func (r *Removal) index() index {
	return index{pupil: r.Pupil, owner: r.Record, sort: string(r.Due), open: r.Pending()}
}

// Pending reports whether the request stands and was not carried out yet.
func (r *Removal) Pending() bool { return r.Cancelled == "" && r.Done == "" }

// Asker returns the member who asked. Whoever unlocks when a request is due
// carries it out and is named as who saved that; the asking is not theirs.
func (r *Removal) Asker() ID { return cmp.Or(r.AskedBy, r.RecordedBy) }

// Check returns nil or an *Invalid.
func (r *Removal) Check(Stamp) error {
	var v Invalid
	v.pupil(r.Pupil)
	if r.Record == "" || r.Of == "" {
		v.add("record", "Choose what is to be removed.")
	}
	if blank(r.Reason) {
		v.add("reason", "Say why this is to be removed.")
	}
	if r.Cancelled != "" && blank(r.Cancelled) {
		v.add("cancelled", stayWhy)
	}
	v.text("reason", r.Reason)
	v.text("cancelled", r.Cancelled)
	return v.err()
}

// What of a file is never removed, as sentences for whoever asks.
const (
	leftTheBuilding = "It left the building, so it stays: what others were told, and what they answered, has to stay provable."
	fileLeft        = "Something in this file left the building, so the file stays until it has reached its age. Ask for single entries instead."
	stayWhy         = "Say why it is to stay."
	removalStays    = "This stays: it says that something was taken out of the file."
)

// AskRemoval asks for the removal of one record of a pupil's file with all that
// hangs on it, or with Of at KindPupil for the whole file, and fills in Due and
// Meta. Nothing is removed before Due. Only a DSL may.
//
// Returns an *Invalid when a rule is broken: beside "record" for what is never
// removed, for what another child had a part in, and for what somebody has asked
// for already. Returns ErrNotFound when the file has no such record, ErrLocked or
// ErrNotAllowed.
func (s *Store) AskRemoval(ctx context.Context, r *Removal) error {
	return s.Update(ctx, func(tx *Tx) error {
		asked := *r
		asked.Due = StampOf(tx.now.Time().Add(RemovalWait))
		if err := tx.Save(&asked, ""); err != nil {
			return err
		}
		*r = asked
		return nil
	})
}

// CancelRemoval lets a record stay, for a reason that is kept. Whoever writes
// may. Returns an *Invalid beside "cancelled" when there is no reason, or when it
// was cancelled or carried out already; ErrNotFound when there is no such
// request.
func (s *Store) CancelRemoval(ctx context.Context, id ID, why string) error {
	return s.Update(ctx, func(tx *Tx) error {
		r, err := get[Removal](tx, id)
		switch {
		case err != nil:
			return err
		case id == "":
			return fmt.Errorf("cancel a removal: %w", ErrNotFound)
		case blank(why):
			return &Invalid{[]Problem{{"cancelled", stayWhy}}}
		}
		if !r.Pending() {
			return &Invalid{[]Problem{{"cancelled", "This request was cancelled or carried out already."}}}
		}
		r.Cancelled = why
		return tx.Save(&r, why)
	})
}

// checkRemoval applies the rules of a request that need other records: it is
// asked for by a DSL, waits its time, and is then cancelled or left alone.
func (tx *Tx) checkRemoval(r *Removal) error {
	if tx.unasked {
		return nil
	}
	var v Invalid
	if r.ID != "" {
		old, err := get[Removal](tx, r.ID)
		if err != nil {
			return err
		}
		pending := old.Pending()
		old.Meta, old.Cancelled = r.Meta, r.Cancelled
		if !pending || *r != old {
			v.add("cancelled", "A request for removal is not changed. Cancel it while it waits, and ask again.")
		}
		return v.err()
	}
	if err := tx.store.may(manage); err != nil {
		return err
	}
	if r.Record == "" || r.Pupil == "" {
		return nil // its own rules say so
	}
	if !r.Pending() || r.Due < StampOf(tx.now.Time().Add(RemovalWait)) {
		v.add("due", "A request for removal waits for 48 hours.")
	}
	if _, err := tx.toRemove(r); err != nil {
		return err
	}
	others, err := queryAll[Removal](tx.ctx, tx.tx, newest+` WHERE r.kind = $1 AND r.owner = $2 AND r.open = 1`, KindRemoval, r.Record)
	if err != nil {
		return err
	}
	if len(others) > 0 {
		v.add("record", "Somebody has asked for this already. It waits for its time.")
	}
	return v.err()
}

// toRemove returns the rows that a request takes out: the record it names, what
// hangs on that, and people whom nothing else is tied to. Returns an *Invalid
// beside "record" when something among them stays for ever or stands in another
// child's file too, ErrNotFound when the file has no such record.
func (tx *Tx) toRemove(r *Removal) ([]row, error) {
	file, err := tx.fileRows(r)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(file, func(rec row) bool { return rec.meta.ID == r.Record && rec.kind == r.Of })
	if at < 0 {
		return nil, fmt.Errorf("remove %s %s: %w", r.Of, r.Record, ErrNotFound)
	}
	list, stays := file, fileLeft
	if r.Of != KindPupil {
		list, stays = hanging(file, file[at]), leftTheBuilding
	}
	if err := tx.checkShared(r.Of, list); err != nil {
		return nil, err
	}
	if r.Of == KindPupil {
		if err := tx.checkKeptOn(r.Pupil); err != nil {
			return nil, err
		}
		if old, err := tx.hasReachedItsAge(r.Pupil); err != nil || old {
			people, e := tx.tiedOnly(list)
			return append(list, people...), cmp.Or(err, e)
		}
	}
	packs, err := packsSent(file)
	if err != nil {
		return nil, err
	}
	for _, rec := range list {
		if rec.kind == KindRemoval || r.Of == KindMovedOut {
			return nil, &Invalid{[]Problem{{"record", removalStays}}}
		}
		if left, err := rec.leftTheBuilding(); err != nil || left || packs[rec.meta.ID] {
			return nil, cmp.Or(err, error(&Invalid{[]Problem{{"record", stays}}}))
		}
	}
	people, err := tx.tiedOnly(list)
	return append(list, people...), err
}

// fileRows returns the file that a request is about, without requests but for one
// that it names.
func (tx *Tx) fileRows(r *Removal) (file []row, err error) {
	err = eachRow(tx.ctx, tx.tx, func(rec row) error {
		if rec.kind != KindRemoval || rec.meta.ID == r.Record {
			file = append(file, rec)
		}
		return nil
	}, newest+` WHERE r.pupil = $1 ORDER BY r.id`, r.Pupil)
	return file, err
}

// hanging returns a record of a file and what hangs on it: by its owner, and an
// action on the concern that it answers. That something was once moved out of
// the file stays, whatever became of that.
func hanging(file []row, first row) []row {
	list, seen := []row{first}, map[ID]bool{first.meta.ID: true}
	for i := 0; i < len(list); i++ {
		for _, r := range file {
			on := r.owner
			if r.kind == KindAction && on == "" {
				var a Action
				if decode(r, &a) == nil {
					on = a.Concern
				}
			}
			if on == list[i].meta.ID && !seen[r.meta.ID] && r.kind != KindMovedOut {
				seen[r.meta.ID] = true
				list = append(list, r)
			}
		}
	}
	return list
}

// leftTheBuilding reports whether others were told of a record, or told it.
func (r row) leftTheBuilding() (bool, error) {
	switch r.kind {
	case KindReply, KindChallenge, KindRung, KindDisclosure:
		return true, nil
	case KindReferral:
		var ref Referral
		err := r.into(&ref)
		return ref.SentAt != "", err
	}
	return false, nil
}

// packsSent returns the documents among the rows of a file that went out as the
// pack of a referral.
func packsSent(file []row) (map[ID]bool, error) {
	sent := map[ID]bool{}
	for _, r := range file {
		if r.kind != KindReferral {
			continue
		}
		var ref Referral
		if err := r.into(&ref); err != nil {
			return nil, err
		}
		sent[ref.PackFile] = ref.PackFile != "" && ref.SentAt != ""
	}
	return sent, nil
}

// hasReachedItsAge reports whether a pupil's file has been kept as long as the
// school keeps files, and as long as a review said.
func (tx *Tx) hasReachedItsAge(pupil ID) (bool, error) {
	p, err := get[Pupil](tx, pupil)
	if err != nil || p.Born == "" {
		return false, err
	}
	schools, err := queryAll[School](tx.ctx, tx.tx, newest+` WHERE r.kind = $1`, KindSchool)
	if err != nil || len(schools) == 0 {
		return false, err
	}
	return max(p.Born.Years(schools[0].Retention()), p.Review.Until) <= tx.now.Date(), nil
}

// checkKeptOn returns an *Invalid beside "record" while a file is kept on, as
// somebody decided when it had reached its age.
func (tx *Tx) checkKeptOn(pupil ID) error {
	p, err := get[Pupil](tx, pupil)
	if err != nil || p.Review.Until <= tx.now.Date() {
		return err
	}
	return &Invalid{[]Problem{{"record", "It was decided to keep this file until " + p.Review.Until.String() + ". Change that decision first if the file is to go."}}}
}

// tiedOnly returns the people whose ties are all among rows.
func (tx *Tx) tiedOnly(rows []row) ([]row, error) {
	var people []row
	for _, tie := range rows {
		if tie.kind != KindTie || slices.ContainsFunc(people, func(p row) bool { return p.meta.ID == tie.owner }) {
			continue
		}
		only := true
		err := eachRow(tx.ctx, tx.tx, func(other row) error {
			only = only && slices.ContainsFunc(rows, func(r row) bool { return r.meta.ID == other.meta.ID })
			return nil
		}, newest+` WHERE r.kind = $1 AND r.owner = $2`, KindTie, tie.owner)
		if err != nil {
			return nil, err
		}
		if only {
			err = eachRow(tx.ctx, tx.tx, func(p row) error { people = append(people, p); return nil },
				newest+` WHERE r.kind = $1 AND r.id = $2`, KindPerson, tie.owner)
		}
		if err != nil {
			return nil, err
		}
	}
	return people, nil
}
