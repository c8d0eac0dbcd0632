package supervision

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"throughline/records"
	"throughline/referral/demo"
)

// TestNobodyInTheDemoSchoolIsNamed writes every report of the demo school with
// letters and looks for the name of every pupil and of every person at home.
func TestNobodyInTheDemoSchoolIsNamed(t *testing.T) {
	ctx := t.Context()
	s, err := demo.Make(ctx, filepath.Join(t.TempDir(), "demo.throughline"), time.Date(2026, time.November, 23, 9, 0, 0, 0, records.London), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	p, err := Read(ctx, s, "2024-09-01", "2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := WritePeriod(&b, p, options()); err != nil {
		t.Fatal(err)
	}
	got := read(t, b.Bytes(), "")
	sessions, err := s.Supervisions.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range sessions {
		one, err := ReadSession(ctx, s, x.ID)
		if err != nil {
			t.Fatal(err)
		}
		b.Reset()
		if err := WriteSession(&b, one, options()); err != nil {
			t.Fatal(err)
		}
		got += " " + read(t, b.Bytes(), "")
	}
	var names []string
	for _, q := range p.Roll {
		names = append(names, q.Forename, q.KnownAs, q.Forename+" "+q.Surname)
	}
	people, err := s.People.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range people {
		names = append(names, q.Name)
	}
	spoken := map[records.ID]bool{}
	for _, id := range p.Spoken() {
		spoken[id] = true
	}
	for _, q := range p.Roll {
		if spoken[q.ID] {
			names = append(names, q.Surname)
		}
	}
	for _, name := range names {
		if name == "" || strings.Contains(ordinaryWords, " "+strings.ToLower(name)+" ") {
			continue
		}
		if at := regexp.MustCompile(`(^|[^\pL])` + regexp.QuoteMeta(name) + `($|[^\pL])`).FindStringIndex(got); at != nil {
			t.Errorf("the name %q: …%s…", name, got[max(0, at[0]-50):min(len(got), at[1]+50)])
		}
	}
}

// ordinaryWords are names that are words too, which stay where they may be a
// word.
const ordinaryWords = " may will mark grace hope my "
