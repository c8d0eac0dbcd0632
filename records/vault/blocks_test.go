package vault

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// simBytes is a file in memory.
type simBytes struct {
	b      []byte
	writes []int64 // offsets, in order
}

func (f *simBytes) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(len(f.b)) {
		return 0, io.EOF
	}
	n := copy(p, f.b[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *simBytes) WriteAt(p []byte, off int64) (int, error) {
	f.writes = append(f.writes, off)
	f.b = op{kind: opWrite, off: off, data: p}.apply(f.b)
	return len(p), nil
}

func (f *simBytes) Truncate(size int64) error {
	f.b = op{kind: opTruncate, off: size}.apply(f.b)
	return nil
}

func (f *simBytes) Size() (int64, error) { return int64(len(f.b)), nil }
func (f *simBytes) Sync() error          { return nil }

func testCiphers() ciphers { return fileCiphers(make([]byte, 32), [16]byte{1}) }

func memBlocks(k kind, f *simBytes) *blocks {
	return newBlocks(f, testCiphers()[k], k, make([]byte, rawSize))
}

var kinds = map[string]kind{"page": kindPage, "wal": kindWAL, "journal": kindJournal, "temp": kindTemp}

// TestLayout: blocks follow each other in whole sectors, and none lies on the
// lock bytes at 1 GiB.
func TestLayout(t *testing.T) {
	for name, k := range kinds {
		for _, from := range []int64{0, lockPage/pageSize - 5} {
			for n := from; n < from+12; n++ {
				at, end := k.place(n), k.place(n)+k.stored(n)
				if at%sectorSize != 0 || end%sectorSize != 0 {
					t.Errorf("%s: block %d lies from %d to %d, not in whole sectors", name, n, at, end)
				}
				if next := k.place(n + 1); next < end || next > end+pageSize {
					t.Errorf("%s: block %d ends at %d, the next begins at %d", name, n, end, next)
				}
				if k == kindPage && at < lockPage+pageSize && end > lockPage {
					t.Errorf("page %d lies on the lock bytes", n+1)
				}
				if got := k.count(end); got != n+1 {
					t.Errorf("%s: %d bytes are %d blocks, want %d", name, end, got, n+1)
				}
				if got := k.count(end - 1); got != n {
					t.Errorf("%s: %d bytes are %d blocks, want %d", name, end-1, got, n)
				}
				off := k.size(n)
				if b, in := k.locate(off); b != n || in != 0 {
					t.Errorf("%s: offset %d is in block %d at %d, want block %d", name, off, b, in, n)
				}
			}
		}
	}
}

// TestBlocksAgainstBytes writes, reads and cuts a sealed file and a plain one at
// random.
func TestBlocksAgainstBytes(t *testing.T) {
	for _, k := range []kind{kindJournal, kindTemp} {
		r := rand.New(rand.NewPCG(uint64(k), 1))
		f := &simBytes{}
		b := memBlocks(k, f)
		var plain []byte
		for step := range few(4000, 100_000) {
			off := int64(r.IntN(60_000))
			if r.IntN(3) == 0 {
				off = off / pageSize * pageSize
			}
			p := make([]byte, 1+r.IntN(9000))
			switch r.IntN(8) {
			default:
				for i := range p {
					p[i] = byte(r.Uint32())
				}
				if err := b.WriteAt(p, off); err != nil {
					t.Fatalf("step %d: write: %v", step, err)
				}
				plain = op{kind: opWrite, off: off, data: p}.apply(plain)
			case 0:
				if off < int64(len(plain)) {
					if err := b.Truncate(off); err != nil {
						t.Fatalf("step %d: truncate: %v", step, err)
					}
					// To the end of the block, old bytes may stay.
					plain = plain[:min(int64(len(plain)), (off+pageSize-1)/pageSize*pageSize)]
				}
			case 1:
				b = memBlocks(k, flushed(t, b, f)) // another connection
			case 2, 3:
				size, err := b.Size()
				if want := (int64(len(plain)) + pageSize - 1) / pageSize * pageSize; err != nil || size != want {
					t.Fatalf("step %d: Size() = %d, %v, want %d", step, size, err, want)
				}
				want := make([]byte, len(p))
				if off < int64(len(plain)) {
					copy(want, plain[off:])
				}
				err = b.ReadAt(p, off)
				if short := off+int64(len(p)) > size; short != errors.Is(err, errShort) || !short && err != nil {
					t.Fatalf("step %d: read: %v, past the end: %v", step, err, short)
				}
				if !bytes.Equal(p, want) {
					t.Fatalf("step %d: read at %d differs", step, off)
				}
			}
		}
	}
}

func flushed(t *testing.T, b *blocks, f *simBytes) *simBytes {
	t.Helper()
	if err := b.Sync(); err != nil {
		t.Fatal(err)
	}
	return f
}

func somePage(n int64) []byte {
	if n == 0 {
		return emptyDatabase(true)
	}
	p := make([]byte, pageSize)
	copy(p, fmt.Sprintf("page %d", n+1))
	return p
}

// TestTornPage1: a peek without a lock sees an empty file, so that recovery can
// begin; a read of the page is told the truth.
func TestTornPage1(t *testing.T) {
	f := &simBytes{}
	b := memBlocks(kindPage, f)
	if err := b.WriteAt(somePage(0), 0); err != nil {
		t.Fatal(err)
	}
	peek := make([]byte, peekSize)
	if err := b.ReadAt(peek, 0); err != nil || !bytes.HasPrefix(peek, []byte("SQLite format 3")) {
		t.Fatalf("peek: %q, %v", peek[:16], err)
	}
	clear(f.b[headerSize+512 : headerSize+1024])
	if err := b.ReadAt(peek, 0); err != nil || !bytes.Equal(peek, make([]byte, peekSize)) {
		t.Errorf("peek at a torn page: %x, %v, want zeros", peek[:16], err)
	}
	for _, read := range []struct{ off, size int64 }{{0, pageSize}, {24, 16}} {
		if err := b.ReadAt(make([]byte, read.size), read.off); !errors.Is(err, errBlock) {
			t.Errorf("read of %d bytes at %d of a torn page: %v", read.size, read.off, err)
		}
	}
}

func frame(pgno uint32, page []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, pgno), append(make([]byte, frameHead-4), page...)...)
}

// TestDamagedFrame: recovery, which reads frames from their start, finds the end
// of the log there; everybody else finds damage.
func TestDamagedFrame(t *testing.T) {
	f := &simBytes{}
	b := memBlocks(kindWAL, f)
	off := int64(32)
	for n := range int64(3) {
		if n == 0 {
			if err := b.WriteAt(make([]byte, 32), 0); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.WriteAt(frame(uint32(n+2), somePage(n+1)), off+n*(frameHead+pageSize)); err != nil {
			t.Fatal(err)
		}
	}
	f.b[kindWAL.place(2)+700] ^= 1
	p := make([]byte, frameHead+pageSize)
	if err := b.ReadAt(p, off+frameHead+pageSize); err != nil || !bytes.Equal(p, make([]byte, len(p))) {
		t.Errorf("recovery: %v, want zeros", err)
	}
	if err := b.ReadAt(p[:pageSize], off+2*frameHead+pageSize); !errors.Is(err, errBlock) {
		t.Errorf("page in a damaged frame: %v", err)
	}
	if err := b.ReadAt(p[:pageSize], off+2*(frameHead+pageSize)+frameHead); err != nil || !bytes.HasPrefix(p, []byte("page 4")) {
		t.Errorf("page in the frame behind: %q, %v", p[:8], err)
	}
}

// TestFrameInParts: SQLite writes the head of a frame, then its page, sometimes
// in two parts with a sync between them; later it may mend the head. One write
// each, and nothing of a frame that was not finished.
func TestFrameInParts(t *testing.T) {
	f := &simBytes{}
	b := memBlocks(kindWAL, f)
	write := func(p []byte, off int64) {
		t.Helper()
		if err := b.WriteAt(p, off); err != nil {
			t.Fatal(err)
		}
	}
	whole := frame(2, somePage(1))
	write(make([]byte, 32), 0)
	write(whole[:frameHead], 32)
	write(whole[frameHead:1000], 32+frameHead)
	if err := b.Sync(); err != nil || len(f.writes) != 1 {
		t.Fatalf("half a frame was written at a sync: %v, %v", f.writes, err)
	}
	write(whole[1000:], 32+1000)
	if len(f.writes) != 2 {
		t.Fatalf("%d writes for header and frame, want 2", len(f.writes))
	}
	got := make([]byte, len(whole))
	if err := b.ReadAt(got, 32); err != nil || !bytes.Equal(got, whole) {
		t.Fatalf("frame differs, %v", err)
	}
	whole[8] = 7
	write(whole[:frameHead], 32) // right after the read: mended at once
	if err := memBlocks(kindWAL, f).ReadAt(got, 32); err != nil || !bytes.Equal(got, whole) {
		t.Fatalf("mended frame differs, %v", err)
	}
	write(whole[:frameHead], 32) // the log starts again, and fails after the head
	if err := memBlocks(kindWAL, f).WriteAt(frame(3, somePage(2)), 32); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Size(); err != nil {
		t.Fatal(err)
	}
	if err := b.ReadAt(got, 32); err != nil || got[3] != 3 {
		t.Fatalf("an abandoned frame came back over another's: page %d, %v", got[3], err)
	}
}

// TestNoRoom: a page that uses the bytes of its seal is refused.
func TestNoRoom(t *testing.T) {
	tail := somePage(1)
	tail[pageSize-1] = 1
	unreserved := emptyDatabase(true)
	unreserved[20] = 0
	for name, write := range map[string]struct {
		kind kind
		off  int64
		p    []byte
	}{
		"page":            {kindPage, pageSize, tail},
		"page 1":          {kindPage, 0, unreserved},
		"part of a page":  {kindPage, 0, emptyDatabase(true)[:100]},
		"frame":           {kindWAL, 32, frame(2, tail)},
		"frame of page 1": {kindWAL, 32, frame(1, unreserved)},
	} {
		f := &simBytes{}
		b := memBlocks(write.kind, f)
		if err := b.WriteAt(emptyDatabase(true)[:write.kind.length(0)], 0); err != nil {
			t.Fatal(err)
		}
		before := len(f.writes)
		if err := b.WriteAt(write.p, write.off); !errors.Is(err, errNoRoom) || len(f.writes) > before {
			t.Errorf("%s: %v, writes at %v", name, err, f.writes[before:])
		}
	}
}

// TestBound: a block is worth nothing in another place or another kind of file,
// and a block of zeros is damage.
func TestBound(t *testing.T) {
	f := &simBytes{}
	b := memBlocks(kindPage, f)
	for n := range int64(4) {
		if err := b.WriteAt(somePage(n), n*pageSize); err != nil {
			t.Fatal(err)
		}
	}
	page := func(n int64) []byte { return f.b[headerSize+n*pageSize:][:pageSize] }
	copy(page(1), page(2))
	clear(page(3))
	for _, n := range []int64{1, 3} {
		if err := b.ReadAt(make([]byte, pageSize), n*pageSize); !errors.Is(err, errBlock) {
			t.Errorf("page %d: %v", n+1, err)
		}
	}
	sealed := testCiphers()
	for k := kindPage; k <= kindTemp; k++ {
		for other := kindPage; other <= kindTemp; other++ {
			x := sealed[k].Seal(nil, nil, make([]byte, 64), nil)
			if _, err := sealed[other].Open(nil, nil, x, nil); (err == nil) != (k == other) {
				t.Errorf("kinds %d and %d share a key: %v", k, other, err == nil)
			}
		}
	}
}

// TestNoHoles: a page written far behind the end leaves none missing before it.
func TestNoHoles(t *testing.T) {
	f := &simBytes{}
	b := memBlocks(kindPage, f)
	for _, n := range []int64{0, 5} {
		if err := b.WriteAt(somePage(n), n*pageSize); err != nil {
			t.Fatal(err)
		}
	}
	p := make([]byte, pageSize)
	for n := range int64(6) {
		if err := b.ReadAt(p, n*pageSize); err != nil {
			t.Errorf("page %d: %v", n+1, err)
		}
	}
	// Another connection cuts the file, this one goes on behind it.
	if err := flushed(t, b, f).Truncate(kindPage.place(3)); err != nil {
		t.Fatal(err)
	}
	if err := b.WriteAt(somePage(6), 6*pageSize); err != nil {
		t.Fatal(err)
	}
	if err := b.ReadAt(p, 4*pageSize); err != nil {
		t.Errorf("page 5 after a cut: %v", err)
	}
}

// TestFailedFlush: what a journal took before the disk was full can be read back,
// for that is how SQLite undoes a transaction, and is written when there is room.
func TestFailedFlush(t *testing.T) {
	f := &fullBytes{}
	b := newBlocks(f, testCiphers()[kindJournal], kindJournal, make([]byte, rawSize))
	record := bytes.Repeat([]byte("journal "), 1000)
	if err := b.WriteAt(record[:5000], 0); err != nil {
		t.Fatal(err)
	}
	f.full = true
	if err := b.WriteAt(record[5000:], 5000); err == nil {
		if err = b.Sync(); err == nil {
			t.Fatal("a full disk takes everything")
		}
	}
	got := make([]byte, 5000)
	if err := b.ReadAt(got, 0); err != nil || !bytes.Equal(got, record[:5000]) {
		t.Errorf("read back on a full disk: %v", err)
	}
	f.full = false
	if err := b.Sync(); err != nil {
		t.Fatal(err)
	}
	if err := memBlocks(kindJournal, &f.simBytes).ReadAt(got, 0); err != nil || !bytes.Equal(got, record[:5000]) {
		t.Errorf("read by another when there is room: %v", err)
	}
}

// fullBytes is a file in memory that may be full.
type fullBytes struct {
	simBytes
	full bool
}

func (f *fullBytes) WriteAt(p []byte, off int64) (int, error) {
	if f.full {
		return 0, errors.New("full")
	}
	return f.simBytes.WriteAt(p, off)
}
