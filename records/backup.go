package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"throughline/records/vault"
)

// Acts of keeping the record safe.
const (
	ActBackup       Act = "backup"        // a copy was made and verified
	ActBackupFailed Act = "failed backup" // the content is why, as one of this module's errors
	ActRestore      Act = "restore"       // this file was made from a backup
)

// ErrNoFolder means that the folder for backups is not there, or is a file.
var ErrNoFolder = errors.New("the folder for backups is not there")

// Backup is a copy of the whole record that was made and found to be sound.
type Backup struct {
	Path    string
	At      Stamp
	Head    string // of the copy's audit trail
	Entries int64  // of the copy's audit trail
	Removed int    // older backups of this record that were not to be kept
	Tidy    error  // why older ones could not be removed, or nil; the backup is good
}

// Backup writes a copy of the record to a folder that exists, under the name of
// the vault's file and London's time, while people work. The copy is opened
// before it gets that name: every block must authenticate, every version fit the
// audit trail, and the trail be this one's. Then older backups of this record
// are removed but for those that [Kept] names, and the audit trail notes it.
//
// The error is ErrNoFolder, what vault.Backup or Verify return, or ErrNotAllowed
// for a governor; but when the backup was cancelled it goes on the audit trail.
// progress may be nil.
func (s *Store) Backup(ctx context.Context, folder string, progress func(done, total int64)) (Backup, error) {
	if err := s.may(keepSafe); err != nil {
		return Backup{}, err
	}
	s.copying.Lock()
	defer s.copying.Unlock()
	b, err := s.backup(ctx, folder, progress)
	switch {
	case err == nil:
		b.Removed, b.Tidy = s.tidy(folder, b.Path)
		err = s.note(ctx, event{act: ActBackup, content: fmt.Sprintf("%d %s", b.Entries, b.Head)})
	case ctx.Err() == nil:
		err = errors.Join(err, s.note(ctx, event{act: ActBackupFailed, content: reason(err)}))
	}
	if err != nil {
		return Backup{}, fmt.Errorf("back up: %w", err)
	}
	return b, nil
}

func (s *Store) backup(ctx context.Context, folder string, progress func(done, total int64)) (b Backup, err error) {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return b, ErrNoFolder
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return b, err
	}
	if progress == nil {
		progress = func(int64, int64) {}
	}
	now := s.Now()
	b = Backup{Path: filepath.Join(folder, backupName(s.Path(), now)), At: StampOf(now)}
	part := filepath.Join(folder, ".throughline-"+s.vault.ID()+".part")
	if err := vault.Remove(part); err != nil { // of a backup that was cut off
		return b, vault.Explain(err)
	}
	_, before, err := s.AuditHead(ctx)
	if err != nil {
		return b, err
	}
	err = s.vault.Backup(ctx, part, func(done, total int64) { progress(done, 2*total) })
	if err != nil {
		return b, err
	}
	b.Head, b.Entries, err = s.checkCopy(ctx, part, func(done, total int64) { progress(total+done, 2*total) })
	if err == nil && b.Entries < before {
		err = fmt.Errorf("the copy lacks %d audit entries: %w", before-b.Entries, ErrBroken)
	}
	if err == nil {
		err = vault.Replace(b.Path, part, "")
	}
	if err != nil {
		return b, errors.Join(err, vault.Remove(part))
	}
	return b, nil
}

// checkCopy opens a copy of the vault, verifies all of it, and compares its
// audit trail with the one here. It returns the head and the number of entries
// of the copy's.
func (s *Store) checkCopy(ctx context.Context, path string, progress func(done, total int64)) (head string, n int64, err error) {
	v, err := s.vault.OpenCopy(path)
	if err != nil {
		return "", 0, err
	}
	c := newStore(v, s.Now)
	c.Me = s.Me
	defer func() { err = errors.Join(err, c.Close()) }()
	if n, err = c.Verify(ctx, progress); err != nil {
		return "", 0, err
	}
	if head, _, err = c.AuditHead(ctx); err != nil {
		return "", 0, err
	}
	var here string
	err = s.db.QueryRowContext(ctx, `SELECT hash FROM audit WHERE seq = $1`, n).Scan(&here)
	if err == nil && here != head {
		err = fmt.Errorf("audit entry %d differs in the copy: %w", n, ErrBroken)
	}
	return head, n, err
}

// reason returns what the audit trail says of a failed backup: the text of an
// error of ours, none of which holds a path or a name.
func reason(err error) string {
	for _, known := range backupErrors {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return "unknown"
}

var backupErrors = []error{ErrNoFolder, ErrBroken, vault.ErrDamaged, vault.ErrFull, vault.ErrReadOnly, vault.ErrInUse, vault.ErrExists, vault.ErrNotFound}

// tidy removes the backups of this record from a folder that are not to be
// kept, and never the one that was just made nor a file that is anything else.
func (s *Store) tidy(folder, made string) (removed int, err error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return 0, err
	}
	var paths []string
	var times []time.Time
	for _, f := range files {
		path := filepath.Join(folder, f.Name())
		at, ok := backupTime(s.Path(), f.Name())
		if !ok || !f.Type().IsRegular() || path == s.Path() {
			continue
		}
		if id, err := vault.IDOf(path); err != nil || id != s.vault.ID() {
			continue // another school's, or one that is damaged and still may be of use
		}
		paths, times = append(paths, path), append(times, at)
	}
	for i, keep := range Kept(times) {
		if keep || paths[i] == made {
			continue
		}
		if e := vault.Remove(paths[i]); e != nil {
			err = errors.Join(err, vault.Explain(e))
			continue
		}
		removed++
	}
	return removed, err
}

const (
	fileEnd    = ".throughline"
	nameLayout = " 2006-01-02 15-04-05" // a colon is not for Windows
)

// backupName returns the name of a backup of the vault at path: "school
// 2026-11-22 15-04-05.throughline".
func backupName(path string, at time.Time) string {
	return strings.TrimSuffix(filepath.Base(path), fileEnd) + at.In(London).Format(nameLayout) + fileEnd
}

// backupTime returns when the backup of that name was made, and whether it is
// the name of a backup of the vault at path.
func backupTime(path, name string) (time.Time, bool) {
	rest, ok := strings.CutPrefix(name, strings.TrimSuffix(filepath.Base(path), fileEnd))
	rest, end := strings.CutSuffix(rest, fileEnd)
	at, err := time.ParseInLocation(nameLayout, rest, London)
	return at, ok && end && err == nil && backupName(path, at) == name
}

// VaultID returns 32 hexadecimal digits that tell this record, and its backups,
// from every other.
func (s *Store) VaultID() string { return s.vault.ID() }

// Backups is what the audit trail knows of the copies of a record.
type Backups struct {
	Now    Stamp
	Used   Stamp // when the record was first unlocked; empty before
	Good   Stamp // when the last good backup was made; empty if none was
	Failed Stamp // when one failed since, the last of them; empty if none did
	Why    error // it failed: ErrNoFolder, one of vault's, or nil when it is not known
	Saved  bool  // whether something was saved since the last good one
}

// LastBackup returns when the last good backup was made, or "" if none was.
func (s *Store) LastBackup(ctx context.Context) (Stamp, error) {
	b, err := s.Backups(ctx)
	return b.Good, err
}

// Backups returns what the audit trail knows of copies of this record. It
// returns ErrNotAllowed to a governor.
func (s *Store) Backups(ctx context.Context) (Backups, error) {
	if err := s.may(keepSafe); err != nil {
		return Backups{}, err
	}
	b := Backups{Now: StampOf(s.Now())}
	good, err := s.newestAct(ctx, ActBackup)
	if err != nil {
		return b, err
	}
	failed, err := s.newestAct(ctx, ActBackupFailed)
	if err != nil {
		return b, err
	}
	b.Good = good.At
	if failed.Seq > good.Seq {
		b.Failed, b.Why = failed.At, known(failed.Content)
	}
	// What the copy holds goes up to the number in its content, and people may
	// have saved while it was verified.
	held, _, _ := strings.Cut(good.Content, " ")
	seq, _ := strconv.ParseInt(held, 10, 64)
	err = s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM audit WHERE seq > $1 AND act = $2),
		coalesce((SELECT at FROM audit WHERE act = $3 ORDER BY seq LIMIT 1), '')`, seq, ActSave, ActUnlock).Scan(&b.Saved, &b.Used)
	return b, err
}

func (s *Store) newestAct(ctx context.Context, act Act) (AuditEntry, error) {
	a, err := scanEntry(s.db.QueryRowContext(ctx, auditColumns+` WHERE act = $1 ORDER BY seq DESC LIMIT 1`, act))
	if errors.Is(err, sql.ErrNoRows) {
		return AuditEntry{}, nil
	}
	return a, err
}

func known(why string) error {
	for _, err := range backupErrors {
		if err.Error() == why {
			return err
		}
	}
	return nil
}

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// Due reports whether a day has passed without a good backup.
func (b Backups) Due() bool { return b.older(b.Good, day) }

// Wanted reports whether closing should make a backup: there is something new
// to keep, or one is due.
func (b Backups) Wanted() bool { return b.Saved || b.Due() }

// Late reports whether the last good backup is older than a week, or there is
// none after the first week of use.
func (b Backups) Late() bool {
	if b.Good == "" {
		return b.Used != "" && b.older(b.Used, week)
	}
	return b.older(b.Good, week)
}

// older reports whether at is longer ago than d. An instant of tomorrow or later
// is from a clock that stood wrong and counts as old.
func (b Backups) older(at Stamp, d time.Duration) bool {
	age := b.Now.Time().Sub(at.Time())
	return at == "" || age > d || age < -day
}
