package review

import (
	"archive/zip"
	"bytes"
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

// readWorkbook returns the rows of the sheet whose header names most columns;
// of several, the first.
func readWorkbook(data []byte) (*table, error) {
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
	var best *table
	dated := 0
	for _, name := range x.GetSheetList() {
		if visible, err := x.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		rows, err := sheetRows(x, name)
		if err != nil {
			return nil, err
		}
		at, l, ok := findHeader(rows)
		if !ok {
			continue
		}
		dated++
		if best == nil || len(l) > len(best.columns) {
			best = &table{rows: rows, header: at, columns: l}
		}
	}
	if best == nil {
		return nil, ErrNoDates
	}
	best.others = dated - 1
	if p, err := x.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		best.from1904 = *p.Date1904
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

// sheetRows returns the rows of a sheet, empty ones included.
func sheetRows(x *excelize.File, name string) ([][]string, error) {
	it, err := x.Rows(name)
	if err != nil {
		return nil, nil // a chart has no rows
	}
	defer it.Close()
	var rows [][]string
	last := 0 // the last row that holds anything
	for it.Next() {
		cells, err := it.Columns()
		if err != nil {
			return nil, ErrNotSpreadsheet
		}
		rows = append(rows, slices.Clone(cells[:min(len(cells), maxColumns)]))
		if len(cells) > 0 {
			last = len(rows)
		}
		if len(rows) > headerDepth+maxRows {
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
