package records

import (
	"context"
	"slices"
)

// upnTaken is said beside the UPN of a pupil who is another's double.
const upnTaken = "This UPN is another pupil's. Look for that pupil on the Pupils page, among those who have left too, or copy the UPN again."

// checkUPN adds a problem when another pupil has the UPN. What was kept before
// this rule can still be corrected: a UPN that stays is not looked at.
func (tx *Tx) checkUPN(p *Pupil, v *Invalid) error {
	if p.UPN == "" || CheckUPN(p.UPN) != nil {
		return nil
	}
	// The search index finds a UPN at once, also among thousands of pupils.
	all, err := queryAll[Pupil](tx.ctx, tx.tx, newest+` JOIN found f ON f.record = r.id
		JOIN full_text t ON t.rowid = f.place WHERE r.kind = $1 AND t.said MATCH $2`, KindPupil, `"`+Fold(p.UPN)+`"`)
	if err != nil {
		return err
	}
	taken := false
	for _, o := range all {
		switch {
		case o.UPN != p.UPN:
		case o.ID == p.ID:
			return nil
		default:
			taken = true
		}
	}
	if taken {
		v.add("upn", upnTaken)
	}
	return nil
}

// Namesake returns the pupil who has the name and the birth date of another who
// is to be kept, and whether there is one: two children may share both, so it is
// for the writer to say. Those who have left are among them.
func (s *Store) Namesake(ctx context.Context, of *Pupil) (Pupil, bool, error) {
	all, err := s.Pupils.All(ctx)
	if err != nil {
		return Pupil{}, false, err
	}
	names := namesOf(of)
	for _, p := range all {
		alike := slices.ContainsFunc(namesOf(&p), func(n string) bool { return slices.Contains(names, n) })
		if alike && of.Born != "" && p.Born == of.Born && p.ID != of.ID {
			return p, true, nil
		}
	}
	return Pupil{}, false, nil
}
