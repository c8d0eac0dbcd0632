package roll

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"throughline/records"
	"throughline/records/table"
)

// Field is something a file can tell of a pupil.
type Field string

// The fields. Name is "Surname, Forename" in one column; the parts of an
// address, and SEN and Medical, are laid together.
const (
	UPN        Field = "upn"
	Surname    Field = "surname"
	Forename   Field = "forename"
	Name       Field = "name"
	KnownAs    Field = "known_as"
	Born       Field = "born"
	Sex        Field = "sex"
	Year       Field = "year_group"
	Form       Field = "form"
	Joined     Field = "joined"
	Left       Field = "left"
	Ethnicity  Field = "ethnicity"
	Language   Field = "language"
	Religion   Field = "religion"
	SEN        Field = "sen"
	Medical    Field = "medical"
	GP         Field = "gp"
	NHS        Field = "nhs_number"
	Address    Field = "address"
	House      Field = "house"
	Street     Field = "street"
	Locality   Field = "locality"
	Town       Field = "town"
	County     Field = "county"
	Postcode   Field = "postcode"
	middleName Field = "middle_name" // known, so that it is not taken for another; the record has no place for it
)

// Mapping says which column holds a field, by its heading. A field that is not
// in it is not read.
type Mapping map[Field]string

// fields are the headings by which a field is known, the surest first. Case,
// spaces, punctuation and what stands in brackets do not count. They are those
// of the reports that SIMS, Arbor and Bromcom make, and of the common basic
// data set (DfE).
var fields = []struct {
	field Field
	label string
	names []string
}{
	{UPN, "UPN", []string{"upn", "unique pupil number", "upn number", "pupil upn", "student upn", "current upn"}},
	{Surname, "Surname", []string{
		"legal surname", "legal last name", "legal family name", "surname", "last name", "family name", "pupil surname",
		"student surname", "pupil last name", "student last name", "preferred surname", "preferred last name", "chosen surname", "sn",
	}},
	{Forename, "Forename", []string{
		"legal forename", "legal first name", "forename", "first name", "given name", "legal forenames", "forenames", "pupil forename",
		"student forename", "pupil first name", "student first name", "christian name",
	}},
	{Name, "Name (Surname, Forename)", []string{
		"name", "full name", "pupil name", "student name", "legal name", "legal full name", "pupil", "student", "display name",
		"child name", "name of pupil", "name of child", "preferred name surname first", "surname forename", "surname and forename",
	}},
	{KnownAs, "Known as", []string{
		"preferred forename", "preferred first name", "known as", "chosen name", "preferred name", "chosen forename", "chosen first name",
		"familiar name", "called name",
	}},
	{Born, "Date of birth", []string{"dob", "date of birth", "birth date", "birthday", "born"}},
	{Sex, "Sex", []string{"sex", "legal sex", "gender", "legal gender", "sex gender", "gender sex", "pupil gender", "student gender"}},
	{Year, "Year", []string{
		"year group", "year", "nc year", "national curriculum year", "national curriculum year group", "nc year actual",
		"curriculum year", "yr", "year taught in", "current nc year", "actual nc year", "year group name", "current year group",
	}},
	{Form, "Form", []string{
		"reg group", "registration group", "registration form", "form", "form group", "tutor group", "reg", "registration", "class",
		"class name", "tutor group name", "current registration form", "form name", "form tutor group", "reg grp",
		"registration group name", "home class",
	}},
	{Joined, "Joined the school", []string{
		"admission date", "date of admission", "doa", "date joined", "date of joining", "joined", "start date", "enrolment date",
		"date of entry", "entry date", "joining date", "enrolment start date", "school start date",
	}},
	{Left, "Left the school", []string{
		"leaving date", "date of leaving", "dol", "date left", "left", "leave date", "end date", "enrolment end date", "leaver date",
		"school end date",
	}},
	{Ethnicity, "Ethnicity", []string{"ethnicity", "ethnic origin", "ethnic group", "ethnicity name", "ethnic background"}},
	{Language, "First language", []string{
		"first language", "language", "home language", "mother tongue", "native language", "main language", "first language name",
	}},
	{Religion, "Religion", []string{"religion", "faith", "religious affiliation"}},
	{SEN, "SEN status", []string{
		"sen status", "send status", "sen", "send", "sen provision", "sen stage", "sen code", "sen provision code", "sen level",
		"special educational needs", "sen support", "current sen status", "sen need status",
	}},
	{Medical, "Medical", []string{
		"medical", "medical conditions", "medical condition", "medical notes", "medical information", "medical details", "medical needs",
		"health conditions", "medical note",
	}},
	{GP, "GP", []string{
		"gp", "doctor", "gp name", "doctor name", "surgery", "gp surgery", "medical practice", "doctors surgery", "medical practice name",
		"gp practice",
	}},
	{NHS, "NHS number", []string{"nhs number", "nhs no", "nhs"}},
	{Address, "Address", []string{
		"address", "full address", "home address", "pupil address", "student address", "main address", "address block", "current address",
	}},
	{House, "House", []string{
		"house number", "house name", "house name number", "house number name", "apartment", "house", "house no", "property",
		"house name or number",
	}},
	{Street, "Street", []string{"street", "address line 1", "address 1", "street name", "address street", "road"}},
	{Locality, "Locality", []string{"locality", "district", "address line 2", "address 2", "village"}},
	{Town, "Town", []string{"town", "town city", "city", "post town", "address line 3", "address 3", "address town"}},
	{County, "County", []string{"county", "administrative area", "address line 4", "address 4", "address county"}},
	{Postcode, "Postcode", []string{"postcode", "pupil postcode", "home postcode", "address postcode", "address line 5", "address 5"}},
	{middleName, "", []string{"middle name", "middle names", "legal middle name", "legal middle names"}},
}

// Fields returns every field that can be chosen, in the order in which they
// are offered.
func Fields() []Field {
	var all []Field
	for _, f := range fields {
		if f.label != "" {
			all = append(all, f.field)
		}
	}
	return all
}

// Label returns the field as people say it.
func (f Field) Label() string {
	for _, known := range fields {
		if known.field == f {
			return known.label
		}
	}
	return string(f)
}

type alias struct {
	field Field
	rank  int // 0 is the surest
}

var aliases = func() map[string]alias {
	m := map[string]alias{}
	for _, f := range fields {
		for i, n := range f.names {
			if _, taken := m[table.Key(n)]; taken {
				panic("two fields are known as " + n)
			}
			m[table.Key(n)] = alias{f.field, i}
		}
	}
	return m
}()

// propose returns the mapping that headings speak for by themselves.
func propose(headings []string) Mapping {
	m, best := Mapping{}, map[Field]int{}
	for _, h := range headings {
		a, ok := aliases[table.Key(h)]
		if !ok || a.field == middleName {
			continue
		}
		if rank, seen := best[a.field]; !seen || a.rank < rank {
			m[a.field], best[a.field] = h, a.rank
		}
	}
	if m[Forename] == "" && m[Surname] != "" && m[KnownAs] != "" {
		m[Forename] = m[KnownAs]
	}
	if m[Forename] != "" && m[Surname] != "" {
		delete(m, Name)
	}
	return m
}

// named reports whether a mapping says where the names are.
func (m Mapping) named() bool {
	return m[Name] != "" || m[Surname] != "" && m[Forename] != ""
}

// scoreHeader prefers the row that names most fields, and a row that names the
// pupil to any other. Where no row names a field, the first with two cells may
// still be a header in words that are not known.
func scoreHeader(cells []string) int {
	filled := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			filled++
		}
	}
	if filled < 2 {
		return 0
	}
	m := propose(cells)
	score := 1 + 2*len(m)
	if m.named() {
		score += 100
	}
	return score
}

// Headings returns the headings of a spreadsheet's columns, each once, as they
// stand in the file; nil for a transfer file.
func (f *File) Headings() []string {
	if f.table == nil {
		return nil
	}
	var all []string
	for _, h := range f.table.Rows[f.table.Header] {
		if h = clean(h); h != "" && !slices.Contains(all, h) {
			all = append(all, h)
		}
	}
	return all
}

// HeaderLine returns on which line of a spreadsheet the headings stand, counting
// from 1 as a spreadsheet does: row n is n lines below it. It is 0 for a transfer
// file, which has no lines to look at.
func (f *File) HeaderLine() int {
	if f.table == nil {
		return 0
	}
	return f.table.Header + 1
}

// Proposed returns which column holds what, as far as the headings say so.
func (f *File) Proposed() Mapping { return propose(f.Headings()) }

// Shape returns what two files with the same headings share, and no others.
func (f *File) Shape() string {
	h := sha256.New()
	for _, heading := range f.Headings() {
		fmt.Fprintf(h, "%q\n", table.Key(heading))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Fits reports whether a mapping names only columns that the file has.
func (f *File) Fits(m Mapping) bool {
	_, err := f.places(m)
	return err == nil
}

// places returns in which cells of a row the fields of a mapping stand. Returns
// ErrField, ErrColumn or ErrNoNames.
func (f *File) places(m Mapping) (map[Field]int, error) {
	at := map[Field]int{}
	header := f.table.Rows[f.table.Header]
	for field, heading := range m {
		if heading == "" {
			continue
		}
		if !slices.Contains(Fields(), field) {
			return nil, ErrField
		}
		i := slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(clean(h), clean(heading)) })
		if i < 0 {
			return nil, ErrColumn
		}
		at[field] = i
	}
	if !m.named() {
		return nil, ErrNoNames
	}
	return at, nil
}

// clean returns a cell as it can be kept on one line.
func clean(s string) string {
	return strings.Join(strings.Fields(records.Clean(s)), " ")
}
