package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
)

const maxBodyBytes = 64 << 10

// API serves a Store over HTTP. Every body, errors included, is JSON.
type API struct {
	store *Store
}

// NewHandler returns the routes of the service.
func NewHandler(store *Store) http.Handler {
	api := &API{store: store}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", api.health)
	mux.HandleFunc("GET /tasks", api.list)
	mux.HandleFunc("POST /tasks", api.create)
	mux.HandleFunc("GET /tasks/{id}", api.get)
	mux.HandleFunc("PUT /tasks/{id}", api.update)
	mux.HandleFunc("DELETE /tasks/{id}", api.delete)

	// The patterns without a method catch what is left, so that these errors are JSON too.
	mux.HandleFunc("/healthz", methodNotAllowed("GET, HEAD"))
	mux.HandleFunc("/tasks", methodNotAllowed("GET, HEAD, POST"))
	mux.HandleFunc("/tasks/{id}", methodNotAllowed("GET, HEAD, PUT, DELETE"))
	mux.HandleFunc("/", notFound)
	return mux
}

func (a *API) health(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}

func (a *API) list(w http.ResponseWriter, r *http.Request) {
	var keep func(Task) bool
	if text := r.URL.Query().Get("done"); text != "" {
		done, err := strconv.ParseBool(text)
		if err != nil {
			writeError(w, http.StatusBadRequest, "done must be true or false")
			return
		}
		keep = func(t Task) bool { return t.Done == done }
	}
	writeJSON(w, http.StatusOK, a.store.List(keep))
}

func (a *API) create(w http.ResponseWriter, r *http.Request) {
	draft, ok := readDraft(w, r)
	if !ok {
		return
	}
	task, err := a.store.Create(draft)
	if err != nil {
		writeFailure(w, err)
		return
	}
	w.Header().Set("Location", fmt.Sprintf("/tasks/%d", task.ID))
	writeJSON(w, http.StatusCreated, task)
}

func (a *API) get(w http.ResponseWriter, r *http.Request) {
	id, ok := readID(w, r)
	if !ok {
		return
	}
	task, err := a.store.Get(id)
	if err != nil {
		writeFailure(w, err)
		return
	}
	writeJSON(w, http.StatusOK, task)
}

func (a *API) update(w http.ResponseWriter, r *http.Request) {
	id, ok := readID(w, r)
	if !ok {
		return
	}
	draft, ok := readDraft(w, r)
	if !ok {
		return
	}
	task, err := a.store.Update(id, draft)
	if err != nil {
		writeFailure(w, err)
		return
	}
	writeJSON(w, http.StatusOK, task)
}

func (a *API) delete(w http.ResponseWriter, r *http.Request) {
	id, ok := readID(w, r)
	if !ok {
		return
	}
	if err := a.store.Delete(id); err != nil {
		writeFailure(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// readID returns the id in the path; where it is no positive number it answers 400.
func readID(w http.ResponseWriter, r *http.Request) (int, bool) {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil || id < 1 {
		writeError(w, http.StatusBadRequest, "id must be a positive number")
		return 0, false
	}
	return id, true
}

// readDraft decodes the one JSON object in the body; where it cannot it answers 400 or 413.
func readDraft(w http.ResponseWriter, r *http.Request) (Draft, bool) {
	var draft Draft
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&draft)
	if err == nil {
		if _, err = decoder.Token(); errors.Is(err, io.EOF) {
			return draft, true
		}
	}
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		writeError(w, http.StatusRequestEntityTooLarge, "body is too large")
		return Draft{}, false
	}
	writeError(w, http.StatusBadRequest, "body must be one JSON object with title and done")
	return Draft{}, false
}

func notFound(w http.ResponseWriter, _ *http.Request) {
	writeError(w, http.StatusNotFound, "no such resource")
}

func methodNotAllowed(allow string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Allow", allow)
		writeError(w, http.StatusMethodNotAllowed, "method not allowed")
	}
}

// writeFailure answers with the status that an error of the store stands for.
func writeFailure(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, ErrNotFound):
		writeError(w, http.StatusNotFound, err.Error())
	case errors.Is(err, ErrInvalid):
		writeError(w, http.StatusBadRequest, err.Error())
	default:
		slog.Error("request failed", "error", err)
		writeError(w, http.StatusInternalServerError, "internal error")
	}
}

func writeError(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, map[string]string{"error": message})
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(value); err != nil {
		slog.Warn("response not written", "error", err)
	}
}
