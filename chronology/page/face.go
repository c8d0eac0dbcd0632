package page

import (
	"encoding/binary"
	"sync"

	"throughline/assets"
)

// style is one of the faces that a document is written in.
type style int

const (
	regular style = iota
	bold
	italic
	styles // how many there are
)

// face is what has to be known of a font to lay out text: which characters of
// the basic plane it has, and how wide they are in thousandths of the size.
type face struct {
	ttf     []byte
	advance [1 << 16]uint16
	has     [1 << 16]bool
}

// faces returns the embedded faces, read once.
var faces = sync.OnceValue(func() (all [styles]*face) {
	for s, ttf := range [styles][]byte{assets.NotoSans, assets.NotoSansBold, assets.NotoSansItalic} {
		all[s] = readFace(ttf)
	}
	return all
})

// readFace reads the advance widths and the Unicode cmap (format 4) of a
// TrueType font. The fonts are our own, embedded ones: a damaged one panics.
func readFace(ttf []byte) *face {
	f := &face{ttf: ttf}
	u16 := func(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
	u32 := func(b []byte, at int) int { return int(binary.BigEndian.Uint32(b[at:])) }
	table := map[string][]byte{}
	for i := range u16(ttf, 4) {
		entry := ttf[12+16*i:]
		at := u32(entry, 8)
		table[string(entry[:4])] = ttf[at : at+u32(entry, 12)]
	}
	em := u16(table["head"], 18)
	metrics := u16(table["hhea"], 34) // the last one serves all further glyphs
	width := func(glyph int) uint16 {
		return uint16(u16(table["hmtx"], 4*min(glyph, metrics-1)) * 1000 / em)
	}
	cmap := table["cmap"]
	for i := range u16(cmap, 2) {
		sub := cmap[u32(cmap, 4+8*i+4):]
		if u16(cmap, 4+8*i) != 3 || u16(sub, 0) != 4 {
			continue
		}
		n := u16(sub, 6) // twice the number of segments
		for seg := 0; seg < n; seg += 2 {
			last, first := u16(sub, 14+seg), u16(sub, 16+n+seg)
			delta, offset := u16(sub, 16+2*n+seg), u16(sub, 16+3*n+seg)
			for c := first; c <= last && c != 0xffff; c++ {
				glyph := c
				if offset != 0 {
					if glyph = u16(sub, 16+3*n+seg+offset+2*(c-first)); glyph == 0 {
						continue
					}
				}
				if glyph = (glyph + delta) & 0xffff; glyph != 0 {
					f.has[c], f.advance[c] = true, width(glyph)
				}
			}
		}
	}
	return f
}

// covers reports whether the face can draw r.
func (f *face) covers(r rune) bool { return r >= 0 && r < 1<<16 && f.has[r] }

// width returns the width of s in thousandths of the type size. Every
// character of s must be covered.
func (f *face) width(s string) int {
	w := 0
	for _, r := range s {
		w += int(f.advance[r])
	}
	return w
}
