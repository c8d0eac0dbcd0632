package ui

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
	"throughline/records/vault"
)

// listHigh is how high the list of backups may be before it scrolls.
const listHigh = 190

// listed shows the backups of a folder, newest first, with the newest chosen that
// may be of this record; none takes the list away.
func (p *restoreForm) listed(found []records.FoundBackup) {
	p.found, p.chosen = found, ""
	if i := slices.IndexFunc(found, func(b records.FoundBackup) bool { return b.Err == nil && !b.Other }); i >= 0 {
		p.chosen = found[i].Path
	}
	p.drawList()
}

func (p *restoreForm) drawList() {
	rows, cards := column(2), map[string]*pressCard{}
	for _, b := range p.found {
		rows.Add(p.row(b, cards))
	}
	empty(p.list)
	if len(p.found) > 0 {
		scroll := container.NewVScroll(rows)
		scroll.SetMinSize(fyne.NewSize(0, min(rows.MinSize().Height, listHigh)))
		p.list.Add(scroll)
	}
	show(p.check, len(p.found) > 1)
	if p.box != nil {
		p.box.Refresh()
	}
}

// row shows one backup, among cards by path. One that nobody can open cannot be
// chosen.
func (p *restoreForm) row(b records.FoundBackup, cards map[string]*pressCard) fyne.CanvasObject {
	text := b.At.String() + "  ·  " + sizeInWords(b.Size) + "  ·  " + p.state(b)
	name := filepath.Base(b.Path)
	if b.Err != nil {
		return card(column(-12, plainText(text), quiet(name)))
	}
	cards[b.Path] = newPressCard(p.w, text, name, p.chosen == b.Path, func() {
		p.chosen = b.Path
		p.fFrom.says("")
		for path, c := range cards {
			c.lit = path == p.chosen
			c.look()
		}
		p.toSecret()
	})
	return cards[b.Path]
}

// state says what is known of a backup: without a passphrase, no more than
// whether its beginning can be read.
func (p *restoreForm) state(b records.FoundBackup) string {
	switch {
	case p.states[b.Path] != "":
		return p.states[b.Path]
	case b.Err != nil:
		return stateOf(b.Err)
	case b.Other:
		return "of another record"
	}
	return "not checked yet"
}

// stateOf says in a few words what came of checking a backup.
func stateOf(err error) string {
	switch {
	case err == nil:
		return "sound"
	case errors.Is(err, vault.ErrDamaged), errors.Is(err, records.ErrBroken):
		return "damaged"
	case errors.Is(err, vault.ErrNotVault):
		return "not a record"
	case errors.Is(err, vault.ErrNewer):
		return "of a newer Throughline"
	case errors.Is(err, records.ErrOtherRecord):
		return "of another record"
	case errors.Is(err, vault.ErrWrongKey):
		return "opens with another passphrase"
	}
	return "cannot be read"
}

// note keeps what came of checking a backup that is in the list.
func (p *restoreForm) note(path string, err error) {
	if aboutKey(err) || errors.Is(err, errCancelled) || errors.Is(err, vault.ErrInUse) {
		return // that says nothing about the file
	}
	p.states[path] = stateOf(err)
	if len(p.found) > 0 {
		p.drawList()
	}
}

// checkAll reads every page of every backup in the list, newest first, and says
// which are sound. It ends at the first that the passphrase does not open, lest
// one slip be noted on the audit trail many times.
func (p *restoreForm) checkAll() {
	place, key, found := p.place(), p.secret(), p.found
	if p.stop != nil || !p.fits(p.from.clean(), place) {
		return
	}
	move := barOf(p.bar)
	work(&p.steps, "Checking every page of every backup …", func(ctx context.Context) (states map[string]string, err error) {
		states = map[string]string{}
		for i, b := range found {
			if b.Err != nil || b.Other {
				continue
			}
			_, err := records.Compare(ctx, b.Path, place, key, func(done, total int64) {
				move(int64(i)*1000+1000*done/max(1, total), int64(len(found))*1000)
			})
			switch {
			case ctx.Err() != nil:
				return states, errCancelled
			case aboutKey(err) && len(states) == 0:
				return states, err
			case errors.Is(err, vault.ErrInUse):
				return states, err
			}
			states[b.Path] = stateOf(err)
			if aboutKey(err) {
				break
			}
		}
		return states, nil
	}, func(states map[string]string, err error) {
		if p.gone {
			return
		}
		for path, s := range states {
			p.states[path] = s
		}
		p.drawList()
		if p.refused(err); err == nil {
			p.fFrom.hint("Checked: " + count(len(states), "backup", "backups") + ".")
		}
	})
}
