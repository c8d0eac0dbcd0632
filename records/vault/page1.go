package vault

import "encoding/binary"

// emptyDatabase returns page 1 of a database without tables, in WAL mode, that
// reserves room for seals at the end of each page: SQLite has no statement for
// that, but keeps it through VACUUM and backup. See "The Database Header" in
// SQLite's description of its file format.
func emptyDatabase() []byte {
	p := make([]byte, pageSize)
	copy(p, "SQLite format 3\x00")
	binary.BigEndian.PutUint16(p[16:], pageSize)
	p[18], p[19] = 2, 2                   // written and read with a WAL
	p[20] = sealSize                      // reserved at the end of each page
	p[21], p[22], p[23] = 64, 32, 32      // fixed
	binary.BigEndian.PutUint32(p[24:], 1) // change counter
	binary.BigEndian.PutUint32(p[28:], 1) // pages
	binary.BigEndian.PutUint32(p[44:], 4) // schema format
	binary.BigEndian.PutUint32(p[56:], 1) // UTF-8
	binary.BigEndian.PutUint32(p[92:], 1) // change counter when pages was written
	p[100] = 13                           // an empty leaf
	binary.BigEndian.PutUint16(p[105:], pageSize-sealSize)
	return p
}
