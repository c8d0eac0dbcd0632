package supervision

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"throughline/records"
	"throughline/referral/procedures"
)

// Next drafts the agenda of the member's next session from every file of the
// school that they may open, and from those of who left within a year. The last
// session is the newest of theirs that was closed.
func Next(ctx context.Context, s *records.Store) (Agenda, error) {
	b, err := basis(ctx, s)
	if err != nil {
		return Agenda{}, err
	}
	parts, err := each(ctx, s, func(f *records.File) Agenda { return draft(f, b) })
	if err != nil {
		return Agenda{}, err
	}
	return whole(b, parts), nil
}

// basis returns what the member's next agenda is drafted on.
func basis(ctx context.Context, s *records.Store) (Basis, error) {
	b := Basis{Now: records.StampOf(s.Now())}
	sessions, err := s.Supervisions.All(ctx)
	if err != nil {
		return b, err
	}
	for _, x := range sessions {
		if x.Supervisee == s.Me.ID && x.Closed != "" && x.On <= b.Now.Date() {
			b.Since = max(b.Since, x.On)
		}
	}
	b.Procedures, err = limits(ctx, s)
	return b, err
}

// each works on the file of every pupil who is here or left within a year, on
// all processors at once, and returns the results in the order of the files.
func each[T any](ctx context.Context, s *records.Store, one func(*records.File) T) ([]*T, error) {
	var all []*T
	var working sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	err := s.EachFileSince(ctx, records.DateOf(s.Now()).Years(-1), func(f *records.File) error {
		result := new(T)
		all = append(all, result)
		room <- struct{}{}
		working.Go(func() {
			*result = one(f)
			<-room
		})
		return nil
	})
	working.Wait()
	return all, err
}

// limits returns the procedures that the school follows today.
func limits(ctx context.Context, s *records.Store) (*procedures.Procedures, error) {
	local, err := procedures.InForce(ctx, s)
	return local.Procedures, err
}

// Read counts a period over every file of the school that the member may open,
// those of who left in it or since included.
func Read(ctx context.Context, s *records.Store, from, to records.Date) (*Period, error) {
	sessions, err := s.Supervisions.All(ctx)
	if err != nil {
		return nil, err
	}
	clocks, err := limits(ctx, s)
	if err != nil {
		return nil, err
	}
	p := NewPeriod(from, to, records.StampOf(s.Now()), clocks)
	if p.Roll, err = s.Pupils.All(ctx); err != nil {
		return nil, err
	}
	for _, pupil := range p.Roll {
		if !pupil.HasLeft(from) && !s.Opens(pupil) {
			p.Locked++
		}
	}
	if err := s.EachFileSince(ctx, from, func(f *records.File) error { p.Add(f); return nil }); err != nil {
		return nil, err
	}
	p.Finish(sessions)
	return p, nil
}

// Session is one session with what was said of each child.
type Session struct {
	records.Supervision
	About records.Member // who is supervised
	Notes []Note         // in the order in which they were written
	Roll  []records.Pupil
}

// Note is what was said of one child, with the child's file and the action that
// was made of it.
type Note struct {
	records.ChildNote
	File *records.File
	Task *records.Action // nil where there is none
}

// ReadSession reads a session and opens the file of each child in it, which the
// audit trail notes. Returns ErrNotFound for a session that there is not, or
// that the member may not open.
func ReadSession(ctx context.Context, s *records.Store, id records.ID) (*Session, error) {
	x, err := s.Supervisions.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &Session{Supervision: x}
	if out.About, err = s.Members.Get(ctx, x.Supervisee); err != nil {
		return nil, err
	}
	if out.Roll, err = s.Pupils.All(ctx); err != nil {
		return nil, err
	}
	notes, err := s.ChildNotes.Under(ctx, id)
	if err != nil {
		return nil, err
	}
	files := map[records.ID]*records.File{}
	for _, n := range notes {
		f := files[n.Pupil]
		if f == nil {
			if f, err = s.OpenFile(ctx, n.Pupil); err != nil {
				return nil, err
			}
			files[n.Pupil] = f
		}
		out.Notes = append(out.Notes, Note{n, f, taskOf(f, &n)})
	}
	return out, nil
}

// Spoken returns the pupils of whom the report speaks.
func (x *Session) Spoken() []records.ID { return idsOf(x.files()) }

func (x *Session) files() []*records.File {
	var files []*records.File
	for _, n := range x.Notes {
		files = append(files, n.File)
	}
	return files
}

// Choice is how a report is made.
type Choice struct {
	Names      bool   // names in place of letters
	Password   string // to open the file; empty writes it unencrypted
	Reflection bool   // the member's own copy of a session: with their reflection
	To         string // to whom it goes; empty where it stays with the member
	Basis      string // why it is shared with them
}

// ExportPeriod writes the report of a period to a file at path, which the audit
// trail then holds with its SHA-256. Where it goes to somebody, the file of
// every child of whom it speaks says so.
func ExportPeriod(ctx context.Context, s *records.Store, from, to records.Date, path string, c Choice) error {
	p, err := Read(ctx, s, from, to)
	if err != nil {
		return err
	}
	return export(ctx, s, path, c, "supervision report of a period", p.Spoken(), func(w io.Writer, o Options) error {
		return WritePeriod(w, p, o)
	})
}

// ExportSession writes the report of one session; see ExportPeriod and
// ReadSession. The reflection is only ever that of the member who asks.
func ExportSession(ctx context.Context, s *records.Store, id records.ID, path string, c Choice) error {
	x, err := ReadSession(ctx, s, id)
	if err != nil {
		return err
	}
	reflection := ""
	if c.Reflection && c.To == "" {
		if reflection, err = reflected(ctx, s, id); err != nil {
			return err
		}
	}
	return export(ctx, s, path, c, "supervision report of a session", x.Spoken(), func(w io.Writer, o Options) error {
		o.Reflection = reflection
		return WriteSession(w, x, o)
	})
}

// reflected returns what the member wrote for themselves on a session.
func reflected(ctx context.Context, s *records.Store, session records.ID) (string, error) {
	all, err := s.Reflections.Under(ctx, session)
	for _, r := range all {
		if r.Member == s.Me.ID {
			return r.Text, err
		}
	}
	return "", err
}

func export(ctx context.Context, s *records.Store, path string, c Choice, what string, spoken []records.ID, write func(io.Writer, Options) error) error {
	i, err := s.Imprint(ctx)
	if err != nil {
		return err
	}
	o := Options{School: i.School, Author: i.Author, AuditHead: i.AuditHead, Now: i.At, Names: c.Names, Password: c.Password, To: c.To}
	sum, err := s.Export(ctx, "", what, path, func(w io.Writer) error { return write(w, o) })
	if err != nil || c.To == "" {
		return err
	}
	err = s.Update(ctx, func(tx *records.Tx) error {
		var errs []error
		for _, id := range spoken {
			errs = append(errs, tx.Save(&records.Disclosure{Pupil: id, What: upper(what), To: c.To, Basis: c.Basis, SHA256: sum, At: o.Now}, ""))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		return fmt.Errorf("note what was shared: %w", err)
	}
	return nil
}

// One returns why one pupil would be brought to the member's next session, nil
// for no reason, and the day after which something is new.
func One(ctx context.Context, s *records.Store, f *records.File) (*Child, records.Date, error) {
	b, err := basis(ctx, s)
	if err != nil {
		return nil, "", err
	}
	a := draft(f, b)
	if len(a.Children) == 0 {
		return nil, b.From(), nil
	}
	return &a.Children[0], b.From(), nil
}
