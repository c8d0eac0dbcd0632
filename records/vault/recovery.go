package vault

import (
	"crypto/rand"
	"strings"
)

// Recovery is a recovery key as it is printed: 32 letters and digits of
// Crockford's base 32, which hold 160 random bits, and a check character, in
// groups of four (the last has five). It opens the vault for whoever holds the
// paper.
type Recovery string

const (
	crockford     = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	recoveryBytes = 20
	recoveryChars = recoveryBytes * 8 / 5
)

func newRecovery() (Recovery, []byte) {
	secret := make([]byte, recoveryBytes)
	rand.Read(secret)
	return printRecovery(secret), secret
}

func printRecovery(secret []byte) Recovery {
	digits := make([]byte, 0, recoveryChars+1)
	var bits, have uint
	for _, b := range secret {
		bits, have = bits<<8|uint(b), have+8
		for have >= 5 {
			have -= 5
			digits = append(digits, byte(bits>>have&31))
		}
	}
	digits = append(digits, checkDigit(digits))
	var out strings.Builder
	for i, d := range digits {
		if i > 0 && i%4 == 0 && i < recoveryChars {
			out.WriteByte('-')
		}
		out.WriteByte(crockford[d])
	}
	return Recovery(out.String())
}

// parseRecovery returns the secret of a key as somebody typed it: small letters,
// spaces and dashes do not matter, O is 0, I and L are 1. It returns
// [ErrRecoveryKey] when a character is missing, foreign or, by the check
// character, wrong.
func parseRecovery(typed string) ([]byte, error) {
	fix := strings.NewReplacer("O", "0", "I", "1", "L", "1")
	var digits []byte
	for _, r := range fix.Replace(strings.ToUpper(typed)) {
		switch d := strings.IndexRune(crockford, r); {
		case d >= 0:
			digits = append(digits, byte(d))
		case !strings.ContainsRune(" -\t\r\n\u00a0\u2010\u2011\u2013", r):
			return nil, ErrRecoveryKey
		}
	}
	if len(digits) != recoveryChars+1 || checkDigit(digits[:recoveryChars]) != digits[recoveryChars] {
		return nil, ErrRecoveryKey
	}
	secret := make([]byte, 0, recoveryBytes)
	var bits, have uint
	for _, d := range digits[:recoveryChars] {
		if bits, have = bits<<5|uint(d), have+5; have >= 8 {
			have -= 8
			secret = append(secret, byte(bits>>have))
		}
	}
	return secret, nil
}

// checkDigit sums the digits in the field of 32 elements, each times another
// power of 2, and so finds every single wrong character and every exchange of
// two neighbours.
func checkDigit(digits []byte) byte {
	var sum byte
	for _, d := range digits {
		sum = double(sum ^ d)
	}
	return sum
}

// double multiplies by x modulo x⁵+x²+1, under which x has order 31.
func double(d byte) byte {
	d <<= 1
	if d&32 != 0 {
		d ^= 0b100101
	}
	return d
}
