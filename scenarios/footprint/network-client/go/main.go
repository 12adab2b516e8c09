// Network-client does what a client of SSH and SNMP does before it connects to
// a device.
//
// It looks the key of HOST up in KNOWN_HOSTS and prints its type and
// fingerprint. Then it builds an SNMP request for the device's description and
// uptime, and prints the variables in it as they would be sent: the end of the
// packet, after the request ID, which differs in every run.
package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/gosnmp/gosnmp"
	"github.com/urfave/cli/v2"
	"golang.org/x/crypto/ssh"
	"gopkg.in/yaml.v3"
)

const (
	sysDescr  = ".1.3.6.1.2.1.1.1.0"
	sysUpTime = ".1.3.6.1.2.1.1.3.0"

	variableBytes = 14 // object identifier and value of one of them
	sequenceBytes = 2  // what is before all of them
)

type report struct {
	Key         string `yaml:"key"`
	Fingerprint string `yaml:"fingerprint"`
	Variables   string `yaml:"variables"`
}

// hostKey finds the key of a host in a file such as OpenSSH keeps.
func hostKey(knownHosts, host string) (ssh.PublicKey, error) {
	rest, err := os.ReadFile(knownHosts)
	if err != nil {
		return nil, err
	}
	for {
		_, hosts, key, _, next, err := ssh.ParseKnownHosts(rest)
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s has no key of %s", knownHosts, host)
		}
		if err != nil {
			return nil, err
		}
		if slices.Contains(hosts, host) {
			return key, nil
		}
		rest = next
	}
}

func getRequest(client *gosnmp.GoSNMP, oids ...string) ([]byte, error) {
	variables := make([]gosnmp.SnmpPDU, len(oids))
	for i, oid := range oids {
		variables[i] = gosnmp.SnmpPDU{Name: oid, Type: gosnmp.Null}
	}
	return client.SnmpEncodePacket(gosnmp.GetRequest, variables, 0, 0)
}

func run(ctx *cli.Context) error {
	if ctx.NArg() != 2 {
		return cli.Exit("usage: "+ctx.App.UsageText, 2)
	}
	key, err := hostKey(ctx.Args().Get(0), ctx.Args().Get(1))
	if err != nil {
		return err
	}
	client := &gosnmp.GoSNMP{Version: gosnmp.Version2c, Community: "public"}
	packet, err := getRequest(client, sysDescr, sysUpTime)
	if err != nil {
		return err
	}
	variables := packet[len(packet)-(sequenceBytes+2*variableBytes):]
	return yaml.NewEncoder(ctx.App.Writer).Encode(report{
		Key:         key.Type(),
		Fingerprint: ssh.FingerprintSHA256(key),
		Variables:   hex.EncodeToString(variables),
	})
}

func main() {
	app := &cli.App{
		Name:      "network-client",
		Usage:     "do what a client of SSH and SNMP does before it connects",
		UsageText: "network-client KNOWN_HOSTS HOST",
		Action:    run,
	}
	if err := app.Run(os.Args); err != nil {
		fmt.Fprintln(os.Stderr, "network-client:", err)
		os.Exit(1)
	}
}
