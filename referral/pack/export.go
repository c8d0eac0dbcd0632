package pack

import (
	"context"
	"io"

	"throughline/records"
)

// Export writes the pack of a referral, as its sections are, to a PDF at path,
// which the audit trail then holds with its SHA-256. An empty password leaves it
// open to read. The error is that of records.Store.Export.
func Export(ctx context.Context, s *records.Store, f *records.File, ref *records.Referral, path, password string) error {
	o, err := imprint(ctx, s, password)
	if err != nil {
		return err
	}
	_, err = s.Export(ctx, ref.Pupil, "referral pack", path, func(w io.Writer) error { return Write(w, f, ref, o) })
	return err
}

// ExportLetter writes a letter about a pupil to a PDF at path, as Export does
// the pack. It returns when, and the SHA-256 of the file in hexadecimal.
func ExportLetter(ctx context.Context, s *records.Store, pupil records.ID, l Letter, path, password string) (sum string, at records.Stamp, err error) {
	o, err := imprint(ctx, s, password)
	if err != nil {
		return "", "", err
	}
	sum, err = s.Export(ctx, pupil, "letter of a challenge", path, func(w io.Writer) error { return WriteLetter(w, l, o) })
	return sum, o.Now, err
}

func imprint(ctx context.Context, s *records.Store, password string) (Options, error) {
	i, err := s.Imprint(ctx)
	return Options{School: i.School, Author: i.Author, AuditHead: i.AuditHead, Now: i.At, Password: password}, err
}
