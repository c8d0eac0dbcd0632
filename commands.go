package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"throughline/chronology"
	"throughline/records"
	"throughline/records/vault"
	"throughline/referral/demo"
	"throughline/referral/pack"
	"throughline/ui"
)

// told is an error whose text was written for whoever typed the command.
type told string

func (t told) Error() string { return string(t) }

// sentence returns one line that says what went wrong and what to do.
func sentence(err error) string {
	var t told
	if errors.As(err, &t) {
		return string(t)
	}
	return ui.Sentence(err)
}

// flags returns a flag set that leaves it to run to say what is wrong.
func (c *command) flags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags
}

// parse reads flags before and after the words of a command, of which there
// must be at most as many as given.
func parse(flags *flag.FlagSet, args []string, words int) error {
	var plain []string
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return err
			}
			return fmt.Errorf("%w: %v", errUsage, err)
		}
		args = flags.Args()
		if len(args) > 0 {
			plain, args = append(plain, args[0]), args[1:]
		}
	}
	if len(plain) > words {
		return fmt.Errorf("%w: %q is one word too many", errUsage, plain[words])
	}
	return flags.Parse(append([]string{"--"}, plain...))
}

// demo makes the demo school, and a chronology and a pack from it.
func (c *command) demo(ctx context.Context, args []string) error {
	flags := c.flags("demo")
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	dir := flags.Arg(0)
	if dir == "" {
		return fmt.Errorf("%w: say in which folder: throughline demo DIR", errUsage)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	path := filepath.Join(dir, "demo.throughline")
	s, err := demo.Make(ctx, path, time.Now(), nil)
	if err != nil {
		return err
	}
	ref, upn, err := c.demoFiles(ctx, s, dir)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	fmt.Fprintf(c.out, `%s  the demo school (passphrase: %s)
%s  a chronology made from it
%s  a referral pack made from it

To make them yourself, or to open the window:
  export THROUGHLINE_PASSPHRASE='%s'
  throughline export chronology --vault %s --pupil %s --out chronology.xlsx
  throughline pack --vault %s --referral %s --out pack.pdf
  throughline --vault %s
`, path, demo.Passphrase, filepath.Join(dir, "chronology.xlsx"), filepath.Join(dir, "pack.pdf"),
		demo.Passphrase, path, upn, path, ref, path)
	return nil
}

// demoFiles writes the two documents for the pupil whose referral was challenged.
func (c *command) demoFiles(ctx context.Context, s *records.Store, dir string) (records.ID, string, error) {
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		return "", "", err
	}
	forename, surname := demo.Challenge.Pupil()
	i := slices.IndexFunc(pupils, func(p records.Pupil) bool { return p.Forename == forename && p.Surname == surname })
	if i < 0 {
		return "", "", records.ErrNotFound
	}
	pupil := pupils[i]
	refs, err := s.Referrals.Of(ctx, pupil.ID)
	if err != nil {
		return "", "", err
	}
	if len(refs) == 0 {
		return "", "", records.ErrNotFound
	}
	ref := refs[len(refs)-1].ID
	if _, err := exportChronology(ctx, s, pupil.ID, filepath.Join(dir, "chronology.xlsx"), chronology.WorkbookOptions{}); err != nil {
		return "", "", err
	}
	return ref, pupil.UPN, exportPack(ctx, s, ref, filepath.Join(dir, "pack.pdf"), "")
}

// export writes a pupil's chronology as a workbook.
func (c *command) export(ctx context.Context, args []string) error {
	flags := c.flags("export")
	v := c.vaultFlags(flags)
	upn := flags.String("pupil", "", "unique pupil number")
	out := flags.String("out", "", "the workbook to write")
	from := flags.String("from", "", "first day")
	to := flags.String("to", "", "last day")
	alias := flags.Bool("alias", false, "initials and roles in place of names")
	passwordFile := flags.String("password-file", "", "file with the password that opens the workbook")
	whom := flags.String("to-whom", "", "who is to have it; nobody outside school where it is left out")
	why := flags.String("why", "", "why it is shared, and whether with consent")
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	switch {
	case flags.Arg(0) != "chronology" || *upn == "" || *out == "":
		return fmt.Errorf("%w: throughline export chronology --pupil UPN --out FILE.xlsx", errUsage)
	case (*whom == "") != (*why == ""):
		return fmt.Errorf("%w: --to-whom and --why go together: what is shared is written down with both", errUsage)
	}
	now := time.Now()
	first, errFrom := dateFlag("from", *from, now)
	last, errTo := dateFlag("to", *to, now)
	if err := errors.Join(errFrom, errTo); err != nil {
		return err
	}
	password, err := secretFile(*passwordFile)
	if err != nil {
		return err
	}
	o := chronology.WorkbookOptions{Filter: chronology.Filter{From: first, To: last}, Alias: *alias, Password: string(password)}
	return v.with(ctx, func(s *records.Store) error {
		pupils, err := s.Pupils.All(ctx)
		if err != nil {
			return err
		}
		for _, p := range pupils {
			if strings.EqualFold(p.UPN, *upn) {
				return exportShared(ctx, s, p.ID, *out, o, *whom, *why)
			}
		}
		return told("There is no pupil with that UPN in this record. Check the number.")
	})
}

// exportShared writes the workbook and what was shared with whom and why, unless
// it is for nobody outside.
func exportShared(ctx context.Context, s *records.Store, pupil records.ID, out string, o chronology.WorkbookOptions, whom, why string) error {
	d := records.Disclosure{Pupil: pupil, What: "Chronology", To: whom, Basis: why, At: records.StampOf(s.Now())}
	if whom != "" {
		if err := d.Check(d.At); err != nil {
			return err
		}
	}
	sum, err := exportChronology(ctx, s, pupil, out, o)
	if err != nil || whom == "" {
		return err
	}
	d.SHA256 = sum
	return s.Disclosures.Save(ctx, &d, "")
}

func exportChronology(ctx context.Context, s *records.Store, pupil records.ID, out string, o chronology.WorkbookOptions) (string, error) {
	f, err := s.OpenFile(ctx, pupil)
	if err != nil {
		return "", err
	}
	return chronology.Export(ctx, s, f, chronology.Of(f), out, o)
}

// pack writes a referral's pack as a PDF.
func (c *command) pack(ctx context.Context, args []string) error {
	flags := c.flags("pack")
	v := c.vaultFlags(flags)
	id := flags.String("referral", "", "the referral's id")
	out := flags.String("out", "", "the PDF to write")
	passwordFile := flags.String("password-file", "", "file with the password that opens the PDF")
	if err := parse(flags, args, 0); err != nil {
		return err
	}
	if *id == "" || *out == "" {
		return fmt.Errorf("%w: throughline pack --referral ID --out FILE.pdf", errUsage)
	}
	password, err := secretFile(*passwordFile)
	if err != nil {
		return err
	}
	return v.with(ctx, func(s *records.Store) error {
		return exportPack(ctx, s, records.ID(*id), *out, string(password))
	})
}

func exportPack(ctx context.Context, s *records.Store, id records.ID, out, password string) error {
	ref, err := s.Referrals.Get(ctx, id)
	if errors.Is(err, records.ErrNotFound) {
		return told("There is no referral with that id in this record. The window shows it on the referral's page.")
	}
	if err != nil {
		return err
	}
	f, err := s.OpenFile(ctx, ref.Pupil)
	if err != nil {
		return err
	}
	if ref.SentAt == "" {
		ref.Sections = pack.Redraft(f, &ref)
	}
	return pack.Export(ctx, s, f, &ref, out, password)
}

// verify checks every page of the vault and the audit trail.
func (c *command) verify(ctx context.Context, args []string) error {
	flags := c.flags("verify")
	v := c.vaultFlags(flags)
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	if flags.Arg(0) != "" {
		*v.path = flags.Arg(0)
	}
	return v.with(ctx, func(s *records.Store) error {
		n, err := s.Verify(ctx, nil)
		if errors.Is(err, vault.ErrDamaged) || errors.Is(err, records.ErrBroken) {
			return told("The record is not sound: " + err.Error() + ". Keep this file as it is and use your last good copy.")
		}
		if err != nil {
			return err
		}
		head, _, err := s.AuditHead(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "Sound: every page is as it was written, and %d audit entries follow one another.\nHead of the audit trail: %s\n", n, head)
		return nil
	})
}

// vaultFlags are the flags of every command that unlocks a vault.
type vaultFlags struct {
	c              *command
	path           *string
	passphraseFile *string
}

func (c *command) vaultFlags(flags *flag.FlagSet) *vaultFlags {
	return &vaultFlags{
		c:              c,
		path:           flags.String("vault", "", "the school's record"),
		passphraseFile: flags.String("passphrase-file", "", "file with the passphrase"),
	}
}

// with unlocks the vault, runs do, and locks it again.
func (v *vaultFlags) with(ctx context.Context, do func(*records.Store) error) error {
	path, err := v.place()
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return vault.Explain(err)
	}
	pass, err := v.passphrase()
	if err != nil {
		return err
	}
	s, err := records.Open(ctx, path, pass)
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Close())
}

// place returns where the vault is or, when nobody said, where it belongs.
func (v *vaultFlags) place() (string, error) {
	if *v.path != "" {
		return *v.path, nil
	}
	dir, err := home()
	return filepath.Join(dir, "school.throughline"), err
}

func (v *vaultFlags) passphrase() ([]byte, error) {
	if *v.passphraseFile != "" {
		return secretFile(*v.passphraseFile)
	}
	if p, ok := os.LookupEnv("THROUGHLINE_PASSPHRASE"); ok {
		return []byte(p), nil
	}
	if !term.IsTerminal(int(v.c.in.Fd())) {
		return nil, told("No passphrase. Give one with --passphrase-file or THROUGHLINE_PASSPHRASE, or run this in a terminal.")
	}
	fmt.Fprint(v.c.err, "Passphrase: ")
	p, err := term.ReadPassword(int(v.c.in.Fd()))
	fmt.Fprintln(v.c.err)
	return p, err
}

// secretFile returns the first line of a file, or nothing when path is empty.
func secretFile(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), nil
}

func dateFlag(name, text string, now time.Time) (records.Date, error) {
	d, err := records.ParseDate(text, now)
	if err != nil {
		return "", fmt.Errorf("%w: --%s: %v", errUsage, name, err)
	}
	return d, nil
}
