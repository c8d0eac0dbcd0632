package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// documentForm takes a file into the record.
type documentForm struct {
	page   *pupilPage
	form   *form
	doc    records.Document
	path   string
	entry  *entry // of the path
	looked *input
	bar    *widget.ProgressBar
	stop   context.CancelFunc // nil unless a file is being added
	moving *fyne.Container    // the bar and what stops it
}

// addDocument opens the form that adds a document, of an entry when on is one,
// and with a file that was dropped on the window when path is not empty.
func (p *pupilPage) addDocument(on records.ID, path string) {
	x := &documentForm{page: p, path: path, doc: records.Document{Pupil: p.id, On: on}}
	x.form = p.w.newForm("document of "+string(p.id), "Keep the document", x.submit)
	f := x.form
	f.box.Add(x.file())
	f.box.Add(f.line("title", "What is it?", "Letter from the GP", &x.doc.Title))
	documentAbout(p, f, &x.doc)
	f.box.Add(f.tick("looked", "Pictures and videos: I have looked, this is not such an image", &x.doc.Looked))
	x.looked = f.input("looked")
	x.bar = widget.NewProgressBar()
	x.moving = container.NewHBox(container.NewGridWrap(fyne.NewSize(220, x.bar.MinSize().Height), x.bar), newButton("Stop", x.cancel))
	x.moving.Hide()
	f.finish(p.shut(), x.moving)
	f.box.Objects = append([]fyne.CanvasObject{neverKept()}, f.box.Objects...)
	if path != "" { // what was dropped last stands, whatever the draft says
		f.input("name").set = func(string) { x.entry.SetText(path) }
	}
	p.write("Add a document", f)
}

// openToAdd opens a pupil's page at a record, with the form that adds a document
// to it.
func (w *Window) openToAdd(pupil records.ID, ref records.Ref) {
	p := newPupilPage(w, pupil)
	p.want, p.adding = ref, true
	w.open(p)
}

// neverKept is the warning that stands in the form before a file is chosen. It
// follows "Sharing nudes and semi-nudes: advice for education settings" (UKCIS,
// 2024).
func neverKept() fyne.CanvasObject {
	first := plainText("Never add an indecent image of a child")
	first.TextStyle.Bold = true
	first.Importance = widget.DangerImportance
	return tinted(palette[colorLit], column(-10, first,
		quiet("Not here and nowhere else: to view it on purpose, copy, photograph, print, save or share it is against the law, for staff too."),
		quiet("Instead: write down what was reported or seen, in words, and who holds the device. Do not look any further and do not delete anything. Keep the device safe, switched off if you can. Call the police, or 999 in an emergency, and children’s social care as your policy says. The guidance is “Sharing nudes and semi-nudes: advice for education settings” (UKCIS).")))
}

// file is the field for the path, with a button to choose one.
func (x *documentForm) file() fyne.CanvasObject {
	x.entry = x.page.w.newEntry("")
	f := x.form.entry("name", "Which file? Up to 40 MB", x.entry, &x.path).
		hint("Give its whole path, choose it, or drop it on this window. The file itself stays where it is: delete it there when nobody needs it.")
	changed := x.entry.OnChanged
	x.entry.OnChanged = func(path string) {
		changed(path)
		if x.looked != nil {
			x.looked.set("") // it was said of another file
		}
	}
	return container.NewBorder(nil, nil, nil, column(-2, widget.NewLabel(""), newButton("Choose …", x.choose)), f)
}

// documentAbout adds the fields that can be corrected later.
func documentAbout(p *pupilPage, f *form, d *records.Document) {
	f.box.Add(row(f.date("dated", "Its date (empty if not known)", &d.Dated), f.line("from", "Who wrote or sent it?", "Name and role", &d.From)))
	f.box.Add(f.text("summary", "What does it say, in a few words?", "It is found by these words", 2, &d.Summary))
	if !d.IsPack() { // which stays with its referral, also before that is on the line
		f.box.Add(p.owner(f, &d.On))
	}
}

// owner adds a list of the entries that a document can belong to.
func (p *pupilPage) owner(f *form, to *records.ID) *field {
	ids := []records.ID{""}
	s := newSelect([]string{"None in particular"}, nil)
	for _, i := range newestEntries(p.data.line) {
		e := &p.data.line[i]
		if e.Ref.Kind == records.KindDocument || slices.Contains(ids, e.Ref.ID) {
			continue
		}
		ids = append(ids, e.Ref.ID)
		s.Options = append(s.Options, entryInWords(e.When.String(), e.Title))
	}
	in := &input{name: "on", field: newField("Which entry does it belong to?", s), focus: s}
	in.set = func(id string) {
		s.SetSelectedIndex(0)
		for i := range ids {
			if string(ids[i]) == id {
				s.SetSelectedIndex(i)
			}
		}
	}
	in.text = func() string { return string(ids[max(0, s.SelectedIndex())]) }
	in.set(string(*to))
	in.read = func() bool { *to = records.ID(in.text()); return true }
	s.OnChanged = func(string) { in.field.says(""); f.draft.changed() }
	return f.add(in)
}

func (x *documentForm) choose() { x.page.w.chooseFile(nil, x.entry.SetText) }

// submit reads the file into the record off the window's thread.
func (x *documentForm) submit() {
	if x.form.button.Disabled() {
		return
	}
	store := x.page.w.store
	x.bar.SetValue(0)
	x.form.submit(func(ctx context.Context) error {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		fyne.Do(func() {
			x.stop = stop
			x.moving.Show()
			x.form.foot.Refresh()
		})
		defer fyne.Do(x.ended)
		doc := x.doc
		err := addDocument(ctx, store, &doc, x.path, x.progress())
		if errors.Is(err, context.Canceled) {
			return saying("name", "You stopped it, so nothing of this file is kept.")
		}
		return err
	}, func() {
		if x.page.w.page == x.page { // adding takes a while: another may be open by now
			x.page.kept("The document is kept.")()
		}
	})
}

// ended takes the progress away.
func (x *documentForm) ended() {
	x.stop = nil
	x.moving.Hide()
	x.form.foot.Refresh()
}

func (x *documentForm) cancel() {
	if x.stop != nil {
		x.stop()
	}
}

// progress returns what moves the bar, ten times a second at most. It is called
// off the window's thread.
func (x *documentForm) progress() func(done, total int64) {
	var last time.Time
	return func(done, total int64) {
		if now := time.Now(); now.Sub(last) > 100*time.Millisecond || done == total {
			last = now
			fyne.Do(func() { x.bar.SetValue(float64(done) / float64(max(1, total))) })
		}
	}
}

// addDocument keeps the file at path. Its errors name no path: a file may be
// named after a child.
func addDocument(ctx context.Context, s *records.Store, d *records.Document, path string, progress func(done, total int64)) error {
	path = strings.TrimSpace(path)
	if path == "" {
		return saying("name", "Choose a file, or give its whole path.")
	}
	if !filepath.IsAbs(path) {
		return saying("name", errNotWhole.Error())
	}
	f, err := os.Open(path)
	if err != nil {
		return saying("name", "There is no file to be read at this place. Check the path, or choose the file.")
	}
	defer f.Close() // it was only read
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return saying("name", "This is not a file. Choose one; of a folder, add each file that is needed.")
	}
	end := filepath.Ext(path)
	d.Name = records.Clean(shortened(strings.TrimSuffix(filepath.Base(path), end), records.ShortLimit-len(end)) + end)
	return s.AddDocument(ctx, d, f, func(done int64) { progress(done, info.Size()) })
}

// correctDocument opens the form that corrects what is written of a document.
// Its file stays what it is.
func (p *pupilPage) correctDocument(id records.ID) {
	old := p.data.document(id)
	if old == nil {
		return
	}
	d := *old
	var why string
	var f *form
	store := p.w.store
	f = p.w.newForm("document "+string(id), "Keep", func() {
		f.submit(func(ctx context.Context) error {
			saved := d
			return store.Documents.Save(ctx, &saved, why)
		}, p.kept("Kept."))
	})
	f.box.Add(f.line("title", "What is it?", "", &d.Title))
	documentAbout(p, f, &d)
	f.box.Add(f.line("why", "Why is this changed?", "Such as: the date was wrong", &why))
	f.finish(p.shut())
	p.write("Correct a document", f)
}
