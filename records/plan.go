package records

// Action is one thing somebody has to do by a day.
type Action struct {
	Meta
	Pupil   ID     `json:"pupil"`
	Concern ID     `json:"concern,omitempty"` // the concern it answers
	Plan    ID     `json:"plan,omitempty"`    // the monitoring it belongs to
	What    string `json:"what"`
	Who     string `json:"who"`
	Due     Date   `json:"due"`
	Done    Date   `json:"done,omitempty"`
	Result  string `json:"result,omitempty"`
}

// Kind returns KindAction.
func (*Action) Kind() Kind { return KindAction }

func (a *Action) index() index {
	return index{pupil: a.Pupil, owner: a.Plan, sort: string(a.Due), open: a.Done == ""}
}

// Check returns nil or an *Invalid. A due date may lie in the past: late is late.
func (a *Action) Check(now Stamp) error {
	var v Invalid
	v.pupil(a.Pupil)
	if blank(a.What) {
		v.add("what", "Say what is to be done.")
	}
	v.text("what", a.What)
	v.name("who", a.Who, "Say who will do it.")
	if a.Due == "" {
		v.add("due", "Give the day by which it is to be done.")
	}
	v.date("due", a.Due)
	v.pastDate("done", a.Done, now)
	v.text("result", a.Result)
	if a.Done != "" && blank(a.Result) {
		v.add("result", "Say what came of it.")
	}
	return v.err()
}

// Monitoring is a plan to watch something: what, until when, and what happens
// then. "Continue to monitor" without these is not an action.
type Monitoring struct {
	Meta
	Pupil       ID     `json:"pupil"`
	Concern     ID     `json:"concern,omitempty"`
	Reply       ID     `json:"reply,omitempty"` // in which social care asked the school to watch
	What        string `json:"what"`            // that another adult could see, hear or count
	Who         string `json:"who"`
	HowOften    string `json:"how_often,omitempty"` // as written: daily, Tues and Thurs
	From        Date   `json:"from"`
	Until       Date   `json:"until"`
	WouldChange string `json:"would_change,omitempty"` // what would change the plan before then
	NextSteps   string `json:"next_steps"`             // who does what on that day
	Ended       Date   `json:"ended,omitempty"`
	Result      string `json:"result,omitempty"`
}

// Kind returns KindMonitoring.
func (*Monitoring) Kind() Kind { return KindMonitoring }

func (m *Monitoring) index() index {
	return index{pupil: m.Pupil, owner: m.Concern, sort: string(m.Until), open: m.Ended == ""}
}

// Check returns nil or an *Invalid.
func (m *Monitoring) Check(now Stamp) error {
	var v Invalid
	v.pupil(m.Pupil)
	if blank(m.What) {
		v.add("what", "Name what will be watched for: something another adult could see, hear or count.")
	}
	v.name("who", m.Who, "Say who is watching.")
	if m.Until == "" {
		v.add("until", "Give the last day or the review date.")
	}
	v.date("from", m.From)
	v.date("until", m.Until)
	if m.Until != "" && m.Until < m.From {
		v.add("until", "This day is before the plan begins. Give a later day.")
	}
	if blank(m.NextSteps) {
		v.add("next_steps", "Say who will do what on that day.")
	}
	if m.Reply != "" {
		v.asked(m)
	}
	v.text("what", m.What)
	v.short("how_often", m.HowOften)
	v.text("would_change", m.WouldChange)
	v.text("next_steps", m.NextSteps)
	v.pastDate("ended", m.Ended, now)
	v.text("result", m.Result)
	if m.Ended != "" && blank(m.Result) {
		v.add("result", "Say what was seen, and how the watching ended.")
	}
	return v.err()
}

// asked holds a plan that social care asked for to what they rely on.
func (v *Invalid) asked(m *Monitoring) {
	if blank(m.HowOften) {
		v.add("how_often", "Say how often: social care rely on this.")
	}
	if blank(m.WouldChange) {
		v.add("would_change", "Say what would make you ring them before then.")
	}
}

// Tasks returns the dated actions that a monitoring plan makes: to review it
// halfway where it runs for more than four weeks, and to take the next step on
// its last day. Dates that fall on a day when the school is shut move to the
// school day before.
func (m *Monitoring) Tasks(cal Calendar) []Action {
	due := func(d Date) Date {
		for i := 0; i < 60 && d > m.From; i++ {
			if cal.IsOpen(d) {
				return d
			}
			d = d.AddDays(-1)
		}
		return d
	}
	var tasks []Action
	if days := m.From.DaysUntil(m.Until); days > 28 {
		tasks = append(tasks, Action{
			Pupil: m.Pupil, Concern: m.Concern, Plan: m.ID, Who: m.Who,
			What: "Halfway look at what is being watched: " + m.What, Due: due(m.From.AddDays(days / 2)),
		})
	}
	return append(tasks, Action{
		Pupil: m.Pupil, Concern: m.Concern, Plan: m.ID, Who: m.Who,
		What: m.NextSteps, Due: due(m.Until),
	})
}

// Support is help that was offered or given: what gives a referral its weight.
type Support struct {
	Meta
	Pupil        ID     `json:"pupil"`
	What         string `json:"what"`
	Level        Level  `json:"level"`
	Aim          string `json:"aim,omitempty"`
	By           string `json:"by"`
	From         Date   `json:"from"`
	To           Date   `json:"to,omitempty"` // empty while it lasts
	Before       string `json:"before,omitempty"`
	After        string `json:"after,omitempty"` // the same measure, afterwards
	Result       string `json:"result,omitempty"`
	WhyNotEnough string `json:"why_not_enough,omitempty"`
}

// Kind returns KindSupport.
func (*Support) Kind() Kind { return KindSupport }

func (s *Support) index() index {
	return index{pupil: s.Pupil, sort: string(s.From), open: s.To == ""}
}

// Check returns nil or an *Invalid.
func (s *Support) Check(now Stamp) error {
	var v Invalid
	v.pupil(s.Pupil)
	if blank(s.What) {
		v.add("what", "Say what was offered or done.")
	}
	if s.Level.Rank() < 0 {
		v.add("level", "Choose the level of help.")
	}
	v.name("by", s.By, "Say who gave the help.")
	if s.From == "" {
		v.add("from", "Give the day from which it was given.")
	}
	v.pastDate("from", s.From, now)
	v.date("to", s.To)
	if s.To != "" && s.To < s.From {
		v.add("to", "The last day is before the first. Check both dates.")
	}
	v.each(v.text,
		"what", s.What, "aim", s.Aim, "before", s.Before, "after", s.After, "result", s.Result,
		"why_not_enough", s.WhyNotEnough,
	)
	return v.err()
}
