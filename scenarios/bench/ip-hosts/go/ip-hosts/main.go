// Ip-hosts walks every host of each NETWORK and prints the sum of the octets of
// their addresses.
package main

import (
	"errors"
	"fmt"
	"iter"
	"net/netip"
	"os"
)

// hosts goes through the addresses of a network, without those that stand for
// the network itself, its routers or a broadcast.
func hosts(network netip.Prefix) iter.Seq[netip.Addr] {
	return func(yield func(netip.Addr) bool) {
		addr := network.Addr()
		reserved := network.Bits() < addr.BitLen()-1
		if reserved {
			addr = addr.Next()
		}
		for network.Contains(addr) {
			next := addr.Next()
			if broadcast := reserved && addr.Is4() && !network.Contains(next); broadcast || !yield(addr) {
				return
			}
			addr = next
		}
	}
}

// octetSum sums the octets of an address.
func octetSum(addr netip.Addr) int {
	sum := 0
	if addr.Is4() {
		for _, octet := range addr.As4() {
			sum += int(octet)
		}
		return sum
	}
	for _, octet := range addr.As16() {
		sum += int(octet)
	}
	return sum
}

func main() {
	networks, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "ip-hosts: %v\nusage: ip-hosts NETWORK...\n", err)
		os.Exit(2)
	}
	sum := 0
	for _, network := range networks {
		for host := range hosts(network) {
			sum += octetSum(host)
		}
	}
	fmt.Println(sum)
}

func parseArgs(args []string) ([]netip.Prefix, error) {
	if len(args) == 0 {
		return nil, errors.New("expected at least one network")
	}
	networks := make([]netip.Prefix, len(args))
	for i, text := range args {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, err
		}
		if network != network.Masked() {
			return nil, fmt.Errorf("%s has host bits set", network)
		}
		networks[i] = network
	}
	return networks, nil
}
