package wording

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// kindsIn returns the kinds found in text, in order.
func kindsIn(field Field, text string) []Kind {
	var kinds []Kind
	for _, f := range Check(field, text).Findings {
		kinds = append(kinds, f.Kind)
	}
	return kinds
}

func TestContinueToMonitor(t *testing.T) {
	const text = "Continue to monitor."
	r := Check(Decision, text)
	if len(r.Findings) != 1 {
		t.Fatalf("Check(%q) = %+v, want one finding", text, r.Findings)
	}
	f := r.Findings[0]
	if f.Kind != VagueMonitoring || text[f.Start:f.End] != "Continue to monitor" {
		t.Errorf("Check(%q) found %s %q, want vague_monitoring over the words", text, f.Kind, text[f.Start:f.End])
	}
	if want := []Part{What, HowLong, NextSteps}; !reflect.DeepEqual(f.Missing, want) {
		t.Errorf("missing %v, want %v", f.Missing, want)
	}
	if r.Plan == nil || *r.Plan != (Plan{}) {
		t.Errorf("plan %v, want an empty plan", r.Plan)
	}
	if strings.Count(f.Ask, "?") != 1 || !strings.HasSuffix(f.Ask, "?") {
		t.Errorf("ask %q, want one question", f.Ask)
	}
}

func TestPlanParts(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       *Plan
	}{
		{"bare", "Will keep an eye on things.", &Plan{}},
		{"typo", "contiune to moniter", &Plan{}},
		{"two letters swapped", "will montior", &Plan{}},
		{"one letter wrong", "monitpr please", &Plan{}},
		{"number in a condition", "Monitor lateness. If absent 3 days on the trot Mrs Bright rings dad.", &Plan{What: true, NextSteps: true}},
		{"step only if needed", "Monitor lunch until 4 May. DSL will ring mum if needed.", &Plan{What: true, HowLong: true}},
		{"start date is no end", "Monitor him from 3 March.", &Plan{}},
		{"how often is no end", "Monitor her daily.", &Plan{}},
		{"open condition", "Monitor until things settle.", &Plan{}},
		{"past date", "Met mum 4/2. Will monitor.", &Plan{}},
		{"what only", "Monitor for any new bruises.", &Plan{What: true}},
		{"place is no what", "Keep an eye on him at lunch.", &Plan{}},
		{"time only", "Monitor for a fortnight.", &Plan{HowLong: true}},
		{"fixed event", "Keep under review until half term.", &Plan{HowLong: true}},
		{"soft next step", "Monitor lunch until 4 May, let me know if worried.", &Plan{What: true, HowLong: true}},
		{"we is nobody", "Monitor lunch until 4 May and we will think again.", &Plan{What: true, HowLong: true}},
		{"undated review", "Monitor lunch until 4 May and review.", &Plan{What: true, HowLong: true}},
		{"next step", "Monitor his lunch. If he eats nothing Mrs Poole rings mum.", &Plan{What: true, NextSteps: true}},
		{"complete", "Monitor his lunch until 4 May. Mrs Poole rings mum that day.", &Plan{true, true, true}},
		{"no plan", "Rang mum at 9.15 and she came at 10.", nil},
		{"device", "His glucose monitor beeped at 9.15.", nil},
		{"negated", "Did not just monitor: rang MASH 9.10.", nil},
		{"quoted", "CAMHS wrote on 3 May \"continue to monitor\".", nil},
		{"told by another", "Mum said she will keep an eye on him, 9.10.", nil},
		{"own plan in quotes", "We will \"keep an eye on it\".", &Plan{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Check(Action, c.text).Plan
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("Check(%q).Plan = %+v, want %+v", c.text, got, c.want)
			}
		})
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		name  string
		field Field
		text  string
		want  []Kind
	}{
		{"someone knows", Action, "DSL aware.", []Kind{VagueAction}},
		{"told, with time and answer", Action, "DSL told at 9.10, she rang mum.", nil},
		{"no reason", Decision, "NFA.", []Kind{VagueAction}},
		{"reason", Decision, "NFA because the mark was ink and washed off.", nil},
		{"help unnamed", Action, "Support in place.", []Kind{VagueSupport}},
		{"help named", Action, "Support from Mrs Lowe, Tuesdays 2pm, 6 weeks.", nil},
		{"soon", Action, "Mrs Bell will ring dad in due course.", []Kind{VagueTime}},
		{"feeling", Concern, "Not himself today.", []Kind{VagueConcern}},
		{"feeling with what was seen", Concern, "Not himself today: cried at the door, hid under the table.", nil},
		{"soft word", Concern, "Dad is a bit heavy handed.", []Kind{Euphemism}},
		{"soft word of a child", Concern, "She said \"dad's a bit heavy handed\" at 9.10.", nil},
		{"soft word, curly and nested", Concern, "She said “Mum says it’s ‘just banter’ innit” at 9.10.", nil},
		{"soft word denied", Concern, "Not banter. He said it three times.", nil},
		{"blame", Concern, "She is putting herself at risk.", []Kind{VictimBlaming}},
		{"judgement", Concern, "Mum is lazy.", []Kind{OpinionAsFact}},
		{"marked opinion", Concern, "In my opinion mum is depressed because she cried three times in ten minutes.", nil},
		{"no source", Concern, "Apparently dad is back.", []Kind{Hearsay}},
		{"named source", Concern, "Mrs Bell told me at 9.10 that she saw dad at the gate.", nil},
		{"apostrophes are no quotes", Action, "Parents' evening: DSL aware of Tom's lateness' cause.", nil},
		{"plan and time side by side", Outcome, "We will monitor the situation going forward.", []Kind{VagueMonitoring, VagueTime}},
		{"phone, no stops", Action, "ok will keep an eye on her thx", []Kind{VagueMonitoring}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := kindsIn(c.field, c.text)
			if c.name == "apostrophes are no quotes" {
				if Check(c.field, c.text); len(read(lists(), c.text).sentences) == 0 || anyQuoted(c.text) {
					t.Errorf("%q read as holding a quotation", c.text)
				}
				return
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("Check(%s, %q) = %v, want %v", c.field, c.text, got, c.want)
			}
		})
	}
}

func anyQuoted(text string) bool {
	for _, k := range read(lists(), text).tokens {
		if k.quoted {
			return true
		}
	}
	return false
}

func TestBadInput(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"empty", ""},
		{"spaces", " \n\t "},
		{"one word", "Bruise"},
		{"welsh", "Mae'r plentyn yn drist heddiw ac ni fwytaodd ei ginio."},
		{"polish", "Dziecko jest smutne i nie je obiadu, mama nie odbiera telefonu."},
		{"arabic", "الطفل حزين اليوم ولم يأكل غداءه"},
		{"emoji", "😢😢 👍🏽"},
		{"no spaces", strings.Repeat("x", 5000)},
		{"only marks", strings.Repeat("\"'([", 500)},
		{"broken UTF-8", "mum \xff\xfe said \xc3("},
		{"nul", "a\x00b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, f := range []Field{Concern, Action, Decision, Outcome, "", "other"} {
				wellFormed(t, f, c.text)
			}
		})
	}
	if got := kindsIn(Action, "CONTINUE TO MONITOR"); !reflect.DeepEqual(got, []Kind{VagueMonitoring}) {
		t.Errorf("capitals: %v, want vague_monitoring", got)
	}
	for _, text := range []string{"الطفل حزين اليوم ولم يأكل غداءه", "Dziecko jest smutne i nie je obiadu.", "😢😢"} {
		if got := kindsIn(Concern, text); got != nil {
			t.Errorf("Check(%q) = %v, want nothing said of another language", text, got)
		}
	}
}

// wellFormed checks what every answer must keep to.
func wellFormed(t *testing.T, field Field, text string) {
	t.Helper()
	r := Check(field, text)
	last := 0
	for _, f := range r.Findings {
		if f.Start < last || f.End <= f.Start || f.End > len(text) {
			t.Fatalf("Check(%q): range %d-%d after %d of %d", text, f.Start, f.End, last, len(text))
		}
		last = f.End
		if !utf8.RuneStart(text[f.Start]) || f.End < len(text) && !utf8.RuneStart(text[f.End]) {
			t.Fatalf("Check(%q): %d-%d cuts a character", text, f.Start, f.End)
		}
		if strings.Count(f.Ask, "?") == 0 {
			t.Fatalf("Check(%q): %s asks nothing: %q", text, f.Kind, f.Ask)
		}
		if (f.Kind == VagueMonitoring) != (len(f.Missing) > 0) {
			t.Fatalf("Check(%q): %s with missing %v", text, f.Kind, f.Missing)
		}
		if f.Kind == VagueMonitoring && r.Plan == nil {
			t.Fatalf("Check(%q): vague plan but no plan", text)
		}
	}
	if again := Check(field, text); !reflect.DeepEqual(r, again) {
		t.Fatalf("Check(%q) = %+v, then %+v", text, r, again)
	}
}

func FuzzCheck(f *testing.F) {
	for _, name := range []string{"entries.jsonl", "own.jsonl"} {
		for _, e := range entries(f, name) {
			f.Add(string(e.Field), e.Text)
		}
	}
	f.Add("concern", "’‘“”\"' w/ re- -re 3/ /3 12.15.")
	f.Fuzz(func(t *testing.T, field, text string) {
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "?")
		}
		wellFormed(t, Field(field), text)
	})
}

// long returns about n bytes of the labelled entries run together.
func long(t testing.TB, n int) string {
	var b strings.Builder
	for b.Len() < n {
		for _, e := range entries(t, "entries.jsonl") {
			b.WriteString(e.Text)
			b.WriteString(" ")
			if b.Len() >= n {
				break
			}
		}
	}
	return b.String()
}

func BenchmarkCheck2000(b *testing.B) {
	text := long(b, 2000)[:2000]
	Check(Action, text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Check(Action, text)
	}
}

// TestLongTextIsLinear holds the time for ten times the text near ten times the
// time: a pasted chronology must not freeze the window.
func TestLongTextIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("timing")
	}
	best := func(text string) time.Duration {
		least := time.Hour
		for range 5 {
			start := time.Now()
			Check(Action, text)
			least = min(least, time.Since(start))
		}
		return least
	}
	for _, c := range []struct{ name, unit string }{
		{"entries", long(t, 10000)},
		{"one sentence", strings.Repeat("mum said she will keep an eye and monitor ", 240)},
		{"no end to a quotation", strings.Repeat("'a \"b ", 1600)},
	} {
		small, large := best(c.unit), best(strings.Repeat(c.unit, 10))
		if large > 40*small && large > 400*time.Millisecond {
			t.Errorf("%s: %v for %d bytes, %v for ten times as many", c.name, small, len(c.unit), large)
		}
		t.Logf("%s: %v, ten times the text %v", c.name, small, large)
	}
}
