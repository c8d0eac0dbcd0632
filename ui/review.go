package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology/review"
	"throughline/records"
)

// reviewPage reads somebody else's chronology, a spreadsheet, and says what it
// shows. Nothing of it is kept here; whoever writes can go on to keep it.
type reviewPage struct {
	w      *Window
	pupil  records.ID // whose file it is to be kept in, where that is known
	path   *entry
	file   *field
	until  *dateEntry
	button *button
	lead   *widget.Label
	result *fyne.Container
	box    fyne.CanvasObject
}

func newReviewPage(w *Window) *reviewPage {
	p := &reviewPage{w: w, path: w.newEntry(""), until: w.newDateEntry("Read as on this day (empty: today)", false), result: column(8)}
	p.file = newField("A chronology as Excel (.xlsx) or CSV", p.path).
		hint("Give its whole path, choose it, or drop it on this window. It needs a column with dates; the others are known by their names.")
	p.button = primary("Read it", p.read)
	p.path.OnSubmitted = func(string) { p.read() }
	p.path.OnChanged = func(string) { p.file.says("") }
	ask := card(p.file, container.New(&fixedWidth{300}, p.until.field),
		container.NewHBox(p.button, newButton("Choose …", p.choose)))
	p.lead = quiet("A chronology that came from another school, or that was kept in a spreadsheet, read like one of ours. Nothing of it is kept.")
	if w.store.Me.Role.Writes() {
		p.lead.SetText("A chronology that came from another school, or that was kept in a spreadsheet, read like one of ours. Nothing of it is kept unless you say so afterwards.")
	}
	p.box = pageFrame(w, column(-4, heading("Read a chronology"), p.lead), column(8, ask, p.result))
	return p
}

// newBringIn returns the page for a chronology that is to be kept in a pupil's
// file.
func newBringIn(w *Window, pupil *records.Pupil) *reviewPage {
	p := newReviewPage(w)
	p.pupil = pupil.ID
	p.lead.SetText("A chronology for the file of " + pupil.Name() + ". It is read first; then you see what would be kept, and nothing is kept until you say so.")
	return p
}

func (p *reviewPage) place() place                       { return placeReview }
func (p *reviewPage) content() fyne.CanvasObject         { return p.box }
func (p *reviewPage) leave() func(context.Context) error { return nil }
func (p *reviewPage) open()                              { p.w.win.Canvas().Focus(p.path) }

func (p *reviewPage) choose() {
	p.w.chooseFile([]string{".xlsx", ".csv"}, func(path string) {
		p.path.SetText(path)
		p.read()
	})
}

// read reads the file off the window's thread.
func (p *reviewPage) read() {
	until, err := p.until.day()
	if err != nil || p.button.Disabled() {
		return
	}
	path := strings.TrimSpace(p.path.Text)
	if path == "" {
		p.file.says("Say which file.")
		return
	}
	p.button.Disable()
	empty(p.result).Refresh()
	store := p.w.store
	background(p.w, func(ctx context.Context) (*review.Result, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		cal, err := store.Calendar(ctx)
		if err != nil {
			return nil, err
		}
		return review.Read(f, filepath.Base(path), review.Options{Until: until, Now: store.Now(), Calendar: cal})
	}, func(r *review.Result, err error) {
		p.button.Enable()
		if err != nil {
			p.file.says(Sentence(err))
			if errors.Is(err, review.ErrNoDates) && p.w.store.Me.Role.Writes() {
				p.result.Add(card(prose("Its columns may have names that are not known here. You can say which they are, and keep its entries."),
					container.NewHBox(newButton("Say which columns they are …", func() { p.w.open(newKeepPage(p, path)) }))))
				p.result.Refresh()
			}
			return
		}
		p.show(r, path)
	})
}

// show shows what was read of the file at path.
func (p *reviewPage) show(r *review.Result, path string) {
	empty(p.result)
	buttons := container.NewHBox(newButton("Save a summary as PDF …", func() { p.save(r) }))
	if p.w.store.Me.Role.Writes() {
		buttons.Add(newButton("Keep these entries …", func() { p.w.open(newKeepPage(p, path)) }))
	}
	p.result.Add(card(prose(r.Lead()), buttons))
	for _, s := range r.Sections() {
		rows := column(-6, subheading(s.Title))
		for _, item := range s.Items {
			rows.Add(prose("•  " + item))
		}
		p.result.Add(card(rows))
	}
	p.result.Add(quiet("This is arithmetic over what was written down, and questions about its wording. It gives no score and takes no decision."))
	p.result.Refresh()
}

func (p *reviewPage) save(r *review.Result) {
	store := p.w.store
	now := store.Now()
	p.w.saveFile("chronology read "+string(records.DateOf(now))+".pdf", func(ctx context.Context, path string) error {
		_, err := store.Export(ctx, "", "reading of another chronology", path, func(out io.Writer) error { return r.WritePDF(out, now) })
		return err
	})
}

// dropped opens a spreadsheet that was dropped on the window; on a pupil's page
// it takes a file as a document.
func (w *Window) dropped(_ fyne.Position, files []fyne.URI) {
	if w.store == nil || w.blanked || len(files) != 1 || !opens(w.store.Me.Role, placeReview) || w.win.Canvas().Overlays().Top() != nil {
		return
	}
	if p, ok := w.page.(*pupilPage); ok && p.data != nil && w.store.Me.Role.Writes() {
		p.addDocument("", files[0].Path())
		return
	}
	if w.dropRoll(files[0].Path()) {
		return
	}
	p, here := w.page.(*reviewPage)
	if !here {
		p = newReviewPage(w)
		w.open(p)
	}
	p.path.SetText(files[0].Path())
	p.read()
}
