package procedures

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

func TestWhatShipsIsSound(t *testing.T) {
	names := Names()
	if want := []string{"coventry", "durham", "hertfordshire", "lincolnshire", "london", Default}; !slices.Equal(names, want) {
		t.Fatalf("Names() = %v, want %v", names, want)
	}
	for _, name := range names {
		p, err := Load(name)
		if err != nil {
			t.Errorf("Load(%q): %v", name, err)
			continue
		}
		if p.Name != name || p.Source == "" || p.FrontDoor.Police != "999" {
			t.Errorf("%s: name %q, source %q, police %q", name, p.Name, p.Source, p.FrontDoor.Police)
		}
		for _, key := range ClockKeys() {
			if !p.Clock(key).Known() || ClockTitle(key) == "" {
				t.Errorf("%s: clock %s is %v, titled %q", name, key, p.Clock(key), ClockTitle(key))
			}
		}
		if p.FrontDoor.Phone != "" && p.Checked == "" {
			t.Errorf("%s ships a telephone number that nobody has checked", name)
		}
		if p.Checked == "" && len(p.Unknown()) == 0 {
			t.Errorf("%s does not say what is not known", name)
		}
	}
}

// The rows of the table of ladders in the field's facts.
func TestLadders(t *testing.T) {
	for name, want := range map[string]string{
		"lincolnshire":  "[2 5 2 0] of 0",
		"coventry":      "[1 1 0 0] of 0",
		"london":        "[0 0 0] of 5",
		"hertfordshire": "[0 0 0 0] of 0",
		Default:         "[2 5 5 5 0] of 0",
	} {
		p, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		var days []int
		for _, s := range p.Steps() {
			days = append(days, s.Days)
			if s.Ours == "" || s.Theirs == "" {
				t.Errorf("%s: a step lacks a side: %v", name, s)
			}
		}
		if got := fmt.Sprintf("%v of %d", days, p.Challenge.Days); got != want {
			t.Errorf("%s: ladder %s, want %s", name, got, want)
		}
	}
}

func TestLocalClocks(t *testing.T) {
	for _, c := range []struct{ name, key, want string }{
		{"lincolnshire", WrittenConfirmation, "24 clock hours, local practice"},
		{"lincolnshire", Decision, "24 clock hours, local practice"},
		{"durham", Decision, "24 clock hours, local practice"},
		{"durham", ChildSeen17, "5 working days, local practice"},
		{"london", Acknowledgement, "1 working day, national guidance"},
		{"london", Decision, "24 clock hours, to be checked against the local procedures"},
	} {
		p, err := Load(c.name)
		if err != nil {
			t.Fatal(err)
		}
		k := p.Clock(c.key)
		if got := k.String() + ", " + k.Mark.String(); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.name, c.key, got, c.want)
		}
	}
}

func TestNoProcedures(t *testing.T) {
	var p *Procedures
	if p.Clock(Decision).Known() || p.Steps() != nil || p.Level(records.Section17).Name == "" {
		t.Error("a nil Procedures sets limits or lacks the national names")
	}
	if got := p.Clock(Decision).String(); got != "no limit known" {
		t.Errorf("unknown clock reads %q", got)
	}
	if _, err := Load("atlantis"); !errors.Is(err, records.ErrNotFound) {
		t.Errorf("Load(unknown) = %v", err)
	}
}

const good = `name = "testshire"
title = "Testshire"
edition = "5"
edition_date = "2026-04-01"
checked = "2026-05-01"

[clocks.decision]
value = 24
unit = "clock hours"
mark = "l"

[form]
[[form.fields]]
label = "Voice of the child"
limit = 2000

[challenge]
[[challenge.ladder]]
ours = "Teacher"
theirs = "Social worker"
days = 2
[[challenge.ladder]]
ours = "Head"
theirs = "Service manager"
days = 0
`

func TestParseRefuses(t *testing.T) {
	if _, err := Parse([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, old, new string
		line           int
		reason         string
	}{
		{"not TOML", `title = "Testshire"`, `title = Testshire`, 2, "not written as TOML"},
		{"wrong kind", `value = 24`, `value = "a day"`, 8, "wrong kind"},
		{"unknown setting", `limit = 2000`, `limits = 2000`, 15, "no setting called"},
		{"unknown table", `[form]`, `[forms]`, 12, "no setting called"},
		{"same key twice", `limit = 2000`, "limit = 2000\nlimit = 3", 16, "not written as TOML"},
		{"name", `"testshire"`, `"../testshire"`, 1, "small letters"},
		{"no title", `"Testshire"`, `" "`, 2, "title"},
		{"edition date", `"2026-04-01"`, `"1 April"`, 4, "cannot be read"},
		{"unknown clock", `[clocks.decision]`, `[clocks.desicion]`, 7, "no clock of this name"},
		{"unknown unit", `"clock hours"`, `"hours"`, 9, "unit is not known"},
		{"negative limit", `value = 24`, `value = -1`, 8, "negative"},
		{"nought", `value = 24`, `value = 0`, 8, "nought"},
		{"too long", `value = 24`, `value = 2400`, 8, "too long"},
		{"unknown level", `[form]`, "[[levels]]\nlevel = \"tier_3\"\n[form]", 13, "no such level"},
		{"levels out of order", `[form]`, "[[levels]]\nlevel = \"police\"\n[[levels]]\nlevel = \"section_17\"\n[form]", 15, "lowest first"},
		{"mark", `mark = "l"`, `mark = "x"`, 10, "Mark the clock"},
		{"no mark", `mark = "l"`, ``, 7, "Mark the clock"},
		{"negative days of the second rung", `days = 0`, `days = -2`, 25, "negative"},
		{"one-sided rung", `theirs = "Service manager"`, ``, 22, "both sides"},
		{"negative characters", `limit = 2000`, `limit = -5`, 15, "negative"},
		{"unknown section of the pack", `label = "Voice of the child"`, "label = \"Voice of the child\"\nkey = \"concern voise\"", 15, `no section called "voise"`},
		{"no label", `label = "Voice of the child"`, ``, 13, "label"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := strings.Replace(good, c.old, c.new, 1)
			if data == good {
				t.Fatal("nothing was changed")
			}
			_, err := Parse([]byte(data))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an *Error", err)
			}
			if e.Line != c.line || !strings.Contains(e.Reason, c.reason) {
				t.Errorf("got %v, want line %d and %q", e, c.line, c.reason)
			}
		})
	}
}

func TestParseRefusesALadderWithNoRungs(t *testing.T) {
	data, _, _ := strings.Cut(good, "[[challenge.ladder]]")
	_, err := Parse([]byte(data))
	if err == nil || !strings.Contains(err.Error(), "line 17: The challenge ladder has no rungs") {
		t.Errorf("got %v", err)
	}
	data, _, _ = strings.Cut(good, "[challenge]")
	if _, err = Parse([]byte(data)); err == nil || !strings.HasPrefix(err.Error(), "The challenge ladder") {
		t.Errorf("got %v", err)
	}
}

func TestParseOnRefusesTheFuture(t *testing.T) {
	for _, c := range []struct {
		day  records.Date
		want string
	}{
		{"2026-05-01", ""},
		{"2026-03-31", "line 4: This edition holds only from 1 Apr 2026"},
		{"2026-04-30", "line 5: The date on which these procedures were checked"},
	} {
		_, err := ParseOn([]byte(good), c.day)
		if got := fmt.Sprint(err); (c.want == "") != (err == nil) || (err != nil && !strings.HasPrefix(got, c.want)) {
			t.Errorf("on %s: %v, want %q", c.day, err, c.want)
		}
	}
	if _, err := ParseOn([]byte("name ="), "2026-05-01"); err == nil {
		t.Error("a broken file was taken")
	}
}

func TestLinesAfterATextOfSeveralLines(t *testing.T) {
	data := strings.Replace(good, `edition = "5"`, "note = \"\"\"\n[clocks.decision]\nvalue = 9\n\"\"\"", 1)
	_, err := Parse([]byte(strings.Replace(data, "value = 24", "value = -1", 1)))
	if err == nil || !strings.HasPrefix(err.Error(), "line 11:") {
		t.Errorf("got %v, want line 11", err)
	}
}

func TestInlineLadder(t *testing.T) {
	head, _, _ := strings.Cut(good, "[challenge]")
	_, err := Parse([]byte(head + "[challenge]\nladder = [{ours=\"A\", theirs=\"B\", days=-1}]\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "line 18:") {
		t.Errorf("got %v, want line 18", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	for _, n := range Names() {
		data, err := Text(n)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse(data)
		var e *Error
		switch {
		case err == nil:
			if len(p.Steps()) == 0 {
				t.Error("a ladder with no rungs was taken")
			}
			p.Unknown()
		case !errors.As(err, &e) || e.Reason == "" || e.Line < 0 || e.Line > bytes.Count(data, []byte("\n"))+1:
			t.Errorf("error %v has no reason or no such line", err)
		}
	})
}
