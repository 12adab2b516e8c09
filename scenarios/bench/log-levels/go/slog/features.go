package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"
)

// printFeatures tells what log/slog can do, from what came out when it was
// tried.
func printFeatures() {
	for _, feature := range []struct {
		name string
		has  func() bool
	}{
		{"levels", hasLevels},
		{"change", hasChange},
		{"hierarchy", hasHierarchy},
		{"handlers", hasHandlers},
		{"fields", hasFields},
		{"json", hasJSON},
	} {
		answer := "no"
		if feature.has() {
			answer = "yes"
		}
		fmt.Fprintf(os.Stderr, "%s: %s\n", feature.name, answer)
	}
}

// comesOut tells whether a call leaves its message in the output.
func comesOut(out *bytes.Buffer, log func(string, ...any)) bool {
	out.Reset()
	log("a message")
	return strings.Contains(out.String(), "a message")
}

// A level silences calls below it, and no others.
func hasLevels() bool {
	var out bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&out, nil))
	return comesOut(&out, logger.Info) && !comesOut(&out, logger.Debug)
}

// The level can be changed while the program runs.
func hasChange() bool {
	var out bytes.Buffer
	var level slog.LevelVar
	logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: &level}))
	before := comesOut(&out, logger.Debug)
	level.Set(slog.LevelDebug)
	return !before && comesOut(&out, logger.Debug)
}

// A level holds for the names below its name, but for those with one of their
// own. Groups are all the names that there are, and they share the level of
// their handler.
func hasHierarchy() bool {
	var out bytes.Buffer
	var level slog.LevelVar
	handler := slog.NewTextHandler(&out, &slog.HandlerOptions{Level: &level})
	network := slog.New(handler).WithGroup("network")
	bgp, ospf := network.WithGroup("bgp"), network.WithGroup("ospf")
	level.Set(slog.LevelDebug)
	return comesOut(&out, bgp.Debug) && comesOut(&out, ospf.Info) && !comesOut(&out, ospf.Debug)
}

// Two outputs get the same calls, each from a level of its own.
func hasHandlers() bool {
	var brief, full bytes.Buffer
	logger := slog.New(both(
		slog.NewTextHandler(&brief, nil),
		slog.NewTextHandler(&full, &slog.HandlerOptions{Level: slog.LevelDebug}),
	))
	logger.Info("first")
	logger.Debug("second")
	return strings.Contains(brief.String(), "first") &&
		!strings.Contains(brief.String(), "second") &&
		strings.Contains(full.String(), "first") &&
		strings.Contains(full.String(), "second")
}

var peer = regexp.MustCompile(`peer["']?\s*[=:]\s*["']?192\.0\.2\.1`)

// Fields are printed with their names by what comes with the library.
func hasFields() bool {
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("session up", "peer", "192.0.2.1")
	return peer.MatchString(out.String())
}

// Records are printed as JSON, whatever is in them.
func hasJSON() bool {
	var out bytes.Buffer
	slog.New(slog.NewJSONHandler(&out, nil)).Info(`"quoted"`)
	var record map[string]any
	err := json.Unmarshal(out.Bytes(), &record)
	return err == nil && record["msg"] == `"quoted"`
}
