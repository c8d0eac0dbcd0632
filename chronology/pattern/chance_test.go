package pattern

import (
	"math"
	"math/rand/v2"
	"testing"

	"throughline/records"
)

func near2(a, b float64) bool { return math.Abs(a-b) <= 1e-9+1e-7*math.Abs(b) }

func TestBinomialTail(t *testing.T) {
	for n := range 12 {
		for k := range n + 2 {
			for _, p := range []float64{0, 0.03, 0.2, 0.5, 0.97, 1} {
				want := 0.0
				for i := k; i <= n; i++ {
					want += float64(choose(n, i)) * math.Pow(p, float64(i)) * math.Pow(1-p, float64(n-i))
				}
				if got := binomialTail(n, k, p); !near2(got, want) {
					t.Errorf("binomialTail(%d, %d, %v) = %v, want %v", n, k, p, got, want)
				}
			}
		}
	}
}

func choose(n, k int) int {
	c := 1
	for i := range k {
		c = c * (n - i) / (i + 1)
	}
	return c
}

func TestWindowsChance(t *testing.T) { // against every set of 4 days among 11
	const total, n = 11, 4
	sizes, critical := []int{2, 4, 6}, []int{2, 3, 4}
	all, hit := 0, 0
	for set := range 1 << total {
		var in [3]int
		members := 0
		for d := range total {
			if set>>d&1 == 0 {
				continue
			}
			members++
			for w, size := range sizes {
				if d < size {
					in[w]++
				}
			}
		}
		if members != n {
			continue
		}
		all++
		if in[0] >= critical[0] || in[1] >= critical[1] || in[2] >= critical[2] {
			hit++
		}
	}
	if got, want := windowsChance(total, n, sizes, critical), float64(hit)/float64(all); !near2(got, want) {
		t.Errorf("windowsChance = %v, want %v", got, want)
	}
	if got, want := hypergeometricTail(total, 3, n, 2), float64(3*choose(8, 2)+1*8)/float64(choose(11, 4)); !near2(got, want) {
		t.Errorf("hypergeometricTail = %v, want %v", got, want)
	}
}

func TestSumOfUniformsTail(t *testing.T) {
	for _, c := range []struct {
		n    int
		s    float64
		want float64
	}{{1, 0.9, 0.1}, {2, 1.5, 0.125}, {3, 2.5, 1.0 / 48}, {3, 1.5, 0.5}, {3, 0, 1}, {4, 4, 0}, {2, 0.5, 0.875}} {
		if got := sumOfUniformsTail(c.n, c.s); !near2(got, c.want) {
			t.Errorf("sumOfUniformsTail(%d, %v) = %v, want %v", c.n, c.s, got, c.want)
		}
	}
	exact, normal := sumOfUniformsTail(20, 12.6), sumOfUniformsTail(21, 10.5+2.6*math.Sqrt(21.0/20))
	if math.Abs(exact-normal) > 0.1*exact {
		t.Errorf("20 and 21 numbers differ: %v, %v", exact, normal)
	}
}

// TestRisingChance compares with every order of the same values.
func TestRisingChance(t *testing.T) {
	for _, values := range [][]int{{1, 2, 3, 4, 5}, {1, 1, 2, 2, 3}, {2, 1, 3, 3, 3, 5}, {5, 4, 3, 2, 1}, {2, 2, 2, 2, 2}, {1, 3, 2, 1, 2, 3, 3}} {
		worst := falling(values)
		all, few := 0, 0
		permute(append([]int(nil), values...), 0, func(p []int) {
			all++
			if falling(p) <= worst {
				few++
			}
		})
		if got, want := risingChance(values), float64(few)/float64(all); !near2(got, want) {
			t.Errorf("risingChance(%v) = %v, want %v", values, got, want)
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	values := make([]int, maxExact+1)
	for i := range values {
		values[i] = 1 + (i*3/len(values)+r.IntN(4))%5
	}
	exact, normal := risingChance(values[:maxExact]), risingChance(values)
	if exact <= 0 || normal <= 0 || math.Abs(math.Log10(exact)-math.Log10(normal)) > 0.5 {
		t.Errorf("exact %v at %d values, normal %v at one more", exact, maxExact, normal)
	}
}

func falling(values []int) int {
	n := 0
	for i := range values {
		for j := range i {
			if values[j] > values[i] {
				n++
			}
		}
	}
	return n
}

func permute(values []int, at int, visit func([]int)) {
	if at == len(values) {
		visit(values)
		return
	}
	for i := at; i < len(values); i++ {
		values[at], values[i] = values[i], values[at]
		permute(values, at+1, visit)
		values[at], values[i] = values[i], values[at]
	}
}

func TestLongestGapChance(t *testing.T) {
	if got := longestGapChance(2, 0.8); !near2(got, 0.4) { // either side of one point
		t.Errorf("longestGapChance(2, 0.8) = %v, want 0.4", got)
	}
	if got := longestGapChance(3, 0.3); !near2(got, 1) { // three gaps cannot all be under a third
		t.Errorf("longestGapChance(3, 0.3) = %v, want 1", got)
	}
}

func TestAttainable(t *testing.T) {
	p := binomialTail(9, 7, 0.2)
	if got := attainable(9, 0.2, p); !near2(got, p) {
		t.Errorf("attainable at an attained chance = %v, want %v", got, p)
	}
	if got, want := attainable(9, 0.2, p*1.5), p; !near2(got, want) {
		t.Errorf("attainable above it = %v, want %v", got, want)
	}
	if got := attainable(4, 0.2, 0.001); got != 0 {
		t.Errorf("attainable where nothing is = %v, want 0", got)
	}
}

// TestReader holds the sums against the calendar's own count.
func TestReader(t *testing.T) {
	cal := terms()
	reader := NewReader(cal, "2023-12-01", "2024-02-01")
	r := reader.covering(dayOf("2023-07-01"), dayOf("2024-09-30"))
	for _, c := range [][2]records.Date{{"2023-07-01", "2024-09-30"}, {"2023-12-20", "2024-01-04"}, {"2024-05-06", "2024-05-06"}, {"2024-02-29", "2024-03-31"}, {"2024-08-01", "2024-08-31"}} {
		if got, want := r.open(dayOf(c[0]), dayOf(c[1])), cal.SchoolDays(c[0], c[1]); got != want {
			t.Errorf("open(%s, %s) = %d, want %d", c[0], c[1], got, want)
		}
	}
	for _, d := range []records.Date{"2024-02-29", "2024-03-28", "0001-01-01", "1969-12-31", "9999-12-31"} {
		if got := dayOf(d).date(); got != d {
			t.Errorf("dayOf(%s).date() = %s", d, got)
		}
		if got := dayOf(d).weekday(); d > "1900" && got != d.Weekday() {
			t.Errorf("weekday of %s = %v, want %v", d, got, d.Weekday())
		}
	}
	sunday, monday := dayOf("2024-02-18"), dayOf("2024-02-19")
	if r.index(sunday) != r.index(monday) || r.at(r.index(monday)) != monday || r.closedBefore(monday) != 7 {
		t.Errorf("around half-term: index %d %d, at %s, closed before %d", r.index(sunday), r.index(monday), r.at(r.index(monday)).date(), r.closedBefore(monday))
	}
}
