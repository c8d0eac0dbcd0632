package demo

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"throughline/records"
	"throughline/records/vault"
	"throughline/referral"
	"throughline/referral/pack"
	"throughline/referral/procedures"
)

// tale is a story told through the public API: a school of its own, a clock that
// the story moves, and one pupil. Times are those of London.
type tale struct {
	t     *testing.T
	s     *records.Store
	clock time.Time
	pupil records.Pupil
	ref   records.Referral
	local *procedures.Procedures
}

// once begins a tale in a school that follows Lincolnshire's procedures.
func once(t *testing.T, when string, pupil records.Pupil) *tale {
	t.Helper()
	y := &tale{t: t, pupil: pupil}
	y.on(when)
	s, _, err := records.Create(t.Context(), filepath.Join(t.TempDir(), "school.throughline"), records.Setup{
		School: records.School{Name: "Fenwick Primary", Procedures: "lincolnshire"}, Member: records.Member{Name: "Ada Holt", Role: records.DSL},
		Passphrase: []byte("lantern gravel otter"), Invented: true, Cost: vault.Cost{MemoryKiB: 1024, Passes: 1},
		Now: func() time.Time { return y.clock },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	y.s = s
	followed, err := procedures.InForce(t.Context(), s)
	if err != nil || followed.Name != "lincolnshire" {
		t.Fatalf("follows %v, %v", followed.Procedures, err)
	}
	y.local = followed.Procedures
	y.save(&y.pupil, "")
	return y
}

// on moves the clock: "2026-11-03 10:15".
func (y *tale) on(when string) {
	y.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", when, records.London)
	if err != nil {
		y.t.Fatal(err)
	}
	y.clock = at
}

func (y *tale) now() records.Stamp { return records.StampOf(y.clock) }

func (y *tale) save(rec records.Record, why string) {
	y.t.Helper()
	if err := y.s.Update(y.t.Context(), func(tx *records.Tx) error { return tx.Save(rec, why) }); err != nil {
		y.t.Fatalf("at %s: %v", y.now(), err)
	}
}

// worry logs a concern of this moment.
func (y *tale) worry(kind records.Category, severity records.Severity, account, words string) records.Concern {
	y.t.Helper()
	c := records.Concern{Pupil: y.pupil.ID, When: records.AtTime(y.clock), Source: records.Seen, SeenBy: "Mr Pike, class teacher", Categories: []records.Category{kind},
		Severity: severity, Account: account, ChildsWords: words, Decision: "Looked at by Ada Holt.", ParentsTold: records.Yes}
	if err := y.s.LogConcern(y.t.Context(), &c, nil, ""); err != nil {
		y.t.Fatalf("at %s: %v", y.now(), err)
	}
	return c
}

// file reads the pupil's file as it is now.
func (y *tale) file() *records.File {
	y.t.Helper()
	f, err := y.s.File(y.t.Context(), y.pupil.ID)
	if err != nil {
		y.t.Fatal(err)
	}
	return f
}

// decide takes the three decisions.
func (y *tale) decide(level records.Level, response records.Response) {
	y.ref = records.Referral{Pupil: y.pupil.ID, Procedures: y.local.Name, Edition: y.local.Edition, Level: level, LevelReason: "What was tried did not hold.",
		Response: response, ResponseWhy: "As the entries show.", ParentsTold: records.Yes, ParentsWhen: y.now().Date(), ParentsWho: "Mother, by Ada Holt, by telephone",
		ParentsSaid: "She knows.", Consent: "given", DecidedAt: y.now(), DecidedBy: "Ada Holt"}
	y.save(&y.ref, "")
	missing := referral.ThreeDecisions(y.ref)
	if response == records.Immediate { // the call is still to be made
		missing = slices.DeleteFunc(missing, func(m referral.Missing) bool { return m.Field == "phoned_at" })
	}
	if len(missing) > 0 {
		y.t.Fatalf("a decision is missing: %v", missing)
	}
}

// phone keeps the call to the front door.
func (y *tale) phone(said string) {
	was := y.ref
	y.ref.PhonedAt, y.ref.PhonedTo, y.ref.PhonedSaid = y.now(), "Sam Reed, duty social worker", said
	referral.KeepDue(was, &y.ref, y.local, y.file().Calendar)
	y.save(&y.ref, "The telephone call.")
}

// send drafts the pack, adds what only the writer can say, and sends it.
func (y *tale) send(consequence string) {
	y.t.Helper()
	was, f := y.ref, y.file()
	y.ref.Sections = pack.Redraft(f, &y.ref)
	i := slices.IndexFunc(y.ref.Sections, func(s records.Section) bool { return s.Key == pack.Consequence })
	y.ref.Sections[i].Statements = append(y.ref.Sections[i].Statements, records.Statement{Text: consequence, Standing: records.Opinion, Edited: true})
	y.ref.SentAt, y.ref.SentTo, y.ref.Method, y.ref.Reference = y.now(), "Front door", "Secure e-mail", "F-1"
	y.ref.PackHash = pack.Hash(y.ref.Sections)
	referral.KeepDue(was, &y.ref, y.local, f.Calendar)
	y.save(&y.ref, "Sent.")
}

// they keeps what social care said.
func (y *tale) they(r records.Reply) records.Reply {
	y.t.Helper()
	r.Pupil, r.Referral, r.At, r.From = y.pupil.ID, y.ref.ID, y.now(), "Sam Reed, duty social worker"
	y.save(&r, "")
	return r
}

// we keeps our view of a reply.
func (y *tale) we(r records.Reply, view records.View, why string) {
	y.t.Helper()
	r.View, r.ViewWhy = view, why
	y.save(&r, "Our view.")
}

// stands checks where the referral stands, and what is due: each kind with its
// limit, "!" for at once, "*" for overdue.
func (y *tale) stands(stage referral.Stage, due ...string) referral.State {
	y.t.Helper()
	st := referral.StateIn(y.file(), y.ref, y.local, y.now())
	var got []string
	for _, d := range st.Due {
		s := string(d.Kind)
		if d.By != "" {
			s += " " + d.By.Time().In(records.London).Format("2 Jan 15:04")
		}
		if d.AtOnce {
			s += "!"
		}
		if d.Overdue {
			s += "*"
		}
		got = append(got, s)
	}
	if st.Stage != stage || !slices.Equal(got, due) {
		y.t.Errorf("on %s it stands at %q with due\n\t%s\nwant %q with\n\t%s", y.now(), st.Stage, strings.Join(got, "\n\t"), stage, strings.Join(due, "\n\t"))
	}
	return st
}

// drafted checks that a section of the pack holds some words.
func (y *tale) drafted(key, words string) {
	y.t.Helper()
	for _, sec := range pack.Redraft(y.file(), &y.ref) {
		for _, st := range sec.Statements {
			if sec.Key == key && strings.Contains(st.Text, words) {
				if len(st.Rests) == 0 {
					y.t.Errorf("%q rests on no entry", st.Text)
				}
				return
			}
		}
	}
	y.t.Errorf("the section %s does not say %q", key, words)
}

// challenge opens a challenge of a decision, and raise takes a rung of it.
func (y *tale) challenge(decision records.Reply, safety string) records.Challenge {
	y.t.Helper()
	c := referral.NewChallenge(y.ref, decision, y.local)
	c.Safety = safety
	y.save(&c, "")
	return c
}

func (y *tale) raise(c records.Challenge, number int, sought string) records.Rung {
	y.t.Helper()
	f := y.file()
	g, err := referral.RaiseRung(c, f.Rungs, number, y.now(), y.local, f.Calendar)
	if err != nil {
		y.t.Fatalf("rung %d: %v", number, err)
	}
	g.Risk, g.Sought, g.Method = "The child is not safe.", sought, "E-mail"
	g.ReliesOn = []records.Ref{{Kind: records.KindConcern, ID: f.Concerns[0].ID, Version: f.Concerns[0].Version}}
	y.save(&g, "")
	return g
}

func (y *tale) answered(g records.Rung, reply string, result records.RungResult) {
	y.t.Helper()
	g.Reply, g.Result, g.ResultWhy = reply, result, "As they answered."
	if reply != "" {
		g.RepliedAt = y.now()
	}
	y.save(&g, "The reply.")
}

func (y *tale) resolve(c records.Challenge, what string) {
	y.t.Helper()
	c.Resolved, c.ResolvedOn = what, y.now().Date()
	y.save(&c, "Resolved.")
}
