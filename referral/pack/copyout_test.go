package pack

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"throughline/records"
	"throughline/referral/procedures"
)

func TestCopyOutFollowsTheForm(t *testing.T) {
	f, ref := drafted(t)
	i := slices.IndexFunc(ref.Sections, func(s records.Section) bool { return s.Key == Expected })
	ref.Sections[i].Blank = records.BlankNotApplicable
	ref.Sections[3].Statements[1].LeftOut = "Kept back on the advice of the police"
	form := procedures.Form{Fields: []procedures.Field{
		{Key: Voice, Label: "What does the child say?", Limit: 200},
		{Key: Referrer, Label: "Your details"},
		{Key: "", Label: "Are you a robot?"},
		{Key: Analysis + " " + Expected, Label: "Analysis"},
		{Key: Consequence, Label: "If nothing changes"},
	}}
	boxes := CopyOut(ref, f, form, options())
	for n, want := range []struct{ label, begins, holds string }{
		{"What does the child say?", "“", "Mum’s been in bed. I do Minh’s tea."},
		{"Your details", "Name and role: Ada O’Neill", "A pupil of this school since 4 Sep 2024."},
		{"Are you a robot?", "", ""},
		{"Analysis", "Analysis:\n", "What we expect:\nNot applicable"},
		{"If nothing changes", "", ""},
		{"What is asked for", "Response asked for: Immediate risk of harm", ""},
	} {
		b := boxes[n]
		if b.Label != want.label || !strings.HasPrefix(b.Text, want.begins) || !strings.Contains(b.Text, want.holds) || want.begins == "" && b.Text != "" {
			t.Errorf("box %d is %q:\n%s\nwant %+v", n, b.Label, b.Text, want)
		}
		if b.Unasked != (n >= len(form.Fields)) {
			t.Errorf("box %q: not asked for is %v", b.Label, b.Unasked)
		}
	}
	all := ""
	for _, b := range boxes {
		if b.Unasked && slices.Contains([]string{spec(Voice).Title, spec(Referrer).Title, spec(Analysis).Title, spec(Expected).Title}, b.Label) {
			t.Errorf("%q stands in a box of the form already", b.Label)
		}
		all += b.Text + "\n"
	}
	for _, sec := range ref.Sections {
		for _, st := range sec.Statements {
			if strings.Contains(all, st.Text) != (st.LeftOut == "") {
				t.Errorf("%s: left out %q, and copied out: %v", st.Text, st.LeftOut, st.LeftOut != "")
			}
		}
	}
	if !strings.Contains(all, "Hearsay. On 26 Jan 2026") || !strings.Contains(all, "Professional opinion. Ms Ortiz") || strings.Contains(all, "[1]") {
		t.Error("hearsay or opinion is not labelled, or a number of a row is copied out")
	}
}

func TestCopyOutWithoutAForm(t *testing.T) {
	f, ref := drafted(t)
	boxes := CopyOut(ref, f, procedures.Form{}, options())
	for i, s := range Sections() {
		if boxes[i].Label != s.Title || boxes[i].Unasked {
			t.Errorf("box %d is %q, want %q", i, boxes[i].Label, s.Title)
		}
	}
}

// Every box of every form that ships names sections that there are.
func TestFormsThatShipNameSections(t *testing.T) {
	for _, name := range procedures.Names() {
		p, err := procedures.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range p.Form.Fields {
			for _, key := range strings.Fields(field.Key) {
				if !slices.ContainsFunc(Sections(), func(s Spec) bool { return s.Key == key }) {
					t.Errorf("%s: the box %q is filled by %q, and there is no such section", name, field.Label, key)
				}
			}
		}
	}
}

func TestParts(t *testing.T) {
	for _, c := range []struct {
		name, text string
		limit      int
		want       []string
	}{
		{"nothing", "", 10, nil},
		{"no limit", "One. Two.", 0, []string{"One. Two."}},
		{"it just fits", "0123456789", 10, []string{"0123456789"}},
		{"at the end of a line", "He was cold.\nHe had no coat on.", 20, []string{"He was cold.", "He had no coat on."}},
		{"at the end of a sentence", "He was cold. He had no coat.", 20, []string{"He was cold.", "He had no coat."}},
		{"between words", "no coat no lunch no shoes", 10, []string{"no coat no", "lunch no", "shoes"}},
		{"within a word", "abcdefghijkl", 5, []string{"abcde", "fghij", "kl"}},
		{"an accent stays with its letter", "abcdeẹ̃fgh", 6, nil},
		{"what counts two", "😢😢😢", 4, []string{"😢😢", "😢"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Box{Text: c.text, Limit: c.limit}.Parts()
			if c.want != nil && !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			for _, part := range got {
				if joins(part) {
					t.Errorf("the part %q begins within a letter", part)
				}
			}
		})
	}
	b := Box{Text: strings.Repeat("a", 2312), Limit: 2000}
	if b.Over() != 312 || len(b.Parts()) != 2 {
		t.Errorf("over by %d, in %d parts", b.Over(), len(b.Parts()))
	}
}

func TestPartsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("abc. ?\n”é\u0301😢")), 0, 200, -1).Draw(t, "text")
		limit := rapid.IntRange(8, 60).Draw(t, "limit")
		parts := Box{Text: text, Limit: limit}.Parts()
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got := bare(strings.Join(parts, "")); got != bare(text) {
			t.Fatalf("the parts %q are not the whole %q", parts, text)
		}
		for _, p := range parts {
			if Characters(p) > limit && Characters(strings.TrimRight(p, "\u0301")) > limit {
				t.Fatalf("the part %q is longer than %d", p, limit)
			}
		}
	})
}
