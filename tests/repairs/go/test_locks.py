import pytest

from tests.repairs.go.cases import Case

MEND = "locks"
FIRES = {
    "a receiver": Case(
        """
import "sync"

type C struct {
	mu sync.Mutex
	n  int
}

func (c C) Inc() {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}
""",
        """
import "sync"

type C struct {
	mu sync.Mutex
	n  int
}

func (c *C) Inc() {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}
""",
    ),
}
KEEPS = {
    "a parameter": Case("""
import "sync"

type C struct{ mu sync.Mutex }

func f(c C) {}
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
