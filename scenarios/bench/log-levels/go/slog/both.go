//go:build go1.26

package main

import "log/slog"

// both makes one handler of two.
func both(first, second slog.Handler) slog.Handler {
	return slog.NewMultiHandler(first, second)
}
