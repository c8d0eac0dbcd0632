// Package vault keeps a SQLite database in one encrypted file that is useless
// without a key, and hands out an ordinary [database/sql.DB] on it.
//
// [Create] makes a vault, [Open] and [OpenRecovery] unlock it, [Vault.Close]
// locks it again. Every block of every file that SQLite writes (pages, WAL,
// journals, temporary files) is sealed with AES-256-GCM and bound to its kind
// and place. The random data key lies in a header in front of page 1, once for
// each passphrase (Argon2id) and once for the printed recovery key; changing a
// passphrase rewrites the header, not the file.
//
// The package knows nothing of what is kept. It must never write a key, a
// passphrase or a row in the clear, neither to a file nor into an error; never
// change a byte of a vault that it could not unlock; never overwrite a file that
// it did not make.
//
// # One at a time
//
// The vault belongs to the process that has it open: see [InUse]. Two vaults in
// one process are two files. Nobody else in the process may open the file, not
// even to copy it: on POSIX, closing it would drop SQLite's locks. Use
// [Vault.Backup] for copies.
//
// # Limits, to be written down for the user
//
//   - Losing every passphrase and the recovery key loses the record.
//   - An older copy of the whole file is as good as the newest to this package,
//     and so is an older copy of a single page: something outside the file must
//     pin its past.
//   - Whoever has seen the data key, or has a copy of the file and a passphrase
//     that opened it, can read that copy for ever. Taking a slot away does not
//     change that, nor the key of the file.
//   - Visible without a key: the size of the file, the names of slots, which
//     pages differ between two copies and, while it is open, checksums in the
//     file that ends in -shm.
//   - Damage to the last writes before a crash ends the log there, as in plain
//     SQLite: those writes are lost, the rest stands.
//   - While it is unlocked, keys and pages are in memory, and until the program
//     ends some may be found there. Lock when idle, and encrypt the disk against
//     what swap and hibernation leave on it.
//   - Power cuts were simulated, not made. It builds for macOS and Windows but
//     has not been run on macOS, on NTFS or over a network.
package vault

import (
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

// Vault is an open vault. Its methods may be called by several goroutines.
type Vault struct {
	path string
	slot string
	id   [16]byte
	lock *lockFile
	file *os.File // for the header; open as long as SQLite's, see the package comment
	vfs  *vfs
	db   *sql.DB

	mu      sync.Mutex // guards what follows
	header  header
	dataKey []byte // nil once closed
}

// Option is a [Cost] or a [Progress].
type Option interface{ apply(*options) }

type options struct {
	cost     Cost
	progress Progress
}

// Progress is called by [Open] before each slot that it tries, with how many of
// them it has tried, and at the end.
type Progress func(done, of int)

func (p Progress) apply(o *options) { o.progress = p }

func optionsOf(list []Option, cost Cost) options {
	o := options{cost: cost, progress: func(int, int) {}}
	for _, option := range list {
		if option != nil {
			option.apply(&o)
		}
	}
	return o
}

// Open unlocks the vault at path with a passphrase, which it tries on every
// slot; [Vault.Slot] tells which one it opened.
//
// It returns [ErrNotFound], [ErrNotVault], [ErrNewer], [ErrDamaged] (the header,
// or the first pages), [ErrWrongKey], [ErrReadOnly], [ErrFull] or an [InUse], and
// then has left the file as it was.
func Open(path string, passphrase []byte, opts ...Option) (*Vault, error) {
	if len(passphrase) == 0 {
		return nil, ErrEmptyPassphrase
	}
	return open(path, passphraseSlot, passphrase, optionsOf(opts, Cost{}).progress)
}

// OpenRecovery unlocks the vault with the printed key, however it is spelt: see
// [Recovery]. It returns [ErrRecoveryKey] for a slip of the pen, [ErrWrongKey]
// for the key of another vault, and otherwise what [Open] does.
func OpenRecovery(path, key string) (*Vault, error) {
	secret, err := parseRecovery(key)
	if err != nil {
		return nil, err
	}
	defer clear(secret)
	return open(path, recoverySlot, secret, func(int, int) {})
}

func open(path string, kind slotKind, secret []byte, progress Progress) (*Vault, error) {
	return openWith(path, func(v *Vault) ([]byte, error) { return v.unlock(kind, secret, progress) })
}

// openWith opens the vault at path with the data key that find returns, once the
// header is read.
func openWith(path string, find func(*Vault) (dataKey []byte, err error)) (*Vault, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if path, err = filepath.EvalSymlinks(path); err != nil { // one file, one lock
		return nil, fmt.Errorf("open vault: %w", Explain(err))
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("open vault %s: %w", path, ErrNotVault)
	}
	lock, err := takeLock(path)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open vault: %w", Explain(err)), lock.release())
	}
	v := &Vault{path: path, lock: lock, file: f}
	dataKey, err := v.readKey(find)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open vault %s: %w", path, err), f.Close(), lock.release())
	}
	if err := v.start(dataKey); err != nil {
		return nil, err
	}
	return v, nil
}

func (v *Vault) readKey(find func(*Vault) ([]byte, error)) (dataKey []byte, err error) {
	if v.header, err = readHeader(v.file); err != nil {
		return nil, err
	}
	if size, err := (osFile{v.file}).Size(); err == nil && kindPage.count(size) == 0 {
		return nil, Damage{Page: 1, What: "is missing"} // SQLite would begin anew
	}
	return find(v)
}

func (v *Vault) unlock(kind slotKind, secret []byte, progress Progress) (dataKey []byte, err error) {
	defer debug.FreeOSMemory() // Argon2id's 64 MiB, which would be held for as long as the program runs
	slots := v.header.ofKind(kind)
	for i, s := range slots {
		progress(i, len(slots))
		if dataKey, ok := s.open(secret, v.header.id); ok {
			progress(len(slots), len(slots))
			v.slot = s.name
			return dataKey, nil
		}
	}
	progress(len(slots), len(slots))
	return nil, ErrWrongKey
}

func (h header) ofKind(kind slotKind) (list []slot) {
	for _, s := range h.slots {
		if s.kind == kind {
			list = append(list, s)
		}
	}
	return list
}

// start opens the database. When it fails, the vault is closed.
func (v *Vault) start(dataKey []byte) error {
	keepInMemory(dataKey)
	v.dataKey, v.id = dataKey, v.header.id
	err := v.startDB()
	if err != nil {
		return errors.Join(fmt.Errorf("open vault %s: %w", v.path, Explain(err)), v.Close())
	}
	return nil
}

func (v *Vault) startDB() (err error) {
	if v.vfs, err = register("", fileCiphers(v.dataKey, v.id)); err != nil {
		return err
	}
	if v.db, err = sql.Open("sqlite", dsn(v.path, v.vfs.name, onLocalDisk(v.path))); err != nil {
		return err
	}
	v.db.SetMaxIdleConns(4) // more than that seldom work at once; each has a cache
	var tables int
	return v.db.QueryRow(`SELECT count(*) FROM sqlite_schema`).Scan(&tables)
}

// onLocalDisk is localDisk but in tests.
var onLocalDisk = localDisk

// dsn returns the name under which modernc opens the vault's database. A write
// ahead log needs memory that is shared by way of the file system, so anywhere
// but on a local disk it is the rollback journal.
func dsn(path, vfs string, local bool) string {
	journal := "delete"
	if local {
		journal = "wal"
	}
	query := url.Values{
		"vfs":     {vfs},
		"mode":    {"rw"}, // the file exists: SQLite must not make one without a header
		"_txlock": {"immediate"},
		"_pragma": {
			"busy_timeout(5000)",
			"journal_mode(" + journal + ")",
			"synchronous(" + synchronous(local) + ")",
			"fullfsync(1)", "checkpoint_fullfsync(1)", // macOS: fsync alone stops at the drive
			"foreign_keys(1)",
			"secure_delete(1)", // what is removed, a draft too, must not lie about in a freed page
			"temp_store(memory)",
			"cache_size(-16384)", // KiB
		},
	}
	return fileURI(path) + "?" + query.Encode()
}

// synchronous returns the setting under which a commit that returned has lasted.
// For a rollback journal, full does not sync the folder that it was deleted from:
// a power cut may bring it back, and the commit is undone.
func synchronous(wal bool) string {
	if wal {
		return "full"
	}
	return "extra"
}

// fileURI escapes an absolute path; a drive letter and a network path of Windows
// come out as file:///C:/x and file:////server/x, which SQLite takes.
func fileURI(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return "file://" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

// DB returns the database. It enforces foreign keys, begins transactions
// immediate, syncs every commit and waits 5 s for another connection's write. It
// must not be closed: that is for [Vault.Close]. Give its errors to [Explain].
func (v *Vault) DB() *sql.DB { return v.db }

// ID returns 32 hexadecimal digits that tell this vault, and its copies, from
// every other.
func (v *Vault) ID() string { return hex.EncodeToString(v.id[:]) }

// Path returns where the vault lies, absolute and with symbolic links followed.
func (v *Vault) Path() string { return v.path }

// Present returns nil while the file that is open is the one at [Vault.Path],
// and an [ErrGone] when it was removed or replaced, or its disk unplugged. What
// is written after that may go nowhere, and no write says so: a system keeps a
// file that is open and has no name.
func (v *Vault) Present() error {
	open, err := v.file.Stat()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	there, err := os.Stat(v.path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	if !os.SameFile(open, there) {
		return fmt.Errorf("another file has its place: %w", ErrGone)
	}
	return nil
}

// Slot returns the name of the slot that opened the vault, "recovery" for the
// recovery key.
func (v *Vault) Slot() string { return v.slot }

// Derive returns a key for another purpose (one that is not SQLite's files),
// always the same for one vault and purpose. It panics when the vault is closed.
func (v *Vault) Derive(purpose string) [32]byte {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.dataKey == nil {
		panic("vault: Derive after Close")
	}
	return [32]byte(expand(v.dataKey, v.id[:], "throughline vault 1 for "+purpose))
}

// closeWait is how long Close waits for rows and transactions that are not done.
var closeWait = 10 * time.Second

// Close writes the log back into the file, forgets the key and lets others open
// the vault. If somebody still reads or writes, it waits 10 s for them and then
// returns [ErrBusy]; the vault is given up when they are done. A second Close
// does nothing.
func (v *Vault) Close() error {
	v.mu.Lock()
	key := v.dataKey
	v.dataKey = nil
	clear(key)
	v.mu.Unlock()
	if key == nil {
		return nil
	}
	letGo(key)
	var err error
	if v.db != nil {
		err = v.db.Close()
	}
	done := make(chan error, 1)
	go func() { done <- v.giveUp() }()
	select {
	case gone := <-done:
		return Explain(errors.Join(err, gone))
	case <-time.After(closeWait):
		return errors.Join(err, ErrBusy)
	}
}

// giveUp waits until SQLite has closed its files: only then may ours be closed,
// and only then may another process come in.
func (v *Vault) giveUp() error {
	for v.vfs != nil && v.vfs.open.Load() > 0 {
		time.Sleep(2 * time.Millisecond)
	}
	if v.vfs != nil {
		v.vfs.unregister()
	}
	return errors.Join(v.file.Close(), v.lock.release())
}
