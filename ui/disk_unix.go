//go:build unix

package ui

import (
	"os"
	"syscall"
)

// sameDisk reports whether two folders are on one disk, as far as the system
// tells.
func sameDisk(a, b string) bool {
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	if errA != nil || errB != nil {
		return false
	}
	s, okA := x.Sys().(*syscall.Stat_t)
	t, okB := y.Sys().(*syscall.Stat_t)
	return okA && okB && s.Dev == t.Dev
}
