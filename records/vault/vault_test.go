package vault

import (
	"path/filepath"
	"testing"
)

var (
	cheap = Cost{MemoryKiB: 1 << 10, Passes: 1}
	pass  = []byte("correct horse battery staple")
)

func newVault(t testing.TB) *Vault {
	t.Helper()
	v, _, err := Create(filepath.Join(t.TempDir(), "school.throughline"), "Ms Adeyemi", pass, cheap)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	return v
}

func TestRoundTrip(t *testing.T) {
	v := newVault(t)
	if _, err := v.DB().Exec(`CREATE TABLE t(a TEXT) STRICT; INSERT INTO t VALUES('x')`); err != nil {
		t.Fatal(err)
	}
	if err := v.Verify(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	copyPath := filepath.Join(t.TempDir(), "copy")
	if err := v.Backup(t.Context(), copyPath, nil); err != nil {
		t.Fatal(err)
	}
	path := v.Path()
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{path, copyPath} {
		v, err := Open(p, pass)
		if err != nil {
			t.Fatal(err)
		}
		var a string
		if err := v.DB().QueryRow(`SELECT a FROM t`).Scan(&a); err != nil || a != "x" {
			t.Fatalf("%q, %v", a, err)
		}
		if err := v.Verify(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
