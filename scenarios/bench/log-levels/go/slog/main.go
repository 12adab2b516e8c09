// Log-levels times a structured call of log/slog, and prints how many of N calls
// came out as lines.
//
// CALL is enabled or disabled: of a level that the logger takes, or of one below
// it. The lines are counted and thrown away. Standard error gets what log/slog
// can do.
package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"time"
)

// A sink counts lines and throws them away.
type sink struct{ lines int }

func (s *sink) Write(text []byte) (int, error) {
	s.lines += bytes.Count(text, []byte("\n"))
	return len(text), nil
}

func newLogger(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, nil)).With("logger", "network")
}

func logEnabled(logger *slog.Logger, n int) {
	for i := 0; i < n; i++ {
		logger.Info("session up", "peer", "192.0.2.1", "prefixes", i)
	}
}

func logDisabled(logger *slog.Logger, n int) {
	for i := 0; i < n; i++ {
		logger.Debug("session up", "peer", "192.0.2.1", "prefixes", i)
	}
}

func main() {
	n, log, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "log-levels: %v\nusage: log-levels N CALL\n", err)
		os.Exit(2)
	}
	printFeatures()

	var out sink
	logger := newLogger(&out)
	start := time.Now()
	log(logger, n)
	elapsed := time.Since(start)

	fmt.Println(out.lines)
	fmt.Printf("callNs=%v\n", elapsed.Seconds()*1e9/float64(max(n, 1)))
}

func parseArgs(args []string) (int, func(*slog.Logger, int), error) {
	if len(args) != 2 {
		return 0, nil, fmt.Errorf("expected 2 arguments, found %d", len(args))
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return 0, nil, err
	}
	if n < 0 {
		return 0, nil, fmt.Errorf("N is %d, expected at least 0", n)
	}
	switch args[1] {
	case "enabled":
		return n, logEnabled, nil
	case "disabled":
		return n, logDisabled, nil
	}
	return 0, nil, fmt.Errorf("CALL is %q, expected enabled or disabled", args[1])
}
