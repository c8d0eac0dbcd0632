package records

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// packedFile returns a zip with files of these names.
func packedFile(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(strings.Repeat("something ", 100)))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func oldFile(stream string) string {
	return string(oldOffice) + strings.Repeat("\x00", 600) + string(wide(stream)) + strings.Repeat("\x00", 100)
}

func TestTypeOf(t *testing.T) {
	for _, c := range []struct{ name, file, bytes, want, refused string }{
		{"PDF", "a.pdf", "%PDF-1.7\n", "application/pdf", ""},
		{"JPEG under another name", "a.pdf", "\xff\xd8\xff\xe0", "image/jpeg", ""},
		{"HEIC", "a.heic", "\x00\x00\x00\x18ftypheic", "image/heic", ""},
		{"AVIF", "a.avif", "\x00\x00\x00\x18ftypavif", "image/avif", ""},
		{"QuickTime", "a.mov", "\x00\x00\x00\x18ftypqt  ", "video/quicktime", ""},
		{"MP4", "a.mp4", "\x00\x00\x00\x18ftypisom", "video/mp4", ""},
		{"voice note", "a.m4a", "\x00\x00\x00\x18ftypM4A ", "audio/mp4", ""},
		{"old voice note", "a.amr", "#!AMR\n", "audio/amr", ""},
		{"Word", "a.docx", packedFile(t, "[Content_Types].xml", "word/document.xml"), typeWord, ""},
		{"Excel", "a.xlsx", packedFile(t, "[Content_Types].xml", "xl/workbook.xml"), typeExcel, ""},
		{"PowerPoint", "a.pptx", packedFile(t, "[Content_Types].xml", "ppt/presentation.xml"), typeSlides, ""},
		{"Word of 2003", "a.doc", oldFile("WordDocument"), typeOldWord, ""},
		{"Outlook", "a.msg", oldFile("__properties_version1.0"), typeOutlook, ""},
		{"Office with a password", "a.docx", oldFile("EncryptedPackage"), typeLockedOffice, ""},
		{"OpenDocument", "a.odt", "PK\x03\x04" + strings.Repeat("\x00", 26) + "mimetype" + typeOpenText, typeOpenText, ""},
		{"e-mail", "a.eml", "From: a\r\nSubject: b\r\n", typeMail, ""},
		{"text", "a.txt", "MZ said he was fine.", "text/plain", ""},
		{"table", "a.csv", "date,what\n", "text/csv", ""},
		{"RTF", "a.rtf", `{\rtf1 x}`, "text/rtf", ""},
		{"unknown", "a.one", "\x01\x02\x03\x04", typeUnknown, ""},

		{"Windows program under another name", "a.pdf", "MZ\x90\x00", "", isProgram},
		{"Linux program", "a", "\x7fELF\x02", "", isProgram},
		{"shortcut", "a.txt", "L\x00\x00\x00\x01\x14\x02\x00", "", isProgram},
		{"shell script", "a.txt", "#!/bin/sh\n", "", isProgram},
		{"batch file", "a.BAT", "echo", "", isProgram},
		{"batch file with a dot behind", "a.bat. ", "echo", "", isProgram},
		{"JavaScript", "letter.pdf.js", "var x", "", isProgram},
		{"HTA", "a.hta", "<x>", "", isProgram},
		{"Word with macros", "a.docx", packedFile(t, "word/document.xml", "word/vbaProject.bin"), "", hasMacros},
		{"Word of 2003 with macros", "a.doc", oldFile("WordDocument") + string(wide("_VBA_PROJECT")), "", hasMacros},
		{"named as with macros", "a.xlsm", packedFile(t, "xl/workbook.xml"), "", hasMacros},
		{"web page", "a.txt", "<!DOCTYPE HTML><html>", "", isWebPage},
		{"drawing for the web", "a.xml", `<?xml version="1.0"?><svg xmlns="x">`, "", isWebPage},
		{"zip", "a.zip", packedFile(t, "a.txt"), "", isPacked},
		{"RAR", "a.rar", "Rar!\x1a\x07\x00", "", isPacked},
	} {
		for _, size := range []int{documentChunk, 97} { // in pieces: a mark may lie across a border
			var s sniffer
			for b := []byte(c.bytes); len(b) > 0; {
				n := min(len(b), size)
				if size < headLength && s.head == nil {
					n = min(len(b), headLength)
				}
				s.look(b[:n])
				b = b[n:]
			}
			if got, refused := s.typeOf(c.file); got != c.want || refused != c.refused {
				t.Errorf("%s, %d at a time: %q, %q, want %q, %q", c.name, size, got, refused, c.want, c.refused)
			}
		}
	}
}
