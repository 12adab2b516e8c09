package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"strings"
)

// printFeatures tells what the package log can do, from what came out when it
// was tried. What stands for a level and for a name is a prefix: there is
// nothing nearer to them.
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
func comesOut(out *bytes.Buffer, logger *log.Logger) bool {
	out.Reset()
	logger.Print("a message")
	return strings.Contains(out.String(), "a message")
}

// A level silences calls below it, and no others.
func hasLevels() bool {
	var out bytes.Buffer
	info, debug := log.New(&out, "INFO ", 0), log.New(&out, "DEBUG ", 0)
	return comesOut(&out, info) && !comesOut(&out, debug)
}

// The level can be changed while the program runs.
func hasChange() bool {
	var out bytes.Buffer
	logger := log.New(&out, "INFO ", 0)
	before := comesOut(&out, logger)
	logger.SetPrefix("DEBUG ")
	return !before && comesOut(&out, logger)
}

// A level holds for the names below its name, but for those with one of their
// own.
func hasHierarchy() bool {
	var out bytes.Buffer
	bgp := log.New(&out, "DEBUG network.bgp ", 0)
	ospf := log.New(&out, "DEBUG network.ospf ", 0)
	return comesOut(&out, bgp) && !comesOut(&out, ospf)
}

// Two outputs get the same calls, each from a level of its own.
func hasHandlers() bool {
	var brief, full bytes.Buffer
	logger := log.New(io.MultiWriter(&brief, &full), "", 0)
	logger.Print("INFO first")
	logger.Print("DEBUG second")
	return strings.Contains(brief.String(), "first") &&
		!strings.Contains(brief.String(), "second") &&
		strings.Contains(full.String(), "first") &&
		strings.Contains(full.String(), "second")
}

var peer = regexp.MustCompile(`peer["']?\s*[=:]\s*["']?192\.0\.2\.1`)

// Fields are printed with their names by what comes with the library.
func hasFields() bool {
	var out bytes.Buffer
	log.New(&out, "", 0).Println("session up", "peer", "192.0.2.1")
	return peer.MatchString(out.String())
}

// Records are printed as JSON, whatever is in them.
func hasJSON() bool {
	var out bytes.Buffer
	log.New(&out, "", 0).Print(`"quoted"`)
	var record map[string]any
	return json.Unmarshal(out.Bytes(), &record) == nil
}
