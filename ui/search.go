package ui

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// mostHits is how many hits the search page shows.
const mostHits = 50

// readHits is how long hits stand still before they count as read.
const readHits = 2 * time.Second

// searchPage finds pupils and entries as you type. Down and Up move in the
// list, Enter opens.
type searchPage struct {
	w     *Window
	find  *finder
	sum   *widget.Label
	found *foundList
	list  *openList       // of found
	none  *fyne.Container // shown in place of the list when it is empty
	box   fyne.CanvasObject

	hits    []records.Hit
	shown   string             // what hits were found by
	looking context.CancelFunc // ends the search that runs; nil while none does
	noted   string             // what was last looked for and is on the audit trail
	unnote  func()             // keeps hits from counting as read; nil when none wait for that
}

func newSearchPage(w *Window) *searchPage {
	p := &searchPage{w: w, sum: quiet("")}
	p.found = newFoundList(w, "Find pupils and what was written about them", p.typed, p.goTo, func() int { return len(p.hits) },
		func() fyne.CanvasObject { return newHitRow() },
		func(i int, o fyne.CanvasObject, marked bool) { o.(*hitRow).set(&p.hits[i], marked) })
	p.find, p.list = p.found.find, p.found.list
	p.none = container.NewStack()
	p.empty()
	p.box = container.New(layout.NewCustomPaddedLayout(12, 12, 16, 20),
		filled(2, heading("Search"), p.find, p.sum, container.NewStack(p.list, p.none)))
	return p
}

func (p *searchPage) place() place                           { return placeSearch }
func (p *searchPage) content() fyne.CanvasObject             { return p.box }
func (p *searchPage) leave() func(ctx context.Context) error { p.stop(); p.hurry(); return nil }

func (p *searchPage) open() {
	p.w.win.Canvas().Focus(p.find)
	if p.find.Text == "" {
		p.find.quietly(p.w.query)
		p.find.TypedShortcut(&fyne.ShortcutSelectAll{}) // typing begins anew
	}
	p.typed()
}

// typed looks for what stands in the field. One search runs at a time: a newer
// text ends it and is looked for next, so that typing never waits in a queue
// and what is shown last belongs to what was typed last.
func (p *searchPage) typed() {
	p.hurry()
	if p.stop() {
		return // goes on with the newest text once it has ended
	}
	query, store := p.find.Text, p.w.store
	if strings.TrimSpace(query) == "" || store == nil {
		p.show(query, nil)
		return
	}
	ctx, cancel := context.WithCancel(p.w.session)
	p.looking = cancel
	background(p.w, func(context.Context) ([]records.Hit, error) { return store.Search(ctx, query, mostHits) },
		func(hits []records.Hit, err error) {
			ended := ctx.Err() != nil
			cancel()
			p.looking = nil
			p.looked(query, ended, hits, err)
		})
}

// looked shows what a search found; when it was ended or another text stands in
// the field by now, that is looked for instead.
func (p *searchPage) looked(query string, ended bool, hits []records.Hit, err error) {
	switch {
	case p.w.page != page(p):
	case ended || query != p.find.Text:
		p.typed()
	case err != nil:
		p.w.complain(err)
	default:
		p.show(query, hits)
	}
}

// stop ends the search that runs and reports whether there was one.
func (p *searchPage) stop() bool {
	if p.looking == nil {
		return false
	}
	p.looking()
	return true
}

func (p *searchPage) show(query string, hits []records.Hit) {
	p.hits, p.shown = hits, strings.TrimSpace(query)
	p.w.query = p.shown
	p.sum.SetText(p.summary())
	p.empty()
	p.found.first()
	if p.hurry(); len(hits) > 0 {
		p.unnote = p.w.later(readHits, p.note)
	}
}

// hurry keeps hits that are gone again from counting as read.
func (p *searchPage) hurry() {
	if p.unnote != nil {
		p.unnote()
		p.unnote = nil
	}
}

// note puts on the audit trail whose entries were shown, once for what was
// looked for.
func (p *searchPage) note() {
	p.hurry()
	if p.w.page != page(p) || len(p.hits) == 0 || p.noted == p.shown {
		return
	}
	p.noted = p.shown
	store, hits := p.w.store, p.hits
	save(p.w, func(ctx context.Context) error { return store.NoteSearch(ctx, hits) }, p.w.complain)
}

func (p *searchPage) summary() string {
	switch {
	case len(p.hits) == 0:
		return ""
	case len(p.hits) == mostHits:
		return "The first 50, pupils by name and then the newest. Type more to find fewer. Enter opens the one that is marked."
	}
	return capital(count(len(p.hits), "thing", "things")) + " found, pupils by name and then the newest. Enter opens the one that is marked."
}

// empty says how to search when there is nothing to show.
func (p *searchPage) empty() {
	empty(p.none)
	switch {
	case len(p.hits) > 0:
	case p.shown == "":
		p.none.Add(container.NewVBox(card(subheading("Type a name or a word."),
			prose("Search reads every entry, plan, action, referral, reply and challenge as it stands now, the pupils and the people around them, and the supervision that you may open."),
			prose("Beginnings of words are enough, and accents do not matter: nguy finds Nguyễn. Several words must all be there. Words in quotes must follow one another: \"without a coat\"."))))
	default:
		p.none.Add(container.NewVBox(card(subheading("Nothing found."),
			prose("Nothing that is kept holds all of these words. Try fewer words, or only their beginnings. Earlier versions of an entry are not searched: they stand under its history."))))
	}
	show(p.list, len(p.hits) > 0)
	p.none.Refresh()
}

func (p *searchPage) goTo(i int) {
	if i >= 0 && i < len(p.hits) {
		p.note()
		p.w.openRef(p.hits[i].Pupil, p.hits[i].Ref)
	}
}

// hitRow is one hit: whose it is, when and what, and below it the sentence.
type hitRow struct {
	widget.BaseWidget
	ground      *canvas.Rectangle
	name, about *widget.Label
	sentence    *widget.RichText
}

func newHitRow() *hitRow {
	r := &hitRow{ground: canvas.NewRectangle(palette[colorLit]), name: widget.NewLabel(""), about: widget.NewLabel("")}
	r.ground.CornerRadius = 4
	r.ground.Hide()
	r.name.TextStyle.Bold = true
	r.name.Truncation, r.about.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
	r.sentence = widget.NewRichText()
	r.sentence.Wrapping = fyne.TextWrapWord
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer puts the name and what it is above two lines of the sentence.
func (r *hitRow) CreateRenderer() fyne.WidgetRenderer {
	head := container.New(&columns{shares: []float32{1, 1}}, r.name, r.about)
	return widget.NewSimpleRenderer(container.NewStack(r.ground, filled(-8, head, r.sentence)))
}

// MinSize has room for two lines of the sentence.
func (r *hitRow) MinSize() fyne.Size {
	line := fyne.MeasureText("Ag", theme.Size(theme.SizeNameText), fyne.TextStyle{}).Height
	return fyne.NewSize(320, 3*line+3*theme.Size(theme.SizeNameInnerPadding))
}

func (r *hitRow) set(h *records.Hit, marked bool) {
	r.name.Text = orElse(h.Name, "Supervision") // which is in nobody's file
	r.about.Text = h.Title
	if h.When.Date != "" {
		r.about.Text = h.When.String() + " · " + h.Title
	}
	r.sentence.Segments = inBold(h.Sentence, h.Matches)
	r.ground.Hidden = !marked
	r.Refresh()
	r.sentence.Refresh()
}

// inBold returns a text with the matches in bold.
func inBold(text string, matches [][2]int) []widget.RichTextSegment {
	var all []widget.RichTextSegment
	add := func(s string, bold bool) {
		if s != "" {
			all = append(all, &widget.TextSegment{Text: s, Style: widget.RichTextStyle{
				Inline: true, TextStyle: fyne.TextStyle{Bold: bold}, ColorName: theme.ColorNameForeground,
			}})
		}
	}
	at := 0
	for _, m := range matches {
		add(text[at:m[0]], false)
		add(text[m[0]:m[1]], true)
		at = m[1]
	}
	add(text[at:], false)
	return all
}
