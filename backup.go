package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"throughline/records"
	"throughline/referral/procedures"
)

// backup makes a verified copy of the record in a folder.
func (c *command) backup(ctx context.Context, args []string) error {
	flags := c.flags("backup")
	v := c.vaultFlags(flags)
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	folder := flags.Arg(0)
	if folder == "" {
		return fmt.Errorf("%w: say into which folder: throughline backup DEST", errUsage)
	}
	return v.with(ctx, func(s *records.Store) error {
		// What was written into the local procedures by hand goes along. A record
		// that is backed up without them is better than one that is not.
		if err := procedures.Sync(ctx, s); err != nil && !errors.Is(err, records.ErrNotAllowed) {
			fmt.Fprintln(c.err, "throughline: The local procedures beside the record could not be read for the backup:", sentence(err))
		}
		b, err := s.Backup(ctx, folder, nil)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%s\nSound: every page is as it was written, and %d audit entries follow one another.\nHead of the audit trail: %s\n", b.Path, b.Entries, b.Head)
		if b.Removed > 0 {
			fmt.Fprintf(c.out, "Older backups removed: %d. Kept are the last of 7 days, 4 weeks and 12 months.\n", b.Removed)
		}
		if b.Tidy != nil {
			fmt.Fprintln(c.err, "throughline: The backup is good, but older ones could not be removed:", sentence(b.Tidy))
		}
		return nil
	})
}

// restore says what a backup would change, and with --yes puts it in place.
func (c *command) restore(ctx context.Context, args []string) error {
	flags := c.flags("restore")
	v := c.vaultFlags(flags)
	yes := flags.Bool("yes", false, "put the backup in place")
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	backup := flags.Arg(0)
	if backup == "" {
		return fmt.Errorf("%w: name the backup: throughline restore FILE", errUsage)
	}
	path, err := v.place()
	if err != nil {
		return err
	}
	if from, err := os.Stat(backup); err != nil {
		return err
	} else if to, err := os.Stat(path); err == nil && os.SameFile(from, to) {
		return told("That file is the record itself. Name one of its backups.")
	}
	pass, err := v.passphrase()
	if err != nil {
		return err
	}
	key := records.Key{Passphrase: pass}
	p, err := records.Compare(ctx, backup, path, key, nil)
	if err != nil {
		return asRestore(err)
	}
	preview(c.out, p, path)
	if !*yes {
		again := "throughline restore " + quoted(backup)
		if *v.path != "" {
			again += " --vault " + quoted(path)
		}
		fmt.Fprintf(c.out, "Nothing is changed yet. To put the backup in place: %s --yes\n", again)
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	kept, err := records.Restore(ctx, backup, path, key, time.Now(), nil)
	if err != nil {
		return asRestore(err)
	}
	fmt.Fprintln(c.out, "Restored:", path)
	if kept != "" {
		fmt.Fprintln(c.out, "The file that was there is kept:", kept)
	}
	return nil
}

// asRestore says of a backup what other commands say of a record.
func asRestore(err error) error {
	if errors.Is(err, records.ErrBroken) {
		return told("This backup is not sound: it does not fit its own audit trail. Nothing was changed. Use another backup.")
	}
	return err
}

// preview writes what a backup would change.
func preview(w io.Writer, p records.Preview, path string) {
	fmt.Fprintf(w, "The backup is sound: every page is as it was written, and %d audit entries follow one another, the last of %s.\n", p.Entries, p.At)
	switch {
	case !p.Present:
		fmt.Fprintf(w, "There is no record at %s, so nothing would be replaced.\n", path)
		return
	case p.Unread != nil:
		fmt.Fprintf(w, "What would change cannot be said, because the present record cannot be read: %s\n", sentence(p.Unread))
	case len(p.Lost)+len(p.Back) == 0:
		fmt.Fprintln(w, "The present record and the backup hold the same entries.")
	}
	differences(w, "The present record has these, and the backup has not:", p.Lost)
	differences(w, "The backup has these, and the present record has not:", p.Back)
	fmt.Fprintf(w, "The present file would be kept beside %s under another name.\n", path)
}

func differences(w io.Writer, title string, list []records.Difference) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(w, title)
	for _, d := range list {
		fmt.Fprintf(w, "  %-11s %4d new, %4d changed, the newest of %s\n", d.Kind, d.New, d.Changed, d.Newest)
	}
}

// quoted returns an argument as a shell takes it.
func quoted(arg string) string {
	if strings.ContainsAny(arg, " '&()") {
		return `"` + arg + `"`
	}
	return arg
}
