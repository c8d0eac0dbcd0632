package demo

import (
	"fmt"
	"strings"

	"throughline/records"
	"throughline/referral"
)

// expanded returns a copy of a table with everything that depends on a day or
// on another record put in:
//
//	{+14} {-3}      in prose, the school day that many days later or earlier: Fri 5 Dec
//	{@label}        in prose, the day of another entry
//	=+14 =-400      as a whole, the date: +14 moved back to a school day, -400 as it is
//	=+14 10:40      as a whole, the instant
//	=+2w 17:00      two working days later
//	=now            as a whole, the instant of this entry
//	=pack label     as a whole, the SHA-256 of the pack that was sent
//	=@label         as a whole, the date of another entry
//	@label          as a whole, the id of another record
func (d *diary) expanded(t table, m moment) (table, error) {
	out := table{}
	for k, v := range t {
		x, err := d.expand(v, m)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k, err)
		}
		out[k] = x
	}
	return out, nil
}

func (d *diary) expand(v any, m moment) (any, error) {
	switch v := v.(type) {
	case string:
		return d.text(v, m)
	case map[string]any:
		return d.expanded(v, m)
	case []map[string]any:
		return eachOf(v, func(t map[string]any) (any, error) { return d.expanded(t, m) })
	case []any:
		return eachOf(v, func(x any) (any, error) { return d.expand(x, m) })
	}
	return v, nil
}

func eachOf[T any](list []T, do func(T) (any, error)) ([]any, error) {
	var out []any
	for _, x := range list {
		y, err := do(x)
		if err != nil {
			return nil, err
		}
		out = append(out, y)
	}
	return out, nil
}

func (d *diary) text(s string, m moment) (string, error) {
	switch {
	case strings.HasPrefix(s, "@"):
		e := d.entries[s[1:]]
		if e == nil || *e.id == "" {
			return "", fmt.Errorf("there is no record %s yet", s)
		}
		return string(*e.id), nil
	case strings.HasPrefix(s, "=pack "):
		return d.packOf(s[len("=pack "):])
	case s == "=now":
		return string(records.StampOf(m.time())), nil
	case strings.HasPrefix(s, "="):
		return d.date(s[1:], m)
	}
	for {
		before, rest, found := strings.Cut(s, "{")
		inner, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return s, nil
		}
		day, err := d.date(inner, m)
		if err != nil {
			return "", err
		}
		s = before + records.Date(day).Time().Format("Mon 2 Jan") + after
	}
}

// date reads what stands behind "=" or between braces.
func (d *diary) date(spec string, m moment) (string, error) {
	spec, at, _ := strings.Cut(spec, " ")
	day := m.day
	if day == "" {
		day = records.DateOf(d.days.start())
	}
	if label, ok := strings.CutPrefix(spec, "@"); ok {
		e := d.entries[label]
		if e == nil {
			return "", fmt.Errorf("there is no entry %q", label)
		}
		day = e.day
	} else {
		var n int
		var unit string
		if k, err := fmt.Sscanf(spec, "%d%s", &n, &unit); k == 0 {
			return "", fmt.Errorf("date %q: %w", spec, err)
		}
		switch {
		case unit == "w":
			day = referral.AddWorkingDays(day, n, d.days.cal)
		case n < -60:
			day = day.AddDays(n)
		default:
			day = d.days.near(day, n)
		}
	}
	if at != "" {
		return string(records.StampOf(moment{day, at}.time())), nil
	}
	return string(day), nil
}
