package vault

import (
	"encoding/json"
	"fmt"
	"os"
	"os/user"
	"time"
)

// A vault is open once at a time, in one process. A lock of the operating system
// on a file beside it says so, and falls with the process that holds it; what the
// file contains is only for the message to whoever comes second.

type lockFile struct {
	f    *os.File
	path string
}

type lockNote struct {
	Host  string    `json:"host"`
	User  string    `json:"user"`
	PID   int       `json:"pid"`
	Since time.Time `json:"since"`
}

// takeLock returns the lock for the vault at path, or an [InUse].
func takeLock(path string) (*lockFile, error) {
	path += ".lock"
	for range 100 {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
		if err != nil {
			return nil, fmt.Errorf("lock: %w", Explain(err))
		}
		switch held, err := tryLock(f); {
		case err != nil:
			f.Close()
			return nil, fmt.Errorf("lock %s: %w", path, err)
		case held:
			defer f.Close()
			return nil, readNote(f)
		}
		if !stillAt(f, path) { // its last owner removed it meanwhile
			f.Close()
			continue
		}
		l := &lockFile{f: f, path: path}
		if err := l.note(); err != nil {
			l.release()
			return nil, fmt.Errorf("lock: %w", Explain(err))
		}
		return l, nil
	}
	return nil, fmt.Errorf("lock %s: the file does not stay", path)
}

func stillAt(f *os.File, path string) bool {
	mine, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(mine, there)
}

func (l *lockFile) note() error {
	n := lockNote{PID: os.Getpid(), Since: time.Now().UTC().Truncate(time.Second)}
	n.Host, _ = os.Hostname()
	if u, err := user.Current(); err == nil {
		n.User = u.Username
	}
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	if err := l.f.Truncate(0); err != nil {
		return err
	}
	_, err = l.f.WriteAt(append(text, '\n'), 0)
	return err
}

func readNote(f *os.File) InUse {
	var n lockNote
	text := make([]byte, 4096)
	size, _ := f.ReadAt(text, 0)
	if json.Unmarshal(text[:size], &n) != nil {
		return InUse{}
	}
	return InUse(n)
}

// release removes the file and gives the lock up.
func (l *lockFile) release() error { return removeLock(l.f, l.path) }
