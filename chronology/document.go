package chronology

import "throughline/records"

// documents adds what was written or drawn on a day: a letter, a photograph. A
// document without a date says nothing of when, so it is in the file alone.
// Patterns pass over it: what it tells of has entries of its own.
func (b *builder) documents() {
	for i := range b.f.Documents {
		d := &b.f.Documents[i]
		if !b.happened(d.Dated) {
			continue
		}
		b.add(records.KindDocument, d.Meta, Entry{
			When: records.On(d.Dated), Title: "Document", Source: d.From,
			Event: paragraphs(d.Title, d.Summary),
		})
	}
}
