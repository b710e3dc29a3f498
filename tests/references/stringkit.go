package stringkit

import (
	"slices"
	"unicode"
)

// Reverse reverses by runes.
func Reverse(s string) string {
	runes := []rune(s)
	slices.Reverse(runes)
	return string(runes)
}

// IsPalindrome reports whether s reads the same.
func IsPalindrome(s string) bool {
	var kept []rune
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			kept = append(kept, unicode.ToLower(r))
		}
	}
	for i := range kept {
		if kept[i] != kept[len(kept)-1-i] {
			return false
		}
	}
	return true
}
