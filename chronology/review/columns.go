package review

import (
	"strings"

	grid "throughline/records/table"
)

// headings are the names by which a column is known, the surest first. Case,
// spaces, punctuation and what stands in brackets do not count.
var headings = []struct {
	column string
	names  []string
}{
	{"date", []string{
		"date", "event date", "date of event", "incident date", "date of incident", "date of concern", "concern date", "date of contact",
		"contact date", "date of occurrence", "date occurred", "occurred", "occurred on", "happened on", "date and time", "date/time", "datetime",
		"date time", "incident date and time", "date and time of incident", "date or period", "date of event or period", "dates", "when", "when did it happen",
		"day", "date of disclosure", "date of observation", "date observed", "entry date", "date of entry", "date reported", "reported on",
		"date raised", "date logged", "logged on", "date recorded", "recorded on", "date added", "date created", "created", "created on", "entered on",
	}},
	{"time", []string{
		"time", "event time", "time of event", "incident time", "time of incident", "time of day", "time occurred", "time of concern", "time of contact",
	}},
	{"date_precision", []string{
		"date precision", "precision", "exact", "exact or approximate", "exact/approximate", "exact date", "date accuracy", "accuracy",
		"how exact", "date type", "date certainty",
	}},
	{"category", []string{
		"category", "categories", "concern category", "category of concern", "type", "type of concern", "concern type", "incident type", "type of incident",
		"type of event", "event type", "kind", "kind of concern", "area of concern", "nature of concern", "theme", "tag", "tags",
		"abuse type", "type of abuse", "sub category", "subcategory",
	}},
	{"severity", []string{
		"severity", "seriousness", "level", "level of concern", "concern level", "risk level", "level of risk", "risk", "priority", "urgency", "how serious",
		"severity score", "rating", "risk rating",
	}},
	{"source", []string{
		"source", "source of information", "information source", "source type", "how known", "how is this known", "told by", "reported by whom",
		"informant", "who told us",
	}},
	{"observed_by_role", []string{
		"observed by role", "observed by", "seen by", "role", "logged by", "recorded by", "reported by", "entered by", "written by", "staff member",
		"staff", "member of staff", "author", "added by", "raised by", "noted by", "witnessed by", "completed by", "role of observer", "name and role", "by whom",
		"who",
	}},
	{"location", []string{
		"location", "place", "where", "where did it happen", "setting", "place of incident", "location of incident", "venue", "incident location",
	}},
	{"summary", []string{
		"summary", "event", "significant event", "details", "detail", "description", "what happened", "concern details", "details of concern", "incident",
		"account", "incident details", "details of incident", "details of event", "event details", "description of event", "description of incident",
		"description of concern", "narrative", "notes", "note", "entry", "information", "content", "body", "text", "comments", "comment", "summary of event",
		"summary of concern", "concern summary", "event summary", "full details", "record", "observation", "observations", "what was seen or heard",
		"chronology entry", "events", "significant events", "facts", "key event", "event or contact", "event/contact",
	}},
	{"childs_words", []string{
		"childs words", "childs own words", "child's voice", "the child's voice", "voice of the child", "voice of child", "child voice", "what the child said",
		"what child said", "childs view", "childs views", "childs wishes and feelings", "wishes and feelings", "pupil voice", "students words",
		"pupils words", "words used by child", "verbatim", "child said", "childs account", "disclosure", "quote",
	}},
	{"action", []string{
		"action", "actions", "action taken", "actions taken", "action and by whom", "action by whom", "action taken and by whom", "what was done",
		"what we did", "school action", "steps taken", "immediate action", "immediate action taken", "response", "follow up", "followup", "follow-up action",
		"intervention", "action/response", "actions and interventions", "next steps",
	}},
	{"outcome", []string{
		"outcome", "outcomes", "result", "results", "resolution", "impact", "outcome of action", "outcome/impact", "what changed", "conclusion",
		"outcome and impact", "action outcome",
	}},
	{"decision", []string{
		"decision", "decisions", "decision and reason", "decision and rationale", "decision made", "dsl decision", "rationale", "reason for decision",
		"decision/rationale", "dsl rationale", "analysis", "dsl comments", "dsl notes",
	}},
	{"upn", []string{"upn", "unique pupil number", "pupil upn", "student upn"}},
	{"pupil", []string{
		"pupil", "pupil name", "name of pupil", "student", "student name", "name of student", "child", "child name", "name of child", "childs name",
		"pupils name", "students name", "name", "full name",
	}},
	{"reference", []string{
		"reference", "ref", "reference number", "ref no", "id", "incident id", "incident number", "incident no", "concern id", "concern number",
		"entry id", "entry number", "record id", "record number", "case number", "log number",
	}},
	{"agency", []string{
		"agency", "organisation", "organization", "service", "agency involved", "agencies", "agencies involved", "professional/agency", "source agency",
	}},
}

type heading struct {
	column string
	rank   int // 0 is the surest
}

var known = func() map[string]heading {
	m := map[string]heading{}
	for _, h := range headings {
		m[grid.Key(h.column)] = heading{h.column, 0}
		for i, n := range h.names {
			if _, taken := m[grid.Key(n)]; !taken {
				m[grid.Key(n)] = heading{h.column, i}
			}
		}
	}
	return m
}()

// notEvent are dates that are not of what happened.
var notEvent = []string{"birth", "born", "dob", "review", "due", "closed", "deadline", "completed", "target", "end", "start", "joined", "left", "next"}

// lookUp returns the column that a heading names.
func lookUp(cell string) (heading, bool) {
	if len(cell) > 80 {
		return heading{}, false
	}
	words := strings.ToLower(cell)
	k := grid.Key(cell)
	if h, ok := known[k]; ok {
		return h, true
	}
	if !strings.HasPrefix(k, "date") && !strings.HasSuffix(k, "date") {
		return heading{}, false
	}
	for _, n := range notEvent {
		if strings.Contains(words, n) {
			return heading{}, false
		}
	}
	return heading{"date", len(known)}, true
}

// layout says in which places of a row each column stands.
type layout map[string][]int

// single are the columns of which the surest heading counts. Of the others,
// which hold text, all count and are read one below the other.
var single = map[string]bool{
	"date": true, "time": true, "date_precision": true, "severity": true, "upn": true, "pupil": true, "reference": true,
}

// either are headings that stand for a text as often as for a category.
var either = map[string]bool{"concern": true, "concerns": true, "issue": true, "issues": true}

// layoutOf returns the columns that the cells of a row name.
func layoutOf(cells []string) layout {
	l := namedColumns(cells)
	for i, c := range cells {
		if !either[grid.Key(c)] || len(c) > 80 {
			continue
		}
		if l["summary"] == nil {
			l["summary"] = []int{i}
		} else if l["category"] == nil {
			l["category"] = []int{i}
		}
	}
	return l
}

func namedColumns(cells []string) layout {
	l := layout{}
	best := map[string]int{}
	for i, c := range cells {
		h, ok := lookUp(c)
		if !ok {
			continue
		}
		rank, seen := best[h.column]
		switch {
		case !seen || single[h.column] && h.rank < rank:
			l[h.column] = []int{i}
			best[h.column] = h.rank
		case !single[h.column]:
			l[h.column] = append(l[h.column], i)
		}
	}
	return l
}

const headerDepth = grid.HeaderDepth

// scoreHeader returns how many columns the cells of a row name. Without a
// column of dates no row is a header.
func scoreHeader(cells []string) int {
	l := layoutOf(cells)
	if l["date"] == nil {
		return 0
	}
	return len(l)
}
