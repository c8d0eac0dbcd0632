package wording

import (
	"slices"
	"testing"
)

// TestNotTheWriters holds words that are somebody else's, or say something
// after all, beside their nearest neighbours that do not.
func TestNotTheWriters(t *testing.T) {
	for _, c := range []struct {
		name  string
		field Field
		text  string
		want  []Kind
	}{
		{"another agency's plan", Outcome, "SW will continue to monitor.", nil},
		{"another agency's plan, with visits", Outcome, "SW to continue visits and monitor. School told by phone 10.40.", nil},
		{"the police", Concern, "Police to keep an eye on the address", nil},
		{"a clinic", Outcome, "CAMHS will review in clinic.", nil},
		{"the social worker in full", Outcome, "Social worker will continue to monitor.", nil},
		{"another agency's eye", Outcome, "SW will keep an eye on him", nil},
		{"another agency, then the school", Decision, "SW will keep an eye on him. We will monitor too", []Kind{VagueMonitoring}},
		{"an allocated worker", Decision, "The allocated social worker will be keeping an eye on contact", nil},
		{"only spoken to", Action, "Spoke to SW will monitor", []Kind{VagueAction, VagueMonitoring}},
		{"the school with an agency", Decision, "School and SW will continue to monitor", []Kind{VagueMonitoring}},
		{"an agency with the school", Decision, "SW and DSL to monitor", []Kind{VagueMonitoring}},
		{"the writer with an agency", Decision, "We will continue to monitor with the SW", []Kind{VagueMonitoring}},
		{"a parent asked to watch", Action, "Mum to monitor at home", []Kind{VagueMonitoring}},
		{"the school's own worker", Decision, "Support worker will keep an eye on him", []Kind{VagueMonitoring}},
		{"police decide", Outcome, "Police took no further action.", nil},
		{"the school decides", Outcome, "No further action.", []Kind{VagueAction}},

		{"blame told by mum", Concern, "mum said he was attention seeking and manipulative", nil},
		{"blame told to us", Concern, "Mum told us he is a troublemaker and lazy.", nil},
		{"softened by dad", Concern, "According to dad they were only messing about, just banter.", nil},
		{"thought by nan", Concern, "Nan thinks she is just attention seeking.", nil},
		{"blame by the writer", Concern, "He is attention seeking.", []Kind{VictimBlaming}},
		{"a deed after what was said", Action, "SW said she is safe for now, will monitor.", []Kind{VagueMonitoring}},

		{"somebody told the office", Concern, "A neighbour told the office she hears shouting at night", nil},
		{"a child told mum", Concern, "Asked to join a game chat by a year 6 girl, told mum.", nil},
		{"fine where he was seen", Concern, "saw him on the high street with his nan all fine", nil},
		{"all fine", Outcome, "All fine now.", []Kind{VagueAction}},
		{"the writer told mum", Action, "Told mum.", []Kind{VagueAction}},
		{"an e-mail", Concern, "Email from mum: he will be home educated from today.", nil},
		{"off all week", Concern, "Off school all week.", nil},
		{"settled by a time", Outcome, "Settled by home time", nil},
		{"settled", Outcome, "Settled.", []Kind{VagueAction}},
		{"nobody answered", Outcome, "No reply", nil},
		{"a parent did it", Outcome, "Mum apologised", nil},
		{"seen", Outcome, "Seen by GP, no treatment needed", nil},
		{"spoken to by", Action, "Spoken to by pastoral.", []Kind{VagueAction}},

		{"hospital beeps", Concern, "He likes a track made of hospital beeps.", nil},
		{"reading", Concern, "his reading book to look at it each night", nil},
		{"reading with mum", Action, "Mum to look at his reading book with him each night", nil},
		{"the high street", Concern, "He was seen on the High Street at 4pm.", nil},
		{"a high wall", Concern, "She sat on the high wall by the gate.", nil},
		{"high on something", Concern, "Dad was a bit high again.", []Kind{Euphemism}},
		{"a hearing", Concern, "CAMHS hearing in three weeks", nil},
		{"heard of somebody", Concern, "Heard of Steve on Monday, who collects him.", nil},
		{"hearing from", Concern, "Hearing from a few people that he steals.", []Kind{Hearsay}},
		{"a note", Concern, "note from mum in bag says he had a bad night", nil},
	} {
		if got := kindsIn(c.field, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: Check(%s, %q) found %v, want %v", c.name, c.field, c.text, got, c.want)
		}
	}
}

// TestSpans holds what is shown of a text.
func TestSpans(t *testing.T) {
	for _, c := range []struct {
		field Field
		text  string
		want  string
	}{
		{Concern, "A parent mentioned that he sleeps in the car.", "A parent mentioned"},
		{Concern, "Apparently dad is back living at the house.", "Apparently dad is back living at the house"},
		{Concern, "Word in the playground is that the brother deals.", "Word in the playground is that the brother deals"},
		{Outcome, "Incident dealt with by class teacher.", "Incident dealt with by class teacher"},
		{Outcome, "Lunch was monitored.", "Lunch was monitored"},
		{Decision, "Keep an eye on things until Easter and then review.", "Keep an eye on things until Easter and then review"},
		{Concern, "Keira is choosing to put herself in danger.", "choosing to put herself in danger"},
		{Concern, "Mum is clearly not bothered about her.", "Mum is clearly not bothered about her"},
		{Concern, "Harriet just didn't seem right.", "didn't seem right"},
	} {
		r := Check(c.field, c.text)
		if len(r.Findings) != 1 {
			t.Errorf("Check(%q) = %+v, want one finding", c.text, r.Findings)
			continue
		}
		if got := c.text[r.Findings[0].Start:r.Findings[0].End]; got != c.want {
			t.Errorf("Check(%q) shows %q, want %q", c.text, got, c.want)
		}
	}
}
