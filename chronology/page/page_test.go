package page

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var made = time.Date(2026, 3, 4, 16, 41, 0, 0, time.UTC)

// hard is text of the kind that breaks PDF writers.
var hard = []struct{ name, text string }{
	{"polish", "Łukasz Wójcik"},
	{"vietnamese", "Nguyễn Thị Hồng"},
	{"decomposed", "Nguye\u0302\u0303n Zoe\u0308"},
	{"irish", "O’Neill – “quoted” … £5 ½"},
	{"welsh", "Siân Ŵŷn"},
	{"emoji", "He’ll send Minh away 😢"},
	{"family", "my 👨‍👩‍👧 home"},
	{"flag", "from 🇵🇱 then"},
	{"arabic", "محمد علي"},
	{"urdu", "عائشہ"},
	{"hebrew", "שרה"},
	{"punjabi", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ"},
	{"chinese", "王小明"},
	{"korean", "김민준"},
	{"control", "one\x00two\x07three\x1b[31m"},
	{"bad UTF-8", "caf\xe9 \xff\xfe"},
	{"line separators", "one\u2028two\u2029three\r\nfour\rfive"},
	{"brackets", `( \ ) <script> </P> EMC BDC`},
	{"plane 16", "\U0010FFFD"},
	{"empty", ""},
	{"one long word", strings.Repeat("x", 5000)},
	{"long arabic word", strings.Repeat("م", 300)},
	{"only spaces", "   \n \t "},
}

// document returns one that uses everything with a text.
func document(text string) *Document {
	d := New(Info{Title: "T " + text, Author: text, Aside: text, Footer: text, Made: made})
	d.Heading(1, "Title")
	d.Heading(2, text)
	d.Paragraph(Text(text)...)
	d.Note(text)
	d.Quote(text, Span{Text: text}, Span{Text: " [1]", To: "row"})
	d.List(Item{Spans: []Span{{Text: text, Bold: true}, {Text: text}}, Quote: text})
	d.Facts(Fact{text, Text(text)})
	d.Figure("Figure "+text, 60, func(c *Canvas) {
		c.Label(text, 10, 10, 8, 100, 0, Grey)
		c.Dot(20, 20, 4, true, Blue)
		c.Diamond(40, 20, 4, false, Ink)
		c.Line(0, 30, c.W, 30, 1, Ink)
		c.Box(0, 40, 10, 10, Paper)
	})
	d.Signature(text)
	d.NewPage(true)
	d.Table(text, []Column{{text, 1}, {"B", 2}}, []Row{{Cells: [][]Span{Text(text), Text(text)}, Anchor: "row"}, {}}, true)
	return d
}

func written(t testing.TB, d *Document, password string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b, password); err != nil {
		t.Fatalf("Write: %v", err)
	}
	return b.Bytes()
}

// tool runs a program on a PDF and returns what it prints; the test is skipped
// where the program is not installed.
func tool(t *testing.T, pdf []byte, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed", name)
	}
	file := filepath.Join(t.TempDir(), "t.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = file
		}
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func TestHardText(t *testing.T) {
	for _, tt := range hard {
		t.Run(tt.name, func(t *testing.T) {
			pdf := written(t, document(tt.text), "")
			tool(t, pdf, "qpdf", "--check", "FILE")
		})
	}
}

// squeeze takes out what line breaks and directions add.
func squeeze(s string) string {
	drop := func(r rune) rune {
		if strings.ContainsRune(" \n\f\u202a\u202b\u202c\u2066\u2067\u2068\u2069", r) {
			return -1
		}
		return r
	}
	return strings.Map(drop, s)
}

func TestTextComesBackVerbatim(t *testing.T) {
	for _, text := range []string{
		"Łukasz Wójcik", "Nguyễn Thị Hồng", "O’Neill – “quoted”", "He’ll send Minh away 😢", "王小明", "김민준",
		"A sentence that is so long that it has to be broken over two lines of the page, with 😢 at its end.",
	} {
		d := New(Info{Title: "T", Made: made})
		d.Paragraph(Text(text)...)
		got := tool(t, written(t, d, ""), "pdftotext", "FILE", "-")
		if !strings.Contains(squeeze(got), squeeze(text)) {
			t.Errorf("pdftotext does not find %q in\n%s", text, got)
		}
	}
}

func TestPieces(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"plain", "Zoë", "Zoë"},
		{"composed", "Zoe\u0308", "Zoë"},
		{"emoji", "sad 😢.", "sad [crying face]."},
		{"joined emoji", "👨‍👩‍👧", "[man, woman, girl]"},
		{"arabic", "محمد", "[Arabic: meem hah meem dal]"},
		{"ideographs", "王", "[Han: U+738B]"},
		{"two scripts", "م王", "[Arabic: meem][Han: U+738B]"},
		{"no character", "\U0010FFFD", "[U+10FFFD]"},
		{"bad UTF-8", "caf\xe9", "caf\ufffd"},
		{"control", "a\x00b", "ab"},
		{"direction", "a\u202eb", "ab"},
	} {
		if got := plain(tt.text); got != tt.want {
			t.Errorf("%s: plain(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestWrapKeepsEveryWordWithinTheWidth(t *testing.T) {
	for _, tt := range hard {
		for _, width := range []float64{20, 90, 487} {
			var got strings.Builder
			for _, l := range wrap(Text(tt.text), 10, width) {
				w := 0.0
				for _, r := range l {
					w += r.width
					got.WriteString(r.text)
				}
				if w > width+0.01 {
					t.Errorf("%s: a line is %.1f wide, more than %.0f", tt.name, w, width)
				}
			}
			if g, want := squeeze(got.String()), squeeze(plain(tt.text)); g != want {
				t.Errorf("%s at %.0f: lines hold %q, want %q", tt.name, width, g, want)
			}
		}
	}
}

// Who listens to a document must not hear the last word of a line run into the
// first of the next, so the space between them is drawn.
func TestWrappedLinesKeepTheirSpaces(t *testing.T) {
	const text = "He said that Minh would be sent away 😢 and that she would not see him again."
	spans := []Span{{Text: text}, {Text: " "}, {Text: "[1]", To: "a"}, {Text: " "}, {Text: "[2]", To: "b"}}
	for width := 25.0; width < 400; width += 7 {
		var got strings.Builder
		for _, l := range wrap(spans, 10, width) {
			for _, r := range l {
				got.WriteString(r.text)
				if strings.HasSuffix(r.text, " ") && r.look.To != "" {
					t.Errorf("at %.0f the link %q takes in the space behind it", width, r.text)
				}
			}
		}
		if want := plain(text) + " [1] [2]"; got.String() != want {
			t.Errorf("at %.0f: %q, want %q", width, got.String(), want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, tt := range hard {
		f.Add(tt.text, 90.0)
	}
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if len(text) > 5000 || !(width >= 20 && width <= 800) {
			t.Skip()
		}
		for _, l := range wrap(Text(text), 10, width) {
			w := 0.0
			for _, r := range l {
				w += r.width
				for _, c := range r.text {
					if !faces()[regular].covers(c) {
						t.Fatalf("%q is drawn without a glyph", c)
					}
				}
			}
			if w > width+0.01 && len(l) > 1 {
				t.Fatalf("a line is %.2f wide, more than %.2f", w, width)
			}
		}
		var b bytes.Buffer
		if err := document(text).Write(&b, ""); err != nil {
			t.Fatal(err)
		}
	})
}

func TestSameInputSameBytes(t *testing.T) {
	if !bytes.Equal(written(t, document("Zoë 😢"), ""), written(t, document("Zoë 😢"), "")) {
		t.Error("two documents of the same input differ")
	}
	if n := bytes.Count(written(t, document("Zoë"), ""), []byte("D:20260304164100")); n != 2 {
		t.Errorf("the given time stands %d times in the properties, want 2", n)
	}
}

func TestTagged(t *testing.T) {
	pdf := written(t, document("Zoë"), "")
	info := tool(t, pdf, "pdfinfo", "FILE")
	for _, want := range []string{"Tagged:          yes", "Title:           T Zoë", "Pages:           2"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo lacks %q:\n%s", want, info)
		}
	}
	tree := tool(t, pdf, "pdfinfo", "-struct-text", "FILE")
	for _, want := range []string{"H1", "H2", "BlockQuote", "LBody", "Figure", "Table", "TH", "TD", "Link"} {
		if !strings.Contains(tree, want) {
			t.Errorf("the structure has no %s:\n%s", want, tree)
		}
	}
	if !bytes.Contains(pdf, []byte("/Lang (en-GB)")) || !bytes.Contains(pdf, []byte("/DisplayDocTitle true")) {
		t.Error("language or title display is missing")
	}
	if got, want := bytes.Count(pdf, []byte("/S /TH")), 2+2+1; got != want {
		t.Errorf("%d header cells, want %d: two columns, two rows, one fact", got, want)
	}
}

func TestHeaderIsRepeated(t *testing.T) {
	d := New(Info{Title: "T", Made: made})
	var rows []Row
	for i := range 120 {
		rows = append(rows, Row{Cells: [][]Span{Text(fmt.Sprint(i)), Text("x")}})
	}
	d.Table("t", []Column{{"Number of row", 1}, {"Other", 1}}, rows, true)
	text := tool(t, written(t, d, ""), "pdftotext", "FILE", "-")
	pages := strings.Count(text, "\f")
	if got := strings.Count(text, "Number of row"); got != pages || pages < 3 {
		t.Errorf("the header stands %d times on %d pages", got, pages)
	}
}

func TestRowHigherThanAPage(t *testing.T) {
	d := New(Info{Title: "T", Made: made})
	long := strings.Repeat("word ", 4000) + "END"
	d.Table("t", []Column{{"A", 1}, {"B", 3}}, []Row{{Cells: [][]Span{Text("Row17"), Text(long)}}}, true)
	text := tool(t, written(t, d, ""), "pdftotext", "FILE", "-")
	if got, pages := strings.Count(text, "Row17"), strings.Count(text, "\f"); got != pages || pages < 2 {
		t.Errorf("the row is named on %d of %d pages", got, pages)
	}
	if got := strings.Count(text, "word"); got != 4000 || !strings.Contains(text, "END") {
		t.Errorf("%d of 4000 words came back", got)
	}
}

func TestPassword(t *testing.T) {
	const secret = "S3cret-é"
	pdf := written(t, document("Karl grabbed me"), secret)
	if bytes.Contains(pdf, []byte("Karl")) {
		t.Error("the text stands in the encrypted file")
	}
	got := tool(t, pdf, "qpdf", "--show-encryption", "--password="+secret, "FILE")
	for _, want := range []string{"R = 6", "AESv3", "extract for accessibility: allowed", "extract for any purpose: not allowed"} {
		if !strings.Contains(got, want) {
			t.Errorf("qpdf does not say %q:\n%s", want, got)
		}
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	text := tool(t, pdf, "pdftotext", "-upw", secret, "FILE", "-")
	if !strings.Contains(text, "Karl grabbed me") {
		t.Errorf("the text does not come back with the password:\n%s", text)
	}
	file := filepath.Join(t.TempDir(), "t.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command("qpdf", "--check", "--password=wrong", file).Run(); err == nil {
		t.Error("a wrong password opens the file")
	}
}

func BenchmarkTwoHundredPages(b *testing.B) {
	for name, password := range map[string]string{"plain": "", "encrypted": "S3cret-é"} {
		b.Run(name, func(b *testing.B) { twoHundredPages(b, password) })
	}
}

func twoHundredPages(b *testing.B, password string) {
	pages := 0
	for b.Loop() {
		pages = writeTwoHundred(b, password)
	}
	b.ReportMetric(float64(pages), "pages")
}

const sentenceOfPages = "Zoë came to school without a coat; it was six degrees and raining, and she had not eaten since the day before. "

// writeTwoHundred writes some 200 pages and returns how many.
func writeTwoHundred(b *testing.B, password string) int {
	d := New(Info{Title: "T", Made: made})
	for i := range 850 {
		d.Heading(3, fmt.Sprintf("Entry %d", i))
		d.Paragraph(Text(strings.Repeat(sentenceOfPages, 7))...)
	}
	d.NewPage(true)
	var rows []Row
	for i := range 480 {
		rows = append(rows, Row{Cells: [][]Span{Text(fmt.Sprint(i)), Text("3 Mar 2026, 08:40"), Text(strings.Repeat(sentenceOfPages, 3)), Text(sentenceOfPages)}})
	}
	d.Table("t", []Column{{"No.", 1}, {"When", 3}, {"What", 10}, {"Voice", 5}}, rows, true)
	written(b, d, password)
	return d.f.PageCount()
}
