import pytest

from guild.syntax import go

HEADS = {
    "GCD(a, b int) int returns the greatest": "func GCD(a, b int) int",
    "GCD(a, b int) int": "func GCD(a, b int) int",
    "`func New[T comparable]() *Set[T]` returning &Set[T]{}": "func New[T comparable]() *Set[T]",
    "(s *Set) Add(v T) puts v into s": "func (s *Set) Add(v T)",
    "func (e Event) MarshalJSON() ([]byte, error). UnmarshalJSON:": "func (e Event) MarshalJSON() ([]byte, error)",
    "Get(key string) (any, bool): if the key is present": "func Get(key string) (any, bool)",
    "Set(i int) sets bit i, GROWING": "func Set(i int)",
    "Put(key string, value any): if the key": "func Put(key string, value any)",
    "Push(name string, priority int) which calls heap.Push": "func Push(name string, priority int)",
    "NewStore() *Store constructs it": "func NewStore() *Store",
    "Len() int; Less(i, j int) bool": "func Len() int",
    "Resolve(code string)\n  (Link,\n  error) returns": "func Resolve(code string) (Link, error)",
    "RateLimit(reg *Registry) func(http.Handler) http.Handler — middleware": "func RateLimit(reg *Registry) "
    "func(http.Handler) http.Handler",
    "ParallelMap[T any, R any](items []T, fn func(T) R) []R applies": "func ParallelMap[T any, R any]"
    "(items []T, fn func(T) R) []R",
    "Chain(h http.Handler, mws ...Middleware) http.Handler where": "func Chain(h http.Handler, mws ...Middleware) "
    "http.Handler",
    "Words(text string) map[string][]int.": "func Words(text string) map[string][]int",
    "Events() <-chan Event streams": "func Events() <-chan Event",
    "Save(url string) Link assigns": "func Save(url string) Link",
    "func main() listens on :8080": "func main()",
    "func NewStore() Store { return &MemStore{} }": "func NewStore() Store",
    "type Set[T comparable] struct { m map[T]struct{} }`. The": "type Set[T comparable] struct { m map[T]struct{} }",
    "Event struct { Name string; At time.Time }. Give": "type Event struct { Name string; At time.Time }",
    "entry struct { key string; value any }` that": "type entry struct { key string; value any }",
    'type wire struct { At int64 `json:"at"` } and': 'type wire struct { At int64 `json:"at"` }',
    "Store interface { Get(id string) (User, error) } is": "type Store interface { Get(id string) (User, error) }",
    "type Middleware func(http.Handler) http.Handler wraps": "type Middleware func(http.Handler) http.Handler",
}


@pytest.mark.parametrize("text", HEADS)
def test_a_head_is_taken(text: str) -> None:
    assert go.declared_signature(text) == HEADS[text]


NO_HEADS = [
    "Clamp(-1,0,10)=0",
    "GCD(8,15)=1",
    'Reverse("abc") == "cba"',
    "New(2)",
    "New() builds its own set",
    "New(capacity)",
    "GCD(a, b)",
    "writeJSON(w, status, v) helper",
    "Validate() returns nil",
    "Allow() MUST go through b.now()",
    "len(s.m). Union",
    "NewLinkHandler(*MemStore). Methods that",
    "Sum(xs []int) returns the sum",
    "Sum(xs []int) Returns the sum",
    "Sum(xs []int) the sum",
    "F(see below) and so on",
    "F(see below)",
    "Get(k string).Len()",
    "Get(k string) == v",
    "type MUST NOT share a name",
    "type of Value",
    "type a string into",
    "Task Value whose",
    "Store interface with Create",
    "struct holding a Store",
    "func(http.Handler) http.Handler",
    "8080 is the port",
    "x.Add(v T) int",
    "F(a int",
    "F(a] int)",
    "(",
    "(s *Set)",
    "",
    "こんにちは(は int) は",
]


@pytest.mark.parametrize("text", NO_HEADS)
def test_no_head_is_made_up(text: str) -> None:
    assert go.declared_signature(text) is None
