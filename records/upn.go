package records

import (
	"errors"
	"strings"
)

// ErrUPN means that a unique pupil number is wrong in form or check letter. It
// is a sentence for the writer.
var ErrUPN = errors.New("This UPN is not right: it has a letter and 12 digits (the last may be a letter), and the first letter must fit the rest. Copy it from your MIS, or leave it empty.")

const upnLetters = "ABCDEFGHJKLMNPQRTUVWXYZ"

// CheckUPN returns nil for a well-formed unique pupil number and ErrUPN for any
// other text. The check letter is the sum of characters 2 to 13, each times its
// place, modulo 23 (DfE, Unique pupil numbers: guide). A temporary UPN ends in
// a letter, which counts by its place among the check letters.
func CheckUPN(upn string) error {
	if len(upn) != 13 {
		return ErrUPN
	}
	sum := 0
	for i := 1; i < 13; i++ {
		c := upn[i]
		n := int(c - '0')
		if c < '0' || c > '9' {
			if n = strings.IndexByte(upnLetters, c); i != 12 || n < 0 {
				return ErrUPN
			}
		}
		sum += n * (i + 1)
	}
	if upn[0] != upnLetters[sum%23] {
		return ErrUPN
	}
	return nil
}
