package caseload

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"throughline/records"
	"throughline/records/vault"
	"throughline/referral/procedures"
)

// school is a new one with two pupils, of whom the first has a vague entry.
type school struct {
	t     *testing.T
	store *records.Store
	ada   records.Pupil
	ben   records.Pupil
	load  Caseload
}

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func newSchool(t *testing.T) *school {
	t.Helper()
	s := &school{t: t}
	store, _, err := records.Create(context.Background(), t.TempDir()+"/school.throughline", records.Setup{
		School: records.School{Name: "Hillside"}, Member: records.Member{Name: "Ruth Adeyemi", Role: records.DSL},
		Passphrase: []byte("kettle orbit sandal maple"), Cost: vault.Cost{MemoryKiB: 1 << 10, Passes: 1}, Now: func() time.Time { return monday },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	s.store = store
	s.ada = records.Pupil{Forename: "Ada", Surname: "Adair", Born: "2016-05-05"}
	s.ben = records.Pupil{Forename: "Ben", Surname: "Boyle", Born: "2015-05-05"}
	s.save(&s.ada)
	s.save(&s.ben)
	s.log(s.ada.ID, "Continue to monitor.")
	return s
}

func (s *school) save(rec records.Record) {
	s.t.Helper()
	if err := s.store.Update(context.Background(), func(tx *records.Tx) error { return tx.Save(rec, "Because it changed.") }); err != nil {
		s.t.Fatal(err)
	}
}

func (s *school) log(pupil records.ID, decision string, also ...records.Involved) *records.Concern {
	s.t.Helper()
	c := &records.Concern{
		Pupil: pupil, When: records.On("2026-02-26"), Source: records.Seen, Also: also,
		Categories: []records.Category{records.Neglect}, Account: "No coat, and hands blue with cold.", Decision: decision,
	}
	s.save(c)
	return c
}

// read opens the school and reads what is unread; it returns the cases, and how
// many lines had to be read.
func (s *school) read() ([]Case, int) {
	s.t.Helper()
	all := s.open()
	n := all.Unread()
	if err := s.load.Read(context.Background(), all, nil); err != nil || all.Unread() != 0 {
		s.t.Fatalf("%d lines are unread after reading, %v", all.Unread(), err)
	}
	return all.Cases, n
}

func (s *school) open() *School {
	s.t.Helper()
	p, err := procedures.Load(procedures.Default)
	if err != nil {
		s.t.Fatal(err)
	}
	all, err := s.load.Open(context.Background(), s.store, p, records.StampOf(s.store.Now()))
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

func TestOnlyWhatChangedIsReadAgain(t *testing.T) {
	s := newSchool(t)
	cases, n := s.read()
	if n != 2 || len(cases) != 2 || cases[0].Pupil.ID != s.ada.ID || len(cases[0].Line.Vague) != 1 || len(cases[1].Line.Vague) != 0 {
		t.Fatalf("first: %d read, %d cases", n, len(cases))
	}
	cal, err := s.store.Calendar(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	person := records.Person{Name: "Karl Boyle"}
	s.save(&person)
	steps := []struct {
		name   string
		change func()
		want   int
	}{
		{"nothing", func() {}, 0},
		{"a concern of one", func() { s.log(s.ben.ID, "") }, 1},
		{"a concern in which the other had a part", func() { s.log(s.ben.ID, "", records.Involved{Pupil: s.ada.ID, Part: records.Witness}) }, 2},
		{"a tie", func() { s.save(&records.Tie{Pupil: s.ben.ID, Person: person.ID, Relationship: "father"}) }, 1},
		{"the person's name", func() { person.Name = "Carl Boyle"; s.save(&person) }, 1},
		{"a sibling", func() { s.save(&records.Tie{Pupil: s.ada.ID, Person: person.ID, Relationship: "father"}) }, 2},
		{"a sibling's name", func() { s.ada.Forename = "Adah"; s.save(&s.ada) }, 2},
		{"the calendar", func() {
			cal.Closures = append(cal.Closures, records.Span{Name: "Snow", From: "2026-01-12", To: "2026-01-12"})
			s.save(&cal)
		}, 2},
		{"the next day", func() { s.store.Now = func() time.Time { return monday.AddDate(0, 0, 1) } }, 2},
		{"nothing again", func() {}, 0},
	}
	for _, step := range steps {
		step.change()
		if _, n := s.read(); n != step.want {
			t.Errorf("%s: %d lines were read, want %d", step.name, n, step.want)
		}
	}
}

func TestACorrectionShows(t *testing.T) {
	s := newSchool(t)
	c := s.log(s.ben.ID, "Keep an eye on this.")
	if cases, _ := s.read(); len(cases[1].Line.Vague) != 1 {
		t.Fatal("the vague entry is not there")
	}
	c.Decision = "Mrs Okafor checks for a coat at the gate every morning until 13 March; if there is none by then the DSL rings home that day."
	s.save(c)
	if cases, _ := s.read(); len(cases[1].Line.Vague) != 0 {
		t.Error("the entry is plain now and still said to be vague")
	}
}

func TestReadStopsWhenToldTo(t *testing.T) {
	s := newSchool(t)
	all := s.open()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := s.load.Read(ctx, all, nil); !errors.Is(err, context.Canceled) || all.Unread() != 2 {
		t.Errorf("got %v with %d unread, want context.Canceled and 2", err, all.Unread())
	}
	var heard []int
	if err := s.load.Read(context.Background(), all, func(left int) { heard = append(heard, left) }); err != nil || !slices.Equal(heard, []int{1, 0}) {
		t.Errorf("heard %v, %v", heard, err)
	}
}

func TestTwoReadersReadOnce(t *testing.T) {
	s := newSchool(t)
	first, second := s.open(), s.open()
	var readers sync.WaitGroup
	for _, all := range []*School{first, second} {
		readers.Go(func() { s.load.Read(context.Background(), all, nil) })
	}
	readers.Wait()
	for _, all := range []*School{first, second} {
		if all.Unread() != 0 || len(all.Cases[0].Line.Vague) != 1 {
			t.Errorf("%d unread, %d vague", all.Unread(), len(all.Cases[0].Line.Vague))
		}
	}
}

func TestReadTellsOfAStoreThatFails(t *testing.T) {
	s := newSchool(t)
	all := s.open()
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.load.Read(context.Background(), all, nil); err == nil || errors.Is(err, context.Canceled) || all.Unread() != 2 {
		t.Errorf("got %v with %d unread", err, all.Unread())
	}
}
