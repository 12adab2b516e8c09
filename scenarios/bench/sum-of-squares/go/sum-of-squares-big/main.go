// Sum-of-squares-big sums the squares of 1 to N, N (N + 1) (2 N + 1) / 6, with
// integers of package math/big, which grow: the sum is exact.
package main

import (
	"fmt"
	"math/big"
	"os"
	"strconv"
)

// sumSquares sums the squares of 1 to n.
func sumSquares(n int64) *big.Int {
	sum := new(big.Int)
	square := new(big.Int)
	for i := int64(1); i <= n; i++ {
		square.SetInt64(i)
		square.Mul(square, square)
		sum.Add(sum, square)
	}
	return sum
}

func main() {
	n, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "sum-of-squares-big: %v\nusage: sum-of-squares-big N\n", err)
		os.Exit(2)
	}
	sum := sumSquares(n)
	fmt.Println(sum)
	if sum.BitLen() > 63 {
		fmt.Fprintf(os.Stderr, "sum-of-squares-big: the sum takes %d bits\n", sum.BitLen())
	}
}

func parseArgs(args []string) (int64, error) {
	if len(args) != 1 {
		return 0, fmt.Errorf("expected 1 argument, found %d", len(args))
	}
	n, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil {
		return 0, err
	}
	if n < 0 {
		return 0, fmt.Errorf("N is %d, expected at least 0", n)
	}
	return n, nil
}
