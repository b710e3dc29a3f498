package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// send answers one request, without a network.
func send(handler http.Handler, method, path, body string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(method, path, strings.NewReader(body)))
	return recorder
}

// decode returns the JSON value in a response.
func decode[T any](t *testing.T, recorder *httptest.ResponseRecorder) T {
	t.Helper()
	var value T
	if err := json.Unmarshal(recorder.Body.Bytes(), &value); err != nil {
		t.Fatalf("body %q: %v", recorder.Body, err)
	}
	return value
}

// seeded returns a handler over two tasks: 1 is to do, 2 is done.
func seeded(t *testing.T) http.Handler {
	t.Helper()
	store := NewStore()
	mustCreate(t, store, "a", false)
	mustCreate(t, store, "b", true)
	return NewHandler(store)
}

func TestStatus(t *testing.T) {
	tests := []struct {
		name, method, path, body string
		want                     int
	}{
		{"health", "GET", "/healthz", "", http.StatusOK},
		{"list", "GET", "/tasks", "", http.StatusOK},
		{"list done", "GET", "/tasks?done=true", "", http.StatusOK},
		{"list with a bad filter", "GET", "/tasks?done=maybe", "", http.StatusBadRequest},
		{"create", "POST", "/tasks", `{"title":"c"}`, http.StatusCreated},
		{"create without a title", "POST", "/tasks", `{}`, http.StatusBadRequest},
		{"create with a blank title", "POST", "/tasks", `{"title":"  "}`, http.StatusBadRequest},
		{"create with no body", "POST", "/tasks", "", http.StatusBadRequest},
		{"create with broken JSON", "POST", "/tasks", `{"title":`, http.StatusBadRequest},
		{"create with a wrong type", "POST", "/tasks", `{"title":7}`, http.StatusBadRequest},
		{"create with an unknown field", "POST", "/tasks", `{"title":"c","id":9}`, http.StatusBadRequest},
		{"create with two values", "POST", "/tasks", `{"title":"c"}{}`, http.StatusBadRequest},
		{"create with a huge body", "POST", "/tasks", `{"title":"` + strings.Repeat("c", maxBodyBytes) + `"}`, http.StatusRequestEntityTooLarge},
		{"get", "GET", "/tasks/1", "", http.StatusOK},
		{"get missing", "GET", "/tasks/99", "", http.StatusNotFound},
		{"get with a bad id", "GET", "/tasks/abc", "", http.StatusBadRequest},
		{"get with a negative id", "GET", "/tasks/-1", "", http.StatusBadRequest},
		{"update", "PUT", "/tasks/1", `{"title":"c","done":true}`, http.StatusOK},
		{"update missing", "PUT", "/tasks/99", `{"title":"c"}`, http.StatusNotFound},
		{"update with a bad id", "PUT", "/tasks/abc", `{"title":"c"}`, http.StatusBadRequest},
		{"update without a title", "PUT", "/tasks/1", `{"done":true}`, http.StatusBadRequest},
		{"update with broken JSON", "PUT", "/tasks/1", `{"title":`, http.StatusBadRequest},
		{"delete", "DELETE", "/tasks/1", "", http.StatusNoContent},
		{"delete missing", "DELETE", "/tasks/99", "", http.StatusNotFound},
		{"delete with a bad id", "DELETE", "/tasks/abc", "", http.StatusBadRequest},
		{"wrong method", "PATCH", "/tasks/1", `{"title":"c"}`, http.StatusMethodNotAllowed},
		{"wrong path", "GET", "/nowhere", "", http.StatusNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			recorder := send(seeded(t), tt.method, tt.path, tt.body)
			if recorder.Code != tt.want {
				t.Fatalf("status = %d, want %d; body %s", recorder.Code, tt.want, recorder.Body)
			}
			if tt.want == http.StatusNoContent {
				return
			}
			if got := recorder.Header().Get("Content-Type"); got != "application/json" {
				t.Errorf("Content-Type = %q, want application/json", got)
			}
			if tt.want >= 400 && decode[map[string]string](t, recorder)["error"] == "" {
				t.Errorf("body %s holds no error", recorder.Body)
			}
		})
	}
}

func TestCreateAnswersTheStoredTask(t *testing.T) {
	handler := NewHandler(NewStore())
	recorder := send(handler, "POST", "/tasks", `{"title":" buy milk ","done":true}`)
	created := decode[Task](t, recorder)
	if created.ID != 1 || created.Title != "buy milk" || !created.Done || created.CreatedAt.IsZero() {
		t.Errorf("created = %+v", created)
	}
	location := recorder.Header().Get("Location")
	if location != "/tasks/1" {
		t.Errorf("Location = %q, want /tasks/1", location)
	}
	if stored := decode[Task](t, send(handler, "GET", location, "")); stored != created {
		t.Errorf("stored = %+v, want %+v", stored, created)
	}
}

func TestFieldNames(t *testing.T) {
	fields := decode[map[string]any](t, send(seeded(t), "GET", "/tasks/1", ""))
	for _, name := range []string{"id", "title", "done", "created_at"} {
		if _, ok := fields[name]; !ok {
			t.Errorf("%v lacks %q", fields, name)
		}
	}
}

func TestListFilters(t *testing.T) {
	tests := map[string][]string{
		"/tasks":            {"a", "b"},
		"/tasks?done=true":  {"b"},
		"/tasks?done=false": {"a"},
	}
	for path, want := range tests {
		t.Run(path, func(t *testing.T) {
			got := titles(decode[[]Task](t, send(seeded(t), "GET", path, "")))
			if !slices.Equal(got, want) {
				t.Errorf("titles = %v, want %v", got, want)
			}
		})
	}
}

func TestEmptyListIsAnArray(t *testing.T) {
	recorder := send(NewHandler(NewStore()), "GET", "/tasks", "")
	if got := strings.TrimSpace(recorder.Body.String()); got != "[]" {
		t.Errorf("body = %s, want []", got)
	}
}

func TestUpdateReplaces(t *testing.T) {
	handler := seeded(t)
	before := decode[Task](t, send(handler, "GET", "/tasks/2", ""))
	send(handler, "PUT", "/tasks/2", `{"title":"c"}`)
	after := decode[Task](t, send(handler, "GET", "/tasks/2", ""))

	want := before
	want.Title, want.Done = "c", false
	if after != want {
		t.Errorf("after = %+v, want %+v", after, want)
	}
}

func TestDeleteRemoves(t *testing.T) {
	handler := seeded(t)
	if got := send(handler, "DELETE", "/tasks/1", "").Code; got != http.StatusNoContent {
		t.Fatalf("DELETE = %d, want 204", got)
	}
	if got := send(handler, "GET", "/tasks/1", "").Code; got != http.StatusNotFound {
		t.Errorf("GET = %d, want 404", got)
	}
}

func TestMethodNotAllowedSaysWhatIs(t *testing.T) {
	recorder := send(seeded(t), "PATCH", "/tasks/1", "")
	if got, want := recorder.Header().Get("Allow"), "GET, HEAD, PUT, DELETE"; got != want {
		t.Errorf("Allow = %q, want %q", got, want)
	}
}
