package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"throughline/records"
	"throughline/referral/supervision"
)

const reportUse = "throughline report supervision --from DATE --to DATE --out FILE.pdf, or --session ID in place of the dates"

// report writes the supervision report of a period, or of one session, as a
// PDF.
func (c *command) report(ctx context.Context, args []string) error {
	flags := c.flags("report")
	v := c.vaultFlags(flags)
	from := flags.String("from", "", "first day")
	to := flags.String("to", "", "last day")
	session := flags.String("session", "", "the session's id, in place of a period")
	out := flags.String("out", "", "the PDF to write")
	names := flags.Bool("names", false, "names in place of letters")
	passwordFile := flags.String("password-file", "", "file with the password that opens the PDF")
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	period := *from != "" || *to != ""
	if flags.Arg(0) != "supervision" || *out == "" || period == (*session != "") || period && (*from == "" || *to == "") {
		return fmt.Errorf("%w: %s", errUsage, reportUse)
	}
	now := time.Now()
	first, errFrom := dateFlag("from", *from, now)
	last, errTo := dateFlag("to", *to, now)
	if err := errors.Join(errFrom, errTo); err != nil {
		return err
	}
	if last < first {
		return fmt.Errorf("%w: --to is before --from", errUsage)
	}
	password, err := secretFile(*passwordFile)
	if err != nil {
		return err
	}
	choice := supervision.Choice{Names: *names, Password: string(password)}
	return v.with(ctx, func(s *records.Store) error {
		if *session == "" {
			return supervision.ExportPeriod(ctx, s, first, last, *out, choice)
		}
		err := supervision.ExportSession(ctx, s, records.ID(*session), *out, choice)
		if errors.Is(err, records.ErrNotFound) {
			return told("There is no session with that id that you may open. The window shows it on the session's page.")
		}
		return err
	})
}
