package chronology

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"throughline/chronology/pattern"
	"throughline/records"
)

var frontWidths = []float64{26, 76}

// frontRow is one line of the front sheet.
type frontRow struct {
	label string
	value any // string, records.Date, records.Stamp or int
}

// front writes the front sheet: whose chronology it is, how it was made, what
// was left out, and what the line shows. parts is how many chronology sheets
// follow.
func (b *book) front(line Line, parts int) error {
	const name = "About"
	rows := slices.Concat(b.whose(), b.made(line, parts), b.counted(line), b.shown(line))
	rows = append(rows, b.howToRead()...)
	sw, err := b.sheet(name, "portrait", frontWidths, len(rows)+2)
	if err != nil {
		return err
	}
	title := b.cell(titleStyle, "Chronology: "+b.hide(b.f.Pupil.Name()))
	if err := sw.SetRow("A1", []any{title}, excelize.RowOpts{Height: 30}); err != nil {
		return err
	}
	at := 3
	for _, r := range rows {
		for _, c := range b.frontCells(r) {
			if err := sw.SetRow(fmt.Sprintf("A%d", at), c.cells, excelize.RowOpts{Height: c.height}); err != nil {
				return err
			}
			at++
		}
	}
	if err := sw.Flush(); err != nil {
		return err
	}
	index, err := b.x.GetSheetIndex(name)
	if err != nil {
		return err
	}
	b.x.SetActiveSheet(index)
	return b.x.DeleteSheet("Sheet1")
}

// frontCells returns the cells of a line, in more rows where one is too high.
func (b *book) frontCells(r frontRow) []sheetRow {
	switch v := r.value.(type) {
	case int:
		return []sheetRow{b.frontCell(r.label, b.cell(plainStyle, v), 1)}
	case records.Date:
		if day, ok := serial(v); ok {
			return []sheetRow{b.frontCell(r.label, b.cell(frontDateStyle, day), 1)}
		}
		return []sheetRow{b.frontCell(r.label, b.cell(plainStyle, v.String()), 1)}
	case records.Stamp:
		return []sheetRow{b.frontCell(r.label, b.cell(frontTimeStyle, serialTime(v)), 1)}
	}
	text := b.hide(records.Clean(r.value.(string)))
	room := column{chars: frontWidths[1]}.room()
	pieces, lines := pour(text, room, linesInRow(tallLine))
	if len(pieces) == 0 {
		return []sheetRow{b.frontCell(r.label, b.cell(plainStyle, nil), 1)}
	}
	var out []sheetRow
	for i, p := range pieces {
		label := r.label
		if i > 0 {
			label = ""
		}
		out = append(out, b.frontCell(label, b.cell(plainStyle, strings.TrimRight(p, "\n")), lines[i]))
	}
	return out
}

func (b *book) frontCell(name string, value excelize.Cell, lines int) sheetRow {
	_, high := fill(name, column{chars: frontWidths[0]}.room()*9/10, 9)
	per := lineHeight
	if s, ok := value.Value.(string); ok && strings.ContainsFunc(s, tall) {
		per = tallLine
	}
	return sheetRow{
		cells:  []any{b.cell(labelStyle, name), value},
		height: min(rowLimit, float64(max(lines, high))*per+rowPadding),
	}
}

func (b *book) whose() []frontRow {
	p := &b.f.Pupil
	rows := []frontRow{{"Child", p.Name()}}
	if b.o.Alias {
		rows = append(rows, frontRow{"Names", "Initials and roles stand in place of the names of the child, of people in the child's life and of " +
			"siblings. Names that the file does not hold are not replaced. The school holds the full names."})
	} else if p.UPN != "" {
		rows = append(rows, frontRow{"UPN", p.UPN})
	}
	switch age := p.AgeOn(b.o.At.Date()); {
	case b.o.Alias && age >= 0:
		rows = append(rows, frontRow{"Age when this was made", age})
	case !b.o.Alias && p.Born != "":
		rows = append(rows, frontRow{"Born", p.Born})
	}
	if p.YearGroup != "" {
		rows = append(rows, frontRow{"Year group", p.YearGroup})
	}
	status := b.f.StatusOn(b.o.At.Date()).String()
	if status == "" {
		status = "None known to the school"
	}
	return append(rows, frontRow{"Status when this was made", status})
}

func (b *book) made(line Line, parts int) []frontRow {
	var rows []frontRow
	add := func(name, text string) {
		if text != "" {
			rows = append(rows, frontRow{name, text})
		}
	}
	add("School", b.o.School)
	add("Made by", b.o.By)
	if b.o.At != "" {
		rows = append(rows, frontRow{"Made on", b.o.At})
	}
	if first, last := line.span(); first != "" {
		rows = append(rows, frontRow{"First entry", first}, frontRow{"Last entry", last})
	}
	add("What is in it", b.o.Filter.String())
	if parts > 1 {
		add("Sheets", fmt.Sprintf("The chronology goes on over %d sheets.", parts))
	}
	add("Head of the audit trail", b.o.AuditHead)
	return rows
}

// span returns the first and the last date of the line.
func (l Line) span() (first, last records.Date) {
	for _, e := range l {
		if e.When.Date == "" {
			continue
		}
		if first == "" {
			first = e.When.Date
		}
		last = e.When.Date
	}
	return first, last
}

// String returns what the filter lets through as people say it.
func (f Filter) String() string {
	s := "Every entry"
	if f.Significant {
		s = "Significant events only; the school keeps a fuller record"
	}
	switch {
	case f.From != "" && f.To != "":
		s += ", from " + f.From.String() + " to " + f.To.String()
	case f.From != "":
		s += ", from " + f.From.String()
	case f.To != "":
		s += ", up to " + f.To.String()
	}
	if len(f.Kinds) > 0 {
		var kinds []string
		for _, k := range f.Kinds {
			kinds = append(kinds, kindName(k))
		}
		s += ", of these kinds: " + strings.Join(kinds, ", ")
	}
	return s + "."
}

// kindName returns a kind of record as people say it.
func kindName(k records.Kind) string {
	switch k {
	case records.KindConcern:
		return "concerns"
	case records.KindAction:
		return "actions done"
	case records.KindMonitoring:
		return "monitoring"
	case records.KindSupport:
		return "support"
	case records.KindStatus:
		return "status"
	case records.KindTie:
		return "changes at home"
	case records.KindReferral:
		return "referrals"
	case records.KindReply:
		return "replies"
	case records.KindChallenge, records.KindRung:
		return "challenges"
	case records.KindMeeting:
		return "meetings"
	case records.KindImpact:
		return "measures"
	case records.KindDisclosure:
		return "information shared"
	case records.KindChildNote:
		return "supervision"
	case records.KindDocument:
		return "documents"
	}
	return string(k)
}

// counted says how many entries there are of each kind, and which are not yet
// as they should be.
func (b *book) counted(line Line) []frontRow {
	var order []string
	n := map[string]int{}
	var undated, vague []int
	for i := range line {
		e := &line[i]
		k := kindName(e.Ref.Kind)
		if n[k]++; n[k] == 1 {
			order = append(order, k)
		}
		if e.When.Date == "" {
			undated = append(undated, i+1)
		}
		if e.Vague() {
			vague = append(vague, i+1)
		}
	}
	rows := []frontRow{{"Entries", len(line)}}
	var of []string
	for _, k := range order {
		of = append(of, fmt.Sprintf("%s: %d", k, n[k]))
	}
	if len(of) > 0 {
		rows = append(rows, frontRow{"Of these", strings.Join(of, "; ") + "."})
	}
	if len(undated) > 0 {
		rows = append(rows, frontRow{"Without a date", rowList(undated) + ". They stand at the end."})
	}
	if len(vague) > 0 {
		rows = append(rows, frontRow{"Plans still to be completed", rowList(vague) +
			": a plan to watch that does not yet say what is watched, how long, and what happens next."})
	}
	return rows
}

// rowList returns "Row 3" or "Rows 3, 4 and 9".
func rowList(rows []int) string {
	if len(rows) == 1 {
		return fmt.Sprintf("Row %d", rows[0])
	}
	var s strings.Builder
	s.WriteString("Rows ")
	for i, r := range rows {
		switch {
		case i == 0:
		case i == len(rows)-1:
			s.WriteString(" and ")
		default:
			s.WriteString(", ")
		}
		fmt.Fprint(&s, r)
	}
	return s.String()
}

// shown returns what the whole line shows, each statement with the rows of this
// workbook that it rests on. It is read from every entry of the file: a choice
// of entries would make patterns that are not there.
func (b *book) shown(line Line) []frontRow {
	whole := Bare(b.f)
	r := Read(b.f, whole)
	here := map[place]int{}
	for i := range line {
		here[placeOf(&line[i])] = i + 1
	}
	var rows []frontRow
	for _, list := range []struct {
		name string
		of   []pattern.Statement
	}{{"What recurs", r.Patterns}, {"What is getting worse", r.Deterioration}} {
		for i, s := range list.of {
			name := list.name
			if i > 0 {
				name = ""
			}
			rows = append(rows, frontRow{name, s.Text + b.evidence(s, whole, here)})
		}
	}
	return rows
}

// place names an entry of a line: a record may have two.
type place struct {
	id    records.ID
	title string
}

func placeOf(e *Entry) place { return place{e.Ref.ID, e.Title} }

// evidence returns where the entries behind a statement are in the workbook.
func (b *book) evidence(s pattern.Statement, whole Line, here map[place]int) string {
	var rows []int
	absent := 0
	for _, r := range s.Rows {
		if r < 1 || r > len(whole) {
			continue
		}
		if at := here[placeOf(&whole[r-1])]; at > 0 {
			rows = append(rows, at)
		} else {
			absent++
		}
	}
	var said []string
	if len(rows) > 0 {
		said = append(said, rowList(rows))
	}
	if absent > 0 {
		said = append(said, fmt.Sprintf("%d not in this selection", absent))
	}
	if len(said) == 0 {
		return ""
	}
	return " (" + strings.Join(said, "; ") + ")"
}

func (b *book) howToRead() []frontRow {
	return []frontRow{
		{"How to read it", "One event a row, in order of time. \"Exact?\" says how the date is known: exact; about, a few days either way; " +
			"month, some day of that month; before, some day before it. Times are London time."},
		{"", "The child's voice is word for word. Opinions are labelled. \"Hearsay\" means that nobody knows who said it first. " +
			"+ and − mark what protects and what worries; an empty box marks neither."},
		{"Confidential", "This holds information about a child. Share it only with those who need it to keep the child safe, and keep a " +
			"record of what was shared, with whom and why."},
	}
}
