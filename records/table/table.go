// Package table reads rows of text cells from a CSV file or an Excel workbook
// that somebody else made, whatever its encoding, delimiter and quotes.
//
// What the columns mean is the caller's to say: it tells how good a header a
// row would make. A merged area has its value in its first cell and nothing in
// the others; a formula is never run, and gives the value that was kept for it.
// The package knows nothing of pupils and keeps nothing: it writes no file and
// no temporary file, and no error of it holds anything that stands in a cell.
package table

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Errors of Read. Each is a sentence for whoever chose the file.
var (
	ErrEmpty          = errors.New("the file is empty; save it again and choose that file")
	ErrNotSpreadsheet = errors.New("this is not a spreadsheet that can be read; save it as Excel (.xlsx) or CSV")
	ErrOldExcel       = errors.New("this is an old Excel file (.xls); open it in Excel and save it as .xlsx")
	ErrPassword       = errors.New("the workbook has a password; take the password off a copy of it, and delete the copy afterwards")
	ErrTooLarge       = errors.New("the file is too large; divide it into files of at most 100,000 rows and 32 MB")
	ErrNoHeader       = errors.New("there is no row with the names of the columns; write them above the first entry")
)

// Limits of what is read. Everything is held in memory.
const (
	MaxBytes    = 32 << 20 // of the file
	MaxRows     = 100_000  // below the header
	HeaderDepth = 50       // rows searched for the header: a title, an address and a key may stand above it
)

// Score says how good a header the cells of a row would make: the higher the
// better, and 0 for a row that is none.
type Score func(cells []string) int

// Table is what a file holds.
type Table struct {
	Rows     [][]string // as they stand in the file, blank ones included; not all as long
	Header   int        // place of the header in Rows
	From1904 bool       // days are counted from 1904, as old workbooks of the Mac do
	Others   int        // sheets that have a header too and were not read
}

// Read reads a file. filename only helps to tell what kind of file it is;
// nothing is opened. Of rows with the same score the first is the header, and
// of sheets the first. Returns ErrEmpty, ErrNotSpreadsheet, ErrOldExcel,
// ErrPassword, ErrTooLarge, ErrNoHeader or the error of ctx.
func Read(ctx context.Context, r io.Reader, filename string, score Score) (*Table, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	return Parse(ctx, data, filename, score)
}

var (
	zipMagic      = []byte("PK\x03\x04")
	compoundMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
)

// Parse is Read for a file that is in memory. It tells what kind of file data
// is by its first bytes, not by its name.
func Parse(ctx context.Context, data []byte, filename string, score Score) (*Table, error) {
	switch {
	case len(data) > MaxBytes:
		return nil, ErrTooLarge
	case len(bytes.TrimSpace(data)) == 0:
		return nil, ErrEmpty
	case bytes.HasPrefix(data, zipMagic):
		return readWorkbook(ctx, data, score)
	case bytes.HasPrefix(data, compoundMagic):
		if bytes.Contains(data, utf16le("EncryptedPackage")) {
			return nil, ErrPassword
		}
		return nil, ErrOldExcel
	}
	text, ok := decode(data)
	if !ok || isOther(text, filename) {
		return nil, ErrNotSpreadsheet
	}
	return readCSV(ctx, text, score)
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// findHeader returns the place of the row that scores best, and its score: 0
// when no row is a header.
func findHeader(rows [][]string, score Score) (at, most int) {
	for i := range min(len(rows), HeaderDepth) {
		if s := score(rows[i]); s > most {
			at, most = i, s
		}
	}
	return at, most
}

// Key returns a heading without case, spaces, punctuation and brackets, by which
// the names of columns are compared.
func Key(s string) string {
	if i := strings.IndexAny(s, "(["); i > 0 {
		s = s[:i]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
