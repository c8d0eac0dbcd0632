package records

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

// lockedSchool is a school with a file that is locked to one of two deputies,
// in which everything has something, and an open one.
type lockedSchool struct {
	*Store
	dsl, in, out Member
	shut, open   *Pupil
	concern      *Concern // in the locked file; the pupil of the open one was a witness
	task         *Action  // in the locked file; its removal is asked for
	person       *Person  // whom only the locked file knows
	both         *Person  // tied to both
}

func mustLock(t testing.TB) *lockedSchool {
	t.Helper()
	ctx := t.Context()
	l := &lockedSchool{Store: mustCreate(t), shut: testPupil(), open: &Pupil{Forename: "Ada", Surname: "Okafor", Born: "2016-01-09"}}
	l.dsl = l.Me
	for name, m := range map[string]*Member{"Piotr Zielinski": &l.in, "Hanna Weiss": &l.out} {
		*m = Member{Name: name, Role: Deputy}
		if err := l.AddMember(ctx, m, []byte("velvet cactus ordinary tramway")); err != nil {
			t.Fatal(err)
		}
	}
	l.shut.Needs = "Epilepsy plan."
	mustSave(t, l.Store, l.shut, l.open)
	l.concern = testConcern(l.shut.ID)
	l.concern.Also = []Involved{{l.open.ID, Witness}}
	l.person, l.both = &Person{Name: "Karl Hobson"}, &Person{Name: "Linh Okafor"}
	l.task = &Action{Pupil: l.shut.ID, What: "Ring Nan", Who: "Ms Lowe", Due: "2025-03-05"}
	mustSave(t, l.Store, l.concern, l.person, l.both, l.task,
		&Support{Pupil: l.shut.ID, What: "Breakfast club", Level: SchoolOffer, By: "Ms Lowe", From: "2025-01-06"})
	mustSave(t, l.Store,
		&Tie{Pupil: l.shut.ID, Person: l.person.ID, Relationship: "stepfather"},
		&Tie{Pupil: l.shut.ID, Person: l.both.ID, Relationship: "mother"},
		&Tie{Pupil: l.open.ID, Person: l.both.ID, Relationship: "mother"},
		&Removal{Pupil: l.shut.ID, Of: KindAction, Record: l.task.ID, Reason: "Entered twice.", Due: StampOf(monday.Add(RemovalWait))})
	if err := l.NameMembers(ctx, l.shut.ID, []ID{l.in.ID}, "A relative works at the school."); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestALockedFileOpensForThoseNamed(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	for _, c := range []struct {
		me    Member
		opens bool
	}{{l.in, true}, {l.out, false}, {l.dsl, false}} {
		l.Me = c.me
		_, err := l.OpenFile(ctx, l.shut.ID)
		if errors.Is(err, ErrLocked) == c.opens {
			t.Errorf("%s: OpenFile() = %v, opens %v", c.me.Name, err, c.opens)
		}
		_, err = l.Export(ctx, l.shut.ID, "chronology", filepath.Join(t.TempDir(), "x"), func(io.Writer) error { return nil })
		if errors.Is(err, ErrLocked) == c.opens {
			t.Errorf("%s: Export() = %v, opens %v", c.me.Name, err, c.opens)
		}
		files := 0
		if err := l.EachFile(ctx, func(f *File) error { files++; return nil }); err != nil || (files == 2) != c.opens {
			t.Errorf("%s: EachFile gives %d files, %v", c.me.Name, files, err)
		}
		p, err := l.Pupils.Get(ctx, l.shut.ID)
		if err != nil || p.Name() != "Zoë Nguyễn" || p.Born == "" || len(p.Named) != 1 {
			t.Errorf("%s: the pupil is not known: %+v, %v", c.me.Name, p, err)
		}
		if (p.Needs != "") != c.opens || (p.Why != "") != c.opens || l.Opens(p) != c.opens {
			t.Errorf("%s: needs %q, why %q, Opens %v", c.me.Name, p.Needs, p.Why, l.Opens(p))
		}
	}
}

// TestNoLedgerGivesWhatIsLocked asks every ledger in every way for every record
// there is, as somebody who may not open the file.
func TestNoLedgerGivesWhatIsLocked(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	type kept struct{ id, pupil, owner ID }
	var all []kept
	if err := eachRow(ctx, l.db, func(r row) error {
		all = append(all, kept{r.meta.ID, r.pupil, r.owner})
		return nil
	}, newest); err != nil {
		t.Fatal(err)
	}
	l.Me = l.out
	eachLedger(l.Store, func(name string, ledger reflect.Value) {
		if name == "Pupils" {
			return
		}
		look := func(method string, id ID) {
			args := []reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(id)}
			if method == "All" {
				args = args[:1]
			}
			got := ledger.MethodByName(method).Call(args)[0]
			recs := []reflect.Value{got}
			if got.Kind() == reflect.Slice {
				recs = nil
				for i := range got.Len() {
					recs = append(recs, got.Index(i))
				}
			}
			for _, r := range recs {
				p := reflect.New(r.Type())
				p.Elem().Set(r)
				rec := p.Interface().(Record)
				if rec.index().pupil == l.shut.ID || rec.meta().ID == l.person.ID {
					t.Errorf("%s.%s gives a %s of a locked file", name, method, rec.Kind())
				}
			}
		}
		look("All", "")
		for _, k := range all {
			for _, method := range []string{"Get", "History", "Of", "Under"} {
				for _, id := range []ID{k.id, k.pupil, k.owner} {
					look(method, id)
				}
			}
		}
	})
	if p, err := l.People.Get(ctx, l.both.ID); err != nil || p.Name == "" {
		t.Errorf("a person of an open file too is gone: %v", err)
	}
}

func TestSearchLeavesOutLockedFiles(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	for _, query := range []string{"mottled", "nguyen mottled", "breakfast", "Karl", "epilepsy", "nan"} {
		for _, c := range []struct {
			me   Member
			want bool
		}{{l.in, true}, {l.out, false}} {
			l.Me = c.me
			hits, err := l.Search(ctx, query, 10)
			if err != nil {
				t.Fatal(err)
			}
			found := slices.ContainsFunc(hits, func(h Hit) bool { return h.Pupil == l.shut.ID })
			if found != c.want {
				t.Errorf("%s looks for %q: found %v, want %v", c.me.Name, query, found, c.want)
			}
		}
	}
	l.Me = l.out
	hits, err := l.Search(ctx, "Zoe", 10)
	if err != nil || len(hits) != 1 || hits[0].Ref.Kind != KindPupil || hits[0].Sentence == "Epilepsy plan." {
		t.Errorf("the pupil by name: %+v, %v", hits, err)
	}
}

func TestWhatIsWithheldIsCounted(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	files := func() []*File {
		f, err := l.File(ctx, l.open.ID)
		if err != nil {
			t.Fatal(err)
		}
		list := []*File{f}
		if err := l.EachFile(ctx, func(f *File) error {
			if f.Pupil.ID == l.open.ID {
				list = append(list, f)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return list
	}
	l.Me = l.in
	for _, f := range files() {
		if len(f.Concerns) != 1 || f.Withheld != 0 || len(f.Siblings) != 1 {
			t.Errorf("named: %d concerns, %d withheld, %d siblings", len(f.Concerns), f.Withheld, len(f.Siblings))
		}
	}
	l.Me = l.out
	for _, f := range files() {
		if len(f.Concerns) != 0 || f.Withheld != 1 || !slices.Equal(f.Ask, []ID{l.in.ID}) || len(f.Siblings) != 0 {
			t.Errorf("not named: %d concerns, %d withheld, ask %v, %d siblings", len(f.Concerns), f.Withheld, f.Ask, len(f.Siblings))
		}
	}
	l.Me.Role = Governor
	n, err := l.Numbers(ctx)
	if err != nil || n.Categories.Total == 0 {
		t.Errorf("numbers leave the locked file out: %+v, %v", n, err)
	}
}

func TestWhatGoesIntoALockedFile(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	l.Me = l.out
	c := testConcern(l.shut.ID)
	plan := &Monitoring{What: "Coat at the gate", Who: "Mr Hall", From: "2025-03-03", Until: "2025-03-21", NextSteps: "Ring home."}
	if err := l.LogConcern(ctx, c, plan, ""); err != nil {
		t.Fatalf("a concern with its plan: %v", err)
	}
	if _, err := l.Concerns.Get(ctx, c.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("read back: %v, want ErrNotFound", err)
	}
	moved := *l.concern
	moved.Pupil = l.open.ID
	for name, rec := range map[string]Record{
		"correct what was logged": c,
		"take an entry out of it": &moved,
		"an action":               &Action{Pupil: l.shut.ID, Concern: l.concern.ID, What: "x", Who: "y", Due: "2025-03-05"},
		"a plan":                  &Monitoring{Pupil: l.shut.ID, Concern: l.concern.ID, What: "x", Who: "y", From: "2025-03-03", Until: "2025-03-21", NextSteps: "z"},
		"a status":                &StatusBand{Pupil: l.shut.ID, Status: EarlyHelp, From: "2025-01-01"},
	} {
		if err := l.Update(ctx, func(tx *Tx) error { return tx.Save(rec, "Because.") }); !errors.Is(err, ErrLocked) {
			t.Errorf("%s: %v, want ErrLocked", name, err)
		}
	}
	if err := l.CloseConcern(ctx, c.ID, "Settled."); !errors.Is(err, ErrLocked) {
		t.Errorf("close a concern in it: %v, want ErrLocked", err)
	}
	p, err := l.Pupils.Get(ctx, l.shut.ID)
	if err != nil {
		t.Fatal(err)
	}
	p.Form = "6B"
	if err := l.Pupils.Save(ctx, &p, "Moved class."); err != nil {
		t.Fatalf("the class of the pupil: %v", err)
	}
	if p.Needs != "" {
		t.Error("saving tells what was hidden")
	}
	l.Me = l.in
	if p, err = l.Pupils.Get(ctx, p.ID); err != nil || p.Form != "6B" || p.Needs != "Epilepsy plan." {
		t.Errorf("afterwards: form %q, needs %q, %v", p.Form, p.Needs, err)
	}
	if got, err := l.Concerns.Get(ctx, c.ID); err != nil || got.Account == "" {
		t.Errorf("those named do not read what was logged: %v", err)
	}
}

func TestWhoLocksAndOpensAFile(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	head := Member{Name: "Tom Ferris", Role: Head}
	gov := Member{Name: "Gwen Pryce", Role: Governor}
	mustSave(t, l.Store, &head, &gov)
	for _, c := range []struct {
		name string
		me   Member
		of   ID
		ids  []ID
		want error
	}{
		{"a DSL who is not named", l.dsl, l.shut.ID, nil, ErrLocked},
		{"a deputy who is not named", l.out, l.shut.ID, []ID{l.out.ID}, ErrLocked},
		{"a deputy locks an open file", l.out, l.open.ID, []ID{l.out.ID}, ErrNotAllowed},
		{"the head, who does not write", head, l.shut.ID, nil, ErrNotAllowed},
		{"nobody who keeps it", l.dsl, l.open.ID, []ID{head.ID}, ErrInvalid},
		{"a governor beside a deputy", l.dsl, l.open.ID, []ID{gov.ID, l.in.ID}, ErrInvalid},
		{"somebody unknown", l.dsl, l.open.ID, []ID{l.dsl.ID, "nobody"}, ErrInvalid},
		{"what is not there", l.dsl, "nothing", []ID{l.dsl.ID}, ErrNotFound},
		{"the head beside a deputy", l.in, l.shut.ID, []ID{head.ID, l.in.ID}, nil},
		{"open again", l.in, l.shut.ID, nil, nil},
		{"a DSL locks it", l.dsl, l.shut.ID, []ID{l.dsl.ID}, nil},
	} {
		l.Me = c.me
		if err := l.NameMembers(ctx, c.of, c.ids, "Because."); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// TestALockOutlivesTheProgram: the locks are read again when the vault is opened.
func TestALockOutlivesTheProgram(t *testing.T) {
	l := mustLock(t)
	l.locks.set(l.shut.ID, nil)
	if l.Me = l.out; l.closed(l.shut.ID) {
		t.Fatal("the test did not forget the lock")
	}
	if err := l.prepare(context.Background()); err != nil || !l.closed(l.shut.ID) {
		t.Errorf("closed is %v, %v", l.closed(l.shut.ID), err)
	}
}

func TestTheLastNamedMemberStays(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	if err := l.RetireMember(ctx, l.in.ID, "Left."); !errors.Is(err, ErrLastNamed) {
		t.Errorf("retire the last one named: %v, want ErrLastNamed", err)
	}
	if err := l.RetireMember(ctx, l.out.ID, "Left."); err != nil {
		t.Errorf("retire another: %v", err)
	}
	l.Me = l.in
	if err := l.NameMembers(ctx, l.shut.ID, []ID{l.in.ID, l.dsl.ID}, "So that two know."); err != nil {
		t.Fatal(err)
	}
	l.Me = l.dsl
	if err := l.RetireMember(ctx, l.in.ID, "Left."); err != nil {
		t.Errorf("retire one of two: %v", err)
	}
}

func TestAReflectionIsReadByItsMemberAlone(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	session := testSession(l.dsl.ID)
	mustSave(t, l.Store, session)
	r := &Reflection{Session: session.ID, Member: l.dsl.ID, Text: "Slept badly after Tuesday."}
	l.Me = l.out
	if err := l.Reflections.Save(ctx, r, ""); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("written for another: %v, want ErrNotAllowed", err)
	}
	l.Me = l.dsl
	if err := l.Reflections.Save(ctx, r, ""); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		me    Member
		reads bool
	}{{l.dsl, true}, {l.in, false}, {Member{Meta: Meta{ID: "other"}, Role: DSL}, false}} {
		l.Me = c.me
		_, err := l.Reflections.Get(ctx, r.ID)
		all, _ := l.Reflections.All(ctx)
		under, _ := l.Reflections.Under(ctx, session.ID)
		versions, _ := l.Reflections.History(ctx, r.ID)
		if (err == nil) != c.reads || len(all)+len(under)+len(versions) > 0 != c.reads {
			t.Errorf("%q reads it: Get %v, All %d, Under %d, History %d", c.me.Role, err, len(all), len(under), len(versions))
		}
	}
}
