package records

import (
	"context"
	"fmt"
	"strings"
)

// Edition names what a pupil's file holds: it is another whenever anything in
// the file has changed, and lasts for one reading of the store.
type Edition string

// Editions returns the edition of every pupil's file, without opening any. A
// change of the calendar or of a member makes every one another.
func (s *Store) Editions(ctx context.Context) (map[ID]Edition, error) {
	if err := s.may(read); err != nil {
		return nil, err
	}
	parts := map[ID]*strings.Builder{}
	all := ""
	rows, err := s.db.QueryContext(ctx, editions, KindCalendar, KindMember, KindTie, KindConcern)
	if err != nil {
		return nil, fmt.Errorf("compare the files: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var part, pupil, last string
		var n, versions int
		if err := rows.Scan(&part, &pupil, &n, &versions, &last); err != nil {
			return nil, fmt.Errorf("compare the files: %w", err)
		}
		sum := fmt.Sprintf("%s %d %d %s;", part, n, versions, last)
		if pupil == "" {
			all += sum
			continue
		}
		if parts[ID(pupil)] == nil {
			parts[ID(pupil)] = &strings.Builder{}
		}
		parts[ID(pupil)].WriteString(sum)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("compare the files: %w", err)
	}
	of := map[ID]Edition{}
	for id, b := range parts {
		of[id] = Edition(all + b.String())
	}
	return of, nil
}

// editions counts, for each pupil, the records and versions of the file, those
// of others that tell of the pupil, the people and siblings tied to them, and
// the siblings' concerns; for nobody, what every file shares. A count alone would not see that one
// record went and another came; the newest record's time does.
const editions = `
	WITH told AS (SELECT pupil, count(*) AS n, sum(version) AS v, max(created_at) AS at FROM record WHERE kind = $4 GROUP BY pupil)
	SELECT 'own' AS part, r.pupil AS who, count(*), sum(r.version), max(r.created_at) FROM record r
		WHERE r.pupil <> '' GROUP BY r.pupil
	UNION ALL SELECT 'told', a.pupil, count(*), sum(r.version), max(r.created_at) FROM about a
		JOIN record r ON r.id = a.record GROUP BY a.pupil
	UNION ALL SELECT 'people', t.pupil, count(*), sum(p.version), max(p.created_at) FROM record t
		JOIN record p ON p.id = t.owner WHERE t.kind = $3 GROUP BY t.pupil
	UNION ALL SELECT 'ties', t.pupil, count(*), sum(o.version + q.version), max(o.created_at) FROM record t
		JOIN record o ON o.owner = t.owner AND o.kind = $3 JOIN record q ON q.id = o.pupil
		WHERE t.kind = $3 GROUP BY t.pupil
	UNION ALL SELECT 'kin', t.pupil, sum(told.n), sum(told.v), max(told.at) FROM record t
		JOIN record o ON o.owner = t.owner AND o.kind = $3 AND o.pupil <> t.pupil JOIN told ON told.pupil = o.pupil
		WHERE t.kind = $3 GROUP BY t.pupil
	UNION ALL SELECT kind, '', count(*), sum(version), max(created_at) FROM record WHERE kind IN ($1, $2) GROUP BY kind
	ORDER BY part, who`
