package roll

import (
	"context"
	"errors"
	"slices"
	"strings"

	"throughline/records"
)

// Warnings and reasons. None of them quotes what stands in the file.
const (
	warnUPN        = "The UPN is not right, so it was left out: its first letter must fit the rest. Copy it from your MIS."
	warnAge        = "The date of birth gives an age that no pupil has. Check it."
	warnNameOrder  = "The name has no comma, so its last word was taken as the surname. Check it."
	warnJoined     = "The admission date cannot be read, so it was left out."
	warnLeft       = "The leaving date cannot be read, so it was left out."
	warnLeftFuture = "The leaving date is still to come, so it was left out."
	whyBirth       = "The date of birth cannot be read; write it as 5 Mar 2016 or 05/03/2016."
	whyNoSuchDay   = "There is no such date of birth in the calendar; check the day and the month."
	whyShortYear   = "The date of birth has a year of two digits and gives an age that no pupil has; write the year in full."
	whyNames       = "There is no forename or no surname in this row."
)

// Roll reads the rows of the file by a mapping, which a transfer file does not
// need. A row whose pupil cannot be told is rejected with its reason; what else
// cannot be read is left out with a warning. Returns ErrField, ErrColumn,
// ErrNoNames, ErrNoPupils or the error of ctx.
func (f *File) Roll(ctx context.Context, m Mapping) (*records.Roll, error) {
	if f.table == nil {
		return f.roll, nil
	}
	at, err := f.places(m)
	if err != nil {
		return nil, err
	}
	roll := &records.Roll{From: f.kind}
	for i := f.table.Header + 1; i < len(f.table.Rows); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := cells{at, f.table.Rows[i], f.options, f.table.From1904}
		if c.blank() {
			continue
		}
		row := c.read()
		row.Row = i - f.table.Header
		roll.Rows = append(roll.Rows, row)
	}
	if len(roll.Rows) == 0 {
		return nil, ErrNoPupils
	}
	return roll, nil
}

// cells is one row.
type cells struct {
	at       map[Field]int
	row      []string
	options  Options
	from1904 bool
}

// get returns the text of a field, on one line.
func (c *cells) get(f Field) string {
	if i, ok := c.at[f]; ok && i < len(c.row) {
		return clean(c.row[i])
	}
	return ""
}

// blank reports whether no field has anything in the row.
func (c *cells) blank() bool {
	for f := range c.at {
		if c.get(f) != "" {
			return false
		}
	}
	return true
}

func (c *cells) read() records.RollRow {
	n := notes{options: c.options, from1904: c.from1904}
	p := &n.row.Pupil
	p.Surname, p.Forename, p.KnownAs = c.get(Surname), c.get(Forename), c.get(KnownAs)
	if p.Surname == "" && p.Forename == "" {
		p.Surname, p.Forename = n.split(c.get(Name))
	}
	n.upn(c.get(UPN))
	n.born(c.get(Born))
	n.dates(c.get(Joined), c.get(Left))
	p.Sex, p.YearGroup, p.Form = sex(c.get(Sex)), year(c.get(Year)), c.get(Form)
	p.Ethnicity, p.Language, p.Religion = ethnicity(c.get(Ethnicity)), language(c.get(Language)), c.get(Religion)
	p.Needs = needs(c.get(SEN), c.get(Medical))
	p.GP, p.NHSNumber = c.get(GP), c.get(NHS)
	p.Address = c.address()
	return n.finish()
}

// address lays the parts of an address together; the house stands before its
// street.
func (c *cells) address() string {
	street := strings.TrimSpace(c.get(House) + " " + c.get(Street))
	return joined(c.get(Postcode), c.get(Address), street, c.get(Locality), c.get(Town), c.get(County))
}

// joined lays the parts of an address together with commas, each once, and the
// postcode last.
func joined(postcode string, parts ...string) string {
	var all []string
	for _, p := range parts {
		for part := range strings.SplitSeq(p, ",") {
			part = strings.TrimSpace(part)
			if part != "" && !slices.ContainsFunc(all, func(s string) bool { return strings.EqualFold(s, part) }) {
				all = append(all, part)
			}
		}
	}
	address := strings.Join(all, ", ")
	switch {
	case postcode == "" || strings.Contains(strings.ToLower(address), strings.ToLower(postcode)):
		return address
	case address == "":
		return postcode
	}
	return address + ", " + postcode
}

// notes is a row in the making, with what was wrong with it.
type notes struct {
	options  Options
	from1904 bool
	row      records.RollRow
}

func (n *notes) warn(sentence string) { n.row.Warnings = append(n.row.Warnings, sentence) }

func (n *notes) reject(sentence string) {
	if n.row.Why == "" {
		n.row.Why = sentence
	}
}

// split parts "Surname, Forename", or takes the last word as the surname.
func (n *notes) split(name string) (surname, forename string) {
	if before, after, ok := strings.Cut(name, ","); ok {
		return strings.TrimSpace(before), strings.TrimSpace(after)
	}
	i := strings.LastIndex(name, " ")
	if i < 0 {
		return name, ""
	}
	n.warn(warnNameOrder)
	return name[i+1:], name[:i]
}

func (n *notes) upn(text string) {
	upn := strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	if upn == "" {
		return
	}
	if records.CheckUPN(upn) != nil {
		n.warn(warnUPN)
		return
	}
	n.row.Pupil.UPN = upn
}

func (n *notes) born(text string) {
	d, short, err := readBirth(text, n.options.Now, n.from1904)
	switch {
	case errors.Is(err, records.ErrNoSuchDay):
		n.reject(whyNoSuchDay)
		return
	case err != nil:
		n.reject(whyBirth)
		return
	case d == "":
		return
	}
	n.row.Pupil.Born = d
	if n.options.Now.IsZero() {
		return
	}
	age := n.row.Pupil.AgeOn(records.DateOf(n.options.Now))
	switch {
	case age >= youngest && age <= oldest || d > records.DateOf(n.options.Now): // the future is the record's to reject
	case short:
		n.row.Pupil.Born = ""
		n.reject(whyShortYear)
	default:
		n.warn(warnAge)
	}
}

// The ages, in whole years, between which nothing is asked about a date of
// birth: nursery to the sixth form.
const youngest, oldest = 2, 20

func (n *notes) dates(joined, left string) {
	p, err := &n.row.Pupil, error(nil)
	if p.Joined, _, err = readDate(joined, n.options.Now, n.from1904); err != nil {
		n.warn(warnJoined)
	}
	if p.Left, _, err = readDate(left, n.options.Now, n.from1904); err != nil {
		n.warn(warnLeft)
	}
	if !n.options.Now.IsZero() && p.Left > records.DateOf(n.options.Now) {
		p.Left = ""
		n.warn(warnLeftFuture)
	}
}

// finish returns the row, rejected when it names nobody.
func (n *notes) finish() records.RollRow {
	if n.row.Pupil.Forename == "" || n.row.Pupil.Surname == "" {
		n.row.Why = whyNames
	}
	return n.row
}

// needs returns what a file says of a child's needs, a labelled line for each.
func needs(sen, medical string) string {
	var lines []string
	if s := senStatus(sen); s != "" {
		lines = append(lines, "SEN status: "+s)
	}
	if medical != "" {
		lines = append(lines, "Medical: "+medical)
	}
	return strings.Join(lines, "\n")
}
