// Integer-width finds the largest factorial, or power of 3, that an int64 holds
// exactly, and shows what the next one becomes.
package main

import (
	"fmt"
	"os"
)

// A sequence has numbers that are each the one before times a factor.
type sequence struct {
	factor func(step int64) int64
	format string
}

var sequences = map[string]sequence{
	"factorial": {func(step int64) int64 { return step }, "%d!"},
	"power":     {func(int64) int64 { return 3 }, "3^%d"},
}

// lastExact returns the last step whose number fits, and that number.
func (s sequence) lastExact() (step, value int64) {
	value = 1
	for {
		factor := s.factor(step + 1)
		next := value * factor
		// A product that wrapped around does not divide back.
		if next/factor != value {
			return step, value
		}
		step, value = step+1, next
	}
}

func main() {
	if len(os.Args) != 2 {
		usage()
	}
	s, ok := sequences[os.Args[1]]
	if !ok {
		usage()
	}
	step, value := s.lastExact()
	fmt.Printf(s.format+" is exact: %d\n", step, value)
	fmt.Printf(s.format+" wraps around to %d\n", step+1, value*s.factor(step+1))
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: integer-width factorial|power")
	os.Exit(2)
}
