package main

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// mustCreate adds a task or ends the test.
func mustCreate(t *testing.T, store *Store, title string, done bool) Task {
	t.Helper()
	task, err := store.Create(Draft{Title: title, Done: done})
	if err != nil {
		t.Fatalf("Create(%q): %v", title, err)
	}
	return task
}

func titles(tasks []Task) []string {
	names := make([]string, 0, len(tasks))
	for _, task := range tasks {
		names = append(names, task.Title)
	}
	return names
}

func TestDraftClean(t *testing.T) {
	tests := []struct {
		name, title, want string
		err               error
	}{
		{name: "plain", title: "buy milk", want: "buy milk"},
		{name: "trimmed", title: "  buy milk\n", want: "buy milk"},
		{name: "longest", title: strings.Repeat("é", maxTitleRunes), want: strings.Repeat("é", maxTitleRunes)},
		{name: "empty", title: "", err: ErrInvalid},
		{name: "blank", title: " \t ", err: ErrInvalid},
		{name: "too long", title: strings.Repeat("é", maxTitleRunes+1), err: ErrInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Draft{Title: tt.title}.Clean()
			if !errors.Is(err, tt.err) {
				t.Fatalf("error = %v, want %v", err, tt.err)
			}
			if got.Title != tt.want {
				t.Errorf("title = %q, want %q", got.Title, tt.want)
			}
		})
	}
}

func TestStoreCreate(t *testing.T) {
	store := NewStore()
	noon := time.Date(2024, time.May, 1, 12, 0, 0, 0, time.UTC)
	store.now = func() time.Time { return noon }

	got := mustCreate(t, store, " a ", true)
	want := Task{ID: 1, Title: "a", Done: true, CreatedAt: noon}
	if got != want {
		t.Errorf("Create = %+v, want %+v", got, want)
	}
	if second := mustCreate(t, store, "b", false); second.ID != 2 {
		t.Errorf("second ID = %d, want 2", second.ID)
	}
	if _, err := store.Create(Draft{}); !errors.Is(err, ErrInvalid) {
		t.Errorf("Create of an empty draft: %v, want ErrInvalid", err)
	}
	if n := len(store.List(nil)); n != 2 {
		t.Errorf("%d tasks, want 2", n)
	}
}

func TestStoreNeverReusesID(t *testing.T) {
	store := NewStore()
	first := mustCreate(t, store, "a", false)
	if err := store.Delete(first.ID); err != nil {
		t.Fatalf("Delete: %v", err)
	}
	if second := mustCreate(t, store, "b", false); second.ID == first.ID {
		t.Errorf("ID %d was given twice", first.ID)
	}
}

func TestStoreList(t *testing.T) {
	store := NewStore()
	if got := store.List(nil); got == nil || len(got) != 0 {
		t.Errorf("List of an empty store = %#v, want an empty slice", got)
	}
	for _, title := range []string{"c", "a", "b"} {
		mustCreate(t, store, title, title == "a")
	}
	if got, want := titles(store.List(nil)), []string{"c", "a", "b"}; !slices.Equal(got, want) {
		t.Errorf("List = %v, want %v", got, want)
	}
	done := store.List(func(task Task) bool { return task.Done })
	if got, want := titles(done), []string{"a"}; !slices.Equal(got, want) {
		t.Errorf("List of done tasks = %v, want %v", got, want)
	}
}

func TestStoreUpdate(t *testing.T) {
	store := NewStore()
	created := mustCreate(t, store, "a", false)

	updated, err := store.Update(created.ID, Draft{Title: "b", Done: true})
	if err != nil {
		t.Fatalf("Update: %v", err)
	}
	want := created
	want.Title, want.Done = "b", true
	if updated != want {
		t.Errorf("Update = %+v, want %+v", updated, want)
	}
	if stored, err := store.Get(created.ID); err != nil || stored != want {
		t.Errorf("Get = %+v, %v, want %+v", stored, err, want)
	}
	if _, err := store.Update(created.ID, Draft{Title: " "}); !errors.Is(err, ErrInvalid) {
		t.Errorf("Update with a blank title: %v, want ErrInvalid", err)
	}
}

func TestStoreMissing(t *testing.T) {
	store := NewStore()
	_, getErr := store.Get(99)
	_, updateErr := store.Update(99, Draft{Title: "a"})
	for name, err := range map[string]error{"Get": getErr, "Update": updateErr, "Delete": store.Delete(99)} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
}

func TestStoreConcurrent(t *testing.T) {
	const workers = 32
	store := NewStore()
	var group sync.WaitGroup
	for range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			task, err := store.Create(Draft{Title: "a"})
			if err != nil {
				t.Errorf("Create: %v", err)
				return
			}
			if _, err := store.Update(task.ID, Draft{Title: "b", Done: true}); err != nil {
				t.Errorf("Update: %v", err)
			}
			if _, err := store.Get(task.ID); err != nil {
				t.Errorf("Get: %v", err)
			}
			store.List(nil)
		}()
	}
	group.Wait()

	tasks := store.List(nil)
	if len(tasks) != workers {
		t.Fatalf("%d tasks, want %d", len(tasks), workers)
	}
	for i, task := range tasks {
		if task.ID != i+1 {
			t.Errorf("task %d has ID %d, want %d", i, task.ID, i+1)
		}
	}
}
