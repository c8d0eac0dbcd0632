// Package assets holds what is embedded in the program: fonts, word lists,
// procedures, pictures. It imports nothing but embed, so that anything may
// read it.
package assets

import _ "embed"

// The faces in which documents are written: Noto Sans under the SIL Open Font
// License 1.1 (see fonts/LICENSE.txt, which also names the source). They are
// the files that Fyne carries, kept here because what writes a document must
// not depend on a window.
//
// A caller must not change the bytes.
var (
	//go:embed fonts/NotoSans-Regular.ttf
	NotoSans []byte
	//go:embed fonts/NotoSans-Bold.ttf
	NotoSansBold []byte
	//go:embed fonts/NotoSans-Italic.ttf
	NotoSansItalic []byte
)
