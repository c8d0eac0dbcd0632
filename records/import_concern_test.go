package records

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func concernRow(n int, day Date, account string) ConcernRow {
	return ConcernRow{Row: n, Concern: Concern{
		When: On(day), Source: FromRecords, Categories: []Category{Neglect}, Account: account,
	}}
}

func mustPreviewConcerns(t *testing.T, s *Store, pupil ID, rows ...ConcernRow) *ConcernPlan {
	t.Helper()
	plan, err := s.PreviewConcerns(context.Background(), "a CSV file", pupil, rows)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func mustApplyConcerns(t *testing.T, s *Store, plan *ConcernPlan) {
	t.Helper()
	if err := s.ApplyConcerns(context.Background(), plan, nil); err != nil {
		t.Fatal(err)
	}
}

// verdicts says what is to be done with each row, "new same …".
func verdicts(p *ConcernPlan) string {
	var all []string
	for _, l := range p.Lines {
		all = append(all, string(l.Verdict))
	}
	return strings.Join(all, " ")
}

func TestSecondImportOfAChronologyUpdates(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	rows := []ConcernRow{
		concernRow(1, "2025-01-06", "No coat again."),
		concernRow(2, "2025-01-07", "Asked for food at break."),
		concernRow(3, "2025-01-07", "Asked  for FOOD at break."), // the same, as another program writes it
	}
	rows[1].Concern.Reference = "INC-7"
	plan := mustPreviewConcerns(t, s, p.ID, rows...)
	if got := verdicts(plan); got != "new new rejected" || !strings.Contains(plan.Lines[2].Why, "row 2") {
		t.Fatalf("first import: %s, %q", got, plan.Lines[2].Why)
	}
	mustApplyConcerns(t, s, plan)
	rows[1].Concern.Account = "Asked for food at break and took a sandwich from the bin."
	rows[0].Concern.Outcome = "Mother bought a coat."
	plan = mustPreviewConcerns(t, s, p.ID, rows[:2]...)
	if got := verdicts(plan); got != "changed changed" {
		t.Fatalf("second import: %s", got)
	}
	if got, want := plan.Lines[0].Changes, []RollChange{{"outcome", "", "Mother bought a coat."}}; !slices.Equal(got, want) {
		t.Errorf("row 1 would change %v, want %v", got, want)
	}
	mustApplyConcerns(t, s, plan)
	kept, err := s.Concerns.Of(context.Background(), p.ID)
	if err != nil || len(kept) != 2 || kept[0].Version != 2 || kept[0].Outcome != "Mother bought a coat." || !strings.HasPrefix(kept[1].Why, importedWhy) {
		t.Fatalf("kept %+v, %v", kept, err)
	}
	if got := verdicts(mustPreviewConcerns(t, s, p.ID, rows[:2]...)); got != "same same" {
		t.Errorf("third import: %s", got)
	}
}

func TestWhatWasCorrectedHereStays(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	row := concernRow(1, "2025-01-06", "No coat again.")
	row.Concern.Outcome = "None."
	mustApplyConcerns(t, s, mustPreviewConcerns(t, s, p.ID, row))
	kept, err := s.Concerns.Of(context.Background(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	kept[0].Outcome = "A coat came from the school's store."
	if err := s.Concerns.Save(context.Background(), &kept[0], "Found out."); err != nil {
		t.Fatal(err)
	}
	plan := mustPreviewConcerns(t, s, p.ID, row)
	if plan.Lines[0].Verdict != RollSame || plan.Lines[0].Why != whyCorrected {
		t.Errorf("%+v", plan.Lines[0])
	}
}

func TestWhoseRowItIs(t *testing.T) {
	s := mustCreate(t)
	zoe := &Pupil{Forename: "Zoë", Surname: "Nguyễn", UPN: upnOf(1), Born: "2014-05-05"}
	twins := []*Pupil{{Forename: "Sam", Surname: "Ward Lee", Born: "2012-01-01"}, {Forename: "Sam", Surname: "Ward Lee", Born: "2013-01-01"}}
	mustSave(t, s, zoe, twins[0], twins[1])
	for _, c := range []struct {
		name, upn, called string
		pupil             ID
		want              ID
		why               string
	}{
		{"by UPN", zoe.UPN, "", "", zoe.ID, ""},
		{"by name", "", "Zoe Nguyen", "", zoe.ID, ""},
		{"surname first", "", "NGUYEN, Zoe", "", zoe.ID, ""},
		{"two of one name", "", "Sam Ward Lee", "", "", whyTwoNames},
		{"two of one name, one chosen", "", "Sam Ward Lee", twins[1].ID, twins[1].ID, ""},
		{"unknown", "", "Ada Adair", "", "", whyUnknownPupil},
		{"nobody", "", "", "", "", whyNoPupil},
		{"chosen", "", "", zoe.ID, zoe.ID, ""},
		{"of another", zoe.UPN, "", twins[0].ID, "", whyOtherPupil},
		{"of another, who is not kept", upnOf(9), "", zoe.ID, "", whyOtherPupil},
		{"with a UPN that is not known here", upnOf(9), "", twins[0].ID, twins[0].ID, ""},
		{"known here by another name", "", "Zed", zoe.ID, zoe.ID, ""},
	} {
		row := concernRow(1, "2025-01-06", "No coat.")
		row.UPN, row.Name = c.upn, c.called
		l := mustPreviewConcerns(t, s, c.pupil, row).Lines[0]
		if l.Why != c.why || c.why == "" && l.Concern.Pupil != c.want {
			t.Errorf("%s: %q, pupil right %v", c.name, l.Why, l.Concern.Pupil == c.want)
		}
	}
}

func TestAReferenceOfSeveralRowsNamesNone(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	a, b := concernRow(1, "2025-01-06", "Bruise seen."), concernRow(2, "2025-01-07", "Mother was rung.")
	a.Concern.Reference, b.Concern.Reference = "INC-9", "INC-9"
	mustApplyConcerns(t, s, mustPreviewConcerns(t, s, p.ID, a, b))
	if got := verdicts(mustPreviewConcerns(t, s, p.ID, b, a)); got != "same same" {
		t.Error(got)
	}
}

func TestBadRowsOfAChronology(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	undated, early, long := concernRow(1, "", "No date."), concernRow(2, p.Born.AddDays(-1), "Before birth."), concernRow(3, "2025-01-06", strings.Repeat("a", TextLimit+1))
	unread := ConcernRow{Row: 4, Why: ErrDateForm.Error()}
	plan := mustPreviewConcerns(t, s, p.ID, undated, early, long, unread)
	if got := verdicts(plan); got != "rejected rejected rejected rejected" {
		t.Error(got)
	}
	for _, l := range plan.Lines {
		if l.Why == "" || strings.Contains(l.Why, "aaa") {
			t.Errorf("row %d: %q", l.Row, l.Why)
		}
	}
}

func TestAChronologyIsKeptWholeOrNotAtAll(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	plan := mustPreviewConcerns(t, s, p.ID, concernRow(1, "2025-01-06", "One."), concernRow(2, "2025-01-07", "Two."))
	ctx, stop := context.WithCancel(context.Background())
	if err := s.ApplyConcerns(ctx, plan, func(done, _ int) { stop() }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if kept, err := s.Concerns.Of(context.Background(), p.ID); err != nil || len(kept) != 0 {
		t.Errorf("%d entries are kept of an import that was stopped, %v", len(kept), err)
	}
	mustApplyConcerns(t, s, plan)
	again := mustPreviewConcerns(t, s, p.ID, concernRow(1, "2025-01-06", "One."))
	again.Lines[0].Verdict, again.Lines[0].Concern.Outcome = RollChanged, "Changed."
	kept, _ := s.Concerns.Of(context.Background(), p.ID)
	kept[0].Outcome = "Meanwhile."
	if err := s.Concerns.Save(context.Background(), &kept[0], "Meanwhile."); err != nil {
		t.Fatal(err)
	}
	if err := s.ApplyConcerns(context.Background(), again, nil); !errors.Is(err, ErrConflict) {
		t.Errorf("got %v, want ErrConflict", err)
	}
}

// TestWhatWasRemovedDoesNotComeBack imports an entry again in each of the forms
// it had before it was removed.
func TestWhatWasRemovedDoesNotComeBack(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p, other := testPupil(), testPupil()
	other.UPN = ""
	mustSave(t, s, p, other)
	rows := []ConcernRow{concernRow(1, "2025-01-06", "No coat again."), concernRow(2, "2025-01-07", "Asked for food.")}
	rows[0].Concern.Reference = "INC-7"
	mustApplyConcerns(t, s, mustPreviewConcerns(t, s, p.ID, rows...))
	kept, err := s.Concerns.Of(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(kept, func(c Concern) bool { return c.Reference == "INC-7" })
	gone := kept[i]
	gone.Account, gone.Reference = "No coat, and it was snowing.", ""
	if err := s.Concerns.Save(ctx, &gone, "Told again."); err != nil {
		t.Fatal(err)
	}
	r := mustAsk(t, s, KindConcern, p.ID, gone.ID)
	carryOut(t, s, RemovalWait, 1)
	for name, row := range map[string]ConcernRow{
		"as it was imported":  rows[0],
		"by its words alone":  concernRow(1, "2025-01-06", "no  COAT again."),
		"as it was corrected": concernRow(1, "2025-01-06", "No coat, and it was snowing."),
	} {
		if l := mustPreviewConcerns(t, s, p.ID, row).Lines[0]; l.Verdict != RollRejected || l.Why != whyRemoved {
			t.Errorf("%s: %s, %q", name, l.Verdict, l.Why)
		}
	}
	if got := verdicts(mustPreviewConcerns(t, s, p.ID, rows[1], concernRow(3, "2025-01-08", "No coat again."))); got != "same new" {
		t.Errorf("what was not removed: %s", got)
	}
	if got := verdicts(mustPreviewConcerns(t, s, other.ID, rows[0])); got != "new" {
		t.Errorf("of another pupil: %s", got)
	}
	done, err := s.Removals.Get(ctx, r.ID)
	if err != nil || len(strings.Fields(done.Marks)) != 3 || strings.Contains(done.Marks, "coat") {
		t.Errorf("the request holds %q, %v", done.Marks, err)
	}
}

func TestALockedFileIsNotImportedInto(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	row := concernRow(1, "2025-01-06", "No coat again.")
	mustApplyConcerns(t, s, mustPreviewConcerns(t, s, p.ID, row))
	if err := s.NameMembers(ctx, p.ID, []ID{s.Me.ID}, "Family of a colleague."); err != nil {
		t.Fatal(err)
	}
	row.Concern.Outcome = "A coat was found."
	if got := verdicts(mustPreviewConcerns(t, s, p.ID, row)); got != "changed" {
		t.Errorf("to somebody who is named: %s", got)
	}
	s.Me.ID = "another member"
	l := mustPreviewConcerns(t, s, p.ID, row).Lines[0]
	if l.Verdict != RollRejected || l.Why != whyLocked || l.Concern.ID != "" || len(l.Changes) != 0 {
		t.Errorf("to somebody who is not named: %s, %q, changes %v", l.Verdict, l.Why, l.Changes)
	}
}
