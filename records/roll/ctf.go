package roll

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"throughline/records"
	"throughline/records/table"
)

// Limits of a transfer file. A school's own has a few kilobytes for each pupil,
// most of them attendance and results, which are passed over.
const (
	maxCTF   = 64 << 20 // bytes
	maxDepth = 32       // elements within one another; a transfer file has 8
	maxText  = 4 << 10  // bytes kept of one element
)

// readCTF reads the pupils of a Common Transfer File of any version, element by
// element: what is not wanted is never held. It takes no document type and no
// entities but XML's own five. The structure is that of the CTF specifications
// 17 to 24 (DfE): CTFile/CTFpupilData/Pupil, in which version 24 has Sex where
// the earlier ones have Gender.
func readCTF(r *bufio.Reader, o Options) ([]records.RollRow, error) {
	limited := &limited{r: r, left: maxCTF}
	d := xml.NewDecoder(asUTF8(bufio.NewReader(limited)))
	d.CharsetReader = charset
	c := &ctf{options: o}
	for {
		t, err := d.Token()
		if err == io.EOF && c.seen && len(c.path) == 0 {
			break
		}
		if err != nil {
			return nil, xmlError(err, limited, c.seen)
		}
		if err := c.token(t); err != nil {
			return nil, err
		}
	}
	if len(c.rows) == 0 {
		return nil, ErrNoPupils
	}
	return c.rows, nil
}

// xmlError returns which of our errors an error of the decoder is: its own
// text may quote the file.
func xmlError(err error, l *limited, seen bool) error {
	var syntax *xml.SyntaxError
	switch {
	case l.failed != nil:
		return l.failed
	case errors.Is(err, errCharset):
		return ErrBroken
	case !seen:
		return ErrNotCTF
	case errors.Is(err, io.EOF), errors.As(err, &syntax):
		return ErrBroken
	}
	return ErrBroken
}

// limited reads at most left bytes and remembers what ended it.
type limited struct {
	r      io.Reader
	left   int
	failed error
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= n; l.left < 0 {
		err = table.ErrTooLarge
	}
	if err != nil && err != io.EOF {
		l.failed = err
		return 0, err
	}
	return n, err
}

// asUTF8 decodes UTF-16, with a mark or without.
func asUTF8(r *bufio.Reader) io.Reader {
	head, _ := r.Peek(2)
	end := unicode.LittleEndian
	switch {
	case len(head) < 2:
		return r
	case head[0] == 0xff && head[1] == 0xfe, head[0] == '<' && head[1] == 0:
	case head[0] == 0xfe && head[1] == 0xff, head[0] == 0 && head[1] == '<':
		end = unicode.BigEndian
	case head[0] == 0xef && head[1] == 0xbb:
		return transform.NewReader(r, unicode.UTF8BOM.NewDecoder())
	default:
		return r
	}
	return transform.NewReader(r, unicode.UTF16(end, unicode.UseBOM).NewDecoder())
}

var errCharset = errors.New("an encoding that is not read")

// charset reads the encodings that a document may name. One that was UTF-16 is
// decoded already.
func charset(name string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be":
		return r, nil
	case "iso-8859-1", "latin1", "windows-1252", "cp1252":
		return transform.NewReader(r, charmap.Windows1252.NewDecoder()), nil
	case "iso-8859-15":
		return transform.NewReader(r, charmap.ISO8859_15.NewDecoder()), nil
	}
	return nil, errCharset
}

// ctf takes the tokens of a file one after another.
type ctf struct {
	options Options
	path    []string // the elements that are open, in lower case
	seen    bool     // the root was right
	text    strings.Builder
	row     int
	pupil   ctfPupil
	rows    []records.RollRow
}

// ctfPupil is what is wanted of the pupil being read, by the place of its
// element within Pupil.
type ctfPupil struct {
	said     map[string]string
	language map[string]string // of the language being read
	school   map[string]string // of the school being read
	sen      map[string]string // of the special educational need being read
}

func (c *ctf) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.Directive:
		return ErrDoctype
	case xml.StartElement:
		return c.start(strings.ToLower(t.Name.Local))
	case xml.CharData:
		if len(c.path) > pupilDepth && c.text.Len() < maxText {
			c.text.Write(t[:min(len(t), maxText-c.text.Len())])
		}
	case xml.EndElement:
		c.end()
	}
	return nil
}

// pupilDepth is how deep in the file a Pupil is.
const pupilDepth = 3

func (c *ctf) start(name string) error {
	c.path = append(c.path, name)
	c.text.Reset()
	switch len(c.path) {
	case 1:
		if name != "ctfile" { // the specification writes CTfile, others CTFile
			return ErrNotCTF
		}
		c.seen = true
	case pupilDepth:
		c.pupil = ctfPupil{said: map[string]string{}}
	case maxDepth:
		return ErrBroken
	}
	return nil
}

// inPupil reports whether the element that is open last is a Pupil or within
// one.
func (c *ctf) inPupil() bool {
	return len(c.path) >= pupilDepth && c.path[1] == "ctfpupildata" && c.path[2] == "pupil"
}

func (c *ctf) end() {
	if c.inPupil() {
		if len(c.path) == pupilDepth {
			c.row++
			row := c.pupil.read(c.options)
			row.Row = c.row
			c.rows = append(c.rows, row)
		} else {
			c.pupil.take(strings.Join(c.path[pupilDepth:], "/"), clean(c.text.String()), c.options)
		}
	}
	c.text.Reset()
	c.path = c.path[:len(c.path)-1]
}

// take keeps the text of an element of a pupil, the first of each name. Contacts
// and results, which have names and years of their own, are elsewhere.
func (p *ctfPupil) take(place, text string, o Options) {
	switch {
	case place == "basicdetails/languages/type":
		if t := p.language["languagetype"]; p.said["language"] == "" && (t == "" || t == "F" || t == "H") {
			p.said["language"] = p.language["language"]
		}
		p.language = nil
	case place == "schoolhistory/school":
		if o.School != "" && digitsOf(p.school["lea"]+p.school["estab"]) == digitsOf(o.School) {
			p.said["joined"], p.said["left"] = p.school["entrydate"], p.school["leavingdate"]
		}
		p.school = nil
	case place == "senhistory/sen":
		if from := p.sen["startdate"]; p.said["sen"] == "" || from >= p.said["sen from"] { // the newest counts
			p.said["sen"], p.said["sen from"] = cmp.Or(p.sen["senprovision"], p.sen["senstatus"], p.said["sen"]), from
		}
		p.sen = nil
	case text == "":
	case strings.HasPrefix(place, "senhistory/sen/"):
		put(&p.sen, strings.TrimPrefix(place, "senhistory/sen/"), text)
	case strings.HasPrefix(place, "basicdetails/languages/type/"):
		put(&p.language, strings.TrimPrefix(place, "basicdetails/languages/type/"), text)
	case strings.HasPrefix(place, "schoolhistory/school/"):
		put(&p.school, strings.TrimPrefix(place, "schoolhistory/school/"), text)
	default:
		if _, taken := p.said[place]; !taken && wanted[place] {
			p.said[place] = text
		}
	}
}

func put(m *map[string]string, name, text string) {
	if *m == nil {
		*m = map[string]string{}
	}
	if len(*m) < 32 {
		(*m)[name] = text
	}
}

// wanted are the places of what is read, but for languages, schools and SEN.
var wanted = func() map[string]bool {
	m := map[string]bool{}
	for _, place := range strings.Fields(`upn surname forename dob sex gender nhsnumber
		basicdetails/preferredforename preferredforename basicdetails/ncyearactual ncyearactual
		basicdetails/ethnicity ethnicity basicdetails/sex basicdetails/gender basicdetails/nhsnumber
		sen/senprovision
		address/addressline1 address/addressline2 address/addressline3 address/addressline4 address/addressline5
		address/saon address/paon address/street address/locality address/town address/administrativearea
		address/posttown address/postcode
		address/bs7666address/saon address/bs7666address/paon address/bs7666address/street address/bs7666address/locality
		address/bs7666address/town address/bs7666address/administrativearea address/bs7666address/posttown`) {
		m[place] = true
	}
	return m
}()

// first returns the first of several places that has text.
func (p *ctfPupil) first(places ...string) string {
	for _, place := range places {
		if s := p.said[place]; s != "" {
			return s
		}
	}
	return ""
}

// address lays the address together, whichever of its two forms the file has.
func (p *ctfPupil) address() string {
	part := func(name string) string { return p.first("address/"+name, "address/bs7666address/"+name) }
	return joined(part("postcode"), part("addressline1"), part("addressline2"), part("addressline3"), part("addressline4"), part("addressline5"),
		part("saon"), strings.TrimSpace(part("paon")+" "+part("street")), part("locality"), part("town"), part("posttown"),
		part("administrativearea"))
}

func (p *ctfPupil) read(o Options) records.RollRow {
	n := notes{options: o}
	to := &n.row.Pupil
	to.Surname, to.Forename = p.said["surname"], p.said["forename"]
	to.KnownAs = p.first("basicdetails/preferredforename", "preferredforename")
	n.upn(p.said["upn"])
	n.born(p.said["dob"])
	n.dates(p.said["joined"], p.said["left"])
	to.Sex = sex(p.first("sex", "basicdetails/sex", "gender", "basicdetails/gender"))
	to.YearGroup = year(p.first("basicdetails/ncyearactual", "ncyearactual"))
	to.Ethnicity = ethnicity(p.first("basicdetails/ethnicity", "ethnicity"))
	to.Language = language(p.said["language"])
	to.NHSNumber = p.first("nhsnumber", "basicdetails/nhsnumber")
	to.Needs = needs(p.first("sen", "sen/senprovision"), "")
	to.Address = p.address()
	return n.finish()
}

// digitsOf returns the digits of a DfE number: "925/4001" is "9254001".
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
