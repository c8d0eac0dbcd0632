package records

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"throughline/records/vault"
)

func TestFindBackups(t *testing.T) {
	ctx := context.Background()
	s, other := mustCreate(t), mustCreate(t)
	folder := filepath.Dir(s.Path())
	var made []Backup
	for _, after := range []time.Duration{0, time.Hour, 40 * 24 * time.Hour} {
		s.Now = func() time.Time { return monday.Add(after) }
		b, err := s.Backup(ctx, folder, nil)
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, b)
	}
	made = made[1:] // the first is of the same day as the second
	others, err := other.Backup(ctx, folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	theirs := filepath.Join(folder, "theirs.throughline")
	broken := filepath.Join(folder, "broken.throughline")
	for to, from := range map[string]string{theirs: others.Path, broken: made[0].Path, filepath.Join(folder, "copy.txt"): made[0].Path} {
		b, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if to == broken {
			b[100] ^= 1
			b[4096+100] ^= 1
		}
		if err := os.WriteFile(to, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for path, at := range map[string]time.Time{theirs: monday.AddDate(0, 2, 0), broken: monday.AddDate(0, 3, 0)} {
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(others.Path); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Close(), other.Close()); err != nil {
		t.Fatal(err)
	}
	found, err := FindBackups(folder, s.Path())
	if err != nil {
		t.Fatal(err)
	}
	want := []FoundBackup{
		{Path: broken, At: StampOf(monday.AddDate(0, 3, 0)), Err: vault.ErrDamaged},
		{Path: theirs, At: StampOf(monday.AddDate(0, 2, 0)), Other: true},
		{Path: made[1].Path, At: made[1].At},
		{Path: made[0].Path, At: made[0].At},
	}
	if len(found) != len(want) {
		t.Fatalf("found %+v, want %d", found, len(want))
	}
	for i, f := range found {
		w := want[i]
		if f.Path != w.Path || f.At != w.At || f.Other != w.Other || !errors.Is(f.Err, w.Err) || f.Err != nil && w.Err == nil || f.Size < 8192 {
			t.Errorf("%d: %+v, want %+v", i, f, w)
		}
	}
	// A new computer has nothing to compare them with.
	if found, err := FindBackups(folder, filepath.Join(t.TempDir(), "none.throughline")); err != nil || len(found) != 5 || slices.ContainsFunc(found, func(b FoundBackup) bool { return b.Other }) {
		t.Errorf("without a record: %+v, %v", found, err)
	}
	if _, err := FindBackups(s.Path(), s.Path()); !errors.Is(err, ErrNoFolder) {
		t.Errorf("in a file: %v, want ErrNoFolder", err)
	}
}

// TestRestoreWithTheRecoveryKey compares with, and restores over, a record whose
// passphrase was changed since.
func TestRestoreWithTheRecoveryKey(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "school.throughline")
	s, recovery, err := Create(ctx, path, Setup{School: School{Name: "Thistle Primary"}, Member: Member{Name: "Ms Quill", Role: DSL},
		Passphrase: []byte(testPassphrase), Cost: vault.Cost{MemoryKiB: 1024, Passes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Backup(ctx, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	mustSave(t, s, testPupil())
	if err := errors.Join(s.SetPassphrase(ctx, []byte("candle bramble seven")), s.Close()); err != nil {
		t.Fatal(err)
	}
	other, otherRecovery, err := Create(ctx, filepath.Join(t.TempDir(), "other.throughline"), Setup{School: School{Name: "Briar School"},
		Member: Member{Name: "Mr Sedge", Role: DSL}, Passphrase: []byte(testPassphrase), Cost: vault.Cost{MemoryKiB: 1024, Passes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]error{"not a key": vault.ErrRecoveryKey, string(otherRecovery): vault.ErrWrongKey} {
		if _, err := Compare(ctx, b.Path, path, Key{Recovery: key}, nil); !errors.Is(err, want) {
			t.Errorf("Compare() = %v, want %v", err, want)
		}
	}
	var moved bool
	for name, key := range map[string]Key{"the recovery key": {Recovery: string(recovery)}, "the old passphrase": {Passphrase: []byte(testPassphrase)}} {
		p, err := Compare(ctx, b.Path, path, key, func(done, total int64) { moved = moved || done == total && total > 0 })
		if err != nil || p.Unread != nil || p.School != "Thistle Primary" || len(p.Lost) != 1 || p.Lost[0].Kind != KindPupil || !moved {
			t.Errorf("with %s: Compare() = %+v, %v", name, p, err)
		}
	}
	if _, err := Restore(ctx, b.Path, path, Key{Recovery: string(recovery)}, monday, nil); err != nil {
		t.Fatal(err)
	}
	s, err = OpenWithRecovery(ctx, path, string(recovery), []byte("bramble candle seven"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if all, err := s.Pupils.All(ctx); err != nil || len(all) != 0 {
		t.Errorf("%d pupils, %v; want none", len(all), err)
	}
	if a, err := s.newestAct(ctx, ActRestore); err != nil || a.Member != s.Me.ID {
		t.Errorf("the trail says %+v, %v", a, err)
	}
}

// TestRestoreThatIsCancelled leaves everything as it was, however far it came.
func TestRestoreThatIsCancelled(t *testing.T) {
	path, backup, _ := backedUp(t)
	before := names(t, filepath.Dir(path))
	for _, share := range []float64{0, 0.4, 0.6, 1} {
		ctx, cancel := context.WithCancel(context.Background())
		_, err := Restore(ctx, backup, path, Key{Passphrase: []byte(testPassphrase)}, monday, func(done, total int64) {
			if float64(done) >= share*float64(total) {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at %v: %v", share, err)
		}
		if after := names(t, filepath.Dir(path)); len(after) != len(before) {
			t.Errorf("cancelled at %v: left %q of %q", share, after, before)
		}
	}
	s, err := Open(context.Background(), path, []byte(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

func TestBeyond(t *testing.T) {
	const early, later, last = Stamp("2025-03-03T09:30:00.000000Z"), Stamp("2025-03-04T09:30:00.000000Z"), Stamp("2025-03-05T09:30:00.000000Z")
	both := versionKey{"both", 1}
	a := map[versionKey]versionOf{
		both: {KindPupil, early}, {"both", 2}: {KindPupil, last},
		{"new", 1}: {KindPupil, later}, {"new", 2}: {KindPupil, last}, {"other", 1}: {KindConcern, later},
	}
	got := beyond(a, map[versionKey]versionOf{both: {KindPupil, early}})
	want := []Difference{{KindConcern, 1, 0, later, later}, {KindPupil, 1, 1, later, last}}
	if !slices.Equal(got, want) {
		t.Errorf("beyond() = %+v, want %+v", got, want)
	}
}
