// Package ui is the window: it fetches from below, draws, and passes intent
// down. Nothing about a record is decided here.
//
// A page is a struct with a method that fetches and touches no widget, and a
// method that shows what was fetched and touches no disk. Work runs through
// background, load and save, off the window's thread; everything else in this
// package runs on it.
package ui

import (
	"cmp"
	"context"
	"runtime"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"throughline/records"
	"throughline/referral/caseload"
)

// Options is what main knows and the window needs.
type Options struct {
	Vault   string // path of the school's vault, which need not exist yet; empty for the one remembered, or else Usual
	Usual   string // path of the school's vault where nobody placed it elsewhere
	Demo    string // path of the demo school's vault, which need not exist yet
	Version string
}

// Window is Throughline's one window: locked, or open on a page.
type Window struct {
	app     fyne.App
	win     fyne.Window
	options Options

	store    *records.Store     // nil while locked
	drafts   *drafts            // of the store
	caseload *caseload.Caseload // of the store
	fresh    *records.Store     // made, but its recovery key is not on paper yet; nil otherwise

	// session ends when the school is locked or the window closes; work that
	// was begun in it is then of no interest.
	session context.Context
	end     context.CancelFunc
	tasks   sync.WaitGroup
	later   func(after time.Duration, do func()) (stop func()) // runs do on the window's thread after a while
	shut    chan struct{}                                      // hears that a school is closed and what follows is shown

	page    page
	after   string // what to open once unlocked: the page that was open when it locked itself
	query   string // what was searched for last; nothing once locked
	copied  string // put on the clipboard and still to be taken off it
	unclip  func() // keeps that from being taken off when its time comes
	pages   *sidebar
	stage   *fyne.Container // where the page is drawn
	blanked bool
	hidden  fyne.CanvasObject // the content behind a blank screen
	escape  func()            // what Escape does on the page; nil is nothing
	dialogs []dialog.Dialog   // that are open, the last on top
	idle    *time.Timer
	limit   time.Duration
}

// page is one screen of an unlocked school.
type page interface {
	// place names the page in the sidebar.
	place() place
	// content returns what to draw.
	content() fyne.CanvasObject
	// open fetches what the page shows. It is called each time the page is
	// shown.
	open()
	// leave is called before another page is shown and before the school is
	// locked. It returns what keeps the text typed so far, to be run off the
	// window's thread, or nil when there is nothing to keep.
	leave() func(ctx context.Context) error
}

// New makes the window. Show it with ShowAndRun.
func New(app fyne.App, o Options) *Window {
	app.Settings().SetTheme(look{})
	o.Vault = vaultAtFirst(app, o)
	w := &Window{app: app, options: o, limit: idleLimit(app), later: afterwards, shut: make(chan struct{}, 1)}
	w.session, w.end = context.WithCancel(context.Background())
	w.win = app.NewWindow("Throughline")
	w.win.SetMainMenu(w.menu())
	w.win.SetPadded(false)
	w.win.Resize(fyne.NewSize(1280, 690))
	w.win.CenterOnScreen()
	w.win.SetCloseIntercept(w.quit)
	w.win.SetOnDropped(w.dropped)
	w.win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { w.typedKey(k) })
	w.idle = time.AfterFunc(w.limit, func() { fyne.Do(w.idled) })
	w.showUnlock("")
	return w
}

// afterwards runs do on the window's thread after a while, unless it is stopped
// before then.
func afterwards(after time.Duration, do func()) (stop func()) {
	t := time.AfterFunc(after, func() { fyne.Do(do) })
	return func() { t.Stop() }
}

// ShowAndRun shows the window and returns when it is closed.
func (w *Window) ShowAndRun() { w.win.ShowAndRun() }

func (w *Window) now() time.Time {
	if w.store != nil {
		return w.store.Now()
	}
	return time.Now()
}

// unlocked opens the window on a school.
func (w *Window) unlocked(s *records.Store) {
	w.store, w.fresh, w.drafts, w.caseload = s, nil, newDrafts(s), &caseload.Caseload{}
	w.remember()
	w.begin()
	w.pages = newSidebar(w)
	w.stage = container.NewStack()
	bar := canvas.NewRectangle(palette[colorSidebar])
	left := container.NewStack(bar, w.pages.content())
	w.setContent(newAwake(w, container.NewBorder(nil, nil, left, nil, w.stage)))
	w.touch()
	w.goTo(w.after)
	w.after = ""
	w.daily(time.Minute)
	w.removeDue()
}

// begin begins a session, after the one before.
func (w *Window) begin() {
	w.end()
	w.session, w.end = context.WithCancel(context.Background())
}

// setContent shows something in the window; behind a blank screen while it is
// blanked.
func (w *Window) setContent(o fyne.CanvasObject) {
	if w.blanked {
		w.hidden = o
		return
	}
	w.win.SetContent(o)
}

// goTo opens the page of a place; an unknown one is the first of the sidebar.
func (w *Window) goTo(to string) {
	first := placesOf(w.store.Me.Role)[0]
	if !opens(w.store.Me.Role, place(to)) {
		to = string(first)
	}
	switch cmp.Or(place(to), first) {
	case placeNumbers:
		w.open(newNumbersPage(w))
	case placeVerify:
		w.open(newVerifyPage(w))
	case placePupils:
		w.open(newPupilsPage(w))
	case placeConcern:
		w.open(newConcernPage(w, ""))
	case placeReferrals:
		w.open(newReferralsPage(w))
	case placeSession:
		w.open(newSupervisionPage(w))
	case placeSettings:
		w.open(newSettingsPage(w))
	case placeReview:
		w.open(newReviewPage(w))
	case placeSearch:
		w.open(newSearchPage(w))
	default:
		w.open(newTodayPage(w))
	}
}

// open shows a page in place of the one that is open, which keeps what was
// typed into it.
func (w *Window) open(p page) {
	if w.store == nil {
		return
	}
	if !opens(w.store.Me.Role, p.place()) {
		w.complain(records.ErrNotAllowed)
		return
	}
	if w.page != nil {
		if keep := w.page.leave(); keep != nil {
			save(w, keep, w.complain)
		}
	}
	w.escape = nil
	w.page = p
	w.pages.mark(p.place())
	w.stage.Objects = []fyne.CanvasObject{p.content()}
	w.stage.Refresh()
	w.touch()
	p.open()
}

func (w *Window) menu() *fyne.MainMenu {
	item := func(label string, key fyne.KeyName, do func()) *fyne.MenuItem {
		m := fyne.NewMenuItem(label, func() { w.touch(); do() })
		if key != "" {
			withKeys(m, key)
		}
		return m
	}
	// Locking and blanking work over a dialog too: somebody has walked in.
	free := func(do func()) func() {
		return func() {
			if w.win.Canvas().Overlays().Top() == nil {
				do()
			}
		}
	}
	visit := func(p place) func() {
		return free(func() {
			if w.store != nil && !w.blanked {
				w.goTo(string(p))
			}
		})
	}
	blank := item("Blank the screen", fyne.KeyB, w.blank)
	blank.Label += " or F9"
	quit := item("Quit", fyne.KeyQ, w.quit)
	quit.IsQuit = true
	var places []*fyne.MenuItem
	for i, p := range allPlaces {
		places = append(places, item(string(p), fyne.KeyName(rune('1'+i)), visit(p)))
	}
	places = append(places, fyne.NewMenuItemSeparator(),
		item("New concern", fyne.KeyN, visit(placeConcern)),
		item("Search", fyne.KeyF, visit(placeSearch)),
		item("Read a chronology", fyne.KeyR, visit(placeReview)))
	return fyne.NewMainMenu(
		fyne.NewMenu("Record",
			item("Lock", fyne.KeyL, func() { w.lock("") }),
			blank,
			fyne.NewMenuItemSeparator(), quit),
		fyne.NewMenu("Go", places...),
		fyne.NewMenu("Help", item("About Throughline", "", free(w.about))),
	)
}

// menuKeys are the keys of a menu item that stand in its name. Fyne would write
// them beside it in a fifth of the strength of the text, which is 1.5:1 on white.
type menuKeys struct{ keys desktop.CustomShortcut }

// ShortcutName returns what Fyne knows the keys by.
func (k menuKeys) ShortcutName() string { return k.keys.ShortcutName() }

// withKeys lets Ctrl and a key do what an item of the menu does, and says so in
// its name. On a Mac the system's own menu shows them.
func withKeys(m *fyne.MenuItem, key fyne.KeyName) {
	k := menuKeys{desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}}
	if runtime.GOOS == "darwin" {
		m.Shortcut = &k.keys
		return
	}
	m.Shortcut = k
	m.Label += " (Ctrl+" + string(key) + ")"
}

func (w *Window) about() {
	text := strings.Join([]string{
		"Throughline " + w.options.Version,
		"",
		"Keeps one line through a child's story, encrypted on this computer.",
		"It works without a network and sends nothing anywhere.",
	}, "\n")
	dialog.ShowInformation("About Throughline", text, w.win)
}

func centred(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(canvas.NewRectangle(palette[theme.ColorNameBackground]), container.NewCenter(o))
}
