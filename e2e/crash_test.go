//go:build linux

package e2e

import (
	"context"
	"os"
	"testing"
	"time"

	"throughline/records"
	"throughline/referral/demo"
)

// TestCrash kills the window while a concern is being written, four seconds
// after the last key. Once it is unlocked again the words are back, and can be
// saved.
func TestCrash(t *testing.T) {
	bin := program(t)
	home, vault := demoHome(t, bin)
	forename, surname := demo.Neglect.Pupil()
	s := newScreen(t, os.Getenv("THROUGHLINE_OUT"))
	s.shots = 40 // the pictures of TestFile come first
	cmd := s.start(bin, home, "--vault", vault)
	s.settled()
	s.words(demo.Passphrase)
	s.changed("unlock", func() { s.keys("Return") })
	s.changed("log a concern", func() { s.keys("ctrl+n") })
	tell(s, forename, hid, said)
	s.settled() // the last key has arrived
	time.Sleep(4 * time.Second)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	hidden(t, home, hid, said)

	cmd = s.start(bin, home, "--vault", vault)
	s.settled()
	s.words(demo.Passphrase)
	s.changed("unlock again", func() { s.keys("Return") })
	s.changed("go on with the concern", func() { s.keys("ctrl+n") })
	s.shot("words-are-back")
	s.changed("save it", func() { s.press(pupilToSave) })
	s.keys("ctrl+q")
	ended(t, cmd)

	st, err := records.Open(context.Background(), vault, []byte(demo.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	for _, c := range fileOf(t, st, surname).Concerns {
		if c.Account == hid && c.ChildsWords == said && c.Place == "Dining hall" {
			return
		}
	}
	t.Error("what was typed before the crash is not what was saved after it")
}
