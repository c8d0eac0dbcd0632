package pack

import (
	"slices"
	"strings"
	"testing"

	"throughline/chronology"
	"throughline/records"
)

// marked gives the last concern of the file these marks, and drafts anew.
func marked(f *records.File, ref *records.Referral, list ...records.Mark) {
	for i := range f.Concerns {
		f.Concerns[i].Marks = nil
	}
	newest := slices.MaxFunc(f.Concerns, func(a, b records.Concern) int {
		return strings.Compare(string(a.When.Date), string(b.When.Date))
	})
	for i := range f.Concerns {
		if f.Concerns[i].ID == newest.ID {
			f.Concerns[i].Marks = list
		}
	}
	ref.Sections = Draft(f, ref)
}

var cheek = records.Mark{View: "front", X: 0.57, Y: 0.13, Note: "2 cm, blue"}

func TestTheBodyMapIsDrawn(t *testing.T) {
	f, ref := drafted(t)
	back := records.Mark{View: "back", X: 0.73, Y: 0.32, Note: "four round marks 😢 in a row"}
	marked(f, ref, cheek, back, records.Mark{View: "sole of the foot", Note: "a cut"})
	raw := written(t, f, ref, options())
	got := read(t, raw, "")
	for _, want := range []string{
		"Body map, 3 marks: 1 left cheek: 2 cm, blue; 2 back of the right upper arm: four round marks",
		"Body map, 4 Mar 2026", "child’s right", "Left side of the head", "Left cheek: 2 cm, blue.",
		"Back of the right upper arm: four round marks 😢 in a row.", "Sole of the foot: a cut.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the pack lacks %q", want)
		}
	}
	if n := strings.Count(string(raw), "/S /Figure"); n != 2 {
		t.Errorf("%d figures, want the line and the body map", n)
	}
}

func TestTheBodyMapIsReadAloud(t *testing.T) {
	e := chronology.Entry{When: records.On("2026-03-04")}
	got := mapAlt(&e, []records.Mark{cheek, {View: "back", X: 0.27, Y: 0.32, Note: "red"}})
	want := "Body map, 4 Mar 2026: outlines of a child with 2 marks. 1 left cheek; 2 back of the left upper arm. " +
		"Left and right are the child's own."
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What the writer took out of the section does not go out as a drawing.
func TestABodyMapThatIsTakenOutIsNotDrawn(t *testing.T) {
	for _, c := range []struct {
		name string
		take func(st *records.Statement)
		want bool
	}{
		{"as drafted", func(*records.Statement) {}, true},
		{"left out", func(st *records.Statement) { st.LeftOut = "Kept back" }, false},
		{"rewritten", func(st *records.Statement) { st.Text, _, _ = strings.Cut(st.Text, saysBodyMap) }, false},
	} {
		f, ref := drafted(t)
		marked(f, ref, cheek)
		for i := range ref.Sections {
			for j := range ref.Sections[i].Statements {
				if st := &ref.Sections[i].Statements[j]; strings.Contains(st.Text, saysBodyMap) {
					c.take(st)
				}
			}
		}
		if got := strings.Contains(read(t, written(t, f, ref, options()), ""), "child’s right"); got != c.want {
			t.Errorf("%s: drawn is %v", c.name, got)
		}
	}
}

func TestMarksOfAnotherDrawingAreNotDrawn(t *testing.T) {
	f, ref := drafted(t)
	marked(f, ref, records.Mark{View: "right arm, outer side", X: 0.3, Y: 0.3, Note: "four"})
	got := read(t, written(t, f, ref, options()), "")
	if strings.Contains(got, "child’s right") || !strings.Contains(got, "Body map, 1 mark: right arm, outer side: four.") {
		t.Error("a drawing that is not known is not told in words alone")
	}
}

// Twenty marks with long notes go over the page; nothing is lost.
func TestManyMarksWithLongNotes(t *testing.T) {
	f, ref := drafted(t)
	var list []records.Mark
	for i := range 20 {
		list = append(list, records.Mark{View: "front", X: 0.5, Y: 0.03 + 0.02*float64(i), Note: strings.Repeat("round and yellow at the edge, ", 30) + "end"})
	}
	marked(f, ref, list...)
	got := read(t, written(t, f, ref, options()), "")
	if n := strings.Count(got, "yellow at the edge, end"); n != 40 { // in the statement and below the figure
		t.Errorf("%d of the notes are there, want 40", n)
	}
}
