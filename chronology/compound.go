package chronology

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf16"
)

// An encrypted workbook is a compound file ([MS-CFB] version 3): a small file
// system of 512-byte sectors, with a table that says which sector follows
// which, and a directory that is a tree of names.

const (
	sectorSize  = 512
	miniSize    = 64   // sectors of streams below miniCutoff
	miniCutoff  = 4096 // bytes
	entryBytes  = 128  // one entry of the directory
	headerFATs  = 109  // sectors of the table that the header can name
	endOfChain  = 0xfffffffe
	fatSector   = 0xfffffffd
	difSector   = 0xfffffffc
	freeSector  = 0xffffffff
	noEntry     = 0xffffffff
	kindStorage = 1
	kindStream  = 2
	kindRoot    = 5
)

// node is a stream or a storage of a compound file.
type node struct {
	name string
	data []byte  // of a stream
	kids []*node // of a storage

	storage          bool
	id               uint32
	left, right, kid uint32
	start            uint32
	black, root      bool
}

// compound returns a compound file with root as its root storage.
func compound(root *node) []byte {
	root.root, root.storage, root.name = true, true, "Root Entry"
	var all []*node
	number(root, &all)
	c := &cfb{}
	var minis []byte
	var miniFAT []uint32
	for _, n := range all {
		switch {
		case n.storage:
		case len(n.data) < miniCutoff:
			n.start = endOfChain
			if len(n.data) > 0 {
				n.start = uint32(len(miniFAT))
				miniFAT = chain(miniFAT, sectors(len(n.data), miniSize))
				minis = append(minis, pad(n.data, miniSize)...)
			}
		default:
			n.start = c.add(n.data)
		}
	}
	root.start, root.data = endOfChain, minis
	if len(minis) > 0 {
		root.start = c.add(minis)
	}
	miniStart, miniSectors := uint32(endOfChain), 0
	if len(miniFAT) > 0 {
		table := words32(miniFAT)
		miniSectors = sectors(len(table), sectorSize)
		miniStart = c.add(fill32(table))
	}
	dir := c.add(directory(all))
	return c.bytes(dir, miniStart, miniSectors)
}

// number gives each node its place in the directory and builds the trees of
// siblings.
func number(n *node, all *[]*node) {
	n.id = uint32(len(*all))
	n.left, n.right, n.kid, n.black = noEntry, noEntry, noEntry, true
	*all = append(*all, n)
	for _, k := range n.kids {
		number(k, all)
	}
	slices.SortFunc(n.kids, func(a, b *node) int { return compareNames(a.name, b.name) })
	red := -1 // a tree that is full has no red nodes
	if k := len(n.kids); k&(k+1) != 0 {
		red = bits.Len(uint(k)) - 1
	}
	if top := tree(n.kids, 0, red); top != nil {
		n.kid = top.id
	}
}

// compareNames orders names as compound files do: shorter first, then by
// capital letters.
func compareNames(a, b string) int {
	if x, y := len(utf16.Encode([]rune(a))), len(utf16.Encode([]rune(b))); x != y {
		return x - y
	}
	return strings.Compare(strings.ToUpper(a), strings.ToUpper(b))
}

// tree makes a balanced search tree of sorted nodes and returns its top. Nodes
// at the depth `red`, the lowest level of a tree that is not full, are red and
// the others black, which makes it a red-black tree.
func tree(nodes []*node, depth, red int) *node {
	if len(nodes) == 0 {
		return nil
	}
	mid := len(nodes) / 2
	top := nodes[mid]
	if l := tree(nodes[:mid], depth+1, red); l != nil {
		top.left = l.id
	}
	if r := tree(nodes[mid+1:], depth+1, red); r != nil {
		top.right = r.id
	}
	top.black = depth != red
	return top
}

// cfb gathers the sectors of a compound file and the table of what follows what.
type cfb struct {
	body []byte
	fat  []uint32
}

// add puts data into sectors of its own and returns the first.
func (c *cfb) add(data []byte) uint32 {
	start := uint32(len(c.fat))
	c.fat = chain(c.fat, sectors(len(data), sectorSize))
	c.body = append(c.body, pad(data, sectorSize)...)
	return start
}

// chain adds n sectors that follow one another to a table.
func chain(fat []uint32, n int) []uint32 {
	for i := range n {
		next := uint32(len(fat) + 1)
		if i == n-1 {
			next = endOfChain
		}
		fat = append(fat, next)
	}
	return fat
}

// bytes returns the whole file: header, sectors, the table itself and, where
// the header cannot name all of its sectors, a list of the others.
func (c *cfb) bytes(dir, miniStart uint32, miniSectors int) []byte {
	const perSector = sectorSize / 4
	used := len(c.fat)
	fats, difs := 0, 0
	for {
		f := sectors((used+fats+difs)*4, sectorSize)
		d := 0
		if f > headerFATs {
			d = (f - headerFATs + perSector - 2) / (perSector - 1)
		}
		if f == fats && d == difs {
			break
		}
		fats, difs = f, d
	}
	var where []uint32 // sectors of the table
	for range fats {
		where = append(where, uint32(len(c.fat)))
		c.fat = append(c.fat, fatSector)
	}
	firstDIF := uint32(endOfChain)
	if difs > 0 {
		firstDIF = uint32(len(c.fat))
	}
	for range difs {
		c.fat = append(c.fat, difSector)
	}
	out := make([]byte, 0, (len(c.fat)+1)*sectorSize)
	out = append(out, header(where, dir, miniStart, miniSectors, firstDIF, difs)...)
	out = append(out, c.body...)
	out = append(out, fill32(words32(c.fat))...)
	rest := where[min(len(where), headerFATs):]
	for i := range difs {
		n := min(len(rest), perSector-1)
		sector := fill32(words32(rest[:n]))
		next := uint32(endOfChain)
		if i < difs-1 {
			next = firstDIF + uint32(i) + 1
		}
		binary.LittleEndian.PutUint32(sector[sectorSize-4:], next)
		out, rest = append(out, sector...), rest[n:]
	}
	return out
}

func header(fats []uint32, dir, miniStart uint32, miniSectors int, firstDIF uint32, difs int) []byte {
	le := binary.LittleEndian
	h := []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}
	h = append(h, make([]byte, 16)...)
	for _, v := range []uint16{0x3e, 3, 0xfffe, 9, 6} { // minor and major version, byte order, sector sizes as powers of two
		h = le.AppendUint16(h, v)
	}
	h = append(h, make([]byte, 10)...)
	for _, v := range []uint32{uint32(len(fats)), dir, 0, miniCutoff, miniStart, uint32(miniSectors), firstDIF, uint32(difs)} {
		h = le.AppendUint32(h, v)
	}
	for i := range headerFATs {
		v := uint32(freeSector)
		if i < len(fats) {
			v = fats[i]
		}
		h = le.AppendUint32(h, v)
	}
	return h
}

// directory returns the entries of all nodes, filled up to whole sectors.
func directory(all []*node) []byte {
	var d []byte
	for _, n := range all {
		d = append(d, n.entry()...)
	}
	for len(d)%sectorSize != 0 {
		e := make([]byte, entryBytes)
		for _, at := range []int{68, 72, 76} {
			binary.LittleEndian.PutUint32(e[at:], noEntry)
		}
		d = append(d, e...)
	}
	return d
}

// entry returns a node as the directory holds it.
func (n *node) entry() []byte {
	le := binary.LittleEndian
	e := make([]byte, entryBytes)
	name := utf16.Encode([]rune(n.name))
	for i, u := range name {
		le.PutUint16(e[2*i:], u)
	}
	le.PutUint16(e[64:], uint16(2*len(name)+2))
	switch {
	case n.root:
		e[66] = kindRoot
	case n.storage:
		e[66] = kindStorage
	default:
		e[66] = kindStream
	}
	if n.black {
		e[67] = 1
	}
	le.PutUint32(e[68:], n.left)
	le.PutUint32(e[72:], n.right)
	le.PutUint32(e[76:], n.kid)
	if !n.storage || n.root {
		le.PutUint32(e[116:], n.start)
		le.PutUint64(e[120:], uint64(len(n.data)))
	}
	return e
}

func sectors(bytes, size int) int { return (bytes + size - 1) / size }

func pad(b []byte, size int) []byte {
	return append(slices.Clip(b), make([]byte, sectors(len(b), size)*size-len(b))...)
}

func words32(v []uint32) []byte {
	b := make([]byte, 0, 4*len(v))
	for _, w := range v {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	return b
}

// fill32 fills a table up to whole sectors with free entries.
func fill32(b []byte) []byte {
	for len(b)%sectorSize != 0 {
		b = binary.LittleEndian.AppendUint32(b, freeSector)
	}
	return b
}

// encryptedStorage returns the storages and streams that Office expects around
// an encrypted package: what it is encrypted with ([MS-OFFCRYPTO] 2.1), how,
// and the package.
func encryptedStorage(info, pack []byte) *node {
	const transform = "StrongEncryptionTransform"
	primary := "\x06Primary"
	spaces := &node{name: "\x06DataSpaces", storage: true, kids: []*node{
		{name: "Version", data: concat(prefixed("Microsoft.Container.DataSpaces"), versions())},
		{name: "DataSpaceMap", data: dataSpaceMap()},
		{name: "DataSpaceInfo", storage: true, kids: []*node{
			{name: "StrongEncryptionDataSpace", data: concat(u32s(8, 1), prefixed(transform))},
		}},
		{name: "TransformInfo", storage: true, kids: []*node{
			{name: transform, storage: true, kids: []*node{{name: primary, data: transformInfo()}}},
		}},
	}}
	return &node{kids: []*node{spaces, {name: "EncryptionInfo", data: info}, {name: "EncryptedPackage", data: pack}}}
}

func dataSpaceMap() []byte {
	entry := concat(u32s(1, 0), prefixed("EncryptedPackage"), prefixed("StrongEncryptionDataSpace"))
	return concat(u32s(8, 1, uint32(len(entry)+4)), entry)
}

func transformInfo() []byte {
	id := prefixed("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")
	head := concat(u32s(uint32(len(id)+8), 1), id)
	return concat(head, prefixed("Microsoft.Container.EncryptionTransform"), versions(), u32s(0, 0, 0, 4))
}

// versions returns the reader, updater and writer versions, each 1.0.
func versions() []byte { return u32s(1, 1, 1) }

// prefixed returns a string as UTF-16 behind its length in bytes, filled up to
// four bytes.
func prefixed(s string) []byte {
	units := utf16.Encode([]rune(s))
	b := u32s(uint32(2 * len(units)))
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func u32s(v ...uint32) []byte { return words32(v) }

func concat(parts ...[]byte) []byte { return slices.Concat(parts...) }
