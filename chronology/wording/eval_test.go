package wording

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// entry is one labelled entry of testdata.
type entry struct {
	ID           string
	Field        Field
	Text         string
	Flags        []struct{ Kind, Span string }
	HasWhat      bool `json:"has_what"`
	HasHowLong   bool `json:"has_how_long"`
	HasNextSteps bool `json:"has_next_steps"`
	ShouldFlag   bool `json:"should_flag"`
	Note         string
}

func entries(t testing.TB, name string) []entry {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []entry
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		var e entry
		if err := json.Unmarshal(scan.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// plan reports whether the three parts are to be scored on e.
func (e entry) plan() bool {
	for _, f := range e.Flags {
		if f.Kind == string(VagueMonitoring) {
			return true
		}
	}
	return strings.HasPrefix(e.Note, "monitor-") || strings.HasPrefix(e.Note, "past-completed")
}

// count is right and wrong answers: hits, false alarms, misses.
type count struct{ hit, alarm, miss int }

func (c *count) add(want, got bool) {
	switch {
	case want && got:
		c.hit++
	case got:
		c.alarm++
	case want:
		c.miss++
	}
}

func (c count) precision() float64 { return share(c.hit, c.hit+c.alarm) }
func (c count) recall() float64    { return share(c.hit, c.hit+c.miss) }

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// score is how Check did on one file.
type score struct {
	entries, plans   int
	unseen           int // plans that were not taken for one
	flag             count
	kind             map[Kind]*count
	what, long, next int
	overlap          float64
	matched          int
	wrong            []string
}

func judge(all []entry) *score {
	s := &score{kind: map[Kind]*count{}}
	for _, k := range Kinds() {
		s.kind[k] = &count{}
	}
	for _, e := range all {
		s.judge(e)
	}
	return s
}

func (s *score) judge(e entry) {
	r := Check(e.Field, e.Text)
	s.entries++
	s.flag.add(e.ShouldFlag, len(r.Findings) > 0)
	bad := e.ShouldFlag != (len(r.Findings) > 0)
	for _, k := range Kinds() {
		want, got := false, false
		for _, f := range e.Flags {
			want = want || f.Kind == string(k)
		}
		for _, f := range r.Findings {
			got = got || f.Kind == k
		}
		s.kind[k].add(want, got)
	}
	s.spans(e, r)
	if e.plan() {
		var p Plan
		if r.Plan != nil {
			p = *r.Plan
		} else {
			s.unseen++
		}
		s.plans++
		s.what += same(p.What, e.HasWhat)
		s.long += same(p.HowLong, e.HasHowLong)
		s.next += same(p.NextSteps, e.HasNextSteps)
		bad = bad || p != Plan{e.HasWhat, e.HasHowLong, e.HasNextSteps}
	}
	if bad {
		s.wrong = append(s.wrong, e.ID)
	}
}

func same(a, b bool) int {
	if a == b {
		return 1
	}
	return 0
}

// spans adds, for each labelled flag that a finding of its kind touches, the best
// overlap: shared bytes over all bytes of the two.
func (s *score) spans(e entry, r Reading) {
	for _, f := range e.Flags {
		from := strings.Index(e.Text, f.Span)
		to := from + len(f.Span)
		best := 0.0
		for _, g := range r.Findings {
			if string(g.Kind) != f.Kind {
				continue
			}
			shared := min(to, g.End) - max(from, g.Start)
			if shared > 0 {
				best = max(best, float64(shared)/float64(max(to, g.End)-min(from, g.Start)))
			}
		}
		if best > 0 {
			s.overlap += best
			s.matched++
		}
	}
}

func (s *score) log(t *testing.T, name string) {
	t.Logf("%s: %d entries, %d plans to watch, %d not seen as one", name, s.entries, s.plans, s.unseen)
	t.Logf("  flag or no flag     precision %.3f  recall %.3f  (%d false alarms, %d misses)",
		s.flag.precision(), s.flag.recall(), s.flag.alarm, s.flag.miss)
	t.Logf("  parts of a plan     what %.3f  how long %.3f  next steps %.3f",
		share(s.what, s.plans), share(s.long, s.plans), share(s.next, s.plans))
	t.Logf("  span overlap        %.3f over %d matched", s.overlap/float64(max(1, s.matched)), s.matched)
	for _, k := range Kinds() {
		c := s.kind[k]
		t.Logf("  %-17s   precision %.3f  recall %.3f  (%d right, %d too many, %d missed)",
			k, c.precision(), c.recall(), c.hit, c.alarm, c.miss)
	}
}

func TestEval(t *testing.T) {
	for _, set := range []struct {
		file    string
		flag    float64
		part    float64
		overlap float64
	}{
		{"entries.jsonl", 0.95, 0.95, 0.94},
		{"own.jsonl", 0.95, 0.95, 0.89},
		{"heldout.jsonl", 0.85, 0.85, 0.85},
		{"fresh.jsonl", 0.85, 0.85, 0.60},
		{"fresh2.jsonl", 0.85, 0.85, 0.60},
		{"fresh3.jsonl", 0.85, 0.85, 0.60},
		{"fresh4.jsonl", 0.98, 0.98, 0.85},
		{"heldout2.jsonl", 0.86, 0.84, 0.82},
		{"fresh5.jsonl", 0.98, 0.98, 0.86},
		{"heldout3.jsonl", 0.90, 0.80, 0.77},
		{"fresh6.jsonl", 0.98, 0.95, 0.84},
		{"heldout4.jsonl", 0.88, 0.93, 0.80},
	} {
		t.Run(set.file, func(t *testing.T) {
			s := judge(entries(t, set.file))
			s.log(t, set.file)
			for _, m := range []struct {
				name      string
				got, want float64
			}{
				{"flag precision", s.flag.precision(), set.flag},
				{"flag recall", s.flag.recall(), set.flag},
				{"what", share(s.what, s.plans), set.part},
				{"how long", share(s.long, s.plans), set.part},
				{"next steps", share(s.next, s.plans), set.part},
				{"span overlap", s.overlap / float64(max(1, s.matched)), set.overlap},
			} {
				if m.got < m.want {
					t.Errorf("%s of %s = %.3f, want at least %.2f", m.name, set.file, m.got, m.want)
				}
			}
		})
	}
}
