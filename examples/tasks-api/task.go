package main

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

const maxTitleRunes = 200

// Errors that callers tell apart with errors.Is.
var (
	ErrInvalid  = errors.New("invalid task")
	ErrNotFound = errors.New("task not found")
)

// Task is one thing to do. The store assigns ID and CreatedAt.
type Task struct {
	ID        int       `json:"id"`
	Title     string    `json:"title"`
	Done      bool      `json:"done"`
	CreatedAt time.Time `json:"created_at"`
}

// Draft is what a client may say about a task.
type Draft struct {
	Title string `json:"title"`
	Done  bool   `json:"done"`
}

// Clean returns the draft with its title trimmed, or an error that wraps ErrInvalid.
func (d Draft) Clean() (Draft, error) {
	d.Title = strings.TrimSpace(d.Title)
	switch n := utf8.RuneCountInString(d.Title); {
	case n == 0:
		return Draft{}, fmt.Errorf("%w: title is empty", ErrInvalid)
	case n > maxTitleRunes:
		return Draft{}, fmt.Errorf("%w: title is longer than %d characters", ErrInvalid, maxTitleRunes)
	}
	return d, nil
}
