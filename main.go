// Throughline keeps one line through a child's story: the safeguarding record
// of a school, encrypted on one laptop.
//
// Without a command it opens the window. The commands do the same work without
// one; "throughline help" lists them. Passphrases come from a prompt, from
// --passphrase-file or from THROUGHLINE_PASSPHRASE, never from an argument,
// since arguments are seen by every program on the machine.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"throughline/assets"
	"throughline/ui"
)

// version is set when a release is built: -ldflags "-X main.version=1.0.0".
var version = "development"

const usage = `Throughline keeps a school's safeguarding record, encrypted on this computer.

throughline [--vault FILE]                 open the window
throughline demo DIR                       make a demo school in DIR, with a chronology and a referral pack
throughline review FILE.csv|xlsx           read somebody's existing chronology without keeping it
            [--until DATE] [--json] [--pdf OUT.pdf]
throughline import pupils FILE.csv|xlsx|xml   say who would be added or changed; with --yes keep it
            [--map field=Heading,…] [--yes] [--vault FILE]
throughline import chronology FILE.csv|xlsx   say what of an existing chronology would be kept; with --yes keep it
            [--pupil UPN] [--map column=Heading,…] [--yes] [--vault FILE]
throughline export chronology --pupil UPN --out FILE.xlsx
            [--vault FILE] [--from DATE] [--to DATE] [--alias] [--password-file FILE]
            [--to-whom NAME --why TEXT]    and write down that it is shared
throughline pack --referral ID --out FILE.pdf
            [--vault FILE] [--password-file FILE]
throughline report supervision --from DATE --to DATE --out FILE.pdf
            [--session ID] [--names] [--vault FILE] [--password-file FILE]
throughline verify [FILE]                  check every page and the audit trail
throughline backup DEST [--vault FILE]     make a verified copy in the folder DEST, and thin out older ones
throughline restore FILE [--vault FILE]    say what a backup would change; with --yes put it in place
            [--yes]
throughline help · throughline version

Passphrases are asked for, or come from --passphrase-file FILE or
THROUGHLINE_PASSPHRASE. Exit status: 0 done, 1 it failed, 2 wrong use.
`

// errUsage is an error of whoever typed the command: exit status 2.
var errUsage = errors.New("wrong use")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	c := &command{out: os.Stdout, err: os.Stderr, in: os.Stdin}
	code := c.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// command runs one command line.
type command struct {
	out, err io.Writer
	in       *os.File
}

// run returns the exit status: 0 done, 1 it failed, 2 wrong use.
func (c *command) run(ctx context.Context, args []string) int {
	commands := map[string]func(context.Context, []string) error{
		"demo": c.demo, "review": c.review, "import": c.importFile, "export": c.export, "pack": c.pack, "verify": c.verify,
		"backup": c.backup, "restore": c.restore, "report": c.report,
		"help": c.help, "--help": c.help, "-h": c.help, "version": c.version,
	}
	do := c.window
	if len(args) > 0 && commands[args[0]] != nil {
		do, args = commands[args[0]], args[1:]
	}
	err := do(ctx, args)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(c.err, usage)
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintf(c.err, "throughline: %v\nRun \"throughline help\" for the commands.\n", err)
		return 2
	}
	fmt.Fprintln(c.err, "throughline:", sentence(err))
	return 1
}

func (c *command) help(context.Context, []string) error {
	fmt.Fprint(c.out, usage)
	return nil
}

func (c *command) version(context.Context, []string) error {
	v := version
	if info, ok := debug.ReadBuildInfo(); ok {
		v += " (" + info.GoVersion + ")"
	}
	fmt.Fprintln(c.out, "Throughline", v)
	return nil
}

// window opens the window on the school's vault.
func (c *command) window(_ context.Context, args []string) error {
	flags := c.flags("throughline")
	vault := flags.String("vault", "", "the school's record")
	if err := parse(flags, args, 0); err != nil {
		return err
	}
	if !hasWindow {
		return told("This build has no window. Build it without -tags ci, or use a command; \"throughline help\" lists them.")
	}
	home, err := home()
	if err != nil {
		return err
	}
	if *vault != "" {
		if *vault, err = filepath.Abs(*vault); err != nil {
			return err
		}
	}
	a := app.NewWithID("school.throughline")
	if err := ui.ApplyTextSize(a); err != nil {
		return err
	}
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	ui.New(a, ui.Options{
		Vault: *vault, Usual: filepath.Join(home, "school.throughline"), Demo: filepath.Join(home, "demo.throughline"), Version: version,
	}).ShowAndRun()
	return nil
}

// home returns the folder in which Throughline keeps what nobody placed
// elsewhere.
func home() (string, error) {
	dir, err := os.UserConfigDir()
	return filepath.Join(dir, "Throughline"), err
}
