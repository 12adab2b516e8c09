// Cidr looks addresses up among prefixes, and collapses and subtracts prefixes,
// with bart and netipx.
//
// It prints how many of LOOKUPS addresses are in one of PREFIXES prefixes with
// the sum of what the longest ones stand for, then the number of prefixes after
// collapsing them and after taking others away, each with the sum of their
// addresses and lengths.
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"strconv"
	"time"

	"github.com/gaissmai/bart"
	"go4.org/netipx"
)

func newTable(prefixes []netip.Prefix) *bart.Table[int] {
	table := new(bart.Table[int])
	for i, prefix := range prefixes {
		table.Insert(prefix, i+1)
	}
	return table
}

// collapse makes a set of prefixes, which holds the least number of them.
func collapse(prefixes []netip.Prefix) (*netipx.IPSet, error) {
	var builder netipx.IPSetBuilder
	for _, prefix := range prefixes {
		builder.AddPrefix(prefix)
	}
	return builder.IPSet()
}

func subtract(set *netipx.IPSet, holes []netip.Prefix) (*netipx.IPSet, error) {
	var builder netipx.IPSetBuilder
	builder.AddSet(set)
	for _, hole := range holes {
		builder.RemovePrefix(hole)
	}
	return builder.IPSet()
}

func toNumber(addr netip.Addr) uint32 {
	octets := addr.As4()
	return binary.BigEndian.Uint32(octets[:])
}

func toAddr(number uint32) netip.Addr {
	var octets [4]byte
	binary.BigEndian.PutUint32(octets[:], number)
	return netip.AddrFrom4(octets)
}

// toPrefix keeps the leading bits of a number.
func toPrefix(number uint32, length int) netip.Prefix {
	return netip.PrefixFrom(toAddr(number), length).Masked()
}

// A generator is Marsaglia's 32-bit xorshift, the same in all languages.
type generator uint32

func (g *generator) next() uint32 {
	*g ^= *g << 13
	*g ^= *g >> 17
	*g ^= *g << 5
	return uint32(*g)
}

// makeInput makes prefixes of 14 to 24 bits, holes in them, and addresses in
// and near them.
func makeInput(lookups, count int) (prefixes, holes []netip.Prefix, addresses []uint32) {
	numbers := generator(2463534242)
	draw := func() netip.Prefix { return prefixes[numbers.next()%uint32(count)] }
	for range count {
		length := 14 + int(numbers.next()%11)
		prefixes = append(prefixes, toPrefix(numbers.next(), length))
	}
	for range count {
		prefix := draw()
		length := prefix.Bits() + 1 + int(numbers.next()%4)
		number := toNumber(prefix.Addr()) | numbers.next()>>prefix.Bits()
		holes = append(holes, toPrefix(number, length))
	}
	addresses = make([]uint32, lookups)
	for i := range addresses {
		prefix := draw()
		addresses[i] = toNumber(prefix.Addr()) ^ numbers.next()>>(prefix.Bits()-2)
	}
	return prefixes, holes, addresses
}

func describe(name string, prefixes []netip.Prefix) {
	sum := uint64(0)
	for _, prefix := range prefixes {
		sum += uint64(toNumber(prefix.Addr())) + uint64(prefix.Bits())
	}
	fmt.Println(name, len(prefixes), "sum", sum)
}

func main() {
	lookups, count, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "cidr: %v\nusage: cidr LOOKUPS PREFIXES\n", err)
		os.Exit(2)
	}
	if err := run(lookups, count); err != nil {
		fmt.Fprintln(os.Stderr, "cidr:", err)
		os.Exit(1)
	}
}

func run(lookups, count int) error {
	prefixes, holes, addresses := makeInput(lookups, count)

	start := time.Now()
	table := newTable(prefixes)
	built := time.Now()
	found, sum := 0, 0
	for _, address := range addresses {
		if value, ok := table.Lookup(toAddr(address)); ok {
			found++
			sum += value
		}
	}
	lookedUp := time.Now()
	set, err := collapse(prefixes)
	if err != nil {
		return err
	}
	collapsed := set.Prefixes()
	merged := time.Now()
	rest, err := subtract(set, holes)
	if err != nil {
		return err
	}
	left := rest.Prefixes()
	end := time.Now()

	fmt.Println("found", found, "sum", sum)
	describe("collapsed", collapsed)
	describe("left", left)
	fmt.Printf("buildMs=%v\n", built.Sub(start).Seconds()*1e3)
	fmt.Printf("lookupNs=%v\n", lookedUp.Sub(built).Seconds()*1e9/float64(max(lookups, 1)))
	fmt.Printf("collapseMs=%v\n", merged.Sub(lookedUp).Seconds()*1e3)
	fmt.Printf("subtractMs=%v\n", end.Sub(merged).Seconds()*1e3)
	return nil
}

func parseArgs(args []string) (lookups, prefixes int, err error) {
	if len(args) != 2 {
		return 0, 0, fmt.Errorf("expected 2 arguments, found %d", len(args))
	}
	if lookups, err = strconv.Atoi(args[0]); err != nil {
		return 0, 0, err
	}
	if prefixes, err = strconv.Atoi(args[1]); err != nil {
		return 0, 0, err
	}
	if lookups < 0 || prefixes < 1 {
		return 0, 0, errors.New("expected LOOKUPS of at least 0 and PREFIXES of at least 1")
	}
	return lookups, prefixes, nil
}
