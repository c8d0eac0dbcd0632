package ui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

func (d *pupilData) document(id records.ID) *records.Document {
	for i := range d.file.Documents {
		if d.file.Documents[i].ID == id {
			return &d.file.Documents[i]
		}
	}
	return nil
}

// documentsOf returns the documents that belong to a record.
func (d *pupilData) documentsOf(id records.ID) []*records.Document {
	var list []*records.Document
	for i := range d.file.Documents {
		if doc := &d.file.Documents[i]; doc.On != "" && doc.On == id {
			list = append(list, doc)
		}
	}
	return list
}

// documents shows what is kept in files, the newest first. The small pictures
// follow once they are read.
func (p *pupilPage) documents() fyne.CanvasObject {
	box := container.New(&stackLayout{gap: 6})
	if p.w.store.Me.Role.Writes() {
		box.Add(container.NewHBox(newButton("Add a document …", func() { p.addDocument("", "") }),
			container.NewCenter(quietLine("or drop the file on this window"))))
	}
	all := p.data.file.Documents
	if len(all) == 0 {
		box.Add(card(prose("No documents are kept yet. A letter, a drawing, minutes: what is added here is kept encrypted with the record, up to 40 MB each.")))
		return box
	}
	frames := map[records.ID]*fyne.Container{}
	for i := len(all) - 1; i >= 0; i-- {
		d := &all[i]
		frames[d.ID] = container.NewStack(documentIcon(d))
		box.Add(p.documentCard(d, frames[d.ID]))
	}
	p.fillThumbnails(frames)
	return box
}

// quietLine returns one line of text that stands back.
func quietLine(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.SizeName = theme.SizeNameCaptionText
	return l
}

// fillThumbnails puts small pictures where their frames are.
func (p *pupilPage) fillThumbnails(frames map[records.ID]*fyne.Container) {
	var wanted []records.ID
	for id := range frames {
		if p.data.document(id).CanBeShown() {
			wanted = append(wanted, id)
		}
	}
	store := p.w.store
	load(p.w, func(ctx context.Context) (map[records.ID]image.Image, error) { return thumbnails(ctx, store, wanted) },
		func(pictures map[records.ID]image.Image) {
			for id, img := range pictures {
				picture := canvas.NewImageFromImage(img)
				picture.FillMode = canvas.ImageFillContain
				frames[id].Objects = []fyne.CanvasObject{picture}
				frames[id].Refresh()
			}
		})
}

// thumbnails reads small pictures; a document that has none is not among them.
// It touches no widget.
func thumbnails(ctx context.Context, s *records.Store, ids []records.ID) (map[records.ID]image.Image, error) {
	pictures := map[records.ID]image.Image{}
	for _, id := range ids {
		b, err := s.Thumbnail(ctx, id)
		if errors.Is(err, records.ErrNoPicture) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if pictures[id], err = png.Decode(bytes.NewReader(b)); err != nil {
			return nil, err
		}
	}
	return pictures, nil
}

// documentIcon stands for what has no picture.
func documentIcon(d *records.Document) fyne.CanvasObject {
	icon := theme.DocumentIcon()
	switch before, _, _ := strings.Cut(d.Type, "/"); before {
	case "image":
		icon = theme.FileImageIcon()
	case "video":
		icon = theme.FileVideoIcon()
	case "audio":
		icon = theme.FileAudioIcon()
	}
	return container.NewCenter(container.NewGridWrap(fyne.NewSize(48, 48),
		widget.NewIcon(theme.NewColoredResource(icon, theme.ColorNamePlaceHolder))))
}

// documentCard shows one document with what can be done with it.
func (p *pupilPage) documentCard(d *records.Document, frame fyne.CanvasObject) fyne.CanvasObject {
	name := prose(d.Title)
	name.TextStyle.Bold = true
	text := container.New(&stackLayout{gap: -14}, name, quiet(documentFacts(d)))
	if entry := p.entryOf(d.On); entry != "" {
		text.Add(quiet("Belongs to: " + entry))
	}
	if d.Summary != "" {
		text.Add(prose(d.Summary))
	}
	text.Add(quiet("Added by " + nameOr(p.data.file.Author(d.Meta), "somebody not known") + ", " + d.CreatedAt.String()))
	id := d.ID
	buttons := container.NewVBox()
	if d.CanBeShown() {
		buttons.Add(newButton("Look", func() { p.look(id) }))
	}
	buttons.Add(newButton("Save a copy …", func() { p.saveDocument(id) }))
	if p.w.store.Me.Role.Writes() {
		buttons.Add(plain("Correct", func() { p.correctDocument(id) }))
	}
	sized := container.NewCenter(container.NewGridWrap(fyne.NewSize(104, 84), frame))
	return card(container.NewBorder(nil, nil, sized, container.NewCenter(buttons), text))
}

// documentFacts says in one line when a document is from, whose, and what kind
// of file it is.
func documentFacts(d *records.Document) string {
	parts := []string{"Not dated"}
	if d.Dated != "" {
		parts[0] = d.Dated.String()
	}
	if d.From != "" {
		parts = append(parts, "from "+d.From)
	}
	return strings.Join(append(parts, d.Format(), sizeInWords(d.Size)), "  ·  ")
}

// sizeInWords says how large a file is: "840 bytes", "12 KB", "3.4 MB".
func sizeInWords(n int64) string {
	switch {
	case n < 1000:
		return count(int(n), "byte", "bytes")
	case n < 1000*1000:
		return fmt.Sprintf("%d KB", (n+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// entryOf says when and what the entry of a record is, or "".
func (p *pupilPage) entryOf(id records.ID) string {
	for i := range p.data.line {
		if e := &p.data.line[i]; id != "" && e.Ref.ID == id {
			return entryInWords(e.When.String(), e.Title)
		}
	}
	return ""
}

func entryInWords(when, title string) string { return when + "  ·  " + title }

// look shows a picture over the page. It is read into memory and never written
// to a file; Escape closes it, and locking and blanking take it away.
func (p *pupilPage) look(id records.ID) {
	store, size := p.w.store, p.w.win.Canvas().Size()
	p.say("The picture is being opened …")
	background(p.w, func(ctx context.Context) (image.Image, error) { return store.Picture(ctx, id, 1600) },
		func(img image.Image, err error) {
			p.say("")
			d := p.data.document(id)
			if p.w.page != p || p.w.blanked || d == nil {
				return
			}
			if err != nil {
				p.w.complain(err)
				return
			}
			picture := canvas.NewImageFromImage(img)
			picture.FillMode = canvas.ImageFillContain
			frame := container.NewGridWrap(fyne.NewSize(max(300, size.Width-220), max(200, size.Height-210)), picture)
			p.w.showDialog(dialog.NewCustom(shortened(d.Title, 80), "Close", frame, p.w.win), nil)
		})
}

// shortened returns a text of at most n characters.
func shortened(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return text
}

// documentBlock lists in an entry the documents that belong to it.
func (e *entriesPane) documentBlock(id records.ID) {
	list := e.page.data.documentsOf(id)
	if len(list) == 0 {
		return
	}
	l := quiet(count(len(list), "document belongs to this", "documents belong to this"))
	l.TextStyle.Bold = true
	e.text.Add(l)
	for _, d := range list {
		id, do, label := d.ID, func() { e.page.showSection(sectionDocuments) }, "Show"
		if d.CanBeShown() {
			do, label = func() { e.page.look(id) }, "Look"
		}
		e.text.Add(container.NewBorder(nil, nil, nil, container.NewCenter(newButton(label, do)),
			column(-14, plainText(d.Title), quiet(documentFacts(d)))))
	}
}
