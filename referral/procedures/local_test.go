package procedures

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"throughline/records"
	"throughline/records/vault"
)

const today records.Date = "2026-11-20"

// edited puts a file into a folder of edited copies and returns the folder.
func edited(t *testing.T, files map[string]string) Folder {
	t.Helper()
	f := In(filepath.Join(t.TempDir(), "school procedures"))
	if err := os.MkdirAll(f.Path(), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(f.Path(), name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func TestWhichProceduresAreFollowed(t *testing.T) {
	durham, err := Text("durham")
	if err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(string(durham), `phone = ""`, `phone = "01632 960111"`, 1)
	dated := func(day string) string {
		return strings.Replace(own, `edition_date = ""`, `edition_date = "`+day+`"`, 1)
	}
	for _, c := range []struct {
		name, follow string
		files        map[string]string
		phone, title string
		edited       bool
		waits        records.Date
		refused      string
	}{
		{"nothing was edited", "durham", nil, "", "Durham", false, "", ""},
		{"an edited copy comes first", "durham", map[string]string{"durham.toml": own}, "01632 960111", "Durham", true, "", ""},
		{"another authority's copy is left alone", "durham", map[string]string{"coventry.toml": own}, "", "Durham", false, "", ""},
		{"a copy of a future edition waits", "durham", map[string]string{"durham.toml": dated("2026-11-21")}, "", "Durham", false, "2026-11-21", ""},
		{"its day comes", "durham", map[string]string{"durham.toml": dated("2026-11-20")}, "01632 960111", "Durham", true, "", ""},
		{"the one in force stays until then", "durham", map[string]string{
			"durham.toml": own, "durham.next.toml": strings.Replace(dated("2027-01-01"), "960111", "960222", 1),
		}, "01632 960111", "Durham", true, "2027-01-01", ""},
		{"and goes on its day", "durham", map[string]string{
			"durham.toml": own, "durham.next.toml": strings.Replace(dated("2026-11-01"), "960111", "960222", 1),
		}, "01632 960222", "Durham", true, "", ""},
		{"a wrong file is refused", "durham", map[string]string{"durham.toml": "name = durham\n"}, "", "Durham", false, "",
			"The school's own procedures in durham.toml cannot be used. Line 1: This is not written as TOML"},
		{"a ladder with no rungs is refused", "durham", map[string]string{"durham.toml": own[:strings.Index(own, "[[challenge.ladder]]")]}, "", "Durham", false, "",
			"The school's own procedures in durham.toml cannot be used. Line 1"},
		{"checked in the future is refused", "durham", map[string]string{"durham.toml": strings.Replace(own, `checked = ""`, `checked = "2026-11-21"`, 1)},
			"", "Durham", false, "", "The school's own procedures in durham.toml cannot be used. Line 11: The date on which"},
		{"a wrong file of the next edition leaves the one in force", "durham", map[string]string{"durham.toml": own, "durham.next.toml": "x"},
			"01632 960111", "Durham", true, "", "The school's own procedures in durham.next.toml cannot be used."},
		{"a file under another's name is refused", "coventry", map[string]string{"coventry.toml": own}, "", "Coventry", false, "",
			"The school's own procedures in coventry.toml cannot be used. Line 6: The name is not that of the file."},
		{"the school's own authority", "thistleshire", map[string]string{
			"thistleshire.toml": strings.NewReplacer("durham", "thistleshire", `"Durham"`, `"Thistleshire"`).Replace(own),
		}, "01632 960111", "Thistleshire", true, "", ""},
		{"the file was left behind", "thistleshire", nil, "", "England", false, "", "The school's own procedures in thistleshire.toml cannot be used. It is not in the folder"},
		{"none was chosen", "", nil, "", "England", false, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := LoadFrom(edited(t, c.files).Path(), c.follow, today)
			if err != nil {
				t.Fatal(err)
			}
			if l.FrontDoor.Phone != c.phone || l.Edited != c.edited || !strings.HasPrefix(l.Title, c.title) {
				t.Errorf("follows %q, telephone %q, edited %v", l.Title, l.FrontDoor.Phone, l.Edited)
			}
			if waits := l.Waiting; (waits == nil) != (c.waits == "") || waits != nil && waits.EditionDate != c.waits {
				t.Errorf("waiting: %+v, want that of %q", waits, c.waits)
			}
			if (l.Refused == nil) != (c.refused == "") || l.Refused != nil && !strings.HasPrefix(l.Refused.Error(), c.refused) {
				t.Errorf("refused: %v, want %q", l.Refused, c.refused)
			}
		})
	}
	if _, err := LoadFrom(t.TempDir(), "../secret", today); !errors.Is(err, records.ErrNotFound) {
		t.Errorf("a name that leads out of the folder: %v", err)
	}
}

func TestEveryShippedFileCanBeEditedAndReadBack(t *testing.T) {
	for _, name := range Names() {
		f := edited(t, nil)
		p, err := f.Edit(name, false)
		if err != nil {
			t.Fatal(err)
		}
		p.FrontDoor.Phone, p.FrontDoor.Hours = "01632 960123", "“8:30” to 17:00, \\ and a line\nmore"
		p.Challenge.Ladder = append(p.Challenge.Ladder, Rung{"Chair of governors", "Director", 3})
		if err := f.Save(p, today, false); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		l, err := LoadFrom(f.Path(), name, today)
		if err != nil || l.Refused != nil || !reflect.DeepEqual(l.Procedures, p) {
			t.Errorf("%s: reads back as %+v, %v, %v", name, l.Procedures, l.Refused, err)
		}
		all, err := f.Names()
		for _, n := range all {
			if err != nil || n.Edited != (n.Name == name) {
				t.Errorf("%s is listed as edited: %v, %v", n.Name, n.Edited, err)
			}
		}
	}
}

func TestWhatIsReplacedIsKept(t *testing.T) {
	f := edited(t, nil)
	p, err := f.Edit("london", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, phone := range []string{"01632 960001", "01632 960002", "01632 960003"} {
		p.FrontDoor.Phone = phone
		if err := f.Save(p, today, false); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Drop("london"); err != nil {
		t.Fatal(err)
	}
	for i, phone := range []string{"01632 960001", "01632 960002", "01632 960003"} {
		data, err := os.ReadFile(filepath.Join(f.Path(), "earlier", "london "+string(rune('1'+i))+".toml"))
		if err != nil || !strings.Contains(string(data), phone) {
			t.Errorf("edition %d: %v", i+1, err)
		}
	}
	if l, err := LoadFrom(f.Path(), "london", today); err != nil || l.Edited || l.Refused != nil {
		t.Errorf("after going back: %+v, %v", l, err)
	}
}

func TestTheEditionToComeIsKeptBesideTheOneInForce(t *testing.T) {
	f := edited(t, nil)
	save := func(phone string, from records.Date, on records.Date, coming bool) {
		t.Helper()
		p, err := f.Edit("london", coming)
		if err != nil {
			t.Fatal(err)
		}
		p.FrontDoor.Phone, p.EditionDate = phone, from
		if err := f.Save(p, on, coming); err != nil {
			t.Fatal(err)
		}
	}
	follows := func(on records.Date, want string) {
		t.Helper()
		if l, err := LoadFrom(f.Path(), "london", on); err != nil || l.FrontDoor.Phone != want {
			t.Errorf("on %s the telephone is %q, %v, want %q", on, l.FrontDoor.Phone, err, want)
		}
	}
	save("1", "2026-09-01", today, false)
	save("2", "2027-01-01", today, false)
	follows(today, "1")
	follows("2027-01-01", "2")
	save("3", "2026-09-01", today, false) // a correction of the one in force
	follows(today, "3")
	follows("2027-01-01", "2")
	save("4", "2026-11-01", today, true) // it came sooner than was thought
	follows(today, "4")
	follows("2027-01-01", "4")
}

func TestAWrongCopyIsNotSaved(t *testing.T) {
	f := edited(t, nil)
	p, err := f.Edit("london", false)
	if err != nil {
		t.Fatal(err)
	}
	good := *p
	if err := f.Save(&good, today, false); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Procedures){
		"no rungs":              func(p *Procedures) { p.Challenge.Ladder = nil },
		"checked in the future": func(p *Procedures) { p.Checked = "2026-11-21" },
		"negative clock":        func(p *Procedures) { p.Clocks = map[string]Clock{Chase: {Value: -1, Unit: ClockHours, Mark: National}} },
	} {
		bad := *p
		spoil(&bad)
		var e *Error
		if err := f.Save(&bad, today, false); !errors.As(err, &e) {
			t.Errorf("%s: Save = %v", name, err)
		}
	}
	if l, err := LoadFrom(f.Path(), "london", today); err != nil || !reflect.DeepEqual(l.Procedures, &good) {
		t.Errorf("the sound copy is gone: %+v, %v", l, err)
	}
}

// A referral keeps the digest of what was followed: the same text has the same,
// and a school's own file saved by hand is told from what ships.
func TestDigest(t *testing.T) {
	f := edited(t, nil)
	p, err := f.Edit("london", false)
	if err != nil {
		t.Fatal(err)
	}
	ships := p.Digest()
	p.FrontDoor.Phone = "01632 960001"
	own := p.Digest()
	if err := f.Save(p, today, false); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(f.Path(), "london.toml"))
	sum := sha256.Sum256(data)
	if err != nil || len(ships) != 64 || own == ships || own != hex.EncodeToString(sum[:]) {
		t.Errorf("digests %s and %s, of the file %x, %v", ships, own, sum, err)
	}
}

// The window and every command ask the same question of an open record.
func TestInForce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "school.throughline")
	s, _, err := records.Create(t.Context(), path, records.Setup{
		School: records.School{Name: "Fenwick Primary", Procedures: "durham"}, Member: records.Member{Name: "Ada Holt", Role: records.DSL},
		Passphrase: []byte("lantern gravel otter"), Invented: true, Cost: vault.Cost{MemoryKiB: 1024, Passes: 1},
		Now: func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, c := range []struct{ name, file, text, phone, refused string }{
		{"nothing was edited", "", "", "", ""},
		{"an edited copy", "durham.toml", `phone = "01632 960111"`, "01632 960111", ""},
		{"an edition to come", "durham.toml", `edition_date = "2026-11-21"`, "", ""},
		{"a wrong copy", "durham.toml", `phone = 5`, "", "Line "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.file != "" {
				text, err := Text("durham")
				if err != nil {
					t.Fatal(err)
				}
				key, _, _ := strings.Cut(c.text, " =")
				lines := strings.Split(string(text), "\n")
				for i, l := range lines {
					if strings.HasPrefix(l, key+" =") {
						lines[i] = c.text
					}
				}
				dir := filepath.Join(filepath.Dir(path), "school procedures")
				if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(filepath.Join(dir, c.file), []byte(strings.Join(lines, "\n")), 0o644)); err != nil {
					t.Fatal(err)
				}
			}
			l, err := InForce(t.Context(), s)
			if err != nil || l.Name != "durham" || l.FrontDoor.Phone != c.phone || (l.Refused != nil) != (c.refused != "") {
				t.Errorf("follows %s with the telephone %q, refused %v, %v", l.Name, l.FrontDoor.Phone, l.Refused, err)
			}
			if l.Refused != nil && !strings.Contains(l.Refused.Error(), c.refused) {
				t.Errorf("refused: %v", l.Refused)
			}
		})
	}
}
