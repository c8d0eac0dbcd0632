package records

import (
	"context"
	"strings"
	"testing"
)

// TestSearchFindsWhatWasLeftOut looks for how a concern was closed and what
// another system calls it, why a pattern was set aside, and supervision.
func TestSearchFindsWhatWasLeftOut(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	jo := addMember(t, s, "Jo Bell", Deputy)
	addMember(t, s, "Ines Hale", Head)
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	c.Reference, c.Imported = "Zonk/4711", "Elsewhere"
	mustSave(t, s, c)
	if err := s.CloseConcern(ctx, c.ID, "A quibblecoat was bought."); err != nil {
		t.Fatal(err)
	}
	mustSave(t, s, &Dismissal{Pupil: p.ID, Of: "weekday", Text: "Three Mondays.", Reason: "The wobblebus is late."},
		&Hold{Pupil: p.ID, Reason: HoldReasons()[0], From: "2025-03-01", Note: "Grumbletown inquiry"},
		&Removal{Pupil: p.ID, Of: KindConcern, Record: c.ID, Reason: "Snarkwise entered twice", Due: StampOf(monday.Add(RemovalWait))})
	sessions := map[string]*Supervision{}
	for name, of := range map[string]ID{"hers": s.Me.ID, "his": jo.ID} {
		sessions[name] = &Supervision{On: "2025-03-01", Sort: OneToOne, Supervisor: "Ann Lee", Supervisee: of, Themes: "Frumious " + name}
		mustSave(t, s, sessions[name])
	}
	mustSave(t, s, &ChildNote{Pupil: p.ID, Session: sessions["his"].ID, On: "2025-03-01", Why: "Slithy"},
		&Reflection{Session: sessions["hers"].ID, Member: s.Me.ID, Text: "Vorpal of the lead"})

	titles := func(query string) string {
		t.Helper()
		hits, err := s.Search(ctx, query, 50)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, h := range hits {
			all = append(all, h.Title+": "+h.Sentence)
		}
		return strings.Join(all, "\n")
	}
	check := func(who string, want map[string]string) {
		t.Helper()
		for query, title := range want {
			if got := titles(query); got != title {
				t.Errorf("%s: Search(%q) finds %q, want %q", who, query, got, title)
			}
		}
	}
	check("the lead", map[string]string{
		"quibblecoat": "Concern: Neglect: A quibblecoat was bought.", "4711": "Concern: Neglect: Zonk/4711",
		"wobblebus": "Pattern set aside: The wobblebus is late.", "grumble": "Hold on the file: Grumbletown inquiry",
		"snarkwise": "Request for removal: Snarkwise entered twice", "slithy": "Supervision note: Slithy",
		"frumious hers": "Supervision session: Frumious hers", "frumious his": "Supervision session: Frumious his",
		"vorpal": "Your own reflection: Vorpal of the lead",
	})
	for _, c := range []struct {
		name string
		want map[string]string
	}{
		{"Jo Bell", map[string]string{"frumious": "Supervision session: Frumious his", "vorpal": "", "slithy": "Supervision note: Slithy"}},
		{"Ines Hale", map[string]string{"frumious": "", "vorpal": ""}},
	} {
		again, err := reopen(t, s, otherPassphrase+" "+c.name)
		if err != nil {
			t.Fatal(err)
		}
		s = again
		check(c.name, c.want)
	}
}

// TestAnOldIndexIsMadeAnew finds in a vault whose index is of the edition before.
func TestAnOldIndexIsMadeAnew(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	mustSave(t, s, &Supervision{On: "2025-03-01", Sort: OneToOne, Supervisor: "Ann Lee", Supervisee: s.Me.ID, Themes: "Frumious"})
	for _, q := range []string{`INSERT INTO full_text (full_text) VALUES ('delete-all')`, `DELETE FROM found`, `UPDATE search_made SET edition = 1`} {
		if _, err := s.db.ExecContext(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	s, err := reopen(t, s, testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	if hits, err := s.Search(ctx, "frumious", 10); err != nil || len(hits) != 1 {
		t.Errorf("%d hits, %v; want the session", len(hits), err)
	}
}
