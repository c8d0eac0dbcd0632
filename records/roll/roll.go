// Package roll reads who is on roll from a file that the school's management
// information system wrote: a CSV file or an Excel workbook as SIMS, Arbor and
// Bromcom export them, or a Common Transfer File (CTF) of the Department for
// Education.
//
// It is a reader alone: it keeps nothing, and knows nothing of who is kept
// already. No error or reason of it holds anything that stands in the file.
package roll

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"time"

	"throughline/records"
	"throughline/records/table"
)

// Errors of Open and Read, beside those of package table. Each is a sentence
// for whoever chose the file.
var (
	ErrNoNames  = errors.New("the columns with surname and forename are not known; say which they are")
	ErrColumn   = errors.New("the file has no column of that name; choose one of the headings in the file")
	ErrField    = errors.New("there is no such field; choose one of those that are listed")
	ErrDoctype  = errors.New("this file has a DOCTYPE, which no transfer file from a school's system has, so it was not read; export it again")
	ErrNotCTF   = errors.New("this is neither a spreadsheet nor a Common Transfer File; export the pupils as CSV, Excel (.xlsx) or CTF")
	ErrBroken   = errors.New("the transfer file ends too early or is damaged; export it again")
	ErrNoPupils = errors.New("there are no pupils in the file; export it again, with the pupils chosen")
)

// Options says how a file is read.
type Options struct {
	// Now is the present: a year of two digits is read as before it, and a
	// leaving date after it is left out.
	Now time.Time
	// School is the school's DfE number, "925/4001". Of the schools that a
	// transfer file tells of, its dates count and no other's.
	School string
}

// File is a file that was opened. Of a spreadsheet the columns are known and
// the rows are still to be read.
type File struct {
	options Options
	kind    string
	table   *table.Table  // nil for a transfer file
	roll    *records.Roll // of a transfer file
}

// Open opens a file and reads it into memory: a spreadsheet as it stands, of a
// transfer file only what is wanted. filename only helps to tell what kind of
// file it is. Returns the errors of table.Read but for ErrNoHeader, ErrDoctype,
// ErrNotCTF, ErrBroken, ErrNoPupils, or the error of ctx.
func Open(ctx context.Context, r io.Reader, filename string, o Options) (*File, error) {
	b := bufio.NewReader(stoppable{ctx, r})
	head, err := b.Peek(64)
	if err != nil && err != io.EOF {
		return nil, err
	}
	head = bytes.Clone(head)
	if isXML(head) {
		rows, err := readCTF(b, o)
		if err != nil {
			return nil, err
		}
		return &File{options: o, kind: "a Common Transfer File", roll: &records.Roll{From: "a Common Transfer File", Rows: rows}}, nil
	}
	t, err := table.Read(ctx, b, filename, scoreHeader)
	if errors.Is(err, table.ErrNoHeader) {
		return nil, ErrNoPupils // not even two cells in a row
	}
	if err != nil {
		return nil, err
	}
	kind := "a CSV file"
	if bytes.HasPrefix(head, []byte("PK")) {
		kind = "an Excel workbook"
	}
	return &File{options: o, kind: kind, table: t}, nil
}

// IsRoll reports whether a file's name is that of a kind that can be read.
func IsRoll(filename string) bool {
	switch strings.ToLower(filepath.Ext(filename)) {
	case ".csv", ".txt", ".xlsx", ".xlsm", ".xml":
		return true
	}
	return false
}

// Kind returns what kind of file it is: "a CSV file".
func (f *File) Kind() string { return f.kind }

// HasColumns reports whether the file has columns to be confirmed; a transfer
// file says itself what its fields are.
func (f *File) HasColumns() bool { return f.table != nil }

// stoppable stops reading when its context ends.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// isXML reports whether the first bytes of a file begin an XML document, in
// any encoding.
func isXML(head []byte) bool {
	for _, c := range head {
		switch {
		case c == '<':
			return true
		case c == 0, c >= 0x80, c == ' ', c == '\t', c == '\r', c == '\n': // a mark, or half of UTF-16
		default:
			return false
		}
	}
	return false
}
