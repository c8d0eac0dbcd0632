package ui

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/pack"
)

// copyOut takes the pack into a web form: box by box in the form's order, each
// ticked off once it is copied. What is ticked, and when it was begun, is kept
// as a draft.
type copyOut struct {
	page    *referralPage
	rows    []*copyRow
	copied  map[string]bool // by the key of a row
	began   records.Stamp   // the first copy; empty before it
	minutes int             // that the form keeps what is typed; 0 when not known
	state   *widget.Label
	clock   *widget.Label
	again   *button
	unkept  *fyne.Container // says that the pack was changed and not kept
	draft   *draft
	head    fyne.CanvasObject // stays while the boxes scroll
	box     *fyne.Container
}

// copyRow is one text to copy: a box, or a part of one that is too long.
type copyRow struct {
	key    string // of its place and its words, so that changed words are not ticked
	text   string
	button *enterButton
}

// A draft of the copying holds these.
const (
	draftCopied = "copied"
	draftBegan  = "began"
)

// copyDraft names the draft of what is copied of a referral.
func copyDraft(id records.ID) string { return "referral " + string(id) + " copy" }

func newCopyOut(page *referralPage) *copyOut {
	d := page.data
	ref := d.ref
	ref.Sections = pack.Redraft(d.file, &ref)
	c := &copyOut{page: page, copied: map[string]bool{}, minutes: d.local.Form.Minutes, state: quiet(""), clock: quiet(""), unkept: container.NewStack()}
	c.draft = page.w.newDraft(copyDraft(page.id), c.kept)
	c.again = plain("Begin again …", func() {
		page.w.confirm("Begin again?", "The ticks are taken away, and the form's time starts with the next copy. Do this when the form has lost what was pasted.", "Begin again", c.afresh)
	})
	back := plain("Back to telephone and send", func() {
		page.copying = false
		page.turn(stepSend)
	})
	c.state.TextStyle.Bold = true
	c.head = container.New(layout.NewCustomPaddedLayout(0, 4, 16, 20), container.NewBorder(nil, nil, nil, container.NewHBox(c.again, back), column(-10, c.state, c.clock)))
	c.box = column(8, card(subheading("Copy into the web form"), quiet(c.about()), c.unkept))
	for i, b := range pack.CopyOut(&ref, d.file, d.local.Form, pack.Options{School: d.school, Author: page.w.store.Me, Now: d.now}) {
		c.box.Add(c.card(i, b))
	}
	c.tell()
	return c
}

func (c *copyOut) about() string {
	how := "Enter copies a box and moves on to the next. What is copied stays on the clipboard for a minute. "
	if len(c.page.data.local.Form.Fields) == 0 {
		return how + "The boxes of the local form are not known, so they stand here in the pack's own order. Enter them under Settings, Local procedures, once."
	}
	return how + "The boxes are in the order of the form" + ifText(" “", c.page.data.local.Form.Name, "”") + "."
}

// ifText returns text between before and after, or nothing for no text.
func ifText(before, text, after string) string {
	if text == "" {
		return ""
	}
	return before + text + after
}

// begin brings back what was ticked, and gives the next box the keyboard. It is
// called once the step is shown.
func (c *copyOut) begin() {
	page := c.page
	c.draft.restore(func(t formText, _ records.Stamp) {
		for key := range strings.FieldsSeq(t[draftCopied]) {
			c.copied[key] = true
		}
		c.began = records.Stamp(t[draftBegan])
		c.tell()
		c.focus()
	})
	load(page.w, func(ctx context.Context) (bool, error) { return page.w.drafts.has(ctx, packDraft(page.id)) }, func(unkept bool) {
		if unkept {
			c.unkept.Objects = []fyne.CanvasObject{tinted(palette[colorLit], plainText("The pack holds changes that were not kept, and they are not in these boxes. Open the pack and choose “Keep the pack” first."))}
			c.box.Refresh()
		}
		c.focus()
	})
	c.tick()
}

// focus gives the next box to copy the keyboard.
func (c *copyOut) focus() {
	if next := c.next(); next != nil {
		c.page.w.win.Canvas().Focus(next.button)
	}
}

// kept returns what the draft keeps; nothing before the first copy.
func (c *copyOut) kept() formText {
	if c.began == "" {
		return nil
	}
	var keys []string
	for _, r := range c.rows {
		if c.copied[r.key] {
			keys = append(keys, r.key)
		}
	}
	return formText{draftCopied: strings.Join(keys, " "), draftBegan: string(c.began)}
}

// card shows one box of the form.
func (c *copyOut) card(i int, b pack.Box) fyne.CanvasObject {
	title := wrapped(widget.NewLabelWithStyle(b.Label, fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
	size := thousands(pack.Characters(b.Text)) + " characters"
	if b.Limit > 0 {
		size = thousands(pack.Characters(b.Text)) + " of " + thousands(b.Limit) + " characters"
	}
	rows := column(-4, title)
	parts := b.Parts()
	switch {
	case b.Unasked:
		rows.Add(quiet(size + ". The form has no box for this. Put it where it fits, or leave it out."))
	case len(parts) == 0:
		rows.Add(quiet("Nothing in the pack fills this box. Answer it in the pack, or type it into the form."))
	case b.Over() > 0:
		size += ": " + thousands(b.Over()) + " too many. Shorten it in the pack, or use the " + count(len(parts), "part", "parts") + " below in order, where the form has room for the rest."
		rows.Add(quiet(size))
	default:
		rows.Add(quiet(size))
	}
	for n, part := range parts {
		rows.Add(c.row(i, n, len(parts), part))
	}
	return card(rows)
}

// row shows one text with the button that copies it.
func (c *copyOut) row(box, part, of int, text string) fyne.CanvasObject {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %d %s", box, part, text))
	r := &copyRow{key: hex.EncodeToString(sum[:8]), text: text}
	r.button = newEnterButton(c.page.w, "Copy", theme.ContentCopyIcon(), func() { c.take(r) })
	c.rows = append(c.rows, r)
	shown := plainText(text)
	if of > 1 {
		return column(-8, quiet(fmt.Sprintf("Part %d of %d, %s characters", part+1, of, thousands(pack.Characters(text)))),
			container.NewBorder(nil, nil, nil, container.NewVBox(r.button), shown))
	}
	return container.NewBorder(nil, nil, nil, container.NewVBox(r.button), shown)
}

// take copies a text, ticks it off and moves on.
func (c *copyOut) take(r *copyRow) {
	w := c.page.w
	w.copyText(r.text)
	if c.began == "" {
		c.began = records.StampOf(w.store.Now())
	}
	c.copied[r.key] = true
	c.draft.changed()
	c.tell()
	if next := c.after(r); next != nil {
		w.win.Canvas().Focus(next.button)
	} else if f := c.page.formOf("send"); f != nil {
		w.win.Canvas().Focus(f.input("reference").focus)
	}
}

// after returns the row to copy after another: the next that is not ticked, or
// the first that was passed over; nil when all are.
func (c *copyOut) after(r *copyRow) *copyRow {
	for _, o := range c.rows[slices.Index(c.rows, r)+1:] {
		if !c.copied[o.key] {
			return o
		}
	}
	return c.next()
}

// next returns the first row that is not ticked, or nil.
func (c *copyOut) next() *copyRow {
	for _, r := range c.rows {
		if !c.copied[r.key] {
			return r
		}
	}
	return nil
}

// afresh takes the ticks away.
func (c *copyOut) afresh() {
	c.copied, c.began = map[string]bool{}, ""
	c.draft.changed()
	c.tell()
	c.focus()
}

// tell says how far the copying has come and how long the form keeps it.
func (c *copyOut) tell() {
	done := 0
	for _, r := range c.rows {
		r.button.SetText("Copy")
		r.button.SetIcon(theme.ContentCopyIcon())
		if c.copied[r.key] {
			done++
			r.button.SetText("Copied")
			r.button.SetIcon(theme.ConfirmIcon())
		}
	}
	c.state.SetText(fmt.Sprintf("%d of %d copied.", done, len(c.rows)))
	show(c.again, c.began != "")
	c.clock.SetText(c.time(c.page.w.now()))
	c.box.Refresh()
}

// time says what the form's clock says.
func (c *copyOut) time(now time.Time) string {
	if c.began == "" {
		if c.minutes > 0 {
			return fmt.Sprintf("This form loses what was typed after %d minutes. They count from the first copy.", c.minutes)
		}
		return ""
	}
	spent := int(now.Sub(c.began.Time()) / time.Minute)
	switch {
	case c.minutes == 0 && spent == 0:
		return "Begun just now."
	case c.minutes == 0:
		return "Begun " + c.began.String() + ", " + count(spent, "minute", "minutes") + " ago."
	case spent < c.minutes:
		return "Begun " + c.began.String() + ". " + upperFirst(count(c.minutes-spent, "minute is", "minutes are")) + " left of the form's " + fmt.Sprint(c.minutes) + "."
	}
	return fmt.Sprintf("The form's %d minutes are over, and it may have lost what was pasted. Nothing is lost here: open the form anew, and begin again.", c.minutes)
}

// tick lets the clock run on as long as the boxes are shown.
func (c *copyOut) tick() {
	session := c.page.w.session
	afterwards(30*time.Second, func() {
		if session.Err() == nil && c.page.w.page == c.page && c.page.copy == c {
			c.clock.SetText(c.time(c.page.w.now()))
			c.tick()
		}
	})
}

// thousands returns a number as people write it: "2,312".
func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return thousands(n/1000) + fmt.Sprintf(",%03d", n%1000)
}

// copyCard offers the web form on the step of sending.
func (p *referralPage) copyCard() fyne.CanvasObject {
	about := "Where the front door takes referrals through a web form, the pack can be copied into it box by box, in the order of the form."
	if web := p.data.local.FrontDoor.Web; web != "" {
		about += " The form: " + web
	}
	return card(subheading("By web form"), prose(about), container.NewHBox(newButton("Copy box by box", func() {
		p.copying = true
		p.turn(stepSend)
	})))
}

// formOf returns the form of this step with a key, or nil.
func (p *referralPage) formOf(key string) *form {
	for _, f := range p.forms {
		if f.draft.form == "referral "+string(p.id)+" "+key {
			return f
		}
	}
	return nil
}

// enterButton is a button that Enter presses too.
type enterButton struct {
	widget.Button
	w *Window
}

func newEnterButton(w *Window, label string, icon fyne.Resource, do func()) *enterButton {
	b := &enterButton{w: w}
	b.Text, b.Icon, b.OnTapped = label, icon, do
	b.ExtendBaseWidget(b)
	return b
}

// FocusGained moves the button into view.
func (b *enterButton) FocusGained() {
	b.Button.FocusGained()
	b.w.reveal(b)
}

// TypedKey presses the button on Enter too.
func (b *enterButton) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		b.Tapped(nil)
	case b.w.typedKey(k):
	default:
		b.Button.TypedKey(k)
	}
}
