// Single hands a string of SIZE digits to TASKS tasks, one after the other, and
// prints the sum of what they return.
//
// Each task adds the string's length and up to 10,000 of its digits, from a
// place of its own on. A call copies the string's header of 16 bytes, a pointer
// and a length, and not its text.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// makeText repeats the ten digits up to the size.
func makeText(size int) string {
	return strings.Repeat("0123456789", size/10+1)[:size]
}

// addDigits adds the text's length and its digits from start up to end.
func addDigits(text string, start, end int) int {
	sum := len(text)
	for _, digit := range text[start:end] {
		sum += int(digit - '0')
	}
	return sum
}

// runTasks gives each task the text and a place that is its own.
func runTasks(text string, tasks int) int {
	width := 10_000
	if len(text) < width {
		width = len(text) / 10 * 10
	}
	sum := 0
	for task := 0; task < tasks; task++ {
		start := (len(text) - width) * task / tasks
		sum += addDigits(text, start, start+width)
	}
	return sum
}

func main() {
	begun := time.Now()
	size, tasks, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "single: %v\nusage: single SIZE TASKS\n", err)
		os.Exit(2)
	}
	text := makeText(size)
	started := time.Now()
	result := runTasks(text, tasks)
	ended := time.Now()
	fmt.Println(result)
	fmt.Printf("startupS=%.9f\n", started.Sub(begun).Seconds())
	fmt.Printf("totalS=%.9f\n", ended.Sub(begun).Seconds())
	fmt.Printf("taskS=%.9f\n", ended.Sub(started).Seconds())
}

func parseArgs(args []string) (size, tasks int, err error) {
	if len(args) != 2 {
		return 0, 0, fmt.Errorf("expected 2 arguments, found %d", len(args))
	}
	if size, err = strconv.Atoi(args[0]); err != nil {
		return 0, 0, err
	}
	if tasks, err = strconv.Atoi(args[1]); err != nil {
		return 0, 0, err
	}
	if size < 1 || tasks < 1 {
		return 0, 0, fmt.Errorf("SIZE is %d and TASKS %d, expected at least 1", size, tasks)
	}
	return size, tasks, nil
}
