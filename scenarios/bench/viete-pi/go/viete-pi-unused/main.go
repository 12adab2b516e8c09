// Viete-pi-unused goes through Viète's product of N square roots (1593) and
// throws pi away:
//
//	2 / pi = √2 / 2 · √(2 + √2) / 2 · √(2 + √(2 + √2)) / 2 · ...
//
// The compiler sees that nobody uses it, and leaves out the roots and the
// product: what runs is a loop that counts to N.
package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
)

// vietePi divides 2 by the product of n factors.
func vietePi(n int) float64 {
	root := 0.0
	product := 1.0
	for i := 0; i < n; i++ {
		root = math.Sqrt(2 + root)
		product *= root / 2
	}
	return 2 / product
}

func main() {
	n, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "viete-pi-unused: %v\nusage: viete-pi-unused N\n", err)
		os.Exit(2)
	}
	vietePi(n)
	fmt.Println("done")
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
