//go:build linux

package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// patience is how long anything on the screen may take: these runs share
// machines with others.
const patience = 60 * time.Second

// The size of a school laptop's screen.
const (
	wide = 1366
	high = 768
)

// screen is a virtual display with Throughline's window on it.
type screen struct {
	t       *testing.T
	display string
	out     string // where pictures go; empty for nowhere
	shots   int
}

// newScreen starts a virtual display, which ends with the test.
func newScreen(t *testing.T, out string) *screen {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	// -r: on a busy machine a key would repeat before its release is seen.
	x := exec.Command("Xvfb", "-displayfd", "3", "-r", "-screen", "0", fmt.Sprintf("%dx%dx24", wide, high), "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{w}
	if err := x.Start(); err != nil {
		t.Fatalf("start a virtual display: %v", err)
	}
	t.Cleanup(func() {
		x.Process.Kill()
		x.Wait()
	})
	w.Close()
	number := make([]byte, 16)
	n, err := r.Read(number)
	if err != nil {
		t.Fatalf("the virtual display did not start: %v", err)
	}
	return &screen{t: t, display: ":" + strings.TrimSpace(string(number[:n])), out: out}
}

// start runs the program on the screen and waits for its window, which it
// makes as large as the screen.
func (s *screen) start(bin, home string, args ...string) *exec.Cmd {
	s.t.Helper()
	cmd := exec.Command(bin, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display, "LIBGL_ALWAYS_SOFTWARE=1", "HOME="+home,
		"XDG_CONFIG_HOME="+filepath.Join(home, "config"), "XDG_CACHE_HOME="+filepath.Join(home, "config"), "TMPDIR="+filepath.Join(home, "tmp"), "LANG=en_GB.UTF-8")
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if s.t.Failed() {
			s.t.Logf("the program said:\n%s", log.String())
		}
	})
	id := strings.TrimSpace(s.wait("search", "--sync", "--onlyvisible", "--name", "Throughline"))
	s.wait("windowmove", id, "0", "0")
	s.wait("windowsize", id, strconv.Itoa(wide), strconv.Itoa(high))
	s.wait("windowfocus", id)
	s.wait("mousemove", strconv.Itoa(wide-2), strconv.Itoa(high-2)) // nothing lights up below it
	return cmd
}

// wait runs xdotool and returns what it printed.
func (s *screen) wait(args ...string) string {
	s.t.Helper()
	cmd := exec.Command("timeout", append([]string{strconv.Itoa(int(patience / time.Second)), "xdotool"}, args...)...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("xdotool %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

// keys presses keys one after the other: "ctrl+n", "Tab", "Return".
func (s *screen) keys(names ...string) {
	s.t.Helper()
	s.wait(append([]string{"key", "--clearmodifiers", "--delay", "40"}, names...)...)
}

// tabs gives the keyboard to the nth field or button from here; backwards when n
// is negative. Text that can be selected is one of them.
func (s *screen) tabs(n int) {
	s.t.Helper()
	key := "Tab"
	if n < 0 {
		key, n = "shift+Tab", -n
	}
	s.keys(slices.Repeat([]string{key}, n)...)
}

// press presses the nth button from here; see tabs.
func (s *screen) press(n int) {
	s.t.Helper()
	s.tabs(n)
	s.keys("space")
}

// words types text.
func (s *screen) words(text string) {
	s.t.Helper()
	s.wait("type", "--delay", "12", text)
}

// pixels returns what the screen shows, three bytes a pixel.
func (s *screen) pixels() []byte {
	s.t.Helper()
	cmd := exec.Command("import", "-window", "root", "-depth", "8", "rgb:-")
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	out, err := cmd.Output()
	if err != nil || len(out) != wide*high*3 {
		s.t.Fatalf("take a picture of the screen: %d bytes, %v", len(out), err)
	}
	return out
}

// settled waits until the screen has stood still for a moment; a blinking
// cursor counts as still.
func (s *screen) settled() []byte {
	s.t.Helper()
	last := s.pixels()
	for end, still := time.Now().Add(patience), 0; still < 2; {
		if time.Now().After(end) {
			s.t.Fatal("the screen never stood still")
		}
		time.Sleep(250 * time.Millisecond)
		now := s.pixels()
		if still++; differ(last, now) > 400 {
			still = 0
		}
		last = now
	}
	return last
}

// changed does something and waits until the screen shows something else and
// stands still.
func (s *screen) changed(what string, do func()) {
	s.t.Helper()
	before := s.settled()
	do()
	for end := time.Now().Add(patience); differ(before, s.pixels()) < 4000; {
		if time.Now().After(end) {
			s.shot("stuck")
			s.t.Fatalf("%s: the screen did not change", what)
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.settled()
}

// differ returns how many pixels two pictures differ in.
func differ(a, b []byte) int {
	n := 0
	for i := 0; i+2 < len(a) && i+2 < len(b); i += 3 {
		if a[i] != b[i] || a[i+1] != b[i+1] || a[i+2] != b[i+2] {
			n++
		}
	}
	return n
}

// shot keeps a picture of the screen, and fails when it is blank.
func (s *screen) shot(name string) {
	s.t.Helper()
	picture := s.pixels()
	colours := map[[3]byte]bool{}
	for i := 0; i+2 < len(picture); i += 3 {
		colours[[3]byte(picture[i:i+3])] = true
	}
	if len(colours) < 30 {
		s.t.Errorf("%s: the screen is blank", name)
	}
	s.shots++
	if s.out == "" {
		return
	}
	file := filepath.Join(s.out, fmt.Sprintf("%02d-%s.png", s.shots, name))
	cmd := exec.Command("convert", "-size", fmt.Sprintf("%dx%d", wide, high), "-depth", "8", "rgb:-", file)
	cmd.Stdin = bytes.NewReader(picture)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("keep a picture: %v\n%s", err, out)
	}
}
