package review

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"throughline/chronology/wording"
	"throughline/records"
)

var now = time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)

func read(t testing.TB, data string) *Result {
	t.Helper()
	r, err := Read(strings.NewReader(data), "chronology.csv", Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const plainCSV = `date,category,summary,childs_words,decision
2024-03-04,neglect,Came in without a coat,"I'm cold, he said",Continue to monitor.
about 3 March 2024,hygiene,Clothes smelt of urine,,
,neglect,Nobody knows when this was,,
31/02/2024,neglect,Not a day,,
2031-01-01,neglect,Not yet,,
last spring,neglect,Not a date,,
`

func TestReadCSV(t *testing.T) {
	r := read(t, plainCSV)
	if r.Rows != 6 {
		t.Errorf("rows = %d, want 6", r.Rows)
	}
	want := []Rejected{
		{4, records.ErrNoSuchDay.Error()},
		{5, errFuture.Error()},
		{6, records.ErrDateForm.Error()},
	}
	if !slices.Equal(r.Rejected, want) {
		t.Errorf("rejected = %v, want %v", r.Rejected, want)
	}
	if !slices.Equal(r.undated, []int{3}) {
		t.Errorf("undated = %v, want row 3", r.undated)
	}
	i := slices.IndexFunc(r.Wording, func(f Finding) bool { return f.Kind == wording.VagueMonitoring })
	if i < 0 {
		t.Fatal("\"Continue to monitor.\" was not found")
	}
	f := r.Wording[i]
	if f.Row != 1 || f.Column != "decision" || !strings.HasPrefix(f.Text, "Continue to monitor") || len(f.Missing) != 3 || f.Ask == "" {
		t.Errorf("finding = %+v", f)
	}
}

func TestUntil(t *testing.T) {
	const csv = "date,summary\n2024-01-10,One\n2024-02-10,Two\n2024-03-10,Three\n31/2/2024,Four\n"
	r, err := Read(strings.NewReader(csv), "", Options{Now: now, Until: "2024-02-10"})
	if err != nil || r.Rows != 3 || len(r.Rejected) != 1 || r.Rejected[0].Row != 4 {
		t.Errorf("rows = %d, rejected = %v, %v; want 3 and row 4", r.Rows, r.Rejected, err)
	}
	if !slices.Contains(r.TooLittle, "1 row after 10 Feb 2024 was left out, as asked.") {
		t.Errorf("too little = %q, want the row left out", r.TooLittle)
	}
}

func TestTheSameDecisionAgainIsSaid(t *testing.T) {
	r := read(t, "date,summary,decision\n2024-01-10,Hungry,No further action\n2024-02-10,Hungry,No further action\n2024-03-12,Hungry,No further action\n")
	var b strings.Builder
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	if want := "No further action was decided three times"; len(r.Drift) != 1 || !strings.Contains(b.String(), want) {
		t.Errorf("drift = %+v, and the text lacks %q:\n%s", r.Drift, want, b.String())
	}
}

func TestEveryListIsThere(t *testing.T) {
	b, err := json.Marshal(read(t, "date,summary\n"))
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	want := []string{"deterioration", "drift", "patterns", "quiet", "rejected", "rows", "too_little", "unanswered", "voice", "wording"}
	var got []string
	for k := range m {
		got = append(got, k)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("keys = %q, want %q", got, want)
	}
	if bytes.Contains(b, []byte("null")) {
		t.Errorf("null in %s", b)
	}
}

func TestHeadings(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       layout
	}{
		{"as the design has them", "date,time,date_precision,category,severity,source,observed_by_role,location,summary,childs_words,action,outcome,decision,agency",
			layout{"date": {0}, "time": {1}, "date_precision": {2}, "category": {3}, "severity": {4}, "source": {5}, "observed_by_role": {6},
				"location": {7}, "summary": {8}, "childs_words": {9}, "action": {10}, "outcome": {11}, "decision": {12}, "agency": {13}}},
		{"aliases in another order", "Action taken,Child's voice,What happened,Date of incident,Logged by",
			layout{"action": {0}, "childs_words": {1}, "summary": {2}, "date": {3}, "observed_by_role": {4}}},
		{"case, space, underscore and brackets", "  DATE (dd/mm/yyyy) ,Childs_Words,DATE  PRECISION",
			layout{"date": {0}, "childs_words": {1}, "date_precision": {2}}},
		{"the surest date", "Date recorded,Incident date,Date of birth,Summary", layout{"date": {1}, "summary": {3}}},
		{"a date by its look", "Chronology date,Details", layout{"date": {0}, "summary": {1}}},
		{"several texts", "Date,Details,Description", layout{"date": {0}, "summary": {1, 2}}},
		{"a concern is the text", "Date,Concern,Action", layout{"date": {0}, "summary": {1}, "action": {2}}},
		{"a concern is the category", "Date,Concern,Details", layout{"date": {0}, "category": {1}, "summary": {2}}},
		{"our own workbook", "Row,Date,Exact?,Time,Agency,Source of information,Event,Action\\, and by whom,Decision and reason,Entered by,Entered on",
			layout{"date": {1}, "date_precision": {2}, "time": {3}, "agency": {4}, "source": {5}, "summary": {6}, "action": {7}, "decision": {8}, "observed_by_role": {9}}},
	} {
		cells := strings.Split(strings.ReplaceAll(c.head, `\,`, "§"), ",")
		if got := layoutOf(cells); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func utf16Text(s string, big, mark bool) string {
	var b []byte
	if mark {
		s = "\ufeff" + s
	}
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

func TestFormsOfCSV(t *testing.T) {
	const body = "date,category,summary,childs_words\n04/03/2024,neglect,Zoë said it,\"“No”, she said\"\n"
	semicolons := strings.NewReplacer("date,category,summary,childs_words", "date;category;summary;childs_words", "2024,neglect,Zoë said it,", "2024;neglect;Zoë said it;").Replace(body)
	latin := strings.NewReplacer("ë", "\xeb", "“", "\x93", "”", "\x94").Replace(body)
	for name, data := range map[string]string{
		"UTF-8":                 body,
		"with a mark":           "\ufeff" + body,
		"UTF-16 little":         utf16Text(body, false, true),
		"UTF-16 big":            utf16Text(body, true, true),
		"UTF-16 without a mark": utf16Text(body, false, false),
		"UTF-16 big, no mark":   utf16Text(body, true, false),
		"Windows-1252":          latin,
		"semicolons":            semicolons,
		"tabs":                  strings.NewReplacer("date,category,summary,childs_words", "date\tcategory\tsummary\tchilds_words", "2024,neglect,Zoë said it,", "2024\tneglect\tZoë said it\t").Replace(body),
		"Windows line ends":     strings.ReplaceAll(body, "\n", "\r\n"),
		"old Mac line ends":     strings.ReplaceAll(body, "\n", "\r"),
		"a title above":         "Chronology of a child,,,\n,,,\n\nMade by the DSL\n" + body,
		"Excel's hint":          "sep=,\n" + body,
	} {
		t.Run(name, func(t *testing.T) {
			tab, err := readTable([]byte(data), "x.csv")
			if err != nil {
				t.Fatal(err)
			}
			r := tab.row(tab.header + 1)
			if r.get("summary") != "Zoë said it" || r.get("childs_words") != "“No”, she said" || r.get("date") != "04/03/2024" {
				t.Errorf("row = %q", r.cells)
			}
		})
	}
}

func TestRowsCountBlankLines(t *testing.T) {
	r := read(t, "date,summary\n2024-01-10,\"One\ntwo\n\nthree\"\n\n,\nrubbish,Four\n")
	if r.Rows != 2 || len(r.Rejected) != 1 || r.Rejected[0].Row != 4 {
		t.Errorf("rows = %d, rejected = %v; want 2 and row 4", r.Rows, r.Rejected)
	}
}

func TestBrokenQuotes(t *testing.T) {
	for _, c := range []struct{ name, field, want string }{
		{"within", `She said "no" twice`, `She said "no" twice`},
		{"at the start", `"No" she said`, `"No" she said`},
		{"not closed", `"No she said`, `"No she said`},
		{"not doubled", `"He said, "no" and left"`, `He said, "no" and left`},
		{"as it should be", "\"Two\nlines, \"\"no\"\"\"", "Two\nlines, \"no\""},
	} {
		const broken = "2024-01-12,\"Three\" again,x\r\n"
		text := "date,summary,action\r\n2024-01-10," + c.field + ",Told\r\n\r\n" + broken + "2024-01-13,Four"
		tab, err := readTable([]byte(text), "a.csv")
		if err != nil {
			t.Fatal(err)
		}
		if r := tab.row(1); r.get("summary") != c.want || r.get("action") != "Told" {
			t.Errorf("%s: row = %q, want %q", c.name, r.cells, c.want)
		}
		if r := tab.review(Options{Now: now}); r.Rows != 3 || len(tab.rows) != 5 {
			t.Errorf("%s: %d rows in %d lines, want 3 in 5", c.name, r.Rows, len(tab.rows))
		}
	}
}

func TestWhatIsNoChronology(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	must(t, book.SetSheetRow("Sheet1", "A1", &[]any{"Name", "Details"}))
	var undated, locked bytes.Buffer
	_, err := book.WriteTo(&undated)
	must(t, err)
	_, err = book.WriteTo(&locked, excelize.Options{Password: "secret"})
	must(t, err)
	for _, c := range []struct {
		name, data, file string
		want             error
	}{
		{"nothing", "", "a.csv", ErrEmpty},
		{"white space", " \r\n ", "a.csv", ErrEmpty},
		{"no dates", "name,details\nSecret Name,Secret text\n", "a.csv", ErrNoDates},
		{"no dates in a workbook", undated.String(), "a.xlsx", ErrNoDates},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.csv", ErrNotSpreadsheet},
		{"a PDF", "%PDF-1.7\n", "a.csv", ErrNotSpreadsheet},
		{"a web page", "<!DOCTYPE html><p>", "a.xls", ErrNotSpreadsheet},
		{"text called xlsx", "date,summary\n", "a.xlsx", ErrNotSpreadsheet},
		{"a broken archive", "PK\x03\x04 and no more", "a.xlsx", ErrNotSpreadsheet},
		{"a password", locked.String(), "a.xlsx", ErrPassword},
		{"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and Workbook", "a.xls", ErrOldExcel},
		{"too large", strings.Repeat("x", maxBytes+1), "a.csv", ErrTooLarge},
		{"too many rows", "date,summary\n" + strings.Repeat("1/1/24,x\n", maxRows+headerDepth), "a.csv", ErrTooLarge},
	} {
		r, err := Read(strings.NewReader(c.data), c.file, Options{Now: now})
		if !errors.Is(err, c.want) || r != nil {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "Secret") {
			t.Errorf("%s: the error quotes a cell: %v", c.name, err)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadWorkbook(t *testing.T) {
	for _, mac := range []bool{false, true} {
		x := excelize.NewFile()
		defer x.Close()
		must(t, x.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &mac}))
		must(t, x.SetSheetRow("Sheet1", "A1", &[]any{"Notes of a school"}))
		_, err := x.NewSheet("Log")
		must(t, err)
		must(t, x.SetSheetRow("Log", "A1", &[]any{"Chronology"}))
		must(t, x.SetSheetRow("Log", "A3", &[]any{"Date", "Time", "What happened", "Decision", "Severity"}))
		day := time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)
		must(t, x.SetSheetRow("Log", "A4", &[]any{day, 0.4375, "A date cell", "Continue to monitor", 3}))
		must(t, x.SetSheetRow("Log", "A5", &[]any{"5th March 2024", "2pm", "A date in words", "", "high"}))
		must(t, x.SetSheetRow("Log", "A7", &[]any{"nonsense", "", "After a blank row"}))
		var b bytes.Buffer
		_, err = x.WriteTo(&b)
		must(t, err)
		tab, err := readTable(b.Bytes(), "a.xlsx")
		must(t, err)
		w, err := tab.row(tab.header+1).when(now, tab.from1904)
		if err != nil || w.Date != "2024-03-04" || w.At.Time().Format("15:04") != "10:30" {
			t.Errorf("1904 %v: date cell = %+v, %v", mac, w, err)
		}
		r := tab.review(Options{Now: now})
		if r.Rows != 3 || len(r.Rejected) != 1 || r.Rejected[0].Row != 4 {
			t.Errorf("rows = %d, rejected = %v; want 3 and row 4", r.Rows, r.Rejected)
		}
	}
}

func TestText(t *testing.T) {
	var b strings.Builder
	must(t, read(t, plainCSV).WriteText(&b))
	for _, want := range []string{
		"6 rows, of which 3 could be read. Nothing was kept.", "Row 3: undated.", "Row 4. There is no such day", "Row 1, decision: \"Continue to monitor",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	for line := range strings.Lines(b.String()) {
		if len([]rune(line)) > lineWidth+1 {
			t.Errorf("a line of %d characters: %q", len(line), line)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestTextReportsAFullDisk(t *testing.T) {
	if err := read(t, plainCSV).WriteText(broken{}); err == nil {
		t.Error("no error from a full disk")
	}
}

func BenchmarkReview10000(b *testing.B) {
	var s strings.Builder
	s.WriteString("date,category,severity,summary,childs_words,action,decision\n")
	for i := range 10000 {
		fmt.Fprintf(&s, "%s,neglect,2,\"Came in late without a coat, and said there was no breakfast at home again today\",I was hungry,Told the DSL at 9.10,Ring home today\n",
			records.Date("2005-09-01").AddDays(i*7/10))
	}
	for b.Loop() {
		if _, err := Read(strings.NewReader(s.String()), "a.csv", Options{Now: now}); err != nil {
			b.Fatal(err)
		}
	}
}
