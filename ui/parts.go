package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// heading returns the title of a page.
func heading(text string) *widget.Label {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	l.SizeName = theme.SizeNameHeadingText
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// subheading returns the title of a part of a page.
func subheading(text string) *widget.Label {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	l.SizeName = theme.SizeNameSubHeadingText
	return l
}

// wrapped lets a label go over several lines.
func wrapped(l *widget.Label) *widget.Label {
	l.Wrapping = fyne.TextWrapWord
	return l
}

// prose returns wrapped text that can be selected and copied.
func prose(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	l.Selectable = true
	return l
}

// plainText returns wrapped text for rows and cards that the keyboard passes
// over on its way to their buttons.
func plainText(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// quiet returns wrapped text that stands back.
func quiet(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	l.SizeName = theme.SizeNameCaptionText
	return l
}

// card puts content on a white ground with a fine border.
func card(content ...fyne.CanvasObject) *fyne.Container {
	return tinted(palette[colorCard], content...)
}

// tinted puts content on a ground of a colour with a fine border.
func tinted(fill color.Color, content ...fyne.CanvasObject) *fyne.Container {
	ground := canvas.NewRectangle(fill)
	ground.CornerRadius = 6
	ground.StrokeWidth = 1
	ground.StrokeColor = palette[colorCardBorder]
	return container.NewStack(ground, container.NewPadded(container.New(&stackLayout{gap: 4}, content...)))
}

// column lays objects below one another with a gap.
func column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&stackLayout{gap: gap}, objects...)
}

// pageFrame lays out a page: a title row that stays and a body that scrolls.
func pageFrame(w *Window, title fyne.CanvasObject, body fyne.CanvasObject) fyne.CanvasObject {
	scroll := w.newScroll(container.New(layout.NewCustomPaddedLayout(4, 16, 16, 20), body))
	return container.NewBorder(container.New(layout.NewCustomPaddedLayout(12, 4, 16, 20), title), nil, nil, nil, scroll)
}

// primary returns the button of the one thing a form is for.
func primary(label string, do func()) *button {
	b := newButton(label, do)
	b.Importance = widget.HighImportance
	return b
}

// plain returns a button that looks like a link.
func plain(label string, do func()) *button {
	b := newButton(label, do)
	b.Importance = widget.LowImportance
	return b
}

// empty clears a container and returns it, to be filled anew.
func empty(c *fyne.Container) *fyne.Container {
	c.Objects = nil
	return c
}

// tag returns a short word on a coloured ground: what a status is, in words.
func tag(text string, fill, ink color.Color) fyne.CanvasObject {
	t := canvas.NewText(text, ink)
	t.TextSize = 12
	t.TextStyle.Bold = true
	ground := canvas.NewRectangle(fill)
	ground.CornerRadius = 4
	return container.NewStack(ground, container.New(layout.NewCustomPaddedLayout(2, 2, 7, 7), t))
}
