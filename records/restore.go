package records

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"throughline/records/vault"
)

// ErrOtherRecord means that a backup is not one of the record at that place.
var ErrOtherRecord = errors.New("the backup is of another record")

// Key is what opens a backup: the passphrase that a member had when it was made
// or, when Recovery is not empty, the printed recovery key, however it is spelt.
type Key struct {
	Passphrase []byte
	Recovery   string
}

func (k Key) open(path string) (*vault.Vault, error) {
	if k.Recovery != "" {
		return vault.OpenRecovery(path, k.Recovery)
	}
	return vault.Open(path, k.Passphrase)
}

// Preview is what a backup would change in the place of the present file.
type Preview struct {
	School  string // that the backup is of; empty for a role that may not read it
	At      Stamp  // the last audit entry of the backup
	Entries int64  // of the backup's audit trail; it was verified
	Present bool   // there is a file to be replaced
	Unread  error  // why the present file could not be compared, or nil
	Lost    []Difference
	Back    []Difference
}

// Difference counts, of one kind of record, what one file has and another has
// not.
type Difference struct {
	Kind    Kind
	New     int   // records
	Changed int   // later versions of records that both have
	Oldest  Stamp // of these
	Newest  Stamp // of these
}

// Compare verifies a backup and returns what would change if it were put at
// path: what the present file has and the backup has not would be lost, the
// other way round it would be back. The present file is read with the backup's
// own key, so that a passphrase that was changed since hides nothing. Nothing is
// changed. The file at path must not be open in this process. A wrong passphrase
// is noted beside it, as in [Open]. progress, which may be nil, is told how many
// pages of the backup are verified.
//
// The error is what vault.Open or vault.OpenRecovery returns of the backup, and
// vault.ErrWrongKey also for a member who has retired in the present file since;
// vault.InUse also when the present file is open, vault.ErrDamaged or ErrBroken
// when the backup is not sound, vault.ErrExists when it is the file at path
// itself, ErrOtherRecord, or ErrNotAllowed.
func Compare(ctx context.Context, backup, path string, key Key, progress func(done, total int64)) (Preview, error) {
	b, err := openBackup(ctx, backup, path, key)
	if err != nil {
		return Preview{}, err
	}
	p, err := b.compare(ctx, path, progress)
	return p, errors.Join(err, b.Close())
}

// openBackup returns a backup for path as a store that nothing was noted in.
func openBackup(ctx context.Context, backup, path string, key Key) (*Store, error) {
	switch same, err := sameFile(backup, path); {
	case err != nil:
		return nil, err
	case same:
		return nil, fmt.Errorf("restore: %w", vault.ErrExists)
	}
	v, err := key.open(backup)
	if err != nil {
		return nil, missed(path, err)
	}
	s := newStore(v, time.Now)
	err = s.holder(ctx, key)
	if err == nil {
		err = s.mayReplace(path)
	}
	if err == nil && key.Recovery == "" {
		err = s.stillHere(ctx, path)
	}
	if err != nil {
		return nil, missed(path, errors.Join(err, v.Close()))
	}
	return s, nil
}

// stillHere returns vault.ErrWrongKey when the member whose passphrase opened a
// backup has retired in the present file since, and ErrNotAllowed when their role
// there may not replace it. A present file that cannot be read says nothing: it
// may be why the backup is wanted.
func (s *Store) stillHere(ctx context.Context, path string) error {
	v, err := s.vault.OpenCopy(path)
	if err != nil {
		return nil
	}
	there := newStore(v, s.Now)
	members, err := queryAll[Member](ctx, there.db, newest+` WHERE r.kind = $1 AND r.id = $2`, KindMember, s.Me.ID)
	if errClose := v.Close(); err != nil || len(members) == 0 {
		return errClose
	}
	if there.Me = members[0]; there.Me.Retired != "" {
		return fmt.Errorf("restore: %w", vault.ErrWrongKey)
	}
	return there.may(keepSafe)
}

// holder finds the member whose key opened a backup. The recovery key is the
// first DSL's, as it is in [OpenWithRecovery].
func (s *Store) holder(ctx context.Context, key Key) (err error) {
	if key.Recovery != "" {
		s.Me, err = s.firstDSL(ctx)
		return vault.Explain(err)
	}
	members, err := queryAll[Member](ctx, s.db, newest+` WHERE r.kind = $1 AND r.sort = $2`, KindMember, s.vault.Slot())
	if err != nil {
		return vault.Explain(err)
	}
	if len(members) == 0 {
		return ErrNotAllowed
	}
	s.Me = members[0]
	return nil
}

func (s *Store) mayReplace(path string) error {
	if err := s.may(keepSafe); err != nil {
		return err
	}
	if id, err := vault.IDOf(path); err == nil && id != s.vault.ID() {
		return ErrOtherRecord
	}
	return nil
}

func sameFile(a, b string) (bool, error) {
	x, err := os.Stat(a)
	if err != nil {
		return false, vault.Explain(err)
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y), nil
}

func (s *Store) compare(ctx context.Context, path string, progress func(done, total int64)) (p Preview, err error) {
	if p.Entries, err = s.Verify(ctx, progress); err != nil {
		return p, err
	}
	last, err := lastEntry(ctx, s.db)
	if err != nil {
		return p, err
	}
	p.At = last.At
	if school, err := s.School(ctx); err == nil {
		p.School = school.Name
	}
	v, err := s.vault.OpenCopy(path)
	p.Present = !errors.Is(err, vault.ErrNotFound)
	switch {
	case !p.Present:
		return p, nil
	case errors.Is(err, vault.ErrInUse):
		return p, err
	case err != nil:
		p.Unread = err
		return p, nil
	}
	p.Lost, p.Back, p.Unread = differences(ctx, newStore(v, s.Now), s)
	return p, v.Close()
}

// differences returns what a has and b has not, and the other way round; nothing
// where one of them cannot be read to its end.
func differences(ctx context.Context, a, b *Store) (onlyA, onlyB []Difference, err error) {
	inA, errA := a.versions(ctx)
	inB, errB := b.versions(ctx)
	if err := errors.Join(errA, errB); err != nil {
		return nil, nil, vault.Explain(err)
	}
	return beyond(inA, inB), beyond(inB, inA), nil
}

type versionOf struct {
	kind Kind
	at   Stamp
}

func (s *Store) versions(ctx context.Context) (map[versionKey]versionOf, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT r.kind, v.id, v.version, v.recorded_at FROM version v JOIN record r ON r.id = v.id`)
	if err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	defer rows.Close()
	all := map[versionKey]versionOf{}
	for rows.Next() {
		var k versionKey
		var v versionOf
		if err := rows.Scan(&v.kind, &k.id, &k.version, &v.at); err != nil {
			return nil, fmt.Errorf("read versions: %w", err)
		}
		all[k] = v
	}
	return all, rows.Err()
}

// beyond counts the versions in a that are not in b, by kind.
func beyond(a, b map[versionKey]versionOf) []Difference {
	kinds := map[Kind]*Difference{}
	for k, v := range a {
		if _, both := b[k]; both {
			continue
		}
		d := kinds[v.kind]
		if d == nil {
			d = &Difference{Kind: v.kind, Oldest: v.at}
			kinds[v.kind] = d
		}
		if _, older := b[versionKey{k.id, 1}]; older {
			d.Changed++
		} else if k.version == 1 {
			d.New++
		}
		d.Oldest, d.Newest = min(d.Oldest, v.at), max(d.Newest, v.at)
	}
	var list []Difference
	for _, d := range kinds {
		list = append(list, *d)
	}
	slices.SortFunc(list, func(a, b Difference) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	return list
}

// Restore puts what a backup holds at path, in a folder that exists. The backup
// is copied beside path and the copy verified before the present file, if there
// is one, is renamed; Restore returns its new name, or "". The backup stays as it
// is, and so does the present file when ctx ends before that. The restored record
// notes on its audit trail from which state it begins. progress may be nil.
// Errors are those of [Compare] and of vault.Replace.
func Restore(ctx context.Context, backup, path string, key Key, now time.Time, progress func(done, total int64)) (kept string, err error) {
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	b, err := openBackup(ctx, backup, path, key)
	if err != nil {
		return "", err
	}
	b.Now = func() time.Time { return now }
	part := filepath.Join(filepath.Dir(path), ".throughline-"+b.vault.ID()+".part")
	err = b.copyFor(ctx, part, progress)
	if err := errors.Join(err, b.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("restore: %w", err), vault.Remove(part))
	}
	kept, err = replacedName(path, now)
	if err == nil {
		err = vault.Replace(path, part, kept)
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("restore: %w", err), vault.Remove(part))
	}
	if _, err := os.Stat(kept); errors.Is(err, fs.ErrNotExist) {
		kept = ""
	}
	return kept, nil
}

// copyFor makes a verified copy of the backup at part that knows where it comes
// from.
func (s *Store) copyFor(ctx context.Context, part string, progress func(done, total int64)) error {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	if err := vault.Remove(part); err != nil { // of a restore that was cut off
		return vault.Explain(err)
	}
	if err := s.vault.Backup(ctx, part, func(done, total int64) { progress(done, 2*total) }); err != nil {
		return err
	}
	head, n, err := s.checkCopy(ctx, part, func(done, total int64) { progress(total+done, 2*total) })
	if err != nil {
		return err
	}
	v, err := s.vault.OpenCopy(part)
	if err != nil {
		return err
	}
	c := newStore(v, s.Now)
	c.Me = s.Me
	err = c.note(ctx, event{act: ActRestore, content: fmt.Sprintf("%d %s", n, head)})
	return errors.Join(err, c.Close())
}

// replacedName returns the name under which the file at path is kept:
// "school replaced 2026-11-22 15-04-05.throughline".
func replacedName(path string, now time.Time) (string, error) {
	base := strings.TrimSuffix(filepath.Base(path), fileEnd)
	name := filepath.Join(filepath.Dir(path), base+" replaced"+now.In(London).Format(nameLayout)+fileEnd)
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return "", errors.Join(vault.ErrExists, err)
	}
	return name, nil
}
