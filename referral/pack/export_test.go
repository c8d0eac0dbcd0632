package pack

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"throughline/records"
	"throughline/records/vault"
)

// desk is a school with a referral that is ready to go.
type desk struct {
	t     *testing.T
	s     *records.Store
	now   time.Time
	pupil records.Pupil
	ref   records.Referral
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, now: time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)}
	s, _, err := records.Create(t.Context(), filepath.Join(t.TempDir(), "school.throughline"), records.Setup{
		School: records.School{Name: "Invented Primary School"}, Member: records.Member{Name: "Ada O’Neill", Role: records.DSL},
		Passphrase: []byte("lantern gravel otter spoon"), Cost: vault.Cost{MemoryKiB: 1024, Passes: 1}, Now: func() time.Time { return d.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d.s, d.pupil = s, records.Pupil{Forename: "Zoë", Surname: "Nguyễn", Born: "2016-05-11", YearGroup: "4"}
	d.must(s.Pupils.Save(t.Context(), &d.pupil, ""))
	d.concern("I am always cold")
	d.ref = records.Referral{Pupil: d.pupil.ID, Procedures: "default", Level: records.Section17, Response: records.Assessment}
	d.must(s.Referrals.Save(t.Context(), &d.ref, ""))
	d.ref.Sections = Redraft(d.file(), &d.ref)
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// later moves the clock on.
func (d *desk) later(by time.Duration) { d.now = d.now.Add(by) }

func (d *desk) file() *records.File {
	d.t.Helper()
	f, err := d.s.File(d.t.Context(), d.pupil.ID)
	d.must(err)
	return f
}

func (d *desk) concern(words string) records.Concern {
	d.t.Helper()
	c := records.Concern{Pupil: d.pupil.ID, When: records.On(records.DateOf(d.now)), Source: records.Seen, SeenBy: "Ms Ortiz", Categories: []records.Category{records.Neglect},
		Severity: 4, Account: "Came in without a coat.", ChildsWords: words}
	d.must(d.s.Concerns.Save(d.t.Context(), &c, ""))
	return c
}

// export writes the pack to a file and returns its bytes.
func (d *desk) export() []byte {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), "pack.pdf")
	d.must(Export(d.t.Context(), d.s, d.file(), &d.ref, path, ""))
	pdf, err := os.ReadFile(path)
	d.must(err)
	return pdf
}

// send says that the last pack that was printed went out.
func (d *desk) send() {
	d.t.Helper()
	all := Packs(d.file(), &d.ref)
	d.must(FreezeFile(d.t.Context(), d.s, &d.ref, &all[len(all)-1]))
	d.ref.SentAt, d.ref.SentTo, d.ref.Method = records.StampOf(d.now), "Front door", "Secure e-mail"
	d.must(d.s.Referrals.Save(d.t.Context(), &d.ref, "Sent."))
}

func kept(t *testing.T, s *records.Store, id records.ID) []byte {
	t.Helper()
	r, err := s.OpenDocument(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What the front door received is what is kept: its bytes, the sections that
// stand in it and their fingerprint, whatever is logged or changed before it is
// written down that it went.
func TestWhatWasExportedIsWhatWasSent(t *testing.T) {
	d := newDesk(t)
	went := d.export()
	printed := Hash(d.ref.Sections)
	if !strings.Contains(read(t, went, ""), printed) {
		t.Fatal("the PDF does not print its fingerprint")
	}
	d.later(time.Hour)
	late := d.concern("Never sent words")
	d.ref.Sections = Redraft(d.file(), &d.ref)
	d.must(d.s.Referrals.Save(t.Context(), &d.ref, "The pack."))
	d.later(24 * time.Hour)
	d.send()

	r, err := d.s.Referrals.Get(t.Context(), d.ref.ID)
	d.must(err)
	if r.PackHash != printed || Hash(r.Sections) != printed {
		t.Error("the fingerprint that is kept is not the one in the PDF")
	}
	if strings.Contains(texts(r.Sections, Voice), "Never sent words") {
		t.Error("what was logged afterwards stands in what was sent")
	}
	if !bytes.Equal(kept(t, d.s, r.PackFile), went) {
		t.Error("what is kept is not what went")
	}
	if !slices.ContainsFunc(Since(d.file(), &r), func(c Change) bool { return c.Become == New && c.Ref.ID == late.ID }) {
		t.Error("what was logged between the PDF and the sending is not new since")
	}
}

// Asked for in June by a deputy, with an entry corrected in April, what was sent
// comes back byte for byte.
func TestWhatWasSentComesBackAsItWent(t *testing.T) {
	d := newDesk(t)
	went := d.export()
	d.send()
	d.later(90 * 24 * time.Hour)
	c := d.file().Concerns[0]
	c.Account = "CORRECTED."
	d.must(d.s.Concerns.Save(t.Context(), &c, "It was the other arm."))
	d.s.Me = records.Member{Name: "New Deputy", Role: records.Deputy}
	if !bytes.Equal(d.export(), went) {
		t.Error("what was sent does not come back as it went")
	}
	if n := len(d.file().Documents); n != 1 {
		t.Errorf("%d packs are kept, want the one", n)
	}
}

// A referral that went through a web form has no PDF: printed later it says that
// it is a reprint, by whom it was sent, and tells the concerns as they then were.
func TestReprintOfWhatWasCopied(t *testing.T) {
	d := newDesk(t)
	FreezeText(&d.ref, d.ref.Sections, records.StampOf(d.now))
	d.ref.SentAt, d.ref.SentTo = records.StampOf(d.now), "Front door"
	d.must(d.s.Referrals.Save(t.Context(), &d.ref, "Sent."))
	d.later(30 * 24 * time.Hour)
	c := d.file().Concerns[0]
	c.Account = "CORRECTED."
	d.must(d.s.Concerns.Save(t.Context(), &c, "It was the other arm."))
	d.concern("Never sent words")
	d.s.Me = records.Member{Name: "New Deputy", Role: records.Deputy}
	got := read(t, d.export(), "")
	for _, want := range []string{"reprint", "Referred by Ada O’Neill", "Words as they stood Wed 4 Mar 2026, 10:00", "Came in without a coat.", d.ref.PackHash} {
		if !strings.Contains(got, want) {
			t.Errorf("the reprint lacks %q", want)
		}
	}
	if strings.Contains(got, "CORRECTED") || strings.Contains(got, "Never sent") || len(d.file().Documents) != 0 {
		t.Error("the reprint holds what came later, or is kept as if it had been sent")
	}
}

// Who does not write can print a pack to read, which says so and is not kept.
func TestWhoReadsGetsADraft(t *testing.T) {
	d := newDesk(t)
	d.s.Me.Role = records.Head
	got := d.export()
	d.s.Me.Role = records.DSL
	if !strings.Contains(read(t, got, ""), "Draft referral to children's social care") || len(d.file().Documents) != 0 {
		t.Error("a head's copy is not marked, or is kept")
	}
	d.must(ExportDraft(t.Context(), d.s, d.file(), &d.ref, filepath.Join(t.TempDir(), "d.pdf"), ""))
	if len(d.file().Documents) != 0 {
		t.Error("a draft is kept as if it could have been sent")
	}
}

// A pack names no other pack as sent beside it, and what is frozen is one of the
// referral's own.
func TestPacksAreOfTheirReferral(t *testing.T) {
	d := newDesk(t)
	d.export()
	d.ref.Sections = Redraft(d.file(), &d.ref)
	if got := texts(d.ref.Sections, Attached); strings.Contains(got, "Referral pack") {
		t.Errorf("attached: %s", got)
	}
	other := Packs(d.file(), &d.ref)[0]
	other.On = "another"
	if err := FreezeFile(t.Context(), d.s, &d.ref, &other); !errors.Is(err, records.ErrNotFound) {
		t.Errorf("another referral's pack: %v", err)
	}
}
