// Flipsum sums a bit that flips between 0 and 1 on each of N iterations:
// N / 2, rounded down.
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

func main() {
	n, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "flipsum: %v\nusage: flipsum N\n", err)
		os.Exit(2)
	}
	fmt.Println(sumFlips(0, n))
}

func parseArgs(args []string) (int, error) {
	if len(args) != 1 {
		return 0, fmt.Errorf("expected 1 argument, found %d", len(args))
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return 0, err
	}
	if n < 0 {
		return 0, fmt.Errorf("N is %d, expected at least 0", n)
	}
	return n, nil
}
