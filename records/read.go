package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// OpenFile returns everything kept about a pupil and notes in the audit trail
// that the member opened it. Returns ErrNotFound when there is no such pupil,
// and ErrLocked when the file is locked to others.
func (s *Store) OpenFile(ctx context.Context, pupil ID) (*File, error) {
	f, err := s.File(ctx, pupil)
	if err != nil {
		return nil, err
	}
	return f, s.note(ctx, event{act: ActView, kind: KindPupil, record: pupil})
}

// File returns everything kept about a pupil, for arithmetic that nobody looks
// at; what is shown goes through OpenFile. Returns the errors of OpenFile.
func (s *Store) File(ctx context.Context, pupil ID) (*File, error) {
	shelf, err := s.shared(ctx)
	if err != nil {
		return nil, err
	}
	f := shelf.file()
	if f.Pupil, err = s.Pupils.Get(ctx, pupil); err != nil {
		return nil, err
	}
	if s.closed(pupil) {
		return nil, fmt.Errorf("file of pupil %s: %w", pupil, ErrLocked)
	}
	if err := eachRow(ctx, s.db, s.filing(f), newest+` WHERE r.pupil = $1 OR r.id IN (SELECT record FROM about WHERE pupil = $1)
		ORDER BY r.sort, r.id`, pupil); err != nil {
		return nil, err
	}
	for _, t := range f.Ties {
		if f.People[t.Person], err = s.People.Get(ctx, t.Person); err != nil {
			return nil, fmt.Errorf("people of pupil %s: %w", pupil, err)
		}
	}
	if f.Siblings, err = s.siblings(ctx, f); err != nil {
		return nil, err
	}
	return f, s.addKin(ctx, f)
}

// filing returns what puts a row on its list, or counts it where it stands in a
// file that is locked to others.
func (s *Store) filing(f *File) func(row) error {
	return func(r row) error {
		if s.closed(r.pupil) {
			f.withhold(s.locks.of(r.pupil))
			return nil
		}
		return f.add(r)
	}
}

// EachFile hands over the file of every pupil who has not left, for arithmetic
// over the whole school, but for files that are locked to others. The file is
// the callee's to keep.
func (s *Store) EachFile(ctx context.Context, do func(*File) error) error {
	return s.EachFileSince(ctx, DateOf(s.Now()), do)
}

// EachFileSince hands over the file of every pupil who is here, and of those
// who left on a day or after it: their files may still have to go with them.
func (s *Store) EachFileSince(ctx context.Context, left Date, do func(*File) error) error {
	return s.eachFile(ctx, do, func(p *Pupil) bool { return !p.HasLeft(left) })
}

// eachFile hands over the files of the pupils who are wanted, but for those that
// are locked to others.
func (s *Store) eachFile(ctx context.Context, do func(*File) error, wanted func(*Pupil) bool) error {
	shelf, err := s.shared(ctx)
	if err != nil {
		return err
	}
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		return err
	}
	kin, err := s.kinship(ctx, pupils)
	if err != nil {
		return err
	}
	pupils = slices.DeleteFunc(pupils, func(p Pupil) bool { return !wanted(&p) || s.closed(p.ID) })
	for batch := range slices.Chunk(pupils, together) {
		files, err := s.files(ctx, shelf, kin, batch)
		if err != nil {
			return err
		}
		for _, p := range batch {
			if err := errors.Join(ctx.Err(), do(files[p.ID])); err != nil {
				return err
			}
		}
	}
	return nil
}

// together is how many files are read at a time: one by one takes twice as
// long, all at once needs memory for a whole school.
const together = 64

// files reads the files of several pupils.
func (s *Store) files(ctx context.Context, shelf *shelf, kin *kinship, pupils []Pupil) (map[ID]*File, error) {
	files := map[ID]*File{}
	var ids []ID
	for _, p := range pupils {
		files[p.ID] = shelf.file()
		files[p.ID].Pupil = p
		ids = append(ids, p.ID)
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, s.db, func(r row) error {
		for _, id := range owners(r) {
			if f := files[id]; f != nil {
				if err := s.filing(f)(r); err != nil {
					return err
				}
			}
		}
		return nil
	}, newest+` WHERE r.kind <> $1 AND (r.pupil IN (SELECT value FROM json_each($2))
			OR r.id IN (SELECT record FROM about WHERE pupil IN (SELECT value FROM json_each($2))))
		ORDER BY r.sort, r.id`, KindPupil, string(list))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		kin.add(f)
	}
	return files, s.addKin(ctx, slices.Collect(maps.Values(files))...)
}

// addKin puts what their siblings' files tell of into files that have their
// siblings.
func (s *Store) addKin(ctx context.Context, files ...*File) error {
	to := map[ID][]*File{} // by the sibling
	for _, f := range files {
		for i := range f.Siblings {
			if id := f.Siblings[i].ID; !s.closed(id) {
				to[id] = append(to[id], f)
			}
		}
	}
	if len(to) == 0 {
		return nil
	}
	list, err := json.Marshal(slices.Collect(maps.Keys(to)))
	if err != nil {
		return err
	}
	return eachRow(ctx, s.db, func(r row) error {
		var c Concern
		if err := r.into(&c); err != nil {
			return err
		}
		for _, f := range to[c.Pupil] {
			if !slices.ContainsFunc(c.Also, func(o Involved) bool { return o.Pupil == f.Pupil.ID }) {
				f.Kin = append(f.Kin, KinConcern{c.ID, c.Pupil, c.When, c.Categories, c.Severity})
			}
		}
		return nil
	}, newest+` WHERE r.kind = $1 AND r.pupil IN (SELECT value FROM json_each($2)) ORDER BY r.sort, r.id`, KindConcern, string(list))
}

// kinship knows the people of a school and whose parents they are.
type kinship struct {
	people   map[ID]Person
	pupils   map[ID]Pupil // whose files are not locked to others
	children map[ID][]ID  // of a person
}

func (s *Store) kinship(ctx context.Context, pupils []Pupil) (*kinship, error) {
	k := &kinship{people: map[ID]Person{}, pupils: map[ID]Pupil{}, children: map[ID][]ID{}}
	people, err := s.People.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		k.people[p.ID] = p
	}
	for _, p := range pupils {
		if !s.closed(p.ID) {
			k.pupils[p.ID] = p
		}
	}
	ties, err := s.Ties.All(ctx)
	if err != nil {
		return nil, err
	}
	for i := range ties {
		if t := &ties[i]; t.IsParent() {
			k.children[t.Person] = append(k.children[t.Person], t.Pupil)
		}
	}
	return k, nil
}

// add puts people and siblings into a file that has its ties.
func (k *kinship) add(f *File) {
	for i := range f.Ties {
		t := &f.Ties[i]
		f.People[t.Person] = k.people[t.Person]
		if !t.IsParent() {
			continue
		}
		for _, id := range k.children[t.Person] {
			if p, ok := k.pupils[id]; ok && id != f.Pupil.ID {
				f.addSibling(p)
			}
		}
	}
	slices.SortFunc(f.Siblings, func(a, b Pupil) int { return strings.Compare(string(a.Born), string(b.Born)) })
}

// owners returns the pupils in whose files a record stands.
func owners(r row) []ID {
	var body struct {
		Pupil ID         `json:"pupil"`
		Also  []Involved `json:"also"`
	}
	if decode(r, &body) != nil {
		return nil
	}
	ids := []ID{body.Pupil}
	for _, o := range body.Also {
		ids = append(ids, o.Pupil)
	}
	return ids
}

// shelf is what every file shares.
type shelf struct {
	members  map[ID]Member
	calendar Calendar
	read     Stamp
}

func (s *Store) shared(ctx context.Context) (*shelf, error) {
	if err := s.may(read); err != nil {
		return nil, err
	}
	members, err := s.Members.All(ctx)
	if err != nil {
		return nil, err
	}
	cal, err := s.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	sh := &shelf{members: map[ID]Member{}, calendar: cal, read: StampOf(s.Now())}
	for _, m := range members {
		sh.members[m.ID] = m
	}
	return sh, nil
}

func (sh *shelf) file() *File {
	return &File{People: map[ID]Person{}, Members: sh.members, Calendar: sh.calendar, Read: sh.read}
}

// add puts a record on its list.
func (f *File) add(r row) error {
	switch r.kind {
	case KindStatus:
		return put(&f.Bands, r)
	case KindTie:
		return put(&f.Ties, r)
	case KindConcern:
		return put(&f.Concerns, r)
	case KindAction:
		return put(&f.Actions, r)
	case KindMonitoring:
		return put(&f.Monitorings, r)
	case KindSupport:
		return put(&f.Supports, r)
	case KindReferral:
		return put(&f.Referrals, r)
	case KindReply:
		return put(&f.Replies, r)
	case KindChallenge:
		return put(&f.Challenges, r)
	case KindRung:
		return put(&f.Rungs, r)
	case KindDisclosure:
		return put(&f.Disclosures, r)
	case KindDismissal:
		return put(&f.Dismissals, r)
	case KindRemoval:
		return put(&f.Removals, r)
	case KindMovedOut:
		return put(&f.MovesOut, r)
	case KindDocument:
		return put(&f.Documents, r)
	case KindHold:
		return put(&f.Holds, r)
	case KindMeeting:
		return put(&f.Meetings, r)
	case KindImpact:
		return put(&f.Impacts, r)
	case KindPractice:
		return put(&f.Practices, r)
	case KindChildNote:
		return put(&f.ChildNotes, r)
	}
	return nil
}

func put[T any, P interface {
	*T
	Record
}](list *[]T, r row) error {
	var rec T
	if err := r.into(P(&rec)); err != nil {
		return err
	}
	*list = append(*list, rec)
	return nil
}

// IsParent reports whether the tie makes its pupil a child of the person:
// siblings share such a tie.
func (t *Tie) IsParent() bool {
	rel := strings.ToLower(t.Relationship)
	if strings.Contains(rel, "grand") || strings.Contains(rel, "god") {
		return false
	}
	return t.ParentalResponsibility == Yes || strings.Contains(rel, "mother") || strings.Contains(rel, "father") ||
		strings.Contains(rel, "parent") || rel == "mum" || rel == "dad"
}

func (s *Store) siblings(ctx context.Context, f *File) ([]Pupil, error) {
	for _, t := range f.Ties {
		if !t.IsParent() {
			continue
		}
		shared, err := s.Ties.Under(ctx, t.Person)
		if err != nil {
			return nil, err
		}
		for _, o := range shared {
			if !o.IsParent() || o.Pupil == f.Pupil.ID {
				continue
			}
			p, err := s.Pupils.Get(ctx, o.Pupil)
			if err != nil {
				return nil, err
			}
			f.addSibling(p)
		}
	}
	return f.Siblings, nil
}

func (f *File) addSibling(p Pupil) {
	if !slices.ContainsFunc(f.Siblings, func(q Pupil) bool { return q.ID == p.ID }) {
		f.Siblings = append(f.Siblings, p)
	}
}
