package demo

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"

	"throughline/records"
)

// outcomeLater takes the outcome of a concern out of its first version: what
// came of it is known only later. It becomes a change of its own, before any
// that the data gives, on the last day that its text speaks of.
func outcomeLater(t table, changes []table) []table {
	later := t.text("outcome_at")
	for _, c := range changes {
		if c["outcome"] != nil {
			return changes
		}
	}
	outcome := t.text("outcome")
	if outcome == "" {
		return changes
	}
	if later == "" {
		n := 1 + len(outcome)%3
		for _, ahead := range aheadOf.FindAllStringSubmatch(outcome, -1) {
			calendarDays, err := strconv.Atoi(ahead[1])
			if err == nil {
				n = max(n, calendarDays*5/7+1)
			}
		}
		later = fmt.Sprintf("+%d 15:40", n)
	}
	closing := table{"at": later, "why": outcomeWhys[len(outcome)%len(outcomeWhys)], "outcome": outcome, "as_of": "entry"}
	return append(changes, closing)
}

// resultLater takes the end of a support, and what it changed, out of its first
// version. They become a change of their own on the day it ended or was looked
// at, unless the data gives one.
func resultLater(t table, changes []table) []table {
	if len(changes) > 0 {
		return changes
	}
	later, to := t.text("result_at"), t.text("to")
	c := table{"why": "Looked at: what it changed."}
	for _, field := range []string{"after", "result", "why_not_enough"} {
		if s := t.text(field); s != "" {
			c[field] = s
		}
	}
	var days int
	if _, err := fmt.Sscanf(to, "=+%d", &days); err == nil {
		c["why"], c["to"] = "Ended.", "=+0"
	}
	if len(c) == 1 {
		return nil
	}
	c["at"] = cmp.Or(later, fmt.Sprintf("+%d 15:30", days*5/7+1))
	return []table{c}
}

var (
	aheadOf     = regexp.MustCompile(`\{\+(\d+)\}`)
	clockOf     = regexp.MustCompile(`\b(\d{1,2})\.([0-5]\d)\b`)
	outcomeWhys = []string{"Outcome added.", "Closed with its outcome.", "What came of it.", "Outcome written up."}
)

// told returns the moment at which the last thing had happened that a concern
// tells of that day: an entry about 8.50 which says that mother rang back at
// 17.10 was written up after that.
func (d *diary) told(kind records.Kind, t table, m moment) moment {
	if kind != records.KindConcern {
		return m
	}
	for _, v := range t {
		s, _ := v.(string)
		for _, c := range clockOf.FindAllStringSubmatch(s, -1) {
			hour, _ := strconv.Atoi(c[1]) // digits, by the pattern
			if at := fmt.Sprintf("%02d:%s", hour, c[2]); at > m.clock && at < "21:59" {
				m.clock = at
			}
		}
	}
	return m
}
