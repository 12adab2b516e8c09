// Mandelbrot-goroutines writes a bitmap (PBM, form P4) of N × N pixels of the
// square from -1.5 - i to 0.5 + i: a pixel's bit is set if z ← z² + c, taken 50
// times from z = 0, stays within a distance of 2 from 0. The rows are shared out
// among WORKERS goroutines, each of which takes the next one when it is done.
//
// The eight pixels of a byte are iterated side by side, since one pixel alone
// leaves the processor waiting for each result, and are looked at every seventh
// time: beyond 2 there is no way back.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
)

const maxSize = 65536

// group holds a number for each of the pixels that share a byte.
type group [8]float64

// groupColumns returns the real part of c for each column, in groups. Columns
// that fill up the last group are right of the square, where every z escapes.
func groupColumns(n int) []group {
	groups := make([]group, (n+7)/8)
	for x := 0; x < 8*len(groups); x++ {
		groups[x/8][x%8] = 2*float64(x)/float64(n) - 1.5
	}
	return groups
}

// eightPixels returns the bits of a group of pixels in the row at ci. The first
// z is c, so 49 times are left.
//
// The conversions keep products from being fused with additions, as compilers
// may do for some processors; that would round differently.
func eightPixels(cr *group, ci float64) byte {
	var zr, zi group
	for k := range zr {
		zr[k], zi[k] = cr[k], ci
	}
	var bits byte
	for i := 0; i < 7; i++ {
		for j := 0; j < 7; j++ {
			for k := range zr {
				r, i := zr[k], zi[k]
				zr[k] = float64(r*r) - float64(i*i) + cr[k]
				zi[k] = float64(2*r*i) + ci
			}
		}
		bits = 0
		for k := range zr {
			bits <<= 1
			if float64(zr[k]*zr[k])+float64(zi[k]*zi[k]) <= 4 {
				bits |= 1
			}
		}
		if bits == 0 {
			break
		}
	}
	return bits
}

// renderRows returns the bytes of all rows, one after the other.
func renderRows(n, workers int) []byte {
	groups := groupColumns(n)
	bitmap := make([]byte, n*len(groups))
	var next atomic.Int64
	var running sync.WaitGroup
	running.Add(workers)
	for i := 0; i < workers; i++ {
		go func() {
			defer running.Done()
			for {
				y := int(next.Add(1)) - 1
				if y >= n {
					return
				}
				ci := 2*float64(y)/float64(n) - 1
				row := bitmap[y*len(groups):][:len(groups)]
				for k := range row {
					row[k] = eightPixels(&groups[k], ci)
				}
			}
		}()
	}
	running.Wait()
	return bitmap
}

func writeBitmap(w io.Writer, n, workers int) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "P4\n%d %d\n", n, n)
	out.Write(renderRows(n, workers))
	return out.Flush()
}

func main() {
	n, workers, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "mandelbrot-goroutines: %v\nusage: mandelbrot-goroutines N WORKERS\n", err)
		os.Exit(2)
	}
	if err := writeBitmap(os.Stdout, n, workers); err != nil {
		fmt.Fprintf(os.Stderr, "mandelbrot-goroutines: %v\n", err)
		os.Exit(1)
	}
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
	if n < 1 || n > maxSize {
		return 0, 0, fmt.Errorf("N is %d, expected 1 to %d", n, maxSize)
	}
	if workers < 1 {
		return 0, 0, fmt.Errorf("WORKERS is %d, expected at least 1", workers)
	}
	return n, workers, nil
}
