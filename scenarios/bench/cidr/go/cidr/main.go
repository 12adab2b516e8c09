// Cidr looks addresses up among prefixes, and collapses and subtracts prefixes,
// with net/netip.
//
// It prints how many of LOOKUPS addresses are in one of PREFIXES prefixes with
// the sum of what the longest ones stand for, then the number of prefixes after
// collapsing them and after taking others away, each with the sum of their
// addresses and lengths.
package main

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"time"
)

// A level has what prefixes of one length stand for, by their leading bits.
type level struct {
	hostBits int
	values   map[uint32]int
}

// A table finds the longest prefix that an address is in: its levels are in
// that order.
type table []level

func newTable(prefixes []netip.Prefix) table {
	var all [33]level
	for i, prefix := range prefixes {
		hostBits := 32 - prefix.Bits()
		if all[hostBits].values == nil {
			all[hostBits] = level{hostBits, make(map[uint32]int)}
		}
		all[hostBits].values[toNumber(prefix.Addr())>>hostBits] = i + 1
	}
	return slices.DeleteFunc(all[:], func(l level) bool { return l.values == nil })
}

func (t table) find(address uint32) (int, bool) {
	for _, level := range t {
		if value, ok := level.values[address>>level.hostBits]; ok {
			return value, true
		}
	}
	return 0, false
}

// A span has all addresses from the first up to the end, which it has not.
type span struct{ first, end uint64 }

// collapse sorts prefixes into spans that neither overlap nor touch.
func collapse(prefixes []netip.Prefix) []span {
	spans := make([]span, len(prefixes))
	for i, prefix := range prefixes {
		first := uint64(toNumber(prefix.Addr()))
		spans[i] = span{first, first + 1<<(32-prefix.Bits())}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.first, b.first) })
	merged := spans[:0]
	for _, next := range spans {
		if n := len(merged); n > 0 && next.first <= merged[n-1].end {
			merged[n-1].end = max(merged[n-1].end, next.end)
		} else {
			merged = append(merged, next)
		}
	}
	return merged
}

// subtract returns what is left of collapsed spans without collapsed holes.
func subtract(spans, holes []span) []span {
	var left []span
	for _, s := range spans {
		for len(holes) > 0 && holes[0].end <= s.first {
			holes = holes[1:]
		}
		for len(holes) > 0 && holes[0].first < s.end {
			hole := holes[0]
			if s.first < hole.first {
				left = append(left, span{s.first, hole.first})
			}
			s.first = hole.end
			if hole.end > s.end {
				break
			}
			holes = holes[1:]
		}
		if s.first < s.end {
			left = append(left, s)
		}
	}
	return left
}

// prefixesOf splits spans into the least number of prefixes.
func prefixesOf(spans []span) []netip.Prefix {
	var prefixes []netip.Prefix
	for _, s := range spans {
		for s.first < s.end {
			hostBits := min(bits.TrailingZeros64(s.first), bits.Len64(s.end-s.first)-1)
			prefixes = append(prefixes, toPrefix(uint32(s.first), 32-hostBits))
			s.first += 1 << hostBits
		}
	}
	return prefixes
}

func toNumber(addr netip.Addr) uint32 {
	octets := addr.As4()
	return binary.BigEndian.Uint32(octets[:])
}

// toPrefix keeps the leading bits of a number.
func toPrefix(number uint32, length int) netip.Prefix {
	var octets [4]byte
	binary.BigEndian.PutUint32(octets[:], number)
	return netip.PrefixFrom(netip.AddrFrom4(octets), length).Masked()
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
	prefixes, holes, addresses := makeInput(lookups, count)

	start := time.Now()
	table := newTable(prefixes)
	built := time.Now()
	found, sum := 0, 0
	for _, address := range addresses {
		if value, ok := table.find(address); ok {
			found++
			sum += value
		}
	}
	lookedUp := time.Now()
	spans := collapse(prefixes)
	collapsed := prefixesOf(spans)
	merged := time.Now()
	left := prefixesOf(subtract(spans, collapse(holes)))
	end := time.Now()

	fmt.Println("found", found, "sum", sum)
	describe("collapsed", collapsed)
	describe("left", left)
	fmt.Printf("buildMs=%v\n", built.Sub(start).Seconds()*1e3)
	fmt.Printf("lookupNs=%v\n", lookedUp.Sub(built).Seconds()*1e9/float64(max(lookups, 1)))
	fmt.Printf("collapseMs=%v\n", merged.Sub(lookedUp).Seconds()*1e3)
	fmt.Printf("subtractMs=%v\n", end.Sub(merged).Seconds()*1e3)
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
