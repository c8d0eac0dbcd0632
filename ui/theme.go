package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours of our own, beside those that Fyne names. All text colours meet WCAG
// AA (4.5:1) on the surfaces they stand on; a test holds that.
const (
	colorSidebar     fyne.ThemeColorName = "sidebar"
	colorSidebarText fyne.ThemeColorName = "sidebarText"
	colorSidebarOpen fyne.ThemeColorName = "sidebarOpen" // behind the page that is open
	colorCard        fyne.ThemeColorName = "card"
	colorCardBorder  fyne.ThemeColorName = "cardBorder"
	colorMuted       fyne.ThemeColorName = "muted" // text that stands back
	colorLate        fyne.ThemeColorName = "late"  // behind what is overdue
	colorLit         fyne.ThemeColorName = "lit"   // behind evidence that is shown
)

var palette = map[fyne.ThemeColorName]color.NRGBA{
	colorSidebar:     rgb(0x12343b),
	colorSidebarText: rgb(0xf3f7f7),
	colorSidebarOpen: rgb(0x1f5a63),
	colorCard:        rgb(0xffffff),
	colorCardBorder:  rgb(0xd5dadb),
	colorMuted:       rgb(0x55616a),
	colorLate:        rgb(0xfdecea),
	colorLit:         rgb(0xfff3cd),

	theme.ColorNameBackground:          rgb(0xf5f6f4),
	theme.ColorNameForeground:          rgb(0x1b262c),
	theme.ColorNamePrimary:             rgb(0x0f5e66),
	theme.ColorNameForegroundOnPrimary: rgb(0xffffff),
	theme.ColorNameHyperlink:           rgb(0x0f5e66),
	theme.ColorNameFocus:               {0xe0, 0x8a, 0x00, 0x88}, // shows on a pale button and on a dark one
	theme.ColorNameSelection:           {0x0f, 0x5e, 0x66, 0x33},
	theme.ColorNameHover:               {0x0f, 0x5e, 0x66, 0x14},
	theme.ColorNamePressed:             {0x0f, 0x5e, 0x66, 0x2e},
	theme.ColorNameButton:              rgb(0xe3e9e9),
	theme.ColorNameDisabledButton:      rgb(0xe9ecec),
	theme.ColorNameDisabled:            rgb(0x616c74),
	theme.ColorNamePlaceHolder:         rgb(0x5b666e),
	theme.ColorNameInputBackground:     rgb(0xffffff),
	theme.ColorNameInputBorder:         rgb(0x8a969c),
	theme.ColorNameHeaderBackground:    rgb(0xe9eeee),
	theme.ColorNameMenuBackground:      rgb(0xffffff),
	theme.ColorNameOverlayBackground:   rgb(0xffffff),
	theme.ColorNameSeparator:           rgb(0xd5dadb),
	theme.ColorNameScrollBar:           {0x1b, 0x26, 0x2c, 0x99},
	theme.ColorNameShadow:              {0x00, 0x00, 0x00, 0x33},
	theme.ColorNameError:               rgb(0xa8201a),
	theme.ColorNameForegroundOnError:   rgb(0xffffff),
	theme.ColorNameWarning:             rgb(0x7a4d00),
	theme.ColorNameForegroundOnWarning: rgb(0xffffff),
	theme.ColorNameSuccess:             rgb(0x1d6238),
	theme.ColorNameForegroundOnSuccess: rgb(0xffffff),
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xff}
}

// look is Throughline's theme: one light palette, Fyne's font, text a little
// larger than Fyne's.
type look struct{}

func (look) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := palette[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, theme.VariantLight)
}

func (look) Font(s fyne.TextStyle) fyne.Resource        { return theme.DefaultTheme().Font(s) }
func (look) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }
func (look) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 14
	case theme.SizeNameCaptionText:
		return 12
	case theme.SizeNameHeadingText:
		return 22
	case theme.SizeNameSubHeadingText:
		return 16
	case theme.SizeNameInnerPadding:
		return 7
	case theme.SizeNameInputRadius:
		return 4
	}
	return theme.DefaultTheme().Size(name)
}
