package vault

import (
	"context"
	"errors"
	"fmt"
	"os"

	"modernc.org/sqlite"
)

// Backup writes a copy of the vault as it is at one moment to path, under the
// same slots and key, while others may read and write. Progress, which may be
// nil, is told how many pages are copied. The copy bears its name only when it is
// whole. [ErrExists]: there is a file of that name, and it is left alone.
//
// Whoever puts a copy in the place of a vault must remove the files beside it
// that end in -wal and -journal: they belong to the old one.
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
