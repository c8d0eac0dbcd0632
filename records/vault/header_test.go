package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

func someHeader(t testing.TB, generation uint64, names ...string) header {
	t.Helper()
	h := header{generation: generation, id: [16]byte{7}}
	for _, name := range names {
		s, err := newSlot(passphraseSlot, name, pass, make([]byte, 32), h.id, cheap)
		if err != nil {
			t.Fatal(err)
		}
		h.slots = append(h.slots, s)
	}
	return h
}

// resum makes the checksum of a copy right again after a change.
func resum(b []byte) []byte {
	sum := sha256.Sum256(b[:headerCopy-sha256.Size])
	return append(slices.Clone(b[:headerCopy-sha256.Size]), sum[:]...)
}

func change(b []byte, at int, to ...byte) []byte {
	b = slices.Clone(b)
	copy(b[at:], to)
	return b
}

func TestDecodeHeader(t *testing.T) {
	good := someHeader(t, 3, "Ms Adeyemi", "Mr Okafor").encode()
	if len(good) != headerCopy {
		t.Fatalf("a copy has %d bytes", len(good))
	}
	newer := change(good, len(magic), 2)
	cost := slotsAt + 2 + maxName + 16
	tests := []struct {
		name string
		b    []byte
		want error
	}{
		{"as written", good, nil},
		{"empty", nil, ErrNotVault},
		{"short", good[:headerCopy-1], ErrNotVault},
		{"plain database", append([]byte("SQLite format 3\x00"), make([]byte, headerCopy)...), ErrNotVault},
		{"newer", newer, ErrNewer},
		{"newer, in a layout of its own", change(newer, 2000, 1, 2, 3), ErrNewer},
		{"version 0", change(good, len(magic), 0), ErrDamaged},
		{"flipped bit", change(good, 500, good[500]^1), ErrDamaged},
		{"too many slots", resum(change(good, slotsAt-1, 255)), ErrDamaged},
		{"slot of no kind", resum(change(good, slotsAt, 9)), ErrDamaged},
		{"name too long", resum(change(good, slotsAt+1, maxName+1)), ErrDamaged},
		{"something behind the name", resum(change(good, slotsAt+2+20, 'x')), ErrDamaged},
		{"something behind the slots", resum(change(good, 3500, 'x')), ErrDamaged},
		{"4 TiB for Argon2", resum(change(good, cost, 255, 255, 255, 255)), ErrDamaged},
		{"hardly any memory", resum(change(good, cost, 255, 3, 0, 0)), ErrDamaged},
		{"endless passes", resum(change(good, cost+4, 17)), ErrDamaged},
		{"no pass", resum(change(good, cost+4, 0)), ErrDamaged},
		{"two threads", resum(change(good, cost+8, 2)), ErrDamaged},
	}
	for _, test := range tests {
		h, err := decode(test.b)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		if err != nil && h.slots != nil {
			t.Errorf("%s: slots with an error", test.name)
		}
	}
}

// TestHeaderCopies: one sound copy is enough, the newer wins, and writing heals.
func TestHeaderCopies(t *testing.T) {
	old, young := someHeader(t, 1, "old"), someHeader(t, 2, "young")
	bad := make([]byte, headerCopy)
	magicOnly := append([]byte(magic), bad[:headerCopy-len(magic)]...)
	newer := binary.LittleEndian.AppendUint16([]byte(magic), 2)
	newer = append(newer, bad[:headerCopy-len(newer)]...)
	tests := []struct {
		name string
		a, b []byte
		want string
		err  error
	}{
		{"both", old.encode(), young.encode(), "young", nil},
		{"both, turned", young.encode(), old.encode(), "young", nil},
		{"first damaged", bad, old.encode(), "old", nil},
		{"second damaged", old.encode(), magicOnly, "old", nil},
		{"second newer by a flipped bit", old.encode(), newer, "old", nil},
		{"both damaged", magicOnly, bad, "", ErrDamaged},
		{"both damaged, turned", bad, magicOnly, "", ErrDamaged},
		{"newer and damaged", magicOnly, newer, "", ErrNewer},
		{"no vault", bad, bad, "", ErrNotVault},
	}
	for _, test := range tests {
		f := &simBytes{b: append(slices.Clone(test.a), test.b...)}
		h, err := readHeader(f)
		if !errors.Is(err, test.err) || err == nil && h.slots[0].name != test.want {
			t.Errorf("%s: %v, %v, want %q, %v", test.name, h.slots, err, test.want, test.err)
		}
		if err != nil {
			continue
		}
		next := someHeader(t, 3, "next")
		if err := writeHeader(f, next); err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			if got, err := readCopy(f, i); err != nil || got.slots[0].name != "next" {
				t.Errorf("%s: copy %d after writing: %v, %v", test.name, i+1, got.slots, err)
			}
		}
	}
}

// headerDisk loses unsynced writes, each whole, absent or torn by sector, after
// a number of operations.
type headerDisk struct {
	simBytes
	durable []byte
	pending []op
	left    int
}

func (d *headerDisk) WriteAt(p []byte, off int64) (int, error) {
	if d.left--; d.left < 0 {
		return 0, errors.New("no power")
	}
	d.pending = append(d.pending, op{kind: opWrite, off: off, data: bytes.Clone(p)})
	return d.simBytes.WriteAt(p, off)
}

func (d *headerDisk) Sync() error {
	if d.left--; d.left < 0 {
		return errors.New("no power")
	}
	d.durable, d.pending = bytes.Clone(d.b), nil
	return nil
}

// TestHeaderPowerCut: at every moment of a change, the old header or the new one
// is there.
func TestHeaderPowerCut(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	before, next := someHeader(t, 1, "old"), someHeader(t, 2, "new")
	for range few(3000, 200_000) {
		start := append(before.encode(), before.encode()...)
		if r.IntN(2) == 0 {
			start[r.IntN(2)*headerCopy+100] ^= 1 // one copy was damaged before
		}
		d := &headerDisk{simBytes: simBytes{b: start}, durable: bytes.Clone(start), left: r.IntN(6)}
		err := writeHeader(d, next)
		after := bytes.Clone(d.durable)
		for _, o := range d.pending {
			for _, part := range o.torn(r) {
				after = part.apply(after)
			}
		}
		h, readErr := readHeader(&simBytes{b: after})
		if readErr != nil {
			t.Fatalf("after %d steps: %v", d.left, readErr)
		}
		if name := h.slots[0].name; name != "new" && (name != "old" || err == nil) {
			t.Fatalf("slot %q after %v", name, err)
		}
	}
}

// checkDecode: whatever the file says, decode answers with an error or with a
// header that is written just so, and asks for no more work than is allowed.
func checkDecode(t *testing.T, b []byte, sum bool) {
	if sum && len(b) >= headerCopy { // or nothing would get past the checksum
		b = resum(b)
	}
	h, err := decode(b)
	if err != nil {
		if h.slots != nil || !slices.Contains([]error{ErrNotVault, ErrNewer, ErrDamaged}, err) {
			t.Fatalf("%v with %d slots", err, len(h.slots))
		}
		return
	}
	if !bytes.Equal(h.encode(), b[:headerCopy]) {
		t.Fatal("a header is not written as it was read")
	}
	for _, s := range h.slots {
		if s.cost.MemoryKiB > 1<<20 || s.cost.Passes > 16 || len(s.name) > maxName {
			t.Fatalf("slot out of bounds: %+v", s.cost)
		}
	}
}

// FuzzHeader is slow, for SQLite is instrumented with it; TestMutatedHeader does
// much of its work in every run.
func FuzzHeader(f *testing.F) {
	f.Add(someHeader(f, 1, "Ms Adeyemi").encode(), true)
	f.Add(someHeader(f, 9).encode(), false)
	f.Add([]byte(magic), false)
	f.Fuzz(checkDecode)
}

func TestMutatedHeader(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	good := someHeader(t, 1, "Ms Adeyemi", "Mr Okafor").encode()
	for range few(20_000, 500_000) {
		b := slices.Clone(good)
		for range 1 + r.IntN(4) {
			at := r.IntN(slotsAt + 3*slotSize)
			b[at] = []byte{0, 1, 2, 64, 65, 255, byte(r.Uint32()), b[at] + 1}[r.IntN(8)]
		}
		checkDecode(t, b[:len(b)-r.IntN(2)*r.IntN(len(b))], r.IntN(8) > 0)
	}
}

// TestSlotBound: every fact of a slot, and the vault's id, is bound to its key.
func TestSlotBound(t *testing.T) {
	h := someHeader(t, 1, "Ms Adeyemi")
	s := h.slots[0]
	if _, ok := s.open(pass, h.id); !ok {
		t.Fatal("the slot does not open")
	}
	for name, spoil := range map[string]func(*slot, *[16]byte){
		"name":   func(s *slot, _ *[16]byte) { s.name = "Mr Okafor" },
		"salt":   func(s *slot, _ *[16]byte) { s.salt[0] ^= 1 },
		"memory": func(s *slot, _ *[16]byte) { s.cost.MemoryKiB *= 2 },
		"passes": func(s *slot, _ *[16]byte) { s.cost.Passes++ },
		"kind":   func(s *slot, _ *[16]byte) { s.kind = recoverySlot },
		"id":     func(_ *slot, id *[16]byte) { id[0] ^= 1 },
		"sealed": func(s *slot, _ *[16]byte) { s.sealed[20] ^= 1 },
	} {
		s, id := s, h.id
		spoil(&s, &id)
		if _, ok := s.open(pass, id); ok {
			t.Errorf("the slot opens with another %s", name)
		}
		// The seal alone must tell, were the key the same.
		key := h.slots[0].slotKey(pass)
		if _, err := newAEAD(key).Open(nil, nil, s.sealed[:], s.bound(id)); err == nil {
			t.Errorf("the seal does not bind the %s", name)
		}
	}
}
