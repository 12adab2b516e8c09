"""Walk every host of each NETWORK and print the sum of the octets of their addresses."""

from __future__ import annotations

import sys
from ipaddress import IPv4Network, IPv6Network, ip_network


def octet_sum(network: IPv4Network | IPv6Network) -> int:
    """Sum the octets of the addresses of all hosts."""
    return sum(sum(host.packed) for host in network.hosts())


def main() -> int:
    try:
        networks = [ip_network(text) for text in sys.argv[1:]]
        if not networks:
            raise ValueError("expected at least one network")
    except ValueError as error:
        print(f"ip_hosts.py: {error}\nusage: ip_hosts.py NETWORK...", file=sys.stderr)
        return 2
    print(sum(octet_sum(network) for network in networks))
    return 0


if __name__ == "__main__":
    sys.exit(main())
