package ui

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
	"throughline/records/roll"
)

// importPage brings in who is on roll, in three steps: a file, what its columns
// hold, what would change. Nothing is kept before the last button.
type importPage struct {
	steps
	path    *entry
	file    *field
	opened  *roll.File
	columns map[roll.Field]*selectBox
	problem *field // of the columns
	plan    *records.RollPlan
	left    map[records.ID]bool // who is ticked as having left
}

func newImportPage(w *Window) *importPage {
	p := &importPage{path: w.newEntry("")}
	p.begin(w)
	p.file = newField("A list of pupils as CSV, Excel (.xlsx) or Common Transfer File (.xml)", p.path).
		hint("Export it from SIMS, Arbor, Bromcom or another system. Give its whole path, choose it, or drop it on this window. Delete the file afterwards: it is not encrypted.")
	p.button = primary("Look at it", p.look)
	p.path.OnSubmitted = func(string) { p.look() }
	p.path.OnChanged = func(string) { p.file.says("") }
	p.box = pageFrame(w, column(-4, heading("Bring in pupils"),
		quiet("From your management information system. You see what would change first, and nothing is kept until you say so.")),
		column(8, card(p.file, container.NewHBox(p.button, newButton("Choose …", p.choose), plain("Back", func() { w.open(newPupilsPage(w)) }))),
			p.busy, p.stage))
	return p
}

func (p *importPage) place() place { return placePupils }
func (p *importPage) open()        { p.w.win.Canvas().Focus(p.path) }

func (p *importPage) choose() {
	p.w.chooseFile([]string{".csv", ".txt", ".xlsx", ".xlsm", ".xml"}, func(path string) {
		p.path.SetText(path)
		p.look()
	})
}

// rollFile is a file that was opened, and the columns to be confirmed.
type rollFile struct {
	file    *roll.File
	mapping roll.Mapping
}

// look opens the file and shows its columns.
func (p *importPage) look() {
	path := strings.TrimSpace(p.path.Text)
	if path == "" {
		p.file.says("Say which file.")
		return
	}
	if p.stop != nil {
		return
	}
	empty(p.stage).Refresh()
	store := p.w.store
	work(&p.steps, "Reading the file …", func(ctx context.Context) (rollFile, error) { return openRoll(ctx, store, path) },
		func(f rollFile, err error) {
			if err != nil {
				p.file.says(Sentence(err))
				return
			}
			p.opened, p.header = f.file, f.file.HeaderLine()
			if !f.file.HasColumns() {
				p.columns = nil
				p.preview()
				return
			}
			p.showColumns(f.mapping)
		})
}

// openRoll opens a file and finds which column holds what: as it was confirmed
// for such a file before, else as its headings say. It touches no widget.
func openRoll(ctx context.Context, s *records.Store, path string) (f rollFile, err error) {
	school, err := s.School(ctx)
	if err != nil {
		return f, err
	}
	file, err := os.Open(path)
	if err != nil {
		return f, err
	}
	defer file.Close()
	f.file, err = roll.Open(ctx, file, filepath.Base(path), roll.Options{Now: s.Now(), School: school.DfENumber})
	if err != nil || !f.file.HasColumns() {
		return f, err
	}
	f.mapping = f.file.Proposed()
	body, err := s.RollColumns(ctx, f.file.Shape())
	if err != nil {
		return f, err
	}
	var before roll.Mapping
	if json.Unmarshal([]byte(body), &before) == nil && f.file.Fits(before) {
		f.mapping = before
	}
	return f, nil
}

// showColumns asks what each column holds.
func (p *importPage) showColumns(m roll.Mapping) {
	var grid fyne.CanvasObject
	p.columns, grid = columnChoices(roll.Fields(), roll.Field.Label, p.opened.Headings(), m)
	p.problem = newField("Which column holds what?", container.NewHBox(primary("See what would change", p.preview))).
		hint("Confirm what was found, and change what is wrong. A field that is not in the file leaves what is kept as it is.")
	empty(p.stage)
	p.stage.Add(card(p.problem, grid))
	p.shown()
}

// preview says what an import would do.
func (p *importPage) preview() {
	store, file, m := p.w.store, p.opened, roll.Mapping(chosenColumns(p.columns))
	work(&p.steps, "Comparing with the pupils who are kept …", func(ctx context.Context) (*records.RollPlan, error) {
		r, err := file.Roll(ctx, m)
		if err != nil {
			return nil, err
		}
		return store.PreviewRoll(ctx, r)
	}, func(plan *records.RollPlan, err error) {
		if err != nil {
			beside := p.file
			if file.HasColumns() {
				beside = p.problem
			}
			beside.says(Sentence(err))
			return
		}
		p.showPlan(plan)
	})
}

// keep keeps the plan, all of it or nothing.
func (p *importPage) keep() {
	store, plan, file, m := p.w.store, p.plan, p.opened, roll.Mapping(chosenColumns(p.columns))
	var choices records.RollChoices
	for id, left := range p.left {
		if left {
			choices.Left = append(choices.Left, id)
		}
	}
	move := barOf(p.bar)
	work(&p.steps, "Keeping the pupils …", func(ctx context.Context) (struct{}, error) {
		err := store.ApplyRoll(ctx, plan, choices, func(done, total int) { move(int64(done), int64(total)) })
		if err == nil && file.HasColumns() {
			var body []byte
			if body, err = json.Marshal(m); err == nil {
				err = store.SetRollColumns(ctx, file.Shape(), string(body))
			}
		}
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		switch {
		case errors.Is(err, records.ErrConflict):
			p.file.says("A pupil was added or changed meanwhile, so nothing was kept. Look at the file again.")
		case err != nil:
			p.file.says(Sentence(err))
		default:
			p.showDone(plan, len(choices.Left))
		}
	})
	p.keeping = p.stop != nil
}

// dropRoll opens a file of pupils that was dropped on the window: a transfer
// file wherever it was dropped, any other on this page alone.
func (w *Window) dropRoll(path string) bool {
	p, here := w.page.(*importPage)
	if !w.store.Me.Role.Writes() || !roll.IsRoll(path) || !here && !strings.EqualFold(filepath.Ext(path), ".xml") {
		return false
	}
	if !here {
		p = newImportPage(w)
		w.open(p)
	}
	p.path.SetText(path)
	p.look()
	return true
}

// besideAdd lays the button that brings in pupils beside the one that adds one;
// who only reads sees neither.
func (w *Window) besideAdd(add *button) fyne.CanvasObject {
	if !w.store.Me.Role.Writes() {
		return container.NewHBox()
	}
	return container.NewHBox(newButton("Bring in pupils", func() { w.open(newImportPage(w)) }), add)
}
