package ui

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"throughline/records"
	"throughline/referral/pack"
)

// What can have been sent, apart from a PDF that was saved here.
const (
	wentByForm  = "What was copied into the web form"
	wentAsWords = "No PDF from here: the words of the pack as they stand"
)

// The labels of the button that saves a pack.
const (
	savePackLabel  = "Save as PDF …"
	saveSentLabel  = "Save the PDF that was sent …"
	reprintLabel   = "Save a reprint …"
	saveDraftLabel = "Save a draft …" // marked as one on every page
)

// wentWays returns what can have been sent, the likeliest first: what is being
// copied into the web form, then the PDFs, the last one first.
func wentWays(copying bool, packs []records.Document) []string {
	var ways []string
	if copying {
		ways = append(ways, wentByForm)
	}
	for i := range slices.Backward(packs) {
		ways = append(ways, pdfLabel(packs, i))
	}
	if !copying {
		ways = append(ways, wentAsWords)
	}
	return ways
}

// pdfLabel names a PDF by when it was saved; its number tells two of one minute
// apart.
func pdfLabel(packs []records.Document, i int) string {
	return fmt.Sprintf("PDF %d, saved %s", i+1, packs[i].CreatedAt)
}

// freeze sets on ref what was sent, as it is named by wentWays, and returns its
// SHA-256: of the PDF's bytes, or of the words where it was none. was is the
// referral as the page showed it.
func freeze(ctx context.Context, s *records.Store, f *records.File, was records.Referral, ref *records.Referral, went string) (string, error) {
	packs := pack.Packs(f, ref)
	for i := range packs {
		if pdfLabel(packs, i) != went {
			continue
		}
		if packs[i].CreatedAt.Date() > ref.SentAt.Date() {
			return "", saying("sent_at", "That PDF was saved after this day. Check the day, or choose what was sent.")
		}
		return packs[i].SHA256, pack.FreezeFile(ctx, s, ref, &packs[i])
	}
	if went != wentByForm && went != wentAsWords {
		return "", saying("went", "Choose what was sent.")
	}
	pack.FreezeText(ref, pack.Redraft(f, &was), f.Read)
	return ref.PackHash, nil
}

// afterPDF says what of the record the last PDF does not hold, and "" where there
// is nothing.
func (p *referralPage) afterPDF(packs []records.Document) string {
	if len(packs) == 0 {
		return ""
	}
	n := 0
	for i := range p.data.file.Concerns {
		if p.data.file.Concerns[i].RecordedAt > packs[len(packs)-1].CreatedAt {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return upperFirst(count(n, "entry is", "entries are")) + " new or changed since the last PDF was saved, and not in it. If it has not gone yet, save it anew on the page before."
}

// fileSent returns the PDF that was sent, or nil where none was.
func fileSent(f *records.File, ref *records.Referral) *records.Document {
	i := slices.IndexFunc(f.Documents, func(d records.Document) bool { return d.ID == ref.PackFile })
	if ref.PackFile == "" || i < 0 {
		return nil
	}
	return &f.Documents[i]
}

// savePack writes a pack as a PDF where the user says. What was saved to be sent
// can be chosen as sent from then on.
func (p *referralPage) savePack(ref records.Referral) {
	w, file := p.w, p.data.file
	store := w.store
	w.saveFile("referral pack "+string(p.data.now.Date())+".pdf", func(ctx context.Context, path string) error {
		if err := pack.Export(ctx, store, file, &ref, path, ""); err != nil {
			return err
		}
		fyne.Do(func() {
			if w.page == p {
				load(w, p.load, func(d *referralData) { p.data = d })
			}
		})
		return nil
	})
}

// saveDraft writes the pack to be read through, marked as a draft on every page.
func (p *referralPage) saveDraft(ref records.Referral) {
	file, store := p.data.file, p.w.store
	p.w.saveFile("draft of a referral pack "+string(p.data.now.Date())+".pdf", func(ctx context.Context, path string) error {
		return pack.ExportDraft(ctx, store, file, &ref, path, "")
	})
}
