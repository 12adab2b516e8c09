// Scaling runs TASKS equal tasks on WORKERS goroutines, and prints the sum of
// what they compute.
//
// Task k multiplies k by the first N factors of Viète's product, which tends to
// k times pi: a square root and a division for each factor. A goroutine takes
// the next task when it is done with one.
package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"time"
)

// multiplyFactors multiplies the task's number by the first n factors.
func multiplyFactors(task, n int) float64 {
	root := 0.0
	product := 2.0 * float64(task)
	for i := 0; i < n; i++ {
		root = math.Sqrt(2.0 + root)
		product *= 2.0 / root
	}
	return product
}

// runTasks runs the tasks 1 to count and sums their results.
func runTasks(n, count, workers int) float64 {
	tasks := make(chan int)
	results := make(chan float64)
	for k := 0; k < workers; k++ {
		go func() {
			for task := range tasks {
				results <- multiplyFactors(task, n)
			}
		}()
	}
	go func() {
		for task := 1; task <= count; task++ {
			tasks <- task
		}
		close(tasks)
	}()

	sum := 0.0
	for k := 0; k < count; k++ {
		sum += <-results
	}
	return sum
}

func main() {
	args, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "scaling: %v\nusage: scaling N TASKS WORKERS\n", err)
		os.Exit(2)
	}
	start := time.Now()
	sum := runTasks(args[0], args[1], args[2])
	elapsed := time.Since(start)
	fmt.Println(sum)
	fmt.Printf("taskS=%.6f\n", elapsed.Seconds())
}

// parseArgs reads N, TASKS and WORKERS.
func parseArgs(args []string) ([3]int, error) {
	var values [3]int
	if len(args) != len(values) {
		return values, fmt.Errorf("expected %d arguments, found %d", len(values), len(args))
	}
	for i, arg := range args {
		value, err := strconv.Atoi(arg)
		if err != nil {
			return values, err
		}
		if value < 1 {
			return values, fmt.Errorf("found %d, expected at least 1", value)
		}
		values[i] = value
	}
	return values, nil
}
