package vault

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// This file is a disk in memory with a VFS on it. It keeps a diary of every
// write, sync and delete, from which it can tell what a power cut at any moment
// may leave: each write since the last sync whole, absent, or torn by sector.

type opKind int

const (
	opCreate opKind = iota
	opWrite
	opTruncate
	opSync
	opDelete
	opAck // a commit was acknowledged
)

type op struct {
	kind  opKind
	inode int
	name  string
	off   int64 // of a write; size of a truncate; number of an ack
	data  []byte
	last  bool // of a delete: it lasts
	role  int32
}

// simDisk is one disk and its VFS.
type simDisk struct {
	sync.Mutex
	name  string
	ptr   uintptr
	names map[string]int
	data  map[int][]byte
	next  int
	diary []op
	limit int64           // bytes that fit in all, when above 0
	fault func() int32    // what a write or sync fails with, or 0; nil: never
	spoil func(o op) []op // what of a write that fails is written all the same; nil: nothing
	caps  int32
	shm   []uintptr
}

type simFile struct {
	disk  *simDisk
	inode int
	role  int32
}

var sims = struct {
	sync.Mutex
	disks map[uintptr]*simDisk
	files map[uintptr]*simFile
	next  uintptr
	table uintptr
}{disks: map[uintptr]*simDisk{}, files: map[uintptr]*simFile{}}

func newSimDisk(t testing.TB) *simDisk {
	t.Helper()
	tls := libc.NewTLS()
	defer tls.Close()
	sims.Lock()
	defer sims.Unlock()
	sims.next++
	d := &simDisk{name: fmt.Sprintf("sim-%d", sims.next), names: map[string]int{}, data: map[int][]byte{}}
	// It promises all that a disk can, which the shim must not pass on.
	d.caps = 0xffff &^ (sqlite3.SQLITE_IOCAP_IMMUTABLE | sqlite3.SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN)
	d.ptr = alloc(tls, int(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
	z, err := libc.CString(d.name)
	if err != nil {
		t.Fatal(err)
	}
	vfs := at[sqlite3.Tsqlite3_vfs](d.ptr)
	*vfs = *at[sqlite3.Tsqlite3_vfs](sqlite3.Xsqlite3_vfs_find(tls, 0))
	vfs.FszOsFile = int32(2 * unsafe.Sizeof(uintptr(0)))
	vfs.FzName, vfs.FpNext = z, 0
	vfs.FxOpen, vfs.FxDelete = cfn(simOpen), cfn(simDelete)
	vfs.FxAccess, vfs.FxFullPathname = cfn(simAccess), cfn(simFullPathname)
	sims.disks[d.ptr] = d
	sqlite3.Xsqlite3_vfs_register(tls, d.ptr, 0)
	return d
}

// remove takes the disk away; its databases must be closed.
func (d *simDisk) remove() {
	tls := libc.NewTLS()
	defer tls.Close()
	sqlite3.Xsqlite3_vfs_unregister(tls, d.ptr)
	sims.Lock()
	defer sims.Unlock()
	delete(sims.disks, d.ptr)
	for _, p := range append(d.shm, at[sqlite3.Tsqlite3_vfs](d.ptr).FzName, d.ptr) {
		libc.Xfree(tls, p)
	}
}

func simTable(tls *libc.TLS) uintptr {
	if sims.table == 0 {
		sims.table = alloc(tls, int(methodsSize))
		*at[sqlite3.Tsqlite3_io_methods](sims.table) = sqlite3.Tsqlite3_io_methods{
			FiVersion: 3, FxClose: cfn(simClose), FxRead: cfn(simRead), FxWrite: cfn(simWrite),
			FxTruncate: cfn(simTruncate), FxSync: cfn(simSync), FxFileSize: cfn(simSize),
			FxLock: cfn(simLock), FxUnlock: cfn(simLock), FxCheckReservedLock: cfn(simReserved),
			FxFileControl: cfn(simControl), FxSectorSize: cfn(simSector),
			FxDeviceCharacteristics: cfn(simCaps), FxShmMap: cfn(simShmMap), FxShmLock: cfn(simShmLock),
			FxShmBarrier: cfn(simShmBarrier), FxShmUnmap: cfn(simLock), FxFetch: 1, FxUnfetch: 1,
		}
	}
	return sims.table
}

// diskAt returns the disk of a VFS; methods that the shim leaves alone are called
// with the shim's.
func diskAt(pVfs uintptr) *simDisk {
	shim.RLock()
	if v := shim.vfss[pVfs]; v != nil {
		pVfs = v.base
	}
	shim.RUnlock()
	sims.Lock()
	defer sims.Unlock()
	return sims.disks[pVfs]
}

func simAt(pFile uintptr) *simFile {
	sims.Lock()
	defer sims.Unlock()
	return sims.files[*at[uintptr](pFile + unsafe.Sizeof(uintptr(0)))]
}

func simOpen(tls *libc.TLS, pVfs, zName, pFile uintptr, flags int32, pOut uintptr) int32 {
	d := diskAt(pVfs)
	at[sqlite3.Tsqlite3_file](pFile).FpMethods = 0
	name := ""
	if zName != 0 {
		name = libc.GoString(zName)
	}
	d.Lock()
	inode, ok := d.names[name]
	if name == "" || !ok {
		if flags&sqlite3.SQLITE_OPEN_CREATE == 0 {
			d.Unlock()
			return sqlite3.SQLITE_CANTOPEN
		}
		d.next++
		inode = d.next
		d.data[inode] = nil
		if name != "" {
			d.names[name] = inode
		}
		d.diary = append(d.diary, op{kind: opCreate, inode: inode, name: name})
	}
	d.Unlock()
	sims.Lock()
	defer sims.Unlock()
	sims.next++
	sims.files[sims.next] = &simFile{disk: d, inode: inode, role: flags & 0x0fff00}
	*at[uintptr](pFile + unsafe.Sizeof(uintptr(0))) = sims.next
	at[sqlite3.Tsqlite3_file](pFile).FpMethods = simTable(tls)
	if pOut != 0 {
		*at[int32](pOut) = flags
	}
	return sqlite3.SQLITE_OK
}

func simDelete(tls *libc.TLS, pVfs, zName uintptr, syncDir int32) int32 {
	d, name := diskAt(pVfs), libc.GoString(zName)
	d.Lock()
	defer d.Unlock()
	inode, ok := d.names[name]
	if !ok {
		return sqlite3.SQLITE_IOERR_DELETE_NOENT
	}
	delete(d.names, name)
	d.diary = append(d.diary, op{kind: opDelete, inode: inode, name: name, last: syncDir != 0})
	return sqlite3.SQLITE_OK
}

func simAccess(tls *libc.TLS, pVfs, zName uintptr, flags int32, pOut uintptr) int32 {
	d := diskAt(pVfs)
	d.Lock()
	defer d.Unlock()
	*at[int32](pOut) = 0
	if _, ok := d.names[libc.GoString(zName)]; ok {
		*at[int32](pOut) = 1
	}
	return sqlite3.SQLITE_OK
}

func simFullPathname(tls *libc.TLS, pVfs, zName uintptr, n int32, zOut uintptr) int32 {
	name := libc.GoString(zName)
	copy(cbytes(zOut, int(n)), name+"\x00")
	return sqlite3.SQLITE_OK
}

func simClose(tls *libc.TLS, pFile uintptr) int32 {
	sims.Lock()
	defer sims.Unlock()
	delete(sims.files, *at[uintptr](pFile + unsafe.Sizeof(uintptr(0))))
	return sqlite3.SQLITE_OK
}

func simRead(tls *libc.TLS, pFile, pBuf uintptr, n int32, off int64) int32 {
	f, p := simAt(pFile), cbytes(pBuf, int(n))
	f.disk.Lock()
	defer f.disk.Unlock()
	data := f.disk.data[f.inode]
	got := 0
	if off < int64(len(data)) {
		got = copy(p, data[off:])
	}
	clear(p[got:])
	if got < len(p) {
		return sqlite3.SQLITE_IOERR_SHORT_READ
	}
	return sqlite3.SQLITE_OK
}

func simWrite(tls *libc.TLS, pFile, pBuf uintptr, n int32, off int64) int32 {
	f, p := simAt(pFile), cbytes(pBuf, int(n))
	d := f.disk
	d.Lock()
	defer d.Unlock()
	if d.fault != nil {
		if rc := d.fault(); rc != sqlite3.SQLITE_OK {
			if d.spoil != nil {
				for _, part := range d.spoil(op{kind: opWrite, inode: f.inode, off: off, data: slices.Clone(p)}) {
					d.data[f.inode] = part.apply(d.data[f.inode])
				}
			}
			return rc
		}
	}
	if d.limit > 0 && d.used()+max(0, off+int64(n)-int64(len(d.data[f.inode]))) > d.limit {
		return sqlite3.SQLITE_FULL
	}
	o := op{kind: opWrite, inode: f.inode, off: off, data: slices.Clone(p), role: f.role}
	d.diary = append(d.diary, o)
	d.data[f.inode] = o.apply(d.data[f.inode])
	return sqlite3.SQLITE_OK
}

func (d *simDisk) used() (sum int64) {
	for _, data := range d.data {
		sum += int64(len(data))
	}
	return sum
}

func simTruncate(tls *libc.TLS, pFile uintptr, size int64) int32 {
	f := simAt(pFile)
	d := f.disk
	d.Lock()
	defer d.Unlock()
	if d.fault != nil {
		if rc := d.fault(); rc != sqlite3.SQLITE_OK {
			return rc
		}
	}
	o := op{kind: opTruncate, inode: f.inode, off: size}
	d.diary = append(d.diary, o)
	d.data[f.inode] = o.apply(d.data[f.inode])
	return sqlite3.SQLITE_OK
}

func simSync(tls *libc.TLS, pFile uintptr, flags int32) int32 {
	f := simAt(pFile)
	f.disk.Lock()
	defer f.disk.Unlock()
	if f.disk.fault != nil {
		if rc := f.disk.fault(); rc != sqlite3.SQLITE_OK {
			return rc
		}
	}
	f.disk.diary = append(f.disk.diary, op{kind: opSync, inode: f.inode})
	return sqlite3.SQLITE_OK
}

func simSize(tls *libc.TLS, pFile, pSize uintptr) int32 {
	f := simAt(pFile)
	f.disk.Lock()
	defer f.disk.Unlock()
	*at[int64](pSize) = int64(len(f.disk.data[f.inode]))
	return sqlite3.SQLITE_OK
}

func simLock(*libc.TLS, uintptr, int32) int32 { return sqlite3.SQLITE_OK }

func simReserved(tls *libc.TLS, pFile, pOut uintptr) int32 {
	*at[int32](pOut) = 0
	return sqlite3.SQLITE_OK
}

func simControl(*libc.TLS, uintptr, int32, uintptr) int32 { return sqlite3.SQLITE_NOTFOUND }
func simSector(*libc.TLS, uintptr) int32                  { return sectorSize }
func simCaps(tls *libc.TLS, pFile uintptr) int32          { return simAt(pFile).disk.caps }

// The index of the WAL is memory that no power cut outlives. One connection at a
// time needs no locks.

func simShmMap(tls *libc.TLS, pFile uintptr, page, size, extend int32, pp uintptr) int32 {
	d := simAt(pFile).disk
	d.Lock()
	defer d.Unlock()
	for extend != 0 && int(page) >= len(d.shm) {
		d.shm = append(d.shm, alloc(tls, int(size)))
	}
	*at[uintptr](pp) = 0
	if int(page) < len(d.shm) {
		*at[uintptr](pp) = d.shm[page]
	}
	return sqlite3.SQLITE_OK
}

func simShmLock(*libc.TLS, uintptr, int32, int32, int32) int32 { return sqlite3.SQLITE_OK }
func simShmBarrier(*libc.TLS, uintptr)                         {}

// apply returns the content of a file after the operation.
func (o op) apply(data []byte) []byte {
	switch {
	case o.kind == opTruncate && o.off < int64(len(data)):
		return data[:o.off:o.off]
	case o.kind == opTruncate:
		return append(data, make([]byte, o.off-int64(len(data)))...)
	case o.kind == opWrite:
		if end := o.off + int64(len(o.data)); end > int64(len(data)) {
			data = append(data, make([]byte, end-int64(len(data)))...)
		}
		copy(data[o.off:], o.data)
	}
	return data
}

// torn returns what of a write or truncate a power cut let through.
func (o op) torn(r *rand.Rand) []op {
	switch r.IntN(3) {
	case 0:
		return nil
	case 1:
		return []op{o}
	}
	if o.kind != opWrite {
		return nil
	}
	var parts []op
	for at := 0; at < len(o.data); at += sectorSize {
		if r.IntN(2) == 0 {
			end := min(at+sectorSize, len(o.data))
			parts = append(parts, op{kind: opWrite, inode: o.inode, off: o.off + int64(at), data: o.data[at:end]})
		}
	}
	return parts
}

// afterCut fills the disk with what a power cut after the first n entries of
// diary may leave of a disk that held start.
func (d *simDisk) afterCut(start map[string][]byte, diary []op, n int, r *rand.Rand) {
	data, pending := map[int][]byte{}, map[int][]op{}
	lasting, maybe := map[string]int{}, []op(nil) // names
	inode := 0
	for _, name := range slices.Sorted(maps.Keys(start)) {
		inode++
		lasting[name], data[inode] = inode, slices.Clone(start[name])
	}
	for _, o := range diary[:n] {
		switch o.kind {
		case opCreate, opDelete:
			if o.name != "" {
				maybe = append(maybe, o)
			}
		case opWrite, opTruncate:
			pending[o.inode] = append(pending[o.inode], o)
		case opSync:
			for _, p := range pending[o.inode] {
				data[o.inode] = p.apply(data[o.inode])
			}
			delete(pending, o.inode)
		}
		// Names last once a new file is synced or a delete asked for it.
		if o.last || o.kind == opSync && slices.ContainsFunc(maybe, func(m op) bool { return m.inode == o.inode }) {
			rename(lasting, maybe)
			maybe = nil
		}
	}
	rename(lasting, maybe[:r.IntN(len(maybe)+1)])
	for _, inode := range slices.Sorted(maps.Keys(pending)) {
		for _, o := range pending[inode] {
			for _, part := range o.torn(r) {
				data[inode] = part.apply(data[inode])
			}
		}
	}
	d.names, d.data, d.next = lasting, data, 1_000_000
}

func rename(names map[string]int, ops []op) {
	for _, o := range ops {
		if o.kind == opCreate {
			names[o.name] = o.inode
		} else {
			delete(names, o.name)
		}
	}
}
