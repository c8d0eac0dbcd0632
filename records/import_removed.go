package records

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// This file tells an entry that was removed on request when a file brings it in
// again. What was removed is gone; of its keys a hash stays with the request.

// removedConcerns returns the marks of the concerns that were removed on
// request.
func (tx *Tx) removedConcerns() (map[string]bool, error) {
	all, err := queryAll[Removal](tx.ctx, tx.tx, newest+` WHERE r.kind = $1 ORDER BY r.id`, KindRemoval)
	if err != nil {
		return nil, err
	}
	marks := map[string]bool{}
	for _, r := range all {
		for mark := range strings.FieldsSeq(r.Marks) {
			marks[mark] = true
		}
	}
	return marks, nil
}

// markOf returns what stays of a key once its concern is removed: it tells that
// concern again, and nothing of what it said. The key holds the pupil's id, which
// is random, so that nobody finds the words by trying.
func markOf(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// marksOf returns the marks of every version of the concerns among rows, with
// spaces between them: a file may hold any of them.
func (tx *Tx) marksOf(rows []row) (string, error) {
	var marks []string
	for _, rec := range rows {
		if rec.kind != KindConcern {
			continue
		}
		err := eachRow(tx.ctx, tx.tx, func(r row) error {
			var c Concern
			if err := r.into(&c); err != nil {
				return err
			}
			for _, key := range concernKeys(&c) {
				if mark := markOf(key); !slices.Contains(marks, mark) {
					marks = append(marks, mark)
				}
			}
			return nil
		}, columns+` FROM record r JOIN version v ON v.id = r.id WHERE r.id = $1 AND v.body <> '' ORDER BY v.version`, rec.meta.ID)
		if err != nil {
			return "", err
		}
	}
	return strings.Join(marks, " "), nil
}
