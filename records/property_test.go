package records

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"
)

// TestAnyHistory does any sequence of saves, corrections, plans, retirements and
// drafts, of concerns closed and opened, moved to another pupil's file and
// removed, with refused and undone ones among them, a clock that jumps both ways
// and the vault closed and opened in between. What can be read afterwards is
// what a list in memory says, in the present and in every version, and the trail
// verifies.
func TestAnyHistory(t *testing.T) {
	for name, value := range map[string]string{"checks": fmt.Sprint(few(40, 3000)), "nofailfile": "true"} {
		f := flag.Lookup("rapid." + name)
		was := f.Value.String()
		t.Cleanup(func() { flag.Set(f.Name, was) }) // other tests use rapid too
		if err := flag.Set(f.Name, value); err != nil {
			t.Fatal(err)
		}
	}
	s := mustCreate(t)
	checks := 0
	rapid.Check(t, func(rt *rapid.T) {
		if checks++; checks%100 == 0 {
			s = mustCreate(t) // the trail of one school would take ever longer to walk
		}
		m := newModel(rt, s, checks)
		rt.Repeat(map[string]func(*rapid.T){
			"log":      m.log,
			"correct":  m.correct,
			"plan":     m.plan,
			"end plan": m.endPlan,
			"do":       m.do,
			"support":  m.support,
			"undone":   m.undone,
			"draft":    m.draft,
			"join":     m.join,
			"retire":   m.retire,
			"close":    m.close,
			"open":     m.openAgain,
			"move":     m.move,
			"remove":   m.remove,
			"clock":    m.clock,
			"reopen":   m.reopen,
			"":         m.present,
		})
		m.past(rt)
	})
}

// model is what a school should hold of two pupils.
type model struct {
	s        *Store
	ctx      context.Context
	name     string
	pupil    ID // in whose file everything begins
	other    ID // into whose concerns are moved
	concerns versions[Concern, *Concern]
	plans    versions[Monitoring, *Monitoring]
	actions  versions[Action, *Action]
	supports versions[Support, *Support]
	members  versions[Member, *Member]
	removed  []ID       // concerns
	left     map[ID]int // how many were moved out of each file
	draftNow string
}

// versions are those of each record of a kind, the first one first.
type versions[T any, P interface {
	*T
	Record
}] map[ID][]T

func (v versions[T, P]) add(rec T) {
	id := P(&rec).meta().ID
	v[id] = append(v[id], rec)
}

// pick returns the newest version of any of them; the test goes on without when
// there is none.
func (v versions[T, P]) pick(t *rapid.T) T {
	if len(v) == 0 {
		t.Skip("none yet")
	}
	list := v[rapid.SampledFrom(slices.Sorted(maps.Keys(v))).Draw(t, "which")]
	return list[len(list)-1]
}

func newModel(t *rapid.T, s *Store, n int) *model {
	m := &model{
		s: s, ctx: context.Background(), name: fmt.Sprint("check ", n),
		concerns: versions[Concern, *Concern]{}, plans: versions[Monitoring, *Monitoring]{}, actions: versions[Action, *Action]{},
		supports: versions[Support, *Support]{}, members: versions[Member, *Member]{}, left: map[ID]int{},
	}
	p, other := testPupil(), &Pupil{Forename: "Bea", Surname: "Stone"}
	m.must(t, s.Pupils.Save(m.ctx, p, ""))
	m.must(t, s.Pupils.Save(m.ctx, other, ""))
	m.pupil, m.other = p.ID, other.ID
	return m
}

func (m *model) must(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// words are what people write, in any script, and never blank.
func words(t *rapid.T, what string) string {
	return "w" + rapid.StringOfN(rapid.RuneFrom([]rune("<&'\"\\\n é"), unicode.L, unicode.N, unicode.P), 0, 60, 200).Draw(t, what)
}

func (m *model) drawConcern(t *rapid.T) *Concern {
	c := testConcern(m.pupil)
	c.When = On(Date("2024-12-01").AddDays(rapid.IntRange(0, 40).Draw(t, "day")))
	c.Account, c.Severity = words(t, "account"), Severity(rapid.IntRange(0, 5).Draw(t, "severity"))
	return c
}

func (m *model) drawPlan(t *rapid.T) *Monitoring {
	return &Monitoring{
		Pupil: m.pupil, What: words(t, "what"), Who: "Mrs Bell", From: "2025-02-01",
		Until: Date("2025-02-01").AddDays(rapid.IntRange(0, 60).Draw(t, "days")), NextSteps: words(t, "next"),
	}
}

// started adds a plan that was kept and the actions it made.
func (m *model) started(t *rapid.T, plan Monitoring) {
	m.plans.add(plan)
	tasks, err := m.s.Actions.Under(m.ctx, plan.ID)
	m.must(t, err)
	cal, err := m.s.Calendar(m.ctx)
	m.must(t, err)
	want := plan.Tasks(cal)
	if len(tasks) != len(want) {
		t.Fatalf("the plan made %d actions, want %d", len(tasks), len(want))
	}
	for _, a := range tasks {
		m.actions.add(a)
	}
}

func (m *model) log(t *rapid.T) {
	c := m.drawConcern(t)
	if rapid.Bool().Draw(t, "without a plan") {
		m.must(t, m.s.LogConcern(m.ctx, c, nil, ""))
		m.concerns.add(*c)
		return
	}
	plan := m.drawPlan(t)
	m.must(t, m.s.LogConcern(m.ctx, c, plan, ""))
	m.concerns.add(*c)
	m.started(t, *plan)
}

func (m *model) correct(t *rapid.T) {
	c := m.concerns.pick(t)
	c.Account = words(t, "account") + "." + fmt.Sprint(c.Version) // never what it was
	switch rapid.SampledFrom([]string{"right", "right", "no reason", "an old version", "no change"}).Draw(t, "how") {
	case "right":
		m.must(t, m.s.Concerns.Save(m.ctx, &c, "Misheard."))
		m.concerns.add(c)
	case "no reason":
		if err := m.s.Concerns.Save(m.ctx, &c, ""); !errors.Is(err, ErrInvalid) {
			t.Fatalf("a correction without a reason: %v, want ErrInvalid", err)
		}
	case "an old version":
		c.Version--
		if err := m.s.Concerns.Save(m.ctx, &c, "Late."); !errors.Is(err, ErrConflict) {
			t.Fatalf("a correction of an old version: %v, want ErrConflict", err)
		}
	case "no change":
		list := m.concerns[c.ID]
		same := list[len(list)-1]
		m.must(t, m.s.Concerns.Save(m.ctx, &same, "Nothing."))
	}
}

func (m *model) plan(t *rapid.T) {
	plan := m.drawPlan(t)
	c := m.concerns.pick(t)
	plan.Pupil, plan.Concern = c.Pupil, c.ID
	m.must(t, m.s.Update(m.ctx, func(tx *Tx) error { return tx.StartPlan(plan) }))
	m.started(t, *plan)
}

func (m *model) endPlan(t *rapid.T) {
	plan := m.plans.pick(t)
	plan.Ended, plan.Result = "2025-02-10", words(t, "result")+fmt.Sprint(plan.Version)
	m.must(t, m.s.Monitorings.Save(m.ctx, &plan, "Ended."))
	m.plans.add(plan)
}

func (m *model) do(t *rapid.T) {
	a := m.actions.pick(t)
	a.Done, a.Result = "2025-02-10", words(t, "result")+fmt.Sprint(a.Version)
	m.must(t, m.s.Actions.Save(m.ctx, &a, "Done."))
	m.actions.add(a)
}

func (m *model) support(t *rapid.T) {
	sup := &Support{Pupil: m.pupil, What: words(t, "what"), Level: SchoolOffer, By: "Mr Okafor", From: "2025-01-06"}
	m.must(t, m.s.Supports.Save(m.ctx, sup, ""))
	m.supports.add(*sup)
}

// undone saves several things in a transaction that then fails.
func (m *model) undone(t *rapid.T) {
	late := errors.New("too late")
	err := m.s.Update(m.ctx, func(tx *Tx) error {
		if err := tx.LogConcern(m.drawConcern(t), m.drawPlan(t), ""); err != nil {
			return err
		}
		if len(m.concerns) > 0 {
			c := m.concerns.pick(t)
			c.Outcome = words(t, "outcome") + fmt.Sprint(c.Version)
			if err := tx.Save(&c, "Undone."); err != nil {
				return err
			}
		}
		return late
	})
	if !errors.Is(err, late) {
		t.Fatal(err)
	}
}

func (m *model) draft(t *rapid.T) {
	if rapid.IntRange(0, 3).Draw(t, "drop") == 0 {
		m.draftNow = ""
		m.must(t, m.s.DropDraft(m.ctx, m.name))
		return
	}
	m.draftNow = words(t, "draft")
	m.must(t, m.s.SaveDraft(m.ctx, m.name, m.draftNow))
}

func (m *model) join(t *rapid.T) {
	if len(m.members) == 3 {
		t.Skip("a vault has few slots")
	}
	member := Member{Name: fmt.Sprint(m.name, " member ", len(m.members)), Role: rapid.SampledFrom(Roles()).Draw(t, "role")}
	m.must(t, m.s.AddMember(m.ctx, &member, []byte(testPassphrase+" "+member.Name)))
	m.members.add(member)
}

func (m *model) retire(t *rapid.T) {
	m.retired(t, m.members.pick(t))
}

func (m *model) retired(t *rapid.T, member Member) {
	m.must(t, m.s.RetireMember(m.ctx, member.ID, "Left the school."))
	if member.Retired != "" {
		return // again is no change
	}
	got, err := m.s.Members.Get(m.ctx, member.ID)
	m.must(t, err)
	if got.Retired == "" || got.Version != member.Version+1 {
		t.Fatalf("retired: %+v", got)
	}
	m.members.add(got)
}

// open reports whether something that answers a concern is still to be done.
func (m *model) open(concern ID) bool {
	for _, list := range m.plans {
		if p := list[len(list)-1]; p.Concern == concern && p.Ended == "" {
			return true
		}
	}
	for _, list := range m.actions {
		if a := list[len(list)-1]; a.Concern == concern && a.Done == "" {
			return true
		}
	}
	return false
}

func (m *model) close(t *rapid.T) {
	c := m.concerns.pick(t)
	err := m.s.CloseConcern(m.ctx, c.ID, words(t, "reason"))
	if c.Closed != "" || m.open(c.ID) {
		if !errors.Is(err, ErrInvalid) {
			t.Fatalf("closing what is closed or not done: %v, want ErrInvalid", err)
		}
		return
	}
	m.must(t, err)
	m.changed(t, c, func(got Concern) bool { return got.Closed != "" })
}

func (m *model) openAgain(t *rapid.T) {
	c := m.concerns.pick(t)
	err := m.s.ReopenConcern(m.ctx, c.ID, words(t, "reason"))
	if c.Closed == "" {
		if !errors.Is(err, ErrInvalid) {
			t.Fatalf("opening what is open: %v, want ErrInvalid", err)
		}
		return
	}
	m.must(t, err)
	m.changed(t, c, func(got Concern) bool { return got.Closed == "" && len(got.Reopened) == len(c.Reopened)+1 })
}

// changed adds the version that the store made of a concern.
func (m *model) changed(t *rapid.T, was Concern, right func(Concern) bool) {
	got, err := m.s.Concerns.Get(m.ctx, was.ID)
	m.must(t, err)
	if got.Version != was.Version+1 || got.Account != was.Account || !right(got) {
		t.Fatalf("of %+v it made %+v", was, got)
	}
	m.concerns.add(got)
}

// move corrects whom a concern is about, and what answers it goes with it.
func (m *model) move(t *rapid.T) {
	c := m.concerns.pick(t)
	from := c.Pupil
	c.Pupil = m.pupil
	if from == m.pupil {
		c.Pupil = m.other
	}
	why := words(t, "why")
	m.must(t, m.s.Concerns.Save(m.ctx, &c, why))
	m.concerns.add(c)
	m.left[from]++
	for id, list := range m.plans {
		if plan := list[len(list)-1]; plan.Concern == c.ID {
			plan.Pupil = c.Pupil
			m.plans.add(brought(t, m, m.s.Monitorings, plan, id, why))
		}
	}
	for id, list := range m.actions {
		if a := list[len(list)-1]; a.Concern == c.ID {
			a.Pupil = c.Pupil
			m.actions.add(brought(t, m, m.s.Actions, a, id, why))
		}
	}
}

// brought returns the version that the store made of a record as it brought it
// along, which is want but for its Meta.
func brought[T any, P interface {
	*T
	Record
}](t *rapid.T, m *model, l Ledger[T, P], want T, id ID, why string) T {
	t.Helper()
	got, err := l.Get(m.ctx, id)
	m.must(t, err)
	is, was := P(&got).meta(), P(&want).meta()
	if is.Version != was.Version+1 || is.Why != why {
		t.Fatalf("brought along: version %d, %q", is.Version, is.Why)
	}
	*was = *is
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("brought along: %+v, want %+v", got, want)
	}
	return got
}

// remove asks for a concern to be taken out, and cancels that or waits.
func (m *model) remove(t *rapid.T) {
	c := m.concerns.pick(t)
	r := &Removal{Pupil: c.Pupil, Of: KindConcern, Record: c.ID, Reason: words(t, "reason")}
	m.must(t, m.s.AskRemoval(m.ctx, r))
	want := 1
	if rapid.Bool().Draw(t, "cancel") {
		m.must(t, m.s.CancelRemoval(m.ctx, r.ID, words(t, "why")))
		want = 0
	}
	later := m.s.Now().Add(RemovalWait + time.Minute)
	m.s.Now = func() time.Time { return later }
	if n, err := m.s.CarryOutRemovals(m.ctx); err != nil || n != want {
		t.Fatalf("CarryOutRemovals() = %d, %v; want %d", n, err, want)
	}
	if want == 0 {
		return
	}
	m.removed = append(m.removed, c.ID)
	delete(m.concerns, c.ID)
	maps.DeleteFunc(m.plans, func(_ ID, list []Monitoring) bool { return list[0].Concern == c.ID })
	maps.DeleteFunc(m.actions, func(_ ID, list []Action) bool { return list[0].Concern == c.ID })
}

func (m *model) clock(t *rapid.T) {
	now := monday.Add(time.Duration(rapid.IntRange(-20*24, 20*24).Draw(t, "hours")) * time.Hour)
	m.s.Now = func() time.Time { return now }
}

func (m *model) reopen(t *rapid.T) {
	if rapid.IntRange(0, 4).Draw(t, "seldom") > 0 {
		t.Skip("it takes long")
	}
	now, cost := m.s.Now, m.s.cost
	m.must(t, m.s.Close())
	again, err := Open(m.ctx, m.s.Path(), []byte(testPassphrase))
	m.must(t, err)
	again.Now, again.cost = now, cost
	become(m.s, again)
}

// become makes s the store that again is.
func become(s, again *Store) {
	s.Now, s.Me, s.cost, s.vault, s.db = again.Now, again.Me, again.cost, again.vault, again.db
}

// present compares what stands now.
func (m *model) present(t *rapid.T) {
	newestOfModel(t, m, m.s.Concerns, m.concerns)
	newestOfModel(t, m, m.s.Monitorings, m.plans)
	newestOfModel(t, m, m.s.Actions, m.actions)
	newestOfModel(t, m, m.s.Supports, m.supports)
	for pupil, n := range m.left {
		if list, err := m.s.MovesOut.Of(m.ctx, pupil); err != nil || len(list) != n {
			t.Fatalf("%d say that something was moved out, %v; want %d", len(list), err, n)
		}
	}
	if body, _, err := m.s.Draft(m.ctx, m.name); err != nil || body != m.draftNow {
		t.Fatalf("the draft is %q, %v; want %q", body, err, m.draftNow)
	}
}

// past compares every version and the trail.
func (m *model) past(t *rapid.T) {
	historyOfModel(t, m, m.s.Concerns, m.concerns)
	historyOfModel(t, m, m.s.Monitorings, m.plans)
	historyOfModel(t, m, m.s.Actions, m.actions)
	historyOfModel(t, m, m.s.Supports, m.supports)
	for _, id := range m.removed {
		if _, err := m.s.Concerns.History(m.ctx, id); !errors.Is(err, ErrNotFound) {
			t.Fatalf("the history of what was removed: %v, want ErrNotFound", err)
		}
	}
	for id, list := range m.members { // and make room for those of the next check
		m.retired(t, list[len(list)-1])
		if got := m.members[id][len(m.members[id])-1]; m.s.CanUnlock(got) {
			t.Fatal("who has retired can unlock")
		}
	}
	historyOfModel(t, m, m.s.Members, m.members)
	if _, err := m.s.VerifyChain(m.ctx); err != nil {
		t.Fatal(err)
	}
}

func newestOfModel[T any, P interface {
	*T
	Record
}](t *rapid.T, m *model, l Ledger[T, P], want versions[T, P]) {
	t.Helper()
	list, err := l.Of(m.ctx, m.pupil)
	m.must(t, err)
	moved, err := l.Of(m.ctx, m.other)
	m.must(t, err)
	list = append(list, moved...)
	if len(list) != len(want) {
		t.Fatalf("there are %d of %s, want %d", len(list), l.kind, len(want))
	}
	last := ""
	for i, got := range list {
		if i == len(list)-len(moved) {
			last = "" // the other file begins
		}
		versions := want[P(&got).meta().ID]
		if len(versions) == 0 || !reflect.DeepEqual(got, versions[len(versions)-1]) {
			t.Fatalf("there is %+v, want the last of %+v", got, versions)
		}
		if sort := P(&got).index().sort; sort < last {
			t.Fatalf("%s: %q comes after %q", l.kind, sort, last)
		} else {
			last = sort
		}
	}
}

func historyOfModel[T any, P interface {
	*T
	Record
}](t *rapid.T, m *model, l Ledger[T, P], want versions[T, P]) {
	t.Helper()
	for id, versions := range want {
		got, err := l.History(m.ctx, id)
		m.must(t, err)
		if !reflect.DeepEqual(got, versions) {
			t.Fatalf("the history of %s %s is %+v, want %+v", l.kind, id, got, versions)
		}
	}
}
