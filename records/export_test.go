package records

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExportLeavesATrace(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	path := filepath.Join(t.TempDir(), "out.txt")
	sum, err := s.Export(ctx, "", "chronology", path, func(w io.Writer) error {
		_, err := io.WriteString(w, "abc")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(sum, "ba7816bf8f01cfea") {
		t.Errorf("SHA-256 = %s", sum)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, want 0600", info.Mode().Perm())
	}
	a, err := lastEntry(ctx, s.db)
	if err != nil {
		t.Fatal(err)
	}
	if a.Act != ActExport || a.Content != "chronology "+sum {
		t.Errorf("last audit entry = %+v", a)
	}
}

func TestAFailedExportLeavesNothing(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	dir := t.TempDir()
	stop := errors.New("stop")
	if _, err := s.Export(ctx, "", "x", filepath.Join(dir, "out.txt"), func(io.Writer) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Export() = %v, want the writer's error", err)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("%d files are left", len(files))
	}
}
