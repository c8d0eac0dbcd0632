package vault

import (
	"bufio"
	"errors"
	"math/rand/v2"
	"os"
	"os/user"
	"strconv"
	"testing"
	"time"
)

// TestKill kills a writer at random moments: what it was told is kept, is.
func TestKill(t *testing.T) {
	t.Cleanup(func() { onLocalDisk = localDisk })
	for _, local := range []bool{true, false} {
		onLocalDisk = func(string) bool { return local }
		t.Setenv("VAULT_TEST_REMOTE", map[bool]string{false: "yes"}[local])
		v, _ := newVault(t)
		path := v.Path()
		shutVault(t, v)
		kept := 0
		for range few(12, 120) {
			kept = max(kept, killWriter(t, path))
			v := open1(t, path, pass)
			var last, rows int
			if err := v.DB().QueryRow(`SELECT max(id), count(*) FROM entry`).Scan(&last, &rows); err != nil {
				t.Fatal(err)
			}
			if last < kept || last > kept+1 || rows != last {
				t.Fatalf("%d rows to %d, %d were acknowledged", rows, last, kept)
			}
			kept = last
			if err := v.Verify(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			shutVault(t, v)
		}
		if kept < 1501 {
			t.Errorf("local %v: only %d rows were written", local, kept-1500)
		}
	}
}

// killWriter returns the last row that was acknowledged.
func killWriter(t *testing.T, path string) (last int) {
	t.Helper()
	cmd := role(t, "write", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if last == 0 {
			time.AfterFunc(time.Duration(rand.IntN(40_000))*time.Microsecond, func() { cmd.Process.Kill() })
		}
		if last, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(lines.Text())
		}
	}
	cmd.Wait()
	return last
}

// TestInUse: the second is told who came first; a dead owner is no owner.
func TestInUse(t *testing.T) {
	v, _ := newVault(t)
	path := v.Path()
	before := time.Now()
	inUse := func(pid int) {
		t.Helper()
		var who InUse
		_, err := Open(path, pass)
		if !errors.Is(err, ErrInUse) || !errors.As(err, &who) {
			t.Fatalf("second Open: %v", err)
		}
		host, _ := os.Hostname()
		me, err := user.Current()
		if err != nil {
			t.Fatal(err)
		}
		if who.Host != host || who.User != me.Username || who.PID != pid || who.Since.Sub(before).Abs() > time.Minute {
			t.Errorf("in use by %+v", who)
		}
	}
	inUse(os.Getpid())
	if err := os.Symlink(path, path+".link"); err == nil {
		if _, err := Open(path+".link", pass); !errors.Is(err, ErrInUse) {
			t.Errorf("by another name: %v", err)
		}
	}
	if _, _, err := Create(path, "Ms Adeyemi", pass, cheap); !errors.Is(err, ErrExists) {
		t.Errorf("create over an open vault: %v", err)
	}
	shutVault(t, v)

	cmd := role(t, "hold", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		t.Fatal("the other process did not open the vault")
	}
	inUse(cmd.Process.Pid)
	cmd.Process.Kill()
	cmd.Wait()
	if _, err := os.Stat(path + ".lock"); err != nil {
		t.Errorf("the dead owner left no lock file: %v", err)
	}
	shutVault(t, open1(t, path, pass))
}

// TestLockRace: of many who come at once, one at a time gets in.
func TestLockRace(t *testing.T) {
	path := t.TempDir() + "/v"
	inside := make(chan struct{}, 1)
	done := make(chan int)
	for range 8 {
		go func() {
			got := 0
			for deadline := time.Now().Add(200 * time.Millisecond); time.Now().Before(deadline); {
				l, err := takeLock(path)
				if errors.Is(err, ErrInUse) {
					continue
				} else if err != nil {
					t.Error(err)
					break
				}
				select {
				case inside <- struct{}{}:
					got++
					<-inside
				default:
					t.Error("two hold the lock")
				}
				if err := l.release(); err != nil {
					t.Error(err)
				}
			}
			done <- got
		}()
	}
	sum := 0
	for range 8 {
		sum += <-done
	}
	if sum == 0 {
		t.Error("nobody got the lock")
	}
}
