package ui

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

const (
	fileField  = "Which file? Up to 40 MB"
	titleField = "What is it?"
	lookedTick = "Pictures and videos: I have looked, this is not such an image"
)

// fileOf writes a file with these bytes and returns its path.
func fileOf(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// drawing returns a picture of w by h as PNG.
func drawing(t *testing.T, w, h int) string {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		img.Set(x, h/2, color.Black)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func addDocumentTo(t *testing.T, w *Window, pupil records.ID, name, content string, change func(*records.Document)) records.Document {
	t.Helper()
	d := records.Document{Pupil: pupil, Title: "Letter from the GP", Name: name, Looked: true}
	if change != nil {
		change(&d)
	}
	if err := w.store.AddDocument(context.Background(), &d, strings.NewReader(content), nil); err != nil {
		t.Fatal(err)
	}
	return d
}

// openDocuments opens a pupil's page at the documents.
func openDocuments(w *Window, pupil records.ID) *pupilPage {
	p := newPupilPage(w, pupil)
	visit(w, p)
	p.press(sectionDocuments)
	w.tasks.Wait()
	return p
}

func documentsKept(t *testing.T, w *Window, pupil records.ID) []records.Document {
	t.Helper()
	all, err := w.store.Documents.Of(context.Background(), pupil)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAddADocument(t *testing.T) {
	w := newSchool(t)
	pupil := addPupil(t, w, "Zoë", "Nguyễn")
	c := addConcern(t, w, pupil.ID, "2026-11-19", "")
	page := openDocuments(w, pupil.ID)
	if !says(w, "No documents are kept yet.") {
		t.Error("an empty list does not say so")
	}
	press(t, w, "Add a document …")
	if !says(w, "Never add an indecent image of a child") {
		t.Error("the form does not begin with the warning")
	}
	path := fileOf(t, "gp letter.pdf", "%PDF-1.7\nDear colleague")
	fill(t, w, fileField, path)
	fill(t, w, titleField, "Letter from the GP")
	fill(t, w, "Its date (empty if not known)", "18 Nov 2026")
	fill(t, w, "Who wrote or sent it?", "Dr Ann Lee")
	page.form.input("on").set(string(c.ID))
	press(t, w, "Keep the document")
	all := documentsKept(t, w, pupil.ID)
	if len(all) != 1 || all[0].On != c.ID || all[0].Dated != "2026-11-18" || all[0].Name != "gp letter.pdf" || all[0].Type != "application/pdf" {
		t.Fatalf("kept %+v", all)
	}
	page.press(sectionDocuments)
	for _, text := range []string{"Letter from the GP", "18 Nov 2026  ·  from Dr Ann Lee  ·  PDF  ·  23 bytes", "Belongs to: 19 Nov 2026"} {
		if !says(w, text) {
			t.Errorf("the list does not say %q", text)
		}
	}
	page.want = records.Ref{ID: c.ID}
	page.press(sectionEntries)
	page.entries.choose(page.data.find(page.want))
	if !says(w, "1 document belongs to this") {
		t.Error("the entry does not show its document")
	}
	if draft, _, err := w.store.Draft(context.Background(), "document of "+string(pupil.ID)); draft != "" || err != nil {
		t.Errorf("the draft is still there: %q, %v", draft, err)
	}
}

func TestAddADocumentSaysWhatIsWrong(t *testing.T) {
	w := newSchool(t)
	pupil := addPupil(t, w, "Zoë", "Nguyễn")
	openDocuments(w, pupil.ID)
	press(t, w, "Add a document …")
	fill(t, w, titleField, "A drawing")
	for _, c := range []struct{ name, path, want string }{
		{"no path", "", "Choose a file"},
		{"not whole", "letter.pdf", "whole path"},
		{"nothing there", filepath.Join(t.TempDir(), "Zoë.pdf"), "There is no file"},
		{"a folder", t.TempDir(), "This is not a file"},
		{"empty", fileOf(t, "a.txt", ""), "empty"},
		{"a program", fileOf(t, "a.pdf", "MZ\x00\x00"), "program"},
	} {
		entryNamed(t, w, fileField).SetText(c.path)
		press(t, w, "Keep the document")
		if got := problem(t, w, fileField); !strings.Contains(got, c.want) {
			t.Errorf("%s: it says %q, want %q", c.name, got, c.want)
		}
		if got := entryNamed(t, w, titleField).Text; got != "A drawing" {
			t.Errorf("%s: the title is now %q", c.name, got)
		}
	}
	entryNamed(t, w, fileField).SetText(fileOf(t, "a.png", drawing(t, 40, 20)))
	press(t, w, "Keep the document")
	if !says(w, "Look at this picture or video first") || len(documentsKept(t, w, pupil.ID)) != 0 {
		t.Error("a picture is kept before anybody says that it was looked at")
	}
	tickBox(t, w, lookedTick)
	press(t, w, "Keep the document")
	if all := documentsKept(t, w, pupil.ID); len(all) != 1 || !all[0].Looked {
		t.Errorf("kept %+v", all)
	}
}

func tickBox(t *testing.T, w *Window, label string) {
	t.Helper()
	for _, c := range seen[*widget.Check](w) {
		if c.Text == label {
			c.SetChecked(true)
			return
		}
	}
	t.Fatalf("there is no tick %q", label)
}

// TestLookedIsSaidOfOneFile: a tick that was set for one picture says nothing
// about the next.
func TestLookedIsSaidOfOneFile(t *testing.T) {
	w := newSchool(t)
	pupil := addPupil(t, w, "Zoë", "Nguyễn")
	page := openDocuments(w, pupil.ID)
	press(t, w, "Add a document …")
	fill(t, w, fileField, "/a.png")
	tickBox(t, w, lookedTick)
	fill(t, w, fileField, "/b.png")
	if page.form.input("looked").text() != "" {
		t.Error("another file, and the tick still stands")
	}
}

func TestDropADocument(t *testing.T) {
	w := newSchool(t)
	pupil := addPupil(t, w, "Zoë", "Nguyễn")
	openDocuments(w, pupil.ID)
	press(t, w, "Add a document …")
	fill(t, w, fileField, "/from/the/draft.pdf")
	fill(t, w, titleField, "A letter")
	path := fileOf(t, "dropped.txt", "Dear colleague")
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)})
	w.tasks.Wait()
	if got := entryNamed(t, w, fileField).Text; got != path {
		t.Errorf("the file is %q, want %q", got, path)
	}
	if got := entryNamed(t, w, titleField).Text; got != "A letter" {
		t.Errorf("the title that was typed is now %q", got)
	}
	press(t, w, "Keep the document")
	if len(documentsKept(t, w, pupil.ID)) != 1 {
		t.Error("what was dropped is not kept")
	}
}

func TestStopADocument(t *testing.T) {
	w := newSchool(t)
	pupil := addPupil(t, w, "Zoë", "Nguyễn")
	ctx, stop := context.WithCancel(context.Background())
	d := records.Document{Pupil: pupil.ID, Title: "A recording"}
	path := filepath.Join(t.TempDir(), "a.bin")
	if err := os.WriteFile(path, bytes.Repeat([]byte{1}, 4<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	err := addDocument(ctx, w.store, &d, path, func(done, total int64) {
		if done >= total/2 {
			stop()
		}
	})
	if err == nil || len(documentsKept(t, w, pupil.ID)) != 0 {
		t.Errorf("stopped in the middle: %v, and %d documents", err, len(documentsKept(t, w, pupil.ID)))
	}
}

func TestLookAtAPicture(t *testing.T) {
	w := newSchool(t)
	pupil := addPupil(t, w, "Zoë", "Nguyễn")
	addDocumentTo(t, w, pupil.ID, "a.png", drawing(t, 400, 200), func(d *records.Document) { d.Title = strings.Repeat("A long title ", 15) })
	page := openDocuments(w, pupil.ID)
	if n := len(seen[*canvas.Image](w)); n == 0 {
		t.Error("the list has no small picture")
	}
	press(t, w, "Look")
	pictures := func() int {
		n := 0
		for _, i := range seen[*canvas.Image](w) {
			if i.Image != nil && i.Image.Bounds().Dx() == 400 {
				n++
			}
		}
		return n
	}
	if pictures() != 1 {
		t.Fatal("the picture is not shown")
	}
	if m := w.win.Canvas().Overlays().Top().MinSize(); m.Width > 1280 || m.Height > 690 {
		t.Errorf("the picture needs %v", m)
	}
	w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if pictures() != 0 || w.page != page {
		t.Error("Escape does not close the picture")
	}
	press(t, w, "Look")
	w.blank()
	if pictures() != 0 {
		t.Error("the blank screen shows the picture")
	}
	page.look(page.data.file.Documents[0].ID)
	w.tasks.Wait()
	if pictures() != 0 {
		t.Error("a picture that was read meanwhile is shown on the blank screen")
	}
	w.unblank()
	press(t, w, "Look")
	w.lock("")
	shut(t, w)
	if pictures() != 0 {
		t.Error("the locked window shows the picture")
	}
}

func TestSaveACopy(t *testing.T) {
	w := newSchool(t)
	pupil := addPupil(t, w, "Zoë", "Nguyễn")
	d := addDocumentTo(t, w, pupil.ID, "GP letter about Zoë.TXT", "Dear colleague", nil)
	openDocuments(w, pupil.ID)
	shared := func() []records.Disclosure {
		all, err := w.store.Disclosures.Of(context.Background(), pupil.ID)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	choose := func(whom string) {
		for _, g := range seen[*selectBox](w) {
			g.SetSelected(whom)
		}
	}
	press(t, w, "Save a copy …")
	seen[*selectBox](w)[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.win.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not close the question")
	}
	press(t, w, "Save a copy …")
	press(t, w, "Choose where to keep it …")
	if got := problem(t, w, "Whom is the copy for?"); got == "" {
		t.Error("a copy is made for nobody")
	}
	choose(forUs)
	press(t, w, "Choose where to keep it …")
	if name := filepath.Base(entryNamed(t, w, "Where to save it").Text); name != "document 2026-11-22.txt" {
		t.Errorf("the name is %q", name)
	}
	own := filepath.Join(t.TempDir(), "own.txt")
	fill(t, w, "Where to save it", own)
	press(t, w, "Save")
	if b, err := os.ReadFile(own); string(b) != "Dear colleague" || err != nil || len(shared()) != 0 {
		t.Errorf("for our own use: %q, %v, %d disclosures", b, err, len(shared()))
	}
	w.closeDialogs()

	press(t, w, "Save a copy …")
	choose(forOthers)
	press(t, w, "Choose where to keep it …")
	if problem(t, w, "Whom is it shared with?") == "" || problem(t, w, "On what basis?") == "" {
		t.Error("it is shared with nobody, on no basis")
	}
	fill(t, w, "Whom is it shared with?", "Ann Lee, social worker")
	fill(t, w, "On what basis?", "Asked for by the front door; parents agreed.")
	press(t, w, "Choose where to keep it …")
	theirs := filepath.Join(t.TempDir(), "theirs.txt")
	fill(t, w, "Where to save it", theirs)
	press(t, w, "Save")
	all := shared()
	if len(all) != 1 || all[0].SHA256 != d.SHA256 || all[0].What != "Document: Letter from the GP" || all[0].To != "Ann Lee, social worker" {
		t.Errorf("written down: %+v", all)
	}
}

func TestAHeadReadsDocuments(t *testing.T) {
	w := newSchool(t)
	pupil := addPupil(t, w, "Zoë", "Nguyễn")
	addDocumentTo(t, w, pupil.ID, "a.txt", "Dear colleague", nil)
	w.store.Me.Role = records.Head
	openDocuments(w, pupil.ID)
	for _, b := range seen[*widget.Button](w) {
		if b.Text == "Add a document …" || b.Text == "Correct" {
			t.Errorf("a head is offered %q", b.Text)
		}
	}
	press(t, w, "Save a copy …")
	for _, g := range seen[*selectBox](w) {
		if len(g.Options) != 1 {
			t.Errorf("a head may share: %q", g.Options)
		}
	}
}

func TestAddADocumentToAConcern(t *testing.T) {
	w := newSchool(t)
	pupil := addPupil(t, w, "Zoë", "Nguyễn")
	c := addConcern(t, w, pupil.ID, "2026-11-19", "")
	w.openToAdd(pupil.ID, records.Ref{Kind: records.KindConcern, ID: c.ID})
	w.tasks.Wait()
	page := w.page.(*pupilPage)
	if page.form == nil || page.form.input("on").text() != string(c.ID) {
		t.Error("the form for a document of the concern is not open")
	}
}

// TestManyDocuments holds the width and the time of a long list.
func TestManyDocuments(t *testing.T) {
	w := newSchool(t)
	pupil := addPupil(t, w, "Zoë", "Nguyễn")
	picture := drawing(t, 300, 200)
	for i := range 30 {
		addDocumentTo(t, w, pupil.ID, "a.png", picture, func(d *records.Document) {
			d.Title = fmt.Sprintf("Drawing %d %s", i, strings.Repeat("of the house and everybody in it ", 5))[:150]
			d.From = strings.Repeat("Somebodywithalongname", 4)
		})
	}
	begin := time.Now()
	page := openDocuments(w, pupil.ID)
	t.Logf("30 documents shown after %v", time.Since(begin))
	if m := page.content().MinSize(); m.Width > 1104 || m.Height > 640 {
		t.Errorf("the page needs %v", m)
	}
	for _, s := range scrollsIn(page.content()) {
		if m := s.Content.MinSize(); m.Width > 1104 {
			t.Errorf("what scrolls is %v wide", m.Width)
		}
	}
	press(t, w, "Add a document …")
	if m := page.content().MinSize(); m.Width > 1104 || m.Height > 640 {
		t.Errorf("with the form, the page needs %v", m)
	}
	if test.WidgetRenderer(page.body) == nil || len(page.body.box.Objects) != 2 {
		t.Error("the form is not beside the list")
	}
}

func TestSizeInWords(t *testing.T) {
	for n, want := range map[int64]string{1: "1 byte", 840: "840 bytes", 12400: "12 KB", 3_440_000: "3.4 MB"} {
		if got := sizeInWords(n); got != want {
			t.Errorf("sizeInWords(%d) = %q, want %q", n, got, want)
		}
	}
}
