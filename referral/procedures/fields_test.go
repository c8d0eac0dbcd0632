package procedures

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

var typed = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

func TestFieldsReadBack(t *testing.T) {
	for _, name := range Names() {
		p, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		p.EditionDate, p.Checked, p.Form.Minutes = "2026-09-01", "2026-11-02", 90
		got, problems := p.Fields().Read(name, typed)
		if len(problems) > 0 || !reflect.DeepEqual(got, p) {
			t.Errorf("%s reads back as\n%+v, %v, want\n%+v", name, got, problems, p)
		}
	}
}

// Each problem stands beside the setting that is to blame, and all are said at
// once.
func TestProblemsOfFields(t *testing.T) {
	p, err := Load(Default)
	if err != nil {
		t.Fatal(err)
	}
	fields := p.Fields()
	maps.Copy(fields, Fields{
		"title": " ", "edition_date": "31 February 2026", "checked": "soon", "clocks.chase.value": "a day", "clocks.decision.value": "-1", "clocks.view.value": "0",
		"challenge.ladder#2.days": "-2", "challenge.ladder#3.theirs": "", "form.fields#1.label": "", "form.fields#2.limit": "many", "form.minutes": "-1",
	})
	_, problems := fields.Read(Default, typed)
	var got []string
	for _, p := range problems {
		got = append(got, p.Key)
		if p.Reason == "" || strings.Contains(p.Reason, "%!") {
			t.Errorf("%s: %q", p.Key, p.Reason)
		}
	}
	slices.Sort(got)
	want := []string{"challenge.ladder#2.days", "challenge.ladder#3", "checked", "clocks.chase.value", "clocks.decision.value", "clocks.view.value",
		"edition_date", "form.fields#1", "form.fields#2.limit", "form.minutes", "title"}
	if !slices.Equal(got, want) {
		t.Errorf("problems with %v, want %v", got, want)
	}
	fields = p.Fields()
	for fields.Len(LadderList) > 0 {
		fields.Remove(LadderList, 1)
	}
	if _, problems = fields.Read(Default, typed); len(problems) != 1 || problems[0].Key != "challenge" {
		t.Errorf("a ladder with no rungs: %v", problems)
	}
}

func TestRowsOfFields(t *testing.T) {
	p, err := Load("lincolnshire")
	if err != nil {
		t.Fatal(err)
	}
	days := func(f Fields) string {
		got, _ := f.Read("lincolnshire", typed)
		s := ""
		for _, r := range got.Challenge.Ladder {
			s += number(r.Days) + " "
		}
		return s
	}
	f := p.Fields()
	for _, c := range []struct {
		name string
		do   func()
		want string
	}{
		{"as it ships", func() {}, "2 5 2  "},
		{"one is added", func() { f.Add(LadderList); f[Row(LadderList, 5)+".days"] = "9" }, "2 5 2  9 "},
		{"and moved up", func() { f.Swap(LadderList, 5, 4) }, "2 5 2 9  "},
		{"the first goes", func() { f.Remove(LadderList, 1) }, "5 2 9  "},
		{"no such rows", func() {
			f.Remove(LadderList, 5)
			f.Remove(LadderList, 0)
			f.Swap(LadderList, 0, 1)
			f.Swap(LadderList, 4, 5)
		}, "5 2 9  "},
	} {
		if c.do(); days(f) != c.want {
			t.Errorf("%s: days %q, want %q", c.name, days(f), c.want)
		}
	}
	for _, key := range []string{"challenge.ladder#5.ours", "challenge.ladder#5.days"} {
		if _, left := f[key]; left {
			t.Errorf("%s is left over", key)
		}
	}
}
