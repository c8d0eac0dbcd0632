package records

import "errors"

// ErrNotAllowed means that the member's role does not let them do this.
var ErrNotAllowed = errors.New("your role does not allow this")

type deed int

const (
	read deed = iota
	write
)

// may returns nil or ErrNotAllowed. The DSL and deputies read and write, the
// head reads; governors see numbers and IT keeps the machine, so neither opens
// a file.
func (s *Store) may(d deed) error {
	switch s.Me.Role {
	case DSL, Deputy:
		return nil
	case Head:
		if d == read {
			return nil
		}
	}
	return ErrNotAllowed
}
