package ui

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestAWorkbookWithAPasswordIsEncrypted(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Zoë", "Nguyễn")
	addConcern(t, w, p.ID, "2026-11-19", "")
	page := newPupilPage(w, p.ID)
	visit(w, page)
	for _, tt := range []struct{ password, begins string }{
		{"", "PK"}, // a plain workbook
		{"plum otter lantern", "\xd0\xcf\x11\xe0\xa1\xb1"}, // the container of an encrypted one
	} {
		x := newExport(w, page.data)
		x.show()
		x.password.SetText(tt.password)
		x.next()
		path := filepath.Join(t.TempDir(), "c.xlsx")
		fill(t, w, "Where to save it", path)
		press(t, w, "Save")
		w.tasks.Wait()
		b, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(b, []byte(tt.begins)) {
			t.Errorf("with the password %q the file does not begin with %q, %v", tt.password, tt.begins, err)
		}
		w.closeDialogs()
	}
}
