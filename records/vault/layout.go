package vault

import (
	"bytes"
	"encoding/binary"
)

// This file says where in a file each block lies, for the four shapes of SQLite's
// files.

const (
	pageSize   = 4096
	sealSize   = 12 + 16 // nonce and tag of AES-GCM
	sectorSize = 512
	frameHead  = 24         // in front of each page in the WAL
	peekSize   = 100        // what SQLite reads of page 1 before it holds a lock
	lockPage   = 0x40000000 // the platform's lock bytes lie here in the file
)

// kind is bound into every seal, so that no block passes for one of another file.
type kind byte

const (
	kindPage    kind = 1 + iota // the database
	kindWAL                     // block 0 is the header, then a frame each
	kindJournal                 // rollback journal
	kindTemp                    // statement journals, sorters, temporary tables
)

// length returns how many bytes of SQLite's block n holds.
func (k kind) length(n int64) int64 {
	switch {
	case k == kindWAL && n == 0:
		return 32
	case k == kindWAL:
		return frameHead + pageSize
	}
	return pageSize
}

// stored returns how many bytes block n takes in the file.
func (k kind) stored(n int64) int64 {
	if k == kindPage {
		return pageSize // the seal lies in the bytes that SQLite reserves
	}
	return (k.length(n) + sealSize + sectorSize - 1) / sectorSize * sectorSize
}

// locate returns the block that holds SQLite's offset off, and the place in it.
func (k kind) locate(off int64) (n, in int64) {
	if first := k.length(0); off < first {
		return 0, off
	} else {
		off -= first
	}
	return 1 + off/k.length(1), off % k.length(1)
}

// place returns where block n lies in the file. Pages follow the header and
// leave out the page of the lock bytes: Windows lets nobody write those.
func (k kind) place(n int64) int64 {
	if k != kindPage {
		return min(n, 1)*k.stored(0) + max(n-1, 0)*k.stored(1)
	}
	off := headerSize + n*pageSize
	if off >= lockPage {
		off += pageSize
	}
	return off
}

// count returns how many whole blocks a file of size bytes holds.
func (k kind) count(size int64) int64 {
	if k == kindPage {
		if size > lockPage {
			size -= pageSize
		}
		return max(0, (size-headerSize)/pageSize)
	}
	if size < k.stored(0) {
		return 0
	}
	return 1 + (size-k.stored(0))/k.stored(1)
}

// size returns how many bytes SQLite sees in n blocks.
func (k kind) size(n int64) int64 {
	if n == 0 {
		return 0
	}
	return k.length(0) + (n-1)*k.length(1)
}

// forgives tells whether SQLite must see zeros, not an error, where a read of
// size bytes at place in of a block meets one that does not authenticate. After
// a power cut it finds the end of a log by such reads, and decides by the head
// of page 1 and the last bytes of a journal whether there is one to play back.
func (k kind) forgives(in, size, toEnd int64) bool {
	switch k {
	case kindPage:
		return size == peekSize
	case kindWAL:
		return in == 0
	case kindJournal:
		return in == 0 && (size == 1 || size == 8) || toEnd <= 16
	}
	return false
}

// fits returns errNoRoom for a page that SQLite filled to the end, as it would
// if the database did not reserve room for seals.
func (k kind) fits(n int64, block []byte) error {
	first := n == 0
	switch {
	case k == kindWAL && n > 0:
		first = binary.BigEndian.Uint32(block) == 1
		block = block[frameHead:]
	case k != kindPage:
		return nil
	}
	var none [sealSize]byte
	if !bytes.Equal(block[pageSize-sealSize:], none[:]) {
		return errNoRoom
	}
	if first && (binary.BigEndian.Uint16(block[16:]) != pageSize || block[20] != sealSize) {
		return errNoRoom
	}
	return nil
}
