package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What can be wrong with a vault, to be asked for with errors.Is. Errors of
// this package name a path, a slot or a page number and nothing of the content.
var (
	ErrWrongKey        = errors.New("no slot of the vault opens with this passphrase or key")
	ErrRecoveryKey     = errors.New("the recovery key is mistyped")
	ErrEmptyPassphrase = errors.New("the passphrase is empty")
	ErrDamaged         = errors.New("the vault is damaged")
	ErrNewer           = errors.New("the vault was made by a newer version of the program")
	ErrNotVault        = errors.New("the file is not a vault")
	ErrInUse           = errors.New("the vault is open elsewhere")
	ErrReadOnly        = errors.New("the vault or its folder cannot be written")
	ErrFull            = errors.New("the disk is full")
	ErrNotFound        = errors.New("there is no such vault")
	ErrExists          = errors.New("a file of that name exists")
	ErrSlot            = errors.New("the key slot cannot be changed so")
	ErrBusy            = errors.New("the vault is still being read or written")
	ErrClosed          = errors.New("the vault is closed")
	ErrGone            = errors.New("the disk with the vault does not answer, or the file was taken away")
)

// InUse tells who has a vault open, as they wrote it into the lock file; its
// fields are empty where that could not be read. It is an [ErrInUse]:
//
//	var who vault.InUse
//	if errors.As(err, &who) { … who.User … }
type InUse struct {
	Host, User string
	PID        int
	Since      time.Time // UTC
}

func (e InUse) Error() string {
	if e.Host == "" {
		return ErrInUse.Error()
	}
	return fmt.Sprintf("%v: %s on %s since %s (process %d)",
		ErrInUse, e.User, e.Host, e.Since.UTC().Format(time.RFC3339), e.PID)
}

// Is makes errors.Is(err, ErrInUse) true.
func (e InUse) Is(target error) bool { return target == ErrInUse }

// Damage names the first break that [Vault.Verify] met. It is an [ErrDamaged].
type Damage struct {
	Page int64  // counted from 1; 0 when the break is not in one page
	What string // in SQLite's words, without content
}

func (e Damage) Error() string {
	if e.Page > 0 {
		return fmt.Sprintf("%v: page %d: %s", ErrDamaged, e.Page, e.What)
	}
	return fmt.Sprintf("%v: %s", ErrDamaged, e.What)
}

// Is makes errors.Is(err, ErrDamaged) true.
func (e Damage) Is(target error) bool { return target == ErrDamaged }

// Explain wraps an error of the database or the file system with the one of
// [ErrDamaged], [ErrFull], [ErrReadOnly], [ErrGone], [ErrNotFound] and
// [ErrExists] that it amounts to. Any other error, and nil, comes back as it is.
func Explain(err error) error {
	kind := kindOf(err)
	if kind == nil || errors.Is(err, kind) {
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}

func kindOf(err error) error {
	var se *sqlite.Error
	switch {
	case errors.As(err, &se):
		return kindOfCode(se.Code())
	case diskFull(err):
		return ErrFull
	case diskGone(err):
		return ErrGone
	case errors.Is(err, fs.ErrPermission), writeProtected(err):
		return ErrReadOnly
	case errors.Is(err, fs.ErrNotExist):
		return ErrNotFound
	case errors.Is(err, fs.ErrExist):
		return ErrExists
	}
	return nil
}

func kindOfCode(code int) error {
	switch code {
	case sqlite3.SQLITE_IOERR_DATA, sqlite3.SQLITE_IOERR_CORRUPTFS:
		return ErrDamaged
	case sqlite3.SQLITE_READONLY_DBMOVED:
		return ErrGone
	}
	switch code & 0xff { // the primary code, without its extension
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return ErrDamaged
	case sqlite3.SQLITE_FULL:
		return ErrFull
	case sqlite3.SQLITE_READONLY:
		return ErrReadOnly
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
		return ErrGone
	}
	return nil
}
