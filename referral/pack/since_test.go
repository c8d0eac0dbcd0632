package pack

import (
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

// sent returns the story with its pack sent on 4 March 2026 at 16:45.
func sent(t *testing.T) (*records.File, *records.Referral) {
	t.Helper()
	f, ref := drafted(t)
	ref.SentAt, ref.SentTo = stamp("2026-03-04", "16:45"), "Invented front door"
	f.Referrals = append(f.Referrals, *ref)
	return f, ref
}

func TestNothingHasChangedSince(t *testing.T) {
	f, ref := sent(t)
	ref.Version = 4 // sending it made a version
	if got := Since(f, ref); got != nil {
		t.Errorf("nothing was changed, and it says %+v", got)
	}
	ref.SentAt = ""
	f.Concerns = f.Concerns[1:]
	if got := Since(f, ref); got != nil {
		t.Errorf("a draft is compared: %+v", got)
	}
}

func TestSince(t *testing.T) {
	f, ref := sent(t)
	at := func(id records.ID) *records.Concern {
		return &f.Concerns[slices.IndexFunc(f.Concerns, func(c records.Concern) bool { return c.ID == id })]
	}
	corrected, closed := at("c14"), at("c08")
	corrected.Version, corrected.Account = 2, "At the end of the lesson she stayed behind. There are three marks."
	closed.Version, closed.Closed, closed.ClosedWhy = 2, "2026-03-06", "She sleeps at her grandmother's."
	fresh := f.Concerns[0]
	fresh.Meta, fresh.When = meta("c99", "2026-03-06"), records.AtClock("2026-03-06", "09:00")
	late := fresh // happened before it went, written down after
	late.Meta, late.When = meta("c98", "2026-03-05"), records.AtClock("2026-03-03", "09:00")
	f.Concerns = append(slices.DeleteFunc(f.Concerns, func(c records.Concern) bool { return c.ID == "c12" }), fresh, late)
	f.Supports[0].Version = 2
	f.Pupil.Version, f.Pupil.Address = 2, "3 Other Row"
	f.Read = stamp("2026-03-07", "09:00")

	got := map[records.ID]Change{}
	order := ""
	for _, c := range Since(f, ref) {
		got[c.Ref.ID] = c
		if c.Become == New {
			order += string(c.Ref.ID) + " "
		}
	}
	for id, want := range map[records.ID]struct {
		become  Become
		section string
		text    string
	}{
		"c14": {Corrected, Voice, "Karl grabbed me"}, "c08": {ClosedNow, Voice, "I do Minh’s tea"},
		"p1":  {Corrected, Child, "Address: 14 Invented Row"},
		"c12": {GoneNow, Voice, "He shouts like that"}, "s1": {Corrected, Tried, "Breakfast club"}, "c99": {New, "", ""}, "c98": {New, "", ""},
	} {
		c := got[id]
		if c.Become != want.become || want.section != "" && !slices.Contains(c.Sections, want.section) || !strings.Contains(strings.Join(c.Texts, "\n"), want.text) {
			t.Errorf("%s: %s in %v with %q, want %+v", id, c.Become, c.Sections, c.Texts, want)
		}
		if (c.Title == "") != (want.become == GoneNow) || c.Become.String() == "" {
			t.Errorf("%s: titled %q, %s", id, c.Title, c.Become)
		}
	}
	if len(got) != 7 || order != "c98 c99 " {
		t.Errorf("%d changes, new: %s", len(got), order)
	}
	if n := len(got["c14"].Texts); n < 3 {
		t.Errorf("the corrected entry stands behind %d statements", n)
	}
}
