package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Cost is the work that Argon2id (RFC 9106) does on a passphrase, with one
// thread. It is stored with the slot.
type Cost struct {
	MemoryKiB uint32 // from 1 MiB to 1 GiB
	Passes    uint32 // from 1 to 16
}

// DefaultCost takes 0.15 s on a fast machine and two to three times that on an
// old laptop. Anything that keeps real records must use it; a demonstration and
// tests may choose less.
var DefaultCost = Cost{MemoryKiB: 64 << 10, Passes: 3}

// check bounds what a file may ask for before anything in it is trusted.
func (c Cost) check() error {
	if c.MemoryKiB < 1<<10 || c.MemoryKiB > 1<<20 || c.Passes < 1 || c.Passes > 16 {
		return errors.New("vault: cost out of bounds")
	}
	return nil
}

func (c Cost) apply(o *options) { o.cost = c }

// slotKey returns the key that seals the slot for a passphrase or, from a
// recovery slot, for the 20 bytes of a recovery key.
func (s slot) slotKey(secret []byte) []byte {
	if s.kind == recoverySlot {
		return expand(secret, s.salt[:], "throughline vault 1 recovery")
	}
	return argon2.IDKey(norm.NFC.Bytes(secret), s.salt[:], s.cost.Passes, s.cost.MemoryKiB, 1, 32)
}

func (s slot) bound(id [16]byte) []byte {
	return append(append([]byte(magic), id[:]...), s.facts()...)
}

// newSlot seals the data key for one secret.
func newSlot(kind slotKind, name string, secret, dataKey []byte, id [16]byte, c Cost) (slot, error) {
	s := slot{kind: kind, name: name, cost: c}
	switch {
	case len(secret) == 0:
		return s, ErrEmptyPassphrase
	case name == "" || len(name) > maxName || !utf8.ValidString(name) || strings.ContainsRune(name, 0):
		return s, fmt.Errorf("%w: a name of 1 to %d bytes is needed", ErrSlot, maxName)
	case kind == passphraseSlot && c.check() != nil:
		return s, c.check()
	}
	rand.Read(s.salt[:])
	key := s.slotKey(secret)
	defer clear(key)
	newAEAD(key).Seal(s.sealed[:0], nil, dataKey, s.bound(id))
	return s, nil
}

// open returns the data key, or false if the secret is not this slot's.
func (s slot) open(secret []byte, id [16]byte) ([]byte, bool) {
	key := s.slotKey(secret)
	defer clear(key)
	dataKey, err := newAEAD(key).Open(nil, nil, s.sealed[:], s.bound(id))
	return dataKey, err == nil
}

// newAEAD returns AES-256-GCM with a random nonce in front of what it seals.
func newAEAD(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // only for a key of a wrong length
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// expand derives 32 bytes (HKDF-SHA256, RFC 5869).
func expand(secret, salt []byte, info string) []byte {
	key, err := hkdf.Key(sha256.New, secret, salt, info, 32)
	if err != nil {
		panic(err) // only for a length that HKDF cannot give
	}
	return key
}

// fileCiphers returns a cipher with a key of its own for each kind of file.
func fileCiphers(dataKey []byte, id [16]byte) (c ciphers) {
	for k := kindPage; k <= kindTemp; k++ {
		key := expand(dataKey, id[:], fmt.Sprintf("throughline vault 1 blocks %d", k))
		c[k] = newAEAD(key)
		clear(key)
	}
	return c
}
