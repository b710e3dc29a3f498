import pytest

from guild.syntax import go

USED = {
    "a call": ("func f() { strings.ToUpper(s) }", {"strings"}),
    "a type": ("func f(r *http.Request) {}", {"http"}),
    "a result": ("func f() (time.Duration, error) { return 0, nil }", {"time"}),
    "a field": ("type T struct{ mu sync.Mutex }", {"sync"}),
    "an embedded type": ("type T struct{ *testing.T }", {"testing"}),
    "a composite literal": ("var X = http.Server{Addr: os.Args[0]}", {"http", "os"}),
    "a constraint": ("func Max[T cmp.Ordered](a T) T { return a }", {"cmp"}),
    "an instance": ("func f() { slices.Max[[]int](nil) }", {"slices"}),
    "an interface": ("type I interface { Do(context.Context) error; fmt.Stringer }", {"context", "fmt"}),
    "a map key": ("var X = map[int]string{http.StatusOK: `ok`}", {"http"}),
    "a conversion": ("var X = time.Duration(1) * time.Second", {"time"}),
    "a type switch": ("func f(x any) { switch v := x.(type) { case *ast.Node: v.Pos() } }", {"ast"}),
    "its own name on the right": ("func f() { url, err := url.Parse(``); url.Query(); _ = err }", {"url"}),
    "its own name in var": ("func f() { var list = list.New(); list.Len() }", {"list"}),
    "its own name as parameter type": ("func f(template *template.Template) { template.New(``) }", {"template"}),
    "after an inner scope": ("func f() { if rand := 1; rand > 0 { rand.X() }; rand.Intn(1) }", {"rand"}),
    "in a deferred closure": ("func f() { defer func() { os.Exit(1) }() }", {"os"}),
}


@pytest.mark.parametrize("name", USED)
def test_used(name: str) -> None:
    code, wanted = USED[name]
    assert go.used_packages(f"package p\n\n{code}\n") == wanted


UNUSED = {
    "a parameter": "func f(r Request) { r.Body() }",
    "a receiver": "func (s *Set) f() { s.Len() }",
    "a short variable": "func f() { c := New(); c.Len() }",
    "a variable": "func f() { var wg Group; wg.Wait() }",
    "a range": "func f() { for _, tt := range tests { tt.Run() } }",
    "a for clause": "func f() { for n := head; n != nil; n = n.Next { n.Visit() } }",
    "an if": "func f() { if e := x(); e.Bad() { e.Show() } else { e.Hide() } }",
    "a switch": "func f() { switch k := x(); { case k.Good(): k.Do() } }",
    "a type switch": "func f(x any) { switch v := x.(type) { case T: v.Do(); default: v.Other() } }",
    "a receive": "func f() { select { case m := <-ch: m.Do() } }",
    "a named result": "func f() (res Result) { res.Do(); return }",
    "a closure's parameter": "func f() { g(func(t T) { t.Fatal() }) }",
    "an outer variable in a closure": "func f() { c := New(); go func() { c.Do() }() }",
    "a package's variable": "var store = New()\nfunc f() { store.Get() }",
    "a constant": "const level = Level(1)\nfunc f() { level.String() }",
    "a type of the package": "type T struct{}\nfunc f() { T.Do(T{}) }",
    "a local type": "func f() { type pair struct{}; pair.Do() }",
    "a method of its own type parameter": "func (s *Set[T]) f(v T) { v.Do() }",
    "an unexported member": "func f() { thing.field() }",
    "a chain": "func f(a A) { a.B.C.D() }",
    "a string": 'var X = "strings.ToUpper"',
    "a comment": "// strings.ToUpper\nvar X = 1",
}


@pytest.mark.parametrize("name", UNUSED)
def test_not_a_package(name: str) -> None:
    assert go.used_packages(f"package p\n\n{UNUSED[name]}\n") == set()


def test_what_a_sibling_declares_is_no_package() -> None:
    text = "package p\n\nfunc f() { store.Get() }\n"
    assert go.used_packages(text) == {"store"}
    assert go.used_packages(text, ["package p\n\nvar store = New()\n"]) == set()


def test_qualifiers_come_with_their_members() -> None:
    members = go.qualifiers("package p\n\nfunc f() { rand.Int(rand.Reader, nil) }\n")
    assert members == {"rand": {"Int", "Reader"}}
