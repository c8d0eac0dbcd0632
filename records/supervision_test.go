package records

import (
	"errors"
	"testing"
)

func testSession(supervisee ID) *Supervision {
	return &Supervision{On: "2025-03-03", Sort: OneToOne, Supervisor: "Dr Amara Bello, trust lead", Supervisee: supervisee, Workload: "Forty files."}
}

// TestWhoOpensASession: the member it is about and every DSL.
func TestWhoOpensASession(t *testing.T) {
	s := mustCreate(t)
	ctx := t.Context()
	dsl := s.Me
	own := testSession(dsl.ID)
	theirs := testSession("deputy-1")
	mustSave(t, s, own)
	p := testPupil()
	mustSave(t, s, theirs, p)
	for _, c := range []struct {
		name string
		me   Member
		sees int
		err  error
	}{
		{"the DSL sees every session", dsl, 2, nil},
		{"a deputy sees their own", Member{Meta: Meta{ID: "deputy-1"}, Role: Deputy}, 1, nil},
		{"another deputy sees none", Member{Meta: Meta{ID: "deputy-2"}, Role: Deputy}, 0, nil},
		{"the head sees none", Member{Meta: Meta{ID: "head"}, Role: Head}, 0, ErrNotAllowed},
		{"not even a head who was supervised", Member{Meta: Meta{ID: dsl.ID}, Role: Head}, 0, ErrNotAllowed},
		{"a governor sees none", Member{Meta: Meta{ID: "gov"}, Role: Governor}, 0, ErrNotAllowed},
		{"IT sees none", Member{Meta: Meta{ID: "it"}, Role: IT}, 0, ErrNotAllowed},
	} {
		s.Me = c.me
		all, err := s.Supervisions.All(ctx)
		if len(all) != c.sees || !errors.Is(err, c.err) {
			t.Errorf("%s: %d sessions, %v", c.name, len(all), err)
		}
		_, err = s.Supervisions.History(ctx, own.ID)
		if (err == nil) != (c.sees == 2) {
			t.Errorf("%s: the history of the DSL's session: %v", c.name, err)
		}
	}
	s.Me = Member{Meta: Meta{ID: "deputy-2"}, Role: Deputy}
	taken := *theirs
	taken.Supervisee = "deputy-2"
	for name, rec := range map[string]Record{
		"take a session over":        &taken,
		"write another's reflection": &Reflection{Session: theirs.ID, Member: dsl.ID, Text: "Not theirs."},
		"write another's session":    testSession(dsl.ID),
		"note a child in another's":  &ChildNote{Pupil: p.ID, Session: own.ID, On: "2025-03-03", Why: "New."},
	} {
		if err := s.Update(ctx, func(tx *Tx) error { return tx.Save(rec, "Because.") }); !errors.Is(err, ErrNotAllowed) {
			t.Errorf("a deputy can %s: %v", name, err)
		}
	}
}

func TestChildNoteRules(t *testing.T) {
	for _, c := range []struct {
		name, field string
		change      func(*ChildNote)
	}{
		{"whole", "", func(*ChildNote) {}},
		{"without why", "why", func(n *ChildNote) { n.Why = "" }},
		{"disagreed without why", "agreed_why", func(n *ChildNote) { n.Agreed, n.AgreedWhy = No, "" }},
		{"agreed with nothing", "decision", func(n *ChildNote) { n.Decision = "" }},
		{"an action for nobody", "action_who", func(n *ChildNote) { n.ActionWho = "" }},
		{"an action without a day", "action_due", func(n *ChildNote) { n.ActionDue = "" }},
		{"a day without an action", "action", func(n *ChildNote) { n.Action = "" }},
		{"a review on the day of the session", "review", func(n *ChildNote) { n.ReviewDate = n.On }},
		{"without a session", "session", func(n *ChildNote) { n.Session = "" }},
	} {
		n := ChildNote{
			Pupil: "p", Session: "s", On: "2025-03-03", Why: "The line has changed.", Decision: "Not to refer.", Agreed: No, AgreedWhy: "Refer.",
			Action: "Ring the front door", ActionWho: "Ms Quill", ActionDue: "2025-03-04", ReviewDate: "2025-03-31",
		}
		c.change(&n)
		err := n.Check("2025-03-10T09:00:00.000000Z")
		var v *Invalid
		if c.field == "" && err != nil || c.field != "" && (!errors.As(err, &v) || v.For(c.field) == "") {
			t.Errorf("%s: %v, want a sentence beside %q", c.name, err, c.field)
		}
	}
}
