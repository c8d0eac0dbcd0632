package pack

import (
	"strings"

	"throughline/chronology"
	"throughline/records"
)

// Gap is something that a pack lacks: in which box, and a sentence that says
// what it is.
type Gap struct {
	Section  string
	Sentence string
	Entry    records.Ref // the entry that is vague and is to be mended first; zero for any other gap
}

// Missing returns what the sections of a referral lack: entries used in the
// pack that are vague and are to be mended first; then, in the order of the
// boxes, those that are empty and for which neither "Not known" nor "Not
// applicable" was chosen, and lines that forms ask for by name. An empty list means that the pack is
// complete, not that it is good.
func Missing(sections []records.Section, ref *records.Referral, f *records.File) []Gap {
	m := missing{ref: ref, f: f, line: chronology.Of(f)}
	m.vague(sections)
	for _, s := range specs {
		sec := find(sections, s.Key)
		m.box(s, sec)
		switch s.Key {
		case Header:
			m.header()
		case Child:
			m.age()
		case Consent:
			m.consent()
		case Tried:
			m.tried()
		case Voice:
			m.voice(sec)
		}
	}
	return m.gaps
}

type missing struct {
	ref  *records.Referral
	f    *records.File
	line chronology.Line
	gaps []Gap
}

func (m *missing) say(section, sentence string) {
	m.gaps = append(m.gaps, Gap{Section: section, Sentence: sentence})
}

// box reports an empty box, or the lines of it that nobody filled.
func (m *missing) box(s Spec, sec records.Section) {
	if sec.Blank != records.BlankNotChosen {
		return
	}
	open := s.open(sec, m.f, m.ref)
	switch {
	case len(goesOut(sec)) == 0 && s.Key == Consequence:
		m.say(s.Key, "Nobody has written what will happen if nobody intervenes.")
	case len(goesOut(sec)) == 0:
		m.say(s.Key, "“"+s.Title+"” is empty. Write it, or choose “Not known” or “Not applicable”.")
	case len(open) > 0:
		m.say(s.Key, "Not answered: "+strings.Join(lowerAll(open), "; ")+".")
	}
}

func lowerAll(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, lower(s))
	}
	return out
}

// header reports decisions that were taken without their reason.
func (m *missing) header() {
	r := m.ref
	if r.Level != "" && r.LevelReason == "" {
		m.say(Header, "No reason is given for the level. Without the reason, the level is only an opinion.")
	}
	if r.Response == records.Immediate && r.PhonedAt == "" {
		m.say(Header, "This is an immediate risk of harm and nobody has telephoned. Ring the front door now; the writing follows.")
	}
}

func (m *missing) age() {
	p, today := &m.f.Pupil, m.f.Read.Date()
	switch {
	case p.Born != "" && p.Born > today:
		m.say(Child, "This child is not born yet. Say when the birth is due, and refer in the mother's name too.")
	case p.AgeOn(today) >= 18:
		m.say(Child, "This person is 18 or over. Children's social care will not take this as a child's referral: ask for adult social care.")
	}
}

func (m *missing) consent() {
	if m.ref.ParentsTold == records.No && m.ref.ParentsWhy == "" {
		m.say(Consent, "The parents are not told, and no reason is given. The front door will ask, and a court may.")
	}
}

// tried reports support whose result nobody wrote down, and a statutory level
// asked for with nothing tried below it.
func (m *missing) tried() {
	below := false
	for _, s := range m.f.Supports {
		if s.Level.Rank() < records.Section17.Rank() {
			below = true
		}
		if s.Result == "" {
			m.say(Tried, "No result is recorded for “"+s.What+"”. Help without a result reads as if nobody looked.")
		} else if s.WhyNotEnough == "" {
			m.say(Tried, "It is not said why “"+s.What+"” was not enough. That is what carries a child over the threshold.")
		}
	}
	if m.ref.Response == records.Assessment && m.ref.Level.IsStatutory() && !below {
		m.say(Tried, "A statutory assessment is asked for, and nothing is recorded as tried at a lower level. Say what was offered, or why it could not be.")
	}
}

// voice reports a pack in which only adults speak.
func (m *missing) voice(sec records.Section) {
	if len(goesOut(sec)) > 0 && sec.Blank == records.BlankNotChosen {
		for _, st := range goesOut(sec) {
			if strings.ContainsAny(st.Text, "“\"") {
				return
			}
		}
		m.say(Voice, "None of the child's exact words are here. A summary is not their voice: give the words, the day and who heard them.")
	}
}

// vague reports entries that statements of the pack rest on and that watch
// something without saying what, how long or what next.
func (m *missing) vague(sections []records.Section) {
	used := map[records.ID]string{}
	for _, sec := range sections {
		for _, st := range goesOut(sec) {
			for _, r := range st.Rests {
				if used[r.ID] == "" {
					used[r.ID] = sec.Key
				}
			}
		}
	}
	said := map[records.ID]bool{}
	for i := range m.line {
		e := &m.line[i]
		if e.Vague() && used[e.Ref.ID] != "" && !said[e.Ref.ID] {
			said[e.Ref.ID] = true
			m.gaps = append(m.gaps, Gap{used[e.Ref.ID], "The entry of " + e.When.String() + " is vague: " + vagueWords(e), e.Ref})
		}
	}
}

// vagueWords returns the words of a plan to watch, and what is asked about them:
// only what they do not say.
func vagueWords(e *chronology.Entry) string {
	for _, f := range e.Findings {
		if len(f.Missing) > 0 {
			return "“" + strings.TrimRight(f.Text, ". ") + "”. " + f.Ask
		}
	}
	return ""
}
