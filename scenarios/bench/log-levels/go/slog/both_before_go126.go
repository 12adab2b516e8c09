//go:build !go1.26

package main

import "log/slog"

// both is left with the first of two handlers, as a logger takes one and nothing
// in log/slog makes one of them.
func both(first, _ slog.Handler) slog.Handler {
	return first
}
