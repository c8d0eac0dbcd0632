package supervision

import (
	"bytes"
	"fmt"
	"testing"

	"throughline/records"
)

// school returns the files of a school of 1,500 pupils with 40 concerns each.
func school() []*records.File {
	var files []*records.File
	for i := range 1500 {
		f := two()[0]
		id := records.ID(fmt.Sprintf("pupil-%d", i))
		f.Pupil.ID, f.Pupil.Surname = id, "Alder"+fmt.Sprint(i)
		for n := range 40 {
			day := records.Date("2021-04-19").AddDays(n*45 + i%10)
			c := concern(records.ID(fmt.Sprintf("%d-%d", i, n)), day, day)
			f.Concerns = append(f.Concerns, c)
		}
		for k := range f.Concerns {
			f.Concerns[k].Pupil = id
		}
		if i%10 > 0 { // one pupil in ten was referred
			f.Referrals, f.Replies, f.Challenges, f.Rungs = nil, nil, nil, nil
		}
		for k := range f.Referrals {
			f.Referrals[k].Pupil = id
		}
		files = append(files, f)
	}
	return files
}

// The budgets are 2 s for the agenda and 3 s for the report of a school.
func BenchmarkAgenda(b *testing.B) {
	files, limits := school(), local(b)
	for b.Loop() {
		agendaOf(files, Basis{Since: session, Now: now, Procedures: limits})
	}
}

func BenchmarkPeriod(b *testing.B) {
	files, limits := school(), local(b)
	for b.Loop() {
		p := NewPeriod("2025-09-01", "2026-03-31", now, limits)
		for _, f := range files {
			p.Add(f)
			p.Roll = append(p.Roll, f.Pupil)
		}
		p.Finish(nil)
		if err := WritePeriod(&bytes.Buffer{}, p, options()); err != nil {
			b.Fatal(err)
		}
	}
}
