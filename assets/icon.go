package assets

import _ "embed"

// Icon is the program's icon: a line through a child's story. PNG, 256 × 256.
//
//go:embed icon.png
var Icon []byte
