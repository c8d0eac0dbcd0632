package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Roll is who is on roll, as a file from the school's management information
// system tells it; package roll reads one.
type Roll struct {
	From string // what kind of file: "a CSV file"
	Rows []RollRow
}

// RollRow is one pupil of a Roll. An empty field of Pupil is one that the file
// does not have; it never empties what is kept.
type RollRow struct {
	Row      int      // counts from 1 below the header, or among the pupils of a transfer file
	Pupil    Pupil    // what could be read, for a row that is rejected too
	Why      string   // why it is rejected: one sentence that quotes nothing; empty when it is not
	Warnings []string // what was left out, and why; sentences that quote nothing
}

// Verdict is what an import would do with a row.
type Verdict string

// The verdicts.
const (
	RollNew      Verdict = "new"
	RollChanged  Verdict = "changed"
	RollSame     Verdict = "same"
	RollRejected Verdict = "rejected"
)

// RollChange is one field that an import would change.
type RollChange struct {
	Field    string // by its JSON name
	Old, New string // as people read them
}

// RollLine is one row of a RollPlan.
type RollLine struct {
	Row      int
	Verdict  Verdict
	Pupil    Pupil // as it would be kept; without an ID it is new
	Changes  []RollChange
	Why      string // of a rejected row
	Warnings []string
}

// RollPlan is what an import would do. It holds for the pupils as they were
// kept when it was made.
type RollPlan struct {
	From  string
	Lines []RollLine // in the order of the file
	Gone  []Pupil    // kept, on roll and not in the file: perhaps they have left

	seen pupilState
}

// Count returns how many rows have a verdict.
func (p *RollPlan) Count(v Verdict) int {
	n := 0
	for _, l := range p.Lines {
		if l.Verdict == v {
			n++
		}
	}
	return n
}

// RollChoices is what whoever imports has decided about a plan.
type RollChoices struct {
	Left []ID // of those who are gone: who has left, as of today
}

// PreviewRoll says what an import would do, and keeps nothing. A row is matched
// with a pupil by UPN, else by name and birth date when exactly one fits; where
// it cannot be told which pupil is meant the row is rejected. Of a file that is
// locked to others it shows and changes what everybody sees who reads.
func (s *Store) PreviewRoll(ctx context.Context, roll *Roll) (*RollPlan, error) {
	if err := s.may(write); err != nil {
		return nil, err
	}
	var plan *RollPlan
	err := s.Update(ctx, func(tx *Tx) error {
		kept, err := queryAll[Pupil](ctx, tx.tx, newest+` WHERE r.kind = $1 ORDER BY r.sort, r.id`, KindPupil)
		if err != nil {
			return err
		}
		for i := range kept {
			if s.closed(kept[i].ID) {
				kept[i].identity()
			}
		}
		m := newMatcher(kept, roll.Rows, tx.now)
		m.closed = s.closed
		plan = &RollPlan{From: roll.From, Lines: make([]RollLine, len(roll.Rows))}
		for i := range roll.Rows {
			plan.Lines[i] = m.line(&roll.Rows[i])
		}
		clashes(roll.Rows, plan.Lines)
		for i := range plan.Lines {
			if err := errors.Join(ctx.Err(), tx.checkLine(&plan.Lines[i])); err != nil {
				return err
			}
		}
		plan.Gone = m.gone()
		plan.seen, err = tx.pupilState()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look through the pupils: %w", err)
	}
	return plan, nil
}

// checkLine rejects a line whose pupil would break a rule of the record, so
// that one such row does not stop the others.
func (tx *Tx) checkLine(l *RollLine) error {
	if l.Verdict != RollNew && l.Verdict != RollChanged {
		return nil
	}
	err := l.Pupil.Check(tx.now)
	if err == nil && slices.ContainsFunc(l.Changes, func(c RollChange) bool { return c.Field == "born" }) {
		err = tx.checkOthers(&l.Pupil)
	}
	var v *Invalid
	if errors.As(err, &v) {
		l.reject(v.Error())
		return nil
	}
	return err
}

func (l *RollLine) reject(why string) { l.Verdict, l.Changes, l.Why = RollRejected, nil, why }

// ApplyRoll keeps a plan in one transaction, all of it or nothing. progress may
// be nil; it is called with how many of the changes are made. Returns
// ErrConflict when a pupil was added or changed since the plan was made, and
// the error of ctx when it ends before all is kept.
func (s *Store) ApplyRoll(ctx context.Context, plan *RollPlan, c RollChoices, progress func(done, total int)) error {
	if err := s.may(write); err != nil {
		return err
	}
	var todo []Pupil
	for _, l := range plan.Lines {
		if l.Verdict == RollNew || l.Verdict == RollChanged {
			todo = append(todo, l.Pupil)
		}
	}
	for _, p := range plan.Gone {
		if slices.Contains(c.Left, p.ID) {
			p.Left = StampOf(s.Now()).Date()
			todo = append(todo, p)
		}
	}
	if len(todo) == 0 {
		return nil
	}
	return s.Update(ctx, func(tx *Tx) error {
		now, err := tx.pupilState()
		if err != nil {
			return err
		}
		if now != plan.seen {
			return fmt.Errorf("import pupils: %w", ErrConflict)
		}
		why := "Imported from " + plan.From + ", " + tx.now.Date().String()
		for i := range todo {
			if err := errors.Join(ctx.Err(), tx.Save(&todo[i], why)); err != nil {
				return fmt.Errorf("import pupils: %w", err)
			}
			if progress != nil {
				progress(i+1, len(todo))
			}
		}
		return nil
	})
}

// pupilState tells one state of the pupils from another: a pupil who is added
// or changed changes it.
type pupilState struct{ pupils, versions int }

func (tx *Tx) pupilState() (s pupilState, err error) {
	err = tx.tx.QueryRowContext(tx.ctx, `SELECT count(*), coalesce(sum(version), 0) FROM record WHERE kind = $1`,
		KindPupil).Scan(&s.pupils, &s.versions)
	return s, err
}

// RollColumns returns what SetRollColumns kept for files of a shape, or "".
func (s *Store) RollColumns(ctx context.Context, shape string) (string, error) {
	if err := s.may(read); err != nil {
		return "", err
	}
	var body string
	err := s.db.QueryRowContext(ctx, `SELECT body FROM roll_columns WHERE shape = $1`, shape).Scan(&body)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read the columns of a file: %w", err)
	}
	return body, nil
}

// SetRollColumns keeps which column of a file holds what, for the next file of
// the same shape. shape and body are the caller's to read.
func (s *Store) SetRollColumns(ctx context.Context, shape, body string) error {
	if err := s.may(write); err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	_, err := s.db.ExecContext(ctx, `INSERT INTO roll_columns (shape, body) VALUES ($1, $2)
		ON CONFLICT (shape) DO UPDATE SET body = excluded.body`, shape, body)
	if err != nil {
		return fmt.Errorf("keep the columns of a file: %w", err)
	}
	return nil
}

// merge returns the kept pupil with what the file says of them, and what that
// changes.
func merge(kept, file Pupil) (Pupil, []RollChange) {
	var changes []RollChange
	text := func(field string, to *string, said string, same func(a, b string) bool) {
		if said != "" && !same(*to, said) {
			changes = append(changes, RollChange{field, *to, said})
			*to = said
		}
	}
	date := func(field string, to *Date, said Date) {
		if said != "" && *to != said {
			changes = append(changes, RollChange{field, to.String(), said.String()})
			*to = said
		}
	}
	p := kept
	text("upn", &p.UPN, file.UPN, strings.EqualFold)
	text("forename", &p.Forename, file.Forename, alike)
	text("surname", &p.Surname, file.Surname, alike)
	if file.KnownAs != "" && !alike(file.KnownAs, p.Forename) {
		text("known_as", &p.KnownAs, file.KnownAs, alike)
	}
	date("born", &p.Born, file.Born)
	text("sex", &p.Sex, file.Sex, func(a, b string) bool { return sexOf(a) == sexOf(b) })
	text("year_group", &p.YearGroup, file.YearGroup, alike)
	text("form", &p.Form, file.Form, alike)
	text("ethnicity", &p.Ethnicity, file.Ethnicity, alike)
	text("religion", &p.Religion, file.Religion, alike)
	text("language", &p.Language, file.Language, alike)
	if needs := mergeNeeds(kept.Needs, file.Needs); needs != "" {
		text("needs", &p.Needs, needs, alike)
	}
	text("address", &p.Address, file.Address, alike)
	text("gp", &p.GP, file.GP, alike)
	text("nhs_number", &p.NHSNumber, file.NHSNumber, func(a, b string) bool { return digits(a) == digits(b) })
	date("joined", &p.Joined, file.Joined)
	date("left", &p.Left, file.Left)
	if file.Left == "" && kept.Left != "" && file.Joined > kept.Left {
		changes = append(changes, RollChange{"left", kept.Left.String(), ""})
		p.Left = ""
	}
	return p, changes
}

// alike reports whether two texts differ in nothing but case, spaces and
// commas: a file in capitals does not rewrite a name.
func alike(a, b string) bool {
	squeeze := func(s string) string { return strings.Join(strings.FieldsFunc(s, isGap), " ") }
	return strings.EqualFold(squeeze(a), squeeze(b))
}

func isGap(r rune) bool { return strings.ContainsRune(" ,\t\n\u00a0", r) }

func sexOf(s string) string {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "f", "female", "girl":
		return "f"
	case "m", "male", "boy":
		return "m"
	}
	return strings.ToLower(s)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// NoNeed stands in an imported line of needs for something the child does not
// have, or no longer.
const NoNeed = "none"

// mergeNeeds puts the labelled lines of a file, "SEN status: …", into what is
// written about a child's needs: each in place of the line of that label, else
// below. Everything else stays as it was written.
func mergeNeeds(kept, file string) string {
	lines := strings.Split(kept, "\n")
	if kept == "" {
		lines = nil
	}
	for said := range strings.Lines(file) {
		said = strings.TrimSuffix(said, "\n")
		label, value, _ := strings.Cut(said, ": ")
		at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, label+": ") })
		switch {
		case at >= 0:
			lines[at] = said
		case value != NoNeed && !strings.Contains(kept, value):
			lines = append(lines, said)
		}
	}
	return strings.Join(lines, "\n")
}
