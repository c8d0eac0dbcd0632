package records

import (
	"context"
	"errors"
	"fmt"
)

// This file carries removals out. What a version said is taken out of the vault
// with everything that was made of it: search, drafts, what was seen, bytes. Its
// place in the chain stays, with the hash of what stood there, and the act that
// removed it follows in the trail; so the chain goes on to prove everything
// else. Freed pages do not keep the text: see secure_delete in package vault. A
// backup made before holds it until that backup is gone.

// ActRemove is a record being removed; the entry names it, and holds the id of
// the request that asked for it.
const ActRemove Act = "remove"

// CarryOutRemovals removes what was asked for and is due, and returns how many
// requests it carried out. A request waits while a hold is open on the pupil's
// file, or on that of another child who had a part in what is to be removed. One
// for something that has left the building meanwhile is cancelled. It
// is called whenever somebody who writes unlocks, and now and then while they
// work; in between nothing is removed. Returns ErrNotAllowed to those who do not
// write.
func (s *Store) CarryOutRemovals(ctx context.Context) (int, error) {
	if err := s.may(write); err != nil {
		return 0, err
	}
	due, err := queryAll[Removal](ctx, s.db, newest+` WHERE r.kind = $1 AND r.open = 1 AND r.sort <= $2
		AND r.pupil NOT IN (SELECT pupil FROM record WHERE kind = $3 AND open = 1) ORDER BY r.sort, r.id`,
		KindRemoval, StampOf(s.Now()), KindHold)
	if err != nil {
		return 0, err
	}
	n := 0
	for i := range due {
		done := false
		err := s.update(ctx, func(tx *Tx) (err error) {
			tx.unasked = true
			done, err = tx.carryOut(&due[i])
			return err
		})
		if err != nil {
			return n, fmt.Errorf("carry out removal %s: %w", due[i].ID, err)
		}
		if done {
			n++
		}
	}
	if n == 0 {
		return 0, nil
	}
	// What was committed lies in the log too until it is written over.
	if _, err := s.db.ExecContext(ctx, `PRAGMA wal_checkpoint(truncate)`); err != nil {
		return n, fmt.Errorf("clear the log: %w", err)
	}
	return n, nil
}

// carryOut removes what one request asks for, and reports whether it did.
func (tx *Tx) carryOut(r *Removal) (bool, error) {
	list, err := tx.toRemove(r)
	var stays *Invalid
	switch {
	case errors.Is(err, ErrNotFound): // removed with something else already
		r.Done = tx.now
		return false, tx.Save(r, "It was gone already.")
	case errors.As(err, &stays):
		r.Cancelled = stays.Error()
		return false, tx.Save(r, r.Cancelled)
	case err != nil:
		return false, err
	}
	if held, err := tx.sharedIsHeld(list); err != nil || held {
		return false, err
	}
	if r.Of != KindPupil { // a pupil who is gone is not imported into
		if r.Marks, err = tx.marksOf(list); err != nil {
			return false, err
		}
	}
	words := map[string]bool{}
	for _, rec := range list {
		if err := tx.wordsIn(rec, words); err != nil {
			return false, err
		}
	}
	for _, rec := range list {
		if err := tx.erase(rec, r.ID); err != nil {
			return false, err
		}
	}
	if r.Of == KindPupil {
		tx.named[r.Pupil] = nil
		if err := tx.run(`DELETE FROM about WHERE pupil = $1`, r.Pupil); err != nil {
			return false, err
		}
	}
	if err := tx.run(`DELETE FROM seen WHERE pupil = $1`, r.Pupil); err != nil {
		return false, err
	}
	r.AskedBy, r.Done = r.Asker(), tx.now
	if err := tx.Save(r, "Carried out, as was asked."); err != nil {
		return false, err
	}
	if r.Of == KindPupil { // nobody is there to be found by it
		if err := tx.unfindOf(KindRemoval, r.Pupil); err != nil {
			return false, err
		}
	}
	return true, tx.forgetWords(words)
}

// erase takes out what every version of a record says, and what was made of it.
// The trail says so first: the vault lets nothing go that it does not name.
func (tx *Tx) erase(rec row, request ID) error {
	id := rec.meta.ID
	err := tx.audit(event{act: ActRemove, kind: rec.kind, record: id, version: rec.meta.Version, content: string(request)})
	if err != nil {
		return err
	}
	if err := tx.unfind(id); err != nil {
		return err
	}
	for _, q := range []string{
		`UPDATE version SET body = '', why = '' WHERE id = $1`,
		`UPDATE record SET sort = '', open = 0 WHERE id = $1`,
		`DELETE FROM about WHERE record = $1`,
		`DELETE FROM pupil_name WHERE pupil = $1`,
		`DELETE FROM draft WHERE instr(form, $1) > 0 OR instr(body, $1) > 0`,
	} {
		if err := tx.run(q, id); err != nil {
			return err
		}
	}
	if rec.kind == KindDocument {
		return tx.eraseDocument(id)
	}
	return nil
}

func (tx *Tx) run(q string, args ...any) error {
	if _, err := tx.tx.ExecContext(tx.ctx, q, args...); err != nil {
		return fmt.Errorf("erase: %w", err)
	}
	return nil
}

// unfind takes a record out of the search.
func (tx *Tx) unfind(id ID) error {
	if err := tx.run(`DELETE FROM full_text WHERE rowid = (SELECT place FROM found WHERE record = $1)`, id); err != nil {
		return err
	}
	return tx.run(`DELETE FROM found WHERE record = $1`, id)
}

// unfindOf takes all records of a kind in a file out of the search.
func (tx *Tx) unfindOf(kind Kind, pupil ID) error {
	var ids []ID
	err := eachRow(tx.ctx, tx.tx, func(r row) error { ids = append(ids, r.meta.ID); return nil },
		newest+` WHERE r.kind = $1 AND r.pupil = $2`, kind, pupil)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := tx.unfind(id); err != nil {
			return err
		}
	}
	return nil
}

// wordsIn adds the words that any version of a record holds, folded as the
// search knows them.
func (tx *Tx) wordsIn(rec row, words map[string]bool) error {
	return eachRow(tx.ctx, tx.tx, func(r row) error {
		var body any
		if err := decode(r, &body); err != nil {
			return fmt.Errorf("read %s %s: %w", r.kind, r.meta.ID, ErrBroken)
		}
		eachText(body, func(text string) {
			for _, w := range wordsOf(text) {
				words[w.folded] = true
			}
		})
		return nil
	}, columns+` FROM record r JOIN version v ON v.id = r.id WHERE r.id = $1 AND v.body <> ''`, rec.meta.ID)
}

// eachText hands over every text in a decoded body.
func eachText(body any, do func(string)) {
	switch b := body.(type) {
	case string:
		do(b)
	case []any:
		for _, v := range b {
			eachText(v, do)
		}
	case map[string]any:
		for _, v := range b {
			eachText(v, do)
		}
	}
}

// forgetWords takes words out of the search that stand in no record any more, and
// makes its index anew where entries that were taken out still lie in it.
func (tx *Tx) forgetWords(words map[string]bool) error {
	for w := range words {
		var found bool
		err := tx.tx.QueryRowContext(tx.ctx, `SELECT EXISTS (SELECT 1 FROM full_text WHERE full_text MATCH $1)`, `"`+w+`"`).Scan(&found)
		if err != nil {
			return fmt.Errorf("erase: %w", err)
		}
		if !found {
			if err := tx.run(`DELETE FROM word WHERE text = $1`, w); err != nil {
				return err
			}
		}
	}
	return tx.run(`INSERT INTO full_text (full_text) VALUES ('optimize')`)
}
