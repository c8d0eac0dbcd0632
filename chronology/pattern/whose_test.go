package pattern

import (
	"strings"
	"testing"

	"throughline/records"
)

// TestWhoseAndWhose pairs rows with what must, or must not, be said of them: who
// saw, who spoke, who decided, and of whom a sign is.
func TestWhoseAndWhose(t *testing.T) {
	const soon, away = "2025-03-28", "2025-02-03 | attendance | 1 | Absent, no call.\n2025-02-04 | attendance | 1 | Absent, no call.\n"
	six := "2024-09-10 | neglect | 2 | Hungry.\n2024-10-12 | physical | 3 | Bruise on ear.\n2024-11-14 | physical | 3 | Bruise on arm.\n" +
		"2025-01-10 | neglect | 2 | Unwashed.\n2025-02-14 | neglect | 2 | Hungry.\n2025-03-14 | physical | 3 | Bruise on leg.\n"
	hurt := "\n2025-01-21 | physical | 3 | Bruise on ear."
	cases := []struct {
		kind  Kind
		want  bool
		words string // that the statement holds
		rows  string
	}{
		// Who saw the child.
		{NotSeen, true, "No entry says that the child was seen; three entries say", "2025-02-03 | attendance | 1 | Absent.\n2025-02-04 | attendance | 1 | Absent.\n2025-02-05 | attendance | 1 | Absent. | Not spoken to"},
		{NotSeen, true, "last seen on 2 Feb 2025", "2025-02-02 | neglect | 2 | Spoke to Ana.\n" + away + "2025-02-05 | neglect | 2 | Details sent to Children's services front door. Sent to Mrs Hall."},
		{NotSeen, true, "two entries say", away + "2025-02-06 | medical | 2 | Clinic rang: was not brought to the dentist."},
		{NotSeen, true, "two entries say", away + "2025-02-06 | neglect | 2 | Neighbour rang the school. She hears crying, he is always hungry."},
		{NotSeen, true, "two entries say", away + "2025-02-06 | neglect | 2 | Neighbour said he is thin and always hungry."},
		{NotSeen, true, "two entries say", away + "2025-02-06 | other | 2 | Mum told staff at lunch that the boiler is broken. | n/a"},
		{NotSeen, true, "two entries say", away + "2025-02-06 | other | 2 | Ana to be seen by the nurse next week."},
		{NotSeen, true, "two entries say", away + "2025-02-06 | other | 2 | Spoke to Ana's mum at the gate. Spoke to her mum again later."},
		{NotSeen, true, "two entries say", away + "2025-02-06 | other | 2 | Mum said she spoke to him about it. | | Spoke to mum"},
		{NotSeen, false, "", away + "2025-02-06 | neglect | 2 | Hungry at registration."},
		{NotSeen, false, "", away + "2025-02-06 | other | 2 | Met mum and spoke to Ana."},
		{NotSeen, false, "", away + "2025-02-06 | other | 2 | Letter home. | I was at nan's"},
		{NotSeen, false, "", "2025-02-03 | attendance | 1 | Absent.\n2025-02-04 | attendance | 1 | Absent.\n2025-02-05 | physical | 3 | Bruise 3 cm on left cheek after absence. | | Body map"},
		{NotSeen, false, "", "2025-02-03 | neglect | 2 | Home visit: saw Ana in bed."},
		{NotSeen, false, "", "2025-02-03 | neglect | 2 | Home visit. Ana opened the door and said dad was asleep upstairs."},
		{NotSeen, false, "", "2025-02-03 | medical | 2 | Spoke to Ana. Rash, not seen by a GP.\n2025-02-05 | other | 2 | Fight at the bus stop, not seen by staff. | He started it"},
		{NotSeen, false, "", "2025-02-05 | other | 2 | Fight at the bus stop, not seen by staff."},
		{NotSeen, true, "", "2025-02-03 | neglect | 2 | Home visit. Mum said Ana was asleep upstairs."},
		{NotSeen, true, "", "2025-02-03 | attendance | 1 | Absent with a broken arm.\n2025-02-04 | attendance | 1 | Absent, broken arm."},
		{AbsenceThenInjury, false, "", "2025-02-03 | attendance | 1 | Absent with a broken arm."},
		{AbsenceThenInjury, true, "back with an injury 5 Feb 2025", "2025-02-05 | physical | 3 | Bruise 3 cm on left cheek after absence."},

		{AbsenceThenInjury, false, "", "2025-02-05 | neglect | 2 | Came back from lunch with a bruise on his arm."},
		{AbsenceThenInjury, true, "", "2025-02-05 | neglect | 2 | Came back from three days' absence with a bruise on his arm."},

		// Disagreements.
		{UnresolvedDisagreement, true, "", "2025-01-07 | neglect | 2 | DSL disagreed with the decision of MASH.\n2025-01-20 | child_on_child | 1 | Friendship issue resolved."},
		{UnresolvedDisagreement, true, "", "2025-01-07 | neglect | 2 | DSL disagreed with the decision of MASH.\n2025-01-20 | other | 1 | He accepted a biscuit from the doctor."},
		{UnresolvedDisagreement, true, "", "2025-01-07 | neglect | 2 | DSL disagreed with the decision of MASH.\n2025-01-20 | other | 1 | Mum agreed to see the social worker."},
		{UnresolvedDisagreement, true, "Two disagreements", "2025-01-07 | neglect | 2 | DSL disagreed with the decision of MASH.\n2025-01-20 | other | 1 | DSL disagreed with the GP, escalated."},
		{UnresolvedDisagreement, false, "", "2025-01-07 | neglect | 2 | DSL disagreed with the decision of MASH.\n2025-01-20 | other | 1 | Team manager at MASH agreed to assess."},
		{UnresolvedDisagreement, false, "", "2025-01-07 | other | 1 | Mum disagreed with the school about the detention."},

		{UnresolvedDisagreement, false, "", "2025-01-07 | neglect | 2 | Behaviour escalated; police called."},
		{UnresolvedDisagreement, false, "", "2025-01-07 | neglect | 2 | Escalated to DSL."},
		{UnresolvedDisagreement, false, "", "2025-01-07 | child_on_child | 2 | Dispute in the playground; GP note. Pupils disagreed, teacher spoke to both at school."},
		{UnresolvedDisagreement, true, "", "2025-01-07 | neglect | 2 | MASH: threshold not met. DSL disagreed."},
		{UnresolvedDisagreement, false, "", "2025-01-07 | neglect | 2 | DSL escalated to the manager at MASH.\n2025-01-20 | other | 1 | Escalation resolved."},

		// Referrals.
		{NoReferral, true, "", six},
		{NoReferral, true, "", six + "2025-03-17 | other | | x | | Referred to Mrs Hart, DSL. No need for MASH"},
		{NoReferral, true, "", six + "2025-03-17 | other | | x | | | Head decided against referral to MASH"},
		{NoReferral, true, "", six + "2025-03-17 | other | | Mum refused a referral to social care."},
		{NoReferral, true, "", six + "2025-03-17 | other | | Mrs Hart at a conference."},
		{NoReferral, true, "", six + "2025-03-17 | other | | Ana asked if she would get a social worker."},
		{NoReferral, true, "", six + "2025-03-17 | other | | x | | Referral to MASH not made"},
		{NoReferral, true, "", six + "2025-03-17 | other | | x | | Referral to MASH to be made tomorrow"},
		{NoReferral, false, "", six + "2025-03-17 | other | | Referral not accepted by MASH."},
		{NoReferral, false, "", six + "2025-03-17 | other | | Strategy meeting held."},
		{NoReferral, true, "since the referral of 3 Feb 2018", "2018-02-03 | neglect | 2 | Hungry. | | Referral sent to MASH\n" + six},
		{NoReferral, true, "", "2018-02-03 | neglect | 2 | Social worker visited.\n" + six},
		{NoReferral, false, "", six + "2025-03-17 | other | | x | | Referral sent to MASH"},
		{NoReferral, false, "", six + "2025-03-17 | other | | Social worker visited at school."},

		// No further action.
		{Drift, false, "", "2025-01-07 | neglect | 2 | a | | | No further action\n2025-01-15 | neglect | 2 | b | | | No action: she told it happily\n2025-01-16 | neglect | 2 | c | | | Closed\n2025-01-17 | neglect | 2 | d | | | Written agreement with dad | Social care decided NFA"},
		{Drift, false, "", "2025-01-07 | neglect | 2 | a | | | | MASH: NFA\n2025-01-15 | neglect | 2 | DSL asked MASH why NFA | | | | DSL disagreed with NFA"},
		{Drift, false, "", "2025-01-07 | neglect | 2 | a | | | NFA\n2025-01-07 | physical | 2 | b | | | NFA by MASH"},
		{Drift, true, "decided twice (7 Jan 2025 to 15 Jan 2025)", "2025-01-07 | neglect | 2 | a | | | NFA\n2025-01-15 | neglect | 2 | b | | | NFA by MASH"},
		{InjuryAfterNoAction, false, "", "2025-01-07 | neglect | 2 | Hungry. | | | Health visitor had no concerns but DSL referred to MASH, s47 opened" + hurt},
		{InjuryAfterNoAction, false, "", "2025-01-07 | neglect | 2 | Hungry. | | | | Closed after six months of work" + hurt},
		{InjuryAfterNoAction, false, "", "2025-01-07 | neglect | 2 | Hungry. | | | NFA\n2025-01-15 | neglect | 2 | Hungry. | | Referral sent to MASH" + hurt},
		{InjuryAfterNoAction, true, "On 7 Jan 2025", "2025-01-07 | neglect | 2 | Hungry. | | | NFA" + hurt},

		{InjuryAfterNoAction, false, "", "2025-01-07 | neglect | 2 | Hungry. | | | Early help opened, NFA by CSC" + hurt},
		{InjuryAfterNoAction, false, "", "2025-01-07 | neglect | 2 | Hungry. | | | Police: no further action" + hurt},
		{InjuryAfterNoAction, true, "", "2025-01-07 | neglect | 2 | Hungry. | | | No further action from social care; school to monitor" + hurt},

		// Whose signs.
		{Together, false, "", "2025-01-06 | medical | 2 | Mum hungry for news; dad absent from the birth.\n2025-01-08 | medical | 2 | Dad has a burn from work and is tired.\n2025-01-10 | medical | 2 | Mum has lost weight since the baby."},
		{AbsenceThenInjury, false, "", "2025-01-06 | medical | 2 | Mum hungry for news; dad absent from the birth.\n2025-01-08 | medical | 2 | Dad has a burn from work and is tired."},
		{InjuryAfterNoAction, false, "", "2025-01-06 | domestic_abuse | 3 | Operation Encompass: mum's black eye. | | | NFA by police\n2025-01-20 | domestic_abuse | 3 | Operation Encompass: mum had bruises to both arms, split lip."},
		{InjuryAfterNoAction, false, "", "2025-01-06 | domestic_abuse | 3 | Encompass. | | | NFA by police\n2025-01-20 | domestic_abuse | 3 | Bruise on his brother's arm."},
		{InjuryAfterNoAction, true, "", "2025-01-06 | neglect | 3 | Hungry. | | | NFA\n2025-01-20 | physical | 3 | Two black eyes."},
		{InjuryAfterNoAction, true, "", "2025-01-06 | neglect | 3 | Hungry. | | | NFA\n2025-01-20 | physical | 3 | Mum was told of a bruise on her arm."},
		{InjuryAfterNoAction, true, "", "2025-01-06 | neglect | 3 | Hungry. | | | NFA\n2025-01-20 | physical | 3 | Mum brought him in with a bruise."},

		// Moved out of sight.
		{WithdrawnAfterChallenge, false, "", "2025-01-07 | physical | 3 | Bruise on ear. Spoke to mum.\n2025-01-14 | other | 1 | Mum said she may home educate him."},
		{WithdrawnAfterChallenge, false, "", "2025-01-07 | physical | 3 | Bruise on ear. Spoke to mum.\n2025-01-14 | other | 1 | Taken off roll.\n2025-01-21 | physical | 1 | Hungry in class."},
		{WithdrawnAfterChallenge, false, "", "2025-01-07 | physical | 3 | Bruise on ear. Spoke to mum.\n2025-01-14 | other | 1 | Cousin moved school."},
		{WithdrawnAfterChallenge, false, "", "2025-01-07 | physical | 3 | Bruise on ear. Spoke to mum.\n2025-01-14 | other | 1 | Changing schools for Year 7, place at Oakfield."},
		{WithdrawnAfterChallenge, false, "", "2025-01-07 | other | 1 | Spoke to mum about PE kit.\n2025-01-14 | other | 1 | Taken off roll."},
		{WithdrawnAfterChallenge, false, "", "2025-01-07 | physical | 3 | Bruise on ear. Spoke to mum.\n2025-01-14 | other | 1 | Ana is sad that Beth has left the school."},
		{WithdrawnAfterChallenge, false, "", "2025-01-07 | physical | 3 | Bruise on ear. Spoke to mum.\n2025-01-14 | other | 1 | Stopped attending breakfast club."},
		{WithdrawnAfterChallenge, true, "", "2025-01-07 | physical | 3 | Bruise on ear. Spoke to mum.\n2025-01-14 | other | 1 | Moved school at short notice."},

		// Explanations.
		{ExplanationsDiffer, false, "", "2025-01-07 | physical | 3 | Bruise on shin. Mum said at the door he plays every Sunday. He said it was football."},
		{ExplanationsDiffer, false, "", "2025-01-07 | physical | 3 | Bruise on shin. Mum told staff at the door he fell. He said it was the dog."},
		{ExplanationsDiffer, false, "", "2025-01-07 | physical | 3 | Bruise on knee, he said football. Burn on hand, mum said the iron."},
		{ExplanationsDiffer, false, "", "2025-01-07 | physical | 3 | Bruise on shin. He said football. | | | Mum says the swing beside the football pitch: accounts agree"},
		{ExplanationsDiffer, false, "", "2025-01-07 | physical | 3 | Bruise on shin. He said he was kicked at football. Mum said football."},
		{ExplanationsDiffer, false, "", "2025-01-07 | physical | 3 | Bruise on knee. He said he fell off his bike.\n2025-01-09 | other | 1 | Mum said the dog died."},
		{ExplanationsDiffer, true, "", "2025-01-07 | physical | 3 | Bruise on knee. He said he fell off his bike.\n2025-01-09 | other | 1 | Mum said he fell down the stairs."},
		{ExplanationsDiffer, true, "", "2025-01-07 | physical | 3 | Bruise on knee and cheek. Mum said the dog. He said his bike."},
		{ExplanationsDiffer, true, "", "2025-01-07 | physical | 3 | Scratch on arm. Mum said he was scratched by the dog. Dad said the car door."},

		// The child's own words.
		{NoChildWords, true, "", "2025-01-07 | neglect | 2 | a | None\n2025-01-08 | neglect | 2 | b | n/a\n2025-01-09 | neglect | 2 | c | -\n2025-01-10 | neglect | 2 | d | Not spoken to"},
		{NoChildWords, true, "", "2025-01-07 | neglect | 2 | Mum came to the gate. She said “I can't cope with him”.\n2025-01-08 | neglect | 2 | Mrs Hall said “sit down now”.\n2025-01-09 | neglect | 2 | I said “what has happened here?”"},
		{NoChildWords, false, "", "2025-01-07 | neglect | 2 | Mum came to the gate. Ana said “I can't cope with him”.\n2025-01-08 | neglect | 2 | b\n2025-01-09 | neglect | 2 | c"},
		{NoChildWords, false, "", "2025-01-07 | neglect | 2 | a | No one was up\n2025-01-08 | neglect | 2 | b\n2025-01-09 | neglect | 2 | c"},

		// Outcomes.
		{NoOutcome, true, "All five entries", "2025-01-07 | neglect | 2 | a | | | | No outcome yet\n2025-01-08 | neglect | 2 | b | | | | Not known\n2025-01-09 | neglect | 2 | c | | | | To be confirmed\n2025-01-10 | neglect | 2 | d | | | | Awaiting reply from MASH\n2025-01-13 | neglect | 2 | e | | | | Ongoing - monitor"},
		{NoOutcome, true, "One of two entries (7 Jan 2025) has no outcome written; one about a change at home is not counted.", "2025-01-07 | neglect | 2 | a\n2025-01-08 | neglect | 2 | b | | | | Fed\n2025-01-09 | family | | Mum's new partner moved in."},
		{NoOutcome, false, "", "2025-01-07 | neglect | 2 | a | | | | Ongoing support from ELSA until July\n2025-01-08 | neglect | 2 | b | | | | Awaiting MASH. Chased; section 17 opened 5 Feb"},
		{NoOutcome, false, "", "2025-01-07 | neglect | 2 | a | | | | Not known to social care\n2025-01-08 | neglect | 2 | b | | | | Monitored to 7 March: lunch full each day"},

		// The same person.
		{Person, true, "name an uncle", "2025-01-07 | emotional | 2 | Uncle Dave shouted.\n2025-01-14 | emotional | 2 | Uncle Sam collected.\n2025-01-21 | emotional | 2 | Her uncle rang."},
		{Person, false, "", "2025-01-07 | emotional | 2 | Uncle Dave shouted.\n2025-01-14 | emotional | 2 | Uncle Sam collected.\n2025-01-21 | emotional | 2 | Her friend's uncle rang."},
		{Person, false, "", "2025-01-07 | emotional | 2 | Upset with her maths partner.\n2025-01-14 | emotional | 2 | Her boyfriend shouted.\n2025-01-21 | emotional | 2 | Mum's partner collected."},
		{Person, true, "Three of four entries (14 Jan 2025 to 28 Jan 2025) speak of the same person: Ella Smith.", "2025-01-07 | child_on_child | 2 | Fell out with Ella Brown.\n2025-01-14 | child_on_child | 2 | Pushed by Ella Smith.\n2025-01-21 | child_on_child | 2 | Pushed by Ella Smith.\n2025-01-28 | child_on_child | 2 | Pushed by Ella Smith."},

		{Person, false, "", "2025-01-07 | emotional | 2 | Sick on the coach.\n2025-01-14 | emotional | 2 | Told form tutor.\n2025-01-21 | emotional | 2 | Coach broke down."},

		// Brothers and sisters.
		{SiblingNotAsked, false, "", "2025-01-07 | neglect | 3 | Hungry. Big sister Mia (Y6) told Miss Hart the fridge is empty."},
		{SiblingNotAsked, true, "", "2025-01-07 | neglect | 3 | Hungry. Her sister the same, Ana said."},
		{SiblingNotAsked, false, "", "2025-01-07 | neglect | 3 | Hungry. His sister is at nursery.\n2025-01-09 | neglect | 2 | His sister and he were both seen by the social worker."},
		{SiblingNotAsked, false, "", "2025-01-07 | neglect | 3 | Hungry. Collected by mum's sister."},
		{SiblingNotAsked, false, "", "2025-01-07 | neglect | 3 | Hungry. Has a sister.\n2025-01-09 | neglect | 2 | Both children were seen at home."},
		{SiblingNotAsked, false, "", "2025-01-07 | neglect | 3 | Hungry. His brother at the gate on a moped, told to go."},
		{SiblingNotAsked, true, "", "2025-01-07 | neglect | 3 | Hungry. Has a sister.\n2025-01-09 | neglect | 2 | Both children to be seen by Friday. | | | Both children will be seen"},

		// An injury that is new, and what is none.
		{New, false, "", "2024-09-10 | neglect | 2 | a\n2024-10-01 | missing | 2 | Back with a black eye.\n2024-11-05 | neglect | 2 | c\n2024-12-03 | neglect | 2 | d\n2025-03-04 | physical | 3 | Bruise on arm."},
		{New, true, "", "2024-09-10 | neglect | 2 | a\n2024-10-01 | missing | 2 | Back.\n2024-11-05 | neglect | 2 | c\n2024-12-03 | neglect | 2 | d\n2025-03-04 | physical | 3 | Bruise on arm."},
		{InjuryAfterNoAction, false, "", "2025-01-06 | neglect | 3 | Hungry. | | | NFA\n2025-01-20 | medical | 2 | Left cheek swollen, says her tooth is banging."},

		// Records.
		{RecordsMissing, false, "", "2025-01-07 | other | 1 | A page missing in his reading record."},
		{RecordsMissing, false, "", "2025-01-07 | other | 1 | Tooth could not be found; first aid notes. Mum never received the letter, notes on file."},
		{RecordsMissing, true, "", "2025-01-07 | other | 1 | Pages missing from the file of the last school."},
	}
	for _, c := range cases {
		got := Read(parseStory(t, c.rows), terms(), soon)
		said := []Statement{}
		for _, s := range got.All() {
			if s.Kind == c.kind {
				said = append(said, s)
			}
		}
		if len(said) > 0 != c.want || c.want && !strings.Contains(said[0].Text, c.words) {
			t.Errorf("%s: %v, want %v with %q, for:\n%s", c.kind, texts(said), c.want, c.words, c.rows)
		}
	}
}

func texts(list []Statement) []string {
	var all []string
	for _, s := range list {
		all = append(all, s.Text)
	}
	return all
}

// TestFieldsBeforeWords reads events of our own ledgers: what is typed counts,
// and a record that speaks of something is not that thing.
func TestFieldsBeforeWords(t *testing.T) {
	concern := func(row int, d records.Date, change func(*Event)) Event {
		return event(row, records.KindConcern, d, func(e *Event) {
			e.Category, e.Severity, e.Text = records.Neglect, 3, "Hungry."
			if change != nil {
				change(e)
			}
		})
	}
	absent := func(row int, d records.Date) Event {
		return concern(row, d, func(e *Event) { e.Category, e.Severity, e.Text = records.Attendance, 1, "Absent." })
	}
	five := []Event{concern(1, "2024-09-10", nil), concern(2, "2024-10-08", nil), concern(3, "2024-11-12", nil), concern(4, "2024-12-03", nil), concern(5, "2025-01-14", nil)}
	with := func(more ...Event) []Event { return append(append([]Event{}, five...), more...) }
	reply := func(row int, d records.Date, decision string) Event {
		return event(row, records.KindReply, d, func(e *Event) { e.Decision = decision })
	}
	cases := []struct {
		name   string
		kind   Kind
		want   bool
		words  string
		events []Event
	}{
		{"a referral is sent after two absences", NotSeen, true, "two entries say", []Event{absent(1, "2025-02-03"), absent(2, "2025-02-04"),
			event(3, records.KindReferral, "2025-02-05", func(e *Event) {
				e.Text, e.Sent = "Sent to Children's services front door, by e-mail.", "2025-02-05"
			})}},
		{"social care say when they saw the child", NotSeen, true, "last seen on 3 Feb 2025", []Event{absent(1, "2025-01-31"), absent(2, "2025-02-04"), absent(3, "2025-02-05"),
			event(4, records.KindReply, "2025-02-07", func(e *Event) { e.Seen = "2025-02-03" })}},
		{"a name on the list is not the child's", NotSeen, true, "two entries say", []Event{absent(1, "2025-02-03"), absent(2, "2025-02-04"),
			concern(3, "2025-02-05", func(e *Event) { e.Text, e.People = "Spoke to Karl at the gate.", []string{"Karl Reed"} })}},
		{"social care did not see the child", NotSeen, true, "one entry says", []Event{concern(1, "2025-02-03", func(e *Event) { e.Voice = "I was cold" }),
			event(2, records.KindReply, "2025-02-07", func(e *Event) { e.Text = "The children were not seen as mother did not wish it." })}},
		{"a brother opened the door", NotSeen, true, "two entries say", []Event{absent(1, "2025-02-03"), absent(2, "2025-02-04"),
			concern(3, "2025-02-05", func(e *Event) { e.Text, e.Kin = "Finn opened the door to the officers.", []string{"Finn"} })}},
		{"what was missed was a brother's", Together, false, "", []Event{concern(1, "2025-02-03", nil), concern(2, "2025-02-04", func(e *Event) { e.Text = "Lost weight." }),
			concern(3, "2025-02-05", func(e *Event) { e.Text, e.Kin = "Jaxon not brought for his injections.", []string{"Jaxon"} })}},
		{"a brother was seen at home", SiblingNotAsked, false, "", []Event{concern(1, "2025-02-03", func(e *Event) { e.Text = "Hungry. Has a brother." }),
			concern(2, "2025-02-05", func(e *Event) { e.Text, e.Kin = "Home visit. Jaxon clean, in a bouncer.", []string{"Jaxon"} })}},
		{"a body map was drawn", NotSeen, false, "", []Event{absent(1, "2025-02-03"), absent(2, "2025-02-04"), concern(3, "2025-02-05", func(e *Event) { e.Text, e.Seen = "Nothing said.", "2025-02-05" })}},
		{"told by somebody else", NotSeen, true, "two entries say", []Event{absent(1, "2025-02-03"), absent(2, "2025-02-04"), concern(3, "2025-02-05", func(e *Event) { e.Source = string(records.ToldByOther) })}},

		{"an open challenge", UnresolvedDisagreement, true, "1 Feb 2025", []Event{event(1, records.KindChallenge, "2025-02-01", nil)}},
		{"a rung that waits", UnresolvedDisagreement, true, "", []Event{event(1, records.KindChallenge, "2025-02-01", nil), event(2, records.KindRung, "2025-02-01", func(e *Event) { e.Outcome = "Waiting for a reply" })}},
		{"a rung answered, not resolved", UnresolvedDisagreement, true, "", []Event{event(1, records.KindChallenge, "2025-02-01", nil),
			event(2, records.KindRung, "2025-02-01", func(e *Event) { e.Outcome, e.Ended = "Not resolved: next rung: MASH agreed nothing", "2025-02-04" })}},
		{"a later one was resolved", UnresolvedDisagreement, true, "1 Feb 2025", []Event{event(1, records.KindChallenge, "2025-02-01", nil), event(2, records.KindChallenge, "2025-02-10", func(e *Event) { e.Ended = "2025-02-14" })}},
		{"resolved on a day", UnresolvedDisagreement, false, "", []Event{event(1, records.KindChallenge, "2025-02-01", func(e *Event) { e.Ended = "2025-02-14" })}},

		{"decided not to refer", NoReferral, true, "", with(event(6, records.KindReferral, "2025-01-20", func(e *Event) { e.Text, e.Decision = "A referral was considered and not made.", "Not to refer" }))},
		{"telephoned", NoReferral, false, "", with(event(6, records.KindReferral, "2025-01-20", func(e *Event) { e.Sent = "2025-01-20" }))},
		{"on a plan", NoReferral, false, "", with(event(6, records.KindStatus, "2025-01-20", func(e *Event) { e.Status = records.ChildInNeed }))},
		{"a plan that ended before them", NoReferral, true, "", with(event(6, records.KindStatus, "2023-01-20", func(e *Event) { e.Status, e.Until = records.ChildInNeed, "2023-06-20" }))},
		{"decided not to refer, then off roll", WithdrawnAfterChallenge, false, "", []Event{event(1, records.KindReferral, "2025-01-07", nil), concern(2, "2025-01-14", func(e *Event) { e.Text = "Taken off roll." })}},

		{"no further action, and the challenge to it", Drift, false, "", []Event{reply(1, "2025-01-07", "No further action"),
			event(2, records.KindChallenge, "2025-01-08", func(e *Event) { e.Text, e.Ended = "Decision challenged: No further action", "2025-01-20" })}},
		{"no further action twice", Drift, true, "twice", []Event{reply(1, "2025-01-07", "No further action"), reply(2, "2025-02-07", "No further action")}},
		{"the reason speaks of it", Drift, false, "", []Event{reply(1, "2025-01-07", "No further action"), concern(2, "2025-02-07", func(e *Event) { e.Decision, e.Reason = "Written agreement", "Social care took no further action" })}},
	}
	for _, c := range cases {
		s, ok := find(Read(c.events, terms(), "2025-03-03").All(), c.kind, "")
		if ok != c.want || !strings.Contains(s.Text, c.words) {
			t.Errorf("%s: %q, want %v with %q", c.name, s.Text, c.want, c.words)
		}
	}
}

func TestWordsOfTheChild(t *testing.T) {
	for voice, want := range map[string]bool{
		"": false, "None": false, "n/a": false, "N/A.": false, "-": false, "Not spoken to": false, "not asked today": false, "No words recorded": false,
		"No": false, "No, I fell": true, "Nothing": true, "not me": true, "I don't know": true, `"No"`: true, "no one was up": true,
		"N/A (baby)": false, "Child absent": false, "No disclosure made": false, "Did not want to talk": false, "See above": false, "I did not want to talk": true,
	} {
		if got := holdsWords(voice); got != want {
			t.Errorf("holdsWords(%q) = %v", voice, got)
		}
	}
	got := Read([]Event{{Row: 1, When: records.When{Date: "soon"}, Text: "a", Voice: "I was cold"}}, terms(), "2025-03-03")
	if strings.Contains(got.Voice.Text, "latest") || len(got.Voice.Rows) != 1 {
		t.Errorf("the child's voice: %q", got.Voice.Text)
	}
}
