package records

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestYearGroups(t *testing.T) {
	var up []YearGroup
	for g := YearGroup("N1"); g != ""; g = g.next() {
		up = append(up, g)
	}
	if !slices.Equal(up, YearGroups()) || len(up) != 16 {
		t.Errorf("going up from N1: %v", up)
	}
	for text, want := range map[string]YearGroup{
		"R": "R", "r": "R", "Reception": "R", "5": "5", "05": "5", "Year 5": "5", "Y5": "5", "yr 13": "13", " n2 ": "N2",
		"": "", "14": "", "0": "", "Nursery": "", "5B": "", "-1": "",
	} {
		if got := ReadYearGroup(text); got != want {
			t.Errorf("ReadYearGroup(%q) = %q, want %q", text, got, want)
		}
	}
	for day, want := range map[Date]int{"2026-08-31": 2025, "2026-09-01": 2026, "2027-01-01": 2026, "": 0} {
		if got := SchoolYear(day); got != want {
			t.Errorf("SchoolYear(%s) = %d, want %d", day, got, want)
		}
	}
	if got := SchoolYearName(1999) + " " + SchoolYearName(2026); got != "1999/00 2026/27" {
		t.Errorf("SchoolYearName: %s", got)
	}
}

func TestFormAfter(t *testing.T) {
	for _, c := range []struct {
		form     string
		from, to YearGroup
		want     string
	}{
		{"5B", "5", "6", "6B"}, {"Oak", "5", "6", "Oak"}, {"", "5", "6", ""}, {"10X", "1", "2", "10X"}, {"9C", "9", "10", "10C"},
		{"RB", "R", "1", "1B"}, {"R", "R", "1", "1"}, {"Rowan", "R", "1", "Rowan"},
	} {
		if got := formAfter(c.form, c.from, c.to); got != c.want {
			t.Errorf("formAfter(%q, %s, %s) = %q, want %q", c.form, c.from, c.to, got, c.want)
		}
	}
}

// primary is a record begun in March 2025 of a primary school with one pupil in
// each year, whose clock stands at 2 September 2025.
func primary(t *testing.T) (*Store, map[YearGroup]*Pupil) {
	t.Helper()
	s := mustCreate(t)
	school, err := s.School(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	school.LowestYear, school.TopYear = "N1", "6"
	if err := s.Schools.Save(context.Background(), &school, "Years."); err != nil {
		t.Fatal(err)
	}
	pupils := map[YearGroup]*Pupil{}
	for _, g := range YearGroups()[:9] {
		pupils[g] = &Pupil{Forename: "Pupil", Surname: string(g), YearGroup: string(g), Form: string(g) + "B"}
		mustSave(t, s, pupils[g])
	}
	clock(s, "2025-09-02")
	return s, pupils
}

func clock(s *Store, day Date) { s.Now = func() time.Time { return day.Time().Add(9 * time.Hour) } }

func mustPlan(t *testing.T, s *Store) *NewYear {
	t.Helper()
	n, err := s.NewYear(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func standing(t *testing.T, s *Store, p *Pupil) string {
	t.Helper()
	now, err := s.Pupils.Get(context.Background(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s %s %s", now.YearGroup, now.Form, string(now.Left))
}

func TestRollOver(t *testing.T) {
	ctx := context.Background()
	s, pupils := primary(t)
	odd := &Pupil{Forename: "No", Surname: "Year", YearGroup: "Badgers"}
	gone := &Pupil{Forename: "Long", Surname: "Gone", YearGroup: "4", Left: "2024-07-19"}
	fresh := &Pupil{Forename: "Just", Surname: "Joined", YearGroup: "2"}
	mustSave(t, s, odd, gone, fresh)
	n := mustPlan(t, s)
	if n.Done || n.Year != 2025 || len(n.Moves) != 10 || len(n.Odd) != 1 || n.LastDay != "2025-08-31" {
		t.Fatalf("the plan: %+v", n)
	}
	for i := range n.Moves {
		if n.Moves[i].Pupil.ID == pupils["3"].ID {
			n.Moves[i].Do = false // kept down
		}
	}
	if changed, err := s.RollOver(ctx, n); err != nil || changed != 8 {
		t.Fatalf("RollOver = %d, %v; want 8 changed", changed, err)
	}
	want := map[*Pupil]string{
		pupils["N1"]: "N2 N2B ", pupils["N2"]: "R RB ", pupils["R"]: "1 1B ", pupils["1"]: "2 2B ", pupils["3"]: "3 3B ",
		pupils["5"]: "6 6B ", pupils["6"]: "6 6B 2025-08-31", odd: "Badgers  ", gone: "4  2024-07-19", fresh: "2  ",
	}
	for p, was := range want {
		if got := standing(t, s, p); got != was {
			t.Errorf("%s stands at %q, want %q", p.Surname, got, was)
		}
	}
	if changed, err := s.RollOver(ctx, n); err != nil || changed != 0 {
		t.Errorf("the same plan again: %d changed, %v", changed, err)
	}
	again := mustPlan(t, s)
	if changed, err := s.RollOver(ctx, again); err != nil || changed != 0 || !again.Done {
		t.Errorf("a second time: %d changed, done is %v, %v", changed, again.Done, err)
	}
	for p, was := range want {
		if got := standing(t, s, p); got != was {
			t.Errorf("after the second time %s stands at %q, want %q", p.Surname, got, was)
		}
	}
}

func TestRollOverFromReceptionToYear13(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t) // in March 2025
	p := &Pupil{Forename: "Long", Surname: "Stayer", YearGroup: "R"}
	mustSave(t, s, p)
	for i, want := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "13", "13"} {
		clock(s, firstOfYear(2025+i))
		if _, err := s.RollOver(ctx, mustPlan(t, s)); err != nil {
			t.Fatal(err)
		}
		left := ""
		if i >= 13 {
			left = "2038-08-31"
		}
		if got := standing(t, s, p); got != want+"  "+left {
			t.Fatalf("after September %d: %q, want %q %s", 2025+i, got, want, left)
		}
	}
}

func TestRollOverIsAllOrNothing(t *testing.T) {
	ctx := context.Background()
	s, pupils := primary(t)
	n := mustPlan(t, s)
	last := pupils["6"]
	last.Form = "6C"
	if err := s.Pupils.Save(ctx, last, "Moved form."); err != nil {
		t.Fatal(err)
	}
	if _, err := s.RollOver(ctx, n); !errors.Is(err, ErrConflict) {
		t.Fatalf("a pupil was changed meanwhile: %v, want ErrConflict", err)
	}
	if got := standing(t, s, pupils["R"]); got != "R RB " {
		t.Errorf("another pupil stands at %q", got)
	}
	if mustPlan(t, s).Done {
		t.Error("the year counts as done")
	}
}

func TestRollOverNotBeforeSeptember(t *testing.T) {
	s, _ := primary(t)
	clock(s, "2025-08-31")
	if n := mustPlan(t, s); !n.Done || n.Year != 2024 {
		t.Errorf("on 31 August the plan is for %d, done is %v; the record was begun in that year", n.Year, n.Done)
	}
	clock(s, "2025-09-02")
	n := mustPlan(t, s)
	clock(s, "2025-08-31")
	if _, err := s.RollOver(context.Background(), n); !errors.Is(err, ErrTooEarly) {
		t.Errorf("a plan of September carried out in August: %v, want ErrTooEarly", err)
	}
}

// TestLeaversOfTheYear holds that who leaves today is here today, and that who
// left is handed over where that is asked for.
func TestLeaversOfTheYear(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	clock(s, "2025-07-22")
	mustSave(t, s,
		&Pupil{Forename: "A", Surname: "Stays"}, &Pupil{Forename: "B", Surname: "LastDayToday", Left: "2025-07-22"},
		&Pupil{Forename: "C", Surname: "LeftYesterday", Left: "2025-07-21"}, &Pupil{Forename: "D", Surname: "LongGone", Left: "2019-07-21"})
	var here, left []string
	err := errors.Join(
		s.EachFile(ctx, func(f *File) error { here = append(here, f.Pupil.Surname); return nil }),
		s.EachFileSince(ctx, "2025-01-01", func(f *File) error { left = append(left, f.Pupil.Surname); return nil }))
	if err != nil || fmt.Sprint(here, left) != "[LastDayToday Stays] [LastDayToday LeftYesterday Stays]" {
		t.Errorf("here %v, left %v, %v", here, left, err)
	}
}

// TestTwistedFamilies holds that ties which lead back to where they came from
// are followed once.
func TestTwistedFamilies(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	a, b := &Pupil{Forename: "A", Surname: "Ring"}, &Pupil{Forename: "B", Surname: "Ring"}
	mum, dad := &Person{Name: "Mum"}, &Person{Name: "Dad"}
	mustSave(t, s, a, b, mum, dad)
	for _, p := range []*Pupil{a, b} {
		mustSave(t, s, &Tie{Pupil: p.ID, Person: mum.ID, Relationship: "mother"}, &Tie{Pupil: p.ID, Person: mum.ID, Relationship: "mum"},
			&Tie{Pupil: p.ID, Person: dad.ID, Relationship: "father"})
	}
	check := func(f *File) error {
		if len(f.Siblings) != 1 || f.Siblings[0].ID == f.Pupil.ID || len(f.Ties) != 3 || len(f.People) != 2 {
			t.Errorf("%s has %d siblings, %d ties, %d people; want 1, 3, 2", f.Pupil.Name(), len(f.Siblings), len(f.Ties), len(f.People))
		}
		return nil
	}
	f, err := s.File(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(check(f), s.EachFile(ctx, check)); err != nil {
		t.Error(err)
	}
}
