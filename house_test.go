package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestArrowsRunDown holds the house: ui → referral → chronology → records →
// vault, anybody may read assets, and only main and ui know of a window.
func TestArrowsRunDown(t *testing.T) {
	floors := []struct {
		under   string
		forbids []string
	}{
		{"throughline/assets", []string{"throughline/ui", "throughline/referral", "throughline/chronology", "throughline/records", "fyne.io/"}},
		{"throughline/records/vault", []string{"throughline/ui", "throughline/referral", "throughline/chronology", "throughline/assets", "fyne.io/"}},
		{"throughline/records", []string{"throughline/ui", "throughline/referral", "throughline/chronology", "fyne.io/"}},
		{"throughline/chronology", []string{"throughline/ui", "throughline/referral", "fyne.io/"}},
		{"throughline/referral", []string{"throughline/ui", "fyne.io/"}},
	}
	packages := goList(t, "{{.ImportPath}} {{join .Deps \" \"}}", "throughline/...")
	for _, line := range packages {
		name, deps, _ := strings.Cut(line, " ")
		for _, f := range floors {
			if !within(name, f.under) {
				continue
			}
			for dep := range strings.FieldsSeq(deps) {
				for _, no := range f.forbids {
					if strings.HasSuffix(no, "/") && strings.HasPrefix(dep, no) || within(dep, no) && dep != name {
						t.Errorf("%s must not depend on %s", name, dep)
					}
				}
			}
		}
	}
	if len(packages) < 12 {
		t.Errorf("go list found %d packages only", len(packages))
	}
}

// TestOneImporterOfApp holds that only main.go starts a window.
func TestOneImporterOfApp(t *testing.T) {
	for _, line := range goList(t, "{{.ImportPath}} {{join .Imports \" \"}}", "throughline/...") {
		name, imports, _ := strings.Cut(line, " ")
		if name != "throughline" && strings.Contains(" "+imports+" ", " fyne.io/fyne/v2/app ") {
			t.Errorf("%s imports fyne.io/fyne/v2/app; only main.go may", name)
		}
	}
}

// TestReadersArePure holds that wording and pattern are values in, values out:
// no clock, no disk, no randomness, no database of their own.
func TestReadersArePure(t *testing.T) {
	for _, line := range goList(t, "{{.ImportPath}} {{join .Imports \" \"}}", "throughline/chronology/wording", "throughline/chronology/pattern") {
		name, imports, _ := strings.Cut(line, " ")
		for dep := range strings.FieldsSeq(imports) {
			switch dep {
			case "os", "net", "os/exec", "io/ioutil", "math/rand", "math/rand/v2", "database/sql", "log", "log/slog":
				t.Errorf("%s imports %s", name, dep)
			}
		}
	}
}

func within(pkg, root string) bool { return pkg == root || strings.HasPrefix(pkg, root+"/") }

func goList(t *testing.T, format string, args ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list", "-tags", "ci", "-f", format}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
