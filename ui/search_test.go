package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// typeIn types into the search page and waits for what it finds.
func (p *searchPage) typeIn(text string) {
	p.find.quietly(text)
	p.find.OnChanged(text)
	p.w.tasks.Wait()
}

// hitRows returns what the visible rows of the search page say, a hit in a line;
// what is bold in a sentence stands between stars.
func hitRows(w *Window) string {
	var lines []string
	for _, r := range seen[*hitRow](w) {
		s := ""
		for _, seg := range r.sentence.Segments {
			if t := seg.(*widget.TextSegment); t.Style.TextStyle.Bold {
				s += "*" + t.Text + "*"
			} else {
				s += t.Text
			}
		}
		lines = append(lines, r.name.Text+" | "+r.about.Text+" | "+s)
	}
	return strings.Join(lines, "\n")
}

func TestSearchPage(t *testing.T) {
	w := newSchool(t)
	zoe := addPupil(t, w, "Zoë", "Nguyễn")
	ned := addPupil(t, w, "Ned", "Alder")
	c := addConcern(t, w, ned.ID, "2026-11-19", "Rang Zoë Nguyen's aunt. She will come.")
	addConcern(t, w, zoe.ID, "2026-11-18", "Coat lent.")
	press := func(key fyne.KeyName) {
		for _, m := range w.win.MainMenu().Items {
			for _, i := range m.Items {
				if k, ok := i.Shortcut.(menuKeys); ok && k.keys.KeyName == key {
					i.Action()
					w.tasks.Wait()
				}
			}
		}
	}
	press(fyne.KeyF)
	page, ok := w.page.(*searchPage)
	if !ok {
		t.Fatalf("Ctrl+F opens %T", w.page)
	}
	if w.win.Canvas().Focused() != page.find {
		t.Errorf("the keyboard is on %T, want the field", w.win.Canvas().Focused())
	}
	if !says(w, "Type a name or a word.") {
		t.Error("the empty page does not say how to search")
	}
	for _, c := range []struct{ typed, want string }{
		{"nguyen", "Zoë Nguyễn | Pupil, 5B | Zoë *Nguyễn*\nNed Alder | 19 Nov 2026 · Concern: Neglect | Rang Zoë *Nguyen's* aunt."},
		{"lent", "Zoë Nguyễn | 18 Nov 2026 · Concern: Neglect | Coat *lent*."},
		{"zebra", ""},
	} {
		page.typeIn(c.typed)
		if got := hitRows(w); got != c.want {
			t.Errorf("typing %q shows\n%s\nwant\n%s", c.typed, got, c.want)
		}
	}
	if !says(w, "Nothing found.") {
		t.Error("that nothing is found is not said")
	}
	page.typeIn("nguyen")
	page.find.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	page.find.OnSubmitted(page.find.Text) // what Enter does
	w.tasks.Wait()
	p, ok := w.page.(*pupilPage)
	if !ok || p.id != ned.ID || p.want.ID != c.ID {
		t.Fatalf("Down, Enter opens %T, want Ned's page at the concern", w.page)
	}
	press(fyne.KeyF)
	page = w.page.(*searchPage)
	if page.find.Text != "nguyen" || page.find.SelectedText() != "nguyen" || len(page.hits) != 2 {
		t.Errorf("back on the page it holds %q, %q selected, %d hits", page.find.Text, page.find.SelectedText(), len(page.hits))
	}
	page.list.Select(0) // what a click does
	w.tasks.Wait()
	if p, ok := w.page.(*pupilPage); !ok || p.id != zoe.ID {
		t.Errorf("a click opens %T, want Zoë's page", w.page)
	}
	press(fyne.Key2)
	if _, ok := w.page.(*pupilsPage); !ok {
		t.Errorf("Ctrl+2 opens %T, want the pupils", w.page)
	}
}

// TestSearchShowsWhatWasTypedLast types while a search runs.
func TestSearchShowsWhatWasTypedLast(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	addConcern(t, w, ned.ID, "2026-11-19", "Coat lent.")
	page := newSearchPage(w)
	visit(w, page)
	running := true
	page.looking = func() { running = false } // as while a search runs
	page.typeIn("alder lent")
	if running {
		t.Error("the search before was not ended")
	}
	if len(page.hits) > 0 || page.shown != "" {
		t.Errorf("while a search runs another shows %d hits", len(page.hits))
	}
	old := []records.Hit{{Name: "Somebody else"}}
	for name, found := range map[string]func(){
		"another text":        func() { page.looked("alder", false, old, nil) },
		"a search that ended": func() { page.looked("alder lent", true, nil, records.ErrBroken) },
	} {
		page.looking, page.hits = nil, nil
		found()
		w.tasks.Wait()
		if len(page.hits) != 1 || page.hits[0].Ref.Kind != records.KindConcern || page.shown != "alder lent" {
			t.Errorf("after %s %+v is shown for %q", name, page.hits, page.shown)
		}
		if w.win.Canvas().Overlays().Top() != nil {
			t.Errorf("after %s the page complains", name)
		}
	}
	page.typeIn("")
	if len(page.hits) > 0 || !says(w, "Type a name or a word.") {
		t.Error("an empty field still shows hits")
	}
	page.typeIn("alder")
	visit(w, newTodayPage(w))
	page.looked("alder", false, old, nil)
	if len(page.hits) == 1 && page.hits[0].Name == old[0].Name {
		t.Error("a page that was left shows what was found")
	}
	w.lock("")
	<-w.shut
	if w.query != "" {
		t.Error("what was searched for stays in the window when it is locked")
	}
}

func TestAHitOfSupervisionOpensTheSession(t *testing.T) {
	w := newSchool(t)
	session := mustSave(t, w.store.Supervisions, records.Supervision{On: "2026-11-20", Sort: records.OneToOne, Supervisor: "Ann Lee",
		Supervisee: w.store.Me.ID, Themes: "Frumious"})
	mustSave(t, w.store.Reflections, records.Reflection{Session: session.ID, Member: w.store.Me.ID, Text: "Vorpal"})
	for _, word := range []string{"frumious", "vorpal"} {
		page := newSearchPage(w)
		visit(w, page)
		page.typeIn(word)
		if got := hitRows(w); !strings.HasPrefix(got, "Supervision | ") {
			t.Errorf("the hit reads %q", got)
		}
		page.goTo(0)
		w.tasks.Wait()
		if p, ok := w.page.(*sessionPage); !ok || p.id != session.ID {
			t.Errorf("%s opens %T, want the session", word, w.page)
		}
	}
}
