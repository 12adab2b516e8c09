// Primes lists the primes from 1 to N by trial of divisors, and prints how many
// they are and their sum.
//
// Divisors are tried in the same order in every language: 2, then odd ones up to
// the square root.
package main

import (
	"fmt"
	"os"
	"strconv"
)

// isPrime tries 2 and the odd divisors up to the square root.
func isPrime(candidate int) bool {
	if candidate < 3 || candidate%2 == 0 {
		return candidate == 2
	}
	for divisor := 3; divisor*divisor <= candidate; divisor += 2 {
		if candidate%divisor == 0 {
			return false
		}
	}
	return true
}

// primesBetween lists the primes from start up to end.
func primesBetween(start, end int) []int {
	var primes []int
	for candidate := start; candidate < end; candidate++ {
		if isPrime(candidate) {
			primes = append(primes, candidate)
		}
	}
	return primes
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
		fmt.Fprintf(os.Stderr, "primes: %v\nusage: primes N\n", err)
		os.Exit(2)
	}
	primes := primesBetween(1, n+1)
	fmt.Println(len(primes), total(primes))
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
