package ui

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology/review"
	"throughline/records"
)

// keepPage keeps a chronology that was read: whose it is and what its columns
// hold, then what would be kept. Nothing is kept before the last button.
type keepPage struct {
	steps
	from *reviewPage
	path string
	back *fyne.Container // ways back

	file    *review.File
	pupils  []records.Pupil
	whose   *widget.RadioGroup
	picker  *pupilPicker
	who     *field
	columns map[review.Column]*selectBox
	problem *field // of the columns
	pupil   records.ID
	plan    *records.ConcernPlan
}

// Whose entries a file holds.
const (
	ofOnePupil   = "All of one pupil"
	ofEachPupils = "Each row says whose it is"
)

// newKeepPage returns the page for a file that was read on the page it comes
// from.
func newKeepPage(from *reviewPage, path string) *keepPage {
	p := &keepPage{from: from, path: path, pupil: from.pupil}
	w := from.w
	p.begin(w)
	p.button = plain("Back to the reading", func() { w.open(from) })
	p.back = container.NewHBox(p.button)
	p.box = pageFrame(w, column(-4, heading("Keep a chronology"),
		quiet("Its entries go into the pupil’s file, each with the day it tells of. You see what would be kept first, and nothing is kept until you say so.")),
		column(8, p.back, p.busy, p.stage))
	return p
}

func (p *keepPage) place() place { return placeReview }

// keptFile is a file that was opened, the columns to be confirmed, and who is
// there to choose from.
type keptFile struct {
	file    *review.File
	columns review.Columns
	pupils  []records.Pupil
}

func (p *keepPage) open() {
	if p.file != nil {
		return // it is shown still
	}
	store, path := p.w.store, p.path
	work(&p.steps, "Reading the file …", func(ctx context.Context) (keptFile, error) { return openKept(ctx, store, path) },
		func(f keptFile, err error) {
			if err != nil {
				p.stage.Add(card(prose(Sentence(err))))
				p.shown()
				return
			}
			p.file, p.pupils, p.header = f.file, f.pupils, f.file.HeaderLine()
			p.showColumns(f.columns, f.columns["upn"] != "" || f.columns["pupil"] != "")
		})
}

// openKept opens a file and finds which column holds what: as it was confirmed
// for such a file before, else as its headings say. It touches no widget.
func openKept(ctx context.Context, s *records.Store, path string) (k keptFile, err error) {
	file, err := os.Open(path)
	if err != nil {
		return k, err
	}
	defer file.Close()
	if k.file, err = review.OpenFile(ctx, file, filepath.Base(path)); err != nil {
		return k, err
	}
	k.columns = k.file.Proposed()
	body, err := s.RollColumns(ctx, k.file.Shape())
	if err != nil {
		return k, err
	}
	var before review.Columns
	if json.Unmarshal([]byte(body), &before) == nil && k.file.Fits(before) {
		k.columns = before
	}
	k.pupils, err = s.Pupils.All(ctx)
	return k, err
}

// showColumns asks whose the entries are and what each column holds. saysWhose
// is whether the rows seem to say whose they are.
func (p *keepPage) showColumns(m review.Columns, saysWhose bool) {
	p.picker = newPupilPicker(p.w)
	p.picker.offer(p.pupils)
	p.picker.choose(p.pupil)
	p.who = newField("The pupil", p.picker.box)
	p.picker.changed = func() { p.who.says("") }
	p.whose = widget.NewRadioGroup([]string{ofOnePupil, ofEachPupils}, func(s string) { show(p.who, s == ofOnePupil); p.stage.Refresh() })
	p.whose.Horizontal, p.whose.Required = true, true
	p.whose.SetSelected(ofOnePupil)
	if p.pupil == "" && saysWhose {
		p.whose.SetSelected(ofEachPupils)
	}
	var grid fyne.CanvasObject
	p.columns, grid = columnChoices(review.AllColumns(), review.Column.Label, p.file.Headings(), m)
	p.problem = newField("Which column holds what?", container.NewHBox(primary("See what would be kept", p.preview))).
		hint("Confirm what was found, and change what is wrong. Where each row says whose it is, one column needs the UPN or the name.")
	p.ways()
	p.stage.Add(card(newField("Whose entries are these?", p.whose), p.who))
	p.stage.Add(card(p.problem, grid))
	p.shown()
}

// ways empties the stage for the next step, which can be left by the buttons.
func (p *keepPage) ways(buttons ...fyne.CanvasObject) {
	p.back.Objects = append([]fyne.CanvasObject{p.button}, buttons...)
	p.back.Refresh()
	empty(p.stage)
}

// preview says what would be kept.
func (p *keepPage) preview() {
	p.pupil = ""
	if p.whose.Selected == ofOnePupil {
		if p.pupil = p.picker.chosen; p.pupil == "" {
			p.who.says("Choose the pupil whose file these entries belong in.")
			p.w.win.Canvas().Focus(p.picker.entry)
			return
		}
	}
	store, file, pupil, m := p.w.store, p.file, p.pupil, review.Columns(chosenColumns(p.columns))
	work(&p.steps, "Comparing with what is kept …", func(ctx context.Context) (k keptPlan, err error) {
		rows, err := file.Concerns(ctx, m, review.Options{Now: store.Now()})
		if err != nil {
			return k, err
		}
		if k.plan, err = store.PreviewConcerns(ctx, file.Kind(), pupil, rows); err != nil {
			return k, err
		}
		k.asked = review.WordingOf(k.plan.Kept())
		return k, nil
	}, func(k keptPlan, err error) {
		if err != nil {
			p.problem.says(Sentence(err))
			return
		}
		p.problem.says("")
		p.showPlan(k)
	})
}

// keptPlan is what would be kept, and what the wording asks of it.
type keptPlan struct {
	plan  *records.ConcernPlan
	asked []review.Asked
}

// keep keeps the plan, all of it or nothing.
func (p *keepPage) keep() {
	store, plan, file, m := p.w.store, p.plan, p.file, review.Columns(chosenColumns(p.columns))
	move := barOf(p.bar)
	work(&p.steps, "Keeping the entries …", func(ctx context.Context) (struct{}, error) {
		err := store.ApplyConcerns(ctx, plan, func(done, total int) { move(int64(done), int64(total)) })
		if err == nil {
			var body []byte
			if body, err = json.Marshal(m); err == nil {
				err = store.SetRollColumns(ctx, file.Shape(), string(body))
			}
		}
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		switch {
		case errors.Is(err, records.ErrConflict):
			p.showColumns(m, p.pupil == "")
			p.problem.says("An entry was changed meanwhile, so nothing was kept. Look again at what would be kept.")
		case err != nil:
			p.w.complain(err)
		default:
			p.showDone(plan)
		}
	})
	p.keeping = p.stop != nil
}
