package chronology

import (
	"testing"

	"throughline/records"
)

func TestLetters(t *testing.T) {
	pupil := func(id records.ID, forename, surname string) records.Pupil {
		return records.Pupil{Meta: records.Meta{ID: id}, Forename: forename, Surname: surname}
	}
	zoe, finn, ned, other := pupil("z", "Zoë", "Okoro-Hill"), pupil("f", "Finn", "Okoro-Hill"), pupil("n", "Ned", "Alder"), pupil("x", "Ned", "Birch")
	tara := pupil("t", "Tara", "Cole")
	a := &records.File{
		Pupil: zoe, Siblings: []records.Pupil{finn, tara},
		Ties: []records.Tie{
			{Person: "m", Relationship: "mother"}, {Person: "b", Relationship: "aunt"}, {Person: "c", Relationship: "aunt"},
		},
		People: map[records.ID]records.Person{"m": {Name: "Grace Okoro-Hill"}, "b": {Name: "Una Brandt"}, "c": {Name: "Mrs Ida Cole"}},
	}
	b := &records.File{Pupil: ned}
	c := &records.File{Pupil: finn}
	l := NewLetters([]*records.File{a, b, c}, []records.Pupil{zoe, finn, ned, other, tara})
	for id, want := range map[records.ID]string{"z": "Child A", "n": "Child B", "f": "Child C", "x": "another pupil"} {
		if got := l.Of(id); got != want {
			t.Errorf("Of(%q) = %q, want %q", id, got, want)
		}
	}
	in := l.In(a)
	for _, x := range []struct{ name, text, own, elsewhere string }{
		{"the child", "Zoë was cold.", "Child A was cold.", "Child A was cold."},
		{"whole name", "Okoro-Hill, Zoë; Zoë Okoro-Hill", "Child A; Child A", "Child A; Child A"},
		{"a sibling", "She hid behind Finn.", "She hid behind Child C.", "She hid behind Child C."},
		{"a sibling who is not spoken of", "She fetches Tara.", "She fetches [sibling].", "She fetches [another pupil]."},
		{"mother", "Grace rang.", "[mother] rang.", "[mother of Child A] rang."},
		{"mother by surname", "Mrs Okoro-Hill rang.", "Mrs [family name] rang.", "Mrs [family name] rang."},
		{"two of a role", "Una Brandt and Mrs Ida Cole came.", "[aunt 1] and [aunt 2] came.", "[aunt 1 of Child A] and [aunt 2 of Child A] came."},
		{"a surname of her own", "Ms Brandt rang.", "Ms [aunt 1] rang.", "Ms [aunt 1 of Child A] rang."},
		{"a forename that two have", "She sat by Ned.", "She sat by [a pupil].", "She sat by [a pupil]."},
		{"by the whole name", "Ned Alder and Ned Birch", "Child B and [another pupil]", "Child B and [another pupil]"},
		{"staff", "Mr Pike rang.", "Mr Pike rang.", "Mr Pike rang."},
	} {
		if got := in(x.text); got != x.own {
			t.Errorf("%s: in the child's own file %q, want %q", x.name, got, x.own)
		}
		if got := l.Hide(x.text); got != x.elsewhere {
			t.Errorf("%s: elsewhere %q, want %q", x.name, got, x.elsewhere)
		}
	}
	for n, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 702: "AAA"} {
		if got := letter(n); got != want {
			t.Errorf("letter(%d) = %q, want %q", n, got, want)
		}
	}
}
