//go:build unix

package vault

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

func tryLock(f *os.File) (held bool, err error) {
	for {
		switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err {
		case unix.EINTR:
			continue
		case unix.EWOULDBLOCK:
			return true, nil
		default:
			return false, err
		}
	}
}

// removeLock removes first: whoever opened the file meanwhile sees that it is
// gone and tries again.
func removeLock(f *os.File, path string) error {
	return errors.Join(os.Remove(path), f.Close())
}

func diskFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT)
}

func diskGone(err error) bool {
	return errors.Is(err, unix.EIO) || errors.Is(err, unix.ENODEV) || errors.Is(err, unix.ENXIO) || errors.Is(err, unix.ESTALE)
}

func writeProtected(err error) bool { return errors.Is(err, unix.EROFS) }

// syncFolder makes the name of a new file last.
func syncFolder(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// keepInMemory asks that the bytes are not swapped out; a refusal does no harm
// that could be mended here.
func keepInMemory(b []byte) { _ = unix.Mlock(b) }

func letGo(b []byte) { _ = unix.Munlock(b) }
