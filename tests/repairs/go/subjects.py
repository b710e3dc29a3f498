"""A file to repair beside a small package, and shorthands to repair it."""

from collections.abc import Mapping

from guild.repairs import Repaired, Subject, repair

MODULE = "guildlm.dev/numkit"
IMPLEMENTATION = """package numkit

// Pair holds two.
type Pair struct{ A, B int }

const Most, Least = 9, 1

// GCD counts.
func GCD(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func (p Pair) Sum() int { return p.A + p.B }

func absolute(a int) int { return max(a, -a) }
"""
TEST = """package numkit

import "testing"

func TestGCD(t *testing.T) {
	if got := GCD(12, 18); got != 6 {
		t.Errorf("GCD(12, 18) = %d, want 6", got)
	}
}
"""


def subject(
    text: str,
    path: str = "numkit_test.go",
    *,
    package: str = "numkit",
    siblings: Mapping[str, str] | None = None,
) -> Subject:
    """Return a file of the module, by default a test beside its implementation."""
    beside = {"numkit.go": IMPLEMENTATION} if siblings is None else siblings
    return Subject(path=path, text=text, package=package, module=MODULE, siblings=beside)


def repaired(text: str, path: str = "numkit_test.go", **rest: object) -> Repaired:
    """Repair a file of the module."""
    return repair(subject(text, path, **rest))  # type: ignore[arg-type]
