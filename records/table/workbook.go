package table

import (
	"archive/zip"
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxUnpacked is how large a workbook may be when it is unpacked. It is all
// kept in memory: excelize would write what is larger than its limit to a
// plaintext temporary file.
const maxUnpacked = 256 << 20

// maxColumns is how many columns of a sheet are read. A stray cell at the far
// right would otherwise make every row thousands of cells long.
const maxColumns = 256

// readWorkbook returns the rows of the visible sheet whose header scores best;
// of several, the first.
func readWorkbook(ctx context.Context, data []byte, score Score) (*Table, error) {
	if err := checkArchive(data); err != nil {
		return nil, err
	}
	x, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked,
	})
	if err != nil {
		return nil, ErrNotSpreadsheet // the error itself may quote a cell
	}
	defer x.Close()
	var best *Table
	most, headed := 0, 0
	for _, name := range x.GetSheetList() {
		if visible, err := x.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		rows, err := sheetRows(ctx, x, name)
		if err != nil {
			return nil, err
		}
		at, s := findHeader(rows, score)
		if s == 0 {
			continue
		}
		headed++
		if s > most {
			best, most = &Table{Rows: rows, Header: at}, s
		}
	}
	if best == nil {
		return nil, ErrNoHeader
	}
	best.Others = headed - 1
	if p, err := x.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		best.From1904 = *p.Date1904
	}
	return best, nil
}

// checkArchive looks at the list of a zip archive before anything is unpacked.
func checkArchive(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ErrNotSpreadsheet
	}
	var size uint64
	workbook := false
	for _, f := range z.File {
		if size += f.UncompressedSize64; size > maxUnpacked || f.UncompressedSize64 > maxUnpacked {
			return ErrTooLarge
		}
		workbook = workbook || strings.HasPrefix(strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/")), "xl/")
	}
	if !workbook {
		return ErrNotSpreadsheet
	}
	return nil
}

// sheetRows returns the rows of a sheet, empty ones included. A formula gives
// the value that the workbook holds for it, or nothing; it is never run.
func sheetRows(ctx context.Context, x *excelize.File, name string) ([][]string, error) {
	it, err := x.Rows(name)
	if err != nil {
		return nil, nil // a chart has no rows
	}
	defer it.Close()
	var rows [][]string
	last := 0 // the last row that holds anything
	for it.Next() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		cells, err := it.Columns()
		if err != nil {
			return nil, ErrNotSpreadsheet
		}
		rows = append(rows, slices.Clone(cells[:min(len(cells), maxColumns)]))
		if len(cells) > 0 {
			last = len(rows)
		}
		if len(rows) > HeaderDepth+MaxRows {
			if last < len(rows)/2 { // formatted far below its last entry
				break
			}
			return nil, ErrTooLarge
		}
	}
	if it.Error() != nil {
		return nil, ErrNotSpreadsheet
	}
	return rows[:last], nil
}
