package chronology

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"throughline/records"
)

// WorkbookOptions says how a workbook is made. The zero value is a workbook
// with full names, dated when the file was read.
type WorkbookOptions struct {
	School    string        // name of the school
	By        string        // who made it
	At        records.Stamp // when; empty is when the file was read
	Filter    Filter        // as used to choose the line: said on the front sheet
	Alias     bool          // initials and roles in place of names; see [Aliases]
	AuditHead string        // head of the audit chain, printed on the front sheet
	Password  string        // encrypts the workbook; empty leaves it open to read
}

// sheetLimit is how many bytes of text go on one sheet. Above 16 MiB of XML
// excelize writes a plaintext temporary file, which must not happen.
const sheetLimit = 6 << 20

// WriteWorkbook writes the line as an Excel workbook: a front sheet that says
// whose it is, how it was made and what it shows, and the chronology in the
// columns that partnerships share, one event a row. Real dates and times, no
// merged cells, no formulas, header repeated in print, landscape A4. Text that
// does not fit into a row goes on in continuation rows with the same number
// and date. The same arguments write the same bytes, unless there is a password.
func WriteWorkbook(w io.Writer, f *records.File, line Line, o WorkbookOptions) error {
	if o.At == "" {
		o.At = f.Read
	}
	x := excelize.NewFile()
	defer x.Close()
	b, err := newBook(x, f, o)
	if err != nil {
		return fmt.Errorf("make the workbook: %w", err)
	}
	parts := b.layout(line)
	if err := b.front(line, len(parts)); err != nil {
		return fmt.Errorf("make the front sheet: %w", err)
	}
	for i, rows := range parts {
		if err := b.chronology(i, rows); err != nil {
			return fmt.Errorf("make the chronology sheet: %w", err)
		}
	}
	if err := b.timeline(line); err != nil {
		return fmt.Errorf("make the timeline sheet: %w", err)
	}
	var buf bytes.Buffer
	if _, err := x.WriteTo(&buf); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	if o.Password == "" {
		err = inOrder(w, buf.Bytes())
	} else {
		err = b.lock(w, buf.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

// lock writes the workbook encrypted under its password.
func (b *book) lock(w io.Writer, archive []byte) error {
	sealed, err := encrypt(archive, b.o.Password, rand.Reader)
	if err != nil {
		return err
	}
	_, err = w.Write(sealed)
	return err
}

// inOrder writes a zip archive with its files in order of name. excelize puts
// sheets into it in any order, and the same input must make the same file.
func inOrder(w io.Writer, archive []byte) error {
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return err
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	z := zip.NewWriter(w)
	for _, f := range r.File {
		if err := z.Copy(f); err != nil {
			return err
		}
	}
	return z.Close()
}

// book is a workbook in the making.
type book struct {
	x      *excelize.File
	f      *records.File
	o      WorkbookOptions
	hide   func(string) string
	styles map[cellStyle]int
}

func newBook(x *excelize.File, f *records.File, o WorkbookOptions) (*book, error) {
	b := &book{x: x, f: f, o: o, hide: func(s string) string { return s }, styles: map[cellStyle]int{}}
	if o.Alias {
		b.hide = NewAliases(f).Hide
	}
	made := o.At.Time().UTC().Format("2006-01-02T15:04:05Z")
	if o.At == "" {
		made = ""
	}
	if err := x.SetDocProps(&excelize.DocProperties{
		Title: "Chronology", Creator: "Throughline", LastModifiedBy: "Throughline",
		Created: made, Modified: made, Language: "en-GB",
	}); err != nil {
		return nil, err
	}
	if err := x.SetDefaultFont("Arial"); err != nil {
		return nil, err
	}
	*x.Styles.Fonts.Font[0].Sz.Val = fontSize // a unit of column width is a digit of it
	return b, b.makeStyles()
}

// cellStyle is a way in which a cell looks.
type cellStyle int

const (
	textStyle cellStyle = iota
	centreStyle
	dateStyle
	monthStyle
	timeStyle
	headStyle
	titleStyle
	labelStyle
	plainStyle     // of the front sheet: no border
	frontDateStyle // a date of the front sheet
	frontTimeStyle // a date and time of the front sheet
	laneStyle      // a name beside the picture
)

func (b *book) makeStyles() error {
	thin := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		thin = append(thin, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: "Arial", Size: size, Bold: bold}
	}
	left := &excelize.Alignment{Vertical: "top", WrapText: true}
	middle := &excelize.Alignment{Vertical: "top", Horizontal: "center", WrapText: true}
	day, month, clock, stamp := "dd/mm/yyyy", "mmm yyyy", "hh:mm", "dd/mm/yyyy hh:mm"
	head := &excelize.Style{
		Font: font(fontSize, true), Alignment: left, Border: thin,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"D9E2EC"}},
	}
	looks := map[cellStyle]*excelize.Style{
		textStyle:      {Font: font(fontSize, false), Alignment: left, Border: thin},
		centreStyle:    {Font: font(fontSize, false), Alignment: middle, Border: thin},
		dateStyle:      {Font: font(fontSize, false), Alignment: middle, Border: thin, CustomNumFmt: &day},
		monthStyle:     {Font: font(fontSize, false), Alignment: middle, Border: thin, CustomNumFmt: &month},
		timeStyle:      {Font: font(fontSize, false), Alignment: middle, Border: thin, CustomNumFmt: &clock},
		headStyle:      head,
		titleStyle:     {Font: font(16, true), Alignment: &excelize.Alignment{Vertical: "center"}},
		labelStyle:     {Font: font(fontSize, true), Alignment: left},
		plainStyle:     {Font: font(fontSize, false), Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: true}},
		frontDateStyle: {Font: font(fontSize, false), Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left"}, CustomNumFmt: &day},
		frontTimeStyle: {Font: font(fontSize, false), Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left"}, CustomNumFmt: &stamp},
		laneStyle:      {Font: font(fontSize, false), Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "left"}},
	}
	for which := range cellStyle(len(looks)) { // in order, so that the same input makes the same file
		id, err := b.x.NewStyle(looks[which])
		if err != nil {
			return err
		}
		b.styles[which] = id
	}
	return nil
}

// cell returns a cell of a style. Text is text whatever it looks like: excelize
// makes a formula only of what is given as one.
func (b *book) cell(s cellStyle, value any) excelize.Cell {
	return excelize.Cell{StyleID: b.styles[s], Value: value}
}

// sheet makes a sheet ready for A4 paper and returns its writer. lastRow and
// widths say how large it will be.
func (b *book) sheet(name, orientation string, widths []float64, lastRow int) (*excelize.StreamWriter, error) {
	if _, err := b.x.NewSheet(name); err != nil {
		return nil, err
	}
	if err := b.paper(name, orientation); err != nil {
		return nil, err
	}
	last, err := excelize.CoordinatesToCellName(len(widths), lastRow)
	if err != nil {
		return nil, err
	}
	if err := b.x.SetSheetDimension(name, "A1:"+last); err != nil { // before the stream, or readers see one row
		return nil, err
	}
	sw, err := b.x.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	for i := len(widths) - 1; i >= 0; i-- { // from the last: each is put before those that are there
		if err := sw.SetColWidth(i+1, i+1, widths[i]); err != nil {
			return nil, err
		}
	}
	return sw, nil
}

// paper sets a sheet up for A4, one page wide, with whose it is on every page.
func (b *book) paper(name, orientation string) error {
	a4, wide, high, yes, margin, foot := 9, 1, 0, true, 0.3, 0.6
	whose := strings.ReplaceAll(b.hide(b.f.Pupil.Name()), "&", "&&")
	if err := b.x.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := b.x.SetPageLayout(name, &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high,
	}); err != nil {
		return err
	}
	if err := b.x.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
		Left: &margin, Right: &margin, Top: &foot, Bottom: &foot, Header: &margin, Footer: &margin,
	}); err != nil {
		return err
	}
	return b.x.SetHeaderFooter(name, &excelize.HeaderFooterOptions{
		OddHeader: "&LChronology: " + fit(whose, 1<<20, 120) + "&RConfidential",
		OddFooter: "&CPage &P of &N",
	})
}

// serial returns a date as spreadsheets count days. They take 1900 for a leap
// year, so days before March of it have no number that all agree on.
func serial(d records.Date) (int, bool) {
	n := records.Date("1899-12-30").DaysUntil(d)
	return n, n > 60
}

// serialTime returns the London wall clock of an instant as spreadsheets count
// it, in days.
func serialTime(s records.Stamp) float64 {
	t := s.Time()
	day, _ := serial(records.DateOf(t))
	return float64(day) + clock(s)
}

// clock returns the London time of day as a part of a day, to the minute.
func clock(s records.Stamp) float64 {
	t := s.Time()
	return float64(t.Hour()*60+t.Minute()) / (24 * 60)
}
