package records

import (
	"cmp"
	"slices"
)

// Transfer is how a pupil's child protection file went to the next school.
type Transfer struct {
	NextSchool string      `json:"next_school,omitempty"`
	Sent       Date        `json:"sent,omitempty"`
	How        TransferHow `json:"how,omitempty"`
	To         string      `json:"to,omitempty"`         // who takes it: the next school's DSL
	Receipt    Date        `json:"receipt,omitempty"`    // when they confirmed that they have it
	NotNeeded  string      `json:"not_needed,omitempty"` // why none is to be sent
}

// TransferHow is a secure way for a file to go.
type TransferHow string

// TransferHows returns the ways in which a file is sent, in the order in which
// they are offered. Ordinary post and e-mail are none.
func TransferHows() []TransferHow {
	return []TransferHow{"By hand, signed for", "Encrypted, by secure e-mail", "From system to system", "Tracked post, signed for"}
}

// String returns the way as people say it.
func (h TransferHow) String() string { return string(h) }

// Done reports whether nothing is left to do: the file was sent and confirmed,
// or none is to be sent.
func (t Transfer) Done() bool { return t.NotNeeded != "" || t.Sent != "" && t.Receipt != "" }

// OldFile is what is known of the file that a pupil's last school or nursery
// kept.
type OldFile struct {
	From     string `json:"from,omitempty"` // which school
	Asked    Date   `json:"asked,omitempty"`
	Received Date   `json:"received,omitempty"`
	None     string `json:"none,omitempty"` // there is none, and who said so
}

// Answered reports whether the file came, or it is known that there is none.
func (o OldFile) Answered() bool { return o.Received != "" || o.None != "" }

func (p *Pupil) checkTransfer(v *Invalid, now Stamp) {
	t, o := p.Transfer, p.OldFile
	v.each(v.short, "transfer.next_school", t.NextSchool, "transfer.to", t.To, "transfer.not_needed", t.NotNeeded,
		"old_file.from", o.From, "old_file.none", o.None)
	v.pastDate("transfer.sent", t.Sent, now)
	v.pastDate("transfer.receipt", t.Receipt, now)
	v.pastDate("old_file.asked", o.Asked, now)
	v.pastDate("old_file.received", o.Received, now)
	switch {
	case t.Sent != "" && t.NotNeeded != "":
		v.add("transfer.not_needed", "The file was sent, and this says that none is to be sent. Keep one of the two.")
	case t.Sent != "" && t.NextSchool == "":
		v.add("transfer.next_school", "Say to which school it went.")
	}
	if t.Sent != "" && !slices.Contains(TransferHows(), t.How) {
		v.add("transfer.how", "Choose how it was sent.")
	}
	switch {
	case t.Receipt != "" && t.Sent == "":
		v.add("transfer.sent", "Give the day on which it was sent.")
	case t.Receipt != "" && t.Receipt < t.Sent:
		v.add("transfer.receipt", "The receipt is from before the file was sent. Check both dates.")
	}
	switch {
	case o.Asked != "" && o.From == "":
		v.add("old_file.from", "Say which school was asked.")
	case o.Received != "" && o.Received < o.Asked:
		v.add("old_file.received", "The file came before it was asked for. Check both dates.")
	case o.Received != "" && o.None != "":
		v.add("old_file.none", "The file came, and this says that there is none. Keep one of the two.")
	}
}

// transferDays is how many days the file of a pupil who leaves may take
// (Keeping children safe in education, part two: within 5 days for a transfer
// in the year, or within the first 5 days of the start of a new term).
const transferDays = 5

// longestHalfTerm is how many days lie at most between the end of one half of a
// term and the beginning of the other. After a longer break a new term begins.
const longestHalfTerm = 13

// FileDue returns the last day on which the file of a pupil who leaves on a day
// is to reach the next school: five days after leaving, or, for who leaves with
// the last day of a term, the fifth day of the next one. The five days after
// leaving are calendar days unless inSchoolDays. Where the terms are not known,
// a pupil who leaves in July or August begins elsewhere on 1 September. Returns
// "" when the day is not known.
func (c Calendar) FileDue(left Date, inSchoolDays bool) Date {
	if !left.valid() {
		return ""
	}
	if start := c.newTerm(left); start != "" {
		return c.schoolDay(start, transferDays-1)
	}
	if inSchoolDays {
		return c.schoolDay(left.AddDays(1), transferDays-1)
	}
	return left.AddDays(transferDays)
}

// newTerm returns the first day of the term that follows a day on which no
// school day of the present term is left, or "" when the day is within a term.
func (c Calendar) newTerm(d Date) Date {
	var next, last Date
	for _, t := range c.Terms {
		switch {
		case t.From > d && (next == "" || t.From < next):
			next = t.From
		case t.From <= d:
			last = max(last, t.To)
		}
	}
	if last != "" && d < last && c.SchoolDays(d.AddDays(1), last) > 0 {
		return ""
	}
	if m := d.Time().Month(); next == "" && (m == 7 && d.Time().Day() > 10 || m == 8) {
		return firstOfYear(d.Time().Year())
	}
	if next == "" || min(d, cmp.Or(last, d)).DaysUntil(next) <= longestHalfTerm {
		return ""
	}
	return next
}

// schoolDay returns the nth school day after the first one on or after d, or d
// itself when there is none within a year.
func (c Calendar) schoolDay(d Date, n int) Date {
	for day := d; d.DaysUntil(day) < 366; day = day.AddDays(1) {
		if c.IsOpen(day) {
			if n == 0 {
				return day
			}
			n--
		}
	}
	return d
}
