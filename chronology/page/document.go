// Package page writes documents as PDF: headings, paragraphs, quotations,
// tables whose header is repeated, lists, figures, links to evidence. It is
// the only package that knows gofpdf and pdfcpu.
//
// Any text may be given. Nothing is dropped silently: what the font lacks is
// printed by its name, with the original kept for copying and for screen
// readers. Documents are tagged, and the same input gives the same bytes as
// long as no password is set.
//
// All lengths are in points, 72 to the inch; y grows downwards.
package page

import (
	"bytes"
	"io"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// Info is what a document says of itself.
type Info struct {
	Title   string // shown in the title bar and at the top left of each page
	Author  string
	Subject string
	Aside   string    // at the top right of each page
	Footer  string    // at the bottom left; the right says "Page 2 of 9"
	Made    time.Time // printed in the file's properties; never the clock's time by itself
}

// A4, and the margins. The foot leaves room for the footer.
const (
	shortSide = 595.28
	longSide  = 841.89
	sideEdge  = 54 // of an upright page
	wideEdge  = 40 // of a landscape page
	topEdge   = 66
	footEdge  = 62
)

// Type sizes and the height of their lines.
const (
	bodySize  = 10
	quoteSize = 10.5
	smallSize = 8.5
	leading   = 1.42
)

const family = "noto"

// Document is a document being written, from the first page to the last. A
// Document that has been written cannot be used again.
type Document struct {
	info     Info
	f        *gofpdf.Fpdf
	wide     []bool // for each page: landscape
	width    float64
	height   float64
	edge     float64 // left and right margin of the current page
	y        float64 // top of what is drawn next
	fresh    bool    // nothing has been drawn on this page
	font     style
	size     float64
	fontPage int
	root     *element
	at       *element
	marked   *element
	owners   [][]*element // for each page: the element of each mark
	links    []*link
	anchors  map[string]place
	outline  []bookmark
}

type bookmark struct {
	title string
	level int // from 1
	place
}

// New returns an empty document whose first page is upright A4.
func New(info Info) *Document {
	f := gofpdf.New("P", "pt", "A4", "")
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCatalogSort(true)
	f.SetCreationDate(info.Made)
	f.SetModificationDate(info.Made)
	f.SetProducer("Throughline", true)
	f.SetTitle(plain(info.Title), true)
	f.SetAuthor(plain(info.Author), true)
	f.SetSubject(plain(info.Subject), true)
	for s, name := range [styles]string{"", "B", "I"} {
		f.AddUTF8FontFromBytes(family, name, bytes.Clone(faces()[s].ttf)) // gofpdf writes past the end of tables
	}
	d := &Document{info: info, f: f, root: &element{tag: "Document"}, anchors: map[string]place{}}
	d.at = d.root
	d.NewPage(false)
	return d
}

// NewPage begins a page, upright or landscape. On a page where nothing stands
// yet it only turns it.
func (d *Document) NewPage(landscape bool) {
	if d.fresh && d.wide[len(d.wide)-1] == landscape {
		return
	}
	if d.f.PageNo() > 0 {
		d.unmark()
	}
	d.width, d.height = shortSide, longSide
	orientation := "P"
	if landscape {
		d.width, d.height, orientation = longSide, shortSide, "L"
	}
	d.f.AddPageFormat(orientation, gofpdf.SizeType{Wd: shortSide, Ht: longSide})
	d.wide = append(d.wide, landscape)
	d.edge = edgeOf(landscape)
	d.y, d.fresh = topEdge, true
}

func edgeOf(landscape bool) float64 {
	if landscape {
		return wideEdge
	}
	return sideEdge
}

// Width returns the width between the margins of the current page.
func (d *Document) Width() float64 { return d.width - 2*d.edge }

// left returns what is free above the foot of the page.
func (d *Document) left() float64 { return d.height - footEdge - d.y }

// room returns the free height of an empty page like this one.
func (d *Document) room() float64 { return d.height - footEdge - topEdge }

// turn goes on to the next page of the same kind.
func (d *Document) turn() { d.NewPage(d.wide[len(d.wide)-1]) }

// Need goes on to the next page when less than h is free on this one.
func (d *Document) Need(h float64) {
	if d.left() < h && !d.fresh {
		d.turn()
	}
}

// Space leaves h free, but not at the top of a page.
func (d *Document) Space(h float64) {
	if !d.fresh {
		d.y += h
	}
}

// Anchor names the place where the next thing will be drawn, for links.
func (d *Document) Anchor(name string) {
	d.anchors[name] = place{d.f.PageNo(), d.y}
}

// Write writes the document. With a password it is encrypted with AES-256
// (revision 6): the password opens it for reading and printing, not for
// copying; screen readers are let in.
func (d *Document) Write(w io.Writer, password string) error {
	d.unmark()
	d.furniture()
	var b bytes.Buffer
	if err := d.f.Output(&b); err != nil {
		return err
	}
	pdf, err := d.finish(b.Bytes())
	if err != nil {
		return err
	}
	if password != "" {
		return encrypt(w, pdf, password)
	}
	_, err = w.Write(pdf)
	return err
}
