package wording

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestStructures reads testdata/structures.txt: sentences grouped by what they
// say and leave out, so that a structure and not a phrase carries the answer.
func TestStructures(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "structures.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		part := strings.SplitN(line, " | ", 3)
		if len(part) != 3 {
			t.Fatalf("structures.txt: %q has not three parts", line)
		}
		if got := verdict(Field(part[0]), part[2]); got != part[1] {
			t.Errorf("Check(%s, %q) = %s, want %s", part[0], part[2], got, part[1])
		}
	}
}

// verdict is the answer of Check in the notation of structures.txt.
func verdict(field Field, text string) string {
	r := Check(field, text)
	if r.Plan == nil {
		if len(r.Findings) == 0 {
			return "clean"
		}
		return string(r.Findings[0].Kind)
	}
	parts := []byte("---")
	for i, has := range []bool{r.Plan.What, r.Plan.HowLong, r.Plan.NextSteps} {
		if has {
			parts[i] = "WLN"[i]
		}
	}
	return string(parts)
}
