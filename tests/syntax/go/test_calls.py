import pytest

from guild.syntax import go

HEAD = 'package p\n\nimport "testing"\n\n'
CAN_FAIL = {
    "Error": "func TestA(t *testing.T) { t.Error() }",
    "Errorf": 'func TestA(t *testing.T) { t.Errorf("") }',
    "Fatal": "func TestA(t *testing.T) { if x { for { t.Fatal() } } }",
    "FailNow, another name": "func TestA(tt *testing.T) { tt.FailNow() }",
    "a subtest": 'func TestA(t *testing.T) { t.Run("x", func(t *testing.T) { t.Fail() }) }',
    "a subtest by name": 'func TestA(t *testing.T) { t.Run("x", sub) }\nfunc sub(t *testing.T) { t.Fatal() }',
    "a helper": "func TestA(t *testing.T) { check(t) }\nfunc check(tb testing.TB) { tb.Helper(); tb.Fatal() }",
    "a helper of a helper": "func TestA(t *testing.T) { a(t) }\nfunc a(t *testing.T) { b(t) }\n"
    "func b(t *testing.T) { a(t); t.Fatal() }",
    "a generic helper": "func TestA(t *testing.T) { eq[int](t, 1) }\nfunc eq[T any](t *testing.T, v T) { t.Fatal(v) }",
    "a method": "func TestA(t *testing.T) { s := S{}; s.check(t) }\nfunc (s S) check(t *testing.T) { t.Fatal() }",
    "a field": "type S struct{ t *testing.T }\nfunc TestA(t *testing.T) { s := S{t}; s.t.Fatal() }",
    "a deferred closure": "func TestA(t *testing.T) { defer func() { if recover() == nil { t.Error() } }() }",
    "a goroutine": "func TestA(t *testing.T) { go func() { t.Error() }() }",
    "a goroutine that works on what others do": "func TestA(t *testing.T) { for { go func() { c.Put(1) }() } }",
    "a table of checks": "func TestA(t *testing.T) { for _, c := range []func(*testing.T){check} { c(t) } }\n"
    "func check(t *testing.T) { t.Fatal() }",
    "panic": 'func TestA(t *testing.T) { panic("no") }',
    "panic in a helper": "func TestA(t *testing.T) { must() }\nfunc must() { panic(1) }",
    "a helper in a variable": "var help = func(t *testing.T) { t.Fatal() }\nfunc TestA(t *testing.T) { help(t) }",
}


@pytest.mark.parametrize("name", CAN_FAIL)
def test_a_test_that_can_fail(name: str) -> None:
    assert go.can_fail({"p_test.go": HEAD + CAN_FAIL[name]}, "TestA")


HOLLOW = {
    "empty": "func TestA(t *testing.T) {}",
    "a log": "func TestA(t *testing.T) { t.Log(GCD(1, 2)); t.Logf(``); t.Skip() }",
    "a call": "func TestA(t *testing.T) { GCD(1, 2) }\nfunc GCD(a, b int) int { return 1 }",
    "a helper that is never called": "func TestA(t *testing.T) {}\nfunc check(t *testing.T) { t.Fatal() }",
    "a helper that is thrown away": "func TestA(t *testing.T) { _ = check }\nfunc check(t *testing.T) { t.Fatal() }",
    "an error's text": "func TestA(t *testing.T) { var err error; err.Error() }",
    "a logger": "func TestA(t *testing.T) { log := New(); log.Fatal() }",
    "a local variable of a helper's name": "func TestA(t *testing.T) { check := 1; use(check) }\n"
    "func check(t *testing.T) { t.Fatal() }",
    "a shadowed t": "func TestA(t *testing.T) { { t := Task{}; t.Error() } }",
    "a panic of its own": "func TestA(t *testing.T) { panic := log; panic(1) }",
    "words": 'func TestA(t *testing.T) { use("t.Fatal()") } // t.Fatal()',
    "a goroutine that only tells that it is done": "func TestA(t *testing.T) { go func() { wg.Done(); t.Log() }() }",
    "a goroutine that is waited for": "func TestA(t *testing.T) { go wg.Wait(); c.Put(1) }",
    "another test that can": "func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) { t.Fatal() }",
    "no such test": "func TestC(t *testing.T) { t.Fatal() }",
}


@pytest.mark.parametrize("name", HOLLOW)
def test_a_test_that_cannot_fail(name: str) -> None:
    assert not go.can_fail({"p_test.go": HEAD + HOLLOW[name]}, "TestA")


def test_a_helper_in_another_file_of_the_folder_counts_and_in_another_folder_does_not() -> None:
    test = HEAD + "func TestA(t *testing.T) { check(t) }"
    helper = HEAD + "func check(t *testing.T) { t.Fatal() }"
    assert go.can_fail({"a/x_test.go": test, "a/help_test.go": helper}, "TestA")
    assert not go.can_fail({"a/x_test.go": test, "b/help_test.go": helper}, "TestA")


def test_of_two_folders_each_must_be_able_to_fail_unless_one_is_named() -> None:
    files = {
        "a/x_test.go": HEAD + "func TestA(t *testing.T) { t.Fatal() }",
        "b/x_test.go": HEAD + "func TestA(t *testing.T) {}",
    }
    assert not go.can_fail(files, "TestA")
    assert go.can_fail(files, "a/x_test.go:TestA")
    assert not go.can_fail(files, "b/x_test.go:TestA")


MAIN = 'package main\n\nimport (\n\t"m/api"\n\t"net"\n\t"net/http"\n)\n\n'
SERVERS = {
    "ListenAndServe": ("func main() { http.ListenAndServe(`:1`, nil) }", ""),
    "a server": ("func main() { s := &http.Server{}; if err := s.ListenAndServeTLS(``, ``); err != nil {} }", ""),
    "a listener": ("func main() { l, _ := net.Listen(`tcp`, `:1`); http.Serve(l, nil) }", ""),
    "in a goroutine": ("func main() { go func() { (&http.Server{}).ListenAndServe() }() }", ""),
    "a function of the package": (
        "func main() { run() }\nfunc run() error { return http.ListenAndServe(`:1`, nil) }",
        "",
    ),
    "a function of the module": (
        "func main() { api.Run() }",
        'package api\n\nimport "net/http"\n\nfunc Run() { http.ListenAndServe(``, nil) }\n',
    ),
    "a method of the module": (
        "func main() { api.New().Start() }",
        'package api\n\nimport web "net/http"\n\nfunc (s *S) Start() { web.ListenAndServe(``, nil) }\n',
    ),
    "a wrapper of the same name": (
        "func main() { s := api.New(); s.Serve() }",
        'package api\n\nimport "net/http"\n\ntype S struct{ h http.Server }\n\nfunc (s *S) Serve() { s.h.Serve(nil) }',
    ),
}


@pytest.mark.parametrize("name", SERVERS)
def test_a_program_that_serves(name: str) -> None:
    main, api = SERVERS[name]
    assert go.reaches_server({"go.mod": "module m\n", "main.go": MAIN + main, "api/api.go": api})


NO_SERVERS = {
    "nothing": ("func main() {}", ""),
    "never called": ("func main() {}\nfunc run() { http.ListenAndServe(``, nil) }", ""),
    "in a comment": ("func main() { /* http.ListenAndServe(``, nil) */ }", ""),
    "a client": ("func main() { http.Get(``); net.Dial(``, ``) }", ""),
    "another function of the module": (
        "func main() { api.Other() }",
        'package api\n\nimport "net/http"\n\nfunc Other() {}\n\nfunc Run() { http.ListenAndServe(``, nil) }\n',
    ),
    "a method that serves dinner": (
        "func main() { w := api.New(); w.Serve() }",
        "package api\n\ntype Waiter struct{}\n\nfunc (w *Waiter) Serve() { println() }\n",
    ),
}


@pytest.mark.parametrize("name", NO_SERVERS)
def test_a_program_that_does_not(name: str) -> None:
    main, api = NO_SERVERS[name]
    assert not go.reaches_server({"go.mod": "module m\n", "main.go": MAIN + main, "api/api.go": api})


def test_a_library_and_a_test_do_not_serve() -> None:
    serving = "func main() { http.ListenAndServe(``, nil) }"
    assert not go.reaches_server({"a.go": MAIN.replace("package main", "package a") + serving})
    assert not go.reaches_server({"main_test.go": MAIN + serving})
