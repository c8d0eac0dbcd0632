package records

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"throughline/records/vault"
)

const otherPassphrase = "a passphrase for another"

func addMember(t testing.TB, s *Store, name string, role Role) Member {
	t.Helper()
	m := Member{Name: name, Role: role}
	if err := s.AddMember(context.Background(), &m, []byte(otherPassphrase+" "+name)); err != nil {
		t.Fatal(err)
	}
	return m
}

// reopen closes s and opens its vault with a passphrase.
func reopen(t testing.TB, s *Store, passphrase string) (*Store, error) {
	t.Helper()
	path := s.Path()
	if err := s.Close(); err != nil && !errors.Is(err, vault.ErrClosed) {
		t.Fatal(err)
	}
	again, err := Open(context.Background(), path, []byte(passphrase))
	if err == nil {
		t.Cleanup(func() { again.Close() })
	}
	return again, err
}

func TestMembersUnlockWithTheirOwn(t *testing.T) {
	s := mustCreate(t)
	addMember(t, s, "Jo Bell", Deputy)
	addMember(t, s, "Ines Hale", Governor)
	for name, role := range map[string]Role{"Jo Bell": Deputy, "Ines Hale": Governor} {
		again, err := reopen(t, s, otherPassphrase+" "+name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if again.Me.Name != name || again.Me.Role != role {
			t.Errorf("%s unlocks as %s, %s", name, again.Me.Name, again.Me.Role)
		}
		s = again
	}
}

func TestARetiredMemberUnlocksNoMore(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	m := addMember(t, s, "Jo Bell", Deputy)
	if err := s.RetireMember(ctx, m.ID, ""); !errors.Is(err, ErrInvalid) {
		t.Errorf("without a reason: %v, want ErrInvalid", err)
	}
	for range 2 { // again is no error
		if err := s.RetireMember(ctx, m.ID, "Moved to another school."); err != nil {
			t.Fatal(err)
		}
	}
	history, err := s.Members.History(ctx, m.ID)
	if err != nil || len(history) != 2 || history[1].Retired != "2025-03-03" || history[1].Why != "Moved to another school." {
		t.Errorf("history = %+v, %v", history, err)
	}
	if s.CanUnlock(history[1]) || slices.Contains(s.vault.Slots(), "Jo Bell") {
		t.Error("the key is still there")
	}
	if err := s.ResetPassphrase(ctx, m.ID, []byte(otherPassphrase)); !errors.Is(err, ErrInvalid) {
		t.Errorf("a passphrase for a retired member: %v, want ErrInvalid", err)
	}
	if _, err := reopen(t, s, otherPassphrase+" Jo Bell"); !errors.Is(err, vault.ErrWrongKey) {
		t.Errorf("the retired member's passphrase: %v, want ErrWrongKey", err)
	}
	if _, err := reopen(t, s, testPassphrase); err != nil {
		t.Errorf("the DSL's passphrase: %v", err)
	}
}

// TestACrashBetweenRecordAndKey does by halves what AddMember and RetireMember
// do, as a program that is killed does.
func TestACrashBetweenRecordAndKey(t *testing.T) {
	ctx := context.Background()
	t.Run("a member is added", func(t *testing.T) {
		s := mustCreate(t)
		m := Member{Name: "Jo Bell", Role: Deputy}
		if err := s.Members.Save(ctx, &m, ""); err != nil { // and no key
			t.Fatal(err)
		}
		s, err := reopen(t, s, testPassphrase)
		if err != nil {
			t.Fatal(err)
		}
		s.cost = cheap
		if s.CanUnlock(m) {
			t.Error("somebody without a key can unlock")
		}
		if err := s.ResetPassphrase(ctx, m.ID, []byte(otherPassphrase)); err != nil {
			t.Fatal(err)
		}
		if _, err := reopen(t, s, otherPassphrase); err != nil {
			t.Errorf("with the passphrase that was given later: %v", err)
		}
	})
	retire := func(t *testing.T) *Store {
		s := mustCreate(t)
		m := addMember(t, s, "Jo Bell", DSL)
		m.Retired = "2025-03-03"
		if err := s.Members.Save(ctx, &m, "Left."); err != nil { // and the key is still there
			t.Fatal(err)
		}
		return s
	}
	t.Run("a member is retired, and tries", func(t *testing.T) {
		s := retire(t)
		for range 2 {
			if _, err := reopen(t, s, otherPassphrase+" Jo Bell"); !errors.Is(err, vault.ErrWrongKey) {
				t.Fatalf("the retired member's passphrase: %v, want ErrWrongKey", err)
			}
		}
		if s, err := reopen(t, s, testPassphrase); err != nil || slices.Contains(s.vault.Slots(), "Jo Bell") {
			t.Errorf("the key was kept, or %v", err)
		}
	})
	t.Run("a member is retired, and another opens", func(t *testing.T) {
		s, err := reopen(t, retire(t), testPassphrase)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(s.vault.Slots(), "Jo Bell") {
			t.Error("the key was kept")
		}
	})
}

func TestTheLastDSLStays(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	if err := s.RetireMember(ctx, s.Me.ID, "Left."); !errors.Is(err, ErrLastDSL) {
		t.Errorf("the only DSL: %v, want ErrLastDSL", err)
	}
	me := s.Me
	me.Role = Head
	if err := s.Members.Save(ctx, &me, "New post."); !errors.Is(err, ErrLastDSL) {
		t.Errorf("the only DSL becomes head: %v, want ErrLastDSL", err)
	}
	keyless := Member{Name: "Nobody Yet", Role: DSL}
	if err := s.Members.Save(ctx, &keyless, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.RetireMember(ctx, s.Me.ID, "Left."); !errors.Is(err, ErrLastDSL) {
		t.Errorf("beside a DSL without a key: %v, want ErrLastDSL", err)
	}
	other := addMember(t, s, "Jo Bell", DSL)
	if err := s.RetireMember(ctx, s.Me.ID, "Left."); !errors.Is(err, ErrInvalid) {
		t.Errorf("oneself: %v, want ErrInvalid", err)
	}
	first := s.Me
	s, err := reopen(t, s, otherPassphrase+" Jo Bell")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RetireMember(ctx, first.ID, "Left."); err != nil {
		t.Errorf("one of two: %v", err)
	}
	if err := s.RetireMember(ctx, other.ID, "Left."); !errors.Is(err, ErrLastDSL) {
		t.Errorf("the other: %v, want ErrLastDSL", err)
	}
}

func TestRulesAmongMembers(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	m := addMember(t, s, "Jo Bell", Deputy)
	field := func(err error) string {
		var v *Invalid
		if !errors.As(err, &v) {
			t.Fatalf("%v, want an *Invalid", err)
		}
		return v.Problems[0].Field
	}
	for _, tt := range []struct {
		name, passphrase string
		member           Member
		want             string
	}{
		{"a name twice", otherPassphrase, Member{Name: " jo bell", Role: Head}, "name"},
		{"a name longer than a key's", otherPassphrase, Member{Name: strings.Repeat("é", 33), Role: Head}, "name"},
		{"no role", otherPassphrase, Member{Name: "Al"}, "role"},
		{"a weak passphrase", "short", Member{Name: "Al", Role: IT}, "passphrase"},
	} {
		if got := field(s.AddMember(ctx, &tt.member, []byte(tt.passphrase))); got != tt.want {
			t.Errorf("%s: a problem of %s, want %s", tt.name, got, tt.want)
		}
	}
	if all, _ := s.Members.All(ctx); len(all) != 2 {
		t.Errorf("%d members are kept, want 2", len(all))
	}
	m.Name = "Jo Bell-Hart"
	if got := field(s.Members.Save(ctx, &m, "Married.")); got != "name" {
		t.Errorf("another name: a problem of %s", got)
	}
	m.Name, m.Role = "Jo Bell", DSL
	if err := s.Members.Save(ctx, &m, "Takes over."); err != nil {
		t.Errorf("another role: %v", err)
	}
}

func TestPassphrasesAreChanged(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	m := addMember(t, s, "Jo Bell", Deputy)
	if err := s.ResetPassphrase(ctx, m.ID, []byte("tinsel on the telephone")); err != nil {
		t.Fatal(err)
	}
	if err := s.SetPassphrase(ctx, []byte("eleven char")); !errors.Is(err, ErrInvalid) {
		t.Errorf("eleven characters: %v, want ErrInvalid", err)
	}
	if err := s.SetPassphrase(ctx, []byte("another kettle of mine")); err != nil {
		t.Fatal(err)
	}
	list, err := s.Audit(ctx, AuditFilter{Act: ActPassphrase})
	if err != nil || len(list) != 2 || list[0].Record != s.Me.ID || list[1].Record != m.ID {
		t.Errorf("the trail says %+v, %v", list, err)
	}
	for _, old := range []string{testPassphrase, otherPassphrase + " Jo Bell"} {
		if _, err := reopen(t, s, old); !errors.Is(err, vault.ErrWrongKey) {
			t.Errorf("an old passphrase: %v, want ErrWrongKey", err)
		}
	}
	if s, err = reopen(t, s, "tinsel on the telephone"); err != nil || s.Me.Name != "Jo Bell" {
		t.Fatal(err)
	}
	if _, err := reopen(t, s, "another kettle of mine"); err != nil {
		t.Fatal(err)
	}
}

func TestTheRecoveryKeyPassesOverTheRetired(t *testing.T) {
	ctx := context.Background()
	s, key, err := Create(ctx, t.TempDir()+"/school.throughline", Setup{
		School: School{Name: "Elm Lane"}, Member: Member{Name: "Ruth", Role: DSL}, Passphrase: []byte(testPassphrase), Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	first := s.Me
	addMember(t, s, "Jo Bell", DSL)
	if s, err = reopen(t, s, otherPassphrase+" Jo Bell"); err != nil {
		t.Fatal(err)
	}
	if err := s.RetireMember(ctx, first.ID, "Left."); err != nil {
		t.Fatal(err)
	}
	path := s.Path()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = OpenWithRecovery(ctx, path, string(key), []byte("gravel found in the safe")); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Me.Name != "Jo Bell" {
		t.Errorf("the recovery key opens as %s", s.Me.Name)
	}
}

func TestFailedUnlocksAreInTheTrail(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	for range 3 { // each may be another process: nothing is remembered but beside the vault
		if _, err := reopen(t, s, "a guess, and wrong"); !errors.Is(err, vault.ErrWrongKey) {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(s.Path() + failedSuffix)
	if err != nil || strings.Count(string(b), "\n") != 3 || strings.Contains(string(b), "guess") {
		t.Fatalf("beside the vault: %q, %v", b, err)
	}
	if err := os.WriteFile(s.Path()+failedSuffix, append(b, "half a li"...), 0o600); err != nil {
		t.Fatal(err)
	}
	since, _, _ := strings.Cut(string(b), "\n")
	for i := range 2 {
		if s, err = reopen(t, s, testPassphrase); err != nil {
			t.Fatal(err)
		}
		list, err := s.Audit(ctx, AuditFilter{Act: ActFailed})
		if err != nil || len(list) != 1 || list[0].Content != "3 since "+since || list[0].Member != "" {
			t.Errorf("unlock %d: the trail says %+v, %v", i, list, err)
		}
	}
	if _, err := s.Verify(ctx, nil); err != nil {
		t.Errorf("Verify() = %v", err)
	}
}

// TestTheLastKeyIsTaken: a member for whom there is no key is not kept either.
func TestTheLastKeyIsTaken(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	gone := addMember(t, s, "Jo Bell", Deputy)
	if err := s.RetireMember(ctx, gone.ID, "Moved."); err != nil {
		t.Fatal(err)
	}
	for i := 0; s.vault.Room() > 0; i++ {
		addMember(t, s, fmt.Sprint("Member ", i), IT)
	}
	before, err := s.Members.All(ctx)
	if err != nil || len(before) != 26 {
		t.Fatalf("%d members, %v; want 25 and one who has retired", len(before), err)
	}
	for range 2 {
		if err := s.AddMember(ctx, &Member{Name: "One Toomany", Role: Deputy}, []byte(otherPassphrase)); !errors.Is(err, ErrNoRoom) {
			t.Errorf("the 26th: %v, want ErrNoRoom", err)
		}
	}
	if gone, err = s.Members.Get(ctx, gone.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.LetBackIn(ctx, &gone, "Back.", []byte(otherPassphrase)); !errors.Is(err, ErrNoRoom) {
		t.Errorf("let back in: %v, want ErrNoRoom", err)
	}
	after, err := s.Members.All(ctx)
	if err != nil || len(after) != len(before) || gone.Retired == "" {
		t.Errorf("%d members afterwards, %v; want %d", len(after), err, len(before))
	}
	if err := s.ResetPassphrase(ctx, s.Me.ID, []byte("a passphrase for the DSL")); err != nil {
		t.Errorf("another passphrase for a member who has a key: %v", err)
	}
}
