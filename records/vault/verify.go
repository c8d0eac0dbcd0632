package vault

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Verify reads every page of the file, which must authenticate, and then has
// SQLite check how they hang together. Progress, which may be nil, is told how
// many pages of the file are done, the last time when all is. The first break is
// a [Damage]. Others may write meanwhile.
func (v *Vault) Verify(ctx context.Context, progress func(done, total int64)) error {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	// What is still in the log goes into the file first.
	if _, err := v.db.ExecContext(ctx, `PRAGMA wal_checkpoint(truncate)`); err != nil {
		return fmt.Errorf("verify: %w", Explain(err))
	}
	if err := v.verifyHeader(); err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	total, err := v.verifyPages(ctx, progress)
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	if err := v.verifyTables(ctx); err != nil {
		return fmt.Errorf("verify: %w", Explain(err))
	}
	progress(total, total)
	return nil
}

func (v *Vault) verifyHeader() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.dataKey == nil {
		return ErrClosed
	}
	for i := range 2 {
		if _, err := readCopy(v.file, i); err != nil {
			return Damage{What: fmt.Sprintf("copy %d of the header: %v", i+1, err)}
		}
	}
	return nil
}

func (v *Vault) verifyPages(ctx context.Context, progress func(done, total int64)) (total int64, err error) {
	dev := osFile{v.file} // ours for the vault's whole life
	b := newBlocks(dev, v.vfs.seal[kindPage], kindPage, make([]byte, rawSize))
	size, err := b.Size()
	if err != nil {
		return 0, err
	}
	total = size / pageSize
	page := make([]byte, pageSize)
	for n := range total {
		if n%256 == 0 {
			progress(n, total)
			if err := ctx.Err(); err != nil {
				return total, err
			}
		}
		switch err := b.getSettled(n, page); {
		case errors.Is(err, errBlock):
			return total, Damage{Page: n + 1, What: "does not authenticate"}
		case errors.Is(err, errShort):
			return total, nil // the file was cut meanwhile
		case err != nil:
			return total, err
		}
	}
	return total, nil
}

// getSettled reads a page that SQLite may be writing at this moment.
func (b *blocks) getSettled(n int64, page []byte) (err error) {
	for range 5 {
		if err = b.get(n, page); !errors.Is(err, errBlock) {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
	return err
}

func (v *Vault) verifyTables(ctx context.Context) error {
	var what string
	if err := v.db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&what); err != nil {
		return err
	}
	if what != "ok" {
		return Damage{What: what}
	}
	return nil
}
