package pack

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

func written(t testing.TB, f *records.File, ref *records.Referral, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, f, ref, o); err != nil {
		t.Fatalf("Write: %v", err)
	}
	return b.Bytes()
}

// read returns the text of a PDF, after qpdf has found it sound. Where a tool
// is not installed the test is skipped.
func read(t *testing.T, pdf []byte, password string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "pack.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"qpdf", "pdftotext"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed", name)
		}
	}
	if out, err := exec.Command("qpdf", "--check", "--password="+password, file).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v\n%s", err, out)
	}
	out, err := exec.Command("pdftotext", "-upw", password, file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func TestWrite(t *testing.T) {
	f, ref := drafted(t)
	i := slices.IndexFunc(ref.Sections, func(s records.Section) bool { return s.Key == Expected })
	ref.Sections[i].Blank = records.BlankNotApplicable
	secret := find(ref.Sections, Household).Statements[1]
	ref.Sections[3].Statements[1].LeftOut = "Kept back on the advice of the police"
	got := read(t, written(t, f, ref, options()), "")
	for _, want := range []string{
		"Referral to children's social care",
		"Karl grabbed me because Minh spilled. He said if I tell he’ll send Minh away. Please don’t make me go home 😢",
		"Łukasz Wójcik", "Nguyễn", "Ada O’Neill", "Hearsay. On 26 Jan 2026", "Professional opinion. Ms Ortiz",
		"Where the child is now Not answered", "What we expect Not applicable", "If nobody intervenes Not answered",
		"3f9c…a1", Hash(ref.Sections), "Page 1 of", "entered 12 Jan 2026", "Invented Primary School, DfE number 925/4001",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the pack lacks %q", want)
		}
	}
	for _, no := range []string{"advice of the police", strings.TrimSuffix(secret.Text, ".")} {
		if strings.Contains(got, no) {
			t.Errorf("what was left out went out: %q", no)
		}
	}
	ref.SentAt, ref.SentTo, ref.Reference = stamp("2026-03-04", "16:00"), "Invented front door", "INV-77"
	got = read(t, written(t, f, ref, options()), "")
	if !strings.Contains(got, "INV-77") {
		t.Error("a pack that was sent does not say so")
	}
}

func TestWriteIsSteady(t *testing.T) {
	f, ref := drafted(t)
	if !bytes.Equal(written(t, f, ref, options()), written(t, f, ref, options())) {
		t.Error("the same pack has other bytes the second time")
	}
}

func TestWriteWithPassword(t *testing.T) {
	f, ref := drafted(t)
	o := options()
	o.Password = "two words é"
	if got := read(t, written(t, f, ref, o), o.Password); !strings.Contains(got, "Karl grabbed me") {
		t.Error("the pack cannot be read with its password")
	}
}

// A marker in the text is the number of the row that holds the entry.
func TestMarkersNumberTheRows(t *testing.T) {
	f, ref := drafted(t)
	ev := gather(newDrafter(f, ref).line, ref.Sections, ref)
	for _, st := range find(ref.Sections, Voice).Statements {
		spans := ev.markers(st)
		if len(spans) != 2 {
			t.Fatalf("%q has %d markers", st.Text, len(spans)/2)
		}
		var n int
		if _, err := fmt.Sscanf(spans[1].Text, "[%d]", &n); err != nil {
			t.Fatal(err)
		}
		if row := ev.rows[n-1]; row.Ref.ID != st.Rests[0].ID || !strings.Contains(st.Text, row.Voice) {
			t.Errorf("%q points at row %d, which is %s", st.Text, n, row.Ref.ID)
		}
	}
}

// A count of a whole record does not bring the whole record into the
// chronology that goes out; it says how many more entries there are.
func TestACountDoesNotPullInTheWholeRecord(t *testing.T) {
	f, ref := large(400)
	for i := range f.Concerns {
		f.Concerns[i].Severity, f.Concerns[i].Significant, f.Concerns[i].ChildsWords = 1, false, ""
		f.Concerns[i].Categories = []records.Category{records.Neglect}
	}
	ref.Sections = Draft(f, ref)
	ev := gather(newDrafter(f, ref).line, ref.Sections, ref)
	if len(ev.rows) > ev.whole/2 {
		t.Errorf("%d of %d entries go out", len(ev.rows), ev.whole)
	}
	spans := ev.markers(find(ref.Sections, History).Statements[0])
	if got := spans[len(spans)-1].Text; !strings.Contains(got, "more entries of the school's record") {
		t.Errorf("the count ends in %q", got)
	}
	for _, s := range spans {
		if n := 0; s.To != "" {
			if _, err := fmt.Sscanf(s.Text, "[%d]", &n); err != nil || n < 1 || n > len(ev.rows) {
				t.Errorf("marker %q has no row", s.Text)
			}
		}
	}
}
