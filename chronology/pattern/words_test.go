package pattern

import (
	"testing"

	"throughline/records"
)

func read(text, action, outcome string) *item {
	return newItem(&Event{When: records.On("2024-11-12"), Text: text, Action: action, Outcome: outcome})
}

func TestWhatWordsShow(t *testing.T) {
	cases := []struct {
		text    string
		injured bool
		absent  bool
		notSeen bool
		seen    bool
	}{
		{"3cm bruise, left cheek, yellow at the edges.", true, false, false, true},
		{"Red and sore on upper arm.", true, false, false, true},
		{"Small cut above eye.", true, false, false, true},
		{"Two marks on the back of her neck.", true, false, false, true},
		{"No bruising seen when changing for PE.", false, false, false, false},
		{"The dress has a paint mark. Legs muddy to the knee.", false, false, false, false},
		{"Good marks in the maths test.", false, false, false, false},
		{"Cut out shapes in art, very proud.", false, false, false, false},
		{"Head teacher saw mum about lateness.", false, false, false, false},
		{"Absent Mon-Wed, no call.", false, true, false, false},
		{"Did not attend school today.", false, true, false, false},
		{"Attendance 96 %.", false, false, false, false},
		{"Not herself, bruise on arm.", true, false, false, true},
		{"No absence this half-term.", false, false, false, false},
		{"EWO visited, nobody answered.", false, false, true, false},
		{"Home visit: mum at the door, said he was asleep upstairs.", false, false, true, false},
		{"Home visit, Maya seen and spoken to in the kitchen.", false, false, false, true},
		{"HV made home visit today. Baby not seen.", false, false, true, false},
		{"Doorstep visit, unable to see the child.", false, false, true, false},
		{"Home visit: child not seen, noticed a broken window.", false, false, true, false},
		{"Rang mum, no answer.", false, false, false, false},
		{"Spoke to Maya at lunch.", false, false, false, true},
		{"Spoke to mum at the gate.", false, false, false, false},
		{"Mum told staff that the boiler is broken.", false, false, false, false},
		{"He told me about his dog.", false, false, false, true},
		{"Came in hungry again.", false, false, false, true},
		{"Mum came in to see the head.", false, false, false, false},
		{"Fell asleep at carpet time.", false, false, false, true},
		{"Telephone call with social worker.", false, false, false, false},
		{"Home visit made. Dad let us in. Ana was playing on the floor.", false, false, false, true},
		{"Home visit: Ana upstairs in bed, seen by Mrs Hart.", false, false, false, true},
		{"Called at the house: curtains closed, no reply. Later seen at the shop by a TA.", false, false, false, true},
		{"Called at the house: no reply, lights seen in the hall.", false, false, true, false},
		{"Home visit: mum said Ana was at nan's.", false, false, true, false},
		{"Phone call from dad: he has not seen Ana since Christmas.", false, false, false, false},
		{"We have not seen Ana since Friday.", false, false, true, false},
		{"Ana has not been seen since 3 March.", false, false, true, false},
		{"Mum not seen at the gate for weeks.", false, false, false, false},
		{"Unable to see Ana alone.", false, false, true, false},
		{"Did not attend swimming; read a book.", false, false, false, false},
		{"Did not attend, no call.", false, true, false, false},
		{"Spoke to Ana's class teacher about the trip.", false, false, false, false},
		{"Her friend told me that dad hits her.", false, false, false, false},
		{"Mum showed me a photo of the bruise on his leg.", true, false, false, false},
		{"Dad rang: Ana has a black eye from netball.", true, false, false, false},
		{"Ana's brother came in with a bruise on his face.", false, false, false, false},
		{"Police log: mother assaulted, black eye, child upstairs.", false, false, false, false},
		{"She disclosed that mum has been hit and has a bruise on her arm.", false, false, false, true},
		{"Mum had a black eye, Ana a bruise on her arm.", true, false, false, true},
	}
	for _, c := range cases {
		it := read(c.text, "", "")
		if got := it.injured(); got != c.injured {
			t.Errorf("injured(%q) = %v", c.text, got)
		}
		if got := it.absent(); got != c.absent {
			t.Errorf("absent(%q) = %v", c.text, got)
		}
		if got := it.sight == inVain; got != c.notSeen {
			t.Errorf("looked for in vain in %q: %v", c.text, got)
		}
		if got := it.sight == saw; got != c.seen {
			t.Errorf("seen in %q: %v", c.text, got)
		}
	}
}

func TestRefers(t *testing.T) {
	cases := []struct {
		text        string
		made, known bool
	}{
		{"Referral made to MASH 14.20, ref on file.", true, false},
		{"Referred to children's social care.", true, false},
		{"MARF sent.", true, false},
		{"Referred to school nurse.", false, false},
		{"Considered a referral to social care, not made.", false, false},
		{"DSL to discuss whether referral to MASH is needed.", false, false},
		{"Rang MASH for advice.", false, false},
		{"Will refer to MASH if it happens again.", false, false},
		{"Social worker attended the core group.", false, true},
		{"No social worker.", false, false},
	}
	for _, c := range cases {
		it := read("", c.text, "")
		made, known := it.refers(), it.known()
		if made != c.made || known != c.known {
			t.Errorf("refers(%q) = %v, %v, want %v, %v", c.text, made, known, c.made, c.known)
		}
	}
}

func TestNoFurtherAction(t *testing.T) {
	for text, want := range map[string]bool{
		"NFA":                             true,
		"No further action.":              true,
		"CSC: does not meet threshold.":   true,
		"Threshold not met, closed":       true,
		"Case closed":                     false, // after what work it does not say
		"No concerns":                     false,
		"DSL asked why NFA":               false,
		"NFA overturned":                  false,
		"Disclosed to class teacher":      false,
		"Not closed: review in two weeks": false,
		"Referred":                        false,
	} {
		if got := read("", "", text).noFurtherAction(); got != want {
			t.Errorf("noFurtherAction(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestPlanEnds(t *testing.T) {
	for text, want := range map[string]day{
		"Monitor for two weeks":                  14,
		"Keep an eye for the next 3 weeks":       21,
		"Monitor and review in a fortnight":      14,
		"Monitoring until half term":             45,
		"Continue to monitor":                    0,
		"Monitor twice a week":                   0,
		"Monitor for six weeks, then ring MASH.": 42,
	} {
		it := read("", text, "")
		it.day = 100
		end, dated := it.planEnds()
		if dated != (want > 0) || dated && end != 100+want {
			t.Errorf("planEnds(%q) = %d, %v, want %d", text, end-100, dated, want)
		}
	}
}

func TestQuotesChild(t *testing.T) {
	for text, want := range map[string]bool{
		`He said "I don't want to go home".`:          true,
		`Told me “Karl pushed me down the stairs”.`:   true,
		`Mum said "he fell off his bike".`:            false,
		`Known as "Teddy Bear" in class.`:             false,
		`Maya whispered: "it was my dad".`:            true,
		`Social worker said "no role for us at all".`: false,
		`She said "no".`:                              false,
		`unclosed "quote he said`:                     false,
	} {
		if got := quotesChild(text); got != want {
			t.Errorf("quotesChild(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestExplanations(t *testing.T) {
	cases := []struct {
		text string
		want bool
	}{
		{"Bruise on cheek. Mum said he fell off the trampoline, dad said the dog knocked him.", true},
		{"Bruise on cheek. Mum said he fell off his bike. He said he fell off his bike.", false},
		{"Bruise on cheek. Mum said he fell. He said he fell off the bed.", false},
		{"Bruise on arm. Mum said he fell over. He told me dad grabbed him.", true},
		{"Burn on hand; mother gave a different explanation from the hospital letter.", true},
		{"Bruise on shin, seen to happen in football.", false},
		{"Mum said the dog ate the reading book. He said he left it on the bed.", false},
		{"Bruise on shin. Mum said football at the weekend. Told to rest.", false},
	}
	for _, c := range cases {
		got := Read([]Event{{Row: 1, When: records.On("2024-11-12"), Category: records.Physical, Text: c.text}}, terms(), "2024-11-20")
		if raises(got.Unanswered, ExplanationsDiffer) != c.want {
			t.Errorf("explanations of %q: %v, want %v", c.text, !c.want, c.want)
		}
	}
}

func TestSiblingAsked(t *testing.T) {
	for text, want := range map[string]bool{
		"Spoke to his sister at break, she is well.":   true,
		"Rang his brother's school.":                   true,
		"His younger brother told Miss Hall the same.": true,
		"Walks home with his brother.":                 false,
		"Mum said his brother did it.":                 false,
		"His sister was not seen.":                     false,
	} {
		it := read(text, "", "")
		got := false
		for _, h := range it.said.all("sibling", anywhere) {
			got = got || siblingAsked(it.said.in(h.field), h)
		}
		if got != want {
			t.Errorf("siblingAsked(%q) = %v, want %v", text, got, want)
		}
	}
}
