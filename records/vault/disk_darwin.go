package vault

import "golang.org/x/sys/unix"

// localDisk tells whether path lies on a disk of this machine, where the shared
// memory of a WAL is sound.
func localDisk(path string) bool {
	const removable = 0x200 // MNT_REMOVABLE, sys/mount.h
	var fs unix.Statfs_t
	if unix.Statfs(path, &fs) != nil || fs.Flags&unix.MNT_LOCAL == 0 || fs.Flags&removable != 0 {
		return false
	}
	name := unix.ByteSliceToString(fs.Fstypename[:])
	return name == "apfs" || name == "hfs"
}
