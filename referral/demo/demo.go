// Package demo makes the demo school: an invented all-through school in
// Lincolnshire, about 60 pupils and two years of what was written about them.
//
// The prose and the people are data in assets/demo. This package decides only
// when things happened, so that the school is always two years old on the day
// it is made: it lays the terms of the school years around that day, finds the
// school day of each entry in them and saves every version at the moment at
// which it would have been saved. What the data leaves open, such as the minute
// of an entry or which deputy wrote it up, comes from a fixed seed: the same
// day gives the same school.
//
// No pupil, adult, school or phone number in it is real; the numbers lie in
// Ofcom's range for drama, 01632 960000 to 960999.
package demo

import (
	"context"
	"errors"
	"fmt"

	"time"

	"throughline/records"
	"throughline/records/vault"
)

// Passphrase opens the demo school. It is public: nobody's record is in there.
const Passphrase = "demonstration only"

// Story names a pupil whose file tells a full story, from the first small
// worry to what became of it.
type Story string

// The stories.
const (
	Neglect      Story = "neglect"      // creeps up: hunger, clothing, lateness, missed appointments
	Mondays      Story = "mondays"      // injuries on Mondays, after weekends in another household
	Exploitation Story = "exploitation" // missing, new trainers, older men, lifts, money
	Siblings     Story = "siblings"     // domestic abuse at home: the one who has gone quiet
	Sibling      Story = "sibling"      // and her brother, who has not
	Challenge    Story = "challenge"    // a referral that was logged as a contact, challenged and put right
)

// Pupil returns the name of the pupil of the story; both parts are empty for a
// story that there is not.
func (s Story) Pupil() (forename, surname string) {
	names := map[Story][2]string{
		Neglect:      {"Ellie-Mae", "Stubbs"},
		Mondays:      {"Łukasz", "Wójcik"},
		Exploitation: {"Tyrone", "Achebe-Lacey"},
		Siblings:     {"Zoë", "Kettleborough"},
		Sibling:      {"Finn", "Kettleborough"},
		Challenge:    {"Thảo My", "Nguyễn"},
	}
	return names[s][0], names[s][1]
}

// Make makes the demo school in a new vault at path and returns it unlocked,
// with its DSL as the member. asOf is the day it is now; everything in the
// school was saved in the two years before that day, and the store's clock
// runs on from asOf. progress may be nil; it is called for each save.
//
// Returns the errors of records.Create. When anything fails, or ctx is
// cancelled, no file is left behind.
func Make(ctx context.Context, path string, asOf time.Time, progress func(done, total int)) (*records.Store, error) {
	d, err := read(asOf)
	if err != nil {
		return nil, fmt.Errorf("read the demo school: %w", err)
	}
	clock := d.days.start()
	set := records.Setup{
		School: d.school, Member: d.members[owner], Calendar: d.days.cal, Passphrase: []byte(Passphrase), Invented: true, Cost: cost,
		Now: func() time.Time { return clock },
	}
	store, _, err := records.Create(ctx, path, set)
	if err != nil {
		return nil, err
	}
	if err := d.keep(ctx, store, &clock, progress); err != nil {
		return nil, errors.Join(fmt.Errorf("make the demo school: %w", err), store.Close(), vault.Remove(path))
	}
	began := time.Now()
	store.Now = func() time.Time { return asOf.Add(time.Since(began)) }
	return store, nil
}

// keep saves everything in order of time, one transaction for each moment.
func (d *diary) keep(ctx context.Context, store *records.Store, clock *time.Time, progress func(done, total int)) error {
	me := store.Me
	d.members[owner] = me
	for done := 0; done < len(d.saves); {
		*clock = d.saves[done].at
		if err := d.readFirst(ctx, store, done); err != nil {
			return err
		}
		err := store.Update(ctx, func(tx *records.Tx) error {
			for ; done < len(d.saves) && d.saves[done].at.Equal(*clock); done++ {
				store.Me = d.members[d.saves[done].by]
				if err := d.saves[done].do(tx); err != nil {
					return err
				}
			}
			return nil
		})
		store.Me = me
		if err != nil {
			return err
		}
		if progress != nil {
			progress(done, len(d.saves))
		}
	}
	return nil
}

// readFirst does what the saves of one moment need to have read, or to have kept
// on its own, in the name of who saves them.
func (d *diary) readFirst(ctx context.Context, store *records.Store, i int) error {
	for at := d.saves[i].at; i < len(d.saves) && d.saves[i].at.Equal(at); i++ {
		if before := d.saves[i].before; before != nil {
			store.Me = d.members[d.saves[i].by]
			if err := before(ctx, store); err != nil {
				return err
			}
		}
	}
	return nil
}
