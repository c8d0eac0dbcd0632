package roll

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"throughline/records"
	"throughline/records/table"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, records.London)

var options = Options{Now: now, School: "925/4001"}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// readFile opens a file and reads it as its headings say.
func readFile(ctx context.Context, r io.Reader, filename string, o Options) (*records.Roll, error) {
	f, err := Open(ctx, r, filename, o)
	if err != nil {
		return nil, err
	}
	return f.Roll(ctx, f.Proposed())
}

func read(t testing.TB, text, name string) *records.Roll {
	t.Helper()
	r, err := readFile(context.Background(), strings.NewReader(text), name, options)
	must(t, err)
	return r
}

const goodUPN = "H801200001001"

// TestHeaderShapes reads one pupil as each of the usual systems exports her.
func TestHeaderShapes(t *testing.T) {
	must(t, records.CheckUPN(goodUPN))
	zoe := records.Pupil{UPN: goodUPN, Forename: "Zoë", Surname: "Nguyễn", Born: "2015-06-01", Sex: "Female", YearGroup: "5", Form: "5B"}
	with := func(change func(p *records.Pupil)) records.Pupil { p := zoe; change(&p); return p }
	for _, c := range []struct {
		name, text string
		want       records.Pupil
	}{
		{"SIMS, a report with a title", "Pupils on roll 22/11/2026\r\n\r\nLegal Surname,Legal Forename,Middle Name(s),Preferred Surname,Preferred Forename,UPN,Reg Group,Year,Gender,DOB,Date of Admission,Post Code\r\n" +
			"Nguyễn,Zoë,Anh,Nguyễn,Zo," + goodUPN + ",5B,Year  5,F,01/06/2015,02/09/2019,LN1 1AA\r\n",
			with(func(p *records.Pupil) { p.KnownAs, p.Joined, p.Address = "Zo", "2019-09-02", "LN1 1AA" })},
		{"SIMS, one column for the name", "Name,UPN,Reg,Year taught in,Gender,Date of birth,Ethnicity,First Language,SEN status,Address\n" +
			"\"Nguyễn, Zoë\"," + goodUPN + ",5B,5,Female,1 June 2015,WBRI,ENG,K,\"1 Elm Lane, Lincoln\"\n",
			with(func(p *records.Pupil) {
				p.Ethnicity, p.Language, p.Needs, p.Address = "White British", "English", "SEN status: SEN support", "1 Elm Lane, Lincoln"
			})},
		{"Arbor", "Arbor Student ID,Legal first name,Preferred first name,Legal last name,UPN,Sex,Date of birth,Year group,Registration form,Enrolment start date,SEN status,Medical conditions,Apartment,House number,Street,Town,Postcode\n" +
			"77,Zoë,Zoë,Nguyễn," + goodUPN + ",Female,2015-06-01,Year 5,5B,2019-09-02,No Special Educational Need,Asthma,,1,Elm Lane,Lincoln,LN1 1AA\n",
			with(func(p *records.Pupil) {
				p.KnownAs, p.Joined, p.Needs, p.Address = "Zoë", "2019-09-02", "SEN status: none\nMedical: Asthma", "1 Elm Lane, Lincoln, LN1 1AA"
			})},
		{"Bromcom, semicolons", "Last Name;First Name;Chosen Name;DOB;UPN;Gender;Year Group;Tutor Group;Doctor;NHS Number;Religion;Leaving Date\n" +
			"Nguyễn;Zoë;Zo;01.06.15;" + goodUPN + ";F;Y5;5B;Elm Surgery;943 476 5919;Buddhist;\n",
			with(func(p *records.Pupil) {
				p.KnownAs, p.GP, p.NHSNumber, p.Religion = "Zo", "Elm Surgery", "943 476 5919", "Buddhist"
			})},
		{"the preferred forename alone", "Surname,Preferred Forename,UPN,DOB,Gender,Year,Form\nNguyễn,Zoë," + goodUPN + ",2015-06-01T00:00:00,F,05,5B\n",
			with(func(p *records.Pupil) { p.KnownAs = "Zoë" })},
	} {
		r := read(t, c.text, "a.csv")
		if len(r.Rows) != 1 || r.Rows[0].Row != 1 || r.Rows[0].Why != "" || !reflect.DeepEqual(r.Rows[0].Pupil, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, r.Rows, c.want)
		}
	}
}

func TestReadWorkbook(t *testing.T) {
	for _, mac := range []bool{false, true} {
		x := excelize.NewFile()
		defer x.Close()
		must(t, x.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &mac}))
		must(t, x.SetSheetRow("Sheet1", "A1", &[]any{"Surname", "Forename", "Date of birth", "Year"}))
		must(t, x.SetSheetRow("Sheet1", "A2", &[]any{"Bell", "Ida", time.Date(2016, 2, 29, 0, 0, 0, 0, time.UTC), 5}))
		must(t, x.SetCellFormula("Sheet1", "A3", `"Bell"`))
		must(t, x.SetSheetRow("Sheet1", "B3", &[]any{"Ned", "29/02/2016", "R"}))
		var b bytes.Buffer
		_, err := x.WriteTo(&b)
		must(t, err)
		r := read(t, b.String(), "a.xlsx")
		if p := r.Rows[0].Pupil; p.Born != "2016-02-29" || p.YearGroup != "5" || r.From != "an Excel workbook" {
			t.Errorf("1904 %v: %+v from %s", mac, p, r.From)
		}
		if r.Rows[1].Why != whyNames {
			t.Errorf("a formula without a value was run: %+v", r.Rows[1])
		}
	}
}

func TestBirthDates(t *testing.T) {
	for _, c := range []struct {
		text, why, warn string
		want            records.Date
	}{
		{"01/02/15", "", "", "2015-02-01"},
		{"01/02/08", "", "", "2008-02-01"},
		{"01/02/03", whyShortYear, "", ""},
		{"01/02/31", whyShortYear, "", ""},
		{"01/02/2003", "", warnAge, "2003-02-01"},
		{"22/11/2024", "", "", "2024-11-22"},
		{"23/11/2024", "", warnAge, "2024-11-23"},
		{"22/11/2005", "", warnAge, "2005-11-22"},
		{"23/11/2005", "", "", "2005-11-23"},
		{"23/11/2026", "", "", "2026-11-23"}, // the record rejects it
		{"29/02/2016", "", "", "2016-02-29"},
		{"29/02/2015", whyNoSuchDay, "", ""},
		{"06/15/2015", whyNoSuchDay, "", ""},
		{"20150601", "", "", "2015-06-01"},
		{"01/06/2015 00:00:00", "", "", "2015-06-01"},
		{"01 Jun 2015 12:00 AM", "", "", "2015-06-01"},
		{"42156", "", "", "2015-06-01"},
		{"42156.5", "", "", "2015-06-01"},
		{"7", whyBirth, "", ""},
		{"NaN", whyBirth, "", ""},
		{"unknown", whyBirth, "", ""},
		{"", "", "", ""},
	} {
		n := notes{options: options}
		n.born(c.text)
		warn := strings.Join(n.row.Warnings, " ")
		if n.row.Pupil.Born != c.want || n.row.Why != c.why || warn != c.warn {
			t.Errorf("born %q = %q %q %q, want %q %q %q", c.text, n.row.Pupil.Born, n.row.Why, warn, c.want, c.why, c.warn)
		}
	}
	n := notes{options: Options{Now: time.Date(2023, 5, 1, 0, 0, 0, 0, time.UTC)}}
	if n.born("01/02/03"); n.row.Pupil.Born != "2003-02-01" || n.row.Why != "" {
		t.Errorf("01/02/03 of a pupil of 20 = %+v, want 1 Feb 2003", n.row)
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		of         func(string) string
		text, want string
	}{
		{year, "Year 7", "7"}, {year, "7", "7"}, {year, "07", "7"}, {year, "Yr 7", "7"}, {year, "Y7", "7"}, {year, "NC Year 10", "10"}, {year, "Year Group 3", "3"},
		{year, "R", "R"}, {year, "Reception", "R"}, {year, "Year R", "R"}, {year, "YR", "R"}, {year, "0", "R"}, {year, "N1", "N1"}, {year, "Nursery 2", "N2"},
		{year, "7.0", "7"}, {year, "Mixed", "Mixed"}, {year, "", ""}, {year, "99", "99"}, {year, "Year", "Year"},
		{sex, "F", "Female"}, {sex, "boy", "Male"}, {sex, "U", ""}, {sex, "Not given", "Not given"},
		{senStatus, "K", "SEN support"}, {senStatus, "N", "none"}, {senStatus, "EHCP", "Education, health and care plan"}, {senStatus, "Monitoring", "Monitoring"},
		{ethnicity, "ABAN", "Bangladeshi"}, {ethnicity, "NOBT", ""}, {ethnicity, "Welsh", "Welsh"}, {language, "POL", "Polish"}, {language, "XXX", "XXX"},
	} {
		if got := c.of(c.text); got != c.want {
			t.Errorf("%q = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestWhatIsLeftOutIsSaid(t *testing.T) {
	r := read(t, "Surname,Forename,UPN,DOB,Admission date,Leaving date\n"+
		"Secret,Ida,B123456789012,2015-01-01,soon,31/08/27\n"+
		",Ned,,2015-01-01,,\n"+
		" , ,,\n"+
		"Alder,Ned,,31/02/2015,,\n", "a.csv")
	if w := r.Rows[0]; w.Why != "" || w.Pupil.UPN != "" || w.Pupil.Left != "" || !slices.Equal(w.Warnings, []string{warnUPN, warnJoined, warnLeftFuture}) {
		t.Errorf("row 1 = %+v", w)
	}
	if len(r.Rows) != 3 || r.Rows[1].Why != whyNames || r.Rows[2].Row != 4 || r.Rows[2].Why != whyNoSuchDay || r.Rows[2].Pupil.Surname != "Alder" {
		t.Errorf("rows = %+v", r.Rows)
	}
}

func TestMapping(t *testing.T) {
	const text = "Nachname,Vorname,Klasse,dob\nBell,Ida,4M,2016-01-01\n"
	ctx := context.Background()
	f, err := Open(ctx, strings.NewReader(text), "a.csv", options)
	must(t, err)
	if got, want := f.Headings(), []string{"Nachname", "Vorname", "Klasse", "dob"}; !slices.Equal(got, want) {
		t.Errorf("Headings = %q, want %q", got, want)
	}
	if got, want := f.Proposed(), (Mapping{Born: "dob"}); !reflect.DeepEqual(got, want) {
		t.Errorf("Proposed = %v, want %v", got, want)
	}
	good := Mapping{Surname: "nachname", Forename: "Vorname", Form: "Klasse", GP: ""}
	r, err := f.Roll(ctx, good)
	if err != nil || !reflect.DeepEqual(r.Rows[0].Pupil, records.Pupil{Surname: "Bell", Forename: "Ida", Form: "4M"}) {
		t.Errorf("Roll = %+v, %v", r, err)
	}
	for name, c := range map[string]struct {
		m    Mapping
		want error
	}{
		"no names":                 {Mapping{Form: "Klasse"}, ErrNoNames},
		"a column that is not":     {Mapping{Surname: "Secret", Forename: "Vorname"}, ErrColumn},
		"a field that is not":      {Mapping{"colour": "Klasse"}, ErrField},
		"a field without a column": {Mapping{middleName: "Klasse", Surname: "Nachname", Forename: "Vorname"}, ErrField},
	} {
		if r, err := f.Roll(ctx, c.m); !errors.Is(err, c.want) || r != nil || f.Fits(c.m) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	other, err := Open(ctx, strings.NewReader(strings.Replace(text, "Klasse", "Raum", 1)), "a.csv", options)
	must(t, err)
	again, err := Open(ctx, strings.NewReader("nachname;VORNAME;klasse;DOB\nx;y;z;\n"), "b.csv", options)
	must(t, err)
	if f.Shape() == other.Shape() || f.Shape() != again.Shape() {
		t.Error("the shape does not follow the headings")
	}
}

func TestAddressIsLaidTogether(t *testing.T) {
	for _, c := range []struct {
		name, postcode string
		parts          []string
		want           string
	}{
		{"parts", "LN1 1AA", []string{"", "12 Lincoln Road", "", "Lincoln"}, "12 Lincoln Road, Lincoln, LN1 1AA"},
		{"whole, with its parts again", "ln1 1aa", []string{"1 Elm Lane, Lincoln, LN1 1AA", "1 Elm Lane", "", "lincoln"}, "1 Elm Lane, Lincoln, LN1 1AA"},
		{"a postcode alone", "LN1 1AA", nil, "LN1 1AA"},
		{"nothing", "", []string{"", ""}, ""},
	} {
		if got := joined(c.postcode, c.parts...); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWhatIsNoRoll(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"nothing", "", table.ErrEmpty},
		{"one column", "Secret\nSecret\n", ErrNoPupils},
		{"a header alone", "Surname,Forename\n,\n", ErrNoPupils},
		{"no names", "Colour,Form\nred,5B\n", ErrNoNames},
		{"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", table.ErrOldExcel},
		{"too many rows", "Surname,Forename\n" + strings.Repeat("a,b\n", 200_000), table.ErrTooLarge},
	} {
		start := time.Now()
		r, err := readFile(context.Background(), strings.NewReader(c.text), "a.csv", options)
		if !errors.Is(err, c.want) || r != nil {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %v", c.name, took)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, text := range []string{"Surname,Forename\nBell,Ida\n", ctfOf("")} {
		if _, err := readFile(ctx, strings.NewReader(text), "a", options); !errors.Is(err, context.Canceled) {
			t.Errorf("after cancelling: %v", err)
		}
	}
}

// FuzzRoll holds that no file makes the reader fail otherwise than with one of
// its errors, and that no reason quotes the file.
func FuzzRoll(f *testing.F) {
	f.Add([]byte("Surname,Forename,UPN,DOB\nBell,Ida," + goodUPN + ",01/02/15\n"))
	f.Add([]byte("Name;Year;Address;SEN status\n\"Bell, Ida\";R;1 Elm Lane;K\n"))
	f.Add([]byte("Preferred Forename\tSurname\tLeaving date\tHouse\tStreet\nIda\tBell\t31/8/27\t1\tElm Lane"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := readFile(context.Background(), bytes.NewReader(data), "a.csv", options)
		checkRoll(t, r, err)
	})
}

var known = []error{
	ErrNoNames, ErrColumn, ErrField, ErrDoctype, ErrNotCTF, ErrBroken, ErrNoPupils,
	table.ErrEmpty, table.ErrNotSpreadsheet, table.ErrOldExcel, table.ErrPassword, table.ErrTooLarge,
}

var reasons = []string{"", whyNames, whyBirth, whyNoSuchDay, whyShortYear}

func checkRoll(t *testing.T, r *records.Roll, err error) {
	t.Helper()
	if err != nil {
		if r != nil || !slices.ContainsFunc(known, func(k error) bool { return errors.Is(err, k) }) {
			t.Errorf("a roll %v beside the error %v", r, err)
		}
		return
	}
	last := 0
	for _, row := range r.Rows {
		if row.Row <= last || !slices.Contains(reasons, row.Why) {
			t.Errorf("row %+v after row %d", row, last)
		}
		last = row.Row
		p := row.Pupil
		if p.UPN != "" && records.CheckUPN(p.UPN) != nil || p.Left > records.DateOf(now) {
			t.Errorf("kept: %+v", p)
		}
		if row.Why == "" && (p.Surname == "" || p.Forename == "") {
			t.Errorf("a pupil without a name: %+v", row)
		}
		for _, d := range []records.Date{p.Born, p.Joined, p.Left} {
			if d != "" && d.Time().IsZero() {
				t.Errorf("no date: %q", d)
			}
		}
	}
	if len(r.Rows) == 0 {
		t.Error("a roll of nobody")
	}
}

func BenchmarkRead1500(b *testing.B) {
	var s strings.Builder
	s.WriteString("Legal Surname,Legal Forename,UPN,DOB,Year Group,Reg Group,Gender,Address\n")
	for i := range 1500 {
		fmt.Fprintf(&s, "Bell,Ida%d,%s,%s,Year 5,5B,F,\"1 Elm Lane, Lincoln\"\n", i, goodUPN, records.Date("2014-09-01").AddDays(i%365))
	}
	for b.Loop() {
		read(b, s.String(), "a.csv")
	}
}
