package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// A vault begins with two copies of its header, each headerCopy bytes: magic,
// format version, generation, id, slots, and a SHA-256 against damage. The
// checksum is no defence against people; what a slot says is bound into its seal.

const (
	headerCopy = 4096
	headerSize = 2 * headerCopy
	version    = 1
	magic      = "THROUGHLINE.VAULT"
	maxName    = 64 // bytes of UTF-8
	slotSize   = 1 + 1 + maxName + 16 + 4 + 4 + 1 + sealedKey
	sealedKey  = 32 + sealSize
	slotsAt    = len(magic) + 2 + 8 + 16 + 1
	maxSlots   = (headerCopy - slotsAt - sha256.Size) / slotSize
)

// Room returns how many more passphrase slots the vault can have.
func (v *Vault) Room() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return maxSlots - 1 - len(v.header.ofKind(passphraseSlot)) // one is the recovery key's
}

type header struct {
	generation uint64
	id         [16]byte
	slots      []slot
}

type slotKind byte

const (
	passphraseSlot slotKind = 1 + iota
	recoverySlot
)

// slot keeps the data key under one passphrase or recovery key.
type slot struct {
	kind   slotKind
	name   string // readable without a key
	salt   [16]byte
	cost   Cost // zero for a recovery key, which is random and needs none
	sealed [sealedKey]byte
}

// facts returns all of a slot but the sealed key, as it stands in the file.
func (s slot) facts() []byte {
	b := []byte{byte(s.kind), byte(len(s.name))}
	b = append(b, s.name...)
	b = append(b, make([]byte, maxName-len(s.name))...)
	b = append(b, s.salt[:]...)
	b = binary.LittleEndian.AppendUint32(b, s.cost.MemoryKiB)
	b = binary.LittleEndian.AppendUint32(b, s.cost.Passes)
	return append(b, 1) // threads
}

// encode returns one copy, headerCopy bytes.
func (h header) encode() []byte {
	b := append(make([]byte, 0, headerCopy), magic...)
	b = binary.LittleEndian.AppendUint16(b, version)
	b = binary.LittleEndian.AppendUint64(b, h.generation)
	b = append(b, h.id[:]...)
	b = append(b, byte(len(h.slots)))
	for _, s := range h.slots {
		b = append(b, s.facts()...)
		b = append(b, s.sealed[:]...)
	}
	b = b[:headerCopy-sha256.Size]
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// decode reads one copy. It returns [ErrNotVault], [ErrNewer] or [ErrDamaged],
// and accepts exactly what encode makes.
func decode(b []byte) (header, error) {
	var h header
	if len(b) < headerCopy || !bytes.HasPrefix(b, []byte(magic)) {
		return h, ErrNotVault
	}
	b = b[:headerCopy]
	at := len(magic)
	if v := binary.LittleEndian.Uint16(b[at:]); v > version {
		return h, ErrNewer
	} else if v != version || sha256.Sum256(b[:headerCopy-sha256.Size]) != [32]byte(b[headerCopy-sha256.Size:]) {
		return h, ErrDamaged
	}
	h.generation = binary.LittleEndian.Uint64(b[at+2:])
	copy(h.id[:], b[at+10:])
	count := int(b[slotsAt-1])
	if count > maxSlots {
		return header{}, ErrDamaged
	}
	for i := range count {
		s, ok := decodeSlot(b[slotsAt+i*slotSize:][:slotSize])
		if !ok {
			return header{}, ErrDamaged
		}
		h.slots = append(h.slots, s)
	}
	if !bytes.Equal(h.encode(), b) { // nothing may hide between the fields
		return header{}, ErrDamaged
	}
	return h, nil
}

func decodeSlot(b []byte) (s slot, ok bool) {
	s.kind = slotKind(b[0])
	length := int(b[1])
	if length > maxName {
		return s, false
	}
	s.name = string(b[2 : 2+length])
	b = b[2+maxName:]
	copy(s.salt[:], b)
	s.cost.MemoryKiB = binary.LittleEndian.Uint32(b[16:])
	s.cost.Passes = binary.LittleEndian.Uint32(b[20:])
	copy(s.sealed[:], b[25:])
	switch s.kind {
	case passphraseSlot:
		return s, s.cost.check() == nil
	case recoverySlot:
		return s, s.cost == Cost{}
	}
	return s, false
}

// readHeader returns the newest sound copy. Where there is none, the error is
// that of the better copy.
func readHeader(f io.ReaderAt) (header, error) {
	var best header
	var errs [2]error
	for i := range errs {
		h, err := readCopy(f, i)
		if errs[i] = err; err == nil && h.generation >= best.generation {
			best = h
		}
	}
	if errs[0] == nil || errs[1] == nil {
		return best, nil
	}
	// In this order, for one copy tells more than the other.
	for _, err := range []error{ErrNewer, ErrDamaged, ErrNotVault} {
		if errs[0] == err || errs[1] == err {
			return best, err
		}
	}
	return best, errors.Join(errs[:]...)
}

func readCopy(f io.ReaderAt, i int) (header, error) {
	b := make([]byte, headerCopy)
	if n, err := f.ReadAt(b, int64(i)*headerCopy); err != nil && err != io.EOF {
		return header{}, err
	} else {
		return decode(b[:n])
	}
}

// headerFile is what writing a header needs of *os.File.
type headerFile interface {
	io.ReaderAt
	io.WriterAt
	Sync() error
}

var _ headerFile = (*os.File)(nil)

// writeHeader replaces both copies, the damaged or older one first, so that a
// power cut leaves one sound copy: the old or the new. The other follows, lest a
// dropped slot or an old passphrase live on in it.
func writeHeader(f headerFile, h header) error {
	first := 0
	a, errA := readCopy(f, 0)
	b, errB := readCopy(f, 1)
	if errA == nil && (errB != nil || b.generation < a.generation) {
		first = 1
	}
	for _, i := range []int{first, 1 - first} {
		if _, err := f.WriteAt(h.encode(), int64(i)*headerCopy); err != nil {
			return fmt.Errorf("write header: %w", Explain(err))
		}
		if err := f.Sync(); err != nil {
			return fmt.Errorf("write header: %w", Explain(err))
		}
	}
	return nil
}
