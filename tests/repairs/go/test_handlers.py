import pytest

from tests.repairs.go.cases import Case

MEND = "handlers"
FIRES = {
    "registered by the other function": Case(
        """
import "net/http"

type H struct{}

func (h H) ServeHTTP(w http.ResponseWriter, r *http.Request) {}

func hello(w http.ResponseWriter, r *http.Request) {}

func f(m *http.ServeMux) {
	http.HandleFunc("/", H{})
	m.Handle("/", hello)
}
""",
        """
import "net/http"

type H struct{}

func (h H) ServeHTTP(w http.ResponseWriter, r *http.Request) {}

func hello(w http.ResponseWriter, r *http.Request) {}

func f(m *http.ServeMux) {
	http.Handle("/", H{})
	m.HandleFunc("/", hello)
}
""",
    ),
    "made of a function": Case(
        """
import "net/http"

func hello(w http.ResponseWriter, r *http.Request) {}

func f() http.Handler { return hello }
""",
        """
import "net/http"

func hello(w http.ResponseWriter, r *http.Request) {}

func f() http.Handler { return http.HandlerFunc(hello) }
""",
    ),
    "taken as a function": Case(
        """
import "net/http"

func f(h http.Handler) func(http.ResponseWriter, *http.Request) { return h }
""",
        """
import "net/http"

func f(h http.Handler) func(http.ResponseWriter, *http.Request) { return h.ServeHTTP }
""",
    ),
    "returned as a mux": Case(
        """
import "net/http"

func f(h http.Handler) *http.ServeMux { return h }
""",
        """
import "net/http"

func f(h http.Handler) http.Handler { return h }
""",
    ),
}
KEEPS = {
    "another function": Case("""
import "net/http"

func f(m *http.ServeMux) { m.Handle("/", func(w http.ResponseWriter) {}) }
"""),
    "what does not serve": Case("""
import "net/http"

func f() http.Handler { return 3 }
"""),
}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name, fires) -> None:
    fires(MEND, name, FIRES[name])


@pytest.mark.parametrize("name", KEEPS)
def test_it_does_not_fire(name, keeps) -> None:
    keeps(MEND, name)
