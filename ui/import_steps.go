package ui

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// steps is what a page that brings something in is made of: a stage for one step
// after the other, and work that says how far it is and can be cancelled.
type steps struct {
	w      *Window
	box    fyne.CanvasObject // the page
	stage  *fyne.Container   // the step
	button *button           // goes on from here; it cannot be pressed while something is going on
	busy   *fyne.Container
	doing  *widget.Label
	bar    *widget.ProgressBar

	header  int                // the line of the file that its headings stand on; 0 where it has none
	stop    context.CancelFunc // of the work that is going on; nil when there is none
	keeping bool
}

func (s *steps) begin(w *Window) {
	s.w, s.stage, s.doing, s.bar = w, column(8), quiet(""), widget.NewProgressBar()
	s.busy = container.NewBorder(nil, nil, nil, newButton("Cancel", s.cancel), column(0, s.doing, s.bar))
	s.busy.Hide()
}

func (s *steps) content() fyne.CanvasObject { return s.box }

// leave ends what is only looked at. What is being kept goes on: it is kept
// whole, or not at all when the school is locked meanwhile.
func (s *steps) leave() func(context.Context) error {
	if !s.keeping {
		s.cancel()
	}
	return nil
}

func (s *steps) cancel() {
	if s.stop != nil {
		s.stop()
	}
}

// work runs do off the window's thread, with a button to cancel it, and then
// done on it, which is not called for what was cancelled.
func work[T any](s *steps, doing string, do func(ctx context.Context) (T, error), done func(T, error)) {
	if s.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(s.w.session)
	s.stop = stop
	button := s.button
	button.Disable()
	s.doing.SetText(doing)
	s.bar.Hide()
	s.busy.Show()
	background(s.w, func(context.Context) (T, error) { return do(ctx) }, func(v T, err error) {
		stop()
		s.stop, s.keeping = nil, false
		button.Enable()
		s.busy.Hide()
		if errors.Is(err, context.Canceled) {
			return
		}
		done(v, err)
	})
}

// shown draws a step from its beginning.
func (s *steps) shown() {
	s.stage.Refresh()
	for _, scroll := range scrollsIn(s.box) {
		scroll.Refresh()
		scroll.ScrollToTop()
	}
}

// shownLines is how many rows of a kind are listed; the others are counted. All
// rejected ones are in the file that can be saved.
const shownLines = 100

// list shows lines of a kind, unless there is none.
func (s *steps) list(title, note string, lines []string, buttons ...fyne.CanvasObject) {
	if len(lines) == 0 {
		return
	}
	rows := column(-4, subheading(fmt.Sprintf("%s (%d)", title, len(lines))))
	if note != "" {
		rows.Add(quiet(note))
	}
	shown := lines[:min(len(lines), shownLines)]
	text := strings.Join(shown, "\n")
	if more := len(lines) - len(shown); more > 0 {
		text += fmt.Sprintf("\n… and %d more.", more)
	}
	rows.Add(prose(text))
	c := card(rows)
	if len(buttons) > 0 {
		c = card(rows, container.NewHBox(buttons...))
	}
	s.stage.Add(c)
}

// rejectedRow is a row that an import leaves out, and why.
type rejectedRow struct {
	row int
	why string
}

// rowName names a row as the reading does, counted from 1 below the headings,
// and by the line on which a spreadsheet shows it.
func (s *steps) rowName(row int) string {
	if s.header == 0 {
		return fmt.Sprintf("Row %d", row)
	}
	return fmt.Sprintf("Row %d (line %d)", row, s.header+row)
}

// rejected shows what an import leaves out, unless that is nothing.
func (s *steps) rejected(rows []rejectedRow) {
	var lines []string
	for _, r := range rows {
		lines = append(lines, s.rowName(r.row)+": "+r.why)
	}
	s.list("Rejected", "These rows are left out; the line is the one that your spreadsheet shows. The reason says what to put right; the others can be kept all the same.", lines,
		newButton("Save the rejected rows as CSV …", func() { s.saveRejected(rows) }))
}

// saveRejected saves the numbers of the rejected rows, the lines of the file that
// they stand on and the reasons; whoever has the file finds the rows by them.
func (s *steps) saveRejected(rows []rejectedRow) {
	store, header := s.w.store, s.header
	s.w.saveFile("rejected rows "+string(records.DateOf(store.Now()))+".csv", func(ctx context.Context, path string) error {
		_, err := store.Export(ctx, "", "rejected rows of an import", path, func(out io.Writer) error { return writeRejected(out, rows, header) })
		return err
	})
}

func writeRejected(out io.Writer, rows []rejectedRow, header int) error {
	table := [][]string{{"Row", "Line", "Reason"}}
	for _, r := range rows {
		line := ""
		if header > 0 {
			line = strconv.Itoa(header + r.row)
		}
		table = append(table, []string{strconv.Itoa(r.row), line, r.why})
	}
	return csv.NewWriter(out).WriteAll(table)
}

// notInFile is the choice for a field that no column holds.
const notInFile = "Not in the file"

const columnsInRow = 4

// columnChoices lays out, for each field that a file may hold, a list of its
// headings. What is chosen first is among them, as it is written there.
func columnChoices[F ~string](fields []F, label func(F) string, headings []string, first map[F]string) (map[F]*selectBox, fyne.CanvasObject) {
	choices := map[F]*selectBox{}
	grid := column(0)
	var line *fyne.Container
	for i, f := range fields {
		s := newSelect(append([]string{notInFile}, headings...), nil)
		s.SetSelected(notInFile)
		for _, h := range headings {
			if strings.EqualFold(h, first[f]) {
				s.SetSelected(h)
			}
		}
		if s.Selected == notInFile && first[f] != "" { // text that stands under several headings
			s.Options = append(s.Options, first[f])
			s.SetSelected(first[f])
		}
		choices[f] = s
		if i%columnsInRow == 0 {
			line = sideBySide()
			grid.Add(line)
		}
		line.Add(newField(label(f), s))
	}
	for len(line.Objects) < columnsInRow { // as wide as the others
		line.Add(container.NewStack())
	}
	return choices, grid
}

// chosenColumns returns the heading that is chosen for each field.
func chosenColumns[F ~string](choices map[F]*selectBox) map[F]string {
	m := map[F]string{}
	for f, s := range choices {
		if s.Selected != notInFile {
			m[f] = s.Selected
		}
	}
	return m
}
