package main

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// Store keeps tasks in memory. It is safe for concurrent use.
type Store struct {
	mu     sync.RWMutex
	tasks  map[int]Task
	lastID int
	now    func() time.Time
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{tasks: make(map[int]Task), now: time.Now}
}

// Create adds a task and returns it with its ID, the first of which is 1.
func (s *Store) Create(d Draft) (Task, error) {
	d, err := d.Clean()
	if err != nil {
		return Task{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastID++
	task := Task{ID: s.lastID, Title: d.Title, Done: d.Done, CreatedAt: s.now().UTC()}
	s.tasks[task.ID] = task
	return task, nil
}

// Get returns a task, or ErrNotFound.
func (s *Store) Get(id int) (Task, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	task, ok := s.tasks[id]
	if !ok {
		return Task{}, ErrNotFound
	}
	return task, nil
}

// List returns the tasks that keep accepts, sorted by ID; a nil keep accepts all.
// The result is never nil, so that it encodes as a JSON array.
func (s *Store) List(keep func(Task) bool) []Task {
	s.mu.RLock()
	defer s.mu.RUnlock()
	tasks := make([]Task, 0, len(s.tasks))
	for _, task := range s.tasks {
		if keep == nil || keep(task) {
			tasks = append(tasks, task)
		}
	}
	slices.SortFunc(tasks, func(a, b Task) int { return cmp.Compare(a.ID, b.ID) })
	return tasks
}

// Update replaces what a client may say about a task, and keeps its ID and CreatedAt.
func (s *Store) Update(id int, d Draft) (Task, error) {
	d, err := d.Clean()
	if err != nil {
		return Task{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	task, ok := s.tasks[id]
	if !ok {
		return Task{}, ErrNotFound
	}
	task.Title, task.Done = d.Title, d.Done
	s.tasks[id] = task
	return task, nil
}

// Delete removes a task, or returns ErrNotFound.
func (s *Store) Delete(id int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.tasks[id]; !ok {
		return ErrNotFound
	}
	delete(s.tasks, id)
	return nil
}
