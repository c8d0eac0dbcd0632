package demo

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"throughline/chronology/wording"
	"throughline/records"
	"throughline/referral"
	"throughline/referral/pack"
	"throughline/referral/procedures"
)

// story returns the file of a story's pupil.
func story(t *testing.T, all []*records.File, s Story) *records.File {
	t.Helper()
	forename, surname := s.Pupil()
	i := slices.IndexFunc(all, func(f *records.File) bool { return f.Pupil.Forename == forename && f.Pupil.Surname == surname })
	if i < 0 {
		t.Fatalf("there is no pupil for the story %s", s)
	}
	return all[i]
}

// state returns where the newest referral of a file stands.
func state(t *testing.T, f *records.File, now records.Stamp) referral.State {
	t.Helper()
	p, err := procedures.Load("lincolnshire")
	if err != nil {
		t.Fatal(err)
	}
	r := slices.MaxFunc(f.Referrals, func(a, b records.Referral) int { return cmp.Compare(a.CreatedAt, b.CreatedAt) })
	return referral.StateIn(f, r, p, now)
}

func count[T any](list []T, is func(T) bool) int {
	n := 0
	for _, x := range list {
		if is(x) {
			n++
		}
	}
	return n
}

func about(c records.Category) func(records.Concern) bool {
	return func(k records.Concern) bool { return slices.Contains(k.Categories, c) }
}

func TestStories(t *testing.T) {
	s := made(t, asOf)
	all, now := files(t, s), records.StampOf(asOf)

	t.Run("neglect gets faster and worse, and help was not enough", func(t *testing.T) {
		f := story(t, all, Neglect)
		half := func(from, to int) (n, severe int) {
			a, b := records.DateOf(asOf.AddDate(0, -from, 0)), records.DateOf(asOf.AddDate(0, -to, 0))
			for _, c := range f.Concerns {
				if c.When.Date >= a && c.When.Date < b {
					n, severe = n+1, severe+int(c.Severity)
				}
			}
			return n, severe
		}
		n1, sev1 := half(24, 12)
		n2, sev2 := half(12, 0)
		if n2 < 2*n1 || sev2*n1 <= sev1*n2 {
			t.Errorf("first year %d entries of severity %d in all, second %d of %d", n1, sev1, n2, sev2)
		}
		if n := count(f.Supports, func(s records.Support) bool { return s.WhyNotEnough != "" }); n < 4 {
			t.Errorf("%d supports say why they were not enough, want 4", n)
		}
		if n := count(f.Concerns, about(records.Medical)); n < 4 {
			t.Errorf("%d entries on health, want 4", n)
		}
		st := state(t, f, now)
		if st.Stage != referral.Draft || len(referral.ThreeDecisions(f.Referrals[0])) == 0 || f.Referrals[0].Level == "" {
			t.Errorf("referral stands at %v with level %q, want a draft with some decisions made", st.Stage, f.Referrals[0].Level)
		}
	})

	t.Run("injuries come on the day after the weekend, with marks and differing accounts", func(t *testing.T) {
		f := story(t, all, Mondays)
		marked, firstDay := 0, 0
		for _, c := range f.Concerns {
			if len(c.Marks) == 0 {
				continue
			}
			marked++
			if d := c.When.Date; !f.Calendar.IsOpen(d.AddDays(-1)) {
				firstDay++
			}
		}
		if marked < 9 || firstDay < marked-1 {
			t.Errorf("%d injuries on the body map, %d of them on the first day back, want at least 9 and all but one", marked, firstDay)
		}
		st := state(t, f, now)
		if st.Stage == referral.Draft || count(st.Due, func(d referral.Due) bool { return d.Overdue && !d.Ours }) == 0 {
			t.Errorf("referral stands at %v with %d things due, want it sent and an answer overdue", st.Stage, len(st.Due))
		}
	})

	t.Run("exploitation has missing episodes and blame that was put right", func(t *testing.T) {
		f := story(t, all, Exploitation)
		if n := count(f.Concerns, about(records.Missing)); n < 4 {
			t.Errorf("%d missing episodes, want 4", n)
		}
		blamed, corrected := 0, 0
		for _, c := range f.Concerns {
			history, err := s.Concerns.History(t.Context(), c.ID)
			if err != nil {
				t.Fatal(err)
			}
			if blames(history[0].Account) {
				blamed++
				if !blames(c.Account) {
					corrected++
				}
			}
		}
		if blamed < 3 || corrected == 0 {
			t.Errorf("%d entries blame him and %d of them were put right, want 3 and 1", blamed, corrected)
		}
		if f.StatusOn(records.DateOf(asOf)) != records.ChildInNeed {
			t.Errorf("his status is %s", f.StatusOn(records.DateOf(asOf)))
		}
	})

	t.Run("siblings share parents, events and a referral that waits for our view", func(t *testing.T) {
		sister, brother := story(t, all, Siblings), story(t, all, Sibling)
		is := func(id records.ID) func(records.Pupil) bool {
			return func(p records.Pupil) bool { return p.ID == id }
		}
		if !slices.ContainsFunc(sister.Siblings, is(brother.Pupil.ID)) || !slices.ContainsFunc(brother.Siblings, is(sister.Pupil.ID)) {
			t.Errorf("they are not siblings by their ties")
		}
		if n := count(brother.Concerns, func(c records.Concern) bool { return c.Pupil == sister.Pupil.ID }); n < 3 {
			t.Errorf("%d of her entries stand in his file, want 3", n)
		}
		if n := count(sister.Replies, func(r records.Reply) bool { return r.Outcome != "" && r.View == records.ViewNone }); n != 1 {
			t.Errorf("%d decisions wait for our view, want 1", n)
		}
	})

	t.Run("a contact was challenged and resolved at the second rung", func(t *testing.T) {
		f := story(t, all, Challenge)
		var logged []records.LoggedAs
		for _, r := range f.Replies {
			if r.LoggedAs != "" {
				logged = append(logged, r.LoggedAs)
			}
		}
		if want := []records.LoggedAs{records.LoggedContact, records.LoggedContact, records.LoggedReferral}; !slices.Equal(logged, want) {
			t.Errorf("logged as %v, want %v", logged, want)
		}
		if len(f.Challenges) != 1 || f.Challenges[0].ResolvedOn == "" || len(f.Challenges[0].Ladder) != 4 {
			t.Fatalf("want one challenge, resolved, with Lincolnshire's ladder of four")
		}
		if len(f.Rungs) != 2 || f.Rungs[0].Result != records.RungClimb || f.Rungs[1].Result != records.RungResolved {
			t.Errorf("want two rungs, the first climbed, the second resolved")
		}
		for _, r := range f.Rungs {
			step := f.Challenges[0].Ladder[r.Number-1]
			due := referral.AddWorkingDays(r.RaisedAt.Date(), step.Days, f.Calendar)
			if r.Due.Date() != due {
				t.Errorf("rung %d is due %s, want %s", r.Number, r.Due, due)
			}
			if len(r.ReliesOn) == 0 || r.ReliesOn[0].ID == "" || r.ResultWhy == "" {
				t.Errorf("rung %d relies on no entry or says no reason", r.Number)
			}
		}
		after := count(f.Concerns, func(c records.Concern) bool { return c.When.Date > f.Challenges[0].ResolvedOn && c.Severity == 1 })
		if after < 3 {
			t.Errorf("%d entries tell what changed afterwards, want 3", after)
		}
	})
}

// What was sent is kept as it was sent, with its hash, and is on the list of
// what left the building.
func TestSentPacksAreKept(t *testing.T) {
	sent := 0
	for _, f := range files(t, made(t, asOf)) {
		for _, r := range f.Referrals {
			if r.SentAt == "" {
				if r.PackHash != "" {
					t.Errorf("a draft of %s has the hash of a pack that was sent", f.Pupil.Name())
				}
				continue
			}
			sent++
			if len(r.Sections) == 0 || r.PackHash != pack.Hash(r.Sections) {
				t.Errorf("a pack of %s does not fit its hash", f.Pupil.Name())
			}
			sum := r.PackHash
			if i := slices.IndexFunc(f.Documents, func(d records.Document) bool { return d.ID == r.PackFile }); i >= 0 {
				sum = f.Documents[i].SHA256
			}
			if (r.PackFile == "") != (r.Method == byForm) || r.PackMade == "" || r.PackMade > r.RecordedAt {
				t.Errorf("a pack of %s, by %s, is not kept as it went", f.Pupil.Name(), r.Method)
			}
			if count(f.Disclosures, func(d records.Disclosure) bool { return d.SHA256 == sum }) != 1 {
				t.Errorf("a pack of %s is not on the list of what left the building", f.Pupil.Name())
			}
			for _, s := range r.Sections {
				if len(s.Statements) == 0 && s.Blank == records.BlankNotChosen {
					t.Errorf("section %s of a pack of %s was sent blank", s.Key, f.Pupil.Name())
				}
				for _, st := range s.Statements {
					for _, ref := range st.Rests {
						if ref.ID == "" {
							t.Errorf("a statement in section %s of a pack of %s rests on nothing", s.Key, f.Pupil.Name())
						}
					}
				}
			}
		}
	}
	if sent < 7 {
		t.Errorf("%d referrals were sent, want 7", sent)
	}
}

func blames(account string) bool {
	return slices.ContainsFunc(wording.Check(wording.Concern, account).Findings, func(f wording.Finding) bool {
		return f.Kind == wording.VictimBlaming
	})
}

func TestSchoolIsFull(t *testing.T) {
	s := made(t, asOf)
	all := files(t, s)
	var empty, concerns, words, late, corrected, told, due int
	overdue, lapsed, ended := 0, 0, 0
	texts := map[string]int{}
	p, err := procedures.Load("lincolnshire")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		own := slices.DeleteFunc(slices.Clone(f.Concerns), func(c records.Concern) bool { return c.Pupil != f.Pupil.ID })
		if len(own) == 0 {
			empty++
		}
		for _, c := range own {
			concerns++
			words += btoi(c.ChildsWords != "")
			late += btoi(c.CreatedAt.Date() > c.When.Date.AddDays(1) && c.When.Date.Weekday() < time.Friday)
			corrected += btoi(c.Version > 1)
			told += btoi(c.ParentsTold == records.No && c.ParentsWhy != "")
			for _, text := range []string{c.Account, c.ChildsWords, c.Decision, c.Reason, c.Outcome, c.ParentsWhy, c.Line, c.Opinion} {
				texts[text]++
			}
		}
		for _, m := range f.Monitorings {
			ended += btoi(m.Ended != "")
			lapsed += btoi(m.Ended == "" && m.Until < records.DateOf(asOf))
		}
		for _, i := range referral.Items(f, p, records.StampOf(asOf)) {
			due++
			overdue += btoi(i.Urgency == referral.Overdue)
		}
	}
	for _, c := range []struct {
		what           string
		got, low, high int
	}{
		{"pupils", len(all), 55, 65},
		{"pupils with no entry", empty, 5, 12},
		{"concerns", concerns, 250, 320},
		{"concerns in the child's own words", words, concerns / 2, concerns},
		{"concerns written up late", late, 10, 60},
		{"concerns with a later version", corrected, 80, concerns},
		{"concerns whose parents were not told, with why", told, 20, 80},
		{"plans that ended", ended, 5, 20},
		{"plans that lapsed", lapsed, 2, 10},
		{"things due", due, 15, 60},
		{"things overdue", overdue, 8, 40},
	} {
		if c.got < c.low || c.got > c.high {
			t.Errorf("%d %s, want %d to %d", c.got, c.what, c.low, c.high)
		}
	}
	delete(texts, "")
	for text, n := range texts {
		if n > 2 {
			t.Errorf("%q stands %d times, want twice at most", text, n)
		}
	}
	if len(texts) < 1000 {
		t.Errorf("%d different texts, want 1,000", len(texts))
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// About one decision in seven is left vague on purpose, so that there is
// something to flag; most are not, so that flags stay rare enough to be read.
func TestSomeDecisionsAreVague(t *testing.T) {
	vague, all := 0, 0
	for _, f := range files(t, made(t, asOf)) {
		for _, c := range f.Concerns {
			if c.Pupil != f.Pupil.ID || c.Decision == "" {
				continue
			}
			all++
			vague += btoi(slices.ContainsFunc(wording.Check(wording.Decision, c.Decision).Findings, func(f wording.Finding) bool {
				return f.Kind == wording.VagueMonitoring
			}))
		}
	}
	if share := 100 * vague / all; share < 10 || share > 22 {
		t.Errorf("%d of %d decisions are vague, %d %%, want about 15", vague, all, share)
	}
}

func TestNoStoryWithoutPupil(t *testing.T) {
	for _, s := range []Story{Neglect, Mondays, Exploitation, Siblings, Sibling, Challenge} {
		if f, n := s.Pupil(); f == "" || n == "" {
			t.Errorf("story %s has no pupil", s)
		}
	}
	if f, n := Story("other").Pupil(); f+n != "" {
		t.Errorf("a story that there is not has pupil %q", strings.TrimSpace(f+" "+n))
	}
}
