package chronology

import (
	"reflect"
	"testing"

	"throughline/records"
)

// TestImportedEntriesAreReadLikeOthers lays one concern on the line as it was
// written here and as it was brought in.
func TestImportedEntriesAreReadLikeOthers(t *testing.T) {
	file := func(imported string) *records.File {
		return &records.File{
			Pupil: records.Pupil{Meta: records.Meta{ID: "p"}},
			Concerns: []records.Concern{{
				Meta: records.Meta{ID: "a", CreatedAt: records.StampOf(records.Date("2026-11-22").Time())}, Pupil: "p",
				When: records.On("2019-03-04"), Categories: []records.Category{records.Neglect}, Severity: 2, Source: records.FromRecords,
				Account: "No coat.", Imported: imported, Reference: "12",
			}},
			Read: records.StampOf(records.Date("2026-11-22").Time()),
		}
	}
	here, brought := file(""), file("an Excel workbook")
	line := Of(brought)
	if got, want := line[0].Imported, "an Excel workbook, reference 12"; got != want || Of(here)[0].Imported != "" {
		t.Errorf("it was imported from %q, want %q; written here %q", got, want, Of(here)[0].Imported)
	}
	if a, b := Events(here, Of(here)), Events(brought, line); len(a) != 1 || !reflect.DeepEqual(a, b) {
		t.Errorf("patterns read %+v of what was written here, and %+v of what was brought in", a, b)
	}
	x := open(t, workbook(t, brought, line, WorkbookOptions{}))
	if got, want := value(t, x, "Chronology", columnOf(t, "Full entry")+"2"), "concern a\nImported from an Excel workbook, reference 12"; got != want {
		t.Errorf("the workbook refers to %q, want %q", got, want)
	}
}
