"""Do what a client of SSH and SNMP does before it connects to a device.

Looks the key of HOST up in KNOWN_HOSTS and prints its type and fingerprint. Then builds an
SNMP request for the device's description and uptime, and prints the variables in it as
they would be sent: the end of the packet, after the request ID, which differs in every run.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import paramiko
from pyasn1.codec.ber import encoder
from pysnmp.hlapi.v3arch.asyncio import CommunityData, SnmpEngine
from pysnmp.proto import api
from pysnmp.smi.rfc1902 import ObjectIdentity, ObjectType
from pysnmp.smi.view import MibViewController

NAMES = ("sysDescr", "sysUpTime")
VARIABLE_BYTES = 14  # object identifier and value of one of them
SEQUENCE_BYTES = 2  # what is before all of them


def host_key(known_hosts: str, host: str) -> paramiko.PKey:
    client = paramiko.SSHClient()
    client.load_host_keys(known_hosts)
    keys = client.get_host_keys().lookup(host)
    if keys is None:
        raise LookupError(f"{known_hosts} has no key of {host}")
    return next(iter(keys.values()))


def get_request(community: CommunityData, names: Sequence[str]) -> bytes:
    mibs = MibViewController(SnmpEngine().get_mib_builder())
    variables = [
        ObjectType(ObjectIdentity("SNMPv2-MIB", name, 0)).resolve_with_mib(mibs)
        for name in names
    ]
    v2c = api.PROTOCOL_MODULES[api.SNMP_VERSION_2C]
    pdu = v2c.GetRequestPDU()
    v2c.apiPDU.set_defaults(pdu)
    v2c.apiPDU.set_varbinds(
        pdu, [(name.get_oid(), v2c.Null("")) for name, _ in variables]
    )
    message = v2c.Message()
    v2c.apiMessage.set_defaults(message)
    v2c.apiMessage.set_community(message, community.communityName)
    v2c.apiMessage.set_pdu(message, pdu)
    return encoder.encode(message)


def main() -> None:
    if len(sys.argv) != 3:
        print("usage: network_client.py KNOWN_HOSTS HOST", file=sys.stderr)
        sys.exit(2)
    known_hosts, host = sys.argv[1:]
    try:
        key = host_key(known_hosts, host)
    except (OSError, LookupError) as error:
        sys.exit(f"network_client.py: {error}")
    packet = get_request(CommunityData("public"), NAMES)
    variables = packet[-(SEQUENCE_BYTES + VARIABLE_BYTES * len(NAMES)) :]
    print(f"key: {key.get_name()}")
    print(f"fingerprint: {key.fingerprint}")
    print(f"variables: {variables.hex()}")


if __name__ == "__main__":
    main()
