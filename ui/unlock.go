package ui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/records/vault"
	"throughline/referral/demo"
	"throughline/referral/procedures"
)

// showUnlock shows the screen of a locked school: to unlock the vault if there
// is one, or else to begin. why says why it is locked.
func (w *Window) showUnlock(why string) {
	if _, err := os.Stat(w.options.Vault); errors.Is(err, fs.ErrNotExist) {
		if w.isRemembered() {
			w.showMissing()
		} else {
			w.showWelcome()
		}
		return
	}
	u := newUnlockForm(w, why)
	w.setContent(centred(u.box))
	w.win.Canvas().Focus(u.passphrase)
}

// unlockForm asks for the passphrase of the vault.
type unlockForm struct {
	w          *Window
	box        *fyne.Container
	passphrase *entry
	field      *field
	button     *button
	busy       *widget.ProgressBarInfinite
	restore    *button // among what else can be done
	mend       *button // the same, beside the sentence for a damaged file
}

func newUnlockForm(w *Window, why string) *unlockForm {
	u := &unlockForm{w: w, passphrase: w.newSecret("")}
	u.field = newField("Passphrase", u.passphrase)
	u.button = primary("Unlock", u.unlock)
	u.passphrase.OnSubmitted = func(string) { u.unlock() }
	u.passphrase.OnChanged = func(string) { u.field.says("") }
	u.busy = widget.NewProgressBarInfinite()
	u.busy.Stop()
	u.busy.Hide()
	about := quiet(why)
	show(about, why != "")
	if sameFile(w.options.Vault, w.options.Demo) {
		u.field.hint("This is the demo school. Its passphrase is: " + demo.Passphrase)
	}
	goBack := func() { w.showRestoreOver(w.options.Vault, func() { w.showUnlock("") }) }
	u.restore, u.mend = plain("Restore from a backup …", goBack), newButton("Restore from a backup …", goBack)
	u.mend.Hide()
	body := column(8, heading("Throughline"), plainText("The record in "+filepath.Base(w.options.Vault)+" is locked."))
	if where := w.elsewhere(); where != nil {
		body.Add(where)
	}
	for _, o := range []fyne.CanvasObject{about, u.field, u.busy,
		container.NewHBox(u.button, u.mend, layout.NewSpacer()),
		widget.NewSeparator(),
		container.NewHBox(
			plain("Use the recovery key", func() { w.showRecovery("", "") }),
			plain("Another record …", w.showWelcome), u.restore,
		)} {
		body.Add(o)
	}
	u.box = container.New(&fixedWidth{540}, card(body))
	return u
}

func (u *unlockForm) unlock() {
	if u.button.Disabled() {
		return
	}
	if u.passphrase.Text == "" {
		u.field.says("Type your passphrase.")
		u.w.win.Canvas().Focus(u.passphrase)
		return
	}
	u.button.Disable()
	u.busy.Show()
	u.busy.Start()
	path, pass := u.w.options.Vault, []byte(u.passphrase.Text)
	background(u.w, opening(func(ctx context.Context) (*records.Store, error) {
		return records.Open(ctx, path, pass)
	}), func(s *records.Store, err error) {
		u.busy.Stop()
		u.busy.Hide()
		u.button.Enable()
		if err != nil {
			u.field.says(Sentence(err))
			u.offerRestore(err)
			u.w.win.Canvas().Focus(u.passphrase)
			return
		}
		u.w.unlocked(s)
	})
}

// offerRestore puts the way back to a backup beside the sentence for a file that
// cannot be opened any more.
func (u *unlockForm) offerRestore(err error) {
	lost := false
	for _, e := range []error{vault.ErrDamaged, vault.ErrNotVault, vault.ErrNotFound, records.ErrBroken} {
		lost = lost || errors.Is(err, e)
	}
	show(u.mend, lost)
	show(u.restore, !lost)
}

// opening returns work that opens a store and closes it again when the window
// was closed meanwhile, so that nobody is left holding it.
func opening(open func(ctx context.Context) (*records.Store, error)) func(ctx context.Context) (*records.Store, error) {
	return func(ctx context.Context) (*records.Store, error) {
		s, err := open(ctx)
		if err == nil && ctx.Err() != nil {
			return nil, errors.Join(ctx.Err(), s.Close())
		}
		return s, err
	}
}

// showWelcome offers to begin a school's record, to open one that is elsewhere,
// or to look round the demo school.
func (w *Window) showWelcome() {
	demoText := plainText("Sixty invented pupils with two years of records, to try everything without harm.")
	box := container.New(&fixedWidth{560}, card(column(8,
		heading("Throughline"),
		plainText("One line through a child's story, kept encrypted on this computer."),
		widget.NewSeparator(),
		subheading("Your school"),
		container.NewHBox(
			primary("Begin a new record …", w.showCreate),
			newButton("Open a record …", w.chooseVault),
			newButton("Restore from a backup …", func() { w.showRestore(freeName(w.options.Vault), w.showWelcome) }),
		),
		subheading("The demo school"),
		demoText,
		container.NewHBox(newButton("Look round the demo school", w.showDemo)),
		w.backToRecord(),
	)))
	w.setContent(centred(box))
}

// backToRecord returns the way back to the record that was to be unlocked; it is
// hidden where there is none.
func (w *Window) backToRecord() fyne.CanvasObject {
	back := container.NewHBox(plain("Back", func() { w.showUnlock("") }))
	_, err := os.Stat(w.options.Vault)
	show(back, err == nil || w.isRemembered())
	return back
}

// chooseVault asks for a vault that is somewhere else.
func (w *Window) chooseVault() {
	w.chooseFile([]string{extension}, func(path string) {
		w.options.Vault = path
		w.showUnlock("")
	})
}

// showDemo opens the demo school, and makes it first if it is not there.
func (w *Window) showDemo() {
	bar := widget.NewProgressBar()
	label := widget.NewLabel("Making the demo school …")
	w.setContent(centred(container.New(layout.NewGridWrapLayout(fyne.NewSize(420, 80)), container.NewVBox(label, bar))))
	path := w.options.Demo
	background(w, opening(func(ctx context.Context) (*records.Store, error) {
		s, err := records.Open(ctx, path, []byte(demo.Passphrase))
		if !errors.Is(err, vault.ErrNotFound) {
			return s, err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
		return demo.Make(ctx, path, w.now(), func(done, total int) {
			fyne.Do(func() { bar.SetValue(float64(done) / float64(total)) })
		})
	}), func(s *records.Store, err error) {
		if err != nil {
			w.showWelcome()
			w.complain(err)
			return
		}
		w.options.Vault = path
		w.unlocked(s)
	})
}

// createForm asks for what a new school starts with.
type createForm struct {
	w                                *Window
	school, name, passphrase, again  *entry
	where                            *entry
	fSchool, fName, fPassphrase, fAg *field
	fWhere                           *field
	procedures                       *selectBox
	names                            []string // of the procedures, in the order of the Select
	button                           *button
}

// showCreate shows the form that begins a record.
func (w *Window) showCreate() {
	c := &createForm{w: w, school: w.newEntry(""), name: w.newEntry(""), passphrase: w.newSecret(""), again: w.newSecret(""), where: w.newEntry("")}
	c.where.SetText(freeName(w.options.Vault))
	c.fWhere = newField(whereKept, c.where)
	c.fSchool = newField("School", c.school)
	c.fName = newField("Your name, as it should stand under an entry", c.name)
	c.fPassphrase = newField("Passphrase", c.passphrase)
	w.tellStrength(c.fPassphrase, c.passphrase, fourWords, func() []string { return []string{c.school.clean(), c.name.clean()} })
	c.fAg = newField("The same passphrase again", c.again)
	c.procedures = newSelect(nil, nil)
	for _, name := range procedures.Names() {
		p, err := procedures.Load(name)
		if err != nil {
			w.complain(err)
			continue
		}
		c.names = append(c.names, name)
		c.procedures.Options = append(c.procedures.Options, p.Title)
		if name == "default" {
			c.procedures.SetSelected(p.Title)
		}
	}
	c.button = primary("Begin the record", c.create)
	for _, e := range []*entry{c.school, c.name, c.passphrase, c.again, c.where} {
		e.OnSubmitted = func(string) { c.create() }
	}
	body := card(heading("Begin a record"), c.fSchool, c.fName,
		newField("Local procedures", c.procedures), c.fPassphrase, c.fAg, c.fWhere,
		container.NewHBox(c.button, plain("Back", func() { w.showUnlock("") })))
	w.setContent(w.newScroll(container.NewCenter(container.New(&fixedWidth{560}, body))))
	w.win.Canvas().Focus(c.school)
}

func (c *createForm) create() {
	set := records.Setup{
		School:     records.School{Name: c.school.clean(), Procedures: c.names[max(0, c.procedures.SelectedIndex())]},
		Member:     records.Member{Name: c.name.clean(), Role: records.DSL},
		Passphrase: []byte(c.passphrase.Text),
	}
	if !c.valid(set) || c.button.Disabled() {
		return
	}
	c.button.Disable()
	path := strings.TrimSpace(c.where.Text)
	type made struct {
		store *records.Store
		key   vault.Recovery
	}
	background(c.w, func(ctx context.Context) (made, error) {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return made{}, err
		}
		s, key, err := records.Create(ctx, path, set)
		return made{s, key}, err
	}, func(m made, err error) {
		c.button.Enable()
		switch {
		case err != nil:
			c.fWhere.says(Sentence(err))
			c.w.win.Canvas().Focus(c.where)
		default:
			c.w.options.Vault, c.w.fresh = path, m.store
			c.w.showKey(m.store, m.key)
		}
	})
}

// valid says beside each field what is wrong with it.
func (c *createForm) valid(set records.Setup) bool {
	fine := true
	problem := func(f *field, sentence string) {
		f.says(sentence)
		fine = fine && sentence == ""
	}
	now := records.StampOf(c.w.now())
	problem(c.fSchool, nameProblem(set.School.Check(now)))
	problem(c.fName, nameProblem(set.Member.Check(now)))
	problem(c.fPassphrase, passphraseProblem(c.passphrase.Text, set.School.Name, set.Member.Name))
	differ, where := "", ""
	if c.again.Text != c.passphrase.Text {
		differ = "The two passphrases differ. Type the second one again."
	}
	if path := strings.TrimSpace(c.where.Text); !filepath.IsAbs(path) || filepath.Ext(path) != extension {
		where = wholePath
	}
	problem(c.fAg, differ)
	problem(c.fWhere, where)
	return fine
}

// nameProblem returns what a rule says of a name, or nothing.
func nameProblem(err error) string {
	var v *records.Invalid
	if errors.As(err, &v) {
		return v.For("name")
	}
	return ""
}

// How the place of a record is asked for, and what is said of one that cannot be.
const (
	whereKept = "Where the record is kept: the whole path"
	wholePath = "Give the whole path, from the drive on, with a file name that ends in " + extension + "."
)

// extension is how the file name of a record ends.
const extension = ".throughline"

// freeName returns path, or where a file of that name exists the same with the
// first number that is free.
func freeName(path string) string {
	base, free := strings.TrimSuffix(path, extension), path
	for n := 2; n < 100; n++ {
		if _, err := os.Lstat(free); err != nil {
			return free
		}
		free = fmt.Sprintf("%s %d%s", base, n, extension)
	}
	return path
}

// fixedWidth gives its one object a width and as much height as it needs.
type fixedWidth struct{ width float32 }

func (l *fixedWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, o[0].MinSize().Height)
}

func (l *fixedWidth) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(l.width, size.Height))
}

func sameFile(a, b string) bool { return filepath.Clean(a) == filepath.Clean(b) }
