package vault

import (
	"crypto/cipher"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// This file holds all of the package that is unsafe: it puts [blocks] between
// SQLite and the platform's VFS. A vfs of ours is the platform's with another
// xOpen; a file of ours is the platform's with eight methods of a table replaced
// and a handle of ours behind it. Locks, shared memory, deletes and paths stay
// the platform's.
//
// C code here is Go code: its function pointers are Go funcs stored as uintptr,
// and its memory comes from libc, outside of Go's heap.

// ciphers seals each kind of file with a key of its own.
type ciphers [kindTemp + 1]cipher.AEAD

// vfs is one registered VFS: the files of one open vault.
type vfs struct {
	name string
	ptr  uintptr // our Tsqlite3_vfs
	base uintptr // the platform's
	seal ciphers
	open atomic.Int64 // how many files are open
}

// file is one open file, used by one connection at a time.
type file struct {
	*blocks
	vfs  *vfs
	base uintptr // the platform's method table
	raw  uintptr // C memory for one stored block

	tls *libc.TLS // of the call that runs
	ptr uintptr   // its Tsqlite3_file
}

var shim = struct {
	sync.RWMutex
	vfss   map[uintptr]*vfs    // by Tsqlite3_vfs
	files  map[uintptr]*file   // by handle
	tables map[uintptr]uintptr // our method table for each of the platform's
	next   uintptr
}{
	vfss:   map[uintptr]*vfs{},
	files:  map[uintptr]*file{},
	tables: map[uintptr]uintptr{},
}

// at returns p, an address in C memory, as a pointer.
func at[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// fn returns the Go func that the C function pointer p stands for.
func fn[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&struct{ uintptr }{p})) }

// cfn returns a C function pointer for f, which must be a package-level func.
func cfn[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&struct{ f F }{f})) }

func cbytes(p uintptr, n int) []byte { return unsafe.Slice(at[byte](p), n) }

func alloc(tls *libc.TLS, size int) uintptr {
	p := libc.Xmalloc(tls, libc.Tsize_t(size))
	if p == 0 {
		panic("vault: out of memory")
	}
	clear(cbytes(p, size))
	return p
}

// register makes a VFS over the one called base, or the platform's own if that
// is empty, which seals with the given ciphers.
func register(base string, seal ciphers) (*vfs, error) {
	tls := libc.NewTLS()
	defer tls.Close()
	var zBase uintptr
	if base != "" {
		z, err := libc.CString(base)
		if err != nil {
			return nil, err
		}
		defer libc.Xfree(tls, z)
		zBase = z
	}
	v := &vfs{base: sqlite3.Xsqlite3_vfs_find(tls, zBase), seal: seal}
	if v.base == 0 {
		return nil, fmt.Errorf("no VFS %q", base)
	}
	v.ptr = alloc(tls, int(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
	shim.Lock()
	shim.next++
	v.name = fmt.Sprintf("vault-%d", shim.next)
	shim.vfss[v.ptr] = v
	shim.Unlock()

	z, err := libc.CString(v.name)
	if err != nil {
		return nil, err
	}
	ours := at[sqlite3.Tsqlite3_vfs](v.ptr)
	*ours = *at[sqlite3.Tsqlite3_vfs](v.base)
	ours.FzName, ours.FpNext = z, 0
	ours.FszOsFile = handlePlace(v.base) + int32(unsafe.Sizeof(uintptr(0)))
	ours.FxOpen = cfn(vfsOpen)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, v.ptr, 0); rc != sqlite3.SQLITE_OK {
		return nil, fmt.Errorf("register VFS: code %d", rc)
	}
	return v, nil
}

// unregister takes the VFS away. Its files must be closed.
func (v *vfs) unregister() {
	tls := libc.NewTLS()
	defer tls.Close()
	sqlite3.Xsqlite3_vfs_unregister(tls, v.ptr)
	shim.Lock()
	delete(shim.vfss, v.ptr)
	shim.Unlock()
	libc.Xfree(tls, at[sqlite3.Tsqlite3_vfs](v.ptr).FzName)
	libc.Xfree(tls, v.ptr)
}

// handlePlace returns where in a file object our handle lies.
func handlePlace(base uintptr) int32 {
	return (at[sqlite3.Tsqlite3_vfs](base).FszOsFile + 7) &^ 7
}

func vfsOpen(tls *libc.TLS, pVfs, zName, pFile uintptr, flags int32, pOut uintptr) int32 {
	shim.RLock()
	v := shim.vfss[pVfs]
	shim.RUnlock()
	if flags&sqlite3.SQLITE_OPEN_MAIN_DB != 0 && flags&sqlite3.SQLITE_OPEN_CREATE != 0 {
		return sqlite3.SQLITE_CANTOPEN // ATTACH or VACUUM INTO: it would have no header
	}
	open := fn[func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32](at[sqlite3.Tsqlite3_vfs](v.base).FxOpen)
	if rc := open(tls, v.base, zName, pFile, flags, pOut); rc != sqlite3.SQLITE_OK {
		return rc
	}
	f := &file{vfs: v, base: at[sqlite3.Tsqlite3_file](pFile).FpMethods, raw: alloc(tls, rawSize)}
	k := kindOfFile(flags)
	f.blocks = newBlocks((*platformFile)(f), v.seal[k], k, cbytes(f.raw, rawSize))
	v.open.Add(1)

	shim.Lock()
	defer shim.Unlock()
	shim.next++
	*at[uintptr](pFile + uintptr(handlePlace(v.base))) = shim.next
	shim.files[shim.next] = f
	at[sqlite3.Tsqlite3_file](pFile).FpMethods = table(tls, f.base, handlePlace(v.base))
	return sqlite3.SQLITE_OK
}

func kindOfFile(flags int32) kind {
	switch {
	case flags&sqlite3.SQLITE_OPEN_MAIN_DB != 0:
		return kindPage
	case flags&sqlite3.SQLITE_OPEN_WAL != 0:
		return kindWAL
	case flags&(sqlite3.SQLITE_OPEN_MAIN_JOURNAL|sqlite3.SQLITE_OPEN_SUPER_JOURNAL) != 0:
		return kindJournal
	}
	return kindTemp
}

const methodsSize = unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{})

// table returns our version of a method table; it is never freed, there are few.
// Behind it stands where the handle lies in the file objects that use it.
func table(tls *libc.TLS, base uintptr, place int32) uintptr {
	if t := shim.tables[base]; t != 0 {
		return t
	}
	t := alloc(tls, int(methodsSize+unsafe.Sizeof(place)))
	*at[int32](t + methodsSize) = place
	m := at[sqlite3.Tsqlite3_io_methods](t)
	*m = *at[sqlite3.Tsqlite3_io_methods](base)
	m.FiVersion = min(m.FiVersion, 2) // 3 would let SQLite read mapped memory past us
	m.FxFetch, m.FxUnfetch = 0, 0
	m.FxClose, m.FxSync = cfn(fileClose), cfn(fileSync)
	m.FxRead, m.FxWrite = cfn(fileRead), cfn(fileWrite)
	m.FxTruncate, m.FxFileSize = cfn(fileTruncate), cfn(fileSize)
	m.FxSectorSize, m.FxDeviceCharacteristics = cfn(fileSectorSize), cfn(fileCharacteristics)
	shim.tables[base] = t
	return t
}

func handle(pFile uintptr) *uintptr {
	methods := at[sqlite3.Tsqlite3_file](pFile).FpMethods
	return at[uintptr](pFile + uintptr(*at[int32](methods + methodsSize)))
}

// fileAt returns the file behind SQLite's pFile, ready to call the platform.
func fileAt(tls *libc.TLS, pFile uintptr) *file {
	shim.RLock()
	f := shim.files[*handle(pFile)]
	shim.RUnlock()
	f.tls, f.ptr = tls, pFile
	return f
}

func (f *file) methods() *sqlite3.Tsqlite3_io_methods {
	return at[sqlite3.Tsqlite3_io_methods](f.base)
}

// What follows are our methods, called by SQLite.

func fileClose(tls *libc.TLS, pFile uintptr) int32 {
	f := fileAt(tls, pFile)
	flushed := code(f.Flush(), sqlite3.SQLITE_IOERR_CLOSE)
	shim.Lock()
	delete(shim.files, *handle(pFile))
	shim.Unlock()
	rc := fn[func(*libc.TLS, uintptr) int32](f.methods().FxClose)(tls, pFile)
	libc.Xfree(tls, f.raw)
	f.vfs.open.Add(-1)
	if rc == sqlite3.SQLITE_OK {
		rc = flushed
	}
	return rc
}

func fileRead(tls *libc.TLS, pFile, pBuf uintptr, n int32, off int64) int32 {
	err := fileAt(tls, pFile).blocks.ReadAt(cbytes(pBuf, int(n)), off)
	return code(err, sqlite3.SQLITE_IOERR_READ)
}

func fileWrite(tls *libc.TLS, pFile, pBuf uintptr, n int32, off int64) int32 {
	err := fileAt(tls, pFile).blocks.WriteAt(cbytes(pBuf, int(n)), off)
	return code(err, sqlite3.SQLITE_IOERR_WRITE)
}

func fileTruncate(tls *libc.TLS, pFile uintptr, size int64) int32 {
	return code(fileAt(tls, pFile).blocks.Truncate(size), sqlite3.SQLITE_IOERR_TRUNCATE)
}

func fileSync(tls *libc.TLS, pFile uintptr, flags int32) int32 {
	f := fileAt(tls, pFile)
	if err := f.blocks.Sync(); err != nil {
		return code(err, sqlite3.SQLITE_IOERR_FSYNC)
	}
	return fn[func(*libc.TLS, uintptr, int32) int32](f.methods().FxSync)(tls, pFile, flags)
}

func fileSize(tls *libc.TLS, pFile, pSize uintptr) int32 {
	size, err := fileAt(tls, pFile).blocks.Size()
	*at[int64](pSize) = size
	return code(err, sqlite3.SQLITE_IOERR_FSTAT)
}

func fileSectorSize(*libc.TLS, uintptr) int32 { return pageSize }

// fileCharacteristics takes away every promise that is not ours to keep: we
// write blocks where SQLite writes bytes.
func fileCharacteristics(tls *libc.TLS, pFile uintptr) int32 {
	f := fileAt(tls, pFile)
	has := fn[func(*libc.TLS, uintptr) int32](f.methods().FxDeviceCharacteristics)(tls, pFile)
	return has & sqlite3.SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN
}

// code returns the result code for err; other stands for errors without one.
func code(err error, other int32) int32 {
	var rc resultCode
	switch {
	case err == nil:
		return sqlite3.SQLITE_OK
	case errors.As(err, &rc):
		return int32(rc)
	case errors.Is(err, errShort):
		return sqlite3.SQLITE_IOERR_SHORT_READ
	case errors.Is(err, errBlock):
		return sqlite3.SQLITE_IOERR_DATA
	}
	return other
}

// What follows is the platform's file, as the device that blocks work on. The
// blocks use only f.raw as buffer, so that no Go memory goes to the platform.

// resultCode is a failure as the platform's VFS tells it.
type resultCode int32

func (c resultCode) Error() string { return fmt.Sprintf("disk error, SQLite code %d", int32(c)) }

type platformFile file

func (f *platformFile) methods() *sqlite3.Tsqlite3_io_methods { return (*file)(f).methods() }

// ReadAt implements io.ReaderAt for a buffer in C memory.
func (f *platformFile) ReadAt(p []byte, off int64) (int, error) {
	read := fn[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](f.methods().FxRead)
	switch rc := read(f.tls, f.ptr, f.raw, int32(len(p)), off); rc {
	case sqlite3.SQLITE_OK:
		return len(p), nil
	case sqlite3.SQLITE_IOERR_SHORT_READ:
		return 0, io.EOF // no block is read by halves
	default:
		return 0, resultCode(rc)
	}
}

// WriteAt implements io.WriterAt for a buffer in C memory.
func (f *platformFile) WriteAt(p []byte, off int64) (int, error) {
	write := fn[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](f.methods().FxWrite)
	if rc := write(f.tls, f.ptr, f.raw, int32(len(p)), off); rc != sqlite3.SQLITE_OK {
		return 0, resultCode(rc)
	}
	return len(p), nil
}

// Truncate cuts the file to size bytes.
func (f *platformFile) Truncate(size int64) error {
	truncate := fn[func(*libc.TLS, uintptr, int64) int32](f.methods().FxTruncate)
	if rc := truncate(f.tls, f.ptr, size); rc != sqlite3.SQLITE_OK {
		return resultCode(rc)
	}
	return nil
}

// Size returns the length of the file.
func (f *platformFile) Size() (int64, error) {
	stat := fn[func(*libc.TLS, uintptr, uintptr) int32](f.methods().FxFileSize)
	if rc := stat(f.tls, f.ptr, f.raw); rc != sqlite3.SQLITE_OK {
		return 0, resultCode(rc)
	}
	return *at[int64](f.raw), nil
}
