package procedures

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"throughline/records"
	"throughline/records/vault"
)

// Folder holds the procedures that a school edited: NAME.toml in place of what
// ships under that name, and NAME.next.toml for an edition whose day has not
// come. They are plain files, because nothing of them is about a pupil.
type Folder struct{ dir string }

// In returns the folder at a path, which need not exist.
func In(dir string) Folder { return Folder{dir} }

// Beside returns the folder that belongs to a vault: "school procedures" beside
// school.throughline.
func Beside(vault string) Folder {
	return Folder{strings.TrimSuffix(vault, ".throughline") + " procedures"}
}

// Path returns where the folder is.
func (f Folder) Path() string { return f.dir }

// Followed is what a school follows on a day, and what became of its own copies.
type Followed struct {
	*Procedures             // in force; never nil
	Edited      bool        // they are the school's own copy
	Waiting     *Procedures // the school's copy of an edition that is still to come; nil for none
	Refused     *Refusal    // the copy that cannot be used meanwhile; nil for none
}

// Refusal says which file was refused, and why.
type Refusal struct {
	File string // its name within the folder
	Why  error  // an *Error, or why the file could not be read
}

// Error returns one sentence or two: which file, which line, what to mend.
func (r *Refusal) Error() string {
	why := "It cannot be read."
	var e *Error
	switch {
	case errors.As(r.Why, &e) && e.Line > 0:
		why = fmt.Sprintf("Line %d: %s", e.Line, e.Reason)
	case errors.As(r.Why, &e):
		why = e.Reason
	}
	return "The school's own procedures in " + r.File + " cannot be used. " + why
}

// Unwrap returns why the file was refused.
func (r *Refusal) Unwrap() error { return r.Why }

// Listed is one set of procedures to choose from.
type Listed struct {
	Name   string
	Title  string
	Edited bool // the school has a copy of its own
	Ships  bool // it comes with the program
}

// Names returns what ships and what the school added, in order of name, the
// default last. A copy that cannot be read is listed under its name all the
// same, so that it can be mended.
func (f Folder) Names() ([]Listed, error) {
	own, err := f.own()
	if err != nil {
		return nil, err
	}
	var all []Listed
	for _, name := range Names() {
		p, err := Load(name)
		if err != nil {
			return nil, err
		}
		all = append(all, Listed{name, p.Title, slices.Contains(own, name), true})
	}
	for _, name := range own {
		if slices.Contains(Names(), name) {
			continue
		}
		title := name
		if p, err := f.read(name + ".toml"); err == nil {
			title = p.Title
		}
		all = append(all, Listed{name, title, true, false})
	}
	slices.SortStableFunc(all, func(a, b Listed) int {
		last := func(l Listed) int {
			if l.Name == Default {
				return 1
			}
			return 0
		}
		return cmp.Or(last(a)-last(b), strings.Compare(a.Name, b.Name))
	})
	return all, nil
}

// own returns the names of which the school has a copy, in order.
func (f Folder) own() ([]string, error) {
	files, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list local procedures: %w", vault.Explain(err))
	}
	var names []string
	for _, file := range files {
		name, ok := strings.CutSuffix(file.Name(), ".toml")
		name = strings.TrimSuffix(name, next)
		if ok && namePattern.MatchString(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// next stands between the name and ".toml" of an edition still to come.
const next = ".next"

// LoadFrom returns what a school that follows the procedures of a name is to
// keep to on a day: its own copy when that is sound and in force, else what
// ships, else the default. A copy that was refused is never passed over in
// silence: Refused says why.
func LoadFrom(dir, name string, day records.Date) (Followed, error) {
	f, l := In(dir), Followed{}
	name = cmp.Or(name, Default)
	if !namePattern.MatchString(name) {
		return l, fmt.Errorf("procedures: %w", records.ErrNotFound)
	}
	found := false
	for _, file := range []string{name + next + ".toml", name + ".toml"} {
		p, err := f.readOn(file, day)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil && l.Refused == nil:
			l.Refused = &Refusal{file, err}
		case err == nil && p.EditionDate > day:
			l.Waiting = p
		case err == nil:
			l.Procedures, l.Edited = p, true
			return l, nil
		}
		found = true
	}
	var err error
	if l.Procedures, err = Load(name); errors.Is(err, records.ErrNotFound) {
		if !found {
			l.Refused = &Refusal{name + ".toml", &Error{0, "It is not in the folder beside the record. Copy it there, or choose other procedures."}}
		}
		l.Procedures, err = Load(Default)
	}
	return l, err
}

// InForce returns what the school of an open record follows today: the one
// answer for the window and for every command. Its own copies that are missing
// beside the record are brought back from it first.
func InForce(ctx context.Context, s *records.Store) (Followed, error) {
	school, err := s.School(ctx)
	if err != nil {
		return Followed{}, err
	}
	// A copy that could not be made is made by the next call; the file is there.
	missing := Sync(ctx, s)
	l, err := LoadFrom(Beside(s.Path()).dir, school.Procedures, records.DateOf(s.Now()))
	var r *Refusal
	if errors.As(missing, &r) && l.Refused == nil {
		l.Refused = r
	}
	return l, err
}

func (f Folder) read(file string) (*Procedures, error) {
	p, _, err := f.load(file)
	return p, err
}

// load returns the procedures of a file, and its text.
func (f Folder) load(file string) (*Procedures, []byte, error) {
	data, err := os.ReadFile(filepath.Join(f.dir, file))
	if err != nil {
		return nil, nil, err
	}
	p, err := Parse(data)
	if err != nil {
		return nil, nil, err
	}
	name := strings.TrimSuffix(strings.TrimSuffix(file, ".toml"), next)
	if p.Name != name {
		return nil, nil, &Error{newSource(data).line("name"), "The name is not that of the file. Write name = \"" + name + "\", or give the file the other name."}
	}
	return p, data, nil
}

// readOn is read, and refuses what says that it was checked after the day. An
// edition still to come is no error: it waits.
func (f Folder) readOn(file string, day records.Date) (*Procedures, error) {
	p, data, err := f.load(file)
	if err != nil || p.EditionDate > day {
		return p, err
	}
	return ParseOn(data, day)
}

// Edit returns what an editor of a name begins with: the school's own copy, or
// what ships; with coming, the edition still to come. A copy that cannot be read
// is passed over: LoadFrom says why. An unknown name is records.ErrNotFound.
func (f Folder) Edit(name string, coming bool) (*Procedures, error) {
	file := name + ".toml"
	if coming {
		file = name + next + ".toml"
	}
	if p, err := f.read(file); err == nil {
		return p, nil
	}
	return Load(name)
}

// Save keeps the school's own copy. An edition whose day has not come is kept
// beside the one in force until then; what such an edition is replaced by, when
// coming says that p was made from it, takes its place. What is written is read
// back before it replaces the file, which is then whole or as it was; the one
// that was replaced stays in the folder "earlier", because referrals were made
// by it. The error is an *Error, or one of vault.Explain.
func (f Folder) Save(p *Procedures, day records.Date, coming bool) error {
	data, err := p.encode()
	if err != nil {
		return err
	}
	file, later := p.Name+".toml", p.Name+next+".toml"
	if p.EditionDate > day {
		file = later
	} else if err := p.CheckOn(day); err != nil {
		return err
	}
	if err := f.replace(file, data); err != nil {
		return fmt.Errorf("save local procedures: %w", vault.Explain(err))
	}
	if file == later {
		return nil
	}
	if old, err := f.read(later); coming || err != nil || old.EditionDate <= day {
		return f.retire(later) // it would come before what was just saved
	}
	return nil
}

// Digest returns the SHA-256 of the procedures as they are saved, in hexadecimal:
// which text was followed can be told even where two have the same edition. The
// folder "earlier" keeps the school's own.
func (p *Procedures) Digest() string {
	data, err := p.encode()
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// encode returns the procedures as TOML that reads back as the same.
func (p *Procedures) encode() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("# The school's own copy, edited in Settings. It comes before what ships.\n\n")
	enc := toml.NewEncoder(&b)
	enc.Indent = ""
	if err := enc.Encode(p); err != nil {
		return nil, fmt.Errorf("write local procedures: %w", err)
	}
	back, err := Parse(b.Bytes())
	if err != nil {
		return nil, err
	}
	var again bytes.Buffer
	enc = toml.NewEncoder(&again)
	enc.Indent = ""
	if err := enc.Encode(back); err != nil || !bytes.HasSuffix(b.Bytes(), again.Bytes()) {
		return nil, errors.New("local procedures do not read back as they were written")
	}
	return b.Bytes(), nil
}

// replace puts data in place of a file, which it keeps under "earlier".
func (f Folder) replace(file string, data []byte) error {
	if old, err := os.ReadFile(filepath.Join(f.dir, file)); err == nil {
		if bytes.Equal(old, data) {
			return nil
		}
		if err := f.keep(file, old); err != nil {
			return err
		}
	}
	return f.put(file, data)
}

// put writes a file of the folder, by its path within it, whole or not at all.
func (f Folder) put(file string, data []byte) error {
	to := filepath.Join(f.dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	t, err := os.CreateTemp(f.dir, ".procedures-*")
	if err != nil {
		return err
	}
	defer os.Remove(t.Name()) // gone already when all went well
	_, err = t.Write(data)
	if err := errors.Join(err, t.Sync(), t.Close()); err != nil {
		return err
	}
	return os.Rename(t.Name(), to)
}

// keep copies what a file held to the folder "earlier", under a number that is
// free.
func (f Folder) keep(file string, data []byte) error {
	earlier := filepath.Join(f.dir, "earlier")
	if err := os.MkdirAll(earlier, 0o755); err != nil {
		return err
	}
	for n := 1; ; n++ {
		path := filepath.Join(earlier, fmt.Sprintf("%s %d.toml", strings.TrimSuffix(file, ".toml"), n))
		t, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		_, err = t.Write(data)
		return errors.Join(err, t.Close())
	}
}

// Drop goes back to what ships. The school's own copies stay under "earlier".
func (f Folder) Drop(name string) error {
	return errors.Join(f.retire(name+next+".toml"), f.retire(name+".toml"))
}

// retire moves a file to "earlier" when there is one.
func (f Folder) retire(file string) error {
	path := filepath.Join(f.dir, file)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = f.keep(file, data)
	}
	if err == nil {
		err = os.Remove(path)
	}
	if err != nil {
		return fmt.Errorf("put local procedures aside: %w", vault.Explain(err))
	}
	return nil
}
