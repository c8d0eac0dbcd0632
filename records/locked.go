package records

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
)

// A file can be locked to named members: who the pupil is stays visible to
// everybody who reads, everything else of the file opens for those who are
// named. It is the Store that holds to this, not the window: ledgers and the
// search leave out what is locked, File refuses it. What is only counted,
// and what a transaction checks for itself, still sees everything.
//
// It is no second key. Whoever can unlock the vault could take it apart with
// other tools; the lock is a rule among colleagues, on the audit trail.

// ErrLocked means that a pupil's file is locked to members among whom the one
// who asks is not.
var ErrLocked = errors.New("this file is locked to named members")

// ErrLastNamed means that nobody would be left who can open a locked file.
var ErrLastNamed = errors.New("this member is the last who can open a locked file")

// locks knows the locked files of a store and whom each is locked to.
type locks struct {
	mu    sync.RWMutex
	named map[ID][]ID // by pupil
}

// of returns the members whom a pupil's file is locked to; none when it is open
// to all.
func (l *locks) of(pupil ID) []ID {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.named[pupil]
}

// any reports whether there is a locked file at all.
func (l *locks) any() bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.named) > 0
}

// set locks a pupil's file to these members, or opens it when there are none.
func (l *locks) set(pupil ID, named []ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.named == nil {
		l.named = map[ID][]ID{}
	}
	l.named[pupil] = named
	if len(named) == 0 {
		delete(l.named, pupil)
	}
}

// relock reads which files are locked, once the vault is open; from then on
// what is saved keeps it current.
func (s *Store) relock(ctx context.Context) error {
	pupils, err := queryAll[Pupil](ctx, s.db, newest+` WHERE r.kind = $1 AND instr(v.body, '"named":[') > 0`, KindPupil)
	if err != nil {
		return err
	}
	for _, p := range pupils {
		s.locks.set(p.ID, p.Named)
	}
	return nil
}

// closed reports whether a pupil's file is locked to others than the member.
func (s *Store) closed(pupil ID) bool {
	named := s.locks.of(pupil)
	return len(named) > 0 && !slices.Contains(named, s.Me.ID)
}

// closedFiles returns the pupils whose files are locked to others.
func (s *Store) closedFiles() []ID {
	s.locks.mu.RLock()
	defer s.locks.mu.RUnlock()
	var ids []ID
	for id, named := range s.locks.named {
		if !slices.Contains(named, s.Me.ID) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Opens reports whether the member's role and the lock on a pupil's file, if
// there is one, let them open it.
func (s *Store) Opens(p Pupil) bool {
	return s.may(read) == nil && (len(p.Named) == 0 || slices.Contains(p.Named, s.Me.ID))
}

// NameMembers locks a pupil's file to these members, or opens it to all when
// there are none; why is kept with it. A file that is open is locked by a DSL, a
// locked one is changed by somebody who is named. Whoever leaves themselves out
// has no way back but to ask.
//
// Returns ErrLocked or ErrNotAllowed to others, ErrNotFound when there is no
// such pupil, and an *Invalid, beside "named", when somebody who is added does
// not read files, or when none of them can unlock the record and write.
func (s *Store) NameMembers(ctx context.Context, pupil ID, ids []ID, why string) error {
	return s.Update(ctx, func(tx *Tx) error {
		if pupil == "" {
			return ErrNotFound
		}
		p, err := get[Pupil](tx, pupil)
		if err != nil {
			return err
		}
		p.Named = slices.Compact(slices.Sorted(slices.Values(ids)))
		return tx.Save(&p, why)
	})
}

// checkNamed applies the rules of a lock to a pupil about to be saved.
func (tx *Tx) checkNamed(p *Pupil) error {
	old, err := get[Pupil](tx, p.ID)
	if err != nil || slices.Equal(old.Named, p.Named) {
		return err
	}
	s := tx.store
	switch {
	case len(old.Named) == 0 && s.may(manage) != nil:
		return ErrNotAllowed
	case len(old.Named) > 0 && !slices.Contains(old.Named, s.Me.ID):
		return ErrLocked
	}
	members, err := queryAll[Member](tx.ctx, tx.tx, newest+` WHERE r.kind = $1`, KindMember)
	if err != nil {
		return err
	}
	var v Invalid
	keeper, known := len(p.Named) == 0, 0
	for _, m := range members {
		if !slices.Contains(p.Named, m.ID) {
			continue
		}
		known++
		if !slices.Contains(old.Named, m.ID) && (m.Retired != "" || !m.Role.Reads()) {
			v.add("named", "Choose members who open files: the DSL, deputies and the head.")
		}
		keeper = keeper || tx.store.keeps(m)
	}
	if known < len(p.Named) {
		v.add("named", "Choose from the members of this record.")
	}
	if !keeper {
		v.add("named", "Name at least one member who can unlock the record and write in it.")
	}
	return v.err()
}

// keeps reports whether a member can unlock the record and write in it.
func (s *Store) keeps(m Member) bool { return m.Role.Writes() && s.CanUnlock(m) }

// checkLastNamed returns ErrLastNamed when a change to a member would leave a
// locked file that nobody can keep. all are the members as they stand.
func (tx *Tx) checkLastNamed(m *Member, all []Member) error {
	before, after := map[ID]bool{}, map[ID]bool{}
	for _, o := range all {
		before[o.ID] = tx.store.keeps(o)
		if o.ID == m.ID {
			o.Role, o.Retired = m.Role, m.Retired
		}
		after[o.ID] = tx.store.keeps(o)
	}
	if before[m.ID] == after[m.ID] {
		return nil
	}
	l := &tx.store.locks
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, named := range l.named {
		if slices.ContainsFunc(named, func(id ID) bool { return before[id] }) &&
			!slices.ContainsFunc(named, func(id ID) bool { return after[id] }) {
			return ErrLastNamed
		}
	}
	return nil
}

// mayKeep returns nil, or why the member may not save a record: ErrLocked in a
// file that is locked to others, unless it is a new concern or the plan that
// answers one logged in this transaction; ErrNotAllowed for somebody else's
// reflection.
func (tx *Tx) mayKeep(rec Record) error {
	s := tx.store
	if r, ok := rec.(*Reflection); ok && r.Member != "" && r.Member != s.Me.ID {
		return ErrNotAllowed
	}
	if tx.unasked || !s.locks.any() {
		return nil
	}
	m := rec.meta()
	if m.ID != "" && rec.Kind() != KindPupil {
		var pupil ID
		err := tx.tx.QueryRowContext(tx.ctx, `SELECT coalesce(max(pupil), '') FROM record WHERE id = $1`, m.ID).Scan(&pupil)
		if err != nil {
			return err
		}
		if s.closed(pupil) {
			return ErrLocked
		}
	}
	if !s.closed(rec.index().pupil) {
		return nil
	}
	switch r := rec.(type) {
	case *Pupil:
		return nil // what they cannot see is kept as it is: see keepHidden
	case *Concern:
		if m.ID == "" {
			return nil
		}
	case *Monitoring:
		if m.ID == "" && slices.Contains(tx.logged, r.Concern) {
			return nil
		}
	case *Action:
		if m.ID == "" && slices.Contains(tx.logged, r.Concern) {
			return nil
		}
	}
	return ErrLocked
}

// identity leaves of a pupil what everybody sees who reads: enough to know the
// child, to log a concern about them and to see to whom the file is locked.
func (p *Pupil) identity() {
	p.Ethnicity, p.Religion, p.Communication, p.Needs = "", "", "", ""
	p.Address, p.GP, p.NHSNumber, p.Why = "", "", "", ""
	p.Transfer, p.OldFile, p.Review = Transfer{}, OldFile{}, Review{}
}

// keepHidden puts back what identity takes, so that somebody who may not see it
// cannot change it either.
func (tx *Tx) keepHidden(p *Pupil) error {
	old, err := get[Pupil](tx, p.ID)
	if err != nil {
		return err
	}
	p.Ethnicity, p.Religion, p.Communication, p.Needs = old.Ethnicity, old.Religion, old.Communication, old.Needs
	p.Address, p.GP, p.NHSNumber = old.Address, old.GP, old.NHSNumber
	p.Transfer, p.OldFile, p.Review = old.Transfer, old.OldFile, old.Review
	return nil
}

// withhold counts a concern of a locked file in which the pupil had a part.
func (f *File) withhold(named []ID) {
	f.Withheld++
	for _, id := range named {
		if !slices.Contains(f.Ask, id) {
			f.Ask = append(f.Ask, id)
		}
	}
}

// hiddenPeople returns the people who are tied to locked files alone: whom
// somebody who may not open these must not find in a list either.
func (s *Store) hiddenPeople(ctx context.Context) (map[ID]bool, error) {
	open, closed := map[ID]bool{}, map[ID]bool{}
	err := eachRow(ctx, s.db, func(r row) error {
		if s.closed(r.pupil) {
			closed[r.owner] = true
		} else {
			open[r.owner] = true
		}
		return nil
	}, newest+` WHERE r.kind = $1 AND r.owner IN (SELECT owner FROM record WHERE kind = $1
		AND pupil IN (SELECT value FROM json_each($2)))`, KindTie, idList(s.closedFiles()))
	for id := range open {
		delete(closed, id)
	}
	return closed, err
}

// idList returns ids as the JSON that json_each takes apart.
func idList(ids []ID) string {
	list, err := json.Marshal(ids)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(list)
}
