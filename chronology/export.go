package chronology

import (
	"context"
	"io"

	"throughline/records"
)

// Export writes what the filter of o chooses of a pupil's line to a workbook at
// path, which the audit trail then holds with its SHA-256. What is printed of
// the school and of who makes it is filled in. It returns the SHA-256 of the
// file, in hexadecimal; the error is that of records.Store.Export.
func Export(ctx context.Context, s *records.Store, f *records.File, line Line, path string, o WorkbookOptions) (string, error) {
	i, err := s.Imprint(ctx)
	if err != nil {
		return "", err
	}
	o.School, o.By, o.At, o.AuditHead = i.School.Name, i.Author.Name, i.At, i.AuditHead
	return s.Export(ctx, f.Pupil.ID, "chronology workbook", path, func(w io.Writer) error {
		return WriteWorkbook(w, f, line.Where(o.Filter), o)
	})
}
