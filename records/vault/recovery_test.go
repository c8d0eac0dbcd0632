package vault

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"
)

func TestRecoverySpelling(t *testing.T) {
	secret := []byte("\x00\x01twenty random byt\xff")
	printed := string(printRecovery(secret))
	if !regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{5}$`).MatchString(printed) {
		t.Fatalf("printed %q", printed)
	}
	alike := strings.NewReplacer("0", "o", "1", "l")
	for _, typed := range []string{
		printed,
		strings.ToLower(printed),
		strings.ReplaceAll(printed, "-", ""),
		"  " + strings.ReplaceAll(printed, "-", " ") + "\n",
		alike.Replace(printed),
		strings.ReplaceAll(strings.ReplaceAll(printed, "0", "O"), "1", "I"),
		strings.ReplaceAll(printed, "-", "\u2011"),
	} {
		if got, err := parseRecovery(typed); err != nil || !bytes.Equal(got, secret) {
			t.Errorf("parseRecovery(%q) = %x, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", printed[1:], printed + "0", strings.Replace(printed, "-", "U", 1)} {
		if _, err := parseRecovery(typed); !errors.Is(err, ErrRecoveryKey) {
			t.Errorf("parseRecovery(%q): %v", typed, err)
		}
	}
}

// TestRecoverySlips: every single wrong character and every exchange of two
// neighbours is found.
func TestRecoverySlips(t *testing.T) {
	printed, _ := newRecovery()
	key := []byte(strings.ReplaceAll(string(printed), "-", ""))
	for i := range key {
		for _, c := range []byte(crockford) {
			slip := bytes.Clone(key)
			slip[i] = c
			if _, err := parseRecovery(string(slip)); (err == nil) != (c == key[i]) {
				t.Errorf("%q for %q at %d: %v", c, key[i], i, err)
			}
		}
		if i > 0 && key[i] != key[i-1] {
			slip := bytes.Clone(key)
			slip[i], slip[i-1] = slip[i-1], slip[i]
			if _, err := parseRecovery(string(slip)); err == nil {
				t.Errorf("exchange at %d passes", i)
			}
		}
	}
}

func TestRecoveryRandom(t *testing.T) {
	a, _ := newRecovery()
	b, _ := newRecovery()
	if a == b {
		t.Error("two recovery keys are the same")
	}
}
