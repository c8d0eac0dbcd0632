package pack

import (
	"fmt"
	"slices"
	"testing"

	"throughline/chronology"
	"throughline/records"
)

func entry(on records.Date, c records.Category, sev records.Severity) chronology.Entry {
	return chronology.Entry{Ref: records.Ref{Kind: records.KindConcern, ID: "c", Version: 1}, When: records.On(on), Category: c, Severity: sev}
}

func TestLayout(t *testing.T) {
	hearsay := entry("2026-02-10", records.Neglect, 2)
	hearsay.Standing = records.Hearsay
	reply := chronology.Entry{Ref: records.Ref{Kind: records.KindReply}, When: records.On("2026-03-01")}
	other := entry("2026-02-01", records.Missing, 5)
	other.Part = records.Witness
	support := chronology.Entry{Ref: records.Ref{Kind: records.KindSupport}, When: records.On("2020-01-01")}
	line := chronology.Line{entry("2026-01-05", records.Physical, 5), entry("2026-01-20", records.Neglect, 0), hearsay, other, support, reply, entry("", records.Neglect, 1)}
	bands := []records.StatusBand{{Status: records.ChildInNeed, From: "2025-01-01", To: "2026-01-31"}, {Status: records.EarlyHelp, From: "2020-01-01", To: "2020-02-01"}}
	p := layout(line, bands, 487)

	if p.From != "2026-01-05" || p.To != "2026-03-01" || p.Undated != 1 {
		t.Errorf("from %s to %s, %d undated", p.From, p.To, p.Undated)
	}
	if len(p.Lanes) != 3 || p.Lanes[0].Name != "Neglect" || p.Lanes[0].Count != 2 || p.Lanes[2].Name != laneExchange {
		t.Fatalf("lanes %+v", p.Lanes)
	}
	physical := p.Lanes[1].Dots[0]
	if physical.Radius <= p.Lanes[0].Dots[1].Radius || p.Lanes[0].Dots[1].Radius <= p.Lanes[0].Dots[0].Radius {
		t.Error("size does not follow severity")
	}
	if !p.Lanes[0].Dots[1].Hollow || p.Lanes[0].Dots[0].Hollow || !p.Lanes[2].Dots[0].Diamond {
		t.Error("shape does not follow standing and kind")
	}
	if len(p.Bands) != 1 || p.Bands[0].X1 < p.Left || p.Bands[0].X2 <= p.Bands[0].X1 {
		t.Errorf("bands %+v", p.Bands)
	}
	for _, l := range p.Lanes {
		if l.Y <= 0 || l.Y >= p.Axis {
			t.Errorf("lane %s lies at %.1f", l.Name, l.Y)
		}
		for i, d := range l.Dots {
			if d.X < p.Left || d.X > p.Width || i > 0 && d.X <= l.Dots[i-1].X {
				t.Errorf("%s: dot %d lies at %.1f", l.Name, i, d.X)
			}
		}
	}
}

func TestLayoutTicks(t *testing.T) {
	for _, tt := range []struct {
		from, to records.Date
		want     string
	}{
		{"2026-01-05", "2026-03-01", "[Jan 2026 Feb Mar]"},
		{"2024-10-07", "2026-03-04", "[Oct 2024 Jan 2025 Apr Jul Oct Jan 2026]"},
		{"2019-05-01", "2026-03-04", "[Jan 2020 Jan 2021 Jan 2022 Jan 2023 Jan 2024 Jan 2025 Jan 2026]"},
		{"2026-03-04", "2026-03-04", "[Mar 2026]"},
	} {
		p := layout(chronology.Line{entry(tt.from, records.Neglect, 1), entry(tt.to, records.Neglect, 1)}, nil, 487)
		var labels []string
		for i, k := range p.Ticks {
			labels = append(labels, k.Label)
			if i > 0 && k.X-p.Ticks[i-1].X < 12 {
				t.Errorf("ticks of %s to %s stand too close", tt.from, tt.to)
			}
		}
		if got := fmt.Sprint(labels); got != tt.want {
			t.Errorf("%s to %s: ticks %s, want %s", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestLayoutManyKinds(t *testing.T) {
	var line chronology.Line
	for i, c := range records.Categories() {
		line = append(line, entry(records.Date("2026-01-05").AddDays(i), c, 1))
	}
	p := layout(line, nil, 487)
	n := 0
	for _, l := range p.Lanes {
		n += l.Count
	}
	if len(p.Lanes) != lanesMost || p.Lanes[lanesMost-1].Name != laneRest || n != len(line) {
		t.Errorf("%d lanes hold %d of %d entries", len(p.Lanes), n, len(line))
	}
}

func TestLayoutOfNothing(t *testing.T) {
	if p := layout(nil, nil, 487); len(p.Lanes) != 0 || p.Height != 0 {
		t.Errorf("an empty line is drawn: %+v", p)
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
