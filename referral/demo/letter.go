package demo

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"throughline/chronology/page"
	"throughline/records"
)

// letter lays a letter that came into the diary. Its words are data; the file is
// made of them, so that there is one to open.
func (d *diary) letter(t table, deputy string) error {
	m, err := d.find(t.text("at"), "")
	if err != nil {
		return err
	}
	d.add(d.days.written(m, 0, true), deputy, func(*records.Tx) error { return nil })
	d.saves[len(d.saves)-1].before = func(ctx context.Context, store *records.Store) error {
		if err := d.keepLetter(ctx, store, t, m); err != nil {
			return fmt.Errorf("letter of %s: %w", m.day, err)
		}
		return nil
	}
	return nil
}

func (d *diary) keepLetter(ctx context.Context, store *records.Store, t table, m moment) error {
	t, err := d.expanded(t, m)
	if err != nil {
		return err
	}
	head, body := t.text("head"), t.list("text")
	e := newEntry(records.KindDocument)
	if err := e.fill(t); err != nil {
		return err
	}
	doc := e.rec.(*records.Document)
	var pdf bytes.Buffer
	if err := typeset(&pdf, head, body, doc); err != nil {
		return err
	}
	return store.AddDocument(ctx, doc, bytes.NewReader(pdf.Bytes()), nil)
}

// typeset writes a letter as a page: who sent it, when and about what, and what it
// says.
func typeset(w io.Writer, head string, body []string, doc *records.Document) error {
	p := page.New(page.Info{Title: doc.Title, Author: doc.From, Aside: "Confidential", Footer: doc.From, Made: doc.Dated.Time()})
	p.Heading(1, head)
	p.Facts(page.Fact{Name: "From", Value: page.Text(doc.From)}, page.Fact{Name: "Date", Value: page.Text(doc.Dated.String())})
	for _, s := range body {
		p.Paragraph(page.Text(s)...)
	}
	p.Note("Invented, as everybody in the demonstration school is.")
	return p.Write(w, "")
}
