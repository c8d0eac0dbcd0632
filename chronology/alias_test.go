package chronology

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"throughline/records"
)

func aliasFile() *records.File {
	f := &records.File{
		Pupil:    records.Pupil{Meta: records.Meta{ID: "p"}, Forename: "Zoë", Surname: "Nguyễn"},
		Siblings: []records.Pupil{{Meta: records.Meta{ID: "s"}, Forename: "Will", Surname: "Nguyễn"}},
		People:   map[records.ID]records.Person{},
	}
	for i, p := range []struct{ name, relationship string }{
		{"Mark Hobson", "stepfather"},
		{"Grace O'Brien", "mother"},
		{"Mrs Carter", "social worker"},
		{"Mary-Jane Smith-Jones", "aunt"},
		{"May Ling", "grandmother"},
		{"小明", "cousin"},
		{"Дмитро Коваль", "uncle"},
		{"Ali", "uncle"},
	} {
		id := records.ID(rune('a' + i))
		f.People[id] = records.Person{Name: p.name}
		f.Ties = append(f.Ties, records.Tie{Person: id, Relationship: p.relationship})
	}
	return f
}

func TestHide(t *testing.T) {
	a := NewAliases(aliasFile())
	for _, c := range []struct{ name, text, want string }{
		{"the pupil", "Zoë Nguyễn came in. Zoë's coat.", "ZN came in. ZN's coat."},
		{"surname first", "Nguyễn, Zoë and NGUYỄN Zoë", "ZN and ZN"},
		{"capitals", "ZOË cried", "ZN cried"},
		{"composed otherwise", norm.NFD.String("Zoë Nguyễn"), "ZN"},
		{"not inside a word", "Zoëlle and Markham and Alison, Maliki", "Zoëlle and Markham and Alison, Maliki"},
		{"a person", "Mark Hobson shouted at Zoë; Mark left", "[stepfather] shouted at ZN; [stepfather] left"},
		{"a surname alone", "Mr Hobson rang. Hobson's car", "Mr H rang. H's car"},
		{"a shared surname", "Mrs Nguyễn rang", "Mrs N rang"},
		{"an apostrophe", "Grace O'Brien, Grace O’Brien, Ms O'Brien", "[mother], [mother], Ms OB"},
		{"a hyphen", "Mary-Jane Smith-Jones and Smith and Mary", "[aunt] and S and [aunt]"},
		{"a line break in a name", "Mark\nHobson", "[stepfather]"},
		{"a title with the name", "Mrs Carter visited", "[social worker] visited"},
		{"a name of a title alone", "Ms Carter visited", "Ms C visited"},
		{"small letters are words", "a mark on her arm; will ring; by the grace of; in may", "a mark on her arm; will ring; by the grace of; in may"},
		{"a word opens a sentence", "Mark on left arm. Will ring mum. Grace period. Will continue to monitor. Mark seen at 9", "Mark on left arm. Will ring mum. Grace period. Will continue to monitor. Mark seen at 9"},
		{"a name opens a sentence", "Mark shouted. Will said no. Grace was late. Will's coat. Mark, who", "[stepfather] shouted. [sibling WN] said no. [mother] was late. [sibling WN]'s coat. [stepfather], who"},
		{"a name within a sentence", "She saw Mark on Monday and told Will off", "She saw [stepfather] on Monday and told [sibling WN] off"},
		{"two names open a sentence", "Mark and Grace came", "[stepfather] and [mother] came"},
		{"two names with a word's look", "Will and will not", "Will and will not"},
		{"a month", "3 May 2024, in May, May 2024, by May", "3 May 2024, in May, May 2024, by May"},
		{"a name like a month", "She said May hit her", "She said [grandmother] hit her"},
		{"no spaces between words", "我怕小明。", "我怕[cousin]。"},
		{"another alphabet", "Дмитро прийшов", "[uncle ДК] прийшов"},
		{"two of one role", "Ali came", "[uncle A] came"},
		{"nothing", "", ""},
		{"no words", " — ", " — "},
		{"what stands around", "(\"Zoë\")\n", "(\"ZN\")\n"},
	} {
		if got := a.Hide(c.text); got != c.want {
			t.Errorf("%s: Hide(%q) = %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

func TestHideKnownAs(t *testing.T) {
	f := &records.File{Pupil: records.Pupil{Forename: "Alexandra", Surname: "de la Cruz", KnownAs: "Lexi"}}
	a := NewAliases(f)
	for text, want := range map[string]string{
		"Alexandra (Lexi) de la Cruz": "AC",
		"Lexi de la Cruz":             "AC",
		"Lexi went de facto la la":    "AC went de facto la la",
		"Mr de la Cruz; Mr Cruz":      "Mr C; Mr C",
	} {
		got := a.Hide(text)
		want = strings.ReplaceAll(want, "AC", f.Pupil.Initials())
		if got != want {
			t.Errorf("Hide(%q) = %q, want %q", text, got, want)
		}
	}
}

// A name may be a word of every second sentence, and a family name may stand
// first.
func TestHideVietnameseNames(t *testing.T) {
	f := &records.File{
		Pupil:  records.Pupil{Forename: "My", Surname: "Nguyễn"},
		People: map[records.ID]records.Person{"a": {Name: "Nguyễn Hoàng Anh"}},
		Ties:   []records.Tie{{Person: "a", Relationship: "brother"}},
	}
	a := NewAliases(f)
	for text, want := range map[string]string{
		"My mum said so. My asked for Anh.": "My mum said so. MN asked for [brother].",
		"Nguyễn Hoàng Anh and Mrs Nguyễn":   "[brother] and Mrs N",
	} {
		if got := a.Hide(text); got != want {
			t.Errorf("Hide(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzHide(f *testing.F) {
	f.Add("Zoë Nguyễn came in with Mark; Will said 小明 did it on 3 May.")
	a := NewAliases(aliasFile())
	f.Fuzz(func(t *testing.T, text string) {
		got := a.Hide(text)
		for _, w := range split(norm.NFC.String(got)) {
			if w.text == "Zoë" || w.text == "Nguyễn" || w.text == "Hobson" {
				t.Errorf("Hide(%q) = %q still holds a name", text, got)
			}
		}
	})
}
