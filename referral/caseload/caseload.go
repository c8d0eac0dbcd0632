// Package caseload reads every pupil's file of a school and says what each
// needs: what is due, which entries are too vague to act on, and what the line
// shows. What a line shows is kept until something in the file, or the day, is
// another, so that only the first reading of a day is long.
package caseload

import (
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"sync"

	"throughline/chronology"
	"throughline/chronology/pattern"
	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

// Case is what one pupil's file says.
type Case struct {
	Pupil records.Pupil
	Items []referral.Item // due, most urgent first
	Read  bool            // whether the line was read; Line is empty until it was
	Line  Line
}

// Line is what one pupil's line shows.
type Line struct {
	Vague   []chronology.Entry // too vague to act on, in order of time
	Reading pattern.Reading
}

// Caseload keeps what was read of a school's lines. The zero Caseload has read
// nothing. It is safe for use by several goroutines.
type Caseload struct {
	turn  sync.Mutex // one reading at a time, so that nothing is read twice
	mu    sync.Mutex
	lines map[records.ID]known
}

type known struct {
	edition records.Edition
	day     records.Date
	line    Line
}

// School is the cases of a school, and what is still to be read of them.
type School struct {
	Cases []Case // of every pupil on roll, by surname

	unread   map[int]bool // by place in Cases
	store    *records.Store
	editions map[records.ID]records.Edition
	day      records.Date
}

// Unread returns how many lines are still to be read.
func (s *School) Unread() int { return len(s.unread) }

// Open returns the cases of a school at an instant: what is due, and the lines
// that are known. The errors are those of the store.
func (c *Caseload) Open(ctx context.Context, store *records.Store, p *procedures.Procedures, now records.Stamp) (*School, error) {
	s := &School{unread: map[int]bool{}, store: store, day: now.Date()}
	var err error
	// Before the files: what is saved in between is then read once more.
	if s.editions, err = store.Editions(ctx); err != nil {
		return nil, err
	}
	return s, store.EachFile(ctx, func(f *records.File) error {
		one := Case{Pupil: f.Pupil, Items: referral.Items(f, p, now)}
		if one.Line, one.Read = c.known(s, f.Pupil.ID); !one.Read {
			s.unread[len(s.Cases)] = true
		}
		s.Cases = append(s.Cases, one)
		return nil
	})
}

func (c *Caseload) known(s *School, pupil records.ID) (Line, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.lines[pupil]
	if !ok || k.edition != s.editions[pupil] || k.day != s.day {
		return Line{}, false
	}
	return k.line, true
}

func (c *Caseload) keep(s *School, pupil records.ID, l Line) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lines == nil {
		c.lines = map[records.ID]known{}
	}
	c.lines[pupil] = known{s.editions[pupil], s.day, l}
}

// Read reads the lines that are unread and puts them into the cases. progress,
// which may be nil, hears how many are left. It returns an error of the store,
// or that of a context that ended; what was read until then is kept, and
// another Read goes on.
func (c *Caseload) Read(ctx context.Context, s *School, progress func(left int)) error {
	c.turn.Lock()
	defer c.turn.Unlock()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	places := slices.Sorted(maps.Keys(s.unread))
	read := make(chan int)
	go func() {
		defer close(read)
		each(ctx, places, func(i int) {
			line, err := c.line(ctx, s, s.Cases[i].Pupil.ID)
			if err != nil {
				stop(err)
				return
			}
			s.Cases[i].Line, s.Cases[i].Read = line, true
			read <- i
		})
	}()
	var done []int
	for i := range read {
		if done = append(done, i); progress != nil {
			progress(len(places) - len(done))
		}
	}
	for _, i := range done {
		delete(s.unread, i)
	}
	return context.Cause(ctx)
}

// line reads a pupil's line, unless it was read while this waited for its turn.
// A file that was removed or locked meanwhile has none.
func (c *Caseload) line(ctx context.Context, s *School, pupil records.ID) (Line, error) {
	if l, ok := c.known(s, pupil); ok {
		return l, nil
	}
	f, err := s.store.File(ctx, pupil)
	switch {
	case errors.Is(err, records.ErrNotFound), errors.Is(err, records.ErrLocked):
		return Line{}, nil
	case err != nil:
		return Line{}, err
	}
	l := lineOf(f)
	c.keep(s, pupil, l)
	return l, nil
}

// each runs do for every place on all processors but one, which is left for the
// window, until the context ends.
func each(ctx context.Context, places []int, do func(int)) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range max(1, runtime.GOMAXPROCS(0)-1) {
		workers.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for _, i := range places {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	workers.Wait()
}

func lineOf(f *records.File) Line {
	line := chronology.Of(f)
	l := Line{Reading: chronology.Read(f, line)}
	for _, e := range line {
		if len(e.Vagueness()) > 0 {
			l.Vague = append(l.Vague, e)
		}
	}
	return l
}
