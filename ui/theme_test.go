package ui

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// luminance is WCAG 2.1's relative luminance of an opaque colour.
func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestMenuKeysAreReadable holds the keys of the menu to stand in the names of
// its items: what Fyne draws beside a name is too pale to read.
func TestMenuKeysAreReadable(t *testing.T) {
	w := newSchool(t)
	named := 0
	for _, m := range w.win.MainMenu().Items {
		for _, i := range m.Items {
			if k, drawn := i.Shortcut.(fyne.KeyboardShortcut); drawn {
				t.Errorf("Fyne draws %v beside %q", k, i.Label)
			}
			if k, ok := i.Shortcut.(menuKeys); ok && strings.Contains(i.Label, "(Ctrl+"+string(k.keys.KeyName)+")") {
				named++
			}
		}
	}
	if named != 12 {
		t.Errorf("%d items name their keys, want 12", named)
	}
}

func TestTextMeetsAA(t *testing.T) {
	texts := []fyne.ThemeColorName{
		theme.ColorNameForeground, theme.ColorNamePrimary, theme.ColorNameHyperlink, theme.ColorNamePlaceHolder,
		theme.ColorNameDisabled, theme.ColorNameError, theme.ColorNameWarning, theme.ColorNameSuccess, colorMuted,
	}
	surfaces := []fyne.ThemeColorName{
		theme.ColorNameBackground, theme.ColorNameInputBackground, theme.ColorNameOverlayBackground, colorCard, colorLate, colorLit,
	}
	pairs := [][2]fyne.ThemeColorName{
		{colorSidebarText, colorSidebar}, {colorSidebarText, colorSidebarOpen},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
		{theme.ColorNameForegroundOnError, theme.ColorNameError},
		{theme.ColorNameForegroundOnWarning, theme.ColorNameWarning},
		{theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess},
		{theme.ColorNameForeground, theme.ColorNameButton},
		{theme.ColorNameForeground, theme.ColorNameHeaderBackground},
	}
	for _, text := range texts {
		for _, s := range surfaces {
			pairs = append(pairs, [2]fyne.ThemeColorName{text, s})
		}
	}
	for _, p := range pairs {
		if got := contrast(palette[p[0]], palette[p[1]]); got < 4.5 {
			t.Errorf("%s on %s: %.2f:1, want at least 4.5:1", p[0], p[1], got)
		}
	}
}
