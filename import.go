package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"throughline/chronology/review"
	"throughline/records"
	"throughline/records/roll"
)

// importFile brings in what another system wrote; the second word says what.
func (c *command) importFile(ctx context.Context, args []string) error {
	kinds := map[string]func(context.Context, []string) error{"pupils": c.importPupils, "chronology": c.importChronology}
	if len(args) == 0 || kinds[args[0]] == nil {
		return fmt.Errorf("%w: say what to bring in: throughline import pupils FILE, or import chronology FILE", errUsage)
	}
	return kinds[args[0]](ctx, args[1:])
}

// importPupils brings in who is on roll. It prints counts, and of rejected rows
// their number and reason: never a name.
func (c *command) importPupils(ctx context.Context, args []string) error {
	flags := c.flags("import pupils")
	v := c.vaultFlags(flags)
	columns := flags.String("map", "", "which column holds what: field=Heading,field=Heading")
	yes := flags.Bool("yes", false, "keep what was shown")
	dry := flags.Bool("dry-run", false, "keep nothing, as without --yes")
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	path := flags.Arg(0)
	if path == "" {
		return fmt.Errorf("%w: name the file: throughline import pupils FILE.csv", errUsage)
	}
	said, err := parseMapping[roll.Field](*columns)
	if err != nil {
		return err
	}
	return v.with(ctx, func(s *records.Store) error {
		f, err := openRoll(ctx, s, path)
		if err != nil {
			return asColumns(err)
		}
		m, err := mappingOf(ctx, s, f, said)
		if err != nil {
			return err
		}
		r, err := f.Roll(ctx, m)
		if err != nil {
			return asColumns(err)
		}
		plan, err := s.PreviewRoll(ctx, r)
		if err != nil {
			return err
		}
		printColumns(c, roll.Fields(), m)
		c.printPlan(plan, f.HeaderLine())
		return c.keep(*yes && !*dry, func() error { return s.ApplyRoll(ctx, plan, records.RollChoices{}, nil) })
	})
}

// keep keeps what was shown, once whoever looked at it says so.
func (c *command) keep(yes bool, apply func() error) error {
	if !yes {
		fmt.Fprintln(c.out, "Nothing was kept. If the columns and the counts are right, run the same again with --yes.")
		return nil
	}
	if err := apply(); err != nil {
		return err
	}
	fmt.Fprintln(c.out, "Kept.")
	return nil
}

// printColumns prints which heading each field is read from.
func printColumns[F ~string](c *command, fields []F, m map[F]string) {
	for _, f := range fields {
		if m[f] != "" {
			fmt.Fprintf(c.out, "Column %s: %s\n", f, m[f])
		}
	}
}

func openRoll(ctx context.Context, s *records.Store, path string) (*roll.File, error) {
	school, err := s.School(ctx)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return roll.Open(ctx, file, filepath.Base(path), roll.Options{Now: time.Now(), School: school.DfENumber})
}

// parseMapping reads "field=Heading,field=Heading"; a heading with a comma in
// it is given in the window.
func parseMapping[F ~string](text string) (map[F]string, error) {
	m := map[F]string{}
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		field, heading, ok := strings.Cut(part, "=")
		if !ok {
			return nil, fmt.Errorf("%w: --map takes field=Heading,field=Heading", errUsage)
		}
		m[F(strings.TrimSpace(field))] = strings.TrimSpace(heading)
	}
	return m, nil
}

// mappingOf returns which column holds what: as the command line says, else as
// it was confirmed for such a file before, else as the headings say.
func mappingOf(ctx context.Context, s *records.Store, f *roll.File, said roll.Mapping) (roll.Mapping, error) {
	m := f.Proposed()
	body, err := s.RollColumns(ctx, f.Shape())
	if err != nil {
		return nil, err
	}
	var before roll.Mapping
	if json.Unmarshal([]byte(body), &before) == nil && f.Fits(before) {
		m = before
	}
	for field, heading := range said {
		m[field] = heading
	}
	return m, nil
}

// asColumns turns an error about columns into a sentence that says which
// fields there are.
func asColumns(err error) error {
	switch {
	case errors.Is(err, roll.ErrColumn), errors.Is(err, roll.ErrField), errors.Is(err, roll.ErrNoNames):
		return withFields(err, roll.Fields())
	case errors.Is(err, review.ErrColumn), errors.Is(err, review.ErrField), errors.Is(err, review.ErrTwice), errors.Is(err, review.ErrNoDates):
		return withFields(err, review.AllColumns())
	}
	return err
}

func withFields[F ~string](err error, fields []F) error {
	var names []string
	for _, f := range fields {
		names = append(names, string(f))
	}
	return told(upper(err.Error()) + ". Use --map field=Heading; the fields are " + strings.Join(names, ", ") + ".")
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// printRow prints what is to be said of a row: its number below the headings, and
// the line on which a spreadsheet shows it, unless the file has no headings.
func (c *command) printRow(row, header int, says string) {
	line := ""
	if header > 0 {
		line = fmt.Sprintf(" (line %d)", header+row)
	}
	fmt.Fprintf(c.out, "Row %d%s%s\n", row, line, says)
}

func (c *command) printPlan(p *records.RollPlan, header int) {
	fmt.Fprintf(c.out, "New: %d\nChanged: %d\nThe same: %d\nRejected: %d\nKept, but not in the file (perhaps left; not changed): %d\n",
		p.Count(records.RollNew), p.Count(records.RollChanged), p.Count(records.RollSame), p.Count(records.RollRejected), len(p.Gone))
	for _, l := range p.Lines {
		if l.Verdict == records.RollRejected {
			c.printRow(l.Row, header, ", rejected: "+l.Why)
			continue
		}
		for _, w := range l.Warnings {
			c.printRow(l.Row, header, ": "+w)
		}
	}
}

// importChronology brings in an existing chronology: into one pupil's file, or
// where each row says whose it is. It prints counts, and of rejected rows their
// number and reason: never a name, and nothing that stands in a cell.
func (c *command) importChronology(ctx context.Context, args []string) error {
	flags := c.flags("import chronology")
	v := c.vaultFlags(flags)
	upn := flags.String("pupil", "", "unique pupil number of the pupil whose file all of it is")
	columns := flags.String("map", "", "which column holds what: column=Heading,column=Heading")
	yes := flags.Bool("yes", false, "keep what was shown")
	dry := flags.Bool("dry-run", false, "keep nothing, as without --yes")
	if err := parse(flags, args, 1); err != nil {
		return err
	}
	path := flags.Arg(0)
	if path == "" {
		return fmt.Errorf("%w: name the file: throughline import chronology FILE.csv", errUsage)
	}
	said, err := parseMapping[review.Column](*columns)
	if err != nil {
		return err
	}
	return v.with(ctx, func(s *records.Store) error {
		pupil, err := pupilWith(ctx, s, *upn)
		if err != nil {
			return err
		}
		plan, found, err := planChronology(ctx, s, path, pupil, said)
		if err != nil {
			return asColumns(err)
		}
		printColumns(c, review.AllColumns(), found.columns)
		c.printConcerns(plan, found.header)
		return c.keep(*yes && !*dry, func() error { return s.ApplyConcerns(ctx, plan, nil) })
	})
}

// pupilWith returns the pupil with a UPN; no UPN is no pupil.
func pupilWith(ctx context.Context, s *records.Store, upn string) (records.ID, error) {
	if upn == "" {
		return "", nil
	}
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		return "", err
	}
	for _, p := range pupils {
		if strings.EqualFold(p.UPN, strings.TrimSpace(upn)) {
			return p.ID, nil
		}
	}
	return "", told("No pupil with that UPN is kept. Add the pupil first, or look the UPN up on their page.")
}

// layout is where in a file things stand.
type layout struct {
	columns review.Columns
	header  int // the line of the headings, from 1
}

// planChronology reads a chronology, by the columns that the command line says,
// else as they were confirmed for such a file before, else as the headings say.
// It returns the layout too.
func planChronology(ctx context.Context, s *records.Store, path string, pupil records.ID, said review.Columns) (*records.ConcernPlan, layout, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, layout{}, err
	}
	defer file.Close()
	f, err := review.OpenFile(ctx, file, filepath.Base(path))
	if err != nil {
		return nil, layout{}, err
	}
	columns := f.Proposed()
	body, err := s.RollColumns(ctx, f.Shape())
	if err != nil {
		return nil, layout{}, err
	}
	var before review.Columns
	if json.Unmarshal([]byte(body), &before) == nil && f.Fits(before) {
		columns = before
	}
	maps.Copy(columns, said)
	rows, err := f.Concerns(ctx, columns, review.Options{Now: s.Now()})
	if err != nil {
		return nil, layout{}, err
	}
	plan, err := s.PreviewConcerns(ctx, f.Kind(), pupil, rows)
	return plan, layout{columns, f.HeaderLine()}, err
}

func (c *command) printConcerns(p *records.ConcernPlan, header int) {
	fmt.Fprintf(c.out, "New: %d\nChanged: %d\nKept already: %d\nRejected: %d\n",
		p.Count(records.RollNew), p.Count(records.RollChanged), p.Count(records.RollSame), p.Count(records.RollRejected))
	for _, l := range p.Lines {
		switch {
		case l.Verdict == records.RollRejected:
			c.printRow(l.Row, header, ", rejected: "+l.Why)
		case l.Why != "":
			c.printRow(l.Row, header, ": "+l.Why)
		}
	}
}
