package records

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"throughline/records/vault"
)

// failedSuffix names the file beside a vault that holds one line for each wrong
// passphrase: the instant, and nothing else. A program that does not know the
// passphrase cannot write into the vault, and may be gone, like the command
// line, before anybody knows it. So any process adds a line and the next one to
// open the vault reads them. Whoever can write there can also delete it: it
// shows mistakes and idle guessing, and holds up nobody who copies the vault.
const failedSuffix = ".failed"

// failedMost is how much of that file is read: about forty thousand failures.
const failedMost = 1 << 20

// missed notes err beside the vault when it is a wrong passphrase or key, and
// returns it.
func missed(path string, err error) error {
	if !errors.Is(err, vault.ErrWrongKey) {
		return err
	}
	if real, e := filepath.EvalSymlinks(path); e == nil {
		path = real // where the vault itself lies
	}
	f, e := os.OpenFile(path+failedSuffix, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if e != nil {
		return err // a wrong passphrase must say so wherever the vault lies
	}
	defer f.Close()
	if info, e := f.Stat(); e == nil && info.Size() < failedMost {
		fmt.Fprintln(f, string(StampOf(time.Now())))
	}
	return err
}

// noteMissed writes the failures since the vault was last opened into the audit
// trail and forgets them in that order: a crash between counts them twice,
// rather than not at all.
func (s *Store) noteMissed(ctx context.Context) error {
	path := s.vault.Path() + failedSuffix
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read failed unlocks: %w", vault.Explain(err))
	}
	n, since := 0, Stamp("")
	for line := range strings.Lines(string(b)) {
		at := Stamp(strings.TrimSpace(line))
		if !at.valid() {
			continue // half a line, or not ours
		}
		if n++; since == "" {
			since = at
		}
	}
	if n > 0 {
		if err := s.note(ctx, event{act: ActFailed, content: fmt.Sprintf("%d since %s", n, string(since))}); err != nil {
			return err
		}
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("forget failed unlocks: %w", vault.Explain(err))
	}
	return nil
}
