// Used moves the hand of a clock by 5 hours on each of N iterations and prints
// the hour that it points at: 5 * N % 12. Unused has the same loop and throws
// the hour away.
package main

import (
	"fmt"
	"os"
	"strconv"
)

// moveHand moves the hand n times, from 0 on.
func moveHand(n int) int {
	hour := 0
	for i := 0; i < n; i++ {
		hour = (hour + 5) % 12
	}
	return hour
}

func main() {
	n, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "used: %v\nusage: used N\n", err)
		os.Exit(2)
	}
	fmt.Println(moveHand(n))
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
