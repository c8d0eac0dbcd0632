package records

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkUnlock100000 unlocks a school of 100,000 entries (2,000 with -short)
// at the default cost of the passphrase, in a process of its own, and reports how
// long that takes and what the process then holds against one that does nothing.
func BenchmarkUnlock100000(b *testing.B) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		b.Skip("this system does not tell a process's memory as Linux does")
	}
	path := filepath.Join(b.TempDir(), "school.throughline")
	s, _, err := Create(context.Background(), path, Setup{
		School: School{Name: "Elm Lane Primary"}, Member: Member{Name: "Ruth Adeyemi", Role: DSL},
		Passphrase: []byte(testPassphrase), Now: func() time.Time { return monday },
	})
	if err != nil {
		b.Fatal(err)
	}
	invented(b, s, entries(100_000))
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	var cpu, idleCPU, idle, open, peak float64
	for b.Loop() {
		_, idleCPU, idle, _ = opener(b, "")
		var d time.Duration
		d, cpu, open, peak = opener(b, path)
		took = append(took, d)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(p95(took), "p95-ms/unlock")
	b.ReportMetric(cpu-idleCPU, "cpu-ms/unlock")
	b.ReportMetric(idle, "idle-MB")
	b.ReportMetric(open, "open-MB")
	b.ReportMetric(peak, "peak-MB")
	b.ReportMetric(open-idle, "added-MB")
}

// opener runs TestOpener in a process and returns how long it took to unlock, the
// processor's time in ms (which a busy machine does not stretch), and how much
// memory it held afterwards and at most, in MB.
func opener(b *testing.B, path string) (took time.Duration, cpu, rss, peak float64) {
	b.Helper()
	exe, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(exe, "-test.run=^TestOpener$")
	cmd.Env = append(os.Environ(), "RECORDS_TEST_OPENER="+path+"|")
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	var ns int64
	if _, err := fmt.Sscanf(string(out), "%d %f %f %f", &ns, &cpu, &rss, &peak); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return time.Duration(ns), cpu, rss, peak
}

// TestOpener is no test: it is the process that BenchmarkUnlock100000 measures.
func TestOpener(t *testing.T) {
	path, ok := strings.CutSuffix(os.Getenv("RECORDS_TEST_OPENER"), "|")
	if !ok {
		t.Skip("BenchmarkUnlock100000 runs it")
	}
	start := time.Now()
	if path != "" {
		s, err := Open(context.Background(), path, []byte(testPassphrase))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
	}
	took := time.Since(start)
	cpu := processorTime(t)
	if path != "" {
		time.Sleep(3 * time.Second) // as a window that is looked at
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	megabytes := func(name string) float64 {
		_, rest, _ := strings.Cut(string(status), name+":")
		var kb float64
		fmt.Sscan(rest, &kb)
		return kb / 1024
	}
	fmt.Println(took.Nanoseconds(), cpu.Milliseconds(), megabytes("VmRSS"), megabytes("VmHWM"))
}

// processorTime returns what this process has used, to 10 ms, its start included.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	var user, system int64 // in hundredths of a second
	fmt.Sscan(fields[11], &user)
	fmt.Sscan(fields[12], &system)
	return time.Duration(user+system) * 10 * time.Millisecond
}
