package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// movedOut adds what stood in this file until it was corrected whom it is about.
// What it said, and why it went, is in the other child's file.
func (p *pupilPage) movedOut(box *fyne.Container) {
	for i, m := range p.data.file.MovesOut {
		if i == 0 {
			box.Add(subheading("Moved to another child’s file"))
		}
		box.Add(p.settled(movedInWords(m), p.data.file.Author(m.Meta), m.RecordedAt, container.NewHBox()))
	}
}

func movedInWords(m records.MovedOut) string {
	s := "A concern recorded on " + m.Since.Date().String() + " turned out to be about another child. It is in that child’s file now"
	if m.With > 0 {
		s += ", with " + count(m.With, "record that belongs to it", "records that belong to it")
	}
	return s + "."
}

// concernVersions returns every version of a concern; where it was moved to
// another child's file, each says whose it was in.
func concernVersions(ctx context.Context, s *records.Store, id records.ID) ([]version, error) {
	all, err := history(ctx, s.Concerns, id)
	if err != nil {
		return nil, err
	}
	list, err := s.Concerns.History(ctx, id)
	if err != nil {
		return nil, err
	}
	moved := false
	for i := range list {
		moved = moved || list[i].Pupil != list[0].Pupil
	}
	for i := range all {
		if !moved {
			break
		}
		all[i].fields["pupil"] = "a pupil whose file was removed"
		if p, err := s.Pupils.Get(ctx, list[i].Pupil); err == nil {
			all[i].fields["pupil"] = p.Name()
		}
	}
	return all, nil
}
