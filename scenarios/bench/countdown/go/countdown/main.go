// Countdown counts down from N, one at a time, and prints the number that it
// ends at: 0.
//
// Go's compiler leaves the loop as it is: three instructions for each number.
package main

import (
	"fmt"
	"os"
	"strconv"
)

// countDown takes one away until nothing is left.
func countDown(n int) int {
	for n > 0 {
		n--
	}
	return n
}

func main() {
	n, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "countdown: %v\nusage: countdown N\n", err)
		os.Exit(2)
	}
	fmt.Println(countDown(n))
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
