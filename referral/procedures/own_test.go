package procedures

import (
	"errors"
	"strings"
	"testing"

	"throughline/records"
)

// An authority that is not on the list begins as a copy of the default, and is
// offered like the others.
func TestAnAuthorityIsAdded(t *testing.T) {
	f := edited(t, nil)
	p, err := f.Add("  Thistleshire and  Fenland ", today)
	if err != nil {
		t.Fatal(err)
	}
	ships, err := Load(Default)
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "thistleshire-and-fenland" || p.Title != "Thistleshire and Fenland" || p.Authority != p.Title || p.Checked != "" || p.Note != "" || p.Source == ships.Source ||
		p.Clock(Decision) != ships.Clock(Decision) || len(p.Steps()) != len(ships.Steps()) || len(p.Form.Fields) != len(ships.Form.Fields) {
		t.Errorf("begun as %+v", p)
	}
	all, err := f.Names()
	if err != nil || len(all) != len(Names())+1 || all[len(all)-1].Name != Default {
		t.Fatalf("listed: %+v, %v", all, err)
	}
	if got := all[len(all)-2]; got != (Listed{p.Name, p.Title, true, false}) {
		t.Errorf("listed as %+v", got)
	}
	l, err := LoadFrom(f.Path(), p.Name, today)
	if err != nil || l.Refused != nil || !l.Edited || l.Title != p.Title {
		t.Errorf("followed: %+v, %v", l, err)
	}
	if err := f.Drop(p.Name); err != nil {
		t.Fatal(err)
	}
	if all, err = f.Names(); err != nil || len(all) != len(Names()) {
		t.Errorf("after taking it away: %+v, %v", all, err)
	}
}

func TestNamesOfAddedAuthorities(t *testing.T) {
	f := edited(t, map[string]string{"old.toml": "name = old\n"}) // it cannot be read
	for _, c := range []struct{ title, name, refused string }{
		{"St. Ælfryth’s", "st-lfryth-s", ""},
		{"St Lfryth S", "st-lfryth-s-2", ""},
		{"Ynys Môn", "ynys-mon", ""},
		{"21 Fields", "authority-21-fields", ""},
		{"区", "authority", ""},
		{"Con", "authority-con", ""},
		{"Old", "old-2", ""},
		{strings.Repeat("Long ", 30), "", "shorter"},
		{" ", "", "Give the name of the authority"},
		{"durham", "", "already on the list"},
		{"YNYS MÔN", "", "already on the list"},
		{"Two\nlines", "two-lines", ""},
	} {
		p, err := f.Add(c.title, today)
		var e *Error
		switch {
		case c.refused == "" && (err != nil || p.Name != c.name):
			t.Errorf("Add(%q) = %v, %v, want %s", c.title, p, err, c.name)
		case c.refused != "" && (!errors.As(err, &e) || !strings.Contains(e.Reason, c.refused)):
			t.Errorf("Add(%q) = %v, want %q", c.title, err, c.refused)
		}
	}
}

// The way in which an authority is named leads nowhere but into the folder.
func FuzzAdd(f *testing.F) {
	for _, s := range []string{"Thistleshire", "../x", "con", "ﬀ", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		name := nameOf(title, func(string) bool { return false })
		if !namePattern.MatchString(name) || len(name) > 60 || len(records.Clean(name)) != len(name) {
			t.Errorf("%q is named %q", title, name)
		}
	})
}
