package vault

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestMain lets the test binary play other processes.
func TestMain(m *testing.M) {
	if role := os.Getenv("VAULT_TEST_ROLE"); role != "" {
		if os.Getenv("VAULT_TEST_REMOTE") != "" {
			onLocalDisk = func(string) bool { return false }
		}
		if err := roles[role](os.Getenv("VAULT_TEST_PATH")); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var roles = map[string]func(path string) error{
	"write": writeForEver,
	"hold":  hold,
}

func role(t testing.TB, name, path string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	exe, err = filepath.Abs(exe)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), "VAULT_TEST_ROLE="+name, "VAULT_TEST_PATH="+path)
	cmd.Stderr = os.Stderr
	return cmd
}

// writeForEver commits rows and prints the number of each after it is kept.
func writeForEver(path string) error {
	v, err := Open(path, pass)
	if err != nil {
		return err
	}
	for {
		var id int
		err := v.DB().QueryRow(`INSERT INTO entry(id, said)
			SELECT max(id)+1, (max(id)+1) || ' ' || $1 FROM entry RETURNING id`, marker).Scan(&id)
		if err != nil {
			return err
		}
		fmt.Println(id)
	}
}

// hold opens the vault and waits to be killed.
func hold(path string) error {
	if _, err := Open(path, pass); err != nil {
		return err
	}
	fmt.Println("open")
	select {}
}
