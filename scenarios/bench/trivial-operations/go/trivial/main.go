// Trivial does one trivial OPERATION N times, and prints the sum of 1, 2, …, 7,
// 0, 1, … that it makes.
//
//   - attribute: go to the next of eight structs in a ring, and read its number
//   - call: call a function that returns the next number
//   - lookup: look the next number up in a map, by one of eight names
//   - object: make a small struct with the next number, and keep it in an array
//     of eight
//   - logic: make an event, hand it to a function that looks up the counter for
//     the event's name, decides what to add to it and keeps the event
//
// The functions that are called are not inlined, so that there is a call. What
// is kept by pointer has to be made on the heap.
package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"
)

var names = [8]string{"eth0", "eth1", "eth2", "eth3", "eth4", "eth5", "eth6", "eth7"}

type node struct {
	position int
	next     *node
}

type event struct {
	name     string
	position int
}

type counter struct {
	total  int
	rounds int
	last   *event
}

func accessAttributes(n int) int {
	var nodes [8]node
	for position := range nodes {
		nodes[position] = node{position: position, next: &nodes[(position+1)%8]}
	}
	at := &nodes[0]
	total := 0
	for i := 0; i < n; i++ {
		at = at.next
		total += at.position
	}
	return total
}

//go:noinline
func step(position int) int {
	return (position + 1) % 8
}

func callFunction(n int) int {
	position := 0
	total := 0
	for i := 0; i < n; i++ {
		position = step(position)
		total += position
	}
	return total
}

func lookUp(n int) int {
	following := make(map[string]int)
	for position, name := range names {
		following[name] = (position + 1) % 8
	}
	position := 0
	total := 0
	for i := 0; i < n; i++ {
		position = following[names[position]]
		total += position
	}
	return total
}

func makeObjects(n int) int {
	var nodes [8]*node
	last := &node{}
	total := 0
	for i := 0; i < n; i++ {
		last = &node{position: (last.position + 1) % 8}
		nodes[last.position] = last
		total += last.position
	}
	return total
}

//go:noinline
func handle(counters map[string]*counter, e *event) {
	c := counters[e.name]
	if e.position == 0 {
		c.rounds++
	} else {
		c.total += e.position
	}
	c.last = e
}

func handleEvents(n int) int {
	counters := make(map[string]*counter)
	for _, name := range names {
		counters[name] = &counter{}
	}
	position := 0
	for i := 0; i < n; i++ {
		position = (position + 1) % 8
		handle(counters, &event{name: names[position], position: position})
	}
	total := 0
	for _, c := range counters {
		total += c.total
	}
	return total
}

var operations = map[string]func(n int) int{
	"attribute": accessAttributes,
	"call":      callFunction,
	"lookup":    lookUp,
	"object":    makeObjects,
	"logic":     handleEvents,
}

func main() {
	operation, n, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "trivial: %v\nusage: trivial OPERATION N\n", err)
		os.Exit(2)
	}
	start := time.Now()
	total := operation(n)
	elapsed := time.Since(start)
	fmt.Println(total)
	fmt.Printf("operationUs=%.6f\n", elapsed.Seconds()/float64(n)*1e6)
}

func parseArgs(args []string) (operation func(n int) int, n int, err error) {
	if len(args) != 2 {
		return nil, 0, fmt.Errorf("expected 2 arguments, found %d", len(args))
	}
	operation, found := operations[args[0]]
	if !found {
		return nil, 0, errors.New("OPERATION is none of attribute, call, lookup, object, logic")
	}
	if n, err = strconv.Atoi(args[1]); err != nil {
		return nil, 0, err
	}
	if n < 1 {
		return nil, 0, fmt.Errorf("N is %d, expected at least 1", n)
	}
	return operation, n, nil
}
