package vault

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"modernc.org/sqlite"
)

// Backup writes a copy of the vault as it is at one moment to path, under the
// same slots and key, while others may read and write. Progress, which may be
// nil, is told how many pages are copied. The copy bears its name only when it is
// whole. [ErrExists]: there is a file of that name, and it is left alone.
//
// [Vault.OpenCopy] opens it to be looked through, [Replace] puts it in the place
// of a vault.
func (v *Vault) Backup(ctx context.Context, path string, progress func(done, total int64)) error {
	v.mu.Lock()
	h, closed := v.header, v.dataKey == nil
	v.mu.Unlock()
	if closed {
		return ErrClosed
	}
	if err := v.backup(ctx, path, h, progress); err != nil {
		return fmt.Errorf("backup: %w", Explain(err))
	}
	return nil
}

func (v *Vault) backup(ctx context.Context, path string, h header, progress func(done, total int64)) (err error) {
	if path, err = realFolder(path); err != nil {
		return err
	}
	lock, err := takeLock(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	if _, err := os.Lstat(path); err == nil {
		return ErrExists
	}
	part := path + ".part"
	defer removeAll(part, part+"-journal")
	removeAll(part, part+"-journal") // of a backup that was cut off
	if err := v.copyTo(ctx, part, h, progress); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return syncFolder(path)
}

func removeAll(paths ...string) {
	for _, path := range paths {
		os.Remove(path)
	}
}

// copyTo makes a vault at path and copies the pages. Its header stays open until
// SQLite is done, lest closing it drops SQLite's locks.
func (v *Vault) copyTo(ctx context.Context, path string, h header, progress func(done, total int64)) (err error) {
	f, err := createFile(path, h, v.vfs.seal)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	conn, err := v.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error { return copyPages(ctx, c, dsn(path, v.vfs.name, false), progress) })
	if err != nil {
		return err
	}
	return f.Sync()
}

func copyPages(ctx context.Context, c any, dst string, progress func(done, total int64)) error {
	from := c.(interface {
		NewBackup(dst string) (*sqlite.Backup, error)
	})
	b, err := from.NewBackup(dst)
	if err != nil {
		return err
	}
	for more := true; more && err == nil; {
		if err = ctx.Err(); err != nil {
			break
		}
		more, err = b.Step(256)
		if progress != nil && err == nil {
			total := int64(b.PageCount())
			progress(total-int64(b.Remaining()), total)
		}
	}
	return errors.Join(err, b.Finish())
}

// OpenCopy opens a copy of the vault with the key that is in hand, so that a
// backup can be looked through as soon as it is made. It returns [ErrWrongKey]
// for a vault that is no copy of this one, and otherwise what [Open] does.
func (v *Vault) OpenCopy(path string) (*Vault, error) {
	v.mu.Lock()
	key := slices.Clone(v.dataKey)
	v.mu.Unlock()
	if key == nil {
		return nil, ErrClosed
	}
	return openWith(path, func(c *Vault) ([]byte, error) {
		if c.header.id != v.id {
			return nil, ErrWrongKey
		}
		c.slot = v.slot
		return key, nil
	})
}

// IDOf returns the [Vault.ID] of the vault at path, which needs no key and must
// not be open in this process. It returns [ErrNotFound], [ErrNotVault],
// [ErrNewer] or [ErrDamaged].
func IDOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", Explain(err)
	}
	defer f.Close() // it was only read
	h, err := readHeader(f)
	return hex.EncodeToString(h.id[:]), err
}

// Replace puts the closed vault at from in the place of the one at path, which
// is first renamed to aside, with what lies beside it; all three are in one
// folder. When it fails, either the old vault is at path or none. [ErrExists]:
// there is a file called aside, or one at path and aside is empty. [InUse]: the
// vault at path is open.
func Replace(path, from, aside string) error {
	if err := replace(path, from, aside); err != nil {
		return fmt.Errorf("replace vault: %w", Explain(err))
	}
	return nil
}

func replace(path, from, aside string) (err error) {
	if path, err = realFolder(path); err != nil {
		return err
	}
	lock, err := takeLock(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	// The file goes first: should the power fail now, its log lies beside no
	// other vault, and goes next time.
	for _, end := range []string{"", "-wal", "-journal"} {
		if err := moveAside(path+end, aside, end); err != nil {
			return err
		}
	}
	if err := os.Remove(path + "-shm"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := syncFolder(path); err != nil {
		return err
	}
	if err := os.Rename(from, path); err != nil {
		return err
	}
	return syncFolder(path)
}

// moveAside renames a file, if there is one, unless the new name is taken.
func moveAside(path, aside, end string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if aside == "" {
		return ErrExists
	}
	if _, err := os.Lstat(aside + end); err == nil {
		return ErrExists
	}
	return os.Rename(path, aside+end)
}
