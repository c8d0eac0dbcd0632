package page

import "fmt"

// A tagged PDF says what each mark on the page is, so that it can be read
// aloud in order. Marks are drawn between BDC and EMC with a number that is
// unique on their page; the tree of elements says which numbers make a
// paragraph, a cell, a list.

// element is a node of the structure tree.
type element struct {
	tag    string
	extra  string // further entries of its dictionary, in PDF syntax
	kids   []kid
	parent *element
}

// kid is a part of an element: another element, a mark on a page, or a link.
type kid struct {
	el         *element
	page, mark int // page from 1; 0 where el or link is set
	link       *link
}

// link is an area that leads to an anchor.
type link struct {
	page       int
	x, y, w, h float64
	to         string
	object     int // its number in the file
	el         *element
}

// place is where an anchor stands.
type place struct {
	page int
	y    float64
}

// open begins an element within the current one; everything drawn until close
// belongs to it.
func (d *Document) open(tag, extra string) *element {
	e := &element{tag: tag, extra: extra, parent: d.at}
	d.at.kids = append(d.at.kids, kid{el: e})
	d.at = e
	return e
}

func (d *Document) close() { d.at = d.at.parent }

// within makes draw draw into e, which may have been begun on an earlier page.
func (d *Document) within(e *element, draw func()) {
	was := d.at
	d.at = e
	draw()
	d.at = was
}

// mark makes what is drawn next part of the current element.
func (d *Document) mark() {
	if d.marked == d.at {
		return
	}
	d.unmark()
	n := d.f.PageNo()
	for len(d.owners) < n {
		d.owners = append(d.owners, nil)
	}
	id := len(d.owners[n-1])
	d.owners[n-1] = append(d.owners[n-1], d.at)
	d.at.kids = append(d.at.kids, kid{page: n, mark: id})
	d.f.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC\n", d.at.tag, id))
	d.marked = d.at
}

// artifact makes what is drawn next decoration, which is not read aloud.
func (d *Document) artifact() {
	if d.marked == decoration {
		return
	}
	d.unmark()
	d.f.RawWriteStr("/Artifact BMC\n")
	d.marked = decoration
}

// unmark ends the mark that is open. Every mark ends with its page.
func (d *Document) unmark() {
	if d.marked != nil {
		d.f.RawWriteStr("EMC\n")
		d.marked = nil
	}
}

// decoration stands for an open artifact.
var decoration = &element{}
