// Flipsum-goroutines sums a bit that flips between 0 and 1 on each of N
// iterations: N / 2, rounded down. The iterations are divided among WORKERS
// goroutines, which each sum a part of their own.
//
// The bit is a counter that wraps at 2, in every language alike: LLVM solves
// 1 - flip, flip ^ 1 and (flip + 1) % 2 ahead of time, and leaves an empty loop.
package main

import (
	"fmt"
	"os"
	"strconv"
)

// sumFlips sums the bit over the iterations from start up to end; it is 1 on
// the odd ones.
func sumFlips(start, end int) int {
	flip := start % 2
	sum := 0
	for i := start; i < end; i++ {
		sum += flip
		flip++
		if flip == 2 {
			flip = 0
		}
	}
	return sum
}

// sumInParts divides n iterations among the workers; the first n % workers of
// them take one iteration more.
func sumInParts(n, workers int) int {
	parts := make(chan int)
	start := 0
	for k := 0; k < workers; k++ {
		end := start + n/workers
		if k < n%workers {
			end++
		}
		go func(start, end int) {
			parts <- sumFlips(start, end)
		}(start, end)
		start = end
	}

	sum := 0
	for k := 0; k < workers; k++ {
		sum += <-parts
	}
	return sum
}

func main() {
	n, workers, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "flipsum-goroutines: %v\nusage: flipsum-goroutines N WORKERS\n", err)
		os.Exit(2)
	}
	fmt.Println(sumInParts(n, workers))
}

func parseArgs(args []string) (n, workers int, err error) {
	if len(args) != 2 {
		return 0, 0, fmt.Errorf("expected 2 arguments, found %d", len(args))
	}
	if n, err = strconv.Atoi(args[0]); err != nil {
		return 0, 0, err
	}
	if workers, err = strconv.Atoi(args[1]); err != nil {
		return 0, 0, err
	}
	if n < 0 {
		return 0, 0, fmt.Errorf("N is %d, expected at least 0", n)
	}
	if workers < 1 {
		return 0, 0, fmt.Errorf("WORKERS is %d, expected at least 1", workers)
	}
	return n, workers, nil
}
