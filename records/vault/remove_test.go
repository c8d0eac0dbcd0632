package vault

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRemoveTakesWhatLiesBeside(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.throughline")
	for _, name := range []string{path, path + "-wal", path + "-shm", path + "-journal", filepath.Join(dir, "b.throughline")} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Remove(path); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 || files[0].Name() != "b.throughline" {
		t.Errorf("left %v, %v; want the other vault alone", files, err)
	}
	if err := Remove(path); err != nil {
		t.Errorf("removing nothing: %v", err)
	}
}
