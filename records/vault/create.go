package vault

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Create makes a vault at path with one slot, which has the given name and
// opens with the passphrase, and one for the recovery key that it returns, to be
// printed: it is not kept. The [Cost] is [DefaultCost] unless one is given.
//
// Create returns [ErrExists] rather than touch an existing file; [ErrReadOnly],
// [ErrFull] and [InUse] mean what they say.
func Create(path, name string, passphrase []byte, opts ...Option) (*Vault, Recovery, error) {
	path, err := realFolder(path)
	if err != nil {
		return nil, "", fmt.Errorf("create vault: %w", Explain(err))
	}
	dataKey := make([]byte, 32)
	rand.Read(dataKey)
	h := header{generation: 1}
	rand.Read(h.id[:])
	first, err := newSlot(passphraseSlot, name, passphrase, dataKey, h.id, optionsOf(opts, DefaultCost).cost)
	if err != nil {
		return nil, "", err
	}
	printed, secret := newRecovery()
	defer clear(secret)
	spare, err := newSlot(recoverySlot, recoveryName, secret, dataKey, h.id, Cost{})
	if err != nil {
		return nil, "", err
	}
	h.slots = []slot{first, spare}
	if _, err := os.Lstat(path); err == nil {
		return nil, "", fmt.Errorf("create vault %s: %w", path, ErrExists)
	}
	lock, err := takeLock(path)
	if err != nil {
		return nil, "", err
	}
	f, err := createFile(path, h, fileCiphers(dataKey, h.id))
	if err != nil {
		return nil, "", errors.Join(fmt.Errorf("create vault: %w", Explain(err)), lock.release())
	}
	v := &Vault{path: path, slot: name, lock: lock, file: f, header: h}
	if err := v.start(dataKey); err != nil {
		return nil, "", err
	}
	return v, printed, nil
}

const recoveryName = "recovery"

// realFolder returns the absolute path of a file that need not exist yet, with
// symbolic links of its folder followed.
func realFolder(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	return filepath.Join(dir, filepath.Base(path)), err
}

// createFile writes header and an empty database, and leaves no file behind when
// it fails.
func createFile(path string, h header, seal ciphers) (f *os.File, err error) {
	if f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(path)
		}
	}()
	if err := writeHeader(f, h); err != nil {
		return nil, err
	}
	b := newBlocks(osFile{f}, seal[kindPage], kindPage, make([]byte, rawSize))
	if err := b.WriteAt(emptyDatabase(onLocalDisk(path)), 0); err != nil {
		return nil, err
	}
	if err := f.Sync(); err != nil {
		return nil, err
	}
	return f, syncFolder(path)
}

// osFile is a file of the operating system as a device.
type osFile struct{ *os.File }

func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// emptyDatabase returns page 1 of a database without tables that reserves room
// for seals at the end of each page: SQLite has no statement for that, but keeps
// it through VACUUM and backup. See "The Database Header" in SQLite's description
// of its file format.
func emptyDatabase(wal bool) []byte {
	p := make([]byte, pageSize)
	copy(p, "SQLite format 3\x00")
	binary.BigEndian.PutUint16(p[16:], pageSize)
	p[18], p[19] = 1, 1 // written and read with a rollback journal
	if wal {
		p[18], p[19] = 2, 2
	}
	p[20] = sealSize                      // reserved at the end of each page
	p[21], p[22], p[23] = 64, 32, 32      // fixed
	binary.BigEndian.PutUint32(p[24:], 1) // change counter
	binary.BigEndian.PutUint32(p[28:], 1) // pages
	binary.BigEndian.PutUint32(p[44:], 4) // schema format
	binary.BigEndian.PutUint32(p[56:], 1) // UTF-8
	binary.BigEndian.PutUint32(p[92:], 1) // change counter when pages was written
	p[100] = 13                           // an empty leaf
	binary.BigEndian.PutUint16(p[105:], pageSize-sealSize)
	return p
}

// Remove takes away a vault that could not be made to the end, with what lies
// beside it. It must be closed. A file that is not there is no error.
func Remove(path string) error {
	var err error
	for _, name := range []string{path, path + "-wal", path + "-shm", path + "-journal"} {
		if e := os.Remove(name); e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	return err
}
