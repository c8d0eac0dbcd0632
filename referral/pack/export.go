package pack

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"throughline/records"
)

// Export writes the pack of a referral to a PDF at path, which the audit trail
// then holds with its SHA-256. A password is needed to open it; an empty one
// leaves it open to read.
//
// What is written of a draft may be what goes out, so its sections are saved as a
// version of the referral and its very bytes are kept in the vault, one of
// [Packs]; [FreezeFile] says that it went. Who does not write gets a copy that
// is marked as a draft. Of a referral that was sent, path gets the bytes that were
// sent, which no password changes, or, where no PDF was, a reprint that says that
// it is one.
//
// The error is that of records.Store.Export, or of saving.
func Export(ctx context.Context, s *records.Store, f *records.File, ref *records.Referral, path, password string) error {
	switch {
	case ref.PackFile != "":
		return s.SaveDocument(ctx, ref.PackFile, path)
	case ref.SentAt != "":
		return reprint(ctx, s, f, ref, path, password)
	case !s.Me.Role.Writes():
		return ExportDraft(ctx, s, f, ref, path, password)
	}
	_, err := s.Export(ctx, ref.Pupil, "referral pack", path, func(w io.Writer) error {
		_, pdf, err := Print(ctx, s, f, ref, password)
		if err == nil {
			_, err = w.Write(pdf)
		}
		return err
	})
	return err
}

// Print prints the pack of a draft to be sent: it saves its sections as a version
// of the referral, keeps the PDF as one of [Packs] and returns both the document
// and its bytes. The error is that of saving.
func Print(ctx context.Context, s *records.Store, f *records.File, ref *records.Referral, password string) (*records.Document, []byte, error) {
	if err := s.Referrals.Save(ctx, ref, "The pack."); err != nil {
		return nil, nil, err
	}
	o, err := imprint(ctx, s, password)
	if err != nil {
		return nil, nil, err
	}
	var pdf bytes.Buffer
	if err := Write(&pdf, f, ref, o); err != nil {
		return nil, nil, err
	}
	doc := &records.Document{
		Pupil: ref.Pupil, On: ref.ID, Made: ref.Version, From: join(", ", o.Author.Name, o.Author.Role.String()),
		Title: "Referral pack, made " + o.Now.String(), Name: "referral pack " + string(o.Now.Date()) + ".pdf",
	}
	if password != "" {
		doc.Summary = "A password opens it: that under which it was saved."
	}
	return doc, pdf.Bytes(), s.AddDocument(ctx, doc, bytes.NewReader(pdf.Bytes()), nil)
}

// ExportDraft writes the pack of a referral to a PDF at path to be read through:
// every page says that it is a draft, and no copy is kept. The error is that of
// records.Store.Export.
func ExportDraft(ctx context.Context, s *records.Store, f *records.File, ref *records.Referral, path, password string) error {
	o, err := imprint(ctx, s, password)
	if err != nil {
		return err
	}
	o.Draft = true
	_, err = s.Export(ctx, ref.Pupil, "draft of a referral pack", path, func(w io.Writer) error { return Write(w, f, ref, o) })
	return err
}

// reprint prints anew what was sent: under the name of who sent it, with the
// concerns as they then were.
func reprint(ctx context.Context, s *records.Store, f *records.File, ref *records.Referral, path, password string) error {
	o, err := imprint(ctx, s, password)
	if err != nil {
		return err
	}
	all, err := s.Referrals.History(ctx, ref.ID)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(all, func(r records.Referral) bool { return r.SentAt != "" }); i >= 0 {
		o.Sender = f.Members[all[i].RecordedBy]
	}
	then := *f
	if then.Concerns, err = concernsAt(ctx, s, f.Concerns, ref.AsOf()); err != nil {
		return err
	}
	_, err = s.Export(ctx, ref.Pupil, "reprint of a referral pack", path, func(w io.Writer) error { return Write(w, &then, ref, o) })
	return err
}

// concernsAt returns concerns in the versions that stood at an instant. One that
// is younger stays as it is.
func concernsAt(ctx context.Context, s *records.Store, now []records.Concern, at records.Stamp) ([]records.Concern, error) {
	then := slices.Clone(now)
	for i := range then {
		if then[i].RecordedAt <= at || then[i].CreatedAt > at {
			continue
		}
		all, err := s.Concerns.History(ctx, then[i].ID)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			if c.RecordedAt <= at {
				then[i] = c
			}
		}
	}
	return then, nil
}

// Packs returns the packs of a referral that were printed to be sent, the first
// one first.
func Packs(f *records.File, ref *records.Referral) []records.Document {
	var list []records.Document
	for _, d := range f.Documents {
		if d.IsPack() && d.On == ref.ID {
			list = append(list, d)
		}
	}
	return list
}

// FreezeFile sets on a referral what was sent: one of its [Packs], with the
// sections that stand in it. Returns ErrNotFound when it is none of them.
func FreezeFile(ctx context.Context, s *records.Store, ref *records.Referral, doc *records.Document) error {
	all, err := s.Referrals.History(ctx, ref.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(r records.Referral) bool { return r.Version == doc.Made })
	if i < 0 || doc.On != ref.ID {
		return fmt.Errorf("pack %s of referral %s: %w", doc.ID, ref.ID, records.ErrNotFound)
	}
	FreezeText(ref, all[i].Sections, doc.CreatedAt)
	ref.PackFile = doc.ID
	return nil
}

// FreezeText sets on a referral what was sent where it was no PDF: sections as
// they were at an instant, copied into a web form, say.
func FreezeText(ref *records.Referral, sections []records.Section, at records.Stamp) {
	ref.Sections, ref.PackHash, ref.PackMade, ref.PackFile = sections, Hash(sections), at, ""
}

// ExportLetter writes a letter about a pupil to a PDF at path, as Export does
// the pack. It returns when, and the SHA-256 of the file in hexadecimal.
func ExportLetter(ctx context.Context, s *records.Store, pupil records.ID, l Letter, path, password string) (sum string, at records.Stamp, err error) {
	o, err := imprint(ctx, s, password)
	if err != nil {
		return "", "", err
	}
	sum, err = s.Export(ctx, pupil, "letter of a challenge", path, func(w io.Writer) error { return WriteLetter(w, l, o) })
	return sum, o.Now, err
}

func imprint(ctx context.Context, s *records.Store, password string) (Options, error) {
	i, err := s.Imprint(ctx)
	return Options{School: i.School, Author: i.Author, AuditHead: i.AuditHead, Now: i.At, Password: password}, err
}
