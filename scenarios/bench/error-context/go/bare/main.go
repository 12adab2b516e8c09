// Failover connects to the PRIMARY router or else to the BACKUP; errors are
// returned as they are.
package main

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"time"
)

func dial(address string) (net.Conn, error) {
	return net.DialTimeout("tcp", address, 5*time.Second)
}

func connect(primary, backup string) (net.Conn, error) {
	conn, err := dial(primary)
	if err != nil {
		conn, err = dial(backup)
	}
	return conn, err
}

func run(primary, backup string) error {
	conn, err := connect(primary, backup)
	if err != nil {
		return err
	}
	defer conn.Close()
	fmt.Println("connected to", conn.RemoteAddr())
	return nil
}

func main() {
	primary, backup, err := parseArgs(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "failover: %v\nusage: failover PRIMARY BACKUP\n", err)
		os.Exit(2)
	}
	if err := run(primary, backup); err != nil {
		fmt.Fprintln(os.Stderr, "failover:", err)
		os.Exit(1)
	}
}

func parseArgs(args []string) (primary, backup string, err error) {
	if len(args) != 2 {
		return "", "", fmt.Errorf("expected 2 arguments, found %d", len(args))
	}
	for _, arg := range args {
		if _, err := netip.ParseAddrPort(arg); err != nil {
			return "", "", err
		}
	}
	return args[0], args[1], nil
}
