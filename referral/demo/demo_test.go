package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"throughline/records"
)

// asOf is a Monday in term, the day on which most of these tests stand.
var asOf = time.Date(2026, time.November, 23, 9, 0, 0, 0, records.London)

func made(t *testing.T, day time.Time) *records.Store {
	t.Helper()
	s, err := Make(t.Context(), filepath.Join(t.TempDir(), "demo.throughline"), day, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func files(t *testing.T, s *records.Store) []*records.File {
	t.Helper()
	pupils, err := s.Pupils.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []*records.File
	for _, p := range pupils {
		f, err := s.File(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

// version is one version of any record, its body as text in which every id,
// and every hash over ids, is the same.
type version struct {
	records.Meta
	rec  records.Record
	body string
}

var anID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}`)

var aSize = regexp.MustCompile(`"size":\d+,`)

// versions returns every version of every record.
func versions(t *testing.T, s *records.Store) []version {
	t.Helper()
	var all []version
	collect(t, &all, s.Schools, func(r *records.School) records.Meta { return r.Meta })
	collect(t, &all, s.Members, func(r *records.Member) records.Meta { return r.Meta })
	collect(t, &all, s.Calendars, func(r *records.Calendar) records.Meta { return r.Meta })
	collect(t, &all, s.Pupils, func(r *records.Pupil) records.Meta { return r.Meta })
	collect(t, &all, s.Bands, func(r *records.StatusBand) records.Meta { return r.Meta })
	collect(t, &all, s.People, func(r *records.Person) records.Meta { return r.Meta })
	collect(t, &all, s.Ties, func(r *records.Tie) records.Meta { return r.Meta })
	collect(t, &all, s.Concerns, func(r *records.Concern) records.Meta { return r.Meta })
	collect(t, &all, s.Actions, func(r *records.Action) records.Meta { return r.Meta })
	collect(t, &all, s.Monitorings, func(r *records.Monitoring) records.Meta { return r.Meta })
	collect(t, &all, s.Supports, func(r *records.Support) records.Meta { return r.Meta })
	collect(t, &all, s.Referrals, func(r *records.Referral) records.Meta { return r.Meta })
	collect(t, &all, s.Replies, func(r *records.Reply) records.Meta { return r.Meta })
	collect(t, &all, s.Challenges, func(r *records.Challenge) records.Meta { return r.Meta })
	collect(t, &all, s.Rungs, func(r *records.Rung) records.Meta { return r.Meta })
	collect(t, &all, s.Disclosures, func(r *records.Disclosure) records.Meta { return r.Meta })
	collect(t, &all, s.Meetings, func(r *records.Meeting) records.Meta { return r.Meta })
	collect(t, &all, s.Impacts, func(r *records.Impact) records.Meta { return r.Meta })
	collect(t, &all, s.Documents, func(r *records.Document) records.Meta { return r.Meta })
	collect(t, &all, s.Supervisions, func(r *records.Supervision) records.Meta { return r.Meta })
	collect(t, &all, s.ChildNotes, func(r *records.ChildNote) records.Meta { return r.Meta })
	return all
}

func collect[T any, P interface {
	*T
	records.Record
}](t *testing.T, to *[]version, l records.Ledger[T, P], meta func(*T) records.Meta) {
	t.Helper()
	newest, err := l.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range newest {
		history, err := l.History(t.Context(), meta(&n).ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range history {
			body, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			*to = append(*to, version{meta(&r), P(&r), anID.ReplaceAllString(string(body), "id")})
		}
	}
}

func TestSameDaySameSchool(t *testing.T) {
	content := func() []string {
		var all []string
		s := made(t, asOf)
		members := map[records.ID]string{}
		list, err := s.Members.All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			members[m.ID] = m.Name
		}
		for _, v := range versions(t, s) {
			body := v.body
			if d, ok := v.rec.(*records.Document); ok && d.IsPack() {
				body = aSize.ReplaceAllString(body, "") // it prints the head of the trail, which is of random ids
			}
			all = append(all, strings.Join([]string{string(v.RecordedAt), members[v.RecordedBy], v.Why, body}, "|"))
		}
		slices.Sort(all)
		return all
	}
	first, second := content(), content()
	if len(first) != len(second) {
		t.Fatalf("one school has %d versions, the next %d", len(first), len(second))
	}
	for i := range first {
		if first[i] != second[i] {
			t.Errorf("two schools made for the same day differ:\n%s\n%s", first[i], second[i])
		}
	}
}

func TestEveryVersionIsSoundAndInTheTwoYears(t *testing.T) {
	s := made(t, asOf)
	if _, err := s.VerifyChain(t.Context()); err != nil {
		t.Error(err)
	}
	from, to := records.StampOf(asOf.AddDate(-2, 0, 0)), records.StampOf(records.DateOf(asOf).Time())
	for _, v := range versions(t, s) {
		if err := v.rec.Check(v.RecordedAt); err != nil {
			t.Errorf("%s version %d: %v", v.rec.Kind(), v.Version, err)
		}
		if v.RecordedAt < from || v.RecordedAt >= to {
			t.Errorf("%s version %d was saved at %s, outside the two years before %s", v.rec.Kind(), v.Version, v.RecordedAt, asOf)
		}
		if v.Version > 1 && v.Why == "" {
			t.Errorf("%s version %d says no reason", v.rec.Kind(), v.Version)
		}
		if (strings.Contains(v.body, "@") || strings.Contains(v.body, "{+") || strings.Contains(v.body, "{-")) && v.rec.Kind() != records.KindMember && v.rec.Kind() != records.KindSchool {
			t.Errorf("%s holds a reference that was not put in: %s", v.rec.Kind(), v.body)
		}
	}
}

func TestWrittenUpBeforeTheDay(t *testing.T) {
	day := records.DateOf(asOf)
	d := newDays(day, calendar(day), rand.New(rand.NewPCG(1, 1)))
	for _, late := range []int{0, 1, 5} {
		m := moment{d.last(), "17:20"}
		if at := d.written(m, late, false); at.Before(m.time()) || records.DateOf(at) >= day {
			t.Errorf("what happened at %s, %d days late, was written up at %s", m.time(), late, at)
		}
	}
}

func TestCalendar(t *testing.T) {
	cal, err := made(t, asOf).Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for day, open := range map[records.Date]bool{
		"2026-11-20": true,  // a Friday in term
		"2026-10-28": false, // half term
		"2026-11-02": false, // INSET
		"2026-12-25": false, // bank holiday
		"2024-12-10": true,  // two years back
		"2027-06-15": true,  // ahead
		"2027-08-10": false, // summer
	} {
		if cal.IsOpen(day) != open {
			t.Errorf("school open on %s: %v, want %v", day, !open, open)
		}
	}
}

// Some days are awkward: the first of a school year, the middle of August, a
// Sunday, a leap day, Christmas.
func TestAnyDay(t *testing.T) {
	for _, day := range []string{"2026-09-01", "2026-08-15", "2027-01-03", "2028-02-29", "2026-12-25", "2025-06-02", "2027-04-21"} {
		t.Run(day, func(t *testing.T) {
			s := made(t, records.Date(day).Time().Add(10*time.Hour))
			if _, err := s.VerifyChain(t.Context()); err != nil {
				t.Error(err)
			}
			for _, v := range versions(t, s) {
				if v.RecordedAt.Date() >= records.Date(day) {
					t.Errorf("%s was saved on %s", v.rec.Kind(), v.RecordedAt)
				}
			}
		})
	}
}

func TestProgress(t *testing.T) {
	last, calls := 0, 0
	s, err := Make(t.Context(), filepath.Join(t.TempDir(), "demo.throughline"), asOf, func(done, total int) {
		if done <= last || done > total {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last, calls = done, calls+1
		if done == total {
			calls = -calls
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if calls > -100 {
		t.Errorf("progress was reported %d times, or the end was not reported", calls)
	}
	if s.Me.Role != records.DSL {
		t.Errorf("the member is %s, want the DSL", s.Me.Role)
	}
	if now := s.Now(); now.Before(asOf) || now.After(asOf.Add(time.Minute)) {
		t.Errorf("the store's clock stands at %s, want %s", now, asOf)
	}
}

func TestCancelledLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	dir := t.TempDir()
	_, err := Make(ctx, filepath.Join(dir, "demo.throughline"), asOf, func(done, total int) {
		if done > total/2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Make = %v, want it cancelled", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

func TestOpensWithThePassphrase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.throughline")
	s, err := Make(t.Context(), path, asOf, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = records.Open(t.Context(), path, []byte(Passphrase)); err != nil {
		t.Fatal(err)
	}
	s.Close()
}

func TestTerms(t *testing.T) {
	for year := 2015; year < 2045; year++ {
		terms, closures := termsOf(year)
		cal := records.Calendar{Terms: terms, Closures: closures, BankHolidays: records.BankHolidays(year, year+1)}
		if n := cal.SchoolDays(terms[0].From, terms[5].To); n < 184 || n > 196 {
			t.Errorf("%d has %d school days, want about 190", year, n)
		}
		if !slices.IsSortedFunc(terms, func(a, b records.Span) int { return cmp.Compare(a.To, b.From) }) {
			t.Errorf("terms of %d overlap: %v", year, terms)
		}
		for _, c := range closures {
			if wd := c.From.Weekday(); wd == time.Saturday || wd == time.Sunday {
				t.Errorf("INSET day %s is a %s", c.From, wd)
			}
		}
	}
}
