package referral

import (
	"strings"
	"testing"

	"throughline/records"
)

func fields(m []Missing) string {
	var s []string
	for _, x := range m {
		s = append(s, string(rune('0'+x.Decision))+x.Field)
	}
	return strings.Join(s, " ")
}

func TestThreeDecisions(t *testing.T) {
	for _, c := range []struct {
		name   string
		start  func() records.Referral
		change func(*records.Referral)
		want   string
	}{
		{"complete", assessment, func(*records.Referral) {}, ""},
		{"complete emergency", emergency, func(*records.Referral) {}, ""},
		{"nothing", assessment, func(r *records.Referral) { *r = records.Referral{} }, "1level 1level_reason 1decided_by 1decided_at 2response 3parents_told"},
		{"reason of spaces", assessment, func(r *records.Referral) { r.LevelReason = " \n" }, "1level_reason"},
		{"likely significant harm, but an assessment", assessment, func(r *records.Referral) { r.Level = records.Section47 }, "2response"},
		{"immediate, but section 17", emergency, func(r *records.Referral) { r.Level = records.Section17 }, "2response"},
		{"immediate, not telephoned", emergency, func(r *records.Referral) { r.PhonedAt = "" }, "2phoned_at"},
		{"telephoned, nothing written down", emergency, func(r *records.Referral) { r.PhonedTo, r.PhonedSaid = "", "" }, "2phoned_to 2phoned_said"},
		{"parents told, nothing written down", assessment, func(r *records.Referral) { r.ParentsWhen, r.ParentsWho, r.ParentsSaid = "", "", "" }, "3parents_when 3parents_who 3parents_said"},
		{"parents not told, no reason", assessment, func(r *records.Referral) { r.ParentsTold = records.No }, "3parents_why"},
		{"parents not told, reason", assessment, func(r *records.Referral) {
			r.ParentsTold, r.ParentsWhy = records.No, string(records.NotToldReasons()[0])
		}, ""},
		{"no consent for section 17", assessment, func(r *records.Referral) { r.Consent = "" }, "3consent"},
		{"section 47 needs no consent", emergency, func(r *records.Referral) { r.Consent = "" }, ""},
		{"not to refer", assessment, func(r *records.Referral) {
			r.NotReferred, r.Response, r.ResponseWhy, r.Consent = "Early help meets it.", "", "", ""
		}, ""},
		{"not to refer, without care", assessment, func(r *records.Referral) {
			*r = records.Referral{NotReferred: "x"}
		}, "1level 1level_reason 1decided_by 1decided_at 3parents_told"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := c.start()
			c.change(&r)
			got := ThreeDecisions(r)
			if fields(got) != c.want {
				t.Errorf("missing %q, want %q", fields(got), c.want)
			}
			for _, m := range got {
				if !strings.HasSuffix(m.Sentence, ".") {
					t.Errorf("%s: %q is no sentence", m.Field, m.Sentence)
				}
			}
		})
	}
}

func TestAskedFor(t *testing.T) {
	draft, not := records.Referral{}, assessment()
	not.SentAt, not.NotReferred = "", "x"
	police, help := emergency(), assessment()
	police.Level = records.Police
	help.Level, help.Response = records.Targeted, ""
	for _, c := range []struct {
		r    records.Referral
		want string
	}{
		{assessment(), "a referral under section 17 (child in need), for an assessment"},
		{emergency(), "a referral under section 47 (likely significant harm), for an immediate response"},
		{police, "immediate protection by the police, and a referral under section 47, for an immediate response"},
		{help, "targeted early help"},
		{draft, "nothing yet: the three decisions are still to be made"},
		{not, "nothing: it was decided not to refer"},
	} {
		if got := AskedFor(c.r); got != c.want {
			t.Errorf("AskedFor = %q, want %q", got, c.want)
		}
	}
}

func TestCautions(t *testing.T) {
	f := &records.File{Pupil: records.Pupil{Born: "2012-05-01"}, Read: at("2026-11-03 10:15"), Calendar: school()}
	if got := Cautions(f, assessment()); len(got) != 0 {
		t.Errorf("an ordinary referral: %q", got)
	}
	closed := assessment()
	closed.ID, closed.SentAt, closed.NotReferred = "r0", "", "x"
	other := assessment()
	other.ID = "r2"
	for name, c := range map[string]struct {
		change func(*records.File)
		want   string
	}{
		"over 18":     {func(f *records.File) { f.Pupil.Born = "2008-11-03" }, "18 or over"},
		"still 17":    {func(f *records.File) { f.Pupil.Born = "2008-11-04" }, ""},
		"unborn":      {func(f *records.File) { f.Pupil.Born = "2027-01-01" }, "not born yet"},
		"no birthday": {func(f *records.File) { f.Pupil.Born = "" }, "not known"},
		"left":        {func(f *records.File) { f.Pupil.Left = "2026-10-23" }, "left the school"},
		"leaving":     {func(f *records.File) { f.Pupil.Left = "2026-12-18" }, ""},
		"two open":    {func(f *records.File) { f.Referrals = []records.Referral{assessment(), other} }, "Another referral"},
		"one closed":  {func(f *records.File) { f.Referrals = []records.Referral{assessment(), closed} }, ""},
	} {
		g := *f
		c.change(&g)
		got := strings.Join(Cautions(&g, assessment()), " ")
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestLowerFirst(t *testing.T) {
	for in, want := range map[string]string{"No further action": "no further action", "LADO": "LADO", "": "", "A": "A", "Élan": "Élan"} {
		if got := lowerFirst(in); got != want {
			t.Errorf("lowerFirst(%q) = %q, want %q", in, got, want)
		}
	}
}

// What comes with a decision is not asked for while another thing is missing.
func TestNextAsksForADecisionNotForItsName(t *testing.T) {
	r := records.Referral{Level: records.Section17, LevelReason: "Early help was offered twice."}
	if s := StateIn(&records.File{}, r, nil, at("2026-11-20 11:00")); !strings.HasPrefix(s.Next.What, "Make the three decisions. Choose immediate risk of harm") {
		t.Errorf("next is %q", s.Next.What)
	}
}
