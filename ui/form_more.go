package ui

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// stamp adds a field for a date and a time. A new record has the present in it.
func (f *form) stamp(name, label string, to *records.Stamp) *field {
	d := f.w.newDateEntry(label, true)
	d.setStamp(*to)
	in := &input{name: name, field: d.field, focus: d.date}
	in.text = func() string {
		if d.date.Text == "" && d.clock.Text == "" {
			return ""
		}
		return d.text() + " | " + d.clock.Text
	}
	in.set = func(text string) {
		date, clock, _ := cutLast(text, " | ")
		d.date.SetText(date)
		d.clock.SetText(clock)
	}
	in.read = func() bool {
		s, err := d.stamp()
		if err == nil {
			*to = s
		}
		return err == nil
	}
	d.changed = f.draft.changed
	return f.add(in)
}

func cutLast(s, sep string) (before, after string, found bool) {
	for i := len(s) - len(sep); i >= 0; i-- {
		if s[i:i+len(sep)] == sep {
			return s[:i], s[i+len(sep):], true
		}
	}
	return s, "", false
}

// tick adds a box to tick.
func (f *form) tick(name, label string, to *bool) *field {
	c := newCheck(label, nil)
	c.SetChecked(*to)
	in := &input{name: name, field: newField("", container.NewHBox(c)), focus: c}
	in.text = func() string {
		if c.Checked {
			return "yes"
		}
		return ""
	}
	in.set = func(text string) { c.SetChecked(text != "") }
	in.read = func() bool { *to = c.Checked; return true }
	c.OnChanged = func(bool) { f.draft.changed() }
	return f.add(in)
}

// wordsOf adds a list of phrases to choose one of. An empty phrase among them is
// offered as what nothing says, so that a choice can be taken back.
func wordsOf[T ~string](f *form, name, label, nothing string, options []T, to *T) *field {
	s := newSelect(nil, nil)
	s.PlaceHolder = nothing
	for _, o := range options {
		s.Options = append(s.Options, cmp.Or(string(o), nothing))
	}
	s.SetSelectedIndex(slices.Index(options, *to))
	in := &input{name: name, field: newField(label, s), focus: s}
	in.text = func() string {
		if i := s.SelectedIndex(); i >= 0 {
			return string(options[i])
		}
		return ""
	}
	in.set = func(text string) {
		s.ClearSelected()
		s.SetSelectedIndex(slices.Index(options, T(text)))
	}
	in.read = func() bool { *to = T(in.text()); return true }
	s.OnChanged = func(string) { in.field.says(""); f.draft.changed() }
	return f.add(in)
}

// asStrings returns codes as plain strings.
func asStrings[T ~string](list []T) []string {
	var out []string
	for _, v := range list {
		out = append(out, string(v))
	}
	return out
}
