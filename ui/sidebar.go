package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// place is where a page stands in the sidebar; its text is what is shown.
type place string

const (
	placeToday     place = "Today"
	placePupils    place = "Pupils"
	placeConcern   place = "Log a concern"
	placeReferrals place = "Referrals"
	placeSession   place = "Supervision"
	placeSettings  place = "Settings"
	placeSearch    place = "Search"
	placeReview    place = "Read a chronology" // somebody else's
	placeNumbers   place = "Numbers"           // of who may open no file
	placeVerify    place = "Verify"            // of who may open nothing
)

// allPlaces are the places that Ctrl+1 and so on open, in that order.
var allPlaces = []place{placeToday, placePupils, placeConcern, placeReferrals, placeSession, placeSettings}

// sidebar is the way between pages.
type sidebar struct {
	items map[place]*sideItem
	box   fyne.CanvasObject
}

func newSidebar(w *Window) *sidebar {
	s := &sidebar{items: map[place]*sideItem{}}
	name := canvas.NewText("Throughline", palette[colorSidebarText])
	name.TextSize = 19
	name.TextStyle.Bold = true
	list := container.NewVBox(container.NewPadded(container.NewPadded(name)))
	icons := map[place]fyne.Resource{
		placeToday: theme.HomeIcon(), placePupils: theme.AccountIcon(), placeConcern: theme.DocumentCreateIcon(),
		placeReferrals: theme.MailSendIcon(), placeSession: theme.VisibilityIcon(), placeSettings: theme.SettingsIcon(), placeSearch: theme.SearchIcon(), placeReview: theme.FileTextIcon(),
		placeNumbers: theme.ListIcon(), placeVerify: theme.ConfirmIcon(),
	}
	for _, p := range placesOf(w.store.Me.Role) {
		item := newSideItem(string(p), icons[p], func() { w.goTo(string(p)) })
		s.items[p] = item
		list.Add(item)
	}
	lock := newSideItem("Lock", theme.LogoutIcon(), func() { w.lock("") })
	s.box = container.NewBorder(list, container.NewPadded(lock), nil, nil)
	return s
}

func (s *sidebar) content() fyne.CanvasObject { return s.box }

// mark shows which page is open.
func (s *sidebar) mark(at place) {
	for p, item := range s.items {
		item.open = p == at
		item.Refresh()
	}
}

// sideItem is one line of the sidebar, for mouse and keyboard.
type sideItem struct {
	widget.BaseWidget
	do                    func()
	open, hovered, active bool
	back                  *canvas.Rectangle
	text                  *canvas.Text
	icon                  *canvas.Image
}

func newSideItem(label string, icon fyne.Resource, do func()) *sideItem {
	i := &sideItem{do: do}
	i.back = canvas.NewRectangle(palette[colorSidebar])
	i.back.CornerRadius = 5
	i.text = canvas.NewText(label, palette[colorSidebarText])
	i.text.TextSize = 15
	i.icon = canvas.NewImageFromResource(theme.NewColoredResource(icon, colorSidebarText))
	i.icon.FillMode = canvas.ImageFillContain
	i.icon.SetMinSize(fyne.NewSquareSize(20))
	i.ExtendBaseWidget(i)
	return i
}

// CreateRenderer draws icon and label on their ground.
func (i *sideItem) CreateRenderer() fyne.WidgetRenderer {
	row := container.NewHBox(i.icon, i.text)
	return widget.NewSimpleRenderer(container.NewStack(i.back, container.NewPadded(container.NewPadded(row))))
}

// MinSize leaves room for the longest label.
func (i *sideItem) MinSize() fyne.Size {
	i.ExtendBaseWidget(i)
	return i.BaseWidget.MinSize().Max(fyne.NewSize(176, 40))
}

// Refresh shows whether the item is open, under the mouse or has the keyboard.
func (i *sideItem) Refresh() {
	i.back.FillColor = palette[colorSidebar]
	if i.open || i.hovered {
		i.back.FillColor = palette[colorSidebarOpen]
	}
	i.back.StrokeWidth = 0
	if i.active {
		i.back.StrokeWidth, i.back.StrokeColor = 2, palette[colorSidebarText]
	}
	i.text.TextStyle.Bold = i.open
	i.back.Refresh()
	i.text.Refresh()
}

// Tapped opens the page.
func (i *sideItem) Tapped(*fyne.PointEvent) { i.do() }

// FocusGained shows that the keyboard is here.
func (i *sideItem) FocusGained() { i.active = true; i.Refresh() }

// FocusLost shows that the keyboard has gone.
func (i *sideItem) FocusLost() { i.active = false; i.Refresh() }

// TypedRune does nothing.
func (i *sideItem) TypedRune(rune) {}

// TypedKey opens the page on Space and Enter.
func (i *sideItem) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeySpace || k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
		i.do()
	}
}

// MouseIn shows that the item can be opened.
func (i *sideItem) MouseIn(*desktop.MouseEvent) { i.hovered = true; i.Refresh() }

// MouseMoved does nothing.
func (i *sideItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (i *sideItem) MouseOut() { i.hovered = false; i.Refresh() }

// AccessibilityLabel says what the item opens.
func (i *sideItem) AccessibilityLabel() string { return i.text.Text }
