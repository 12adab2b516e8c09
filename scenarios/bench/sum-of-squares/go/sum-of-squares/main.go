// Sum-of-squares sums the squares of 1 to N: N (N + 1) (2 N + 1) / 6.
//
// Go's int has 64 bits here: a sum that is larger wraps around without a word,
// so that the program compares it with the formula afterwards.
package main

import (
	"fmt"
	"math/big"
	"os"
	"strconv"
)

// sumSquares sums the squares of 1 to n.
func sumSquares(n int) int {
	sum := 0
	for i := 1; i <= n; i++ {
		sum += i * i
	}
	return sum
}

// formula is what the sum is.
func formula(n int) *big.Int {
	product := big.NewInt(int64(n))
	product.Mul(product, big.NewInt(int64(n)+1))
	product.Mul(product, big.NewInt(2*int64(n)+1))
	return product.Div(product, big.NewInt(6))
}

func main() {
	n, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "sum-of-squares: %v\nusage: sum-of-squares N\n", err)
		os.Exit(2)
	}
	sum := sumSquares(n)
	fmt.Println(sum)
	if formula(n).Cmp(big.NewInt(int64(sum))) != 0 {
		fmt.Fprintln(os.Stderr, "sum-of-squares: the sum wrapped around")
	}
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
