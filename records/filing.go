package records

import (
	"context"
	"fmt"
	"slices"
)

// What a record is found by, its kind, its pupil, its order, when it was first
// saved, stands in tables beside the chain, where whoever holds a key and other
// tools could change it. All of it follows from the versions, which the chain
// does hold; this file compares the two.

// trail is what the audit trail tells of records.
type trail struct {
	kinds   map[ID]Kind
	removed map[ID]bool
}

// fits takes in an entry, and reports whether it names a record of the kind that
// it always was.
func (t *trail) fits(a AuditEntry) bool {
	switch a.Act {
	case ActRemove:
		t.removed[a.Record] = true
	case ActSave:
		if t.kinds[a.Record] == "" {
			t.kinds[a.Record] = a.Kind
		}
		return t.kinds[a.Record] == a.Kind
	}
	return true
}

// filed is what the store files one record under, and what that must follow
// from.
type filed struct {
	row
	under index
	first Stamp // when version 1 was saved
}

// filingEdition is raised whenever what an index says of a body changes: then a
// vault's records are filed anew when it is opened, and one that was not opened
// since, such as an old backup, is not held to it.
const filingEdition = 1

const filedRows = `SELECT r.kind, r.pupil, r.owner, r.sort, r.open, r.id, r.version, r.created_at, f.recorded_at, v.body
	FROM record r JOIN version v ON v.id = r.id AND v.version = r.version JOIN version f ON f.id = r.id AND f.version = 1`

// eachFiled hands over every record with what it is filed under.
func eachFiled(ctx context.Context, db querier, do func(*filed) error) error {
	rows, err := db.QueryContext(ctx, filedRows)
	if err != nil {
		return fmt.Errorf("compare records: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r filed
		m := &r.meta
		if err := rows.Scan(&r.kind, &r.under.pupil, &r.under.owner, &r.under.sort, &r.under.open, &m.ID, &m.Version, &m.CreatedAt, &r.first, &r.body); err != nil {
			return fmt.Errorf("compare records: %w", err)
		}
		if err := do(&r); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("compare records: %w", err)
	}
	return nil
}

// filedNow reports whether the records are filed by the rules of this program.
func (s *Store) filedNow(ctx context.Context) (bool, error) {
	var there bool
	err := s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'filing_made')`).Scan(&there)
	if err != nil || !there {
		return false, err
	}
	var edition int
	err = s.db.QueryRowContext(ctx, `SELECT coalesce(max(edition), 0) FROM filing_made`).Scan(&edition)
	return edition == filingEdition, err
}

// refile files the records of a vault that another edition filed as their newest
// versions say. What cannot be read is left for Verify to name.
func (s *Store) refile(ctx context.Context) error {
	if now, err := s.filedNow(ctx); err != nil || now {
		return err
	}
	return s.update(ctx, func(tx *Tx) error {
		wrong := map[ID]index{}
		err := eachFiled(ctx, tx.tx, func(r *filed) error {
			if len(r.body) == 0 {
				return nil
			}
			if rec, err := r.any(); err == nil && rec.index() != r.under {
				wrong[r.meta.ID] = rec.index()
			}
			return nil
		})
		if err != nil {
			return err
		}
		for id, ix := range wrong {
			_, err := tx.tx.ExecContext(ctx, `UPDATE record SET pupil = $1, owner = $2, sort = $3, open = $4 WHERE id = $5`,
				ix.pupil, ix.owner, ix.sort, btoi(ix.open), id)
			if err != nil {
				return fmt.Errorf("file the records anew: %w", err)
			}
		}
		if _, err := tx.tx.ExecContext(ctx, `DELETE FROM filing_made`); err != nil {
			return fmt.Errorf("file the records anew: %w", err)
		}
		if _, err := tx.tx.ExecContext(ctx, `INSERT INTO filing_made (edition) VALUES ($1)`, filingEdition); err != nil {
			return fmt.Errorf("file the records anew: %w", err)
		}
		return nil
	})
}

// checkFiling returns ErrBroken with the id of the first record that stands under
// something else than its newest version says, and the field.
func (s *Store) checkFiling(ctx context.Context, told trail) error {
	c := filing{trail: told}
	var err error
	if c.about, err = s.pairs(ctx, `SELECT record, pupil FROM about ORDER BY record, pupil`); err != nil {
		return err
	}
	if c.found, err = s.foundNow(ctx); err != nil {
		return err
	}
	if c.current, err = s.filedNow(ctx); err != nil {
		return err
	}
	err = eachFiled(ctx, s.db, func(r *filed) error {
		field, err := c.differs(r)
		if err == nil && field != "" {
			err = fmt.Errorf("%s %s: its %s is not what was saved: %w", told.kinds[r.meta.ID], r.meta.ID, field, ErrBroken)
		}
		delete(c.about, r.meta.ID)
		return err
	})
	if err != nil {
		return err
	}
	for id := range c.about {
		return fmt.Errorf("%s %s: its also is not what was saved: %w", told.kinds[id], id, ErrBroken)
	}
	return nil
}

// pairs returns the second column of a query by the first.
func (s *Store) pairs(ctx context.Context, q string) (map[ID][]ID, error) {
	rows, err := s.db.QueryContext(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("compare records: %w", err)
	}
	defer rows.Close()
	all := map[ID][]ID{}
	for rows.Next() {
		var a, b ID
		if err := rows.Scan(&a, &b); err != nil {
			return nil, fmt.Errorf("compare records: %w", err)
		}
		all[a] = append(all[a], b)
	}
	return all, rows.Err()
}

// foundNow returns the records that the search finds, or nil where its index is
// that of another edition and made anew when the vault is next opened: the
// index of a backup may be.
func (s *Store) foundNow(ctx context.Context) (map[ID][]ID, error) {
	var there bool
	err := s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'search_made')`).Scan(&there)
	if err != nil || !there {
		return nil, err
	}
	var edition int
	err = s.db.QueryRowContext(ctx, `SELECT coalesce(max(edition), 0) FROM search_made`).Scan(&edition)
	if err != nil || edition != searchEdition {
		return nil, err
	}
	return s.pairs(ctx, `SELECT f.record, '' FROM found f JOIN full_text_docsize d ON d.id = f.place`)
}

// filing compares records with what they are filed under.
type filing struct {
	trail
	about   map[ID][]ID // the other pupils in each event, in order
	found   map[ID][]ID // by the search; nil where that cannot be said
	current bool        // the records are filed by the rules of this program
}

// differs returns the name of the first thing about a record that does not follow
// from what was saved, or "".
func (c *filing) differs(r *filed) (string, error) {
	id := r.meta.ID
	about := c.kept(c.about[id])
	switch {
	case r.kind != c.kinds[id]:
		return "kind", nil
	case r.meta.CreatedAt != r.first:
		return "created_at", nil
	case len(r.body) == 0: // it was removed; whose it was stays for the trail to be read by
		return differing(r.under, index{}, about, nil), nil
	}
	rec, err := r.any()
	if err != nil {
		return "", err
	}
	is := rec.index()
	if !c.current {
		r.under = is
	}
	if r.under.pupil != is.pupil {
		return "pupil", nil
	}
	if r.under.owner != is.owner {
		return "owner", nil
	}
	field := differing(r.under, is, about, c.kept(others(rec)))
	if field == "" && c.found != nil && c.searched(rec) && c.found[id] == nil {
		field = "place in the search"
	}
	return field, nil
}

// differing names the first of order, state and other pupils that differ, or "".
func differing(stands, is index, about, also []ID) string {
	switch {
	case stands.sort != is.sort:
		return "order"
	case stands.open != is.open:
		return "open"
	case !slices.Equal(about, also):
		return "also"
	}
	return ""
}

// others returns the other pupils in an event, in order and each once.
func others(rec Record) []ID {
	concern, ok := rec.(*Concern)
	if !ok {
		return nil
	}
	var ids []ID
	for _, o := range concern.Also {
		ids = append(ids, o.Pupil)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// kept leaves out the pupils whose files were removed: an event still names them
// until it is next corrected.
func (c *filing) kept(pupils []ID) []ID {
	return slices.DeleteFunc(pupils, func(id ID) bool { return c.removed[id] })
}

// searched reports whether the search ought to find a record.
func (c *filing) searched(rec Record) bool {
	pupil := rec.index().pupil
	return pupil != "" && !c.removed[pupil] && texts(rec) != nil
}
