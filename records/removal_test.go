package records

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// mustAsk asks for the removal of a record and returns the request.
func mustAsk(t testing.TB, s *Store, of Kind, pupil, id ID) *Removal {
	t.Helper()
	r := &Removal{Pupil: pupil, Of: of, Record: id, Reason: "Entered in the wrong file."}
	if err := s.AskRemoval(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return r
}

// carryOut moves the clock on and carries out what is due.
func carryOut(t testing.TB, s *Store, after time.Duration, want int) {
	t.Helper()
	at := s.Now().Add(after)
	s.Now = func() time.Time { return at }
	if n, err := s.CarryOutRemovals(t.Context()); err != nil || n != want {
		t.Fatalf("CarryOutRemovals() = %d, %v, want %d", n, err, want)
	}
	if _, err := s.VerifyChain(t.Context()); err != nil {
		t.Fatalf("afterwards the chain does not verify: %v", err)
	}
}

func TestARemovalWaitsAndIsCarriedOut(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c, other := testConcern(p.ID), testConcern(p.ID)
	mustSave(t, s, c, other)
	c.Account = "Came in without a jumper."
	if err := s.Concerns.Save(ctx, c, "It was the jumper."); err != nil {
		t.Fatal(err)
	}
	plan := &Monitoring{Pupil: p.ID, Concern: c.ID, What: "Jumper at the gate", Who: "Mr Hall", From: "2025-03-03", Until: "2025-03-21", NextSteps: "Ring home."}
	if err := s.Update(ctx, func(tx *Tx) error { return tx.StartPlan(plan) }); err != nil {
		t.Fatal(err)
	}
	action := &Action{Pupil: p.ID, Concern: c.ID, What: "Ring Nan", Who: "Ms Lowe", Due: "2025-03-05"}
	mustSave(t, s, action)
	if err := s.SaveDraft(ctx, "concern "+string(c.ID), `{"account":"half a word"}`); err != nil {
		t.Fatal(err)
	}
	if err := s.SetSeen(ctx, p.ID, "jumper"); err != nil {
		t.Fatal(err)
	}
	r := mustAsk(t, s, KindConcern, p.ID, c.ID)
	if r.Due != StampOf(monday.Add(48*time.Hour)) {
		t.Errorf("due %s", r.Due)
	}
	carryOut(t, s, 48*time.Hour-time.Microsecond, 0)
	if _, err := s.Concerns.Get(ctx, c.ID); err != nil {
		t.Fatalf("removed before its time: %v", err)
	}
	carryOut(t, s, time.Microsecond, 1)
	_, err := s.Concerns.Get(ctx, c.ID)
	_, errHistory := s.Concerns.History(ctx, c.ID)
	if !errors.Is(err, ErrNotFound) || !errors.Is(errHistory, ErrNotFound) {
		t.Errorf("after removal: Get %v, History %v", err, errHistory)
	}
	f, err := s.File(ctx, p.ID)
	if err != nil || len(f.Concerns) != 1 || f.Concerns[0].ID != other.ID || len(f.Monitorings)+len(f.Actions) != 0 {
		t.Errorf("the file holds %d concerns, %d plans, %d actions, %v", len(f.Concerns), len(f.Monitorings), len(f.Actions), err)
	}
	if hits, err := s.Search(ctx, "jumper", 5); err != nil || len(hits) != 0 {
		t.Errorf("the search finds %d, %v", len(hits), err)
	}
	if hits, err := s.Search(ctx, "mottled", 5); err != nil || len(hits) != 1 {
		t.Errorf("the search finds %d of what stays, %v", len(hits), err)
	}
	draft, _, err := s.Draft(ctx, "concern "+string(c.ID))
	seen, errSeen := s.Seen(ctx)
	if draft != "" || len(seen) != 0 || err != nil || errSeen != nil {
		t.Errorf("draft %q, seen %v, %v, %v", draft, seen, err, errSeen)
	}
	kept, err := s.Removals.Get(ctx, r.ID)
	if err != nil || kept.Done != StampOf(s.Now()) || kept.Reason != r.Reason || kept.RecordedBy != s.Me.ID || kept.Asker() != s.Me.ID {
		t.Errorf("the request as it stays: %+v, %v", kept, err)
	}
	trail, err := s.Audit(ctx, AuditFilter{Act: ActRemove})
	if err != nil || len(trail) != 4 || !slices.ContainsFunc(trail, func(a AuditEntry) bool {
		return a.Record == c.ID && a.Kind == KindConcern && a.Content == string(r.ID) && a.Pupil == p.ID
	}) {
		t.Errorf("the trail names %d removed records, %v: %+v", len(trail), err, trail)
	}
	c.Account = "Back again."
	if err := s.Concerns.Save(ctx, c, "Typed again."); !errors.Is(err, ErrNotFound) {
		t.Errorf("save over it: %v, want ErrNotFound", err)
	}
	carryOut(t, s, time.Hour, 0)
}

// TestNothingOfItIsLeft looks for the words of what was removed in the bytes of
// the whole decrypted database, free pages included.
func TestNothingOfItIsLeft(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := &Pupil{Forename: "Quirinus", Surname: "Zwettlerova", Born: "2015-06-01", Needs: "Zonkwort tablets"}
	stays := testPupil()
	mustSave(t, s, p, stays)
	mustSave(t, s, testConcern(stays.ID))
	parent, both := &Person{Name: "Hepzibah Zwettlerova"}, &Person{Name: "Ottoline Umber"}
	mustSave(t, s, parent, both)
	mustSave(t, s, &Tie{Pupil: p.ID, Person: parent.ID, Relationship: "grumbleparent"}, &Tie{Pupil: p.ID, Person: both.ID, Relationship: "aunt"},
		&Tie{Pupil: stays.ID, Person: both.ID, Relationship: "aunt"})
	for range 30 {
		c := testConcern(p.ID)
		c.Account = strings.Repeat("Quagmirish bruise over the collywobble. ", 200)
		mustSave(t, s, c)
		c.Account = "Flibbertigibbet."
		if err := s.Concerns.Save(ctx, c, "Snollygoster."); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveDraft(ctx, "concern", `{"account":"Widdershins"}`); err != nil {
			t.Fatal(err)
		}
		if err := s.DropDraft(ctx, "concern"); err != nil {
			t.Fatal(err)
		}
	}
	words := []string{"zwettlerova", "zonkwort", "quagmirish", "collywobble", "flibbertigibbet", "snollygoster", "widdershins", "hepzibah", "grumbleparent"}
	found := func() (there []string) {
		all := bytes.ToLower(serialized(t, s))
		for _, w := range words {
			if bytes.Contains(all, []byte(w)) {
				there = append(there, w)
			}
		}
		return there
	}
	if got := found(); len(got) < len(words)-1 { // the draft went long ago
		t.Fatalf("before, the database holds only %q", got)
	}
	mustAsk(t, s, KindPupil, p.ID, p.ID)
	carryOut(t, s, RemovalWait, 1)
	if got := found(); len(got) > 0 {
		t.Errorf("still in the database: %q", got)
	}
	if _, err := s.File(ctx, p.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("the file: %v, want ErrNotFound", err)
	}
	if people, err := s.People.All(ctx); err != nil || len(people) != 1 || people[0].ID != both.ID {
		t.Errorf("people: %d, %v", len(people), err)
	}
	if f, err := s.File(ctx, stays.ID); err != nil || len(f.Concerns) != 1 || len(f.Ties) != 1 {
		t.Errorf("the other file: %+v, %v", f, err)
	}
	if err := s.EachFile(ctx, func(f *File) error { return nil }); err != nil {
		t.Error(err)
	}
	if _, err := s.Verify(ctx, nil); err != nil {
		t.Error(err)
	}
}

// serialized returns the pages of the database as SQLite sees them.
func serialized(t *testing.T, s *Store) []byte {
	t.Helper()
	conn, err := s.db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var all []byte
	err = conn.Raw(func(driver any) (err error) {
		all, err = driver.(interface{ Serialize() ([]byte, error) }).Serialize()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAHoldKeepsAFile(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	hold := &Hold{Pupil: p.ID, Reason: HoldReasons()[0], From: "2025-03-01"}
	mustSave(t, s, hold)
	mustAsk(t, s, KindPupil, p.ID, p.ID)
	carryOut(t, s, 2*RemovalWait, 0)
	if _, err := s.File(ctx, p.ID); err != nil {
		t.Fatalf("removed in spite of a hold: %v", err)
	}
	hold.Ended, hold.EndedWhy = "2025-03-03", "The inquiry has closed."
	if err := s.Holds.Save(ctx, hold, "Ended."); err != nil {
		t.Fatal(err)
	}
	carryOut(t, s, time.Hour, 0)
	all, err := s.Removals.All(ctx)
	if err != nil || len(all) != 1 || all[0].Due != StampOf(s.Now().Add(RemovalWait-time.Hour)) || all[0].Asker() != s.Me.ID {
		t.Errorf("the request, once the hold has ended: %+v, %v", all, err)
	}
	hold.Note = "Case 12."
	if err := s.Holds.Save(ctx, hold, "Its number."); err != nil { // which puts off nothing more
		t.Fatal(err)
	}
	carryOut(t, s, RemovalWait-time.Hour, 1)
}

// TestAReviewKeepsAFile: and the hold on another child's file puts off what they
// share.
func TestAReviewKeepsAFile(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := &Pupil{Forename: "Ola", Surname: "Lind", Born: "1999-03-03"}
	mustSave(t, s, p)
	p.Review = Review{On: "2025-03-01", Until: "2060-01-01", Why: "The inquiry."}
	if err := s.Pupils.Save(ctx, p, "Kept on."); err != nil {
		t.Fatal(err)
	}
	r := &Removal{Pupil: p.ID, Of: KindPupil, Record: p.ID, Reason: "Its time has come."}
	var v *Invalid
	if err := s.AskRemoval(ctx, r); !errors.As(err, &v) || !strings.Contains(v.For("record"), "1 Jan 2060") {
		t.Errorf("a file that is kept on: %v, want an *Invalid beside record", err)
	}
	p.Review.Until = "2025-03-03"
	if err := s.Pupils.Save(ctx, p, "No longer."); err != nil {
		t.Fatal(err)
	}
	other := &Pupil{Forename: "Bea", Surname: "Stone", Born: "1999-05-05"}
	mustSave(t, s, other)
	shared(t, s, p, other)
	hold := &Hold{Pupil: other.ID, Reason: HoldReasons()[1], From: "2025-03-01"}
	mustSave(t, s, hold)
	if err := s.AskRemoval(ctx, r); err != nil {
		t.Fatal(err)
	}
	carryOut(t, s, 2*RemovalWait, 0)
	hold.Ended, hold.EndedWhy = "2025-03-04", "Settled."
	if err := s.Holds.Save(ctx, hold, "Ended."); err != nil {
		t.Fatal(err)
	}
	carryOut(t, s, RemovalWait-time.Minute, 0)
	carryOut(t, s, time.Minute, 1)
}

func TestARemovalIsCancelled(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	mustSave(t, s, c)
	r := mustAsk(t, s, KindConcern, p.ID, c.ID)
	if err := s.CancelRemoval(ctx, r.ID, ""); !errors.Is(err, ErrInvalid) {
		t.Errorf("without a reason: %v", err)
	}
	s.Me.Role = Deputy
	if err := s.CancelRemoval(ctx, r.ID, "It is the right file after all."); err != nil {
		t.Fatal(err)
	}
	if err := s.CancelRemoval(ctx, r.ID, "Again."); !errors.Is(err, ErrInvalid) {
		t.Errorf("twice: %v", err)
	}
	carryOut(t, s, 2*RemovalWait, 0)
	s.Me.Role = DSL
	mustAsk(t, s, KindConcern, p.ID, c.ID)
	carryOut(t, s, RemovalWait, 1)
}

func TestWhatIsNotRemoved(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p, grown := testPupil(), &Pupil{Forename: "Ola", Surname: "Lind", Born: "1999-03-03"}
	mustSave(t, s, p, grown)
	sent := func(of ID) *Referral {
		return &Referral{Pupil: of, Procedures: "default", Level: Section17, Response: Assessment, SentAt: StampOf(monday.Add(-time.Hour)), SentTo: "First Contact"}
	}
	referral, draft, old := sent(p.ID), &Referral{Pupil: p.ID, Procedures: "default"}, sent(grown.ID)
	mustSave(t, s, referral, draft, old)
	reply := &Reply{Pupil: p.ID, Referral: referral.ID, At: StampOf(monday), From: "Duty worker"}
	said := &Disclosure{Pupil: p.ID, What: "Chronology", To: "School nurse", Basis: "Consent."}
	c, asked := testConcern(p.ID), testConcern(p.ID)
	mustSave(t, s, reply, said, c, asked)
	request := mustAsk(t, s, KindConcern, p.ID, asked.ID)
	for _, tt := range []struct {
		name string
		r    Removal
		want error
	}{
		{"a referral that was sent", Removal{Pupil: p.ID, Of: KindReferral, Record: referral.ID}, ErrInvalid},
		{"a reply", Removal{Pupil: p.ID, Of: KindReply, Record: reply.ID}, ErrInvalid},
		{"what was shared", Removal{Pupil: p.ID, Of: KindDisclosure, Record: said.ID}, ErrInvalid},
		{"a file of which something was sent", Removal{Pupil: p.ID, Of: KindPupil, Record: p.ID}, ErrInvalid},
		{"a request", Removal{Pupil: p.ID, Of: KindRemoval, Record: request.ID}, ErrInvalid},
		{"asked twice", Removal{Pupil: p.ID, Of: KindConcern, Record: asked.ID}, ErrInvalid},
		{"a member", Removal{Pupil: p.ID, Of: KindMember, Record: s.Me.ID}, ErrNotFound},
		{"in another file", Removal{Pupil: grown.ID, Of: KindConcern, Record: c.ID}, ErrNotFound},
		{"of another kind", Removal{Pupil: p.ID, Of: KindAction, Record: c.ID}, ErrNotFound},
		{"a referral that is a draft", Removal{Pupil: p.ID, Of: KindReferral, Record: draft.ID}, nil},
		{"a file that has reached its age", Removal{Pupil: grown.ID, Of: KindPupil, Record: grown.ID}, nil},
	} {
		r := tt.r
		r.Reason = "Because."
		if err := s.AskRemoval(ctx, &r); !errors.Is(err, tt.want) || tt.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	// Sent after somebody asked: the request is cancelled, and says why.
	draft.Level, draft.Response, draft.SentAt, draft.SentTo = Section17, Assessment, StampOf(monday), "First Contact"
	if err := s.Referrals.Save(ctx, draft, "Sent."); err != nil {
		t.Fatal(err)
	}
	carryOut(t, s, RemovalWait, 2) // the concern, and the file that was old
	if _, err := s.Referrals.Get(ctx, draft.ID); err != nil {
		t.Errorf("what was sent meanwhile is gone: %v", err)
	}
	all, err := s.Removals.Under(ctx, draft.ID)
	if err != nil || len(all) != 1 || all[0].Cancelled == "" {
		t.Errorf("the request for it: %+v, %v", all, err)
	}
}

// TestARequestIsNotBent: a request can only be made as
// AskRemoval makes it, and then only be cancelled.
func TestARequestIsNotBent(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c, d := testConcern(p.ID), testConcern(p.ID)
	mustSave(t, s, c, d)
	r := mustAsk(t, s, KindConcern, p.ID, c.ID)
	early, other, done := *r, *r, *r
	early.Due, other.Record, done.Done = StampOf(monday), d.ID, StampOf(monday)
	for name, rec := range map[string]*Removal{
		"made due now": &early, "of another record": &other, "said to be done": &done,
		"new and due now":   {Pupil: p.ID, Of: KindConcern, Record: d.ID, Reason: "x", Due: StampOf(monday)},
		"new and cancelled": {Pupil: p.ID, Of: KindConcern, Record: d.ID, Reason: "x", Due: r.Due, Cancelled: "x"},
	} {
		if err := s.Removals.Save(t.Context(), rec, "Because."); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
}

// TestBlankingWithoutARequestIsFound alters the vault as somebody with other
// tools would: what the triggers hold, and what the chain shows when they are
// taken away.
func TestBlankingWithoutARequestIsFound(t *testing.T) {
	ctx := context.Background()
	blank := `UPDATE version SET body = '', why = '' WHERE id = '%'`
	for _, tt := range []struct {
		name    string
		removed bool   // the record was removed in the proper way first
		change  string // % is the id of the concern
		guard   bool   // the triggers stay
		broken  bool
	}{
		{"blanked, against the triggers", false, blank, true, false},
		{"blanked, without the triggers", false, blank, false, true},
		{"one version alone", false, blank + ` AND version = 1`, false, true},
		{"removed, and blanked again", true, blank, true, false},
		{"removed, and another body put in", true, `UPDATE version SET body = '{}' WHERE id = '%'`, true, false},
		{"removed, another body, no triggers", true, `UPDATE version SET body = '{}' WHERE id = '%'`, false, true},
		{"the act taken off the trail", true, `DELETE FROM audit WHERE act = 'remove' AND record = '%'`, false, true},
		{"the blank version deleted", true, `DELETE FROM version WHERE id = '%' AND version = 1`, false, true},
		{"a version more, after removal", true, `INSERT INTO version SELECT id, 9, recorded_at, recorded_by, '', '{}' FROM version WHERE id = '%' LIMIT 1`, true, false},
	} {
		s := mustCreate(t)
		p := testPupil()
		mustSave(t, s, p)
		c := testConcern(p.ID)
		mustSave(t, s, c)
		c.Outcome = "Coat bought."
		if err := s.Concerns.Save(ctx, c, "Outcome."); err != nil {
			t.Fatal(err)
		}
		if tt.removed {
			mustAsk(t, s, KindConcern, p.ID, c.ID)
			carryOut(t, s, RemovalWait, 1)
		}
		if !tt.guard {
			for _, trigger := range []string{"version_is_kept", "version_is_not_deleted", "audit_is_not_deleted", "version_stays_removed"} {
				if _, err := s.db.Exec(`DROP TRIGGER ` + trigger); err != nil {
					t.Fatal(err)
				}
			}
		}
		_, err := s.db.Exec(strings.ReplaceAll(tt.change, "%", string(c.ID)))
		if tt.guard && !(tt.removed && tt.change == blank) && err == nil {
			t.Errorf("%s: the triggers let it through", tt.name)
		}
		if !tt.guard && err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if _, err := s.VerifyChain(ctx); errors.Is(err, ErrBroken) != tt.broken || err != nil && !tt.broken {
			t.Errorf("%s: VerifyChain() = %v, broken %v", tt.name, err, tt.broken)
		}
	}
}

// TestRestoringTheTextOfWhatWasRemovedIsFound puts back exactly what was there.
func TestRestoringTheTextOfWhatWasRemovedIsFound(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	mustSave(t, s, c)
	var body string
	if err := s.db.QueryRow(`SELECT body FROM version WHERE id = $1`, c.ID).Scan(&body); err != nil {
		t.Fatal(err)
	}
	mustAsk(t, s, KindConcern, p.ID, c.ID)
	carryOut(t, s, RemovalWait, 1)
	if _, err := s.db.Exec(`DROP TRIGGER version_is_kept; UPDATE version SET body = $1 WHERE id = $2`, body, c.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.VerifyChain(ctx); !errors.Is(err, ErrBroken) {
		t.Errorf("VerifyChain() = %v, want ErrBroken", err)
	}
}

// TestRemovalsOfALockedFile: whoever writes carries them out, named or not.
func TestRemovalsOfALockedFile(t *testing.T) {
	l := mustLock(t)
	l.Me = l.dsl
	if err := l.AskRemoval(t.Context(), &Removal{Pupil: l.shut.ID, Of: KindPupil, Record: l.shut.ID, Reason: "x"}); !errors.Is(err, ErrLocked) {
		t.Errorf("asked for by a DSL who is not named: %v, want ErrLocked", err)
	}
	l.Me = l.out
	carryOut(t, l.Store, RemovalWait, 1) // mustLock asked for it before it locked the file
	l.Me = l.in
	if _, err := l.Actions.Get(t.Context(), l.task.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("it is still there: %v", err)
	}
}

// TestWhoAskedIsNotWhoUnlocked: a deputy who only unlocks carries out what a DSL
// asked for, also where that was asked before the request said by whom.
func TestWhoAskedIsNotWhoUnlocked(t *testing.T) {
	ctx := t.Context()
	for _, old := range []bool{false, true} {
		s := mustCreate(t)
		ruth, jo := s.Me, addMember(t, s, "Jo Bell", Deputy)
		p := testPupil()
		mustSave(t, s, p)
		c := testConcern(p.ID)
		mustSave(t, s, c)
		r := &Removal{Pupil: p.ID, Of: KindConcern, Record: c.ID, Reason: "Twice.", AskedBy: jo.ID} // which is not for her to say
		if old {
			r.AskedBy, r.Due = "", StampOf(s.Now().Add(RemovalWait))
			if err := s.Update(ctx, func(tx *Tx) error { return tx.save(r, "") }); err != nil {
				t.Fatal(err)
			}
		} else if err := s.AskRemoval(ctx, r); err != nil {
			t.Fatal(err)
		}
		s.Me = jo
		carryOut(t, s, RemovalWait, 1)
		kept, err := s.Removals.Get(ctx, r.ID)
		if err != nil || kept.Done == "" || kept.Asker() != ruth.ID || kept.RecordedBy != jo.ID {
			t.Errorf("asked by %s, carried out by %s, %v; want Ruth and Jo", kept.Asker(), kept.RecordedBy, err)
		}
	}
}
