package records

import "errors"

// ErrNotAllowed means that the member's role does not let them do this.
var ErrNotAllowed = errors.New("your role does not allow this")

// deed is what a member can want to do with the record.
type deed int

const (
	read       deed = iota // open files, search them, export from them
	write                  // save records and drafts
	manage                 // members and the audit trail
	seeNumbers             // counts, small ones suppressed
	keepSafe               // verify and back up, which reads nothing out
	changeKey              // the member's own passphrase
)

// may returns nil or ErrNotAllowed: see Role.
func (s *Store) may(d deed) error {
	if s.Me.Retired == "" && s.Me.Role.may(d) {
		return nil
	}
	return ErrNotAllowed
}

// mayList returns nil or ErrNotAllowed for reading a kind of record at all.
func (s *Store) mayList(k Kind) error {
	if k == KindSupervision {
		return s.may(write) // whoever is supervised, or is a DSL: see Supervision.mayOpen
	}
	return s.may(read)
}

// mayOpen reports whether the member opens one record of a kind that they may
// list. A ledger leaves out the others.
func (s *Store) mayOpen(rec Record) bool {
	switch r := rec.(type) {
	case *Supervision:
		return r.mayOpen(s.Me)
	case *Reflection:
		return r.Member == s.Me.ID // not even the DSL reads another's
	}
	return true
}

// may says what each role is for. The DSL and deputies keep the files, the DSL
// alone says who else may. The head reads. A governor sees numbers and IT keeps
// the file safe; neither opens one.
func (r Role) may(d deed) bool {
	switch r {
	case DSL:
		return true
	case Deputy:
		return d != manage
	case Head:
		return d != manage && d != write
	case Governor:
		return d == seeNumbers || d == changeKey
	case IT:
		return d == keepSafe || d == changeKey
	}
	return false
}

// Reads reports whether the role opens pupils' files.
func (r Role) Reads() bool { return r.may(read) }

// Writes reports whether the role saves records.
func (r Role) Writes() bool { return r.may(write) }

// Manages reports whether the role decides about members and reads the audit
// trail.
func (r Role) Manages() bool { return r.may(manage) }

// SeesNumbers reports whether the role may have Numbers.
func (r Role) SeesNumbers() bool { return r.may(seeNumbers) }

// KeepsSafe reports whether the role verifies and backs up.
func (r Role) KeepsSafe() bool { return r.may(keepSafe) }
