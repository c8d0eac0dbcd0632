package roll

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"throughline/records"
	"throughline/records/table"
)

// ctfOf returns a transfer file with pupils.
func ctfOf(pupils string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<CTfile><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>24.0</CTFversion>
<SourceSchool><LEA>925</LEA><Estab>4001</Estab><SchoolName>Elm Lane</SchoolName></SourceSchool></Header>
<CTFpupilData>` + pupils + `</CTFpupilData></CTfile>`
}

const ctfZoe = `<Pupil><UPN>` + goodUPN + `</UPN><Surname>Nguyễn</Surname><Forename>Zoë</Forename><DOB>2015-06-01</DOB><Gender>M</Gender><Sex>F</Sex>
<BasicDetails><PreferredSurname>Bell</PreferredSurname><PreferredForename>Zo &amp; co</PreferredForename><MiddleNames>Anh</MiddleNames><NCyearActual>5</NCyearActual><Ethnicity>WBRI</Ethnicity>
<Languages><Type><Language>ENG</Language><LanguageType>O</LanguageType></Type><Type><Language>POL</Language><LanguageType>F</LanguageType></Type></Languages></BasicDetails>
<SENhistory><SEN><StartDate>2023-09-01</StartDate><SENprovision>E</SENprovision></SEN><SEN><StartDate>2021-09-01</StartDate><SENprovision>K</SENprovision></SEN></SENhistory>
<Address><BS7666Address><PAON>1</PAON><Street>Elm Lane</Street><Town>Lincoln</Town></BS7666Address><PostCode>LN1 1AA</PostCode></Address>
<Contacts><Contact><Surname>Alder</Surname><Forename>Ruth</Forename><Gender>F</Gender><Address><PostCode>ZZ9 9ZZ</PostCode></Address></Contact></Contacts>
<SchoolHistory><School><LEA>111</LEA><Estab>2222</Estab><EntryDate>2018-09-03</EntryDate><LeavingDate>2019-07-19</LeavingDate></School>
<School><LEA>925</LEA><Estab>4001</Estab><EntryDate>2019-09-02</EntryDate></School></SchoolHistory></Pupil>`

var zoeOfCTF = records.Pupil{
	UPN: goodUPN, Forename: "Zoë", Surname: "Nguyễn", KnownAs: "Zo & co", Born: "2015-06-01", Sex: "Female", YearGroup: "5", Ethnicity: "White British",
	Language: "Polish", Needs: "SEN status: Education, health and care plan", Address: "1 Elm Lane, Lincoln, LN1 1AA", Joined: "2019-09-02",
}

func wide(s string, high int, mark bool) string {
	var b []byte
	if mark {
		s = "\ufeff" + s
	}
	for _, u := range utf16.Encode([]rune(s)) {
		pair := []byte{byte(u), byte(u >> 8)}
		b = append(b, pair[high], pair[1-high])
	}
	return string(b)
}

func TestReadCTF(t *testing.T) {
	whole := ctfOf(ctfZoe)
	latin := strings.Replace(strings.ReplaceAll(strings.ReplaceAll(whole, "ễ", "e"), "ë", "\xeb"), "UTF-8", "ISO-8859-1", 1)
	utf16 := strings.Replace(whole, "UTF-8", "UTF-16", 1)
	for _, c := range []struct{ name, text string }{
		{"UTF-8", whole},
		{"with a mark", "\ufeff" + whole},
		{"without a declaration", whole[strings.Index(whole, "<CTfile"):]},
		{"the root as others write it", strings.ReplaceAll(whole, "CTfile", "CTFile")},
		{"a namespace", strings.Replace(whole, "<CTfile>", `<CTfile xmlns="urn:x" xmlns:xsi="urn:y" xsi:a="b">`, 1)},
		{"UTF-16, low byte first", wide(utf16, 0, true)},
		{"UTF-16, high byte first", wide(utf16, 1, true)},
		{"UTF-16 without a mark", wide(utf16, 0, false)},
		{"ISO-8859-1", latin},
	} {
		r, err := readFile(context.Background(), strings.NewReader(c.text), "9254001_CTF_9254002_001.xml", options)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		want := zoeOfCTF
		if c.name == "ISO-8859-1" {
			want.Surname = "Nguyen"
		}
		if len(r.Rows) != 1 || r.Rows[0].Row != 1 || r.Rows[0].Why != "" || !reflect.DeepEqual(r.Rows[0].Pupil, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, r.Rows, want)
		}
	}
}

func TestCTFOfOtherVersions(t *testing.T) {
	for _, c := range []struct {
		name, pupil string
		want        records.Pupil
	}{
		{"Gender alone, lines of an address", `<Pupil><Surname>Bell</Surname><Forename>Ida</Forename><DOB>2016-02-29</DOB><Gender>F</Gender><BasicDetails><NCyearActual>R</NCyearActual></BasicDetails>
			<Address><AddressLine1>Flat 2</AddressLine1><AddressLine2>1 Elm Lane</AddressLine2><PostCode>LN1 1AA</PostCode></Address></Pupil>`,
			records.Pupil{Forename: "Ida", Surname: "Bell", Born: "2016-02-29", Sex: "Female", YearGroup: "R", Address: "Flat 2, 1 Elm Lane, LN1 1AA"}},
		{"from the school before: its leaving date is not ours", `<Pupil><Surname>Bell</Surname><Forename>Ida</Forename><SchoolHistory><School><LEA>111</LEA><Estab>2222</Estab>
			<EntryDate>2018-09-03</EntryDate><LeavingDate>2026-07-19</LeavingDate></School></SchoolHistory></Pupil>`,
			records.Pupil{Forename: "Ida", Surname: "Bell"}},
		{"results have years of their own", `<Pupil><Surname>Bell</Surname><Forename>Ida</Forename><StageAssessments><KeyStage><NCyearActual>9</NCyearActual></KeyStage></StageAssessments></Pupil>`,
			records.Pupil{Forename: "Ida", Surname: "Bell"}},
	} {
		r := read(t, ctfOf(c.pupil), "a.xml")
		if len(r.Rows) != 1 || !reflect.DeepEqual(r.Rows[0].Pupil, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, r.Rows, c.want)
		}
	}
}

func TestCTFThatIsRefused(t *testing.T) {
	bomb := `<!DOCTYPE CTfile [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"an entity bomb", `<?xml version="1.0"?>` + bomb + `<CTfile><CTFpupilData><Pupil><Surname>&c;</Surname></Pupil></CTFpupilData></CTfile>`, ErrDoctype},
		{"a file of this machine", `<!DOCTYPE CTfile SYSTEM "file:///etc/passwd"><CTfile/>`, ErrDoctype},
		{"a doctype in UTF-16", wide(`<!DOCTYPE x><CTfile/>`, 0, true), ErrDoctype},
		{"a doctype further down", `<CTfile><!DOCTYPE x></CTfile>`, ErrDoctype},
		{"an entity that nobody declared", ctfOf(`<Pupil><Surname>&secret;</Surname></Pupil>`), ErrBroken},
		{"another root", `<?xml version="1.0"?><SchoolCensus><Pupil/></SchoolCensus>`, ErrNotCTF},
		{"a web page that is called a spreadsheet", `<html><table><tr><td>Surname</td></tr></table></html>`, ErrNotCTF},
		{"cut off", ctfOf(ctfZoe)[:900], ErrBroken},
		{"no XML at all", "<<<", ErrNotCTF},
		{"two roots", ctfOf(ctfZoe) + "<x>", ErrNotCTF},
		{"nobody", ctfOf(""), ErrNoPupils},
		{"an encoding that is not read", `<?xml version="1.0" encoding="KOI8-R"?><CTfile/>`, ErrBroken},
		{"elements within elements within elements", "<CTfile>" + strings.Repeat("<a>", 1000) + strings.Repeat("</a>", 1000) + "</CTfile>", ErrBroken},
	} {
		r, err := readFile(context.Background(), strings.NewReader(c.text), "a.xml", options)
		if !errors.Is(err, c.want) || r != nil {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if err != nil && (strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "Nguy")) {
			t.Errorf("%s: the error quotes the file: %v", c.name, err)
		}
	}
}

// endless is a transfer file that goes on: each read hands out part of a pupil.
type endless struct {
	rest, pupil string
	left        int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" && e.left > 0 {
		e.rest, e.left = e.pupil, e.left-1
	}
	if e.rest == "" {
		return 0, io.EOF
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// TestLargeCTF reads 50 MB, of which nearly all is passed over, and measures
// what stays.
func TestLargeCTF(t *testing.T) {
	results := "<StageAssessments>" + strings.Repeat("<Result><Year>2025</Year><Mark>A long remark</Mark></Result>", 560) + "</StageAssessments>"
	pupil := strings.Replace(ctfZoe, "</Pupil>", results+"</Pupil>", 1)
	n := 50 << 20 / len(pupil)
	start := ctfOf("")
	at := strings.Index(start, "</CTFpupilData>")
	file := func() io.Reader {
		return io.MultiReader(strings.NewReader(start[:at]), &endless{pupil: pupil, left: n}, strings.NewReader(start[at:]))
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f, err := Open(context.Background(), file(), "a.xml", options)
	must(t, err)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if kept := int64(after.HeapAlloc) - int64(before.HeapAlloc); len(f.roll.Rows) != n || kept > 8<<20 {
		t.Errorf("%d pupils of %d in %d KB", len(f.roll.Rows), n, kept>>10)
	}
	if peak := after.HeapSys - before.HeapSys; peak > 32<<20 {
		t.Errorf("the heap grew by %d MB", peak>>20)
	}
	_, err = Open(context.Background(), io.MultiReader(strings.NewReader(start[:at]), &endless{pupil: strings.Repeat("x", 1<<20), left: 1 << 30}), "a.xml", options)
	if !errors.Is(err, table.ErrTooLarge) {
		t.Errorf("a file without end: %v, want %v", err, table.ErrTooLarge)
	}
}

func FuzzCTF(f *testing.F) {
	f.Add([]byte(ctfOf(ctfZoe)))
	f.Add([]byte(wide(ctfOf(ctfZoe), 0, true)))
	f.Add([]byte(`<!DOCTYPE x [<!ENTITY a "b">]><CTfile>&a;</CTfile>`))
	f.Add([]byte(fmt.Sprintf("<CTfile><CTFpupilData><Pupil><DOB>42000</DOB><Surname>%s</Surname></Pupil>", strings.Repeat("x", 5000))))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := readFile(context.Background(), bytes.NewReader(data), "a.xml", options)
		checkRoll(t, r, err)
	})
}
