package ui

import (
	"strings"
	"time"
)

// clipboardFor is how long text of a record stays on the clipboard.
const clipboardFor = time.Minute

// copyText puts text on the clipboard for a while.
func (w *Window) copyText(text string) {
	w.app.Clipboard().SetContent(text)
	if w.unclip != nil {
		w.unclip()
	}
	w.copied = text
	w.unclip = w.later(clipboardFor, w.clearClipboard)
}

// clearClipboard takes back what copyText put on the clipboard, unless something
// else was copied since.
func (w *Window) clearClipboard() {
	clipboard := w.app.Clipboard()
	if w.copied != "" && strings.ReplaceAll(clipboard.Content(), "\r\n", "\n") == w.copied {
		clipboard.SetContent("")
	}
	w.copied = ""
}
