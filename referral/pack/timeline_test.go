package pack

import (
	"slices"
	"strings"
	"testing"

	"throughline/chronology"
	"throughline/chronology/page"
	"throughline/records"
)

// printed returns a printer of a referral, ready to draw its line.
func printed(t *testing.T, change func(f *records.File, ref *records.Referral)) *printer {
	t.Helper()
	f, ref := drafted(t)
	change(f, ref)
	return &printer{f: f, ref: ref, line: asSent(chronology.Of(f), ref.SentAt), doc: page.New(page.Info{Title: "T"})}
}

func TestThePictureEndsWhenTheReferralWasSent(t *testing.T) {
	p := printed(t, func(f *records.File, ref *records.Referral) {
		ref.SentAt = "2025-12-20T10:00:00.000000Z"
		f.Bands = []records.StatusBand{
			{Status: records.EarlyHelp, From: "2025-06-01", To: "2026-02-01"}, {Status: records.ChildInNeed, From: "2026-02-01"},
		}
	})
	pic := p.scene().Picture()
	if pic.Read != "2025-12-20" || pic.End != "Sent" {
		t.Errorf("it ends on %s, %q", pic.Read, pic.End)
	}
	if len(pic.Bands) != 1 || pic.Bands[0].To != "2025-12-20" {
		t.Errorf("bands %+v: want the one that there was, to that day", pic.Bands)
	}
	for _, m := range pic.Marks {
		if m.Day > "2025-12-20" {
			t.Errorf("an entry of %s is drawn", m.Day)
		}
	}
	draft := printed(t, func(_ *records.File, ref *records.Referral) { ref.SentAt = "" })
	if pic := draft.scene().Picture(); pic.Read != draft.f.Read.Date() || pic.End != "Today" {
		t.Errorf("a draft ends on %s, %q", pic.Read, pic.End)
	}
}

func TestAnotherChildsConcernIsNotDrawn(t *testing.T) {
	p := printed(t, func(*records.File, *records.Referral) {})
	before := len(p.scene().Line)
	p.line[0].Part = records.Witness
	if got := len(p.scene().Line); got != before-1 {
		t.Errorf("%d entries are drawn, want %d", got, before-1)
	}
}

// legendOf returns what the legend says of a line, and checks that its rows fit.
func legendOf(t *testing.T, p *printer, line chronology.Line) (said []string, rows int) {
	t.Helper()
	s := p.scene()
	s.Line = line
	d := &lineDrawer{l: s.Picture().Place(chronology.Frame{
		Width: 487, Left: 100, Right: 10, LaneLeast: 19, LaneMost: 19, Dot: 3,
		Measure: func(s string) float64 { return page.Width(s, legendType) },
	})}
	all := d.legend()
	for _, row := range all {
		wide := 0.0
		for _, s := range row {
			said = append(said, s.says)
			wide += signWidth(s)
		}
		if wide > 487 {
			t.Errorf("a row of the legend is %.0f wide", wide)
		}
	}
	return said, len(all)
}

func TestTheLegendSaysWhatThereIs(t *testing.T) {
	p := printed(t, func(*records.File, *records.Referral) {})
	whole, rows := legendOf(t, p, p.scene().Line)
	for _, want := range []string{"Child in danger now", "Hearsay", "Referral", "Reply, meeting, information shared", "Change at home"} {
		if !slices.Contains(whole, want) {
			t.Errorf("the legend lacks %q: %q", want, whole)
		}
	}
	if rows < 2 {
		t.Errorf("%d signs stand in one row", len(whole))
	}
	i := slices.IndexFunc(p.line, func(e chronology.Entry) bool { return e.Ref.Kind == records.KindConcern && e.When.IsExact() })
	if got, _ := legendOf(t, p, p.line[i:i+1]); slices.Contains(got, "Challenge") || slices.Contains(got, "Hearsay") {
		t.Errorf("the legend of one concern says %q", got)
	}
}

func TestThePictureIsReadAloud(t *testing.T) {
	pdf := func(change func(f *records.File)) string {
		f, ref := drafted(t)
		change(f)
		raw := written(t, f, ref, options())
		read(t, raw, "") // it is sound
		return string(raw)
	}
	if !strings.Contains(pdf(func(*records.File) {}), "/Figure") {
		t.Error("the picture is not tagged as a figure")
	}
	if !strings.Contains(pdf(func(f *records.File) { f.Concerns = f.Concerns[:1] }), "/Figure") {
		t.Error("one concern is not drawn")
	}
	nothing := func(f *records.File) {
		f.Concerns, f.Referrals, f.Replies, f.Challenges, f.Rungs, f.Disclosures = nil, nil, nil, nil, nil, nil
		f.Supports, f.Monitorings, f.Actions, f.Ties, f.Bands = nil, nil, nil, nil, nil
	}
	if strings.Contains(pdf(nothing), "/Figure") {
		t.Error("nothing is drawn as a figure")
	}
}

func TestWhatCameAfterIsNotSent(t *testing.T) {
	entry := func(happened records.Date, kept records.Stamp) chronology.Entry {
		return chronology.Entry{When: records.On(happened), Recorded: kept, Title: string(happened)}
	}
	line := chronology.Line{
		entry("2026-03-02", "2026-03-02T15:00:00.000000Z"),
		entry("2026-03-03", "2026-03-09T15:00:00.000000Z"), // written up after the referral
		entry("2026-03-20", "2026-03-01T15:00:00.000000Z"), // ended after the referral
	}
	if got := asSent(slices.Clone(line), ""); len(got) != 3 {
		t.Errorf("a draft has %d entries, want all 3", len(got))
	}
	got := asSent(slices.Clone(line), "2026-03-04T16:00:00.000000Z")
	if len(got) != 1 || got[0].Title != "2026-03-02" {
		t.Errorf("what was sent has %d entries, want the first alone", len(got))
	}
}
