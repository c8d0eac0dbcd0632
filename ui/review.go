package ui

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology/review"
	"throughline/records"
)

// reviewPage reads somebody else's chronology, a spreadsheet, and says what it
// shows. Nothing of it is kept.
type reviewPage struct {
	w      *Window
	path   *entry
	file   *field
	until  *dateEntry
	button *widget.Button
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
		container.NewHBox(p.button, widget.NewButton("Choose …", p.choose)))
	p.box = pageFrame(w, column(-4, heading("Read a chronology"),
		quiet("A chronology that came from another school, or that was kept in a spreadsheet, read like one of ours. Nothing of it is kept.")),
		column(8, ask, p.result))
	return p
}

func (p *reviewPage) place() place                       { return placeReview }
func (p *reviewPage) content() fyne.CanvasObject         { return p.box }
func (p *reviewPage) leave() func(context.Context) error { return nil }
func (p *reviewPage) open()                              { p.w.win.Canvas().Focus(p.path) }

func (p *reviewPage) choose() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			p.w.complain(err)
			return
		}
		defer r.Close()
		p.path.SetText(r.URI().Path())
		p.read()
	}, p.w.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".xlsx", ".csv"}))
	d.Resize(fyne.NewSize(800, 520))
	p.w.showDialog(d, nil)
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
			return
		}
		p.show(r)
	})
}

func (p *reviewPage) show(r *review.Result) {
	empty(p.result)
	save := widget.NewButton("Save a summary as PDF …", func() { p.save(r) })
	p.result.Add(card(prose(r.Lead()), container.NewHBox(save)))
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
	p := newReviewPage(w)
	w.open(p)
	p.path.SetText(files[0].Path())
	p.read()
}
