package records

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ConcernRow is one row of an existing chronology; package review reads one.
type ConcernRow struct {
	Row     int     // counts from 1 below the header
	UPN     string  // of the pupil, where the file says it
	Name    string  // of the pupil, where the file says it
	Concern Concern // without its pupil
	Why     string  // why the row is rejected: one sentence that quotes nothing; empty when it is not
}

// ConcernLine is one row of a ConcernPlan.
type ConcernLine struct {
	Row     int
	Verdict Verdict
	Concern Concern // as it would be kept; without an ID it is new
	Changes []RollChange
	Why     string // of a rejected row, or of one that is left as it is
}

// ConcernPlan is what an import of a chronology would do.
type ConcernPlan struct {
	From  string // what kind of file: "a CSV file"
	Lines []ConcernLine

	seen concernState
}

// Count returns how many rows have a verdict.
func (p *ConcernPlan) Count(v Verdict) int {
	n := 0
	for _, l := range p.Lines {
		if l.Verdict == v {
			n++
		}
	}
	return n
}

// Kept returns the entries that keeping the plan adds or changes.
func (p *ConcernPlan) Kept() []Concern {
	var kept []Concern
	for _, l := range p.Lines {
		if l.Verdict == RollNew || l.Verdict == RollChanged {
			kept = append(kept, l.Concern)
		}
	}
	return kept
}

// Why a row of a chronology is rejected, or left as it is. None of them quotes
// what stands in it.
const (
	whyNoPupil      = "This row does not say whose it is. Import it into one pupil's file, or add a column with the UPN."
	whyUnknownPupil = "No pupil with this UPN or name is kept. Add the pupil first, then import again."
	whyTwoNames     = "More than one pupil has this name. Add a column with the UPN."
	whyOtherPupil   = "This row is of another pupil than the one you chose."
	whyNoDate       = "This row has no date. Give the nearest one and write \"about\" before it."
	whyCorrected    = "This entry was corrected here since, so it stays as it is."
	whyLocked       = "This pupil's file is locked to named members. One of them can bring this in."
	whyRemoved      = "This entry was removed here on request, so it does not come back."
)

// PreviewConcerns says what keeping a chronology would do, and keeps nothing.
// from says what kind of file the rows are from. With a pupil every row is
// theirs; without one each row says whose it is, by UPN or name.
//
// A row that was imported before is known by its reference, else by its day,
// its time and its words, so that a second import of a file makes nothing
// double; where its words were corrected in the file since, by most of them. What
// was corrected here since is left as it is, what was removed here
// on request is rejected, and so is what belongs in a file that is locked to
// others: comparing it would show what the file holds.
func (s *Store) PreviewConcerns(ctx context.Context, from string, pupil ID, rows []ConcernRow) (*ConcernPlan, error) {
	if err := s.may(write); err != nil {
		return nil, err
	}
	plan := &ConcernPlan{From: from}
	err := s.Update(ctx, func(tx *Tx) error {
		pupils, err := queryAll[Pupil](ctx, tx.tx, newest+` WHERE r.kind = $1 ORDER BY r.sort, r.id`, KindPupil)
		if err != nil {
			return err
		}
		in := concernImport{
			from: from, pupil: pupil, pupils: newMatcher(pupils, nil, tx.now), closed: s.closed,
			references: map[string]int{}, met: map[string][]rowMet{}, taken: map[ID]bool{}, settled: map[*ConcernLine]bool{},
		}
		for _, r := range rows {
			in.references[r.Concern.Reference]++
		}
		if in.kept, err = tx.knownConcerns(); err != nil {
			return err
		}
		if in.removed, err = tx.removedConcerns(); err != nil {
			return err
		}
		plan.Lines = make([]ConcernLine, len(rows))
		for i := range rows {
			plan.Lines[i] = in.line(&rows[i])
			if l := &plan.Lines[i]; l.Verdict != RollRejected {
				in.twice(l)
			}
		}
		in.match(plan.Lines)
		for i := range plan.Lines {
			if err := errors.Join(ctx.Err(), tx.checkConcern(&plan.Lines[i])); err != nil {
				return err
			}
		}
		plan.seen, err = tx.concernState()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look through the entries: %w", err)
	}
	return plan, nil
}

// concernKeys returns what a concern is known by in a second import: its
// reference, where it has one, and last the event.
func concernKeys(c *Concern) []string {
	keys := []string{strings.Join([]string{"event", string(c.Pupil), c.When.Sort(), squeezed(c.Account), squeezed(c.ChildsWords)}, "\x00")}
	if c.Reference != "" {
		keys = append([]string{strings.Join([]string{"reference", string(c.Pupil), c.Reference}, "\x00")}, keys...)
	}
	return keys
}

// squeezed returns text without accents, case and spaces, which programs change
// on the way.
func squeezed(s string) string { return strings.Join(strings.Fields(Fold(s)), "") }

// concernImport goes through the rows of a chronology.
type concernImport struct {
	from       string
	pupil      ID // whose file all of it is; empty where the rows say
	pupils     *matcher
	closed     func(ID) bool // whose file is locked to others
	kept       keptConcerns
	removed    map[string]bool     // marks
	references map[string]int      // how many rows have each
	met        map[string][]rowMet // rows, by their event
	taken      map[ID]bool         // entries that are some row's
	settled    map[*ConcernLine]bool
}

// line says whose a row is, or why it is rejected.
func (in *concernImport) line(r *ConcernRow) ConcernLine {
	l := ConcernLine{Row: r.Row, Verdict: RollNew, Concern: r.Concern, Why: r.Why}
	l.Concern.Imported = in.from
	if l.Why == "" {
		l.Concern.Pupil, l.Why = in.whose(r)
	}
	if l.Why == "" && in.closed(l.Concern.Pupil) {
		l.Why = whyLocked
	}
	if l.Why == "" && l.Concern.When.Date == "" {
		l.Why = whyNoDate
	}
	if l.Why != "" {
		l.Verdict = RollRejected
	}
	return l
}

func (l *ConcernLine) reject(why string) { l.Verdict, l.Changes, l.Why = RollRejected, nil, why }

// whose returns the pupil of a row, or why none can be told.
func (in *concernImport) whose(r *ConcernRow) (ID, string) {
	var found []int
	switch {
	case r.UPN != "":
		found = in.pupils.upn(&Pupil{UPN: r.UPN})
	case r.Name != "":
		found = in.pupils.called(r.Name)
	case in.pupil != "":
		return in.pupil, ""
	default:
		return "", whyNoPupil
	}
	switch {
	case in.pupil != "" && len(found) == 0 && r.UPN != "" && in.hasUPN():
		return "", whyOtherPupil
	case in.pupil != "" && len(found) > 0 && !slices.ContainsFunc(found, func(i int) bool { return in.pupils.kept[i].ID == in.pupil }):
		return "", whyOtherPupil
	case in.pupil != "":
		return in.pupil, ""
	case len(found) == 0:
		return "", whyUnknownPupil
	case len(found) > 1:
		return "", whyTwoNames
	}
	return in.pupils.kept[found[0]].ID, ""
}

// hasUPN reports whether the UPN of the pupil whose file it all is, is known.
func (in *concernImport) hasUPN() bool {
	return slices.ContainsFunc(in.pupils.kept, func(p Pupil) bool { return p.ID == in.pupil && p.UPN != "" })
}

// called returns who is kept under a name as people write it: "Zoë Nguyễn",
// "Nguyễn, Zoë".
func (m *matcher) called(name string) []int {
	if surname, forename, ok := strings.Cut(name, ","); ok {
		return m.byName[nameKey(forename, surname)]
	}
	words := strings.Fields(name)
	var found []int
	for i := 1; i < len(words); i++ {
		for _, at := range m.byName[nameKey(strings.Join(words[:i], " "), strings.Join(words[i:], " "))] {
			if !slices.Contains(found, at) {
				found = append(found, at)
			}
		}
	}
	return found
}

// update makes the line one about an entry that is kept.
func (l *ConcernLine) update(old *Concern) {
	fresh := *old
	fresh.take(&l.Concern)
	changes := concernChanges(old, &fresh)
	switch {
	case len(changes) == 0:
		l.Verdict = RollSame
	case old.Imported == "" || old.Version > 1 && !strings.HasPrefix(old.Why, importedWhy):
		l.Verdict, l.Why = RollSame, whyCorrected
	default:
		l.Verdict, l.Changes = RollChanged, changes
	}
	l.Concern = fresh
}

// take puts in what a file says; what it does not say stays.
func (c *Concern) take(said *Concern) {
	from := said.imported()
	for i, to := range c.imported() {
		if text := *from[i].text; text != "" && squeezed(*to.text) != squeezed(text) {
			*to.text = text
		}
	}
	if said.When.Date != "" {
		c.When = said.When
	}
	if said.Severity != 0 {
		c.Severity = said.Severity
	}
	if said.Category() != OtherConcern {
		c.Categories = said.Categories
	}
	if said.Source != FromRecords {
		c.Source = said.Source
	}
}

// importedText is a text of a concern that a file may hold.
type importedText struct {
	field string // its JSON name
	text  *string
}

func (c *Concern) imported() []importedText {
	return []importedText{
		{"account", &c.Account}, {"childs_words", &c.ChildsWords}, {"action", &c.Action}, {"decision", &c.Decision},
		{"outcome", &c.Outcome}, {"place", &c.Place}, {"seen_by", &c.SeenBy}, {"agency", &c.Agency}, {"reference", &c.Reference},
	}
}

// concernChanges returns what differs of what take puts in.
func concernChanges(old, fresh *Concern) []RollChange {
	var changes []RollChange
	add := func(field, was, is string) {
		if was != is {
			changes = append(changes, RollChange{field, was, is})
		}
	}
	if old.When != fresh.When {
		changes = append(changes, RollChange{"when", old.When.String(), fresh.When.String()})
	}
	add("severity", old.Severity.String(), fresh.Severity.String())
	if !slices.Equal(old.Categories, fresh.Categories) {
		add("categories", categoryNames(old.Categories), categoryNames(fresh.Categories))
	}
	add("source", old.Source.String(), fresh.Source.String())
	after := fresh.imported()
	for i, was := range old.imported() {
		add(was.field, *was.text, *after[i].text)
	}
	return changes
}

func categoryNames(all []Category) string {
	var names []string
	for _, c := range all {
		names = append(names, c.String())
	}
	return strings.Join(names, ", ")
}

// checkConcern rejects a line that would break a rule of the record, so that one
// such row does not stop the others.
func (tx *Tx) checkConcern(l *ConcernLine) error {
	if l.Verdict != RollNew && l.Verdict != RollChanged {
		return nil
	}
	err := oneInvalid(errors.Join(l.Concern.Check(tx.now), tx.checkOthers(&l.Concern)))
	var v *Invalid
	if errors.As(err, &v) {
		l.reject(v.Error())
		return nil
	}
	return err
}

const importedWhy = "Imported from "

// ApplyConcerns keeps a plan in one transaction, all of it or nothing. progress
// may be nil; it hears how many of the entries are kept. Returns ErrConflict
// when an entry or a pupil was added, changed or removed since the plan was made,
// also by keeping that plan, and the error of ctx when it ends before all is kept.
func (s *Store) ApplyConcerns(ctx context.Context, plan *ConcernPlan, progress func(done, total int)) error {
	if err := s.may(write); err != nil {
		return err
	}
	todo := plan.Kept()
	if len(todo) == 0 {
		return nil
	}
	return s.Update(ctx, func(tx *Tx) error {
		now, err := tx.concernState()
		if err != nil {
			return err
		}
		if now != plan.seen {
			return fmt.Errorf("import entries: %w", ErrConflict)
		}
		why := importedWhy + plan.From + ", " + tx.now.Date().String()
		for i := range todo {
			if err := errors.Join(ctx.Err(), tx.Save(&todo[i], why)); err != nil {
				return fmt.Errorf("import entries: %w", err)
			}
			if progress != nil {
				progress(i+1, len(todo))
			}
		}
		return nil
	})
}

// concernState tells one state of what a plan was made from, entries, pupils and
// removals, from another.
type concernState struct{ records, versions int }

func (tx *Tx) concernState() (s concernState, err error) {
	err = tx.tx.QueryRowContext(tx.ctx, `SELECT count(*), coalesce(sum(version), 0) FROM record WHERE kind IN ($1, $2, $3)`,
		KindConcern, KindPupil, KindRemoval).Scan(&s.records, &s.versions)
	return s, err
}
