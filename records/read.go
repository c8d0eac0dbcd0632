package records

import (
	"context"
	"errors"
	"fmt"
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
	f.Siblings, err = s.siblings(ctx, f)
	return f, err
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
	shelf, err := s.shared(ctx)
	if err != nil {
		return err
	}
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		return err
	}
	files := map[ID]*File{}
	for _, p := range pupils {
		if s.closed(p.ID) {
			continue
		}
		f := shelf.file()
		f.Pupil = p
		files[p.ID] = f
	}
	if err := s.sort(ctx, files); err != nil {
		return err
	}
	for _, p := range pupils {
		if p.HasLeft(left) || files[p.ID] == nil {
			continue
		}
		if err := errors.Join(ctx.Err(), do(files[p.ID])); err != nil {
			return err
		}
	}
	return nil
}

// sort lays every record into the files it belongs to.
func (s *Store) sort(ctx context.Context, files map[ID]*File) error {
	people := map[ID]Person{}
	all, err := s.People.All(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		people[p.ID] = p
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
	}, newest+` WHERE r.pupil <> '' AND r.kind <> $1 ORDER BY r.sort, r.id`, KindPupil)
	if err != nil {
		return err
	}
	parents := map[ID][]ID{} // person → pupils
	for id, f := range files {
		for _, t := range f.Ties {
			f.People[t.Person] = people[t.Person]
			if t.IsParent() {
				parents[t.Person] = append(parents[t.Person], id)
			}
		}
	}
	for id, f := range files {
		for _, t := range f.Ties {
			for _, other := range parents[t.Person] {
				if t.IsParent() && other != id {
					f.addSibling(files[other].Pupil)
				}
			}
		}
		slices.SortFunc(f.Siblings, func(a, b Pupil) int { return strings.Compare(string(a.Born), string(b.Born)) })
	}
	return nil
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
