package vault

import (
	"errors"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// lockedByte lies far behind the content, which others must be able to read:
// Windows keeps them from locked bytes.
const lockedByte = 1 << 30

func tryLock(f *os.File) (held bool, err error) {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	place := windows.Overlapped{Offset: lockedByte}
	err = windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &place)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return true, nil
	}
	return false, err
}

// removeLock closes first: Windows removes no open file. If somebody has opened
// it meanwhile, it is theirs and stays.
func removeLock(f *os.File, path string) error {
	err := f.Close()
	if gone := os.Remove(path); gone != nil && !errors.Is(gone, windows.ERROR_SHARING_VIOLATION) {
		err = errors.Join(err, gone)
	}
	return err
}

func diskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func diskGone(err error) bool {
	for _, code := range []error{windows.ERROR_NOT_READY, windows.ERROR_DEV_NOT_EXIST, windows.ERROR_NETNAME_DELETED,
		windows.ERROR_DEVICE_NOT_CONNECTED, windows.ERROR_IO_DEVICE, windows.ERROR_NO_SUCH_DEVICE} {
		if errors.Is(err, code) {
			return true
		}
	}
	return false
}

func writeProtected(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }

// syncFolder does nothing: NTFS writes names to its own journal.
func syncFolder(string) error { return nil }

// localDisk tells whether path lies on a fixed disk of this machine, where the
// shared memory of a WAL is sound.
func localDisk(path string) bool {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	root := make([]uint16, windows.MAX_LONG_PATH)
	if windows.GetVolumePathName(name, &root[0], uint32(len(root))) != nil {
		return false
	}
	return windows.GetDriveType(&root[0]) == windows.DRIVE_FIXED
}

// keepInMemory asks that the bytes are not swapped out; a refusal does no harm
// that could be mended here.
func keepInMemory(b []byte) {
	_ = windows.VirtualLock(uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)))
}

func letGo(b []byte) {
	_ = windows.VirtualUnlock(uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)))
}
