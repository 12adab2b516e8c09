// Primes-goroutines lists the primes from 1 to N by trial of divisors, and prints
// how many they are and their sum.
//
// Divisors are tried in the same order in every language: 2, then odd ones up to
// the square root. Large numbers take longer, so that the WORKERS goroutines get
// many parts, one after the other.
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
)

const partsPerWorker = 16

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

// primesInParts lists the primes from 1 to n, found by the workers.
func primesInParts(n, workers int) []int {
	parts := make([][]int, workers*partsPerWorker)
	bound := func(part int) int { return 1 + n*part/len(parts) }

	next := make(chan int)
	var group sync.WaitGroup
	for w := 0; w < workers; w++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for part := range next {
				parts[part] = primesBetween(bound(part), bound(part+1))
			}
		}()
	}
	for part := range parts {
		next <- part
	}
	close(next)
	group.Wait()

	var primes []int
	for _, part := range parts {
		primes = append(primes, part...)
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
	n, workers, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "primes-goroutines: %v\nusage: primes-goroutines N WORKERS\n", err)
		os.Exit(2)
	}
	primes := primesInParts(n, workers)
	fmt.Println(len(primes), total(primes))
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
