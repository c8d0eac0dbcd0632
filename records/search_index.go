package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// searchEdition is raised whenever Fold, wordsOf or texts change what the index
// would hold: then a vault's index is made anew when it is opened.
const searchEdition = 2

// Marks in what the index holds. None of them can be typed as part of a word:
// whose file an entry is in, who else it is about, and the end of a field, which
// no phrase crosses.
const (
	inFileOf = "§"
	alsoMark = "¤"
	fieldEnd = "¶"
)

// found indexes the newest version of a record, in place of the version before.
func (tx *Tx) found(rec Record) error {
	switch r := rec.(type) {
	case *Person:
		return tx.foundTies(r)
	case *Pupil:
		if err := tx.foundName(r); err != nil {
			return err
		}
	}
	said, err := tx.said(rec)
	if err != nil || said == nil {
		return err
	}
	return tx.place(rec, said)
}

// said returns the texts of a record that can be found, or nil when it is of a
// kind that is not searched. A tie is found by its person too.
func (tx *Tx) said(rec Record) ([]string, error) {
	t, ok := rec.(*Tie)
	if !ok {
		if k := rec.Kind(); rec.index().pupil == "" && k != KindSupervision && k != KindReflection {
			return nil, nil
		}
		return texts(rec), nil
	}
	p, err := get[Person](tx, t.Person)
	if err != nil {
		return nil, err
	}
	return append(texts(&p), texts(t)...), nil
}

// place puts what a record says in the index, at the place of its day.
func (tx *Tx) place(rec Record, said []string) error {
	at, err := tx.makeRoom(rec)
	if err != nil {
		return err
	}
	var b strings.Builder
	distinct := map[string]bool{}
	for _, text := range said {
		for _, w := range wordsOf(text) {
			b.WriteString(w.folded)
			b.WriteByte(' ')
			distinct[w.folded] = true
		}
		b.WriteString(fieldEnd + " ")
	}
	if pupil := rec.index().pupil; pupil != "" {
		b.WriteString(inFileOf + token(pupil))
	}
	if c, ok := rec.(*Concern); ok {
		for _, o := range c.Also {
			b.WriteString(" " + alsoMark + token(o.Pupil))
		}
	}
	if err := tx.learn(distinct); err != nil {
		return err
	}
	_, err = tx.tx.ExecContext(tx.ctx, `INSERT INTO full_text (rowid, said) VALUES ($1, $2)`, at, b.String())
	return err
}

// token returns an id as one word of the index.
func token(id ID) string { return strings.ReplaceAll(string(id), "-", "") }

// learn adds words to those that are known.
func (tx *Tx) learn(words map[string]bool) error {
	var list []string
	for w := range words {
		list = append(list, w)
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	_, err = tx.tx.ExecContext(tx.ctx, `INSERT OR IGNORE INTO word SELECT value FROM json_each($1)`, string(text))
	return err
}

// perDay is how many places a day has; whatever more happened on a day goes
// with the day before.
const perDay = 1 << 14

// makeRoom takes the version before out of the index and returns the place of
// the new one: the same where its day is the same. Places grow with the day;
// what is undated comes before every day.
func (tx *Tx) makeRoom(rec Record) (int64, error) {
	id, first := rec.meta().ID, int64(-1)
	if day := happened(rec).Date; day != "" {
		first = dayNumber(day) * perDay
	}
	var old int64
	err := tx.tx.QueryRowContext(tx.ctx, `SELECT place FROM found WHERE record = $1`, id).Scan(&old)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return 0, err
	default:
		if _, err := tx.tx.ExecContext(tx.ctx, `DELETE FROM full_text WHERE rowid = $1`, old); err != nil {
			return 0, err
		}
		if first < 0 && old < 0 || first >= 0 && old >= first && old < first+perDay {
			return old, nil
		}
	}
	at, err := tx.free(first)
	if err != nil {
		return 0, err
	}
	_, err = tx.tx.ExecContext(tx.ctx, `INSERT INTO found (place, record) VALUES ($1, $2)
		ON CONFLICT (record) DO UPDATE SET place = excluded.place`, at, id)
	return at, err
}

// free returns a free place of the day that begins at first, or of none when
// first is negative.
func (tx *Tx) free(first int64) (int64, error) {
	var at int64
	if first < 0 {
		err := tx.tx.QueryRowContext(tx.ctx, `SELECT min(coalesce(min(place), 0), 0) - 1 FROM found`).Scan(&at)
		return at, err
	}
	for ; first > 0; first -= perDay {
		err := tx.tx.QueryRowContext(tx.ctx, `SELECT coalesce(max(place), $1 - 1) + 1 FROM found
			WHERE place >= $1 AND place < $2`, first, first+perDay).Scan(&at)
		if err != nil || at < first+perDay {
			return at, err
		}
	}
	return tx.free(-1)
}

// dayNumber returns the days from 1 January of year 1 to d.
func dayNumber(d Date) int64 {
	t, err := time.Parse(dateLayout, string(d))
	if err != nil {
		return 1
	}
	const yearOneToUnix = 719162
	return max(1, t.Unix()/(24*60*60)+yearOneToUnix)
}

// foundName keeps the words of a pupil's name.
func (tx *Tx) foundName(p *Pupil) error {
	if _, err := tx.tx.ExecContext(tx.ctx, `DELETE FROM pupil_name WHERE pupil = $1`, p.ID); err != nil {
		return err
	}
	for _, w := range wordsOf(p.Forename + " " + p.KnownAs + " " + p.Surname) {
		if _, err := tx.tx.ExecContext(tx.ctx, `INSERT OR IGNORE INTO pupil_name (word, pupil) VALUES ($1, $2)`,
			w.folded, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// foundTies indexes a person's ties anew once their name or note changed. A
// person is found through them, since a hit opens a pupil's file.
func (tx *Tx) foundTies(p *Person) error {
	if p.Version == 1 {
		return nil // nothing hangs on it yet
	}
	ties, err := queryAll[Tie](tx.ctx, tx.tx, newest+` WHERE r.kind = $1 AND r.owner = $2`, KindTie, p.ID)
	if err != nil {
		return err
	}
	for i := range ties {
		if err := tx.place(&ties[i], append(texts(p), texts(&ties[i])...)); err != nil {
			return err
		}
	}
	return nil
}

// indexed makes the index of a vault that has none, or one of another edition,
// from the newest versions of its records.
func (s *Store) indexed(ctx context.Context) error {
	var edition int
	err := s.db.QueryRowContext(ctx, `SELECT coalesce(max(edition), 0) FROM search_made`).Scan(&edition)
	if err != nil || edition == searchEdition {
		return err
	}
	return s.update(ctx, func(tx *Tx) error {
		for _, q := range []string{
			`INSERT INTO full_text (full_text) VALUES ('delete-all')`,
			`DELETE FROM found`, `DELETE FROM word`, `DELETE FROM pupil_name`, `DELETE FROM search_made`,
		} {
			if _, err := tx.tx.ExecContext(ctx, q); err != nil {
				return fmt.Errorf("make the index: %w", err)
			}
		}
		if err := tx.indexAll(); err != nil {
			return fmt.Errorf("make the index: %w", err)
		}
		_, err := tx.tx.ExecContext(ctx, `INSERT INTO search_made (edition) VALUES ($1)`, searchEdition)
		return err
	})
}

func (tx *Tx) indexAll() error {
	var ids []ID
	rows, err := tx.tx.QueryContext(tx.ctx, `SELECT id FROM record WHERE pupil <> '' OR kind IN ($1, $2, $3) ORDER BY sort, id`,
		KindPupil, KindSupervision, KindReflection)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id ID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, id := range ids {
		var rec Record
		err := eachRow(tx.ctx, tx.tx, func(r row) (err error) {
			rec, err = r.record()
			return err
		}, newest+` WHERE r.id = $1`, id)
		if err == nil && rec != nil {
			err = tx.found(rec)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// record returns what a row holds, or nil when its kind is not searched.
func (r row) record() (Record, error) {
	var rec Record
	switch r.kind {
	case KindPupil:
		rec = new(Pupil)
	case KindStatus:
		rec = new(StatusBand)
	case KindTie:
		rec = new(Tie)
	case KindConcern:
		rec = new(Concern)
	case KindAction:
		rec = new(Action)
	case KindMonitoring:
		rec = new(Monitoring)
	case KindSupport:
		rec = new(Support)
	case KindReferral:
		rec = new(Referral)
	case KindReply:
		rec = new(Reply)
	case KindChallenge:
		rec = new(Challenge)
	case KindRung:
		rec = new(Rung)
	case KindDisclosure:
		rec = new(Disclosure)
	case KindDocument:
		rec = new(Document)
	case KindMeeting:
		rec = new(Meeting)
	case KindImpact:
		rec = new(Impact)
	case KindPractice:
		rec = new(GoodPractice)
	case KindChildNote:
		rec = new(ChildNote)
	case KindSupervision:
		rec = new(Supervision)
	case KindReflection:
		rec = new(Reflection)
	case KindDismissal:
		rec = new(Dismissal)
	case KindHold:
		rec = new(Hold)
	case KindRemoval:
		rec = new(Removal)
	default:
		return nil, nil
	}
	return rec, r.into(rec)
}
