import pytest

from tests.repairs.go.cases import Case

MEND = "scopes"
HEAD = """
import "fmt"

func g(n int) error { return nil }

"""
FIRES = {
    "looked at behind its loop": Case(
        HEAD
        + """
func f(n int) error {
	for i := 0; i < n; i++ {
		if err := g(i); err == nil {
			return nil
		}
	}
	return fmt.Errorf("é: %w", err)
}
""",
        HEAD
        + """
func f(n int) error {
	var err error

	for i := 0; i < n; i++ {
		if err = g(i); err == nil {
			return nil
		}
	}
	return fmt.Errorf("é: %w", err)
}
""",
    ),
    "declared in a block, more than once": Case(
        HEAD
        + """
func f() string {
	{
		lastErr := g(1)
		lastErr = g(2)
		_ = lastErr
	}
	for {
		lastErr := g(3)
		if lastErr != nil {
			break
		}
	}
	return fmt.Sprint(lastErr)
}
""",
        HEAD
        + """
func f() string {
	var lastErr error

	{
		lastErr = g(1)
		lastErr = g(2)
		_ = lastErr
	}
	for {
		lastErr = g(3)
		if lastErr != nil {
			break
		}
	}
	return fmt.Sprint(lastErr)
}
""",
    ),
}
KEEPS = {
    "declared with another": Case(
        HEAD
        + """
func h() (int, error) { return 1, nil }

func f() error {
	if n, err := h(); n > 0 && err == nil {
		return fmt.Errorf("é")
	}
	return err
}
"""
    ),
    "declared in another function": Case(
        HEAD
        + """
func f() error {
	defer func() {
		err := g(1)
		fmt.Println(err)
	}()
	return err
}
"""
    ),
    "no error": Case(
        HEAD
        + """
func f() int {
	if n := 1; n > 0 {
		fmt.Println(n)
	}
	return n
}
"""
    ),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
