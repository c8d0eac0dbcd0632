package pattern

import "math"

// logFactorials holds ln(n!) for small n, which is nearly all that is asked.
var logFactorials = func() []float64 {
	t := make([]float64, 4096)
	for n := 2; n < len(t); n++ {
		t[n] = t[n-1] + math.Log(float64(n))
	}
	return t
}()

func logFactorial(n int) float64 {
	if n < len(logFactorials) {
		return logFactorials[n]
	}
	v, _ := math.Lgamma(float64(n) + 1)
	return v
}

func logChoose(n, k int) float64 {
	if k < 0 || k > n {
		return math.Inf(-1)
	}
	return logFactorial(n) - logFactorial(k) - logFactorial(n-k)
}

// binomialTail returns the chance of k or more out of n when each has chance p.
func binomialTail(n, k int, p float64) float64 {
	switch {
	case k <= 0 || p >= 1:
		return 1
	case k > n || p <= 0:
		return 0
	}
	term := math.Exp(logChoose(n, k) + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
	sum := term
	for i := k; i < n && term > sum*1e-17; i++ {
		term *= float64(n-i) / float64(i+1) * p / (1 - p)
		sum += term
	}
	return min(sum, 1)
}

// hypergeometric returns the chance of exactly k marked ones among n drawn from
// total, of which marked are marked.
func hypergeometric(total, marked, n, k int) float64 {
	if k < 0 || k > n || k > marked || n-k > total-marked {
		return 0
	}
	return math.Exp(logChoose(marked, k) + logChoose(total-marked, n-k) - logChoose(total, n))
}

// hypergeometricTail returns the chance of k or more.
func hypergeometricTail(total, marked, n, k int) float64 {
	if k <= max(0, n-(total-marked)) {
		return 1
	}
	sum := 0.0
	for i := min(n, marked); i >= k; i-- {
		sum += hypergeometric(total, marked, n, i)
	}
	return min(sum, 1)
}

// Windows of the recent past are tried together: the last quarter, third and
// half of a stretch of school days.
//
// windowsChance returns, for a stretch of total days of which n have an entry,
// the chance that some window holds at least its critical number of them, when
// each set of n days is as likely as another. sizes grow, and each window
// contains the one before it. It is exact: it walks outward from the smallest
// window, keeping the chance of every count that has stayed below all critical
// numbers so far.
func windowsChance(total, n int, sizes, critical []int) float64 {
	below := []float64{1} // below[k]: chance of k entries inside so far, none critical yet
	inside := 0
	for w, size := range sizes {
		next := make([]float64, min(critical[w], n+1))
		for k, p := range below {
			if p == 0 {
				continue
			}
			for j := k; j < len(next); j++ {
				next[j] += p * hypergeometric(total-inside, n-k, size-inside, j-k)
			}
		}
		below, inside = next, size
	}
	sum := 0.0
	for _, p := range below {
		sum += p
	}
	return max(0, 1-sum)
}
