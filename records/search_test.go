package records

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// searched is a school with something of every kind to find.
type searched struct {
	*Store
	zoe, ida, will Pupil
	coat, fall     Concern
	names          map[ID]string
}

func newSearched(t testing.TB) *searched {
	t.Helper()
	x := &searched{Store: mustCreate(t), names: map[ID]string{}}
	keep := func(name string, rec Record) {
		t.Helper()
		mustSave(t, x.Store, rec)
		x.names[rec.meta().ID] = name
	}
	x.zoe, x.ida = *testPupil(), Pupil{Forename: "Ida", Surname: "Łukowska-O'Brien", Needs: "Hearing aid, left ear.", Form: "4M"}
	x.will = Pupil{Forename: "William", KnownAs: "Zo", Surname: "May"}
	keep("Zoë", &x.zoe)
	keep("Ida", &x.ida)
	keep("Will", &x.will)
	x.coat = *testConcern(x.zoe.ID)
	x.coat.Marks = []Mark{{View: "front", X: 0.5, Y: 0.5, Note: "round, the size of a penny"}}
	keep("coat", &x.coat)
	x.fall = *testConcern(x.ida.ID)
	x.fall.When, x.fall.ChildsWords, x.fall.Decision, x.fall.Reason = On("2025-01-20"), "", "", ""
	x.fall.Account = "She told Mr. Straße that she fell.\nA graze on the knee; Zoë Nguyen saw it. Mum's café was shut."
	x.fall.Also = []Involved{{x.will.ID, Witness}}
	keep("fall", &x.fall)
	mum := &Person{Name: "Łucja Søndergård", Note: "Works nights at the bakery."}
	mustSave(t, x.Store, mum)
	keep("tie", &Tie{Pupil: x.zoe.ID, Person: mum.ID, Relationship: "Mother", RiskFactors: "Drinks when low."})
	keep("action", &Action{Pupil: x.zoe.ID, What: "Ring the dentist", Who: "Mrs Bell", Due: "2025-03-10"})
	keep("plan", &Monitoring{Pupil: x.zoe.ID, What: "Lunchbox on Mondays", Who: "Mrs Bell", From: "2025-03-03", Until: "2025-03-21", NextSteps: "Count given to the head"})
	keep("support", &Support{Pupil: x.ida.ID, What: "Drawing club", Level: SchoolOffer, By: "Miss Oak", From: "2025-02-01", WhyNotEnough: "Came twice only"})
	ref := &Referral{Pupil: x.zoe.ID, Procedures: "default", LevelReason: "Repeated hunger", Sections: []Section{
		{Key: "worries", Statements: []Statement{{Text: "Sleeps on the settee most nights."}}},
	}}
	keep("referral", ref)
	keep("reply", &Reply{Pupil: x.zoe.ID, Referral: ref.ID, At: StampOf(monday), From: "Joan, duty", Said: "They will visit on Thursday."})
	ch := &Challenge{Pupil: x.zoe.ID, Referral: ref.ID, Grounds: Grounds()[0], Decision: "Closed without a visit", Procedures: "default",
		Ladder: []Step{{"DSL", "Team manager", 5}}, Safety: "Breakfast each morning"}
	keep("challenge", ch)
	keep("rung", &Rung{Pupil: x.zoe.ID, Challenge: ch.ID, Number: 1, RaisedAt: StampOf(monday), By: "Ruth", To: "Manager", Risk: "Malnutrition", Sought: "A fresh assessment"})
	return x
}

// found returns the names of what a query finds, in order.
func (x *searched) found(t *testing.T, query string) string {
	t.Helper()
	hits, err := x.Search(context.Background(), query, 50)
	if err != nil {
		t.Fatalf("Search(%q): %v", query, err)
	}
	var names []string
	for _, h := range hits {
		names = append(names, x.names[h.Ref.ID])
	}
	return strings.Join(names, " ")
}

func TestSearch(t *testing.T) {
	x := newSearched(t)
	for _, c := range []struct{ name, query, want string }{
		{"a word", "mottled", "coat"},
		{"a beginning", "mott", "coat"},
		{"one letter", "m", "Will action rung challenge referral coat plan support fall tie"},
		{"capitals", "MOTTLED", "coat"},
		{"the middle of a word", "ottled", ""},
		{"all words, from several fields", "arms property", "coat"},
		{"one word that is nowhere", "arms zebra", ""},
		{"a phrase", `"without a coat"`, "coat"},
		{"a phrase in another order", `"coat without"`, ""},
		{"a phrase that is still being typed", `"without a co`, "coat"},
		{"a closed phrase ends with a whole word", `"without a co"`, ""},
		{"a phrase does not cross fields", `"mottled it's"`, ""},
		{"curly quotes", "“without a coat”", "coat"},
		{"a phrase and a word", `arms "without a coat"`, "coat"},
		{"a pupil without the accents, and who mentions them", "nguyen", "Zoë fall"},
		{"the whole name", "Zoë Nguyễn", "Zoë fall"},
		{"names in any order", "nguyen, zoe", "Zoë fall"},
		{"the name in full comes first", "zo", "Will Zoë fall"},
		{"letters with a stroke", "lukowska", "Ida"},
		{"an apostrophe left out", "obrien", "Ida"},
		{"an apostrophe", "O’Brien", "Ida"},
		{"both halves of a double name", "lukowska-obrien", "Ida"},
		{"sharp s", "strasse", "fall"},
		{"an accent in the text", "cafe", "fall"},
		{"an accent in the query only", "còat", "coat"},
		{"somebody else in it", "william", "Will fall"},
		{"a pupil's own file, beside a word", "ida graze", "fall"},
		{"another pupil's file", "ida mottled", ""},
		{"the other pupil and a word", "william knee", "fall"},
		{"a person by name", "sondergard", "tie"},
		{"a person's note", "bakery", "tie"},
		{"a tie", "drinks", "tie"},
		{"a mark on the body map", "penny", "coat"},
		{"a category", "neglect", "coat fall"},
		{"an action", "dentist", "action"},
		{"a plan", "lunchbox", "plan"},
		{"support", "twice", "support"},
		{"a pack", "settee", "referral"},
		{"a decision on a referral", "hunger", "referral"},
		{"a reply", "thursday", "reply"},
		{"a challenge", "breakfast", "challenge"},
		{"a rung", "malnutrition", "rung"},
		{"a pupil's needs", "hearing", "Ida"},
		{"nothing", "", ""},
		{"blanks", " \t\n", ""},
		{"punctuation alone", `"*" -- ( ) : ^ + ' ’ ; %`, ""},
		{"marks of the index", inFileOf + token(x.zoe.ID), ""},
		{"a field's end", fieldEnd, ""},
		{"the index's own syntax", "mottled OR hearing", ""},
		{"a column filter", "said:mottled", ""},
		{"near", "NEAR(arms mottled, 5)", ""},
		{"a star", "mott*", "coat"},
		{"a caret", "^came", "coat support"},
		{"NUL", "mott\x00", "coat"},
		{"bytes that are no text", "mottled\xff\xfe", "coat"},
		{"a quote alone", `"`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := x.found(t, c.query); got != c.want {
				t.Errorf("Search(%q) finds %q, want %q", c.query, got, c.want)
			}
		})
	}
}

func TestSearchOfHostileInput(t *testing.T) {
	x := newSearched(t)
	long := strings.Repeat("x", 10_000)
	for _, q := range []string{
		long, strings.Repeat("a ", 5000), strings.Repeat("a-", 5000), strings.Repeat(`"`, 9999), strings.Repeat(`"a `, 3000),
		strings.Repeat("(", 10_000), strings.Repeat("ễ", 3000), `'; DROP TABLE record; --`, "a AND", "NOT", `"a" NOT "b"`, "{said}: a",
		"\x00", "\xc3\x28", "\u200b\u202e", "İıſK", strings.Repeat("\u0301", 500), "-", "%_",
	} {
		for n := range min(len(q), 40) {
			if _, err := x.Search(context.Background(), q[:n+1], 10); err != nil {
				t.Fatalf("the first %d bytes of %.20q: %v", n+1, q, err)
			}
		}
		if _, err := x.Search(context.Background(), q, 10); err != nil {
			t.Errorf("%.20q, %d bytes: %v", q, len(q), err)
		}
	}
	if x.found(t, "mottled") != "coat" {
		t.Error("nothing is found any more")
	}
}

func TestHitShowsItsSentence(t *testing.T) {
	x := newSearched(t)
	for _, c := range []struct{ query, sentence, matches, title string }{
		{"knee", "A graze on the knee; Zoë Nguyen saw it.", "knee", "Concern: Neglect"},
		{"nguyen", "A graze on the knee; Zoë Nguyen saw it.", "Nguyen", "Concern: Neglect"},
		{`"told mr strasse"`, "She told Mr. Straße that she fell.", "told Mr. Straße", "Concern: Neglect"},
		{"cafe mums", "Mum's café was shut.", "Mum's café", "Concern: Neglect"},
		{"may", "Witness: William (Zo) May", "May", "Concern: Neglect"},
		{"bakery", "Works nights at the bakery.", "bakery", "Person: Mother"},
		{`neglect`, "Neglect", "Neglect", "Concern: Neglect"},
		{"she", "She told Mr. Straße that she fell.", "She she", "Concern: Neglect"},
		{"ida saw shut", "A graze on the knee; Zoë Nguyen saw it.", "saw", "Concern: Neglect"},
		{"ida shut", "Mum's café was shut.", "shut", "Concern: Neglect"},
	} {
		hits, err := x.Search(context.Background(), c.query, 50)
		if err != nil || len(hits) == 0 {
			t.Fatalf("Search(%q) finds %d, %v", c.query, len(hits), err)
		}
		h := hits[len(hits)-1]
		var words []string
		for _, m := range h.Matches {
			words = append(words, h.Sentence[m[0]:m[1]])
		}
		if h.Sentence != c.sentence || strings.Join(words, " ") != c.matches || h.Title != c.title {
			t.Errorf("Search(%q) shows %q, %q in it, as %q", c.query, h.Sentence, words, h.Title)
		}
	}
	hits, _ := x.Search(context.Background(), "graze", 1)
	if h := hits[0]; h.Pupil != x.ida.ID || h.Name != x.ida.Name() || h.When != x.fall.When || h.Ref != (Ref{KindConcern, x.fall.ID, 1}) {
		t.Errorf("the hit is %+v", h)
	}
}

func TestLongSentenceIsCutAroundItsMatch(t *testing.T) {
	long := strings.Repeat("naïve ünder ", 60) + "needle" + strings.Repeat(" löng after", 60)
	for _, text := range []string{long, strings.ReplaceAll(long, " ", "é"), "needle" + strings.Repeat("é", 400)} {
		got, matches := telling([]string{text}, termsOf("needle"))
		if len(got) > longestSentence+20 || strings.ToValidUTF8(got, "?") != got {
			t.Errorf("%d bytes are shown: %q", len(got), got)
		}
		for _, m := range matches {
			if m[0] < 0 || m[1] > len(got) || !strings.HasPrefix(got[m[0]:], "needle") {
				t.Errorf("the match is %q", got[m[0]:m[1]])
			}
		}
	}
	if got, m := telling([]string{long}, termsOf("needle")); len(m) != 1 || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") {
		t.Errorf("shown is %q with %v", got, m)
	}
}

func TestSentencesOf(t *testing.T) {
	text := "  She came in. “Stop it!” he said.\n\nMr. Oak saw e.g. that; at 8.30 a.m. he rang.  Who? Nobody"
	want := []string{"She came in.", "“Stop it!” he said.", "Mr. Oak saw e.g. that; at 8.30 a.m. he rang.", "Who?", "Nobody"}
	var got []string
	for _, s := range sentencesOf(text) {
		got = append(got, text[s.start:s.end])
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("sentencesOf = %q, want %q", got, want)
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Zoë Nguyễn": "zoe nguyen", "ŁUKASZ": "lukasz", "Søren Đặng": "soren dang", "Straße": "strasse", "Æsa Œuvre": "aesa oeuvre",
		"O'Brien": "obrien", "O’Brien": "obrien", "İpek Işık": "ipek isik", "Zoe\u0308": "zoe", "plain": "plain", "": "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCorrectionIsFoundInsteadOfWhatItCorrects(t *testing.T) {
	x, ctx := newSearched(t), context.Background()
	x.coat.Account, x.coat.When = "Came in soaked.", On("2024-12-02")
	if err := x.Concerns.Save(ctx, &x.coat, "Wrong day."); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"mottled": "", "soaked": "coat", "neglect": "fall coat"} {
		if got := x.found(t, query); got != want {
			t.Errorf("after a correction Search(%q) finds %q, want %q", query, got, want)
		}
	}
	x.will.Surname = "Thorne"
	if err := x.Pupils.Save(ctx, &x.will, "New name."); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"may": "", "thorne": "Will fall"} {
		if got := x.found(t, query); got != want {
			t.Errorf("after a new name Search(%q) finds %q, want %q", query, got, want)
		}
	}
	people, err := x.People.All(ctx)
	if err != nil || len(people) != 1 {
		t.Fatal(len(people), err)
	}
	people[0].Note = "Works days at the florist."
	if err := x.People.Save(ctx, &people[0], "New job."); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"bakery": "", "florist": "tie", "sondergard": "tie"} {
		if got := x.found(t, query); got != want {
			t.Errorf("after a new job Search(%q) finds %q, want %q", query, got, want)
		}
	}
	stop := errors.New("stop")
	if err := x.Update(ctx, func(tx *Tx) error {
		c := testConcern(x.zoe.ID)
		c.Account = "Xylophone."
		return errors.Join(tx.Save(c, ""), stop)
	}); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if got := x.found(t, "xylophone"); got != "" {
		t.Errorf("what was not kept is found: %q", got)
	}
}

func TestNewestComesFirst(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	for _, day := range []Date{"2024-05-01", "2025-02-01", "2019-09-09", "2025-01-31"} {
		c := testConcern(p.ID)
		c.When = On(day)
		mustSave(t, s, c)
	}
	early, late := testConcern(p.ID), testConcern(p.ID)
	early.When, late.When = AtTime(monday.Add(-2*time.Hour)), AtTime(monday.Add(-time.Hour))
	mustSave(t, s, late, early)
	for limit, want := range map[int]string{
		10: "2025-03-03T08:30:00 2025-03-03T07:30:00 2025-02-01 2025-01-31 2024-05-01 2019-09-09",
		3:  "2025-03-03T08:30:00 2025-03-03T07:30:00 2025-02-01", 0: "",
	} {
		hits, err := s.Search(context.Background(), "mottled", limit)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range hits {
			got = append(got, h.When.Sort())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("Search(…, %d) finds %v, want %s", limit, got, want)
		}
	}
}

func TestFullDayGoesWithTheDayBefore(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	if _, err := s.db.Exec(`INSERT INTO found (place, record) VALUES ($1, 'x')`, dayNumber("2025-03-03")*perDay+perDay-1); err != nil {
		t.Fatal(err)
	}
	c := testConcern(p.ID)
	mustSave(t, s, c)
	var at int64
	if err := s.db.QueryRow(`SELECT place FROM found WHERE record = $1`, c.ID).Scan(&at); err != nil || at != dayNumber("2025-03-02")*perDay {
		t.Errorf("place = %d, %v, want the first of the day before, %d", at, err, dayNumber("2025-03-02")*perDay)
	}
}

func TestSearchAsksWhoMayRead(t *testing.T) {
	x := newSearched(t)
	for role, want := range map[Role]bool{DSL: true, Deputy: true, Head: true, Governor: false, IT: false} {
		x.Me.Role = role
		hits, err := x.Search(context.Background(), "mottled", 5)
		if got := err == nil && len(hits) == 1; got != want || !want && !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%s: %d hits, %v", role, len(hits), err)
		}
	}
}

// TestOlderVaultIsIndexedWhenOpened opens vaults as they were before there was
// an index, and with one of another edition.
func TestOlderVaultIsIndexedWhenOpened(t *testing.T) {
	for _, sql := range []string{
		`DROP TABLE full_text; DROP TABLE found; DROP TABLE word; DROP TABLE pupil_name; DROP TABLE search_made;
			DELETE FROM goose_db_version WHERE version_id = 2`,
		`UPDATE search_made SET edition = 99; DELETE FROM word; DELETE FROM found`,
	} {
		ctx, x := context.Background(), newSearched(t)
		path := x.Path()
		if _, err := x.db.Exec(sql); err != nil {
			t.Fatal(err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		s, err := Open(ctx, path, []byte(testPassphrase))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		x.Store = s
		for query, want := range map[string]string{
			"mottled": "coat", "sondergard": "tie", "william": "Will fall", "ida graze": "fall", "neglect": "coat fall", "nguyen": "Zoë fall",
		} {
			if got := x.found(t, query); got != want {
				t.Errorf("Search(%q) finds %q, want %q", query, got, want)
			}
		}
		if _, err := s.Verify(ctx, nil); err != nil {
			t.Error(err)
		}
	}
}

func TestIndexIsNotMadeTwice(t *testing.T) {
	ctx, x := context.Background(), newSearched(t)
	if _, err := x.db.Exec(`DELETE FROM pupil_name`); err != nil {
		t.Fatal(err)
	}
	if err := x.indexed(ctx); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := x.db.QueryRow(`SELECT count(*) FROM pupil_name`).Scan(&n); err != nil || n != 0 {
		t.Errorf("%d names, %v: the index was made although it was there", n, err)
	}
}
