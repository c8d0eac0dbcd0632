package review

import (
	"context"
	"errors"
	"slices"
	"strings"

	"throughline/records"
	grid "throughline/records/table"
)

// table is what a file holds: rows of cells, and where the header is.
type table struct {
	rows     [][]string
	header   int
	columns  layout
	from1904 bool // days are counted from 1904, as old workbooks of the Mac do
	others   int  // sheets that have dates too and were not read
}

// row is one row of a table.
type row struct {
	cells   []string
	columns layout
}

func (t *table) row(i int) row { return row{t.rows[i], t.columns} }

// blank reports whether nothing stands in the row.
func (r row) blank() bool {
	return !slices.ContainsFunc(r.cells, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// get returns the text of a column: where several cells make it up, each on a
// line of its own.
func (r row) get(column string) string {
	var parts []string
	for _, i := range r.columns[column] {
		if i < len(r.cells) {
			if s := strings.TrimSpace(records.Clean(r.cells[i])); s != "" {
				parts = append(parts, s)
			}
		}
	}
	return strings.Join(parts, "\n")
}

// readTable returns the rows of a file, by the header that names most columns.
func readTable(data []byte, filename string) (*table, error) {
	t, err := grid.Parse(context.Background(), data, filename, scoreHeader)
	if errors.Is(err, grid.ErrNoHeader) {
		return nil, ErrNoDates
	}
	if err != nil {
		return nil, err
	}
	return &table{t.Rows, t.Header, layoutOf(t.Rows[t.Header]), t.From1904, t.Others}, nil
}
