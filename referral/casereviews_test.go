package referral

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// docs/case-reviews.md has one row for each issue, and the test that it names
// exists.
func TestCaseReviewsPage(t *testing.T) {
	page, err := os.ReadFile("../docs/case-reviews.md")
	if err != nil {
		t.Fatal(err)
	}
	tests, err := os.ReadFile("questions_test.go")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| ([^|]+) \\|.*\\| `(Test\\w+)` \\|$").FindAllStringSubmatch(string(page), -1) {
		rows[m[1]] = m[2]
	}
	if len(rows) != len(Issues()) {
		t.Errorf("the page has %d rows for %d issues", len(rows), len(Issues()))
	}
	for _, i := range Issues() {
		if name := rows[string(i)]; name == "" || !strings.Contains(string(tests), "func "+name+"(") {
			t.Errorf("%q names the test %q, which does not exist", i, name)
		}
	}
}
