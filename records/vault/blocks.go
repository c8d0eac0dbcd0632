package vault

import (
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"io"
)

// This file turns the offsets that SQLite uses into sealed blocks of a file.
// It knows neither SQLite nor the disk.
//
// The rules, each paid for with a broken database in simulated power cuts:
//
//   - A block is written whole or not at all, in sectors that it shares with
//     nothing, so that a torn write harms nothing else.
//   - A block of a log that was synced is not written again.
//   - No block is ever missing between others: a page of zeros is damage.

var (
	errBlock  = errors.New("block does not authenticate")
	errShort  = errors.New("read past the end")
	errNoRoom = errors.New("page has no room for its seal")
)

// device is the file below the blocks. ReadAt returns io.EOF with what there
// was, as io.ReaderAt says.
type device interface {
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Size() (int64, error)
}

// blocks reads and writes a file of sealed blocks. It is not safe for use by
// several goroutines. Others may have the same file open: it keeps no copy of
// what it has read, and holds back only a block that it is itself filling.
type blocks struct {
	dev  device
	aead cipher.AEAD // takes and leaves the nonce in front of the text
	kind kind
	raw  []byte // one stored block, in memory that dev can read and write

	aad  [9]byte
	last int64 // the block written last since a sync, or -1
	read int64 // the block whose start was read by the operation before, or -1

	held int64 // the block in buf, or -1
	buf  []byte
	have int64 // how much of buf is filled
	rest []byte
}

// rawSize is enough for a stored block of any kind.
const rawSize = (frameHead + pageSize + sealSize + sectorSize - 1) / sectorSize * sectorSize

func newBlocks(dev device, aead cipher.AEAD, k kind, raw []byte) *blocks {
	return &blocks{dev: dev, aead: aead, kind: k, raw: raw[:rawSize], last: -1, read: -1, held: -1}
}

// ReadAt fills p from SQLite's offset off. Past the end it leaves zeros and
// returns errShort; a block that does not authenticate is errBlock.
func (b *blocks) ReadAt(p []byte, off int64) error {
	clear(p)
	b.abandon()
	b.read = -1
	for size := int64(len(p)); len(p) > 0; {
		n, in := b.kind.locate(off)
		part := p[:min(int64(len(p)), b.kind.length(n)-in)]
		if err := b.part(part, n, in); errors.Is(err, errBlock) {
			clear(part)
			if !b.forgiven(off, in, size) {
				return err
			}
		} else if err != nil {
			return err
		}
		if in == 0 {
			b.read = n
		}
		p, off = p[len(part):], off+int64(len(part))
	}
	return nil
}

func (b *blocks) forgiven(off, in, size int64) bool {
	toEnd := int64(pageSize)
	if b.kind == kindJournal {
		if end, err := b.Size(); err == nil {
			toEnd = end - off
		}
	}
	return b.kind.forgives(in, size, toEnd)
}

// part copies what lies at place in of block n into p.
func (b *blocks) part(p []byte, n, in int64) error {
	if n == b.held {
		err := b.complete(false)
		copy(p, b.buf[in:])
		return err
	}
	if in == 0 && int64(len(p)) == b.kind.length(n) {
		return b.get(n, p)
	}
	whole := b.spare()[:b.kind.length(n)]
	if err := b.get(n, whole); err != nil {
		return err
	}
	copy(p, whole[in:])
	return nil
}

func (b *blocks) spare() []byte {
	if b.rest == nil {
		b.rest = make([]byte, rawSize)
	}
	return b.rest
}

// get opens block n into p, which is as long as the block.
func (b *blocks) get(n int64, p []byte) error {
	raw := b.raw[:b.kind.stored(n)]
	if got, err := b.dev.ReadAt(raw, b.kind.place(n)); err != nil && err != io.EOF {
		return err
	} else if got < len(raw) {
		return errShort
	}
	room := b.room(n, p)
	if _, err := b.aead.Open(room[:0], nil, raw[:len(room)+sealSize], b.bind(n)); err != nil {
		return errBlock
	}
	clear(p[len(room):])
	return nil
}

// room returns the part of a block that is sealed: all but a page's reserve.
func (b *blocks) room(n int64, p []byte) []byte {
	if b.kind == kindPage {
		return p[:pageSize-sealSize]
	}
	return p[:b.kind.length(n)]
}

func (b *blocks) bind(n int64) []byte {
	b.aad[0] = byte(b.kind)
	binary.BigEndian.PutUint64(b.aad[1:], uint64(n))
	return b.aad[:]
}

// put seals p as block n and writes it.
func (b *blocks) put(n int64, p []byte) error {
	if err := b.kind.fits(n, p); err != nil {
		return err
	}
	return b.write(n, p)
}

// fill writes whatever blocks are missing before block n.
func (b *blocks) fill(n int64) error {
	if n == 0 || n == b.last+1 {
		return nil
	}
	size, err := b.dev.Size()
	for i := b.kind.count(size); err == nil && i < n; i++ {
		err = b.write(i, make([]byte, b.kind.length(i)))
	}
	return err
}

func (b *blocks) write(n int64, p []byte) error {
	sealed := b.aead.Seal(b.raw[:0], nil, b.room(n, p), b.bind(n))
	raw := b.raw[:b.kind.stored(n)]
	clear(raw[len(sealed):])
	if _, err := b.dev.WriteAt(raw, b.kind.place(n)); err != nil {
		return err
	}
	b.last = n
	return nil
}

// WriteAt writes p at SQLite's offset off. The last block of a log may stay in
// memory until it is full or [blocks.Sync] is called. SQLite writes pages of
// the database only whole; anything else is errNoRoom.
func (b *blocks) WriteAt(p []byte, off int64) error {
	for len(p) > 0 {
		n, in := b.kind.locate(off)
		part := p[:min(int64(len(p)), b.kind.length(n)-in)]
		if err := b.patch(n, in, part); err != nil {
			b.abandon()
			return err
		}
		p, off = p[len(part):], off+int64(len(part))
	}
	b.read = -1
	return nil
}

func (b *blocks) patch(n, in int64, p []byte) error {
	length := b.kind.length(n)
	if n != b.held {
		b.abandon()
		if err := b.Flush(); err != nil {
			return err
		}
		whole := int64(len(p)) == length
		if !whole && b.kind == kindPage {
			return errNoRoom
		}
		if err := b.fill(n); err != nil {
			return err
		}
		if whole {
			return b.put(n, p)
		}
		b.hold(n)
	}
	// SQLite mends the head of a frame right after reading it; any other write
	// at the start of a block begins it anew.
	if in > b.have || b.have == 0 && n == b.read {
		if err := b.complete(in > 0); err != nil {
			return err
		}
	}
	copy(b.buf[in:], p)
	end := in + int64(len(p))
	b.have = max(b.have, end)
	if b.have == length && (end == length || b.kind == kindWAL) {
		return b.Flush()
	}
	return nil
}

func (b *blocks) hold(n int64) {
	if b.buf == nil {
		b.buf = make([]byte, rawSize)
	}
	clear(b.buf)
	b.held, b.have = n, 0
}

// complete takes what the held block lacks from the file. A block that is not
// there, or is torn, gives zeros, for only SQLite's checksums tell where a log
// ends; but what lies in front of a write into a frame must be sound.
func (b *blocks) complete(front bool) error {
	length := b.kind.length(b.held)
	rest := b.spare()[:length]
	err := b.get(b.held, rest)
	sound := b.kind == kindTemp || b.kind == kindWAL && front
	if errors.Is(err, errShort) || errors.Is(err, errBlock) && !sound {
		clear(rest)
	} else if err != nil {
		return err
	}
	copy(b.buf[b.have:length], rest[b.have:])
	b.have = length
	return nil
}

// abandon is called before the WAL is used elsewhere. A frame that was begun and
// not finished belongs to a write that failed: by now somebody else may have
// written there, so it is dropped. Any other file has one user at a time, who may
// read again what he wrote even if it could not be flushed.
func (b *blocks) abandon() {
	if b.kind == kindWAL {
		b.held = -1
	}
}

// Sync writes the block that is held back, and must be called before a sync of
// the file.
func (b *blocks) Sync() error {
	b.last = -1 // from here on, others may cut the file
	return b.Flush()
}

// Flush writes the block that is held back, which stays so where that fails.
// The WAL has nothing to write: only the padding behind a commit can be
// unfinished then.
func (b *blocks) Flush() error {
	if b.held < 0 || b.kind == kindWAL && b.have < b.kind.length(b.held) {
		return nil
	}
	if b.have < b.kind.length(b.held) {
		if err := b.complete(false); err != nil {
			return err
		}
	}
	if err := b.put(b.held, b.buf[:b.kind.length(b.held)]); err != nil {
		return err
	}
	b.held = -1
	return nil
}

// Truncate cuts the file to the blocks that hold SQLite's first size bytes.
func (b *blocks) Truncate(size int64) error {
	var n int64
	if size > 0 {
		n, _ = b.kind.locate(size - 1)
		n++
	}
	if b.abandon(); b.held >= n {
		b.held = -1
	}
	have, err := b.dev.Size()
	if err != nil || b.kind.count(have) < n {
		return err // SQLite never grows a file so
	}
	b.last, b.read = -1, -1
	to := b.kind.place(n)
	if n > 0 {
		to = b.kind.place(n-1) + b.kind.stored(n-1)
	}
	return b.dev.Truncate(to)
}

// Size returns how many bytes SQLite sees: whole blocks, so a log may seem
// longer than what was written to it.
func (b *blocks) Size() (int64, error) {
	size, err := b.dev.Size()
	b.abandon()
	return b.kind.size(max(b.kind.count(size), b.held+1)), err
}
