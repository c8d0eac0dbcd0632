package records

// beforeBirth is how many days before a birth a plan for the child can begin: a
// conference is held for a child who is not born yet.
const beforeBirth = 280

// checkBand applies the rules of a status that need the pupil and the other
// statuses.
func (tx *Tx) checkBand(b *StatusBand) error {
	p, err := get[Pupil](tx, b.Pupil)
	if err != nil {
		return err
	}
	var v Invalid
	if p.Born != "" && b.From != "" && b.From < p.Born.AddDays(-beforeBirth) {
		v.add("from", "This is long before the child was born. Check the date, or the birth date.")
	}
	all, err := queryAll[StatusBand](tx.ctx, tx.tx, newest+` WHERE r.kind = $1 AND r.pupil = $2 ORDER BY r.sort, r.id`, KindStatus, b.Pupil)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.ID != b.ID && o.Status == b.Status && b.overlaps(&o) {
			v.add("status", "This status stands here already, from "+o.From.String()+untilIn(o.To)+". Correct or end that one.")
			break
		}
	}
	return v.err()
}

// overlaps reports whether two bands share more than a day on which one ends and
// the other begins.
func (b *StatusBand) overlaps(o *StatusBand) bool {
	return (o.To == "" || b.From < o.To) && (b.To == "" || o.From < b.To)
}

func untilIn(to Date) string {
	if to == "" {
		return " on"
	}
	return " to " + to.String()
}
