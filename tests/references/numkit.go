package numkit

// GCD returns the greatest common divisor.
func GCD(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		return -a
	}
	return a
}

// Clamp bounds x.
func Clamp(x, lo, hi int) int {
	if lo > hi {
		return x
	}
	return min(max(x, lo), hi)
}
