package records

import (
	"context"
	"errors"
	"testing"
)

func TestAUPNIsOnePupils(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	zoe := &Pupil{Forename: "Zoë", Surname: "Nguyễn", UPN: upnOf(1), Born: "2014-05-05", Left: "2024-07-19"}
	mustSave(t, s, zoe)
	ned := &Pupil{Forename: "Ned", Surname: "Alder", UPN: upnOf(1), Born: "2014-05-06", Needs: "Not " + upnOf(2)}
	var v *Invalid
	if err := s.Pupils.Save(ctx, ned, ""); !errors.As(err, &v) || v.For("upn") != upnTaken {
		t.Errorf("another with a leaver's UPN: %v, want the sentence beside it", err)
	}
	ned.UPN = upnOf(3)
	mustSave(t, s, ned)
	ada := &Pupil{Forename: "Ada", Surname: "Okafor", UPN: upnOf(2)}
	mustSave(t, s, ada) // Ned's file mentions it, which makes it nobody's
	zoe.Form = "6B"
	if err := s.Pupils.Save(ctx, zoe, "Moved."); err != nil {
		t.Errorf("one's own UPN: %v", err)
	}
	ada.UPN = upnOf(3)
	if err := s.Pupils.Save(ctx, ada, "Typed wrongly."); !errors.Is(err, ErrInvalid) {
		t.Errorf("corrected to another's UPN: %v, want ErrInvalid", err)
	}
	ned.UPN = ""
	if err := s.Pupils.Save(ctx, ned, "It is Ada's."); err != nil {
		t.Fatal(err)
	}
	if err := s.Pupils.Save(ctx, ada, "Typed wrongly."); err != nil {
		t.Errorf("a UPN that was given up: %v", err)
	}
}

// keepOld keeps a pupil as older versions did: with any UPN.
func keepOld(t *testing.T, s *Store, p *Pupil) {
	t.Helper()
	upn := p.UPN
	p.UPN = ""
	mustSave(t, s, p)
	err := s.Update(context.Background(), func(tx *Tx) error {
		p.UPN, p.Version, p.Why = upn, 2, "as it was"
		body, err := encode(p)
		if err != nil {
			return err
		}
		return tx.insert(p, body)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPupilsKeptTwiceBeforeCanBeCorrected(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	one, two := &Pupil{Forename: "Zoë", Surname: "Nguyễn", UPN: upnOf(1)}, &Pupil{Forename: "Zoe", Surname: "Nguyen", UPN: upnOf(1)}
	mustSave(t, s, one)
	keepOld(t, s, two)
	two.Left = "2024-07-19"
	if err := s.Pupils.Save(ctx, two, "Kept twice."); err != nil {
		t.Errorf("a pupil with an old double: %v", err)
	}
}

func TestNamesake(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	zoe := &Pupil{Forename: "Zoë", Surname: "Nguyễn", KnownAs: "Zo", Born: "2014-05-05", Left: "2024-07-19"}
	mustSave(t, s, zoe)
	for _, tt := range []struct {
		name string
		p    Pupil
		want bool
	}{
		{"without accents", Pupil{Forename: "zoe", Surname: "NGUYEN", Born: "2014-05-05"}, true},
		{"by the name she is known by", Pupil{Forename: "Zo", Surname: "Nguyen", Born: "2014-05-05"}, true},
		{"another day", Pupil{Forename: "Zoë", Surname: "Nguyễn", Born: "2014-05-06"}, false},
		{"no birth date", Pupil{Forename: "Zoë", Surname: "Nguyễn"}, false},
		{"a twin", Pupil{Forename: "Ada", Surname: "Nguyễn", Born: "2014-05-05"}, false},
		{"herself", *zoe, false},
	} {
		if p, got, err := s.Namesake(ctx, &tt.p); err != nil || got != tt.want || got && p.ID != zoe.ID {
			t.Errorf("%s: %v, %v; want %v", tt.name, got, err, tt.want)
		}
	}
}
