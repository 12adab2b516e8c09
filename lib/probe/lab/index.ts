/** All servers of the lab, in the order in which they are shown. */
import { bind } from "./bind.ts";
import { dnsmasq } from "./dnsmasq.ts";
import { etcd } from "./etcd.ts";
import { gobgpd } from "./gobgpd.ts";
import { netconfd } from "./netconfd.ts";
import { nginx } from "./nginx.ts";
import { snmpd } from "./snmpd.ts";
import { sshd } from "./sshd.ts";
import { sshdGear } from "./sshd_gear.ts";
import { sshdLegacy } from "./sshd_legacy.ts";
import { telnetd } from "./telnetd.ts";
import type { LabServer } from "./types.ts";
import { unbound } from "./unbound.ts";

/** The servers. */
export const LAB_SERVERS: readonly LabServer[] = [
  ...[sshd, sshdLegacy, sshdGear, telnetd, snmpd, netconfd],
  ...[nginx, bind, unbound, dnsmasq, etcd, gobgpd],
];
