// Failover connects to the PRIMARY router or else to the BACKUP; errors are
// wrapped and joined.
package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"time"
)

func dial(role, address string) (net.Conn, error) {
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		return nil, fmt.Errorf("%s router: %w", role, err)
	}
	return conn, nil
}

func connect(primary, backup string) (net.Conn, error) {
	conn, primaryErr := dial("primary", primary)
	if primaryErr == nil {
		return conn, nil
	}
	conn, backupErr := dial("backup", backup)
	if backupErr == nil {
		return conn, nil
	}
	return nil, errors.Join(primaryErr, backupErr)
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
