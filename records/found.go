package records

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"throughline/records/vault"
)

// FoundBackup is a file that may be gone back to.
type FoundBackup struct {
	Path  string
	At    Stamp // it was made, or put aside by a restore, as its name says; or else last written
	Size  int64 // bytes
	Other bool  // it is of another record than the one at the place asked for
	Err   error // why nobody can open it: vault.ErrDamaged, ErrNotVault, ErrNewer or ErrReadOnly; nil is not yet sound
}

// FindBackups returns the records in a folder, newest first, but for the one at
// path, whose backups they may be. It needs no passphrase, and so reads no more
// of each than its header: [Compare] tells whether all of it is sound. When path
// holds no record that can be told from others, none of them is another's.
// Returns ErrNoFolder, or what the disk says.
func FindBackups(folder, path string) ([]FoundBackup, error) {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, ErrNoFolder
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("find backups: %w", vault.Explain(err))
	}
	var found []FoundBackup
	present, presentErr := os.Stat(path)
	id, _ := vault.IDOf(path) // "" for none
	for _, f := range files {
		info, err := f.Info()
		if err != nil || !info.Mode().IsRegular() || filepath.Ext(f.Name()) != fileEnd {
			continue
		}
		if presentErr == nil && os.SameFile(info, present) {
			continue
		}
		b := FoundBackup{Path: filepath.Join(folder, f.Name()), At: StampOf(nameTime(f.Name(), info.ModTime())), Size: info.Size()}
		its, err := vault.IDOf(b.Path)
		b.Err, b.Other = err, err == nil && id != "" && its != id
		found = append(found, b)
	}
	slices.SortStableFunc(found, func(a, b FoundBackup) int { return strings.Compare(string(b.At), string(a.At)) })
	return found, nil
}

// nameTime returns the London time that ends the name of a backup, or otherwise
// when it was last written.
func nameTime(name string, written time.Time) time.Time {
	base := strings.TrimSuffix(name, fileEnd)
	if at, err := time.ParseInLocation(nameLayout, base[max(0, len(base)-len(nameLayout)):], London); err == nil {
		return at
	}
	return written
}
