package records

import (
	"bytes"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"
)

// The media types that net/http does not know.
const (
	typeWord         = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeExcel        = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeSlides       = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	typeOldWord      = "application/msword"
	typeOldExcel     = "application/vnd.ms-excel"
	typeOldSlides    = "application/vnd.ms-powerpoint"
	typeOutlook      = "application/vnd.ms-outlook"
	typeLockedOffice = "application/vnd.ms-office"
	typeOpenText     = "application/vnd.oasis.opendocument.text"
	typeOpenSheet    = "application/vnd.oasis.opendocument.spreadsheet"
	typeOpenSlides   = "application/vnd.oasis.opendocument.presentation"
	typeMail         = "message/rfc822"
	typeUnknown      = "application/octet-stream"
)

// Why a file is not kept, each a sentence for the user.
const (
	isEmpty   = "This file is empty. Choose another."
	isProgram = "This is a program, or a file that can start one, so it is not kept here. If it matters, ask IT to keep it safe, and write down where it is."
	hasMacros = "This file has macros in it, which are programs, so it is not kept here. Save it without macros or as PDF, and add that."
	isWebPage = "This is a web page, which can carry programs, so it is not kept here. Print it to PDF, and add that."
	isPacked  = "This is several files packed into one, which nobody can look through here. Unpack it, and add each file that is needed."
)

// sniffer tells what a file is from its bytes as they stream past. It holds the
// beginning and remembers a few marks, so its memory does not grow.
type sniffer struct {
	head  []byte // the first of them, at most headLength
	last  []byte // of the piece before: a mark may lie across the border
	marks []mark // looked for in this kind of file
	seen  map[string]string
}

const (
	headLength = 512 // all that net/http looks at
	longMark   = 64  // longer than every mark
)

// mark is a name inside a packed file that tells what the whole is.
type mark struct {
	bytes []byte
	means string // a media type, or why the file is not kept
}

// Names in a zip are never packed themselves, so a plain search finds them.
var zipMarks = []mark{
	{[]byte("vbaProject.bin"), hasMacros},
	{[]byte("xl/workbook.bin"), hasMacros}, // a binary workbook can hold them unseen
	{[]byte("word/document.xml"), typeWord},
	{[]byte("xl/workbook.xml"), typeExcel},
	{[]byte("ppt/presentation.xml"), typeSlides},
}

// Office's files of before 2007, and Outlook's, name their streams in UTF-16.
var oldOfficeMarks = []mark{
	{wide("_VBA_PROJECT"), hasMacros},
	{wide("WordDocument"), typeOldWord},
	{wide("Workbook"), typeOldExcel},
	{wide("PowerPoint Document"), typeOldSlides},
	{wide("__properties_version1.0"), typeOutlook},
	{wide("EncryptedPackage"), typeLockedOffice},
}

func wide(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// look takes the next piece of the file.
func (s *sniffer) look(piece []byte) {
	if s.seen == nil {
		s.seen = map[string]string{}
		s.head = bytes.Clone(piece[:min(len(piece), headLength)])
		switch {
		case bytes.HasPrefix(piece, []byte("PK\x03\x04")):
			s.marks = zipMarks
		case bytes.HasPrefix(piece, oldOffice):
			s.marks = oldOfficeMarks
		}
	}
	if s.marks == nil {
		return
	}
	border := append(s.last, piece[:min(len(piece), longMark)]...)
	for _, m := range s.marks {
		if bytes.Contains(piece, m.bytes) || bytes.Contains(border, m.bytes) {
			s.seen[m.means] = m.means
		}
	}
	s.last = bytes.Clone(piece[max(0, len(piece)-longMark):])
}

var oldOffice = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

// typeOf returns the media type of the file that was looked through, whose name
// is used where bytes leave a choice, or one sentence that says why it is not
// kept.
func (s *sniffer) typeOf(name string) (mediaType, refused string) {
	end := strings.ToLower(filepath.Ext(strings.TrimRight(name, ". "))) // Windows drops these
	switch {
	case len(s.head) == 0:
		return "", isEmpty
	case slices.Contains(programEnds, end), s.isProgram():
		return "", isProgram
	case s.seen[hasMacros] != "", slices.Contains(macroEnds, end):
		return "", hasMacros
	case slices.Contains(webEnds, end):
		return "", isWebPage
	}
	for _, m := range s.marks {
		if t := s.seen[m.means]; t != "" {
			return t, ""
		}
	}
	return s.typeOfHead(end)
}

// isProgram reports whether the file begins as programs for Windows, Linux, Mac
// and Java do, as a script or as a shortcut.
func (s *sniffer) isProgram() bool {
	if bytes.HasPrefix(s.head, []byte("MZ")) && bytes.IndexByte(s.head, 0) >= 0 {
		return true
	}
	for _, begins := range []string{
		"\x7fELF", "\xfe\xed\xfa\xce", "\xfe\xed\xfa\xcf", "\xce\xfa\xed\xfe", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe",
		"#!/", "#! /", "L\x00\x00\x00\x01\x14\x02\x00", "dex\n", "\x00asm",
	} {
		if bytes.HasPrefix(s.head, []byte(begins)) {
			return true
		}
	}
	return false
}

var (
	programEnds = []string{
		".exe", ".com", ".scr", ".pif", ".cpl", ".dll", ".sys", ".msi", ".msp", ".msix", ".appx", ".bat", ".cmd", ".ps1",
		".psm1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".hta", ".sct", ".lnk", ".url", ".scf", ".reg", ".inf",
		".chm", ".jar", ".jnlp", ".apk", ".ipa", ".app", ".dmg", ".pkg", ".deb", ".rpm", ".iso", ".img", ".vhd", ".vhdx",
		".sh", ".bash", ".command", ".desktop", ".py", ".pl", ".rb", ".php", ".application", ".gadget", ".xll", ".library-ms",
	}
	macroEnds = []string{".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm", ".potm", ".ppam", ".ppsm", ".sldm"}
	webEnds   = []string{".html", ".htm", ".xhtml", ".xht", ".shtml", ".mht", ".mhtml", ".svg", ".svgz"}
	packed    = []string{"PK", "7z\xbc\xaf\x27\x1c", "\x1f\x8b", "BZh", "\xfd7zXZ", "Rar!"}
)

func (s *sniffer) typeOfHead(end string) (mediaType, refused string) {
	if t := s.openDocument(); t != "" {
		return t, ""
	}
	if t := s.mediaBox(); t != "" {
		return t, ""
	}
	for _, begins := range packed {
		if bytes.HasPrefix(s.head, []byte(begins)) {
			return "", isPacked
		}
	}
	switch {
	case bytes.HasPrefix(s.head, []byte("#!AMR")):
		return "audio/amr", "" // voice notes of older telephones
	case bytes.HasPrefix(s.head, []byte(`{\rtf`)):
		return "text/rtf", ""
	}
	t, _, _ := strings.Cut(http.DetectContentType(s.head), ";")
	switch {
	case t == "text/html", t == "text/xml" && bytes.Contains(s.head, []byte("<svg")):
		return "", isWebPage
	case t == "text/plain" && end == ".csv":
		return "text/csv", ""
	case t == "text/plain" && end == ".eml":
		return typeMail, ""
	}
	return t, ""
}

// openDocument returns the type that an OpenDocument file names in its first
// entry, which the format wants unpacked at byte 30.
func (s *sniffer) openDocument() string {
	for _, t := range []string{typeOpenText, typeOpenSheet, typeOpenSlides} {
		if len(s.head) > 30 && bytes.HasPrefix(s.head[30:], []byte("mimetype"+t)) {
			return t
		}
	}
	return ""
}

// mediaBox returns the type of a file in boxes (ISO/IEC 14496-12), which names
// its brand in the first one: HEIC, MP4 and their kin.
func (s *sniffer) mediaBox() string {
	if len(s.head) < 12 || string(s.head[4:8]) != "ftyp" {
		return ""
	}
	switch brand := string(s.head[8:12]); brand {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
		return "image/heic"
	case "avif", "avis":
		return "image/avif"
	case "qt  ":
		return "video/quicktime"
	case "M4A ", "M4B ":
		return "audio/mp4"
	default:
		if strings.HasPrefix(brand, "3g") {
			return "video/3gpp"
		}
		return "video/mp4"
	}
}
