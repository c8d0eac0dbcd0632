package ui

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// removed adds what was taken out of the file, what was to be and stays, and
// what held the file; each with why, and with who asked behind it.
func (p *pupilPage) removed(box *fyne.Container) {
	f := p.data.file
	if len(f.Holds) > 0 {
		box.Add(subheading("Holds on this file"))
	}
	for _, h := range f.Holds {
		past := p.w.earlierButton("What was changed in this hold", refTo(records.KindHold, h.Meta))
		box.Add(p.settled(holdInWords(h), f.Author(h.Meta), h.RecordedAt, past))
	}
	first := true
	for _, r := range f.Removals {
		if r.Pending() {
			continue // said above the sections
		}
		if first {
			box.Add(subheading("Removed, or let stay"))
			first = false
		}
		past := p.w.earlierButton("Who asked, and what became of it", refTo(records.KindRemoval, r.Meta))
		by := f.Author(r.Meta)
		if r.Done != "" { // by whoever had the record open
			by = f.Members[r.Asker()].Name
		}
		box.Add(p.settled(removalInWords(r), by, r.RecordedAt, past))
	}
	p.movedOut(box)
}

// settled is a row of what was decided about the file, and who wrote it down.
func (p *pupilPage) settled(says, by string, at records.Stamp, past fyne.CanvasObject) fyne.CanvasObject {
	return card(container.NewBorder(nil, nil, nil, container.NewCenter(past),
		container.New(&stackLayout{gap: -14}, prose(says), quiet(nameOr(by, "Somebody not known")+", "+at.String()))))
}

// holdInWords says why a file is, or was, kept and how that ended.
func holdInWords(h records.Hold) string {
	s := h.Reason.String() + ", " + lowerFirst(spanOf(h.From, h.Ended))
	if h.Note != "" {
		s += " " + h.Note
	}
	if h.Ended != "" {
		s += "\nIt has ended: " + h.EndedWhy
	}
	return s
}

// removalInWords says what became of a request: carried out or cancelled, and
// why it was asked for.
func removalInWords(r records.Removal) string {
	what := capital(kindInWords(r.Of))
	if r.Of == records.KindPupil {
		what = "The whole file"
	}
	if r.Done != "" {
		return what + " was removed on " + r.Done.String() + ". Why: “" + r.Reason + "”"
	}
	return what + " stays: “" + r.Cancelled + "”\nIts removal had been asked for: “" + r.Reason + "”"
}

// kindInWords names a kind of record as people do: "a concern".
func kindInWords(k records.Kind) string {
	return cmp.Or(savedKinds[k], "a "+strings.ReplaceAll(string(k), "_", " "))
}

func lowerFirst(s string) string {
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// removedFiles returns the requests by which whole files were taken out, the
// last one first. It touches no widget.
func removedFiles(ctx context.Context, s *records.Store) ([]records.Removal, error) {
	all, err := s.Removals.All(ctx)
	if err != nil {
		return nil, err
	}
	var list []records.Removal
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Of == records.KindPupil && all[i].Done != "" {
			list = append(list, all[i])
		}
	}
	return list, nil
}

// removedGroup lists whole files that were removed. Whose they were is gone with
// them.
func (p *leaversPage) removedGroup() {
	if len(p.data.removed) == 0 {
		return
	}
	p.body.Add(subheading("Removed"))
	p.body.Add(quiet("Whose file it was went with it. Who asked, and who carried it out, is behind each."))
	for _, r := range p.data.removed {
		past := p.w.earlierButton("Who asked, and what became of it", refTo(records.KindRemoval, r.Meta))
		p.body.Add(card(container.NewBorder(nil, nil, nil, container.NewCenter(past), plainText(removalInWords(r)))))
	}
}
