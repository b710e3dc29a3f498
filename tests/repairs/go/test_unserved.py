from dataclasses import replace

import pytest

from guild.repairs.go import unserved
from guild.syntax import go
from guild.workspace import temporary
from tests.repairs.go.subjects import subject
from tests.toolchains.opened import toolchain

CODE = """package p

import (
	"io"
	"net/http"
)

func newMux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /a", func(w http.ResponseWriter, r *http.Request) {
		io.Copy(w, r.Body)
		io.WriteString(w, "hi")
	})
	return mux
}
"""
TEST = """package p

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestA(t *testing.T) {
	mux := newMux()
	http.Handle("/", mux)
	req, _ := http.NewRequest("GET", "/a", nil)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if body, _ := io.ReadAll(res.Body); string(body) != "hi" {
		t.Errorf("got %q", body)
	}
}

func TestB(t *testing.T) {
	mux := newMux()
	http.Handle("/", mux)
	client := &http.Client{}
	req, _ := http.NewRequest("GET", "http://localhost:8080/b", nil)
	res, _ := client.Do(req)
	again, err := http.Get("http://localhost:8080/a")
	if err != nil || res.StatusCode != 404 || again.StatusCode != 200 {
		t.Error(err)
	}
}

var _ = httptest.NewRecorder
"""


def applied(text: str, code: str = CODE, path: str = "api_test.go") -> str:
    return unserved.apply(replace(subject(text, path), siblings={"api.go": code}))


@pytest.mark.go
def test_the_handler_answers_itself() -> None:
    text = applied(TEST)
    assert "answered(mux, req)" in text and text.count("func answered(") == 1 and go.parse(text).faults == ()
    assert 'answered(mux, httptest.NewRequest(http.MethodGet, "http://localhost:8080/a", nil))' in text
    assert "http.Handle(" not in text and applied(text) == text
    text = text.replace("\tclient := &http.Client{}\n", "")
    with temporary() as place:
        place.write({"go.mod": "module example.org/p\n\ngo 1.23\n", "api.go": CODE, "api_test.go": text})
        report = toolchain().test(place.root)
    assert report.ok, report.diagnostics


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        (TEST, CODE, "api.go"),
        (TEST, CODE.replace("*http.ServeMux", "any"), "api_test.go"),
        (TEST.replace("mux := newMux()", "server := httptest.NewServer(newMux())"), CODE, "api_test.go"),
        (TEST.replace("\tmux := newMux()\n", "\tmux := newMux()\n\tother := newMux()\n"), CODE, "api_test.go"),
        (
            TEST.replace("http.DefaultClient.Do", "send").replace("client.Do", "send").replace("http.Get", "get"),
            CODE,
            "api_test.go",
        ),
    ],
)
def test_a_server_that_is_there_or_that_nobody_knows_is_left(text: str, code: str, path: str) -> None:
    assert applied(text, code, path) == text


def test_the_helper_stands_once_in_a_package() -> None:
    code = CODE + "\nfunc answered() {}\n"
    assert "func answered" not in applied(TEST, code)
