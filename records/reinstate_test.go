package records

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"throughline/records/vault"
)

func TestARetiredMemberComesBackUnderTheirName(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	m := addMember(t, s, "Jo Bell", Deputy)
	if err := s.RetireMember(ctx, m.ID, "On leave for a year."); err != nil {
		t.Fatal(err)
	}
	m, err := s.Members.Get(ctx, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	m.Role = DSL
	for name, fails := range map[string]error{
		"no reason":         s.LetBackIn(ctx, &m, "", []byte("candle rope harbour moss")),
		"a weak passphrase": s.LetBackIn(ctx, &m, "Back at school.", []byte("Jo Bell Jo Bell")),
	} {
		if kept, err := s.Members.Get(ctx, m.ID); !errors.Is(fails, ErrInvalid) || err != nil || kept.Retired == "" {
			t.Errorf("%s: %v, want ErrInvalid and nothing kept", name, fails)
		}
	}
	if m.Retired == "" {
		t.Error("what was refused has changed the member that was handed over")
	}
	if err := s.LetBackIn(ctx, &m, "Back at school, and lead now.", []byte("candle rope harbour moss")); err != nil {
		t.Fatal(err)
	}
	if !s.CanUnlock(m) {
		t.Error("who came back has no key")
	}
	again, err := reopen(t, s, "candle rope harbour moss")
	if err != nil || again.Me.ID != m.ID || again.Me.Role != DSL {
		t.Fatalf("who came back: %v", err)
	}
	if _, err := reopen(t, again, otherPassphrase+" Jo Bell"); !errors.Is(err, vault.ErrWrongKey) {
		t.Errorf("the passphrase from before: %v, want ErrWrongKey", err)
	}
}

func TestANewRecoveryKeyReplacesTheOld(t *testing.T) {
	ctx := context.Background()
	s, old, err := Create(ctx, filepath.Join(t.TempDir(), "school.throughline"), Setup{
		School: School{Name: "Elm Lane Primary"}, Member: Member{Name: "Ruth Adeyemi", Role: DSL},
		Passphrase: []byte(testPassphrase), Cost: cheap, Now: func() time.Time { return monday },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	key, err := s.NewRecovery(ctx)
	if err != nil || key == old || key == "" {
		t.Fatalf("the new key: %v", err)
	}
	trail, err := s.Audit(ctx, AuditFilter{Act: ActRecovery})
	if err != nil || len(trail) != 1 || trail[0].Member != s.Me.ID {
		t.Errorf("the trail says %+v, %v", trail, err)
	}
	path := s.Path()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenWithRecovery(ctx, path, string(old), []byte("candle rope harbour moss")); !errors.Is(err, vault.ErrWrongKey) {
		t.Errorf("the old key: %v, want ErrWrongKey", err)
	}
	s, err = OpenWithRecovery(ctx, path, string(key), []byte("candle rope harbour moss"))
	if err != nil {
		t.Fatalf("the new key: %v", err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.VerifyChain(ctx); err != nil {
		t.Error(err)
	}
}
