package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// errShape means that gofpdf wrote something else than what finish knows.
var errShape = errors.New("page: the PDF is not in the shape that is expected")

// finish adds to gofpdf's output what it cannot write itself: the structure
// tree, links as tagged annotations, the outline, language and title. It keeps
// gofpdf's objects, changes each page and the catalogue, appends its own and
// writes a new cross-reference table.
func (d *Document) finish(pdf []byte) ([]byte, error) {
	objects, err := readObjects(pdf)
	if err != nil {
		return nil, err
	}
	o := &objectList{objects: objects}
	root := o.reserve()
	tree := d.writeTree(o, root)
	annots := d.writeLinks(o, tree)
	d.writeParents(o, root, tree)
	for n := 1; n <= d.f.PageCount(); n++ {
		more := fmt.Sprintf("/StructParents %d /Tabs /S ", n-1)
		if a := annots[n]; a != nil {
			more += "/Annots [" + strings.Join(a, " ") + "] "
		}
		if !o.insert(pageObject(n), "/Contents ", more) {
			return nil, errShape
		}
	}
	more := fmt.Sprintf("/Lang (en-GB) /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R "+
		"/ViewerPreferences <</DisplayDocTitle true>> /Metadata %d 0 R ", root, d.writeMetadata(o))
	if outline := d.writeOutline(o); outline > 0 {
		more += fmt.Sprintf("/Outlines %d 0 R ", outline)
	}
	catalogue := len(objects)
	if !o.insert(catalogue, "/Type /Catalog", "") || !o.insert(catalogue, "/Pages ", more) {
		return nil, errShape
	}
	return o.bytes(catalogue), nil
}

// pageObject returns the number of the object of a page, counted from 1:
// gofpdf writes each page and its content from object 3 on.
func pageObject(page int) int { return 1 + 2*page }

// readObjects returns the objects of a PDF as gofpdf writes it, the first being
// object 1, each with its "obj" and "endobj".
func readObjects(pdf []byte) ([][]byte, error) {
	at := bytes.LastIndex(pdf, []byte("startxref\n"))
	if at < 0 {
		return nil, errShape
	}
	number, _, _ := bytes.Cut(pdf[at+len("startxref\n"):], []byte("\n"))
	xref, err := strconv.Atoi(string(number))
	if err != nil || xref > at {
		return nil, errShape
	}
	rows := strings.Split(string(pdf[xref:at]), "\n")
	if len(rows) < 3 || rows[0] != "xref" {
		return nil, errShape
	}
	_, size, _ := strings.Cut(rows[1], " ")
	n, err := strconv.Atoi(size)
	if err != nil || len(rows) < n+3 {
		return nil, errShape
	}
	offsets := make([]int, n-1)
	for i := range offsets {
		if offsets[i], err = strconv.Atoi(rows[i+3][:10]); err != nil {
			return nil, errShape
		}
	}
	ends := append(slices.Sorted(slices.Values(offsets)), xref) // each object ends where the next one begins
	objects := make([][]byte, len(offsets))
	for i, from := range offsets {
		k, _ := slices.BinarySearch(ends, from+1)
		if !bytes.HasPrefix(pdf[from:], []byte(strconv.Itoa(i+1)+" 0 obj")) {
			return nil, errShape
		}
		objects[i] = pdf[from:ends[k]]
	}
	return objects, nil
}

// objectList is the objects of the PDF being finished; object 1 comes first.
type objectList struct{ objects [][]byte }

// reserve returns the number of a new object that is written later with set.
func (o *objectList) reserve() int {
	o.objects = append(o.objects, nil)
	return len(o.objects)
}

func (o *objectList) set(n int, body string) {
	o.objects[n-1] = fmt.Appendf(nil, "%d 0 obj\n%s\nendobj\n", n, body)
}

func (o *objectList) add(body string) int {
	n := o.reserve()
	o.set(n, body)
	return n
}

// insert puts text in front of the first occurrence of before in an object,
// and reports whether there was one.
func (o *objectList) insert(n int, before, text string) bool {
	b := o.objects[n-1]
	i := bytes.Index(b, []byte(before))
	if i < 0 {
		return false
	}
	o.objects[n-1] = bytes.Join([][]byte{b[:i], b[i:]}, []byte(text))
	return true
}

// bytes returns the file. Its identifier is made from its content.
func (o *objectList) bytes(catalogue int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(o.objects))
	for i, obj := range o.objects {
		offsets[i] = b.Len()
		b.Write(obj)
	}
	sum := sha256.Sum256(b.Bytes())
	id := hex.EncodeToString(sum[:16])
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(o.objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(o.objects)+1, catalogue, catalogue-1, id, id, xref)
	return b.Bytes()
}

// writeTree writes the elements and returns the object of each.
func (d *Document) writeTree(o *objectList, root int) map[*element]int {
	numbers := map[*element]int{}
	var number func(e *element)
	number = func(e *element) {
		numbers[e] = o.reserve()
		for _, k := range e.kids {
			if k.el != nil {
				number(k.el)
			}
		}
	}
	number(d.root)
	for _, l := range d.links {
		l.object = o.reserve()
	}
	for e, n := range numbers {
		parent := root
		if e.parent != nil {
			parent = numbers[e.parent]
		}
		var b strings.Builder
		fmt.Fprintf(&b, "<</Type /StructElem /S /%s /P %d 0 R ", e.tag, parent)
		if e.extra != "" {
			b.WriteString(e.extra + " ")
		}
		b.WriteString("/K [")
		for _, k := range e.kids {
			switch {
			case k.el != nil:
				fmt.Fprintf(&b, "%d 0 R ", numbers[k.el])
			case k.link != nil:
				fmt.Fprintf(&b, "<</Type /OBJR /Obj %d 0 R /Pg %d 0 R>> ", k.link.object, pageObject(k.link.page))
			default:
				fmt.Fprintf(&b, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", pageObject(k.page), k.mark)
			}
		}
		b.WriteString("]>>")
		o.set(n, b.String())
	}
	return numbers
}

// writeLinks writes the links and returns, for each page, references to them.
// A link to an anchor that was never set leads to its own page.
func (d *Document) writeLinks(o *objectList, tree map[*element]int) map[int][]string {
	annots := map[int][]string{}
	for i, l := range d.links {
		to, ok := d.anchors[l.to]
		if !ok {
			to = place{l.page, l.y}
		}
		h := d.pageHeight(l.page)
		o.set(l.object, fmt.Sprintf("<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /StructParent %d "+
			"/Rect [%.2f %.2f %.2f %.2f] /Contents %s /Dest [%d 0 R /XYZ 0 %.2f null]>>",
			d.f.PageCount()+i, l.x, h-l.y-l.h, l.x+l.w, h-l.y, textString("To the entry"),
			pageObject(to.page), d.pageHeight(to.page)-to.y+4))
		annots[l.page] = append(annots[l.page], fmt.Sprintf("%d 0 R", l.object))
	}
	return annots
}

func (d *Document) pageHeight(n int) float64 {
	if d.wide[n-1] {
		return shortSide
	}
	return longSide
}

// writeParents writes the root of the tree with the way back from each mark
// and each link to its element.
func (d *Document) writeParents(o *objectList, root int, tree map[*element]int) {
	var nums strings.Builder
	pages := d.f.PageCount()
	for n := range pages {
		var b strings.Builder
		b.WriteString("[")
		if n < len(d.owners) {
			for _, e := range d.owners[n] {
				fmt.Fprintf(&b, "%d 0 R ", tree[e])
			}
		}
		b.WriteString("]")
		fmt.Fprintf(&nums, "%d %d 0 R ", n, o.add(b.String()))
	}
	for i, l := range d.links {
		fmt.Fprintf(&nums, "%d %d 0 R ", pages+i, tree[l.el])
	}
	parents := o.add("<</Nums [" + nums.String() + "]>>")
	o.set(root, fmt.Sprintf("<</Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d>>",
		tree[d.root], parents, pages+len(d.links)))
}

// writeOutline writes the headings as an outline, those of level 3 under those
// of level 2, and returns its object, or 0 when there are none. The title of
// the document itself (level 1) is left out.
func (d *Document) writeOutline(o *objectList) int {
	type node struct {
		bookmark
		n    int
		kids []*node
	}
	var top []*node
	for _, b := range d.outline {
		switch {
		case b.level == 1:
		case b.level == 3 && len(top) > 0:
			last := top[len(top)-1]
			last.kids = append(last.kids, &node{bookmark: b, n: o.reserve()})
		default:
			top = append(top, &node{bookmark: b, n: o.reserve()})
		}
	}
	if len(top) == 0 {
		return 0
	}
	root := o.reserve()
	var write func(nodes []*node, parent int)
	write = func(nodes []*node, parent int) {
		for i, n := range nodes {
			s := fmt.Sprintf("<</Title %s /Parent %d 0 R /Dest [%d 0 R /XYZ 0 %.2f null]", textString(n.title),
				parent, pageObject(n.page), d.pageHeight(n.page)-n.y+4)
			if i > 0 {
				s += fmt.Sprintf(" /Prev %d 0 R", nodes[i-1].n)
			}
			if i+1 < len(nodes) {
				s += fmt.Sprintf(" /Next %d 0 R", nodes[i+1].n)
			}
			if k := n.kids; len(k) > 0 {
				s += fmt.Sprintf(" /First %d 0 R /Last %d 0 R /Count %d", k[0].n, k[len(k)-1].n, -len(k))
				write(k, n.n)
			}
			o.set(n.n, s+">>")
		}
	}
	write(top, root)
	o.set(root, fmt.Sprintf("<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>", top[0].n, top[len(top)-1].n, len(top)))
	return root
}

var xmlEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// writeMetadata writes title, author and language as XMP and returns its object.
func (d *Document) writeMetadata(o *objectList) int {
	clean := func(s string) string { return xmlEscape.Replace(plain(s)) }
	x := `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + clean(d.info.Title) + `</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>` + clean(d.info.Author) + `</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
	return o.add(fmt.Sprintf("<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n%s\nendstream", len(x), x))
}

// textString returns s as a PDF text string in UTF-16 with its mark.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteString(">")
	return b.String()
}
