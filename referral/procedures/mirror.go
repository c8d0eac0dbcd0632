package procedures

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"throughline/records"
	"throughline/records/vault"
)

// The school's own copies are plain files, and a backup is of the vault alone.
// So the vault holds what the files hold, and writes again what is missing: on
// another computer, or after a backup was restored. A file that is there always
// comes first.

// mirroring is held while files and their copies are compared or changed: a
// window loads several pages at once.
var mirroring sync.Mutex

// mirrored are the files that are copied, by their path within the folder.
var mirrored = regexp.MustCompile(`^(earlier/)?[a-z][a-z0-9-]*(\.next)?( [0-9]+)?\.toml$`)

// biggest is how many bytes a file may have to be copied; what ships has 6,000.
const biggest = 256 << 10

// Sync writes again the files of an open record that are missing beside it, and
// keeps in the record what the others hold, where the member may write. What
// does not read as procedures is not kept: the last that did stays. The error is
// one of the store's, of vault.Explain, or a *Refusal for a file that could not
// be written.
func Sync(ctx context.Context, s *records.Store) error {
	mirroring.Lock()
	defer mirroring.Unlock()
	f := Beside(s.Path())
	if err := f.bringBack(ctx, s); err != nil || !s.Me.Role.Writes() {
		return err
	}
	return f.mirror(ctx, s)
}

// Add is Folder.Add beside an open record, which keeps a copy.
func Add(ctx context.Context, s *records.Store, title string) (p *Procedures, err error) {
	f := Beside(s.Path())
	err = f.change(ctx, s, "", func() error {
		p, err = f.Add(title, records.DateOf(s.Now()))
		return err
	})
	return p, err
}

// Save is Folder.Save beside an open record, which keeps a copy.
func Save(ctx context.Context, s *records.Store, p *Procedures, coming bool) error {
	f := Beside(s.Path())
	return f.change(ctx, s, p.Name, func() error { return f.Save(p, records.DateOf(s.Now()), coming) })
}

// Drop is Folder.Drop beside an open record, which forgets its copy.
func Drop(ctx context.Context, s *records.Store, name string) error {
	f := Beside(s.Path())
	return f.change(ctx, s, name, func() error { return f.Drop(name) })
}

// change changes files of a name. Their copies are forgotten before and made
// after it: cut off in between, what was put aside does not come back.
func (f Folder) change(ctx context.Context, s *records.Store, name string, do func() error) error {
	mirroring.Lock()
	defer mirroring.Unlock()
	if name != "" {
		for _, file := range []string{name + ".toml", name + next + ".toml"} {
			if err := s.DropLocalCopy(ctx, file); err != nil {
				return err
			}
		}
	}
	return errors.Join(do(), f.mirror(ctx, s))
}

// bringBack writes the files that the record has a copy of and that are not
// there.
func (f Folder) bringBack(ctx context.Context, s *records.Store) error {
	copies, err := s.LocalCopies(ctx)
	if err != nil {
		return err
	}
	for _, file := range slices.Sorted(maps.Keys(copies)) {
		to := filepath.Join(f.dir, filepath.FromSlash(file))
		if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) || !mirrored.MatchString(file) {
			continue // it is there, or cannot be looked at, which who reads it will say
		}
		if err := f.put(file, []byte(copies[file])); err != nil {
			return &Refusal{file, vault.Explain(err)}
		}
	}
	return nil
}

// mirror makes the copies in the record those of the files.
func (f Folder) mirror(ctx context.Context, s *records.Store) error {
	copies, err := s.LocalCopies(ctx)
	if err != nil {
		return err
	}
	files, err := f.files()
	if err != nil {
		return vault.Explain(err)
	}
	for _, file := range slices.Sorted(maps.Keys(copies)) {
		if _, there := files[file]; there {
			continue
		}
		if err := s.DropLocalCopy(ctx, file); err != nil {
			return err
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		text := files[file]
		if _, err := Parse([]byte(text)); err != nil || text == copies[file] {
			continue
		}
		if err := s.KeepLocalCopy(ctx, file, text); err != nil {
			return err
		}
	}
	return nil
}

// files returns what stands in the folder and among the earlier files, by path
// within the folder. What is too big to be procedures is empty.
func (f Folder) files() (map[string]string, error) {
	all := map[string]string{}
	for _, dir := range []string{"", "earlier"} {
		entries, err := os.ReadDir(filepath.Join(f.dir, dir))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			file := path.Join(dir, e.Name())
			if !mirrored.MatchString(file) || e.IsDir() {
				continue
			}
			all[file] = ""
			if info, err := e.Info(); err != nil || info.Size() > biggest {
				continue
			}
			text, err := os.ReadFile(filepath.Join(f.dir, dir, e.Name()))
			if err != nil {
				continue // its last copy stays
			}
			all[file] = strings.ToValidUTF8(string(text), "")
		}
	}
	return all, nil
}
