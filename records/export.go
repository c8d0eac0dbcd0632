package records

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"throughline/records/vault"
)

// Export writes what leaves the store to a file at path and notes it in the
// audit trail: what it was, in words without any name, and the SHA-256 of its
// bytes, which Export returns in hexadecimal. Returns ErrLocked for a pupil whose
// file is locked to others. The file appears whole or not at
// all, readable by its owner alone, and never without its line in the trail; an
// existing file is replaced. The error is vault.ErrReadOnly, vault.ErrFull or
// vault.ErrNotFound where the folder is at fault, or what write returned.
func (s *Store) Export(ctx context.Context, pupil ID, what, path string, write func(io.Writer) error) (string, error) {
	if err := s.may(read); err != nil {
		return "", err
	}
	if s.closed(pupil) {
		return "", fmt.Errorf("export: %w", ErrLocked)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".throughline-*")
	if err != nil {
		return "", fmt.Errorf("export: %w", vault.Explain(err))
	}
	defer os.Remove(f.Name()) // gone already when all went well
	hash := sha256.New()
	if err := errors.Join(write(io.MultiWriter(f, hash)), f.Sync(), f.Close()); err != nil {
		return "", fmt.Errorf("export: %w", vault.Explain(err))
	}
	sum := hex.EncodeToString(hash.Sum(nil))
	if err := s.note(ctx, event{act: ActExport, kind: KindPupil, record: pupil, content: what + " " + sum}); err != nil {
		return "", err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return "", fmt.Errorf("export: %w", vault.Explain(err))
	}
	return sum, nil
}

// Imprint is what stands on whatever leaves the building.
type Imprint struct {
	School    School
	Author    Member // who makes it
	At        Stamp
	AuditHead string // see AuditHead
}

// Imprint returns what stands on something made now by the member.
func (s *Store) Imprint(ctx context.Context) (i Imprint, err error) {
	i.Author, i.At = s.Me, StampOf(s.Now())
	if i.School, err = s.School(ctx); err != nil {
		return i, err
	}
	i.AuditHead, _, err = s.AuditHead(ctx)
	return i, err
}
