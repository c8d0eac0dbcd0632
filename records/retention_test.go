package records

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func TestRetention(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t) // on 3 March 2025
	add := func(name string, born Date, review Review) *Pupil {
		p := &Pupil{Forename: "Test", Surname: name, Born: born, Review: review}
		mustSave(t, s, p)
		return p
	}
	add("young", "2000-03-04", Review{})
	add("today", "2000-03-03", Review{})
	add("leap", "2000-02-29", Review{})
	add("keptOn", "1990-01-01", Review{On: "2025-03-01", Until: "2030-03-01", Why: "Inquiry"})
	add("keptOnTillToday", "1991-01-01", Review{On: "2020-03-01", Until: "2025-03-03", Why: "Inquiry"})
	add("noDate", "", Review{})
	held, freed := add("held", "1989-01-01", Review{}), add("freed", "1988-01-01", Review{})
	heldYoung, asked := add("heldYoung", "2015-01-01", Review{}), add("asked", "1987-01-01", Review{})
	hold := func(p *Pupil, ended Date) *Hold {
		h := &Hold{Pupil: p.ID, Reason: HoldReasons()[0], From: "2024-01-01", Ended: ended}
		if ended != "" {
			h.EndedWhy = "The inquiry has reported."
		}
		return h
	}
	mustSave(t, s, hold(held, ""), hold(held, "2025-01-01"), hold(freed, "2025-01-01"), hold(heldYoung, ""),
		&Removal{Pupil: asked.ID, Of: KindPupil, Record: asked.ID, Reason: "Its time has come.", Due: StampOf(monday.Add(RemovalWait))})
	read := func(day Date) string {
		all, err := s.Retention(ctx, day)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, k := range all {
			out = append(out, fmt.Sprintf("%s %s due=%v holds=%d asked=%v", k.Pupil.Surname, string(k.Reaches), k.Due, len(k.Holds), k.Asked != nil))
		}
		return strings.Join(out, "\n")
	}
	want := strings.Join([]string{
		"asked 2012-01-01 due=true holds=0 asked=true",
		"freed 2013-01-01 due=true holds=0 asked=false",
		"held 2014-01-01 due=false holds=1 asked=false",
		"leap 2025-03-01 due=true holds=0 asked=false",
		"keptOnTillToday 2025-03-03 due=true holds=0 asked=false",
		"today 2025-03-03 due=true holds=0 asked=false",
		"heldYoung 2040-01-01 due=false holds=1 asked=false",
		"noDate  due=false holds=0 asked=false",
	}, "\n")
	if got := read("2025-03-03"); got != want {
		t.Errorf("Retention\n%s\nwant\n%s", got, want)
	}
	if got := read("2025-02-28"); strings.Contains(got, "leap") {
		t.Error("born on 29 February 2000, the file is due before 1 March 2025")
	}
	school, err := s.School(ctx)
	if err != nil {
		t.Fatal(err)
	}
	school.RetainYears = 35
	if err := s.Schools.Save(ctx, &school, "Our trust keeps them longer."); err != nil {
		t.Fatal(err)
	}
	if got := read("2025-03-03"); strings.Contains(got, "leap") || !strings.Contains(got, "asked 2022-01-01 due=true") {
		t.Errorf("with 35 years\n%s", got)
	}
}

func TestYearsOfTheSchool(t *testing.T) {
	for _, c := range []struct {
		school School
		field  string
	}{
		{School{}, ""}, {School{LowestYear: "R", TopYear: "6"}, ""}, {School{LowestYear: "7", TopYear: "6"}, "top_year"},
		{School{TopYear: "14"}, "top_year"}, {School{LowestYear: "x"}, "lowest_year"}, {School{RetainYears: 5}, "retain_years"},
		{School{RetainYears: -25}, "retain_years"},
	} {
		c.school.Name = "Elm Lane"
		v, _ := c.school.Check("").(*Invalid)
		if (v == nil) != (c.field == "") || v != nil && v.For(c.field) == "" {
			t.Errorf("%+v: %v, want a sentence beside %q", c.school, v, c.field)
		}
	}
}
