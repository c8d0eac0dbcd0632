package pack

import "throughline/records"

// documents lists what is kept in files with the child's record. They are not
// in the PDF: who sends them takes a copy of each, which is written down as
// shared, and leaves out of the list what does not go. Earlier packs stay here.
func (d *drafter) documents() {
	for i := range d.f.Documents {
		doc := &d.f.Documents[i]
		if doc.IsPack() {
			continue
		}
		what := join(", ", doc.Title, ifSet("from ", doc.From), doc.Dated.String())
		d.say(records.Fact, "Document on file, sent beside this referral: "+what+".", refTo(records.KindDocument, doc.Meta))
	}
}
