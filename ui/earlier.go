package ui

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// earlier is what was changed in one record or in several that are read as one,
// such as a person and what they are to a child.
type earlier struct {
	all   [][]version // of each record every version, the first one first
	names map[records.ID]string
}

// loadEarlier reads every version of records. It touches no widget.
func loadEarlier(ctx context.Context, s *records.Store, refs []records.Ref) (*earlier, error) {
	e := &earlier{names: map[records.ID]string{}}
	members, err := s.Members.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		e.names[m.ID] = m.Name
	}
	for _, ref := range refs {
		all, err := versionsOf(ctx, s, ref)
		if err != nil {
			return nil, err
		}
		e.all = append(e.all, all)
	}
	return e, nil
}

// show adds a card for each change, the newest first, and below them who wrote
// it first.
func (e *earlier) show(box *fyne.Container) {
	var changes [][2]version
	for _, v := range e.all {
		for i := 1; i < len(v); i++ {
			changes = append(changes, [2]version{v[i-1], v[i]})
		}
	}
	slices.SortStableFunc(changes, func(a, b [2]version) int {
		return cmp.Or(cmp.Compare(b[1].meta.RecordedAt, a[1].meta.RecordedAt), b[1].meta.Version-a[1].meta.Version)
	})
	for _, c := range changes {
		box.Add(container.NewPadded(e.card(c[0], c[1])))
	}
	first := e.all[0][0]
	box.Add(quiet("First written by " + e.by(first.meta, "somebody not known") + ", " + first.meta.RecordedAt.String() + "."))
	if said := first.fields["reworded"]; said != "" {
		box.Add(card(quiet(nameOfField("reworded")), prose(said)))
	}
}

func (e *earlier) by(m records.Meta, unknown string) string {
	return nameOr(e.names[m.RecordedBy], unknown)
}

// card shows one change: why, who and when, and what stood there and stands
// there now.
func (e *earlier) card(was, is version) fyne.CanvasObject {
	box := container.New(&stackLayout{gap: -10},
		prose("“"+is.meta.Why+"”"),
		quiet(e.by(is.meta, "Somebody not known")+", "+is.meta.RecordedAt.String()))
	for _, c := range changesOf(was.fields, is.fields) {
		name := quiet(c.name)
		name.TextStyle.Bold = true
		box.Add(name)
		box.Add(prose("Was: " + nameOr(c.was, "empty")))
		box.Add(prose("Now: " + nameOr(c.is, "empty")))
	}
	return card(box)
}

// showEarlier shows over the page what was changed in records.
func (w *Window) showEarlier(title string, refs ...records.Ref) {
	store := w.store
	load(w, func(ctx context.Context) (*earlier, error) { return loadEarlier(ctx, store, refs) }, func(e *earlier) {
		box := column(2)
		e.show(box)
		w.showPanel(title, box)
	})
}

// earlierButton returns the button that shows what was changed in records; it
// is hidden where nothing was.
func (w *Window) earlierButton(title string, refs ...records.Ref) *button {
	n := 0
	for _, r := range refs {
		n += r.Version - 1
	}
	b := plain(count(n, "earlier version", "earlier versions"), func() { w.showEarlier(title, refs...) })
	show(b, n > 0)
	return b
}

// refTo names a record by its kind and its Meta.
func refTo(kind records.Kind, m records.Meta) records.Ref {
	return records.Ref{Kind: kind, ID: m.ID, Version: m.Version}
}
