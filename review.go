package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"throughline/chronology/review"
	"throughline/records/vault"
)

// review reads a spreadsheet without keeping it.
func (c *command) review(_ context.Context, args []string) error {
	flags := c.flags("review")
	until := flags.String("until", "", "read as on this day")
	asJSON := flags.Bool("json", false, "print one JSON object")
	pdf := flags.String("pdf", "", "write a summary as PDF")
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	if flags.Arg(0) == "" {
		return fmt.Errorf("%w: name the file: throughline review FILE.csv", errUsage)
	}
	now := time.Now()
	day, err := dateFlag("until", *until, now)
	if err != nil {
		return err
	}
	file, err := os.Open(flags.Arg(0))
	if err != nil {
		return err
	}
	defer file.Close()
	result, err := review.Read(file, filepath.Base(flags.Arg(0)), review.Options{Until: day, Now: now})
	if err != nil {
		return err
	}
	if *pdf != "" {
		if err := writeFile(*pdf, func(w io.Writer) error { return result.WritePDF(w, now) }); err != nil {
			return err
		}
	}
	if !*asJSON {
		return result.WriteText(c.out)
	}
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(result)
}

// writeFile makes a file that only its owner can read; it never replaces one.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return vault.Explain(err)
	}
	return errors.Join(write(f), f.Close())
}
