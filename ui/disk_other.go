//go:build !unix

package ui

import (
	"path/filepath"
	"strings"
)

// sameDisk reports whether two folders are on one drive, by its letter or its
// name on the network.
func sameDisk(a, b string) bool {
	return isDir(b) && strings.EqualFold(filepath.VolumeName(a), filepath.VolumeName(b))
}
