import pytest

from guild.repairs.go import patterns
from tests.repairs.go.subjects import subject

HEAD = "package p\n\nfunc routes(mux *http.ServeMux, h api) {\n"


def applied(body: str) -> str:
    return patterns.apply(subject(f"{HEAD}{body}}}\n")).removeprefix(HEAD).removesuffix("}\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '\t// a GET of one\n\tmux.HandleFunc("/kv/{key}", func(w W, r R) {\n\t\tx()\n\t})\n'
            '\t// PUT stores it\n\tmux.HandleFunc("/kv/{key}", func(w W, r R) {})\n',
            '\t// a GET of one\n\tmux.HandleFunc("GET /kv/{key}", func(w W, r R) {\n\t\tx()\n\t})\n'
            '\t// PUT stores it\n\tmux.HandleFunc("PUT /kv/{key}", func(w W, r R) {})\n',
        ),
        (
            '\tmux.HandleFunc("/tasks", h.listTasks)\n\tmux.HandleFunc("/tasks", h.handleCreateTask)\n'
            '\tmux.Handle("/tasks", http.HandlerFunc(removeAll))\n',
            "",
        ),
        (
            '\tmux.HandleFunc("/tasks", h.listTasks)\n\tmux.HandleFunc("/tasks", h.handleCreateTask)\n',
            '\tmux.HandleFunc("GET /tasks", h.listTasks)\n\tmux.HandleFunc("POST /tasks", h.handleCreateTask)\n',
        ),
    ],
)
def test_each_of_two_routes_gets_its_method(before: str, after: str) -> None:
    assert applied(before) == (after or before)


@pytest.mark.parametrize(
    "body",
    [
        '\tmux.HandleFunc("/a", getA)\n\tmux.HandleFunc("/b", putB)\n',
        '\tmux.HandleFunc("GET /a", getA)\n\tmux.HandleFunc("GET /a", putA)\n',
        '\tmux.HandleFunc("/a", getA)\n\tother.HandleFunc("/a", putA)\n',
        '\tmux.HandleFunc("/a", getA)\n\tmux.HandleFunc("/a", listA)\n',
        '\tmux.HandleFunc("/a", getA)\n\tmux.HandleFunc("/a", settings)\n',
        '\tmux.HandleFunc("/a", getA)\n\tmux.HandleFunc("/a", func(w W, r R) {})\n',
        '\t// GET or PUT\n\tmux.HandleFunc("/a", one)\n\t// GET\n\tmux.HandleFunc("/a", two)\n',
        '\tmux.HandleFunc("/a", getA)\n\t{\n\t\tmux.HandleFunc("/a", putA)\n\t}\n',
        '\tmux.HandleFunc(path, getA)\n\tmux.HandleFunc(path, putA)\n\tmux.HandleFunc("/a"\n',
    ],
)
def test_where_nothing_says_which_they_stay(body: str) -> None:
    assert applied(body) == body
