package records

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// upnOf returns a UPN of twelve digits with its check letter.
func upnOf(n int) string {
	digits := fmt.Sprintf("%012d", n)
	for _, letter := range upnLetters {
		if upn := string(letter) + digits; CheckUPN(upn) == nil {
			return upn
		}
	}
	panic("no letter fits")
}

// tempUPN returns a temporary UPN, which ends in a letter.
func tempUPN() string {
	for _, letter := range upnLetters {
		if upn := string(letter) + "80120014200A"; CheckUPN(upn) == nil {
			return upn
		}
	}
	panic("no letter fits")
}

func rollOf(pupils ...Pupil) *Roll {
	r := &Roll{From: "a CSV file"}
	for i, p := range pupils {
		r.Rows = append(r.Rows, RollRow{Row: i + 1, Pupil: p})
	}
	return r
}

func mustPreview(t testing.TB, s *Store, r *Roll) *RollPlan {
	t.Helper()
	plan, err := s.PreviewRoll(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func mustApply(t testing.TB, s *Store, plan *RollPlan, c RollChoices) {
	t.Helper()
	if err := s.ApplyRoll(context.Background(), plan, c, nil); err != nil {
		t.Fatal(err)
	}
}

func allPupils(t testing.TB, s *Store) []Pupil {
	t.Helper()
	all, err := s.Pupils.All(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestRollMatchesPupils(t *testing.T) {
	const born, other = Date("2015-06-01"), Date("2016-07-02")
	zoe := Pupil{Forename: "Zoë", Surname: "Nguyễn", Born: born}
	with := func(p Pupil, change func(*Pupil)) Pupil { change(&p); return p }
	upn := func(n int) func(*Pupil) { return func(p *Pupil) { p.UPN = upnOf(n) } }
	kept1 := with(zoe, upn(1))
	for _, c := range []struct {
		name string
		kept []Pupil
		row  Pupil
		want Verdict
		why  string
	}{
		{"nobody is kept", nil, zoe, RollNew, ""},
		{"the same UPN", []Pupil{kept1}, kept1, RollSame, ""},
		{"the same UPN, another name", []Pupil{kept1}, with(kept1, func(p *Pupil) { p.Surname = "Bell" }), RollChanged, ""},
		{"the same name and birth date, a UPN to add", []Pupil{zoe}, kept1, RollChanged, ""},
		{"the file has no UPN", []Pupil{kept1}, zoe, RollSame, ""},
		{"the name without accents and in capitals", []Pupil{kept1}, Pupil{Forename: "ZOE", Surname: "NGUYEN", Born: born}, RollChanged, ""},
		{"the name she is known by", []Pupil{with(kept1, func(p *Pupil) { p.KnownAs = "Zo" })}, Pupil{Forename: "Zo", Surname: "Nguyễn", Born: born}, RollChanged, ""},
		{"the same name, born on another day", []Pupil{kept1}, with(zoe, func(p *Pupil) { p.Born = other }), RollNew, ""},
		{"another UPN", []Pupil{kept1}, with(zoe, upn(2)), RollRejected, whyOtherUPN},
		{"a temporary UPN that became another", []Pupil{with(zoe, func(p *Pupil) { p.UPN = tempUPN() })}, kept1, RollChanged, ""},
		{"two of the name", []Pupil{zoe, zoe}, zoe, RollRejected, whyWhich},
		{"two with the UPN", []Pupil{kept1, kept1}, kept1, RollRejected, whyWhich},
		{"no birth date is kept", []Pupil{with(zoe, func(p *Pupil) { p.Born = "" })}, kept1, RollRejected, whyNoBirth},
		{"no birth date in the file", []Pupil{zoe}, with(zoe, func(p *Pupil) { p.Born = "" }), RollRejected, whyNoBirth},
		{"no surname", nil, with(zoe, func(p *Pupil) { p.Surname = "" }), RollRejected, whyNoNames},
		{"born in the future", nil, with(zoe, func(p *Pupil) { p.Born = "2025-03-04" }), RollRejected, whyFuture},
		{"a rule of the record", nil, with(zoe, func(p *Pupil) { p.Joined = "2014-01-01" }), RollRejected, "joined before being born"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustCreate(t)
			for i := range c.kept {
				keepOld(t, s, &c.kept[i])
			}
			plan := mustPreview(t, s, rollOf(c.row))
			l := plan.Lines[0]
			if l.Verdict != c.want || !strings.Contains(l.Why, c.why) || (l.Why != "") != (c.want == RollRejected) {
				t.Errorf("PreviewRoll = %s %q %v, want %s %q", l.Verdict, l.Why, l.Changes, c.want, c.why)
			}
			for _, secret := range []string{"Zo", "ZOE", "Ngu", "NGU", "2015", "Jun"} {
				if strings.Contains(l.Why, secret) {
					t.Errorf("the reason quotes the row: %q", l.Why)
				}
			}
			if c.want != RollNew && len(plan.Gone) > 0 {
				t.Errorf("%d pupils are gone, whom the row may mean", len(plan.Gone))
			}
		})
	}
}

func TestRollRowsThatClash(t *testing.T) {
	zoe := Pupil{Forename: "Zoë", Surname: "Nguyễn", Born: "2015-06-01", Form: "5B"}
	one, two, other := zoe, zoe, zoe
	one.UPN, two.UPN, other.Form = upnOf(1), upnOf(2), "5C"
	renamed := one
	renamed.Surname = "Bell"
	for _, c := range []struct {
		name string
		rows []Pupil
		want []Verdict
	}{
		{"the same twice, as with a row for each contact", []Pupil{one, one, one}, []Verdict{RollNew, RollRejected, RollRejected}},
		{"one UPN, two names", []Pupil{one, renamed}, []Verdict{RollRejected, RollRejected}},
		{"one UPN, three rows", []Pupil{one, renamed, one}, []Verdict{RollRejected, RollRejected, RollRejected}},
		{"one name and birth date without UPN", []Pupil{zoe, other}, []Verdict{RollRejected, RollRejected}},
		{"one name and birth date, one UPN", []Pupil{zoe, one}, []Verdict{RollRejected, RollRejected}},
		{"one name and birth date, two UPNs", []Pupil{one, two}, []Verdict{RollNew, RollNew}},
	} {
		s := mustCreate(t)
		plan := mustPreview(t, s, rollOf(c.rows...))
		for i, want := range c.want {
			if l := plan.Lines[i]; l.Verdict != want {
				t.Errorf("%s: row %d is %s %q, want %s", c.name, i+1, l.Verdict, l.Why, want)
			}
		}
	}
	s := mustCreate(t)
	kept := one
	mustSave(t, s, &kept)
	plan := mustPreview(t, s, rollOf(one, other))
	if plan.Count(RollRejected) != 2 {
		t.Errorf("two rows for one kept pupil: %+v", plan.Lines)
	}
}

func TestRollKeepsAndIsTheSameAfterwards(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	ida := &Pupil{Forename: "Ida", Surname: "Bell", UPN: upnOf(7), Born: "2014-02-03", Form: "4M", Needs: "Hearing aid, left ear.\nSEN status: SEN support", GP: "Elm Surgery", Sex: "Girl"}
	ned := &Pupil{Forename: "Ned", Surname: "Alder", Born: "2013-02-03"}
	mustSave(t, s, ida, ned)
	file := rollOf(
		Pupil{Forename: "IDA", Surname: "Bell", UPN: upnOf(7), Born: "2014-02-03", Form: "5M", Needs: "SEN status: Education, health and care plan\nMedical: Asthma", Sex: "Female", Joined: "2018-09-03"},
		Pupil{Forename: "Zoë", Surname: "Nguyễn", UPN: upnOf(8), Born: "2015-06-01", Needs: "SEN status: " + NoNeed},
	)
	plan := mustPreview(t, s, file)
	want := []RollChange{
		{"form", "4M", "5M"},
		{"needs", ida.Needs, "Hearing aid, left ear.\nSEN status: Education, health and care plan\nMedical: Asthma"},
		{"joined", "", "3 Sep 2018"},
	}
	if l := plan.Lines[0]; l.Verdict != RollChanged || !reflect.DeepEqual(l.Changes, want) {
		t.Errorf("changes = %+v, want %+v", l.Changes, want)
	}
	if len(plan.Gone) != 1 || plan.Gone[0].ID != ned.ID {
		t.Errorf("perhaps left: %+v, want Ned", plan.Gone)
	}
	if len(allPupils(t, s)) != 2 {
		t.Error("the preview kept something")
	}
	steps := 0
	if err := s.ApplyRoll(ctx, plan, RollChoices{}, func(done, total int) {
		if steps++; done != steps || total != 2 {
			t.Errorf("progress %d of %d at step %d", done, total, steps)
		}
	}); err != nil || steps != 2 {
		t.Fatalf("ApplyRoll: %v after %d steps", err, steps)
	}
	got, err := s.Pupils.Get(ctx, ida.ID)
	if err != nil || got.Form != "5M" || got.GP != "Elm Surgery" || got.Sex != "Girl" || got.Forename != "Ida" || got.Version != 2 ||
		got.Why != "Imported from a CSV file, 3 Mar 2025" {
		t.Errorf("kept %+v, %v", got, err)
	}
	if n, err := s.Pupils.Get(ctx, ned.ID); err != nil || n.Version != 1 {
		t.Errorf("Ned, who is not in the file, was changed: %+v, %v", n, err)
	}
	if all := allPupils(t, s); len(all) != 3 || all[2].Needs != "" || all[2].Why != got.Why {
		t.Errorf("the new pupil is %+v", all[2])
	}
	if err := s.ApplyRoll(ctx, plan, RollChoices{}, nil); !errors.Is(err, ErrConflict) {
		t.Errorf("the plan a second time: %v, want ErrConflict", err)
	}
	again := mustPreview(t, s, file)
	if again.Count(RollSame) != 2 {
		t.Errorf("the file a second time: %+v", again.Lines)
	}
	before := allPupils(t, s)
	mustApply(t, s, again, RollChoices{})
	if !reflect.DeepEqual(allPupils(t, s), before) {
		t.Error("the file a second time changed something")
	}
	mustApply(t, s, again, RollChoices{Left: []ID{ned.ID}})
	if n, err := s.Pupils.Get(ctx, ned.ID); err != nil || n.Left != "2025-03-03" {
		t.Errorf("Ned was ticked as having left: %+v, %v", n, err)
	}
	if _, err := s.VerifyChain(ctx); err != nil {
		t.Error(err)
	}
}

func TestRollOfSomebodyWhoLeft(t *testing.T) {
	s := mustCreate(t)
	gone := &Pupil{Forename: "Ida", Surname: "Bell", Born: "2014-02-03", Joined: "2018-09-03", Left: "2024-07-19"}
	mustSave(t, s, gone)
	row := Pupil{Forename: "Ida", Surname: "Bell", Born: "2014-02-03"}
	if l := mustPreview(t, s, rollOf(row)).Lines[0]; l.Verdict != RollSame || len(l.Warnings) != 1 {
		t.Errorf("without a date: %+v, want the same and a warning", l)
	}
	row.Joined = "2025-01-06"
	if l := mustPreview(t, s, rollOf(row)).Lines[0]; l.Verdict != RollChanged || l.Pupil.Left != "" || l.Pupil.Joined != row.Joined {
		t.Errorf("joined again: %+v, want no leaving date", l)
	}
}

// TestRollBirthDateAfterAnEntry holds that one row that breaks a rule among
// records is rejected and does not stop the others.
func TestRollBirthDateAfterAnEntry(t *testing.T) {
	s := mustCreate(t)
	zoe := testPupil()
	zoe.UPN = upnOf(1)
	mustSave(t, s, zoe)
	c := testConcern(zoe.ID)
	c.When = On("2025-02-01")
	mustSave(t, s, c)
	plan := mustPreview(t, s, rollOf(
		Pupil{Forename: "Zoë", Surname: "Nguyễn", UPN: upnOf(1), Born: "2025-02-10"},
		Pupil{Forename: "Ida", Surname: "Bell", Born: "2015-01-01"}))
	if l := plan.Lines[0]; l.Verdict != RollRejected || !strings.Contains(l.Why, "entry from before") {
		t.Errorf("row 1 = %s %q", l.Verdict, l.Why)
	}
	mustApply(t, s, plan, RollChoices{})
	if len(allPupils(t, s)) != 2 {
		t.Error("the other row was not kept")
	}
}

func TestRollIsKeptWholeOrNotAtAll(t *testing.T) {
	s := mustCreate(t)
	var pupils []Pupil
	for i := range 50 {
		pupils = append(pupils, Pupil{Forename: fmt.Sprint("Ada", i), Surname: "Elm", Born: "2015-01-01"})
	}
	plan := mustPreview(t, s, rollOf(pupils...))
	ctx, cancel := context.WithCancel(context.Background())
	err := s.ApplyRoll(ctx, plan, RollChoices{}, func(done, total int) {
		if done == total/2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || len(allPupils(t, s)) != 0 {
		t.Errorf("cancelled halfway: %v, and %d pupils are kept", err, len(allPupils(t, s)))
	}
	mustSave(t, s, testPupil())
	if err := s.ApplyRoll(context.Background(), plan, RollChoices{}, nil); !errors.Is(err, ErrConflict) || len(allPupils(t, s)) != 1 {
		t.Errorf("after a pupil was added meanwhile: %v, want ErrConflict and nothing kept", err)
	}
	cancel()
	if plan, err := s.PreviewRoll(ctx, rollOf(pupils...)); !errors.Is(err, context.Canceled) || plan != nil {
		t.Errorf("preview after cancelling: %v", err)
	}
}

// TestRollTwiceIsOnce holds of any file: what it brings, it brings once.
func TestRollTwiceIsOnce(t *testing.T) {
	s := mustCreate(t)
	text := func(label string, of ...string) *rapid.Generator[string] { return rapid.SampledFrom(append(of, "")) }
	row := rapid.Custom(func(t *rapid.T) Pupil {
		p := Pupil{
			Forename: text("", "Zoë", "ZOE", "Ida").Draw(t, "forename"), Surname: text("", "Nguyễn", "Bell").Draw(t, "surname"),
			KnownAs: text("", "Zo", "Ida").Draw(t, "known as"), Born: Date(text("", "2015-06-01", "2016-06-01").Draw(t, "born")),
			Form: text("", "5B", "5b", "5C").Draw(t, "form"), Needs: text("", "SEN status: "+NoNeed, "SEN status: SEN support", "Medical: Asthma").Draw(t, "needs"),
			Joined: Date(text("", "2019-09-02", "2025-01-06").Draw(t, "joined")), Left: Date(text("", "2024-07-19").Draw(t, "left")),
			Sex: text("", "Girl", "Female").Draw(t, "sex"),
		}
		if n := rapid.IntRange(0, 3).Draw(t, "upn"); n > 0 {
			p.UPN = upnOf(n)
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		file := rollOf(rapid.SliceOfN(row, 1, 6).Draw(t, "rows")...)
		ctx := context.Background()
		plan, err := s.PreviewRoll(ctx, file)
		if err == nil {
			err = s.ApplyRoll(ctx, plan, RollChoices{}, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		again, err := s.PreviewRoll(ctx, file)
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range again.Lines {
			if before := plan.Lines[i]; l.Verdict == RollNew || l.Verdict == RollChanged {
				t.Fatalf("row %d was %s and is %s %v the second time", l.Row, before.Verdict, l.Verdict, l.Changes)
			}
		}
	})
}

// TestRollOfALockedFile holds that an import neither shows nor changes what a
// lock hides from whoever imports.
func TestRollOfALockedFile(t *testing.T) {
	l := mustLock(t)
	file := rollOf(Pupil{Forename: "Zoë", Surname: "Nguyễn", Born: l.shut.Born, Address: "2 Oak Road", Needs: "Medical: Asthma", Form: "6B"})
	l.Me = l.out
	plan := mustPreview(t, l.Store, file)
	if want := []RollChange{{"form", "", "6B"}}; !reflect.DeepEqual(plan.Lines[0].Changes, want) || plan.Lines[0].Pupil.Needs != "" {
		t.Errorf("of a locked file it says %+v, want %+v", plan.Lines[0], want)
	}
	mustApply(t, l.Store, plan, RollChoices{})
	if l := mustPreview(t, l.Store, file).Lines[0]; l.Verdict != RollSame {
		t.Errorf("a second time: %+v", l)
	}
	l.Me = l.in
	if got, err := l.Pupils.Get(context.Background(), l.shut.ID); err != nil || got.Form != "6B" || got.Needs != "Epilepsy plan." || got.Address != "" {
		t.Errorf("kept %+v, %v", got, err)
	}
}

func TestRollColumnsAreRemembered(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	for _, want := range []string{"", "one", "two"} {
		if want != "" {
			if err := s.SetRollColumns(ctx, "shape", want); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := s.RollColumns(ctx, "shape"); got != want || err != nil {
			t.Errorf("RollColumns = %q, %v, want %q", got, err, want)
		}
	}
}

// BenchmarkRoll1500 imports a school of 1,500 pupils into a vault that has it
// already, with a new form for each.
func BenchmarkRoll1500(b *testing.B) {
	s := mustCreate(b)
	var pupils []Pupil
	for i := range 1500 {
		pupils = append(pupils, Pupil{Forename: fmt.Sprint("Ada", i), Surname: "Elm", UPN: upnOf(i), Born: Date("2012-09-01").AddDays(i), Form: "7A", Address: "1 Elm Lane"})
	}
	for b.Loop() {
		for i := range pupils {
			pupils[i].Form = time.Now().Format(time.RFC3339Nano)
		}
		mustApply(b, s, mustPreview(b, s, rollOf(pupils...)), RollChoices{})
	}
}
