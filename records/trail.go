package records

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// AuditFilter says which entries of the audit trail to read; what is empty
// leaves nothing out.
type AuditFilter struct {
	From, To Date  // London days, both included
	Member   ID    // who did it
	Act      Act   // what was done
	Record   ID    // to which record
	Pupil    ID    // in whose file, entries included in which the pupil had another part
	Before   int64 // only entries with a smaller number
	Limit    int   // how many at most; 0 is 100
}

// Failure returns why a backup failed: one of the errors that Backup returns, nil
// where it is not known or the entry is of anything else.
func (a AuditEntry) Failure() error {
	if a.Act != ActBackupFailed {
		return nil
	}
	return known(a.Content)
}

// Audit returns entries of the audit trail, the newest first; to go on, ask
// again with Before at the number of the last one. Only a DSL may. Reading the
// trail leaves none.
func (s *Store) Audit(ctx context.Context, f AuditFilter) ([]AuditEntry, error) {
	if err := s.may(manage); err != nil {
		return nil, err
	}
	where, args := f.where()
	rows, err := s.db.QueryContext(ctx, `SELECT a.seq, a.at, a.member, a.act, a.kind, a.record, a.version, a.content, a.hash,
		coalesce(r.pupil, '') FROM audit a LEFT JOIN record r ON r.id = a.record`+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read the audit trail: %w", err)
	}
	defer rows.Close()
	var list []AuditEntry
	for rows.Next() {
		var a AuditEntry
		err := rows.Scan(&a.Seq, &a.At, &a.Member, &a.Act, &a.Kind, &a.Record, &a.Version, &a.Content, &a.Hash, &a.Pupil)
		if err != nil {
			return nil, fmt.Errorf("read the audit trail: %w", err)
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

func (f AuditFilter) where() (string, []any) {
	var conditions []string
	var args []any
	add := func(condition string, value any) {
		args = append(args, value)
		conditions = append(conditions, condition+" $"+strconv.Itoa(len(args)))
	}
	if f.From != "" {
		add("a.at >=", StampOf(f.From.Time()))
	}
	if f.To != "" {
		add("a.at <", StampOf(f.To.AddDays(1).Time()))
	}
	if f.Member != "" {
		add("a.member =", f.Member)
	}
	if f.Act != "" {
		add("a.act =", f.Act)
	}
	if f.Record != "" {
		add("a.record =", f.Record)
	}
	if f.Pupil != "" {
		args = append(args, f.Pupil)
		n := "$" + strconv.Itoa(len(args))
		conditions = append(conditions, "(r.pupil = "+n+" OR a.record IN (SELECT record FROM about WHERE pupil = "+n+"))")
	}
	if f.Before > 0 {
		add("a.seq <", f.Before)
	}
	where := ""
	if len(conditions) > 0 {
		where = " WHERE " + strings.Join(conditions, " AND ")
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 100
	}
	args = append(args, limit)
	return where + " ORDER BY a.seq DESC LIMIT $" + strconv.Itoa(len(args)), args
}

// WriteAudit writes the entries that f asks for to out as CSV in UTF-8, the
// newest first and as many as there are: times in UTC, members by name, pupils
// and records by id alone. Only a DSL may; Export is how it gets into a file.
func (s *Store) WriteAudit(ctx context.Context, out io.Writer, f AuditFilter) error {
	if err := s.may(manage); err != nil {
		return err
	}
	members, err := s.Members.All(ctx)
	if err != nil {
		return err
	}
	names := map[ID]string{}
	for _, m := range members {
		names[m.ID] = m.Name
	}
	if _, err := io.WriteString(out, "\ufeff"); err != nil { // or Excel takes it for Windows-1252
		return err
	}
	w := csv.NewWriter(out)
	w.Write([]string{"number", "at", "member", "act", "kind", "pupil", "record", "version", "content", "hash"})
	for f.Limit = 1000; ; {
		list, err := s.Audit(ctx, f)
		if err != nil {
			return err
		}
		for _, a := range list {
			w.Write([]string{strconv.FormatInt(a.Seq, 10), string(a.At), cell(names[a.Member]), string(a.Act), string(a.Kind),
				string(a.Pupil), string(a.Record), strconv.Itoa(a.Version), a.Content, a.Hash})
			f.Before = a.Seq
		}
		if len(list) < f.Limit {
			break
		}
	}
	w.Flush()
	return w.Error()
}

// cell returns text that a spreadsheet does not take for a formula.
func cell(text string) string {
	if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r") {
		return "'" + text
	}
	return text
}
