package page

import (
	"bytes"
	"crypto/rand"
	"io"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

func init() {
	model.ConfigPath = "disable" // or pdfcpu writes a folder into the user's configuration
}

// encrypt writes a PDF encrypted with AES-256. Revision 6, whose hash resists
// guessing, is written only for PDF 2.0: the header says so before. The owner's
// password is random and forgotten.
func encrypt(w io.Writer, pdf []byte, password string) error {
	copy(pdf, "%PDF-2.0")
	conf := model.NewAESConfiguration(password, rand.Text(), 256)
	// The second lets screen readers in; the first alone shuts them out.
	conf.Permissions = model.PermissionsPrint | model.PermissionExtractRev3
	return api.Encrypt(bytes.NewReader(pdf), w, conf)
}
