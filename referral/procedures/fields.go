package procedures

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"throughline/records"
)

// Fields are the settings of procedures as text, as somebody types them, by key:
// "front_door.phone", "clocks.chase.value", "challenge.ladder#2.days" with rungs
// and boxes counted from 1, "levels.section_17.name". The keys "challenge.ladder"
// and "form.fields" hold how many there are.
type Fields map[string]string

// The lists of Fields.
const (
	LadderList = "challenge.ladder"
	FormList   = "form.fields"
)

// partsOf are the settings of one row of each list.
var partsOf = map[string][]string{
	LadderList: {"ours", "theirs", "days"},
	FormList:   {"key", "label", "limit"},
}

// Len returns how many rows a list has.
func (t Fields) Len(list string) int {
	n, err := strconv.Atoi(t[list])
	if err != nil {
		return 0
	}
	return max(0, min(n, 500))
}

// Row returns the key of a row of a list, from 1.
func Row(list string, n int) string { return fmt.Sprintf("%s#%d", list, n) }

// Add adds an empty row to a list.
func (t Fields) Add(list string) { t[list] = strconv.Itoa(t.Len(list) + 1) }

// Swap exchanges two rows of a list, from 1. A row that there is not leaves it
// as it is.
func (t Fields) Swap(list string, a, b int) {
	if n := t.Len(list); a < 1 || b < 1 || a > n || b > n {
		return
	}
	for _, part := range partsOf[list] {
		x, y := Row(list, a)+"."+part, Row(list, b)+"."+part
		t[x], t[y] = t[y], t[x]
	}
}

// Remove takes a row out of a list, from 1.
func (t Fields) Remove(list string, row int) {
	n := t.Len(list)
	if row < 1 || row > n {
		return
	}
	for i := row; i < n; i++ {
		t.Swap(list, i, i+1)
	}
	for _, part := range partsOf[list] {
		delete(t, Row(list, n)+"."+part)
	}
	t[list] = strconv.Itoa(n - 1)
}

// Fields returns the settings as text. Dates are written as people write them;
// a number that is not known is empty.
func (p *Procedures) Fields() Fields {
	t := Fields{
		"title": p.Title, "authority": p.Authority, "edition": p.Edition, "edition_date": p.EditionDate.String(),
		"checked": p.Checked.String(), "source": p.Source, "note": p.Note,
		"form.name": p.Form.Name, "form.minutes": number(p.Form.Minutes),
		"challenge.note": p.Challenge.Note, "challenge.days": number(p.Challenge.Days),
		LadderList: strconv.Itoa(len(p.Challenge.Ladder)), FormList: strconv.Itoa(len(p.Form.Fields)),
	}
	for key, to := range p.FrontDoor.parts() {
		t["front_door."+key] = *to
	}
	for _, key := range ClockKeys() {
		c := p.Clock(key)
		at := "clocks." + key
		t[at+".value"], t[at+".unit"], t[at+".mark"], t[at+".note"] = number(c.Value), string(c.Unit), string(c.Mark), c.Note
	}
	for i, r := range p.Challenge.Ladder {
		at := Row(LadderList, i+1)
		t[at+".ours"], t[at+".theirs"], t[at+".days"] = r.Ours, r.Theirs, number(r.Days)
	}
	for i, f := range p.Form.Fields {
		at := Row(FormList, i+1)
		t[at+".key"], t[at+".label"], t[at+".limit"] = f.Key, f.Label, number(f.Limit)
	}
	for _, l := range records.Levels() {
		own := p.Level(l)
		t["levels."+string(l)+".name"], t["levels."+string(l)+".wording"] = own.Name, own.Wording
	}
	return t
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// parts returns the settings of a front door by key.
func (d *FrontDoor) parts() map[string]*string {
	return map[string]*string{
		"name": &d.Name, "phone": &d.Phone, "hours": &d.Hours, "out_of_hours_name": &d.OutOfHoursName, "out_of_hours_phone": &d.OutOfHoursPhone,
		"email": &d.Email, "web": &d.Web, "police": &d.Police, "police_not_urgent": &d.PoliceNotUrgent,
	}
}

// Read returns the procedures of a name as they were typed, and everything that
// is wrong with them, each with the key of its setting. A clock without a number
// is one that is not known. now is the day by which dates such as "5 March" are
// read.
func (t Fields) Read(name string, now time.Time) (*Procedures, []Problem) {
	r := reader{t: t, now: now}
	p := &Procedures{
		Name: name, Title: r.text("title"), Authority: r.text("authority"), Edition: r.text("edition"), EditionDate: r.date("edition_date"),
		Checked: r.date("checked"), Source: r.text("source"), Note: r.text("note"),
		Form:      Form{Name: r.text("form.name"), Minutes: r.number("form.minutes")},
		Challenge: Challenge{Note: r.text("challenge.note"), Days: r.number("challenge.days")},
		Clocks:    map[string]Clock{},
	}
	for key, to := range p.FrontDoor.parts() {
		*to = r.text("front_door." + key)
	}
	for _, key := range ClockKeys() {
		at := "clocks." + key
		if r.text(at+".value") == "" {
			continue
		}
		p.Clocks[key] = Clock{Value: r.number(at + ".value"), Unit: Unit(t[at+".unit"]), Mark: Mark(t[at+".mark"]), Note: r.text(at + ".note")}
	}
	for i := range t.Len(LadderList) {
		at := Row(LadderList, i+1)
		p.Challenge.Ladder = append(p.Challenge.Ladder, Rung{r.text(at + ".ours"), r.text(at + ".theirs"), r.number(at + ".days")})
	}
	for i := range t.Len(FormList) {
		at := Row(FormList, i+1)
		p.Form.Fields = append(p.Form.Fields, Field{t[at+".key"], r.text(at + ".label"), r.number(at + ".limit")})
	}
	for _, l := range records.Levels() {
		at := "levels." + string(l)
		own := Level{l, r.text(at + ".name"), r.text(at + ".wording")}
		if own.Name == "" {
			own.Name = l.String()
		}
		p.Levels = append(p.Levels, own)
	}
	return p, append(r.problems, r.unsaid(p)...)
}

type reader struct {
	t        Fields
	now      time.Time
	problems []Problem
}

func (r *reader) text(key string) string { return strings.TrimSpace(records.Clean(r.t[key])) }

func (r *reader) number(key string) int {
	text := r.text(key)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		r.problems = append(r.problems, Problem{key, "Write a whole number, such as 5, or leave it empty where none is known."})
	}
	return n
}

func (r *reader) date(key string) records.Date {
	d, err := records.ParseDate(r.t[key], r.now)
	if err != nil {
		r.problems = append(r.problems, Problem{key, err.Error()})
	}
	return d
}

// unsaid returns the problems of what was read, where nothing was said of the
// same setting before.
func (r *reader) unsaid(p *Procedures) []Problem {
	return slices.DeleteFunc(p.Problems(), func(found Problem) bool {
		return slices.ContainsFunc(r.problems, func(said Problem) bool { return said.Key == found.Key })
	})
}
