package records

import "strings"

// DocumentLimit is the largest attachment, in bytes.
const DocumentLimit = 40 << 20

// Document is a file kept in the vault with a pupil's file: a letter, a
// photograph of a drawing, the minutes of a conference. Its bytes are kept
// beside it and never change; a better copy is another document.
type Document struct {
	Meta
	Pupil   ID     `json:"pupil"`
	On      ID     `json:"on,omitempty"` // the record it belongs to: a concern, a meeting
	Title   string `json:"title"`        // what it is, in words
	Name    string `json:"name"`         // of the file, as it came
	Type    string `json:"type"`         // media type, by its bytes: image/jpeg
	Size    int64  `json:"size"`         // in bytes
	SHA256  string `json:"sha256"`       // of its bytes, hexadecimal
	Dated   Date   `json:"dated,omitempty"`
	From    string `json:"from,omitempty"` // who wrote or sent it
	Summary string `json:"summary,omitempty"`
	// Looked says of a picture or a video that whoever added it had looked: it
	// is no indecent image of a child.
	Looked bool `json:"looked,omitempty"`
	// Made is the version of the referral On from which a pack was printed, so
	// that what was sent can be read and opened as it went. 0 for any other
	// document.
	Made int `json:"made,omitempty"`

	added bool // by AddDocument, with its bytes
}

// Kind returns KindDocument.
func (*Document) Kind() Kind { return KindDocument }

func (d *Document) index() index {
	return index{pupil: d.Pupil, owner: d.On, sort: string(d.Dated)}
}

// Check returns nil or an *Invalid.
func (d *Document) Check(now Stamp) error {
	var v Invalid
	v.pupil(d.Pupil)
	v.name("title", d.Title, "Say what this is, such as \"Letter from the GP\".")
	v.name("name", d.Name, "Choose a file.")
	if d.Size > DocumentLimit {
		v.add("name", tooLarge)
	}
	if d.Size <= 0 || len(d.SHA256) != 64 {
		v.add("name", "Choose a file.")
	}
	if d.IsSeen() && !d.Looked {
		v.add("looked", "Look at this picture or video first, and say that you have. An indecent image of a child is never kept: see the note above.")
	}
	v.short("type", d.Type)
	v.pastDate("dated", d.Dated, now)
	v.short("from", d.From)
	v.text("summary", d.Summary)
	return v.err()
}

const tooLarge = "This file is larger than 40 MB. Keep a smaller copy, or write down where it is kept."

// IsSeen reports whether the document is a picture or a video.
func (d *Document) IsSeen() bool {
	return strings.HasPrefix(d.Type, "image/") || strings.HasPrefix(d.Type, "video/")
}

// IsPack reports whether the document is the pack of a referral as it was
// printed.
func (d *Document) IsPack() bool { return d.Made > 0 }

// Format says in plain words what kind of file it is.
func (d *Document) Format() string {
	if name := formats[d.Type]; name != "" {
		return name
	}
	switch before, _, _ := strings.Cut(d.Type, "/"); before {
	case "image":
		return "Picture"
	case "video":
		return "Video"
	case "audio":
		return "Sound recording"
	case "text":
		return "Text"
	}
	return "Another kind of file"
}

var formats = map[string]string{
	"image/jpeg": "Photograph (JPEG)", "image/heic": "Photograph (HEIC)", "image/png": "Picture (PNG)",
	"image/gif": "Picture (GIF)", "image/webp": "Picture (WebP)", "application/pdf": "PDF",
	typeWord: "Word document", typeExcel: "Excel workbook", typeSlides: "PowerPoint slides",
	typeOldWord: "Word document", typeOldExcel: "Excel workbook", typeOldSlides: "PowerPoint slides",
	typeMail: "E-mail", typeOutlook: "E-mail", typeLockedOffice: "Office file with a password",
	typeOpenText: "Text document", typeOpenSheet: "Spreadsheet", typeOpenSlides: "Slides",
	"text/csv": "Table (CSV)", "text/rtf": "Text document",
}
