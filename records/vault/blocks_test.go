package vault

import "io"

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
