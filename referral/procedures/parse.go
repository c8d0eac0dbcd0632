package procedures

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"throughline/records"
)

// Error says why a procedures file was refused and on which line, so that
// whoever edited it can mend it.
type Error struct {
	Line   int // from 1; 0 for the file as a whole
	Reason string
}

// Error returns "line 12: …", or the reason alone where no line is to blame.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Reason
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
}

// Parse reads procedures from TOML. It is strict: a key it does not know, a
// ladder with no rungs, an unknown unit or a negative number is refused. Every
// error is an *Error.
func Parse(data []byte) (*Procedures, error) {
	var p Procedures
	md, err := toml.Decode(string(data), &p)
	if err != nil {
		return nil, syntaxError(err)
	}
	src := newSource(data)
	if unknown := md.Undecoded(); len(unknown) > 0 {
		return nil, &Error{src.line(unknown[0].String()), "There is no setting called " + strconv.Quote(unknown[0].String()) + ". Check how it is written, or delete the line."}
	}
	if err := p.check(src); err != nil {
		return nil, err
	}
	return &p, nil
}

// CheckOn returns an *Error when the procedures are of an edition that is not
// in force on a day, or are said to have been checked after it.
func (p *Procedures) CheckOn(day records.Date) error {
	switch {
	case p.EditionDate > day:
		return &Error{0, "This edition holds only from " + p.EditionDate.String() + ". Keep the one in force until then."}
	case p.Checked > day:
		return &Error{0, "The date on which these procedures were checked, " + p.Checked.String() + ", is in the future."}
	}
	return nil
}

// ParseOn is Parse followed by CheckOn, with the line in the error.
func ParseOn(data []byte, day records.Date) (*Procedures, error) {
	p, err := Parse(data)
	if err != nil {
		return nil, err
	}
	var e *Error
	if errors.As(p.CheckOn(day), &e) {
		key := "checked"
		if p.EditionDate > day {
			key = "edition_date"
		}
		e.Line = newSource(data).line(key)
		return nil, e
	}
	return p, nil
}

func syntaxError(err error) error {
	var pe toml.ParseError
	if errors.As(err, &pe) {
		return &Error{pe.Position.Line, "This is not written as TOML: " + pe.Message + "."}
	}
	line := 0
	if m := kindLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1]) // digits by the pattern; too many leave 0
	}
	return &Error{line, "A setting has the wrong kind of value: a number where text belongs, or text where a number belongs."}
}

// kindLine finds the line in the decoder's error about a value of the wrong
// kind, which has no type of its own.
var kindLine = regexp.MustCompile(`line (\d+)`)

// finding is one reason to refuse a file and the key that is to blame.
type finding struct {
	bad    bool
	key    string
	reason string
}

func (p *Procedures) check(src source) error {
	for _, r := range p.Problems() {
		return &Error{src.line(r.Key), r.Reason}
	}
	return nil
}

// Problem is one reason to refuse procedures, and the setting that is to blame:
// "clocks.chase.value", "challenge.ladder#2.days" with rungs counted from 1.
type Problem struct {
	Key    string
	Reason string
}

// Problems returns every reason to refuse the procedures; none when they are
// sound.
func (p *Procedures) Problems() []Problem {
	rules := []finding{
		{!namePattern.MatchString(p.Name), "name", "The name must be small letters, digits and hyphens, such as lincolnshire."},
		{strings.TrimSpace(p.Title) == "", "title", "Give a title, such as Lincolnshire."},
		{!isDate(p.EditionDate), "edition_date", "This date cannot be read. Write it as \"2026-09-01\", or leave it \"\"."},
		{!isDate(p.Checked), "checked", "This date cannot be read. Write it as \"2026-09-01\", or leave it \"\"."},
		{p.Form.Minutes < 0, "form.minutes", "The minutes cannot be negative."},
		{len(p.Challenge.Ladder) == 0, "challenge", "The challenge ladder has no rungs. Give at least one, or copy the default ladder."},
		{p.Challenge.Days < 0, "challenge.days", "The working days cannot be negative. Write 0 where none are set."},
	}
	rules = append(rules, p.levelRules()...)
	rules = append(rules, p.clockRules()...)
	rules = append(rules, p.listRules()...)
	var bad []Problem
	for _, r := range rules {
		if r.bad {
			bad = append(bad, Problem{r.key, r.reason})
		}
	}
	return bad
}

var namePattern = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

func isDate(d records.Date) bool {
	_, err := time.Parse("2006-01-02", string(d))
	return d == "" || err == nil
}

func (p *Procedures) levelRules() []finding {
	var rules []finding
	last := -1
	for i, l := range p.Levels {
		key := fmt.Sprintf("levels#%d.level", i+1)
		rules = append(rules,
			finding{l.Level.Rank() < 0, key, "There is no such level. Use universal, school, early_help, section_17, section_47 or police."},
			finding{l.Level.Rank() <= last, key, "The levels must stand lowest first, each once."},
		)
		last = l.Level.Rank()
	}
	return rules
}

func (p *Procedures) clockRules() []finding {
	var rules []finding
	for _, key := range sortedKeys(p.Clocks) {
		c, at := p.Clocks[key], "clocks."+key
		rules = append(rules,
			finding{!slices.Contains(ClockKeys(), key), at, "There is no clock of this name. Use one of: " + strings.Join(ClockKeys(), ", ") + "."},
			finding{c.Value < 0, at + ".value", "A limit of time cannot be negative. Delete the clock where no limit is known."},
			finding{c.Value == 0, at + ".value", "A limit of time cannot be nought. Delete the clock where no limit is known."},
			finding{c.Value > 1000, at + ".value", "This limit is too long to be meant."},
			finding{c.Unit != ClockHours && c.Unit != WorkingDays && c.Unit != Months, at + ".unit", "This unit is not known. Use \"clock hours\", \"working days\" or \"months\"."},
			finding{c.Mark.String() == "", at + ".mark", "Mark the clock \"n\" for national guidance, \"l\" for local practice or \"v\" for to be checked."},
		)
	}
	return rules
}

func (p *Procedures) listRules() []finding {
	var rules []finding
	for i, r := range p.Challenge.Ladder {
		at := fmt.Sprintf("challenge.ladder#%d", i+1)
		rules = append(rules,
			finding{r.Days < 0, at + ".days", "The working days of a rung cannot be negative. Write 0 where none are set."},
			finding{r.Days > 100, at + ".days", "This limit is too long to be meant."},
			finding{strings.TrimSpace(r.Ours) == "" || strings.TrimSpace(r.Theirs) == "", at, "A rung needs both sides: ours, who raises it, and theirs, with whom."},
		)
	}
	for i, f := range p.Form.Fields {
		at := fmt.Sprintf("form.fields#%d", i+1)
		rules = append(rules,
			finding{f.Limit < 0, at + ".limit", "A limit of characters cannot be negative. Write 0 where none is known."},
			finding{unknownSection(f.Key) != "", at + ".key", "The pack has no section called " + strconv.Quote(unknownSection(f.Key)) + ". Use these, or \"\" for a box typed by hand: " + strings.Join(SectionKeys(), ", ") + "."},
			finding{strings.TrimSpace(f.Label) == "", at, "A box of the form needs the label that the form prints."},
		)
	}
	return rules
}

// unknownSection returns the first of the sections named in key that the pack
// has not, and "" when it has them all.
func unknownSection(key string) string {
	for k := range strings.FieldsSeq(key) {
		if !slices.Contains(SectionKeys(), k) {
			return k
		}
	}
	return ""
}

func sortedKeys(m map[string]Clock) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// source knows on which line each key of a TOML file stands: "clocks.chase"
// and "clocks.chase.unit", and for lists "challenge.ladder#2.days", counted
// from 1.
type source map[string]int

var (
	tableLine = regexp.MustCompile(`^\s*\[(\[?)\s*([A-Za-z0-9_."-]+)\s*\]`)
	keyLine   = regexp.MustCompile(`^\s*([A-Za-z0-9_."-]+)\s*=(.*)`)
)

func newSource(data []byte) source {
	src, seen, table, quote := source{}, map[string]int{}, "", ""
	for i, line := range strings.Split(string(data), "\n") {
		if quote != "" { // inside a text of several lines
			if strings.Contains(line, quote) {
				quote = ""
			}
			continue
		}
		if m := tableLine.FindStringSubmatch(line); m != nil {
			table = m[2]
			if m[1] != "" {
				seen[table]++
				table = fmt.Sprintf("%s#%d", table, seen[table])
			}
			src.set(table, i+1)
			continue
		}
		m := keyLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		src.set(strings.TrimPrefix(table+"."+m[1], "."), i+1)
		for _, q := range []string{`"""`, `'''`} {
			if strings.Count(m[2], q) == 1 {
				quote = q
			}
		}
	}
	return src
}

// set notes the first line of a key, and under the key without its list
// numbers too, by which the decoder names keys that it does not know.
func (s source) set(key string, line int) {
	for _, k := range []string{key, listNumber.ReplaceAllString(key, "")} {
		if s[k] == 0 {
			s[k] = line
		}
	}
}

var listNumber = regexp.MustCompile(`#\d+`)

// line returns the line of a key, or of the table it is missing from, or 0.
func (s source) line(key string) int {
	for key != "" {
		if n := s[key]; n > 0 {
			return n
		}
		key = key[:max(0, strings.LastIndexAny(key, ".#"))]
	}
	return 0
}
