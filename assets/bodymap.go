package assets

import _ "embed"

// BodyMap holds the outlines of the body map and the names of its regions, as
// package bodymap reads them. The drawings were made for this program: plain,
// of no sex, with the proportions of a child of about seven.
//
//go:embed bodymap.txt
var BodyMap string
