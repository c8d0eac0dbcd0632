package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
)

// background runs work off the window's thread and then done on it. When the
// school was locked or the window closed meanwhile, done is not called. It may
// be called from the window's thread only.
func background[T any](w *Window, work func(ctx context.Context) (T, error), done func(T, error)) {
	ctx := w.session
	w.tasks.Add(1)
	go func() {
		defer w.tasks.Done()
		result, err := work(ctx)
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			return
		}
		fyne.Do(func() {
			if ctx.Err() == nil {
				done(result, err)
			}
		})
	}()
}

// load runs fetch off the window's thread and shows what it returned; an error
// is told to the user.
func load[T any](w *Window, fetch func(ctx context.Context) (T, error), show func(T)) {
	background(w, fetch, func(v T, err error) {
		if err != nil {
			w.complain(err)
			return
		}
		show(v)
	})
}

// save runs work off the window's thread and then done with its error on it.
func save(w *Window, work func(ctx context.Context) error, done func(error)) {
	background(w, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) { done(err) })
}
