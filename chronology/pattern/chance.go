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
	case k <= 0:
		return 1
	case k > n || p <= 0:
		return 0
	case p >= 1:
		return 1
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

// sumOfUniformsTail returns the chance that n numbers, each equally likely
// anywhere from 0 to 1, sum to s or more: the exact null of Laplace's test for
// a trend in the times of events (Irwin and Hall's distribution). Above 20
// numbers the normal curve is as good.
func sumOfUniformsTail(n int, s float64) float64 {
	if n > 20 {
		return normalTail((s - float64(n)/2) / math.Sqrt(float64(n)/12))
	}
	x := float64(n) - s // by symmetry: n or less minus s; few terms, so no cancellation
	if x > float64(n)/2 {
		return 1 - sumOfUniformsTail(n, x)
	}
	sum, sign := 0.0, 1.0
	for k := 0; float64(k) < x; k++ {
		sum += sign * math.Exp(logChoose(n, k)+float64(n)*math.Log(x-float64(k))-logFactorial(n))
		sign = -sign
	}
	return min(1, max(0, sum))
}

func normalTail(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// risingChance returns how often shuffling values would put as many pairs in
// rising order, less those in falling order: the Mann–Kendall test against a
// rise. values are 1 to 5. Up to maxExact values the answer is exact, ties
// included; beyond, it is the normal curve with the variance corrected for
// ties.
func risingChance(values []int) float64 {
	falling, tied := 0, 0
	var count [6]int
	for _, v := range values {
		for u := range count {
			switch {
			case u > v:
				falling += count[u]
			case u == v:
				tied += count[u]
			}
		}
		count[v]++
	}
	n := len(values)
	if n > maxExact {
		pairs := n * (n - 1) / 2
		s := float64(pairs - tied - 2*falling)
		variance := spread(n)
		for _, c := range count {
			variance -= spread(c)
		}
		if variance <= 0 {
			return 1
		}
		return normalTail((s - 1) / math.Sqrt(variance))
	}
	return fewFalling(count[:], falling)
}

// maxExact is the number of values up to which risingChance is exact.
const maxExact = 60

func spread(n int) float64 { return float64(n) * float64(n-1) * float64(2*n+5) / 18 }

// fewFalling returns the chance that a shuffle of values, of which each occurs
// as often as count says, has at most falling pairs in falling order. The
// number of shuffles with k such pairs is the coefficient of q^k of the
// Gaussian multinomial, which is built as a product of Gaussian binomials;
// only coefficients up to falling are needed, and for these every step adds
// and subtracts whole numbers.
func fewFalling(count []int, falling int) float64 {
	ways := make([]float64, falling+1)
	ways[0] = 1
	n, log := 0, 0.0
	for _, c := range count {
		for i := 1; i <= c; i++ {
			n++
			for k := falling; k >= n; k-- {
				ways[k] -= ways[k-n]
			}
			for k := i; k <= falling; k++ {
				ways[k] += ways[k-i]
			}
		}
		log += logChoose(n, c)
	}
	sum := 0.0
	for _, w := range ways {
		sum += w
	}
	return min(1, max(0, math.Exp(math.Log(max(sum, 1))-log)))
}

// atLeast returns the chance that k or more of several independent things
// happen, of which each has its own chance.
func atLeast(k int, chances []float64) float64 {
	exactly := make([]float64, len(chances)+1)
	exactly[0] = 1
	for i, p := range chances {
		for j := i + 1; j > 0; j-- {
			exactly[j] = exactly[j]*(1-p) + exactly[j-1]*p
		}
		exactly[0] *= 1 - p
	}
	sum := 0.0
	for j := k; j < len(exactly); j++ {
		sum += exactly[j]
	}
	return min(1, sum)
}

// binomial returns the chance of exactly k out of n when each has chance p.
func binomial(n, k int, p float64) float64 {
	if p <= 0 || p >= 1 {
		if (p <= 0 && k == 0) || (p >= 1 && k == n) {
			return 1
		}
		return 0
	}
	return math.Exp(logChoose(n, k) + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
}

// longestGapChance returns the chance that, of the gaps which n events leave
// when the last of them ends the stretch, one takes up share or more of it.
func longestGapChance(n int, share float64) float64 {
	sum, sign := 0.0, 1.0
	for k := 1; k <= n && float64(k)*share < 1 && k < 40; k++ {
		sum += sign * math.Exp(logChoose(n, k)+float64(n-1)*math.Log1p(-float64(k)*share))
		sign = -sign
	}
	return min(1, max(0, sum))
}
