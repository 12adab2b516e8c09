// Pidigits prints N digits of pi, ten on a line, step by step as they become
// certain.
//
// Gibbons' unbounded spigot (2006): pi is the limit of (4 q + r) / t and
// (3 q + r) / t, each term of a series brings them closer, and a digit is
// certain once both begin with it. It is then taken off, and the rest multiplied
// by 10.
package main

import (
	"bufio"
	"fmt"
	"io"
	"math/big"
	"os"
	"strconv"
)

var (
	three = big.NewInt(3)
	ten   = big.NewInt(10)
)

// A spigot gives the digits of pi one by one, without end.
type spigot struct {
	q, r, t *big.Int
	k       int64

	factor, sum, digit, rest big.Int // kept for their memory
}

func newSpigot() *spigot {
	return &spigot{q: big.NewInt(1), r: big.NewInt(0), t: big.NewInt(1)}
}

func (s *spigot) next() byte {
	for {
		s.addTerm()
		if s.q.Cmp(s.t) >= 0 { // the two are 1 or more apart
			continue
		}
		s.sum.Mul(s.q, three)
		s.sum.Add(&s.sum, s.r)
		s.digit.QuoRem(&s.sum, s.t, &s.rest)
		if s.rest.Add(&s.rest, s.q).Cmp(s.t) < 0 {
			break
		}
	}
	s.r.Sub(s.r, s.sum.Mul(s.t, &s.digit))
	s.r.Mul(s.r, ten)
	s.q.Mul(s.q, ten)
	return byte(s.digit.Int64())
}

func (s *spigot) addTerm() {
	s.k++
	s.r.Add(s.r, s.sum.Lsh(s.q, 1))
	s.factor.SetInt64(2*s.k + 1)
	s.r.Mul(s.r, &s.factor)
	s.t.Mul(s.t, &s.factor)
	s.q.Mul(s.q, s.factor.SetInt64(s.k))
}

func printDigits(w io.Writer, n int) error {
	out := bufio.NewWriter(w)
	digits := newSpigot()
	line := make([]byte, 0, 10)
	for i := 1; i <= n; i++ {
		line = append(line, '0'+digits.next())
		if len(line) == 10 || i == n {
			fmt.Fprintf(out, "%-10s\t:%d\n", line, i)
			line = line[:0]
		}
	}
	return out.Flush()
}

func main() {
	n, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "pidigits: %v\nusage: pidigits N\n", err)
		os.Exit(2)
	}
	if err := printDigits(os.Stdout, n); err != nil {
		fmt.Fprintf(os.Stderr, "pidigits: %v\n", err)
		os.Exit(1)
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
	if n < 1 {
		return 0, fmt.Errorf("N is %d, expected at least 1", n)
	}
	return n, nil
}
