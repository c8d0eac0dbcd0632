package ui

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/records"
	"throughline/referral"
	"throughline/referral/pack"
)

// itIs moves the window's clock to a time on 22 Nov 2026, in London.
func itIs(w *Window, hour, minute int) {
	w.store.Now = func() time.Time { return time.Date(2026, 11, 22, hour, minute, 0, 0, time.UTC) }
}

// savesPack saves the pack from the step it is on and returns the file's bytes.
func savesPack(t *testing.T, w *Window, label string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pack.pdf")
	press(t, w, label)
	fill(t, w, "Where to save it", path)
	press(t, w, "Save")
	w.closeDialogs()
	pdf, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Fatalf("no PDF: %v", err)
	}
	return pdf
}

func bytesOf(t *testing.T, w *Window, id records.ID) []byte {
	t.Helper()
	r, err := w.store.OpenDocument(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The PDF that is named as sent is what is kept, what is noted as shared and what
// comes back, though the record and the pack went on meanwhile.
func TestThePDFThatWasSentIsKept(t *testing.T) {
	w, p := newReferral(t)
	decideAll(t, w)
	first := savesPack(t, w, savePackLabel)
	press(t, w, string(stepSend)) // it can be named at once
	pickOption(t, w, "What was sent", "PDF 1, saved Sun 22 Nov 2026, 10:00")
	press(t, w, string(stepPack))
	itIs(w, 10, 30)
	savesPack(t, w, savePackLabel)
	itIs(w, 11, 0)
	addConcern(t, w, p.pupil, "2026-11-20", "Ms Quill rang the school nurse.")
	visit(w, newReferralPage(w, p.pupil, p.id))
	p = w.page.(*referralPage)
	press(t, w, string(stepPack))
	press(t, w, "Keep the pack")
	press(t, w, string(stepSend))
	if !says(w, "1 entry is new or changed since the last PDF was saved") {
		t.Error("it is not said that an entry is not in the PDF")
	}
	fill(t, w, "To whom", "Front door, Thistleshire")
	for _, c := range []struct{ day, went, field, want string }{
		{"21/11/2026", "PDF 2, saved Sun 22 Nov 2026, 10:30", "When it was sent", "That PDF was saved after this day."},
		{"22/11/2026", "", "What was sent", "Choose what was sent."},
	} {
		fill(t, w, "When it was sent", c.day)
		p.formOf("send").input("went").set(c.went)
		press(t, w, "It has been sent")
		press(t, w, "It has been sent")
		wants(t, w, c.field, c.want)
	}
	pickOption(t, w, "What was sent", "PDF 1, saved Sun 22 Nov 2026, 10:00")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent")

	r := kept(t, p)
	f, err := w.store.File(context.Background(), p.pupil)
	if err != nil || len(f.Documents) != 2 || len(f.Disclosures) != 1 {
		t.Fatalf("%d packs, %d shared, %v", len(f.Documents), len(f.Disclosures), err)
	}
	if r.PackFile != f.Documents[0].ID || !bytes.Equal(bytesOf(t, w, r.PackFile), first) || f.Disclosures[0].SHA256 != f.Documents[0].SHA256 {
		t.Errorf("kept as sent: %q, shared %q", r.PackFile, f.Disclosures[0].SHA256)
	}
	if r.PackHash != pack.Hash(r.Sections) || r.PackMade != f.Documents[0].CreatedAt {
		t.Errorf("the fingerprint %q and the time %q are not those of the PDF", r.PackHash, r.PackMade)
	}
	for _, sec := range r.Sections {
		for _, st := range sec.Statements {
			if slices.ContainsFunc(st.Rests, func(ref records.Ref) bool { return ref.ID == f.Concerns[len(f.Concerns)-1].ID && len(st.Rests) == 1 }) {
				t.Errorf("what was logged afterwards is kept as sent: %q", st.Text)
			}
		}
	}
	for _, s := range []step{stepSend, stepPack} {
		press(t, w, string(s))
		if got := savesPack(t, w, saveSentLabel); !bytes.Equal(got, first) {
			t.Errorf("from %q, what was sent comes back otherwise", s)
		}
	}
	if !says(w, "Since it was sent, 1 entry is new") {
		t.Error("what was logged between the PDF and the sending is not new since")
	}
}

// What is written of a pack can be corrected before its referral is on the line;
// it stays that referral's.
func TestAPackIsCorrected(t *testing.T) {
	w, p := newReferral(t)
	press(t, w, string(stepPack))
	savesPack(t, w, savePackLabel)
	doc := pack.Packs(p.data.file, &p.data.ref)[0]
	page := newPupilPage(w, p.pupil)
	visit(w, page)
	page.showSection(sectionDocuments)
	press(t, w, "Correct")
	fill(t, w, "What does it say, in a few words?", "Read by the headteacher.")
	fill(t, w, "Why is this changed?", "To be found.")
	press(t, w, "Keep")
	if d, err := w.store.Documents.Get(context.Background(), doc.ID); err != nil || d.Summary != "Read by the headteacher." || d.On != p.id {
		t.Errorf("corrected %+v, %v", d, err)
	}
}

// A draft is not kept and cannot be named as sent; without a PDF the words are
// kept as they stand, and what is printed later is a reprint.
func TestSentWithoutAPDF(t *testing.T) {
	w, p := newReferral(t)
	decideAll(t, w)
	savesPack(t, w, "Save a draft …")
	press(t, w, string(stepSend))
	if p.formOf("send").input("went") != nil || len(pack.Packs(p.data.file, &p.data.ref)) != 0 {
		t.Error("a draft can be named as sent")
	}
	fill(t, w, "To whom", "Front door, Thistleshire")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent")
	if r := kept(t, p); r.PackFile != "" || r.PackHash != pack.Hash(r.Sections) || strings.Contains(strings.Join(wordsIn(r), " "), "How it was sent") {
		t.Errorf("kept %+v", r)
	}
	press(t, w, string(stepPack))
	savesPack(t, w, reprintLabel)
}

// wordsIn returns every statement of a pack.
func wordsIn(r records.Referral) []string {
	var all []string
	for _, sec := range r.Sections {
		for _, st := range sec.Statements {
			all = append(all, st.Text)
		}
	}
	return all
}

// A call tells social care something, so it is kept as shared; corrected, it is
// not shared twice. The number they give goes with the referral.
func TestTheCallIsKeptAsShared(t *testing.T) {
	w, p := newReferral(t)
	press(t, w, string(stepSend))
	fill(t, w, "Whom you spoke to: name and role", "Ruth Amadi, screening officer")
	fill(t, w, "What was said on each side, and who does what next", "We told of the bruises.")
	fill(t, w, "Reference they gave on the telephone", "TS-1")
	press(t, w, "Keep the call")
	shared := func() records.Disclosure {
		t.Helper()
		all, err := w.store.Disclosures.Under(context.Background(), p.id)
		if err != nil || len(all) != 1 {
			t.Fatalf("shared: %+v, %v", all, err)
		}
		return all[0]
	}
	d := shared()
	if d.To != "Ruth Amadi, screening officer" || d.Said != "We told of the bruises." || d.Basis != "Referral to children's social care to protect the child." || d.At != records.StampOf(w.now()) {
		t.Errorf("shared %+v", d)
	}
	if r := kept(t, p); r.Reference != "TS-1" {
		t.Errorf("the reference is %q", r.Reference)
	}
	fill(t, w, "What was said on each side, and who does what next", "We told of the bruises, and of the belt.")
	press(t, w, "Keep the correction")
	if d := shared(); d.Version != 2 || !strings.HasSuffix(d.Said, "the belt.") {
		t.Errorf("corrected %+v", d)
	}
}

// A number that comes after the referral went is entered where it went.
func TestTheReferenceComesLater(t *testing.T) {
	w, p := newReferral(t)
	sendIt(t, w, p)
	press(t, w, string(stepSend))
	press(t, w, "Keep the reference")
	wants(t, w, "Reference they gave", "Write the reference that they gave.")
	was := kept(t, p)
	fill(t, w, "Reference they gave", "TS-4471")
	press(t, w, "Keep the reference")
	if r := kept(t, p); r.Reference != "TS-4471" || r.PackHash != was.PackHash || r.SentAt != was.SentAt || r.Version != was.Version+1 {
		t.Errorf("kept %+v", r)
	}
	if !says(w, "Their reference: TS-4471") || slices.ContainsFunc(seen[*widget.Button](w), func(b *widget.Button) bool { return b.Text == "Keep the reference" }) {
		t.Error("the reference is not shown, or asked for again")
	}
}

// What a sentence rests on is shown, also where that is no entry of the line.
func TestShowMeWhyShowsSomething(t *testing.T) {
	w, p := newReferral(t)
	ann := mustSave(t, w.store.People, records.Person{Name: "Ann Alder"})
	mustSave(t, w.store.Ties, records.Tie{Pupil: p.pupil, Person: ann.ID, Relationship: "Mother", InHousehold: records.Yes, Strength: "Walks him to school"})
	decideAll(t, w)
	press(t, w, string(stepPack))
	n := 0
	for _, c := range []struct{ box, title, text string }{
		{pack.Header, "This referral", "The three decisions"},
		{pack.Child, "The details of Ned Alder", "5B"},
		{pack.Household, "Ann Alder", "Mother, in the household"},
		{pack.Concern, "Concern: Neglect", "without a coat"},
	} {
		openBox(t, w, p, c.box)
		for _, b := range seen[*widget.Button](w) {
			if strings.HasPrefix(b.Text, "Show me why") {
				n++
			}
		}
		press(t, w, "Show me why (1)")
		if !says(w, c.title) || !says(w, c.text) {
			t.Errorf("%s: it does not show %q, %q", c.box, c.title, c.text)
		}
		w.closeDialogs()
	}
	if n < 8 {
		t.Errorf("%d sentences say why", n)
	}
	if b := p.pack.whyButton(records.Statement{Rests: []records.Ref{{Kind: records.KindConcern, ID: "gone"}}}); b != nil {
		t.Error("a sentence whose entry is gone offers to show it")
	}
}

// TestASendingNotedByMistakeIsTakenBack: with a reason the referral is a draft
// again; what was noted as shared stays and says that it did not go out, and the
// pack can be sent in earnest afterwards.
func TestASendingNotedByMistakeIsTakenBack(t *testing.T) {
	w, p := newReferral(t)
	sendIt(t, w, p)
	before := kept(t, p)
	press(t, w, string(stepSend))
	press(t, w, "Correct …")
	const label = "It has not gone out: this was pressed by mistake"
	for _, c := range seen[*widget.Check](w) {
		if c.Text == label {
			c.SetChecked(true)
		}
	}
	press(t, w, "Keep the correction")
	if kept(t, p).SentAt == "" {
		t.Fatal("it is taken back without a reason")
	}
	const why = "Pressed by mistake; the e-mail never left."
	fill(t, w, "Why is this changed?", why)
	press(t, w, "Keep the correction")
	r := kept(t, p)
	if r.SentAt != "" || r.SentTo != "" || r.PackHash != "" || r.PackMade != "" || r.PackFile != "" || len(r.DueThen) != 0 || r.Why != why {
		t.Fatalf("taken back: %+v", r)
	}
	if len(r.Sections) != len(before.Sections) || p.data.state.Stage != referral.Draft {
		t.Errorf("the pack has %d sections, had %d; the case is %s", len(r.Sections), len(before.Sections), p.data.state.Stage)
	}
	shared := func() []records.Disclosure {
		t.Helper()
		list, err := w.store.Disclosures.Under(t.Context(), p.id)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if d := shared(); len(d) != 1 || d[0].TakenBack != why || d[0].SHA256 != before.PackHash || d[0].At != before.SentAt {
		t.Fatalf("noted as shared: %+v", d)
	}
	f, err := w.store.File(t.Context(), p.pupil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(chronology.Of(f), func(e chronology.Entry) bool {
		return strings.HasSuffix(e.Event, "and did not go out.") && e.Reason == why && !strings.Contains(e.Title, "Information shared")
	}) {
		t.Error("the line does not say that it did not go out")
	}
	fill(t, w, "To whom", "Front door, Thistleshire")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent")
	if d := shared(); kept(t, p).SentAt == "" || len(d) != 2 || (d[0].TakenBack == "") == (d[1].TakenBack == "") {
		t.Errorf("sent in earnest: %+v", d)
	}
}
