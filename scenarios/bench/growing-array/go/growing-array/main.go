// Growing-array appends the numbers 0 to N - 1 to a slice, one at a time, and
// prints their sum.
//
// A slice that is full is copied to a larger array; the collector frees the old
// one later.
package main

import (
	"fmt"
	"os"
	"strconv"
)

// grow appends one number after the other.
func grow(n int) []int {
	var numbers []int
	for i := 0; i < n; i++ {
		numbers = append(numbers, i)
	}
	return numbers
}

func total(numbers []int) int {
	sum := 0
	for _, number := range numbers {
		sum += number
	}
	return sum
}

func main() {
	n, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "growing-array: %v\nusage: growing-array N\n", err)
		os.Exit(2)
	}
	fmt.Println(total(grow(n)))
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
