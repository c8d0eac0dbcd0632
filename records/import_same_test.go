package records

import (
	"errors"
	"testing"
)

func TestAPlanIsKeptOnce(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	row := concernRow(1, "2025-01-06", "No coat again.")
	plan := mustPreviewConcerns(t, s, p.ID, row)
	mustApplyConcerns(t, s, plan)
	if err := s.ApplyConcerns(ctx, plan, nil); !errors.Is(err, ErrConflict) {
		t.Errorf("the same plan again: %v, want ErrConflict", err)
	}
	if kept, err := s.Concerns.Of(ctx, p.ID); err != nil || len(kept) != 1 {
		t.Errorf("%d entries are kept, %v", len(kept), err)
	}
	other := concernRow(1, "2025-01-07", "No coat again.")
	plan = mustPreviewConcerns(t, s, p.ID, other)
	mustSave(t, s, testConcern(p.ID))
	if err := s.ApplyConcerns(ctx, plan, nil); !errors.Is(err, ErrConflict) {
		t.Errorf("after an entry was added: %v, want ErrConflict", err)
	}
}

// acted is a row that says what was done.
func acted(n int, action string) ConcernRow {
	r := concernRow(n, "2025-01-06", "No coat again.")
	r.Concern.Action = action
	return r
}

// TestRowsThatDifferAreEntriesOfTheirOwn: two rows of one day with the same words
// and other actions are both kept, in whatever order they come again.
func TestRowsThatDifferAreEntriesOfTheirOwn(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	rows := []ConcernRow{acted(1, ""), acted(2, "Rang mum."), acted(3, "rang MUM."), acted(4, "Spoke to Nan.")}
	plan := mustPreviewConcerns(t, s, p.ID, rows...)
	if got := verdicts(plan); got != "new new rejected new" {
		t.Fatalf("first import: %s", got)
	}
	mustApplyConcerns(t, s, plan)
	for _, again := range [][]ConcernRow{{rows[0], rows[1], rows[3]}, {rows[3], rows[1], rows[0]}, {rows[1], rows[0], rows[3]}} {
		if got := verdicts(mustPreviewConcerns(t, s, p.ID, again...)); got != "same same same" {
			t.Errorf("again: %s", got)
		}
	}
	plan = mustPreviewConcerns(t, s, p.ID, acted(1, "Rang mum and dad."), rows[0], rows[3])
	if got := verdicts(plan); got != "changed same same" || plan.Lines[0].Changes[0].Old != "Rang mum." {
		t.Errorf("one of them changed: %s, %+v", got, plan.Lines[0].Changes)
	}
	if kept, err := s.Concerns.Of(ctx, p.ID); err != nil || len(kept) != 3 {
		t.Errorf("%d entries are kept, %v", len(kept), err)
	}
}

// TestWordsCorrectedWhereTheyCameFrom: a row without a reference is known by most
// of its words; another event of the day is not taken for it.
func TestWordsCorrectedWhereTheyCameFrom(t *testing.T) {
	const was = "Zoë came in without a coat at 08:40 and her hands were blue."
	for _, tt := range []struct {
		name, account, want string
		day                 Date
		reference           string
	}{
		{"a word corrected", "Zoë came in without a coat at 08:50 and her hands were blue.", "changed", "2025-01-06", ""},
		{"a sentence added", was + " She was shivering.", "changed", "2025-01-06", ""},
		{"another event", "Zoë asked for food at break and took a sandwich from the bin.", "new", "2025-01-06", ""},
		{"of another day", "Zoë came in without a coat at 08:50 and her hands were blue.", "new", "2025-01-07", ""},
		{"of another reference", "Zoë came in without a coat at 08:50 and her hands were blue.", "new", "2025-01-06", "INC-9"},
	} {
		s := mustCreate(t)
		p := testPupil()
		mustSave(t, s, p)
		first := concernRow(1, "2025-01-06", was)
		if tt.reference != "" {
			first.Concern.Reference = "INC-7"
		}
		mustApplyConcerns(t, s, mustPreviewConcerns(t, s, p.ID, first))
		row := concernRow(1, tt.day, tt.account)
		row.Concern.Reference = tt.reference
		if got := verdicts(mustPreviewConcerns(t, s, p.ID, row)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if got := verdicts(mustPreviewConcerns(t, s, p.ID, row, first)); tt.want == "changed" && got != "new same" {
			t.Errorf("%s, with the first row there too: %s, want new same", tt.name, got)
		}
		written := testConcern(p.ID) // here, and not brought in
		written.When, written.Account = On("2025-01-08"), was
		mustSave(t, s, written)
		if got := verdicts(mustPreviewConcerns(t, s, p.ID, concernRow(1, "2025-01-08", was+" Shivering."))); got != "new" {
			t.Errorf("%s: an entry written here is taken for a row: %s", tt.name, got)
		}
	}
}
