package ui

import (
	"throughline/records"
)

// placesOf returns what a role may open, in the order of the sidebar.
func placesOf(r records.Role) []place {
	var list []place
	for _, p := range []place{placeNumbers, placeVerify, placeToday, placePupils, placeConcern, placeReferrals, placeSession, placeSearch, placeReview, placeSettings} {
		if opens(r, p) {
			list = append(list, p)
		}
	}
	return list
}

// opens reports whether a role may open a place: what the store would refuse is
// not offered.
func opens(r records.Role, p place) bool {
	switch p {
	case placeNumbers:
		return r.SeesNumbers() && !r.Reads()
	case placeVerify:
		return r.KeepsSafe() && !r.Reads()
	case placeConcern, placeSession:
		return r.Writes()
	case placeSettings:
		return true
	}
	return r.Reads()
}

// writeButton returns a button that leads to something being written. Whoever
// only reads does not see it.
func (w *Window) writeButton(label string, do func()) *button {
	b := newButton(label, do)
	show(b, w.store.Me.Role.Writes())
	return b
}
