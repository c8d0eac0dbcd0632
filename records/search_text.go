package records

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// texts returns what somebody wrote in a record, field by field, the most
// telling first.
func texts(rec Record) []string {
	switch r := rec.(type) {
	case *Pupil:
		return []string{
			r.Name(), r.UPN, r.Needs, r.Communication, r.Address, r.Form, r.Ethnicity, r.Religion, r.Language,
			r.GP, r.NHSNumber,
		}
	case *StatusBand:
		return []string{r.Status.String(), r.Worker, r.Category}
	case *Person:
		return []string{r.Name, r.Note, r.Phone}
	case *Tie:
		return []string{r.Relationship, r.RiskFactors, r.RiskToStaff, r.Strength}
	case *Concern:
		list := []string{
			r.Account, r.ChildsWords, r.Question, r.Presentation, r.Opinion, r.OpinionBasis, r.Decision, r.Reason,
			r.Action, r.Outcome, r.ParentsWhy, r.Line, r.Place, r.SeenBy, r.Agency, r.Present, r.DecidedBy,
			r.ClosedWhy, r.Reference,
		}
		for _, m := range r.Marks {
			list = append(list, m.Note)
		}
		for _, c := range r.Categories {
			list = append(list, c.String())
		}
		return list
	case *Action:
		return []string{r.What, r.Result, r.Who}
	case *Monitoring:
		return []string{r.What, r.NextSteps, r.Result, r.WouldChange, r.Who, r.HowOften}
	case *Support:
		return []string{r.What, r.Aim, r.Before, r.After, r.Result, r.WhyNotEnough, r.By}
	case *Referral:
		return referralTexts(r)
	case *Reply:
		return []string{r.Said, r.Reasons, r.Next, r.ViewWhy, r.From, string(r.Outcome), string(r.Enquiry), r.Method}
	case *Challenge:
		list := []string{r.Decision, r.Safety, r.Resolved, r.Grounds, r.To, r.Sought, r.Answer}
		for _, s := range r.Ladder {
			list = append(list, s.Ours, s.Theirs)
		}
		return list
	case *Rung:
		return []string{r.Sought, r.Risk, r.Reply, r.ResultWhy, r.Told, r.By, r.To, r.Method}
	case *Disclosure:
		return []string{r.What, r.To, r.Basis}
	case *Document:
		return []string{r.Title, r.Summary, r.From, r.Name}
	case *Meeting:
		return []string{r.Sort.String(), r.Decided, r.NotHeldWhy, r.ViewWhy, r.We, r.Others, r.Category, r.Dissent}
	case *Impact:
		return []string{r.Measure, r.Before, r.After, r.ChildsView, r.Next}
	case *GoodPractice:
		return []string{r.What, r.Who, r.Told}
	case *ChildNote:
		return []string{
			r.Why, r.Happened, r.Lived, r.Worries, r.Strengths, r.Tried, r.Decision, r.AgreedWhy, r.Challenge, r.Action,
			r.ActionWho,
		}
	case *Dismissal:
		return []string{r.Reason, r.TakenBack, r.Text}
	case *Supervision:
		return []string{
			r.Themes, r.Earlier, r.Actions, r.Workload, r.WentWell, r.Shortcomings, r.Quality, r.Supervisor, r.Present, r.Signed,
		}
	case *Reflection:
		return []string{r.Text}
	case *Hold:
		return []string{r.Reason.String(), r.Note, r.EndedWhy}
	case *Removal:
		if r.Done != "" {
			return nil // what it was about is not there to be found
		}
		return []string{r.Reason, r.Cancelled}
	}
	return nil
}

func referralTexts(r *Referral) []string {
	list := []string{
		r.LevelReason, r.Threshold, r.ResponseWhy, r.NotReferred, r.ParentsSaid, r.ParentsWhy, r.ParentsWho, r.DoorDisputes,
		r.PhonedSaid, r.PhonedTo, r.SentTo, r.DecidedBy, r.LevelBy.By, r.ResponseBy.By, r.ParentsBy.By, r.Method, r.Reference,
	}
	for _, sec := range r.Sections {
		for _, st := range sec.Statements {
			list = append(list, st.Text, st.LeftOut)
		}
	}
	return list
}

// happened returns when a record belongs in time; what has no day of its own,
// such as a pupil, is undated.
func happened(rec Record) When {
	first := func(days ...Date) When {
		for _, d := range days {
			if d != "" {
				return On(d)
			}
		}
		return When{}
	}
	at := func(stamps ...Stamp) When {
		for _, s := range stamps {
			if s != "" {
				return AtTime(s.Time())
			}
		}
		return When{}
	}
	switch r := rec.(type) {
	case *StatusBand:
		return first(r.From)
	case *Concern:
		return r.When
	case *Action:
		return first(r.Done, r.Due)
	case *Monitoring:
		return first(r.From, r.Until)
	case *Support:
		return first(r.From)
	case *Referral:
		return at(r.SentAt, r.DecidedAt, r.CreatedAt)
	case *Reply:
		return at(r.At)
	case *Challenge:
		return at(r.CreatedAt)
	case *Rung:
		return at(r.RaisedAt)
	case *Document:
		return first(r.Dated, r.CreatedAt.Date())
	case *Meeting:
		return first(r.On)
	case *Impact:
		return first(r.Looked, r.Start)
	case *GoodPractice:
		return first(r.On)
	case *ChildNote:
		return first(r.On)
	case *Hold:
		return first(r.From)
	case *Disclosure:
		return at(r.At)
	case *Supervision:
		return first(r.On)
	case *Reflection:
		return at(r.CreatedAt)
	case *Dismissal:
		return at(r.CreatedAt)
	case *Removal:
		return at(r.CreatedAt)
	}
	return When{}
}

// title returns what a record is, in a few words.
func title(rec Record) string {
	switch r := rec.(type) {
	case *Pupil:
		if r.Form != "" {
			return "Pupil, " + r.Form
		}
		return "Pupil"
	case *StatusBand:
		return r.Status.String()
	case *Tie:
		return "Person: " + r.Relationship
	case *Concern:
		return "Concern: " + r.Category().String()
	case *Action:
		if r.Done != "" {
			return "Done"
		}
		return "To do"
	case *Monitoring:
		return "Plan to watch"
	case *Support:
		return "Help given"
	case *Referral:
		if r.SentAt == "" {
			return "Referral, not sent"
		}
		return "Referral"
	case *Reply:
		return "Reply to a referral"
	case *Challenge:
		return "Challenge"
	case *Rung:
		return "Step of a challenge"
	case *Disclosure:
		return "Shared with others"
	case *Document:
		return "Document"
	case *Meeting:
		return r.Sort.String()
	case *Impact:
		return "What it changed"
	case *GoodPractice:
		return "Good practice"
	case *ChildNote:
		return "Supervision note"
	case *Supervision:
		return "Supervision session"
	case *Reflection:
		return "Your own reflection"
	case *Dismissal:
		return "Pattern set aside"
	case *Hold:
		return "Hold on the file"
	case *Removal:
		return "Request for removal"
	}
	return ""
}

// span is a stretch of a text, in bytes.
type span struct{ start, end int }

// sentencesOf parts a text into sentences: at the end of a line, and after . !
// or ? and a space, but neither before a small letter nor after "Mr." and the
// like. None of them is empty.
func sentencesOf(text string) []span {
	var all []span
	start := 0
	add := func(end int) {
		s := strings.TrimLeftFunc(text[start:end], unicode.IsSpace)
		from := end - len(s)
		if s = strings.TrimRightFunc(s, unicode.IsSpace); s != "" {
			all = append(all, span{from, from + len(s)})
		}
		start = end
	}
	for i := range len(text) {
		switch text[i] {
		case '\n':
			add(i)
		case ' ':
			if endsSentence(text[start:i], text[i+1:]) {
				add(i)
			}
		}
	}
	add(len(text))
	return all
}

func endsSentence(before, after string) bool {
	before = strings.TrimRight(before, "\"')”’")
	if before == "" || !strings.ContainsRune(".!?", rune(before[len(before)-1])) {
		return false
	}
	if next, _ := utf8.DecodeRuneInString(after); unicode.IsLower(next) {
		return false
	}
	last := before[strings.LastIndexAny(before, " \n(")+1:]
	switch strings.ToLower(last) {
	case "mr.", "mrs.", "ms.", "dr.", "st.", "no.", "e.g.", "i.e.", "approx.", "c.":
		return false
	}
	return true
}

// longestSentence is how many bytes of a sentence are shown; a longer one is
// cut around its first match.
const longestSentence = 220

// cut returns the part of text that sen marks and the matches within it. A
// long sentence loses its beginning, its end or both, at a word, for an
// ellipsis.
func cut(text string, sen span, matches []span) (string, [][2]int) {
	from, to := sen.start, sen.end
	if to-from > longestSentence {
		if len(matches) > 0 {
			from = max(from, matches[0].start-longestSentence/3)
		}
		to = min(to, from+longestSentence)
		from, to = atWord(text, from, sen.start), atWord(text, to, from)
	}
	before, after := "", ""
	if from > sen.start {
		before = "… "
	}
	if to < sen.end {
		after = " …"
	}
	var in [][2]int
	for _, m := range matches {
		if start, end := max(m.start, from), min(m.end, to); start < end {
			in = append(in, [2]int{start - from + len(before), end - from + len(before)})
		}
	}
	return before + strings.TrimRight(text[from:to], " ") + after, in
}

// atWord moves a place in text back to the beginning of its word, as long as
// that is not too far off, and never before low or into a character.
func atWord(text string, at, low int) int {
	if at >= len(text) || at <= low {
		return at
	}
	if i := strings.LastIndexByte(text[low:at], ' '); i >= 0 && at-low-i < 40 {
		return low + i + 1
	}
	for at > low && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
